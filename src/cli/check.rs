//! `redflag check`: every mistake in questionnaires, and what can be proved of those without.

use std::io::{self, IsTerminal, Write};
use std::path::Path;
use std::rc::Rc;
use std::time::{Duration, Instant};

use anyhow::Result;

use super::args::{CheckArgs, CheckFormat};
use super::choice::Choice;
use super::language::Companion;
use super::{Exit, builtin, watch};
use crate::proof;
use crate::questionnaire::Questionnaire;
use crate::questionnaire::diagnostic::{Diagnostic, Severity};
use crate::questionnaire::yaml::{self, Original};

pub fn run(args: &CheckArgs) -> Result<Exit> {
    if args.watch {
        return watch::run(args);
    }
    let choices = match args.questionnaires.as_slice() {
        [] => builtin::ALL.iter().map(Choice::Builtin).collect(),
        arguments => arguments.iter().map(|argument| Choice::of(argument)).collect::<Result<Vec<_>>>()?,
    };
    let mut out = WhileRead { to: io::stdout().lock(), gone: false };
    let mut found = Vec::new();
    for choice in &choices {
        let started = Instant::now();
        let budget = Duration::from_secs(args.budget);
        let checked = Checked::of(choice, args.witness, Rc::new(move || started.elapsed() > budget));
        if args.format == CheckFormat::Text {
            out.write_all(checked.text(has_colour(&out.to)).as_bytes())?;
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

/// What there is to say about one questionnaire with its translations, or about one translation.
pub struct Checked {
    pub diagnostics: Vec<Diagnostic>,
    /// What holds of those that could be loaded.
    proved: String,
}

impl Checked {
    /// Looks at a questionnaire until `stop` says that the time is up; what isn't proved by then is a mistake.
    pub fn of(choice: &Choice, witnesses: bool, stop: proof::Stop) -> Checked {
        if let Choice::File { path, .. } = choice
            && let Some((companion, original)) = Companion::of(path)
        {
            return Checked::translation(&companion, &original);
        }
        let loaded = match yaml::load(choice.name(), choice.text()) {
            Ok(loaded) => loaded,
            Err(diagnostics) => return Checked { diagnostics, proved: String::new() },
        };
        let mut checked = Checked { diagnostics: loaded.warnings, proved: String::new() };
        checked.prove(&loaded.questionnaire, choice, &proof::Options { stop, witnesses });
        match choice {
            Choice::File { path, .. } => {
                for companion in Companion::beside(path) {
                    checked.compare(&companion, &loaded.questionnaire, choice);
                }
            }
            // The build has looked at these.
            Choice::Builtin(builtin) => {
                for translation in builtin.translations().unwrap_or_default() {
                    let name = format!("{} ({})", builtin.name, translation.language);
                    checked.proved += &texts(&name, translation.counts(&loaded.questionnaire));
                }
            }
        }
        checked
    }

    /// Of one translation; of its questionnaire only what keeps it from being read.
    fn translation(companion: &Companion, original: &Path) -> Checked {
        let mut checked = Checked { diagnostics: Vec::new(), proved: String::new() };
        let choice = Choice::of(&original.to_string_lossy());
        match choice.map(|choice| (yaml::load(choice.name(), choice.text()), choice)) {
            Ok((Ok(loaded), choice)) => checked.compare(companion, &loaded.questionnaire, &choice),
            Ok((Err(mistakes), _)) => checked.diagnostics = mistakes,
            Err(error) => checked.diagnostics.push(Diagnostic::of_file(&companion.name, error.to_string())),
        }
        checked
    }

    fn prove(&mut self, questionnaire: &Questionnaire, choice: &Choice, options: &proof::Options) {
        let proof = proof::prove(questionnaire, choice.name(), choice.text(), options);
        self.proved += &format!("{}: {}\n", choice.name(), counts(questionnaire));
        let verdict =
            if proof.holds() { "proved on every answer sheet" } else { "of what was tried, proved" };
        self.proved += &format!("{verdict}:\n");
        proof.lines.iter().for_each(|line| self.proved += &format!("  {line}\n"));
        proof.witnesses.iter().for_each(|line| self.proved += &format!("  {line}\n"));
        self.diagnostics.extend(proof.diagnostics);
    }

    fn compare(&mut self, companion: &Companion, questionnaire: &Questionnaire, choice: &Choice) {
        let original = Original { questionnaire, file: choice.name(), text: choice.text() };
        match companion.load(&original) {
            Ok(loaded) => {
                self.proved += &texts(&companion.name, loaded.translation.counts(questionnaire));
                self.diagnostics.extend(loaded.warnings);
            }
            Err(mistakes) => self.diagnostics.extend(mistakes),
        }
    }

    pub fn text(&self, colour: bool) -> String {
        let mut text = rendered(&self.diagnostics, colour);
        if !text.is_empty() && !self.proved.is_empty() {
            text.push('\n');
        }
        text + &self.proved
    }
}

/// How much of a translation is there. Nothing needs to be proved of it: it differs in texts alone.
fn texts(name: &str, (texts, missing): (usize, usize)) -> String {
    match missing {
        0 => format!("{name}: {texts} texts, all translated\n"),
        _ => format!("{name}: {texts} texts, {missing} of them not translated\n"),
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
