//! How an answer is chosen, ticked and typed.

mod support;

use std::time::Duration;

use redflag::answers::Answer;
use redflag::interview::Stage;
use redflag::questionnaire::{Audience, OptionSet};
use redflag::tui::keys::Mode;
use support::{BACK_PAIN, DOLOR_DE_ESPALDA, Person, USUAL};

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
    person.must_see("No answer here has the key 8.");
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
    person.press("1 3 n");
    assert_eq!(person.app.draft.ticked, OptionSet::one(8));
    person.press("3");
    assert_eq!(person.app.draft.ticked, OptionSet::one(2));
    person.press("n u");
    assert_eq!((person.app.draft.ticked, person.app.draft.unsure), (OptionSet::EMPTY, true));
    person.press("n");
    assert_eq!((person.app.draft.ticked, person.app.draft.unsure), (OptionSet::one(8), false));
}

/// The digits of a row beyond the ninth once ticked the first row, wiped it and ticked "None of these".
#[test]
fn the_digits_of_a_higher_row_never_pass_through_none_of_these() {
    let mut person = at("emergency_now");
    person.must_see("[ ] a A bad accident");
    person.press("1 0");
    assert_eq!(person.app.draft.ticked, OptionSet::one(0));
    person.must_see("No answer here has the key 0.");
    person.press("1 1 b");
    assert_eq!(person.app.draft.ticked, [0, 10].into_iter().collect());
}

#[test]
fn going_on_right_after_a_key_that_meant_nothing_waits_for_a_look_at_the_screen() {
    let mut person = at("emergency_now");
    person.wait(Duration::from_secs(1));
    for key in ["1", "0", "Enter", "2"] {
        person.key(key);
    }
    assert_eq!((person.question(), person.app.draft.ticked), ("emergency_now", OptionSet::one(0)));
    person.must_see("Too fast: some keys were ignored.");
    person.wait(Duration::from_secs(2));
    person.must_see("Some keys were ignored. Go on from here.");
    person.press("Backspace a Enter");
    assert_eq!(answer(&person, "emergency_now"), Some(Answer::option(9)));
}

#[test]
fn ticks_never_go_without_a_word_and_one_key_brings_them_back() {
    for (wipes, tapped) in [("n", false), ("End Up Space", false), ("n", true)] {
        let mut person = at("emergency_now");
        person.press("1 3 a");
        if tapped {
            let line = person.screen().lines().position(|line| line.contains("None of these"));
            person.tap(10, line.expect("the line") as u16);
        } else {
            person.press(wipes);
        }
        person.must_see("This removed 3 ticks. Backspace brings them back.");
        person.press("Backspace");
        assert_eq!(person.app.draft.ticked, [0, 2, 9].into_iter().collect(), "{wipes}");
        person.must_see("The ticks are back as they were before.");
    }
    let mut person = at("emergency_now");
    person.press("n 2");
    person.must_see("This removed 1 tick.");
    person.press("Backspace Backspace");
    assert_eq!(person.app.draft.ticked, OptionSet::EMPTY, "step by step");
    person.press("Backspace");
    person.must_see("There is nothing to undo here.");
}

#[test]
fn yes_no_and_not_sure_have_letters_that_are_shown_and_work() {
    let mut person = at("constant");
    person.must_see("( ) n No");
    person.must_see("( ) y Yes");
    person.must_see("( ) u I'm not sure");
    for (key, row) in [("y", "(•) y Yes"), ("n", "(•) n No"), ("u", "(•) u I'm not sure"), ("Y", "(•) y Yes")]
    {
        person.press(key);
        person.must_see(row);
    }
    let mut person = Person::new(&DOLOR_DE_ESPALDA, Audience::Patient, USUAL);
    person.reach("constant", &[]);
    for (key, row) in [("s", "(•) s Sí"), ("n", "(•) n No"), ("y", "(•) s Sí"), ("u", "(•) u No lo sé")]
    {
        person.press(key);
        person.must_see(row);
    }
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

/// 1, a pause of seconds and 0 once became 10: correcting to the mildest gave the worst.
#[test]
fn two_digits_make_one_number_of_a_scale_only_without_a_pause() {
    let digits = |apart| {
        let mut person = at("severity");
        person.press("1");
        person.wait(Duration::from_millis(apart));
        person.key("0");
        (person.app.draft.value, person.sees("This is 0 now. For 10, type both digits without a pause."))
    };
    assert_eq!([0, 300, 800].map(digits), [(Some(10), false); 3]);
    assert_eq!([801, 2500, 60_000].map(digits), [(Some(0), true); 3]);
}

#[test]
fn not_sure_is_a_choice_of_its_own_and_never_a_default() {
    for (id, several) in [("saddle_signs", true), ("constant", false), ("onset", false)] {
        let mut person = at(id);
        person.must_see("I'm not sure");
        person.press("Enter");
        assert_eq!((person.question(), answer(&person, id)), (id, None), "Enter alone is no answer");
        person.press("u Enter");
        assert_eq!(answer(&person, id), Some(Answer::UNSURE), "{id}");
        person.press("Esc");
        person.must_see(if several { "[x] u I'm not sure" } else { "I'm not sure" });
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
    for typed in ["640", "-1", "1,000", "40.000"] {
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
fn a_number_that_can_mean_thousands_is_refused_and_what_is_taken_is_seen_before_it_counts() {
    let question = "{ id: psa, type: number, ask: PSA?, min: 0, max: 20000, decimals: 2, unit: µg/L }
                    { id: urine, type: number, ask: How much?, min: 0, max: 3000, unit: mL }";
    let questionnaire = support::asking(question);
    let mut person = Person::new(&questionnaire, Audience::Patient, USUAL);
    person.press("Enter type:1,250 Enter");
    person.must_see("This could mean 1250 or 1.25. Type 1250 without a separator, or 1.25.");
    assert_eq!((person.question(), person.app.draft.field.text()), ("psa", "1,250"), "what was typed stays");
    person.press("Backspace");
    person.must_see("= 1.25 µg/L");
    person.press("Enter");
    assert_eq!(answer(&person, "psa"), Some(Answer::Number(1.25)));
    person.press("type:1,000");
    person.must_see("= 1000 mL");
    person.press("Enter");
    assert_eq!(answer(&person, "urine"), Some(Answer::Number(1000.0)));
}

/// 18 mg/dL typed as 18 passed as 18 mg/L, a tenth of it.
#[test]
fn a_number_that_two_units_fit_is_taken_only_with_its_unit_and_seen_converted_before_it_counts() {
    let question =
        "{ id: crp, type: number, concern: higher, ask: CRP?, min: 0, max: 600, decimals: 1, unit: mg/L, units: { mg/dL: 10 } }
                    { id: blood, type: number, concern: lower, ask: Blood?, min: 20, max: 250, unit: g/L, units: { g/dL: 10 } }";
    let questionnaire = support::asking(question);
    let mut person = Person::new(&questionnaire, Audience::Patient, USUAL);
    person.press("Enter");
    person.must_see("(mg/L, mg/dL)");
    person.press("type:18 Enter");
    person.must_see("Which unit is that? Type it too: \"18 mg/L\" or \"18 mg/dL\".");
    assert_eq!((person.question(), person.app.draft.field.text()), ("crp", "18"), "what was typed stays");
    person.press("type:_mg/dl");
    person.must_see("= 180 mg/L");
    person.press("Enter");
    assert_eq!(answer(&person, "crp"), Some(Answer::Number(180.0)));
    // Only one unit fits: it is taken, and seen.
    person.press("type:13.5");
    person.must_see("= 135 g/L");
    person.press("Enter");
    assert_eq!(answer(&person, "blood"), Some(Answer::Number(135.0)));
    // What was answered is filled in so that it can be taken again.
    let mut person = Person::new(&questionnaire, Audience::Patient, USUAL);
    person.press("Enter type:18_mg/dL Enter Esc");
    assert_eq!((person.question(), person.app.draft.field.text()), ("crp", "18 mg/dL"));
    person.press("Enter Esc Backspace");
    person.press("Enter");
    assert_eq!(person.question(), "crp", "the unit is no longer one");
}

/// Letters were typed into a number, `r` opened the answers and `q` asked whether to leave.
#[test]
fn a_letter_in_a_number_is_no_text_and_no_command_and_the_field_says_so() {
    let mut person = at("age");
    person.press("4");
    for letter in "qwruLlyn?abcesxzRUWQé漢/%".chars() {
        person.press(&letter.to_string());
        assert_eq!((person.app.mode(), person.app.draft.field.text()), (Mode::Number, "4"), "{letter}");
        let screen = person.screen();
        let line = |text: &str| screen.lines().position(|line| line.contains(text));
        let apart =
            line("Digits only. That key was ignored.").expect("it is said") - line("❯ 4").expect("the field");
        assert_eq!(apart, 2, "at the field:\n{screen}");
    }
    for pasted in ["4x", "1e1", "nan", "40 years"] {
        person.paste(pasted);
        person.must_see("Digits only.");
        assert_eq!(person.app.draft.field.text(), "4", "{pasted}");
    }
    person.wait(Duration::from_secs(2));
    person.press("type:0 Enter");
    assert_eq!(answer(&person, "age"), Some(Answer::Number(40.0)));
}

#[test]
fn going_on_right_after_a_letter_in_a_number_does_not_take_what_is_left() {
    let mut person = at("age");
    person.wait(Duration::from_secs(1));
    for key in ["4", "o", "Enter", "1", "Enter"] {
        person.key(key);
    }
    assert_eq!((person.question(), person.app.draft.field.text()), ("age", "4"));
    person.must_see("Too fast: some keys were ignored.");
}

#[test]
fn every_command_has_a_key_that_works_while_typing_and_is_shown() {
    for id in ["age", "notes"] {
        for (key, mode) in
            [("F1", Mode::Reading), ("F2", Mode::Reading), ("F3", Mode::Review), ("ctrl-c", Mode::Leave)]
        {
            let mut person = at(id);
            for shown in ["Enter", "Esc", "F1 help", "F2 why", "F3 answers", "Ctrl-C leave"] {
                assert!(person.screen().lines().last().is_some_and(|line| line.contains(shown)), "{shown}");
            }
            person.press(key);
            assert_eq!(person.app.mode(), mode, "{key}");
        }
    }
    let mut person = Person::new(&UNSURE_NUMBER, Audience::Patient, USUAL);
    person.press("Enter 5");
    person.must_see("( ) Tab I'm not sure");
    person.press("Tab");
    assert_eq!((person.app.draft.unsure, person.app.draft.field.text()), (true, ""));
    person.press("Tab");
    assert_eq!((person.app.draft.unsure, person.app.draft.field.text()), (false, "5"), "nothing is lost");
    person.press("Tab Enter");
    assert_eq!(answer(&person, "n"), Some(Answer::UNSURE));
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
    person.press("Enter Tab Up Down Home End Left");
    assert!(person.app.draft.unsure);
    person.press("type:5");
    assert!(!person.app.draft.unsure);
    person.press("Tab");
    assert_eq!((person.app.draft.unsure, person.app.draft.field.text()), (true, ""));
}

#[test]
fn a_choice_can_be_taken_back_where_nothing_need_be_chosen() {
    let mut person = Person::new(&BACK_PAIN, Audience::Clinician, USUAL);
    person.reach("neuro_exam", &[]);
    person.press("3 Backspace Enter");
    assert_eq!(answer(&person, "neuro_exam"), None);
    assert_ne!(person.question(), "neuro_exam", "it went on");
    let mut person = at("constant");
    person.press("2 Backspace Enter");
    assert_eq!(person.question(), "constant", "here something must be");
    person.must_see("Nothing is chosen yet.");
}
