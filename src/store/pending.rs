//! Something to write, sealed for its place, and kept until it is certain what became of it.

use jiff::Timestamp;

use super::Problem;
use super::chain::{self, Position};
use super::entry::{Body, EncounterId, Event, Mark, Person, Revision};
use super::seal::Key;
use super::summary::Summary;

/// Something to write, kept until it is certain what became of it.
pub(super) struct Pending {
    pub id: EncounterId,
    pub after: Revision,
    pub at: Timestamp,
    pub who: Person,
    pub events: Vec<Event>,
    /// Of a new encounter.
    pub key: Option<Key>,
    pub rows: Vec<Sealed>,
    /// A commit of these rows may have gone through.
    pub is_open: bool,
}

/// An entry as it is in the store.
pub(super) struct Sealed {
    pub position: Position,
    pub body: Vec<u8>,
    pub body_hash: chain::Hash,
    pub hash: chain::Hash,
}

impl Pending {
    pub fn new(
        id: EncounterId,
        after: Revision,
        at: Timestamp,
        who: Person,
        events: Vec<Event>,
        key: Option<Key>,
    ) -> Pending {
        Pending { id, after, at, who, events, key, rows: Vec::new(), is_open: false }
    }

    pub fn is_again(&self, after: Revision, at: Timestamp, who: &Person, events: &[Event]) -> bool {
        (self.after, self.at, &self.who, &self.events[..]) == (after, at, who, events)
    }

    pub fn seal(
        &mut self,
        store: &[u8],
        station: &str,
        key: &Key,
        (writer, n, hash): (&[u8], u64, &[u8]),
        witness: &[u8],
    ) -> Result<(), Problem> {
        self.rows.clear();
        let mut before = hash.to_vec();
        for (event, index) in self.events.iter().zip(1..) {
            let position = Position {
                writer: writer.to_vec(),
                n: n + index,
                encounter: self.id.0.to_vec(),
                revision: self.after + index,
                at: self.at.as_millisecond(),
                witness: if index == 1 { witness.to_vec() } else { Vec::new() },
            };
            let body = Body { who: self.who.clone(), station: station.to_owned(), event: event.clone() };
            let body = key.seal(&json(&body)?, &position.place(store))?;
            let body_hash = chain::body_hash(&body);
            let hash = position.hash(&before, &body_hash);
            before = hash.to_vec();
            self.rows.push(Sealed { position, body, body_hash, hash });
        }
        Ok(())
    }

    /// The log has none.
    pub fn summary(&self, station: &str, before: Option<Summary>) -> Option<Summary> {
        let mark = Mark { who: self.who.clone(), station: station.to_owned(), at: self.at };
        let mut summary = before;
        for event in &self.events {
            match (event, &mut summary) {
                (Event::Opened(opened), _) => summary = Some(Summary::begun(opened, &mark)),
                (event, Some(summary)) => summary.take(event, &mark),
                _ => {}
            }
        }
        summary
    }
}

pub(super) fn json(value: &impl serde::Serialize) -> Result<Vec<u8>, Problem> {
    serde_json::to_vec(value).map_err(|error| Problem::Damaged(error.to_string()))
}
