//! What a server lacks, from the entries of a check alone: no list of it is kept that could be lost or be wrong.

use super::parcel::Parcels;
use crate::encounter::State;
use crate::fhir::amended::amended;
use crate::fhir::model::Bundle;
use crate::store::{Event, Record, Revision, Store};

/// How far a check and a server have come.
#[derive(Debug)]
pub enum Standing {
    /// The server has it as it is.
    Sent,
    /// It is neither finished nor stopped, and nothing of it was ever sent.
    NotFinished,
    /// It can't be sent, and why.
    Waits(String),
    /// This is to be sent.
    Due(Box<Due>),
}

/// A transaction to be sent.
#[derive(Debug)]
pub struct Due {
    pub transaction: Bundle,
    /// Under which the check is known at the server.
    pub identifier: String,
    /// Nothing else of this check was ever sent there.
    pub is_first: bool,
    /// That this is about to be sent is written down already.
    pub is_noted: bool,
    pub content: Revision,
}

/// A time that a check left, or was about to.
struct Try<'a> {
    identifier: Option<&'a str>,
    content: Revision,
    /// The server has said yes.
    is_sent: bool,
}

/// What is to be done about a check for the server at this address.
///
/// What was sent once is compared as it would be written today, so that a newer program or another telephone number of
/// this place is no change of the check.
pub fn standing(store: &mut Store, parcels: &mut Parcels, record: &Record, to: &str) -> Standing {
    let tries: Vec<Try> = record.entries.iter().filter_map(|entry| of(&entry.event, to)).collect();
    let Some(last) = tries.last() else {
        return match record.summary.state() {
            State::NotFinished => Standing::NotFinished,
            State::Finished | State::Stopped => {
                due(store, parcels, record, &tries).unwrap_or_else(Standing::Waits)
            }
        };
    };
    // Most have only the notes on their sending after that, and needn't be compared.
    let mut after = record.entries.iter().filter(|entry| entry.revision > last.content);
    if last.is_sent && after.all(|entry| of(&entry.event, to).is_some()) {
        return Standing::Sent;
    }
    due(store, parcels, record, &tries).unwrap_or_else(Standing::Waits)
}

/// The notes on sending to this server.
fn of<'a>(event: &'a Event, to: &str) -> Option<Try<'a>> {
    match event {
        Event::Sending { to: there, identifier, content } if there == to => {
            Some(Try { identifier: Some(identifier), content: *content, is_sent: false })
        }
        Event::Sent { to: there, identifier, content: Some(content) } if there == to => {
            Some(Try { identifier: identifier.as_deref(), content: *content, is_sent: true })
        }
        _ => None,
    }
}

fn due(store: &mut Store, parcels: &mut Parcels, record: &Record, tries: &[Try]) -> Result<Standing, String> {
    let now = parcels.of(store, record)?;
    let identifier = format!("{}|{}", now.identifier.system, now.identifier.value);
    if let Some(other) = tries.iter().filter_map(|it| it.identifier).find(|other| *other != identifier) {
        return Err(format!(
            "it was sent as {other} and would now be {identifier}, so the server would have it twice: give the same --base \
             as before"
        ));
    }
    let mut before: Vec<Bundle> = Vec::new();
    let mut last = None;
    for it in tries {
        let then = record.at(it.content).ok_or("its notes on sending don't match its entries")?;
        let then = parcels.of(store, &then)?;
        last = Some((it, then == now));
        if !before.contains(&then) {
            before.push(then);
        }
    }
    let noted = match last {
        Some((it, true)) if it.is_sent => return Ok(Standing::Sent),
        Some((it, true)) => Some(it.content),
        _ => None,
    };
    let is_first = before.iter().all(|then| *then == now);
    let transaction = if is_first { now } else { amended(now, &before) };
    let content = noted.unwrap_or(record.revision);
    let due = Due { transaction, identifier, is_first, is_noted: noted.is_some(), content };
    Ok(Standing::Due(Box::new(due)))
}
