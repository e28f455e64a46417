//! Whatever is pressed, pasted, tapped and resized: it draws, and the cursor is on the screen.

mod dice;
mod support;

use std::time::Duration;

use crossterm::event::{Event, KeyCode, KeyEvent, KeyModifiers, MouseButton, MouseEvent, MouseEventKind};
use dice::Dice;
use redflag::questionnaire::{Audience, Questionnaire};
use redflag::save::SaveProblem;
use redflag::tui::app::Effect;
use support::{BACK_PAIN, Person, SMALL};

const SIZES: [(u16, u16); 10] =
    [(40, 12), (41, 13), (59, 19), (60, 20), (80, 24), (80, 26), (120, 40), (200, 60), (39, 11), (1, 1)];

const CODES: [KeyCode; 18] = [
    KeyCode::Enter,
    KeyCode::Enter,
    KeyCode::Enter,
    KeyCode::Esc,
    KeyCode::Up,
    KeyCode::Down,
    KeyCode::Left,
    KeyCode::Right,
    KeyCode::Home,
    KeyCode::End,
    KeyCode::PageUp,
    KeyCode::PageDown,
    KeyCode::Tab,
    KeyCode::BackTab,
    KeyCode::Backspace,
    KeyCode::Delete,
    KeyCode::F(2),
    KeyCode::F(3),
];

const CHARACTERS: [char; 24] = [
    '0', '1', '2', '3', '4', '5', '9', ' ', 'u', 'w', 'r', 'q', 'a', 'c', 'e', 's', '?', 'n', ',', '.', '漢',
    '\u{301}', '👩', '\u{200d}',
];

const PASTES: [&str; 5] =
    ["", "64\n", "2,6", "a\u{1b}[2J\nb", "👨‍👩‍👧‍👦e\u{301}漢字 and more words than fit in a line of the screen"];

fn event(dice: &mut Dice, size: (u16, u16)) -> Event {
    match dice.below(100) {
        0..60 => Event::Key(KeyEvent::new(dice.pick(&CODES), KeyModifiers::NONE)),
        60..88 => Event::Key(KeyEvent::new(KeyCode::Char(dice.pick(&CHARACTERS)), KeyModifiers::NONE)),
        88 => Event::Key(KeyEvent::new(KeyCode::Char(dice.pick(&['c', 'z', 'x'])), KeyModifiers::CONTROL)),
        89..92 => Event::Paste(dice.pick(&PASTES).to_owned()),
        roll => Event::Mouse(MouseEvent {
            kind: match roll {
                92 => MouseEventKind::ScrollUp,
                93 => MouseEventKind::ScrollDown,
                94 => MouseEventKind::Down(MouseButton::Left),
                _ => MouseEventKind::Up(MouseButton::Left),
            },
            column: dice.below(usize::from(size.0) + 2) as u16,
            row: dice.below(usize::from(size.1) + 2) as u16,
            modifiers: KeyModifiers::NONE,
        }),
    }
}

fn play(questionnaire: &Questionnaire, audience: Audience, seed: u64, events: usize) {
    let mut dice = Dice::new(seed);
    let mut size = (80, 24);
    let mut person = Person::new(questionnaire, audience, size);
    let mut positions = 0;
    for _ in 0..events {
        if dice.below(12) == 0 {
            size = dice.pick(&SIZES);
            person.resize(size);
        }
        let waited = person.wait(Duration::from_millis(dice.pick(&[0, 20, 149, 151, 400, 2000])));
        let event = event(&mut dice, size);
        let before = person.app.progress.position;
        let effects = [waited, person.event(&event)];
        match effects.into_iter().find(|effect| *effect != Effect::None).unwrap_or(Effect::None) {
            Effect::Save { path, .. } => {
                assert!(!path.is_empty());
                let problems = [SaveProblem::Exists, SaveProblem::Failed("no room".into())];
                person.saved(problems.into_iter().nth(dice.below(3)).map_or(Ok(()), Err));
            }
            Effect::Leave(_) => {
                person = Person::new(questionnaire, audience, size);
            }
            Effect::Copy { excerpt, .. } => person.copied(excerpt, dice.below(2) == 0),
            Effect::CallStaff | Effect::Slip(_) | Effect::ToDesk => panic!("nobody is at a kiosk"),
            Effect::None | Effect::Suspend => {}
        }
        positions += usize::from(person.app.progress.position != before);
        let (column, row) = person.cursor();
        assert!(column < size.0 && row < size.1, "the cursor is at {column}, {row} of {size:?}");
        let screen = person.screen();
        assert!(!screen.trim().is_empty(), "nothing is drawn after {event:?}");
        let a_way_out = screen.contains("Ctrl-C") || screen.contains("q finish");
        assert!(a_way_out || size.0 < 40 || size.1 < 12, "no way out after {event:?}\n{screen}");
    }
    assert!(positions > events / 100, "it got somewhere");
}

#[test]
fn whatever_a_patient_presses_it_draws() {
    play(&BACK_PAIN, Audience::Patient, 0x9E37_79B9_7F4A_7C15, 7000);
}

#[test]
fn whatever_a_clinician_presses_it_draws() {
    play(&BACK_PAIN, Audience::Clinician, 0xD1B5_4A32_D192_ED03, 7000);
}

#[test]
fn whatever_is_pressed_with_every_kind_of_question_it_draws() {
    play(&SMALL, Audience::Clinician, 0x8CB9_2BA7_2F3D_8DD7, 7000);
}
