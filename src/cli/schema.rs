//! `redflag schema`: the file format for editors.

use std::io::{self, Write};

use anyhow::Result;

use super::Exit;
use super::args::SchemaArgs;
use crate::questionnaire::yaml;
use crate::scenarios;

pub fn run(args: &SchemaArgs) -> Result<Exit> {
    let schema = if args.tests { scenarios::schema() } else { yaml::schema() };
    let mut out = io::stdout().lock();
    writeln!(out, "{}", serde_json::to_string_pretty(&schema)?)?;
    out.flush()?;
    Ok(Exit::Done)
}
