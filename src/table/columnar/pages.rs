//! The pages of a column in one group of rows, for the decoders of the `parquet` crate. They are read here and not by
//! the crate because it takes as much memory as a file says it needs, unpacks without an end, and panics where a page
//! contradicts its column. Here everything that a header promises is compared with what is there first.

use std::io::Read;
use std::sync::atomic::{AtomicU64, Ordering};
use std::sync::{Arc, Mutex, OnceLock, PoisonError};

use bytes::Bytes;
use flate2::Crc;
use flate2::read::MultiGzDecoder;
use parquet::basic::{Compression, Encoding, Type};
use parquet::column::page::{Page, PageMetadata, PageReader};
use parquet::errors::{ParquetError, Result};
use ruzstd::decoding::FrameDecoder;

use super::cells::Kept;
use super::header::{self, Header, Wrong};
use super::{ReadAt, damaged};

/// The longest page, unpacked. Most writers begin a new one after 1 MiB; DuckDB has one for each 122,880 rows.
const LONGEST_PAGE: usize = 128 << 20;
/// The longest page whose values may be made of parts of those before them, so that few bytes make many.
const LONGEST_DELTA: usize = 2 << 20;
/// The longest header. Statistics of long texts are in it.
const LONGEST_HEADER: usize = 1 << 20;
/// The most values in a page of lists, all of which may belong to one row.
const MOST_IN_LISTS: u32 = 4 << 20;
/// For all columns together.
const MOST_MEMORY: u64 = 512 << 20;
/// What a value of a dictionary takes beside its bytes.
const ENTRY: u64 = 32;
/// So many pages of a column are looked at to find out how their texts are written.
const MOST_LOOKED_AT: usize = 4096;
/// So much is read at once at least.
const READ: usize = 32 << 10;

/// What may be kept in memory at once of one file.
#[derive(Debug, Default)]
pub(super) struct Memory(AtomicU64);

/// A part of [`Memory`], until it is dropped.
#[derive(Debug, Default)]
pub(super) struct Held(Option<(Arc<Memory>, u64)>);

impl Held {
    pub fn new(memory: &Arc<Memory>, bytes: u64) -> Result<Held> {
        let before = memory.0.fetch_add(bytes, Ordering::Relaxed);
        let held = Held(Some((Arc::clone(memory), bytes)));
        if before.saturating_add(bytes) > MOST_MEMORY {
            return Err(damaged(format!(
                "its pages need more than {} MiB of memory at once",
                MOST_MEMORY >> 20
            )));
        }
        Ok(held)
    }
}

impl Drop for Held {
    fn drop(&mut self) {
        if let Some((memory, bytes)) = &self.0 {
            memory.0.fetch_sub(*bytes, Ordering::Relaxed);
        }
    }
}

/// What all columns that one thread reads have in common.
#[derive(Clone)]
pub(super) struct Shared {
    pub memory: Arc<Memory>,
    pub zstd: Arc<Mutex<FrameDecoder>>,
}

/// What a column says of its pages.
#[derive(Debug, Clone, Copy)]
pub(super) struct Of {
    pub physical: Type,
    /// Of values that all have the same length.
    pub width: usize,
    pub packing: Compression,
    pub is_optional: bool,
    pub is_list: bool,
}

pub(super) struct Pages {
    source: Arc<dyn ReadAt>,
    /// What of the file was not read yet.
    at: u64,
    end: u64,
    /// What was read and not yet given out begins at `start`.
    buffer: Vec<u8>,
    start: usize,
    of: Of,
    shared: Shared,
    has_dictionary: bool,
    /// Where the texts of the dictionary go, if its pages are given out as those of a column of whole numbers: the places
    /// of its values in it.
    texts: Option<Arc<OnceLock<Kept>>>,
    next: Option<Header>,
    held: Held,
    dictionary_held: Held,
}

impl Pages {
    /// The pages in this part of the file.
    pub fn new(source: Arc<dyn ReadAt>, at: u64, length: u64, of: Of, shared: Shared) -> Result<Pages> {
        let end = at.checked_add(length).filter(|&end| end <= source.length());
        let end = end.ok_or_else(|| damaged("a column ends behind the end of the file".to_owned()))?;
        Ok(Pages {
            source,
            at,
            end,
            buffer: Vec::new(),
            start: 0,
            of,
            shared,
            has_dictionary: false,
            texts: None,
            next: None,
            held: Held::default(),
            dictionary_held: Held::default(),
        })
    }

    /// Whether all values of these texts are written as places in a dictionary. Only the headers of pages are read.
    pub fn are_in_dictionary(&self) -> bool {
        let mut at = self.at;
        let mut has_dictionary = false;
        for _ in 0..MOST_LOOKED_AT {
            if at == self.end {
                return has_dictionary;
            }
            let mut start = [0; 512];
            let there = usize::try_from(self.end - at).unwrap_or(usize::MAX).min(start.len());
            let start = &mut start[..there];
            let read = self.source.read_at(at, start).ok().and_then(|()| header::header(start).ok());
            // What is wrong is told where the page is read.
            let Some((header, length)) = read else { return false };
            match header.page {
                header::Page::Dictionary { .. } => has_dictionary = true,
                header::Page::First { encoding: 2 | 8, .. }
                | header::Page::Second { encoding: 2 | 8, .. }
                    if has_dictionary => {}
                header::Page::First { .. } | header::Page::Second { .. } => return false,
                header::Page::Other => {}
            }
            at = match at.checked_add(length as u64 + header.packed as u64) {
                Some(next) if next <= self.end => next,
                _ => return false,
            };
        }
        false
    }

    /// Gives the pages of texts out as pages of whole numbers, which are places among `texts`. For columns of which
    /// [`Pages::are_in_dictionary`] is true: a text that comes again and again is then made once.
    pub fn number(&mut self, texts: Arc<OnceLock<Kept>>) {
        self.texts = Some(texts);
    }

    /// Reads until so many bytes are there, or all that there are.
    fn read(&mut self, bytes: usize) -> Result<()> {
        let there = self.buffer.len() - self.start;
        if there >= bytes || self.at == self.end {
            return Ok(());
        }
        self.buffer.drain(..self.start);
        self.start = 0;
        let left = usize::try_from(self.end - self.at).unwrap_or(usize::MAX);
        let more = (bytes - there).max(READ).min(left);
        self.buffer.resize(there + more, 0);
        self.source.read_at(self.at, &mut self.buffer[there..])?;
        self.at += more as u64;
        Ok(())
    }

    /// The header of the next page, which is not taken yet.
    fn peek(&mut self) -> Result<Option<&Header>> {
        let mut enough = 256;
        while self.next.is_none() {
            self.read(enough)?;
            let unread = &self.buffer[self.start..];
            if unread.is_empty() {
                return Ok(None);
            }
            match header::header(unread) {
                Ok((header, length)) => {
                    self.start += length;
                    if header.page == header::Page::Other {
                        self.read(header.packed)?;
                        self.start = self.start.saturating_add(header.packed).min(self.buffer.len());
                    } else {
                        self.next = Some(header);
                    }
                }
                Err(Wrong::Short) if unread.len() <= LONGEST_HEADER && self.at < self.end => {
                    enough = 2 * unread.len().max(enough);
                }
                Err(_) => return Err(damaged("the header of a page can't be read".to_owned())),
            }
        }
        Ok(self.next.as_ref())
    }

    /// Whether values of this column can be written so.
    fn encoding(&self, number: i64) -> Result<Encoding> {
        let physical = self.of.physical;
        let is_fixed = physical == Type::FIXED_LEN_BYTE_ARRAY;
        let is_integer = matches!(physical, Type::INT32 | Type::INT64);
        let is_float = matches!(physical, Type::FLOAT | Type::DOUBLE);
        let encoding = match number {
            2 | 8 if self.has_dictionary => Encoding::RLE_DICTIONARY,
            _ if self.texts.is_some() => {
                return Err(damaged("a page has another encoding than it had before".to_owned()));
            }
            0 => Encoding::PLAIN,
            3 if physical == Type::BOOLEAN => Encoding::RLE,
            5 if is_integer => Encoding::DELTA_BINARY_PACKED,
            6 if physical == Type::BYTE_ARRAY => Encoding::DELTA_LENGTH_BYTE_ARRAY,
            7 if physical == Type::BYTE_ARRAY || is_fixed => Encoding::DELTA_BYTE_ARRAY,
            9 if is_integer || is_float || is_fixed => Encoding::BYTE_STREAM_SPLIT,
            _ => {
                return Err(damaged(format!(
                    "a page has the encoding {number}, which its column can't have"
                )));
            }
        };
        Ok(encoding)
    }

    fn unpack(&self, packed: &[u8], length: usize) -> Result<Vec<u8>> {
        let wrong = || damaged("a page can't be unpacked".to_owned());
        if length == 0 {
            return Ok(Vec::new());
        }
        let mut unpacked = Vec::new();
        match self.of.packing {
            Compression::UNCOMPRESSED => unpacked.extend_from_slice(packed),
            Compression::SNAPPY => {
                if snap::raw::decompress_len(packed).ok() != Some(length) {
                    return Err(wrong());
                }
                unpacked.resize(length, 0);
                snap::raw::Decoder::new().decompress(packed, &mut unpacked).map_err(|_| wrong())?;
            }
            Compression::GZIP(_) => {
                // One more than there may be, so that more is noticed.
                let most = length as u64 + 1;
                MultiGzDecoder::new(packed).take(most).read_to_end(&mut unpacked).map_err(|_| wrong())?;
            }
            Compression::LZ4_RAW => {
                unpacked.resize(length, 0);
                let written = lz4_flex::block::decompress_into(packed, &mut unpacked).map_err(|_| wrong())?;
                unpacked.truncate(written);
            }
            Compression::ZSTD(_) => {
                unpacked.resize(length, 0);
                let mut zstd = self.shared.zstd.lock().unwrap_or_else(PoisonError::into_inner);
                let written = zstd.decode_all(packed, &mut unpacked).map_err(|_| wrong())?;
                unpacked.truncate(written);
            }
            Compression::LZO | Compression::BROTLI(_) | Compression::LZ4 => return Err(wrong()),
        }
        if unpacked.len() == length { Ok(unpacked) } else { Err(wrong()) }
    }

    /// The bytes of the page with this header, unpacked behind the first `plain`, which are not packed.
    fn body(&mut self, header: &Header, plain: usize, is_packed: bool) -> Result<Vec<u8>> {
        if header.unpacked > LONGEST_PAGE || header.packed > LONGEST_PAGE {
            return Err(damaged(format!(
                "a page is longer than {} MiB; write the file anew with smaller ones",
                LONGEST_PAGE >> 20
            )));
        }
        self.read(header.packed)?;
        let packed = self.buffer.get(self.start..self.start + header.packed);
        let packed =
            packed.ok_or_else(|| damaged("a page goes on behind the end of its column".to_owned()))?;
        if let Some(checksum) = header.checksum {
            let mut crc = Crc::new();
            crc.update(packed);
            if crc.sum() != checksum {
                return Err(damaged("the checksum of a page is not that of its bytes".to_owned()));
            }
        }
        if plain > packed.len() || plain > header.unpacked {
            return Err(damaged("the levels of a page are longer than the page".to_owned()));
        }
        let (levels, values) = packed.split_at(plain);
        let body = if is_packed {
            let values = self.unpack(values, header.unpacked - plain)?;
            if plain == 0 { values } else { [levels, &values].concat() }
        } else {
            packed.to_vec()
        };
        self.start += header.packed;
        if body.len() != header.unpacked {
            return Err(damaged("a page has not the length that its header says".to_owned()));
        }
        Ok(body)
    }

    /// Whether a dictionary has as many values as its header says.
    fn is_whole(&self, body: &[u8], values: u32) -> bool {
        let width = match self.of.physical {
            Type::BOOLEAN => return false,
            Type::INT32 | Type::FLOAT => 4,
            Type::INT64 | Type::DOUBLE => 8,
            Type::INT96 => 12,
            Type::FIXED_LEN_BYTE_ARRAY => self.of.width,
            Type::BYTE_ARRAY => {
                let mut left = body;
                return (0..values).all(|_| {
                    let Some((length, rest)) = left.split_first_chunk::<4>() else { return false };
                    let length = u32::from_le_bytes(*length) as usize;
                    rest.get(length..).map(|rest| left = rest).is_some()
                });
            }
        };
        (values as usize).checked_mul(width).is_some_and(|needed| needed <= body.len())
    }

    fn page(&mut self, header: &Header) -> Result<Page> {
        let bytes = (header.unpacked.min(LONGEST_PAGE) + header.packed.min(LONGEST_PAGE)) as u64;
        self.held = Held::default();
        let held = Held::new(&self.shared.memory, bytes)?;
        let many = |values: u32| {
            if self.of.is_list && values > MOST_IN_LISTS {
                return Err(damaged(format!("a page of lists has more than {MOST_IN_LISTS} values")));
            }
            Ok(values)
        };
        let delta = |encoding: Encoding| {
            if encoding == Encoding::DELTA_BYTE_ARRAY && header.unpacked > LONGEST_DELTA {
                return Err(damaged(format!(
                    "a page whose texts are made of parts of others is longer than {} MiB",
                    LONGEST_DELTA >> 20
                )));
            }
            Ok(encoding)
        };
        let page = match header.page {
            header::Page::Dictionary { values, encoding } => {
                if self.has_dictionary || !matches!(encoding, 0 | 2) {
                    return Err(damaged("a column has a dictionary that it can't have".to_owned()));
                }
                let entries = Held::new(&self.shared.memory, bytes + ENTRY * u64::from(values))?;
                let body = self.body(header, 0, true)?;
                if !self.is_whole(&body, values) {
                    return Err(damaged("a dictionary has fewer values than its header says".to_owned()));
                }
                self.has_dictionary = true;
                self.dictionary_held = entries;
                let encoding = Encoding::PLAIN;
                let body = match &self.texts {
                    Some(texts) => {
                        // There is none yet, since a column has one dictionary.
                        let _ = texts.set(dictionary(&body, values));
                        (0..values).flat_map(u32::to_le_bytes).collect()
                    }
                    None => body,
                };
                Page::DictionaryPage {
                    buf: Bytes::from(body),
                    num_values: values,
                    encoding,
                    is_sorted: false,
                }
            }
            header::Page::First { values, encoding, definition, repetition } => {
                let num_values = many(values)?;
                let encoding = delta(self.encoding(encoding)?)?;
                // Where all values are there, writers put anything here.
                if self.of.is_optional && definition != RLE || self.of.is_list && repetition != RLE {
                    return Err(damaged(
                        "the levels of a page are written in a way that is no longer in use".to_owned(),
                    ));
                }
                Page::DataPage {
                    buf: Bytes::from(self.body(header, 0, true)?),
                    num_values,
                    encoding,
                    def_level_encoding: Encoding::RLE,
                    rep_level_encoding: Encoding::RLE,
                    statistics: None,
                }
            }
            header::Page::Second {
                values,
                nulls,
                rows,
                encoding,
                definition_bytes,
                repetition_bytes,
                is_packed,
            } => {
                let num_values = many(values)?;
                let encoding = delta(self.encoding(encoding)?)?;
                let levels = definition_bytes as usize + repetition_bytes as usize;
                Page::DataPageV2 {
                    buf: Bytes::from(self.body(header, levels, is_packed)?),
                    num_values,
                    encoding,
                    num_nulls: nulls.min(values),
                    num_rows: rows,
                    def_levels_byte_len: definition_bytes,
                    rep_levels_byte_len: repetition_bytes,
                    is_compressed: is_packed,
                    statistics: None,
                }
            }
            header::Page::Other => return Err(damaged("a page is of no known kind".to_owned())),
        };
        self.held = held;
        Ok(page)
    }
}

/// The texts of a dictionary that is whole.
fn dictionary(body: &[u8], values: u32) -> Kept {
    let mut texts = Kept::default();
    let mut left = body;
    for _ in 0..values {
        let Some((length, rest)) = left.split_first_chunk::<4>() else { break };
        let (text, rest) = rest.split_at(rest.len().min(u32::from_le_bytes(*length) as usize));
        texts.push(text);
        left = rest;
    }
    texts
}

/// The number of the encoding that levels have.
const RLE: i64 = 3;

impl Iterator for Pages {
    type Item = Result<Page>;

    fn next(&mut self) -> Option<Result<Page>> {
        self.get_next_page().transpose()
    }
}

impl PageReader for Pages {
    fn get_next_page(&mut self) -> Result<Option<Page>> {
        loop {
            self.peek()?;
            let Some(header) = self.next.take() else { return Ok(None) };
            let page = self.page(&header)?;
            // The decoder takes a page without values for the last one.
            if page.is_dictionary_page() || page.num_values() > 0 {
                return Ok(Some(page));
            }
        }
    }

    fn peek_next_page(&mut self) -> Result<Option<PageMetadata>> {
        let metadata = |header: &Header| match header.page {
            header::Page::First { values, .. } => {
                PageMetadata { num_rows: None, num_levels: Some(values as usize), is_dict: false }
            }
            header::Page::Second { values, rows, .. } => PageMetadata {
                num_rows: Some(rows as usize),
                num_levels: Some(values as usize),
                is_dict: false,
            },
            header::Page::Dictionary { .. } | header::Page::Other => {
                PageMetadata { num_rows: None, num_levels: None, is_dict: true }
            }
        };
        Ok(self.peek()?.map(metadata))
    }

    fn skip_next_page(&mut self) -> Result<()> {
        Err(ParquetError::NYI("pages are read one after another".to_owned()))
    }
}

#[cfg(test)]
mod tests {
    use std::io::Write;

    use flate2::Compression as Level;
    use flate2::write::GzEncoder;
    use parquet::basic::ZstdLevel;

    use super::*;

    /// The fields of a structure in Thrift's compact protocol, all of them numbers.
    fn fields(numbers: &[(u8, i64)]) -> Vec<u8> {
        let mut bytes = Vec::new();
        for &(step, number) in numbers {
            bytes.push(step << 4 | 6);
            let mut left = (number << 1 ^ number >> 63) as u64;
            while left >= 0x80 {
                bytes.push(left as u8 | 0x80);
                left >>= 7;
            }
            bytes.push(left as u8);
        }
        bytes
    }

    /// A dictionary of so many values.
    fn dictionary(unpacked: usize, values: i64, packed: &[u8]) -> Vec<u8> {
        let mut bytes = fields(&[(1, 2), (1, unpacked as i64), (1, packed.len() as i64)]);
        bytes.push(4 << 4 | 12);
        bytes.extend(fields(&[(1, values), (1, 0)]));
        bytes.extend([0, 0]);
        [&bytes, packed].concat()
    }

    /// A page of the first kind.
    fn data(unpacked: usize, values: i64, encoding: i64, packed: &[u8]) -> Vec<u8> {
        let mut bytes = fields(&[(1, 0), (1, unpacked as i64), (1, packed.len() as i64)]);
        bytes.push(2 << 4 | 12);
        bytes.extend(fields(&[(1, values), (1, encoding), (1, 3), (1, 3)]));
        bytes.extend([0, 0]);
        [&bytes, packed].concat()
    }

    const OF: Of = Of {
        physical: Type::BYTE_ARRAY,
        width: 0,
        packing: Compression::UNCOMPRESSED,
        is_optional: false,
        is_list: false,
    };

    fn pages(bytes: Vec<u8>, of: Of) -> Pages {
        let zstd = Arc::new(Mutex::new(FrameDecoder::new()));
        let shared = Shared { memory: Arc::default(), zstd };
        let length = bytes.len() as u64;
        Pages::new(Arc::new(bytes), 0, length, of, shared).expect("a place in the file")
    }

    /// Why the first page is refused.
    fn refused(bytes: Vec<u8>, of: Of) -> String {
        match pages(bytes, of).get_next_page() {
            Ok(page) => panic!("{page:?}"),
            Err(error) => error.to_string(),
        }
    }

    fn gzip(bytes: &[u8]) -> Vec<u8> {
        let mut packer = GzEncoder::new(Vec::new(), Level::fast());
        packer.write_all(bytes).expect("memory");
        packer.finish().expect("memory")
    }

    #[test]
    fn a_page_that_unpacks_to_more_than_it_says_is_refused_and_not_unpacked() {
        let zeros = vec![0; 5 << 20];
        let packings = [
            (Compression::GZIP(Default::default()), gzip(&zeros)),
            (Compression::SNAPPY, snap::raw::Encoder::new().compress_vec(&zeros).expect("memory")),
            (Compression::LZ4_RAW, lz4_flex::block::compress(&zeros)),
            (
                Compression::ZSTD(ZstdLevel::default()),
                ruzstd::encoding::compress_to_vec(
                    zeros.as_slice(),
                    ruzstd::encoding::CompressionLevel::Fastest,
                ),
            ),
        ];
        for (packing, packed) in packings {
            let of = Of { packing, ..OF };
            for says in [100, zeros.len() - 1, zeros.len() + 1] {
                let why = refused(data(says, 1, 0, &packed), of);
                assert!(why.contains("can't be unpacked"), "{packing:?} {says}: {why}");
            }
            let page = pages(data(zeros.len(), 1, 0, &packed), of).get_next_page().expect("a page");
            assert_eq!(page.map(|page| page.buffer().len()), Some(zeros.len()), "{packing:?}");
        }
    }

    #[test]
    fn what_a_header_promises_is_compared_with_what_is_there() {
        let text = |text: &str| [&(text.len() as u32).to_le_bytes()[..], text.as_bytes()].concat();
        let two = [text("one"), text("two")].concat();
        let ok = [dictionary(two.len(), 2, &two), data(2, 9, 8, &[1, 0])].concat();
        let mut both = pages(ok, OF);
        assert!(both.get_next_page().expect("a dictionary").is_some_and(|page| page.is_dictionary_page()));
        assert!(both.get_next_page().expect("a page").is_some_and(|page| page.num_values() == 9));
        assert!(both.get_next_page().expect("an end").is_none());
        let list = Of { is_list: true, ..OF };
        let numbers = Of { physical: Type::INT32, ..OF };
        for (bytes, of, said) in [
            (dictionary(two.len(), 3, &two), OF, "fewer values"),
            (dictionary(two.len(), 1 << 30, &two), OF, "of memory"),
            (dictionary(two.len(), 5, &two), numbers, "fewer values"),
            (data(2, 9, 8, &[1, 0]), OF, "encoding 8"),
            (data(2, 9, 5, &[1, 0]), OF, "encoding 5"),
            (data(2, 9, 6, &[1, 0]), numbers, "encoding 6"),
            (data(1 << 32, 9, 0, &[1, 0]), OF, "can't be read"),
            (data(LONGEST_PAGE + 1, 9, 0, &[1, 0]), OF, "longer than 128 MiB"),
            (data(LONGEST_DELTA + 1, 9, 7, &[1, 0]), OF, "longer than 2 MiB"),
            (data(2, i64::from(MOST_IN_LISTS) + 1, 0, &[1, 0]), list, "more than"),
            (data(3, 9, 0, &[1, 0]), OF, "can't be unpacked"),
            (data(2, 9, 0, &[1]), OF, "can't be unpacked"),
        ] {
            let why = refused(bytes, of);
            assert!(why.contains(said), "{said}: {why}");
        }
        let mut cut = data(2, 9, 0, &[1, 0]);
        cut.pop();
        assert!(refused(cut, OF).contains("behind the end of its column"));
    }

    #[test]
    fn a_page_whose_bytes_have_changed_is_refused_if_it_has_a_checksum() {
        let packed = [1, 0];
        let mut crc = Crc::new();
        crc.update(&packed);
        for (checksum, is_right) in [(crc.sum(), true), (crc.sum() ^ 1, false)] {
            // Of 32 bits with a sign.
            let checksum = i64::from(checksum as i32);
            let mut bytes = fields(&[(1, 0), (1, 2), (1, 2), (1, checksum)]);
            bytes.push(1 << 4 | 12);
            bytes.extend(fields(&[(1, 9), (1, 0), (1, 3), (1, 3)]));
            bytes.extend([0, 0]);
            bytes.extend(packed);
            match is_right {
                true => assert!(pages(bytes, OF).get_next_page().is_ok_and(|page| page.is_some())),
                false => assert!(refused(bytes, OF).contains("checksum")),
            }
        }
    }

    #[test]
    fn all_pages_together_take_no_more_memory_than_they_may() {
        let memory = Arc::new(Memory::default());
        let half = Held::new(&memory, MOST_MEMORY / 2 + 1).expect("memory");
        assert!(Held::new(&memory, MOST_MEMORY / 2).is_err());
        drop(half);
        assert!(Held::new(&memory, MOST_MEMORY).is_ok());
    }
}
