//! From columns straight to the planes of a [`Batch`]. What is not as usual makes its row slow, which then goes through
//! [`cells::sheet`], as rows of CSV do.

use super::ParquetTable;
use super::cells::{Cells, Slab, Texts};
use crate::answers::{Sheet, TEXT_MAX};
use crate::circuit::{Batch, Rows, Slot};
use crate::questionnaire::Questionnaire;
use crate::table::cells;
use crate::table::field::{self, Field, find_often};
use crate::table::quick::number_at;
use crate::table::{Bad, Place, id_as_json};

/// Reads rows out of columns.
pub(in crate::table) struct Columnar<'p> {
    questionnaire: &'p Questionnaire,
    table: &'p ParquetTable,
    fields: Vec<Field>,
    /// For each row of a block, whether it is not as usual.
    slow: Vec<bool>,
}

/// No option has this byte behind it: what is compared up to it is compared up to the end of the cell.
const NEVER: u8 = 0xff;

impl<'p> Columnar<'p> {
    pub fn new(questionnaire: &'p Questionnaire, table: &'p ParquetTable) -> Columnar<'p> {
        Columnar { questionnaire, table, fields: Vec::new(), slow: Vec::new() }
    }

    /// Puts the answers of so many rows into the planes.
    pub fn fill(&mut self, slab: &Slab, first: usize, count: usize, batch: &Batch, rows: &mut Rows) {
        let slots = batch.slots();
        if self.fields.is_empty() {
            self.fields = field::fields(self.questionnaire, &self.table.columns, slots);
        }
        self.slow.clear();
        self.slow.resize(count, false);
        for (field, cells) in self.fields.iter_mut().zip(&slab.columns) {
            let Some(cells) = cells else { continue };
            column(field, cells, first, slots, rows, &mut self.slow);
        }
    }

    pub fn is_slow(&self, row: usize) -> bool {
        self.slow.get(row).copied().unwrap_or(true)
    }

    /// What the sheet of a row is called, as JSON.
    pub fn id(&self, slab: &Slab, row: usize) -> Option<String> {
        self.id_of(slab, row).ok().flatten()
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
fn column(
    field: &mut Field,
    cells: &Cells,
    first: usize,
    slots: &[Slot],
    rows: &mut Rows,
    slow: &mut [bool],
) {
    let of_rows = first..first + slow.len();
    match (field, cells) {
        (Field::Skip, _) => {}
        (Field::Id, Cells::Texts(texts)) => {
            for (row, slow) in slow.iter_mut().enumerate() {
                *slow |= std::str::from_utf8(texts.get(first + row)).is_err();
            }
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
        (Field::Flag(plane), Cells::Texts(texts)) => {
            for (row, slow) in slow.iter_mut().enumerate() {
                match texts.get(first + row) {
                    b"" | b"0" => {}
                    b"1" => rows.mark(*plane, row),
                    _ => *slow = true,
                }
            }
        }
        (Field::One { question, options }, Cells::Texts(texts)) => {
            let slot = &slots[*question];
            for_texts(texts, first, slow, |text, row| {
                let (place, end) = find_often(options, text, 0, NEVER)?;
                (end == text.len()).then(|| slot.mark_place(place, rows, row))
            });
        }
        (Field::Number { question, min, max, whole }, Cells::Numbers(numbers)) => {
            let slot = &slots[*question];
            let numbers = numbers.get(of_rows).unwrap_or_default();
            for ((row, number), slow) in numbers.iter().enumerate().zip(slow) {
                let Some(number) = *number else { continue };
                let fits = number >= *min && number <= *max && (!*whole || number.fract() == 0.0);
                match slot.place_of_number(number).filter(|_| fits) {
                    Some(place) => slot.mark_place(place, rows, row),
                    None => *slow = true,
                }
            }
        }
        (Field::Number { question, min, max, whole }, Cells::Texts(texts)) => {
            let slot = &slots[*question];
            for_texts(texts, first, slow, |text, row| {
                let (number, end) = number_at(text, 0)?;
                let fits = number >= *min && number <= *max && (!*whole || number.fract() == 0.0);
                let place = slot.place_of_number(number).filter(|_| fits && end == text.len())?;
                slot.mark_place(place, rows, row);
                Some(())
            });
        }
        (Field::Text { question }, Cells::Texts(texts)) => {
            let slot = &slots[*question];
            for_texts(texts, first, slow, |text, row| {
                let is_said = std::str::from_utf8(text).is_ok_and(|words| !words.trim().is_empty());
                (is_said && text.len() <= TEXT_MAX).then(|| slot.mark_place(0, rows, row))
            });
        }
        (Field::List { options }, Cells::Texts(texts)) => {
            for_texts(texts, first, slow, |text, row| {
                let mut at = 0;
                loop {
                    let (plane, end) = find_often(options, text, at, NEVER)?;
                    (!rows.is_marked(plane, row)).then_some(())?;
                    rows.mark(plane, row);
                    match text.get(end) {
                        None => return Some(()),
                        Some(b' ') => at = end + 1,
                        Some(_) => return None,
                    }
                }
            });
        }
        (Field::Seldom, Cells::Flags(flags)) => {
            let flags = flags.get(of_rows).unwrap_or_default();
            flags.iter().zip(slow).for_each(|(flag, slow)| *slow |= *flag == Some(true));
        }
        (Field::Seldom, Cells::Numbers(numbers)) => {
            let numbers = numbers.get(of_rows).unwrap_or_default();
            numbers.iter().zip(slow).for_each(|(number, slow)| *slow |= !matches!(number, None | Some(0.0)));
        }
        (Field::Seldom, Cells::Texts(texts)) => for_texts(texts, first, slow, |_, _| None),
        // The plain way says what is wrong.
        (_, Cells::Flags(_) | Cells::Numbers(_)) => slow.fill(true),
    }
}

/// Does something with each text that isn't empty. `None`: it is not as usual.
fn for_texts(
    texts: &Texts,
    first: usize,
    slow: &mut [bool],
    mut each: impl FnMut(&[u8], usize) -> Option<()>,
) {
    for (row, slow) in slow.iter_mut().enumerate() {
        let text = texts.get(first + row);
        if !text.is_empty() && each(text, row).is_none() {
            *slow = true;
        }
    }
}
