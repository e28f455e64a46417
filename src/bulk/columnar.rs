//! A Parquet file, its columns decoded on all cores.

use std::fs::File;
use std::io;
use std::os::unix::fs::FileExt;
use std::sync::Arc;
use std::sync::mpsc::{Receiver, sync_channel};
use std::thread;

use super::pool::Pool;
use super::run::Input;
use super::source::Part;
use crate::table::{Decoder, ParquetEnd, ParquetTable, Plan, ReadAt, Strip, Unread, WrongParquet};

/// A file that is read from in any place.
pub struct OpenFile {
    file: File,
    length: u64,
}

impl OpenFile {
    /// # Errors
    /// When it isn't known how long it is.
    pub fn new(file: File) -> io::Result<OpenFile> {
        let length = file.metadata()?.len();
        Ok(OpenFile { file, length })
    }
}

impl ReadAt for OpenFile {
    fn length(&self) -> u64 {
        self.length
    }

    fn read_at(&self, place: u64, into: &mut [u8]) -> Result<(), Unread> {
        self.file.read_exact_at(into, place).map_err(unread)
    }
}

fn unread(error: io::Error) -> Unread {
    Unread(error.to_string())
}

/// Runs its second argument, and if that panics its first in place of ending the program.
pub type UnlessItPanics = fn(Box<dyn FnOnce()>, &mut dyn FnMut());

/// Reads the end of a file.
///
/// # Errors
/// When it can't be read, is none, or is damaged.
pub fn read_end(
    source: &Arc<dyn ReadAt>,
    unless_it_panics: UnlessItPanics,
) -> Result<ParquetEnd, WrongParquet> {
    let (send, receive) = sync_channel(1);
    let (say, source) = (send.clone(), Arc::clone(source));
    let damaged = || WrongParquet::Damaged("the description of its columns can't be read".to_owned());
    let instead = move || drop(say.send(Err(damaged())));
    let mut read = move || drop(send.send(ParquetEnd::read(&*source)));
    let run = move || unless_it_panics(Box::new(instead), &mut read);
    thread::Builder::new().spawn(run).map_err(|error| WrongParquet::Unread(unread(error)))?;
    receive.recv().unwrap_or_else(|_| Err(damaged()))
}

/// What one thread has decoded, or why it can't go on.
type Decoded = Result<Strip, String>;

/// Reads a Parquet file. Each thread decodes some of the columns, and so all cores have something to do also where all
/// rows are in one group.
pub struct Columnar {
    table: Arc<ParquetTable>,
    length: u64,
    /// One for each thread.
    strips: Vec<Receiver<Decoded>>,
    /// Rows that were given out.
    given: u64,
}

/// Strips that wait for those of other threads.
const WAITING: usize = 2;

impl Columnar {
    /// Begins to decode on so many threads.
    ///
    /// # Errors
    /// When the system has no more threads.
    pub fn new(
        table: Arc<ParquetTable>,
        source: Arc<dyn ReadAt>,
        threads: usize,
        unless_it_panics: UnlessItPanics,
    ) -> io::Result<Columnar> {
        let length = source.length();
        let mut strips = Vec::new();
        for mut decoder in Decoder::share(&table, &source, threads) {
            let (send, receive) = sync_channel::<Decoded>(WAITING);
            let say = send.clone();
            let mut decode = move || {
                while let Some(decoded) = decoder.strip().transpose() {
                    let is_last = decoded.is_err();
                    if send.send(decoded).is_err() || is_last {
                        return;
                    }
                }
            };
            let damaged = move || drop(say.send(Err("a page holds what it can't hold".to_owned())));
            let run = move || unless_it_panics(Box::new(damaged), &mut decode);
            thread::Builder::new().spawn(run)?;
            strips.push(receive);
        }
        Ok(Columnar { table, length, strips, given: 0 })
    }
}

impl Input for Columnar {
    fn next(&mut self, _: &Plan, _: &Pool) -> io::Result<Option<Part>> {
        let damaged =
            |why: String| io::Error::new(io::ErrorKind::InvalidData, format!("the file is damaged: {why}"));
        if self.given == self.table.rows() {
            return Ok(None);
        }
        let mut strips = Vec::with_capacity(self.strips.len());
        for strip in &self.strips {
            let strip = strip.recv().map_err(|_| damaged("a column ends early".to_owned()))?;
            strips.push(strip.map_err(damaged)?);
        }
        let slab = self.table.slab(self.given + 1, strips).map_err(damaged)?;
        self.given += slab.rows as u64;
        Ok(Some(Part::Slab(slab)))
    }

    fn read(&self) -> u64 {
        let all = u128::from(self.table.rows().max(1));
        u64::try_from(u128::from(self.length) * u128::from(self.given) / all).unwrap_or(self.length)
    }
}
