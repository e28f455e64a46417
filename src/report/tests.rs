//! What a report says, on the small questionnaire.

use jiff::civil::date;

use super::{Report, farewell, text};
use crate::answers::json::SheetReader;
use crate::answers::{self, Answer};
use crate::encounter::again::AskedBy;
use crate::encounter::{Corrected, Encounter, Lowered, Said, Settled, fingerprint};
use crate::questionnaire::{Audience, Questionnaire, yaml};
use crate::site::{self, Site};
use crate::text::Block;

fn small() -> Questionnaire {
    small_with(&[])
}

/// The small questionnaire with some of its text replaced.
fn small_with(changes: &[(&str, &str)]) -> Questionnaire {
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
    let questionnaire = small();
    let sheet = SheetReader::new(&questionnaire).read(sheet).expect("a sheet");
    let encounter = Encounter::of_sheet(&questionnaire, audience, sheet, date(2026, 11, 21));
    let encounter = Encounter { lowered: lowered.to_vec(), ..encounter };
    Report::of_encounter(&questionnaire, &encounter, audience, site)
}

/// Of a questionnaire of a few lines, for a patient who gave these answers.
fn report_of(questions: &str, rules: &str, answers: &str) -> Report {
    let questionnaire = answers::small::questionnaire(questions, rules);
    let sheet = answers::small::sheet(&questionnaire, answers);
    let encounter = Encounter::of_sheet(&questionnaire, Audience::Patient, sheet, date(2026, 11, 21));
    Report::of_encounter(&questionnaire, &encounter, Audience::Patient, &Site::default())
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
    let questionnaire = small();
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

/// A check of `now` that comes after one of `last`, which was told by this version of the questionnaire.
fn again(last: &str, now: &str, version: &str) -> Report {
    let questionnaire = small();
    let sheet = |text: &str| SheetReader::new(&questionnaire).read(text).expect("a sheet");
    let last = Encounter::of_sheet(&questionnaire, Audience::Patient, sheet(last), date(2026, 11, 14));
    let asked_by = AskedBy { version: version.to_owned(), fingerprint: fingerprint(&questionnaire) };
    let mut encounter =
        Encounter::again(&questionnaire, &last, asked_by, Audience::Patient, date(2026, 11, 21));
    let now = sheet(now);
    for question in 0..questionnaire.questions.len() {
        if let Some(answer) = now.get(question) {
            encounter.sheet.set(&questionnaire, question, answer.clone()).expect("it fits");
        }
    }
    Report::of_encounter(&questionnaire, &encounter, Audience::Patient, &Site::default())
}

/// Without a result nothing is certain, and whatever is more than the least urgent level is news.
#[test]
fn after_a_check_without_a_result_anything_but_the_least_urgent_level_is_more_urgent() {
    let open = r#"{"sites": ["nowhere"]}"#;
    let compared = |now: &str| {
        let again = again(open, now, "1.0.0").again.expect("it is compared");
        assert_eq!(again.level, None);
        (again.is_lower, again.is_higher)
    };
    assert_eq!(compared(EMERGENCY), (false, true));
    assert_eq!(compared(UNSURE), (false, true));
    assert_eq!(compared(NOTHING), (false, false));
}

#[test]
fn that_another_version_asked_last_time_is_said_and_that_the_same_did_is_not() {
    let said = |version: &str| text::text(&again(NOTHING, NOTHING, version)).contains("0.9.0");
    assert_eq!((said("0.9.0"), said("1.0.0")), (true, false));
}

#[test]
fn an_answer_that_was_asked_for_again_is_not_one_of_last_time() {
    let again = again(EMERGENCY, EMERGENCY, "1.0.0").again.expect("it is compared");
    assert!(again.carried.is_empty(), "{:?}", again.carried);
}

/// What was corrected and what was settled about a question that is not asked any more is not told.
#[test]
fn what_was_noted_about_a_question_counts_as_long_as_it_is_asked() {
    let questionnaire = small();
    let index = |id: &str| questionnaire.question_index(id).expect("a question");
    let told = |text: &str| {
        let sheet = SheetReader::new(&questionnaire).read(text).expect("a sheet");
        let mut encounter = Encounter::of_sheet(&questionnaire, Audience::Patient, sheet, date(2026, 11, 21));
        let (old, new) = (Some(Answer::option(0)), Some(Answer::option(2)));
        encounter.remarks.corrected = vec![Corrected { question: index("numb_since"), old, new }];
        let (was, said) = (Answer::UNSURE, Some(Said::Answer(Answer::option(2))));
        encounter.settled = vec![Settled { question: index("numb_since"), option: None, was, said }];
        let report = Report::of_encounter(&questionnaire, &encounter, Audience::Patient, &Site::default());
        let of = |key: &str| report.encounter[key].to_string();
        (of("corrected").contains("long"), of("settled").contains("numb_since"))
    };
    assert_eq!(told(EMERGENCY), (true, true), "it is asked");
    assert_eq!(told(NOTHING), (false, false), "it is set aside");
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

/// Findings, what is absent, what was corrected, and the answers that are no finding: nothing that was asked is lost.
#[test]
fn a_handover_holds_every_answer_and_each_once() {
    let questionnaire = small();
    let index = |id: &str| questionnaire.question_index(id).expect("a question");
    let sheet = r#"{"sites": ["neck"], "signs": ["none"], "severity": 8, "age": 44, "cancer_history": "no",
        "words": "since the fall"}"#;
    let sheet = SheetReader::new(&questionnaire).read(sheet).expect("a sheet");
    let mut encounter = Encounter::of_sheet(&questionnaire, Audience::Clinician, sheet, date(2026, 11, 21));
    let correct = |question: &str, old: f64, new: f64| Corrected {
        question: index(question),
        old: Some(Answer::Number(old)),
        new: Some(Answer::Number(new)),
    };
    // The second was corrected back to what it had been.
    encounter.remarks.corrected =
        vec![correct("severity", 3.0, 8.0), correct("age", 44.0, 45.0), correct("age", 45.0, 44.0)];
    encounter.remarks.notes.insert(index("age"), "by her card".to_owned());
    let report = Report::of_encounter(&questionnaire, &encounter, Audience::Clinician, &Site::default());
    let handover = report.handover;
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
    let questionnaire = answers::small::questionnaire(
        "kind, type: one_of, options: [{ id: old, label: An old one, concern: none }, { id: new, label: A new one }]
         signs, type: many_of, options: [{ id: mild, label: Stiffness, concern: none }, { id: bad, label: Weakness }, \
             { id: none, label: N, exclusive: true }]",
        "today: { any: [{ kind: new }, { signs: bad }] }",
    );
    let sheet = answers::small::sheet(&questionnaire, "{'kind': 'old', 'signs': ['mild']}");
    let encounter = Encounter::of_sheet(&questionnaire, Audience::Clinician, sheet, date(2026, 11, 21));
    let handover =
        Report::of_encounter(&questionnaire, &encounter, Audience::Clinician, &Site::default()).handover;
    assert_eq!(handover.background, ["Findings: Stiffness."]);
    assert_eq!(handover.assessment, ["Never. How soon: never.", "Other answers: What? An old one."]);
}

#[test]
fn beside_an_emergency_no_milder_reason_is_told() {
    let questions = "a, type: yes_no\n b, type: yes_no\n c, type: yes_no\n d, type: yes_no\n e, type: yes_no";
    let rules =
        "now: { a: yes }\n today: { b: yes }\n today: { c: yes }\n today: { d: yes }\n soon: { e: yes }";
    let reasons = |a: &str| {
        let answers = format!("{{'a': '{a}', 'b': 'yes', 'c': 'yes', 'd': 'yes', 'e': 'yes'}}");
        let report = report_of(questions, rules, &answers);
        (report.reasons.len(), text::text(&report).matches("- Of this.").count())
    };
    assert_eq!(reasons("no"), (4, 4));
    assert_eq!(reasons("yes").1, 1);
}

#[test]
fn at_an_emergency_each_sign_of_a_definition_is_told() {
    let questionnaire =
        small_with(&[("{ any: [both, { signs: numb, numb_since: { above: weeks } }] }", "nerve")]);
    let sheet = SheetReader::new(&questionnaire).read(EMERGENCY).expect("a sheet");
    let encounter = Encounter::of_sheet(&questionnaire, Audience::Patient, sheet, date(2026, 11, 21));
    let report = Report::of_encounter(&questionnaire, &encounter, Audience::Patient, &Site::default());
    let told: Vec<_> = report.reasons[0].answers.iter().map(|told| told.answer.as_str()).collect();
    assert_eq!(told, ["Numbness; Weakness", "It is new"]);
}

/// A step of another level that names the number is no call at this one.
#[test]
fn whom_to_call_comes_first_where_only_a_step_of_another_level_names_it() {
    let questionnaire = small_with(&[("{clinic}, or {nurse_line}", "{emergency_number}")]);
    let sheet = SheetReader::new(&questionnaire).read(UNSURE).expect("a sheet");
    let encounter = Encounter::of_sheet(&questionnaire, Audience::Patient, sheet, date(2026, 11, 21));
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
fn a_level_that_everybody_has_was_decided_by_no_answer() {
    let report = report_of(
        "a, type: yes_no\n b, type: yes_no",
        "soon: { any: [{ a: yes }, { a: no }] }",
        "{'a': 'no', 'b': 'no'}",
    );
    assert_eq!(report.level.as_ref().map(|level| level.id.as_str()), Some("soon"));
    assert_eq!(report.decided, None);
}

#[test]
fn an_answer_that_would_be_worse_with_less_ticked_is_told_as_a_whole() {
    let report = report_of(
        "signs, type: many_of, options: [{ id: x, label: X }, { id: y, label: Y }, { id: none, label: N, exclusive: true }]",
        "now: { all: [{ signs: y }, { not: { signs: x } }] }\n later: { signs: x }",
        "{'signs': ['x', 'y']}",
    );
    let [change] = &report.would_be[..] else { panic!("{:?}", report.would_be) };
    assert_eq!((change.level.id.as_str(), &change.others[..]), ("now", &["Y".to_owned()][..]));
}

#[test]
fn on_the_phone_a_doubt_is_said_that_is_the_reason_for_the_level() {
    let say = |rule: &str| report_of("a, type: yes_no, unsure: true", rule, "{'a': 'unsure'}").say;
    let doubt = "I am not sure about this: \"What?\"";
    assert_eq!(say("today: { a: unsure }").last().map(String::as_str), Some(doubt));
}

/// Of two doubts, one could mean an emergency, and counts for today; the other counts for less and set nothing.
#[test]
fn of_several_doubts_the_one_that_sets_the_level_is_the_reason() {
    let report = report_of(
        "a, type: yes_no, unsure: true\n b, type: yes_no, unsure: true",
        "now: { a: yes }\n today: { b: yes }",
        "{'a': 'unsure', 'b': 'unsure'}",
    );
    assert_eq!(report.level.as_ref().map(|level| level.id.as_str()), Some("today"));
    let reason = &report.reasons[0];
    let numbers: Vec<usize> = reason.answers.iter().map(|told| told.number).collect();
    assert_eq!((reason.doubt, reason.rules.concat().as_str(), &numbers[..]), (true, "R0", &[1][..]));
}

#[test]
fn what_was_asked_once_more_is_told_in_a_sentence_for_each_question() {
    let questionnaire = answers::small::questionnaire(
        "a, type: yes_no, unsure: true
         b, type: yes_no, unsure: true
         signs, type: many_of, unsure: true, options: [{ id: x, label: X }, { id: y, label: Y }, { id: z, label: Z }, \
             { id: none, label: N, exclusive: true }]",
        "now: { signs: x }\n today: { any: [{ a: yes }, { b: yes }] }",
    );
    let sheet = answers::small::sheet(&questionnaire, "{'a': 'no', 'b': 'unsure', 'signs': ['x', 'unsure']}");
    let mut encounter = Encounter::of_sheet(&questionnaire, Audience::Patient, sheet, date(2026, 11, 21));
    let told = |question: usize, option: Option<usize>, said: Option<Said>| Settled {
        question,
        option,
        was: Answer::UNSURE,
        said,
    };
    encounter.settled = vec![
        told(0, None, Some(Said::Answer(Answer::option(0)))),
        told(1, None, Some(Said::Unsure)),
        told(2, Some(0), Some(Said::Yes)),
        told(2, Some(1), Some(Said::No)),
        told(2, Some(2), Some(Said::Unsure)),
        // This one was left.
        told(2, Some(3), None),
    ];
    let settled = |encounter: &Encounter| {
        Report::of_encounter(&questionnaire, encounter, Audience::Patient, &Site::default()).settled
    };
    assert_eq!(
        settled(&encounter),
        [
            "What? Not sure at first, then: No",
            "What? Not sure at first, and still not sure when asked again",
            "What? Not sure at first, then: yes: \"X\"; not sure: \"Z\"; no: \"Y\"",
        ]
    );
    encounter.settled = vec![told(2, Some(0), None), told(0, None, None)];
    assert_eq!(settled(&encounter), [""; 0], "nothing was said");
}

/// What stays in the terminal: what it was, where it is, the steps, whom to call, and last the level.
#[test]
fn what_stays_in_the_terminal_ends_with_the_level() {
    let report = report(EMERGENCY, Audience::Patient);
    let lines = farewell::lines(&report, Some("there.html"));
    assert_eq!(
        lines,
        [
            "A small check. Saturday 21 November 2026, small 1.0.0",
            "The whole report: there.html",
            "1. Call 112 now.",
            "Call your local emergency number now: 112",
            "!! GET HELP NOW: now",
        ]
    );
    let open = self::report(r#"{"sites": ["nowhere"]}"#, Audience::Patient);
    assert_eq!(
        farewell::lines(&open, Some("there.html")).last().map(String::as_str),
        Some("… Not finished: about 3 questions left")
    );
    assert_eq!(farewell::lines(&open, Some("there.html")).len(), 3, "no step");
    let soon = self::report(r#"{"sites": ["neck"], "signs": ["none"], "severity": 8}"#, Audience::Patient);
    assert!(soon.who.is_some());
    assert_eq!(farewell::lines(&soon, Some("there.html")).len(), 3, "and nobody to call");
}

#[test]
fn what_stays_in_the_terminal_are_ten_lines_and_no_step_is_cut() {
    let report = report(EMERGENCY, Audience::Patient);
    let step = |words: &str| super::Step { id: String::new(), words: words.to_owned(), sources: Vec::new() };
    let of = |words: &str| {
        let steps = vec![step(words); 12];
        farewell::lines(&Report { steps, ..self::report(EMERGENCY, Audience::Patient) }, None)
    };
    let short = of("Rest.");
    assert_eq!(
        (short.len(), &short[0][..7], short.last()),
        (10, "A small", farewell::lines(&report, None).last())
    );
    // There is room for six lines, and a step takes four: half a one helps nobody.
    let long = of(&"Rest for a while. ".repeat(15));
    assert_eq!((long.len(), &long[0][..7]), (8, "A small"));
}

#[test]
fn a_level_is_reached_when_something_sets_one() {
    let questionnaire = small();
    let reached = |sheet: &str| {
        let sheet = SheetReader::new(&questionnaire).read(sheet).expect("a sheet");
        let encounter = Encounter::of_sheet(&questionnaire, Audience::Patient, sheet, date(2026, 11, 21));
        super::Judged::so_far(&questionnaire, &encounter).reached()
    };
    assert_eq!(reached(r#"{"sites": ["nowhere"]}"#), None);
    assert_eq!(reached(r#"{"sites": ["neck"], "severity": 8}"#), Some((1, false)));
    assert_eq!(reached(NOTHING), Some((2, true)));
}
