//! A check after a check: in which words it asks, what was told then, and which answers made it lower.

use jiff::civil::{Date, date};

use super::*;
use crate::answers::Sheet;
use crate::encounter::again::{AskedBy, Earlier};
use crate::encounter::{Encounter, fingerprint};
use crate::interview::again::{Compared, compare};

const LAST: Date = date(2026, 11, 14);
const TODAY: Date = date(2026, 11, 21);

fn questions() -> Questionnaire {
    small::questionnaire(
        "a, type: yes_no, ask_again: And now?
         b, type: yes_no
         c, type: yes_no, ask_if: { b: yes }
         d, type: yes_no",
        "now: { all: [{ a: yes }, { b: yes }] }
         today: { d: yes }
         soon: { a: yes }
         later: { b: yes }",
    )
}

fn asked_by(q: &Questionnaire) -> AskedBy {
    AskedBy { version: q.version.clone(), fingerprint: fingerprint(q) }
}

/// A check of today with these answers after one with those.
fn after(q: &Questionnaire, last: &str, now: &str) -> (Encounter, Earlier) {
    let last = Encounter::of_sheet(q, Audience::Patient, small::sheet(q, last), LAST);
    let mut encounter = Encounter::again(q, &last, asked_by(q), Audience::Patient, TODAY);
    let now: Sheet = small::sheet(q, now);
    for question in 0..q.questions.len() {
        match now.get(question) {
            Some(answer) => encounter.sheet.set(q, question, answer.clone()).expect("it fits"),
            None => encounter.sheet.clear(question),
        }
    }
    let earlier = encounter.earlier.clone().expect("a check before");
    (encounter, earlier)
}

/// The ids of the changed questions, and of those that made it lower.
fn told(q: &Questionnaire, compared: &Compared) -> String {
    let ids = |of: &[usize]| of.iter().map(|&it| q.questions[it].id.as_str()).collect::<Vec<_>>().join(" ");
    format!("{} | {}", ids(&compared.changed), ids(&compared.lowered_by))
}

fn compared(last: &str, now: &str) -> String {
    let q = questions();
    let (encounter, earlier) = after(&q, last, now);
    let level = crate::triage::assess(&encounter.facts(&q)).at_least();
    told(&q, &compare(&q, &encounter, &earlier, Some(level)))
}

#[test]
fn a_question_has_other_words_when_it_is_asked_again() {
    let q = questions();
    let ask = |interview: &Interview| interview.once_more().map(|it| it.ask.to(Audience::Patient).to_owned());
    let (encounter, _) = after(&q, "{'a': 'no', 'b': 'no', 'd': 'no'}", "{}");
    let mut interview = Interview::on(&q, encounter);
    assert_eq!((ask(&interview), interview.count_open()), (Some("And now?".to_owned()), 3));
    go_on_telling(&mut interview, "'no' -> b");
    assert_eq!((ask(&interview), interview.count_open()), (None, 2), "it is asked as at first");
    assert_eq!(ask(&Interview::new(&q, Audience::Patient, TODAY)), None);
}

#[test]
fn what_was_told_is_judged_anew_only_by_the_questionnaire_that_told_it() {
    let q = questions();
    let mut last = Encounter::of_sheet(
        &q,
        Audience::Patient,
        small::sheet(&q, "{'a': 'yes', 'b': 'no', 'd': 'no'}"),
        LAST,
    );
    last.shown = 1;
    let (version, fingerprint) = (q.version.clone(), fingerprint(&q));
    let other = || "other".to_owned();
    for (version, fingerprint, level) in [
        (version.clone(), fingerprint.clone(), 2),
        (version, other(), 2),
        (other(), fingerprint, 2),
        (other(), other(), 1),
    ] {
        let asked_by = AskedBy { version, fingerprint };
        let again = Encounter::again(&q, &last, asked_by.clone(), Audience::Patient, TODAY);
        assert_eq!(again.earlier.expect("a check before").level, Some(level), "{asked_by:?}");
    }
}

#[test]
fn what_made_it_lower_is_no_more_than_what_did() {
    let calm = "{'a': 'no', 'b': 'no', 'd': 'no'}";
    // One of two changed answers did.
    assert_eq!(
        compared("{'a': 'yes', 'b': 'no', 'd': 'no'}", "{'a': 'no', 'b': 'yes', 'c': 'no', 'd': 'no'}"),
        "a b c | a"
    );
    // Each of two alone, together, and two together beside a third.
    assert_eq!(
        compared(
            "{'a': 'yes', 'b': 'yes', 'c': 'no', 'd': 'no'}",
            "{'a': 'no', 'b': 'yes', 'c': 'no', 'd': 'no'}"
        ),
        "a | a"
    );
    assert_eq!(compared("{'a': 'yes', 'b': 'yes', 'c': 'no', 'd': 'no'}", calm), "a b c | a b");
    assert_eq!(compared("{'a': 'yes', 'b': 'yes', 'c': 'no', 'd': 'yes'}", calm), "a b c d | a b");
    // As urgent as then, or more: nothing made it lower.
    assert_eq!(compared("{'a': 'yes', 'b': 'no', 'd': 'no'}", "{'a': 'yes', 'b': 'no', 'd': 'no'}"), " | ");
    assert_eq!(compared("{'a': 'yes', 'b': 'no', 'd': 'no'}", "{'a': 'yes', 'b': 'no', 'd': 'yes'}"), "d | ");
    assert_eq!(
        compared("{'a': 'no', 'b': 'no', 'd': 'yes'}", "{'a': 'yes', 'b': 'yes', 'c': 'no', 'd': 'yes'}"),
        "a b c | "
    );
}

#[test]
fn where_each_of_two_answers_is_enough_both_are_named() {
    let q = small::questionnaire(
        "a, type: yes_no
         b, type: yes_no",
        "now: { any: [{ a: yes }, { b: yes }] }",
    );
    let (encounter, earlier) = after(&q, "{'a': 'yes', 'b': 'yes'}", "{'a': 'no', 'b': 'no'}");
    assert_eq!(told(&q, &compare(&q, &encounter, &earlier, Some(4))), "a b | a b");
}

#[test]
fn where_the_questionnaire_made_it_lower_no_answer_is_blamed() {
    let q = questions();
    let (encounter, mut earlier) =
        after(&q, "{'a': 'yes', 'b': 'no', 'd': 'no'}", "{'a': 'no', 'b': 'no', 'd': 'no'}");
    // By the questionnaire of then.
    earlier.level = Some(0);
    assert_eq!(told(&q, &compare(&q, &encounter, &earlier, Some(4))), "a | ");
    // What is not answered yet has not changed, and is no reason.
    let (encounter, earlier) = after(&q, "{'a': 'yes', 'b': 'no', 'd': 'no'}", "{'b': 'no'}");
    assert_eq!(told(&q, &compare(&q, &encounter, &earlier, None)), " | ");
}

#[test]
fn of_a_level_as_urgent_as_then_no_answer_made_it_lower() {
    assert_eq!(compared("{'a': 'no', 'b': 'no', 'd': 'yes'}", "{'a': 'yes', 'b': 'no', 'd': 'yes'}"), "a | ");
}

#[test]
fn what_was_not_asked_then_counts_as_it_is_answered_now_unless_it_is_taken_back_itself() {
    let q = small::questionnaire(
        "x, type: yes_no
         y, type: yes_no
         b, type: yes_no
         c, type: yes_no, ask_if: { b: yes }",
        "today: { any: [{ all: [{ x: yes }, { y: yes }] }, { all: [{ x: yes }, { c: yes }] }] }",
    );
    let (encounter, earlier) =
        after(&q, "{'x': 'yes', 'y': 'yes', 'b': 'no'}", "{'x': 'no', 'y': 'no', 'b': 'yes', 'c': 'yes'}");
    assert_eq!(told(&q, &compare(&q, &encounter, &earlier, Some(4))), "x y b c | x");
}

#[test]
fn what_was_left_out_then_is_no_answer_of_then() {
    let q = small::questionnaire(
        "x, type: yes_no
         c, type: yes_no, optional: true",
        "today: { all: [{ x: yes }, { not: { c: yes } }] }",
    );
    let (encounter, earlier) = after(&q, "{'x': 'yes'}", "{'x': 'yes', 'c': 'yes'}");
    assert_eq!(
        (earlier.level, told(&q, &compare(&q, &encounter, &earlier, Some(4)))),
        (Some(1), "c | c".to_owned())
    );
}
