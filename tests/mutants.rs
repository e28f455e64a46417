//! What is said of mutants is what going through all sheets with the plain interpreter gives.

mod brute;
mod random;

use std::collections::BTreeMap;
use std::rc::Rc;

use random::Dice;
use redflag::answers::{Answer, Facts};
use redflag::circuit::RawSheet;
use redflag::proof::Stop;
use redflag::questionnaire::yaml::{self, Places, Stated};
use redflag::questionnaire::{Audience, Questionnaire, Shown};
use redflag::scenarios::mutants::{self, Change, Mutant, Quiet, Verdict};
use redflag::scenarios::{self, Case, Suite, Wanted};
use redflag::triage;

const BACK_PAIN: &str = include_str!("../questionnaires/back-pain.yaml");
const BACK_PAIN_TESTS: &str = include_str!("../questionnaires/back-pain.tests.yaml");
const EXAMPLE: &str = include_str!("../docs/author/example.yaml");
const EXAMPLE_TESTS: &str = include_str!("../docs/author/example.tests.yaml");

/// Questionnaires with more sheets than this take too long.
const MOST: usize = 60;

fn load(text: &str) -> Questionnaire {
    yaml::load("a.yaml", text.as_bytes()).unwrap_or_else(|_| panic!("{text}")).questionnaire
}

fn suite(questionnaire: &Questionnaire, text: &str) -> Suite {
    match scenarios::read(questionnaire, "a.tests.yaml", text.as_bytes()) {
        Ok(loaded) => loaded.suite,
        Err(mistakes) => panic!("{text}\n{}", mistakes[0].render(false)),
    }
}

fn unlimited() -> Stop {
    Rc::new(|| false)
}

/// All that a person can come to see from a sheet: what is finished, what is proved about and what is compared.
#[derive(Debug, Clone, PartialEq)]
struct Seen {
    level: usize,
    rest: Vec<u8>,
}

fn seen(questionnaire: &Questionnaire, audience: Audience, sheet: &RawSheet) -> Seen {
    let heard = sheet.heard(questionnaire, audience);
    let facts = Facts::of(questionnaire, audience, &heard);
    let level = triage::assess(&facts).level;
    let mut rest: Vec<u8> = (0..questionnaire.rules.len()).map(|rule| facts.rule(rule) as u8).collect();
    rest.extend((0..questionnaire.questions.len()).map(|question| facts.live(question) as u8));
    let shown =
        |shown: &Shown| u8::from(triage::is_shown(&facts, shown, level, shown.audience.unwrap_or(audience)));
    rest.extend(questionnaire.next_steps.iter().map(|step| shown(&step.shown)));
    rest.extend(questionnaire.learn.iter().map(|page| shown(&page.shown)));
    Seen { level, rest }
}

/// Every sheet, and whether it is that of a finished check.
struct Sheets(Vec<(RawSheet, Audience, bool)>);

impl Sheets {
    fn of(questionnaire: &Questionnaire) -> Option<Sheets> {
        let answers: Vec<Vec<Option<Answer>>> = questionnaire
            .questions
            .iter()
            .map(|question| {
                let mut answers = brute::answers(question);
                if !answers.contains(&None) {
                    answers.push(None);
                }
                answers
            })
            .collect();
        if answers.iter().map(Vec::len).product::<usize>() > MOST {
            return None;
        }
        let mut all: Vec<Vec<Option<Answer>>> = vec![Vec::new()];
        for answers in &answers {
            let longer = |sheet: &Vec<Option<Answer>>| {
                let with = |answer: &Option<Answer>| sheet.iter().cloned().chain([answer.clone()]).collect();
                answers.iter().map(with).collect::<Vec<_>>()
            };
            all = all.iter().flat_map(longer).collect();
        }
        let mut sheets = Vec::new();
        for answers in all {
            let given = answers.iter().zip(&questionnaire.questions);
            let mut given = given
                .map(|(answer, question)| answer.is_some() || question.optional || !question.takes_answer());
            let answered = given.all(|given| given);
            for (kept, audience) in [false, true]
                .into_iter()
                .flat_map(|kept| [(kept, Audience::Patient), (kept, Audience::Clinician)])
            {
                sheets.push((RawSheet { answers: answers.clone(), kept }, audience, answered && !kept));
            }
        }
        Some(Sheets(sheets))
    }
}

/// A few cases of which some tell what must be true besides the level.
fn cases(questionnaire: &Questionnaire, sheets: &Sheets, dice: &mut Dice) -> Vec<Case> {
    let finished: Vec<&(RawSheet, Audience, bool)> =
        sheets.0.iter().filter(|(.., finished)| *finished).collect();
    let count = dice.below(7);
    let case = |index: usize, dice: &mut Dice| {
        let (sheet, audience, _) = dice.pick(&finished);
        let mut case = Case {
            name: format!("case {index}"),
            audience: *audience,
            baseline: None,
            answers: sheet.answers.clone(),
            written: Vec::new(),
            level: sheet.level(questionnaire, *audience),
            rules: Wanted::default(),
            asked: Wanted::default(),
            steps: Wanted::default(),
            within_days: None,
        };
        let heard = case.heard(questionnaire);
        let facts = Facts::of(questionnaire, case.audience, &heard);
        if dice.one_in(3) {
            let rules = triage::assess(&facts).rules;
            let rule = dice.below(questionnaire.rules.len());
            match rules.contains(&rule) {
                true => case.rules.yes.push(rule),
                false => case.rules.no.push(rule),
            }
        }
        case
    };
    (0..count).map(|index| case(index, dice)).collect()
}

/// The verdict by going through everything.
#[derive(Debug, PartialEq)]
enum Expected {
    Killed,
    Level,
    Told,
    Unfinished,
    Nothing,
}

fn expected(
    questionnaire: &Questionnaire,
    changed: &Questionnaire,
    mutant: &Mutant,
    cases: &[Case],
    sheets: &Sheets,
) -> Expected {
    if cases.iter().any(|case| !scenarios::run(changed, case).is_empty()) {
        return Expected::Killed;
    }
    let mut found = match mutant {
        Mutant::RuleLevel(..) => Expected::Told,
        _ => Expected::Nothing,
    };
    for (sheet, audience, finished) in &sheets.0 {
        let (one, other) = (seen(questionnaire, *audience, sheet), seen(changed, *audience, sheet));
        match (one == other, finished) {
            (true, _) => {}
            (false, true) if one.level != other.level => return Expected::Level,
            (false, true) => found = Expected::Told,
            (false, false) if found == Expected::Nothing => found = Expected::Unfinished,
            (false, false) => {}
        }
    }
    found
}

#[test]
fn verdicts_are_those_of_going_through_all_sheets() {
    let mut met: BTreeMap<&str, usize> = BTreeMap::new();
    let mut compared = 0;
    for seed in 0..150 {
        let text = random::questionnaire(seed, 2);
        let questionnaire = load(&text);
        let Some(sheets) = Sheets::of(&questionnaire) else { continue };
        compared += 1;
        let cases = cases(&questionnaire, &sheets, &mut Dice::new(seed));
        let suite = Suite { baselines: Vec::new(), cases };
        for (mutant, verdict) in mutants::examine(&questionnaire, text.as_bytes(), &suite, &unlimited()) {
            let mut changed = questionnaire.clone();
            mutant.apply(&mut changed);
            let (name, said) = match &verdict {
                Verdict::Killed(case) => {
                    assert!(
                        !scenarios::run(&changed, &suite.cases[*case]).is_empty(),
                        "seed {seed} {mutant:?}"
                    );
                    ("killed", Expected::Killed)
                }
                Verdict::Survives(suggestion) => {
                    assert_eq!(
                        scenarios::run(&questionnaire, &suggestion.case),
                        [],
                        "seed {seed} {mutant:?}"
                    );
                    assert!(!scenarios::run(&changed, &suggestion.case).is_empty(), "seed {seed} {mutant:?}");
                    ("survives", Expected::Level)
                }
                Verdict::SurvivesAs(_) => {
                    // The other mutant's case may tell by a rule what this one changes besides the level.
                    ("survives as another", Expected::Level)
                }
                Verdict::Quiet(Quiet::Told(_)) => ("told", Expected::Told),
                Verdict::Quiet(Quiet::Unfinished) => ("unfinished", Expected::Unfinished),
                Verdict::Equivalent => ("equivalent", Expected::Nothing),
                Verdict::Undecided => panic!("there is time"),
            };
            let expected = expected(&questionnaire, &changed, &mutant, &suite.cases, &sheets);
            assert_eq!(said, expected, "seed {seed}, {}\n{text}", mutants::what(&questionnaire, &mutant));
            *met.entry(name).or_default() += 1;
        }
    }
    assert!(compared >= 30, "only {compared} are small enough");
    assert_eq!(met.len(), 6, "{met:?}");
    assert!(met.values().all(|&count| count >= 5), "{met:?}");
}

/// Which of all its small changes go unnoticed takes too long without optimisation: `scripts/survivors.sh` says it.
#[test]
fn the_documents_say_how_many_people_try_back_pain() {
    let suite_of_back_pain = suite(&load(BACK_PAIN), BACK_PAIN_TESTS);
    let number = format!("has {} scenarios", suite_of_back_pain.cases.len());
    assert!(
        include_str!("../docs/author/testing.md").contains(&number),
        "docs/author/testing.md does not say {number:?}"
    );
    let spine_alert = include_str!("../questionnaires/spine-alert.yaml");
    let suite = suite(&load(spine_alert), include_str!("../questionnaires/spine-alert.tests.yaml"));
    let number = format!("has {} scenarios", suite.cases.len());
    assert!(
        include_str!("../docs/author/testing.md").contains(&number),
        "docs/author/testing.md does not say {number:?}"
    );
}

#[test]
fn no_small_change_of_spine_alert_that_gives_another_level_goes_unnoticed() {
    let file = concat!(env!("CARGO_MANIFEST_DIR"), "/questionnaires/spine-alert.yaml");
    let mut command = std::process::Command::new(env!("CARGO_BIN_EXE_redflag"));
    let output = command.args(["test", "--mutants", "--budget", "1000", file]).output().expect("it runs");
    let said = String::from_utf8(output.stdout).expect("UTF-8");
    assert!(output.status.success() && said.contains(" noticed by a scenario"), "{said}");
}

/// What is underlined is what was changed, in the rule that was changed.
#[test]
fn every_change_has_its_place_in_the_file() {
    let back_pain = load(BACK_PAIN);
    let places = Places::of(BACK_PAIN.as_bytes());
    let lines: Vec<&str> = BACK_PAIN.lines().collect();
    let line_of = |rule: usize| {
        let id = format!("  - id: {}", back_pain.rules[rule].id);
        lines.iter().position(|line| *line == id).expect("the rule") + 1
    };
    let mut options = 0;
    for mutant in mutants::all(&back_pain, &places) {
        let what = mutants::what(&back_pain, &mutant);
        let span =
            mutants::span(&back_pain, &places, &mutant).unwrap_or_else(|| panic!("{what} has no place"));
        let marked: String = lines[span.line - 1].chars().skip(span.column - 1).take(span.length).collect();
        match &mutant {
            Mutant::RuleLeftOut(rule) => assert_eq!(marked, back_pain.rules[*rule].id, "{what}"),
            Mutant::RuleLevel(rule, _) => {
                assert_eq!(marked, back_pain.levels[back_pain.rules[*rule].level].id, "{what}");
            }
            Mutant::Part(stated, _, change) => {
                if let Stated::Rule(rule) = stated {
                    let next = if rule + 1 < back_pain.rules.len() { line_of(rule + 1) } else { usize::MAX };
                    assert!((line_of(*rule)..next).contains(&span.line), "{what} is at {}", span.line);
                }
                match change {
                    // `without `question: option``
                    Change::OptionLeftOut(_) => {
                        assert!(what.ends_with(&format!(": {marked}`")), "{what}: {marked}");
                        options += 1;
                    }
                    Change::RuleLeftOut(rule) => assert_eq!(marked, back_pain.rules[*rule].id, "{what}"),
                    Change::Swap => {
                        // Of a map over several lines, its first key; the next one stands below it.
                        let below =
                            |line: &str| line.chars().position(|at| at != ' ') == Some(span.column - 1);
                        let after = lines[span.line - 1].chars().nth(span.column - 1 + span.length);
                        let is_map =
                            after == Some(':') && lines.get(span.line).is_some_and(|line| below(line));
                        assert!(
                            ["all", "any"].contains(&&marked[..3]) || marked.contains(": ") || is_map,
                            "{what}: {marked}"
                        );
                    }
                    Change::Count(_) => assert!(marked.starts_with("of"), "{what}: {marked}"),
                    Change::NotLeftOut => assert!(marked.starts_with("not"), "{what}: {marked}"),
                    Change::Number(_) | Change::Options(_) => {
                        let bounds = ["at_least: ", "above: ", "below: "];
                        assert!(bounds.iter().any(|bound| marked.contains(bound)), "{what}: {marked}");
                    }
                    Change::PartLeftOut(_) | Change::Always | Change::Never => {
                        assert!(!marked.trim().is_empty(), "{what}")
                    }
                }
            }
            Mutant::CountsAs(_) | Mutant::AtLeastLevel(_) => assert_eq!(marked, "unsure", "{what}"),
        }
    }
    assert!(options > 90, "only {options}");
    for seed in 0..40 {
        let text = random::questionnaire(seed, 6);
        let questionnaire = load(&text);
        let places = Places::of(text.as_bytes());
        for mutant in mutants::all(&questionnaire, &places) {
            let what = mutants::what(&questionnaire, &mutant);
            assert!(mutants::span(&questionnaire, &places, &mutant).is_some(), "{what}\n{text}");
        }
    }
}

/// Without most of its scenarios, the suggestions bring back what they noticed, for any questionnaire.
#[test]
fn suggested_scenarios_pasted_into_the_file_notice_the_changes() {
    let one = "cases:\n  - { name: Well, baseline: well, level: home }\n";
    let (baselines, _) = EXAMPLE_TESTS.split_once("cases:\n").expect("the cases");
    let mut tried = vec![(EXAMPLE.to_owned(), format!("{baselines}{one}"))];
    for seed in 0..12 {
        let text = random::questionnaire(seed, 5);
        let questionnaire = load(&text);
        let sheet = RawSheet {
            answers: questionnaire
                .questions
                .iter()
                .map(|question| brute::answers(question)[0].clone())
                .collect(),
            kept: false,
        };
        let level = &questionnaire.levels[sheet.level(&questionnaire, Audience::Patient)].id;
        let answers = sheet.answers.iter().zip(&questionnaire.questions).filter_map(|(answer, question)| {
            let value = redflag::answers::json::answer_value(answer.as_ref()?, question);
            Some(format!("{}: {value}", question.id))
        });
        let answers = answers.collect::<Vec<_>>().join(", ");
        let tests = format!(
            "baselines:\n  any: {{ answers: {{ {answers} }} }}\ncases:\n  - {{ name: Any, baseline: any, level: {level} }}\n"
        );
        tried.push((text, tests));
    }
    for (text, tests) in tried {
        let questionnaire = load(&text);
        let examine = |tests: &str| {
            mutants::examine(&questionnaire, text.as_bytes(), &suite(&questionnaire, tests), &unlimited())
        };
        let suggested: Vec<String> = examine(&tests)
            .into_iter()
            .filter_map(|(_, verdict)| match verdict {
                Verdict::Survives(suggestion) => Some(suggestion.yaml),
                _ => None,
            })
            .collect();
        assert!(!suggested.is_empty(), "{text}");
        let more = format!("{tests}{}", suggested.concat());
        let left: Vec<String> = examine(&more)
            .into_iter()
            .filter(|(_, verdict)| matches!(verdict, Verdict::Survives(_) | Verdict::SurvivesAs(_)))
            .map(|(mutant, _)| mutants::what(&questionnaire, &mutant))
            .collect();
        assert!(left.is_empty(), "{left:?}\n{more}\n{text}");
    }
}

#[test]
fn without_time_nothing_is_said_to_be_noticed_or_proved() {
    let example = load(EXAMPLE);
    let suite = suite(&example, EXAMPLE_TESTS);
    let examined = mutants::examine(&example, EXAMPLE.as_bytes(), &suite, &(Rc::new(|| true) as Stop));
    assert!(examined.iter().all(|(_, verdict)| *verdict == Verdict::Undecided), "{examined:?}");
}
