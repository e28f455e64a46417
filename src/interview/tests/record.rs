//! What an interview notes on the way.

use super::*;
use jiff::civil::date;

fn questions() -> Questionnaire {
    small::questionnaire(
        "page, type: note
         a, type: yes_no
         b, type: yes_no, ask_if: { a: yes }
         words, type: text, optional: true",
        "soon: { b: yes }",
    )
}

#[test]
fn the_first_beginning_counts_and_the_last_end() {
    let questionnaire = questions();
    let mut interview = Interview::new(&questionnaire, Audience::Patient, date(2026, 11, 21));
    let [first, then] = [9, 10].map(|hour| date(2026, 11, 21).at(hour, 30, 0, 0));
    for moment in [first, then] {
        interview.began(moment);
        interview.ended(moment);
    }
    assert_eq!((interview.encounter().began, interview.encounter().ended), (Some(first), Some(then)));
}

#[test]
fn what_was_read_answered_or_left_out_has_been_passed_even_when_it_is_asked_no_more() {
    let questionnaire = questions();
    let mut interview = Interview::new(&questionnaire, Audience::Patient, date(2026, 11, 21));
    let passed = |interview: &Interview| [0, 1, 2, 3].map(|question| interview.has_passed(question));
    assert_eq!(passed(&interview), [false; 4]);
    go_on_telling(&mut interview, "leave -> a\n 'yes' -> b");
    assert_eq!(passed(&interview), [true, true, false, false]);
    go_on_telling(&mut interview, "'no' -> words\n leave -> summary never");
    assert_eq!(passed(&interview), [true; 4]);
    go_on_telling(&mut interview, "open a -> a\n 'no' -> sets aside b\n confirm -> summary never");
    assert_eq!(passed(&interview), [true; 4]);

    let sheet = small::sheet(&questionnaire, "{'a': 'yes'}");
    let sent = Encounter::of_sheet(&questionnaire, Audience::Patient, sheet, date(2026, 11, 21));
    assert_eq!(passed(&Interview::on(&questionnaire, sent)), [false, true, false, false]);
}

#[test]
fn more_is_asked_until_the_last_optional_question_was_left_out() {
    let questionnaire = questions();
    let mut interview = Interview::new(&questionnaire, Audience::Patient, date(2026, 11, 21));
    go_on_telling(&mut interview, "leave -> a\n 'no' -> words");
    assert!(interview.is_finished() && interview.asks_more());
    go_on_telling(&mut interview, "leave -> summary never");
    assert!(!interview.asks_more());
}

#[test]
fn a_question_that_does_not_exist_opens_nothing() {
    let questionnaire = questions();
    let mut interview = Interview::new(&questionnaire, Audience::Patient, date(2026, 11, 21));
    go_on_telling(&mut interview, "leave -> a\n 'no' -> words\n leave -> summary never");
    interview.revisit(questionnaire.questions.len());
    assert_eq!(page(&interview), "summary never");
}

#[test]
fn only_a_question_that_is_asked_can_be_looked_at() {
    let questionnaire = of_four();
    let mut interview = Interview::new(&questionnaire, Audience::Patient, jiff::civil::date(2026, 11, 21));
    interview.by_section();
    // What follows from the first one is not asked yet, and the last one isn't there.
    for question in [1, questionnaire.questions.len(), usize::MAX] {
        interview.look_at(question);
        assert_eq!(page(&interview), "a", "{question}");
    }
    interview.look_at(2);
    assert_eq!(page(&interview), "c");
}
