//! `redflag slip`: a check that was kept, on a slip of paper.

use std::io::{self, Write};

use anyhow::Result;

use super::args::SlipArgs;
use super::{Exit, earlier, opening};
use crate::handout::slip::{self, Slip};
use crate::library::Choice;
use crate::questionnaire::Audience;
use crate::report::Report;
use crate::system::clock;

/// Writes the slip to standard output, in the words of a person.
pub fn run(args: &SlipArgs) -> Result<Exit> {
    let variable = |name: &str| std::env::var(name).ok();
    let earlier = earlier::read(&args.check)?;
    let choice = Choice::of(args.questionnaire.as_deref().unwrap_or(&earlier.questionnaire))?;
    let opened = opening::open(&choice)?;
    let language = args.language.language.as_deref().or(Some(&earlier.language));
    let questionnaire = opened.wanted(language, variable)?;
    let place = opening::place(&args.site, questionnaire)?;
    let interview = earlier.resumed(questionnaire)?;
    let report = Report::for_reader(&interview, Audience::Patient, &place.contacts);
    let report = report.at(clock::now().datetime());
    let slip =
        Slip { columns: args.columns.into(), encoding: args.encoding, commands: args.escpos, code: args.qr };
    let mut output = io::stdout().lock();
    output.write_all(&slip::bytes(&report, args.ticket.as_deref(), &slip))?;
    output.flush()?;
    Ok(Exit::Done)
}
