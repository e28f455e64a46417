//! `redflag check`: every mistake in questionnaires.

use std::io::{self, IsTerminal, Write};

use anyhow::Result;

use super::args::{CheckArgs, CheckFormat};
use super::choice::Choice;
use super::{Exit, builtin};
use crate::questionnaire::diagnostic::{Diagnostic, Severity};
use crate::questionnaire::{Questionnaire, yaml};

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
            out.write_all(rendered(&diagnostics, has_colour(&out)).as_bytes())?;
            if let Some(questionnaire) = questionnaire.filter(|_| diagnostics.is_empty()) {
                writeln!(out, "{}: {}", choice.name(), counts(&questionnaire))?;
            }
        }
        found.extend(diagnostics);
    }
    if args.format == CheckFormat::Json {
        serde_json::to_writer_pretty(&mut out, &found)?;
        writeln!(out)?;
    }
    out.flush()?;
    let any_error = found.iter().any(|diagnostic| diagnostic.severity == Severity::Error);
    Ok(if any_error { Exit::NotAllWell } else { Exit::Done })
}

/// The mistakes as text, with their places; in colours for a terminal.
pub fn rendered(diagnostics: &[Diagnostic], colour: bool) -> String {
    diagnostics.iter().map(|diagnostic| diagnostic.render(colour)).collect::<Vec<_>>().join("\n")
}

/// May text on this stream have colours?
pub fn has_colour(stream: &impl IsTerminal) -> bool {
    let is_set = |name| std::env::var_os(name).is_some_and(|value| !value.is_empty());
    stream.is_terminal() && !is_set("NO_COLOR") && std::env::var_os("TERM").is_none_or(|term| term != "dumb")
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
