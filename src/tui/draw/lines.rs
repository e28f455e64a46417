//! Text as lines of at most a given width.

use ratatui::style::Style;
use ratatui::text::{Line, Span};

use crate::text::wrap;
use crate::text::{Block, blocks};

/// How far what follows the first line of a named paragraph is set in.
const NAMED_INDENT: usize = 2;

/// A page of lines, built from top to bottom.
pub struct Doc {
    pub lines: Vec<Line<'static>>,
    width: usize,
    /// A blank line between any two things.
    spaced: bool,
}

impl Doc {
    pub fn new(width: usize) -> Doc {
        Doc { lines: Vec::new(), width, spaced: false }
    }

    pub fn spaced(width: usize) -> Doc {
        Doc { spaced: true, ..Doc::new(width) }
    }

    pub fn width(&self) -> usize {
        self.width
    }

    /// One blank line at most.
    fn space(&mut self) {
        if self.spaced && self.lines.last().is_some_and(|line| line.width() > 0) {
            self.blank();
        }
    }

    pub fn blank(&mut self) {
        if !self.lines.is_empty() {
            self.lines.push(Line::default());
        }
    }

    pub fn line(&mut self, line: impl Into<Line<'static>>) {
        self.lines.push(line.into());
    }

    pub fn paragraph(&mut self, text: &str, style: Style) {
        self.space();
        self.lines.extend(wrap(text, self.width).into_iter().map(|line| Line::styled(line, style)));
    }

    /// A paragraph behind a mark, with a hanging indent.
    pub fn hanging(&mut self, mark: &str, mark_style: Style, text: &str, style: Style) {
        // Without a mark of its own it belongs to what stands above.
        if !mark.trim().is_empty() {
            self.space();
        }
        let indent = crate::text::width(mark);
        for (index, line) in wrap(text, self.width.saturating_sub(indent).max(1)).into_iter().enumerate() {
            let front = if index == 0 { mark.to_owned() } else { " ".repeat(indent) };
            self.lines.push(Line::from(vec![Span::styled(front, mark_style), Span::styled(line, style)]));
        }
    }

    /// A paragraph that begins with a name; what follows its first line is set in a little.
    pub fn named(&mut self, name: &str, name_style: Style, text: &str, style: Style) {
        self.space();
        let width = self.width.saturating_sub(NAMED_INDENT).max(1);
        for (index, line) in wrap(&format!("{name}{text}"), width).into_iter().enumerate() {
            let name = name.trim_end();
            self.lines.push(match (index, line.strip_prefix(name)) {
                (0, Some(rest)) => Line::from(vec![
                    Span::styled(name.to_owned(), name_style),
                    Span::styled(rest.to_owned(), style),
                ]),
                (0, None) => Line::styled(line, style),
                _ => Line::styled(format!("{}{line}", " ".repeat(NAMED_INDENT)), style),
            });
        }
    }

    /// Paragraphs and lists as the questionnaire's longer texts have them.
    pub fn text(&mut self, text: &str, mark: Style, style: Style) {
        let mut after_item = false;
        for (index, block) in blocks(text).into_iter().enumerate() {
            match block {
                Block::Paragraph(words) => {
                    if index > 0 {
                        self.blank();
                    }
                    self.paragraph(&words, style);
                    after_item = false;
                }
                Block::Item(words) => {
                    if index > 0 && !after_item {
                        self.blank();
                    }
                    self.hanging(" • ", mark, &words, style);
                    after_item = true;
                }
            }
        }
    }
}
