//! What `redflag diff` says about two versions, and that nothing is left out.

#[path = "support/agreed.rs"]
mod agreed;
mod random;

use std::collections::BTreeSet;
use std::fs;
use std::path::Path;
use std::process::{Command, Output, Stdio};
use std::rc::Rc;

use agreed::{agreed, edited};
use random::Dice;
use redflag::answers::{Answer, Facts, Truth};
use redflag::circuit::{Circuit, Lit, RawSheet, Sheets};
use redflag::diff::{self, Behaviour, Difference, Files, Side, Versions};
use redflag::questionnaire::wording::each_text;
use redflag::questionnaire::{
    Audience, Condition, OptionSet, Question, Questionnaire, Text, UnsureCountsAs, yaml,
};
use redflag::triage;
use serde_json::Value;

const BACK_PAIN: &str = include_str!("../questionnaires/back-pain.yaml");
const AUDIENCES: [Audience; 2] = [Audience::Patient, Audience::Clinician];

fn load(text: &str) -> Questionnaire {
    match yaml::load("a.yaml", text.as_bytes()) {
        Ok(loaded) => loaded.questionnaire,
        Err(mistakes) => panic!("{}", mistakes[0].render(false)),
    }
}

fn compare(old: &Questionnaire, new: &Questionnaire) -> Difference {
    let stop: redflag::proof::Stop = Rc::new(|| false);
    let difference = diff::compare(Versions { old, new }, &stop);
    assert!(difference.is_proved(), "{:?}", difference.disagreements);
    difference
}

// All sheets, by the interpreter.

/// Every answer that fits a question, or none if it may be left out.
fn answers(question: &Question) -> Vec<Option<Answer>> {
    let mut candidates = vec![Answer::UNSURE];
    for bits in 1..1u32 << question.options.len() {
        let ticked: OptionSet = (0..question.options.len()).filter(|at| bits >> at & 1 == 1).collect();
        candidates.extend([Answer::Options(ticked), Answer::Unsure { ticked }]);
    }
    candidates.extend((-1..=2).map(|number| Answer::Number(f64::from(number))));
    candidates.retain(|answer| answer.check(question).is_ok());
    candidates.into_iter().map(Some).chain(question.optional.then_some(None)).collect()
}

/// All raw sheets; none if there are more than `most`.
fn sheets(questionnaire: &Questionnaire, most: usize) -> Vec<RawSheet> {
    let mut all: Vec<Vec<Option<Answer>>> = vec![Vec::new()];
    for question in &questionnaire.questions {
        let answers = answers(question);
        if all.len() * answers.len() > most {
            return Vec::new();
        }
        let longer = |sheet: &Vec<Option<Answer>>| {
            let with = |answer: &Option<Answer>| sheet.iter().cloned().chain([answer.clone()]).collect();
            answers.iter().map(with).collect::<Vec<_>>()
        };
        all = all.iter().flat_map(longer).collect();
    }
    let kept =
        |answers: Vec<Option<Answer>>| [false, true].map(|kept| RawSheet { answers: answers.clone(), kept });
    all.into_iter().flat_map(kept).collect()
}

/// What one person meets in two versions with the same questions, rules and steps, as keys.
fn met(
    old: &Questionnaire,
    new: &Questionnaire,
    pair: (&RawSheet, &RawSheet),
    audience: Audience,
) -> Vec<String> {
    let (heard_old, heard_new) = (pair.0.heard(old, audience), pair.1.heard(new, audience));
    let (was, is) = (Facts::of(old, audience, &heard_old), Facts::of(new, audience, &heard_new));
    let (from, to) = (triage::assess(&was).level, triage::assess(&is).level);
    let mut keys = Vec::new();
    let mut key = |what: String| keys.push(format!("{what} {audience:?}"));
    if old.levels[from].id != new.levels[to].id {
        key(format!("level {} {}", old.levels[from].id, new.levels[to].id));
    }
    for (index, question) in old.questions.iter().enumerate() {
        let Some(other) = new.question_index(&question.id) else { continue };
        let asked = (was.live(index) == Truth::True, is.live(other) == Truth::True);
        if asked.0 != asked.1 {
            key(format!("asked {} {}", question.id, side(asked.0)));
        }
    }
    if old.levels[from].id != new.levels[to].id {
        return keys;
    }
    for (index, rule) in old.rules.iter().enumerate() {
        let Some(other) = new.rules.iter().position(|other| other.id == rule.id) else { continue };
        let (before, now) = (was.rule(index), is.rule(other));
        if (before == Truth::True) != (now == Truth::True) {
            key(format!("rule {} {}", rule.id, side(before == Truth::True)));
        }
    }
    for (index, step) in old.next_steps.iter().enumerate() {
        let Some(other) = new.next_steps.iter().find(|other| other.id == step.id) else { continue };
        let reader = step.shown.audience.unwrap_or_default();
        let before = triage::is_shown(&was, &old.next_steps[index].shown, from, reader);
        let now = triage::is_shown(&is, &other.shown, to, reader);
        if before != now {
            key(format!("step {} {}", step.id, side(before)));
        }
    }
    keys
}

fn side(in_old: bool) -> &'static str {
    if in_old { "Old" } else { "New" }
}

/// The same keys from a comparison.
fn told(old: &Questionnaire, new: &Questionnaire, difference: &Difference) -> BTreeSet<String> {
    let mut keys = BTreeSet::new();
    for moved in &difference.moves {
        for audience in &moved.audiences {
            keys.insert(format!(
                "level {} {} {audience:?}",
                old.levels[moved.from].id, new.levels[moved.to].id
            ));
        }
    }
    for other in &difference.others {
        let what = match &other.behaviour {
            Behaviour::Asked((_, Some(now)), side) => format!("asked {} {side:?}", new.questions[*now].id),
            Behaviour::Rule((_, Some(now)), side) => format!("rule {} {side:?}", new.rules[*now].id),
            Behaviour::Step((_, Some(now)), _, side) => format!("step {} {side:?}", new.next_steps[*now].id),
            _ => continue,
        };
        keys.extend(other.audiences.iter().map(|audience| format!("{what} {audience:?}")));
    }
    keys
}

fn mutated(questionnaire: &Questionnaire, dice: &mut Dice) -> Questionnaire {
    let mut other = questionnaire.clone();
    let rule = dice.below(other.rules.len());
    let negated = |condition: &Condition| Condition::Not(Box::new(condition.clone()));
    match dice.below(7) {
        0 => other.rules[rule].level = dice.below(other.levels.len()),
        1 => other.rules[rule].when = negated(&other.rules[rule].when),
        2 => other.rules[rule].when = other.definitions[0].condition.clone(),
        3 => other.questions.iter_mut().for_each(|question| {
            question.ask_if = question.ask_if.take().map(|condition| negated(&condition));
        }),
        4 => other.definitions[0].condition = negated(&other.definitions[0].condition),
        5 => other.next_steps[1].shown.levels = vec![0],
        _ => other.unsure.counts_as = UnsureCountsAs::SameLevel,
    }
    other
}

#[test]
fn differences_are_those_of_going_through_all_sheets() {
    let (mut compared, mut seen) = (0, BTreeSet::new());
    for seed in 0..400 {
        let old = load(&random::questionnaire(seed, 2 + seed as usize % 2));
        let new = mutated(&old, &mut Dice::new(seed));
        let all = sheets(&old, 300);
        if all.is_empty() {
            continue;
        }
        compared += 1;
        let expected: BTreeSet<String> = AUDIENCES
            .iter()
            .flat_map(|&audience| all.iter().map(move |sheet| (sheet, audience)))
            .flat_map(|(sheet, audience)| met(&old, &new, (sheet, sheet), audience))
            .collect();
        let difference = compare(&old, &new);
        assert_eq!(told(&old, &new, &difference), expected, "seed {seed}");
        assert!(!difference.behaves_alike() || expected.is_empty());
        seen.extend(expected.iter().filter_map(|key| key.split(' ').next().map(str::to_owned)));
    }
    assert!(compared > 100, "only {compared} are small enough");
    assert_eq!(seen.len(), 4, "only {seen:?} were met");
}

/// The versions have questions of the same ids and of other types, options and limits.
#[test]
fn with_other_questions_the_moves_are_those_of_all_pairs_of_sheets_that_one_person_can_give() {
    let mut compared = 0;
    for seed in 0..200 {
        let old = load(&random::questionnaire(seed, 2));
        let new = load(&random::questionnaire(seed + 1000, 2));
        let (all_old, all_new) = (sheets(&old, 60), sheets(&new, 60));
        if all_old.is_empty() || all_new.is_empty() {
            continue;
        }
        compared += 1;
        let mut expected = BTreeSet::new();
        for audience in AUDIENCES {
            let mut circuit = Circuit::with_others(&old, audience, Sheets::Complete, [&new]);
            let beside = circuit.beside(&new);
            let laws: Vec<Vec<Lit>> = circuit.laws().chain(beside.laws()).collect();
            for one in &all_old {
                for other in all_new.iter().filter(|other| other.kept == one.kept) {
                    let values = beside.values(&circuit, (one, other));
                    let inputs: Vec<u64> = values.into_iter().map(u64::from).collect();
                    let words = circuit.graph.simulate(&inputs);
                    let holds = |lit: Lit| words.of(lit) & 1 == 1;
                    let both = [(&circuit, one), (beside.circuit(), other)].map(|(circuit, sheet)| {
                        let again = RawSheet::read(circuit, holds);
                        again.values(circuit) == sheet.values(circuit)
                    });
                    if both == [true, true] && laws.iter().all(|law| law.iter().any(|&lit| holds(lit))) {
                        let keys = met(&old, &new, (one, other), audience);
                        expected.extend(keys.into_iter().filter(|key| key.starts_with("level")));
                    }
                }
            }
        }
        let difference = compare(&old, &new);
        let mut found = told(&old, &new, &difference);
        found.retain(|key| key.starts_with("level"));
        assert_eq!(found, expected, "seed {seed}");
    }
    assert!(compared > 40, "only {compared} are small enough");
}

#[test]
fn examples_are_judged_by_the_interpreter_as_the_comparison_says() {
    let new_text = edited(
        BACK_PAIN,
        &[(
            "- { severity: { at_least: 9 }, night_pain: wakes_not_settling, constant: yes }",
            "- { severity: { at_least: 10 }, night_pain: wakes_not_settling, constant: yes }",
        )],
    );
    let (old, new) = (load(BACK_PAIN), load(&new_text));
    let difference = compare(&old, &new);
    assert!(!difference.moves.is_empty());
    for moved in &difference.moves {
        for example in &moved.examples {
            let patient = &example.patient;
            assert_eq!(patient.old.level(&old, patient.audience), moved.from);
            assert_eq!(patient.new.level(&new, patient.audience), moved.to);
            let severity = new.question_index("severity").unwrap();
            assert_eq!(
                patient.new.answers[severity],
                Some(Answer::Number(9.0)),
                "the only number that moves"
            );
            let causes: Vec<&str> =
                example.causes.iter().map(|cause| old.rules[cause.rule].id.as_str()).collect();
            assert_eq!(causes, ["S11"]);
        }
    }
    let moved: Vec<Side> = difference.moves.iter().map(|moved| moved.side()).collect();
    assert!(moved.iter().all(|&side| side == Side::Old), "a higher threshold raises nobody");
}

#[test]
fn without_time_nothing_is_said_to_be_the_same() {
    let new_text =
        edited(BACK_PAIN, &[("  - id: E08\n    level: emergency", "  - id: E08\n    level: same_day")]);
    let (old, new) = (load(BACK_PAIN), load(&new_text));
    let stop: redflag::proof::Stop = Rc::new(|| true);
    let difference = diff::compare(Versions { old: &old, new: &new }, &stop);
    assert!(!difference.is_proved() && !difference.behaves_alike());
    assert!(difference.disagreements.is_empty());
}

// What it says.

/// An edit of back-pain that somebody could make, and whether somebody is told to act less urgently by it.
struct Edit {
    name: &'static str,
    less_urgent: bool,
    changes: &'static [(&'static str, &'static str)],
}

const EDITS: &[Edit] = &[
    Edit {
        name: "nothing",
        less_urgent: false,
        changes: &[("# Back pain check.\n", "# Our back pain check.\n")],
    },
    Edit {
        name: "texts-only",
        less_urgent: false,
        changes: &[
            (
                "Have you had a fever or shivering chills in the last week?",
                "Did you have a fever in the last week?",
            ),
            ("Book a visit in the next few days.", "Book a visit this week."),
            ("label: Ribs, say: My ribs hurt.", "label: Rib cage, say: My ribs hurt."),
        ],
    },
    Edit {
        name: "threshold-moved",
        less_urgent: true,
        changes: &[(
            "- { severity: { at_least: 9 }, night_pain: wakes_not_settling, constant: yes }",
            "- { severity: { at_least: 10 }, night_pain: wakes_not_settling, constant: yes }",
        )],
    },
    Edit {
        name: "threshold-lowered",
        less_urgent: false,
        changes: &[(
            "- { severity: { at_least: 9 }, night_pain: wakes_not_settling, constant: yes }",
            "- { severity: { at_least: 8 }, night_pain: wakes_not_settling, constant: yes }",
        )],
    },
    Edit {
        name: "not-slipped-in",
        less_urgent: true,
        changes: &[(
            "        - { fever: high }\n        - any:",
            "        - not: { fever: high }\n        - any:",
        )],
    },
    Edit {
        name: "ask-if-too-narrow",
        less_urgent: true,
        changes: &[(
            "ask_if: { saddle_signs: saddle_numb }",
            "ask_if: { saddle_signs: saddle_numb, emergency_now: none }",
        )],
    },
    Edit {
        name: "option-forgotten",
        less_urgent: true,
        changes: &[(
            "[chest_pain, tearing_pain, pulsing_belly, cold_leg]",
            "[chest_pain, tearing_pain, cold_leg]",
        )],
    },
    Edit {
        name: "unsure-removed",
        less_urgent: true,
        changes: &[(
            "        unsure: true\n        settle:\n          test: Lie down. Lift the thigh, then lay the leg flat.\n",
            "",
        )],
    },
    Edit {
        name: "later-deadline",
        less_urgent: true,
        changes: &[("{ say: within 4 weeks, days: 28 }", "{ say: within 6 weeks, days: 42 }")],
    },
    Edit {
        name: "no-alert",
        less_urgent: true,
        changes: &[(
            "    interrupt: true\n    within:\n      - { say: now, days: 0 }",
            "    within:\n      - { say: now, days: 0 }",
        )],
    },
    Edit {
        name: "step-for-fewer",
        less_urgent: false,
        changes: &[(
            "  - id: use_heat\n    levels: [self_care]\n",
            "  - id: use_heat\n    levels: [self_care]\n    when: { fever: no }\n",
        )],
    },
];

#[test]
fn each_edit_is_told_in_the_agreed_words() {
    let old = load(BACK_PAIN);
    for Edit { name, less_urgent, changes } in EDITS {
        let text = edited(BACK_PAIN, changes);
        let new = load(&text);
        let versions = Versions { old: &old, new: &new };
        let difference = compare(&old, &new);
        assert_eq!(difference.is_less_urgent(), *less_urgent, "{name}");
        let texts = (BACK_PAIN.as_bytes(), text.as_bytes());
        let told = diff::text(&Files::new(versions, ("old.yaml", "new.yaml"), texts), &difference);
        agreed(format!("diff/{name}.txt"), &told);
    }
}

#[test]
fn the_documentation_shows_what_is_said() {
    let agreed = include_str!("diff/option-forgotten.txt").replace("new.yaml", "mine.yaml");
    let start = agreed.find("LESS URGENT").unwrap();
    let end = agreed.find("\n\n\n").unwrap();
    assert!(include_str!("../docs/author/diff.md").contains(&agreed[start..end]), "{}", &agreed[start..end]);
}

#[test]
fn what_is_only_reordered_renamed_or_said_otherwise_behaves_alike() {
    let old = load(BACK_PAIN);
    let rule = "  - id: E08\n";
    let start = BACK_PAIN.find(rule).unwrap();
    let end = start + 4 + BACK_PAIN[start + 4..].find("  - id: ").unwrap();
    let without = BACK_PAIN.replacen(&BACK_PAIN[start..end], "", 1);
    let reordered = without.replacen("\nrules:\n", &format!("\nrules:\n{}", &BACK_PAIN[start..end]), 1);
    let renamed = BACK_PAIN
        .replace("- id: fever\n", "- id: fever_now\n")
        .replace("{ fever: ", "{ fever_now: ")
        .replace(", fever: {", ", fever_now: {")
        .replace("about: [fever,", "about: [fever_now,")
        .replace("about: [fever]", "about: [fever_now]");
    let texts = edited(
        BACK_PAIN,
        &[("Have you had a fever or shivering chills", "Did you have a fever or shivering chills")],
    );
    for (text, what) in [(reordered, "moved"), (renamed, "renamed"), (texts, "texts")] {
        let new = load(&text);
        assert_ne!(old, new, "{what}");
        let difference = compare(&old, &new);
        assert!(difference.behaves_alike(), "{what}: {:?}", difference.parts);
        assert_eq!(difference.parts.is_empty(), what == "texts");
        assert_eq!(difference.texts.is_empty(), what != "texts");
    }
}

#[test]
fn whatever_text_is_changed_it_is_told() {
    let old = load(include_str!("fixtures/small.yaml"));
    let mut names = BTreeSet::new();
    each_text(&mut old.clone(), &mut |name, _, _| {
        names.insert(format!("{name:?}"));
    });
    assert!(names.len() > 60, "{}", names.len());
    for changed in names {
        let mut new = old.clone();
        each_text(&mut new, &mut |name, _, text| {
            if format!("{name:?}") == changed {
                *text = Text::both(format!("{} Or so.", text.to(Audience::Patient)));
            }
        });
        let difference = compare(&old, &new);
        assert!(!difference.texts.is_empty(), "{changed}");
        assert!(difference.behaves_alike(), "{changed}");
    }
}

#[test]
fn what_people_can_no_longer_say_is_told_with_what_becomes_of_them() {
    let small = include_str!("fixtures/small.yaml");
    let old = load(small);
    let mut new = old.clone();
    let question = new.questions.iter().position(|question| question.unsure).unwrap();
    new.questions[question].unsure = false;
    let difference = compare(&old, &new);
    let part = &difference.parts[0];
    assert!(part.is_behaviour && !difference.behaves_alike());
    assert!(
        part.details.iter().any(|detail| detail.contains("must now choose something else")),
        "{:?}",
        part.details
    );
}

// The program.

fn redflag(arguments: &[&str], folder: &Path) -> Output {
    Command::new(env!("CARGO_BIN_EXE_redflag"))
        .args(arguments)
        .current_dir(folder)
        .env("XDG_CONFIG_HOME", "/nonexistent")
        .env("HOME", "/nonexistent")
        .stdin(Stdio::null())
        .output()
        .unwrap()
}

fn said(output: &Output) -> (Option<i32>, String, String) {
    let text = |bytes: &[u8]| String::from_utf8(bytes.to_vec()).unwrap();
    (output.status.code(), text(&output.stdout), text(&output.stderr))
}

#[test]
fn the_exit_status_says_whether_somebody_is_told_to_act_less_urgently() {
    let folder = tempfile::tempdir().unwrap();
    for Edit { name, less_urgent, changes } in EDITS {
        let file = format!("{name}.yaml");
        fs::write(folder.path().join(&file), edited(BACK_PAIN, changes)).unwrap();
        if !matches!(
            *name,
            "nothing" | "texts-only" | "threshold-moved" | "threshold-lowered" | "later-deadline"
        ) {
            continue;
        }
        let (status, out, _) = said(&redflag(&["diff", "back-pain", &file], folder.path()));
        assert_eq!(status, Some(i32::from(*less_urgent)), "{name}: {out}");
        assert!(out.starts_with(&format!(
            "before: back-pain 2.0.0 (back-pain)\nnow:    back-pain 2.0.0 ({file})\n"
        )));
    }
    fs::write(folder.path().join("broken.yaml"), BACK_PAIN.replacen("type: yes_no", "type: yesno", 1))
        .unwrap();
    let (status, out, _) = said(&redflag(&["diff", "broken.yaml", "back-pain"], folder.path()));
    assert_eq!(status, Some(1));
    assert!(out.contains("broken.yaml:") && out.contains("yesno"), "{out}");
    let (status, out, _) =
        said(&redflag(&["diff", "back-pain", "threshold-moved.yaml", "--budget", "0"], folder.path()));
    assert_eq!(status, Some(1), "{out}");
    for arguments in
        [&["diff"][..], &["diff", "back-pain"], &["diff", "back-pain", "none.yaml"], &["diff", "a", "b", "c"]]
    {
        assert_eq!(said(&redflag(arguments, folder.path())).0, Some(2), "{arguments:?}");
    }
}

#[test]
fn the_json_has_what_the_documentation_says() {
    let folder = tempfile::tempdir().unwrap();
    let text = edited(
        BACK_PAIN,
        &[
            (
                "- { severity: { at_least: 9 }, night_pain: wakes_not_settling, constant: yes }",
                "- { severity: { at_least: 10 }, night_pain: wakes_not_settling, constant: yes }",
            ),
            (
                "Have you had a fever or shivering chills in the last week?",
                "Did you have a fever in the last week?",
            ),
        ],
    );
    fs::write(folder.path().join("mine.yaml"), text).unwrap();
    let (status, out, _) =
        said(&redflag(&["diff", "--format", "json", "back-pain", "mine.yaml"], folder.path()));
    assert_eq!(status, Some(1));
    let found: Value = serde_json::from_str(&out).unwrap();
    assert_eq!(
        found["old"],
        serde_json::json!({ "file": "back-pain", "id": "back-pain", "version": "2.0.0" })
    );
    assert_eq!(
        (found["less_urgent"].as_bool(), found["same_behaviour"].as_bool()),
        (Some(true), Some(false))
    );
    assert_eq!(found["unproved"], 0);
    let first = &found["moves"][0];
    assert_eq!(
        (&first["from"], &first["to"], &first["urgency"]),
        (&"same_day".into(), &"routine".into(), &"less".into())
    );
    assert_eq!(first["audiences"], serde_json::json!(["patient", "clinician"]));
    let example = &first["examples"][0];
    assert_eq!((&example["old"]["level"], &example["new"]["level"]), (&first["from"], &first["to"]));
    assert_eq!(example["rules"], serde_json::json!(["S11"]));
    assert_eq!(example["new"]["answers"]["severity"], 9);
    assert_eq!(found["parts"][0]["part"], "rule `S11`");
    assert!(found["parts"][0]["new_line"].as_u64() > Some(2000));
    assert_eq!(found["texts"][0]["text"], "question `fever`, ask");
    assert_eq!(found["texts"][0]["new"], "Did you have a fever in the last week?");
    // `redflag assess` says the same of the sheet.
    fs::write(folder.path().join("sheet.json"), example["new"]["answers"].to_string()).unwrap();
    let (_, out, _) = said(&redflag(&["assess", "mine.yaml", "--answers", "sheet.json"], folder.path()));
    assert_eq!(serde_json::from_str::<Value>(&out).unwrap()["level"], example["new"]["level"]);
}

fn git(arguments: &[&str], folder: &Path) {
    let output = Command::new("git")
        .args(["-c", "user.name=T", "-c", "user.email=t@example.org", "-c", "commit.gpgsign=false"])
        .args(arguments)
        .current_dir(folder)
        .env("GIT_CONFIG_GLOBAL", "/dev/null")
        .env("GIT_CONFIG_NOSYSTEM", "1")
        .output()
        .unwrap();
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
}

#[test]
fn a_version_can_be_one_of_a_git_repository() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path();
    let (_, _, error) = said(&redflag(&["diff", "HEAD:mine.yaml", "back-pain"], path));
    assert!(error.contains("not in a git repository"), "{error}");

    git(&["init", "--quiet", "--initial-branch=main"], path);
    fs::create_dir(path.join("q")).unwrap();
    fs::write(path.join("q/mine.yaml"), BACK_PAIN).unwrap();
    git(&["add", "."], path);
    git(&["commit", "--quiet", "-m", "one"], path);
    let changed =
        edited(BACK_PAIN, &[("  - id: E08\n    level: emergency", "  - id: E08\n    level: same_day")]);
    fs::write(path.join("q/mine.yaml"), changed).unwrap();
    let (status, out, _) = said(&redflag(&["diff", "HEAD:q/mine.yaml", "q/mine.yaml"], path));
    assert_eq!(status, Some(1));
    assert!(
        out.contains("(HEAD:q/mine.yaml)") && out.contains("rule E08 had the level `emergency`"),
        "{out}"
    );
    git(&["add", "."], path);
    let (status, out, _) = said(&redflag(&["diff", "main:./mine.yaml", ":q/mine.yaml"], &path.join("q")));
    assert_eq!(status, Some(1), "from a folder inside, and what is staged: {out}");

    for (argument, reason) in [
        ("nowhere:q/mine.yaml", "there is no revision `nowhere`"),
        ("HEAD:mine.yaml", "there is no file `mine.yaml` in HEAD"),
        (":other.yaml", "there is no file `other.yaml` staged"),
    ] {
        let (status, out, error) = said(&redflag(&["diff", argument, "back-pain"], path));
        assert_eq!((status, out.as_str()), (Some(2), ""), "{argument}");
        assert!(error.contains(reason), "{argument}: {error}");
    }
    let (status, _, error) = said(&redflag(&["diff", "--", "--output=x:q/mine.yaml", "back-pain"], path));
    assert_eq!(status, Some(2));
    assert!(error.contains("does not begin with `-`") && !path.join("x").exists(), "{error}");
    let output = Command::new(env!("CARGO_BIN_EXE_redflag"))
        .args(["diff", "HEAD:q/mine.yaml", "back-pain"])
        .current_dir(path)
        .env("PATH", path)
        .output()
        .unwrap();
    let (status, _, error) = said(&output);
    assert_eq!(status, Some(2));
    assert!(error.contains("git is not installed"), "{error}");
}

/// Who reads the questionnaire in another language sees a difference that the first language doesn't have.
#[test]
fn what_changed_in_another_language_is_told_also_between_revisions() {
    let (original, spanish) =
        (include_str!("../docs/author/example.yaml"), include_str!("../docs/author/example.es.yaml"));
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path();
    git(&["init", "--quiet", "--initial-branch=main"], path);
    fs::create_dir(path.join("q")).unwrap();
    fs::write(path.join("q/mine.yaml"), original).unwrap();
    fs::write(path.join("q/mine.es.yaml"), spanish).unwrap();
    git(&["add", "."], path);
    git(&["commit", "--quiet", "-m", "one"], path);
    let diff = |old: &str, new: &str| said(&redflag(&["diff", old, new], path));

    let (status, out, error) = diff("HEAD:q/mine.yaml", "q/mine.yaml");
    assert_eq!((status, &*error), (Some(0), ""), "{out}");
    assert!(!out.contains("Other languages") && !out.contains("`es`"), "{out}");

    // The level that must not be played down, in Spanish only.
    let milder = edited(spanish, &[("Pida ayuda de emergencia ahora", "Pida ayuda cuando pueda")]);
    fs::write(path.join("q/mine.es.yaml"), milder).unwrap();
    for old in ["HEAD:q/mine.yaml", ":q/mine.yaml", "main:./q/mine.yaml", "HEAD:./mine.yaml", ":./mine.yaml"]
    {
        let (folder, new) = match old.contains("q/") {
            true => (path.to_path_buf(), "q/mine.yaml"),
            false => (path.join("q"), "mine.yaml"),
        };
        let (status, out, error) = said(&redflag(&["diff", old, new], &folder));
        assert_eq!((status, &*error), (Some(0), ""), "{out}");
        assert!(out.contains("`es`: changed words") && out.contains("cuando pueda"), "{old}: {out}");
        assert!(!out.contains("say the same"), "{out}");
    }
    let (_, out, _) = said(&redflag(&["diff", "--format", "json", "HEAD:q/mine.yaml", "q/mine.yaml"], path));
    let json: Value = serde_json::from_str(&out).unwrap();
    let texts = json["languages"][0]["texts"].as_array().unwrap();
    assert_eq!((json["languages"][0]["language"].as_str(), texts.len()), (Some("es"), 1), "{json}");
    assert_eq!(texts[0]["new"], "Pida ayuda cuando pueda");

    // Words of the first language that have no translation are told once.
    let reworded = edited(original, &[("Sore throat", "Pain in the throat")]);
    fs::write(path.join("q/mine.yaml"), reworded).unwrap();
    let (_, out, _) = diff("HEAD:q/mine.yaml", "q/mine.yaml");
    assert_eq!(out.matches("Pain in the throat").count(), 1, "{out}");

    fs::remove_file(path.join("q/mine.es.yaml")).unwrap();
    let (_, out, _) = diff("HEAD:q/mine.yaml", "q/mine.yaml");
    assert!(out.contains("`es` was removed"), "{out}");
    let (_, out, _) = diff("q/mine.yaml", "HEAD:q/mine.yaml");
    assert!(out.contains("`es` is new"), "{out}");

    fs::write(path.join("q/mine.es.yaml"), "language: es\nof: [\n").unwrap();
    let (status, out, _) = diff("HEAD:q/mine.yaml", "q/mine.yaml");
    assert_eq!(status, Some(1), "a translation that can't be read is a mistake");
    assert!(out.contains("q/mine.es.yaml"), "{out}");
}
