//! What the texts of spine-alert must say and must never say, where a machine can see it.

use redflag::answers::json::SheetReader;
use redflag::answers::{Answer, Facts, Sheet};
use redflag::interview::{Interview, Stage};
use redflag::library::builtin;
use redflag::questionnaire::{Again, Audience, Domain, Questionnaire};
use redflag::report::Report;
use redflag::scenarios::{self, Suite};
use redflag::site::Site;
use redflag::triage;

fn questionnaire() -> Questionnaire {
    builtin::find("spine-alert").expect("it is built in").questionnaire().expect("it is read")
}

fn suite(questionnaire: &Questionnaire) -> Suite {
    let text = include_bytes!("../questionnaires/spine-alert.tests.yaml");
    scenarios::read(questionnaire, "spine-alert.tests.yaml", text).expect("no mistakes").suite
}

/// The person, and with the last answers still missing.
fn on_the_way(questionnaire: &Questionnaire, sheet: &Sheet) -> Vec<Sheet> {
    let mut sheet = sheet.clone();
    let mut all = vec![sheet.clone()];
    for question in (0..questionnaire.questions.len())
        .rev()
        .filter(|&question| sheet.get(question).is_some())
        .collect::<Vec<_>>()
    {
        sheet.clear(question);
        all.push(sheet.clone());
    }
    all
}

#[test]
fn there_is_one_first_call_however_unfinished_the_check_is() {
    let q = questionnaire();
    let emergency = 0;
    let mut calls = [0, 0];
    for case in &suite(&q).cases {
        for sheet in on_the_way(&q, &case.heard(&q)) {
            let facts = Facts::of(&q, case.audience, &sheet);
            if triage::assess(&facts).at_least() != emergency {
                continue;
            }
            let who = triage::who(&facts, emergency).expect("a contact").say.to(Audience::Patient);
            let number_first = who.starts_with("Call {emergency_number} first.");
            assert!(
                number_first != who.starts_with("Ring your cancer team first, on {cancer_line}."),
                "{who}"
            );
            let steps = triage::next_steps(&facts, emergency, Audience::Patient);
            let is_shown = |id: &str| steps.iter().any(|step| step.id == id);
            assert!(!(number_first && is_shown("ring_24h_line_first")), "{}", case.name);
            assert!(number_first || !is_shown("call_and_wait"), "{}", case.name);
            assert_eq!(number_first, is_shown("ring_24h_line_after"), "{}", case.name);
            assert!(!is_shown("most_have_another_cause"), "reassurance beside an emergency: {}", case.name);
            calls[usize::from(number_first)] += 1;
        }
    }
    assert!(calls.iter().all(|&calls| calls > 20), "{calls:?}");
}

#[test]
fn reasons_say_what_hangs_on_them_and_never_that_the_cancer_is_back() {
    let spanish = |q: &Questionnaire| {
        let all =
            builtin::find("spine-alert").expect("it is built in").translations().expect("they are read");
        all.into_iter().find(|one| one.language == "es").expect("Spanish").of(q)
    };
    let english = questionnaire();
    let spanish = spanish(&english);
    for (q, hours, cold, never) in [
        (
            &english,
            "hours can decide",
            "cold does not explain",
            ["come back", "came back", "has spread", "%"],
        ),
        (
            &spanish,
            "las horas pueden decidir",
            "resfriado no explica",
            ["ha vuelto", "recaída", "se ha extendido", "%"],
        ),
    ] {
        for rule in &q.rules {
            let words: Vec<&str> = rule.wordings().map(|because| because.to(Audience::Patient)).collect();
            let words = words.join(" ").to_lowercase();
            assert!(never.iter().all(|never| !words.contains(never)), "{}: {words}", rule.id);
            if ["A04", "A05", "A06"].contains(&rule.id.as_str()) {
                assert!(words.contains(hours), "{}: {words}", rule.id);
                assert!(["walking", "caminando"].iter().any(|walking| words.contains(walking)), "{words}");
            }
            if ["A01", "B05"].contains(&rule.id.as_str()) {
                assert!(words.contains(cold), "{}: {words}", rule.id);
            }
        }
    }
}

#[test]
fn every_answer_has_words_for_evidence_and_every_answer_of_concern_words_for_the_phone() {
    let q = questionnaire();
    for question in q.questions.iter().filter(|question| question.takes_answer()) {
        for option in &question.options {
            assert!(option.phrase.is_some(), "{} {}", question.id, option.id);
            let is_plain = option.exclusive
                || ["normal", "not_done", "no", "yes", "booked"].contains(&option.id.as_str());
            assert!(is_plain || option.say.is_some(), "{} {}", question.id, option.id);
        }
        if question.limits().is_some() || question.is_yes_no() {
            assert!(question.say.is_some(), "{}", question.id);
        }
    }
}

/// No percentage stands on a page for patients, and none stands without its denominator on one for clinicians.
#[test]
fn percentages_are_for_clinicians_and_say_of_whom() {
    let q = questionnaire();
    for page in &q.learn {
        let (patient, clinician) = (page.body.to(Audience::Patient), page.body.to(Audience::Clinician));
        let is_for_clinicians = page.shown.audience == Some(Audience::Clinician);
        assert!(is_for_clinicians || !patient.contains('%'), "{}", page.id);
        assert!(!clinician.contains('%') || clinician.contains("Of people with"), "{}", page.id);
    }
}

/// Somebody who is not sure is given a way to find out, in the words of the person, in both languages.
#[test]
fn every_answer_not_sure_that_a_patient_can_give_is_asked_once_more_in_words_of_its_own() {
    let english = questionnaire();
    let all = builtin::find("spine-alert").expect("it is built in").translations().expect("they are read");
    let spanish = all.into_iter().find(|one| one.language == "es").expect("Spanish").of(&english);
    for q in [&english, &spanish] {
        let asked = q.questions.iter().filter(|question| q.sections[question.section].audience.is_none());
        for question in asked.filter(|question| question.unsure) {
            let options = question.options.iter().filter(|option| !option.exclusive);
            match question.domain {
                Domain::Several => {
                    for option in options {
                        let ask = option.settle.as_ref().and_then(|settle| settle.ask.as_ref());
                        let ask = ask.map(|ask| ask.to(Audience::Patient)).unwrap_or_default();
                        assert!(ask.ends_with('?'), "{} {}: {ask}", question.id, option.id);
                    }
                }
                _ => assert!(question.settle.as_ref().is_some_and(|it| it.test.is_some()), "{}", question.id),
            }
        }
    }
}

/// With cancer in the bones a doubt about the legs is an emergency, until a plain "no" to each sign takes it away.
#[test]
fn a_doubt_about_the_legs_alarms_until_each_sign_is_answered_no() {
    let q = questionnaire();
    let text = r#"{"unwell_now": ["none"], "limb_signs": ["unsure"], "pelvic_signs": ["none"],
        "cancer_state": "bone", "treatment": ["none"], "sites": ["no_pain"], "no_weight": "no",
        "temperature": "normal", "calcium_signs": ["none"], "cannot_drink": "no", "calcium_before": "no",
        "clot_signs": ["none"], "bone_medicine_signs": ["none"], "follow_up": "booked"}"#;
    let sheet = SheetReader::new(&q).read(text).expect("answers that fit");
    let legs = q.questions.iter().position(|question| question.id == "limb_signs").expect("it is asked");
    for (said, level) in [(Answer::option(0), "watch"), (Answer::UNSURE, "emergency")] {
        let mut interview = Interview::new(&q, Audience::Patient, jiff::civil::date(2026, 11, 28));
        let mut asked = 0;
        loop {
            match *interview.stage() {
                Stage::Asking(question) => {
                    interview.answer(sheet.get(question).cloned()).expect("an answer that fits");
                }
                Stage::Alert { .. } => interview.go_on(),
                Stage::OfferSettling => {
                    assert_eq!(q.levels[interview.assessment().level].id, "emergency");
                    interview.settle();
                }
                Stage::Settling { question, .. } => {
                    assert_eq!(question, legs, "nothing else is in doubt");
                    asked += 1;
                    interview.answer(Some(said.clone())).expect("an answer that fits");
                }
                Stage::SettingAside { .. } | Stage::Lowering { .. } => interview.confirm(),
                Stage::Review | Stage::Summary => break,
            }
        }
        assert_eq!((asked, q.levels[interview.assessment().level].id.as_str()), (4, level));
        // The doubt is all that the alarm rests on, so whoever answers the phone hears of it.
        let told = Report::of_interview(&interview, &Site::default()).say.join(" ");
        assert_eq!(told.contains("I am not sure about this"), said.is_unsure(), "{told}");
    }
}

#[test]
fn a_week_later_all_is_asked_again_but_what_was_once_said_of_calcium() {
    let q = questionnaire();
    let kept: Vec<&str> =
        q.questions.iter().filter(|it| it.again == Again::IfUnsure).map(|it| it.id.as_str()).collect();
    assert_eq!(kept, ["calcium_before"]);
    let notes = q.questions.iter().find(|question| question.id == "notes").expect("it is asked");
    assert!(notes.ask_again.is_some(), "who has seen the person since");
}
