//! A line that can be edited.

use unicode_segmentation::UnicodeSegmentation;

/// Text with a caret. Control characters never get in.
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
        let typed: String = joined.chars().map(blank).filter(|c| !c.is_control()).collect();
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
        self.text.drain(self.caret..end);
    }

    pub fn delete(&mut self) {
        let start = self.caret;
        self.right();
        self.text.drain(start..self.caret);
        self.caret = start;
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

    fn is_between_graphemes(&self) -> bool {
        let mut boundaries = self.text.grapheme_indices(true).map(|(start, _)| start);
        self.caret == self.text.len() || boundaries.any(|start| start == self.caret)
    }
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
    fn a_paste_stays_on_one_line_and_brings_no_escape_sequence() {
        let mut field = Field::with("ab");
        field.left();
        field.insert("1\r\n2\t3\u{1b}[2J");
        assert_eq!((field.text(), field.before_caret()), ("a1 2 3[2Jb", "a1 2 3[2J"));
    }
}
