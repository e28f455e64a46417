//! Answer sheets of many people in files: rows in, a judgement for each out.
//!
//! [`Plan`] says what is read and what is written. A [`Judge`] takes pieces of a file, which [`cut`] ends where a record
//! ends, so that several judges can work on one file. Each record goes the fast way, straight to the planes of
//! [`circuit::Batch`](crate::circuit::Batch); what is not as usual goes the plain way, by `answers::json` or [`cells`],
//! which makes an answer sheet of it or says what is wrong. Both give the same; `tests/table.rs` holds them together.

pub mod cells;
mod choices;
#[cfg(feature = "parquet")]
mod columnar;
mod columns;
mod csv;
mod cut;
mod field;
mod fill;
#[cfg(feature = "parquet")]
mod filled;
mod judge;
mod lines;
mod numbers;
mod quick;
mod write;

use std::fmt;
use std::ops::Range;
#[cfg(feature = "parquet")]
use std::sync::Arc;
use std::sync::OnceLock;

#[cfg(feature = "parquet")]
pub use columnar::{
    Decoder, ParquetEnd, ParquetResults, ParquetTable, ReadAt, Slab, Strip, Unread, WrongParquet,
};
pub use columns::{Cell, Columns, WrongHeader};
pub use csv::CsvTable;
pub use cut::Cutter;
#[cfg(feature = "parquet")]
pub use filled::Filled;
pub use judge::{Judge, Piece};

use crate::answers::Sheet;
use crate::answers::json::SheetReader;
use crate::circuit::{Batch, Parts, Shape};
use crate::questionnaire::{Audience, Questionnaire};
use crate::report::Texts;
use crate::site::Site;
use crate::text::json;
use cells::Wrong;
use csv::Csv;
use write::Writer;

/// The longest record, without its end.
pub const MAX_RECORD: usize = 1 << 20;

/// What can be written of a sheet.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Column {
    /// Of the file that is read, where the sheet begins.
    Line,
    Level,
    Certain,
    Possible,
    Complete,
    Rules,
    Reasons,
    NextSteps,
    Unanswered,
    SetAside,
    /// What judged it.
    Questionnaire,
    /// What the sheet is called, where it says so.
    Id,
}

impl Column {
    pub const ALL: [Column; 12] = [
        Column::Line,
        Column::Level,
        Column::Certain,
        Column::Possible,
        Column::Complete,
        Column::Rules,
        Column::Reasons,
        Column::NextSteps,
        Column::Unanswered,
        Column::SetAside,
        Column::Questionnaire,
        Column::Id,
    ];

    pub fn name(self) -> &'static str {
        match self {
            Column::Line => "line",
            Column::Level => "level",
            Column::Certain => "certain",
            Column::Possible => "possible",
            Column::Complete => "complete",
            Column::Rules => "rules",
            Column::Reasons => "reasons",
            Column::NextSteps => "next_steps",
            Column::Unanswered => "unanswered",
            Column::SetAside => "set_aside",
            Column::Questionnaire => "questionnaire",
            Column::Id => "id",
        }
    }
}

/// How results are written.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Out {
    JsonLines,
    Csv,
    /// By columns; [`ParquetResults`] makes a file of them.
    #[cfg(feature = "parquet")]
    Parquet,
}

impl Out {
    /// What is written unless somebody says otherwise.
    pub fn columns(self) -> &'static [Column] {
        match self {
            // Since lines match, no number is needed.
            Out::JsonLines => &Column::ALL[1..],
            Out::Csv => Out::NARROW,
            #[cfg(feature = "parquet")]
            Out::Parquet => Out::NARROW,
        }
    }

    /// What tables have: without the texts, which are the same in most rows.
    const NARROW: &[Column] = &[
        Column::Line,
        Column::Level,
        Column::Certain,
        Column::Possible,
        Column::Complete,
        Column::Rules,
        Column::Unanswered,
        Column::SetAside,
    ];
}

/// How sheets are read.
pub enum In {
    JsonLines,
    Csv(CsvTable),
    #[cfg(feature = "parquet")]
    Parquet(Arc<ParquetTable>),
}

/// What is written, and how.
#[derive(Debug, Clone)]
pub struct Wanted {
    pub out: Out,
    pub columns: Vec<Column>,
    /// Rows that can't be read are told among the results, not apart.
    pub bad_inline: bool,
    /// Free text on a sheet may be written.
    pub allow_text: bool,
    /// The key of JSON that says what a sheet is called, if it isn't `id`.
    pub id: Option<String>,
}

/// Everything that is worked out once for all sheets.
pub struct Plan<'q> {
    questionnaire: &'q Questionnaire,
    audience: Audience,
    reader: SheetReader<'q>,
    pub input: In,
    wanted: Wanted,
    shape: Shape,
    /// Compiled when many sheets come.
    batch: OnceLock<Batch>,
    writer: Writer<'q>,
}

impl<'q> Plan<'q> {
    pub fn new(
        questionnaire: &'q Questionnaire,
        audience: Audience,
        site: &Site,
        input: In,
        wanted: Wanted,
    ) -> Self {
        let has = |columns: &[Column]| columns.iter().any(|column| wanted.columns.contains(column));
        let parts = Parts {
            unanswered: has(&[Column::Complete, Column::Unanswered]),
            set_aside: has(&[Column::SetAside]),
            words: has(&[Column::Reasons, Column::NextSteps]),
        };
        let texts = Texts::new(questionnaire, audience, site);
        Plan {
            questionnaire,
            audience,
            reader: SheetReader::new(questionnaire),
            input,
            shape: Shape::new(questionnaire, parts),
            batch: OnceLock::new(),
            writer: Writer::new(questionnaire, &texts, wanted.out, &wanted.columns, wanted.allow_text),
            wanted,
        }
    }

    /// What is written before all results.
    pub fn head(&self) -> Vec<u8> {
        self.writer.head()
    }

    /// A Parquet file for the results, if they are wanted in one.
    ///
    /// # Errors
    /// When its columns can't be described.
    #[cfg(feature = "parquet")]
    pub fn parquet(&self) -> Result<Option<ParquetResults>, String> {
        if self.wanted.out != Out::Parquet {
            return Ok(None);
        }
        let columns = self.wanted.columns.iter().map(|&column| (column, self.writer.texts(column)));
        ParquetResults::new(columns).map(Some)
    }

    /// Where the records of this file may be parted.
    pub fn cutter(&self) -> Cutter {
        match &self.input {
            In::JsonLines => Cutter::lines(),
            In::Csv(table) => Cutter::csv(table.delimiter),
            #[cfg(feature = "parquet")]
            In::Parquet(_) => Cutter::lines(),
        }
    }

    /// Whether results say what the sheet is called.
    fn names_sheets(&self) -> bool {
        self.wanted.columns.contains(&Column::Id)
    }

    fn batch(&self) -> &Batch {
        self.batch.get_or_init(|| Batch::new(self.questionnaire, self.audience, self.shape.parts))
    }
}

/// A record in a piece of a file.
#[derive(Debug, Clone)]
struct Record {
    span: Range<usize>,
    /// Where it begins.
    line: u64,
    /// A quotation mark opens in it and isn't closed where its cell must end.
    is_broken: bool,
    /// It is not as usual, and read by all rules.
    is_slow: bool,
    /// What the sheet is called, as JSON.
    id: Option<String>,
}

/// Where in a piece of a file the next record begins.
#[derive(Debug, Clone, Copy)]
struct Next {
    at: usize,
    line: u64,
    /// Where the record ends of which only the first line is given up. No record of its other lines reaches beyond: how
    /// they are read doesn't depend on what follows, and so not on where the file is cut into pieces.
    within: usize,
}

impl Next {
    fn new(at: usize, line: u64) -> Next {
        Next { at, line, within: 0 }
    }
}

impl Record {
    fn broken(&self) -> Option<Bad> {
        self.is_broken.then(|| Bad {
            place: Place::Whole,
            reason: "a quotation mark that opens a cell here isn't closed where the cell ends".to_owned(),
            below: 0,
            id: None,
        })
    }
}

/// Why a record can't be judged.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Bad {
    pub place: Place,
    pub reason: String,
    /// How many lines below the beginning of the record.
    below: u64,
    /// What the sheet is called, as JSON.
    id: Option<String>,
}

impl Bad {
    fn of(wrong: Wrong, id: Option<String>) -> Bad {
        let Wrong { column, reason } = wrong;
        let place = if column.is_empty() { Place::Whole } else { Place::Column(column) };
        Bad { place, reason, below: 0, id }
    }
}

/// What a cell says a sheet is called, as JSON.
fn id_as_json(cell: &str) -> Option<String> {
    let id = cell.trim();
    (!id.is_empty()).then(|| json::string(id))
}

/// Where in a record something is wrong.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Place {
    Whole,
    /// Bytes from the beginning of the line, from 1.
    Byte(usize),
    /// The column of this name.
    Column(String),
}

impl Place {
    fn as_json(&self) -> String {
        match self {
            Place::Whole => "null".to_owned(),
            Place::Byte(byte) => byte.to_string(),
            Place::Column(name) => json::string(name),
        }
    }
}

impl fmt::Display for Bad {
    fn fmt(&self, f: &mut fmt::Formatter) -> fmt::Result {
        match &self.place {
            Place::Whole => f.write_str(&self.reason),
            Place::Byte(byte) => write!(f, "{} (column {byte})", self.reason),
            Place::Column(name) => write!(f, "{} (column `{name}`)", self.reason),
        }
    }
}

/// A sheet with what is in another column of its row, and the line that it begins in.
pub struct SheetBeside {
    pub sheet: Result<Sheet, Bad>,
    pub beside: Vec<u8>,
    pub line: u64,
}

/// Every sheet of a CSV text, each with what is in the column `beside`, which is no answer.
pub fn csv_sheets<'a>(
    questionnaire: &'a Questionnaire,
    table: &'a CsvTable,
    text: &'a [u8],
    rows_from: usize,
    beside: usize,
) -> impl Iterator<Item = SheetBeside> + 'a {
    let mut reader = Csv::new(questionnaire, table);
    let line = 1 + memchr::memchr_iter(b'\n', &text[..rows_from]).count() as u64;
    let mut next = Next::new(rows_from, line);
    std::iter::from_fn(move || {
        let record = reader.next(text, &mut next)?;
        let sheet = record
            .broken()
            .map_or_else(|| reader.sheet(&text[record.span.clone()]).map(|(sheet, _)| sheet), Err);
        Some(SheetBeside { sheet, beside: reader.beside(beside).to_vec(), line: record.line })
    })
}
