//! What a report says, on the small questionnaire.

mod again;
mod doubts;
mod leaving;
mod reasons;

use jiff::civil::date;

use super::{Report, text};
use crate::answers::{Answer, small};
use crate::encounter::{Corrected, Encounter, Lowered, Said, Settled};
use crate::questionnaire::{Audience, Questionnaire, yaml};
use crate::site::{self, Site};
use crate::text::Block;

fn fixture() -> Questionnaire {
    fixture_with(&[])
}

/// The small questionnaire with some of its text replaced.
fn fixture_with(changes: &[(&str, &str)]) -> Questionnaire {
    let mut text = include_str!("../../tests/fixtures/small.yaml").to_owned();
    for (old, new) in changes {
        assert!(text.contains(old), "{old} is there");
        text = text.replace(old, new);
    }
    yaml::load("small.yaml", text.as_bytes()).expect("no mistakes").questionnaire
}

fn report(sheet: &str, audience: Audience) -> Report {
    report_at(&site::parse("emergency_number: 112").expect("a site").contacts, sheet, audience, &[])
}

fn report_at(site: &Site, sheet: &str, audience: Audience, lowered: &[Lowered]) -> Report {
    let questionnaire = fixture();
    let encounter = Encounter { lowered: lowered.to_vec(), ..answered(&questionnaire, audience, sheet) };
    Report::of_encounter(&questionnaire, &encounter, audience, site)
}

/// A check of today with these answers, in the notation of a file or with single quotes.
fn answered(questionnaire: &Questionnaire, audience: Audience, sheet: &str) -> Encounter {
    let sheet = small::sheet(questionnaire, sheet);
    Encounter::of_sheet(questionnaire, audience, sheet, date(2026, 11, 21))
}

/// For whoever answered, at a place that has set nothing.
fn told(questionnaire: &Questionnaire, encounter: &Encounter) -> Report {
    Report::of_encounter(questionnaire, encounter, encounter.asked_as, &Site::default())
}

/// Of a questionnaire of a few lines, for a patient who gave these answers.
fn report_of(questions: &str, rules: &str, answers: &str) -> Report {
    let questionnaire = small::questionnaire(questions, rules);
    told(&questionnaire, &answered(&questionnaire, Audience::Patient, answers))
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
fn the_place_itself_is_named_with_its_own_number() {
    let site =
        site::parse("clinic: Hill Street\nclinic_phone: 555 0100\nnurse_line: 555 0199").expect("a site");
    let report = report_at(&site.contacts, NOTHING, Audience::Patient, &[]);
    assert_eq!(report.site.as_deref(), Some("Hill Street"));
    assert_eq!(report.site_number.as_deref(), Some("555 0100"));
    assert_eq!(report_at(&Site::default(), NOTHING, Audience::Patient, &[]).site_number, None);
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
    let sheet = r#"{"sites": ["low_back"], "signs": ["none"], "severity": 2, "age": 44, "cancer_history": "no",
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
    let questionnaire = fixture();
    let signs = questionnaire.question_index("signs").expect("a question");
    let none = questionnaire.questions[signs].option_index("none").expect("an option");
    let edit = Lowered {
        question: signs,
        old: Some(Answer::option(0)),
        new: Some(Answer::option(none)),
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

/// What was corrected and what was settled about a question that is not asked any more is not told.
#[test]
fn what_was_noted_about_a_question_counts_as_long_as_it_is_asked() {
    let questionnaire = fixture();
    let index = |id: &str| questionnaire.question_index(id).expect("a question");
    let noted = |sheet: &str| {
        let mut encounter = answered(&questionnaire, Audience::Patient, sheet);
        let (old, new) = (Some(Answer::option(0)), Some(Answer::option(2)));
        encounter.remarks.corrected = vec![Corrected { question: index("numb_since"), old, new }];
        let (was, said) = (Answer::UNSURE, Some(Said::Answer(Answer::option(2))));
        encounter.settled = vec![Settled { question: index("numb_since"), option: None, was, said }];
        let report = told(&questionnaire, &encounter);
        let of = |key: &str| report.encounter[key].to_string();
        (of("corrected").contains("long"), of("settled").contains("numb_since"))
    };
    assert_eq!(noted(EMERGENCY), (true, true), "it is asked");
    assert_eq!(noted(NOTHING), (false, false), "it is set aside");
}

/// Beside "not finished" a day would make it a result.
#[test]
fn of_a_check_that_is_not_finished_only_the_clinician_is_told_a_day() {
    // Nothing could be more urgent.
    let sure = r#"{"sites": ["neck"], "signs": ["none"], "severity": 8}"#;
    let has_day = |reader: Audience| {
        let report = report(sure, reader);
        assert!(report.within.is_some() && !report.finished);
        text::text(&report).contains("How soon: within")
    };
    assert_eq!((has_day(Audience::Patient), has_day(Audience::Clinician)), (false, true));
}

#[test]
fn screens_that_were_not_asked_are_only_told_where_there_are_some() {
    let report = report(NOTHING, Audience::Patient);
    assert_eq!((report.not_asked.len(), report.flags_not_asked("there")), (0, None));
    let open = Report { not_asked: vec!["Signs".to_owned()], ..report };
    assert!(open.flags_not_asked("there").is_some_and(|words| words.contains('1')));
}

/// A step of another level that names the number is no call at this one.
#[test]
fn whom_to_call_comes_first_where_only_a_step_of_another_level_names_it() {
    let questionnaire = fixture_with(&[("{clinic}, or {nurse_line}", "{emergency_number}")]);
    let encounter = answered(&questionnaire, Audience::Patient, UNSURE);
    let first = |site: &str| {
        let site = site::parse(site).expect("a site").contacts;
        let report = Report::of_encounter(&questionnaire, &encounter, Audience::Patient, &site);
        assert_eq!(report.headline, "See somebody this week");
        report.steps_with_call()[0].words.clone()
    };
    assert_eq!(first("emergency_number: 112"), "112");
    let no_number = "clinic: Hill Street";
    assert_eq!(first(no_number), "Ask somebody about what you were not sure of.");
}

#[test]
fn without_a_level_no_step_is_shown_whose_condition_is_not_true() {
    assert_eq!(report(r#"{"sites": ["nowhere"]}"#, Audience::Patient).steps, []);
}

#[test]
fn a_level_is_reached_when_something_sets_one() {
    let questionnaire = fixture();
    let reached = |sheet: &str| {
        let encounter = answered(&questionnaire, Audience::Patient, sheet);
        super::Judged::so_far(&questionnaire, &encounter).reached()
    };
    assert_eq!(reached(r#"{"sites": ["nowhere"]}"#), None);
    assert_eq!(reached(r#"{"sites": ["neck"], "severity": 8}"#), Some((1, false)));
    assert_eq!(reached(NOTHING), Some((2, true)));
}

/// Findings, what is absent, what was corrected, and the answers that are no finding: nothing that was asked is lost.
#[test]
fn a_handover_holds_every_answer_and_each_once() {
    let questionnaire = fixture();
    let index = |id: &str| questionnaire.question_index(id).expect("a question");
    let sheet = r#"{"sites": ["neck"], "signs": ["none"], "severity": 8, "age": 44, "cancer_history": "no",
        "words": "since the fall"}"#;
    let mut encounter = answered(&questionnaire, Audience::Clinician, sheet);
    let correct = |question: &str, old: f64, new: f64| Corrected {
        question: index(question),
        old: Some(Answer::Number(old)),
        new: Some(Answer::Number(new)),
    };
    // The second was corrected back to what it had been.
    encounter.remarks.corrected =
        vec![correct("severity", 3.0, 8.0), correct("age", 44.0, 45.0), correct("age", 45.0, 44.0)];
    encounter.remarks.notes.insert(index("age"), "by her card".to_owned());
    let handover = told(&questionnaire, &encounter).handover;
    let parts = [handover.situation, handover.background, handover.assessment, handover.recommendation];
    assert_eq!(
        parts.concat(),
        [
            "Findings: Neck; How bad is it? 8; How old are you? 44 years (note: by her card); Anything else? since \
             the fall.",
            "See somebody this week. How soon: within 7 days.",
            "Because: S01 Several signs.",
            "Corrected answers: How bad is it?: 8 (before: 3).",
            "Red flags absent: Signs: none.",
            "Other answers: Have you ever had cancer? No.",
            "Ring your clinic at your clinic's number.",
            "Contact: your clinic, or your nurse line.",
        ]
    );
}

#[test]
fn of_several_signs_a_harmless_one_is_a_finding_and_a_harmless_kind_is_none() {
    let questionnaire = small::questionnaire(
        "kind, type: one_of, options: [{ id: old, label: An old one, concern: none }, { id: new, label: A new one }]
         signs, type: many_of, options: [{ id: mild, label: Stiffness, concern: none }, { id: bad, label: Weakness }, \
             { id: none, label: N, exclusive: true }]",
        "today: { any: [{ kind: new }, { signs: bad }] }",
    );
    let encounter = answered(&questionnaire, Audience::Clinician, "{'kind': 'old', 'signs': ['mild']}");
    let handover = told(&questionnaire, &encounter).handover;
    assert_eq!(handover.background, ["Findings: Stiffness."]);
    assert_eq!(handover.assessment, ["Never. How soon: never.", "Other answers: What? An old one."]);
}

#[test]
fn at_an_emergency_each_sign_of_a_definition_is_told() {
    let questionnaire =
        fixture_with(&[("{ any: [both, { signs: numb, numb_since: { above: weeks } }] }", "nerve")]);
    let encounter = answered(&questionnaire, Audience::Patient, EMERGENCY);
    let report = told(&questionnaire, &encounter);
    let named: Vec<_> = report.reasons[0].answers.iter().map(|told| told.answer.as_str()).collect();
    assert_eq!(named, ["Numbness; Weakness", "It is new"]);
}
