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
