//! Letters of twice the size, where the terminal has them: kitty's text sizing protocol, OSC 66.
//!
//! A terminal is asked only if it says that it is kitty, and the question shows nothing that the first frame doesn't
//! cover: where the cursor is, a blank of twice the size, and where the cursor is then. The answers come in among the
//! keys, whenever they come, and nothing waits for them. Without them all stays as it is everywhere else.

use std::fmt::Write as _;
use std::time::{Duration, Instant};

use ratatui::layout::Position;
use ratatui::style::{Color, Modifier, Style};

use crate::text::{clean_line, width};

/// Where the cursor is, before and after a blank of twice the size.
pub const ASK: &str = "\x1b[6n\x1b]66;s=2; \x1b\\\x1b[6n";

/// Answers that come later count no more: a page mustn't change under whoever reads it.
const PATIENCE: Duration = Duration::from_secs(2);

/// How many times as large.
pub const TIMES: u16 = 2;

/// What is written on top of a frame, in lines that are two rows high each.
#[derive(Debug, Clone, PartialEq)]
pub struct Large {
    pub at: Position,
    /// The columns that no line goes beyond, all of which are its own.
    pub columns: u16,
    pub lines: Vec<String>,
    pub style: Style,
}

/// What is known of the terminal.
#[derive(Debug, Default)]
pub struct Sizing {
    asked: Option<Instant>,
    answers: Vec<(u16, u16)>,
    is_there: bool,
}

impl Sizing {
    /// Does this terminal say that it is one which can be asked? `variable` reads the environment.
    pub fn may_be_asked(variable: impl Fn(&str) -> Option<String>) -> bool {
        let is_set = |name: &str| variable(name).is_some_and(|value| !value.is_empty());
        variable("TERM").is_some_and(|term| term.contains("kitty")) || is_set("KITTY_WINDOW_ID")
    }

    /// [`ASK`] has been sent.
    pub fn asked(&mut self, now: Instant) {
        (self.asked, self.answers) = (Some(now), Vec::new());
    }

    /// A place of the cursor has come in. `true`: the terminal has turned out to write larger.
    pub fn answer(&mut self, place: (u16, u16), now: Instant) -> bool {
        let Some(asked) = self.asked.filter(|&asked| now.saturating_duration_since(asked) <= PATIENCE) else {
            return false;
        };
        self.answers.push(place);
        if let [(row, column), after] = self.answers[..] {
            self.is_there = after == (row, column.saturating_add(TIMES));
            self.asked = None;
            return self.is_there;
        }
        self.asked = Some(asked);
        false
    }

    pub fn is_there(&self) -> bool {
        self.is_there
    }
}

impl Large {
    /// Everything to send: the place is emptied first, so that nothing is left of what was there.
    pub fn sequence(&self) -> String {
        let mut out = format!("\x1b7{}", style(self.style));
        let row = |row: usize| self.at.y as usize + 1 + row;
        for at in 0..self.lines.len() * usize::from(TIMES) {
            let _ = write!(out, "\x1b[{};{}H\x1b[{}X", row(at), self.at.x + 1, self.columns);
        }
        for (at, line) in self.lines.iter().enumerate() {
            let at = row(at * usize::from(TIMES));
            let _ = write!(out, "\x1b[{at};{}H\x1b]66;s={TIMES};{}\x1b\\", self.at.x + 1, clean_line(line));
        }
        out.push_str("\x1b[0m\x1b8");
        out
    }

    /// Does it stay in its columns?
    pub fn fits(&self) -> bool {
        self.lines.iter().all(|line| width(line) * usize::from(TIMES) <= usize::from(self.columns))
    }
}

/// Weight and colours, as the frame around has them.
fn style(style: Style) -> String {
    let mut out = String::from("\x1b[0");
    if style.add_modifier.contains(Modifier::BOLD) {
        out.push_str(";1");
    }
    for (place, colour) in [(38, style.fg), (48, style.bg)] {
        if let Some(Color::Indexed(index)) = colour {
            let _ = write!(out, ";{place};5;{index}");
        }
    }
    out.push('m');
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_a_terminal_that_moves_the_cursor_by_two_writes_larger() {
        let answers = |places: &[(u16, u16)]| {
            let (mut sizing, now) = (Sizing::default(), Instant::now());
            sizing.asked(now);
            for place in places {
                sizing.answer(*place, now);
            }
            sizing.is_there()
        };
        assert!(answers(&[(1, 1), (1, 3)]));
        assert!(!answers(&[(1, 1), (1, 1)]), "it has passed it over");
        assert!(!answers(&[(1, 1), (1, 2)]), "it has written the blank alone");
        assert!(!answers(&[(1, 1)]));
        assert!(!answers(&[(1, 1), (2, 3)]));
    }

    #[test]
    fn answers_that_nobody_asked_for_or_that_come_late_count_for_nothing() {
        let (mut sizing, now) = (Sizing::default(), Instant::now());
        sizing.answer((1, 1), now);
        sizing.answer((1, 3), now);
        assert!(!sizing.is_there());
        sizing.asked(now);
        sizing.answer((1, 1), now);
        sizing.answer((1, 3), now + 2 * PATIENCE);
        assert!(!sizing.is_there());
    }

    #[test]
    fn a_line_is_written_where_it_belongs_and_the_cursor_comes_back() {
        let large = Large {
            at: Position::new(2, 3),
            columns: 40,
            lines: vec!["How old\x1b are you?".to_owned(), "b".to_owned()],
            style: Style::new().fg(Color::Indexed(254)).bg(Color::Indexed(234)).add_modifier(Modifier::BOLD),
        };
        let sequence = large.sequence();
        assert!(sequence.starts_with("\x1b7\x1b[0;1;38;5;254;48;5;234m\x1b[4;3H\x1b[40X"));
        assert!(sequence.ends_with("\x1b[6;3H\x1b]66;s=2;b\x1b\\\x1b[0m\x1b8"), "{sequence:?}");
        assert_eq!(sequence.matches("\x1b]66;").count(), sequence.matches("\x1b\\").count());
        assert!(large.fits() && !Large { columns: 20, ..large }.fits());
    }
}
