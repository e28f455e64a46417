//! What `redflag check` proves is true, and what it finds is there.

#[path = "support/agreed.rs"]
mod agreed;
mod brute;
mod random;

use std::collections::BTreeSet;
use std::rc::Rc;

use agreed::{agreed, edited};
use random::Dice;
use redflag::circuit::{Circuit, Lit, Node, RawSheet, Sheets};
use redflag::proof::{self, Found, Options, Proof, Solver};
use redflag::questionnaire::diagnostic::{Diagnostic, Severity};
use redflag::questionnaire::{Audience, Questionnaire, yaml};

const BACK_PAIN: &str = include_str!("../questionnaires/back-pain.yaml");

fn load(text: &str) -> Questionnaire {
    match yaml::load("a.yaml", text.as_bytes()) {
        Ok(loaded) => loaded.questionnaire,
        Err(mistakes) => panic!("{text}\n{}", mistakes[0].render(false)),
    }
}

fn prove(questionnaire: &Questionnaire, text: &str) -> Proof {
    let options = Options { stop: Rc::new(|| false), witnesses: false };
    proof::prove(questionnaire, "back-pain.yaml", text.as_bytes(), &options)
}

#[test]
fn back_pain_has_all_properties() {
    let proof = prove(&load(BACK_PAIN), BACK_PAIN);
    let told: Vec<String> = proof.diagnostics.iter().map(|found| found.render(false)).collect();
    assert!(told.is_empty(), "{}", told.join("\n"));
    assert!(proof.lines.iter().any(|line| line.contains("196 steps compared")), "{:?}", proof.lines);
}

#[test]
fn without_time_nothing_is_said_to_be_proved() {
    let questionnaire = load(BACK_PAIN);
    let options = Options { stop: Rc::new(|| true), witnesses: false };
    let proof = proof::prove(&questionnaire, "back-pain.yaml", BACK_PAIN.as_bytes(), &options);
    assert!(!proof.holds());
    assert!(proof.diagnostics.iter().any(|found| found.code == "unproved"));
    assert!(proof.diagnostics.iter().all(|found| found.code != "internal-error"));
}

/// All sheets of small questionnaires are gone through by the plain interpreter.
#[test]
fn proofs_and_findings_are_those_of_going_through_all_sheets() {
    let mut compared = 0;
    let mut seen = BTreeSet::new();
    for seed in 0..700 {
        let text = random::questionnaire(seed, 2 + seed as usize % 3);
        let questionnaire = load(&text);
        let Some(expected) = brute::findings(&questionnaire) else { continue };
        compared += 1;
        let proof = prove(&questionnaire, &text);
        // Of a rule that is never true sometimes only a part is told that makes it so.
        let (never_true, expected): (BTreeSet<String>, _) =
            expected.into_iter().partition(|key| key.starts_with("rule-never-true "));
        let parts = ["never-true", "always-true", "never-asked", "rule-never-true"];
        assert!(never_true.is_empty() || proof.diagnostics.iter().any(|found| parts.contains(&found.code)));
        for found in proof.diagnostics.iter().filter(|found| found.code == "rule-never-true") {
            let rule = found.message.split(' ').nth(1).unwrap();
            assert!(never_true.contains(&format!("rule-never-true {rule}")), "seed {seed}: {rule}");
        }
        let found: BTreeSet<String> = proof.diagnostics.iter().filter_map(key).collect();
        assert_eq!(found, expected, "seed {seed}\n{text}");
        seen.extend(found.iter().filter_map(|key| key.split(' ').next().map(str::to_owned)));
    }
    assert!(compared > 200, "only {compared} are small enough");
    assert!(seen.len() >= 9, "only {seen:?} were met");
}

/// What a finding is about: its code and the first thing that its message names.
fn key(found: &Diagnostic) -> Option<String> {
    assert_ne!(found.code, "internal-error", "{}", found.render(false));
    if !brute::CODES.contains(&found.code) {
        return None;
    }
    let mut quoted = found.message.split('`').skip(1).step_by(2);
    let name = match found.message.strip_prefix("rule ") {
        Some(rest) => rest.split(' ').next(),
        None => quoted.next(),
    };
    let second = if found.code == "no-effect" { quoted.next() } else { None };
    Some([Some(found.code), second, name].into_iter().flatten().collect::<Vec<_>>().join(" "))
}

#[test]
fn a_second_solver_agrees() {
    let mut outcomes = [0, 0];
    let back_pain = load(BACK_PAIN);
    let small: Vec<Questionnaire> = (0..40).map(|seed| load(&random::questionnaire(seed, 6))).collect();
    for (seed, questionnaire) in small.iter().chain([&back_pain]).enumerate() {
        let circuit = Circuit::new(questionnaire, Audience::Clinician, Sheets::Complete);
        let mut solver = Solver::new(&circuit.graph, circuit.laws(), Rc::new(|| false));
        let mut dice = Dice::new(seed as u64);
        let mut nodes: Vec<Lit> =
            circuit.rules.iter().flat_map(|rule| [rule.certain, !rule.possible]).collect();
        nodes.extend(circuit.level.iter().flat_map(|&level| [level, !level]));
        nodes.extend(circuit.asked.iter().map(|asked| asked.live.certain));
        for _ in 0..12 {
            let wanted: Vec<Lit> = (0..2 + dice.below(4)).map(|_| dice.pick(&nodes)).collect();
            let found = solver.find(&circuit.graph, &wanted);
            assert_eq!(found == Found::Yes, by_splr(&circuit, &wanted), "{wanted:?}");
            outcomes[usize::from(found == Found::Yes)] += 1;
            if found == Found::Yes {
                let sheet = RawSheet::read(&circuit, |lit| solver.value(lit));
                let inputs: Vec<u64> = sheet.values(&circuit).into_iter().map(u64::from).collect();
                let words = circuit.graph.simulate(&inputs);
                assert!(wanted.iter().all(|&lit| words.of(lit) & 1 == 1));
            }
        }
    }
    assert!(outcomes[0] > 50 && outcomes[1] > 50, "{outcomes:?}");
}

fn by_splr(circuit: &Circuit, wanted: &[Lit]) -> bool {
    let number = |lit: Lit| {
        let variable = i32::try_from(lit.node() + 1).unwrap();
        if lit.is_negated() { -variable } else { variable }
    };
    let mut clauses: Vec<Vec<i32>> = vec![vec![-1]];
    for (index, node) in circuit.graph.nodes().iter().enumerate() {
        if let Node::And(a, b) = *node {
            let own = i32::try_from(index + 1).unwrap();
            clauses.push(vec![-own, number(a)]);
            clauses.push(vec![-own, number(b)]);
            clauses.push(vec![own, -number(a), -number(b)]);
        }
    }
    clauses.extend(circuit.laws().map(|law| law.into_iter().map(number).collect()));
    let mut wanted: Vec<i32> = wanted.iter().map(|&lit| number(lit)).collect();
    wanted.sort_unstable();
    wanted.dedup();
    if wanted.iter().any(|lit| wanted.contains(&-lit)) {
        return false;
    }
    clauses.extend(wanted.into_iter().map(|lit| vec![lit]));
    match splr::Certificate::try_from(clauses) {
        Ok(splr::Certificate::SAT(_)) => true,
        Ok(splr::Certificate::UNSAT) => false,
        Err(splr::SolverError::EmptyClause | splr::SolverError::RootLevelConflict(_)) => false,
        Err(splr::SolverError::Inconsistent) => false,
        Err(error) => panic!("{error}"),
    }
}

/// A change of back-pain that somebody could make by mistake, and the code of the finding that tells it.
struct Break {
    name: &'static str,
    code: &'static str,
    changes: &'static [(&'static str, &'static str)],
}

const BREAKS: &[Break] = &[
    Break {
        name: "threshold-moved",
        code: "less-urgent",
        changes: &[(
            "- { severity: { at_least: 9 }, night_pain: wakes_not_settling, constant: yes }",
            "- { severity: { at_least: 9, below: 10 }, night_pain: wakes_not_settling, constant: yes }",
        )],
    },
    Break {
        name: "not-slipped-in",
        code: "less-urgent",
        changes: &[(
            "        - { fever: high }\n        - any:",
            "        - not: { fever: high }\n        - any:",
        )],
    },
    Break {
        name: "ask-if-too-narrow",
        code: "less-urgent",
        changes: &[(
            "ask_if: { saddle_signs: saddle_numb }",
            "ask_if: { saddle_signs: saddle_numb, emergency_now: none }",
        )],
    },
    Break {
        name: "follow-up-only-for-some",
        code: "follow-up-skipped",
        changes: &[(
            "ask_if: { limb_signs: leg_weakness }\n        options:\n          - id: pain_limited",
            "ask_if: { limb_signs: leg_weakness, emergency_now: none }\n        options:\n          - id: pain_limited",
        )],
    },
    Break {
        name: "option-forgotten",
        code: "no-effect",
        changes: &[(
            "[chest_pain, tearing_pain, pulsing_belly, cold_leg]",
            "[chest_pain, tearing_pain, cold_leg]",
        )],
    },
    Break {
        name: "levels-swapped",
        code: "below-floor",
        changes: &[
            ("  - id: E08\n    level: emergency", "  - id: E08\n    level: routine"),
            ("  - id: R06\n    level: routine", "  - id: R06\n    level: emergency"),
        ],
    },
    Break {
        name: "screen-behind-a-branch",
        code: "quiet-exit",
        changes: &[(
            "      - id: fever\n        type: one_of",
            "      - id: fever\n        ask_if: { constant: yes }\n        type: one_of",
        )],
    },
];

#[test]
fn each_mistake_is_caught_by_the_property_that_it_breaks() {
    for Break { name, code, changes } in BREAKS {
        let text = edited(BACK_PAIN, changes);
        let proof = prove(&load(&text), &text);
        assert!(!proof.holds(), "{name} is not caught");
        let errors = proof.diagnostics.iter().filter(|found| found.severity == Severity::Error);
        assert!(errors.clone().any(|found| found.code == *code), "{name}");
        let told: Vec<String> = proof.diagnostics.iter().map(|found| found.render(false)).collect();
        let told = told.join("\n");
        agreed(format!("proofs/{name}.txt"), &told);
    }
}

/// Each file in `tests/proofs/small` has a fault that only a proof finds, or shows that something is none.
#[test]
fn small_files_are_told_as_agreed() {
    let folder = concat!(env!("CARGO_MANIFEST_DIR"), "/tests/proofs/small");
    let entries = std::fs::read_dir(folder).expect("the directory is there");
    let paths = entries.map(|entry| entry.expect("an entry").path());
    let mut files: Vec<_> = paths.filter(|path| path.extension().is_some_and(|is| is == "yaml")).collect();
    files.sort();
    assert!(files.len() >= 15, "only {} files", files.len());
    for file in files {
        let text = std::fs::read_to_string(&file).expect("the file can be read");
        let name = file.file_stem().expect("a name").to_string_lossy();
        let options = Options { stop: Rc::new(|| false), witnesses: false };
        let proof = proof::prove(&load(&text), &format!("{name}.yaml"), text.as_bytes(), &options);
        let mut told: Vec<String> = proof.diagnostics.iter().map(|found| found.render(false)).collect();
        let of_interest = ["safety screens", "every answer of concern counts", "only for the record"];
        let lines = proof.lines.iter().filter(|line| of_interest.iter().any(|words| line.contains(words)));
        told.push(lines.map(|line| format!("proved: {line}\n")).collect());
        agreed(format!("proofs/small/{name}.txt"), &told.join("\n"));
    }
}
