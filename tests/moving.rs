//! How a person moves from question to question: on, back, and from the lists of answers.

mod support;

use std::time::Duration;

use redflag::answers::{Answer, Facts};
use redflag::interview::Stage;
use redflag::questionnaire::OptionSet;
use support::{Person, USUAL};

fn ms(milliseconds: u64) -> Duration {
    Duration::from_millis(milliseconds)
}

/// The answer that counts for a question.
fn answer(person: &Person, id: &str) -> Option<Answer> {
    let index = person.app.questionnaire().question_index(id).unwrap();
    person.app.interview.sheet().get(index).cloned()
}

fn at(id: &str) -> Person<'static> {
    let mut person = Person::patient(USUAL);
    person.reach(id, &[]);
    person
}

fn at_small(id: &str) -> Person<'static> {
    let mut person = Person::with_small(USUAL);
    person.reach(id, &[]);
    person
}

#[test]
fn enter_goes_on() {
    let mut person = at("emergency_now");
    person.press("0 Enter");
    assert_eq!(person.question(), "saddle_signs");
}

#[test]
fn esc_goes_back_one_question_and_keeps_what_was_typed() {
    let mut person = at("age");
    person.press("type:6 Esc");
    assert_eq!(person.question(), "limb_signs");
    person.press("Enter");
    assert_eq!((person.question(), person.app.draft.field.text()), ("age", "6"));
    person.press("type:4 Enter");
    assert_eq!(answer(&person, "age"), Some(Answer::Number(64.0)));
}

#[test]
fn left_goes_back_where_it_moves_nothing_else() {
    for id in ["saddle_signs", "sex", "cannot_stand"] {
        let mut person = at(id);
        person.press("Left");
        assert_ne!(person.question(), id);
    }
    for id in ["sites", "severity", "age"] {
        let mut person = at(id);
        person.press("Left");
        assert_eq!(person.question(), id);
    }
}

#[test]
fn going_back_is_never_blocked_by_a_mistake() {
    let mut person = at("age");
    person.press("type:4x Enter");
    assert_eq!(person.question(), "age", "not taken");
    person.press("Esc");
    assert_eq!(person.question(), "limb_signs");
    person.press("Enter");
    assert_eq!(person.app.draft.field.text(), "4x");
}

#[test]
fn going_back_is_never_blocked_by_what_lies_on_top() {
    for key in ["w", "?", "r", "q", "ctrl-c"] {
        let mut person = at("sex");
        person.press(key);
        assert!(!person.sees("Intersex"), "{key} opens something");
        person.press("Esc");
        person.must_see("Intersex");
        assert_eq!(person.question(), "sex", "{key}");
    }
}

#[test]
fn going_on_is_blocked_until_something_is_answered() {
    for id in ["emergency_now", "sex", "age", "sites", "severity", "cannot_stand"] {
        let mut person = at(id);
        let before = person.screen();
        person.press("Enter");
        assert_eq!(person.question(), id);
        assert_ne!(person.screen(), before, "{id}: it says why");
    }
}

#[test]
fn back_on_the_first_question_explains_and_does_not_quit() {
    let mut person = at("emergency_now");
    person.press("3 Esc Esc Left");
    assert_eq!(person.question(), "emergency_now");
    person.must_see("[x] 3");
    person.must_see("This is the first question. Ctrl-C leaves.");
}

#[test]
fn back_from_the_summary_goes_to_the_question_that_was_left_for_it() {
    let mut person = at("age");
    person.press("type:6 ctrl-c Down Enter");
    assert_eq!(person.app.interview.stage(), &Stage::Summary);
    person.press("Esc");
    assert_eq!((person.question(), person.app.draft.field.text()), ("age", "6"));

    let mut person = Person::patient(USUAL);
    person.press("ctrl-c Down Enter Esc");
    assert_eq!(person.question(), "emergency_now", "also where nothing was answered");

    let mut person = Person::patient(USUAL);
    person.reach_summary(&[]);
    person.press("Right Esc");
    assert_eq!(person.app.interview.stage(), &Stage::Summary, "first to its first page");
    person.press("Esc");
    assert_eq!(person.question(), "notes");
}

#[test]
fn an_answer_opened_from_the_review_returns_there() {
    let mut person = at("cannot_stand");
    person.press("2 r");
    assert_eq!(person.app.interview.stage(), &Stage::Review);
    person.press("End Up Enter");
    assert_eq!(person.question(), "duration");
    person.press("2 Enter");
    assert_eq!(person.app.interview.stage(), &Stage::Review);
    assert!(person.cursor_line().contains("How long have you had this pain?"), "at the same line");
    person.press("Esc");
    assert_eq!(person.question(), "cannot_stand");
    person.must_see("(•) 2 Yes");
}

#[test]
fn an_answer_opened_from_the_summary_returns_there() {
    let mut person = Person::patient(USUAL);
    person.reach_summary(&[]);
    person.press("e Down Down Enter");
    assert_eq!(person.question(), "limb_signs");
    person.press("Enter");
    assert_eq!(person.app.interview.stage(), &Stage::Summary);
    person.press("e");
    assert!(person.cursor_line().contains("legs, arms or body"), "at the same line");
    person.press("Enter Esc");
    assert_eq!(person.app.interview.stage(), &Stage::Summary, "also unchanged");
}

#[test]
fn an_answer_opened_from_a_list_is_the_one_that_counts() {
    let mut person = at("sex");
    person.press("1 Enter Esc 2 Esc");
    assert_eq!(person.question(), "age");
    person.press("r End Enter");
    assert_eq!(person.question(), "sex");
    person.must_see("(•) 1 Female");
}

#[test]
fn questions_that_a_changed_answer_brings_up_are_asked_before_going_back() {
    let mut person = Person::patient(USUAL);
    person.reach_summary(&[("sex", "2 Enter"), ("age", "type:30 Enter")]);
    person.press("e Down Down Down Down Enter");
    assert_eq!(person.question(), "sex");
    person.press("1 Enter");
    // Answers for men are given up, so this is asked first.
    person.must_see("these answers no longer apply");
    person.press("Enter");
    assert_eq!(person.question(), "pregnant");
    person.press("1 Enter");
    assert_eq!(person.question(), "clues_women");
    person.press("0 Enter");
    assert_eq!(person.app.interview.stage(), &Stage::Summary);
}

#[test]
fn answers_that_no_longer_apply_are_listed_before_they_are_set_aside() {
    let mut person = at_small("cancer_history");
    person.press("2 Enter 2 Enter Esc Esc");
    assert_eq!(person.question(), "cancer_history");
    person.press("1 Enter");
    assert!(matches!(person.app.interview.stage(), Stage::SettingAside { .. }));
    person.must_see("Of which kind? Of the blood");
    assert!(person.cursor_line().contains("Change my answer"));
    person.press("Enter");
    assert_eq!(person.question(), "words");
    let person_and_facts = |person: &Person| {
        let kind = person.app.questionnaire().question_index("kind").unwrap();
        let interview = &person.app.interview;
        let facts = Facts::of(interview.questionnaire(), interview.audience(), interview.sheet());
        facts.answer(kind).cloned()
    };
    assert_eq!(person_and_facts(&person), None, "it counts for nothing");
    person.press("F3");
    assert!(!person.sees("Of the blood"));
    person.press("Esc Esc 2 Enter");
    assert_eq!(person_and_facts(&person), Some(Answer::option(1)), "and comes back with the branch");
    person.must_see("(•) 2 Of the blood");
}

#[test]
fn keeping_the_earlier_answer_shows_it_and_esc_shows_the_new_one() {
    for (keys, shown) in [("Down Enter", "(•) 2 Yes"), ("Esc", "(•) 1 No")] {
        let mut person = at_small("cancer_history");
        person.press("2 Enter 2 Enter Esc Esc 1 Enter");
        person.press(keys);
        assert_eq!(person.question(), "cancer_history");
        person.must_see(shown);
        assert_eq!(answer(&person, "cancer_history"), Some(Answer::option(1)), "nothing was taken");
    }
}

#[test]
fn a_change_that_lowers_a_level_that_was_shown_asks_with_keeping_preselected() {
    let mut person = Person::patient(USUAL);
    person.press("Enter 1 Enter");
    assert!(matches!(person.app.interview.stage(), Stage::Alert { .. }));
    person.press("Esc 0 Enter");
    assert!(matches!(person.app.interview.stage(), Stage::Lowering { .. }));
    person.must_see("less urgent");
    assert!(person.cursor_line().contains("Keep my earlier answer"));
    person.press("Enter");
    assert_eq!(person.question(), "emergency_now");
    assert_eq!(person.app.draft.ticked, OptionSet::one(0));
    person.press("0 Enter Up Enter");
    assert_eq!(person.question(), "saddle_signs");
}

#[test]
fn a_second_key_within_150_ms_does_not_answer_the_next_question() {
    let mut person = at("emergency_now");
    person.press("0 Enter");
    assert_eq!(person.question(), "saddle_signs");
    // What is chosen can be seen and undone; going on has to wait.
    person.key("0");
    person.wait(ms(149));
    person.key("Enter");
    assert_eq!(person.question(), "saddle_signs");
    person.wait(ms(150));
    person.key("Enter");
    assert_eq!(person.question(), "limb_signs");
}

#[test]
fn a_key_that_comes_twice_leaves_what_it_opened() {
    for key in ["w", "?"] {
        let mut person = at("sex");
        person.press(key);
        person.wait(ms(60));
        person.key(key);
        assert!(!person.sees("Intersex"), "{key} again is too soon");
        person.press(key);
        person.must_see("Intersex");
    }
}

#[test]
fn a_key_held_down_never_skips_a_question() {
    for key in ["Enter", "Esc", "Left"] {
        let mut person = at("sex");
        person.press("1 Enter Esc Esc Esc");
        assert_eq!(person.question(), "limb_signs");
        let neighbour = if key == "Enter" { "age" } else { "saddle_signs" };
        person.wait(ms(2000));
        person.key(key);
        // The delay before the first repeat, as keyboards have it.
        for delay in std::iter::once(500).chain([33; 100]) {
            person.wait(ms(delay));
            person.key(key);
            assert_eq!(person.question(), neighbour, "{key} held down");
        }
        person.press(key);
        assert_ne!(person.question(), neighbour, "{key} released and pressed again");
    }
}

#[test]
fn a_key_pressed_again_and_again_goes_one_question_each_time() {
    let mut person = at("sites");
    for _ in 0..5 {
        person.wait(ms(200));
        person.key("Esc");
    }
    person.wait(ms(200));
    assert_eq!(person.question(), "age");
    for (key, question) in [("Enter", "sex"), ("Enter", "pregnant"), ("3", "pregnant")] {
        person.wait(ms(180));
        person.key(key);
        person.wait(ms(121));
        assert_eq!(person.question(), question);
    }
}

#[test]
fn a_key_held_down_does_not_replace_a_file() {
    let mut person = Person::patient(USUAL);
    person.reach_summary(&[]);
    person.press("s Enter");
    person.saved(Err(redflag::save::SaveProblem::Exists));
    for _ in 0..20 {
        person.wait(ms(33));
        assert_eq!(person.key("Enter"), redflag::tui::app::Effect::None);
    }
    let effect = person.press("Enter");
    assert!(matches!(effect, redflag::tui::app::Effect::Save { replace: true, .. }));
}
