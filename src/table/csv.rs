//! CSV (RFC 4180): a row for each sheet, the names of the columns in the first line.

use std::ops::Range;

use memchr::{memchr, memchr_iter, memchr2};

use super::cells::{self, Value};
use super::columns::{Columns, WrongHeader};
use super::field::{self, Field};
use super::fill;
use super::quick::{find_byte, first_zero_byte, word_at};
use super::{Bad, Next, Place, Record, id_as_json};
use crate::answers::Sheet;
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
    columns: Vec<ColumnReader>,
    /// Where the id was in the row that was read last.
    id: Range<usize>,
    parsed: Parsed,
}

/// How a column is read.
struct ColumnReader {
    frequent: Frequent,
    field: Field,
    /// How many columns of 1 and 0 begin with this one, one after another.
    flags: usize,
}

/// What has been in a column often, with the delimiter behind it: if it is there again, nothing has to be looked up.
struct Frequent {
    /// The first of a word's eight bytes, as many as the mask has.
    word: u64,
    mask: u64,
    step: usize,
    plane: usize,
    /// So often something else may be there before that is kept in its place.
    trust: u8,
}

impl Frequent {
    const MOST_TRUST: u8 = 4;
    /// Nothing: no masked word has a bit set.
    const NEVER: Frequent = Frequent { word: 1, mask: 0, step: 0, plane: 0, trust: 0 };

    /// `word`: of the cell, and of what is behind it.
    #[inline(always)]
    fn learn(&mut self, word: u64, length: usize, plane: usize) {
        let fits = length < 8;
        if self.trust > 0 || !fits {
            self.trust = self.trust.saturating_sub(1);
            return;
        }
        let mask = u64::MAX >> (u64::BITS - 8 * (length as u32 + 1));
        *self = Frequent { word: word & mask, mask, step: length + 1, plane, trust: 1 };
    }
}

impl<'p> Csv<'p> {
    pub fn new(questionnaire: &'p Questionnaire, table: &'p CsvTable) -> Csv<'p> {
        Csv { questionnaire, table, columns: Vec::new(), id: 0..0, parsed: Parsed::default() }
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
                        is_slow: false,
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
                    is_slow: true,
                    id: None,
                });
            }
        }
        None
    }

    /// Puts the answers of records into the planes, and says which of them are not as usual, and what the others are
    /// called if `is_named`.
    pub fn fill(
        &mut self,
        chunk: &[u8],
        records: &mut [Record],
        is_named: bool,
        batch: &Batch,
        rows: &mut Rows,
    ) {
        if self.columns.is_empty() {
            self.prepare(batch.slots());
        }
        for (row, record) in records.iter_mut().enumerate() {
            // The parser takes a byte order mark for none of the text.
            let is_usual = !record.is_slow && chunk.get(record.span.start) != Some(&b'\xEF');
            let is_done = is_usual && self.row(chunk, record.span.clone(), rows, row).is_some();
            record.is_slow = !is_done;
            record.id = None;
            if is_done && is_named {
                let id = std::str::from_utf8(&chunk[self.id.clone()]);
                record.id = id.ok().and_then(id_as_json);
            }
        }
    }

    fn prepare(&mut self, slots: &[Slot]) {
        let fields = field::fields(self.questionnaire, &self.table.columns, slots);
        self.columns = fields
            .into_iter()
            .map(|field| ColumnReader { frequent: Frequent::NEVER, field, flags: 0 })
            .collect();
        let mut run = 0;
        for column in self.columns.iter_mut().rev() {
            run = if matches!(column.field, Field::Flag(_) | Field::Seldom) { run + 1 } else { 0 };
            column.flags = run;
        }
    }

    /// Puts a row without quotation marks into the planes. `None`: it is not as usual, and the planes hold a part of it.
    fn row(&mut self, chunk: &[u8], span: Range<usize>, rows: &mut Rows, row: usize) -> Option<()> {
        self.id = 0..0;
        let delimiter = self.table.delimiter;
        let nothing = u64::from_le_bytes([delimiter; 8]);
        let zeros = nothing & 0xFF00_FF00_FF00_FF00 | 0x0030_0030_0030_0030;
        let columns = self.columns.len();
        let (mut at, mut number) = (span.start, 0);
        loop {
            let word = word_at(chunk, at);
            let differs = word ^ nothing;
            // Most boxes are not ticked, and many questions are not asked: several cells at a time. None of these goes on
            // behind the row, since they end with a delimiter.
            let empty = (differs.trailing_zeros() / 8) as usize;
            if empty > 0 {
                (at, number) = (at + empty, number + empty);
                continue;
            }
            let column = self.columns.get_mut(number)?;
            let frequent = &mut column.frequent;
            if word & frequent.mask == frequent.word {
                rows.mark(frequent.plane, row);
                frequent.trust = Frequent::MOST_TRUST;
                (at, number) = (at + frequent.step, number + 1);
                continue;
            }
            if word == zeros && column.flags > 4 {
                (at, number) = (at + 8, number + 4);
                continue;
            }
            let end = match first_zero_byte(differs) {
                8 => find_byte(chunk, at + 8..span.end, nothing),
                length => span.end.min(at + length),
            };
            if end > at {
                let plane = fill::cell(&column.field, chunk, at..end, word, rows, row)?;
                // Behind the last cell of a row there is no delimiter.
                if let Some(plane) = plane.filter(|_| end < span.end) {
                    frequent.learn(word, end - at, plane);
                }
                if matches!(column.field, Field::Id) {
                    self.id = at..end;
                }
            }
            number += 1;
            if end == span.end {
                return (number == columns).then_some(());
            }
            at = end + 1;
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

    /// What is in a column of a row that was read last.
    pub fn beside(&self, column: usize) -> &[u8] {
        if column < self.parsed.cells() { self.parsed.cell(column) } else { &[] }
    }
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
