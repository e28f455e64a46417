//! Columns of a group of rows as [`Cells`], some rows at a time.

use std::sync::{Arc, Mutex, OnceLock};

use parquet::basic::Type;
use parquet::column::reader::{ColumnReader, get_column_reader};
use parquet::data_type::{ByteArray, FixedLenByteArray};
use parquet::errors::Result;
use parquet::schema::types::{ColumnDescPtr, ColumnDescriptor, Type as SchemaType};
use ruzstd::decoding::FrameDecoder;

use super::cells::{Cells, Kept, Numbered};
use super::kind::{Kind, decimal};
use super::pages::{Held, Memory, Of, Pages, Shared};
use super::{Leaf, ParquetTable, ReadAt, damaged};

/// So many rows are read at once. Two blocks of a kernel; more would leave the cache.
pub const ROWS: usize = 1024;
/// Texts can be longer than what they are made of; so many are made before looking how long they are.
const TEXTS: usize = 64;

/// Reads some of the columns of a file. Several of these read one file on as many cores.
pub struct Decoder {
    table: Arc<ParquetTable>,
    source: Arc<dyn ReadAt>,
    shared: Shared,
    /// Those of the table's columns that are read here.
    columns: Vec<usize>,
    /// Their readers in the group of rows that is being read.
    readers: Vec<Reader>,
    scratch: Scratch,
    group: usize,
    left_in_group: u64,
}

/// Reads a column in a group of rows.
struct Reader {
    values: ColumnReader,
    /// The texts of which `values` has the places.
    texts: Option<Arc<OnceLock<Kept>>>,
}

/// Used again and again.
#[derive(Default)]
struct Scratch {
    definitions: Vec<i16>,
    repetitions: Vec<i16>,
    flags: Vec<bool>,
    shorts: Vec<i32>,
    longs: Vec<i64>,
    floats: Vec<f32>,
    doubles: Vec<f64>,
    texts: Vec<ByteArray>,
    fixed: Vec<FixedLenByteArray>,
}

/// What one [`Decoder`] has of some rows.
pub struct Strip {
    pub(super) rows: usize,
    pub(super) cells: Vec<(usize, Cells)>,
}

impl Decoder {
    /// As many decoders as that, each with about as much to do.
    pub fn share(table: &Arc<ParquetTable>, source: &Arc<dyn ReadAt>, among: usize) -> Vec<Decoder> {
        let mut columns: Vec<(usize, u64)> = table
            .leaves
            .iter()
            .enumerate()
            .filter_map(|(at, leaf)| Some((at, leaf.as_ref()?.kind.cost())))
            .collect();
        columns.sort_by_key(|&(_, cost)| std::cmp::Reverse(cost));
        let mut shares = vec![(0, Vec::new()); among.clamp(1, columns.len().max(1))];
        for (column, cost) in columns {
            if let Some((load, share)) = shares.iter_mut().min_by_key(|(load, _)| *load) {
                *load += cost;
                share.push(column);
            }
        }
        let memory = Arc::new(Memory::default());
        shares
            .into_iter()
            .map(|(_, columns)| Decoder {
                table: Arc::clone(table),
                source: Arc::clone(source),
                shared: Shared {
                    memory: Arc::clone(&memory),
                    zstd: Arc::new(Mutex::new(FrameDecoder::new())),
                },
                columns,
                readers: Vec::new(),
                scratch: Scratch::default(),
                group: 0,
                left_in_group: 0,
            })
            .collect()
    }

    /// The next rows; `None`: there are no more.
    ///
    /// # Errors
    /// When the file is damaged.
    pub fn strip(&mut self) -> std::result::Result<Option<Strip>, String> {
        while self.left_in_group == 0 {
            let Some(rows) = self.table.rows_of(self.group) else { return Ok(None) };
            self.readers.clear();
            for &column in &self.columns {
                let reader =
                    self.reader(column).map_err(|error| self.table.told(self.group, column, &error))?;
                self.readers.push(reader);
            }
            (self.group, self.left_in_group) = (self.group + 1, rows);
        }
        let rows = self.left_in_group.min(ROWS as u64) as usize;
        self.left_in_group -= rows as u64;
        let is_last = self.left_in_group == 0;
        let mut strip = Strip { rows, cells: Vec::with_capacity(self.columns.len()) };
        for (&column, reader) in self.columns.iter().zip(&mut self.readers) {
            let Some(leaf) = &self.table.leaves[column] else { continue };
            let cells = read(reader, leaf, rows, is_last, &mut self.scratch, &self.shared.memory);
            let cells = cells.map_err(|error| self.table.told(self.group - 1, column, &error))?;
            strip.cells.push((column, cells));
        }
        Ok(Some(strip))
    }

    fn reader(&self, column: usize) -> Result<Reader> {
        let leaf =
            self.table.leaves[column].as_ref().ok_or_else(|| damaged("a column is missing".to_owned()))?;
        let chunk = self.table.metadata.row_group(self.group).columns().get(leaf.index);
        let chunk = chunk.ok_or_else(|| damaged("a group of rows has too few columns".to_owned()))?;
        let begin = chunk.dictionary_page_offset().unwrap_or(chunk.data_page_offset());
        let place = |number: i64| {
            u64::try_from(number).map_err(|_| damaged("a column begins before the file does".to_owned()))
        };
        let described: &ColumnDescPtr = &leaf.described;
        let of = Of {
            physical: described.physical_type(),
            width: leaf.kind.width(),
            packing: chunk.compression(),
            is_optional: described.max_def_level() > 0,
            is_list: described.max_rep_level() > 0,
        };
        let (begin, length) = (place(begin)?, place(chunk.compressed_size())?);
        let mut pages = Pages::new(Arc::clone(&self.source), begin, length, of, self.shared.clone())?;
        if matches!(leaf.kind, Kind::Text | Kind::List) && pages.are_in_dictionary() {
            let texts = Arc::default();
            pages.number(Arc::clone(&texts));
            let values = get_column_reader(places_of(described)?, Box::new(pages));
            return Ok(Reader { values, texts: Some(texts) });
        }
        Ok(Reader { values: get_column_reader(Arc::clone(described), Box::new(pages)), texts: None })
    }
}

/// A column of whole numbers with the levels of this one.
fn places_of(column: &ColumnDescPtr) -> Result<ColumnDescPtr> {
    let number = SchemaType::primitive_type_builder(column.name(), Type::INT32).build()?;
    let (definition, repetition) = (column.max_def_level(), column.max_rep_level());
    Ok(Arc::new(ColumnDescriptor::new(Arc::new(number), definition, repetition, column.path().clone())))
}

fn digits(numbers: Vec<Option<i128>>) -> Cells {
    let mut texts = Kept::default();
    for number in numbers {
        texts.push(number.map(|number| number.to_string()).unwrap_or_default().as_bytes());
    }
    Cells::Texts(texts)
}

/// Adds the lists of rows, each with blanks between its options, to others.
fn lists<'t>(
    mut options: impl Iterator<Item = &'t [u8]>,
    definitions: &[i16],
    repetitions: &[i16],
    top: i16,
    mut lists: Kept,
) -> Kept {
    for (at, (&repetition, &level)) in repetitions.iter().zip(definitions).enumerate() {
        if repetition == 0 && at > 0 {
            lists.end();
        }
        if level == top
            && let Some(option) = options.next()
        {
            lists.push_option(option);
        }
    }
    lists.end();
    lists
}

/// Reads so many rows of a column.
fn read(
    Reader { values: reader, texts: dictionary }: &mut Reader,
    leaf: &Leaf,
    rows: usize,
    is_last: bool,
    scratch: &mut Scratch,
    memory: &Arc<Memory>,
) -> Result<Cells> {
    let top = leaf.described.max_def_level();
    let Scratch { definitions, repetitions, flags, shorts, longs, floats, doubles, texts, fixed } = scratch;
    // Reads what is left of these rows, and at the end of a group looks whether there are more than it says.
    macro_rules! values {
        ($reader:expr, $values:ident, $rows:expr, $is_last:expr) => {{
            definitions.clear();
            repetitions.clear();
            $values.clear();
            let mut there = 0;
            while there < $rows {
                let (records, _, _) = $reader.read_records(
                    $rows - there,
                    Some(&mut *definitions),
                    Some(&mut *repetitions),
                    &mut *$values,
                )?;
                if records == 0 {
                    return Err(damaged("a column has fewer rows than its group".to_owned()));
                }
                there += records;
            }
            if $is_last {
                let (mut more, mut levels, mut beyond) = (Vec::new(), Vec::new(), Vec::new());
                let (records, ..) =
                    $reader.read_records(1, Some(&mut more), Some(&mut levels), &mut beyond)?;
                if records > 0 {
                    return Err(damaged("a column has more rows than its group".to_owned()));
                }
            }
            &*$values
        }};
    }
    // A value for each row where there is one.
    fn each<T, V>(values: &[T], definitions: &[i16], top: i16, of: impl Fn(&T) -> V) -> Vec<Option<V>> {
        if top == 0 {
            return values.iter().map(|value| Some(of(value))).collect();
        }
        let mut values = values.iter();
        let there = definitions.iter().map(|&level| if level == top { values.next().map(&of) } else { None });
        there.collect()
    }
    let numbers = |all: Vec<Option<f64>>| Ok(Cells::Numbers(all));
    match (reader, &leaf.kind) {
        (ColumnReader::BoolColumnReader(reader), Kind::Flag) => {
            let values = values!(reader, flags, rows, is_last);
            Ok(Cells::Flags(each(values, definitions, top, |&flag| flag)))
        }
        (ColumnReader::Int32ColumnReader(reader), Kind::Text) => {
            let values = values!(reader, shorts, rows, is_last);
            let places = each(values, definitions, top, |&place| place as u32);
            let places = places.into_iter().map(|place| place.unwrap_or(u32::MAX)).collect();
            let dictionary = dictionary.as_ref().map(Arc::clone).unwrap_or_default();
            Ok(Cells::Numbered(Numbered { dictionary, places }))
        }
        (ColumnReader::Int32ColumnReader(reader), Kind::List) => {
            let values = values!(reader, shorts, rows, is_last);
            let dictionary = dictionary.as_ref().and_then(|dictionary| dictionary.get());
            let options =
                values.iter().map(|&place| dictionary.map_or(&[][..], |texts| texts.get(place as usize)));
            let cells = lists(options, definitions, repetitions, top, Kept::default());
            Ok(Cells::Texts(cells))
        }
        (ColumnReader::Int32ColumnReader(reader), Kind::Integer { is_signed, scale }) => {
            let values = values!(reader, shorts, rows, is_last);
            numbers(each(values, definitions, top, |&number| {
                decimal(if *is_signed { i128::from(number) } else { i128::from(number as u32) }, *scale)
            }))
        }
        (ColumnReader::Int64ColumnReader(reader), Kind::Integer { is_signed, scale }) => {
            let values = values!(reader, longs, rows, is_last);
            numbers(each(values, definitions, top, |&number| {
                decimal(if *is_signed { i128::from(number) } else { i128::from(number as u64) }, *scale)
            }))
        }
        (ColumnReader::Int32ColumnReader(reader), Kind::Number { is_signed }) => {
            let values = values!(reader, shorts, rows, is_last);
            Ok(digits(each(values, definitions, top, |&number| {
                if *is_signed { i128::from(number) } else { i128::from(number as u32) }
            })))
        }
        (ColumnReader::Int64ColumnReader(reader), Kind::Number { is_signed }) => {
            let values = values!(reader, longs, rows, is_last);
            Ok(digits(each(values, definitions, top, |&number| {
                if *is_signed { i128::from(number) } else { i128::from(number as u64) }
            })))
        }
        (ColumnReader::FloatColumnReader(reader), Kind::Float) => {
            let values = values!(reader, floats, rows, is_last);
            numbers(each(values, definitions, top, |&number| match number.fract() == 0.0 {
                true => f64::from(number),
                // The decimal number that was meant, as it is read from a text.
                false => number.to_string().parse().unwrap_or(f64::NAN),
            }))
        }
        (ColumnReader::DoubleColumnReader(reader), Kind::Float) => {
            let values = values!(reader, doubles, rows, is_last);
            numbers(each(values, definitions, top, |&number| number))
        }
        (ColumnReader::ByteArrayColumnReader(reader), Kind::Bytes { scale }) => {
            let values = values!(reader, texts, rows, is_last);
            let number = |value: &ByteArray| Kind::number_in(value.data(), *scale);
            numbers(each(values, definitions, top, number))
        }
        (ColumnReader::FixedLenByteArrayColumnReader(reader), Kind::Fixed { scale, .. }) => {
            let values = values!(reader, fixed, rows, is_last);
            let number = |value: &FixedLenByteArray| Kind::number_in(value.data(), *scale);
            numbers(each(values, definitions, top, number))
        }
        (ColumnReader::FixedLenByteArrayColumnReader(reader), Kind::Uuid) => {
            let values = values!(reader, fixed, rows, is_last);
            let all = each(values, definitions, top, |value| Kind::uuid(value.data()));
            let mut texts = Kept::default();
            all.iter().for_each(|id| texts.push(id.as_deref().unwrap_or_default().as_bytes()));
            Ok(Cells::Texts(texts))
        }
        (ColumnReader::ByteArrayColumnReader(reader), Kind::Text | Kind::List) => {
            let mut cells = Kept::default();
            let mut left = rows;
            while left > 0 {
                let some = left.min(TEXTS);
                left -= some;
                let values = values!(reader, texts, some, is_last && left == 0);
                if matches!(leaf.kind, Kind::List) {
                    cells = lists(values.iter().map(ByteArray::data), definitions, repetitions, top, cells);
                } else if top == 0 {
                    values.iter().for_each(|text| cells.push(text.data()));
                } else {
                    let mut values = values.iter();
                    for &level in definitions.iter() {
                        let text = if level == top { values.next() } else { None };
                        cells.push(text.map(ByteArray::data).unwrap_or_default());
                    }
                }
            }
            texts.clear();
            cells.held = Held::new(memory, cells.bytes().len() as u64)?;
            Ok(Cells::Texts(cells))
        }
        _ => Err(damaged("a column has another type than the file says".to_owned())),
    }
}
