//! What the program may send to a terminal, and nothing else: text, line ends, and the few sequences that it draws
//! with. Whatever came from outside and got through shows up as something that is not among them.
#![allow(dead_code, reason = "each test file uses its part")]

/// Text that tries to command a terminal, in ways that the program itself never does. All is valid UTF-8.
pub const COMMANDS: [&str; 12] = [
    "\u{1b}]0;owned\u{7}",
    "\u{1b}]52;c;b3duZWQ=\u{1b}\\",
    "\u{1b}]8;;http://owned\u{1b}\\click\u{1b}]8;;\u{1b}\\",
    "\u{1b}[6n",
    "\u{1b}[?47h",
    "\u{1b}[5;31;41;8m",
    "\u{1b}[10;1Howned\u{1b}[3J",
    "\u{1b}c",
    "\u{1b}P+q544e\u{1b}\\",
    "\u{9b}5n\u{9d}0;owned\u{9c}",
    "\u{8}\u{8}\u{b}\u{c}\u{e}\u{f}\u{7f}\0",
    "\u{202e}denwo\u{2066}",
];

/// The modes that the full screen switches: alternate screen, pasted text, cursor, mouse.
const MODES: [&str; 6] = ["?1049", "?2004", "?25", "?1000", "?1002", "?1006"];
/// Bold, faint, underlined, reverse, their ends, and no colour: what the theme without colours draws with.
const PLAIN_STYLES: [&str; 12] = ["", "0", "1", "2", "4", "7", "22", "24", "27", "39", "49", "59"];

/// Which colours may be there.
#[derive(Debug, Clone, Copy, PartialEq)]
pub enum Colours {
    None,
    Any,
}

/// The first thing in `bytes` that is not from the program's own repertoire.
pub fn not_ours(bytes: &[u8], colours: Colours) -> Option<String> {
    let Ok(text) = std::str::from_utf8(bytes) else { return Some("bytes that are not UTF-8".to_owned()) };
    let mut rest = text;
    while let Some(c) = rest.chars().next() {
        let length = match c {
            '\n' | '\r' => 1,
            '\u{1b}' => match sequence(&rest[1..], colours) {
                Some(length) => 1 + length,
                None => return Some(format!("{:?}", rest.chars().take(30).collect::<String>())),
            },
            c if c.is_control() || matches!(c, '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}') => {
                return Some(format!("{:?}", rest.chars().take(30).collect::<String>()));
            }
            c => c.len_utf8(),
        };
        rest = &rest[length..];
    }
    None
}

/// The length of a sequence that the program uses, behind its ESC.
fn sequence(text: &str, colours: Colours) -> Option<usize> {
    let parameters = text.strip_prefix('[')?;
    let end = parameters.find(|c: char| c.is_ascii_alphabetic())?;
    let (parameters, last) = (&parameters[..end], parameters.as_bytes()[end]);
    let numbers = parameters.chars().all(|c| c.is_ascii_digit() || matches!(c, ';' | ':'));
    let ours = match last {
        b'H' => numbers,
        b'J' => matches!(parameters, "" | "2"),
        b'm' if colours == Colours::Any => numbers,
        b'm' => parameters.split(';').all(|style| PLAIN_STYLES.contains(&style)),
        b'h' | b'l' => MODES.contains(&parameters),
        _ => false,
    };
    ours.then_some(1 + end + 1)
}
