//! Judges a piece of a file.

use super::csv::Csv;
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

enum Reader<'p> {
    Lines(Lines<'p>),
    Csv(Csv<'p>),
}

impl Reader<'_> {
    fn next(&mut self, chunk: &[u8], next: &mut Next) -> Option<Record> {
        match self {
            Reader::Lines(reader) => reader.next(chunk, next),
            Reader::Csv(reader) => reader.next(chunk, next),
        }
    }

    fn quick(&mut self, text: &[u8], batch: &Batch, rows: &mut Rows, row: usize) -> bool {
        let done = match self {
            Reader::Lines(reader) => reader.quick(text, batch, rows, row),
            Reader::Csv(reader) => reader.quick(text, batch, rows, row),
        };
        done.is_some()
    }

    /// The id of what was read last by [`Reader::quick`].
    fn id(&self, text: &[u8]) -> Option<String> {
        match self {
            Reader::Lines(reader) => reader.id(text),
            Reader::Csv(_) => None,
        }
    }

    fn sheet(&mut self, text: &[u8]) -> Result<(Sheet, Option<String>), Bad> {
        match self {
            Reader::Lines(reader) => reader.sheet(text),
            Reader::Csv(reader) => reader.sheet(text).map(|sheet| (sheet, None)),
        }
    }
}

impl<'p, 'q> Judge<'p, 'q> {
    pub fn new(plan: &'p Plan<'q>) -> Judge<'p, 'q> {
        let reader = match &plan.input {
            In::JsonLines => Reader::Lines(Lines::new(plan.questionnaire, &plan.reader)),
            In::Csv(table) => Reader::Csv(Csv::new(plan.questionnaire, table)),
        };
        Judge { plan, reader, records: Vec::new(), rows: None, bits: Vec::new(), is_unread: false }
    }

    /// Judges all records of `chunk`, which begins in this line.
    pub fn judge(&mut self, chunk: &[u8], line: u64, piece: &mut Piece) {
        let mut next = Next::new(0, line);
        while let Some(record) = self.reader.next(chunk, &mut next) {
            self.records.push(record);
            if self.records.len() == Batch::SIZE {
                self.block(chunk, piece);
            }
        }
        self.block(chunk, piece);
    }

    /// Judges one object over several lines.
    pub fn judge_one(&mut self, text: &[u8], line: u64, piece: &mut Piece) {
        self.records.push(Record { span: 0..text.len(), line, is_broken: false, id: None });
        self.block(text, piece);
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

    fn block(&mut self, chunk: &[u8], piece: &mut Piece) {
        let mut records = std::mem::take(&mut self.records);
        piece.rows += records.len() as u64;
        if records.len() < FEW && self.rows.is_none() || self.is_unread {
            records.iter_mut().for_each(|record| self.one(&chunk[record.span.clone()], record, piece));
        } else {
            self.many(chunk, &mut records, piece);
        }
        self.records = records;
        self.records.clear();
    }

    /// By the interpreter.
    fn one(&mut self, text: &[u8], record: &mut Record, piece: &mut Piece) {
        let plan = self.plan;
        let sheet = match record.broken().map_or_else(|| self.reader.sheet(text), Err) {
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
        plan.writer.row(record, plan.shape.told(&bits), Some(&sheet), &mut piece.out);
    }

    /// By the circuit, at most [`Batch::SIZE`].
    fn many(&mut self, chunk: &[u8], records: &mut [Record], piece: &mut Piece) {
        let plan = self.plan;
        let batch = plan.batch();
        let mut rows = self.rows.take().unwrap_or_else(|| batch.rows());
        batch.clear(&mut rows);
        // With their places among the records.
        let mut wrong: Vec<(usize, Bad)> = Vec::new();
        for (row, record) in records.iter_mut().enumerate() {
            let text = &chunk[record.span.clone()];
            if let Some(bad) = record.broken() {
                wrong.push((row, bad));
                continue;
            }
            if self.reader.quick(text, batch, &mut rows, row) {
                record.id = self.reader.id(text);
                continue;
            }
            batch.clear_row(&mut rows, row);
            match self.reader.sheet(text) {
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
            if let Err(bad) = self.reader.sheet(&chunk[records[row].span.clone()]) {
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
            let sheet = is_written.then(|| self.reader.sheet(&chunk[record.span.clone()]).ok()).flatten();
            let sheet = sheet.map(|(sheet, _)| sheet);
            plan.writer.row(record, told, sheet.as_ref(), &mut piece.out);
        }
        self.bits = bits;
        self.rows = Some(rows);
    }
}
