//! `redflag check`: every mistake in questionnaires, and what can be proved of those without.

use std::io::{self, IsTerminal, Write};
use std::rc::Rc;
use std::time::{Duration, Instant};

use anyhow::Result;

use super::args::{CheckArgs, CheckFormat};
use super::beside;
use super::choice::Choice;
use super::{Exit, builtin, watch};
use crate::proof;
use crate::questionnaire::diagnostic::{Diagnostic, Severity};
use crate::questionnaire::{Questionnaire, yaml};

pub fn run(args: &CheckArgs) -> Result<Exit> {
    if args.watch {
        return watch::run(args);
    }
    let choices = match args.questionnaires.as_slice() {
        [] => builtin::ALL.iter().map(Choice::Builtin).collect(),
        arguments => {
            let arguments = beside::questionnaires(arguments);
            arguments.iter().map(|argument| Choice::of(argument)).collect::<Result<Vec<_>>>()?
        }
    };
    let mut out = io::stdout().lock();
    let mut found = Vec::new();
    for choice in &choices {
        let started = Instant::now();
        let budget = Duration::from_secs(args.budget);
        let checked = Checked::of(choice, args.witness, Rc::new(move || started.elapsed() > budget));
        if args.format == CheckFormat::Text {
            out.write_all(checked.text(has_colour(&out)).as_bytes())?;
        }
        found.extend(checked.diagnostics);
    }
    if args.format == CheckFormat::Json {
        serde_json::to_writer_pretty(&mut out, &found)?;
        writeln!(out)?;
    }
    out.flush()?;
    Ok(if number_of(&found, Severity::Error) > 0 { Exit::NotAllWell } else { Exit::Done })
}

/// What there is to say about one questionnaire.
pub struct Checked {
    pub diagnostics: Vec<Diagnostic>,
    /// What was proved and which scenarios hold, if it could be loaded.
    proved: String,
}

impl Checked {
    /// Looks at a questionnaire until `stop` says that the time is up; what isn't proved by then is a mistake.
    pub fn of(choice: &Choice, witnesses: bool, stop: proof::Stop) -> Checked {
        let (mut diagnostics, questionnaire) = match yaml::load(choice.name(), choice.text()) {
            Ok(loaded) => (loaded.warnings, loaded.questionnaire),
            Err(mistakes) => return Checked { diagnostics: mistakes, proved: String::new() },
        };
        let options = proof::Options { stop, witnesses };
        let proof = proof::prove(&questionnaire, choice.name(), choice.text(), &options);
        let mut proved = format!("{}: {}\n", choice.name(), counts(&questionnaire));
        let verdict =
            if proof.holds() { "proved on every answer sheet" } else { "of what was tried, proved" };
        proved += &format!("{verdict}:\n");
        proof.lines.iter().for_each(|line| proved += &format!("  {line}\n"));
        proof.witnesses.iter().for_each(|line| proved += &format!("  {line}\n"));
        diagnostics.extend(proof.diagnostics);
        let (line, found) = beside::checked(choice, &questionnaire);
        proved += &line;
        diagnostics.extend(found);
        Checked { diagnostics, proved }
    }

    pub fn text(&self, colour: bool) -> String {
        let mut text = rendered(&self.diagnostics, colour);
        if !text.is_empty() && !self.proved.is_empty() {
            text.push('\n');
        }
        text + &self.proved
    }
}

pub fn number_of(diagnostics: &[Diagnostic], severity: Severity) -> usize {
    diagnostics.iter().filter(|diagnostic| diagnostic.severity == severity).count()
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
