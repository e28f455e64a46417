//! A questionnaire's rules as SQL, so that an engine that holds millions of answers judges them where they are.
//!
//! One `select` gives for each row of answers what `redflag assess` gives for its sheet. Unknown is `null`: SQL's own
//! `and`, `or` and `not` are those of Kleene's logic. Below, the adapter reads the table, and may be edited; above it
//! each layer works out what depends on the one below: questions asked, definitions, rules, levels. That text is the
//! same for every engine. docs/reference/sql.md is for those who run it.

mod cells;
mod dialect;
mod expression;
mod input;
mod load;
mod names;
mod query;
mod statement;
mod table;

use std::fmt;

pub use cells::Columns;
pub use dialect::Dialect;
pub use input::{Column, Holds, columns};
pub use load::load;
pub use query::select;
pub use table::ddl;

use crate::questionnaire::Audience;

/// How a table of answers keeps several options of one question.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Layout {
    /// A column for each option, as REDCap and Kobo write them.
    Columns,
    /// One column with the options and a blank between them, as ODK writes them.
    List,
}

/// What is wanted.
#[derive(Debug, Clone)]
pub struct Request {
    pub dialect: Dialect,
    pub layout: Layout,
    /// Who answered: which sections were asked.
    pub audience: Audience,
    /// Of the answers; may have a schema before a point.
    pub table: String,
    /// The column that tells one row from another.
    pub key: String,
    /// Defines a view of this name instead of a query.
    pub view: Option<String>,
}

/// Why there is no SQL.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Refused {
    /// This table has more columns than the engine takes.
    TooManyColumns { columns: usize, most: usize, engine: &'static str, list_helps: bool },
    /// The engine works columns out again wherever they are used, and this one would become too large.
    TooLarge { what: String, parts: u64, engine: &'static str },
    /// The name of the table, view or key is empty, or a part of it is.
    NoName(&'static str),
    /// A column of an answer has the name of the key.
    KeyIsAnswer(String),
}

impl fmt::Display for Refused {
    fn fmt(&self, f: &mut fmt::Formatter) -> fmt::Result {
        match self {
            Refused::TooManyColumns { columns, most, engine, list_helps } => {
                write!(f, "the query would need {columns} columns, and {engine} takes {most}")?;
                if *list_helps {
                    f.write_str("; `--layout list` needs fewer, one for each question")?;
                }
                Ok(())
            }
            Refused::TooLarge { what, parts, engine } => write!(
                f,
                "{what} uses definitions that use others again and again: {engine} would work out {parts} parts for \
                 it, and has no way to keep what it has worked out. Write the definitions flatter, or use another \
                 engine"
            ),
            Refused::NoName(what) => write!(f, "the {what} needs a name, and each part of it one"),
            Refused::KeyIsAnswer(name) => {
                write!(
                    f,
                    "`{name}` is the column of an answer, so it can't tell the rows apart: give another `--key`"
                )
            }
        }
    }
}

impl std::error::Error for Refused {}
