//! `redflag evaluate`: what is counted, worked out and said of people of whom it is known what was right.
//!
//! scripts/evaluate.py compares the figures with those of a statistics package.

use std::fs;
use std::process::{Command, Output};

use proptest::prelude::*;
use redflag::answers::json::SheetReader;
use redflag::answers::{Facts, Sheet};
use redflag::evaluation::{self, By, Evaluation, OtherLevels, Person, WrongBy};
use redflag::questionnaire::{Audience, Questionnaire, yaml};
use redflag::triage;
use serde_json::{Value, json};

const EXAMPLE: &str = include_str!("../docs/author/example.yaml");

fn questionnaire(text: &str) -> Questionnaire {
    yaml::load("example.yaml", text.as_bytes()).expect("it has no mistakes").questionnaire
}

fn level(questionnaire: &Questionnaire, id: &str) -> usize {
    questionnaire.levels.iter().position(|level| level.id == id).expect("a level")
}

/// Everybody with a sheet and what was right, each on a line of its own.
fn people(questionnaire: &Questionnaire, of: &[(Value, &str)]) -> Vec<Person> {
    let reader = SheetReader::new(questionnaire);
    let person = |(line, (sheet, right)): (usize, &(Value, &str))| Person {
        sheet: reader.read(&sheet.to_string()).expect("a sheet"),
        outcome: (*right).to_owned(),
        right: level(questionnaire, right),
        line: line as u64 + 1,
    };
    of.iter().enumerate().map(person).collect()
}

fn evaluate(
    questionnaire: &Questionnaire,
    people: &[Person],
    by: &[By],
    old: Option<&Questionnaire>,
) -> Evaluation {
    evaluation::evaluate(questionnaire, Audience::Patient, people, by, old).expect("the same levels")
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 40, ..ProptestConfig::default() })]

    /// More than one block of people, and counts that are those of judging each alone.
    #[test]
    fn everybody_is_counted_once_and_as_judged_alone(seeds in prop::collection::vec((any::<u64>(), 0usize..3), 1..150)) {
        let questionnaire = questionnaire(EXAMPLE);
        let levels = questionnaire.levels.len();
        let people: Vec<Person> = seeds
            .iter()
            .zip(1..)
            .map(|(&(seed, right), line)| {
                let right = right % levels;
                Person { sheet: sheet(&questionnaire, seed), outcome: "x".to_owned(), right, line }
            })
            .collect();
        let evaluated = evaluate(&questionnaire, &people, &[], None);
        let mut matrix = vec![vec![0; levels]; levels];
        let mut under = Vec::new();
        for person in &people {
            let facts = Facts::of(&questionnaire, Audience::Patient, &person.sheet);
            let told = triage::assess(&facts).level;
            matrix[person.right][told] += 1;
            if told > person.right {
                under.push(person.line);
            }
        }
        prop_assert_eq!(&evaluated.all.matrix, &matrix);
        prop_assert_eq!(evaluated.all.people, people.len() as u64);
        let mut missed: Vec<u64> = evaluated.misses.iter().map(|miss| miss.line).collect();
        missed.sort_unstable();
        prop_assert_eq!(missed, under);
        for table in evaluated.all.levels.iter().chain(&evaluated.all.rules) {
            prop_assert_eq!(table.cases() + table.others(), people.len() as u64);
            prop_assert_eq!(table.positive() + table.negative(), people.len() as u64);
        }
    }
}

/// A sheet made from a number: each question left out, or answered with one of its options.
fn sheet(questionnaire: &Questionnaire, mut seed: u64) -> Sheet {
    let mut next = |below: u64| {
        seed = seed.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        (seed >> 33) % below
    };
    let mut sheet = Sheet::new(questionnaire);
    for (index, question) in questionnaire.questions.iter().enumerate() {
        let options = question.options.len() as u64;
        if options > 0 && next(8) > 0 {
            let answer = redflag::answers::Answer::option(next(options) as usize);
            let _ = sheet.set(questionnaire, index, answer);
        } else if let Some((low, high)) = question.limits() {
            let number = low + (high - low) * next(11) as f64 / 10.0;
            let _ = sheet.set(questionnaire, index, redflag::answers::Answer::Number(number.round()));
        }
    }
    sheet
}

/// A questionnaire of one question, whose rule and level are the answer itself.
const TEST: &str = include_str!("fixtures/one-sign.yaml");

#[test]
fn figures_are_those_of_the_table_of_four() {
    let tried = questionnaire(TEST);
    let one = |sign: &str, right: &'static str| (json!({ "sign": sign, "age": 50 }), right);
    let mut of = Vec::new();
    of.extend(vec![one("yes", "high"); 9]);
    of.extend(vec![one("no", "high"); 1]);
    of.extend(vec![one("yes", "low"); 20]);
    of.extend(vec![one("no", "low"); 80]);
    let evaluated = evaluate(&tried, &people(&tried, &of), &[], None);
    for table in [&evaluated.all.levels[0], &evaluated.all.rules[0]] {
        assert_eq!(table.sensitivity().map(|share| share.share), Some(0.9));
        assert_eq!(table.specificity().map(|share| share.share), Some(0.8));
        assert_eq!(table.positive_predictive_value().map(|share| share.share), Some(9.0 / 29.0));
        assert_eq!(table.negative_predictive_value().map(|share| share.share), Some(80.0 / 81.0));
    }
    assert_eq!((evaluated.all.under(), evaluated.all.over()), (1, 20));
    assert_eq!(evaluated.misses.len(), 1);
    assert_eq!(evaluated.misses[0].line, 10);
}

#[test]
fn who_is_not_sure_is_told_what_the_questionnaire_says_and_counted_in_a_group_of_its_own() {
    let tried = questionnaire(TEST);
    let of = [
        (json!({ "sign": "unsure", "age": 17 }), "high"),
        (json!({ "sign": "no", "age": 18 }), "low"),
        (json!({ "sign": "no" }), "low"),
    ];
    let by = ["sign", "age:18,60"].map(|written| By::read(&tried, written).expect("a group"));
    let evaluated = evaluate(&tried, &people(&tried, &of), &by, None);
    assert_eq!(evaluated.all.under(), 0, "not sure counts as the sign");
    assert_eq!(evaluated.all.open, 1, "one has no age");
    let groups: Vec<(&str, &str, u64)> = evaluated
        .groups
        .iter()
        .map(|group| (group.question.as_str(), group.name.as_str(), group.measures.people))
        .collect();
    assert_eq!(
        groups,
        [
            ("sign", "no", 2),
            ("sign", "yes", 0),
            ("sign", "not sure", 1),
            ("sign", "no answer", 0),
            ("age", "below 18", 1),
            ("age", "18 to below 60", 1),
            ("age", "60 or more", 0),
            ("age", "not sure", 0),
            ("age", "no answer", 1),
        ]
    );
}

#[test]
fn a_rule_taken_away_names_whom_it_now_misses() {
    let before = questionnaire(TEST);
    let now =
        questionnaire(&TEST.replace("when: { sign: yes }", "when: { sign: yes, age: { at_least: 60 } }"));
    let of = [
        (json!({ "sign": "yes", "age": 59 }), "high"),
        (json!({ "sign": "yes", "age": 60 }), "high"),
        (json!({ "sign": "yes", "age": 59 }), "low"),
    ];
    let evaluated = evaluate(&now, &people(&now, &of), &[], Some(&before));
    let compared = evaluated.before.expect("the version before");
    assert_eq!(compared.newly_missed.iter().map(|miss| miss.line).collect::<Vec<_>>(), [1]);
    assert!(compared.newly_caught.is_empty());
    assert_eq!((compared.measures.under(), compared.measures.over()), (0, 1));
    let others =
        questionnaire(&TEST.replace("id: low,", "id: lower,").replace("at_least: low", "at_least: lower"));
    let compared = evaluation::evaluate(&now, Audience::Patient, &people(&now, &of), &[], Some(&others));
    assert_eq!(compared, Err(OtherLevels));
}

#[test]
fn what_cannot_be_grouped_is_refused_with_the_reason() {
    let tried = questionnaire(TEST);
    for (written, wrong) in [
        ("nothing", WrongBy::NoQuestion("nothing".to_owned())),
        ("age", WrongBy::NeedsCuts("age".to_owned())),
        ("sign:1", WrongBy::TakesNoCuts("sign".to_owned())),
        ("age:60,18", WrongBy::NotRising("age".to_owned())),
        ("age:18,18", WrongBy::NotRising("age".to_owned())),
        ("age:", WrongBy::NotRising("age".to_owned())),
        ("age:NaN", WrongBy::NotRising("age".to_owned())),
    ] {
        assert_eq!(By::read(&tried, written), Err(wrong), "{written}");
    }
}

fn run(name: &str, lines: &str, arguments: &[&str]) -> Output {
    let folder = std::env::temp_dir().join(format!("redflag-evaluate-{}-{name}", std::process::id()));
    fs::create_dir_all(&folder).expect("a folder");
    fs::write(folder.join("tried.yaml"), TEST).expect("written");
    fs::write(folder.join("known.jsonl"), lines).expect("written");
    let output = Command::new(env!("CARGO_BIN_EXE_redflag"))
        .args(["evaluate", "tried.yaml", "known.jsonl"])
        .args(arguments)
        .current_dir(&folder)
        .output()
        .expect("it runs");
    fs::remove_dir_all(&folder).expect("removed");
    output
}

const KNOWN: &str = concat!(
    "{\"sign\": \"yes\", \"age\": 40, \"came\": \"broken\"}\n",
    "{\"sign\": \"no\", \"age\": 70, \"came\": \"broken\"}\n",
    "{\"sign\": \"no\", \"age\": 30, \"came\": 0}\n",
    "{\"sign\": \"no\", \"age\": 30, \"came\": null}\n",
    "{\"sign\": \"no\", \"age\": 30}\n",
);

#[test]
fn outcomes_become_levels_and_every_format_says_the_same() {
    let right = ["--truth", "came", "--right", "broken=high", "--right", "*=low"];
    let said = |more: &[&str]| {
        let output = run(&more.join("-"), KNOWN, &[&right[..], more].concat());
        assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
        String::from_utf8(output.stdout).expect("text")
    };
    let text = said(&[]);
    assert!(text.starts_with("tried 1.0.0, 3 people from known.jsonl, right levels in `came`; 2 sheets without one are left out\n"), "{text}");
    assert!(
        text.contains("less urgent than the right level (under-triage): 1 of 3, 33.3 % (6.1 to 79.2)"),
        "{text}"
    );
    assert!(text.contains("line 2: high (broken), result low"), "{text}");
    let markdown = said(&["--format", "markdown"]);
    assert!(markdown.contains("- line 2: high (broken), result low\n"), "{markdown}");
    assert!(markdown.contains("| high | 1 | 1 | 2 |"), "{markdown}");
    let told: Value = serde_json::from_str(&said(&["--format", "json"])).expect("JSON");
    assert_eq!(told["misses"], json!([{ "line": 2, "outcome": "broken", "right": "high", "told": "low" }]));
    assert_eq!(told["left_out"], 2);
    assert_eq!(told["all"]["by_rule"]["A1"]["sensitivity"]["value"], 0.5);
    assert_eq!(told["all"]["by_rule"]["A1"]["positive_likelihood_ratio"], Value::Null, "nobody else has it");
    let picture = said(&["--svg", "-"]);
    let parsed = roxmltree::Document::parse(&picture).expect("XML");
    assert!(
        parsed
            .descendants()
            .any(|node| node.text().is_some_and(|text| text.contains("50.0 % (9.5 to 90.5), of 2, few"))),
        "{picture}"
    );
}

#[test]
fn mistakes_are_told_with_their_place_and_a_way_out() {
    for (name, lines, arguments, said) in [
        (
            "unknown",
            KNOWN,
            &["--truth", "came"][..],
            "`came` has values that are not levels: `0` (1 sheet), `broken` (2 sheets). Say which level each one means, as in `--right '0=LEVEL'`",
        ),
        (
            "no-level",
            KNOWN,
            &["--truth", "came", "--right", "broken=highest"],
            "there is no level `highest`; the levels are high, low",
        ),
        ("no-pair", KNOWN, &["--truth", "came", "--right", "broken"], "as in `--right x=emergency`"),
        ("question", KNOWN, &["--truth", "age"], "`age` is a question of the questionnaire"),
        ("nobody", "{\"sign\": \"yes\"}\n", &["--truth", "came"], "no sheet has an outcome in `came`"),
        (
            "twice",
            "{\"came\": \"high\", \"came\": \"low\"}\n",
            &["--truth", "came"],
            "line 1: `came` appears twice",
        ),
        (
            "list",
            "\n{\"came\": [\"high\"]}\n",
            &["--truth", "came"],
            "line 2: `came` must be a word or a number",
        ),
        (
            "sheet",
            "{\"came\": \"high\", \"sing\": \"yes\"}\n",
            &["--truth", "came"],
            "there is no question `sing`",
        ),
        (
            "by",
            KNOWN,
            &["--truth", "came", "--right", "*=low", "--by", "age"],
            "say where a group begins, as in `--by age:18,40,60`",
        ),
        (
            "svg",
            KNOWN,
            &["--truth", "came", "--right", "*=low", "--svg", "known.jsonl"],
            "known.jsonl is one of the input files",
        ),
    ] {
        let output = run(name, lines, arguments);
        let error = String::from_utf8_lossy(&output.stderr);
        // A file with mistakes is no wrong usage.
        let code = if ["twice", "list", "sheet"].contains(&name) { 1 } else { 2 };
        assert_eq!(output.status.code(), Some(code), "{name}: {error}");
        assert!(error.contains(said), "{name}: {error}");
        assert!(output.stdout.is_empty(), "{name}");
    }
}

/// The same people as CSV: what is counted is the same.
#[test]
fn a_table_is_counted_as_lines_are() {
    let folder = tempfile::tempdir().expect("a folder");
    let written = |name: &str, text: &str| fs::write(folder.path().join(name), text).expect("written");
    written("tried.yaml", TEST);
    written("known.jsonl", KNOWN);
    written(
        "known.csv",
        "record_id,sign,age,came\n1,yes,40,broken\n2,no,70,broken\n3,no,30,0\n4,no,30,\n5,no,30,\n",
    );
    let run = |file: &str, more: &[&str]| {
        Command::new(env!("CARGO_BIN_EXE_redflag"))
            .args([
                "evaluate",
                "tried.yaml",
                file,
                "--truth",
                "came",
                "--right",
                "broken=high",
                "--right",
                "*=low",
            ])
            .args(more)
            .current_dir(folder.path())
            .output()
            .expect("it runs")
    };
    let (lines, table) = (run("known.jsonl", &["--format", "json"]), run("known.csv", &["--format", "json"]));
    let [by_lines, by_table] =
        [&lines, &table].map(|output| serde_json::from_slice::<Value>(&output.stdout).expect("JSON"));
    // The first line of a table has the names.
    let line = |told: &Value| told["misses"][0]["line"].clone();
    assert_eq!((line(&by_lines), line(&by_table)), (json!(2), json!(3)));
    assert_eq!(by_lines["all"], by_table["all"]);
    assert!(String::from_utf8_lossy(&table.stderr).contains("not read: record_id\n"), "{table:?}");

    written("known.csv", "sign,age\nyes,40\n");
    let output = run("known.csv", &[]);
    assert_eq!(output.status.code(), Some(2));
    assert!(String::from_utf8_lossy(&output.stderr).contains("names no column `came`"), "{output:?}");
    written("known.csv", "sign,age,came\nmaybe,40,high\n\"yes,40,high\nno,abc,low\n");
    let output = run("known.csv", &[]);
    assert_eq!(output.status.code(), Some(1));
    let said = String::from_utf8_lossy(&output.stderr);
    assert!(
        said.contains("line 2: `sign` has no such option") && said.contains("line 3: a quotation mark"),
        "{said}"
    );
    assert!(said.contains("line 4: "), "{said}");
}
