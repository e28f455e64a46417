//! `redflag check`: every mistake in questionnaires, and what can be proved of those without.

use std::io::{self, IsTerminal, Write};
use std::rc::Rc;
use std::time::{Duration, Instant};

use anyhow::Result;

use super::args::{CheckArgs, CheckFormat};
use super::choice::Choice;
use super::{Exit, builtin};
use crate::proof;
use crate::questionnaire::diagnostic::{Diagnostic, Severity};
use crate::questionnaire::{Questionnaire, yaml};

pub fn run(args: &CheckArgs) -> Result<Exit> {
    let choices = match args.questionnaires.as_slice() {
        [] => builtin::ALL.iter().map(Choice::Builtin).collect(),
        arguments => arguments.iter().map(|argument| Choice::of(argument)).collect::<Result<Vec<_>>>()?,
    };
    let mut out = WhileRead { to: io::stdout().lock(), gone: false };
    let mut found = Vec::new();
    for choice in &choices {
        let (mut diagnostics, questionnaire) = match yaml::load(choice.name(), choice.text()) {
            Ok(loaded) => (loaded.warnings, Some(loaded.questionnaire)),
            Err(mistakes) => (mistakes, None),
        };
        let mut told = String::new();
        if let Some(questionnaire) = questionnaire {
            let options = proof::Options { stop: within(args.budget), witnesses: args.witness };
            let proof = proof::prove(&questionnaire, choice.name(), choice.text(), &options);
            told = format!("{}: {}\n", choice.name(), counts(&questionnaire));
            let verdict =
                if proof.holds() { "proved on every answer sheet" } else { "of what was tried, proved" };
            told += &format!("{verdict}:\n");
            proof.lines.iter().for_each(|line| told += &format!("  {line}\n"));
            proof.witnesses.iter().for_each(|line| told += &format!("  {line}\n"));
            diagnostics.extend(proof.diagnostics);
        }
        if args.format == CheckFormat::Text {
            let mut drawn = rendered(&diagnostics, has_colour(&out.to));
            if !drawn.is_empty() && !told.is_empty() {
                drawn.push('\n');
            }
            out.write_all(drawn.as_bytes())?;
            out.write_all(told.as_bytes())?;
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

/// Says that the time is up after so many seconds from now.
fn within(seconds: u64) -> proof::Stop {
    let started = Instant::now();
    let budget = Duration::from_secs(seconds);
    Rc::new(move || started.elapsed() > budget)
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

/// Where a reader that goes away, as `grep -q` does, ends nothing: the status still tells what was found.
struct WhileRead<W> {
    to: W,
    gone: bool,
}

impl<W: Write> WhileRead<W> {
    fn unless_gone(&mut self, write: impl FnOnce(&mut W) -> io::Result<()>) -> io::Result<()> {
        let written = if self.gone { Ok(()) } else { write(&mut self.to) };
        self.gone |= written.as_ref().is_err_and(|error| error.kind() == io::ErrorKind::BrokenPipe);
        if self.gone { Ok(()) } else { written }
    }
}

impl<W: Write> Write for WhileRead<W> {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        self.unless_gone(|to| to.write_all(bytes)).map(|()| bytes.len())
    }

    fn flush(&mut self) -> io::Result<()> {
        self.unless_gone(W::flush)
    }
}
