//! A nurse asks another person, a section at a time: how many keys that takes, what is recorded, what is taken back.

mod dice;
#[path = "intake/nurse.rs"]
mod nurse;
#[cfg(unix)]
mod pty;
mod support;

use std::cell::{Cell, RefCell};
use std::rc::Rc;
use std::time::Duration;

use crossterm::event::{Event, KeyCode, KeyEvent, KeyModifiers};
use dice::Dice;
use nurse::{CASES, answers, begun, case, day, on, play};
use redflag::answers::{Answer, Sheet};
use redflag::encounter::Encounter;
use redflag::interview::{Interview, Stage};
use redflag::questionnaire::{Audience, OptionSet, Questionnaire};
use redflag::report::{Format, Report};
use redflag::site::Site;
use redflag::tui::app::{App, Keep, NotKept, What};
use support::{BACK_PAIN, Person, SMALL, USUAL, asking};

const LOST: &str = "Too fast: some keys were ignored.";
/// The most keys of any case, from the first page to the summary.
const MOST: usize = 60;

fn index(questionnaire: &Questionnaire, id: &str) -> usize {
    questionnaire.question_index(id).unwrap_or_else(|| panic!("no question {id}"))
}

fn answer(person: &Person, id: &str) -> Option<Answer> {
    person.app.interview.sheet().get(index(person.app.questionnaire(), id)).cloned()
}

/// The plain case, as it is typed: 25 keys.
const PLAIN: &str = "N Enter 3 4 Enter 1 N Enter 3 Enter 1 2 N Enter 5 2 1 N Enter N Enter 1 N Enter Enter";

#[test]
fn the_plain_case_takes_25_keys_to_its_summary() {
    let mut nurse = begun(&BACK_PAIN, USUAL);
    assert!(PLAIN.split_whitespace().count() <= 25);
    nurse.press(PLAIN);
    assert_eq!(*nurse.app.interview.stage(), Stage::Summary, "{}", nurse.screen());
    assert!(nurse.app.interview.is_finished());
    let wanted = answers(&BACK_PAIN, &case("V03").sheet);
    assert_eq!(answers(&BACK_PAIN, nurse.app.interview.sheet()), wanted);
    assert_eq!(BACK_PAIN.levels[nurse.app.interview.assessment().level].id, "self_care");
}

#[test]
fn no_case_takes_more_than_60_keys_and_each_is_recorded_as_it_is() {
    let mut most = (0, "");
    for case in CASES.iter() {
        let mut nurse = begun(&BACK_PAIN, USUAL);
        let keys = play(&mut nurse, case);
        let recorded = answers(&BACK_PAIN, nurse.app.interview.sheet());
        let wanted = answers(&BACK_PAIN, &case.sheet);
        // A follow-up whose branch is in doubt is not asked, and may be in the sheet all the same.
        let is_wanted = |(id, answer): (&String, &Answer)| wanted.get(id) == Some(answer);
        assert!(recorded.iter().all(is_wanted) && nurse.app.interview.is_finished(), "{}", case.id);
        assert_eq!(BACK_PAIN.levels[nurse.app.interview.assessment().level].id, case.expected, "{}", case.id);
        most = most.max((keys, &case.id));
    }
    assert!(most.0 <= MOST, "{most:?}");
    assert!(most.0 > 25, "the cases are not all plain: {most:?}");
}

#[cfg(unix)]
#[test]
fn the_plain_case_on_the_real_program_takes_25_keys() {
    let mut program = pty::Pty::start(&["intake"], &[], pty::USUAL);
    program.until_text("section 1 of 7");
    let mut keys = 0;
    for key in PLAIN.split_whitespace() {
        program.until_settled();
        program.send(if key == "Enter" { pty::ENTER } else { key });
        keys += 1;
        assert!(program.until_idle(), "it is still there");
    }
    assert!(keys <= 25);
    program.until_text("LOOK AFTER IT YOURSELF");
    program.until_settled();
    program.send("q");
    program.until_text("Finish?");
    program.until_settled();
    program.send("3\r");
    program.ended_with(0);
}

#[test]
fn esc_takes_back_one_answer_after_the_other_across_pages_down_to_nothing() {
    for id in ["V03", "V05"] {
        let mut nurse = begun(&BACK_PAIN, USUAL);
        play(&mut nurse, case(id));
        let mut before = nurse.app.interview.sheet().clone();
        let mut taken_back = 0;
        while before != Sheet::new(&BACK_PAIN) {
            nurse.press("Esc");
            let now = nurse.app.interview.sheet().clone();
            assert_ne!(now, before, "{id}: nothing was taken back\n{}", nurse.screen());
            nurse.must_see("Taken back:");
            (before, taken_back) = (now, taken_back + 1);
            assert!(taken_back < 100);
        }
        nurse.press("Esc");
        nurse.must_see("There is no answer to take back yet");
    }
}

#[test]
fn what_is_taken_back_after_an_alert_stays_on_record() {
    let mut nurse = begun(&BACK_PAIN, USUAL);
    nurse.press("1");
    assert!(matches!(nurse.app.interview.stage(), Stage::Alert { .. }), "{}", nurse.screen());
    nurse.press("Esc");
    assert_eq!(answer(&nurse, "emergency_now"), None);
    assert_eq!(nurse.app.interview.lowered().len(), 1, "the alert was shown");
    assert_eq!(nurse.app.interview.alerted(), None);
    nurse.press("1");
    assert!(matches!(nurse.app.interview.stage(), Stage::Alert { .. }), "it comes again");
}

#[test]
fn an_alert_is_taken_with_one_key_and_the_flow_goes_on_where_it_was() {
    let mut nurse = begun(&BACK_PAIN, USUAL);
    nurse.press("n 1 Enter 3");
    assert!(matches!(nurse.app.interview.stage(), Stage::Alert { .. }), "{}", nurse.screen());
    nurse.must_see("GET EMERGENCY HELP NOW");
    nurse.press("c");
    assert_eq!(nurse.question(), "limb_signs", "{}", nurse.screen());
    nurse.must_see("emergency");
}

#[test]
fn nothing_else_stands_only_for_harmless_answers_and_never_over_given_ones() {
    let questionnaire = asking(
        "{ id: walks, type: one_of, least: y, ask: Can you walk?, options: [{ id: n, label: \"No\" }, { id: y, label: \"Yes\" }] }
         { id: hurts, type: yes_no, ask: Does it hurt? }
         { id: left, type: yes_no, concern: none, ask: On the left? }
         { id: sort, type: one_of, ordered: true, ask: How?, options: [{ id: mild, label: Mild }, { id: bad, label: Bad }] }
         { id: ever, type: one_of, ordered: true, nothing: never, ask: Ever?, options: [{ id: never, label: Never }, { id: once, label: Once }] }
         { id: lumps, type: many_of, ask: Lumps?, options: [{ id: a, label: A }, { id: b, label: B }, { id: none, label: None, exclusive: true }] }
         { id: marks, type: many_of, ask: Marks?, options: [{ id: a, label: A }, { id: none, label: None, exclusive: true }, { id: far, label: Far, exclusive: true }] }
         { id: age, type: number, min: 1, max: 9, concern: none, ask: Age? }
         { id: more, type: text, optional: true, ask: More? }",
    );
    let mut nurse = begun(&questionnaire, (80, 40));
    nurse.app.interview.look_at(index(&questionnaire, "lumps"));
    nurse.draw();
    nurse.press("2 Up N");
    nurse.must_see("still to be asked");
    let (covered, left) = nurse.app.nothing_else();
    let id = |row: usize| questionnaire.questions[row].id.as_str();
    let covered: Vec<_> = covered.iter().map(|(row, answer)| (id(*row), answer.clone())).collect();
    let one = |option: usize| Some(Answer::Options(OptionSet::one(option)));
    assert_eq!(covered, [("hurts", one(0)), ("ever", one(0)), ("more", None), ("end", one(0))]);
    assert_eq!(left.into_iter().map(id).collect::<Vec<_>>(), ["walks", "left", "sort", "marks", "age"]);
    nurse.press("Enter");
    assert_eq!(answer(&nurse, "lumps"), one(1), "what was given stays");
    assert_eq!(answer(&nurse, "hurts"), one(0));
    assert_eq!(answer(&nurse, "walks"), None);
    assert_eq!(nurse.question(), "walks", "the first that is left");
    nurse.press("Esc");
    assert_eq!((answer(&nurse, "hurts"), answer(&nurse, "lumps")), (None, one(1)), "taken back as one");
}

#[test]
fn esc_at_what_is_read_back_records_nothing() {
    let mut nurse = begun(&BACK_PAIN, USUAL);
    nurse.press("N Esc");
    assert_eq!(*nurse.app.interview.sheet(), Sheet::new(&BACK_PAIN));
    assert_eq!(nurse.question(), "emergency_now");
}

#[test]
fn follow_ups_come_when_they_are_asked_and_go_when_they_are_not() {
    let mut nurse = begun(&BACK_PAIN, USUAL);
    nurse.press("n 3 Enter");
    assert_eq!(nurse.question(), "bladder_leak_since", "{}", nurse.screen());
    nurse.press("1");
    assert_eq!(nurse.question(), "limb_signs");
    nurse.app.interview.look_at(index(&BACK_PAIN, "saddle_signs"));
    nurse.draw();
    nurse.press("n");
    nurse.must_see("1 answer no longer applies");
    nurse.press("Esc");
    assert!(answer(&nurse, "bladder_leak_since").is_some());
    assert!(nurse.app.page_rows().contains(&index(&BACK_PAIN, "bladder_leak_since")), "it is back");
}

#[test]
fn a_digit_that_can_begin_a_larger_value_waits_for_the_next_key_and_for_no_clock() {
    let questionnaire = asking(
        "{ id: pain, type: scale, min: 0, max: 10, concern: higher, ask: Pain? }
         { id: other, type: yes_no, ask: Other? }",
    );
    for (keys, value) in [("1 Enter", 1.0), ("1 0", 10.0), ("7", 7.0), ("1 Down", 1.0), ("0", 0.0)] {
        let mut nurse = begun(&questionnaire, USUAL);
        nurse.press(keys);
        assert_eq!(answer(&nurse, "pain"), Some(Answer::Number(value)), "{keys}");
        assert_eq!(nurse.question(), "other", "{keys}");
    }
    let mut nurse = begun(&questionnaire, USUAL);
    nurse.press("1 5");
    nurse.must_see("15 is not on the scale");
    assert_eq!(answer(&nurse, "pain"), None);
    nurse.press("Esc");
    assert_eq!(nurse.app.draft.field.text(), "", "what was begun is dropped");
}

/// The strokes of a case at these times, and what then is recorded.
fn at_pace(id: &str, mut apart: impl FnMut() -> u64) -> bool {
    let mut slow = begun(&BACK_PAIN, USUAL);
    play(&mut slow, case(id));
    let strokes = slow.strokes.clone();
    let end = slow.state();
    let mut person = begun(&BACK_PAIN, USUAL);
    let mut lost: Option<(Stage, Sheet)> = None;
    for (at, stroke) in strokes.iter().enumerate() {
        person.wait(Duration::from_millis(apart().min(1000)));
        person.event(&stroke.event);
        if lost.is_none() && person.sees(LOST) {
            let state = person.state();
            let was: Vec<_> =
                strokes[at.saturating_sub(3)..=at].iter().map(|stroke| &stroke.before).collect();
            assert!(was.contains(&&state), "{id}: key {at} is lost, and it is not where it was");
            lost = Some(state);
        }
        if let Some(state) = &lost {
            assert_eq!(*state, person.state(), "{id}: key {at}, after a lost one, is taken");
            person.must_see(LOST);
        }
    }
    if lost.is_none() {
        person.wait(Duration::from_secs(2));
        assert_eq!(person.state(), end, "{id}: something else is recorded");
    }
    lost.is_some()
}

#[test]
fn whatever_the_time_between_keys_what_is_recorded_is_what_was_typed_or_the_loss_is_said() {
    for id in ["V03", "V05"] {
        for pace in [0, 60, 149] {
            assert!(at_pace(id, || pace), "{id} at {pace} ms");
        }
        assert!(!at_pace(id, || 450), "{id} at a human pace");
        for round in 0..6 {
            let mut dice = Dice::new(round);
            at_pace(id, || match dice.below([3, 30, 200][round as usize % 3]) {
                0 => 0,
                1 => 100,
                _ => [151, 200, 400, 700, 999][dice.below(5)],
            });
        }
    }
}

/// Keeps nothing while it is broken, and notes what it was told.
#[derive(Default)]
struct Book {
    broken: Rc<Cell<bool>>,
    /// How long it takes to say so.
    takes: Rc<Cell<Duration>>,
    kept: Rc<RefCell<Vec<(What, Sheet)>>>,
}

impl Keep for Book {
    fn keep(&mut self, interview: &Interview, what: &What) -> Result<(), NotKept> {
        if self.broken.get() {
            std::thread::sleep(self.takes.get());
            return Err(NotKept { why: "The disk is full.".to_owned(), theirs: None });
        }
        self.kept.borrow_mut().push((what.clone(), interview.sheet().clone()));
        Ok(())
    }
}

/// What was kept, in its order.
type Written = Rc<RefCell<Vec<(What, Sheet)>>>;

fn with_book(questionnaire: &Questionnaire) -> (Person<'_>, Rc<Cell<bool>>, Written) {
    let book = Book::default();
    let (broken, kept) = (book.broken.clone(), book.kept.clone());
    let mut app = App::by_section(Interview::new(questionnaire, Audience::Clinician, day()), Site::default());
    app.keep_with(Box::new(book));
    (on(questionnaire, app, USUAL), broken, kept)
}

#[test]
fn every_answer_is_kept_before_anything_else_is_shown() {
    let (mut nurse, _, kept) = with_book(&BACK_PAIN);
    play(&mut nurse, case("V05"));
    let kept = kept.borrow();
    assert_eq!(kept.last().map(|(what, _)| what.clone()), Some(What::Shown));
    assert_eq!(kept.last().map(|(_, sheet)| sheet), Some(nurse.app.interview.sheet()));
    // Each is one step further than the one before.
    for pair in kept.windows(2) {
        let (What::Answers(questions), sheet) = &pair[1] else { continue };
        let changed = (0..BACK_PAIN.questions.len()).filter(|&q| pair[0].1.get(q) != sheet.get(q));
        assert!(changed.clone().all(|question| questions.contains(&question)), "{questions:?}");
    }
}

#[test]
fn what_is_not_kept_is_not_taken_until_it_is_kept_or_written_on_paper_or_dropped() {
    let (mut nurse, broken, kept) = with_book(&BACK_PAIN);
    nurse.press("n");
    broken.set(true);
    nurse.press("n");
    nurse.must_see("This answer could not be kept");
    nurse.must_see("The disk is full.");
    assert_eq!(answer(&nurse, "saddle_signs"), None, "it does not count");
    // Still broken.
    nurse.press("1 Enter");
    nurse.must_see("This answer could not be kept");
    broken.set(false);
    nurse.press("1 Enter");
    assert!(answer(&nurse, "saddle_signs").is_some());
    assert_eq!(nurse.question(), "limb_signs", "it goes on where it would have gone");
    assert_eq!(kept.borrow().len(), 2);
    // Dropped.
    broken.set(true);
    nurse.press("n Esc");
    assert_eq!((answer(&nurse, "limb_signs"), nurse.question()), (None, "limb_signs"));
    // Taking back is kept too, or not done.
    nurse.press("Esc");
    nurse.must_see("could not be kept");
    nurse.press("Esc");
    assert!(answer(&nurse, "saddle_signs").is_some());
    // On paper.
    nurse.press("n");
    nurse.press("2 Enter");
    nurse.must_see("NOT KEPT");
    assert_eq!(nurse.question(), "age", "{}", nurse.screen());
    nurse.press("3 4 Enter");
    assert!(answer(&nurse, "age").is_some());
    nurse.must_see("NOT KEPT");
    assert_eq!(kept.borrow().len(), 2, "nothing more was kept");
}

#[test]
fn what_was_typed_while_a_store_took_its_time_chooses_nothing_on_the_page_that_nobody_had_seen() {
    for first_again_at in [300, 1500] {
        let book = Book::default();
        let (broken, takes) = (book.broken.clone(), book.takes.clone());
        let interview = Interview::new(&BACK_PAIN, Audience::Clinician, day());
        let mut app = App::by_section(interview, Site::default());
        app.keep_with(Box::new(book));
        let mut nurse = on(&BACK_PAIN, app, USUAL);
        nurse.press("n");
        nurse.wait(Duration::from_millis(first_again_at));
        broken.set(true);
        takes.set(Duration::from_millis(300));
        for key in ['n', '2', '\r'] {
            let code = if key == '\r' { KeyCode::Enter } else { KeyCode::Char(key) };
            nurse.event(&Event::Key(KeyEvent::new(code, KeyModifiers::NONE)));
            // The program reads what is there when it is done with the key before.
            nurse.now += if key == 'n' { takes.get() } else { Duration::from_millis(1) };
        }
        nurse.must_see("could not be kept");
        nurse.must_see(LOST);
        nurse.must_see("❯ 1  Try again");
        assert!(!nurse.sees("NOT KEPT"), "{}", nurse.screen());
    }
}

#[test]
fn notes_where_an_answer_comes_from_and_the_reference_are_in_the_handover_and_in_what_is_kept() {
    let mut interview = Interview::new(&BACK_PAIN, Audience::Clinician, day());
    interview.refer_to("  Bed 4 / 1980 ");
    let mut nurse = on(&BACK_PAIN, App::by_section(interview, Site::default()), USUAL);
    nurse.press("F7");
    nurse.must_see("Answer this row first");
    nurse.press("n 3 Enter 1 k F8");
    nurse.must_see("observed");
    nurse.press("F7 type:since_the_birth Enter");
    nurse.must_see("Note: since the birth");
    nurse.must_see("Bed 4");
    let text = nurse.app.interview.to_json();
    let back = Interview::from_json(&BACK_PAIN, &text).unwrap_or_else(|_| panic!("an encounter"));
    assert_eq!(back.misfits, []);
    assert_eq!(back.interview.encounter().remarks, nurse.app.interview.encounter().remarks);
    let report = Report::of_interview(&nurse.app.interview, &Site::default());
    let written = Format::Text.write(&report);
    let written = support::in_a_row(&written);
    assert!(written.contains("Reference: Bed 4 / 1980."), "{written}");
    assert!(written.contains("(observed; note: since the birth)"), "{written}");
    let json: serde_json::Value = serde_json::from_str(&Format::Json.write(&report)).expect("JSON");
    assert_eq!(json["encounter"]["reference"], "Bed 4 / 1980");
    // A note about what does not count any more is in no report.
    nurse.app.interview.look_at(index(&BACK_PAIN, "saddle_signs"));
    nurse.draw();
    nurse.press("n");
    let report = Report::of_interview(&nurse.app.interview, &Site::default());
    assert!(!support::in_a_row(&Format::Text.write(&report)).contains("since the birth"));
    assert!(!Format::Json.write(&report).contains("since the birth"));
}

#[test]
fn no_file_is_offered_under_the_name_of_the_person() {
    let mut interview = Interview::new(&BACK_PAIN, Audience::Clinician, day());
    interview.refer_to("Smith");
    let mut nurse = on(&BACK_PAIN, App::by_section(interview, Site::default()), USUAL);
    play(&mut nurse, case("V03"));
    nurse.press("s");
    assert!(!nurse.sees("Smith"), "{}", nurse.screen());
}

#[test]
fn a_number_beyond_what_is_usual_is_marked_while_it_is_typed() {
    let mut nurse = begun(&BACK_PAIN, USUAL);
    nurse.app.interview.look_at(index(&BACK_PAIN, "calcium"));
    nurse.draw();
    nurse.must_see("usual 2.2 to 2.6");
    nurse.must_see("for example 2.4 mmol/L");
    nurse.press("type:2.9");
    nurse.must_see("high");
    nurse.press("Backspace type:4");
    assert!(!nurse.sees("high"), "{}", nurse.screen());
    nurse.press("Backspace Backspace Backspace type:9 type:m type:g type:/ type:d type:L");
    assert!(!nurse.sees("high") && !nurse.sees("low"), "9 mg/dL is 2.25 mmol/L:\n{}", nurse.screen());
    nurse.press("Enter");
    nurse.must_see("2.2");
}

#[test]
fn a_check_is_taken_over_with_the_old_answers_on_record() {
    let mut patient = Interview::new(&BACK_PAIN, Audience::Patient, day());
    patient.by_section();
    let sheet = &case("V07").sheet;
    for question in 0..BACK_PAIN.questions.len() {
        if let Some(answer) = sheet.get(question) {
            patient.look_at(question);
            patient.answer(Some(answer.clone())).expect("taken");
            patient.go_on();
        }
    }
    let kept = patient.encounter().clone();
    let encounter = Encounter { asked_as: Audience::Clinician, ..kept };
    let mut app = App::by_section(Interview::on(&BACK_PAIN, encounter), Site::default());
    app.take_over();
    let mut nurse = on(&BACK_PAIN, app, (120, 50));
    nurse.must_see("Go through these first");
    nurse.press("Enter");
    assert_eq!(nurse.question(), "limb_signs", "the red flag");
    nurse.press("/ type:worst Enter");
    assert_eq!(nurse.question(), "severity", "{}", nurse.screen());
    nurse.press("8");
    let report = Report::of_interview(&nurse.app.interview, &Site::default());
    let written = support::in_a_row(&Format::Text.write(&report));
    assert!(
        written.contains("Corrected answers: Worst pain in the last 24 hours: 8 (before: 4)"),
        "{written}"
    );
    // What is corrected back was not corrected.
    nurse.press("/ type:worst Enter 4");
    let report = Report::of_interview(&nurse.app.interview, &Site::default());
    assert!(!Format::Text.write(&report).contains("Corrected answers"));
}

#[test]
fn a_jump_goes_by_number_and_by_word_and_says_where_there_is_nothing() {
    let mut nurse = begun(&BACK_PAIN, USUAL);
    nurse.press("/ 4 Enter");
    assert_eq!(nurse.question(), "age");
    nurse.press("/ type:fever");
    nurse.press("Esc / type:weight_loss Enter");
    assert_eq!(nurse.question(), "weight_loss", "{}", nurse.screen());
    nurse.press("/ type:zzz Enter");
    nurse.must_see("None of the current questions has that.");
}

#[test]
fn a_check_that_nothing_can_change_is_finished_with_one_key() {
    let mut nurse = begun(&BACK_PAIN, USUAL);
    nurse.press("1 c");
    nurse.must_see("Decided");
    nurse.press("F4");
    assert_eq!(*nurse.app.interview.stage(), Stage::Summary);
    nurse.press("Esc");
    assert_eq!(nurse.question(), "emergency_now", "and back, with the answer taken back");
    assert_eq!(answer(&nurse, "emergency_now"), None);
}

#[test]
fn whatever_is_pressed_it_draws_and_the_cursor_is_on_the_screen() {
    const SIZES: [(u16, u16); 8] =
        [(40, 12), (59, 19), (80, 24), (109, 30), (110, 30), (160, 50), (39, 11), (1, 1)];
    const CODES: [KeyCode; 16] = [
        KeyCode::Enter,
        KeyCode::Enter,
        KeyCode::Esc,
        KeyCode::Up,
        KeyCode::Down,
        KeyCode::Left,
        KeyCode::Right,
        KeyCode::PageUp,
        KeyCode::PageDown,
        KeyCode::Tab,
        KeyCode::Backspace,
        KeyCode::Delete,
        KeyCode::F(4),
        KeyCode::F(7),
        KeyCode::F(8),
        KeyCode::Home,
    ];
    const LETTERS: [char; 22] = [
        '0', '1', '2', '3', '9', 'n', 'n', 'y', 'u', 'N', 'N', '/', 'o', 'l', 'j', 'k', 'c', ' ', 'r', 'w',
        '.', 'g',
    ];
    for (seed, questionnaire) in [&*BACK_PAIN, &*SMALL].into_iter().cycle().take(8).enumerate() {
        let mut dice = Dice::new(seed as u64 + 70);
        let mut nurse = begun(questionnaire, USUAL);
        let mut size = USUAL;
        for _ in 0..300 {
            let code = match dice.below(10) {
                0..4 => CODES[dice.below(CODES.len())],
                4..9 => KeyCode::Char(LETTERS[dice.below(LETTERS.len())]),
                _ => {
                    size = SIZES[dice.below(SIZES.len())];
                    nurse.resize(size);
                    continue;
                }
            };
            nurse.wait(Duration::from_millis(1300));
            nurse.event(&Event::Key(KeyEvent::new(code, KeyModifiers::NONE)));
            let (x, y) = nurse.cursor();
            assert!(x < size.0 && y < size.1, "{x} {y} of {size:?}");
        }
    }
}

/// A page of a section as it is drawn, in the four sizes that it was looked at.
#[test]
fn the_page_is_drawn_as_agreed() {
    for size in [(40, 12), (80, 24), (110, 30), (160, 50)] {
        let mut interview = Interview::new(&BACK_PAIN, Audience::Clinician, day());
        interview.refer_to("MRN 1234");
        let mut nurse = on(&BACK_PAIN, App::by_section(interview, Site::default()), size);
        let (width, height) = size;
        nurse.press("N Enter 3 4 Enter 1 N Enter 3 Enter 1 2 F8");
        insta::assert_snapshot!(format!("intake-page-{width}x{height}"), nurse.picture());
        nurse.press("N");
        insta::assert_snapshot!(format!("intake-nothing-{width}x{height}"), nurse.picture());
        nurse.press("Esc l");
        insta::assert_snapshot!(format!("intake-live-{width}x{height}"), nurse.picture());
        nurse.press("Esc o");
        insta::assert_snapshot!(format!("intake-outline-{width}x{height}"), nurse.picture());
    }
}

#[test]
fn every_word_is_there_in_spanish() {
    let spanish = &*support::DOLOR_DE_ESPALDA;
    let mut nurse = begun(spanish, (110, 30));
    nurse.press("N Enter");
    nurse.must_see("Falta");
    nurse.press("3 4 Enter 1 N");
    nurse.must_see("¿Nada más en");
    nurse.press("Enter Esc");
    nurse.must_see("Deshecho:");
}

#[test]
fn enter_takes_what_was_read_back_only_when_all_of_it_was_on_the_screen() {
    let mut nurse = begun(&BACK_PAIN, (40, 12));
    nurse.app.interview.look_at(index(&BACK_PAIN, "fever"));
    nurse.draw();
    nurse.press("N");
    nurse.must_see("more line");
    nurse.press("Enter");
    assert_eq!(answer(&nurse, "fever"), None, "{}", nurse.screen());
    nurse.press("Enter Enter Enter");
    assert!(answer(&nurse, "fever").is_some(), "{}", nurse.screen());
}
