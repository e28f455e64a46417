//! `redflag assess`: answer sheets in, results out, one line each.

use std::fs::File;
use std::io::{self, Read, Write};
use std::path::Path;

use anyhow::{Context, Result};
use serde::de::IgnoredAny;

use super::args::AssessArgs;
use super::judge::Judge;
use super::lines::{Line, Lines, MAX_LINE};
use super::while_read::WhileRead;
use super::{Exit, WrongUsage, opening};
use crate::answers::Sheet;
use crate::library::Choice;
use crate::system::files;
use crate::text::json;

/// Once nobody reads the results any more, so many further lines are looked at for the exit status. An input without
/// an end, as `yes` gives, must not keep the program for ever.
const MOST_UNREAD: u64 = 100_000;

/// Results are handed on in pieces of about this size.
const OUTPUT_SIZE: usize = 64 << 10;

pub fn run(args: &AssessArgs) -> Result<Exit> {
    let opened = opening::open(&Choice::of(&args.questionnaire)?)?;
    let questionnaire = opened.wanted(args.language.language.as_deref(), |name| std::env::var(name).ok())?;
    let site = opening::place(&args.site, questionnaire)?.contacts;
    let judge = Judge::new(questionnaire, args.audience.into(), &site);
    let input = open(&args.answers)?;
    let all_well = judge_all(&judge, input, io::stdout().lock())?;
    Ok(if all_well { Exit::Done } else { Exit::NotAllWell })
}

fn open(answers: &Path) -> Result<Box<dyn Read>> {
    if answers.as_os_str() == "-" {
        return Ok(Box::new(io::stdin().lock()));
    }
    let file = File::open(answers)
        .map_err(|error| WrongUsage(format!("{}: {}", answers.display(), files::why(&error))))?;
    Ok(Box::new(file))
}

/// Judges every sheet in `input`. `false`: some could not be read, and a line in the output says so.
fn judge_all(judge: &Judge, input: impl Read, output: impl Write) -> Result<bool> {
    let mut lines = Lines::new(input);
    let output = WhileRead::new(output);
    let mut results =
        Results { judge, output, sheets: Vec::new(), ids: Vec::new(), waiting: Vec::new(), all_well: true };
    let mut first = true;
    let mut unread = 0;
    while let Some(line) = lines.next(|| results.finish()).context("cannot read the answers")? {
        let number = lines.number;
        unread += u64::from(results.output.is_gone());
        if unread > MOST_UNREAD {
            let _ = writeln!(io::stderr(), "redflag: {STOPPED_UNREAD}");
            return Ok(false);
        }
        let Line::Here(mut here) = line else {
            results.wrong(&too_long(), number, None)?;
            continue;
        };
        if number == 1 && lines.bytes(&here).starts_with(BYTE_ORDER_MARK) {
            here.start += BYTE_ORDER_MARK.len();
        }
        if lines.bytes(&here).trim_ascii().is_empty() {
            continue;
        }
        if std::mem::take(&mut first) && is_beginning(lines.bytes(&here)) {
            lines.again(&here);
            let rest = lines.rest().context("cannot read the answers")?;
            if let Some(object) = rest.filter(|rest| !is_by_lines(rest)) {
                results.take(object, number)?;
                break;
            }
            // Looking ahead may have moved it.
            if let Some(Line::Here(moved)) = lines.next(|| Ok(()))? {
                here = moved;
            }
        }
        results.take(lines.bytes(&here), number)?;
    }
    results.finish()?;
    Ok(results.all_well)
}

const STOPPED_UNREAD: &str = "nobody reads the results any more, and not all answer sheets were looked at";

const BYTE_ORDER_MARK: &[u8] = b"\xEF\xBB\xBF";

fn too_long() -> String {
    format!("the line is longer than {MAX_LINE} bytes")
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

struct Results<'a, 'q, W> {
    judge: &'a Judge<'q>,
    output: WhileRead<W>,
    /// Not judged yet.
    sheets: Vec<Sheet>,
    /// What each of them is called.
    ids: Vec<Option<String>>,
    /// Not handed on yet.
    waiting: Vec<u8>,
    all_well: bool,
}

impl<W: Write> Results<'_, '_, W> {
    /// Takes in one sheet that begins in line `number`.
    fn take(&mut self, sheet: &[u8], number: u64) -> io::Result<()> {
        let sheet = match std::str::from_utf8(sheet) {
            Ok(sheet) => sheet,
            Err(error) => {
                return self.wrong(
                    &format!("not UTF-8 text (byte {})", error.valid_up_to() + 1),
                    number,
                    None,
                );
            }
        };
        match self.judge.read(sheet) {
            Ok((sheet, id)) => {
                self.sheets.push(sheet);
                self.ids.push(id);
                if self.sheets.len() < Judge::AT_ONCE { Ok(()) } else { self.judge() }
            }
            Err(error) => {
                let line = number + (error.line() as u64).saturating_sub(1);
                let what = json::mistake(&error);
                let place = match error.column() {
                    0 => String::new(),
                    column => format!(" (column {column})"),
                };
                self.wrong(&format!("{what}{place}"), line, self.judge.id_of(sheet).as_deref())
            }
        }
    }

    fn wrong(&mut self, message: &str, line: u64, id: Option<&str>) -> io::Result<()> {
        self.all_well = false;
        // The results of the sheets before it come first.
        self.judge()?;
        json::error(&mut self.waiting, message, line, id);
        Ok(())
    }

    fn judge(&mut self) -> io::Result<()> {
        // For nobody, it is enough that they could be read.
        if !self.output.is_gone() {
            self.judge.judge(&self.sheets, &self.ids, &mut self.waiting);
        }
        self.sheets.clear();
        self.ids.clear();
        if self.waiting.len() < OUTPUT_SIZE { Ok(()) } else { self.hand_on() }
    }

    fn hand_on(&mut self) -> io::Result<()> {
        self.output.write_all(&self.waiting)?;
        self.waiting.clear();
        self.output.flush()
    }

    /// All that was taken in so far goes out.
    fn finish(&mut self) -> io::Result<()> {
        self.judge()?;
        self.hand_on()
    }
}
