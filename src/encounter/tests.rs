//! An encounter written and read back, and what is said of one that fits no more.

use jiff::civil::date;

use super::again::Earlier;
use super::json::{self, Misfit, Problem};
use super::{Encounter, Lowered, fingerprint};
use crate::answers::small;
use crate::questionnaire::{Audience, Questionnaire};

fn questionnaire() -> Questionnaire {
    small::questionnaire(
        "a, type: yes_no, unsure: true\n b, type: yes_no",
        "now: { a: yes }\n soon: { b: yes }",
    )
}

/// Everything that can happen has happened.
fn eventful(questionnaire: &Questionnaire) -> Encounter {
    let sheet = small::sheet(questionnaire, "{'a': 'unsure', 'b': 'yes'}");
    let [unsure, yes] = [0, 1].map(|question| sheet.get(question).cloned());
    Encounter {
        began: Some(date(2026, 11, 20).at(23, 50, 1, 0)),
        ended: Some(date(2026, 11, 21).at(0, 10, 2, 0)),
        passed: vec![true, false],
        lowered: vec![
            Lowered { question: 0, old: yes.clone(), new: unsure.clone(), from: 0, to: Some(1) },
            Lowered { question: 1, old: yes, new: None, from: 1, to: None },
        ],
        stopped: Some(2),
        shown: 0,
        alerted: Some(0),
        ..Encounter::of_sheet(questionnaire, Audience::Clinician, sheet, date(2026, 11, 20))
    }
}

fn written(questionnaire: &Questionnaire) -> String {
    json::value(questionnaire, &eventful(questionnaire)).to_string()
}

fn misfits(questionnaire: &Questionnaire, json: &str) -> Vec<Misfit> {
    json::read(questionnaire, json).expect("an encounter").misfits
}

#[test]
fn what_was_written_is_read_back_to_the_last_detail() {
    let questionnaire = questionnaire();
    let kept = json::read(&questionnaire, &written(&questionnaire)).expect("an encounter");
    assert_eq!(kept.encounter, eventful(&questionnaire));
    assert_eq!((kept.misfits, kept.place), (vec![], None));
}

#[test]
fn the_questionnaire_and_the_language_can_be_read_before_either_is_at_hand() {
    let json = written(&questionnaire());
    assert_eq!(json::asked_by(&json), Ok(("small".to_owned(), "en".to_owned())));
}

#[test]
fn a_questionnaire_that_has_changed_under_its_version_is_said_to_have_changed() {
    let (then, mut now) = (questionnaire(), questionnaire());
    now.rules.pop();
    assert_eq!(misfits(&now, &written(&then)), [Misfit::Content]);
    now.version = "2.0.0".to_owned();
    assert_eq!(
        misfits(&now, &written(&then)),
        [Misfit::Version("1.0.0".to_owned(), "2.0.0".to_owned())],
        "that it has another version says enough"
    );
}

#[test]
fn asked_in_another_language_it_is_not_said_to_have_changed() {
    let (then, mut now) = (questionnaire(), questionnaire());
    now.language = "es".to_owned();
    now.title = Default::default();
    assert_eq!(misfits(&now, &written(&then)), []);
}

#[test]
fn a_level_that_is_gone_is_said_once_however_often_it_was_noted() {
    let (then, mut now) = (questionnaire(), questionnaire());
    now.levels[0].id = "at_once".to_owned();
    let gone = misfits(&now, &written(&then));
    let said = gone.iter().filter(|misfit| **misfit == Misfit::Level("now".to_owned())).count();
    assert_eq!(said, 1, "it was shown and alerted: {gone:?}");
    assert!(gone.contains(&Misfit::Edit("a".to_owned())) && !gone.contains(&Misfit::Edit("b".to_owned())));
}

#[test]
fn an_answer_that_fits_no_more_is_not_passed_and_the_others_are() {
    let then = questionnaire();
    let now = small::questionnaire("a, type: yes_no\n b, type: yes_no", "now: { a: yes }\n soon: { b: yes }");
    let json = written(&then).replace(r#""passed":["a"]"#, r#""passed":["a","b"]"#);
    let kept = json::read(&now, &json).expect("an encounter");
    assert_eq!(kept.encounter.passed, [false, true], "{:?}", kept.misfits);
}

#[test]
fn what_is_no_day_and_no_time_is_refused_with_its_key() {
    let questionnaire = questionnaire();
    for (key, right, wrong) in [
        ("`day`", "\"2026-11-20\"", "\"tomorrow\""),
        ("`began`", "\"2026-11-20T23:50:01\"", "\"early\""),
        ("`ended`", "\"2026-11-21T00:10:02\"", "\"late\""),
    ] {
        let json = written(&questionnaire).replace(right, wrong);
        let Err(Problem::Shape(why)) = json::read(&questionnaire, &json) else { panic!("{key} is taken") };
        assert!(why.contains(key) && why.contains(wrong), "{why}");
    }
}

#[test]
fn a_format_from_tomorrow_is_refused_from_the_next_version_on() {
    let questionnaire = questionnaire();
    let of_version = |version: &str| {
        written(&questionnaire).replace("\"format_version\":1", &format!("\"format_version\":{version}"))
    };
    assert!(json::read(&questionnaire, &of_version("1")).is_ok());
    assert_eq!(json::read(&questionnaire, &of_version("2")), Err(Problem::Newer(2)));
}

/// Whoever changed a kept answer by hand has not been told it by the check before.
#[test]
fn an_answer_that_is_no_longer_the_one_of_the_last_check_is_not_called_carried_over() {
    let questionnaire = questionnaire();
    let again = Encounter {
        earlier: Some(Earlier {
            day: date(2026, 11, 14),
            version: "1.0.0".to_owned(),
            fingerprint: fingerprint(&questionnaire),
            level: Some(0),
            finished: true,
            sheet: small::sheet(&questionnaire, "{'a': 'yes', 'b': 'yes'}"),
            carried: vec![true, true],
        }),
        ..eventful(&questionnaire)
    };
    let json = json::value(&questionnaire, &again).to_string();
    let kept = json::read(&questionnaire, &json).expect("an encounter").encounter;
    let carried = [0, 1].map(|question| kept.is_carried(question));
    assert_eq!(carried, [false, true], "`a` is unsure now and was yes then; `b` is as it was");
}
