//! The questions at every size of the window.

mod support;

use redflag::interview::Stage;
use redflag::interview::rows::rows;
use redflag::questionnaire::{Audience, Domain, Questionnaire};
use redflag::tui::keys::Mode;
use support::{BACK_PAIN, DOLOR_DE_ESPALDA, Person, USUAL, in_a_row};

const WIDTHS: [u16; 7] = [40, 43, 59, 60, 64, 80, 130];
const HEIGHTS: [u16; 8] = [12, 13, 15, 19, 20, 24, 26, 45];

fn sizes() -> impl Iterator<Item = (u16, u16)> {
    WIDTHS.into_iter().flat_map(|width| HEIGHTS.map(|height| (width, height)))
}

/// Shows every question of the back pain questionnaire, also those of branches.
fn every_question(questionnaire: &Questionnaire, audience: Audience, mut look: impl FnMut(&mut Person)) {
    let given = [
        ("emergency_now", "4 Down Down Down Down Down Down Down Down Down Space Enter"),
        ("collapse_kind", "1 Enter"),
        ("accident_checked", "1 Enter"),
        ("saddle_signs", "1 2 3 4 5 Enter"),
        ("limb_signs", "1 2 3 4 5 6 Enter"),
        ("both_legs_kind", "1 Enter"),
        ("unsteady_kind", "1 Enter"),
        ("leg_weakness_kind", "1 Enter"),
        ("saddle_numb_since", "1 Enter"),
        ("bladder_stuck_since", "1 Enter"),
        ("bladder_leak_since", "1 Enter"),
        ("bowel_change_since", "1 Enter"),
        ("sexual_change_since", "1 Enter"),
        ("both_legs_since", "1 Enter"),
        ("leg_weakness_since", "1 Enter"),
        ("unsteady_since", "1 Enter"),
        ("numb_patch_since", "1 Enter"),
        ("clumsy_hands_since", "1 Enter"),
        ("leg_pain_since", "1 Enter"),
        ("age", "type:49 Enter"),
        ("sex", "3 Enter"),
        ("cancer_history", "2 Enter"),
        ("duration", "5 Enter"),
        ("began_before_45", "2 Enter"),
    ];
    let mut person = Person::new(questionnaire, audience, USUAL);
    person.press("Enter");
    let mut seen = 0;
    while person.app.interview.stage() != &Stage::Summary {
        if matches!(person.app.interview.stage(), Stage::Alert { .. }) {
            person.press("c");
        }
        let id = person.question().to_owned();
        look(&mut person);
        // Keys for lines go to other rows of a grid.
        person.resize(USUAL);
        if person.question() != id {
            person.press("Home");
        }
        while person.question() != id {
            person.press("Down");
        }
        seen += 1;
        person.resize(USUAL);
        let (_, question) = person.app.question().unwrap();
        person.app.draft = redflag::tui::draft::Draft::of(&question, None, person.app.words());
        person.step(&given);
    }
    let all = BACK_PAIN.questions.iter().filter(|question| {
        let section = &BACK_PAIN.sections[question.section];
        section.audience.is_none_or(|only| only == audience)
    });
    assert!(seen + 3 >= all.count(), "nearly all: {seen}");
}

/// The cursor is where the person is: on the marked line of a list, in the line being typed, on the scale.
#[track_caller]
fn assert_cursor_in_place(person: &mut Person, size: (u16, u16)) {
    let (column, row) = person.cursor();
    assert!(column < size.0 && row < size.1, "{} at {size:?}", person.question());
    let (_, question) = person.app.question().unwrap();
    let line = person.cursor_line();
    let symbol = person.cell((column, row)).symbol();
    let in_place = match question.domain {
        Domain::Number(_) if question.scale().is_some() => {
            person.app.draft.value.is_none_or(|value| line.contains(&value.to_string()))
        }
        Domain::Number(_) | Domain::Text => line.contains("❯") && symbol == "_",
        Domain::Nothing => true,
        _ if person.app.draft.focus.is_some() => line.contains('❯') && matches!(symbol, "•" | "x" | " "),
        _ => line.contains("( )") || row < size.1 / 2,
    };
    assert!(
        in_place,
        "{} at {size:?}: the cursor is on {symbol:?} of {line:?}\n{}",
        question.id,
        person.screen()
    );
}

#[test]
fn a_resize_keeps_the_focus_in_view() {
    for audience in [Audience::Patient, Audience::Clinician] {
        every_question(&BACK_PAIN, audience, |person| {
            for key in ["Home", "End"] {
                person.resize(USUAL);
                person.press(key);
                for size in sizes() {
                    person.resize(size);
                    assert_cursor_in_place(person, size);
                }
            }
        });
    }
}

#[test]
fn every_word_of_a_question_can_be_read_at_every_size() {
    let both = [Audience::Patient, Audience::Clinician];
    let languages: [&Questionnaire; 2] = [&BACK_PAIN, &DOLOR_DE_ESPALDA];
    for (questionnaire, audience) in
        languages.into_iter().flat_map(|language| both.map(|one| (language, one)))
    {
        every_question(questionnaire, audience, |person| {
            for size in [(40, 12), (43, 13), (59, 15), (60, 19), (64, 24), (80, 24), (130, 45)] {
                person.resize(size);
                assert_readable(person, size);
            }
        });
    }
}

/// Moves through the list and back to its top, and reads everything.
#[track_caller]
fn assert_readable(person: &mut Person, size: (u16, u16)) {
    let audience = person.app.audience();
    let (index, question) = person.app.question().unwrap();
    // Among other rows it is called by a few words.
    let ask = match person.app.mode() {
        Mode::Grid => person.app.questionnaire().row_of(index),
        _ => &question.ask,
    };
    let lines = rows(&question).len();
    // In a wide window a column of its own stands beside the page.
    let page = |screen: String| {
        let beside = usize::from(size.0.saturating_sub(80) / 2);
        let lines = screen.lines().map(|line| line.chars().skip(beside).take(80).collect::<String>());
        lines.collect::<Vec<_>>().join("\n")
    };
    let mut seen = vec![page(person.screen())];
    // All rows of a grid are on the screen, and these keys would go to another one.
    let moves = person.app.mode() != Mode::Grid;
    for key in std::iter::repeat_n("Down", lines).chain(["Home"]).filter(|_| moves) {
        person.press(key);
        seen.push(page(person.screen()));
    }
    let seen: Vec<_> = seen.iter().map(|screen| in_a_row(&screen.replace(['░', '▒', '█'], ""))).collect();
    let options = question.options.iter();
    let options = options.flat_map(|option| [Some(&option.label), option.hint.as_ref()]);
    for text in [Some(ask), question.hint.as_ref()].into_iter().chain(options).flatten() {
        let words: Vec<_> = text.to(audience).split_whitespace().collect();
        let sees = |words: &[&str]| seen.iter().any(|screen| screen.contains(&words.join(" ")));
        // On a very small screen perhaps in two parts.
        let can_be_read = (0..words.len()).any(|at| sees(&words[..at]) && sees(&words[at..]));
        // The name of a row may be broken into more, with the cells of the row between them.
        let in_row = ask == text && *ask != question.ask && words.iter().all(|word| sees(&[word]));
        assert!(
            can_be_read || in_row,
            "{}: {words:?} cannot be read at {size:?}\n{}",
            question.id,
            seen.join("\n")
        );
    }
}

#[test]
fn the_usual_size_shows_every_question_of_a_patient_whole() {
    every_question(&BACK_PAIN, Audience::Patient, |person| {
        let screen = person.screen();
        assert!(!screen.contains("below ↓") && !screen.contains("more above"), "{screen}");
        assert_readable(person, USUAL);
    });
}

#[test]
fn a_list_that_goes_on_says_how_many_are_below() {
    let mut person = Person::patient((40, 12));
    person.reach("emergency_now", &[]);
    let (_, question) = person.app.question().unwrap();
    let all = rows(&question).len();
    let number = |words: &str, screen: &str| {
        let line = screen.lines().find(|line| line.contains(words)).unwrap_or_default().to_owned();
        let before = line.split(words).next().unwrap().trim().rsplit(' ').next().unwrap().to_owned();
        before.parse::<usize>().unwrap_or_else(|_| panic!("no number before {words}\n{screen}"))
    };
    let marks = |screen: &str| screen.matches("[ ]").count();
    let top = person.screen();
    let shown = marks(&top);
    assert!((1..all).contains(&shown));
    let last_is_whole = all - shown == number("more below", &top);
    assert!(last_is_whole || all - shown + 1 == number("more below", &top), "{top}");
    person.press("End");
    let bottom = person.screen();
    assert_eq!(number("more above", &bottom) + marks(&bottom), all, "{bottom}");
}

#[test]
fn a_page_that_goes_on_says_how_many_lines_are_below() {
    let mut person = Person::patient((40, 12));
    person.must_see("more lines below ↓");
    person.press("Down");
    person.must_see("↑ 1 above ·");
    person.press("End");
    person.must_see("more lines above");
    assert!(!person.sees("below"));
    let end = person.screen();
    person.press("Down Up PageDown");
    assert_eq!(person.screen(), end);
}

#[test]
fn smaller_than_40_by_12_says_so_and_recovers() {
    let mut person = Person::patient(USUAL);
    person.reach("sex", &[]);
    person.press("2");
    let before = person.picture();
    for size in [(39, 12), (40, 11), (20, 8), (1, 1), (200, 1)] {
        person.resize(size);
        if size.0 >= 20 && size.1 >= 8 {
            person.must_see("Make it 40 by 12 or larger");
        }
        // What cannot be seen cannot be answered.
        person.press("1 Enter Esc q");
        person.resize(USUAL);
        assert_eq!(person.picture(), before, "after {size:?}");
    }
    person.resize((30, 5));
    let left = redflag::tui::app::Effect::Leave(redflag::tui::app::Leaving::Interrupted);
    assert_eq!(person.press("ctrl-c ctrl-c"), left, "leaving works");
}

#[test]
fn with_wide_spacing_the_focus_stays_in_view_at_every_key() {
    for audience in [Audience::Patient, Audience::Clinician] {
        every_question(&BACK_PAIN, audience, |person| {
            person.app.large = true;
            for size in [(40, 12), (43, 15), (60, 16), USUAL, (120, 40)] {
                person.resize(size);
                let (_, question) = person.app.question().unwrap();
                let lines = rows(&question).len();
                for key in ["Home", "End", "Home"].into_iter().chain(std::iter::repeat_n("Down", lines)) {
                    person.press(key);
                    assert_cursor_in_place(person, size);
                }
            }
            person.app.large = false;
        });
    }
}

#[test]
fn with_wide_spacing_every_word_of_a_question_can_be_read() {
    for questionnaire in [&*BACK_PAIN, &*DOLOR_DE_ESPALDA] {
        every_question(questionnaire, Audience::Patient, |person| {
            person.app.large = true;
            for size in [(40, 12), (60, 16), USUAL, (120, 40)] {
                person.resize(size);
                assert_readable(person, size);
            }
            person.app.large = false;
        });
    }
}
