//! Where a text can be parted between two records.

use memchr::{memchr, memrchr};

const BYTE_ORDER_MARK: &[u8] = b"\xEF\xBB\xBF";

/// Knows which ends of lines are ends of records.
#[derive(Debug, Clone, Copy)]
pub struct Cutter {
    /// Of CSV, whose quoted cells may hold ends of lines.
    delimiter: Option<u8>,
}

/// Where records end in a text that begins with one.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Cut {
    /// Behind the last end of a record; 0, if there is none.
    pub end: usize,
    /// A quotation mark is open at the end of the text.
    pub is_open: bool,
}

impl Cutter {
    pub fn lines() -> Cutter {
        Cutter { delimiter: None }
    }

    pub fn csv(delimiter: u8) -> Cutter {
        Cutter { delimiter: Some(delimiter) }
    }

    /// `is_all`: nothing comes after the text.
    pub fn cut(&self, text: &[u8], is_all: bool) -> Cut {
        let behind = |text: &[u8]| memrchr(b'\n', text).map(|at| at + 1);
        let Some(delimiter) = self.delimiter else {
            return Cut { end: behind(text).unwrap_or(0), is_open: false };
        };
        let mut end = 0;
        // Outside of quotation marks from here on.
        let mut from = 0;
        while let Some(quote) = memchr(b'"', &text[from..]).map(|at| from + at) {
            // Only at the beginning of a cell it opens anything.
            let is_end = |byte: &u8| matches!(byte, b'\n' | b'\r');
            let before = &text[..quote];
            // The parser takes one in front of a record for nothing: it stands where files were put one behind another.
            let marked = before.strip_suffix(BYTE_ORDER_MARK).map(<[u8]>::last);
            let begins = marked.is_some_and(|before| before.is_none_or(is_end))
                || before.last().is_none_or(|byte| *byte == delimiter || is_end(byte));
            if !begins {
                if let Some(at) = behind(&text[from..=quote]) {
                    end = from + at;
                }
                from = quote + 1;
                continue;
            }
            if let Some(at) = behind(&text[from..quote]) {
                end = from + at;
            }
            let mut inside = quote + 1;
            loop {
                let Some(closes) = memchr(b'"', &text[inside..]).map(|at| inside + at) else {
                    return Cut { end, is_open: true };
                };
                match text.get(closes + 1) {
                    // What follows could double it.
                    None if !is_all => return Cut { end, is_open: true },
                    Some(b'"') => inside = closes + 2,
                    None | Some(_) => {
                        from = closes + 1;
                        break;
                    }
                }
            }
        }
        if let Some(at) = behind(&text[from..]) {
            end = from + at;
        }
        Cut { end, is_open: false }
    }
}
