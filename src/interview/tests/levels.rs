//! Alerts, and levels that go down.

use super::*;

#[test]
fn a_level_that_interrupts_does_so_once_and_again_after_it_went_down() {
    let questionnaire = of_four();
    let mut interview = Interview::new(&questionnaire, Audience::Patient, jiff::civil::date(2026, 11, 21));
    go_on_telling(
        &mut interview,
        "'yes'   -> b
         'yes'   -> alert now
         back    -> b
         'yes'   -> c
         back    -> b",
    );
    assert_eq!(interview.alerted(), Some(0));
    go_on_telling(&mut interview, "'no' -> from now to nothing\n decline -> b\n 'no' -> from now to nothing");
    assert_eq!((interview.alerted(), interview.lowered().len()), (Some(0), 0));
    go_on_telling(&mut interview, "confirm -> c");
    assert_eq!((interview.alerted(), interview.lowered().len()), (None, 1));
    go_on_telling(
        &mut interview,
        "back    -> b
         'yes'   -> alert now
         go on   -> c",
    );
    assert_eq!(interview.alerted(), Some(0));
}

#[test]
fn the_first_answers_to_questions_never_ask_whether_a_level_may_go_down() {
    // After the lowered alert every answer makes the possible level less urgent. Nothing of that was shown.
    tell(
        &of_four(),
        "'yes'   -> b
         'yes'   -> alert now
         go on   -> c
         back    -> b
         'no'    -> from now to nothing
         confirm -> c
         'no'    -> d
         'no'    -> summary never",
    );
}

#[test]
fn a_summary_so_far_shows_only_what_is_certain_and_that_goes_down_only_with_a_confirmation() {
    let questionnaire = of_four();
    let mut interview = Interview::new(&questionnaire, Audience::Patient, jiff::civil::date(2026, 11, 21));
    go_on_telling(
        &mut interview,
        "'no'    -> c
         'yes'   -> d
         finish  -> summary so far soon
         open c  -> c
         'no'    -> from soon to nothing
         confirm -> summary so far never
         resume  -> d
         'yes'   -> summary later
         open d  -> d
         'no'    -> from later to never
         back    -> d
         back    -> summary later",
    );
    let lowered = interview.lowered();
    assert_eq!(lowered.len(), 1);
    assert_eq!((lowered[0].question, lowered[0].from, lowered[0].to), (2, 2, None));
    assert_eq!((&lowered[0].old, &lowered[0].new), (&Some(Answer::option(1)), &Some(Answer::option(0))));
}

#[test]
fn a_level_shown_because_of_doubts_goes_down_only_with_a_confirmation_too() {
    tell(
        &of_four(),
        "'unsure' -> c
         'no'     -> d
         'no'     -> offer 1
         leave it -> summary today
         open a   -> a
         'no'     -> from today to never
         confirm  -> summary never",
    );
}

#[test]
fn with_only_optional_questions_open_the_summary_is_final_and_its_level_protected() {
    let questionnaire = small::questionnaire(
        "a, type: yes_no, unsure: true
         words, type: text, optional: true",
        "now: { a: yes }",
    );
    let mut interview = Interview::new(&questionnaire, Audience::Patient, jiff::civil::date(2026, 11, 21));
    go_on_telling(&mut interview, "'unsure' -> words\n finish -> summary today");
    assert!(interview.is_finished());
    go_on_telling(
        &mut interview,
        "open a -> a
         'no'   -> from today to never
         decline -> a
         back -> summary today
         resume -> words
         leave -> summary today",
    );
}

#[test]
fn the_alert_is_known_to_stand_only_while_its_level_is_certain() {
    let questionnaire = small::with_policy(
        "{ counts_as: same_level, at_least: later }",
        "a, type: yes_no, unsure: true
         b, type: yes_no",
        "now: { a: yes }",
    );
    let mut interview = Interview::new(&questionnaire, Audience::Patient, jiff::civil::date(2026, 11, 21));
    go_on_telling(
        &mut interview,
        "'yes'    -> alert now
         go on    -> b
         'no'     -> summary now
         open a   -> a
         'unsure' -> offer 1
         leave it -> summary now",
    );
    assert_eq!((interview.alerted(), interview.lowered().len()), (None, 0));
    go_on_telling(&mut interview, "open a -> a\n 'yes' -> alert now");
}

#[test]
fn an_alert_is_never_less_urgent_than_what_doubts_make_the_level() {
    let mut questionnaire = small::with_policy(
        "{ counts_as: same_level, at_least: later }",
        "a, type: yes_no, unsure: true
         b, type: yes_no",
        "now: { a: yes }
         today: { b: yes }",
    );
    questionnaire.levels[1].interrupt = true;
    tell(
        &questionnaire,
        "'unsure' -> b
         'no'     -> offer 1
         leave it -> summary now
         open b   -> b
         'yes'    -> alert now
         go on    -> summary now",
    );
}

#[test]
fn an_alert_comes_again_when_something_more_urgent_becomes_certain_and_not_for_anything_less() {
    let mut questionnaire = of_four();
    questionnaire.levels[2].interrupt = true;
    tell(
        &questionnaire,
        "'yes'  -> b
         leave  -> c
         'yes'  -> alert soon
         back   -> c
         back   -> b
         'yes'  -> alert now
         go on  -> c
         'yes'  -> d
         'yes'  -> summary now",
    );
}

#[test]
fn before_the_end_the_level_that_stays_certain_is_told_as_the_lower_one() {
    tell(
        &of_four(),
        "'yes'   -> b
         'yes'   -> alert now
         go on   -> c
         'yes'   -> d
         review  -> review
         open b  -> b
         'no'    -> from now to soon
         confirm -> review",
    );
}

#[test]
fn a_change_that_sets_answers_aside_and_lowers_the_level_asks_for_both() {
    let questionnaire = of_four();
    let mut interview = Interview::new(&questionnaire, Audience::Patient, jiff::civil::date(2026, 11, 21));
    go_on_telling(
        &mut interview,
        "'yes'   -> b
         'yes'   -> alert now
         go on   -> c
         'no'    -> d
         'no'    -> summary now
         open a  -> a
         'no'    -> sets aside b
         confirm -> from now to never
         confirm -> summary never",
    );
    let lowered = interview.lowered();
    assert_eq!((lowered.len(), lowered[0].question, lowered[0].to), (1, 0, Some(4)));
}
