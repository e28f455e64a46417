//! `redflag check`: every mistake in questionnaires, and what can be proved of those without.

use std::io::{self, IsTerminal, Write};
use std::rc::Rc;
use std::time::{Duration, Instant};

use anyhow::Result;

use super::args::{CheckArgs, CheckFormat};
use super::choice::Choice;
use super::language::Companion;
use super::{Exit, builtin};
use crate::proof;
use crate::questionnaire::Questionnaire;
use crate::questionnaire::diagnostic::{Diagnostic, Severity};
use crate::questionnaire::yaml::{self, Original};

pub fn run(args: &CheckArgs) -> Result<Exit> {
    let choices = match args.questionnaires.as_slice() {
        [] => builtin::ALL.iter().map(Choice::Builtin).collect(),
        arguments => arguments.iter().map(|argument| Choice::of(argument)).collect::<Result<Vec<_>>>()?,
    };
    let mut out = io::stdout().lock();
    let mut found = Vec::new();
    for choice in &choices {
        for Told { diagnostics, proved } in check(choice, args)? {
            if args.format == CheckFormat::Text {
                let mut drawn = rendered(&diagnostics, has_colour(&out));
                if !drawn.is_empty() && !proved.is_empty() {
                    drawn.push('\n');
                }
                out.write_all(drawn.as_bytes())?;
                out.write_all(proved.as_bytes())?;
            }
            found.extend(diagnostics);
        }
    }
    if args.format == CheckFormat::Json {
        serde_json::to_writer_pretty(&mut out, &found)?;
        writeln!(out)?;
    }
    out.flush()?;
    let any_error = found.iter().any(|diagnostic| diagnostic.severity == Severity::Error);
    Ok(if any_error { Exit::NotAllWell } else { Exit::Done })
}

/// What there is to say about one file.
#[derive(Default)]
struct Told {
    diagnostics: Vec<Diagnostic>,
    /// What holds, as text.
    proved: String,
}

/// Of a questionnaire and the translations beside it, or of one translation.
fn check(choice: &Choice, args: &CheckArgs) -> Result<Vec<Told>> {
    if let Choice::File { path, .. } = choice
        && let Some((companion, questionnaire)) = Companion::of(path)
    {
        let choice = Choice::of(&questionnaire.to_string_lossy())?;
        return Ok(match yaml::load(choice.name(), choice.text()) {
            Ok(loaded) => vec![translation(&companion, &loaded.questionnaire, &choice)],
            Err(diagnostics) => vec![Told { diagnostics, proved: String::new() }],
        });
    }
    let loaded = match yaml::load(choice.name(), choice.text()) {
        Ok(loaded) => loaded,
        Err(diagnostics) => return Ok(vec![Told { diagnostics, proved: String::new() }]),
    };
    let mut told = vec![questionnaire(loaded.warnings, &loaded.questionnaire, choice, args)];
    match choice {
        Choice::File { path, .. } => {
            let companions = Companion::beside(path);
            told.extend(companions.iter().map(|one| translation(one, &loaded.questionnaire, choice)));
        }
        // The build has looked at these.
        Choice::Builtin(builtin) => {
            for translation in builtin.translations()? {
                let name = format!("{} ({})", builtin.name, translation.language);
                let missing = translation.texts.iter().filter(|text| text.is_none()).count();
                let proved = texts(&name, translation.texts.len(), missing);
                told.push(Told { diagnostics: Vec::new(), proved });
            }
        }
    }
    Ok(told)
}

fn questionnaire(
    warnings: Vec<Diagnostic>,
    questionnaire: &Questionnaire,
    choice: &Choice,
    args: &CheckArgs,
) -> Told {
    let options = proof::Options { stop: within(args.budget), witnesses: args.witness };
    let proof = proof::prove(questionnaire, choice.name(), choice.text(), &options);
    let mut proved = format!("{}: {}\n", choice.name(), counts(questionnaire));
    let verdict = if proof.holds() { "proved on every answer sheet" } else { "of what was tried, proved" };
    proved += &format!("{verdict}:\n");
    proof.lines.iter().for_each(|line| proved += &format!("  {line}\n"));
    proof.witnesses.iter().for_each(|line| proved += &format!("  {line}\n"));
    let mut diagnostics = warnings;
    diagnostics.extend(proof.diagnostics);
    Told { diagnostics, proved }
}

fn translation(companion: &Companion, questionnaire: &Questionnaire, choice: &Choice) -> Told {
    let original = Original { questionnaire, file: choice.name(), text: choice.text() };
    match companion.load(&original) {
        Ok(loaded) => {
            let proved = texts(&companion.name, loaded.texts, loaded.missing);
            Told { diagnostics: loaded.warnings, proved }
        }
        Err(diagnostics) => Told { diagnostics, proved: String::new() },
    }
}

/// How much of a translation is there. Nothing needs to be proved of it: it differs in texts alone.
fn texts(name: &str, texts: usize, missing: usize) -> String {
    match missing {
        0 => format!("{name}: {texts} texts, all translated\n"),
        _ => format!("{name}: {texts} texts, {missing} of them not translated\n"),
    }
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
