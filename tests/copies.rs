//! What `redflag check` says of a changed copy of a built-in questionnaire.

#[path = "support/agreed.rs"]
mod agreed;

use std::fs;
use std::process::{Command, Stdio};

use agreed::{agreed, edited};
use serde_json::Value;

const BACK_PAIN: &str = include_str!("../questionnaires/back-pain.yaml");

/// Exit status and output for a file in an empty folder.
fn check(text: &str, options: &[&str]) -> (Option<i32>, String) {
    let folder = tempfile::tempdir().unwrap();
    fs::write(folder.path().join("mine.yaml"), text).unwrap();
    let output = Command::new(env!("CARGO_BIN_EXE_redflag"))
        .args(["check", "mine.yaml"])
        .args(options)
        .current_dir(folder.path())
        .stdin(Stdio::null())
        .output()
        .unwrap();
    (output.status.code(), String::from_utf8(output.stdout).unwrap())
}

const OWN_VERSION: (&str, &str) = ("version: 1.0.0", "version: 1.1.0");
const HIGHER_THRESHOLD: (&str, &str) = (
    "- { severity: { at_least: 8 } }\n        - { constant: yes }",
    "- { severity: { at_least: 9 } }\n        - { constant: yes }",
);
const LOWER_THRESHOLD: (&str, &str) = (
    "- { severity: { at_least: 8 } }\n        - { constant: yes }",
    "- { severity: { at_least: 7 } }\n        - { constant: yes }",
);

/// What is written in the copy for what.
type Changes = &'static [(&'static str, &'static str)];

/// What a copy is called, the exit status for it, and what was changed in it.
const COPIES: &[(&str, i32, Changes)] = &[
    ("threshold-moved", 1, &[HIGHER_THRESHOLD]),
    ("threshold-moved-with-a-version", 0, &[OWN_VERSION, HIGHER_THRESHOLD]),
    ("threshold-lowered", 1, &[LOWER_THRESHOLD]),
    ("threshold-lowered-with-a-version", 0, &[OWN_VERSION, LOWER_THRESHOLD]),
    (
        "levels-swapped",
        1,
        &[
            ("  - id: U01\n    level: urgent", "  - id: U01\n    level: routine"),
            ("  - id: R06\n    level: routine", "  - id: R06\n    level: urgent"),
        ],
    ),
    (
        "option-forgotten",
        1,
        &[("- { limb_signs: [numb_patch, clumsy_hands] }", "- { limb_signs: [numb_patch] }")],
    ),
    (
        "screen-behind-a-branch",
        1,
        &[(
            "      - id: fever\n        type: yes_no",
            "      - id: fever\n        ask_if: { severity: { at_least: 5 } }\n        type: yes_no",
        )],
    ),
    ("later", 1, &[("{ say: within 4 weeks, days: 28 }", "{ say: within 6 weeks, days: 42 }")]),
    (
        "a-step-for-others",
        1,
        &[(
            "  - id: use_heat\n    levels: [self_care]\n",
            "  - id: use_heat\n    levels: [self_care]\n    when: { sex: female }\n",
        )],
    ),
    (
        "an-answer-more",
        1,
        &[(
            "          - { id: ribs, label: Ribs,",
            "          - { id: arm, label: Arm, say: My arm hurts., concern: none }\n          - { id: ribs, label: Ribs,",
        )],
    ),
    (
        "texts",
        0,
        &[(
            "Have you had a fever or shivering chills in the last week?",
            "Did you have a fever in the last week?",
        )],
    ),
    ("a-comment", 0, &[("# Back pain check.\n", "# Our back pain check.\n")]),
];

#[test]
fn a_changed_copy_is_told_from_the_built_in_one() {
    for (name, status, changes) in COPIES {
        let (code, out) = check(&edited(BACK_PAIN, changes), &[]);
        assert_eq!(code, Some(*status), "{name}\n{out}");
        // The proofs of the file alone stand elsewhere.
        let (findings, proved) = out.split_once("mine.yaml: 7 sections").unwrap();
        let line = proved.lines().find(|line| line.contains("than by the built-in")).unwrap_or("");
        let told = format!("{findings}{}", if line.is_empty() { String::new() } else { format!("{line}\n") });
        agreed(format!("copies/{name}.txt"), &told);
    }
}

#[test]
fn the_readme_shows_what_is_said() {
    let (_, out) = check(&edited(BACK_PAIN, &[HIGHER_THRESHOLD]), &[]);
    let (finding, _) = out.split_once("\n\n").unwrap();
    let readme = include_str!("../README.md");
    assert!(readme.contains(finding), "README.md does not show\n{finding}");
}

#[test]
fn the_same_file_and_a_file_with_an_id_of_its_own_are_not_compared() {
    let (code, out) = check(BACK_PAIN, &[]);
    assert_eq!(code, Some(0));
    assert!(out.starts_with("mine.yaml: 7 sections") && !out.contains("built-in"), "{out}");
    let (code, out) =
        check(&edited(BACK_PAIN, &[("\nid: back-pain\n", "\nid: our-back-pain\n"), HIGHER_THRESHOLD]), &[]);
    assert_eq!(code, Some(0));
    assert!(!out.contains("built-in"), "{out}");
}

#[test]
fn the_example_is_in_the_json_as_sheets() {
    let (code, out) = check(&edited(BACK_PAIN, &[HIGHER_THRESHOLD]), &["--format", "json"]);
    assert_eq!(code, Some(1));
    let found: Value = serde_json::from_str(&out).unwrap();
    assert_eq!(found.as_array().unwrap().len(), 1, "{out}");
    let finding = &found[0];
    assert_eq!(
        (&finding["code"], &finding["severity"]),
        (&"changed-without-version".into(), &"error".into())
    );
    assert!(finding["line"].as_u64() > Some(2000));
    let witness = &finding["witness"];
    assert_eq!((&witness["old"]["level"], &witness["new"]["level"]), (&"same_day".into(), &"urgent".into()));
    assert_eq!(witness["new"]["answers"]["severity"], 8);
}

#[test]
fn without_time_the_comparison_fails() {
    let (code, out) = check(&edited(BACK_PAIN, &[HIGHER_THRESHOLD]), &["--budget", "0"]);
    assert_eq!(code, Some(1));
    assert!(out.contains("error[unproved]: not compared with the built-in `back-pain`"), "{out}");
    assert!(!out.contains("changed-without-version"), "nothing is known yet: {out}");
}
