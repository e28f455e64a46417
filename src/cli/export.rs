//! `redflag export`: the encounters of a store as lines of JSON, or as a table.

use std::io::{self, Write};
use std::path::Path;

use anyhow::{Result, anyhow};
use jiff::Timestamp;
use serde_json::{Map, Value, json};

use super::args::ExportArgs;
use super::values::ExportFormat;
use super::{Exit, kept, words};
use crate::questionnaire::{Domain, Questionnaire};
use crate::save::{self, Readers};
use crate::sql::Columns;
use crate::store::{Record, Source};
use crate::system::clock;
use crate::text::json::safe;
use crate::words::Language;

/// The columns before the answers.
const BESIDE: [&str; 10] =
    ["id", "ticket", "opened", "station", "source", "asked_as", "version", "level", "finished", "seen"];

pub fn run(args: &ExportArgs) -> Result<Exit> {
    let named = args.questionnaire.as_deref();
    let Some(mut kept) = kept::open(&args.access, &args.span, named)? else {
        return Ok(Exit::Done);
    };
    let questionnaire = kept.questionnaire()?;
    let (written, misfits) = match args.format {
        ExportFormat::Jsonl => (lines(args, &questionnaire, &kept.records), Vec::new()),
        ExportFormat::Csv => table(args, &questionnaire, &kept.records)?,
    };
    // It is noted before anything leaves, so that nothing leaves without a note.
    kept.store.note_export(Timestamp::now(), words::exported(kept.records.len(), &kept.which.id))?;
    match &args.to {
        Some(path) if path != Path::new("-") => {
            let told = |why: String| anyhow!("{}: {why}", words::not_written_yet(&path.to_string_lossy()));
            save::write(path, &written, Readers::Owner, Language::English.words()).map_err(told)?;
        }
        _ => {
            let mut out = io::stdout().lock();
            out.write_all(written.as_bytes())?;
            out.flush()?;
        }
    }
    for misfit in &misfits {
        writeln!(io::stderr(), "redflag: {misfit}")?;
    }
    Ok(if misfits.is_empty() { Exit::Done } else { Exit::NotAllWell })
}

/// An object a line.
fn lines(args: &ExportArgs, questionnaire: &Questionnaire, records: &[Record]) -> String {
    let mut out = String::new();
    for record in records {
        let mut answers = record.value["answers"].as_object().cloned().unwrap_or_default();
        if !args.with_text {
            answers.retain(|id, _| !is_text(questionnaire, id));
        }
        let line = if args.sheets {
            let id = Map::from_iter([("id".to_owned(), Value::from(record.id.to_string()))]);
            Value::Object(id.into_iter().chain(answers).collect())
        } else {
            let mut line = beside(record);
            line["questionnaire"] = json!(record.summary.questionnaire);
            line["answers"] = Value::Object(answers);
            if args.with_reference {
                line["reference"] = json!(record.summary.reference);
            }
            if args.with_text {
                line["notes"] = record
                    .notes
                    .iter()
                    .map(|note| json!({ "question": note.question, "text": note.text, "by": note.mark.who.name }))
                    .collect();
            }
            line
        };
        out += &safe(line.to_string());
        out.push('\n');
    }
    out
}

/// Is it one that people answer in their own words, or one that nobody knows any more, which may be?
fn is_text(questionnaire: &Questionnaire, id: &str) -> bool {
    questionnaire.question_index(id).is_none_or(|index| questionnaire.questions[index].domain == Domain::Text)
}

/// What is known of an encounter beside its answers.
fn beside(record: &Record) -> Value {
    let summary = &record.summary;
    let moment = |at: Timestamp| at.to_zoned(clock::now().time_zone().clone()).datetime().to_string();
    json!({
        "id": record.id.to_string(),
        "ticket": summary.ticket,
        "opened": moment(summary.opened.at),
        "station": summary.opened.station,
        "source": match summary.source { Source::Kiosk => "kiosk", Source::Intake => "intake" },
        "asked_as": summary.audience,
        "version": summary.questionnaire.version,
        "level": summary.level.as_ref().map(|level| &level.id),
        "finished": summary.level.as_ref().is_some_and(|level| level.finished),
        "seen": summary.seen.as_ref().map(|seen| moment(seen.at)),
    })
}

/// A table with a head, and what did not fit into it.
fn table(
    args: &ExportArgs,
    questionnaire: &Questionnaire,
    records: &[Record],
) -> Result<(String, Vec<String>)> {
    let columns = Columns::of(questionnaire, args.layout.into(), args.with_text);
    let mut out = csv::Writer::from_writer(Vec::new());
    let more = args.with_reference.then_some("reference");
    out.write_record(BESIDE.into_iter().chain(more).chain(columns.names()))?;
    let mut misfits = Vec::new();
    for record in records {
        let kept = record.encounter(questionnaire)?;
        misfits.extend(kept.misfits.iter().map(|misfit| words::misfit_of(&record.id.to_string(), misfit)));
        let known = beside(record);
        let known = BESIDE.iter().map(|key| match &known[*key] {
            Value::Null => String::new(),
            Value::String(text) => harmless(text),
            Value::Bool(is) => if *is { "1" } else { "0" }.to_owned(),
            other => other.to_string(),
        });
        let reference = || harmless(record.summary.reference.as_deref().unwrap_or_default());
        let more = args.with_reference.then(reference);
        let cells =
            columns.cells(questionnaire, &kept.encounter.sheet).into_iter().map(|cell| harmless(&cell));
        out.write_record(known.chain(more).chain(cells))?;
    }
    Ok((String::from_utf8(out.into_inner()?)?, misfits))
}

/// A text that spreadsheets take for nothing but text: one that begins as a formula does gets a quotation mark before
/// it. Numbers below zero stay numbers.
fn harmless(cell: &str) -> String {
    let is_formula = cell.starts_with(['=', '+', '-', '@', '\t', '\r']) && cell.parse::<f64>().is_err();
    if is_formula { format!("'{cell}") } else { cell.to_owned() }
}
