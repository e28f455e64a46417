//! Whoever answers the same comes to the same, line by line and on the full screen: every script in
//! `tests/scripts`, every case of `tests/vignettes.json` for both audiences, and ways drawn at random.

mod script;
mod support;

use std::collections::BTreeSet;
use std::fmt::Write as _;
use std::io::Write as _;
use std::panic::{AssertUnwindSafe, catch_unwind, resume_unwind};
use std::path::Path;
use std::process::{Command, Stdio};

use redflag::interview::Stage;
use redflag::questionnaire::Audience;
use redflag::report::{Format, Report};
use redflag::site::Site;
use script::dice::Dice;
use script::wander::any_step;
use script::ways::{ONE_BY_ONE, VIGNETTES, Ways, questionnaire};
use script::{Script, Step, scripts};
use serde_json::Value;
use support::{BACK_PAIN, in_a_row};

fn play(script: &Script) -> Ways<'static> {
    let mut ways = Ways::new(questionnaire(&script.questionnaire).0, script.audience);
    script.steps.iter().for_each(|step| ways.step(step));
    ways
}

/// Everything that a script expects of its end.
fn as_expected(script: &Script, ways: &Ways, report: &Report) {
    let level = report.level.as_ref().map_or("none", |level| &level.id);
    assert_eq!(level, script.level);
    assert_eq!(ways.finished(), script.finished, "finished");
    let questions = &ways.model.questionnaire().questions;
    let set_aside: BTreeSet<_> =
        ways.model.assessment().set_aside.iter().map(|&question| questions[question].id.clone()).collect();
    assert_eq!(set_aside, script.set_aside.iter().cloned().collect(), "what is set aside");
    assert_eq!(ways.model.lowered().len(), script.lowered, "lowered");
    let text = in_a_row(&Format::Text.write(report));
    for says in &script.says {
        assert!(text.contains(says), "the report doesn't say: {says}");
    }
}

#[test]
fn every_script_ends_the_same_in_lines_and_on_the_full_screen() {
    let mut wrong = Vec::new();
    for script in scripts() {
        let played = catch_unwind(|| {
            let ways = play(&script);
            as_expected(&script, &ways, &ways.agree());
        });
        wrong.extend(played.err().map(|_| script.name.clone()));
    }
    assert!(wrong.is_empty(), "these go wrong, as told above: {wrong:?}");
}

#[test]
fn the_scripts_cover_every_type_of_question_and_every_step() {
    let scripts = scripts();
    assert!(scripts.len() >= 25, "only {} scripts", scripts.len());
    for audience in [Audience::Patient, Audience::Clinician] {
        let here = scripts.iter().filter(|s| s.audience == audience && s.questionnaire == "back-pain");
        assert!(here.count() >= 4, "{audience:?}");
    }
    let mut kinds = BTreeSet::new();
    let mut steps = BTreeSet::new();
    for script in &scripts {
        let questionnaire = questionnaire(&script.questionnaire).0;
        for step in &script.steps {
            let written = step.to_string();
            steps.insert(written.split([' ', ':']).next().unwrap_or_default().to_owned());
            let (Step::Answer(id, value) | Step::Wrong(id, value)) = step else { continue };
            let question = questionnaire.question_index(id).expect("a question");
            let kind = questionnaire.questions[question].type_name();
            let how = match step {
                Step::Wrong(..) => "wrong",
                _ if value.contains("unsure") => "unsure",
                _ => "answered",
            };
            kinds.insert(format!("{kind} {how}"));
        }
    }
    for kind in ["one_of", "many_of", "yes_no", "number", "scale", "body_map", "text"] {
        assert!(kinds.contains(&format!("{kind} answered")), "{kind}");
        // Every text is taken that is not far too long.
        assert!(kinds.contains(&format!("{kind} wrong")) || kind == "text", "{kind}");
    }
    for kind in ["one_of", "many_of", "yes_no"] {
        assert!(kinds.contains(&format!("{kind} unsure")), "{kind}");
    }
    for step in [
        "wrong", "leave", "keep", "edit", "as", "yes,", "no,", "continue", "result", "back", "review", "why",
        "help", "stay", "finish", "end", "ask", "once",
    ] {
        assert!(steps.contains(step), "no script has a step \"{step}\"");
    }
}

/// Dates and the moment of writing are those of the day.
fn without_dates(json: &mut Value) {
    match json {
        Value::Object(object) => {
            object.retain(|key, _| !matches!(key.as_str(), "date" | "written" | "day" | "began" | "ended"));
            object.values_mut().for_each(without_dates);
        }
        Value::Array(values) => values.iter_mut().for_each(without_dates),
        _ => {}
    }
}

#[test]
fn the_program_itself_comes_to_the_same_and_tells_it_by_its_status() {
    let folder = tempfile::tempdir().expect("a folder");
    for script in scripts() {
        let ways = play(&script);
        let report = folder.path().join(format!("{}.json", script.name));
        let file = Path::new(env!("CARGO_MANIFEST_DIR")).join(questionnaire(&script.questionnaire).1);
        let mut command = Command::new(env!("CARGO_BIN_EXE_redflag"));
        let audience = if script.audience == Audience::Patient { "patient" } else { "clinician" };
        command.arg(file).args(["--plain", "--audience", audience, "--report"]).arg(&report);
        // No site file of this machine has a say here.
        command.env("XDG_CONFIG_HOME", folder.path()).stdin(Stdio::piped()).stdout(Stdio::null());
        let mut child = command.spawn().expect("the program starts");
        child.stdin.take().expect("an input").write_all(ways.lines.as_bytes()).expect("it listens");
        let status = child.wait().expect("it ends");
        assert_eq!(status.code(), Some(i32::from(!script.finished)), "{}", script.name);
        let written = std::fs::read_to_string(&report).expect("a report");
        let expected = Format::Json.write(&Report::of_interview(&ways.model, &Site::default()));
        let [mut written, mut expected] =
            [written, expected].map(|json| serde_json::from_str::<Value>(&json).expect("JSON"));
        without_dates(&mut written);
        without_dates(&mut expected);
        assert_eq!(written, expected, "{}", script.name);
    }
}

#[test]
fn the_vignettes_end_the_same_in_lines_and_on_the_full_screen() {
    assert_eq!(VIGNETTES.len(), 47);
    for (place, vignette) in VIGNETTES.iter().enumerate() {
        let audience = [Audience::Patient, Audience::Clinician][place % 2];
        let case = vignette["id"].as_str().expect("an id");
        let mut ways = Ways::sized(&BACK_PAIN, audience, ONE_BY_ONE);
        while *ways.model.stage() != Stage::Summary {
            let step = match ways.model.stage() {
                Stage::Alert { .. } => Step::Continue,
                Stage::OfferSettling => Step::Result,
                _ => Step::As(case.to_owned(), None),
            };
            ways.step(&step);
        }
        ways.step(&Step::Finish);
        assert_eq!(ways.agree().level.expect("a result").id, vignette["expected"], "{case}");
    }
}

/// Plays a way of so many steps and compares. When that fails, the way is printed as a script.
fn wander(name: &str, audience: Audience, seed: u64, steps: usize) {
    let questionnaire = questionnaire(name).0;
    let (mut dice, mut ways) = (Dice::new(seed), Ways::sized(questionnaire, audience, ONE_BY_ONE));
    let mut written = String::new();
    let played = catch_unwind(AssertUnwindSafe(|| {
        for _ in 0..steps {
            let step = any_step(&ways.model, &mut dice);
            let _ = writeln!(written, "{step}");
            ways.step(&step);
        }
        ways.step(&Step::End);
        ways.agree();
    }));
    if let Err(panic) = played {
        eprintln!("seed {seed:#x}, {name}, {audience:?}:\n{written}end");
        resume_unwind(panic);
    }
}

#[test]
fn ways_drawn_at_random_end_the_same_in_lines_and_on_the_full_screen() {
    let ways: u64 = support::heavier("REDFLAG_WAYS", 20);
    for number in 0..ways {
        let audience = if number % 2 == 0 { Audience::Patient } else { Audience::Clinician };
        let name = ["small", "unsure", "small", "back-pain", "example"][(number / 2) as usize % 5];
        wander(name, audience, 0x9E37_79B9_7F4A_7C15 ^ (number << 32 | number), 60);
    }
}
