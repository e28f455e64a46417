//! `redflag intake`: somebody asks another person, a section at a time.

use std::io::{self, BufRead, IsTerminal, Write};

use anyhow::{Result, anyhow};
use jiff::{Span, Timestamp};

use super::args::IntakeArgs;
use super::ask::{Asked, on_full_screen};
use super::report_place::ReportPlace;
use super::station::{self, Kept};
use super::{Exit, SessionArgs, WrongUsage, earlier, opening, taken_over, words};
use crate::encounter::Encounter;
use crate::interview::Interview;
use crate::library::site_file;
use crate::questionnaire::{Audience, Questionnaire};
use crate::store::{EncounterId, Record, Store};
use crate::system::clock;
use crate::text::clean_line;
use crate::tui::app::App;

/// Checks of so many hours ago are still taken over.
const HOURS: i64 = 48;

/// Asks, shows the summary and writes the report.
pub fn run(args: IntakeArgs) -> Result<Exit> {
    if !io::stdin().is_terminal() || !io::stdout().is_terminal() {
        return Err(WrongUsage(words::INTAKE_NEEDS_TERMINAL.to_owned()).into());
    }
    let from_file = args.take_file.as_deref().map(earlier::read).transpose()?;
    let mut store = station::open(&args, &site_file::alone(args.screen.site.site.as_deref())?)?;
    let mut record = match (&args.take, &mut store) {
        (Some(ticket), Some(store)) => match record(store, ticket)? {
            Some(record) => Some(record),
            None => return Ok(Exit::NotAllWell),
        },
        (Some(_), None) => return Err(WrongUsage(words::NO_STORE_TO_TAKE_FROM.to_owned()).into()),
        (None, _) => None,
    };
    let variable = |name: &str| std::env::var(name).ok();
    let known = from_file.as_ref().map(|file| (file.questionnaire.clone(), file.language.clone()));
    let known = known.or(record
        .as_ref()
        .map(|record| (record.summary.questionnaire.id.clone(), record.summary.language.clone())));
    let asked = match (&mut record, &mut store) {
        (Some(record), Some(store)) => taken_over::of_record(&args, store, record)?,
        _ => {
            let known = known.as_ref().map(|(questionnaire, _)| &**questionnaire);
            Some(taken_over::of_today(args.questionnaire.as_deref().or(known))?)
        }
    };
    let Some(taken_over::Asked { opened, text }) = asked else { return Ok(Exit::NotAllWell) };
    // The language in which it was begun, as far as it is there: what a store keeps is in the first language alone.
    let known = known.map(|(_, language)| language).filter(|tag| opened.languages.find(tag).is_some());
    let language = args.language.language.as_deref().or(known.as_deref());
    let questionnaire = opened.wanted(language, variable)?;
    opening::warn_of_direction(&opened);
    let place = opening::place(&args.screen.site, questionnaire)?;
    opening::warn_of_language(&questionnaire.language);
    let mut interview = match (&from_file, &record) {
        (Some(file), _) => file.taken_over(questionnaire)?,
        (None, Some(record)) => of_colleague(record, questionnaire)?,
        (None, None) => Interview::new(questionnaire, Audience::Clinician, clock::now().date()),
    };
    interview.began(clock::now().datetime());
    interview.offer(&opened.languages);
    if let Some(reference) = &args.reference {
        interview.refer_to(reference);
    }
    let mut app = App::by_section(interview, place.contacts.clone());
    let first = opened.languages.first();
    match (store, &record) {
        (Some(store), Some(record)) => {
            app.keep_with(Box::new(Kept::on(store, record)));
        }
        (Some(store), None) => {
            let kept = Kept::begin(store, first, &text, args.reference.clone())?;
            app.keep_with(Box::new(kept));
        }
        (None, _) => app.keep_nothing(),
    }
    if from_file.is_some() || record.is_some() {
        app.take_over();
    }
    let large = args.screen.look.large || place.large.unwrap_or_default();
    let session = SessionArgs { plain: false, output: args.output, screen: args.screen, touch: false };
    let report = ReportPlace::of(&session.output, None)?;
    match on_full_screen(&session, report.as_ref(), app, &place, large)? {
        Asked::Over(exit) => Ok(exit),
        // There is no first page to choose another one on.
        Asked::Instead { .. } => Ok(Exit::NotAllWell),
    }
}

/// The check with this ticket, or one chosen from a list; `None`: none was chosen.
fn record(store: &mut Store, ticket: &str) -> Result<Option<Record>> {
    let since = Timestamp::now() - Span::new().hours(HOURS);
    // The number of a check, as the board has it.
    if let Ok(id) = ticket.parse::<EncounterId>() {
        return Ok(Some(store.encounter(id)?));
    }
    if !ticket.is_empty() {
        let found = store.by_ticket(ticket, since)?;
        let found = found.ok_or_else(|| WrongUsage(words::no_ticket(&clean_line(ticket))))?;
        return Ok(Some(store.encounter(found.id)?));
    }
    let listed = station::to_take(store, since)?;
    if listed.is_empty() {
        return Err(anyhow!(words::NO_CHECKS));
    }
    let mut err = io::stderr().lock();
    for (number, listed) in (1..).zip(&listed) {
        let summary = &listed.summary;
        let zone = clock::now().time_zone().clone();
        let at = summary.opened.at.to_zoned(zone).strftime("%a %H:%M").to_string();
        let ticket = summary.ticket.as_deref().unwrap_or("-");
        let level = summary.level.as_ref().map_or("-", |level| level.id.as_str());
        let reference = summary.reference.as_deref().unwrap_or_default();
        let line =
            format!("{number:>3}  {at}  {ticket:<6} {level:<12} {}  {reference}", summary.questionnaire.id);
        writeln!(err, "{}", clean_line(&line))?;
    }
    writeln!(err, "{}", words::WHICH_CHECK)?;
    drop(err);
    let mut line = String::new();
    io::stdin().lock().read_line(&mut line)?;
    if line.trim().is_empty() {
        return Ok(None);
    }
    let number = line.trim().parse::<usize>().ok().and_then(|number| number.checked_sub(1));
    let chosen = number.and_then(|at| listed.get(at));
    let chosen = chosen.ok_or_else(|| WrongUsage(words::NO_SUCH_NUMBER.to_owned()))?;
    Ok(Some(store.encounter(chosen.id)?))
}

/// The check as a clinician goes on with it.
fn of_colleague<'q>(record: &Record, questionnaire: &'q Questionnaire) -> Result<Interview<'q>> {
    let kept = record.encounter(questionnaire).map_err(taken_over::refused)?;
    let encounter = Encounter { asked_as: Audience::Clinician, stopped: None, ..kept.encounter };
    Ok(Interview::on(questionnaire, encounter))
}
