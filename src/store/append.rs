//! Writing: what `append` says is kept is on the disk.

use std::thread;
use std::time::{Duration, Instant};

use jiff::Timestamp;

use super::chain::{self, BEGINNING, Position};
use super::database::{BEGIN, Cell, Fault, Row, Trouble};
use super::entry::{EncounterId, Entry, Event, Opened, Person, Revision, Source};
use super::pending::{Pending, json};
use super::role::{Deed, Role};
use super::seal::{Key, random};
use super::summary::Summary;
use super::{Head, Problem, Store};

/// How often the same bytes are sent before it is left to the caller to try again, and the pause before each try.
const PAUSES: [Duration; 4] =
    [Duration::ZERO, Duration::from_millis(20), Duration::from_millis(200), Duration::from_millis(1000)];

/// After this no further try is begun.
const LONGEST: Duration = Duration::from_secs(5);

/// What came of an append.
#[derive(Debug, Clone, PartialEq)]
pub enum Appended {
    /// It is on the disk.
    Kept { revision: Revision, head: Head },
    /// Others have written into the encounter since: nothing was written. What they wrote, oldest first; show both,
    /// ask, and append again after [`Entry::revision`] of the last one.
    Clash { theirs: Vec<Entry> },
}

/// What came of one try.
enum Tried {
    Kept {
        revision: Revision,
        hash: Vec<u8>,
    },
    Clash,
    /// Another process of this station was first.
    Overtaken,
}

impl Store {
    /// Opens an encounter, with what else is known at once; its number, and what came of it.
    ///
    /// # Errors
    /// As for [`Store::append`].
    pub fn begin(
        &mut self,
        at: Timestamp,
        opened: Opened,
        more: &[Event],
    ) -> Result<(EncounterId, Revision), Problem> {
        let mut events = vec![Event::Opened(opened)];
        events.extend_from_slice(more);
        let who = self.may(&events)?;
        // The call again with what may have been written keeps its number.
        let pending = self
            .pending
            .take()
            .filter(|pending| pending.key.is_some() && pending.is_again(0, at, &who, &events));
        let pending = match pending {
            Some(pending) => pending,
            None => Pending::new(EncounterId(random()?), 0, at, who, events, Some(Key::random()?)),
        };
        let id = pending.id;
        match self.send(pending)? {
            Appended::Kept { revision, .. } => Ok((id, revision)),
            Appended::Clash { .. } => Err(Problem::Damaged(format!("a second check of the number {id}"))),
        }
    }

    /// Writes down what has happened, all of it or nothing. When it returns [`Appended::Kept`], it is on the disk.
    ///
    /// `after`: the newest revision that the caller knows.
    ///
    /// # Errors
    /// After [`Problem::Unknown`] it may be in the store: call again with the same arguments. After all others,
    /// nothing was written.
    pub fn append(
        &mut self,
        id: EncounterId,
        after: Revision,
        at: Timestamp,
        events: &[Event],
    ) -> Result<Appended, Problem> {
        let who = self.may(events)?;
        if events.iter().any(|event| matches!(event, Event::Opened(_)) || event.is_of_store()) {
            return Err(Problem::Damaged("an entry that is written in another way".to_owned()));
        }
        self.append_as(id, after, at, who, events.to_vec())
    }

    /// Notes in the log that whoever is signed in has taken encounters out of the store, before they do.
    ///
    /// # Errors
    /// When they may not do it, or it can't be written.
    pub fn note_export(&mut self, at: Timestamp, what: String) -> Result<Head, Problem> {
        let who = self.may(&[Event::Exported { what: what.clone() }])?;
        self.log(at, who, Event::Exported { what })
    }

    /// Notes in the log what happens to the store.
    pub(super) fn log(&mut self, at: Timestamp, who: Person, event: Event) -> Result<Head, Problem> {
        loop {
            let row = self.database.rows("select rev from encounter where enc = $1", &[log()])?;
            let after = row.first().and_then(|row| row.first()?.count()).unwrap_or_default();
            match self.append_as(EncounterId::LOG, after, at, who.clone(), vec![event.clone()])? {
                Appended::Kept { head, .. } => return Ok(head),
                // The order of what others note there makes no difference.
                Appended::Clash { .. } => {}
            }
        }
    }

    fn append_as(
        &mut self,
        id: EncounterId,
        after: Revision,
        at: Timestamp,
        who: Person,
        events: Vec<Event>,
    ) -> Result<Appended, Problem> {
        let pending = self
            .pending
            .take()
            .filter(|pending| pending.id == id && pending.is_again(after, at, &who, &events));
        self.send(pending.unwrap_or_else(|| Pending::new(id, after, at, who, events, None)))
    }

    /// Whoever is signed in, if they may write all this.
    fn may(&self, events: &[Event]) -> Result<Person, Problem> {
        let who = self.person.clone().ok_or(Problem::NobodySignedIn)?;
        let may = |event: &&Event| match (who.role, event) {
            // Of what else touches a person a kiosk may only say that it is over.
            (Role::Kiosk, Event::Closed { .. }) => true,
            (Role::Kiosk, Event::Opened(opened)) => opened.source == Source::Kiosk,
            (role, event) => role.may(Deed::of(event)),
        };
        match events.iter().find(|event| !may(event)) {
            Some(event) => Err(Problem::MayNot(who.role, Deed::of(event))),
            None => Ok(who),
        }
    }

    fn send(&mut self, mut pending: Pending) -> Result<Appended, Problem> {
        if pending.events.is_empty() {
            return self.nothing(&pending);
        }
        let (mut last, began) = (None, Instant::now());
        for pause in PAUSES {
            // A database that takes long to say no is not asked again: somebody waits before a page.
            if began.elapsed() > LONGEST {
                break;
            }
            thread::sleep(pause);
            match self.attempt(&mut pending) {
                Ok(Tried::Kept { revision, hash }) => {
                    self.wrote = true;
                    self.writer = pending.rows.first().map(|row| row.position.writer.clone());
                    return Ok(Appended::Kept { revision, head: Head::of(&hash) });
                }
                Ok(Tried::Clash) => {
                    let theirs = self.entries(pending.id, pending.after)?;
                    return Ok(Appended::Clash { theirs });
                }
                Ok(Tried::Overtaken) => {}
                Err(Problem::Fault(fault)) if pending.is_open || may_pass(&fault) => last = Some(fault),
                Err(problem) => return Err(problem),
            }
        }
        let fault = last.unwrap_or(Fault {
            trouble: Trouble::Busy,
            words: "another process of this station was always first".to_owned(),
        });
        if pending.is_open && !self.is_certainly_not_there(&pending) {
            self.pending = Some(pending);
            return Err(Problem::Unknown(fault));
        }
        Err(Problem::Fault(fault))
    }

    /// Nothing to write is kept already.
    fn nothing(&mut self, pending: &Pending) -> Result<Appended, Problem> {
        let theirs = self.entries(pending.id, pending.after)?;
        if !theirs.is_empty() {
            return Ok(Appended::Clash { theirs });
        }
        Ok(Appended::Kept { revision: pending.after, head: self.head()? })
    }

    /// One transaction. Whatever goes wrong in it, it is rolled back; but a commit that failed may have gone through.
    fn attempt(&mut self, pending: &mut Pending) -> Result<Tried, Problem> {
        if pending.is_open
            && let Some(last) = pending.rows.last()
            && self.is_there(&last.position, &last.hash)?
        {
            return Ok(Tried::Kept { revision: last.position.revision, hash: last.hash.to_vec() });
        }
        self.database.script(BEGIN)?;
        let written = match self.write(pending) {
            Ok(written @ Tried::Kept { .. }) => written,
            Ok(other) => {
                self.database.script("rollback")?;
                return Ok(other);
            }
            Err(problem) => {
                // With the connection gone there is nothing to roll back.
                let _ = self.database.script("rollback");
                return Err(problem);
            }
        };
        pending.is_open = true;
        if let Err(fault) = self.database.script("commit") {
            let _ = self.database.script("rollback");
            return Err(fault.into());
        }
        Ok(written)
    }

    /// A file is written by this process alone, so what is not there now will not be. Of a server the end of an old
    /// connection may still be under way.
    fn is_certainly_not_there(&mut self, pending: &Pending) -> bool {
        let last = pending.rows.last().filter(|_| self.file.is_some());
        last.is_some_and(|last| self.is_there(&last.position, &last.hash) == Ok(false))
    }

    fn is_there(&mut self, position: &Position, hash: &[u8]) -> Result<bool, Problem> {
        let sql = "select hash from entry where writer = $1 and n = $2";
        let rows = self.database.rows(sql, &[Cell::from(&position.writer), position.n.into()])?;
        let there = rows.into_iter().next().and_then(|row| row.into_iter().next()?.bytes());
        Ok(there.as_deref() == Some(hash))
    }

    fn write(&mut self, pending: &mut Pending) -> Result<Tried, Problem> {
        match pending.key {
            // Held until the commit, so that the key is not changed between the sealing of a new one and that.
            Some(_) => self.hold_key()?,
            None => self.key_is_ours()?,
        }
        let id = Cell::from(&pending.id.0[..]);
        let at = Cell::from(pending.at.as_millisecond());
        if let Some(key) = &pending.key {
            let wrapped = self.master.seal(key.bytes(), &self.place_of_key(pending.id))?;
            let sql = "insert into encounter (enc, opened, changed, rev, wrapped, summary) \
                       values ($1, $2, $3, 0, $4, null) on conflict do nothing";
            self.database.run(sql, &[id.clone(), at.clone(), at.clone(), Cell::Bytes(wrapped)])?;
        }
        // Taken for writing, so that nobody comes between what is read here and what is written.
        let sql = "update encounter set rev = rev where enc = $1 returning rev, wrapped, summary";
        let row = self
            .database
            .rows(sql, std::slice::from_ref(&id))?
            .into_iter()
            .next()
            .ok_or(Problem::NoEncounter)?;
        let opened = self.opened_row(pending.id, row);
        if matches!(opened, Err(Problem::Damaged(_))) {
            // Perhaps the key was changed since it was looked at.
            self.key_is_ours()?;
        }
        let (revision, key, summary) = opened?;
        if revision != pending.after {
            return Ok(Tried::Clash);
        }
        self.kiosk_may(pending, summary.as_ref())?;
        let writer = self.writer()?;
        let sql = "update writer set n = n where writer = $1 returning n, hash";
        let head = self.database.rows(sql, &[Cell::from(&writer)])?.into_iter().next();
        let (n, hash) =
            head.and_then(head_of).ok_or_else(|| Problem::Damaged("a station is missing".to_owned()))?;
        if pending.rows.first().is_none_or(|first| first.position.n != n + 1) {
            let witness = self.witness(&writer, n)?;
            pending.seal(&self.id, &self.station, &key, (&writer, n, &hash), &witness)?;
        }
        let sql = "insert into entry (writer, n, enc, rev, at, witness, body, body_hash, hash) \
                   values ($1, $2, $3, $4, $5, $6, $7, $8, $9) on conflict do nothing";
        for row in &pending.rows {
            let Position { writer, n, encounter, revision, at, witness } = &row.position;
            let cells = [
                Cell::from(writer),
                (*n).into(),
                Cell::from(encounter),
                (*revision).into(),
                (*at).into(),
                if witness.is_empty() { Cell::Null } else { Cell::from(witness) },
                Cell::from(&row.body),
                Cell::from(&row.body_hash[..]),
                Cell::from(&row.hash[..]),
            ];
            if self.database.run(sql, &cells)? != 1 {
                return Ok(Tried::Overtaken);
            }
        }
        let Some(last) = pending.rows.last() else { return Ok(Tried::Overtaken) };
        let (revision, hash) = (last.position.revision, last.hash.to_vec());
        let summary = pending.summary(&self.station, summary);
        let sealed = match &summary {
            Some(summary) => {
                Cell::Bytes(key.seal(&json(summary)?, &self.place_of_summary(pending.id, revision))?)
            }
            None => Cell::Null,
        };
        let sql = "update encounter set rev = $1, changed = $2, summary = $3 where enc = $4";
        self.database.run(sql, &[revision.into(), at, sealed, id])?;
        let sql = "update writer set n = $1, hash = $2 where writer = $3";
        self.database.run(sql, &[last.position.n.into(), Cell::from(&hash), Cell::from(&writer)])?;
        Ok(Tried::Kept { revision, hash })
    }

    /// A kiosk writes into what it has begun itself, while it is not closed.
    fn kiosk_may(&self, pending: &Pending, summary: Option<&Summary>) -> Result<(), Problem> {
        if pending.who.role != Role::Kiosk || pending.key.is_some() {
            return Ok(());
        }
        let is_own =
            summary.is_some_and(|summary| summary.opened.who == pending.who && summary.closed.is_none());
        if is_own { Ok(()) } else { Err(Problem::NotOfThisKiosk) }
    }

    /// The newest entry of another station, each in its turn.
    fn witness(&mut self, writer: &[u8], n: u64) -> Result<Vec<u8>, Problem> {
        let sql = "select writer, n, hash from writer where writer <> $1 and n > 0 order by writer";
        let others = self.database.rows(sql, &[Cell::from(writer)])?;
        let Some(turn) = n.checked_rem(others.len() as u64) else { return Ok(Vec::new()) };
        let mut row = others.into_iter().nth(turn as usize).unwrap_or_default().into_iter();
        let writer = row.next().and_then(Cell::bytes).unwrap_or_default();
        let head = head_of(row.collect()).unwrap_or_default();
        Ok(chain::witness(&writer, head.0, &head.1))
    }

    /// The chain of this station, which is made with its first entry.
    fn writer(&mut self) -> Result<Vec<u8>, Problem> {
        if let Some(writer) = &self.writer {
            return Ok(writer.clone());
        }
        for row in self.database.rows("select writer, station from writer order by writer", &[])? {
            let [writer, station] = &row[..] else { continue };
            let (Cell::Bytes(writer), Cell::Bytes(station)) = (writer, station) else { continue };
            let opened = self.log_key.open(station, &self.place_of_station(writer));
            if opened.is_some_and(|name| name == self.station.as_bytes()) {
                self.writer = Some(writer.clone());
                return Ok(writer.clone());
            }
        }
        let writer = random::<16>()?.to_vec();
        let station = self.log_key.seal(self.station.as_bytes(), &self.place_of_station(&writer))?;
        let sql = "insert into writer (writer, station, n, hash) values ($1, $2, 0, $3)";
        self.database.run(sql, &[Cell::from(&writer), Cell::Bytes(station), Cell::from(&BEGINNING[..])])?;
        // It is remembered with its next entry: this one may be rolled back.
        Ok(writer)
    }
}

fn may_pass(fault: &Fault) -> bool {
    matches!(fault.trouble, Trouble::Lost | Trouble::Busy | Trouble::Disk)
}

fn log() -> Cell {
    Cell::from(&EncounterId::LOG.0[..])
}

/// `n` and hash.
fn head_of(row: Row) -> Option<(u64, Vec<u8>)> {
    let mut row = row.into_iter();
    Some((row.next()?.count()?, row.next()?.bytes()?))
}
