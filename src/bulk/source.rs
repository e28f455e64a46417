//! Cuts an input into pieces that end where a record ends, in bounded memory.

use std::io::{self, ErrorKind, Read};

use memchr::{memchr, memchr_iter, memrchr};

use super::pool::Pool;
use super::run::Input;
#[cfg(feature = "parquet")]
use crate::table::Slab;
use crate::table::{Cutter, MAX_RECORD, Plan};

/// A piece is about this long: it stays in the cache of a core.
const PIECE: usize = 256 << 10;
/// A record that goes on for so long is no record of anything.
const ENDLESS: u64 = 1 << 30;

/// A part of the input.
pub enum Part {
    Records {
        text: Vec<u8>,
        line: u64,
    },
    /// A record that is longer than any may be was skipped. `is_open`: because a quotation mark isn't closed; what
    /// follows its first line comes next.
    TooLong {
        line: u64,
        is_open: bool,
    },
    /// Rows of a Parquet file.
    #[cfg(feature = "parquet")]
    Slab(Slab),
}

/// Reads an input.
pub struct Source<R> {
    input: R,
    buffer: Vec<u8>,
    /// What was read and not yet given out.
    start: usize,
    end: usize,
    /// Of what is given out next.
    line: u64,
    at_end: bool,
    /// Bytes read.
    read: u64,
}

impl<R: Read + Send> Input for Source<R> {
    fn next(&mut self, plan: &Plan, pool: &Pool) -> io::Result<Option<Part>> {
        self.part(&plan.cutter(), pool)
    }

    fn read(&self) -> u64 {
        self.read
    }
}

impl<R: Read> Source<R> {
    pub fn new(input: R) -> Source<R> {
        Source { input, buffer: vec![0; PIECE], start: 0, end: 0, line: 1, at_end: false, read: 0 }
    }

    /// What was read and not yet given out.
    pub fn unread(&self) -> &[u8] {
        &self.buffer[self.start..self.end]
    }

    pub fn line(&self) -> u64 {
        self.line
    }

    pub fn is_at_end(&self) -> bool {
        self.at_end
    }

    /// Counts the first bytes that were not given out as given out.
    pub fn take(&mut self, bytes: usize) {
        let taken = bytes.min(self.end - self.start);
        self.line += memchr_iter(b'\n', &self.buffer[self.start..self.start + taken]).count() as u64;
        self.start += taken;
    }

    /// Reads until `is_enough` of what is unread, or the end, or until more than one record may have was read.
    pub fn read_until(&mut self, mut is_enough: impl FnMut(&[u8]) -> bool) -> io::Result<()> {
        while !self.at_end && self.end - self.start <= MAX_RECORD && !is_enough(self.unread()) {
            self.read_more()?;
        }
        Ok(())
    }

    /// The next part. It comes as soon as there is a whole record and the input would keep us waiting for more.
    fn part(&mut self, cutter: &Cutter, pool: &Pool) -> io::Result<Option<Part>> {
        loop {
            let cut = cutter.cut(self.unread(), self.at_end);
            if cut.end > 0 {
                return Ok(Some(self.give(cut.end, pool)));
            }
            if self.at_end {
                let left = self.end - self.start;
                if left == 0 {
                    return Ok(None);
                }
                if left <= MAX_RECORD && !cut.is_open {
                    return Ok(Some(self.give(left, pool)));
                }
            }
            if self.at_end || self.end - self.start > MAX_RECORD {
                let lines_end = memchr(b'\n', self.unread());
                let part = Part::TooLong { line: self.line, is_open: cut.is_open };
                match lines_end {
                    Some(end) => self.take(end + 1),
                    None => self.skip_line()?,
                }
                return Ok(Some(part));
            }
            self.read_more()?;
        }
    }

    fn give(&mut self, bytes: usize, pool: &Pool) -> Part {
        let mut text = pool.take();
        text.extend_from_slice(&self.buffer[self.start..self.start + bytes]);
        let line = self.line;
        self.take(bytes);
        Part::Records { text, line }
    }

    /// Reads over everything up to the end of the line.
    fn skip_line(&mut self) -> io::Result<()> {
        let mut skipped = 0;
        loop {
            if let Some(end) = memchr(b'\n', self.unread()) {
                self.take(end + 1);
                return Ok(());
            }
            skipped += (self.end - self.start) as u64;
            self.start = self.end;
            if self.at_end {
                return Ok(());
            }
            if skipped > ENDLESS {
                let what = format!(
                    "line {} goes on for more than {ENDLESS} bytes, and nothing after it was read",
                    self.line
                );
                return Err(io::Error::new(ErrorKind::InvalidData, what));
            }
            self.read_more()?;
        }
    }

    /// Reads once, at least one byte if there is one.
    fn read_more(&mut self) -> io::Result<()> {
        if self.start == self.end {
            (self.start, self.end) = (0, 0);
        }
        if self.end == self.buffer.len() {
            self.buffer.copy_within(self.start..self.end, 0);
            (self.start, self.end) = (0, self.end - self.start);
            if self.end > self.buffer.len() / 2 {
                self.buffer.resize(2 * self.buffer.len(), 0);
            }
        }
        loop {
            match self.input.read(&mut self.buffer[self.end..]) {
                Ok(read) => {
                    self.end += read;
                    self.read += read as u64;
                    self.at_end = read == 0;
                    return Ok(());
                }
                Err(error) if error.kind() == ErrorKind::Interrupted => {}
                Err(error) => return Err(error),
            }
        }
    }
}

/// Is there a line in this text that isn't blank, whole?
pub fn has_line(text: &[u8]) -> bool {
    memrchr(b'\n', text).is_some_and(|end| !text[..end].trim_ascii().is_empty())
}

#[cfg(test)]
mod tests {
    use super::*;

    /// An input that gives a few bytes at a time.
    struct Drops<'a>(&'a [u8], usize);

    impl Read for Drops<'_> {
        fn read(&mut self, into: &mut [u8]) -> io::Result<usize> {
            let some = self.1.min(into.len());
            self.0.read(&mut into[..some])
        }
    }

    /// The records together, and the lines of those that are too long.
    fn parts(input: impl Read, cutter: &Cutter) -> (Vec<u8>, Vec<(u64, bool)>) {
        let mut source = Source::new(input);
        let pool = Pool::new();
        let (mut all, mut long) = (Vec::new(), Vec::new());
        while let Some(part) = source.part(cutter, &pool).unwrap() {
            match part {
                Part::Records { text, line } => {
                    let before = memchr_iter(b'\n', &all).count() as u64;
                    assert!(!long.is_empty() || line == before + 1, "{line} {before}");
                    all.extend(text);
                }
                Part::TooLong { line, is_open } => long.push((line, is_open)),
                #[cfg(feature = "parquet")]
                Part::Slab(_) => unreachable!("text has lines"),
            }
        }
        (all, long)
    }

    #[test]
    fn all_of_it_comes_out_however_the_bytes_come_in() {
        let text = b"one,\"a\nb\"\n\ntwo\r\n\"x\"\"\n\",last";
        for at_once in 1..=text.len() {
            for cutter in [Cutter::lines(), Cutter::csv(b',')] {
                assert_eq!(parts(Drops(text, at_once), &cutter), (text.to_vec(), vec![]), "{at_once}");
            }
        }
        assert_eq!(parts(&b""[..], &Cutter::lines()), (vec![], vec![]));
    }

    #[test]
    fn a_line_that_is_too_long_is_skipped_and_the_next_is_not() {
        for (length, fits) in [(MAX_RECORD, true), (3 * MAX_RECORD + 7, false)] {
            let mut text = vec![b'x'; length];
            text.extend_from_slice(b"\nnext");
            let (all, long) = parts(Drops(&text, 300_000), &Cutter::lines());
            assert_eq!(long, if fits { vec![] } else { vec![(1, false)] });
            assert!(all.ends_with(b"next"));
        }
    }

    /// One stray quotation mark made the rest of a file one record.
    #[test]
    fn a_quotation_mark_that_is_never_closed_costs_one_line() {
        for rows in [3, 200_000] {
            let mut text = b"a,b\n1,\"oops\n".to_vec();
            (0..rows).for_each(|number| text.extend_from_slice(format!("{number},x\n").as_bytes()));
            let (all, long) = parts(&text[..], &Cutter::csv(b','));
            assert_eq!(long, [(2, true)]);
            assert!(all.starts_with(b"a,b\n0,x\n1,x\n"));
            assert!(all.ends_with(format!("{},x\n", rows - 1).as_bytes()));
        }
    }

    #[test]
    fn a_line_without_an_end_is_given_up() {
        let mut source = Source::new(io::repeat(0));
        let pool = Pool::new();
        let why = loop {
            match source.part(&Cutter::lines(), &pool) {
                Ok(part) => assert!(part.is_some()),
                Err(why) => break why,
            }
        };
        assert!(why.to_string().contains("line 1 goes on"), "{why}");
        assert!(source.buffer.len() <= 4 * MAX_RECORD);
    }
}
