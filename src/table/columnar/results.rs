//! Results as a Parquet file.

use std::sync::Arc;

use parquet::basic::{Compression, Encoding, LogicalType, Repetition, Type as Physical};
use parquet::data_type::{BoolType, ByteArray, ByteArrayType, DataType, Int64Type};
use parquet::errors::Result as ParquetResult;
use parquet::file::properties::WriterProperties;
use parquet::file::writer::{SerializedColumnWriter, SerializedFileWriter};
use parquet::schema::types::{ColumnPath, Type, TypePtr};

use crate::table::{Column, Filled, Piece};

/// Rows that are written together, unless they are large. Engines read a group on one core each.
const GROUP: usize = 1 << 17;
/// So much may wait to be written, in bytes.
const MOST_WAITING: usize = 32 << 20;
/// Texts are made for so many rows at once, since each takes much more than its place.
const AT_ONCE: usize = 4096;

/// Makes a Parquet file: rows in, and now and then a part of the file out.
pub struct ParquetResults {
    /// What it has written is taken out after each group.
    file: SerializedFileWriter<Vec<u8>>,
    columns: Vec<Waiting>,
    /// Roughly the bytes that all of them take.
    size: usize,
}

/// What waits for its group to be written.
struct Waiting {
    filled: Filled,
    /// What the places mean.
    texts: Vec<ByteArray>,
}

impl ParquetResults {
    /// `columns`: with the texts that each can have.
    ///
    /// # Errors
    /// When they can't be described.
    pub fn new<'c>(columns: impl Iterator<Item = (Column, Vec<&'c str>)>) -> Result<ParquetResults, String> {
        let (columns, waiting): (Vec<Column>, Vec<Waiting>) = columns
            .map(|(column, texts)| {
                let texts = texts.into_iter().map(ByteArray::from).collect();
                (column, Waiting { filled: Filled::new(column), texts })
            })
            .unzip();
        let file = schema(&columns)
            .and_then(|schema| SerializedFileWriter::new(Vec::new(), schema, Arc::new(properties())));
        Ok(ParquetResults { file: file.map_err(|error| error.to_string())?, columns: waiting, size: 0 })
    }

    /// Adds rows; what is in `out` then comes next in the file.
    ///
    /// # Errors
    /// When they can't be encoded.
    pub fn add(&mut self, piece: &Piece, out: &mut Vec<u8>) -> Result<(), String> {
        for (column, more) in self.columns.iter_mut().zip(&piece.filled) {
            column.filled.append(more);
            self.size += more.size();
        }
        let rows = self.columns.first().map_or(0, |column| column.filled.rows());
        if rows >= GROUP || self.size >= MOST_WAITING {
            self.flush(out)?;
        }
        Ok(())
    }

    /// Writes what waits, as a group of rows.
    ///
    /// # Errors
    /// When it can't be encoded.
    pub fn flush(&mut self, out: &mut Vec<u8>) -> Result<(), String> {
        self.group(out).map_err(|error| error.to_string())
    }

    /// Writes what is left, and what describes all of it.
    ///
    /// # Errors
    /// When it can't be encoded.
    pub fn end(mut self, out: &mut Vec<u8>) -> Result<(), String> {
        self.group(out)
            .and_then(|()| self.file.into_inner())
            .map(|rest| out.extend_from_slice(&rest))
            .map_err(|error| error.to_string())
    }

    fn group(&mut self, out: &mut Vec<u8>) -> ParquetResult<()> {
        if self.columns.iter().all(|column| column.filled.rows() == 0) {
            return Ok(());
        }
        let mut group = self.file.next_row_group()?;
        for waiting in &mut self.columns {
            let Some(mut column) = group.next_column()? else { break };
            waiting.write(&mut column)?;
            column.close()?;
            waiting.filled.clear();
        }
        group.close()?;
        self.size = 0;
        self.file.flush()?;
        out.append(self.file.inner_mut());
        Ok(())
    }
}

impl Waiting {
    fn write(&self, column: &mut SerializedColumnWriter) -> ParquetResult<()> {
        match &self.filled {
            Filled::Numbers(numbers) => {
                let numbers: Vec<i64> = numbers.iter().map(|&number| number as i64).collect();
                put::<Int64Type>(column, &numbers, None, None)
            }
            Filled::Flags(flags) => put::<BoolType>(column, flags, None, None),
            Filled::Texts(places) => places
                .chunks(AT_ONCE)
                .try_for_each(|places| put::<ByteArrayType>(column, &self.texts(places), None, None)),
            Filled::Lists { lengths, texts } => {
                let mut texts = &texts[..];
                lengths.chunks(AT_ONCE).try_for_each(|lengths| {
                    let all = lengths.iter().map(|&length| length as usize).sum();
                    let places;
                    (places, texts) = texts.split_at(all);
                    let (defined, repeated) = levels(lengths);
                    put::<ByteArrayType>(column, &self.texts(places), Some(&defined), Some(&repeated))
                })
            }
            Filled::Own(texts) => texts.chunks(AT_ONCE).try_for_each(|texts| {
                let defined: Vec<i16> = texts.iter().map(|text| text.is_some().into()).collect();
                let texts: Vec<ByteArray> =
                    texts.iter().flatten().map(|text| ByteArray::from(text.as_str())).collect();
                put::<ByteArrayType>(column, &texts, Some(&defined), None)
            }),
        }
    }

    fn texts(&self, places: &[u32]) -> Vec<ByteArray> {
        places.iter().filter_map(|&place| self.texts.get(place as usize).cloned()).collect()
    }
}

fn put<T: DataType>(
    column: &mut SerializedColumnWriter,
    values: &[T::T],
    defined: Option<&[i16]>,
    repeated: Option<&[i16]>,
) -> ParquetResult<()> {
    column.typed::<T>().write_batch(values, defined, repeated).map(drop)
}

/// Of the texts of lists that are so long, which are there, and which go on with a row.
fn levels(lengths: &[u32]) -> (Vec<i16>, Vec<i16>) {
    let (mut defined, mut repeated) = (Vec::new(), Vec::new());
    for &length in lengths {
        // An empty list is one place without a text.
        for at in 0..length.max(1) {
            defined.push((length > 0).into());
            repeated.push((at > 0).into());
        }
    }
    (defined, repeated)
}

/// Lists as the format's own rules want them, of three levels.
fn schema(columns: &[Column]) -> ParquetResult<TypePtr> {
    let text = |name: &str, repetition: Repetition| {
        Type::primitive_type_builder(name, Physical::BYTE_ARRAY)
            .with_repetition(repetition)
            .with_logical_type(Some(LogicalType::String))
            .build()
    };
    let required = |physical: Physical, name: &str| {
        Type::primitive_type_builder(name, physical).with_repetition(Repetition::REQUIRED).build()
    };
    let group = |name: &str, repetition: Repetition, of: Vec<TypePtr>, logical: Option<LogicalType>| {
        Type::group_type_builder(name)
            .with_repetition(repetition)
            .with_fields(of)
            .with_logical_type(logical)
            .build()
    };
    let fields: ParquetResult<Vec<TypePtr>> = columns
        .iter()
        .map(|&column| {
            let name = column.name();
            let field = match Filled::new(column) {
                Filled::Numbers(_) => required(Physical::INT64, name)?,
                Filled::Flags(_) => required(Physical::BOOLEAN, name)?,
                Filled::Texts(_) => text(name, Repetition::REQUIRED)?,
                Filled::Own(_) => text(name, Repetition::OPTIONAL)?,
                Filled::Lists { .. } => {
                    let element = Arc::new(text("element", Repetition::REQUIRED)?);
                    let list = Arc::new(group("list", Repetition::REPEATED, vec![element], None)?);
                    group(name, Repetition::REQUIRED, vec![list], Some(LogicalType::List))?
                }
            };
            Ok(Arc::new(field))
        })
        .collect();
    Type::group_type_builder("redflag").with_fields(fields?).build().map(Arc::new)
}

/// Compressed as most programs do it. What is another in each row needs no dictionary.
fn properties() -> WriterProperties {
    let (line, id) = (ColumnPath::from(Column::Line.name()), ColumnPath::from(Column::Id.name()));
    WriterProperties::builder()
        .set_compression(Compression::SNAPPY)
        .set_column_dictionary_enabled(line.clone(), false)
        .set_column_encoding(line, Encoding::DELTA_BINARY_PACKED)
        .set_column_dictionary_enabled(id, false)
        .build()
}
