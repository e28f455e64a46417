//! One encounter, one judgement: what both readers are told, on every surface.

mod support;

use jiff::civil::date;
use proptest::prelude::*;
use redflag::answers::Answer;
use redflag::encounter::{Encounter, json};
use redflag::handout::slip::{self, Slip};
use redflag::interview::{Interview, Stage};
use redflag::questionnaire::{Audience, Questionnaire};
use redflag::report::document::{Topic, sections};
use redflag::report::surfaces::{BESIDE, Surface};
use redflag::report::{Format, Report, spoken};
use redflag::site::Site;
use serde_json::Value;
use support::{BACK_PAIN, SMALL, in_a_row};

const READERS: [Audience; 2] = [Audience::Patient, Audience::Clinician];

fn answer(interview: &mut Interview, id: &str, answer: Answer) {
    let question = interview.questionnaire().question_index(id).expect("a question");
    while *interview.stage() != Stage::Asking(question) {
        go_on(interview);
    }
    interview.answer(Some(answer)).expect("it fits");
}

/// The least concerning answer, or the smallest; what may be left out is.
fn go_on(interview: &mut Interview) {
    let question = match *interview.stage() {
        Stage::Asking(question) => question,
        Stage::Alert { .. } => return interview.go_on(),
        Stage::OfferSettling => return interview.leave_unsettled(),
        ref stage => panic!("{stage:?}"),
    };
    let asked = &interview.questionnaire().questions[question];
    let least = asked.least_concerning();
    let taken = match asked.limits() {
        _ if asked.optional => None,
        Some((min, _)) => Some(Answer::Number(min)),
        None if !least.is_empty() => Some(Answer::Options(least)),
        None if asked.options.is_empty() => None,
        None => Some(Answer::option(0)),
    };
    interview.answer(taken).expect("it fits");
}

fn option(questionnaire: &Questionnaire, question: &str, option: &str) -> Answer {
    let question = questionnaire.question_index(question).expect("a question");
    Answer::option(questionnaire.questions[question].option_index(option).expect("an option"))
}

/// A clinician's check whose only finding is one of the examination, which patients are never asked about.
fn abnormal_examination() -> Interview<'static> {
    let mut interview = Interview::new(&BACK_PAIN, Audience::Clinician, date(2026, 11, 21));
    answer(&mut interview, "neuro_exam", option(&BACK_PAIN, "neuro_exam", "abnormal"));
    while *interview.stage() != Stage::Summary {
        go_on(&mut interview);
    }
    interview
}

#[test]
fn a_clinicians_emergency_is_one_in_the_patients_words_too() {
    let interview = abnormal_examination();
    for reader in READERS {
        let report = Report::for_reader(&interview, reader, &Site::default());
        assert_eq!(report.level.as_ref().map(|level| level.id.as_str()), Some("emergency"), "{reader:?}");
        assert!(report.finished && report.reasons.iter().any(|reason| reason.rules == ["E11"]), "{reader:?}");
        for format in Format::ALL {
            let written = format.write(&report);
            assert!(written.contains("emergency"), "{reader:?} {format:?}: {written}");
            assert!(!written.contains(
                "\"id\": \"routine\",\n    \"title\": \"Book a routine appointment\"\n  },\n  \"could_be\""
            ));
        }
    }
}

#[test]
fn an_early_stop_is_on_record_for_both_readers_in_all_formats() {
    let mut interview = Interview::new(&BACK_PAIN, Audience::Clinician, date(2026, 11, 21));
    answer(&mut interview, "emergency_now", option(&BACK_PAIN, "emergency_now", "very_unwell"));
    interview.go_on();
    interview.stop(0);
    for reader in READERS {
        let report = Report::for_reader(&interview, reader, &Site::default());
        assert!(report.stopped_early && !report.finished && !report.not_asked.is_empty(), "{reader:?}");
        for format in [Format::Text, Format::Markdown, Format::Html] {
            let written = in_a_row(&format.write(&report));
            assert!(written.contains("This check was stopped early"), "{reader:?} {format:?}");
            assert!(written.contains("questions about red flags were not asked"), "{reader:?} {format:?}");
        }
        let json: Value = serde_json::from_str(&Format::Json.write(&report)).expect("JSON");
        assert_eq!(json["stopped_early"], true);
        assert!(json["clinician"]["not_asked"].as_array().is_some_and(|screens| !screens.is_empty()));
    }
}

/// A way through a questionnaire that answers, changes its mind, confirms and stops, as the dice say.
fn wander(questionnaire: &Questionnaire, audience: Audience, dice: &[u8]) -> Encounter {
    wandered(questionnaire, audience, dice).encounter().clone()
}

fn wandered<'q>(questionnaire: &'q Questionnaire, audience: Audience, dice: &[u8]) -> Interview<'q> {
    let mut interview = Interview::new(questionnaire, audience, date(2026, 11, 21));
    for &die in dice {
        step(&mut interview, die);
    }
    interview
}

fn step(interview: &mut Interview, die: u8) {
    match interview.stage().clone() {
        Stage::Asking(question) => {
            let asked = &interview.questionnaire().questions[question];
            let options = asked.options.len();
            let taken = match (die % 8, asked.limits()) {
                (0, _) => {
                    interview.back();
                    return;
                }
                (1, _) => return interview.review(),
                (2, _) if die > 200 => return interview.finish(),
                (3, _) => None,
                (_, Some((min, max))) => Some(Answer::Number(if die & 1 == 0 { min } else { max })),
                _ if options > 0 => Some(Answer::option(usize::from(die / 8) % options)),
                _ => Some(Answer::Text(format!("words {die}"))),
            };
            let _ = interview.answer(taken);
        }
        Stage::SettingAside { .. } | Stage::Lowering { .. } if die > 170 => interview.decline(),
        Stage::SettingAside { .. } | Stage::Lowering { .. } => interview.confirm(),
        Stage::Alert { .. } if die > 192 => {
            interview.back();
        }
        Stage::Alert { .. } => interview.go_on(),
        Stage::OfferSettling if die > 200 => interview.leave_unsettled(),
        Stage::OfferSettling => interview.settle(),
        Stage::Settling { .. } if die.is_multiple_of(8) => drop(interview.back()),
        Stage::Settling { .. } => {
            let said = [Answer::option(0), Answer::option(1), Answer::UNSURE];
            let _ = interview.answer(Some(said[usize::from(die) % 3].clone()));
        }
        Stage::Review | Stage::Summary => {
            let asked = interview.asked();
            match (die % 4, asked.get(usize::from(die) % asked.len().max(1))) {
                (0, _) => {
                    interview.back();
                }
                (1, _) => interview.resume(),
                (_, Some(&question)) => interview.revisit(question),
                _ => interview.resume(),
            }
        }
    }
}

/// What must be the same whoever reads it.
fn judgement(report: &Report) -> impl PartialEq + std::fmt::Debug {
    let reasons = |report: &Report| {
        report.reasons.iter().map(|it| (it.rules.clone(), it.level, it.doubt)).collect::<Vec<_>>()
    };
    let dates = |report: &Report| {
        let again = report.check_again.iter().map(|when| when.date);
        (report.date, report.within.as_ref().map(|when| when.date), again.collect::<Vec<_>>())
    };
    (
        report.level.as_ref().map(|level| level.id.clone()),
        report.could_be.as_ref().map(|level| level.id.clone()),
        reasons(report),
        (report.finished, report.stopped_early, report.open.clone()),
        report.lowered.len(),
        dates(report),
        report.steps.iter().map(|step| step.id.clone()).collect::<Vec<_>>(),
    )
}

fn agree(questionnaire: &Questionnaire, encounter: &Encounter) {
    let [patient, clinician] =
        READERS.map(|reader| Report::of_encounter(questionnaire, encounter, reader, &Site::default()));
    assert_eq!(judgement(&patient), judgement(&clinician));
    assert_eq!(judgement(&patient), judgement(patient.clinician()));
    for report in [&patient, &clinician] {
        let written =
            [Format::Text, Format::Markdown, Format::Html].map(|format| in_a_row(&format.write(report)));
        let heard = in_a_row(&spoken::lines(report, Surface::Spoken.topics(report.reader)).join("\n"));
        for surface in written.iter().chain([&heard]) {
            for edit in &report.lowered {
                let first = edit.split('"').next().unwrap_or_default();
                assert!(surface.contains(&in_a_row(first)), "{edit} in {surface}");
            }
            let not_finished = "This check is not finished";
            assert_eq!(
                surface.contains(not_finished),
                !report.finished && !report.stopped_early,
                "{surface}"
            );
        }
        let json: Value = serde_json::from_str(&Format::Json.write(report)).expect("JSON");
        assert_eq!(json["level"]["id"].as_str(), report.level.as_ref().map(|level| level.id.as_str()));
        assert_eq!(
            (&json["finished"], &json["stopped_early"]),
            (&report.finished.into(), &report.stopped_early.into())
        );
    }
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 48, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn every_reader_is_told_the_same_level_rules_state_and_dates(
        dice in prop::collection::vec(any::<u8>(), 0..60), clinician in any::<bool>(), small in any::<bool>(),
    ) {
        let questionnaire: &Questionnaire = if small { &SMALL } else { &BACK_PAIN };
        agree(questionnaire, &wander(questionnaire, READERS[usize::from(clinician)], &dice));
    }
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 256, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn an_interview_read_back_goes_on_as_if_it_had_never_stopped(
        before in prop::collection::vec(any::<u8>(), 0..80), after in prop::collection::vec(any::<u8>(), 0..40),
        clinician in any::<bool>(),
    ) {
        let audience = READERS[usize::from(clinician)];
        let mut straight = wandered(&SMALL, audience, &before);
        let kept = straight.to_json();
        let resumed = Interview::from_json(&SMALL, &kept).expect("an encounter");
        prop_assert_eq!(&resumed.misfits, &[]);
        let mut resumed = resumed.interview;
        prop_assert_eq!(resumed.encounter(), straight.encounter());
        prop_assert_eq!(resumed.to_json(), kept);
        for &die in &after {
            step(&mut straight, die);
            step(&mut resumed, die);
            prop_assert_eq!(resumed.stage(), straight.stage());
        }
        prop_assert_eq!(resumed.to_json(), straight.to_json());
    }
}

#[test]
fn every_surface_shows_each_of_its_sections_in_order() {
    let mut interview = Interview::new(&BACK_PAIN, Audience::Clinician, date(2026, 11, 21));
    answer(&mut interview, "saddle_signs", option(&BACK_PAIN, "saddle_signs", "saddle_numb"));
    answer(&mut interview, "limb_signs", Answer::UNSURE);
    let question = BACK_PAIN.question_index("saddle_signs").expect("a question");
    interview.finish();
    interview.revisit(question);
    interview.answer(Some(option(&BACK_PAIN, "saddle_signs", "none"))).expect("it fits");
    while matches!(interview.stage(), Stage::SettingAside { .. } | Stage::Lowering { .. }) {
        interview.confirm();
    }
    interview.finish();
    interview.resume();
    interview.stop(1);
    for reader in READERS {
        let report = Report::for_reader(&interview, reader, &Site::default());
        for surface in Surface::ALL {
            let shown = sections(&report, surface.topics(reader));
            let written = match surface {
                Surface::Written => Format::Text.write(&report),
                Surface::Page => Format::Html.write(&report),
                Surface::Spoken => spoken::lines(&report, surface.topics(reader)).join("\n"),
                Surface::Slip => {
                    let slip = Slip { columns: 200, ..Slip::default() };
                    String::from_utf8(slip::bytes(&report, None, &slip)).expect("UTF-8")
                }
                // The screen itself is looked at in `screens`.
                Surface::Screen => continue,
            };
            let mut from = 0;
            // On a slip the level stands for the name of its section.
            let named = shown.iter().skip(usize::from(surface == Surface::Slip));
            for section in named {
                let at = written[from..].find(section.heading.as_str());
                from +=
                    at.unwrap_or_else(|| panic!("{:?} of {surface:?} is missing:\n{written}", section.topic));
            }
        }
        let topics: Vec<Topic> = sections(&report, BESIDE).iter().map(|section| section.topic).collect();
        assert!(topics.contains(&Topic::NotAsked) && topics.contains(&Topic::Handover), "{topics:?}");
    }
}

#[test]
fn an_encounter_against_a_changed_questionnaire_says_what_no_longer_fits() {
    let mut interview = Interview::new(&SMALL, Audience::Patient, date(2026, 11, 21));
    answer(&mut interview, "signs", option(&SMALL, "signs", "weak"));
    answer(&mut interview, "severity", Answer::Number(9.0));
    let kept = interview.to_json();
    let mut changed = SMALL.clone();
    changed.version = "9.0.0".to_owned();
    let signs = changed.question_index("signs").expect("a question");
    changed.questions[signs].options[1].id = "weakness".to_owned();
    let resumed = Interview::from_json(&changed, &kept).expect("an encounter");
    let told: Vec<String> = resumed.misfits.iter().map(ToString::to_string).collect();
    assert!(told[0].contains("version 1.0.0") && told[0].contains("version 9.0.0"), "{told:?}");
    assert!(told.iter().any(|line| line.contains("[\"weak\"]") && line.contains("`signs`")), "{told:?}");
    assert!(resumed.interview.is_open(signs), "what is gone is asked again");
    let severity = changed.question_index("severity").expect("a question");
    assert_eq!(resumed.interview.sheet().get(severity), Some(&Answer::Number(9.0)), "the rest is kept");
}

#[test]
fn what_is_no_encounter_of_this_questionnaire_is_refused_with_the_reason() {
    let kept = Interview::new(&SMALL, Audience::Patient, date(2026, 11, 21)).to_json();
    let problem = |text: &str| Interview::from_json(&BACK_PAIN, text).err().expect("a problem").to_string();
    assert!(problem(&kept).contains("of the questionnaire `small`"));
    assert!(problem("[]").contains("format"));
    assert!(problem("").contains("not a redflag check"));
    let newer = kept.replace("\"format_version\": 1", "\"format_version\": 7");
    assert!(problem(&newer).contains("newer redflag"), "{newer}");
    assert!(
        problem(&kept.replace("\"id\": \"small\"", "\"id\": \"back-pain\"").replace("2026-11-21", "soon"))
            .contains("`day`")
    );
}

#[test]
fn an_emergency_that_nobody_was_shown_comes_first() {
    let mut interview = Interview::new(&BACK_PAIN, Audience::Patient, date(2026, 11, 21));
    answer(&mut interview, "emergency_now", option(&BACK_PAIN, "emergency_now", "very_unwell"));
    let mut value = interview.to_value();
    value["alerted"] = Value::Null;
    value["place"] = Value::Null;
    let resumed = Interview::from_json(&BACK_PAIN, &value.to_string()).expect("an encounter").interview;
    assert!(matches!(resumed.stage(), Stage::Alert { level: 0, .. }), "{:?}", resumed.stage());
}

#[test]
fn a_report_in_json_can_be_gone_on_with_and_has_no_answer_that_was_set_aside() {
    let interview = abnormal_examination();
    let report = Report::for_reader(&interview, Audience::Patient, &Site::default());
    let written = Format::Json.write(&report);
    let resumed = Interview::from_json(&BACK_PAIN, &written).expect("an encounter");
    assert_eq!((resumed.misfits.len(), resumed.interview.stage()), (0, &Stage::Summary));
    assert_eq!(
        json::read(&BACK_PAIN, &written).expect("an encounter").encounter.asked_as,
        Audience::Clinician
    );
}
