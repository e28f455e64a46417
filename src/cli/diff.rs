//! `redflag diff`: who is told something else by a new version of a questionnaire.

use std::io::{self, Write};

use anyhow::Result;

use super::Exit;
use super::args::DiffArgs;
use super::drawing::{has_colour, mistakes as drawn, within};
use super::values::CheckFormat;
use super::while_read::WhileRead;
use crate::diff::{self, Files, Versions};
use crate::library::{Choice, Opened, Problem};

pub fn run(args: &DiffArgs) -> Result<Exit> {
    let (old, new) = (Choice::of_any(&args.old)?, Choice::of_any(&args.new)?);
    let mut out = WhileRead::new(io::stdout().lock());
    let (mut mistakes, mut opened) = (Vec::new(), Vec::new());
    for choice in [&old, &new] {
        match Opened::of(choice) {
            Ok(found) => {
                mistakes.extend(found.mistakes().cloned());
                opened.push(found.languages);
            }
            Err(Problem::HasMistakes { found, .. }) => mistakes.extend(found),
            Err(problem) => return Err(problem.into()),
        }
    }
    let ([before, now], true) = (opened.as_slice(), mistakes.is_empty()) else {
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
    let versions = Versions { old: before.first(), new: now.first() };
    let mut difference = diff::compare(versions, &within(args.budget));
    difference.languages = diff::languages(before, now).map_err(anyhow::Error::msg)?;
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
