//! What was asked, kept for a whole clinic: durable, sealed, and only ever added to.
//!
//! An encounter is its [`Entry`]s: opened, answered, corrected, a level reached, seen, closed. [`Store::append`] writes
//! them, and when it says that they are kept, they are on the disk. Everything else is folded from them: a line of the
//! board ([`Summary`]), or the whole encounter ([`Record`]), from which an `Interview` goes on where it was.
//!
//! ```no_run
//! use jiff::Timestamp;
//! use redflag::encounter::fingerprint;
//! use redflag::interview::Interview;
//! use redflag::questionnaire::{Audience, Questionnaire};
//! use redflag::store::*;
//! use serde_json::Value;
//!
//! fn nurse(questionnaire: &Questionnaire, yaml: &[u8], now: Timestamp) -> Result<(), Problem> {
//!     let place = Place::of(None)?;
//!     let unlock = Unlock::key_file(&place.key_file()?)?;
//!     let mut store = Store::open(&place, &unlock, "desk 1")?;
//!     store.sign_in("Ana", "2580", now)?;
//!
//!     // A new encounter. `interview` is asked as ever; its JSON tells what has to be written down.
//!     let day = jiff::civil::date(2026, 11, 28);
//!     let interview = Interview::new(questionnaire, Audience::Clinician, day);
//!     let opened = Opened {
//!         questionnaire: store.keep_questionnaire(questionnaire, yaml)?,
//!         audience: Audience::Clinician,
//!         language: questionnaire.language.clone(),
//!         source: Source::Intake,
//!         ticket: None,
//!         reference: Some("bed 4".to_owned()),
//!     };
//!     let first = changes(&Value::Null, &interview.to_value(), Said::Patient);
//!     let (id, mut revision) = store.begin(now, opened, &first)?;
//!
//!     // After each answer, before the next page is drawn: what changed, and the level if it did.
//!     let before = interview.to_value();
//!     // interview.answer(...);
//!     let mut events = changes(&before, &interview.to_value(), Said::Observed);
//!     let emergency = Level::of(questionnaire, (0, false));
//!     events.push(Event::LevelReached { level: Some(emergency) });
//!     match store.append(id, revision, now, &events)? {
//!         Appended::Kept { revision: newest, .. } => revision = newest,
//!         // Another station was quicker: nothing was written. Show both and ask.
//!         Appended::Clash { theirs } => println!("changed by {}", theirs[0].mark.who.name),
//!     }
//!
//!     // A board: everything of today once, then once a second what has changed.
//!     let mut cursor = Cursor::default();
//!     store.changed_since(&mut cursor)?;
//!     for listed in store.encounters(now)? {
//!         println!("{:?} {:?}", listed.summary.ticket, listed.summary.level);
//!     }
//!     for id in store.changed_since(&mut cursor)? {
//!         println!("{:?}", store.listed_one(id)?);
//!     }
//!
//!     // Taking over from the kiosk: the interview goes on where the person was.
//!     if let Some(found) = store.by_ticket("KD47", now)? {
//!         let record = store.encounter(found.id)?;
//!         let resumed = Interview::from_json(questionnaire, &record.json());
//!         println!("{} corrections", record.corrections().count());
//!     }
//!     Ok(())
//! }
//! ```
//!
//! A [`Problem::Unknown`] means that the connection broke while something was written: the same call again finds out.
//! After every other problem nothing was written, so the question stays on the screen with its answer.
//!
//! Invariants: no entry is changed or taken out, but for the bodies of an encounter that is erased as a whole; a body
//! opens at its own place alone; nothing is shown as kept that isn't on the disk; the database never sees a plain answer.

mod alone;
mod append;
mod backup;
mod chain;
mod database;
mod entry;
mod migrations;
mod pending;
mod people;
#[cfg(feature = "postgres")]
mod pgpass;
mod place;
#[cfg(feature = "postgres")]
mod postgres;
mod problem;
mod purge;
mod read;
mod record;
mod rekey;
mod role;
mod seal;
mod sqlite;
mod summary;
mod unlock;
mod verify;

use std::fmt;
use std::path::PathBuf;

use database::{BEGIN, Cell, Database};
use migrations::{FORMAT, STEPS};
use seal::random;
use sqlite::Sqlite;

pub use append::Appended;
pub use backup::{BackedUp, Books, restore};
pub use database::{Fault, Trouble};
pub use entry::{EncounterId, Entry, Event, Level, Mark, Opened, Person, Revision, Said, Source, Which};
pub use people::LONGEST_NAME;
pub use place::Place;
pub use problem::Problem;
pub use purge::Purged;
pub use read::Cursor;
pub use record::{Correction, Noted, Provenance, Record, changes};
pub use role::{Deed, Role};
pub use seal::Key;
pub use summary::{Closed, Listed, Summary};

pub use crate::encounter::State;
pub use unlock::{SHORTEST, Unlock};
pub use verify::{Finding, Verified};

use crate::questionnaire::Questionnaire;

/// An open store.
pub struct Store {
    database: Box<dyn Database>,
    /// Its own number: nothing of one store opens in another.
    id: Vec<u8>,
    master: Key,
    /// The key of the log, of stations' names and of people.
    log_key: Key,
    /// Counts the changes of the key.
    epoch: Vec<u8>,
    station: String,
    /// The chain of this station, once it is in the store.
    writer: Option<Vec<u8>>,
    person: Option<Person>,
    pending: Option<pending::Pending>,
    /// Whether something was written since changes were asked for, which the database doesn't count as one.
    wrote: bool,
    /// Where it is, unless a server has it.
    file: Option<PathBuf>,
    held: Option<alone::Held>,
}

/// The first digits of the hash of an entry.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Head(String);

impl fmt::Display for Head {
    fn fmt(&self, f: &mut fmt::Formatter) -> fmt::Result {
        f.write_str(&self.0)
    }
}

impl Store {
    /// Makes an empty store.
    ///
    /// # Errors
    /// When there is one already, or it can't be made; nothing is left then.
    pub fn create(place: &Place, unlock: &Unlock, station: &str) -> Result<Store, Problem> {
        match place {
            Place::File(path) => {
                place::make_file(path).map_err(|error| match error.kind() {
                    std::io::ErrorKind::AlreadyExists => Problem::IsThere(place.to_string()),
                    _ => Problem::Place(format!("{}: {error}", path.display())),
                })?;
                let made = Sqlite::create(path).map_err(Problem::from);
                let made = made.and_then(|database| Store::begin_in(Box::new(database), unlock));
                made.inspect_err(|_| backup::remove(path))?;
            }
            Place::Postgres(_) => {
                let mut database = database_at(place)?;
                if has_tables(database.as_mut())? {
                    return Err(Problem::IsThere(place.to_string()));
                }
                Store::begin_in(database, unlock)?;
            }
        }
        Store::open(place, unlock, station)
    }

    /// Opens the store that is there. `station` is what this place is called, such as "desk 1"; its chain goes on.
    ///
    /// # Errors
    /// When there is none, or the key is another one; nothing has been written then.
    pub fn open(place: &Place, unlock: &Unlock, station: &str) -> Result<Store, Problem> {
        let mut database = database_at(place)?;
        if !has_tables(database.as_mut())? {
            return Err(Problem::NotThere(place.to_string()));
        }
        let mut store = Store::on(database, unlock, station)?;
        if let Place::File(path) = place {
            store.file = Some(path.clone());
        }
        Ok(store)
    }

    /// Whether a passphrase opens the store that is there, and not a key file.
    ///
    /// # Errors
    /// When there is none.
    pub fn wants_passphrase(place: &Place) -> Result<bool, Problem> {
        let mut database = database_at(place)?;
        if !has_tables(database.as_mut())? {
            return Err(Problem::NotThere(place.to_string()));
        }
        Ok(meta(database.as_mut(), "kdf")?.is_some_and(|kdf| kdf != b"key"))
    }

    fn on(mut database: Box<dyn Database>, unlock: &Unlock, station: &str) -> Result<Store, Problem> {
        let format = meta(database.as_mut(), "format")?;
        let format = format.and_then(|format| String::from_utf8(format).ok()?.parse::<u64>().ok());
        match format {
            None => return Err(Problem::Damaged("it does not say what format it has".to_owned())),
            Some(format) if format > FORMAT => return Err(Problem::Newer(format, FORMAT)),
            Some(_) => {}
        }
        let mut part = |key: &str| {
            meta(database.as_mut(), key)?.ok_or_else(|| Problem::Damaged(format!("its `{key}` is missing")))
        };
        let (id, epoch) = (part("store")?, part("epoch")?);
        let site_key = unlock.key(&part("kdf")?)?;
        let master =
            site_key.open_key(&part("key")?, &place_of("master", &id, &[])).ok_or(Problem::WrongKey)?;
        let sql = "select wrapped from encounter where enc = $1";
        let log = database.rows(sql, &[Cell::from(&EncounterId::LOG.0[..])])?;
        let wrapped = log.into_iter().next().and_then(|row| row.into_iter().next()?.bytes());
        if wrapped.is_none() {
            return Err(Problem::IsBackup);
        }
        let log_key =
            wrapped.and_then(|wrapped| master.open_key(&wrapped, &place_of("key", &id, &EncounterId::LOG.0)));
        let log_key = log_key.ok_or_else(|| Problem::Damaged("its log does not open".to_owned()))?;
        Ok(Store {
            database,
            id,
            master,
            log_key,
            epoch,
            station: station.to_owned(),
            writer: None,
            person: None,
            pending: None,
            wrote: false,
            file: None,
            held: None,
        })
    }

    /// The tables, and what tells a right key.
    fn begin_in(mut database: Box<dyn Database>, unlock: &Unlock) -> Result<(), Problem> {
        let (id, master, log_key) = (random::<16>()?, Key::random()?, Key::random()?);
        let kdf = unlock.new_kdf()?;
        let site_key = unlock.key(&kdf)?;
        let wrapped = site_key.seal(master.bytes(), &place_of("master", &id, &[]))?;
        let log = master.seal(log_key.bytes(), &place_of("key", &id, &EncounterId::LOG.0))?;
        database.script(BEGIN)?;
        for step in STEPS {
            database.script(step)?;
        }
        let format = FORMAT.to_string().into_bytes();
        let epoch = b"1".to_vec();
        let meta =
            [("store", id.to_vec()), ("format", format), ("epoch", epoch), ("kdf", kdf), ("key", wrapped)];
        for (key, value) in meta {
            let sql = "insert into meta (k, v) values ($1, $2)";
            database.run(sql, &[Cell::from(key), Cell::Bytes(value)])?;
        }
        let sql = "insert into encounter (enc, opened, changed, rev, wrapped, summary) \
                   values ($1, 0, 0, 0, $2, null)";
        database.run(sql, &[Cell::from(&EncounterId::LOG.0[..]), Cell::Bytes(log)])?;
        database.script("commit")?;
        Ok(())
    }

    /// Keeps the text of a questionnaire, so that what is asked with it now can be gone on with under the same version
    /// later. `questionnaire` is in its first language.
    ///
    /// # Errors
    /// When it can't be written.
    pub fn keep_questionnaire(
        &mut self,
        questionnaire: &Questionnaire,
        yaml: &[u8],
    ) -> Result<Which, Problem> {
        let which = Which::of(questionnaire);
        let sql = "select id from questionnaire where sha256 = $1";
        if self.database.rows(sql, &[Cell::from(which.sha256.as_str())])?.is_empty() {
            let sql = "insert into questionnaire (sha256, id, version, written) values ($1, $2, $3, $4) \
                       on conflict do nothing";
            let parts = [&which.sha256, &which.id, &which.version].map(|part| Cell::from(part.as_str()));
            self.database.run(sql, &[&parts[..], &[Cell::from(yaml)]].concat())?;
        }
        Ok(which)
    }

    /// The text of a questionnaire that was used.
    ///
    /// # Errors
    /// When the store can't be read.
    pub fn questionnaire(&mut self, which: &Which) -> Result<Option<Vec<u8>>, Problem> {
        let sql = "select written from questionnaire where sha256 = $1";
        let row = self.database.rows(sql, &[Cell::from(which.sha256.as_str())])?.into_iter().next();
        Ok(row.and_then(|row| row.into_iter().next()?.bytes()))
    }

    /// Fails when the key was changed since the store was opened.
    fn key_is_ours(&mut self) -> Result<(), Problem> {
        let epoch = meta(self.database.as_mut(), "epoch")?;
        if epoch.as_ref() == Some(&self.epoch) { Ok(()) } else { Err(Problem::KeyChanged) }
    }

    /// As [`Store::key_is_ours`], and nobody changes it until the end of the transaction.
    fn hold_key(&mut self) -> Result<(), Problem> {
        let rows = self.database.rows("update meta set v = v where k = 'epoch' returning v", &[])?;
        let epoch = rows.into_iter().next().and_then(|row| row.into_iter().next()?.bytes());
        if epoch.as_ref() == Some(&self.epoch) { Ok(()) } else { Err(Problem::KeyChanged) }
    }

    fn place_of_key(&self, id: EncounterId) -> Vec<u8> {
        place_of("key", &self.id, &id.0)
    }

    fn place_of_summary(&self, id: EncounterId, revision: Revision) -> Vec<u8> {
        [place_of("summary", &self.id, &id.0), revision.to_be_bytes().to_vec()].concat()
    }

    fn place_of_station(&self, writer: &[u8]) -> Vec<u8> {
        place_of("station", &self.id, writer)
    }

    fn place_of_books(&self) -> Vec<u8> {
        place_of("books", &self.id, &[])
    }

    fn place_of_person(&self, person: &[u8]) -> Vec<u8> {
        place_of("person", &self.id, person)
    }
}

/// Opens what is at this place, a store or not.
fn database_at(place: &Place) -> Result<Box<dyn Database>, Problem> {
    match place {
        Place::File(path) => {
            place::look_at_file(path)?;
            Ok(Box::new(Sqlite::open(path)?))
        }
        #[cfg(feature = "postgres")]
        Place::Postgres(address) => Ok(Box::new(postgres::Postgres::open(address)?)),
        #[cfg(not(feature = "postgres"))]
        Place::Postgres(_) => Err(Problem::NoPostgres),
    }
}

/// Whether there is a store in the database.
fn has_tables(database: &mut dyn Database) -> Result<bool, Problem> {
    match database.rows("select v from meta where k = 'format'", &[]) {
        Ok(_) => Ok(true),
        Err(fault) if fault.trouble == Trouble::Other => Ok(false),
        Err(fault) => Err(fault.into()),
    }
}

/// What a sealed text of this kind is bound to. Numbers have one length, so no two places are alike.
fn place_of(kind: &str, store: &[u8], number: &[u8]) -> Vec<u8> {
    [kind.as_bytes(), b" ", store, number].concat()
}

fn meta(database: &mut dyn Database, key: &str) -> Result<Option<Vec<u8>>, Problem> {
    let rows = database.rows("select v from meta where k = $1", &[Cell::from(key)])?;
    Ok(rows.into_iter().next().and_then(|row| row.into_iter().next()?.bytes()))
}
