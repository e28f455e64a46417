//! `redflag schema`: the file format for editors.

use std::io::{self, Write};

use anyhow::Result;

use super::Exit;
use crate::questionnaire::yaml;

pub fn run() -> Result<Exit> {
    let mut out = io::stdout().lock();
    writeln!(out, "{}", serde_json::to_string_pretty(&yaml::schema())?)?;
    out.flush()?;
    Ok(Exit::Done)
}
