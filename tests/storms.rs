//! The real program under storms: keys, pasted text, taps, broken sequences, bytes that are no text, and resizes,
//! drawn at random from seeds that are the same each time and printed when something goes wrong. It must not panic,
//! hang or leave a broken screen, and it must be left with Ctrl-C as ever.
//!
//! `REDFLAG_EVENTS=100000 cargo test --test storms` makes heavier weather.

mod dice;
mod pty;

use dice::Dice;
use pty::{CTRL_C, Pty, USUAL};
use tempfile::TempDir;

const SMALL: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/tests/fixtures/small.yaml");

/// Columns and rows. A terminal of 0 by 0 is one that doesn't know.
const SIZES: [(u16, u16); 14] = [
    (1, 1),
    (2, 1),
    (1, 50),
    (300, 1),
    (0, 0),
    (39, 12),
    (40, 11),
    (40, 12),
    (41, 13),
    (60, 20),
    (80, 24),
    (120, 40),
    (200, 60),
    (500, 200),
];

/// How the program says, in each of its languages, that it takes no keys until there is a pause.
const TOO_QUICK: [&str; 2] = ["Too fast:", "Demasiado rápido:"];

const KEYS: [&str; 24] = [
    "\r",
    "\r",
    "\r",
    "\x1b[A",
    "\x1b[B",
    "\x1b[C",
    "\x1b[D",
    "\x1bOA",
    "\x1b[H",
    "\x1b[F",
    "\x1b[5~",
    "\x1b[6~",
    "\t",
    "\x1b[Z",
    "\x7f",
    "\x1b[3~",
    "\x1bOP",
    "\x1b[12~",
    "\x1bOR",
    "\x1b",
    "\x1b[1;5C",
    "\x1bx",
    "\x1b[97;5u",
    "\x1a",
];

const CHARACTERS: [&str; 24] = [
    "0",
    "1",
    "2",
    "3",
    "4",
    "7",
    "9",
    " ",
    "u",
    "w",
    "r",
    "a",
    "c",
    "e",
    "s",
    "?",
    "n",
    ",",
    ".",
    "é",
    "漢",
    "\u{301}",
    "👩\u{200d}⚕️",
    "\u{202e}",
];

/// Sequences that are broken off, unknown, or answers to questions that nobody asked.
const BROKEN: [&[u8]; 16] = [
    b"\x1b[",
    b"\x1b[1;",
    b"\x1b[<0;10",
    b"\x1b]0;title",
    b"\x1b]11;rgb:ffff/ffff/ffff\x07",
    b"\x1bP1$r0m\x1b\\",
    b"\x1b[?62;22c",
    b"\x1b[24;80R",
    b"\x1b[999999999999999999;5u",
    b"\x1b[I",
    b"\x1b[O",
    b"\x1b[M !!",
    b"\x1b[<99;999;999M",
    b"\x1b[200~",
    b"\x1b[201~",
    b"\x9b31m",
];

const PASTED: [&[u8]; 6] = [
    b"",
    b"64\n",
    b"2,6",
    b"\x1b[2J\x1b]0;x\x07",
    b"\xff\xfe\xc3",
    "👨\u{200d}👩\u{200d}👧 漢字 e\u{301}\r\n".as_bytes(),
];

/// One event as the bytes that a terminal sends for it. Never Ctrl-C, which would end the storm.
fn event(dice: &mut Dice, (columns, rows): (u16, u16)) -> Vec<u8> {
    match dice.below(100) {
        0..45 => dice.pick(&KEYS).into(),
        45..72 => dice.pick(&CHARACTERS).into(),
        72..80 => {
            let (button, end) = (dice.pick(&[0, 0, 0, 2, 32, 64, 65]), dice.pick(&['M', 'm']));
            let (x, y) = (dice.below(usize::from(columns) + 2), dice.below(usize::from(rows) + 2));
            format!("\x1b[<{button};{x};{y}{end}").into_bytes()
        }
        80..86 => [&b"\x1b[200~"[..], dice.pick(&PASTED), b"\x1b[201~"].concat(),
        86..92 => dice.pick(&BROKEN).to_vec(),
        92 => b"q".to_vec(),
        _ => (0..dice.below(6)).map(|_| dice.below(256) as u8).filter(|byte| *byte != 0x03).collect(),
    }
}

/// Where a storm begins.
struct Start {
    /// Of `redflag`, as a shell reads them.
    arguments: &'static str,
    /// Keys, and what is seen after each.
    way: &'static [(&'static str, &'static str)],
}

impl Start {
    /// Starts the program in a folder of its own, where it may save whatever it is told to.
    fn begin(&self, folder: &TempDir) -> Pty {
        let script = format!(r#"cd "$FOLDER" && exec "$0" {}"#, self.arguments);
        let folder = folder.path().to_str().expect("a path");
        // The storm doesn't stop when the program leaves, and what comes then is typed into the terminal as it was.
        let mut pty =
            Pty::start_shell_without_signal_keys(&script, &[("FOLDER", folder), ("SMALL", SMALL)], USUAL);
        pty.until_started();
        self.way.iter().for_each(|(keys, next)| pty.answer(keys, next));
        pty
    }
}

/// Plays so many events, on one program after the other, since some leave it; the last is left by Ctrl-C.
fn storm(start: &Start, seed: u64, events: usize, sizes: &[(u16, u16)]) {
    eprintln!("redflag {}, seed {seed:#x}", start.arguments);
    let folder = tempfile::tempdir().expect("a folder");
    let mut dice = Dice::new(seed);
    let mut pty = start.begin(&folder);
    let mut size = USUAL;
    let mut played = 0;
    loop {
        let enough = played >= events;
        let goes_on = if enough { pty.until_idle() } else { pty.until_read() };
        if !goes_on {
            // "q" where it leaves, with or without a result.
            let status = pty.ended();
            assert!(status.signal().is_none() && status.exit_code() <= 1, "{status:?}:\n{}", pty.text());
            pty.given_back();
            pty = start.begin(&folder);
            size = USUAL;
        }
        if enough {
            return recovers(&mut pty);
        }
        // No more at once than a terminal holds for a program that doesn't read.
        let mut bytes = Vec::new();
        for _ in 0..1 + dice.below(20) {
            bytes.extend(event(&mut dice, size));
            played += 1;
        }
        pty.send(bytes);
        if dice.below(3) == 0 {
            size = dice.pick(sizes);
            pty.resize(size);
        }
    }
}

/// In a usual window the page is whole again, and the same however often it is drawn; then Ctrl-C leaves as ever.
fn recovers(pty: &mut Pty) {
    // Ends what may be open: text being pasted, a sequence that has broken off.
    pty.send("\x1b[201~");
    pty.until_idle();
    pty.resize((79, 24));
    pty.until_idle();
    pty.resize(USUAL);
    let is_whole = |screen: &vt100::Screen| {
        let text = screen.contents();
        let last = text.lines().nth(23).unwrap_or_default();
        // The pause after keys that came too quickly ends by itself, and says so in another line.
        let is_pausing = TOO_QUICK.iter().any(|said| text.contains(said));
        screen.alternate_screen()
            && !is_pausing
            && !screen.hide_cursor()
            && (last.contains("Ctrl-C") || last.contains("q finish"))
    };
    pty.until("a whole page", is_whole);
    pty.until_idle();
    let page = pty.text();
    pty.overwrite("\x1b[2J");
    pty.resize((120, 40));
    pty.resize(USUAL);
    pty.until("the same page again", |screen| screen.contents() == page);
    assert!(pty.is_raw());
    assert_ne!(pty.cursor(), None, "screen readers follow the cursor");
    pty.send([CTRL_C, CTRL_C].concat());
    pty.ended_with(130);
    pty.given_back();
}

/// How many events each storm has.
fn events() -> usize {
    std::env::var("REDFLAG_EVENTS").map_or(2_000, |events| events.parse().expect("REDFLAG_EVENTS"))
}

#[test]
fn whatever_comes_from_the_terminal_it_goes_on_in_a_usual_window() {
    let start = Start { arguments: "back-pain", way: &[] };
    storm(&start, 0x9E37_79B9_7F4A_7C15, events(), &[USUAL]);
}

#[test]
fn whatever_comes_from_the_terminal_it_goes_on_in_a_window_that_is_resized() {
    let start = Start { arguments: "back-pain --audience clinician", way: &[] };
    storm(&start, 0xD1B5_4A32_D192_ED03, events(), &SIZES);
}

#[test]
fn whatever_comes_from_the_terminal_it_goes_on_with_the_mouse_captured() {
    let start = Start { arguments: r#""$SMALL" --mouse"#, way: &[] };
    storm(&start, 0x8CB9_2BA7_2F3D_8DD7, events(), &SIZES);
}

#[test]
fn whatever_comes_from_the_terminal_it_goes_on_in_a_window_too_small_to_show_anything() {
    let start = Start { arguments: r#""$SMALL""#, way: &[] };
    storm(&start, 0xA076_1D64_78BD_642F, events(), &[(1, 1), (39, 11), (0, 0)]);
}

#[test]
fn whatever_comes_from_the_terminal_it_goes_on_from_an_alert() {
    let way = &[("\r", "Do you have any of these now"), ("1\r", "GET EMERGENCY HELP NOW")];
    let start = Start { arguments: "back-pain --mouse", way };
    storm(&start, 0x2545_F491_4F6C_DD1D, events(), &SIZES);
}

#[test]
fn whatever_comes_from_the_terminal_it_goes_on_from_the_summary() {
    let way = &[
        ("\r", "Do you have any of these now"),
        ("1\r", "GET EMERGENCY HELP NOW"),
        ("a", "[Result]"),
        ("s", "Save the summary"),
    ];
    let start = Start { arguments: "back-pain --audience patient", way };
    storm(&start, 0xF135_7AEA_2E62_A9C5, events(), &SIZES);
}

#[test]
fn hundreds_of_resizes_while_keys_come_end_with_the_page_as_it_was() {
    let mut pty = Pty::start(&[SMALL], &[], USUAL);
    pty.until_started();
    pty.answer("\r", "First some questions");
    pty.answer("\r", "Where does it hurt?");
    pty.answer("2", "[x] 2");
    let mut dice = Dice::new(0xE703_7ED1_A0B4_28DB);
    for step in 0..600 {
        pty.resize(dice.pick(&SIZES));
        pty.send(if step % 2 == 0 { "\x1b[B" } else { "\x1b[A" });
        pty.until_read();
    }
    recovers(&mut pty);
}
