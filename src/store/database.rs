//! What a database must do for the store: four calls, and a transaction as the scripts `begin`, `commit` and `rollback`.
//!
//! One text of SQL runs on both. `$1` and so on are used in their order, since SQLite numbers them by their first use.

use std::fmt;

/// What goes in and comes out.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Cell {
    Null,
    Int(i64),
    Text(String),
    Bytes(Vec<u8>),
}

impl Cell {
    pub fn bytes(self) -> Option<Vec<u8>> {
        match self {
            Cell::Bytes(bytes) => Some(bytes),
            _ => None,
        }
    }

    pub fn int(&self) -> Option<i64> {
        match self {
            Cell::Int(int) => Some(*int),
            _ => None,
        }
    }

    /// A count, an ordinal or a revision, none of which is ever below nothing.
    pub fn count(&self) -> Option<u64> {
        self.int().and_then(|int| u64::try_from(int).ok())
    }
}

impl From<u64> for Cell {
    fn from(count: u64) -> Cell {
        Cell::Int(i64::try_from(count).unwrap_or(i64::MAX))
    }
}

impl From<i64> for Cell {
    fn from(int: i64) -> Cell {
        Cell::Int(int)
    }
}

impl From<&[u8]> for Cell {
    fn from(bytes: &[u8]) -> Cell {
        Cell::Bytes(bytes.to_vec())
    }
}

impl From<&Vec<u8>> for Cell {
    fn from(bytes: &Vec<u8>) -> Cell {
        Cell::Bytes(bytes.clone())
    }
}

impl From<&str> for Cell {
    fn from(text: &str) -> Cell {
        Cell::Text(text.to_owned())
    }
}

pub(super) type Row = Vec<Cell>;

/// What kind of trouble a database has, as far as it decides what is done next.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Trouble {
    /// Others are writing; trying again helps.
    Busy,
    /// There is no room left.
    Full,
    /// The disk did not take it, or is broken; some systems say no more when it is full.
    Disk,
    /// It may not be read or written by this user.
    Denied,
    /// The connection is gone, and nobody knows whether what was under way has been done.
    Lost,
    /// What is there is no database, or a damaged one.
    Damaged,
    Other,
}

/// Something that a database could not do.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Fault {
    pub trouble: Trouble,
    /// In the database's own words. Statements have only places for values, so no answer is in them.
    pub words: String,
}

impl fmt::Display for Fault {
    fn fmt(&self, f: &mut fmt::Formatter) -> fmt::Result {
        f.write_str(&self.words)
    }
}

pub(super) const BEGIN: &str = "begin";
pub(super) const SNAPSHOT: &str = "snapshot";

pub(super) trait Database: Send {
    /// Changes something; how many rows.
    fn run(&mut self, sql: &str, with: &[Cell]) -> Result<u64, Fault>;

    fn rows(&mut self, sql: &str, with: &[Cell]) -> Result<Vec<Row>, Fault>;

    /// Statements without values. [`BEGIN`] takes the right to write at once, [`SNAPSHOT`] reads one state of
    /// everything for as long as it takes, while others write.
    fn script(&mut self, sql: &str) -> Result<(), Fault>;

    /// Whether something may have changed since this was asked last. Takes some microseconds.
    fn changed(&mut self) -> Result<bool, Fault>;
}
