//! How an answer is chosen, ticked and typed.

mod support;

use redflag::answers::Answer;
use redflag::interview::Stage;
use redflag::questionnaire::{Audience, OptionSet};
use support::{BACK_PAIN, Person, USUAL};

static UNSURE_NUMBER: std::sync::LazyLock<redflag::questionnaire::Questionnaire> =
    std::sync::LazyLock::new(|| {
        support::asking("{ id: n, type: number, ask: How many?, min: 1, max: 9, unsure: true }")
    });

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

#[test]
fn a_digit_chooses_at_once_and_a_letter_jumps() {
    let mut person = at("duration");
    person.press("4");
    person.must_see("(•) 4 6 weeks or more");
    person.press("1");
    person.must_see("(•) 1 Less than 2 weeks");
    person.must_see("( ) 4 6 weeks or more");
    person.press("8");
    person.must_see("There is no answer with this number.");
    assert_eq!(person.app.draft.ticked, OptionSet::one(0));

    let mut person = at("onset");
    person.press("a");
    assert!(person.cursor_line().contains("After I lifted"));
    person.press("a");
    assert!(person.cursor_line().contains("After a fall"), "the next one with this letter");
    person.press("a");
    assert!(person.cursor_line().contains("After I lifted"), "and round again");
}

#[test]
fn a_digit_and_the_blank_key_tick_and_untick_where_several_fit() {
    let mut person = at("limb_signs");
    person.press("2 6");
    assert_eq!(person.app.draft.ticked, [1, 5].into_iter().collect());
    person.press("2");
    assert_eq!(person.app.draft.ticked, OptionSet::one(5));
    person.press("Home Space Down Space Up Space");
    assert_eq!(person.app.draft.ticked, [1, 5].into_iter().collect());
}

#[test]
fn an_exclusive_option_clears_the_others_and_is_cleared_by_them() {
    let mut person = at("limb_signs");
    person.press("1 3 0");
    assert_eq!(person.app.draft.ticked, OptionSet::one(7));
    person.press("3");
    assert_eq!(person.app.draft.ticked, OptionSet::one(2));
    person.press("0 u");
    assert_eq!((person.app.draft.ticked, person.app.draft.unsure), (OptionSet::EMPTY, true));
    person.press("0");
    assert_eq!((person.app.draft.ticked, person.app.draft.unsure), (OptionSet::one(7), false));
}

#[test]
fn a_scale_takes_digits_and_arrows() {
    let mut person = at("severity");
    for (keys, value) in
        [("7", 7), ("1 0", 10), ("Left", 9), ("Home", 0), ("Right Up", 2), ("End", 10), ("0", 0)]
    {
        person.press(keys);
        assert_eq!(person.app.draft.value, Some(value), "{keys}");
    }
    person.press("8 Enter");
    assert_eq!(answer(&person, "severity"), Some(Answer::Number(8.0)));
}

#[test]
fn not_sure_is_a_choice_of_its_own_and_never_a_default() {
    for (id, several) in [("saddle_signs", true), ("cannot_stand", false), ("onset", false)] {
        let mut person = at(id);
        person.must_see("I'm not sure");
        person.press("Enter");
        assert_eq!((person.question(), answer(&person, id)), (id, None), "Enter alone is no answer");
        person.press("u Enter");
        assert_eq!(answer(&person, id), Some(Answer::UNSURE), "{id}");
        person.press("Esc");
        person.must_see(if several { "[x] 5 I'm not sure" } else { "I'm not sure" });
    }
    let mut person = at("age");
    assert!(!person.sees("not sure"), "only where it is allowed");
    person.press("u Enter");
    assert_eq!(answer(&person, "age"), None);
}

#[test]
fn leaving_an_optional_question_out_is_said_to_be_possible() {
    let mut person = at("notes");
    person.must_see("You can leave this empty.");
    person.press("Enter");
    assert_eq!(person.app.interview.stage(), &Stage::Summary);
    let mut person = Person::new(&BACK_PAIN, Audience::Clinician, USUAL);
    person.reach("calcium", &[]);
    person.press("Enter");
    assert_ne!(person.question(), "calcium");
    assert_eq!(answer(&person, "calcium"), None);
}

#[test]
fn a_paste_is_one_event_and_newlines_become_blanks() {
    let mut person = at("notes");
    person.paste("It began\r\nin spring.\nIt hurts\tat night.\u{2028}Always.");
    assert_eq!(person.question(), "notes", "a line end in a paste is no Enter");
    assert_eq!(person.app.draft.field.text(), "It began in spring. It hurts at night. Always.");
    let mut person = at("age");
    person.paste("64\n");
    person.press("Enter");
    assert_eq!(answer(&person, "age"), Some(Answer::Number(64.0)));
    let mut person = at("sex");
    person.paste("1\n2\n");
    assert_eq!(person.app.draft.ticked, OptionSet::EMPTY, "nothing is typed here");
}

#[test]
fn comma_and_point_both_work_and_a_rejected_number_stays() {
    for typed in ["2,6", "2.6"] {
        let mut person = Person::new(&BACK_PAIN, Audience::Clinician, USUAL);
        person.reach("calcium", &[]);
        person.press(&format!("type:{typed} Enter"));
        assert_eq!(answer(&person, "calcium"), Some(Answer::Number(2.6)), "{typed}");
    }
    for typed in ["640", "4x", "1e1", "-1", "nan"] {
        let mut person = at("age");
        person.paste(typed);
        person.press("Enter");
        assert_eq!((person.question(), person.app.draft.field.text()), ("age", typed));
        person.must_see("This takes a number from 1 to 120, for example");
        person.must_see(typed);
    }
    let mut person = at("age");
    person.press("type:4.5 Enter");
    person.must_see("This takes a whole number, for example");
}

#[test]
fn a_line_can_be_edited_in_the_middle() {
    let mut person = at("notes");
    person.press(
        "type:ache_at_nigth Backspace Backspace type:ht Home Delete type:A Left Left Right End type:.",
    );
    assert_eq!(person.app.draft.field.text(), "Ache at night.");
}

#[test]
fn keys_that_type_nothing_do_not_take_not_sure_away() {
    let mut person = Person::new(&UNSURE_NUMBER, Audience::Patient, USUAL);
    person.press("Enter u Up Down Home End Left");
    assert!(person.app.draft.unsure);
    person.press("type:5");
    assert!(!person.app.draft.unsure);
    person.press("u");
    assert_eq!((person.app.draft.unsure, person.app.draft.field.text()), (true, ""));
}

#[test]
fn a_choice_can_be_taken_back_where_nothing_need_be_chosen() {
    let mut person = Person::new(&BACK_PAIN, Audience::Clinician, USUAL);
    person.reach("neuro_exam", &[]);
    person.press("3 Backspace Enter");
    assert_eq!(answer(&person, "neuro_exam"), None);
    assert_ne!(person.question(), "neuro_exam", "it went on");
    let mut person = at("cannot_stand");
    person.press("2 Backspace Enter");
    assert_eq!(person.question(), "cannot_stand", "here something must be");
    person.must_see("Nothing is chosen yet.");
}
