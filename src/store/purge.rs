//! Erasing for good: the key of an encounter, and the bodies of its entries.

use std::collections::BTreeSet;
use std::thread;
use std::time::Duration;

use jiff::Timestamp;

use super::backup::Books;
use super::database::{BEGIN, Cell, Trouble};
use super::entry::{EncounterId, Event};
use super::summary::Listed;
use super::{Problem, Store};
use crate::encounter::State;

/// Encounters in one entry of the log.
const BATCH: usize = 20;

/// After each transaction. SQLite's lock is not fair: without, whoever waits for an answer to be kept may wait long.
const PAUSE: Duration = Duration::from_millis(5);

/// What was erased.
#[derive(Debug, Default, PartialEq, Eq)]
pub struct Purged {
    pub encounters: u64,
    pub entries: u64,
    /// Checks that were left, because a server lacks them or their last change.
    pub unsent: u64,
    /// Copies in the database's own log are gone too; `false`: others kept it busy, so some may be there until the next
    /// purge. `None`: the database is not a file of ours.
    pub log_emptied: Option<bool>,
    /// Without the erased keys, so that nothing of it can be read in the backups either.
    pub books: Books,
}

/// How often something is tried that others keep from being done.
const TRIES: usize = 30;

impl Store {
    /// Tries again where the lock went to others: whoever erases has time, and they may not.
    fn patiently<T>(&mut self, mut deed: impl FnMut(&mut Store) -> Result<T, Problem>) -> Result<T, Problem> {
        for _ in 1..TRIES {
            match deed(self) {
                Err(Problem::Fault(fault)) if fault.trouble == Trouble::Busy => thread::sleep(PAUSE),
                done => return done,
            }
        }
        deed(self)
    }

    /// Erases every encounter that nothing has happened to since `before`: its key, the bodies of its entries, what a
    /// board shows of it. That there was one, and when, stays in the chains, which can still be verified. Where checks
    /// are sent to a server, those that it lacks are left.
    ///
    /// # Errors
    /// When whoever is signed in may not do it; when it broke off, what was erased until then stays so.
    pub fn purge(&mut self, at: Timestamp, before: Timestamp) -> Result<Purged, Problem> {
        self.erase_old(at, before, false)
    }

    /// Erases as [`Store::purge`] does, and also what a server lacks.
    ///
    /// # Errors
    /// As for [`Store::purge`].
    pub fn purge_with_unsent(&mut self, at: Timestamp, before: Timestamp) -> Result<Purged, Problem> {
        self.erase_old(at, before, true)
    }

    fn erase_old(&mut self, at: Timestamp, before: Timestamp, with_unsent: bool) -> Result<Purged, Problem> {
        let who = self.keeper()?;
        self.key_is_ours()?;
        let sql = "select enc from encounter where changed < $1 and wrapped is not null and enc <> $2 \
                   order by changed, enc";
        let cells = [before.as_millisecond().into(), Cell::from(&EncounterId::LOG.0[..])];
        let rows = self.database.rows(sql, &cells)?;
        let ids = rows.into_iter().filter_map(|row| EncounterId::of(&row.into_iter().next()?.bytes()?));
        let mut ids: Vec<EncounterId> = ids.collect();
        let sent = self.sent_questionnaires()?;
        let mut purged = Purged::default();
        if !with_unsent && !sent.is_empty() {
            let mut erasable = Vec::new();
            for id in ids {
                match self.is_unsent(id, &sent) {
                    Ok(true) => purged.unsent += 1,
                    // What can't be read can't be sent either.
                    Ok(false) | Err(Problem::Damaged(_) | Problem::Erased | Problem::NoEncounter) => {
                        erasable.push(id);
                    }
                    Err(problem) => return Err(problem),
                }
            }
            ids = erasable;
        }
        for batch in ids.chunks(BATCH) {
            // Noted first: what was to be erased and wasn't is found by the next purge, and by `verify`.
            let encounters = batch.iter().map(EncounterId::to_string).collect();
            let noted = Event::Purged { encounters, sent: sent.iter().cloned().collect() };
            self.patiently(|store| store.log(at, who.clone(), noted.clone()))?;
            for &id in batch {
                if let Some(entries) = self.patiently(|store| store.erase(id, before))? {
                    purged.entries += entries;
                    purged.encounters += 1;
                }
                thread::sleep(PAUSE);
            }
        }
        purged.log_emptied = self.empty_log()?;
        purged.books = self.renew_books()?;
        Ok(purged)
    }

    /// The questionnaires whose checks are sent to a server: those of which one was, also if that is erased by now.
    fn sent_questionnaires(&mut self) -> Result<BTreeSet<String>, Problem> {
        let listed = self.encounters(Timestamp::MIN)?.into_iter();
        let of_sent = listed.filter(|listed| listed.summary.sent > 0);
        let mut sent: BTreeSet<String> = of_sent.map(|listed| listed.summary.questionnaire.id).collect();
        for entry in self.entries(EncounterId::LOG, 0)? {
            if let Event::Purged { sent: before, .. } = entry.event {
                sent.extend(before);
            }
        }
        Ok(sent)
    }

    /// Whether a server should have a check and lacks it, or what was changed in it last.
    fn is_unsent(&mut self, id: EncounterId, sent: &BTreeSet<String>) -> Result<bool, Problem> {
        let Some(Listed { summary, .. }) = self.listed_one(id)? else { return Ok(false) };
        if !sent.contains(&summary.questionnaire.id) {
            return Ok(false);
        }
        if summary.sent == 0 {
            return Ok(summary.state() != State::NotFinished);
        }
        let entries = self.entries(id, 0)?;
        let sent_until = entries.iter().filter_map(|entry| match &entry.event {
            Event::Sent { content, .. } => Some(content.unwrap_or(entry.revision)),
            _ => None,
        });
        let sent_until = sent_until.max().unwrap_or_default();
        Ok(entries.iter().any(|entry| entry.revision > sent_until && entry.event.changes_check()))
    }

    /// How many entries; `None`: somebody has gone on with it at this very moment, so it stays.
    fn erase(&mut self, id: EncounterId, before: Timestamp) -> Result<Option<u64>, Problem> {
        let id = Cell::from(&id.0[..]);
        self.database.script(BEGIN)?;
        let sql = "update encounter set wrapped = null, summary = null where enc = $1 and changed < $2";
        let cells = [id.clone(), before.as_millisecond().into()];
        let erased = self.database.run(sql, &cells).and_then(|found| {
            let sql = "update entry set body = null where enc = $1 and body is not null";
            let erased = match found {
                0 => None,
                _ => Some(self.database.run(sql, std::slice::from_ref(&id))?),
            };
            self.database.script("commit").map(|()| erased)
        });
        if erased.is_err() {
            let _ = self.database.script("rollback");
        }
        Ok(erased?)
    }

    /// Empties SQLite's log, which holds copies of pages as they were.
    fn empty_log(&mut self) -> Result<Option<bool>, Problem> {
        if self.file.is_none() {
            return Ok(None);
        }
        for pause in [0, 50, 200, 1000] {
            thread::sleep(Duration::from_millis(pause));
            let rows = self.database.rows("pragma wal_checkpoint(truncate)", &[])?;
            // 0: nobody was in the way. Only this answer says that the log is empty.
            if rows.first().and_then(|row| row.first()?.int()) == Some(0) {
                return Ok(Some(true));
            }
        }
        Ok(Some(false))
    }
}
