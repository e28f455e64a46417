//! How a report compares a check with the one before.

use super::*;
use crate::encounter::again::AskedBy;
use crate::encounter::fingerprint;

/// A check of `now` that comes after one of `last`, which was told by this version of the questionnaire.
fn again(last: &str, now: &str, version: &str) -> Report {
    let questionnaire = fixture();
    let last = Encounter::of_sheet(
        &questionnaire,
        Audience::Patient,
        small::sheet(&questionnaire, last),
        date(2026, 11, 14),
    );
    let asked_by = AskedBy { version: version.to_owned(), fingerprint: fingerprint(&questionnaire) };
    let mut encounter =
        Encounter::again(&questionnaire, &last, asked_by, Audience::Patient, date(2026, 11, 21));
    let now = small::sheet(&questionnaire, now);
    for question in 0..questionnaire.questions.len() {
        if let Some(answer) = now.get(question) {
            encounter.sheet.set(&questionnaire, question, answer.clone()).expect("it fits");
        }
    }
    told(&questionnaire, &encounter)
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
