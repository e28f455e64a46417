//! `redflag check`: every mistake in questionnaires.

use std::fmt::Write as _;
use std::io::{self, Write};

use anyhow::Result;
use serde::Serialize;

use super::args::{CheckArgs, CheckFormat};
use super::choice::Choice;
use super::{Exit, builtin};
use crate::questionnaire::diagnostic::{Diagnostic, Severity};
use crate::questionnaire::{Questionnaire, yaml};
use crate::report::clean;

pub fn run(args: &CheckArgs) -> Result<Exit> {
    let choices = match args.questionnaires.as_slice() {
        [] => builtin::ALL.iter().map(Choice::Builtin).collect(),
        arguments => arguments.iter().map(|argument| Choice::of(argument)).collect::<Result<Vec<_>>>()?,
    };
    let mut out = io::stdout().lock();
    let mut found = Vec::new();
    for choice in &choices {
        let (diagnostics, questionnaire) = match yaml::load(choice.name(), choice.text()) {
            Ok(loaded) => (loaded.warnings, Some(loaded.questionnaire)),
            Err(mistakes) => (mistakes, None),
        };
        if args.format == CheckFormat::Text {
            out.write_all(rendered(&diagnostics).as_bytes())?;
            if let Some(questionnaire) = questionnaire.filter(|_| diagnostics.is_empty()) {
                writeln!(out, "{}: {}", choice.name(), counts(&questionnaire))?;
            }
        }
        found.extend(diagnostics);
    }
    if args.format == CheckFormat::Json {
        let found: Vec<_> = found.iter().map(Found::of).collect();
        serde_json::to_writer_pretty(&mut out, &found)?;
        writeln!(out)?;
    }
    out.flush()?;
    let any_error = found.iter().any(|diagnostic| diagnostic.severity == Severity::Error);
    Ok(if any_error { Exit::NotAllWell } else { Exit::Done })
}

/// The mistakes as text, with their places.
pub fn rendered(diagnostics: &[Diagnostic]) -> String {
    let mut text = String::new();
    for found in diagnostics {
        let severity = severity(found.severity);
        let _ =
            writeln!(text, "{}:{}:{}: {severity}: {}", found.file, found.line, found.column, found.message);
    }
    clean(&text)
}

fn severity(severity: Severity) -> &'static str {
    match severity {
        Severity::Error => "error",
        Severity::Warning => "warning",
    }
}

/// The shape that others rely on.
#[derive(Serialize)]
struct Found<'a> {
    severity: &'static str,
    code: &'static str,
    message: String,
    file: &'a str,
    line: usize,
    column: usize,
    /// An answer sheet that shows the mistake, where one does.
    witness: Option<()>,
}

impl Found<'_> {
    fn of(found: &Diagnostic) -> Found<'_> {
        Found {
            severity: severity(found.severity),
            code: found.code,
            message: match &found.help {
                Some(help) => format!("{}; {help}", found.message),
                None => found.message.clone(),
            },
            file: &found.file,
            line: found.line,
            column: found.column,
            witness: None,
        }
    }
}

fn counts(questionnaire: &Questionnaire) -> String {
    let count = |number: usize, what: &str| match number {
        1 => format!("1 {what}"),
        _ => format!("{number} {what}s"),
    };
    [
        count(questionnaire.sections.len(), "section"),
        count(questionnaire.questions.len(), "question"),
        count(questionnaire.rules.len(), "rule"),
    ]
    .join(", ")
}
