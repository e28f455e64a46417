//! How a kiosk hands an encounter over to the desk: into the store, under a ticket and nothing else that names the
//! person.

use std::iter;

use anyhow::{Result, anyhow};
use jiff::{SignedDuration, Timestamp};
use serde_json::Value;

use super::args::StoreArgs;
use super::keeping;
use crate::interview::Interview;
use crate::kiosk::ticket;
use crate::questionnaire::Questionnaire;
use crate::report::Judged;
use crate::site::{Desk, Place};
use crate::store::{Event, Level, Opened, Said, Source, Store, changes};

/// A ticket of one of these hours is not given twice.
const HOURS: i64 = 48;

/// Writes what a person has answered into the store, and gives the ticket under which the desk finds it.
/// `first`: the questionnaire in its first language, and its text.
///
/// # Errors
/// When the store is away or refuses it; nothing was written then.
pub fn hand_over(
    place: &Place,
    desk: &Desk,
    first: (&Questionnaire, &[u8]),
    interview: &Interview,
    known: Option<&str>,
) -> Result<String> {
    let mut store = keeping::open(&StoreArgs::default(), place)?;
    let now = Timestamp::now();
    store.sign_in(&desk.name, &keeping::pin_in(&desk.pin_file)?, now)?;
    let ticket = match known {
        Some(ticket) => ticket.to_owned(),
        None => unused(&mut store, now)?,
    };
    let questionnaire = interview.questionnaire();
    let reached = Judged::so_far(questionnaire, interview.encounter()).reached();
    let opened = Opened {
        questionnaire: store.keep_questionnaire(first.0, first.1)?,
        audience: interview.audience(),
        language: questionnaire.language.clone(),
        source: Source::Kiosk,
        ticket: Some(ticket.clone()),
        reference: None,
    };
    let mut events = changes(&Value::Null, &interview.to_value(), Said::Patient);
    events.extend(
        reached.map(|reached| Event::LevelReached { level: Some(Level::of(questionnaire, reached)) }),
    );
    store.begin(now, opened, &events)?;
    Ok(ticket)
}

/// A ticket that nobody has at the moment.
fn unused(store: &mut Store, now: Timestamp) -> Result<String> {
    let since = now.checked_sub(SignedDuration::from_hours(HOURS))?;
    for ticket in iter::repeat_with(ticket::new).take(50) {
        if store.by_ticket(&ticket, since)?.is_none() {
            return Ok(ticket);
        }
    }
    Err(anyhow!("every ticket that was tried is in use"))
}
