//! With the mouse alone: every word of the bottom line does what its key does, and the whole check can be done.

mod support;

use crossterm::event::{Event, KeyModifiers, MouseButton, MouseEvent, MouseEventKind};
use redflag::interview::Stage;
use redflag::tui::app::Overlay;
use redflag::tui::keys::Mode;
use support::{DOLOR_DE_ESPALDA, Person, USUAL};

/// Where the first of these words is on the screen.
fn find(person: &Person, words: &[&str]) -> Option<(u16, u16)> {
    let screen = person.screen();
    words.iter().find_map(|word| {
        screen.lines().enumerate().find_map(|(y, line)| {
            let at = line.find(word)?;
            Some((line[..at].chars().count() as u16, y as u16))
        })
    })
}

#[track_caller]
fn click(person: &mut Person, words: &[&str]) {
    let Some((x, y)) = find(person, words) else { panic!("no {words:?} on\n{}", person.screen()) };
    person.tap(x, y);
}

/// The last line of the screen.
#[track_caller]
fn click_below(person: &mut Person, word: &str) {
    let screen = person.screen();
    let y = screen.lines().count() - 1;
    let Some(at) = screen.lines().nth(y).and_then(|line| line.find(word)) else {
        panic!("{word}:\n{screen}")
    };
    let x = screen.lines().nth(y).expect("a line")[..at].chars().count();
    person.tap(x as u16, y as u16);
}

#[test]
fn the_whole_check_can_be_done_with_the_mouse_alone() {
    let mut person = Person::patient(USUAL);
    person.app.mouse = true;
    click_below(&mut person, "Enter");
    let mut asked = 0;
    while !matches!(person.app.interview.stage(), Stage::Summary) {
        person.wait(std::time::Duration::from_millis(300));
        match person.app.mode() {
            Mode::OneOf => click(&mut person, &["( ) n", "( ) 1"]),
            Mode::ManyOf => click(&mut person, &["[ ] n", "[ ] 1"]),
            Mode::BodyMap => click(&mut person, &["[ ] 3"]),
            Mode::Number => {
                click(&mut person, &["[4]"]);
                click(&mut person, &["[0]"]);
            }
            Mode::Scale => click(&mut person, &["  3  "]),
            Mode::Text | Mode::Note => {}
            mode => panic!("{mode:?}\n{}", person.screen()),
        }
        asked += 1;
        assert!(asked < 60, "it does not end:\n{}", person.screen());
        click_below(&mut person, "Enter");
    }
    assert!(person.app.interview.is_finished());
    click_below(&mut person, "s save");
    assert!(matches!(person.app.overlay, Some(Overlay::Save(_))));
    click_below(&mut person, "Esc");
    assert_eq!(person.app.overlay, None);
}

#[test]
fn what_was_opened_by_a_click_is_closed_by_one() {
    for (word, close) in [("w ", "Esc"), ("? ", "Enter"), ("w ", "Enter")] {
        let mut person = Person::patient(USUAL);
        click_below(&mut person, "Enter");
        click_below(&mut person, word);
        assert_eq!(person.app.mode(), Mode::Reading, "{word}");
        click_below(&mut person, close);
        assert_eq!((person.app.mode(), person.question()), (Mode::ManyOf, "emergency_now"), "{word}");
    }
    let mut person = Person::patient(USUAL);
    click_below(&mut person, "Ctrl-C");
    assert!(matches!(person.app.overlay, Some(Overlay::Leave { .. })));
}

#[test]
fn sliding_off_takes_a_press_back() {
    let mut person = Person::patient(USUAL);
    person.press("Enter");
    let mouse =
        |kind, (column, row)| Event::Mouse(MouseEvent { kind, column, row, modifiers: KeyModifiers::NONE });
    let (one, other) = (find(&person, &["[ ] 6"]).expect("a row"), find(&person, &["[ ] 9"]).expect("a row"));
    for (down, up, ticked) in [(one, other, 0), (one, one, 1)] {
        person.wait(std::time::Duration::from_secs(2));
        person.event(&mouse(MouseEventKind::Down(MouseButton::Left), down));
        person.event(&mouse(MouseEventKind::Up(MouseButton::Left), up));
        assert_eq!(person.app.draft.ticked.len(), ticked);
    }
}

#[test]
fn words_make_way_before_keys_at_every_width_and_in_spanish() {
    for width in [40, 50, 60, 70, 80, 120] {
        let mut person =
            Person::new(&DOLOR_DE_ESPALDA, redflag::questionnaire::Audience::Patient, (width, 24));
        person.press("Enter");
        let screen = person.screen();
        let bottom = screen.lines().rfind(|line| !line.trim().is_empty()).unwrap_or_default();
        for key in ["Enter", "Esc", "?", "Ctrl-C"] {
            assert!(bottom.contains(key), "{width}: {bottom}");
        }
        assert!(width < 60 || bottom.contains("w"), "{width}: {bottom}");
    }
}

/// What a list has below the screen, and which of its lines are chosen and focused.
fn list_of(person: &Person) -> (bool, usize, Option<usize>) {
    (person.sees("more below ↓"), person.app.draft.ticked.len(), person.app.draft.focus)
}

/// At 80x24 a clinician has more emergencies to choose from than fit. By mouse alone the last ones could not be
/// reached: the wheel did nothing, and the words that say how much is below could not be clicked.
#[test]
fn answers_out_of_view_are_reached_by_the_wheel_or_by_clicking_how_many_there_are() {
    let wheel = |kind| Event::Mouse(MouseEvent { kind, column: 20, row: 12, modifiers: KeyModifiers::NONE });
    let mut person = Person::new(&support::BACK_PAIN, redflag::questionnaire::Audience::Clinician, USUAL);
    person.press("Enter 2");
    assert_eq!(list_of(&person), (true, 1, Some(1)));
    for _ in 0..4 {
        person.event(&wheel(MouseEventKind::ScrollDown));
    }
    assert_eq!(list_of(&person), (false, 1, Some(1)), "nothing is chosen by that:\n{}", person.screen());
    click(&mut person, &["[ ] n"]);
    assert_eq!(list_of(&person), (false, 1, Some(11)), "{}", person.screen());
    person.event(&wheel(MouseEventKind::ScrollUp));
    person.event(&wheel(MouseEventKind::ScrollUp));
    assert!(find(&person, &["[ ] 1"]).is_some(), "{}", person.screen());
    // A key leads back to where it acts.
    person.press("Up");
    assert!(find(&person, &["❯ [ ] b"]).is_some(), "{}", person.screen());
    click(&mut person, &["above"]);
    assert!(find(&person, &["[ ] 1"]).is_some(), "{}", person.screen());
    click(&mut person, &["more below ↓"]);
    assert!(find(&person, &["[ ] u"]).is_some(), "{}", person.screen());
}

/// In a one_of the focus is the choice, so that the wheel must leave it alone.
#[test]
fn the_wheel_never_changes_which_answer_is_chosen() {
    let mut person = Person::patient((44, 14));
    person.reach("sex", &[]);
    person.reach("duration", &[]);
    person.press("2");
    let chosen = person.app.draft.ticked;
    for kind in [MouseEventKind::ScrollDown, MouseEventKind::ScrollDown, MouseEventKind::ScrollUp] {
        person.wait(std::time::Duration::from_millis(200));
        person.event(&Event::Mouse(MouseEvent { kind, column: 20, row: 9, modifiers: KeyModifiers::NONE }));
        assert_eq!((person.app.draft.ticked, person.app.draft.focus), (chosen, Some(1)));
    }
    person.press("Enter Esc");
    assert_eq!(person.app.draft.ticked, chosen);
}

#[test]
fn a_page_to_read_turns_by_a_click_on_how_much_is_left() {
    let mut person = Person::patient(USUAL);
    person.reach_summary(&[]);
    let first = person.screen();
    click(&mut person, &["below ↓"]);
    assert_ne!(person.screen(), first);
    let y = person.screen().lines().position(|line| line.contains("above · ")).expect("both ways");
    let x = person.screen().lines().nth(y).expect("a line").find("above").expect("there");
    person.tap(x as u16, y as u16);
    assert_eq!(person.screen(), first);
}

/// A second click at once on the same thing: of somebody who double-clicks, as on files.
fn click_twice(person: &mut Person, (column, row): (u16, u16), apart: u64) {
    person.wait(std::time::Duration::from_secs(2));
    for _ in 0..2 {
        for kind in [MouseEventKind::Down(MouseButton::Left), MouseEventKind::Up(MouseButton::Left)] {
            person.event(&Event::Mouse(MouseEvent { kind, column, row, modifiers: KeyModifiers::NONE }));
        }
        person.wait(std::time::Duration::from_millis(apart));
    }
}

#[test]
fn a_double_click_does_what_a_click_does_and_says_that_the_second_was_not_taken() {
    for apart in [80, 160, 250, 390] {
        let mut person = Person::patient(USUAL);
        person.press("Enter");
        let row = find(&person, &["[ ] 3"]).expect("a row");
        click_twice(&mut person, row, apart);
        assert_eq!(person.app.draft.ticked.len(), 1, "{apart} ms");
        person.must_see("Too fast: that did not count.");
        // On the way on it must not answer, or leave out, the next question too.
        let mut person = Person::with_small(USUAL);
        person.press("Enter");
        person.step(&[]);
        let at = person.question().to_owned();
        person.press("1");
        let next = find(&person, &["Enter next"]).expect("the way on");
        click_twice(&mut person, next, apart);
        let next = person.question().to_owned();
        assert_ne!(next, at, "{apart} ms");
        person.must_see("Too fast: that did not count.");
        person.wait(std::time::Duration::from_secs(2));
        assert_eq!(person.question(), next, "{apart} ms");
    }
}
