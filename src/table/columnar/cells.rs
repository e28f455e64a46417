//! The cells of some rows, a column at a time.

use std::ops::Range;
use std::sync::{Arc, OnceLock};

use super::pages::Held;
use crate::answers::TEXT_MAX;
use crate::table::cells::Value;

/// No answer is longer, in bytes.
const LONGEST_TEXT: usize = 4 * TEXT_MAX + 4;
/// Stands behind a text that was cut because it is longer than any answer, and where an option has a blank in it. No
/// option has it, and no number, so the cell is refused.
const NO_ANSWER: &[u8] = "\u{FFFD}".as_bytes();

/// Some rows of a file, one after another.
pub struct Slab {
    /// Of the file, from 1.
    pub first: u64,
    pub rows: usize,
    /// For each column of the table that is read.
    pub(super) columns: Vec<Option<Cells>>,
}

impl Slab {
    pub(crate) fn value(&self, column: usize, row: usize) -> Value<'_> {
        self.columns.get(column).and_then(Option::as_ref).map_or(Value::Nothing, |cells| cells.value(row))
    }
}

pub(super) enum Cells {
    Flags(Vec<Option<bool>>),
    Numbers(Vec<Option<f64>>),
    Texts(Kept),
    Numbered(Numbered),
}

/// Texts of a dictionary.
pub(super) struct Numbered {
    pub dictionary: Arc<OnceLock<Kept>>,
    /// For each row the place of its text; beyond the last for none.
    pub places: Vec<u32>,
}

impl Numbered {
    pub fn bytes(&self) -> &[u8] {
        self.dictionary.get().map_or(&[], Kept::bytes)
    }

    /// What is made of each text of the dictionary, if that is fewer than so many rows.
    pub fn made<T>(&self, rows: usize, of: impl Fn(&[u8], Range<usize>) -> T) -> Option<Vec<T>> {
        let texts = self.dictionary.get()?;
        (texts.ends.len() < rows)
            .then(|| (0..texts.ends.len()).map(|at| of(&texts.bytes, texts.span(at))).collect())
    }

    #[inline(always)]
    pub fn span(&self, row: usize) -> Range<usize> {
        match (self.places.get(row), self.dictionary.get()) {
            (Some(&place), Some(dictionary)) => dictionary.span(place as usize),
            _ => 0..0,
        }
    }
}

impl Cells {
    pub fn value(&self, row: usize) -> Value<'_> {
        match self {
            Cells::Flags(flags) => flags.get(row).copied().flatten().map_or(Value::Nothing, Value::Flag),
            Cells::Numbers(numbers) => {
                numbers.get(row).copied().flatten().map_or(Value::Nothing, Value::Number)
            }
            Cells::Texts(texts) => text(texts.get(row)),
            Cells::Numbered(texts) => text(texts.bytes().get(texts.span(row)).unwrap_or_default()),
        }
    }
}

fn text(text: &[u8]) -> Value<'_> {
    if text.is_empty() { Value::Nothing } else { Value::Text(text) }
}

/// Texts one behind another. No text, an empty one, and a list without options are the same.
#[derive(Default)]
pub(super) struct Kept {
    ends: Vec<u32>,
    bytes: Vec<u8>,
    /// The memory that is counted for them.
    pub held: Held,
}

impl Kept {
    #[inline]
    pub fn span(&self, row: usize) -> Range<usize> {
        let end_of = |row: usize| self.ends.get(row).map_or(self.bytes.len(), |&end| end as usize);
        row.checked_sub(1).map_or(0, end_of)..end_of(row)
    }

    pub fn get(&self, row: usize) -> &[u8] {
        self.bytes.get(self.span(row)).unwrap_or_default()
    }

    /// All of them.
    pub fn bytes(&self) -> &[u8] {
        &self.bytes
    }

    #[inline]
    pub fn push(&mut self, text: &[u8]) {
        if text.len() <= LONGEST_TEXT {
            self.bytes.extend_from_slice(text);
        } else {
            let text = text.trim_ascii();
            self.bytes.extend_from_slice(&text[..text.len().min(LONGEST_TEXT)]);
            self.bytes.extend_from_slice(NO_ANSWER);
        }
        self.end();
    }

    /// One option of a list, which [`Kept::end`] ends.
    pub fn push_option(&mut self, option: &[u8]) {
        let start = self.ends.last().map_or(0, |&end| end as usize);
        if self.bytes.len() > start {
            self.bytes.push(b' ');
        }
        if self.bytes.len() - start > LONGEST_TEXT {
            return;
        }
        let is_one = !option.is_empty() && option.len() <= LONGEST_TEXT;
        if is_one && !option.iter().any(u8::is_ascii_whitespace) {
            self.bytes.extend_from_slice(option);
        } else {
            self.bytes.extend_from_slice(NO_ANSWER);
        }
    }

    /// Ends the text of a row.
    #[inline]
    pub fn end(&mut self) {
        self.ends.push(self.bytes.len() as u32);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_text_that_no_answer_can_be_is_not_cut_to_one_that_can() {
        let mut texts = Kept::default();
        let long = [&b"  "[..], &b"x".repeat(LONGEST_TEXT + 1)].concat();
        texts.push(b"one");
        texts.push(&long);
        texts.push(b"");
        assert_eq!((texts.get(0), texts.get(2)), (&b"one"[..], &b""[..]));
        assert!(texts.get(1).starts_with(b"xx") && texts.get(1).ends_with(NO_ANSWER));
        assert_eq!(texts.get(3), b"");
    }

    #[test]
    fn an_option_with_a_blank_is_not_two_options() {
        let mut texts = Kept::default();
        texts.push_option(b"bold");
        texts.push_option(b"weak");
        texts.end();
        texts.end();
        texts.push_option(b"bold tall");
        texts.push_option(b"");
        texts.end();
        assert_eq!((texts.get(0), texts.get(1)), (&b"bold weak"[..], &b""[..]));
        assert_eq!(texts.get(2), [NO_ANSWER, b" ", NO_ANSWER].concat());
    }
}
