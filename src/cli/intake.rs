//! `redflag intake`: somebody asks another person, a section at a time.

use std::io::{self, IsTerminal};

use anyhow::Result;

use super::args::IntakeArgs;
use super::ask::{Asked, on_full_screen};
use super::report_place::ReportPlace;
use super::{Exit, SessionArgs, WrongUsage, earlier, opening, words};
use crate::interview::Interview;
use crate::library::{Choice, Problem, builtin};
use crate::questionnaire::Audience;
use crate::system::clock;
use crate::tui::app::App;

/// Asks, shows the summary and writes the report.
pub fn run(args: IntakeArgs) -> Result<Exit> {
    if !io::stdin().is_terminal() || !io::stdout().is_terminal() {
        return Err(WrongUsage(words::INTAKE_NEEDS_TERMINAL.to_owned()).into());
    }
    let taken = args.take_file.as_deref().map(earlier::read).transpose()?;
    let variable = |name: &str| std::env::var(name).ok();
    let name = args.questionnaire.as_deref().or(taken.as_ref().map(|taken| taken.questionnaire.as_str()));
    let choice = Choice::of(name.unwrap_or(builtin::DEFAULT))?;
    let opened = opening::open(&choice)?;
    let missing = choice.not_offered(opened.languages.first());
    if !missing.is_empty() {
        return Err(Problem::HasMistakes { file: choice.name().to_owned(), found: missing }.into());
    }
    let language = args.language.language.as_deref().or(taken.as_ref().map(|taken| taken.language.as_str()));
    let questionnaire = opened.wanted(language, variable)?;
    opening::warn_of_direction(&opened);
    let place = opening::place(&args.site, questionnaire)?;
    let mut interview = match &taken {
        Some(taken) => taken.taken_over(questionnaire)?,
        None => Interview::new(questionnaire, Audience::Clinician, clock::now().date()),
    };
    interview.began(clock::now().datetime());
    interview.offer(&opened.languages);
    if let Some(reference) = &args.reference {
        interview.refer_to(reference);
    }
    let mut app = App::by_section(interview, place.contacts.clone());
    if taken.is_some() {
        app.take_over();
    }
    let large = args.look.large || place.large;
    let session = SessionArgs {
        plain: false,
        keep: args.keep,
        report: args.report,
        replace: args.replace,
        format: args.format,
        site: args.site,
        look: args.look,
        mouse: args.mouse,
        touch: false,
    };
    let report = ReportPlace::of(&session, None)?;
    match on_full_screen(&session, report.as_ref(), app, &place, large)? {
        Asked::Over(exit) => Ok(exit),
        // There is no first page to choose another one on.
        Asked::Instead { .. } => Ok(Exit::NotAllWell),
    }
}
