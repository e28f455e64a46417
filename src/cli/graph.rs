//! `redflag graph`: a questionnaire as a picture.

use std::fs;
use std::io::{self, IsTerminal, Write};
use std::path::Path;

use anyhow::Result;

use super::args::GraphArgs;
use super::values::GraphFormat;
use super::{Exit, WrongUsage, files, words};
use crate::graph::Format;
use crate::library::Choice;

pub fn run(args: &GraphArgs) -> Result<Exit> {
    let by_ending = || args.output.as_deref().and_then(Path::to_str).and_then(Format::of_file);
    let format = args.format.map(Format::from).or_else(by_ending).unwrap_or(Format::Svg);
    let to_file = args.output.as_deref().filter(|path| path.as_os_str() != "-");
    if let (None, Some(ending)) = (args.format, args.output.as_deref().and_then(other_picture)) {
        return Err(WrongUsage(words::no_such_picture(&ending)).into());
    }
    let mut out = io::stdout().lock();
    if args.output.is_none() && format == Format::Svg && out.is_terminal() {
        return Err(WrongUsage(words::PICTURE_NEEDS_A_FILE.to_owned()).into());
    }
    let choice = Choice::of(&args.questionnaire)?;
    if let (Some(path), Choice::File { .. }) = (to_file, &choice)
        && is_same(path, Path::new(&args.questionnaire))
    {
        return Err(WrongUsage(words::would_be_overwritten(choice.name())).into());
    }
    let picture = format.draw(&choice.questionnaire()?);
    match to_file {
        Some(path) => files::write_picture(path, &picture)?,
        None => {
            out.write_all(picture.as_bytes())?;
            out.flush()?;
        }
    }
    Ok(Exit::Done)
}

/// The ending of a file that would hold a picture of another kind, if it has one.
fn other_picture(path: &Path) -> Option<String> {
    let ending = path.extension()?.to_str()?.to_ascii_lowercase();
    ["png", "jpg", "jpeg", "gif", "webp", "pdf", "html"].contains(&ending.as_str()).then_some(ending)
}

/// Whether both are one file, by whatever way.
fn is_same(one: &Path, other: &Path) -> bool {
    matches!((fs::canonicalize(one), fs::canonicalize(other)), (Ok(one), Ok(other)) if one == other)
}

impl From<GraphFormat> for Format {
    fn from(format: GraphFormat) -> Format {
        match format {
            GraphFormat::Svg => Format::Svg,
            GraphFormat::Mermaid => Format::Mermaid,
            GraphFormat::Dot => Format::Dot,
        }
    }
}
