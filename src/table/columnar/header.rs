//! The header of a page, in Thrift's compact protocol. The `parquet` crate keeps its own reader of them to itself, and
//! only who knows what a header promises can refuse a page before memory is taken for it.

/// What is in front of a page.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Header {
    /// Bytes once it is unpacked.
    pub unpacked: usize,
    /// Bytes in the file.
    pub packed: usize,
    /// Of the bytes in the file.
    pub checksum: Option<u32>,
    pub page: Page,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Page {
    Dictionary {
        values: u32,
        encoding: i64,
    },
    /// Levels in front of the values, packed with them.
    First {
        values: u32,
        encoding: i64,
        definition: i64,
        repetition: i64,
    },
    /// Levels in front of the values, not packed.
    Second {
        values: u32,
        nulls: u32,
        rows: u32,
        encoding: i64,
        definition_bytes: u32,
        repetition_bytes: u32,
        is_packed: bool,
    },
    /// Nothing that readers of values need.
    Other,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Wrong {
    /// It goes on behind these bytes.
    Short,
    Malformed,
}

/// Structures in structures; those of a header are two deep.
const DEEPEST: usize = 8;

/// Reads a header, and says how many bytes it takes.
pub(super) fn header(bytes: &[u8]) -> Result<(Header, usize), Wrong> {
    let mut walk = Walk { bytes, at: 0 };
    let (mut kind, mut unpacked, mut packed, mut checksum) = (None, None, None, None);
    let (mut dictionary, mut first, mut second) = (None, None, None);
    walk.fields(0, &mut |walk, id, of| {
        match id {
            1 => kind = Some(walk.number(of)?),
            2 => unpacked = Some(walk.number(of)?),
            3 => packed = Some(walk.number(of)?),
            4 => checksum = Some(walk.number(of)? as u32),
            5 => first = Some(walk.numbers::<4>(of)?),
            7 => dictionary = Some(walk.numbers::<2>(of)?),
            8 => second = Some(walk.numbers::<7>(of)?),
            _ => return Ok(false),
        }
        Ok(true)
    })?;
    let count =
        |number: Option<i64>| number.and_then(|number| u32::try_from(number).ok()).ok_or(Wrong::Malformed);
    let there = |number: Option<i64>| number.ok_or(Wrong::Malformed);
    let size = |number: Option<i64>| count(number).map(|number| number as usize);
    let page = match kind {
        Some(0) => {
            let [values, encoding, definition, repetition] = first.ok_or(Wrong::Malformed)?;
            Page::First {
                values: count(values)?,
                encoding: there(encoding)?,
                definition: there(definition)?,
                repetition: there(repetition)?,
            }
        }
        Some(2) => {
            let [values, encoding] = dictionary.ok_or(Wrong::Malformed)?;
            Page::Dictionary { values: count(values)?, encoding: there(encoding)? }
        }
        Some(3) => {
            let [values, nulls, rows, encoding, definition, repetition, is_packed] =
                second.ok_or(Wrong::Malformed)?;
            Page::Second {
                values: count(values)?,
                nulls: count(nulls)?,
                rows: count(rows)?,
                encoding: there(encoding)?,
                definition_bytes: count(definition)?,
                repetition_bytes: count(repetition)?,
                is_packed: is_packed != Some(0),
            }
        }
        Some(_) => Page::Other,
        None => return Err(Wrong::Malformed),
    };
    Ok((Header { unpacked: size(unpacked)?, packed: size(packed)?, checksum, page }, walk.at))
}

struct Walk<'b> {
    bytes: &'b [u8],
    at: usize,
}

const TRUE: u8 = 1;
const FALSE: u8 = 2;
const BYTE: u8 = 3;
const SHORT: u8 = 4;
const LONG: u8 = 6;
const DOUBLE: u8 = 7;
const TEXT: u8 = 8;
const LIST: u8 = 9;
const SET: u8 = 10;
const MAP: u8 = 11;
const STRUCTURE: u8 = 12;

type Each<'e> = &'e mut dyn FnMut(&mut Walk, i64, u8) -> Result<bool, Wrong>;

impl Walk<'_> {
    fn byte(&mut self) -> Result<u8, Wrong> {
        let byte = *self.bytes.get(self.at).ok_or(Wrong::Short)?;
        self.at += 1;
        Ok(byte)
    }

    fn pass(&mut self, bytes: u64) -> Result<(), Wrong> {
        let left = (self.bytes.len() - self.at) as u64;
        if bytes > left {
            return Err(Wrong::Short);
        }
        self.at += bytes as usize;
        Ok(())
    }

    fn varint(&mut self) -> Result<u64, Wrong> {
        let mut number = 0;
        for shift in (0..64).step_by(7) {
            let byte = self.byte()?;
            number |= u64::from(byte & 0x7f) << shift;
            if byte < 0x80 {
                return Ok(number);
            }
        }
        Err(Wrong::Malformed)
    }

    /// Positive and negative numbers in turn.
    fn zigzag(&mut self) -> Result<i64, Wrong> {
        let number = self.varint()?;
        Ok((number >> 1) as i64 ^ -((number & 1) as i64))
    }

    /// A number or a truth, as what stands in a field.
    fn number(&mut self, kind: u8) -> Result<i64, Wrong> {
        match kind {
            TRUE => Ok(1),
            FALSE => Ok(0),
            SHORT..=LONG => self.zigzag(),
            _ => Err(Wrong::Malformed),
        }
    }

    /// The fields 1 to `N` of a structure of numbers.
    fn numbers<const N: usize>(&mut self, kind: u8) -> Result<[Option<i64>; N], Wrong> {
        if kind != STRUCTURE {
            return Err(Wrong::Malformed);
        }
        let mut found = [None; N];
        self.fields(1, &mut |walk, id, of| {
            let slot = usize::try_from(id - 1).ok().and_then(|at| found.get_mut(at));
            // A field that came later to this place, which is no number, is passed over.
            match slot.filter(|_| matches!(of, TRUE | FALSE | SHORT..=LONG)) {
                Some(slot) => *slot = Some(walk.number(of)?),
                None => return Ok(false),
            }
            Ok(true)
        })?;
        Ok(found)
    }

    /// Goes over the fields of a structure. `each` says whether it has read what is in a field.
    fn fields(&mut self, deep: usize, each: Each) -> Result<(), Wrong> {
        let mut id = 0i64;
        loop {
            let begin = self.byte()?;
            let (step, kind) = (begin >> 4, begin & 15);
            if kind == 0 {
                return Ok(());
            }
            id = if step == 0 { self.zigzag()? } else { id.saturating_add(i64::from(step)) };
            if !each(self, id, kind)? {
                self.skip(kind, deep + 1)?;
            }
        }
    }

    fn skip(&mut self, kind: u8, deep: usize) -> Result<(), Wrong> {
        if deep > DEEPEST {
            return Err(Wrong::Malformed);
        }
        match kind {
            TRUE | FALSE => Ok(()),
            BYTE => self.pass(1),
            SHORT..=LONG => self.varint().map(drop),
            DOUBLE => self.pass(8),
            TEXT => {
                let length = self.varint()?;
                self.pass(length)
            }
            LIST | SET => {
                let begin = self.byte()?;
                let count = if begin >> 4 == 15 { self.varint()? } else { u64::from(begin >> 4) };
                (0..count).try_for_each(|_| self.skip_element(begin & 15, deep))
            }
            MAP => {
                let count = self.varint()?;
                let kinds = if count == 0 { 0 } else { self.byte()? };
                (0..count).try_for_each(|_| {
                    self.skip_element(kinds >> 4, deep)?;
                    self.skip_element(kinds & 15, deep)
                })
            }
            STRUCTURE => self.fields(deep, &mut |_, _, _| Ok(false)),
            _ => Err(Wrong::Malformed),
        }
    }

    /// In a list a truth takes a byte. So each element takes one at least, and a list is no longer than the bytes.
    fn skip_element(&mut self, kind: u8, deep: usize) -> Result<(), Wrong> {
        if matches!(kind, TRUE | FALSE) { self.pass(1) } else { self.skip(kind, deep + 1) }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Type 0, 300 bytes, 20 in the file, a checksum, 100 values, plain, levels by RLE, with statistics.
    const FIRST: &[u8] = &[
        0x15, 0x00, 0x15, 0xd8, 0x04, 0x15, 0x28, 0x15, 0x02, 0x1c, 0x15, 0xc8, 0x01, 0x15, 0x00, 0x15, 0x06,
        0x15, 0x06, 0x1c, 0x18, 0x03, b'a', b'b', b'c', 0x00, 0x00, 0x00,
    ];

    #[test]
    fn a_header_is_read_and_no_part_of_it_is_taken_for_one() {
        let page = Page::First { values: 100, encoding: 0, definition: 3, repetition: 3 };
        let header = Header { unpacked: 300, packed: 20, checksum: Some(1), page };
        assert_eq!(super::header(FIRST), Ok((header.clone(), FIRST.len())));
        assert_eq!(super::header(&[FIRST, b"more"].concat()), Ok((header, FIRST.len())));
        for end in 0..FIRST.len() {
            assert_eq!(super::header(&FIRST[..end]), Err(Wrong::Short), "{end}");
        }
    }

    #[test]
    fn whatever_the_bytes_reading_a_header_ends() {
        // A list that says it has 2^60 elements, structures without an end, a number without one.
        for bytes in [
            [&[0x19, 0xfc][..], &[0xff; 8], &[0x0f]].concat(),
            vec![0x1c; 10_000],
            [&[0x15][..], &[0xff; 100]].concat(),
        ] {
            assert!(super::header(&bytes).is_err());
        }
        let mut seed = 1u64;
        for _ in 0..20_000 {
            let mut bytes = FIRST.to_vec();
            for _ in 0..3 {
                seed = seed.wrapping_mul(6364136223846793005).wrapping_add(1442695040888963407);
                let at = (seed >> 33) as usize % bytes.len();
                bytes[at] = (seed >> 25) as u8;
            }
            if let Ok((_, length)) = super::header(&bytes) {
                assert!(length <= bytes.len());
            }
        }
    }
}
