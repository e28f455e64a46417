//! Judges a piece of a file.

#[cfg(feature = "parquet")]
use super::columnar::{Columnar, Slab};
use super::columns::ID;
use super::csv::Csv;
#[cfg(feature = "parquet")]
use super::filled::Filled;
use super::lines::Lines;
use super::write::bad_apart;
use super::{Bad, In, MAX_RECORD, Next, Place, Plan, Record};
use crate::answers::{Facts, Sheet};
use crate::circuit::{Batch, JudgedSheet, Rows};
use crate::triage;

/// Fewer sheets than this go through the interpreter: a circuit takes as long for one as for hundreds.
const FEW: usize = 4;

/// What came of a piece of a file.
#[derive(Debug, Default)]
pub struct Piece {
    /// Results, in the order of the file.
    pub out: Vec<u8>,
    /// Those by columns, of as many rows as could be read.
    #[cfg(feature = "parquet")]
    pub filled: Vec<Filled>,
    /// Rows that can't be read, if those are told apart.
    pub bad: Vec<u8>,
    pub rows: u64,
    pub bad_rows: u64,
}

/// Judges pieces of one file; for each thread one.
pub struct Judge<'p, 'q> {
    plan: &'p Plan<'q>,
    reader: Reader<'p>,
    /// Not judged yet.
    records: Vec<Record>,
    rows: Option<Rows>,
    bits: Vec<u64>,
    /// Nobody reads results any more: it is only looked whether each sheet can be read.
    pub is_unread: bool,
}

/// Some records of a file.
#[derive(Clone, Copy)]
enum Chunk<'c> {
    Text(&'c [u8]),
    #[cfg(feature = "parquet")]
    Slab(&'c Slab),
}

enum Reader<'p> {
    Lines(Lines<'p>),
    Csv(Csv<'p>),
    #[cfg(feature = "parquet")]
    Columnar(Columnar<'p>),
}

impl Reader<'_> {
    fn next(&mut self, chunk: &[u8], next: &mut Next) -> Option<Record> {
        match self {
            Reader::Lines(reader) => reader.next(chunk, next),
            Reader::Csv(reader) => reader.next(chunk, next),
            #[cfg(feature = "parquet")]
            Reader::Columnar(_) => None,
        }
    }

    /// Puts the answers of records into the planes, and says which of them are not as usual, and what the others are
    /// called if `is_named`.
    fn fill(&mut self, chunk: Chunk, records: &mut [Record], is_named: bool, batch: &Batch, rows: &mut Rows) {
        match (self, chunk) {
            (Reader::Lines(reader), Chunk::Text(text)) => reader.fill(text, records, is_named, batch, rows),
            (Reader::Csv(reader), Chunk::Text(text)) => reader.fill(text, records, is_named, batch, rows),
            #[cfg(feature = "parquet")]
            (Reader::Columnar(reader), Chunk::Slab(slab)) => {
                reader.fill(slab, records, is_named, batch, rows)
            }
            #[cfg(feature = "parquet")]
            (Reader::Columnar(_), Chunk::Text(_)) | (Reader::Lines(_) | Reader::Csv(_), Chunk::Slab(_)) => {
                records.iter_mut().for_each(|record| record.is_slow = true);
            }
        }
    }

    fn sheet(&mut self, chunk: Chunk, record: &Record) -> Result<(Sheet, Option<String>), Bad> {
        match (self, chunk) {
            (Reader::Lines(reader), Chunk::Text(text)) => reader.sheet(&text[record.span.clone()]),
            (Reader::Csv(reader), Chunk::Text(text)) => reader.sheet(&text[record.span.clone()]),
            #[cfg(feature = "parquet")]
            (Reader::Columnar(reader), Chunk::Slab(slab)) => reader.sheet(slab, record.span.start),
            #[cfg(feature = "parquet")]
            (Reader::Columnar(_), Chunk::Text(_)) | (Reader::Lines(_) | Reader::Csv(_), Chunk::Slab(_)) => {
                Err(Bad {
                    place: Place::Whole,
                    reason: "it is of another format".to_owned(),
                    below: 0,
                    id: None,
                })
            }
        }
    }
}

impl<'p, 'q> Judge<'p, 'q> {
    pub fn new(plan: &'p Plan<'q>) -> Judge<'p, 'q> {
        let reader = match &plan.input {
            In::JsonLines => {
                let id = plan.wanted.id.as_deref().unwrap_or(ID);
                Reader::Lines(Lines::new(plan.questionnaire, &plan.reader, id))
            }
            In::Csv(table) => Reader::Csv(Csv::new(plan.questionnaire, table)),
            #[cfg(feature = "parquet")]
            In::Parquet(table) => Reader::Columnar(Columnar::new(plan.questionnaire, table)),
        };
        Judge { plan, reader, records: Vec::new(), rows: None, bits: Vec::new(), is_unread: false }
    }

    /// Judges all records of `chunk`, which begins in this line.
    pub fn judge(&mut self, chunk: &[u8], line: u64, piece: &mut Piece) {
        let mut next = Next::new(0, line);
        while let Some(record) = self.reader.next(chunk, &mut next) {
            self.records.push(record);
            if self.records.len() == Batch::SIZE {
                self.block(Chunk::Text(chunk), piece);
            }
        }
        self.block(Chunk::Text(chunk), piece);
    }

    /// Judges all rows of a part of a Parquet file.
    #[cfg(feature = "parquet")]
    pub fn judge_slab(&mut self, slab: &Slab, piece: &mut Piece) {
        for row in 0..slab.rows {
            let line = slab.first + row as u64;
            self.records.push(Record { span: row..row, line, is_broken: false, is_slow: false, id: None });
            if self.records.len() == Batch::SIZE {
                self.block(Chunk::Slab(slab), piece);
            }
        }
        self.block(Chunk::Slab(slab), piece);
    }

    /// Judges one object over several lines.
    pub fn judge_one(&mut self, text: &[u8], line: u64, piece: &mut Piece) {
        self.records.push(Record { span: 0..text.len(), line, is_broken: false, is_slow: false, id: None });
        self.block(Chunk::Text(text), piece);
    }

    /// Tells of a record that is too long to be read.
    pub fn too_long(&self, line: u64, is_open: bool, piece: &mut Piece) {
        let what = if matches!(self.plan.input, In::Csv(_)) { "row" } else { "line" };
        let reason = match is_open {
            true => format!(
                "a quotation mark that opens a cell here is never closed, or not within {MAX_RECORD} bytes"
            ),
            false => format!("the {what} is longer than {MAX_RECORD} bytes"),
        };
        self.bad(line, &Bad { place: Place::Whole, reason, below: 0, id: None }, piece);
        piece.rows += 1;
    }

    fn bad(&self, line: u64, bad: &Bad, piece: &mut Piece) {
        piece.bad_rows += 1;
        if self.plan.wanted.bad_inline {
            self.plan.writer.bad_inline(line, bad, &mut piece.out);
        } else {
            bad_apart(line, bad, &mut piece.bad);
        }
    }

    fn block(&mut self, chunk: Chunk, piece: &mut Piece) {
        let mut records = std::mem::take(&mut self.records);
        piece.rows += records.len() as u64;
        if records.len() < FEW && self.rows.is_none() || self.is_unread {
            records.iter_mut().for_each(|record| self.one(chunk, record, piece));
        } else {
            self.many(chunk, &mut records, piece);
        }
        self.records = records;
        self.records.clear();
    }

    /// By the interpreter.
    fn one(&mut self, chunk: Chunk, record: &mut Record, piece: &mut Piece) {
        let plan = self.plan;
        let sheet = match record.broken().map_or_else(|| self.reader.sheet(chunk, record), Err) {
            Ok((sheet, id)) => {
                record.id = id;
                sheet
            }
            Err(bad) => return self.bad(record.line, &bad, piece),
        };
        if self.is_unread {
            return;
        }
        let facts = Facts::of(plan.questionnaire, plan.audience, &sheet);
        let assessment = triage::assess(&facts);
        let judged = JudgedSheet {
            wordings: assessment.rules.iter().map(|&rule| triage::wording(&facts, rule)).collect(),
            steps: triage::shown_steps(&facts, assessment.level, plan.audience),
            assessment,
        };
        let bits = plan.shape.bits_of(&judged);
        plan.writer.row(record, plan.shape.told(&bits), Some(&sheet), piece);
    }

    /// By the circuit, at most [`Batch::SIZE`].
    fn many(&mut self, chunk: Chunk, records: &mut [Record], piece: &mut Piece) {
        let plan = self.plan;
        let batch = plan.batch();
        let mut rows = self.rows.take().unwrap_or_else(|| batch.rows());
        batch.clear(&mut rows);
        // With their places among the records.
        let mut wrong: Vec<(usize, Bad)> = Vec::new();
        self.reader.fill(chunk, records, plan.names_sheets(), batch, &mut rows);
        for (row, record) in records.iter_mut().enumerate() {
            if let Some(bad) = record.broken() {
                wrong.push((row, bad));
                continue;
            }
            if !record.is_slow {
                continue;
            }
            batch.clear_row(&mut rows, row);
            match self.reader.sheet(chunk, record) {
                Ok((sheet, id)) => {
                    batch.put(&mut rows, row, &sheet);
                    record.id = id;
                }
                Err(bad) => wrong.push((row, bad)),
            }
        }
        // The fast way doesn't look at options that can't be together.
        let clashes = batch.clashes(&rows);
        let clashing = (0..records.len()).filter(|row| clashes[row / 64] >> (row % 64) & 1 == 1);
        for row in clashing {
            if let Err(bad) = self.reader.sheet(chunk, &records[row]) {
                wrong.push((row, bad));
            }
        }
        wrong.sort_by_key(|(row, _)| *row);
        let mut bits = std::mem::take(&mut self.bits);
        batch.run(&mut rows, records.len(), &mut bits);
        let words = plan.shape.words();
        let mut wrong = wrong.into_iter().peekable();
        for (row, record) in records.iter().enumerate() {
            if let Some((_, bad)) = wrong.next_if(|(at, _)| *at == row) {
                self.bad(record.line, &bad, piece);
                continue;
            }
            let told = plan.shape.told(&bits[row * words..][..words]);
            let is_written = plan.writer.needs_answers() && told.set_aside().next().is_some();
            let sheet = is_written.then(|| self.reader.sheet(chunk, record).ok()).flatten();
            let sheet = sheet.map(|(sheet, _)| sheet);
            plan.writer.row(record, told, sheet.as_ref(), piece);
        }
        self.bits = bits;
        self.rows = Some(rows);
    }
}
