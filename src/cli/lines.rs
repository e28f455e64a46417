//! Lines of any length from any input, in bounded memory.

use std::io::{self, Read};
use std::ops::Range;

/// The longest line, without its end.
pub const MAX_LINE: usize = 1 << 20;

pub enum Line {
    /// Where the line is, for [`Lines::bytes`].
    Here(Range<usize>),
    /// Longer than [`MAX_LINE`]; it has been skipped.
    TooLong,
}

/// Cuts an input into lines without copying them.
pub struct Lines<R> {
    input: R,
    buffer: Box<[u8]>,
    /// What was read and not yet given out.
    unread: Range<usize>,
    /// Number of the line given out last; the first is 1.
    pub number: u64,
    at_end: bool,
}

impl<R: Read> Lines<R> {
    pub fn new(input: R) -> Lines<R> {
        let buffer = vec![0; MAX_LINE + 1].into_boxed_slice();
        Lines { input, buffer, unread: 0..0, number: 0, at_end: false }
    }

    /// The next line, until something else is read. `before_reading` runs whenever the input may keep us
    /// waiting.
    pub fn next(&mut self, mut before_reading: impl FnMut() -> io::Result<()>) -> io::Result<Option<Line>> {
        let mut searched = 0;
        let mut too_long = false;
        loop {
            let unread = &self.buffer[self.unread.clone()];
            if let Some(found) = unread[searched..].iter().position(|&byte| byte == b'\n') {
                let line = self.unread.start..self.unread.start + searched + found;
                self.unread.start = line.end + 1;
                self.number += 1;
                return Ok(Some(if too_long { Line::TooLong } else { Line::Here(line) }));
            }
            searched = unread.len();
            if self.at_end {
                let line = std::mem::replace(&mut self.unread, 0..0);
                if line.is_empty() && !too_long {
                    return Ok(None);
                }
                self.number += 1;
                return Ok(Some(if too_long { Line::TooLong } else { Line::Here(line) }));
            }
            if searched > MAX_LINE {
                too_long = true;
                self.unread = 0..0;
                searched = 0;
            }
            before_reading()?;
            self.read_more()?;
        }
    }

    /// A line given out by [`Lines::next`], until something else is read.
    pub fn bytes(&self, line: &Range<usize>) -> &[u8] {
        &self.buffer[line.clone()]
    }

    /// Gives out `line`, the last one, once more.
    pub fn again(&mut self, line: &Range<usize>) {
        self.unread.start = line.start;
        self.number -= 1;
    }

    /// Everything that is left, if it is no longer than a line may be. It stays to be given out as lines.
    pub fn rest(&mut self) -> io::Result<Option<&[u8]>> {
        while !self.at_end && self.unread.len() <= MAX_LINE {
            self.read_more()?;
        }
        Ok(Some(&self.buffer[self.unread.clone()]).filter(|_| self.at_end))
    }

    /// Reads once, at least one byte if there is one. The buffer must not be full of unread bytes.
    fn read_more(&mut self) -> io::Result<()> {
        if self.unread.end == self.buffer.len() {
            self.buffer.copy_within(self.unread.clone(), 0);
            self.unread = 0..self.unread.len();
        }
        loop {
            match self.input.read(&mut self.buffer[self.unread.end..]) {
                Ok(read) => {
                    self.unread.end += read;
                    self.at_end = read == 0;
                    return Ok(());
                }
                Err(error) if error.kind() == io::ErrorKind::Interrupted => {}
                Err(error) => return Err(error),
            }
        }
    }
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

    fn lines(input: impl Read) -> Vec<Option<Vec<u8>>> {
        let mut lines = Lines::new(input);
        let mut found = Vec::new();
        while let Some(line) = lines.next(|| Ok(())).unwrap() {
            found.push(match line {
                Line::Here(line) => Some(lines.bytes(&line).to_vec()),
                Line::TooLong => None,
            });
            assert_eq!(lines.number, found.len() as u64);
        }
        found
    }

    #[test]
    fn lines_come_out_however_the_bytes_come_in() {
        let text = b"one\n\ntwo\r\nlast";
        for at_once in 1..=text.len() {
            let expected: Vec<_> =
                [&b"one"[..], b"", b"two\r", b"last"].map(|line| Some(line.to_vec())).into();
            assert_eq!(lines(Drops(text, at_once)), expected);
        }
        assert_eq!(lines(&b""[..]), []);
        assert_eq!(lines(&b"\n"[..]), [Some(Vec::new())]);
    }

    #[test]
    fn a_line_that_is_too_long_is_skipped_and_the_next_is_not() {
        for (length, fits) in [(MAX_LINE, true), (MAX_LINE + 1, false), (3 * MAX_LINE + 7, false)] {
            let mut text = vec![b'x'; length];
            text.extend_from_slice(b"\nnext");
            let found = lines(Drops(&text, 300_000));
            assert_eq!(found.len(), 2, "{length}");
            assert_eq!(found[0].is_some(), fits, "{length}");
            assert_eq!(found[1].as_deref(), Some(&b"next"[..]));
        }
        assert_eq!(lines(&vec![b'x'; 2 * MAX_LINE][..]), [None]);
    }

    #[test]
    fn the_rest_can_be_looked_at_and_then_read_as_lines() {
        let mut found = Lines::new(&b"a\nb\nc"[..]);
        let Some(Line::Here(first)) = found.next(|| Ok(())).unwrap() else { panic!("a line") };
        found.again(&first);
        assert_eq!(found.rest().unwrap(), Some(&b"a\nb\nc"[..]));
        assert!(matches!(found.next(|| Ok(())).unwrap(), Some(Line::Here(_))));
        assert_eq!(found.number, 1);
        assert_eq!(found.rest().unwrap(), Some(&b"b\nc"[..]));
    }
}
