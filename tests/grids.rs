//! Questions with the same answers as the rows of one page: what is chosen in a row is recorded for its question, and
//! nothing that judges sees a difference.

mod support;

use std::time::Duration;

use redflag::answers::Answer;
use redflag::interview::{Interview, Stage};
use redflag::plain;
use redflag::questionnaire::{Audience, OptionSet, Questionnaire, yaml};
use redflag::site::Site;
use redflag::tui::keys::Mode;
use support::{BACK_PAIN, Person, USUAL};

const DAY: jiff::civil::Date = jiff::civil::date(2026, 11, 21);

/// Somebody before the rows of the numb, stuck and leaking.
fn before_rows(size: (u16, u16)) -> Person<'static> {
    let mut person = Person::patient(size);
    person.press("Enter n Enter 1 2 3 Enter");
    person
}

fn answer(person: &Person, id: &str) -> Option<Answer> {
    let question = BACK_PAIN.question_index(id).expect("a question");
    person.app.interview.sheet().get(question).cloned()
}

fn option(at: usize) -> Option<Answer> {
    Some(Answer::Options(OptionSet::one(at)))
}

#[test]
fn the_follow_ups_of_one_list_are_one_page_and_each_has_its_own_answer() {
    let mut person = before_rows(USUAL);
    assert_eq!(person.app.mode(), Mode::Grid);
    for row in ["Numb or changed feeling", "Hard to pass water", "Leaking water"] {
        person.must_see(row);
    }
    assert!(!person.sees("Less control or feeling in the bowels"), "only what was ticked");
    person.press("1 u 2 Enter");
    assert_eq!(person.question(), "limb_signs");
    assert_eq!(answer(&person, "saddle_numb_since"), option(0));
    assert_eq!(answer(&person, "bladder_stuck_since"), Some(Answer::UNSURE));
    assert_eq!(answer(&person, "bladder_leak_since"), option(1));
}

#[test]
fn arrows_choose_in_a_row_and_enter_waits_for_every_row() {
    let mut person = before_rows(USUAL);
    person.press("Right Right Enter");
    person.must_see("This row has no answer yet.");
    assert_eq!(person.question(), "bladder_stuck_since");
    person.press("j l k Right Right Left Enter");
    assert_eq!(person.question(), "limb_signs");
    assert_eq!(answer(&person, "saddle_numb_since"), option(1));
    assert_eq!(answer(&person, "bladder_stuck_since"), option(0));
    assert_eq!(answer(&person, "bladder_leak_since"), option(0));
}

#[test]
fn a_key_held_down_or_bouncing_answers_one_row_only() {
    for first_repeat in [15, 33, 250, 500, 660] {
        let mut person = before_rows(USUAL);
        person.wait(Duration::from_secs(1));
        person.key("3");
        person.wait(Duration::from_millis(first_repeat));
        for _ in 0..40 {
            person.key("3");
            person.wait(Duration::from_millis(30));
        }
        assert_eq!(person.question(), "bladder_stuck_since", "{first_repeat} ms");
        assert!(person.app.draft.ticked.is_empty());
        person.must_see("Too fast");
    }
}

#[test]
fn other_keys_may_follow_at_once_since_every_row_is_seen() {
    let mut person = before_rows(USUAL);
    person.wait(Duration::from_secs(1));
    for key in ["1", "2", "1", "Enter"] {
        person.key(key);
    }
    assert_eq!(person.question(), "limb_signs");
    assert_eq!(answer(&person, "bladder_stuck_since"), option(1));
}

#[test]
fn an_alert_comes_after_the_page_with_every_row_recorded() {
    let mut person = before_rows(USUAL);
    person.press("3 1 2 Enter");
    assert!(matches!(person.app.interview.stage(), Stage::Alert { .. }));
    assert_eq!(answer(&person, "bladder_leak_since"), option(1), "also what was behind the row that decided");
    person.must_see("You answered: Numb or changed feeling between the legs: It began in");
    person.must_see("Leaking water, or not able to hold it: More than 12");
    person.press("Esc");
    assert_eq!(person.app.mode(), Mode::Grid, "a mistake can be taken back");
    person.press("Enter c");
    assert_eq!(person.question(), "limb_signs");
}

#[test]
fn back_shows_all_rows_as_they_were_and_from_the_first_leads_to_the_list() {
    let mut person = before_rows(USUAL);
    person.press("1 2 1 Enter Esc");
    assert_eq!(person.app.mode(), Mode::Grid);
    assert_eq!(person.screen().matches("(•)").count(), 3);
    person.press("Up Up 2 Esc");
    assert_eq!(person.question(), "saddle_signs");
    person.press("Enter");
    assert_eq!(person.screen().matches("(•) 2").count(), 2, "begun answers are kept:\n{}", person.screen());
}

#[test]
fn an_answer_opened_from_the_list_is_asked_alone_and_says_so() {
    let mut person = before_rows(USUAL);
    person.press("1 2 1 Enter r End Enter");
    assert_eq!((person.app.mode(), person.question()), (Mode::OneOf, "bladder_leak_since"));
    person.must_see("Editing 5");
    person.must_see("save and return");
    person.press("u Enter");
    assert_eq!(answer(&person, "bladder_leak_since"), Some(Answer::UNSURE));
    assert_eq!(*person.app.interview.stage(), Stage::Review);
}

#[test]
fn less_urgent_rows_are_asked_about_once_and_each_is_noted() {
    let mut person = before_rows(USUAL);
    person.press("3 3 1 Enter c Esc");
    assert_eq!(person.app.mode(), Mode::Grid);
    person.press("Home 1 1 1 Enter");
    assert!(matches!(person.app.interview.stage(), Stage::Lowering { .. }));
    assert_eq!(answer(&person, "saddle_numb_since"), option(2), "nothing is taken yet");
    person.press("1 Enter");
    assert_eq!(person.app.interview.lowered().len(), 2);
    assert_eq!(answer(&person, "saddle_numb_since"), option(0));
}

#[test]
fn a_cell_can_be_clicked() {
    let mut person = before_rows(USUAL);
    let screen = person.screen();
    for (row, name) in ["Numb or changed", "Hard to pass", "Leaking"].into_iter().enumerate() {
        let y = screen.lines().position(|line| line.contains(name)).expect("a row");
        let x = screen.lines().nth(y).and_then(|line| line.chars().position(|c| c == '(')).expect("a cell");
        person.tap(x as u16 + 8 * (row % 2) as u16, y as u16);
    }
    let y = screen.lines().position(|line| line.contains("Enter next")).expect("a footer");
    let x = screen.lines().nth(y).and_then(|line| line.find("Enter")).expect("a word");
    let x = screen.lines().nth(y).expect("a line")[..x].chars().count();
    person.tap(x as u16, y as u16);
    assert_eq!(answer(&person, "saddle_numb_since"), option(0));
    assert_eq!(answer(&person, "bladder_stuck_since"), option(1));
    assert_eq!(answer(&person, "bladder_leak_since"), option(0));
}

#[test]
fn a_window_without_room_asks_row_by_row_with_the_same_keys() {
    let mut person = before_rows((40, 12));
    assert_eq!(person.app.mode(), Mode::OneOf);
    person.press("1 Enter 2 Enter 1 Enter");
    assert_eq!(person.question(), "limb_signs");
    assert_eq!(answer(&person, "bladder_stuck_since"), option(1));
}

#[test]
fn line_by_line_the_answers_are_said_once_and_an_alert_comes_at_once() {
    let said = |input: &str| {
        let mut interview = Interview::new(&BACK_PAIN, Audience::Patient, DAY);
        let mut said = Vec::new();
        plain::run(&mut interview, &mut input.as_bytes(), &mut said, &Site::default()).expect("no fault");
        String::from_utf8(said).expect("text")
    };
    let quiet = said("none\n1 2\n1\n1\n");
    assert_eq!(quiet.matches("The next 2 questions have the same answers.").count(), 1, "{quiet}");
    assert_eq!(quiet.matches("1  More than 12 weeks, no worse, and looked at").count(), 1, "{quiet}");
    assert!(quiet.contains("The same answers as before: 1, 2, 3, u."), "{quiet}");
    let alarmed = said("none\n1 2\n3\n");
    assert!(alarmed.contains("GET EMERGENCY HELP NOW"), "{alarmed}");
    let later = said("none\n1 2\n3\ngo on\n");
    assert_eq!(
        later.matches("1  More than 12 weeks, no worse, and looked at").count(),
        2,
        "not far above: {later}"
    );
}

#[test]
fn rows_that_wait_to_be_confirmed_can_be_kept_and_go_on_as_they_were() {
    let mut interview = Interview::new(&BACK_PAIN, Audience::Patient, DAY);
    let none = BACK_PAIN.questions[0].exclusive();
    interview.answer(Some(Answer::Options(none))).expect("an answer");
    interview.answer(Some(Answer::Options(OptionSet::one(0).with(1)))).expect("an answer");
    interview.answer_rows(vec![option(2), option(2)]).expect("answers");
    assert!(matches!(interview.stage(), Stage::Alert { .. }));
    interview.back();
    interview.answer_rows(vec![option(0), option(0)]).expect("answers");
    assert!(matches!(interview.stage(), Stage::Lowering { .. }));
    let kept = interview.to_json();
    let mut again = Interview::from_json(&BACK_PAIN, &kept).expect("an interview").interview;
    assert_eq!(again.stage(), interview.stage());
    interview.confirm();
    again.confirm();
    assert_eq!((again.sheet(), again.stage()), (interview.sheet(), interview.stage()));
    assert_eq!(again.lowered().len(), 2);
}

/// A questionnaire with a grid of two rows.
const SMALL: &str = "
id: small
version: 1.0.0
title: Small
sign_off: Nobody.
welcome: { about: For tests. }
levels: [ { id: now, title: Now, act: Go. }, { id: later, title: Later, act: Rest. } ]
unsure: { counts_as: same_level, at_least: later }
grids: [ { id: since, ask: Since when? } ]
sections:
  - id: all
    title: All
    questions:
      - { id: a, type: yes_no, ask: A?, grid: since, row: Row A }
      - { id: b, type: yes_no, ask: B?, grid: since }
      - { id: c, type: yes_no, ask: C? }
rules: [ { id: E01, level: now, because: A., when: { all: [ { a: yes }, { b: yes }, { c: yes } ] } } ]
next_steps: [ { id: sit, say: Sit. } ]
return_list: { title: Get help for, items: [ pain ] }
say: I did a check.
";

fn load(text: &str) -> Result<Questionnaire, Vec<&'static str>> {
    match yaml::load("a.yaml", text.as_bytes()) {
        Ok(loaded) => Ok(loaded.questionnaire),
        Err(mistakes) => Err(mistakes.iter().map(|mistake| mistake.code).collect()),
    }
}

#[test]
fn a_grid_whose_questions_cant_be_rows_of_one_page_is_a_mistake_with_its_place() {
    load(SMALL).expect("no mistakes");
    for (from, to, code) in [
        ("ask: B?, grid: since", "ask: B?", "lonely-grid"),
        (
            "ask: B?, grid: since }",
            "ask: B? }\n      - { id: d, type: yes_no, ask: D?, grid: since }",
            "scattered-grid",
        ),
        ("ask: B?, grid: since", "ask: B?, grid: since, unsure: true", "grid-answers-differ"),
        ("ask: B?, grid: since", "ask: B?, grid: since, ask_if: { a: yes }", "row-depends-on-row"),
        ("ask: C?", "ask: C?, row: C", "misplaced-key"),
        ("ask: B?, grid: since", "ask: B?, grid: sinse", "unknown-grid"),
    ] {
        let text = SMALL.replacen(from, to, 1);
        assert_ne!(text, SMALL);
        assert!(load(&text).is_err_and(|codes| codes.contains(&code)), "{code}: {:?}", load(&text).err());
    }
}

#[test]
fn yes_and_no_can_be_rows_too() {
    let questionnaire = load(SMALL).expect("no mistakes");
    let mut person = Person::new(&questionnaire, Audience::Patient, USUAL);
    person.press("Enter y n Enter");
    assert_eq!(person.question(), "c");
    assert_eq!(person.app.interview.sheet().get(0).cloned(), option(1));
    assert_eq!(person.app.interview.sheet().get(1).cloned(), option(0));
}
