//! `redflag evaluate`: how right a questionnaire was, of people of whom it is known what they needed.

use std::collections::BTreeMap;
use std::fs;
use std::io::{self, Read, Write};

use anyhow::{Context, Result};
use serde_json::Value;

use super::args::EvaluateArgs;
use super::assess::MAGIC_OF_PARQUET;
use super::values::{EvaluateFormat, TableArg};
use super::{Exit, WrongUsage, files, keyboard, words};
use crate::answers::Sheet;
use crate::answers::json::SheetReader;
use crate::evaluation::{self, By, OtherLevels, Person, WrongBy};
use crate::graph;
use crate::library::{Choice, Problem};
use crate::population::number;
use crate::questionnaire::diagnostic::Diagnostic;
use crate::questionnaire::{LevelIndex, Questionnaire};
use crate::system::files as unreadable;
use crate::table::{self, CsvTable};

pub fn run(args: &EvaluateArgs) -> Result<Exit> {
    let choice = Choice::of(&args.questionnaire)?;
    let questionnaire = choice.questionnaire()?;
    let old = args.against.as_deref().map(Choice::of_any).transpose()?;
    let old =
        old.map(|old| Ok::<_, anyhow::Error>((old.name().to_owned(), old.questionnaire()?))).transpose()?;
    let by = args.by.iter().map(|written| By::read(&questionnaire, written));
    let by = by.collect::<Result<Vec<By>, WrongBy>>().map_err(|wrong| WrongUsage(words::wrong_by(&wrong)))?;
    if questionnaire.question_index(&args.truth).is_some() {
        return Err(WrongUsage(words::truth_is_question(&args.truth)).into());
    }
    if let Some(path) = &args.svg {
        files::is_no_input(
            path,
            &[args.sheets.as_path()].into_iter().chain(choice.path()).collect::<Vec<_>>(),
        )?;
    }
    let name = args.sheets.to_string_lossy().into_owned();
    let read = read(&questionnaire, args, &name)?;
    let (people, without) = of_level(&questionnaire, args, read)?;
    let audience = args.audience.into();
    let against = old.as_ref().map(|(_, old)| old);
    let evaluated = evaluation::evaluate(&questionnaire, audience, &people, &by, against);
    let evaluated = evaluated.map_err(|OtherLevels| WrongUsage(words::OTHER_LEVELS.to_owned()))?;
    let mut head = format!(
        "{} {}, {} from {name}, right levels in `{}`",
        questionnaire.id,
        questionnaire.version,
        words::people(people.len() as u64),
        args.truth
    );
    match without {
        0 => {}
        1 => head += "; 1 sheet without one is left out",
        without => head += &format!("; {} sheets without one are left out", number(without)),
    }
    let mut out = io::stdout().lock();
    if let Some(path) = &args.svg {
        let picture = graph::accuracy(&questionnaire, &evaluated, &head);
        if path.as_os_str() == "-" {
            out.write_all(picture.as_bytes())?;
            return Ok(Exit::Done);
        }
        files::write_picture(path, &picture)?;
    }
    let parts =
        || evaluation::tell(&questionnaire, &evaluated, &head, old.as_ref().map(|(name, _)| name.as_str()));
    match args.format {
        EvaluateFormat::Text => out.write_all(evaluation::text(&parts()).as_bytes())?,
        EvaluateFormat::Markdown => out.write_all(evaluation::markdown(&parts()).as_bytes())?,
        EvaluateFormat::Json => {
            let mut told = evaluation::json(&questionnaire, &evaluated);
            told["left_out"] = without.into();
            writeln!(out, "{}", crate::text::json::safe(serde_json::to_string_pretty(&told)?))?;
        }
    }
    out.flush()?;
    Ok(Exit::Done)
}

/// A sheet, what stands beside it, and its line.
type Row = (Sheet, Option<String>, u64);

/// The sheets of a file, each with what is in the column of what came of the person.
fn read(questionnaire: &Questionnaire, args: &EvaluateArgs, name: &str) -> Result<Vec<Row>> {
    let mut text = Vec::new();
    if args.sheets.as_os_str() == "-" {
        let is_csv = args.from == Some(TableArg::Csv);
        let what = if is_csv { words::CSV_SHEETS } else { words::JSON_SHEETS };
        keyboard::announce(&args.sheets, what, "give a file instead of `-`");
        io::stdin().lock().read_to_end(&mut text).context("cannot read the sheets")?;
    } else {
        text = fs::read(&args.sheets)
            .map_err(|error| WrongUsage(format!("{name}: {}", unreadable::why(&error))))?;
    }
    if text.starts_with(MAGIC_OF_PARQUET) {
        return Err(WrongUsage(words::reads_no_parquet(name, "evaluate")).into());
    }
    match args.from.or_else(|| TableArg::of(&args.sheets)) {
        Some(TableArg::Csv) => rows(questionnaire, args, name, &text),
        Some(TableArg::Jsonl) | None => lines(questionnaire, name, &text, &args.truth),
    }
}

/// Of CSV.
fn rows(questionnaire: &Questionnaire, args: &EvaluateArgs, name: &str, text: &[u8]) -> Result<Vec<Row>> {
    let column = &args.truth;
    let table = CsvTable::of(questionnaire, text, args.layout.map(Into::into), None);
    let (mut table, head) = table.map_err(|wrong| WrongUsage(words::of_file(name, &wrong)))?;
    let beside = table.columns.names.iter().position(|name| name == column);
    let beside = beside.ok_or_else(|| WrongUsage(words::no_truth_column(name, column)))?;
    table.columns.ignored.retain(|(ignored, _)| ignored != column);
    let said = words::columns_without(&table.columns);
    // Who can't hear it has the figures all the same.
    let _ = write!(io::stderr(), "{said}");
    let (mut rows, mut found) = (Vec::new(), Vec::new());
    for row in table::csv_sheets(questionnaire, &table, text, head, beside) {
        let outcome = String::from_utf8(row.beside).map(|text| text.trim().to_owned());
        match (row.sheet, outcome) {
            (Ok(sheet), Ok(outcome)) => {
                rows.push((sheet, Some(outcome).filter(|text| !text.is_empty()), row.line));
            }
            (Err(bad), _) => found.push(format!("line {}: {bad}", row.line)),
            (_, Err(_)) => found.push(format!("line {}: not UTF-8 text (column `{column}`)", row.line)),
        }
        if found.len() >= files::MOST_MISTAKES {
            break;
        }
    }
    if rows.is_empty() && found.is_empty() {
        found.push("there is no sheet in this file".to_owned());
    }
    if found.is_empty() {
        return Ok(rows);
    }
    let found = found.into_iter().map(|said| Diagnostic::of_file(name, said)).collect();
    Err(Problem::HasMistakes { file: name.to_owned(), found }.into())
}

/// Of JSON Lines.
fn lines(questionnaire: &Questionnaire, name: &str, text: &[u8], column: &str) -> Result<Vec<Row>> {
    let reader = SheetReader::new(questionnaire);
    let mut rows = Vec::new();
    let each = files::each_line(name, text, |line, number| {
        let (sheet, beside) =
            reader.read_beside(line, column).map_err(|error| crate::text::json::mistake(&error))?;
        let beside = match beside {
            None | Some(Value::Null) => None,
            Some(Value::String(text)) => Some(text.trim().to_owned()).filter(|text| !text.is_empty()),
            Some(Value::Number(number)) => Some(number.to_string()),
            Some(Value::Bool(flag)) => Some(flag.to_string()),
            Some(Value::Array(_) | Value::Object(_)) => return Err(words::truth_is_no_word(column)),
        };
        rows.push((sheet, beside, number));
        Ok(())
    });
    each.map_err(|found| Problem::HasMistakes { file: name.to_owned(), found })?;
    Ok(rows)
}

/// The people of whom it is known which level was right, and how many it isn't.
fn of_level(
    questionnaire: &Questionnaire,
    args: &EvaluateArgs,
    rows: Vec<Row>,
) -> Result<(Vec<Person>, u64)> {
    let levels: BTreeMap<&str, LevelIndex> =
        questionnaire.levels.iter().enumerate().map(|(index, level)| (level.id.as_str(), index)).collect();
    let ids = || questionnaire.levels.iter().map(|level| level.id.as_str()).collect::<Vec<_>>().join(", ");
    let mut right: BTreeMap<&str, LevelIndex> = levels.clone();
    let mut rest = None;
    for written in &args.right {
        // What came of a person can have any sign in it, the id of a level none.
        let (outcome, level) =
            written.rsplit_once('=').ok_or_else(|| WrongUsage(words::right_is_no_pair(written)))?;
        let level = level.trim();
        let &level = levels.get(level).ok_or_else(|| WrongUsage(words::no_level(level, &ids())))?;
        match outcome.trim() {
            "*" => rest = Some(level),
            outcome => drop(right.insert(outcome, level)),
        }
    }
    let (mut people, mut without) = (Vec::new(), 0);
    let mut unknown: BTreeMap<String, u64> = BTreeMap::new();
    for (sheet, outcome, line) in rows {
        let Some(outcome) = outcome else {
            without += 1;
            continue;
        };
        match right.get(outcome.as_str()).copied().or(rest) {
            Some(right) => people.push(Person { sheet, outcome, right, line }),
            None => *unknown.entry(outcome).or_default() += 1,
        }
    }
    if !unknown.is_empty() {
        return Err(WrongUsage(words::unknown_outcomes(&args.truth, &unknown, &ids())).into());
    }
    if people.is_empty() {
        return Err(WrongUsage(words::nobody_with_truth(&args.truth)).into());
    }
    Ok((people, without))
}
