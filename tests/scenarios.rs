//! Scenarios beside a questionnaire: how mistakes in them are told, how they are tried, and what `check` says.
//!
//! Each file in `tests/scenarios` holds mistakes, and the `.stderr` beside it what is said about them. After a change of
//! words, `UPDATE=1 cargo test --test scenarios` writes these anew; read the difference.

#[path = "support/agreed.rs"]
mod agreed;

use std::fs;
use std::path::{Path, PathBuf};

use agreed::agreed;
use proptest::prelude::*;
use redflag::answers::json::SheetReader;
use redflag::answers::{Facts, Truth};
use redflag::library::builtin;
use redflag::questionnaire::diagnostic::{Diagnostic, Severity};
use redflag::questionnaire::{Questionnaire, yaml};
use redflag::scenarios::{self, Suite, coverage};
use serde_json::Value;

const SMALL: &str = include_str!("fixtures/small.yaml");
const EXAMPLE: &str = include_str!("../docs/author/example.yaml");
const EXAMPLE_TESTS: &str = include_str!("../docs/author/example.tests.yaml");
const BACK_PAIN: &str = include_str!("../questionnaires/back-pain.yaml");
const BACK_PAIN_TESTS: &str = include_str!("../questionnaires/back-pain.tests.yaml");

fn load(text: &str) -> Questionnaire {
    yaml::load("a.yaml", text.as_bytes()).expect("no mistakes").questionnaire
}

fn read(questionnaire: &Questionnaire, text: &str) -> Suite {
    match scenarios::read(questionnaire, "a.tests.yaml", text.as_bytes()) {
        Ok(loaded) => loaded.suite,
        Err(mistakes) => panic!("{}", told(&mistakes)),
    }
}

fn told(diagnostics: &[Diagnostic]) -> String {
    diagnostics.iter().map(|diagnostic| diagnostic.render(false)).collect::<Vec<_>>().join("\n")
}

/// Files with mistakes in scenarios of the small questionnaire.
fn files() -> Vec<PathBuf> {
    let entries = fs::read_dir(folder()).expect("the directory is there");
    let paths = entries.map(|entry| entry.expect("an entry").path());
    let mut files: Vec<PathBuf> =
        paths.filter(|path| path.extension().is_some_and(|e| e == "yaml")).collect();
    files.sort();
    assert!(files.len() >= 12, "only {} files", files.len());
    files
}

fn folder() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/scenarios")
}

#[test]
fn every_mistake_is_told_as_agreed_and_has_its_place() {
    let small = load(SMALL);
    for file in files() {
        let name = file.file_name().expect("a name").to_string_lossy();
        let text = fs::read_to_string(&file).expect("the file can be read");
        let diagnostics = match scenarios::read(&small, &name, text.as_bytes()) {
            Ok(loaded) => panic!("{name} has no mistake: {}", told(&loaded.warnings)),
            Err(diagnostics) => diagnostics,
        };
        for diagnostic in &diagnostics {
            let span = diagnostic.span.as_ref().expect("a place");
            let columns = text.lines().nth(span.line - 1).map_or(0, |line| line.chars().count());
            assert!(span.column <= columns + 1, "{name}:{}", span.line);
        }
        agreed(file.with_extension("stderr"), &told(&diagnostics));
    }
}

#[test]
fn a_baseline_that_nothing_uses_is_pointed_out() {
    let text = EXAMPLE_TESTS.replace("  well:\n", "  ill: { answers: { fever: yes } }\n  well:\n");
    let loaded = scenarios::read(&load(EXAMPLE), "a.tests.yaml", text.as_bytes()).expect("no mistakes");
    let codes: Vec<&str> = loaded.warnings.iter().map(|warning| warning.code).collect();
    assert_eq!(codes, ["unused-baseline"]);
}

#[test]
fn an_answer_can_be_one_option_or_a_list_and_null_leaves_out_what_may_be_left_out() {
    let small = load(SMALL);
    let text = "
baselines:
  person: { answers: { sites: neck, signs: [unsure, weak], severity: 3, age: 50, cancer_history: no, calcium: 2.5 } }
cases:
  - { name: One, baseline: person, audience: clinician, answers: { sites: [neck], calcium: null }, level: soon }
";
    let suite = read(&small, text);
    let case = &suite.cases[0];
    let given = |id: &str| case.answers[small.question_index(id).expect("a question")].clone();
    assert_eq!(given("sites"), suite.baselines[0].answers[small.question_index("sites").unwrap()]);
    assert!(given("signs").is_some_and(|answer| answer.is_unsure() && answer.ticked().len() == 1));
    assert_eq!(given("calcium"), None);
}

#[test]
fn what_the_baseline_says_to_a_question_that_is_not_asked_is_not_heard() {
    let small = load(SMALL);
    let text = "
baselines:
  person: { answers: { sites: nowhere, signs: none, numb_since: new, severity: 3, age: 50, cancer_history: no, kind: solid } }
cases:
  - { name: Asked, baseline: person, answers: { signs: numb }, level: emergency, asked: [numb_since], rules: [E01] }
  - { name: Not asked, baseline: person, level: later, not_asked: [numb_since, kind], not_rules: [E01, S01] }
  - { name: Answered and not asked, baseline: person, answers: { numb_since: long }, level: later }
  - { name: Asked and not answered, level: later, answers: { sites: neck, signs: none, severity: 3, age: 50 } }
";
    let suite = read(&small, text);
    let found: Vec<_> = suite.cases.iter().map(|case| scenarios::run(&small, case)).collect();
    let (asked, open) =
        (small.question_index("numb_since").unwrap(), small.question_index("cancer_history").unwrap());
    let expected =
        [vec![], vec![], vec![scenarios::Mismatch::Unheard(asked)], vec![scenarios::Mismatch::Open(open)]];
    assert_eq!(found, expected);
}

#[test]
fn coverage_counts_what_passed_and_names_what_no_scenario_came_across() {
    let example = load(EXAMPLE);
    let suite = read(&example, EXAMPLE_TESTS);
    let of = |cases: &[usize]| {
        let cases: Vec<_> = cases.iter().map(|&case| &suite.cases[case]).collect();
        coverage::of(&example, &cases)
    };
    let all = of(&[0, 1, 2, 3, 4, 5, 6, 7]);
    let whole: Vec<_> =
        all.iter().map(|share| (share.what, share.covered(), share.all, share.percent())).collect();
    let expected = [
        ("questions", 3, 3, 100),
        ("answers", 7, 7, 100),
        ("rules", 2, 2, 100),
        ("levels", 3, 3, 100),
        ("steps", 2, 2, 100),
    ];
    assert_eq!(whole, expected);
    // Fever, and nothing else.
    let some = of(&[3]);
    let missing: Vec<(usize, &[String])> =
        some.iter().map(|share| (share.percent(), &share.missing[..])).collect();
    let ids = |ids: &[&str]| ids.iter().map(|&id| id.to_owned()).collect::<Vec<String>>();
    assert_eq!(missing[0], (100, &[][..]));
    assert_eq!(
        missing[1],
        (
            28,
            &ids(&[
                "alarm: cannot_swallow",
                "alarm: noisy_breath",
                "alarm: unsure",
                "fever: no",
                "fever: unsure"
            ])[..]
        )
    );
    assert_eq!(missing[2], (50, &ids(&["E01"])[..]));
    assert_eq!(missing[3], (33, &ids(&["emergency", "home"])[..]));
    assert_eq!(missing[4], (50, &ids(&["sit_up"])[..]));
    assert!(of(&[]).iter().all(|share| share.covered() == 0));
}

/// What there is to hold a built-in questionnaire to.
struct Kept {
    questionnaire: &'static str,
    scenarios: &'static str,
    vignettes: &'static str,
    /// What the names of the vignettes begin with.
    letter: char,
}

const KEPT: [Kept; 2] = [
    Kept {
        questionnaire: BACK_PAIN,
        scenarios: BACK_PAIN_TESTS,
        vignettes: include_str!("vignettes.json"),
        letter: 'V',
    },
    Kept {
        questionnaire: include_str!("../questionnaires/spine-alert.yaml"),
        scenarios: include_str!("../questionnaires/spine-alert.tests.yaml"),
        vignettes: include_str!("spine-alert-vignettes.json"),
        letter: 'W',
    },
];

#[test]
fn every_built_in_questionnaire_has_scenarios_and_vignettes() {
    let kept: Vec<String> = KEPT.iter().map(|kept| load(kept.questionnaire).id).collect();
    let built_in: Vec<&str> = builtin::ALL.iter().map(|builtin| builtin.name).collect();
    assert_eq!(kept, built_in);
}

#[test]
fn the_scenarios_of_back_pain_hold_and_cover_everything() {
    KEPT[0].hold_and_cover_everything();
}

#[test]
fn the_scenarios_of_spine_alert_hold_and_cover_everything() {
    KEPT[1].hold_and_cover_everything();
}

/// They stand in two files, since other tests need whole sheets as JSON.
#[test]
fn the_vignettes_are_among_the_scenarios_of_back_pain() {
    KEPT[0].have_the_vignettes_among_them();
}

#[test]
fn the_vignettes_are_among_the_scenarios_of_spine_alert() {
    KEPT[1].have_the_vignettes_among_them();
}

impl Kept {
    fn hold_and_cover_everything(&self) {
        let questionnaire = load(self.questionnaire);
        let loaded = scenarios::read(&questionnaire, "its.tests.yaml", self.scenarios.as_bytes());
        let loaded = loaded.unwrap_or_else(|mistakes| panic!("{}", told(&mistakes)));
        assert!(loaded.warnings.is_empty(), "{}", told(&loaded.warnings));
        for case in &loaded.suite.cases {
            assert_eq!(scenarios::run(&questionnaire, case), [], "{}", case.name);
        }
        let cases: Vec<_> = loaded.suite.cases.iter().collect();
        for share in coverage::of(&questionnaire, &cases) {
            assert_eq!(share.missing, [""; 0], "{} are not covered", share.what);
        }
    }

    fn have_the_vignettes_among_them(&self) {
        let questionnaire = load(self.questionnaire);
        let suite = read(&questionnaire, self.scenarios);
        let vignettes: Vec<Value> = serde_json::from_str(self.vignettes).expect("JSON");
        let reader = SheetReader::new(&questionnaire);
        for vignette in &vignettes {
            let text = |key: &str| vignette[key].as_str().expect("a text");
            let name = format!("{}: {}", text("id"), text("case"));
            let case = suite.cases.iter().find(|case| case.name == name);
            let case = case.unwrap_or_else(|| panic!("no scenario is called {name}"));
            assert_eq!(questionnaire.levels[case.level].id, text("expected"), "{name}");
            let mut sheet = reader.read(&vignette["answers"].to_string()).expect("a sheet");
            // A scenario has no answers to what is only perhaps asked, after "not sure" about a list of signs.
            let facts = Facts::of(&questionnaire, case.audience, &sheet);
            let questions = 0..questionnaire.questions.len();
            let perhaps: Vec<usize> =
                questions.filter(|&question| facts.live(question) != Truth::True).collect();
            for question in perhaps {
                sheet.clear(question);
            }
            assert_eq!(case.heard(&questionnaire), sheet, "{name}");
        }
        let is_numbered = |name: &str| name.get(1..3).is_some_and(|number| number.parse::<u8>().is_ok());
        let is_named = |name: &str| name.starts_with(self.letter) && is_numbered(name);
        let named = suite.cases.iter().filter(|case| is_named(&case.name));
        assert_eq!(named.count(), vignettes.len(), "a scenario is called like a vignette and is none");
    }
}

/// Reads and draws; whatever is refused has a reason.
fn survives(bytes: &[u8]) {
    let small = load(SMALL);
    match scenarios::read(&small, "any.tests.yaml", bytes) {
        Ok(loaded) => {
            told(&loaded.warnings);
            let source = scenarios::Source::of("any.tests.yaml", bytes);
            for (index, case) in loaded.suite.cases.iter().enumerate() {
                let found = scenarios::run(&small, case);
                if !found.is_empty() {
                    scenarios::failure(&small, &loaded.suite, (index, &found), &source).render(true);
                }
            }
        }
        Err(diagnostics) => {
            assert!(diagnostics.iter().any(|diagnostic| diagnostic.severity == Severity::Error));
            told(&diagnostics);
        }
    }
}

/// Scenarios of the small questionnaire.
const OF_SMALL: &str = "
baselines:
  person:
    audience: clinician
    answers: { sites: neck, signs: none, numb_since: new, severity: 3, age: 50, cancer_history: no, kind: solid }
  other: { based_on: person, answers: { age: 30 } }
cases:
  - name: Nothing
    baseline: person
    level: later
    not_rules: [E01, S01]
  - name: Numb
    baseline: other
    audience: patient
    answers: { signs: [numb, weak], words: \"no: never\" }
    level: emergency
    rules: [E01]
    asked: [numb_since]
    steps: [call]
    within_days: 0
";

#[test]
fn hostile_scenarios_are_refused() {
    survives(OF_SMALL.as_bytes());
    survives(b"");
    survives(b"\xff\xfe");
    survives(&vec![b'['; 1 << 20]);
    survives(&vec![b' '; (1 << 20) + 1]);
    survives(format!("cases:\n{}", "  - {}\n".repeat(100_000)).as_bytes());
    survives(format!("cases:\n{}", "  - { name: a, level: later }\n".repeat(30_000)).as_bytes());
    survives(
        format!(
            "baselines:\n{}cases: []\n",
            (0..30_000).map(|n| format!("  b{n}: {{}}\n")).collect::<String>()
        )
        .as_bytes(),
    );
    let chain = (1..5_000).map(|n| format!("  b{n}: {{ based_on: b{} }}\n", n - 1)).collect::<String>();
    survives(
        format!("baselines:\n  b0: {{}}\n{chain}cases: [{{ name: a, baseline: b4999, level: later }}]\n")
            .as_bytes(),
    );
    survives(
        format!(
            "cases: [{{ name: a, level: later, answers: {{ {} }} }}]",
            (0..30_000).map(|n| format!("q{n}: 1, ")).collect::<String>()
        )
        .as_bytes(),
    );
    for answer in
        [".nan", ".inf", "1e999", "99999999999999999999999", "\"\\e\"", "[[neck]]", "{ a: b }", "~", "true"]
    {
        for question in ["sites", "severity", "age", "words", "hello", "calcium", "cancer_history"] {
            survives(OF_SMALL.replace("{ age: 30 }", &format!("{{ {question}: {answer} }}")).as_bytes());
        }
    }
}

proptest! {
    #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::with_cases(300) })]

    #[test]
    fn any_bytes_get_an_answer(bytes in prop::collection::vec(any::<u8>(), 0..300)) {
        survives(&bytes);
    }

    #[test]
    fn scenarios_with_a_part_cut_out_get_an_answer(from in 0..OF_SMALL.len(), length in 0..100usize) {
        let mut bytes = OF_SMALL.as_bytes().to_vec();
        bytes.drain(from..(from + length).min(OF_SMALL.len()));
        survives(&bytes);
    }

    #[test]
    fn scenarios_with_other_bytes_in_them_get_an_answer(
        changes in prop::collection::vec((0..OF_SMALL.len(), "[-:?,\\[\\]{}#&*!|>'\"%@` \n\ta-z0-9é]"), 1..6),
    ) {
        let mut bytes = OF_SMALL.as_bytes().to_vec();
        for (at, with) in changes {
            bytes.splice(at..at + 1, with.bytes());
        }
        survives(&bytes);
    }
}
