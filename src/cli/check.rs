//! `redflag check`: every mistake in questionnaires, and what can be proved of those without.

use std::io::{self, Write};

use anyhow::Result;

use super::args::CheckArgs;
use super::checked::Checked;
use super::drawing::{has_colour, number_of, within};
use super::values::CheckFormat;
use super::while_read::WhileRead;
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
            let arguments = scenario_file::questionnaires(arguments)?;
            arguments.iter().map(|argument| Choice::of(argument)).collect::<Result<Vec<_>, _>>()?
        }
    };
    let mut out = WhileRead::new(io::stdout().lock());
    let mut found = Vec::new();
    for choice in &choices {
        let checked = Checked::of(choice, args.witness, within(args.budget));
        if args.format == CheckFormat::Text {
            out.write_all(checked.text(has_colour(out.stream())).as_bytes())?;
        }
        found.extend(checked.diagnostics);
    }
    if args.format == CheckFormat::Json {
        writeln!(out, "{}", serde_json::to_string_pretty(&found)?)?;
    }
    out.flush()?;
    Ok(if number_of(&found, Severity::Error) > 0 { Exit::NotAllWell } else { Exit::Done })
}
