//! `redflag check`: every mistake in questionnaires, and what can be proved of those without.

use std::io::{self, IsTerminal, Write};
use std::rc::Rc;
use std::time::{Duration, Instant};

use anyhow::Result;

use super::args::{CheckArgs, CheckFormat};
use super::choice::Choice;
use super::{Exit, builtin};
use crate::diff::{self, Files, Versions};
use crate::proof;
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
            let (beside, line) = beside_built_in(choice, &questionnaire, args.budget)?;
            proof.lines.iter().chain(&line).for_each(|line| told += &format!("  {line}\n"));
            proof.witnesses.iter().for_each(|line| told += &format!("  {line}\n"));
            diagnostics.extend(proof.diagnostics);
            diagnostics.extend(beside);
        }
        if args.format == CheckFormat::Text {
            let mut drawn = rendered(&diagnostics, has_colour(&out));
            if !drawn.is_empty() && !told.is_empty() {
                drawn.push('\n');
            }
            out.write_all(drawn.as_bytes())?;
            out.write_all(told.as_bytes())?;
        }
        found.extend(diagnostics);
    }
    if args.format == CheckFormat::Json {
        writeln!(out, "{}", serde_json::to_string_pretty(&found)?)?;
    }
    out.flush()?;
    let any_error = found.iter().any(|diagnostic| diagnostic.severity == Severity::Error);
    Ok(if any_error { Exit::NotAllWell } else { Exit::Done })
}

/// What a changed copy of a built-in questionnaire does otherwise, and what is proved of it.
fn beside_built_in(
    choice: &Choice,
    questionnaire: &Questionnaire,
    budget: u64,
) -> Result<(Vec<Diagnostic>, Option<String>)> {
    let nothing = (Vec::new(), None);
    let Choice::File { name, text } = choice else { return Ok(nothing) };
    let Some(builtin) = builtin::find(&questionnaire.id) else { return Ok(nothing) };
    if builtin.yaml.as_bytes() == text {
        return Ok(nothing);
    }
    let original = builtin.questionnaire()?;
    let versions = Versions { old: &original, new: questionnaire };
    let difference = diff::compare(versions, &within(budget));
    if difference.is_nothing() {
        return Ok(nothing);
    }
    let files = Files::new(versions, (builtin.name, name), (builtin.yaml.as_bytes(), text));
    Ok((diff::findings(&files, &difference), diff::proved(&files, &difference)))
}

/// Says that the time is up after so many seconds from now.
pub fn within(seconds: u64) -> proof::Stop {
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
