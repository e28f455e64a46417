//! `redflag assess`: answer sheets in, results out.

use std::fs::File;
use std::io::{self, IsTerminal, Read, Write};
use std::path::{Path, PathBuf};

use anyhow::{Context, Result};
use serde::de::IgnoredAny;

use super::args::AssessArgs;
use super::progress::Progress;
use super::values::SheetsArg;
use super::while_read::WhileRead;
use super::whole_file::WholeFile;
use super::{Exit, WrongUsage, files, keyboard, opening, parquet, words};
use crate::bulk::{Count, Go, Sink, Source, has_line, run as run_bulk};
use crate::library::Choice;
use crate::questionnaire::Questionnaire;
use crate::system::files as system_files;
use crate::table::{Column, CsvTable, In, Judge, MAX_RECORD, Out, Piece, Plan, Wanted, WrongHeader};
use crate::text::clean_line;

/// What a file of Parquet begins with.
pub(super) const MAGIC_OF_PARQUET: &[u8] = b"PAR1";

/// Once nobody reads the results any more, so many further sheets are looked at for the exit status. An input without
/// an end, as `yes` gives, must not keep the program for ever.
const MOST_UNREAD: u64 = 100_000;

pub fn run(args: &AssessArgs) -> Result<Exit> {
    let choice = Choice::of(&args.questionnaire)?;
    let opened = opening::open(&choice)?;
    let questionnaire = opened.wanted(args.language.language.as_deref(), |name| std::env::var(name).ok())?;
    let site = opening::place(&args.site, questionnaire)?.contacts;
    let from = args.from.or_else(|| SheetsArg::of(&args.answers)).unwrap_or(SheetsArg::Jsonl);
    let wanted = wanted(args, from)?;
    let bad_file = bad_file(args, &wanted);
    for path in args.to.iter().chain(&bad_file) {
        files::is_no_input(
            path,
            &[args.answers.as_path()].into_iter().chain(choice.path()).collect::<Vec<_>>(),
        )?;
    }
    if args.to.is_some() && args.to == bad_file {
        return Err(WrongUsage(words::ONE_FILE_FOR_BOTH.to_owned()).into());
    }
    let (input, rows, size) = match from {
        SheetsArg::Parquet => parquet::open(args, questionnaire)?,
        SheetsArg::Jsonl | SheetsArg::Csv => {
            let what = if from == SheetsArg::Csv { words::CSV_SHEETS } else { words::JSON_SHEETS };
            keyboard::announce(&args.answers, what, "use --answers FILE");
            text(args, questionnaire, from)?
        }
    };
    let plan = Plan::new(questionnaire, args.audience.into(), &site, input, wanted.clone());
    let progress = Progress::new(size, args.to.is_some() || !io::stdout().is_terminal());
    let out = match &args.to {
        Some(path) => Output::File(WholeFile::new(path)?),
        None => Output::Stream(WhileRead::new(io::stdout().lock())),
    };
    let bad = match (&bad_file, wanted.bad_inline) {
        (_, true) => Bad::Inline,
        (Some(path), false) => Bad::File(WholeFile::new(path)?, args.bad.is_some()),
        (None, false) => Bad::Stderr,
    };
    let columnar = parquet::results(&plan).context(words::STOPPED_JUDGING)?;
    let mut results = Results { out, columnar, bad, progress, unread: 0, stopped: None };
    results.out.write(&plan.head())?;
    let mut count = Count::default();
    let counted = match rows {
        AllRows::Text(mut source) => {
            if from == SheetsArg::Jsonl {
                one_object(&plan, &mut source, &mut results, &mut count)?;
            }
            run_bulk(&plan, source, &mut results)
        }
        #[cfg(feature = "parquet")]
        AllRows::Columnar(source) => run_bulk(&plan, source, &mut results),
    };
    results.progress.clear();
    let counted = counted.with_context(|| words::STOPPED_JUDGING)?;
    count.rows += counted.rows;
    count.bad_rows += counted.bad_rows;
    results.end(&count, bad_file.as_deref())
}

/// Where rows come from.
pub(super) enum AllRows {
    Text(Source<Box<dyn Read + Send>>),
    #[cfg(feature = "parquet")]
    Columnar(crate::bulk::Columnar),
}

/// How the rows are read, where they come from, and how many bytes they have where that is known.
pub(super) type OpenedRows = (In, AllRows, Option<u64>);

/// Rows of text.
fn text(args: &AssessArgs, questionnaire: &Questionnaire, from: SheetsArg) -> Result<OpenedRows> {
    let (input, size) = open(&args.answers)?;
    let mut source = Source::new(input);
    source.read_until(has_line).context("cannot read the answers")?;
    if source.unread().starts_with(MAGIC_OF_PARQUET) {
        return Err(WrongUsage(parquet::is_one(&args.answers)).into());
    }
    if let Some(id) =
        args.id.as_deref().filter(|id| from == SheetsArg::Jsonl && questionnaire.question_index(id).is_some())
    {
        return Err(WrongUsage(words::id_is_a_question(id)).into());
    }
    let input = match from {
        SheetsArg::Csv => In::Csv(table(args, questionnaire, &mut source)?),
        SheetsArg::Jsonl | SheetsArg::Parquet => In::JsonLines,
    };
    Ok((input, AllRows::Text(source), size))
}

/// What is written, and how.
fn wanted(args: &AssessArgs, from: SheetsArg) -> Result<Wanted> {
    let by_name = args.to.as_deref().and_then(SheetsArg::of);
    let out = match (args.format.or(by_name), from) {
        (Some(SheetsArg::Jsonl), _) | (None, SheetsArg::Jsonl) => Out::JsonLines,
        (Some(SheetsArg::Csv), _) | (None, SheetsArg::Csv | SheetsArg::Parquet) => Out::Csv,
        (Some(SheetsArg::Parquet), _) => parquet::out(args.to.is_none())?,
    };
    let mut columns: Vec<Column> = Vec::new();
    for name in &args.columns {
        let known = Column::ALL.into_iter().find(|column| column.name() == name.trim());
        let names = || Column::ALL.map(Column::name).join(", ");
        let column = known.ok_or_else(|| WrongUsage(words::no_result_column(&clean_line(name), &names())))?;
        if columns.contains(&column) {
            return Err(WrongUsage(words::result_column_twice(column.name())).into());
        }
        columns.push(column);
    }
    if columns.is_empty() {
        columns = out.columns().to_vec();
    }
    let bad_inline = out == Out::JsonLines && args.to.is_none() && args.bad.is_none();
    Ok(Wanted { out, columns, bad_inline, allow_text: args.allow_text, id: args.id.clone() })
}

/// Where rows that can't be read are told.
fn bad_file(args: &AssessArgs, wanted: &Wanted) -> Option<PathBuf> {
    let beside = || {
        let mut name = args.to.as_ref().filter(|_| !wanted.bad_inline)?.as_os_str().to_owned();
        name.push(".bad.jsonl");
        Some(PathBuf::from(name))
    };
    args.bad.clone().or_else(beside)
}

/// The input, and how long it is where that is known.
fn open(answers: &Path) -> Result<(Box<dyn Read + Send>, Option<u64>)> {
    if answers.as_os_str() == "-" {
        return Ok((Box::new(io::stdin()), None));
    }
    let wrong =
        |error: io::Error| WrongUsage(format!("{}: {}", answers.display(), system_files::why(&error)));
    let file = File::open(answers).map_err(wrong)?;
    let what = file.metadata().map_err(wrong)?;
    let size = what.is_file().then_some(what.len());
    Ok((Box::new(file), size))
}

/// Reads the first line of a CSV file, and says which columns it does without.
fn table(
    args: &AssessArgs,
    questionnaire: &Questionnaire,
    source: &mut Source<Box<dyn Read + Send>>,
) -> Result<CsvTable> {
    let name = args.answers.to_string_lossy().into_owned();
    let text = source.unread();
    if text.len() > MAX_RECORD && !has_line(text) {
        return Err(WrongUsage(words::of_file(&name, &WrongHeader::TooLong(MAX_RECORD))).into());
    }
    let table = CsvTable::of(questionnaire, text, args.layout.map(Into::into), args.id.as_deref());
    let (table, head) = table.map_err(|wrong| WrongUsage(words::of_file(&name, &wrong)))?;
    source.take(head);
    let said = words::columns_without(&table.columns);
    if !said.is_empty() {
        let _ = write!(io::stderr(), "{said}");
    }
    Ok(table)
}

/// Judges one object over many lines, if that is what the input is. Otherwise what was read is left.
fn one_object(
    plan: &Plan,
    source: &mut Source<Box<dyn Read + Send>>,
    results: &mut Results<impl Write>,
    count: &mut Count,
) -> Result<()> {
    const BYTE_ORDER_MARK: &[u8] = b"\xEF\xBB\xBF";
    let unreadable = "cannot read the answers";
    source.read_until(has_line).context(unreadable)?;
    if source.unread().starts_with(BYTE_ORDER_MARK) {
        source.take(BYTE_ORDER_MARK.len());
        source.read_until(has_line).context(unreadable)?;
    }
    let blank = source.unread().len() - source.unread().trim_ascii_start().len();
    source.take(blank);
    let first = source.unread().split(|&byte| byte == b'\n').next().unwrap_or_default();
    if first.is_empty() || !is_beginning(first) || first.len() == source.unread().len() && !source.is_at_end()
    {
        return Ok(());
    }
    source.read_until(|_| false).context(unreadable)?;
    let text = source.unread();
    if !source.is_at_end() || text.len() > MAX_RECORD || is_by_lines(text) {
        return Ok(());
    }
    let mut piece = Piece::default();
    Judge::new(plan).judge_one(text, source.line(), &mut piece);
    let all = text.len();
    source.take(all);
    (count.rows, count.bad_rows) = (piece.rows, piece.bad_rows);
    results.take(&piece, count).context(words::STOPPED_JUDGING)?;
    Ok(())
}

/// Does an object begin here that goes on in the next line?
fn is_beginning(line: &[u8]) -> bool {
    serde_json::from_slice::<IgnoredAny>(line).is_err_and(|error| error.is_eof())
}

/// Does any line after the first hold an object of its own? Then the first is merely broken. In one
/// object over many lines no line does, because answers are no objects.
fn is_by_lines(text: &[u8]) -> bool {
    text.split(|&byte| byte == b'\n').skip(1).any(|line| {
        line.trim_ascii_start().starts_with(b"{") && serde_json::from_slice::<IgnoredAny>(line).is_ok()
    })
}

enum Output<W: Write> {
    Stream(WhileRead<W>),
    File(WholeFile),
}

impl<W: Write> Output<W> {
    fn write(&mut self, bytes: &[u8]) -> io::Result<()> {
        match self {
            Output::Stream(out) => out.write_all(bytes).and_then(|()| out.flush()),
            Output::File(out) => out.write_all(bytes),
        }
    }

    fn is_gone(&self) -> bool {
        matches!(self, Output::Stream(out) if out.is_gone())
    }
}

/// Where rows are told that can't be read.
enum Bad {
    /// Among the results.
    Inline,
    /// Whether somebody asked for this file.
    File(WholeFile, bool),
    Stderr,
}

struct Results<W: Write> {
    out: Output<W>,
    columnar: Option<parquet::Results>,
    bad: Bad,
    progress: Progress,
    /// Sheets that were looked at since nobody reads.
    unread: u64,
    stopped: Option<Stopped>,
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum Stopped {
    Unread,
    Interrupted,
}

impl<W: Write> Sink for Results<W> {
    fn take(&mut self, piece: &Piece, count: &Count) -> io::Result<Go> {
        match &mut self.columnar {
            Some(columnar) => self.out.write(columnar.add(piece)?)?,
            None => self.out.write(&piece.out)?,
        }
        match &mut self.bad {
            Bad::File(file, _) => file.write_all(&piece.bad)?,
            Bad::Stderr if !piece.bad.is_empty() => {
                self.progress.clear();
                // Who can't hear it has the exit status.
                let _ = io::stderr().write_all(&piece.bad);
            }
            Bad::Inline | Bad::Stderr => {}
        }
        self.progress.at(count);
        if matches!(&self.out, Output::File(file) if file.is_interrupted()) {
            self.stopped = Some(Stopped::Interrupted);
            return Ok(Go::Stop);
        }
        if !self.out.is_gone() {
            return Ok(Go::On);
        }
        self.unread += piece.rows;
        if self.unread <= MOST_UNREAD {
            return Ok(Go::OnUnread);
        }
        self.stopped = Some(Stopped::Unread);
        Ok(Go::Stop)
    }
}

impl<W: Write> Results<W> {
    /// Puts the files into their places, and says what came of it.
    fn end(mut self, count: &Count, bad_file: Option<&Path>) -> Result<Exit> {
        match self.stopped {
            Some(Stopped::Unread) => {
                let _ = writeln!(io::stderr(), "redflag: {}", words::STOPPED_UNREAD);
                return Ok(Exit::NotAllWell);
            }
            Some(Stopped::Interrupted) => {
                let _ = writeln!(io::stderr(), "redflag: {}", words::INTERRUPTED);
                return Ok(Exit::NotAllWell);
            }
            None => {}
        }
        if let Some(columnar) = self.columnar {
            self.out.write(&columnar.end()?).context(words::STOPPED_JUDGING)?;
        }
        if let Output::File(file) = self.out {
            file.keep()?;
        }
        let is_inline = matches!(self.bad, Bad::Inline);
        if let Bad::File(file, asked_for) = self.bad {
            match count.bad_rows > 0 || asked_for {
                true => file.keep()?,
                // One of an earlier run would be taken for that of this one.
                false => file.drop_with_old()?,
            }
        }
        if count.bad_rows == 0 {
            return Ok(Exit::Done);
        }
        if !is_inline {
            let said = words::bad_rows(
                count.bad_rows,
                count.rows,
                bad_file.map(|file| file.to_string_lossy()).as_deref(),
            );
            let _ = writeln!(io::stderr(), "redflag: {said}");
        }
        Ok(Exit::NotAllWell)
    }
}
