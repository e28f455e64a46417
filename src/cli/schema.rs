//! `redflag schema`: the file format for editors.

use std::io::{self, Write};

use anyhow::Result;

use super::Exit;
use super::args::SchemaArgs;
use crate::library::Choice;
use crate::population;
use crate::questionnaire::yaml;
use crate::scenarios;

pub fn run(args: &SchemaArgs) -> Result<Exit> {
    let schema = match &args.translation_of {
        None if args.tests => scenarios::schema(),
        None if args.population => population::schema(),
        None => yaml::schema(),
        Some(argument) => yaml::translation_schema(&Choice::of(argument)?.questionnaire()?),
    };
    let mut out = io::stdout().lock();
    writeln!(out, "{}", serde_json::to_string_pretty(&schema)?)?;
    out.flush()?;
    Ok(Exit::Done)
}
