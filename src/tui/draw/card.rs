//! The first screen of a person's result: how urgent, until when, whom to call, what to do.

use ratatui::text::{Line, Span};

use super::document;
use super::lines::Doc;
use crate::report::document::{Part, Section};
use crate::report::{Call, Report};
use crate::text::{width, wrap};
use crate::tui::theme::Theme;

/// How much room a card takes, from the most to the least.
#[derive(Debug, Clone, Copy)]
pub struct Size {
    /// A blank line between its parts.
    pub spaced: bool,
    /// The number in block digits.
    pub blocks: bool,
    /// When to get help at once before the steps, of which only some fit.
    pub signs_first: bool,
}

impl Size {
    pub const ALL: [Size; 4] = [
        Size { spaced: true, blocks: true, signs_first: false },
        Size { spaced: false, blocks: true, signs_first: false },
        Size { spaced: true, blocks: false, signs_first: false },
        Size { spaced: false, blocks: false, signs_first: false },
    ];
    /// Where nothing of these fits: what the window cuts off is steps.
    pub const CUT: Size = Size { spaced: false, blocks: false, signs_first: true };
}

/// Lines that the signs for getting help at once may take at least, and at most.
const SIGNS: (usize, usize) = (3, 4);

/// The card in lines of this width. What it has room for of a list of signs fills it up to `height`.
pub fn card(
    section: &Section,
    report: &Report,
    size: Size,
    (wide, height): (usize, usize),
    how_to_go_on: &str,
    theme: &Theme,
) -> Doc {
    let mut doc = Doc::new(wide);
    let mut parts: Vec<&Part> = section.parts.iter().collect();
    if size.signs_first {
        parts.sort_by_key(|part| matches!(part, Part::Steps(..)));
    }
    for part in parts {
        match part {
            Part::Until(words) => until(&mut doc, words, report, theme),
            Part::Call(call) => {
                space(&mut doc, size);
                self::call(&mut doc, call, size, theme);
            }
            Part::Steps(..) => {
                space(&mut doc, size);
                document::part(&mut doc, part, report, theme);
            }
            Part::AtOnce(title, signs) => {
                space(&mut doc, size);
                let most = if size.signs_first { SIGNS.0 } else { SIGNS.1 };
                let room = height.saturating_sub(doc.lines.len()).clamp(SIGNS.0, most);
                at_once(&mut doc, title, signs, room, report, theme);
            }
            Part::Act(_) | Part::Notice(_) => {
                space(&mut doc, size);
                document::part(&mut doc, part, report, theme);
                if matches!(part, Part::Notice(_)) {
                    doc.paragraph(how_to_go_on, theme.strong);
                    space(&mut doc, size);
                }
            }
            part => document::part(&mut doc, part, report, theme),
        }
    }
    while doc.lines.last().is_some_and(|line| line.width() == 0) {
        doc.lines.pop();
    }
    doc
}

fn space(doc: &mut Doc, size: Size) {
    if size.spaced {
        doc.blank();
    }
}

/// Below the level, and like it.
fn until(doc: &mut Doc, words: &str, report: &Report, theme: &Theme) {
    let inner = doc.width().saturating_sub(2);
    let style = document::level_style(report, theme);
    // Rather than to break it, it begins further left.
    let free = inner.saturating_sub(width(words));
    let indent = if (1..document::PILL_INDENT).contains(&free) { free } else { document::PILL_INDENT };
    for line in wrap(words, inner.saturating_sub(indent)) {
        let line = format!("{}{line}", " ".repeat(indent));
        let gap = " ".repeat(inner.saturating_sub(width(&line)));
        doc.line(Line::styled(format!(" {line}{gap} "), style));
    }
}

/// The number in block digits with the plain number beside it, where there is room for both.
fn call(doc: &mut Doc, call: &Call, size: Size, theme: &Theme) {
    let blocks = blocks(&call.number).filter(|_| size.blocks);
    let blocks = blocks.filter(|blocks| {
        let widest = blocks.iter().map(|row| width(row)).max().unwrap_or(0);
        INDENT + widest + GAP + width(&call.number) <= doc.width()
    });
    let Some(blocks) = blocks else { return doc.paragraph(&call.line(), theme.strong) };
    doc.paragraph(&call.words, theme.strong);
    for (row, line) in blocks.into_iter().enumerate() {
        let mut spans = vec![Span::styled(format!("{}{line}", " ".repeat(INDENT)), theme.accent)];
        if row == 1 {
            spans.push(Span::raw(" ".repeat(GAP)));
            spans.push(Span::styled(call.number.clone(), theme.strong));
        }
        doc.line(Line::from(spans));
    }
}

const INDENT: usize = 2;
const GAP: usize = 4;

/// As many signs as fit; how many more there are is told.
fn at_once(doc: &mut Doc, title: &str, signs: &[String], room: usize, report: &Report, theme: &Theme) {
    let line = |count: usize| {
        let more = signs.len() - count;
        let shown = signs[..count].join("; ");
        let more = if more == 0 { String::new() } else { report.words().report.and_more(more) };
        format!(
            "!! {title}: {}",
            [shown, more].iter().filter(|part| !part.is_empty()).cloned().collect::<Vec<_>>().join("; ")
        )
    };
    let fits = |count: &usize| wrap(&line(*count), doc.width()).len() <= room;
    // The first sign is told, however little room there is.
    let count = (1..=signs.len()).rev().find(fits).unwrap_or(1);
    doc.paragraph(&line(count), theme.notice);
}

/// A number in three rows of block digits, the same in letters of ASCII; `None`: it is not one of digits alone.
fn blocks(number: &str) -> Option<[String; 3]> {
    let mut rows: [String; 3] = Default::default();
    for c in number.chars() {
        let shape = match c {
            '0' => ["█▀█", "█ █", "█▄█"],
            '1' => ["▀█ ", " █ ", "▄█▄"],
            '2' => ["▀▀█", "█▀▀", "█▄▄"],
            '3' => ["▀▀█", " ▀█", "▄▄█"],
            '4' => ["█ █", "▀▀█", "  █"],
            '5' => ["█▀▀", "▀▀█", "▄▄█"],
            '6' => ["█▀▀", "█▀█", "█▄█"],
            '7' => ["▀▀█", "  █", "  █"],
            '8' => ["█▀█", "█▀█", "█▄█"],
            '9' => ["█▀█", "▀▀█", "▄▄█"],
            '+' => [" ▄ ", "▀█▀", "   "],
            '-' | '/' => ["  ", "▀▀", "  "],
            ' ' => [" ", " ", " "],
            '(' | ')' | '.' => continue,
            _ => return None,
        };
        for (row, shape) in rows.iter_mut().zip(shape) {
            if !row.is_empty() {
                row.push(' ');
            }
            row.push_str(shape);
        }
    }
    (!rows[0].is_empty()).then_some(rows)
}
