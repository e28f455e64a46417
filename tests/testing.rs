//! `redflag test`, and the scenarios that `redflag check` tries, as people and programs use them.
//!
//! After a change of words, `UPDATE=1 cargo test --test testing` writes what was agreed anew; read the difference.

#[path = "support/agreed.rs"]
mod agreed;

use std::collections::BTreeSet;
use std::fs;
use std::process::{Command, Output};

use agreed::{agreed, edited};
use serde_json::{Value, json};

const EXAMPLE: &str = include_str!("../docs/author/example.yaml");
const EXAMPLE_TESTS: &str = include_str!("../docs/author/example.tests.yaml");
const BACK_PAIN: &str = include_str!("../questionnaires/back-pain.yaml");
const BACK_PAIN_TESTS: &str = include_str!("../questionnaires/back-pain.tests.yaml");

/// A folder with a questionnaire and its scenarios.
struct Folder(tempfile::TempDir);

impl Folder {
    fn with(questionnaire: &str, tests: &str) -> Folder {
        let folder = Folder(tempfile::tempdir().expect("a folder"));
        folder.write("mine.yaml", questionnaire);
        folder.write("mine.tests.yaml", tests);
        folder
    }

    fn write(&self, name: &str, text: &str) {
        fs::write(self.0.path().join(name), text).expect("a file");
    }

    /// Runs the program in the folder.
    fn redflag(&self, arguments: &[&str]) -> (Option<i32>, String) {
        let Output { status, stdout, stderr } = Command::new(env!("CARGO_BIN_EXE_redflag"))
            .args(arguments)
            .current_dir(self.0.path())
            .env("XDG_CONFIG_HOME", "/nonexistent")
            .output()
            .expect("the program starts");
        let said = [stdout, stderr].concat();
        (status.code(), String::from_utf8(said).expect("UTF-8"))
    }
}

/// The example with a rule that needs one more day.
fn one_day_later() -> String {
    EXAMPLE.replace("at_least: 7", "at_least: 8")
}

#[test]
fn scenarios_that_hold_are_listed_and_counted() {
    let folder = Folder::with(EXAMPLE, EXAMPLE_TESTS);
    let (status, said) = folder.redflag(&["test", "mine.yaml"]);
    assert_eq!(status, Some(0), "{said}");
    agreed("scenarios/hold.txt", &said);
}

#[test]
fn scenarios_that_fail_tell_what_came_and_why() {
    let tests = EXAMPLE_TESTS.replace("answers: { alarm: [noisy_breath] }", "answers: { alarm: unsure }");
    let tests =
        tests.replace("steps: [drink]", "steps: [drink, sit_up]\n    within_days: 3\n    not_asked: [days]");
    let folder = Folder::with(&one_day_later(), &tests);
    let (status, said) = folder.redflag(&["test", "mine.yaml"]);
    assert_eq!(status, Some(1), "{said}");
    agreed("scenarios/fail.txt", &said);
}

#[test]
fn only_the_scenarios_with_these_words_are_tried() {
    let folder = Folder::with(&one_day_later(), EXAMPLE_TESTS);
    let (status, said) = folder.redflag(&["test", "mine.yaml", "--only", "ever"]);
    assert_eq!(status, Some(0), "{said}");
    assert!(
        said.contains("test Fever from the first day ... ok\ntest Not sure about fever ... ok\n"),
        "{said}"
    );
    assert!(said.contains("test result: ok. 2 passed; 0 failed; 6 left out"), "{said}");
    assert!(!said.contains("covered"), "{said}");
    let (status, _) = folder.redflag(&["test", "mine.yaml", "--only", "seven days"]);
    assert_eq!(status, Some(1));
}

#[test]
fn what_is_not_there_is_wrong_usage_and_says_where_it_must_be() {
    let folder = Folder::with(EXAMPLE, EXAMPLE_TESTS);
    folder.write("alone.yaml", EXAMPLE);
    let says = |arguments: &[&str], words: &str| {
        let (status, said) = folder.redflag(arguments);
        assert_eq!(status, Some(2), "{said}");
        assert!(said.contains(words), "{said}");
    };
    says(&["test"], "give the file of a questionnaire");
    says(&["test", "alone.yaml"], "alone.yaml has no scenarios: they would be in alone.tests.yaml");
    says(&["test", "back-pain"], "with back-pain.tests.yaml beside it");
    says(&["test", "nothing.yaml"], "nothing.yaml");
    says(&["test", "--mutants", "--only", "x", "mine.yaml"], "--only");
}

#[test]
fn a_file_of_scenarios_means_the_questionnaire_beside_it() {
    let folder = Folder::with(EXAMPLE, EXAMPLE_TESTS);
    for command in ["test", "check"] {
        let (status, by_tests) = folder.redflag(&[command, "mine.tests.yaml", "mine.yaml"]);
        let (_, by_name) = folder.redflag(&[command, "mine.yaml"]);
        assert_eq!((status, by_tests), (Some(0), by_name));
    }
}

#[test]
fn mistakes_in_a_file_of_scenarios_fail_both_commands() {
    let folder = Folder::with(EXAMPLE, &EXAMPLE_TESTS.replace("level: home", "level: hom"));
    for command in ["test", "check"] {
        let (status, said) = folder.redflag(&[command, "mine.yaml"]);
        assert_eq!(status, Some(1), "{said}");
        assert!(
            said.contains("error[unknown-level]: there is no level `hom`\n  --> mine.tests.yaml:11:12"),
            "{said}"
        );
        assert!(said.contains("did you mean `home`?"), "{said}");
    }
}

#[test]
fn a_check_tries_the_scenarios_too() {
    let folder = Folder::with(EXAMPLE, EXAMPLE_TESTS);
    let (status, said) = folder.redflag(&["check", "mine.yaml"]);
    assert_eq!(status, Some(0), "{said}");
    assert!(said.ends_with("mine.tests.yaml: 8 scenarios pass\n"), "{said}");

    let folder = Folder::with(&one_day_later(), EXAMPLE_TESTS);
    let (status, said) = folder.redflag(&["check", "mine.yaml"]);
    assert_eq!(status, Some(1), "{said}");
    let expected = "error[scenario]: A sore throat for seven days: the level is `home`, not `soon`\n  --> mine.tests.yaml:23:12\n";
    assert!(said.contains(expected), "{said}");
    assert!(said.ends_with("mine.tests.yaml: 1 of 8 scenarios fails\n"), "{said}");

    let (status, said) = folder.redflag(&["check", "--format", "json", "mine.yaml"]);
    assert_eq!(status, Some(1), "{said}");
    let found: Value = serde_json::from_str(&said).expect("JSON");
    let expected = json!([{
        "severity": "error",
        "code": "scenario",
        "message": "A sore throat for seven days: the level is `home`, not `soon`",
        "file": "mine.tests.yaml",
        "line": 23,
        "column": 12,
        "help": null,
        "witness": {
            "audience": "patient",
            "scenario": "A sore throat for seven days",
            "wanted": "soon",
            "sheets": [{ "answers": { "alarm": ["none"], "days": 7, "fever": "no" }, "level": "home", "rules": [] }],
        },
    }]);
    assert_eq!(found, expected);
}

/// What no property that holds for any questionnaire can see, because nothing but the medicine says what is right.
#[test]
fn edits_that_no_proof_notices_fail_at_a_scenario() {
    let edits: [&[(&str, &str)]; 4] = [
        // A threshold of age, which has no direction.
        &[(
            "- { onset: sudden_severe }\n            - any:\n                - { age: { at_least: 60 } }",
            "- { onset: sudden_severe }\n            - any:\n                - { age: { at_least: 61 } }",
        )],
        // An option forgotten in one of several rules.
        &[("clues_digestive: [new_diabetes, fatty_stools]", "clues_digestive: [new_diabetes]")],
        // A level that is one too low.
        &[("  - id: S08\n    level: same_day", "  - id: S08\n    level: urgent")],
        // Two levels swapped.
        &[
            ("  - id: U15\n    level: urgent", "  - id: U15\n    level: routine"),
            ("  - id: R08\n    level: routine", "  - id: R08\n    level: urgent"),
        ],
    ];
    for edit in edits {
        let text = edited(BACK_PAIN, edit);
        let folder = Folder::with(&text, BACK_PAIN_TESTS);
        let (status, said) = folder.redflag(&["check", "--format", "json", "mine.yaml"]);
        assert_eq!(status, Some(1), "{edit:?}");
        let found: Vec<Value> = serde_json::from_str(&said).expect("JSON");
        let errors = found.iter().filter(|found| found["severity"] == "error");
        let codes: BTreeSet<&str> = errors.filter_map(|found| found["code"].as_str()).collect();
        // The other one compares with the built-in questionnaire, which a file of one's own doesn't have.
        assert_eq!(codes, BTreeSet::from(["changed-without-version", "scenario"]), "{edit:?}");
    }
}

#[test]
fn the_schema_of_scenarios_is_printed_as_json() {
    let folder = Folder::with(EXAMPLE, EXAMPLE_TESTS);
    let (status, said) = folder.redflag(&["schema", "--tests"]);
    assert_eq!(status, Some(0));
    let schema: Value = serde_json::from_str(&said).expect("JSON");
    assert_eq!(schema["title"], "Scenarios of a redflag questionnaire");
    assert!(schema["properties"]["cases"].is_object());
}

/// The example without the scenarios for fever and swallowing.
fn too_few() -> String {
    let (first, rest) = EXAMPLE_TESTS.split_once("  - name: Fever from").expect("the fever");
    let (_, rest) = rest.split_once("  - name: Noisy").expect("the noise");
    format!("{first}  - name: Noisy{rest}")
}

#[test]
fn changes_that_no_scenario_notices_are_told_with_one_that_would() {
    let folder = Folder::with(EXAMPLE, &too_few());
    let (status, said) = folder.redflag(&["test", "--mutants", "mine.yaml"]);
    assert_eq!(status, Some(1), "{said}");
    let (_, mutants) = said.split_once("\nmine.yaml: ").expect("the changes");
    agreed("scenarios/mutants.txt", mutants);
    // As told, the missing scenarios come back.
    let suggested: Vec<&str> = mutants.split("\n\n").filter(|part| part.starts_with("  - name: ")).collect();
    assert!(!suggested.is_empty());
    folder.write("mine.tests.yaml", &format!("{}{}\n", too_few(), suggested.join("\n")));
    let (status, said) = folder.redflag(&["test", "--mutants", "mine.yaml"]);
    assert_eq!(status, Some(0), "{said}");
}

#[test]
fn changes_are_tried_only_when_all_scenarios_hold_and_must_be_decided_in_time() {
    let folder = Folder::with(EXAMPLE, EXAMPLE_TESTS);
    assert_eq!(folder.redflag(&["test", "--mutants", "mine.yaml"]).0, Some(0));
    let (status, said) = folder.redflag(&["test", "--mutants", "--budget", "0", "mine.yaml"]);
    assert_eq!(status, Some(1), "{said}");
    assert!(said.contains("   15 not decided within the time limit\n"), "{said}");
    let folder = Folder::with(&one_day_later(), EXAMPLE_TESTS);
    let (status, said) = folder.redflag(&["test", "--mutants", "mine.yaml"]);
    assert_eq!(status, Some(1), "{said}");
    assert!(said.ends_with("\nsmall changes are only tried once all scenarios pass\n"), "{said}");
}

#[test]
fn the_document_shows_what_the_program_says() {
    let document = include_str!("../docs/author/testing.md");
    let shown: Vec<&str> =
        document.split("```text\n").skip(1).filter_map(|rest| rest.split("```").next()).collect();
    let failing = Folder::with(&one_day_later(), EXAMPLE_TESTS).redflag(&["test", "mine.yaml"]).1;
    let surviving = Folder::with(EXAMPLE, &too_few()).redflag(&["test", "--mutants", "mine.yaml"]).1;
    assert_eq!(shown.len(), 2);
    assert!(failing.contains(shown[0]), "{failing}");
    assert!(surviving.contains(shown[1]), "{surviving}");
}
