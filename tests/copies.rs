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
    // Enough time for a busy machine too.
    let budget: &[&str] = if options.contains(&"--budget") { &[] } else { &["--budget", "3600"] };
    let folder = tempfile::tempdir().unwrap();
    fs::write(folder.path().join("mine.yaml"), text).unwrap();
    let output = Command::new(env!("CARGO_BIN_EXE_redflag"))
        .args(["check", "mine.yaml"])
        .args(options)
        .args(budget)
        .current_dir(folder.path())
        .stdin(Stdio::null())
        .output()
        .unwrap();
    (output.status.code(), String::from_utf8(output.stdout).unwrap())
}

const OWN_VERSION: (&str, &str) = ("version: 2.0.0", "version: 2.1.0");
const HIGHER_THRESHOLD: (&str, &str) = (
    "- { severity: { at_least: 9 }, night_pain: wakes_not_settling, constant: yes }",
    "- { severity: { at_least: 10 }, night_pain: wakes_not_settling, constant: yes }",
);
const LOWER_THRESHOLD: (&str, &str) = (
    "- { severity: { at_least: 9 }, night_pain: wakes_not_settling, constant: yes }",
    "- { severity: { at_least: 8 }, night_pain: wakes_not_settling, constant: yes }",
);

/// What is written in the copy for what.
type Changes = &'static [(&'static str, &'static str)];

/// What a copy is called, the exit status for it, and what was changed in it.
const COPIES: &[(&str, i32, Changes)] = &[
    ("threshold-moved", 1, &[HIGHER_THRESHOLD]),
    ("threshold-moved-with-a-version", 1, &[OWN_VERSION, HIGHER_THRESHOLD]),
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
        &[("- { clues_chest: [breast_change, coughing_blood] }", "- { clues_chest: [coughing_blood] }")],
    ),
    (
        "screen-behind-a-branch",
        1,
        &[(
            "      - id: fever\n        type: one_of",
            "      - id: fever\n        ask_if: { severity: { at_least: 5 } }\n        type: one_of",
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
    assert_eq!((&witness["old"]["level"], &witness["new"]["level"]), (&"same_day".into(), &"routine".into()));
    assert_eq!(witness["new"]["answers"]["severity"], 9);
}

#[test]
fn without_time_the_comparison_fails() {
    let (code, out) = check(&edited(BACK_PAIN, &[HIGHER_THRESHOLD]), &["--budget", "0"]);
    assert_eq!(code, Some(1));
    assert!(out.contains("error[unproved]: not compared with the built-in `back-pain`"), "{out}");
    assert!(!out.contains("changed-without-version"), "nothing is known yet: {out}");
}

/// The copy with these waivers and changes, in a version of its own.
fn waived(changes: &[(&str, &str)], waivers: &str) -> (Option<i32>, String) {
    let text = edited(&edited(BACK_PAIN, &[OWN_VERSION]), changes);
    check(&text.replacen("\nwaivers:\n", &format!("\nwaivers:\n{waivers}"), 1), &[])
}

/// Of the emergency steps one is gone.
const A_STEP_LESS: (&str, &str) = (
    "  - id: tell_staff_now\n    levels: [emergency]\n    audience: patient\n    say: Are you in a clinic or at a kiosk? \
     Then call staff now.\n",
    "",
);

#[test]
fn a_downgrade_of_the_built_in_one_passes_only_with_a_waiver_for_it() {
    let (code, out) = waived(&[HIGHER_THRESHOLD], "");
    assert_eq!(code, Some(1));
    // The message has the waiver that lets it pass; there is one for each level that people are moved to.
    assert!(out.contains("{ property: less_urgent, rule: S11, level: urgent, because: ... }"), "{out}");
    let waiver = |rule: &str, level: &str| {
        format!("  - {{ property: less_urgent, rule: {rule}, level: {level}, because: Agreed on 3 May. }}\n")
    };
    let (code, out) = waived(&[HIGHER_THRESHOLD], &waiver("S11", "self_care"));
    assert_eq!(code, Some(0), "{out}");
    assert!(out.contains("waived: less_urgent, rule S11 down to `self_care`: Agreed on 3 May."), "{out}");
    assert!(!out.contains("than by the built-in"), "nothing is claimed that is waived: {out}");
    // The rule counts for no less than before: that lets nothing pass.
    let (code, out) = waived(&[HIGHER_THRESHOLD], &waiver("S11", "same_day"));
    assert_eq!(code, Some(1), "{out}");
}

#[test]
fn a_waiver_for_one_thing_does_not_let_another_pass() {
    let other = ("  - id: S10\n    level: same_day", "  - id: S10\n    level: urgent");
    let s11 = "  - { property: less_urgent, rule: S11, level: self_care, because: Agreed. }\n";
    let s10 = "  - { property: less_urgent, rule: S10, level: urgent, because: Agreed. }\n";
    let (code, out) = waived(&[HIGHER_THRESHOLD, other], s11);
    assert_eq!(code, Some(1), "{out}");
    assert!(
        out.contains("rule S10 had the level `same_day`") && !out.contains("rule: S11, level: urgent"),
        "{out}"
    );
    let (code, out) = waived(&[HIGHER_THRESHOLD, other], &format!("{s11}{s10}"));
    assert_eq!(code, Some(0), "{out}");
    // The same rule at a level less urgent still. The floors that the file sets for answers are another finding.
    let e08 = |level: &str| {
        let changed = format!("  - id: E08\n    level: {level}");
        let waiver = "  - { property: less_urgent, rule: E08, level: same_day, because: Agreed. }\n";
        waived(&[("  - id: E08\n    level: emergency", &changed)], waiver).1
    };
    assert!(!e08("same_day").contains("less-urgent-than-built-in"));
    assert!(e08("urgent").contains("error[less-urgent-than-built-in]"));
}

#[test]
fn a_waiver_that_nothing_needs_is_pointed_out() {
    for (changes, waiver) in [
        (&[][..], "  - { property: less_urgent, rule: S11, level: urgent, because: Agreed. }\n"),
        (&[HIGHER_THRESHOLD], "  - { property: less_urgent, rule: E08, level: urgent, because: Agreed. }\n"),
        (&[], "  - { property: less_urgent, rule: X99, level: urgent, because: Agreed. }\n"),
        (&[], "  - { property: less_urgent, step: none, level: emergency, because: Agreed. }\n"),
        (&[], "  - { property: less_urgent, text: none, level: routine, days: 3, because: Agreed. }\n"),
        (&[], "  - { property: less_urgent, interrupt: false, level: emergency, because: Agreed. }\n"),
    ] {
        let (code, out) = waived(changes, waiver);
        assert_eq!(code, Some(i32::from(!changes.is_empty())), "{out}");
        assert!(out.contains("warning[unused-waiver]: this waiver is not needed: less_urgent"), "{out}");
        assert!(out.contains("property: less_urgent") && !out.contains("waived: less_urgent"), "{out}");
    }
    // In a file of its own there is nothing to compare with.
    let own = edited(BACK_PAIN, &[("\nid: back-pain\n", "\nid: our-back-pain\n")]);
    let waiver = "\nwaivers:\n  - { property: less_urgent, rule: S11, level: urgent, because: Agreed. }\n";
    let (code, out) = check(&own.replacen("\nwaivers:\n", waiver, 1), &[]);
    assert_eq!(code, Some(0), "{out}");
    assert!(out.contains("unused-waiver"), "{out}");
}

#[test]
fn what_is_no_longer_told_in_an_emergency_passes_only_with_a_waiver_for_it() {
    let without = edited(BACK_PAIN, &[A_STEP_LESS]);
    let versioned = |text: &str, waivers: &str| {
        let text = edited(text, &[OWN_VERSION]);
        check(&text.replacen("\nwaivers:\n", &format!("\nwaivers:\n{waivers}"), 1), &[])
    };
    let (code, out) = versioned(&without, "");
    assert_eq!(code, Some(1), "{out}");
    assert!(out.contains("error[told-less-than-built-in]"), "{out}");
    assert!(out.contains("Then call staff now.\""), "with its words: {out}");
    let waiver = "{ property: less_urgent, step: tell_staff_now, level: emergency, because: ... }";
    assert!(out.contains(waiver), "{out}");
    let (code, out) = versioned(&without, &format!("  - {}\n", waiver.replace("...", "Agreed.")));
    assert_eq!(code, Some(0), "{out}");
    let elsewhere = waiver.replace("...", "Agreed.").replace("level: emergency", "level: same_day");
    assert_eq!(versioned(&without, &format!("  - {elsewhere}\n")).0, Some(1));

    // Later than before, and later still.
    let later = |days: &str| {
        let change = format!("{{ say: within {days} days, days: {days} }}");
        edited(BACK_PAIN, &[("{ say: within 4 weeks, days: 28 }", &change)])
    };
    let waiver =
        "  - { property: less_urgent, text: within 4 weeks, level: routine, days: 42, because: Agreed. }\n";
    assert_eq!(versioned(&later("42"), "").0, Some(1));
    let (code, out) = versioned(&later("42"), waiver);
    assert_eq!(code, Some(0), "{out}");
    assert_eq!(versioned(&later("43"), waiver).0, Some(1));

    let quiet = edited(
        BACK_PAIN,
        &[(
            "    interrupt: true\n    within:\n      - { say: now, days: 0 }",
            "    within:\n      - { say: now, days: 0 }",
        )],
    );
    assert_eq!(versioned(&quiet, "").0, Some(1));
    let waiver = "  - { property: less_urgent, interrupt: false, level: emergency, because: Agreed. }\n";
    let (code, out) = versioned(&quiet, waiver);
    assert_eq!(code, Some(0), "{out}");
}
