//! From a cell straight to the planes of a [`Batch`](crate::circuit::Batch).

use std::ops::Range;

use memchr::memchr;

use super::field::Field;
use super::quick::number_at;
use crate::answers::TEXT_MAX;
use crate::circuit::{Rows, Slot};

/// Marks what is in a cell that isn't empty. `None`: it is not as usual, and may be marked in part.
#[inline(always)]
pub(super) fn cell(
    field: &Field,
    bytes: &[u8],
    mut span: Range<usize>,
    slots: &[Slot],
    rows: &mut Rows,
    row: usize,
) -> Option<()> {
    match field {
        Field::Flag(plane) if span.len() == 1 => match bytes[span.start] {
            b'0' => {}
            b'1' => rows.mark(*plane, row),
            _ => return None,
        },
        Field::Flag(_) => return None,
        Field::One { question, options } => {
            slots[*question].mark_place(options.find(bytes, span)?, rows, row);
        }
        Field::List { options } => loop {
            // Most have one.
            let end = match options.find(bytes, span.clone()) {
                Some(plane) if !rows.is_marked(plane, row) => {
                    rows.mark(plane, row);
                    break;
                }
                _ => span.start + memchr(b' ', &bytes[span.clone()])?,
            };
            let plane = options.find(bytes, span.start..end).filter(|&plane| !rows.is_marked(plane, row))?;
            rows.mark(plane, row);
            span.start = end + 1;
        },
        Field::Number { question, min, max, whole } => {
            let (number, end) = number_at(bytes, span.start)?;
            let fits = number >= *min && number <= *max && (!*whole || number.fract() == 0.0);
            let slot = &slots[*question];
            let place = slot.place_of_number(number).filter(|_| fits && end == span.end)?;
            slot.mark_place(place, rows, row);
        }
        Field::Text { question } => {
            let text = &bytes[span];
            let is_said = std::str::from_utf8(text).is_ok_and(|words| !words.trim().is_empty());
            (is_said && text.len() <= TEXT_MAX).then_some(())?;
            slots[*question].mark_place(0, rows, row);
        }
        Field::Skip => {}
        Field::Id => {
            std::str::from_utf8(&bytes[span]).ok()?;
        }
        Field::Seldom => {
            (bytes[span] == *b"0").then_some(())?;
        }
    }
    Some(())
}
