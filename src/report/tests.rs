//! What a report says, on the small questionnaire.

use jiff::civil::date;

use super::{Report, text};
use crate::answers::json::SheetReader;
use crate::encounter::{Encounter, Lowered};
use crate::questionnaire::{Audience, Questionnaire, yaml};
use crate::site::{self, Site};
use crate::text::Block;

fn small() -> Questionnaire {
    let text = include_bytes!("../../tests/fixtures/small.yaml");
    yaml::load("small.yaml", text).expect("no mistakes").questionnaire
}

fn report(sheet: &str, audience: Audience) -> Report {
    report_at(&site::parse("emergency_number: 112").expect("a site").contacts, sheet, audience, &[])
}

fn report_at(site: &Site, sheet: &str, audience: Audience, lowered: &[Lowered]) -> Report {
    let questionnaire = small();
    let sheet = SheetReader::new(&questionnaire).read(sheet).expect("a sheet");
    let encounter = Encounter::of_sheet(&questionnaire, audience, sheet, date(2026, 11, 21));
    let encounter = Encounter { lowered: lowered.to_vec(), ..encounter };
    Report::of_encounter(&questionnaire, &encounter, audience, site)
}

/// Numb since a short time: an emergency, with every question answered.
const EMERGENCY: &str = r#"{"sites": ["neck"], "signs": ["numb", "weak"], "numb_since": "new", "severity": 8,
    "age": 44, "cancer_history": "no"}"#;
/// Nothing to report.
const NOTHING: &str = r#"{"sites": ["nowhere"], "signs": ["none"], "severity": 1, "age": 12}"#;
/// The same, but for one doubt.
const UNSURE: &str =
    r#"{"sites": ["nowhere"], "signs": "unsure", "severity": 1, "age": 44, "cancer_history": "no"}"#;

#[test]
fn the_result_is_told_with_the_sites_numbers() {
    let report = report(EMERGENCY, Audience::Patient);
    assert_eq!(report.headline, "Get help now");
    assert_eq!(report.act, "Call 112 now.");
    assert_eq!(report.who.as_deref(), Some("112"));
    assert_eq!(report.within.expect("a time").date, Some(date(2026, 11, 21)));
    assert_eq!(report.steps[0].words, "Call 112 now.");
}

#[test]
fn numbers_that_the_site_has_not_set_are_told_in_the_questionnaires_words() {
    let report = report_at(&Site::default(), EMERGENCY, Audience::Patient, &[]);
    assert_eq!(report.act, "Call your local emergency number now.");
}

#[test]
fn the_reason_for_the_level_comes_first_with_the_answers_behind_it() {
    let report = report(EMERGENCY, Audience::Patient);
    let rules: Vec<_> = report.reasons.iter().map(|reason| reason.rules.concat()).collect();
    assert_eq!(rules, ["E01", "S01"]);
    let answers: Vec<_> =
        report.reasons[0].answers.iter().map(|told| (told.number, told.answer.as_str())).collect();
    assert_eq!(answers, [(3, "Numbness"), (4, "It is new")]);
}

#[test]
fn the_phone_call_has_each_sentence_once_in_the_order_of_asking() {
    let report = report(EMERGENCY, Audience::Patient);
    assert_eq!(
        report.say,
        [
            "I was told: \"Get help now\".",
            "I did a check for back pain.",
            "I feel numb.",
            "The pain is 8 out of 10."
        ]
    );
}

#[test]
fn what_one_is_unsure_about_is_told_with_what_it_could_mean() {
    let report = report(UNSURE, Audience::Patient);
    assert!(report.finished);
    assert_eq!(report.headline, "See somebody this week");
    let [doubt] = &report.doubts[..] else { panic!("{:?}", report.doubts) };
    assert_eq!((doubt.number, doubt.answered), (3, true));
    assert_eq!(doubt.could_mean[0].words, "You may have a squeezed nerve.");
    assert_eq!(
        report.say.last().map(String::as_str),
        Some("I am not sure about this: \"Have you noticed any of these?\"")
    );
}

#[test]
fn a_check_that_is_not_finished_never_sounds_like_the_least_urgent_level() {
    let open = report(r#"{"sites": ["nowhere"]}"#, Audience::Patient);
    assert!(!open.finished);
    assert_eq!(open.level, None);
    assert_eq!(open.headline, "Not finished: about 3 questions left");
    assert_eq!(open.clinician().headline, "Not finished: no result yet, could be \"Get help now\"");
    assert!(open.within.is_none() && open.who.is_none() && open.check_again.is_empty());
    assert!(!text::text(&open).contains("Look after it yourself"));
    assert!(!text::text(&open).contains("Keep moving"));

    let soon = r#"{"sites": ["neck"], "severity": 8, "signs": ["none"], "age": 12}"#;
    let almost = soon.replace(r#""sites": ["neck"], "#, "");
    assert_eq!(report(soon, Audience::Patient).headline, "Not finished: about 1 question left");
    assert_eq!(
        report(soon, Audience::Clinician).headline,
        "Not finished: at least \"See somebody this week\""
    );
    assert_eq!(
        report(&almost, Audience::Clinician).headline,
        "Not finished: no result yet, could be \"See somebody this week\""
    );
    let sure = r#"{"sites": ["neck"], "severity": 8}"#;
    assert_eq!(
        report(sure, Audience::Clinician).headline,
        "Not finished: at least \"See somebody this week\", could be \"Get help now\""
    );
}

#[test]
fn answers_set_aside_are_in_no_part_of_a_report() {
    let sheet = r#"{"sites": ["nowhere"], "signs": ["none"], "numb_since": "new", "severity": 1, "age": 12,
        "kind": "blood", "calcium": 3.9}"#;
    let report = report(sheet, Audience::Patient);
    assert_eq!(report.reasons, []);
    let shown = format!("{report:?}{}", text::text(&report));
    assert!(!shown.contains("It is new") && !shown.contains("Of the blood") && !shown.contains("3.9"));
}

#[test]
fn clinicians_see_rules_and_absent_red_flags() {
    let sheet = r#"{"sites": ["low_back"], "signs": ["none"], "severity": 2, "age": 44, "cancer_history": "yes",
        "kind": "solid", "calcium": 2.4}"#;
    let report = report(sheet, Audience::Clinician);
    let rules: Vec<_> = report.reasons.iter().map(|rule| rule.rules.concat()).collect();
    assert_eq!(rules, ["S01"]);
    let absent: Vec<_> =
        report.negatives.iter().map(|negative| (negative.ask.as_str(), negative.absent.as_str())).collect();
    assert_eq!(absent, [("Signs", "Numbness; Weakness")]);
    let text = text::text(&report);
    assert!(text.contains("2.20 to 2.60 mmol/L"), "{text}");
    assert!(text.contains("- S01 Several signs"), "{text}");
}

#[test]
fn dates_are_written_in_words() {
    let report = report(NOTHING, Audience::Patient);
    assert_eq!(report.check_again[0].date, Some(date(2026, 12, 5)));
    assert!(text::text(&report).contains("Check how you are. (Saturday 5 December 2026)"));
}

#[test]
fn an_edit_that_lowered_the_result_stays_on_record() {
    let questionnaire = small();
    let signs = questionnaire.question_index("signs").expect("a question");
    let none = questionnaire.questions[signs].option_index("none").expect("an option");
    let edit = Lowered {
        question: signs,
        old: Some(crate::answers::Answer::option(0)),
        new: Some(crate::answers::Answer::option(none)),
        from: 0,
        to: Some(2),
    };
    let report = report_at(&Site::default(), NOTHING, Audience::Patient, &[edit]);
    assert_eq!(
        report.lowered,
        [
            "The answer to \"Have you noticed any of these?\" was changed from \"Numbness\" to \"None of these\". \
          Before that, the result was \"Get help now\"."
        ]
    );
}

#[test]
fn pages_are_in_paragraphs_and_items_with_their_sources() {
    let report = report(EMERGENCY, Audience::Patient);
    let page = &report.pages[0];
    assert_eq!(
        page.body,
        [
            Block::Paragraph("Nerves carry feeling.".to_owned()),
            Block::Item("They can be squeezed.".to_owned())
        ]
    );
    assert_eq!(report.sources, ["A guideline, 2023"]);
    assert_eq!(page.sources, [1]);
}

#[test]
fn nothing_typed_or_configured_can_command_a_terminal() {
    let sheet = r#"{"sites": ["nowhere"], "signs": ["none"], "severity": 1, "age": 12,
        "words": "a\u001b[2J\u009b31m\u202eb {emergency_number}"}"#;
    let site = Site::from([("emergency_number", "1\u{1b}]0;x\u{7}12")]);
    let text = text::text(&report_at(&site, sheet, Audience::Patient, &[]));
    assert!(text.chars().all(|c| c == '\n' || !c.is_control() && c != '\u{202e}'));
    assert!(text.contains("{emergency_number}"), "what was typed is not a placeholder");
}

#[test]
fn no_line_of_the_text_is_too_long_for_a_page() {
    for (sheet, audience) in [(EMERGENCY, Audience::Patient), (UNSURE, Audience::Clinician)] {
        let text = text::text(&report(sheet, audience));
        assert!(text.lines().all(|line| crate::text::width(line) <= 76), "{text}");
    }
}
