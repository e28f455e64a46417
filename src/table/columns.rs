//! Which column of a table holds which answer, by the names in its first line.

use std::collections::HashMap;
use std::fmt;

use crate::answers::json::{UNSURE, nearest};
use crate::questionnaire::{Domain, QuestionIndex, Questionnaire};
use crate::sql::{self, Holds, Layout};
use crate::text::clean_line;

/// What a sheet is called, unless somebody says otherwise: the name of a column, or a key.
pub(super) const ID: &str = "id";

/// What a column says of an answer.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Cell {
    pub question: QuestionIndex,
    pub holds: Holds,
}

/// The columns of one table.
#[derive(Debug, Clone)]
pub struct Columns {
    /// As the table names them.
    pub names: Vec<String>,
    /// For each column what it holds; `None` where it is no answer.
    pub cells: Vec<Option<Cell>>,
    /// The column that says what a sheet is called.
    pub id: Option<usize>,
    /// Questions that no column answers.
    pub missing: Vec<String>,
    /// Columns that answer no question, each with the column that may have been meant.
    pub ignored: Vec<(String, Option<String>)>,
}

/// Why a first line can't be used.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum WrongHeader {
    /// It names no question.
    NoQuestion,
    /// Two columns hold one answer, or one name can mean two.
    Twice {
        first: String,
        second: String,
    },
    /// The name of a column can mean two answers.
    Ambiguous(String),
    /// The column that is to name the sheets isn't there.
    NoId(String),
    /// Or it is an answer.
    IdAnswers(String),
    NotUtf8,
    Utf16,
    TooLong(usize),
    Empty,
}

impl fmt::Display for WrongHeader {
    fn fmt(&self, f: &mut fmt::Formatter) -> fmt::Result {
        match self {
            WrongHeader::NoQuestion => f.write_str(
                "no column is a question of this questionnaire; `redflag sql --ddl` prints the names that columns have",
            ),
            WrongHeader::Twice { first, second } if first == second => {
                write!(f, "the column `{first}` is there twice; take one out")
            }
            WrongHeader::Twice { first, second } => {
                write!(f, "the columns `{first}` and `{second}` hold the same answer; take one out")
            }
            WrongHeader::Ambiguous(name) => {
                write!(f, "the column `{name}` can mean two answers; name it as `redflag sql --ddl` does")
            }
            WrongHeader::NoId(name) => write!(f, "there is no column `{name}`, which --id asks for"),
            WrongHeader::IdAnswers(name) => {
                write!(f, "the column `{name}` answers a question, so it can't be that of --id")
            }
            WrongHeader::NotUtf8 => f.write_str("the first line isn't UTF-8 text; save the file as UTF-8"),
            WrongHeader::Utf16 => f.write_str("the file is UTF-16; save it as UTF-8"),
            WrongHeader::TooLong(most) => write!(
                f,
                "the first line, with the names of the columns, is longer than {most} bytes; is this a CSV file?"
            ),
            WrongHeader::Empty => f.write_str("the file is empty; its first line must name the columns"),
        }
    }
}

impl std::error::Error for WrongHeader {}

impl Columns {
    /// Finds out what the columns hold. `layout`: where a question has both a column for each option and one for
    /// all, the one that counts; otherwise the former does. `id`: the column that says what a sheet is called, if it
    /// isn't `id`.
    ///
    /// # Errors
    /// When no column is an answer, or two are the same one.
    pub fn of(
        questionnaire: &Questionnaire,
        names: Vec<String>,
        layout: Option<Layout>,
        id: Option<&str>,
    ) -> Result<Columns, WrongHeader> {
        let known = known(questionnaire);
        let mut cells: Vec<Option<Cell>> = Vec::new();
        for name in &names {
            cells.push(match known.get(name.as_str()) {
                Some(Known::Cell(cell)) => Some(*cell),
                Some(Known::Ambiguous) => return Err(WrongHeader::Ambiguous(shown(name))),
                None => None,
            });
        }
        one_layout(&mut cells, layout);
        let mut first_of: HashMap<(QuestionIndex, Holds), usize> = HashMap::new();
        for (at, cell) in cells.iter().enumerate() {
            let Some(cell) = cell else { continue };
            if let Some(first) = first_of.insert((cell.question, cell.holds), at) {
                return Err(WrongHeader::Twice { first: shown(&names[first]), second: shown(&names[at]) });
            }
        }
        if first_of.is_empty() {
            return Err(WrongHeader::NoQuestion);
        }
        let id = id_among(&names, &cells, id)?;
        let has = |question: QuestionIndex| first_of.keys().any(|&(of, _)| of == question);
        let questions = questionnaire.questions.iter().enumerate();
        let missing = questions.filter(|&(index, question)| question.takes_answer() && !has(index));
        let missing: Vec<String> = missing.map(|(_, question)| question.id.clone()).collect();
        let ignored = names.iter().enumerate().filter(|&(at, name)| {
            let is_read = cells[at].is_some() || id == Some(at);
            !is_read && !name.is_empty()
        });
        let ignored = ignored.map(|(_, name)| {
            let meant = nearest(name, missing.iter().map(String::as_str));
            (shown(name), meant.map(str::to_owned))
        });
        Ok(Columns { ignored: ignored.collect(), missing, names, cells, id })
    }

    /// The name of a column, safe to show.
    pub fn shown(&self, column: usize) -> String {
        self.names.get(column).map(|name| shown(name)).unwrap_or_default()
    }
}

/// Which column says what a sheet is called. One that nobody asked for may be missing.
fn id_among(
    names: &[String],
    cells: &[Option<Cell>],
    asked: Option<&str>,
) -> Result<Option<usize>, WrongHeader> {
    let wanted = asked.unwrap_or(ID);
    let mut found = (0..names.len()).filter(|&at| names[at] == wanted);
    let Some(first) = found.next() else {
        return asked.map_or(Ok(None), |name| Err(WrongHeader::NoId(shown(name))));
    };
    if cells[first].is_some() {
        return asked.map_or(Ok(None), |name| Err(WrongHeader::IdAnswers(shown(name))));
    }
    match found.next() {
        Some(_) => Err(WrongHeader::Twice { first: shown(wanted), second: shown(wanted) }),
        None => Ok(Some(first)),
    }
}

fn shown(name: &str) -> String {
    clean_line(name).chars().take(80).collect()
}

enum Known {
    Cell(Cell),
    Ambiguous,
}

/// Every name that a column of an answer can have: those of the tables of [`sql`], and those that REDCap and Kobo give.
fn known(questionnaire: &Questionnaire) -> HashMap<String, Known> {
    let mut known: HashMap<String, Known> = HashMap::new();
    let mut canonical: HashMap<String, Cell> = HashMap::new();
    let mut add = |name: String, cell: Cell| {
        let entry = known.entry(name).or_insert(Known::Cell(cell));
        if !matches!(entry, Known::Cell(known) if *known == cell) {
            *entry = Known::Ambiguous;
        }
    };
    for layout in [Layout::Columns, Layout::List] {
        for column in sql::columns(questionnaire, layout) {
            let cell = Cell { question: column.question, holds: column.holds };
            canonical.insert(column.name.clone(), cell);
            add(column.name, cell);
        }
    }
    for (index, question) in questionnaire.questions.iter().enumerate() {
        let cell = |holds: Holds| Cell { question: index, holds };
        match question.domain {
            Domain::Nothing => continue,
            Domain::Several => {
                add(question.id.clone(), cell(Holds::List));
                for between in ["__", "___", "/"] {
                    for (at, option) in question.options.iter().enumerate() {
                        add(format!("{}{between}{}", question.id, option.id), cell(Holds::Option(at)));
                    }
                    if question.unsure {
                        add(format!("{}{between}{UNSURE}", question.id), cell(Holds::Unsure));
                    }
                }
            }
            Domain::Number(_) if question.unsure => {
                add(question.id.clone(), cell(Holds::Answer));
                for between in ["__", "___", "/"] {
                    add(format!("{}{between}{UNSURE}", question.id), cell(Holds::Unsure));
                }
            }
            Domain::One { .. } | Domain::Text | Domain::Number(_) => {
                add(question.id.clone(), cell(Holds::Answer));
            }
        }
    }
    // A name of our own means what it means there, whatever else could be written so.
    for (name, cell) in canonical {
        known.insert(name, Known::Cell(cell));
    }
    known
}

/// Kobo writes a list and a column for each option of one question: one of them counts.
fn one_layout(cells: &mut [Option<Cell>], layout: Option<Layout>) {
    let is_option = |holds: Holds| matches!(holds, Holds::Option(_));
    let all: Vec<Cell> = cells.iter().copied().flatten().collect();
    let lists: Vec<QuestionIndex> =
        all.iter().filter(|cell| cell.holds == Holds::List).map(|cell| cell.question).collect();
    for slot in cells.iter_mut() {
        let Some(cell) = *slot else { continue };
        let has_list = lists.contains(&cell.question);
        let has_options = all.iter().any(|of| of.question == cell.question && is_option(of.holds));
        let in_list = cell.holds == Holds::List;
        let in_columns = is_option(cell.holds) || (cell.holds == Holds::Unsure && (has_options || has_list));
        let drop = match layout {
            Some(Layout::List) => in_columns && has_list,
            Some(Layout::Columns) | None => in_list && has_options,
        };
        if drop {
            *slot = None;
        }
    }
}
