//! The squares of a QR code, and the half blocks that show them.

use qrcodegen::{Mask, QrCode, QrCodeEcc, QrSegment, Version};

/// The number that says: what follows is UTF-8. Without it some decoders take it for another encoding.
const UTF_8: u32 = 26;
/// Light squares around the code, where there is room, and at least.
const QUIET: [i32; 2] = [4, 2];

/// A code with the light squares around it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Code {
    /// Squares of a side, with those around it.
    side: usize,
    dark: Vec<bool>,
    /// What it says.
    pub text: String,
}

impl Code {
    /// The first of these texts that fits into so many columns and rows.
    pub fn fitting(texts: &[String], columns: usize, rows: usize) -> Option<Code> {
        texts.iter().find_map(|text| {
            let code = encoded(text)?;
            QUIET.into_iter().find_map(|quiet| {
                let side = (code.size() + 2 * quiet) as usize;
                (side <= columns && side.div_ceil(2) <= rows).then(|| Code::of(&code, quiet, text))
            })
        })
    }

    fn of(code: &QrCode, quiet: i32, text: &str) -> Code {
        let side = code.size() + 2 * quiet;
        let dark = (0..side * side).map(|at| code.get_module(at % side - quiet, at / side - quiet)).collect();
        Code { side: side as usize, dark, text: text.to_owned() }
    }

    /// Columns that it takes.
    pub fn columns(&self) -> usize {
        self.side
    }

    /// Rows of cells, two squares above one another in each.
    pub fn rows(&self) -> usize {
        self.side.div_ceil(2)
    }

    /// Whether the upper and the lower square of a cell are dark. Below the last row all is light.
    pub fn cell(&self, column: usize, row: usize) -> [bool; 2] {
        let dark =
            |y: usize| y < self.side && self.dark.get(y * self.side + column).copied().unwrap_or(false);
        [dark(2 * row), dark(2 * row + 1)]
    }
}

fn encoded(text: &str) -> Option<QrCode> {
    let bytes = QrSegment::make_bytes(text.as_bytes());
    let segments = match text.is_ascii() {
        true => vec![bytes],
        false => vec![QrSegment::make_eci(UTF_8), bytes],
    };
    // The mask is chosen by the rules of the standard.
    let mask: Option<Mask> = None;
    QrCode::encode_segments_advanced(&segments, QrCodeEcc::Low, Version::MIN, Version::MAX, mask, true).ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_fits_depends_on_the_rows() {
        let text = |bytes: usize| vec!["x".repeat(bytes)];
        for (rows, most) in [(21, 106), (23, 134), (36, 367), (50, 792)] {
            assert!(Code::fitting(&text(most), 400, rows).is_some(), "{rows}");
            assert_eq!(Code::fitting(&text(most + 1), 400, rows), None, "{rows}");
        }
        assert_eq!(Code::fitting(&text(134), 44, 23), None, "and on the columns");
    }

    #[test]
    fn the_first_text_that_fits_is_taken() {
        let texts = ["x".repeat(900), "y".repeat(100), "z".to_owned()];
        assert_eq!(Code::fitting(&texts, 80, 23).map(|code| code.text), Some("y".repeat(100)));
    }

    #[test]
    fn around_the_code_all_is_light() {
        let code = Code::fitting(&["médico".to_owned()], 80, 23).expect("a code");
        for column in 0..code.columns() {
            assert_eq!(code.cell(column, 0), [false, false]);
            assert!(!code.cell(column, code.rows() - 1)[1]);
        }
        for row in 0..code.rows() {
            assert_eq!([code.cell(0, row), code.cell(code.columns() - 1, row)], [[false; 2]; 2]);
        }
        assert!(code.cell(4, 2)[0], "the corner of the code");
    }
}
