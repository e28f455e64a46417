//! Erasing for good: the key of an encounter, and the bodies of its entries.

use std::thread;
use std::time::Duration;

use jiff::Timestamp;

use super::backup::Books;
use super::database::{BEGIN, Cell, Trouble};
use super::entry::{EncounterId, Event};
use super::{Problem, Store};

/// Encounters in one entry of the log.
const BATCH: usize = 20;

/// After each transaction. SQLite's lock is not fair: without, whoever waits for an answer to be kept may wait long.
const PAUSE: Duration = Duration::from_millis(5);

/// What was erased.
#[derive(Debug, Default, PartialEq, Eq)]
pub struct Purged {
    pub encounters: u64,
    pub entries: u64,
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
    /// board shows of it. That there was one, and when, stays in the chains, which can still be verified.
    ///
    /// # Errors
    /// When whoever is signed in may not do it; when it broke off, what was erased until then stays so.
    pub fn purge(&mut self, at: Timestamp, before: Timestamp) -> Result<Purged, Problem> {
        let who = self.keeper()?;
        self.key_is_ours()?;
        let sql = "select enc from encounter where changed < $1 and wrapped is not null and enc <> $2 \
                   order by changed, enc";
        let cells = [before.as_millisecond().into(), Cell::from(&EncounterId::LOG.0[..])];
        let rows = self.database.rows(sql, &cells)?;
        let ids = rows.into_iter().filter_map(|row| EncounterId::of(&row.into_iter().next()?.bytes()?));
        let ids: Vec<EncounterId> = ids.collect();
        let mut purged = Purged::default();
        for batch in ids.chunks(BATCH) {
            // Noted first: what was to be erased and wasn't is found by the next purge, and by `verify`.
            let encounters = batch.iter().map(EncounterId::to_string).collect();
            let noted = Event::Purged { encounters };
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
