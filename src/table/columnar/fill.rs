//! From columns straight to the planes of a [`Batch`]. What is not as usual makes its row slow, which then goes through
//! [`cells::sheet`], as rows of CSV do.

use std::ops::Range;

use super::ParquetTable;
use super::cells::{Cells, Slab};
use crate::answers::Sheet;
use crate::circuit::{Batch, Rows};
use crate::questionnaire::Questionnaire;
use crate::table::cells;
use crate::table::field::{self, Field};
use crate::table::fill;
use crate::table::quick::word_at;
use crate::table::{Bad, Place, Record, id_as_json};

/// Reads rows out of columns.
pub(in crate::table) struct Columnar<'p> {
    questionnaire: &'p Questionnaire,
    table: &'p ParquetTable,
    fields: Vec<Field>,
    /// For each row of a block, whether it is not as usual.
    slow: Vec<bool>,
}

impl<'p> Columnar<'p> {
    pub fn new(questionnaire: &'p Questionnaire, table: &'p ParquetTable) -> Columnar<'p> {
        Columnar { questionnaire, table, fields: Vec::new(), slow: Vec::new() }
    }

    /// Puts the answers of rows into the planes, and says which of them are not as usual, and what the others are called
    /// if `is_named`.
    pub fn fill(
        &mut self,
        slab: &Slab,
        records: &mut [Record],
        is_named: bool,
        batch: &Batch,
        rows: &mut Rows,
    ) {
        if self.fields.is_empty() {
            self.fields = field::fields(self.questionnaire, &self.table.columns, batch.slots());
        }
        let first = records.first().map_or(0, |record| record.span.start);
        self.slow.clear();
        self.slow.resize(records.len(), false);
        for (field, cells) in self.fields.iter().zip(&slab.columns) {
            let Some(cells) = cells else { continue };
            column(field, cells, first, rows, &mut self.slow);
        }
        for (record, &slow) in records.iter_mut().zip(&self.slow) {
            record.is_slow = slow;
            if is_named && !slow {
                record.id = self.id_of(slab, record.span.start).ok().flatten();
            }
        }
    }

    fn id_of(&self, slab: &Slab, row: usize) -> Result<Option<String>, Bad> {
        let Some(column) = self.table.columns.id else { return Ok(None) };
        let cells::Value::Text(text) = slab.value(column, row) else { return Ok(None) };
        let text = std::str::from_utf8(text).map_err(|_| Bad {
            place: Place::Column(self.table.columns.names[column].clone()),
            reason: "not UTF-8 text".to_owned(),
            below: 0,
            id: None,
        })?;
        Ok(if self.table.is_number(column) { Some(text.to_owned()) } else { id_as_json(text) })
    }

    /// Reads a row by all rules.
    pub fn sheet(&self, slab: &Slab, row: usize) -> Result<(Sheet, Option<String>), Bad> {
        let id = self.id_of(slab, row)?;
        let columns = &self.table.columns;
        let values = (0..columns.names.len()).map(|column| slab.value(column, row));
        match cells::sheet(self.questionnaire, columns, values) {
            Ok(sheet) => Ok((sheet, id)),
            Err(wrong) => Err(Bad::of(wrong, id)),
        }
    }
}

/// Marks what is in one column, and which rows are not as usual.
fn column(field: &Field, cells: &Cells, first: usize, rows: &mut Rows, slow: &mut [bool]) {
    let of_rows = first..first + slow.len();
    match (field, cells) {
        (Field::Skip, _) => {}
        (_, Cells::Texts(texts)) => {
            each(
                |row| texts.span(first + row),
                slow,
                |span, row| text(field, texts.bytes(), span, rows, row),
            );
        }
        (_, Cells::Numbered(texts)) => {
            if let Field::One { options } = field
                && let Some(known) = texts.made(slow.len(), |bytes, span| options.find(bytes, span))
            {
                let places = texts.places.get(of_rows).unwrap_or_default();
                for ((row, &text), slow) in places.iter().enumerate().zip(slow) {
                    match known.get(text as usize) {
                        Some(&Some(plane)) => rows.mark(plane, row),
                        // An empty text is no answer.
                        Some(None) => *slow |= !texts.span(first + row).is_empty(),
                        None => {}
                    }
                }
                return;
            }
            each(
                |row| texts.span(first + row),
                slow,
                |span, row| text(field, texts.bytes(), span, rows, row),
            );
        }
        (Field::Flag(plane), Cells::Flags(flags)) => {
            let flags = flags.get(of_rows).unwrap_or_default();
            let plane = rows.plane(*plane);
            for (flags, word) in flags.chunks(64).zip(plane) {
                *word |= flags
                    .iter()
                    .enumerate()
                    .fold(0, |word, (bit, &flag)| word | u64::from(flag == Some(true)) << bit);
            }
        }
        (Field::Flag(plane), Cells::Numbers(numbers)) => {
            let numbers = numbers.get(of_rows).unwrap_or_default();
            for ((row, number), slow) in numbers.iter().enumerate().zip(slow) {
                match *number {
                    None | Some(0.0) => {}
                    Some(1.0) => rows.mark(*plane, row),
                    Some(_) => *slow = true,
                }
            }
        }
        (Field::Number(known), Cells::Numbers(numbers)) => {
            let numbers = numbers.get(of_rows).unwrap_or_default();
            for ((row, number), slow) in numbers.iter().enumerate().zip(slow) {
                let Some(number) = *number else { continue };
                match known.plane(number) {
                    Some(plane) => rows.mark(plane, row),
                    None => *slow = true,
                }
            }
        }
        (Field::Seldom, Cells::Flags(flags)) => {
            let flags = flags.get(of_rows).unwrap_or_default();
            flags.iter().zip(slow).for_each(|(flag, slow)| *slow |= *flag == Some(true));
        }
        (Field::Seldom, Cells::Numbers(numbers)) => {
            let numbers = numbers.get(of_rows).unwrap_or_default();
            numbers.iter().zip(slow).for_each(|(number, slow)| *slow |= !matches!(number, None | Some(0.0)));
        }
        // The plain way says what is wrong.
        (_, Cells::Flags(_) | Cells::Numbers(_)) => slow.fill(true),
    }
}

#[inline(always)]
fn text(field: &Field, bytes: &[u8], span: Range<usize>, rows: &mut Rows, row: usize) -> Option<()> {
    let word = word_at(bytes, span.start);
    fill::cell(field, bytes, span, word, rows, row).map(drop)
}

/// Does something with each text that isn't empty. `None`: it is not as usual.
#[inline(always)]
fn each(
    span: impl Fn(usize) -> Range<usize>,
    slow: &mut [bool],
    mut each: impl FnMut(Range<usize>, usize) -> Option<()>,
) {
    for (row, slow) in slow.iter_mut().enumerate() {
        let span = span(row);
        if span.start < span.end && each(span, row).is_none() {
            *slow = true;
        }
    }
}
