//! Bytes from the terminal in, events out. Knows no clock and no terminal.
//!
//! The keys and the sequences are those of xterm and of the Linux console. What isn't understood is dropped whole,
//! so that the rest of a sequence is never taken for typed text.

use std::time::{Duration, Instant};

use crossterm::event::{Event, KeyCode, KeyEvent, KeyModifiers, MouseButton, MouseEvent, MouseEventKind};

const ESC: u8 = 0x1b;
const PASTE_END: &[u8] = b"\x1b[201~";

/// How long a lone Esc may still be the start of a sequence that a slow line has cut. Shorter than one picture of a
/// screen with 50 a second.
const ESC_PATIENCE: Duration = Duration::from_millis(20);
/// How long the rest of any other sequence may take.
const SEQUENCE_PATIENCE: Duration = Duration::from_millis(100);
/// How long the rest of a pasted text may take.
const PASTE_PATIENCE: Duration = Duration::from_secs(1);
/// No sequence is longer than this, except a pasted text.
const LONGEST_SEQUENCE: usize = 4096;
/// A pasted text is cut here, so that an endless one can't fill the memory.
const LONGEST_PASTE: usize = 1 << 20;

/// What has come in and isn't an event yet.
#[derive(Debug, Default)]
pub struct Input {
    waiting: Vec<u8>,
    since: Option<Instant>,
}

impl Input {
    /// Adds the events in `bytes`, which came in at `now`. The start of a sequence waits for its rest.
    pub fn feed(&mut self, bytes: &[u8], now: Instant, events: &mut Vec<Event>) {
        self.waiting.extend_from_slice(bytes);
        self.since = Some(now);
        let mut used = 0;
        loop {
            match parse(&self.waiting[used..]) {
                Parsed::Incomplete => break,
                Parsed::Nothing(length) => used += length,
                Parsed::Event(event, length) => {
                    events.push(event);
                    used += length;
                }
            }
        }
        self.waiting.drain(..used);
        let longest = if self.is_paste() { LONGEST_PASTE } else { LONGEST_SEQUENCE };
        if self.waiting.len() > longest {
            self.take_as_it_is(events);
        }
    }

    /// When to call [`Input::give_up_waiting`]; `None` when nothing waits.
    pub fn patience_ends(&self) -> Option<Instant> {
        let patience = match self.waiting[..] {
            [] => return None,
            [ESC] => ESC_PATIENCE,
            _ if self.is_paste() => PASTE_PATIENCE,
            _ => SEQUENCE_PATIENCE,
        };
        self.since.map(|since| since + patience)
    }

    /// When the rest of a sequence hasn't come until `now`, what is there counts for itself: a lone Esc is the key,
    /// a pasted text ends here, and anything else is dropped.
    pub fn give_up_waiting(&mut self, now: Instant, events: &mut Vec<Event>) {
        if self.patience_ends().is_some_and(|end| now >= end) {
            self.take_as_it_is(events);
        }
    }

    fn is_paste(&self) -> bool {
        self.waiting.starts_with(b"\x1b[200~")
    }

    fn take_as_it_is(&mut self, events: &mut Vec<Event>) {
        let waiting = std::mem::take(&mut self.waiting);
        match waiting[..] {
            [ESC] => events.push(key(KeyCode::Esc, KeyModifiers::NONE)),
            [ESC, introducer] if introducer.is_ascii() => {
                events.push(character(introducer.into(), KeyModifiers::ALT));
            }
            [ESC, b'[', b'2', b'0', b'0', b'~', ref text @ ..] => events.push(paste(text)),
            _ => {}
        }
    }
}

/// What the first bytes mean, and how many they are.
enum Parsed {
    Event(Event, usize),
    Nothing(usize),
    Incomplete,
}

impl Parsed {
    fn new(event: Option<Event>, length: usize) -> Self {
        event.map_or(Parsed::Nothing(length), |event| Parsed::Event(event, length))
    }
}

fn parse(bytes: &[u8]) -> Parsed {
    match bytes {
        [] | [ESC] => Parsed::Incomplete,
        [ESC, b'[', ..] => control_sequence(bytes),
        [ESC, b'O'] => Parsed::Incomplete,
        [ESC, b'O', letter, ..] => Parsed::new(keypad(*letter).map(|code| key(code, KeyModifiers::NONE)), 3),
        [ESC, b']' | b'P' | b'_' | b'^', ..] => reply(bytes),
        [ESC, ESC, ..] => Parsed::Event(key(KeyCode::Esc, KeyModifiers::NONE), 1),
        [ESC, rest @ ..] => match typed(rest, KeyModifiers::ALT) {
            Parsed::Event(event, length) => Parsed::Event(event, length + 1),
            Parsed::Nothing(length) => Parsed::Nothing(length + 1),
            Parsed::Incomplete => Parsed::Incomplete,
        },
        _ => typed(bytes, KeyModifiers::NONE),
    }
}

fn key(code: KeyCode, modifiers: KeyModifiers) -> Event {
    Event::Key(KeyEvent::new(code, modifiers))
}

/// A typed character; a capital letter carries Shift, as crossterm has it.
fn character(typed: char, modifiers: KeyModifiers) -> Event {
    let shift = if typed.is_uppercase() { KeyModifiers::SHIFT } else { KeyModifiers::NONE };
    key(KeyCode::Char(typed), modifiers | shift)
}

/// Pasted text, as it is: what to do with its newlines and control characters is up to the field.
fn paste(text: &[u8]) -> Event {
    Event::Paste(String::from_utf8_lossy(text).into_owned())
}

fn typed(bytes: &[u8], modifiers: KeyModifiers) -> Parsed {
    let control = |letter: u8| key(KeyCode::Char(letter.into()), modifiers | KeyModifiers::CONTROL);
    let event = match bytes[0] {
        b'\r' => key(KeyCode::Enter, modifiers),
        b'\t' => key(KeyCode::Tab, modifiers),
        0x7f => key(KeyCode::Backspace, modifiers),
        0 => control(b' '),
        byte @ 0x01..=0x1a => control(byte - 1 + b'a'),
        byte @ 0x1c..=0x1f => control(byte - 0x1c + b'4'),
        _ => return text(bytes, modifiers),
    };
    Parsed::Event(event, 1)
}

fn text(bytes: &[u8], modifiers: KeyModifiers) -> Parsed {
    let start = &bytes[..bytes.len().min(4)];
    let valid = match str::from_utf8(start) {
        Ok(valid) => valid,
        Err(error) if error.valid_up_to() > 0 => str::from_utf8(&start[..error.valid_up_to()]).unwrap_or(""),
        Err(error) => return error.error_len().map_or(Parsed::Incomplete, Parsed::Nothing),
    };
    let typed = valid.chars().next();
    Parsed::new(typed.map(|typed| character(typed, modifiers)), typed.map_or(1, char::len_utf8))
}

/// `ESC O letter`: arrows and function keys of a terminal in application mode, and its number pad.
fn keypad(letter: u8) -> Option<KeyCode> {
    Some(match letter {
        b'M' => KeyCode::Enter,
        b'j'..=b'y' => KeyCode::Char((letter - 0x40).into()),
        _ => return cursor_key(letter),
    })
}

fn cursor_key(letter: u8) -> Option<KeyCode> {
    Some(match letter {
        b'A' => KeyCode::Up,
        b'B' => KeyCode::Down,
        b'C' => KeyCode::Right,
        b'D' => KeyCode::Left,
        b'H' => KeyCode::Home,
        b'F' => KeyCode::End,
        b'P'..=b'S' => KeyCode::F(letter - b'P' + 1),
        _ => return None,
    })
}

/// The terminal's late answer to a question that an earlier program has asked. It ends with BEL or `ESC \`.
fn reply(bytes: &[u8]) -> Parsed {
    for (at, byte) in bytes.iter().enumerate().skip(2) {
        match byte {
            0x07 => return Parsed::Nothing(at + 1),
            &ESC => match bytes.get(at + 1) {
                Some(b'\\') => return Parsed::Nothing(at + 2),
                Some(_) => return Parsed::Nothing(at),
                None => return Parsed::Incomplete,
            },
            _ => {}
        }
    }
    Parsed::Incomplete
}

/// `ESC [ numbers letter`.
fn control_sequence(bytes: &[u8]) -> Parsed {
    match bytes.get(2) {
        None => return Parsed::Incomplete,
        // The Linux console has F1 to F5 as `ESC [ [ A` and so on.
        Some(b'[') => {
            let Some(letter) = bytes.get(3) else { return Parsed::Incomplete };
            let code = (b'A'..=b'E').contains(letter).then(|| KeyCode::F(letter - b'A' + 1));
            return Parsed::new(code.map(|code| key(code, KeyModifiers::NONE)), 4);
        }
        // The mouse of old terminals: three bytes follow the letter.
        Some(b'M') => {
            let Some(&[button, column, row]) = bytes.get(3..6) else { return Parsed::Incomplete };
            let [button, column, row] = [button, column, row].map(|byte| u16::from(byte.saturating_sub(32)));
            return Parsed::new(mouse(button, column, row, false), 6);
        }
        Some(_) => {}
    }
    let Some(end) = bytes[2..].iter().position(|byte| !(0x20..=0x3f).contains(byte)).map(|at| at + 2) else {
        return Parsed::Incomplete;
    };
    let (numbers, last) = (&bytes[2..end], bytes[end]);
    if !(0x40..=0x7e).contains(&last) {
        // Broken off: that byte starts something else.
        return Parsed::Nothing(end);
    }
    if (numbers, last) == (b"200", b'~') {
        let text = &bytes[end + 1..];
        return match text.windows(PASTE_END.len()).position(|window| window == PASTE_END) {
            Some(length) => Parsed::Event(paste(&text[..length]), end + 1 + length + PASTE_END.len()),
            None => Parsed::Incomplete,
        };
    }
    Parsed::new(str::from_utf8(numbers).ok().and_then(|numbers| meaning(numbers, last)), end + 1)
}

fn meaning(numbers: &str, last: u8) -> Option<Event> {
    if let Some(numbers) = numbers.strip_prefix('<') {
        let mut numbers = numbers.split(';').map(|number| number.parse().unwrap_or(0));
        let [button, column, row] = [numbers.next()?, numbers.next()?, numbers.next()?];
        return mouse(button, column, row, last == b'm');
    }
    let mut parts = numbers.split(';');
    let mut next = || parts.next().unwrap_or("").split(':').map(|number| number.parse::<u32>().unwrap_or(1));
    let first = next().next().unwrap_or(1);
    let mut second = next();
    let modifiers = modifiers(second.next().unwrap_or(1));
    // A terminal left in kitty's keyboard mode by another program tells when a key is let go, too.
    if second.next() == Some(3) {
        return None;
    }
    let code = match last {
        b'Z' => return Some(key(KeyCode::BackTab, KeyModifiers::SHIFT)),
        b'I' => return Some(Event::FocusGained),
        b'O' => return Some(Event::FocusLost),
        b'u' => return coded(first, modifiers),
        b'~' if first == 27 => return coded(next().next()?, modifiers),
        b'~' => numbered(first)?,
        // With numbers this is the position of the cursor, not F3.
        b'R' if first != 1 => return None,
        _ => cursor_key(last)?,
    };
    Some(key(code, modifiers))
}

fn modifiers(number: u32) -> KeyModifiers {
    let names = [
        KeyModifiers::SHIFT,
        KeyModifiers::ALT,
        KeyModifiers::CONTROL,
        KeyModifiers::SUPER,
        KeyModifiers::HYPER,
        KeyModifiers::META,
    ];
    let held = number.saturating_sub(1);
    (0..).zip(names).filter(|(bit, _)| held >> bit & 1 == 1).map(|(_, name)| name).collect()
}

/// `ESC [ number ~`, as numbered on the VT220.
fn numbered(number: u32) -> Option<KeyCode> {
    Some(match number {
        1 | 7 => KeyCode::Home,
        2 => KeyCode::Insert,
        3 => KeyCode::Delete,
        4 | 8 => KeyCode::End,
        5 => KeyCode::PageUp,
        6 => KeyCode::PageDown,
        11..=15 => KeyCode::F((number - 10) as u8),
        17..=21 => KeyCode::F((number - 11) as u8),
        23..=24 => KeyCode::F((number - 12) as u8),
        _ => return None,
    })
}

/// A key as the number of its character, which some terminals can be set to send instead of control characters.
fn coded(number: u32, modifiers: KeyModifiers) -> Option<Event> {
    let code = match char::from_u32(number)? {
        '\x1b' => KeyCode::Esc,
        '\r' => KeyCode::Enter,
        '\t' if modifiers.contains(KeyModifiers::SHIFT) => KeyCode::BackTab,
        '\t' => KeyCode::Tab,
        '\x7f' => KeyCode::Backspace,
        typed if typed.is_control() => return None,
        typed => KeyCode::Char(typed),
    };
    Some(key(code, modifiers))
}

/// A mouse event from xterm's button number; columns and rows count from 1 there and from 0 here.
fn mouse(button: u16, column: u16, row: u16, released: bool) -> Option<Event> {
    let which = match button & 0b11 {
        0 => Some(MouseButton::Left),
        1 => Some(MouseButton::Middle),
        2 => Some(MouseButton::Right),
        _ => None,
    };
    let (wheel, moving) = (button & 64 != 0, button & 32 != 0);
    let kind = match (wheel, moving, which) {
        (true, _, _) => match button & 0b11 {
            0 => MouseEventKind::ScrollUp,
            1 => MouseEventKind::ScrollDown,
            2 => MouseEventKind::ScrollLeft,
            _ => MouseEventKind::ScrollRight,
        },
        (_, true, Some(which)) => MouseEventKind::Drag(which),
        (_, true, None) => MouseEventKind::Moved,
        (_, _, Some(which)) if released => MouseEventKind::Up(which),
        (_, _, Some(which)) => MouseEventKind::Down(which),
        // Old terminals don't say which button was let go.
        (_, _, None) => MouseEventKind::Up(MouseButton::Left),
    };
    let modifiers = modifiers(u32::from(button >> 2 & 0b111) + 1);
    let (column, row) = (column.saturating_sub(1), row.saturating_sub(1));
    Some(Event::Mouse(MouseEvent { kind, column, row, modifiers }))
}
