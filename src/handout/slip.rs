//! A report on a slip of paper: lines of 32 or 48 columns, as bytes for a printer of slips.

use super::{Encoding, contact};
use crate::report::Report;
use crate::report::document::{Part, made, sections};
use crate::report::surfaces::Surface;
use crate::text::{width, wrap};

/// How a slip is printed.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Slip {
    pub columns: usize,
    pub encoding: Encoding,
    /// With the commands that most printers of slips know (ESC/POS): begin, code page, bold and high letters, cut.
    pub commands: bool,
    /// With the code of [`contact`], which the printer draws itself; only with commands.
    pub code: bool,
}

impl Default for Slip {
    /// What any printer, and any program, takes.
    fn default() -> Slip {
        Slip { columns: COLUMNS[0], encoding: Encoding::Utf8, commands: false, code: false }
    }
}

/// Columns of paper of 58 and of 80 millimetres.
pub const COLUMNS: [usize; 2] = [32, 48];

const BEGIN: &[u8] = b"\x1b@";
const PAGE: &[u8] = b"\x1bt";
const BOLD: [&[u8]; 2] = [b"\x1bE\x00", b"\x1bE\x01"];
const HIGH: [&[u8]; 2] = [b"\x1d!\x00", b"\x1d!\x01"];
const CENTRE: [&[u8]; 2] = [b"\x1ba\x00", b"\x1ba\x01"];
/// Feeds what was printed past the knife, and cuts all but a corner.
const CUT: &[u8] = b"\x1dVB\x00";
/// Dots of a square of the code: eight make a millimetre, and 58 mm of paper have 384.
const DOTS: u8 = 5;

#[derive(Clone, Copy, PartialEq, Eq)]
enum Weight {
    Plain,
    Bold,
    /// Twice as high.
    High,
}

/// The whole slip. A ticket is how the desk finds this result.
pub fn bytes(report: &Report, ticket: Option<&str>, slip: &Slip) -> Vec<u8> {
    let mut lines = Lines { slip, rows: Vec::new() };
    lines.report(report, ticket);
    let mut out = Vec::new();
    let command = |out: &mut Vec<u8>, bytes: &[u8]| {
        if slip.commands {
            out.extend_from_slice(bytes);
        }
    };
    command(&mut out, BEGIN);
    if let Some(page) = slip.encoding.code_page() {
        command(&mut out, &[PAGE, &[page]].concat());
    }
    for (text, weight) in lines.rows {
        let (before, after): (Vec<u8>, Vec<u8>) = match weight {
            Weight::Plain => (Vec::new(), Vec::new()),
            Weight::Bold => (BOLD[1].to_vec(), BOLD[0].to_vec()),
            Weight::High => ([BOLD[1], HIGH[1]].concat(), [HIGH[0], BOLD[0]].concat()),
        };
        command(&mut out, &before);
        out.extend(slip.encoding.bytes(&text));
        command(&mut out, &after);
        out.push(b'\n');
    }
    if slip.code {
        command(&mut out, &code(report, ticket));
    }
    command(&mut out, CUT);
    out
}

/// The commands that make the printer draw a code. Printers can't be told of UTF-8 there, so the text is in ASCII.
fn code(report: &Report, ticket: Option<&str>) -> Vec<u8> {
    const MOST: usize = 700;
    let forms = contact::forms(report, ticket).into_iter().map(|form| Encoding::Ascii.folded(&form));
    let Some(text) = forms.into_iter().find(|form| form.len() <= MOST) else { return Vec::new() };
    let function = |parameters: &[u8]| {
        let length = parameters.len() as u16;
        [&b"\x1d(k"[..], &length.to_le_bytes(), parameters].concat()
    };
    [
        CENTRE[1].to_vec(),
        function(b"1A2\0"),
        function(&[b'1', b'C', DOTS]),
        // With the least correction: nothing covers it.
        function(b"1E0"),
        function(&[b"1P0", text.as_bytes()].concat()),
        function(b"1Q0"),
        CENTRE[0].to_vec(),
        b"\n".to_vec(),
    ]
    .concat()
}

struct Lines<'s> {
    slip: &'s Slip,
    rows: Vec<(String, Weight)>,
}

impl Lines<'_> {
    fn report(&mut self, report: &Report, ticket: Option<&str>) {
        if let Some(site) = &report.site {
            self.text(site, Weight::Bold);
        }
        self.text(&report.title, Weight::Bold);
        self.text(&made(report), Weight::Plain);
        if let Some(ticket) = ticket {
            self.text(ticket, Weight::High);
        }
        for section in sections(report, Surface::Slip.topics(report.reader)) {
            self.rule();
            if section.parts.iter().all(|part| !matches!(part, Part::Headline(_))) {
                self.text(&section.heading, Weight::Bold);
            }
            section.parts.iter().for_each(|part| self.part(part));
        }
        self.rule();
    }

    fn part(&mut self, part: &Part) {
        match part {
            Part::Headline(words) => self.text(&words.to_uppercase(), Weight::High),
            Part::Until(words) | Part::Notice(words) => self.text(words, Weight::Bold),
            Part::Act(words) | Part::Line(words) => self.text(words, Weight::Plain),
            Part::Call(call) => {
                self.text(&format!("{}:", call.words), Weight::Plain);
                self.text(&call.number, Weight::High);
            }
            Part::AtOnce(title, signs) => {
                self.text(title, Weight::Bold);
                signs.iter().for_each(|sign| self.item("- ", sign));
            }
            Part::Named(name, words) => self.text(&format!("{name}: {words}"), Weight::Plain),
            Part::Aloud(sentences) => sentences.iter().for_each(|sentence| self.item("- ", sentence)),
            Part::List(items) => items.iter().for_each(|item| self.item("- ", &item.words)),
            Part::Steps(first, items) => {
                for (number, item) in (*first..).zip(items) {
                    self.item(&format!("{number} "), &item.words);
                }
            }
            Part::Group(name, sentences) => {
                self.text(name, Weight::Bold);
                sentences.iter().for_each(|sentence| self.item("- ", sentence));
            }
            // No paper so narrow has room for these, and none of its sections has them.
            Part::Answers(..) | Part::Table(_) | Part::Sources(_) => {}
        }
    }

    fn text(&mut self, words: &str, weight: Weight) {
        self.hanging("", words, weight);
    }

    fn item(&mut self, mark: &str, words: &str) {
        self.hanging(mark, words, Weight::Plain);
    }

    /// Folded before it is broken, since that can make it longer.
    fn hanging(&mut self, mark: &str, words: &str, weight: Weight) {
        let words = self.slip.encoding.folded(words);
        let room = self.slip.columns.saturating_sub(width(mark)).max(1);
        for (at, line) in wrap(&words, room).into_iter().enumerate() {
            let front = if at == 0 { mark.to_owned() } else { " ".repeat(width(mark)) };
            self.rows.push((format!("{front}{line}").trim_end().to_owned(), weight));
        }
    }

    fn rule(&mut self) {
        self.rows.push(("-".repeat(self.slip.columns), Weight::Plain));
    }
}
