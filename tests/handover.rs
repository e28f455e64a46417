//! The handover to another clinician: it has every finding and the true reason, and can be pasted.

mod support;

use std::sync::LazyLock;

use jiff::civil::date;
use redflag::answers::json::SheetReader;
use redflag::answers::{Answer, Facts, Sheet};
use redflag::encounter::{Encounter, Lowered};
use redflag::questionnaire::{Audience, Condition, Question, Questionnaire};
use redflag::report::{Excerpt, Report};
use redflag::scenarios;
use redflag::site::Site;
use serde_json::Value;
use support::{BACK_PAIN, DOLOR_DE_ESPALDA, Person, USUAL, in_a_row};

fn report(questionnaire: &Questionnaire, sheet: &Sheet, lowered: &[Lowered]) -> Report {
    let site = Site::from([("clinic", "Hill Street Practice")]);
    let encounter =
        Encounter::of_sheet(questionnaire, Audience::Clinician, sheet.clone(), date(2026, 11, 21));
    let encounter = Encounter { lowered: lowered.to_vec(), ..encounter };
    Report::of_encounter(questionnaire, &encounter, Audience::Clinician, &site)
        .at(date(2026, 11, 21).at(14, 5, 0, 0))
}

/// The answers of every vignette and scenario, each fourth also with its last half missing; and none.
static SHEETS: LazyLock<Vec<Sheet>> = LazyLock::new(|| {
    let vignettes: Vec<Value> = serde_json::from_str(include_str!("vignettes.json")).expect("JSON");
    let reader = SheetReader::new(&BACK_PAIN);
    let read = |vignette: &Value| reader.read(&vignette["answers"].to_string()).expect("a sheet");
    let mut whole: Vec<Sheet> = vignettes.iter().map(read).collect();
    let text = include_bytes!("../questionnaires/back-pain.tests.yaml");
    let suite = scenarios::read(&BACK_PAIN, "back-pain.tests.yaml", text).expect("scenarios").suite;
    // A report takes a while in a build without optimisation.
    whole.extend(suite.cases.iter().step_by(2).map(|case| case.heard(&BACK_PAIN)));
    let mut sheets = vec![Sheet::new(&BACK_PAIN)];
    for (at, sheet) in whole.into_iter().enumerate() {
        if at % 4 != 0 {
            sheets.push(sheet);
            continue;
        }
        let mut half = sheet.clone();
        let answered: Vec<_> = (0..BACK_PAIN.questions.len()).filter(|&q| sheet.get(q).is_some()).collect();
        answered[answered.len() / 2..].iter().for_each(|&question| half.clear(question));
        sheets.extend([sheet, half]);
    }
    sheets
});

/// The reports on them, in English and in Spanish.
static REPORTS: LazyLock<[Vec<Report>; 2]> = LazyLock::new(|| {
    // A report takes a while in a build without optimisation.
    [(&*BACK_PAIN, 1), (&*DOLOR_DE_ESPALDA, 5)].map(|(questionnaire, each)| {
        SHEETS.iter().step_by(each).map(|sheet| report(questionnaire, sheet, &[])).collect()
    })
});

#[test]
fn it_stands_first_on_the_page_and_what_was_there_stands_below() {
    let mut person = Person::new(&BACK_PAIN, Audience::Patient, USUAL);
    person.reach_summary(&[("saddle_signs", "1 Enter"), ("saddle_numb_since", "1 Enter")]);
    person.press("Right Right Right");
    let seen = person.screen();
    let places: Vec<_> = ["Situation: ", "Background: ", "Assessment: "]
        .iter()
        .map(|name| seen.find(name).unwrap_or_else(|| panic!("{name} is not on the first page:\n{seen}")))
        .collect();
    assert!(places.is_sorted());
    let mut below = String::new();
    for _ in 0..8 {
        person.press("PageDown");
        below += &person.screen();
    }
    assert!(
        below.contains("Rules that hold") && below.contains("Red flags asked about and absent"),
        "{below}"
    );
}

/// How a handover may name each option ticked that is not the least concerning answer: by its phrase, by its label,
/// or by the phrase of a follow-up to it.
fn positives(questionnaire: &Questionnaire, sheet: &Sheet) -> Vec<Vec<String>> {
    let facts = Facts::of(questionnaire, Audience::Clinician, sheet);
    let mut found = Vec::new();
    let phrase = |question: &Question, option: usize| {
        question.options[option].phrase.as_ref().map(|phrase| phrase.to(Audience::Clinician).to_owned())
    };
    for (index, question) in questionnaire.questions.iter().enumerate() {
        let Some(answer) = facts.answer(index) else { continue };
        for option in answer.ticked().without(question.least_concerning()).iter() {
            let label = question.options[option].label.to(Audience::Clinician).to_owned();
            let mut names: Vec<String> = phrase(question, option).into_iter().chain([label]).collect();
            for (other, follow_up) in questionnaire.questions.iter().enumerate() {
                let opened = |when: &Condition| matches!(when, Condition::Has(parent, options) if *parent == index && options.contains(option));
                if let Some(answer) =
                    facts.answer(other).filter(|_| follow_up.ask_if.as_ref().is_some_and(opened))
                {
                    names.extend(answer.ticked().iter().filter_map(|option| phrase(follow_up, option)));
                }
            }
            found.push(names);
        }
    }
    found
}

#[test]
fn every_positive_finding_is_in_the_handover() {
    let mut met = 0;
    for (report, sheet) in REPORTS[0].iter().zip(SHEETS.iter()) {
        let handover = &report.handover;
        let said = [&handover.situation, &handover.background].map(|part| part.join(" ")).join(" ");
        for names in positives(&BACK_PAIN, sheet) {
            let is_said = names.iter().any(|name| said.contains(name.trim_end_matches('.')));
            assert!(is_said, "{names:?} is not in:\n{said}");
            met += 1;
        }
    }
    assert!(met > 1000, "{met}");
}

#[test]
fn what_set_the_level_is_its_reason_and_nothing_is_left_out() {
    let mut by_doubt = 0;
    for report in &REPORTS[0] {
        let handover = &report.handover;
        let assessment = handover.assessment.join(" ");
        assert!(assessment.contains(&report.headline), "{assessment}");
        let because = handover.assessment.iter().find(|sentence| sentence.starts_with("Because: "));
        for reason in &report.reasons {
            let words = reason.words.trim_end_matches('.');
            assert!(assessment.contains(words), "{words} is not in:\n{assessment}");
            let level = report.level.as_ref().map(|level| level.index);
            let sets_it =
                report.finished && Some(reason.level) == level && reason.doubt == report.reasons[0].doubt;
            if sets_it {
                assert!(because.is_some_and(|because| because.contains(words)), "{words} in {because:?}");
                by_doubt += usize::from(reason.doubt);
            }
        }
        let unsure = report.doubts.iter().filter(|doubt| doubt.answered).count();
        let background = handover.background.join(" ");
        assert_eq!(background.matches("(could mean: ").count(), unsure, "{background}");
        assert_eq!(
            assessment.contains("Not finished: ") && assessment.contains("unanswered"),
            !report.finished,
            "{assessment}"
        );
        for step in &report.consider {
            let said = handover.recommendation.join(" ");
            assert!(said.contains(step.words.trim_end_matches('.')), "{} in {said}", step.words);
        }
        assert!(handover.recommendation[0].len() > 5, "what to do is first");
    }
    assert!(by_doubt > 10, "{by_doubt}");
}

#[test]
fn an_answer_that_was_taken_back_is_told_in_full() {
    let signs = BACK_PAIN.question_index("saddle_signs").expect("a question");
    let none = BACK_PAIN.questions[signs].option_index("none").expect("an option");
    let edit = Lowered {
        question: signs,
        old: Some(Answer::option(0)),
        new: Some(Answer::option(none)),
        from: 0,
        to: Some(4),
    };
    for sheet in SHEETS.iter().step_by(9) {
        let report = report(&BACK_PAIN, sheet, std::slice::from_ref(&edit));
        let lowered = report.lowered[0].trim_end_matches('.');
        assert!(report.clinician().handover.assessment.join(" ").contains(lowered), "{lowered}");
    }
}

#[test]
fn pasted_it_is_plain_and_says_where_it_comes_from() {
    for reports in REPORTS.iter() {
        for report in reports {
            let pasted = Excerpt::Handover.of(report);
            for name in ["back-pain", &report.version, &report.fingerprint, "14:05", "Hill Street Practice"] {
                assert!(pasted.contains(name), "{name} is missing in:\n{pasted}");
            }
            let odd = pasted.chars().find(|c| !c.is_alphanumeric() && !c.is_ascii() && !"¿¡°ºª".contains(*c));
            assert_eq!(odd, None, "{pasted}");
            assert!(!pasted.contains(['*', '#', '`', '|', '<']), "no markup:\n{pasted}");
            let own = &report.own().report;
            let state = format!("{}: {}", own.state, own.state_not_finished);
            assert_eq!(pasted.lines().any(|line| line == state), !report.finished);
            for (name, sentences) in report.clinician().handover.parts(&own.handover) {
                let line = pasted.lines().find(|line| line.starts_with(&format!("{name}:"))).expect(name);
                let ends =
                    sentences.last().is_none_or(|last| line.ends_with(&last[last.rfind(' ').unwrap_or(0)..]));
                assert!(ends, "one line holds all of it:\n{line}");
            }
            assert!(in_a_row(&pasted).len() > 300);
        }
    }
}
