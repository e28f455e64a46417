//! Whatever the time between keys, what is recorded is what was typed, or the program says that keys were not taken
//! and is where it was.

#[allow(dead_code, reason = "the other ways are for others")]
mod script;
mod support;

use std::sync::LazyLock;
use std::time::Duration;

use crossterm::event::{Event, KeyCode};
use redflag::answers::{Answer, Sheet};
use redflag::interview::Stage;
use redflag::questionnaire::OptionSet;
use redflag::tui::app::Effect;
use redflag::tui::keys::Mode;
use script::dice::Dice;
use script::ways::{Ways, questionnaire};
use script::{Script, Step, scripts};
use support::{Person, Stroke, USUAL};

const LOST: &str = "Too fast: some keys were ignored.";

/// A script that was played with a pause before each key.
struct Played {
    script: Script,
    strokes: Vec<Stroke>,
    /// Where it led, and what is recorded then.
    end: (Stage, Sheet),
}

static PLAYED: LazyLock<Vec<Played>> = LazyLock::new(|| {
    let slowly = |script: Script| {
        let mut ways = Ways::new(questionnaire(&script.questionnaire).0, script.audience);
        script.steps.iter().for_each(|step| ways.step(step));
        Played { script, strokes: ways.person.strokes.clone(), end: ways.person.state() }
    };
    scripts().into_iter().map(slowly).collect()
});

fn is_digit(stroke: &Stroke) -> bool {
    matches!(stroke.event, Event::Key(key) if matches!(key.code, KeyCode::Char('0'..='9')))
}

/// The same keys once more, after the time that `apart` gives before each.
fn hold_the_law(Played { script, strokes, end }: &Played, mut apart: impl FnMut() -> u64) -> bool {
    let mut person = Person::new(questionnaire(&script.questionnaire).0, script.audience, USUAL);
    let mut lost = None;
    for (at, stroke) in strokes.iter().enumerate() {
        // Two digits of a scale are one number without a pause.
        let one_number =
            at > 0 && stroke.mode == Mode::Scale && is_digit(stroke) && is_digit(&strokes[at - 1]);
        let most = if one_number { 800 } else { 1000 };
        person.wait(Duration::from_millis(apart().min(most)));
        let effect = person.event(&stroke.event);
        if lost.is_none() && person.sees(LOST) {
            let state = person.state();
            // A key that waited to be told from one held down may be lost with it, and between them keys that do nothing.
            let was: Vec<_> =
                strokes[at.saturating_sub(3)..=at].iter().map(|stroke| &stroke.before).collect();
            assert!(was.contains(&&state), "{}: key {at} is lost, and it is not where it was", script.name);
            lost = Some(state);
        }
        match &lost {
            // Leaving is always possible.
            Some(_) if matches!(effect, Effect::Leave(_)) => return true,
            Some(state) => {
                assert_eq!(*state, person.state(), "{}: key {at}, after a lost one, is taken", script.name);
                person.must_see(LOST);
            }
            None => {}
        }
    }
    if lost.is_none() {
        person.wait(Duration::from_secs(2));
        assert_eq!(person.state(), *end, "{}: something else is recorded", script.name);
    }
    lost.is_some()
}

#[test]
fn at_every_even_pace_what_is_recorded_is_what_was_typed_or_the_loss_is_said() {
    for played in PLAYED.iter() {
        for pace in [0, 20, 60, 100, 149] {
            let is_lost = hold_the_law(played, || pace);
            assert!(is_lost || played.strokes.len() < 3, "{} at {pace} ms", played.script.name);
        }
    }
}

#[test]
fn at_a_human_pace_nothing_is_lost() {
    let has_none_wrong =
        |played: &&Played| !played.script.steps.iter().any(|step| matches!(step, Step::Wrong(..)));
    for (number, played) in PLAYED.iter().filter(has_none_wrong).enumerate() {
        let pace = [400, 999][number % 2];
        assert!(!hold_the_law(played, || pace), "{} at {pace} ms", played.script.name);
    }
}

#[test]
fn in_bursts_as_a_slow_line_delivers_them_the_law_holds_too() {
    let mut lost = 0;
    for (number, played) in PLAYED.iter().enumerate() {
        for round in 0..3 {
            let mut dice = Dice::new(number as u64 * 16 + round);
            // Some rounds go far before the first burst.
            let risk = [3, 30, 200][round as usize];
            lost += usize::from(hold_the_law(played, || match dice.below(risk) {
                0 => 0,
                1 => 100,
                _ => [151, 200, 400, 700, 999, 1000][dice.below(6)],
            }));
        }
    }
    assert!(lost > 10, "bursts came");
}

/// The digits meant for the next question once landed on this one: `Enter 0 Enter 0 Enter 6 Enter` in one write
/// ticked a leg suddenly cold and pale, and numbness ticked with 1 was replaced by "None of these".
#[test]
fn keys_typed_ahead_in_one_write_never_answer_a_question_that_nobody_has_seen() {
    let mut person = Person::patient(USUAL);
    for key in ["Enter", "n", "Enter", "n", "Enter", "6", "Enter"] {
        person.key(key);
    }
    assert_eq!((person.question(), person.app.draft.ticked.len()), ("emergency_now", 0));
    person.must_see(LOST);
    person.wait(Duration::from_secs(2));
    person.press("n Enter");
    person.wait(Duration::from_secs(1));
    for key in ["1", "Enter", "n"] {
        person.key(key);
    }
    person.must_see(LOST);
    person.wait(Duration::from_millis(500));
    person.key("Enter");
    assert!(!matches!(person.app.interview.stage(), Stage::Summary));
    let numb = person.app.questionnaire().question_index("saddle_signs").expect("a question");
    let answer = person.app.interview.sheet().get(numb).map(Answer::ticked);
    assert_eq!(answer, Some(OptionSet::one(0)), "what was ticked is what is recorded");
}

#[test]
fn a_key_held_down_on_the_welcome_page_goes_one_step_and_says_why() {
    for first_repeat in [33, 250, 500, 660] {
        let mut person = Person::with_small(USUAL);
        person.key("Enter");
        person.wait(Duration::from_millis(first_repeat));
        for _ in 0..60 {
            person.key("Enter");
            person.wait(Duration::from_millis(30));
        }
        assert_eq!(person.question(), "hello");
        assert!(person.app.interview.asked().is_empty());
        person.must_see(LOST);
    }
}

#[test]
fn a_bouncing_key_costs_no_more_than_a_moment() {
    let mut person = Person::patient(USUAL);
    person.key("Enter");
    person.wait(Duration::from_millis(15));
    person.key("Enter");
    person.wait(Duration::from_millis(1200));
    person.must_see("Some keys were ignored. Go on from here.");
    person.press("1");
    assert_eq!(person.app.draft.ticked.len(), 1);
    assert!(!person.sees("not taken"));
}
