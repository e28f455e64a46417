//! CSV (RFC 4180): a row for each sheet, the names of the columns in the first line.

use std::ops::Range;

use memchr::{memchr, memchr_iter, memchr2};

use super::cells::{self, Value};
use super::columns::{Columns, WrongHeader};
use super::field::{self, Field, find_often};
use super::quick::{number_at, word_at};
use super::{Bad, Next, Place, Record, id_as_json};
use crate::answers::{Sheet, TEXT_MAX};
use crate::circuit::{Batch, Rows, Slot};
use crate::questionnaire::Questionnaire;
use crate::sql::Layout;

/// What is known of a table before its first row.
#[derive(Debug, Clone)]
pub struct CsvTable {
    pub columns: Columns,
    pub delimiter: u8,
}

impl CsvTable {
    /// Reads the first record of `text`, and says where it ends. `text` must hold all of it.
    ///
    /// # Errors
    /// When it doesn't name columns of answers.
    pub fn of(
        questionnaire: &Questionnaire,
        text: &[u8],
        layout: Option<Layout>,
        id: Option<&str>,
    ) -> Result<(CsvTable, usize), WrongHeader> {
        let is_utf_16 = text.starts_with(b"\xFF\xFE") || text.starts_with(b"\xFE\xFF");
        if is_utf_16 {
            return Err(WrongHeader::Utf16);
        }
        let mut best: Result<(CsvTable, usize), WrongHeader> = Err(WrongHeader::NoQuestion);
        // A comma, or what some spreadsheets write in its place. The one that makes most answers of the names counts.
        for delimiter in *b",;\t" {
            let mut record = Parsed::default();
            let read = record.read(text, delimiter);
            if record.cells() == 0 {
                return Err(WrongHeader::Empty);
            }
            let names = (0..record.cells()).map(|at| {
                let name = std::str::from_utf8(record.cell(at)).map_err(|_| WrongHeader::NotUtf8)?;
                Ok(name.trim().to_owned())
            });
            let columns = names.collect::<Result<Vec<_>, _>>();
            let columns = columns.and_then(|names| Columns::of(questionnaire, names, layout, id));
            let answers = |columns: &Columns| columns.cells.iter().flatten().count();
            match (&mut best, columns) {
                (Ok((known, _)), Ok(columns)) if answers(&known.columns) >= answers(&columns) => {}
                (_, Ok(columns)) => best = Ok((CsvTable { columns, delimiter }, read)),
                (Err(WrongHeader::NoQuestion), Err(why)) => best = Err(why),
                (_, Err(_)) => {}
            }
        }
        best
    }
}

/// Reads rows. A line without quotation marks whose cells are as usual goes straight to the planes of a [`Batch`];
/// everything else goes through the parser of the `csv` crate and [`cells::sheet`], which is exact about mistakes.
pub(super) struct Csv<'p> {
    questionnaire: &'p Questionnaire,
    table: &'p CsvTable,
    fields: Vec<Field>,
    /// For each column how many columns of 1 and 0 begin with it, one after another.
    flags_from: Vec<usize>,
    parsed: Parsed,
    /// Where the id was in the row that was read last.
    id: Range<usize>,
}

impl<'p> Csv<'p> {
    pub fn new(questionnaire: &'p Questionnaire, table: &'p CsvTable) -> Csv<'p> {
        Csv {
            questionnaire,
            table,
            fields: Vec::new(),
            flags_from: Vec::new(),
            parsed: Parsed::default(),
            id: 0..0,
        }
    }

    /// The next record.
    pub fn next(&mut self, chunk: &[u8], next: &mut Next) -> Option<Record> {
        while next.at < chunk.len() {
            let (start, number) = (next.at, next.line);
            let end = memchr(b'\n', &chunk[start..]).map_or(chunk.len(), |found| start + found);
            let text = without_return(&chunk[start..end]);
            if memchr2(b'"', b'\r', text).is_none() {
                next.at = end + 1;
                next.line += 1;
                if !text.is_empty() {
                    return Some(Record {
                        span: start..start + text.len(),
                        line: number,
                        is_broken: false,
                        id: None,
                    });
                }
                continue;
            }
            let is_left_over = start < next.within;
            let room = if is_left_over { next.within } else { chunk.len() };
            let read = self.parsed.read(&chunk[start..room], self.table.delimiter).max(1);
            let lines = memchr_iter(b'\n', &chunk[start..start + read]).count() as u64;
            // A stray quotation mark must not make one record of many: only its line is lost.
            let is_broken = lines > 1 && self.parsed.cells() != self.table.columns.names.len();
            if is_broken && !is_left_over {
                next.within = start + read;
            }
            next.at = if is_broken { end + 1 } else { start + read };
            next.line += if is_broken { 1 } else { lines };
            if self.parsed.cells() > 0 {
                return Some(Record {
                    span: start..next.at.min(chunk.len()),
                    line: number,
                    is_broken,
                    id: None,
                });
            }
        }
        None
    }

    fn prepare(&mut self, slots: &[Slot]) {
        self.fields = field::fields(self.questionnaire, &self.table.columns, slots);
        self.flags_from = vec![0; self.fields.len()];
        let mut run = 0;
        for (field, flags) in self.fields.iter().zip(&mut self.flags_from).rev() {
            run = if matches!(field, Field::Flag(_) | Field::Seldom) { run + 1 } else { 0 };
            *flags = run;
        }
    }

    /// Puts a row that is as usual into the planes. `None`: it isn't, and the planes hold a part of it.
    #[inline]
    pub fn quick(&mut self, text: &[u8], batch: &Batch, rows: &mut Rows, row: usize) -> Option<()> {
        let slots = batch.slots();
        if self.fields.is_empty() {
            self.prepare(slots);
        }
        // The parser takes a byte order mark for none of the text.
        if memchr2(b'"', b'\r', text).is_some() || text.first() == Some(&b'\xEF') {
            return None;
        }
        self.id = 0..0;
        let delimiter = self.table.delimiter;
        let is_end = |at: usize| text.get(at).is_none_or(|&byte| byte == delimiter);
        let nothing = u64::from_le_bytes([delimiter; 8]);
        let zeros = nothing & 0xFF00_FF00_FF00_FF00 | 0x0030_0030_0030_0030;
        let (mut at, mut number) = (0, 0);
        loop {
            // Most boxes are not ticked, and many questions are not asked: several cells at a time.
            while self.flags_from[number] > 4 && word_at(text, at) == zeros {
                (at, number) = (at + 8, number + 4);
            }
            while number + 8 < self.fields.len() && word_at(text, at) == nothing {
                (at, number) = (at + 8, number + 8);
            }
            if matches!(self.fields[number], Field::Id) {
                let end = end_of(text, at, delimiter);
                std::str::from_utf8(&text[at..end]).ok()?;
                self.id = at..end;
                at = end;
            } else if !is_end(at) {
                at = cell(&mut self.fields[number], delimiter, text, at, slots, rows, row)?;
            }
            let is_last = number + 1 == self.fields.len();
            if at == text.len() {
                return is_last.then_some(());
            }
            (text[at] == delimiter && !is_last).then_some(())?;
            (at, number) = (at + 1, number + 1);
        }
    }

    /// Reads a row by all rules.
    pub fn sheet(&mut self, text: &[u8]) -> Result<(Sheet, Option<String>), Bad> {
        self.parsed.read(text, self.table.delimiter);
        let columns = &self.table.columns;
        let id = columns.id.filter(|&at| at < self.parsed.cells());
        let id = id.map_or(Ok(None), |at| {
            let id = std::str::from_utf8(self.parsed.cell(at));
            id.map(id_as_json).map_err(|_| Bad {
                place: Place::Column(columns.names[at].clone()),
                reason: "not UTF-8 text".to_owned(),
                below: 0,
                id: None,
            })
        })?;
        let cells = (0..self.parsed.cells()).map(|at| Value::Text(self.parsed.cell(at)));
        match cells::sheet(self.questionnaire, columns, cells) {
            Ok(sheet) => Ok((sheet, id)),
            Err(wrong) => Err(Bad::of(wrong, id)),
        }
    }

    /// The id of the row that was read last by [`Csv::quick`].
    pub fn id(&self, text: &[u8]) -> Option<String> {
        id_as_json(std::str::from_utf8(text.get(self.id.clone())?).ok()?)
    }

    /// What is in a column of a row that was read last.
    pub fn beside(&self, column: usize) -> &[u8] {
        if column < self.parsed.cells() { self.parsed.cell(column) } else { &[] }
    }
}

/// Marks what is in a cell that isn't empty, and says where it ends if it is as usual.
#[inline]
fn cell(
    field: &mut Field,
    delimiter: u8,
    text: &[u8],
    mut at: usize,
    slots: &[Slot],
    rows: &mut Rows,
    row: usize,
) -> Option<usize> {
    let end_of = |at: usize| end_of(text, at, delimiter);
    match field {
        Field::Skip | Field::Id => Some(end_of(at)),
        Field::Flag(_) | Field::Seldom if text[at] == b'0' => Some(at + 1),
        Field::Flag(plane) => {
            (text[at] == b'1').then_some(())?;
            rows.mark(*plane, row);
            Some(at + 1)
        }
        Field::Seldom => None,
        Field::One { question, options } => {
            let (place, end) = find_often(options, text, at, delimiter)?;
            slots[*question].mark_place(place, rows, row);
            Some(end)
        }
        Field::Number { question, min, max, whole } => {
            let (value, end) = number_at(text, at)?;
            let fits = value >= *min && value <= *max && (!*whole || value.fract() == 0.0);
            let slot = &slots[*question];
            slot.mark_place(slot.place_of_number(value).filter(|_| fits)?, rows, row);
            Some(end)
        }
        Field::Text { question } => {
            let end = end_of(at);
            let is_said = std::str::from_utf8(&text[at..end]).is_ok_and(|words| !words.trim().is_empty());
            (is_said && end - at <= TEXT_MAX).then_some(())?;
            slots[*question].mark_place(0, rows, row);
            Some(end)
        }
        Field::List { options } => loop {
            let (plane, end) = find_often(options, text, at, delimiter)?;
            (!rows.is_marked(plane, row)).then_some(())?;
            rows.mark(plane, row);
            if text.get(end) != Some(&b' ') {
                return Some(end);
            }
            at = end + 1;
        },
    }
}

fn end_of(text: &[u8], at: usize, delimiter: u8) -> usize {
    at + memchr(delimiter, &text[at..]).unwrap_or(text.len() - at)
}

fn without_return(line: &[u8]) -> &[u8] {
    line.strip_suffix(b"\r").unwrap_or(line)
}

/// The cells of one record, without their quotation marks.
#[derive(Default)]
struct Parsed {
    text: Vec<u8>,
    ends: Vec<usize>,
    cells: usize,
}

impl Parsed {
    /// Reads the first record that is not empty, and says how many bytes it takes.
    fn read(&mut self, text: &[u8], delimiter: u8) -> usize {
        let mut parser = csv_core::ReaderBuilder::new().delimiter(delimiter).build();
        if self.ends.is_empty() {
            self.text.resize(4096, 0);
            self.ends.resize(256, 0);
        }
        let (mut read, mut written, mut cells) = (0, 0, 0);
        loop {
            let (what, took, wrote, ended) =
                parser.read_record(&text[read..], &mut self.text[written..], &mut self.ends[cells..]);
            (read, written, cells) = (read + took, written + wrote, cells + ended);
            match what {
                // Again without any input: it ends here.
                csv_core::ReadRecordResult::InputEmpty => {}
                csv_core::ReadRecordResult::OutputFull => self.text.resize(2 * self.text.len(), 0),
                csv_core::ReadRecordResult::OutputEndsFull => self.ends.resize(2 * self.ends.len(), 0),
                csv_core::ReadRecordResult::Record | csv_core::ReadRecordResult::End => break,
            }
        }
        self.cells = cells;
        read
    }

    fn cells(&self) -> usize {
        self.cells
    }

    fn cell(&self, at: usize) -> &[u8] {
        let start = if at == 0 { 0 } else { self.ends[at - 1] };
        &self.text[start..self.ends[at]]
    }
}
