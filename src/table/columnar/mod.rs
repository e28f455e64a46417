//! Parquet: a table by columns, with its schema at the end of the file.
//!
//! The `parquet` crate reads the schema and decodes values. Between the two, [`pages`] reads the pages, since a damaged
//! file must neither take memory without end nor make the crate panic.

mod cells;
mod decode;
mod fill;
mod header;
mod kind;
mod pages;
mod results;

use std::fmt;

use bytes::Bytes;
use parquet::basic::{Compression, ConvertedType, LogicalType};
use parquet::errors::ParquetError;
use parquet::file::metadata::{ParquetMetaData, ParquetMetaDataReader};
use parquet::schema::types::{ColumnDescPtr, Type};

pub use cells::Slab;
pub use decode::{Decoder, Strip};
pub(super) use fill::Columnar;
use kind::Kind;
pub use results::ParquetResults;

use super::columns::{Columns, WrongHeader};
use crate::questionnaire::Questionnaire;
use crate::sql::Layout;
use crate::text::clean_line;

/// What a file of Parquet begins and ends with.
const MAGIC: &[u8] = b"PAR1";

/// The longest description of a file at its end. That of a billion rows of 200 columns has about as much.
const LONGEST_FOOTER: u64 = 128 << 20;

/// Something that can be read from at any place.
pub trait ReadAt: Send + Sync {
    fn length(&self) -> u64;

    /// Reads as much as `into` has room for, from this place on.
    ///
    /// # Errors
    /// When there is less, or it can't be read.
    fn read_at(&self, place: u64, into: &mut [u8]) -> Result<(), Unread>;
}

/// Why something can't be read, in the words of the system.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Unread(pub String);

impl From<Unread> for ParquetError {
    fn from(unread: Unread) -> ParquetError {
        ParquetError::General(unread.0)
    }
}

/// What is known of a file before its first row.
pub struct ParquetTable {
    pub columns: Columns,
    /// For each column of the table how it is read, if it is.
    leaves: Vec<Option<Leaf>>,
    metadata: ParquetMetaData,
    /// Of each group of rows.
    groups: Vec<u64>,
}

/// A column as the file has it.
struct Leaf {
    /// Among all that hold values.
    index: usize,
    described: ColumnDescPtr,
    kind: Kind,
}

/// Why a file can't be used.
#[derive(Debug)]
pub enum WrongParquet {
    /// It can't be read.
    Unread(Unread),
    Header(WrongHeader),
    /// It doesn't end as such a file does.
    NoEnd {
        /// But begins like one.
        begins: bool,
    },
    Encrypted,
    Damaged(String),
    /// Of a column that is read.
    Type {
        column: String,
        is: String,
        needed: &'static str,
    },
    /// By a program that this one has not.
    Packed {
        column: String,
        with: String,
    },
}

impl fmt::Display for WrongParquet {
    fn fmt(&self, f: &mut fmt::Formatter) -> fmt::Result {
        match self {
            WrongParquet::Unread(Unread(why)) => write!(f, "it can't be read: {why}"),
            WrongParquet::Header(wrong) => wrong.fmt(f),
            WrongParquet::NoEnd { begins: true } => f.write_str(
                "the end of this Parquet file is missing: the description of its columns stands there. Was it copied \
                 whole, and has the program that writes it finished? Without its end nothing of it can be read",
            ),
            WrongParquet::NoEnd { begins: false } => f.write_str("this isn't a Parquet file"),
            WrongParquet::Encrypted => {
                f.write_str("this Parquet file is encrypted; write it without encryption, or convert it to CSV")
            }
            WrongParquet::Damaged(why) => write!(f, "this Parquet file is damaged: {why}"),
            WrongParquet::Type { column, is, needed } => write!(
                f,
                "the column `{column}` has the type {is}, and what it answers needs {needed}; cast it where the file is \
                 written, or leave the column out"
            ),
            WrongParquet::Packed { column, with } => write!(
                f,
                "the column `{column}` is compressed by {with}, which this program doesn't unpack; write the file with \
                 Snappy, Zstandard, gzip or LZ4_RAW, or without compression"
            ),
        }
    }
}

impl std::error::Error for WrongParquet {}

impl From<WrongHeader> for WrongParquet {
    fn from(wrong: WrongHeader) -> WrongParquet {
        WrongParquet::Header(wrong)
    }
}

fn damaged(why: String) -> ParquetError {
    ParquetError::General(why)
}

/// What the `parquet` crate says, without the name of its kind.
fn said(error: &ParquetError) -> String {
    match error {
        ParquetError::General(said) | ParquetError::NYI(said) | ParquetError::EOF(said) => clean_line(said),
        other => clean_line(&other.to_string()),
    }
}

/// What the end of a file says of it.
pub struct ParquetEnd(ParquetMetaData);

impl ParquetTable {
    /// Finds out how the columns of a file are read.
    ///
    /// # Errors
    /// When it has no column of answers that can be read, or one that can't.
    pub fn of(
        questionnaire: &Questionnaire,
        end: ParquetEnd,
        layout: Option<Layout>,
        id: Option<&str>,
    ) -> Result<ParquetTable, WrongParquet> {
        let ParquetEnd(metadata) = end;
        let schema = metadata.file_metadata().schema_descr_ptr();
        let fields = schema.root_schema().get_fields();
        let names = fields.iter().map(|field| field.name().to_owned()).collect();
        let columns = Columns::of(questionnaire, names, layout, id)?;
        // The columns that hold values, by the field at the root that they are in.
        let mut below: Vec<Vec<usize>> = vec![Vec::new(); fields.len()];
        for leaf in 0..schema.num_columns() {
            if let Some(below) = below.get_mut(schema.get_column_root_idx(leaf)) {
                below.push(leaf);
            }
        }
        let mut leaves = Vec::new();
        for (at, field) in fields.iter().enumerate() {
            let cell = columns.cells[at];
            let is_id = columns.id == Some(at);
            if cell.is_none() && !is_id {
                leaves.push(None);
                continue;
            }
            let wrong = |is: String, needed: &'static str| WrongParquet::Type {
                column: columns.shown(at),
                is,
                needed,
            };
            let needed = cell.map_or(Ok(()), |cell| {
                // What is needed is told by what nothing fits.
                Kind::Uuid.fits(&questionnaire.questions[cell.question].domain, cell.holds)
            });
            let needed = needed.err().unwrap_or("text or a whole number");
            // A column of nothing but nulls, which data frames write without a type.
            if let [leaf] = below[at].as_slice()
                && matches!(schema.column(*leaf).logical_type_ref(), Some(LogicalType::Unknown))
            {
                leaves.push(None);
                continue;
            }
            let &[leaf] = below[at].as_slice() else { return Err(wrong(group_name(field), needed)) };
            let described = schema.column(leaf);
            let is_list = described.max_rep_level() > 0;
            if described.max_rep_level() > 1
                || (field.is_group() && !is_list)
                || (is_list && !is_plain_list(field))
            {
                return Err(wrong(group_name(field), needed));
            }
            let kind = Kind::of(&described, is_list);
            let name = || match is_list {
                true => format!("LIST of {}", kind::name_of(&described)),
                false => kind::name_of(&described),
            };
            let kind = kind.and_then(|kind| if is_id { kind.of_id() } else { Some(kind) });
            let kind = kind.ok_or_else(|| wrong(name(), needed))?;
            if let Some(cell) = cell {
                let fits = kind.fits(&questionnaire.questions[cell.question].domain, cell.holds);
                fits.map_err(|needed| wrong(name(), needed))?;
            }
            leaves.push(Some(Leaf { index: leaf, described, kind }));
        }
        let mut groups = Vec::new();
        for group in metadata.row_groups() {
            let rows = u64::try_from(group.num_rows());
            groups.push(
                rows.map_err(|_| WrongParquet::Damaged("a group has fewer rows than none".to_owned()))?,
            );
            for (at, leaf) in leaves.iter().enumerate() {
                let chunk = leaf.as_ref().and_then(|leaf| group.columns().get(leaf.index));
                let with = match chunk.map(|chunk| chunk.compression()) {
                    Some(Compression::LZO) => "LZO",
                    Some(Compression::BROTLI(_)) => "Brotli",
                    Some(Compression::LZ4) => "LZ4 in Hadoop's framing",
                    _ => continue,
                };
                return Err(WrongParquet::Packed { column: columns.shown(at), with: with.to_owned() });
            }
        }
        Ok(ParquetTable { columns, leaves, metadata, groups })
    }

    /// All of them together.
    pub fn rows(&self) -> u64 {
        self.groups.iter().fold(0, |all, rows| all.saturating_add(*rows))
    }

    /// Whether this column names sheets by numbers.
    fn is_number(&self, column: usize) -> bool {
        let leaf = self.leaves.get(column).and_then(Option::as_ref);
        leaf.is_some_and(|leaf| matches!(leaf.kind, Kind::Number { .. }))
    }

    fn rows_of(&self, group: usize) -> Option<u64> {
        self.groups.get(group).copied()
    }

    /// What is wrong, with its place.
    fn told(&self, group: usize, column: usize, error: &ParquetError) -> String {
        format!(
            "{} (column `{}`, group {} of {} of rows)",
            said(error),
            self.columns.shown(column),
            group + 1,
            self.groups.len()
        )
    }

    /// Puts together what several decoders have of the same rows, of which the first has this number.
    ///
    /// # Errors
    /// When they don't have the same number of rows.
    pub fn slab(&self, first: u64, strips: Vec<Strip>) -> Result<Slab, String> {
        let rows = strips.first().map_or(0, |strip| strip.rows);
        let mut columns: Vec<_> = self.leaves.iter().map(|_| None).collect();
        for strip in strips {
            if strip.rows != rows {
                return Err("its columns have different numbers of rows".to_owned());
            }
            for (column, cells) in strip.cells {
                columns[column] = Some(cells);
            }
        }
        Ok(Slab { first, rows, columns })
    }
}

impl ParquetEnd {
    /// # Errors
    /// When it can't be read, is none, or is damaged.
    pub fn read(source: &dyn ReadAt) -> Result<ParquetEnd, WrongParquet> {
        let footer = footer(source)?;
        ParquetMetaDataReader::decode_metadata(&footer).map(ParquetEnd).map_err(|error| {
            WrongParquet::Damaged(format!("the description of its columns can't be read ({})", said(&error)))
        })
    }
}

fn footer(source: &dyn ReadAt) -> Result<Bytes, WrongParquet> {
    const TAIL: u64 = 8;
    let read = |place: u64, length: u64| {
        let mut bytes = vec![0; length as usize];
        source.read_at(place, &mut bytes).map_err(WrongParquet::Unread).map(|()| bytes)
    };
    let length = source.length();
    let begin = read(0, length.min(MAGIC.len() as u64))?;
    let begins = begin == MAGIC;
    let tail = read(length.saturating_sub(TAIL), length.min(TAIL))?;
    let Some((size, end)) = tail.split_first_chunk::<4>() else { return Err(WrongParquet::NoEnd { begins }) };
    if end == b"PARE" {
        return Err(WrongParquet::Encrypted);
    }
    if end != MAGIC {
        return Err(WrongParquet::NoEnd { begins });
    }
    let size = u64::from(u32::from_le_bytes(*size));
    let place = length.checked_sub(TAIL + size).filter(|&place| place >= MAGIC.len() as u64);
    let place = place.filter(|_| begins).ok_or_else(|| {
        WrongParquet::Damaged("the description of its columns is longer than the file".to_owned())
    })?;
    if size > LONGEST_FOOTER {
        return Err(WrongParquet::Damaged(format!(
            "the description of its columns is longer than {} MiB; part the file by rows",
            LONGEST_FOOTER >> 20
        )));
    }
    read(place, size).map(Bytes::from)
}

/// A list of values, in any of the ways in which lists are written.
fn is_plain_list(field: &Type) -> bool {
    let info = field.get_basic_info();
    let is_list = matches!(info.logical_type_ref(), Some(LogicalType::List))
        || info.converted_type() == ConvertedType::LIST;
    !field.is_group() || is_list
}

fn group_name(field: &Type) -> String {
    let info = field.get_basic_info();
    match info.logical_type_ref() {
        Some(logical) => format!("{logical:?}").to_uppercase(),
        None if info.converted_type() != ConvertedType::NONE => info.converted_type().to_string(),
        None if field.is_group() => "STRUCT".to_owned(),
        None => "LIST".to_owned(),
    }
}

impl ReadAt for Vec<u8> {
    fn length(&self) -> u64 {
        self.len() as u64
    }

    fn read_at(&self, place: u64, into: &mut [u8]) -> Result<(), Unread> {
        let from = usize::try_from(place).ok().and_then(|place| self.get(place..)?.get(..into.len()));
        into.copy_from_slice(from.ok_or_else(|| Unread("it ends before".to_owned()))?);
        Ok(())
    }
}
