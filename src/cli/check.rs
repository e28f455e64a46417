//! `redflag check`: every mistake in questionnaires, and what can be proved of those without.

use std::io::{self, Write};

use anyhow::Result;

use super::args::{CheckArgs, CheckFormat};
use super::checked::Checked;
use super::drawing::{has_colour, number_of, within};
use super::{Exit, watch};
use crate::library::{Choice, builtin, scenario_file};
use crate::questionnaire::diagnostic::Severity;

pub fn run(args: &CheckArgs) -> Result<Exit> {
    if args.watch {
        return watch::run(args);
    }
    let choices = match args.questionnaires.as_slice() {
        [] => builtin::ALL.iter().map(Choice::Builtin).collect(),
        arguments => {
            let arguments = scenario_file::questionnaires(arguments);
            arguments.iter().map(|argument| Choice::of(argument)).collect::<Result<Vec<_>, _>>()?
        }
    };
    let mut out = WhileRead { to: io::stdout().lock(), gone: false };
    let mut found = Vec::new();
    for choice in &choices {
        let checked = Checked::of(choice, args.witness, within(args.budget));
        if args.format == CheckFormat::Text {
            out.write_all(checked.text(has_colour(&out.to)).as_bytes())?;
        }
        found.extend(checked.diagnostics);
    }
    if args.format == CheckFormat::Json {
        writeln!(out, "{}", serde_json::to_string_pretty(&found)?)?;
    }
    out.flush()?;
    Ok(if number_of(&found, Severity::Error) > 0 { Exit::NotAllWell } else { Exit::Done })
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
