//! `redflag schema`: the formats that are read and written, for editors and other programs.

use std::io::{self, Write};

use anyhow::Result;

use super::args::SchemaArgs;
use super::{Exit, contracts};
use crate::encounter;
use crate::library::Choice;
use crate::population;
use crate::questionnaire::yaml;
use crate::report;
use crate::scenarios;
use crate::site;
use crate::vocabulary;

pub fn run(args: &SchemaArgs) -> Result<Exit> {
    let schema = match &args.translation_of {
        None if args.answers_of.is_some() => {
            let of = args.answers_of.as_deref().unwrap_or_default();
            contracts::answers(&Choice::of(of)?.questionnaire()?)
        }
        None if args.tests => scenarios::schema(),
        None if args.population => population::schema(),
        None if args.encounter => encounter::json::schema().to_value(),
        None if args.report => report::json::schema().to_value(),
        None if args.site => site::schema(),
        None if args.assess => contracts::assess(),
        None if args.check => contracts::check(),
        None if args.words => vocabulary::schema(),
        None => yaml::schema(),
        Some(argument) => yaml::translation_schema(&Choice::of(argument)?.questionnaire()?),
    };
    let mut out = io::stdout().lock();
    writeln!(out, "{}", serde_json::to_string_pretty(&schema)?)?;
    out.flush()?;
    Ok(Exit::Done)
}
