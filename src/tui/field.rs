//! A line that can be edited.

use unicode_segmentation::UnicodeSegmentation;

use crate::text::{is_harmful, width};

/// Text with a caret. Control characters and what turns the direction of writing never get in.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Field {
    text: String,
    /// Byte offset; always between two graphemes.
    caret: usize,
}

impl Field {
    /// Holds `text`, with the caret behind it.
    pub fn with(text: impl Into<String>) -> Field {
        let text = text.into();
        Field { caret: text.len(), text }
    }

    pub fn text(&self) -> &str {
        &self.text
    }

    pub fn before_caret(&self) -> &str {
        &self.text[..self.caret]
    }

    /// Puts in what was typed or pasted; line ends and tabs become blanks.
    pub fn insert(&mut self, typed: &str) {
        let joined = typed.replace("\r\n", " ");
        let blank =
            |c| if matches!(c, '\n' | '\r' | '\t' | '\u{85}' | '\u{2028}' | '\u{2029}') { ' ' } else { c };
        let harmless = |c: &char| !is_harmful(*c);
        let typed: String = joined.chars().map(blank).filter(harmless).collect();
        self.text.insert_str(self.caret, &typed);
        self.caret += typed.len();
        // What was put in may have joined with its neighbours into one grapheme.
        while !self.is_between_graphemes() {
            self.caret += self.text[self.caret..].chars().next().map_or(0, char::len_utf8);
        }
    }

    pub fn backspace(&mut self) {
        let end = self.caret;
        self.left();
        self.cut(self.caret, end);
    }

    pub fn delete(&mut self) {
        let start = self.caret;
        self.right();
        self.cut(start, self.caret);
        self.caret = start;
    }

    /// Takes out all that is before the caret.
    pub fn erase_before(&mut self) {
        self.cut(0, self.caret);
        self.caret = 0;
    }

    /// Takes out the word before the caret, and the blanks behind it.
    pub fn erase_word(&mut self) {
        let end = self.caret;
        let words = self.text[..end].trim_end();
        let start = words.char_indices().rev().take_while(|(_, c)| !c.is_whitespace()).last();
        self.caret = start.map_or(0, |(start, _)| start);
        self.cut(self.caret, end);
    }

    /// Takes a part out. What is left goes into memory of its own, since what was taken out would stay in the old one.
    fn cut(&mut self, start: usize, end: usize) {
        self.text = [&self.text[..start], &self.text[end..]].concat();
    }

    pub fn left(&mut self) {
        let last = self.text[..self.caret].graphemes(true).next_back();
        self.caret -= last.map_or(0, str::len);
    }

    pub fn right(&mut self) {
        let next = self.text[self.caret..].graphemes(true).next();
        self.caret += next.map_or(0, str::len);
    }

    pub fn home(&mut self) {
        self.caret = 0;
    }

    pub fn end(&mut self) {
        self.caret = self.text.len();
    }

    /// The part around the caret that fits into `room` columns.
    pub fn window(&self, room: usize) -> Window<'_> {
        let (before, behind) = self.text.split_at(self.caret);
        // Behind the last character the caret needs a column of its own.
        let start = self.caret - fitting(before.graphemes(true).rev(), room.saturating_sub(1));
        let caret = width(&before[start..]);
        let end = self.caret + fitting(behind.graphemes(true), room.saturating_sub(caret));
        Window {
            text: &self.text[start..end],
            caret,
            more_before: start > 0,
            more_behind: end < self.text.len(),
        }
    }

    fn is_between_graphemes(&self) -> bool {
        let mut boundaries = self.text.grapheme_indices(true).map(|(start, _)| start);
        self.caret == self.text.len() || boundaries.any(|start| start == self.caret)
    }
}

/// What can be seen of a field.
#[derive(Debug, PartialEq, Eq)]
pub struct Window<'a> {
    pub text: &'a str,
    /// Column of the caret.
    pub caret: usize,
    pub more_before: bool,
    pub more_behind: bool,
}

/// How many bytes of these fit into `room` columns.
fn fitting<'a>(graphemes: impl Iterator<Item = &'a str>, room: usize) -> usize {
    let columns = |used: &mut usize, grapheme: &'a str| {
        *used += width(grapheme);
        (*used <= room).then_some(grapheme.len())
    };
    graphemes.scan(0, columns).sum()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn editing_goes_by_what_is_seen_as_one_character() {
        let mut field = Field::with("ae\u{301}👩‍⚕️");
        field.backspace();
        assert_eq!(field.text(), "ae\u{301}");
        field.backspace();
        assert_eq!(field.text(), "a");
        field.home();
        field.delete();
        field.delete();
        assert_eq!(field.text(), "");
    }

    #[test]
    fn a_word_or_all_before_the_caret_goes_at_once() {
        let mut field = Field::with("señor  de la ciudad  ");
        field.erase_word();
        assert_eq!((field.text(), field.before_caret()), ("señor  de la ", "señor  de la "));
        field.home();
        field.erase_word();
        (0..4).for_each(|_| field.right());
        field.erase_word();
        assert_eq!((field.text(), field.before_caret()), ("r  de la ", ""));
        field.end();
        field.left();
        field.erase_before();
        assert_eq!((field.text(), field.before_caret()), (" ", ""));
    }

    #[test]
    fn a_field_that_is_too_long_shows_the_part_around_the_caret() {
        let mut field = Field::with("abc漢字defg");
        let seen = |field: &Field, room| {
            let window = field.window(room);
            (window.text.to_owned(), window.caret, window.more_before, window.more_behind)
        };
        assert_eq!(seen(&field, 20), ("abc漢字defg".into(), 11, false, false));
        assert_eq!(seen(&field, 8), ("字defg".into(), 6, true, false));
        field.home();
        assert_eq!(seen(&field, 6), ("abc漢".into(), 0, false, true));
        (0..4).for_each(|_| field.right());
        assert_eq!(seen(&field, 6), ("abc漢".into(), 5, false, true));
        assert_eq!(seen(&field, 5), ("bc漢".into(), 4, true, true));
        assert_eq!(seen(&field, 0), (String::new(), 0, true, true));
    }

    #[test]
    fn a_paste_stays_on_one_line_and_brings_no_escape_sequence() {
        let mut field = Field::with("ab");
        field.left();
        field.insert("1\r\n2\t3\u{1b}[2J");
        assert_eq!((field.text(), field.before_caret()), ("a1 2 3[2Jb", "a1 2 3[2J"));
    }
}
