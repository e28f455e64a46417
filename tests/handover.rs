//! The handover to another clinician: it has every finding and the true reason, and can be pasted.

mod support;

use std::sync::LazyLock;

use jiff::civil::date;
use redflag::answers::json::SheetReader;
use redflag::answers::{Answer, Facts, Sheet};
use redflag::encounter::{Encounter, Lowered};
use redflag::questionnaire::{Audience, Condition, OptionSet, Question, Questionnaire};
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
        below.contains("Rules that apply") && below.contains("Red flags asked about and absent"),
        "{below}"
    );
}

/// The options that are no finding of anybody: none of these, no, and what is as harmless as that.
fn harmless(question: &Question) -> OptionSet {
    let harmless = |option: &usize| {
        let is_least = question.least_concerning().contains(*option);
        let is_no = question.is_yes_no() && *option == 0;
        is_least || is_no || !question.takes_several() && question.options[*option].no_concern
    };
    (0..question.options.len()).filter(harmless).collect()
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
        let is_follow_up = questionnaire.questions[..index].iter().enumerate().any(|(parent, asked)| {
            let opens = |when: &Condition| matches!(when, Condition::Has(of, _) if *of == parent && asked.takes_several());
            question.is_written_in_order() && question.ask_if.as_ref().is_some_and(opens)
        });
        let harmless = if is_follow_up { OptionSet::EMPTY } else { harmless(question) };
        for option in answer.ticked().without(harmless).iter() {
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

/// Each harmless answer of the file, given beside answers without concern: it is told, and not as a finding.
#[test]
fn what_is_harmless_is_told_and_not_as_a_finding() {
    let text = include_bytes!("../questionnaires/back-pain.tests.yaml");
    let suite = scenarios::read(&BACK_PAIN, "back-pain.tests.yaml", text).expect("scenarios").suite;
    let findings = "Findings: ";
    let mut met = std::collections::BTreeSet::new();
    for sheet in suite.cases.iter().step_by(7).map(|case| case.heard(&BACK_PAIN)) {
        let mut sheet = sheet;
        for (index, question) in BACK_PAIN.questions.iter().enumerate() {
            let is_given = sheet.get(index).is_some_and(|answer| !answer.ticked().is_empty());
            let next = harmless(question).iter().find(|option| !met.contains(&(index, *option)));
            if let (Some(option), true, false) = (next, is_given, question.takes_several()) {
                sheet.set(&BACK_PAIN, index, Answer::option(option)).expect("an answer");
            }
        }
        let handover = report(&BACK_PAIN, &sheet, &[]).handover;
        let facts = Facts::of(&BACK_PAIN, Audience::Clinician, &sheet);
        let found =
            handover.background.iter().find_map(|line| line.strip_prefix(findings)).unwrap_or_default();
        let found: Vec<&str> = found.trim_end_matches('.').split("; ").collect();
        let told = [&handover.situation, &handover.assessment].map(|part| part.join(" ")).join(" ");
        for (index, question) in BACK_PAIN.questions.iter().enumerate() {
            let is_about_a_sign = question.is_written_in_order()
                && matches!(&question.ask_if, Some(Condition::Has(parent, _)) if BACK_PAIN.questions[*parent].takes_several());
            if is_about_a_sign || BACK_PAIN.presenting.contains(&index) {
                continue;
            }
            let Some(answer) = facts.answer(index) else { continue };
            let given = answer.ticked().iter().filter(|option| harmless(question).contains(*option));
            for option in given.filter(|_| !answer.is_unsure()) {
                met.insert((index, option));
                let words = |text: &redflag::questionnaire::Text| text.to(Audience::Clinician).to_owned();
                let option = &question.options[option];
                let phrase = option.phrase.as_ref().map(words).unwrap_or_default();
                assert!(!found.contains(&phrase.as_str()), "{phrase} is no finding: {found:?}");
                let ask = words(&question.ask);
                let is_told =
                    told.contains(&phrase) || told.contains(&ask) || told.contains(&words(&option.label));
                assert!(is_told, "{phrase} is lost: {told}");
            }
        }
    }
    assert!(met.len() > 30, "{}", met.len());
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
            let own = &report.words().report;
            let state = format!("{}: {}", own.state, own.state_not_finished);
            assert_eq!(pasted.lines().any(|line| line == state), !report.finished);
            for (name, sentences) in report.clinician().handover.parts(&own.handover) {
                let line = pasted.lines().find(|line| line.starts_with(&format!("{name}:"))).expect(name);
                let ends =
                    sentences.last().is_none_or(|last| line.ends_with(&last[last.rfind(' ').unwrap_or(0)..]));
                assert!(ends, "one line holds all of it:\n{line}");
                assert!(line.len() > name.len() + 2, "nothing is left empty:\n{line}");
                let ended = sentences
                    .iter()
                    .all(|words| words.trim_end_matches(['"', ')']).ends_with(['.', '!', '?']));
                assert!(ended, "every sentence has an end:\n{line}");
            }
            assert!(in_a_row(&pasted).len() > 300);
        }
    }
}
