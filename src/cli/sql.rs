//! `redflag sql`: the rules for an engine that has the answers.

use std::io::{self, Write};

use anyhow::Result;

use super::args::SqlArgs;
use super::values::DialectArg;
use super::{Exit, WrongUsage};
use crate::library::Choice;
use crate::sql::{self, Dialect, Refused, Request};

pub fn run(args: &SqlArgs) -> Result<Exit> {
    let questionnaire = Choice::of(&args.questionnaire)?.questionnaire()?;
    let request = Request {
        dialect: match args.dialect {
            DialectArg::Postgres => Dialect::Postgres,
            DialectArg::Duckdb => Dialect::DuckDb,
            DialectArg::Spark => Dialect::Spark,
        },
        layout: args.layout.into(),
        audience: args.audience.into(),
        table: args.table.clone(),
        key: args.key.clone(),
        view: args.view.clone(),
    };
    let text = match (args.ddl, args.load) {
        (true, _) => sql::ddl(&questionnaire, &request),
        (_, true) => sql::load(&questionnaire, &request),
        (false, false) => sql::select(&questionnaire, &request),
    };
    let mut out = io::stdout().lock();
    out.write_all(text.map_err(refused)?.as_bytes())?;
    out.flush()?;
    Ok(Exit::Done)
}

fn refused(why: Refused) -> anyhow::Error {
    match why {
        Refused::NoName(_) | Refused::KeyIsAnswer(_) => WrongUsage(why.to_string()).into(),
        Refused::TooManyColumns { .. } | Refused::TooLarge { .. } => why.into(),
    }
}
