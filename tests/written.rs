//! Every kind of result as it is written, spoken and pasted, for either reader, on a small questionnaire: agreed.
//!
//! `UPDATE=1 cargo test --test written` writes the files in tests/written anew; look at what has changed.

#[path = "support/agreed.rs"]
mod agreed;
mod support;

use std::sync::LazyLock;

use agreed::agreed;
use jiff::civil::date;
use redflag::answers::json::SheetReader;
use redflag::encounter::{Encounter, Lowered, fingerprint};
use redflag::questionnaire::{Audience, NextStep, Questionnaire, Shown, Text};
use redflag::report::surfaces::Surface;
use redflag::report::{Excerpt, Format, Report, spoken};
use redflag::site::Site;

/// The small questionnaire with what it lacks: how a handover begins, phrases and sentences for more answers, a step for
/// clinicians alone, and a table with an empty cell.
static SMALL: LazyLock<Questionnaire> = LazyLock::new(|| {
    let mut small = support::SMALL.clone();
    small.presenting = vec![small.question_index("sites").expect("a question")];
    let since = small.question_index("numb_since").expect("a question");
    let new = &mut small.questions[since].options[2];
    new.phrase = Some(new.label.clone());
    new.say = Some(Text::both("It began lately."));
    let age = small.question_index("age").expect("a question");
    small.questions[age].phrase = Some(Text::both("aged {answer}"));
    small.questions[age].say = Some(Text::both("I am {answer} years old."));
    small.tables[0].rows.push(vec![Text::both("Total calcium"), Text::default()]);
    let ring = small.next_steps.iter().find(|step| step.id == "ring").expect("a step").clone();
    let shown = Shown { levels: Vec::new(), when: None, audience: Some(Audience::Clinician) };
    small.next_steps.push(NextStep { id: "letter".to_owned(), shown, ..ring });
    small
});

/// The style of every page, which is agreed on where it stands.
const STYLE: &str = include_str!("../src/report/html.css");

const READERS: [(Audience, &str); 2] = [(Audience::Patient, "patient"), (Audience::Clinician, "clinician")];

fn encounter(asked_as: Audience, answers: &str) -> Encounter {
    let sheet = SheetReader::new(&SMALL).read(answers).expect("a sheet");
    Encounter::of_sheet(&SMALL, asked_as, sheet, date(2026, 11, 21))
}

/// Two edits that lowered what had been shown, as they are kept.
fn edits(after: &Encounter) -> Vec<Lowered> {
    let [sites, signs] = ["sites", "signs"].map(|id| SMALL.question_index(id).expect("a question"));
    let now = |question| after.sheet.get(question).cloned();
    let before = encounter(Audience::Patient, r#"{"sites": ["neck", "left_leg"], "signs": ["numb"]}"#);
    let then = |question| before.sheet.get(question).cloned();
    vec![
        Lowered { question: signs, old: then(signs), new: now(signs), from: 0, to: Some(1) },
        Lowered { question: sites, old: then(sites), new: None, from: 1, to: None },
    ]
}

/// What happened, by the name of its files.
fn encounters() -> Vec<(&'static str, Encounter)> {
    let emergency = encounter(
        Audience::Patient,
        r#"{"sites": ["neck", "left_leg"], "signs": ["numb", "weak"], "numb_since": "new", "severity": 8,
            "age": 44, "cancer_history": "yes", "kind": "blood", "words": "It began [at] *night* & <stays>."}"#,
    );
    let unfinished =
        encounter(Audience::Patient, r#"{"sites": ["neck"], "signs": ["weak", "unsure"], "severity": 8}"#);
    let doubtful = encounter(
        Audience::Patient,
        r#"{"sites": ["nowhere"], "signs": "unsure", "severity": 1, "age": 44, "cancer_history": "unsure"}"#,
    );
    let doubtful = Encounter { lowered: edits(&doubtful), ..doubtful };
    let stopped = encounter(Audience::Clinician, r#"{"sites": ["low_back"], "calcium": 3.6}"#);
    let stopped = Encounter { stopped: Some(0), shown: 0, ..stopped };
    let milder = encounter(
        Audience::Clinician,
        r#"{"sites": ["low_back"], "signs": ["none"], "severity": 2, "age": 44, "cancer_history": "yes",
            "kind": "solid", "calcium": 2.4}"#,
    );
    let calm = encounter(
        Audience::Patient,
        r#"{"sites": ["nowhere"], "signs": ["none"], "numb_since": "new", "severity": 1, "age": 12}"#,
    );
    let nearly = encounter(
        Audience::Patient,
        r#"{"sites": ["left_leg"], "signs": ["none"], "severity": 2, "age": 12}"#,
    );
    vec![
        ("emergency", emergency),
        ("unfinished", unfinished),
        ("doubtful", doubtful),
        ("stopped", stopped),
        ("milder", milder),
        ("calm", calm),
        ("nearly", nearly),
    ]
}

fn report(encounter: &Encounter, reader: Audience) -> Report {
    let site = Site::from([("clinic", "Hill Street Practice"), ("clinic_phone", "555 0101")]);
    Report::of_encounter(&SMALL, encounter, reader, &site).at(date(2026, 11, 21).at(14, 5, 0, 0))
}

/// Without the hash of the questionnaire, which changes whenever its data has another form.
fn agreed_but_for_the_hash(name: &str, told: &str) {
    agreed(format!("written/{name}"), &told.replace(&fingerprint(&SMALL), &"0".repeat(64)));
}

#[test]
fn every_kind_of_result_is_written_spoken_and_pasted_as_agreed() {
    for (name, encounter) in encounters() {
        for (reader, of_reader) in READERS {
            let report = report(&encounter, reader);
            let said = spoken::lines(&report, Surface::Spoken.topics(reader)).join("\n");
            let [phone, handover] = [Excerpt::Say, Excerpt::Handover].map(|excerpt| excerpt.of(&report));
            let written = Format::Text.write(&report);
            let told = format!(
                "{written}\n== spoken\n{said}\n\n== what to say, to paste\n{phone}\n\n== handover, to paste\n\
                 {handover}\n"
            );
            agreed_but_for_the_hash(&format!("{name}-{of_reader}.txt"), &told);
        }
    }
}

#[test]
fn the_other_formats_are_as_agreed_where_most_is_in_them() {
    for (name, encounter) in encounters() {
        for (reader, of_reader) in READERS {
            if !matches!((name, of_reader), ("emergency", "patient") | ("doubtful" | "stopped", "clinician"))
            {
                continue;
            }
            for format in [Format::Markdown, Format::Html, Format::Json] {
                let told = format.write(&report(&encounter, reader));
                let told = match format {
                    Format::Html => {
                        assert!(told.contains(STYLE), "the page brings its style");
                        told.replace(STYLE, "(src/report/html.css)\n")
                    }
                    Format::Text | Format::Markdown | Format::Json => told,
                };
                agreed_but_for_the_hash(&format!("{name}-{of_reader}.{}", format.ending()), &told);
            }
        }
    }
}
