//! `redflag diff`: who is told something else by a new version of a questionnaire.

use std::io::{self, Write};

use anyhow::Result;

use super::Exit;
use super::args::{CheckFormat, DiffArgs};
use super::drawing::{has_colour, mistakes as drawn, within};
use super::while_read::WhileRead;
use crate::diff::{self, Files, Versions};
use crate::library::Choice;
use crate::questionnaire::Questionnaire;
use crate::questionnaire::diagnostic::Diagnostic;
use crate::questionnaire::yaml;

pub fn run(args: &DiffArgs) -> Result<Exit> {
    let (old, new) = (Choice::of_any(&args.old)?, Choice::of_any(&args.new)?);
    let mut out = WhileRead::new(io::stdout().lock());
    let (mut mistakes, mut loaded) = (Vec::new(), Vec::new());
    for choice in [&old, &new] {
        match read(choice)? {
            Ok(questionnaire) => loaded.push(questionnaire),
            Err(found) => mistakes.extend(found),
        }
    }
    let [before, now] = loaded.as_slice() else {
        match args.format {
            CheckFormat::Text => out.write_all(drawn(&mistakes, has_colour(out.stream())).as_bytes())?,
            CheckFormat::Json => {
                let mistakes = serde_json::json!({ "mistakes": mistakes });
                writeln!(out, "{}", serde_json::to_string_pretty(&mistakes)?)?;
            }
        }
        out.flush()?;
        return Ok(Exit::NotAllWell);
    };
    let versions = Versions { old: before, new: now };
    let difference = diff::compare(versions, &within(args.budget));
    let files = Files::new(versions, (old.name(), new.name()), (old.text(), new.text()));
    match args.format {
        CheckFormat::Text => out.write_all(diff::text(&files, &difference).as_bytes())?,
        CheckFormat::Json => {
            writeln!(out, "{}", serde_json::to_string_pretty(&diff::json(&files, &difference))?)?;
        }
    }
    out.flush()?;
    let all_well = difference.is_proved() && !difference.is_less_urgent() && !difference.is_told_less();
    Ok(if all_well { Exit::Done } else { Exit::NotAllWell })
}

/// The questionnaire, or the mistakes in it.
fn read(choice: &Choice) -> Result<Result<Questionnaire, Vec<Diagnostic>>> {
    match choice {
        Choice::Builtin(builtin) => Ok(Ok(builtin.questionnaire()?)),
        Choice::File { name, text, .. } => Ok(yaml::load(name, text).map(|loaded| loaded.questionnaire)),
    }
}
