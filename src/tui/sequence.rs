//! What the bytes of a key, the mouse or a paste mean. A pure function of the bytes.
//!
//! The sequences are those of xterm and of the Linux console, and mean what crossterm says they mean. What isn't
//! understood is dropped whole, so that the rest of a sequence is never taken for typed text.

use crossterm::event::{Event, KeyCode, KeyEvent, KeyModifiers, MouseButton, MouseEvent, MouseEventKind};

pub const ESC: u8 = 0x1b;
pub const PASTE_START: &[u8] = b"\x1b[200~";
const PASTE_END: &[u8] = b"\x1b[201~";

/// What the first bytes mean, and how many they are.
pub enum Parsed {
    /// An event and its length.
    Event(Event, usize),
    /// The length of something that means nothing here.
    Nothing(usize),
    /// More bytes are needed.
    Incomplete,
}

impl Parsed {
    fn new(event: Option<Event>, length: usize) -> Self {
        event.map_or(Parsed::Nothing(length), |event| Parsed::Event(event, length))
    }
}

/// The first event in `bytes`.
pub fn parse(bytes: &[u8]) -> Parsed {
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

/// A key that is pressed.
pub fn key(code: KeyCode, modifiers: KeyModifiers) -> Event {
    Event::Key(KeyEvent::new(code, modifiers))
}

/// A typed character; a capital letter carries Shift, as crossterm has it.
pub fn character(typed: char, modifiers: KeyModifiers) -> Event {
    let shift = if typed.is_uppercase() { KeyModifiers::SHIFT } else { KeyModifiers::NONE };
    key(KeyCode::Char(typed), modifiers | shift)
}

/// Pasted text, as it is: what to do with its newlines and control characters is up to the field.
pub fn paste(text: &[u8]) -> Event {
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
    let typed = valid.chars().next().unwrap_or('\0');
    let event = (!typed.is_control()).then(|| character(typed, modifiers));
    Parsed::new(event, typed.len_utf8())
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
            // None of them is a control character: that starts something else, and what came before is dropped.
            if bytes[3..].iter().take(3).any(|byte| *byte < 32) {
                let broken = bytes[3..].iter().take_while(|byte| **byte >= 32).count();
                return Parsed::Nothing(3 + broken);
            }
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
        let numbers: Vec<u16> =
            numbers.split(';').map(|number| number.parse().ok()).collect::<Option<_>>()?;
        // Without one of them, or with one more, nobody can tell where it was.
        let [button, column, row] = numbers[..] else { return None };
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
        // The position of the cursor; F3 is `ESC O R`.
        b'R' => return None,
        _ => cursor_key(last)?,
    };
    Some(key(code, modifiers))
}

/// Row and column in the terminal's answer to where the cursor is, `ESC [ row ; column R`.
pub fn cursor_place(sequence: &[u8]) -> Option<(u16, u16)> {
    let numbers = sequence.strip_prefix(b"\x1b[")?.strip_suffix(b"R")?;
    let (row, column) = str::from_utf8(numbers).ok()?.split_once(';')?;
    Some((row.parse().ok()?, column.parse().ok()?))
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

#[cfg(test)]
mod tests {
    use std::time::{Duration, Instant};

    use super::super::input::Input;
    use super::*;

    /// The events in words.
    fn events(bytes: &[u8]) -> Vec<String> {
        let (mut input, mut events, now) = (Input::default(), Vec::new(), Instant::now());
        input.feed(bytes, now, &mut events);
        input.give_up_waiting(now + Duration::from_secs(9), &mut events);
        events.iter().map(words).collect()
    }

    fn words(event: &Event) -> String {
        match event {
            Event::Key(key) => {
                let held = key.modifiers.iter_names().map(|(name, _)| format!("{name} "));
                format!("{}{:?}", held.collect::<String>(), key.code)
            }
            Event::Mouse(mouse) => format!("{:?} at {},{}", mouse.kind, mouse.column, mouse.row),
            other => format!("{other:?}"),
        }
    }

    #[test]
    fn keys_come_as_xterm_and_the_linux_console_send_them() {
        for (bytes, key) in [
            ("a", "Char('a')"),
            ("\u{df}", "Char('\u{df}')"),
            ("\r", "Enter"),
            ("\t", "Tab"),
            ("\x7f", "Backspace"),
            ("\x03", "CONTROL Char('c')"),
            ("\x1b", "Esc"),
            ("\x1bx", "ALT Char('x')"),
            ("\x1b[A", "Up"),
            ("\x1bOA", "Up"),
            ("\x1b[1;5C", "CONTROL Right"),
            ("\x1b[Z", "SHIFT BackTab"),
            ("\x1b[5~", "PageUp"),
            ("\x1b[3;2~", "SHIFT Delete"),
            ("\x1bOP", "F(1)"),
            ("\x1b[[A", "F(1)"),
            ("\x1b[24~", "F(12)"),
            ("\x1bOM", "Enter"),
            ("\x1bOq", "Char('1')"),
            ("\x1b[99;5u", "CONTROL Char('c')"),
            ("\x1b[27;5;99~", "CONTROL Char('c')"),
        ] {
            assert_eq!(events(bytes.as_bytes()), [key], "{bytes:?}");
        }
    }

    #[test]
    fn the_mouse_is_understood_in_both_encodings() {
        assert_eq!(events(b"\x1b[<0;10;5M"), ["Down(Left) at 9,4"]);
        assert_eq!(events(b"\x1b[<32;300;5M"), ["Drag(Left) at 299,4"]);
        assert_eq!(events(b"\x1b[<0;10;5m"), ["Up(Left) at 9,4"]);
        assert_eq!(events(b"\x1b[<65;1;1M"), ["ScrollDown at 0,0"]);
        assert_eq!(events(b"\x1b[M !!"), ["Down(Left) at 0,0"]);
        assert_eq!(events(b"\x1b[M#\xff\xff"), ["Up(Left) at 222,222"], "as far as three bytes reach");
        assert_eq!(events(b"\x1b[M@!!"), ["Drag(Left) at 0,0"]);
        assert_eq!(
            events(b"\x1b[<0;0;0M"),
            ["Down(Left) at 0,0"],
            "no terminal counts from 0, but nothing breaks"
        );
    }

    #[test]
    fn what_is_not_understood_is_never_taken_for_typed_text() {
        for bytes in [
            &b"\x1b[?1;2c"[..],
            b"\x1b[5;3R",
            b"\x1b[99~",
            b"\x1b[97;1:3u",
            b"\x1b]11;rgb:0000/0000/0000\x07",
            b"\x1b]11;rgb:0000/0000/0000\x1b\\",
            b"\x1bP>|xterm(370)\x1b\\",
            b"\x1b[1;",
            b"\xff",
            b"\xe2\x82",
            b"\xc2\x9b",
            b"\x1b[M",
            b"\x1b[M ",
            b"\x1b[M !",
            b"\x1b[<",
            b"\x1b[<0;5",
            b"\x1b[<;;M",
            b"\x1b[<0;5;5;5X",
        ] {
            assert_eq!(events(bytes), [""; 0], "{bytes:?}");
            assert_eq!(events(&[bytes, b"\x1b[A"].concat()).last().unwrap(), "Up", "after {bytes:?}");
        }
    }
}
