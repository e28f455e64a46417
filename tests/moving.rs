//! How a person moves from question to question: on, back, and from the lists of answers.

mod support;

use std::time::Duration;

use redflag::answers::{Answer, Facts};
use redflag::interview::Stage;
use redflag::questionnaire::{Audience, OptionSet};
use support::{BACK_PAIN, DOLOR_DE_ESPALDA, Person, USUAL};

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
    person.press("n Enter");
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
fn left_never_leaves_the_body_map_and_goes_back_where_it_moves_nothing_else() {
    let mut person = Person::patient((40, 12));
    person.reach("sites", &[]);
    person.press("Left Left 3");
    assert_eq!(
        (person.question(), person.app.draft.ticked),
        ("sites", OptionSet::one(2)),
        "without the figure"
    );
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
    person.press("type:400 Enter");
    assert_eq!(person.question(), "age", "not taken");
    person.press("Esc");
    assert_eq!(person.question(), "limb_signs");
    person.press("Enter");
    assert_eq!(person.app.draft.field.text(), "400");
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
fn from_a_summary_asked_for_early_c_goes_on_where_it_was_left() {
    let mut person = at("age");
    person.press("type:6 ctrl-c Down Enter");
    assert_eq!(person.app.interview.stage(), &Stage::Summary);
    person.press("c");
    assert_eq!((person.question(), person.app.draft.field.text()), ("age", "6"));
    let mut person = Person::patient(USUAL);
    person.press("ctrl-c Down Enter Esc");
    person.must_see("There are no answers yet.");
    assert_eq!(person.app.interview.stage(), &Stage::Summary);
}

/// Esc once led from the result into the last question, a text, and the letters typed next were its answer.
#[test]
fn esc_on_the_summary_opens_the_answers_and_nothing_typed_then_lands_in_a_text() {
    let mut person = Person::patient(USUAL);
    person.reach_summary(&[]);
    person.press("Right Esc");
    assert_eq!(person.app.interview.stage(), &Stage::Summary, "first to its first page");
    let sheet = person.app.interview.sheet().clone();
    person.press("Esc");
    assert_eq!(person.app.interview.stage(), &Stage::Review);
    person.must_see("Your answers so far");
    person.press("s y e x v 1 5");
    assert_eq!((person.app.interview.stage(), person.app.interview.sheet()), (&Stage::Review, &sheet));
    person.press("Esc");
    assert_eq!(person.app.interview.stage(), &Stage::Summary);
    assert_eq!(*person.app.interview.sheet(), sheet);
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
    person.must_see("(•) 2 Only a few steps");
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
    person.press("F3 End Enter");
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
    person.press("n Enter");
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
    for (keys, shown) in [("Down Enter", "(•) y Yes"), ("Esc", "(•) n No")] {
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
    person.press("Esc n Enter");
    assert!(matches!(person.app.interview.stage(), Stage::Lowering { .. }));
    person.must_see("less urgent");
    assert!(person.cursor_line().contains("Keep my earlier answer"));
    person.press("Enter");
    assert_eq!(person.question(), "emergency_now");
    assert_eq!(person.app.draft.ticked, OptionSet::one(0));
    person.press("n Enter Up Enter");
    assert_eq!(person.question(), "saddle_signs");
}

#[test]
fn a_second_key_within_150_ms_does_not_answer_the_next_question() {
    let mut person = at("emergency_now");
    person.press("n");
    person.wait(ms(500));
    person.key("Enter");
    assert_eq!(person.question(), "saddle_signs");
    person.wait(ms(149));
    person.key("n");
    assert_eq!(person.app.draft.ticked, OptionSet::EMPTY);
    person.must_see("Too fast: some keys were ignored.");
    // Nor what was typed behind it, until there is a pause.
    person.wait(ms(1000));
    person.key("n");
    assert_eq!(person.app.draft.ticked, OptionSet::EMPTY);
    person.wait(ms(1200));
    person.must_see("Some keys were ignored. Go on from here.");
    person.press("n Enter");
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
        person.wait(ms(1200));
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
        person.wait(ms(1200));
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
    person.wait(ms(1200));
    let effect = person.press("Enter");
    assert!(matches!(effect, redflag::tui::app::Effect::Save { replace: true, .. }));
}

/// Enter did nothing without a word, and the question whether to leave covered what to say on the phone.
#[test]
fn an_alert_says_what_was_answered_what_enter_would_need_and_how_to_take_a_mistake_back() {
    let mut person = Person::patient(USUAL);
    person.press("Enter 1 Enter");
    person.must_see("You answered: Very ill");
    person.must_see("Esc That was a mistake");
    let stage = person.app.interview.stage().clone();
    assert!(matches!(stage, Stage::Alert { .. }));
    person.press("Enter");
    person.must_see("Press a when you have called");
    person.press("Enter");
    assert_eq!(*person.app.interview.stage(), stage);
    for key in ["q", "ctrl-c"] {
        person.press(key);
        person.must_see("1 Stay");
        for words in ["GET EMERGENCY HELP NOW", "Call your local emergency number", "Say on the phone"] {
            person.must_see(words);
        }
        person.press("Esc");
    }
    person.press("Esc");
    assert_eq!((person.question(), person.app.draft.ticked), ("emergency_now", OptionSet::one(0)));

    for (questionnaire, words) in
        [(&*BACK_PAIN, "Call your local emergency number"), (&*DOLOR_DE_ESPALDA, "Llame")]
    {
        let mut person = Person::new(questionnaire, Audience::Patient, (40, 12));
        person.press("Enter 1 Enter");
        person.wait(ms(2000));
        person.press("q");
        person.must_see("1 ");
        person.must_see(words);
    }
}

#[test]
fn the_bottom_line_keeps_enter_and_esc_at_every_width_and_in_every_language() {
    for questionnaire in [&*BACK_PAIN, &*DOLOR_DE_ESPALDA] {
        for width in [40, 48, 60, 79, 80, 120] {
            let mut person = Person::new(questionnaire, Audience::Patient, (width, 14));
            let mut seen = 0;
            person.press("Enter");
            while !matches!(person.app.interview.stage(), Stage::Summary) {
                let screen = person.screen();
                let bottom = screen.lines().rfind(|line| !line.trim().is_empty()).unwrap_or_default();
                assert!(bottom.contains("Enter") && bottom.contains("Esc"), "{width}: {bottom}");
                seen += 1;
                person.step(&[]);
            }
            assert!(seen > 20);
            let screen = person.screen();
            let bottom = screen.lines().rfind(|line| !line.trim().is_empty()).unwrap_or_default();
            assert!(bottom.contains("s ") && bottom.contains("Esc"), "{width}: {bottom}");
        }
    }
}
