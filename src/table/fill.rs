//! From a cell straight to the planes of a [`Batch`](crate::circuit::Batch).

use std::ops::Range;

use super::field::Field;
use super::quick::{find_byte, number_at};
use crate::answers::TEXT_MAX;
use crate::circuit::Rows;

const BLANKS: u64 = u64::from_le_bytes([b' '; 8]);

/// Marks what is in a cell that isn't empty. `word`: its first eight bytes, as [`word_at`](super::quick::word_at) gives
/// them. `None`: it is not as usual, and may be marked in part. Else the plane that the whole cell stands for, if it is
/// one of a few texts.
#[inline(always)]
pub(super) fn cell(
    field: &Field,
    bytes: &[u8],
    mut span: Range<usize>,
    word: u64,
    rows: &mut Rows,
    row: usize,
) -> Option<Option<usize>> {
    match field {
        Field::Flag(plane) if span.len() == 1 => match word as u8 {
            b'0' => {}
            b'1' => rows.mark(*plane, row),
            _ => return None,
        },
        Field::Flag(_) => return None,
        Field::One { options } => {
            let plane = options.find_from(bytes, span, word)?;
            rows.mark(plane, row);
            return Some(Some(plane));
        }
        Field::List { options } => {
            // Most have one.
            if let Some(plane) = options.find_from(bytes, span.clone(), word) {
                rows.mark(plane, row);
                return Some(Some(plane));
            }
            loop {
                let end = find_byte(bytes, span.clone(), BLANKS);
                let plane =
                    options.find(bytes, span.start..end).filter(|&plane| !rows.is_marked(plane, row))?;
                rows.mark(plane, row);
                if end == span.end {
                    break;
                }
                span.start = end + 1;
            }
        }
        Field::Number(numbers) => {
            let (number, end) = number_at(bytes, span.start)?;
            (end == span.end).then_some(())?;
            rows.mark(numbers.plane(number)?, row);
        }
        Field::Text(plane) => {
            let text = &bytes[span];
            let is_said = std::str::from_utf8(text).is_ok_and(|words| !words.trim().is_empty());
            (is_said && text.len() <= TEXT_MAX).then_some(())?;
            rows.mark(*plane, row);
        }
        Field::Skip => {}
        Field::Id => {
            std::str::from_utf8(&bytes[span]).ok()?;
        }
        Field::Seldom => {
            (bytes[span] == *b"0").then_some(())?;
        }
    }
    Some(None)
}
