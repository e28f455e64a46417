//! An output that somebody may stop reading before its end.

use std::io::{self, ErrorKind, Write};

/// An output where a reader that goes away, as `grep -q` does, ends nothing: a command that judges goes on to the end,
/// so that its exit status tells what was found, whoever heard of it.
pub struct WhileRead<W> {
    to: W,
    is_gone: bool,
}

impl<W: Write> WhileRead<W> {
    pub fn new(to: W) -> WhileRead<W> {
        WhileRead { to, is_gone: false }
    }

    /// The reader has gone away: what is written from now on goes nowhere.
    pub fn is_gone(&self) -> bool {
        self.is_gone
    }

    /// Where it goes, to be asked what it is.
    pub fn stream(&self) -> &W {
        &self.to
    }

    fn unless_gone(&mut self, write: impl FnOnce(&mut W) -> io::Result<()>) -> io::Result<()> {
        let written = if self.is_gone { Ok(()) } else { write(&mut self.to) };
        self.is_gone |= written.as_ref().is_err_and(|error| error.kind() == ErrorKind::BrokenPipe);
        if self.is_gone { Ok(()) } else { written }
    }
}

impl<W: Write> Write for WhileRead<W> {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        self.unless_gone(|to| to.write_all(bytes)).map(|()| bytes.len())
    }

    fn flush(&mut self) -> io::Result<()> {
        self.unless_gone(W::flush)
    }
}
