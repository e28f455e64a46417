//! Forward, back, to single answers and to what is still open.

use super::*;

fn of_follow_ups() -> Questionnaire {
    small::questionnaire(
        "a, type: yes_no
         b, type: yes_no, ask_if: { a: yes }
         c, type: yes_no, ask_if: { a: yes }
         d, type: yes_no
         e, type: yes_no, ask_if: { b: yes }
         f, type: yes_no",
        "soon: { f: yes }",
    )
}

#[test]
fn questions_come_in_order_and_back_leads_through_them_with_their_answers() {
    tell(
        &of_four(),
        "start      -> a
         first back -> a
         'no'       -> c
         back       -> a
         'no'       -> c
         'no'       -> d
         'no'       -> summary never
         back       -> d
         back       -> c
         back       -> a
         first back -> a",
    );
}

#[test]
fn answers_that_no_longer_apply_are_listed_first_and_come_back_with_their_branch() {
    let questionnaire = of_four();
    let mut interview = Interview::new(&questionnaire, Audience::Patient, jiff::civil::date(2026, 11, 21));
    go_on_telling(
        &mut interview,
        "'yes'  -> b
         'no'   -> c
         'no'   -> d
         'no'   -> summary never
         open a -> a
         'no'   -> sets aside b
         decline -> a
         'no'   -> sets aside b
         confirm -> summary never",
    );
    assert_eq!(interview.asked(), [0, 2, 3]);
    go_on_telling(&mut interview, "open b -> summary never\n open a -> a\n 'yes' -> summary never");
    assert_eq!(interview.asked(), [0, 1, 2, 3]);
}

#[test]
fn an_answer_that_still_counts_can_be_opened_though_its_question_would_not_be_asked_now() {
    let questionnaire = of_four();
    let mut interview = Interview::new(&questionnaire, Audience::Patient, jiff::civil::date(2026, 11, 21));
    go_on_telling(
        &mut interview,
        "'yes'    -> b
         'no'     -> c
         'no'     -> d
         'no'     -> summary never
         open a   -> a
         'unsure' -> summary never",
    );
    assert_eq!(interview.asked(), [0, 1, 2, 3]);
    go_on_telling(&mut interview, "open b -> b\n 'yes' -> alert now");
}

#[test]
fn follow_ups_of_an_edit_are_asked_before_returning() {
    tell(
        &of_follow_ups(),
        "'no'   -> d
         'no'   -> f
         'no'   -> summary never
         open a -> a
         'yes'  -> b
         'yes'  -> c
         'no'   -> e
         'no'   -> summary never",
    );
}

#[test]
fn back_and_forward_lead_through_the_follow_ups_too() {
    tell(
        &of_follow_ups(),
        "'no'   -> d
         'no'   -> f
         'no'   -> summary never
         open a -> a
         'yes'  -> b
         'yes'  -> c
         'no'   -> e
         back   -> c
         back   -> b
         back   -> a
         'yes'  -> b
         'yes'  -> c
         'no'   -> e
         'no'   -> summary never",
    );
}

#[test]
fn the_review_returns_to_where_it_was_opened() {
    tell(
        &of_follow_ups(),
        "'no'   -> d
         review -> review
         back   -> d
         review -> review
         open a -> a
         'yes'  -> b
         review -> review
         back   -> d
         'no'   -> f
         review -> review
         back   -> f",
    );
}

#[test]
fn the_review_opened_from_a_follow_up_returns_to_it() {
    tell(
        &of_follow_ups(),
        "'no'   -> d
         'no'   -> f
         'no'   -> summary never
         open a -> a
         'yes'  -> b
         review -> review
         open d -> d
         'yes'  -> review
         back   -> b
         'no'   -> c
         'no'   -> summary never",
    );
}

#[test]
fn from_the_review_only_follow_ups_that_would_not_come_anyway_are_asked_at_once() {
    tell(
        &of_follow_ups(),
        "'yes'  -> b
         'no'   -> c
         'no'   -> d
         review -> review
         open b -> b
         'yes'  -> review
         back   -> d
         'no'   -> e
         'no'   -> f",
    );
}

#[test]
fn questions_left_open_behind_are_asked_alone_in_the_end() {
    tell(
        &of_follow_ups(),
        "'no'   -> d
         review -> review
         open a -> a
         'yes'  -> b
         back   -> a
         back   -> review
         back   -> d
         'no'   -> f
         'no'   -> b
         'yes'  -> c
         'no'   -> e
         'no'   -> summary never",
    );
}

#[test]
fn from_a_summary_so_far_the_open_questions_are_asked_and_back_returns_there() {
    tell(
        &of_follow_ups(),
        "'yes'  -> b
         finish -> summary so far never
         resume -> b
         back   -> summary so far never
         back   -> a
         'yes'  -> b
         'yes'  -> c
         finish -> summary so far never
         resume -> c
         'no'   -> d
         'no'   -> e
         back   -> d
         back   -> c
         'no'   -> d
         'no'   -> e
         'no'   -> f
         'no'   -> summary never",
    );
}

#[test]
fn from_a_summary_asked_for_early_back_returns_to_the_question_that_was_left() {
    tell(
        &of_follow_ups(),
        "'yes'  -> b
         finish -> summary so far never
         back   -> b
         back   -> a
         finish -> summary so far never
         back   -> a",
    );
}

#[test]
fn a_summary_before_the_first_answer_leads_back_to_the_first_question() {
    tell(&of_follow_ups(), "finish -> summary so far never\n back -> a\n first back -> a");
}

#[test]
fn an_alert_on_a_follow_up_goes_on_with_what_is_left_of_the_edit() {
    tell(
        &small::questionnaire(
            "a, type: yes_no
             b, type: yes_no, ask_if: { a: yes }
             c, type: yes_no, ask_if: { a: yes }",
            "now: { b: yes }",
        ),
        "'no'   -> summary never
         open a -> a
         'yes'  -> b
         'yes'  -> alert now
         back   -> b
         'yes'  -> c
         back   -> b
         back   -> a
         'no'   -> sets aside b
         confirm -> from now to never
         confirm -> summary never
         open a -> a
         'yes'  -> alert now
         go on  -> c
         'no'   -> summary now",
    );
}

#[test]
fn pages_are_read_and_optional_questions_left_out_only_once() {
    tell(
        &small::questionnaire(
            "page, type: note
             words, type: text, optional: true
             a, type: yes_no, unsure: true",
            "soon: { a: yes }",
        ),
        "start  -> page
         leave  -> words
         '   '  -> a
         back   -> words
         back   -> page
         leave  -> words
         'some' -> a
         back   -> words
         leave  -> a
         leave  -> offer 1
         leave it -> summary later",
    );
}

#[test]
fn a_question_that_needs_an_answer_stays_without_one() {
    let questionnaire = small::questionnaire("words, type: text\n a, type: yes_no", "soon: { a: yes }");
    let mut interview = Interview::new(&questionnaire, Audience::Patient, jiff::civil::date(2026, 11, 21));
    for answer in [None, Some(Answer::Text(" \t".to_owned()))] {
        assert_eq!(interview.answer(answer), Err(Refusal::NeedsAnAnswer));
        assert_eq!(interview.stage(), &Stage::Asking(0));
    }
    assert!(interview.answer(Some(Answer::option(0))).is_err());
    assert!(interview.sheet().get(0).is_none());
}

#[test]
fn with_nothing_to_ask_there_is_only_the_summary() {
    let mut questionnaire = small::questionnaire("a, type: yes_no", "soon: { a: yes }");
    questionnaire.sections[0].audience = Some(Audience::Clinician);
    tell(
        &questionnaire,
        "start -> summary never
         first back -> summary never
         open a -> summary never
         resume -> summary never
         review -> review
         open a -> review
         resume -> review
         back -> summary never",
    );
}

#[test]
fn only_the_last_answer_opened_from_a_list_returns_there() {
    let questionnaire = of_follow_ups();
    let mut interview = Interview::new(&questionnaire, Audience::Patient, jiff::civil::date(2026, 11, 21));
    let mut returns = |story: &str| {
        go_on_telling(&mut interview, story);
        interview.returns_to_list()
    };
    assert!(!returns("start -> a"));
    assert!(!returns("'no' -> d\n 'no' -> f\n 'no' -> summary never\n back -> f"), "it was not opened");
    assert!(returns("'no' -> summary never\n open d -> d"));
    assert!(!returns("'no' -> summary never\n open a -> a\n 'yes' -> b"), "it has no answer yet");
    assert!(!returns("back -> a"), "another follows");
    assert!(!returns("'yes' -> b\n 'no' -> c"), "it has no answer yet");
    assert!(!returns("back -> b"), "another follows");
    assert!(returns("'no' -> c\n 'no' -> summary never\n open c -> c"));
    assert!(!returns("'no' -> summary never"), "this is no question");
}

#[test]
fn one_turns_only_to_what_is_on_the_page_and_only_from_a_question() {
    let questionnaire = of_four();
    let mut interview = Interview::new(&questionnaire, Audience::Patient, jiff::civil::date(2026, 11, 21));
    interview.turn_to(2);
    go_on_telling(&mut interview, "start -> a\n 'yes' -> b\n 'yes' -> alert now");
    interview.turn_to(1);
    assert_eq!(page(&interview), "alert now");
}
