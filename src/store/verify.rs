//! Looking at all of a store: is every entry there, and as it was written?

use std::collections::{BTreeMap, HashMap, HashSet};
use std::fmt;

use super::chain::{self, BEGINNING, Position};
use super::database::{Cell, Row, SNAPSHOT};
use super::entry::{EncounterId, Entry, Event, Revision};
use super::seal::Key;
use super::summary::Summary;
use super::{Problem, Store};

/// Entries that are read at once.
const PAGE: u64 = 1000;

/// What was found.
#[derive(Debug, Default)]
pub struct Verified {
    pub stations: usize,
    pub encounters: usize,
    pub entries: u64,
    /// Encounters whose key and bodies were erased, as the log says.
    pub erased: usize,
    /// Everything that is not as it was written; none: all is well.
    pub found: Vec<Finding>,
}

/// Something that is not as it was written.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Finding {
    /// A row that has not the form of one.
    NoRow,
    /// The station, and the number of the first entry that is missing.
    Missing(String, u64),
    Changed(String, u64),
    /// Another station has seen this entry, and it is not there or another one.
    WitnessedOtherwise(String, u64),
    /// The station's newest entry is not the one that it should be.
    End(String),
    /// The check, and the entry of it.
    DoesNotOpen(EncounterId, Revision),
    MissingInCheck(EncounterId, Revision),
    /// Its entries are there, and it is not.
    NoCheck(EncounterId),
    /// Erased, and the log knows nothing of it.
    ErasedUnseen(EncounterId),
    /// The log says that it was erased, and it is still there: a purge was broken off.
    NotErased(EncounterId),
    /// The board shows something else than the entries say.
    Summary(EncounterId),
    /// No entry has this hash.
    NoHead(String),
}

impl fmt::Display for Finding {
    fn fmt(&self, f: &mut fmt::Formatter) -> fmt::Result {
        match self {
            Finding::NoRow => write!(f, "a row cannot be read"),
            Finding::Missing(station, n) => write!(f, "entry {n} of {station} is missing"),
            Finding::Changed(station, n) => write!(f, "entry {n} of {station} was changed"),
            Finding::WitnessedOtherwise(station, n) => {
                write!(f, "entry {n} of {station}, which another station has seen, is missing or was changed")
            }
            Finding::End(station) => write!(f, "the newest entries of {station} are missing"),
            Finding::DoesNotOpen(id, revision) => {
                write!(f, "entry {revision} of the check {id} does not open")
            }
            Finding::MissingInCheck(id, revision) => {
                write!(f, "entry {revision} of the check {id} is missing")
            }
            Finding::NoCheck(id) => write!(f, "the check {id} is missing, but its entries are there"),
            Finding::ErasedUnseen(id) => write!(f, "the check {id} was erased, but not by `redflag purge`"),
            Finding::NotErased(id) => {
                write!(f, "the check {id} was to be erased and is still there: run `redflag purge` again")
            }
            Finding::Summary(id) => {
                write!(f, "the board shows the check {id} differently from its entries")
            }
            Finding::NoHead(digits) => write!(
                f,
                "no entry has a hash that begins with {digits}: entries are missing, or the digits are of another store"
            ),
        }
    }
}

/// An entry as it is checked.
struct Linked {
    position: Position,
    body: Option<Vec<u8>>,
    body_hash: Vec<u8>,
    hash: Vec<u8>,
}

/// The name of a station, and the number and the hash of its newest entry.
type Station = (String, u64, Vec<u8>);

/// Hashes by station and number.
type Hashes = HashMap<(Vec<u8>, u64), Vec<u8>>;

impl Store {
    /// Reads all of the store as it is at one moment, while others write. `heads`: digits that were printed once.
    ///
    /// # Errors
    /// When the store can't be read. What is wrong in it is in [`Verified::found`].
    pub fn verify(&mut self, heads: &[String]) -> Result<Verified, Problem> {
        self.database.script(SNAPSHOT)?;
        let verified = self.verify_all(heads);
        self.database.script("rollback")?;
        verified
    }

    fn verify_all(&mut self, heads: &[String]) -> Result<Verified, Problem> {
        let mut verified = Verified::default();
        let mut hashes = Hashes::new();
        let mut witnessed: Vec<(Vec<u8>, u64, Vec<u8>)> = Vec::new();
        let stations = self.stations()?;
        verified.stations = stations.len();
        for (writer, (station, n, hash)) in &stations {
            let mut before = BEGINNING.to_vec();
            let mut next = 1;
            self.each_entry(writer, |linked| {
                let Some(Linked { position, body, body_hash, hash }) = linked else {
                    verified.found.push(Finding::NoRow);
                    return;
                };
                verified.entries += 1;
                if position.n != next {
                    verified.found.push(Finding::Missing(station.clone(), next));
                }
                next = position.n + 1;
                let is_body = body.as_ref().is_none_or(|body| chain::body_hash(body)[..] == body_hash[..]);
                if !is_body || position.hash(&before, &body_hash)[..] != hash[..] {
                    verified.found.push(Finding::Changed(station.clone(), position.n));
                }
                if let Some((n, writer, hash)) = chain::witnessed(&position.witness) {
                    witnessed.push((writer.to_vec(), n, hash.to_vec()));
                }
                hashes.insert((position.writer, position.n), hash.clone());
                before = hash;
            })?;
            if next != n + 1 || before != *hash {
                verified.found.push(Finding::End(station.clone()));
            }
        }
        for (writer, n, hash) in witnessed {
            if hashes.get(&(writer.clone(), n)) != Some(&hash) {
                let station = stations.get(&writer).map_or("a station that is missing", |(name, ..)| name);
                verified.found.push(Finding::WitnessedOtherwise(station.to_owned(), n));
            }
        }
        for head in heads {
            let head = head.trim().to_lowercase();
            if head.len() < 8 || !hashes.values().any(|hash| chain::digits(hash).starts_with(&head[..8])) {
                verified.found.push(Finding::NoHead(head));
            }
        }
        self.verify_encounters(&mut verified)?;
        let mut said = HashSet::new();
        verified.found.retain(|finding| said.insert(finding.to_string()));
        Ok(verified)
    }

    fn verify_encounters(&mut self, verified: &mut Verified) -> Result<(), Problem> {
        let log = self.verify_one(EncounterId::LOG, verified)?;
        let purged: HashSet<EncounterId> = log
            .iter()
            .flat_map(|entry| match &entry.event {
                Event::Purged { encounters, .. } => &encounters[..],
                _ => &[],
            })
            .filter_map(|id| id.parse().ok())
            .collect();
        let rows = self.database.rows("select enc, wrapped from encounter order by enc", &[])?;
        let mut known = HashSet::from([EncounterId::LOG]);
        for row in rows {
            let mut row = row.into_iter();
            let Some(id) = row.next().and_then(Cell::bytes).as_deref().and_then(EncounterId::of) else {
                verified.found.push(Finding::NoRow);
                continue;
            };
            if !known.insert(id) {
                continue;
            }
            match (row.next().and_then(Cell::bytes).is_some(), purged.contains(&id)) {
                (true, false) => {
                    verified.encounters += 1;
                    self.verify_one(id, verified)?;
                }
                (true, true) => verified.found.push(Finding::NotErased(id)),
                (false, true) => verified.erased += 1,
                (false, false) => verified.found.push(Finding::ErasedUnseen(id)),
            }
        }
        for row in self.database.rows("select distinct enc from entry", &[])? {
            let id = row.into_iter().next().and_then(Cell::bytes).as_deref().and_then(EncounterId::of);
            match id {
                Some(id) if known.contains(&id) => {}
                Some(id) => verified.found.push(Finding::NoCheck(id)),
                None => verified.found.push(Finding::NoRow),
            }
        }
        Ok(())
    }

    /// The entries that open.
    fn verify_one(&mut self, id: EncounterId, verified: &mut Verified) -> Result<Vec<Entry>, Problem> {
        let sql = "select rev, wrapped, summary from encounter where enc = $1";
        let Some(row) = self.database.rows(sql, &[Cell::from(&id.0[..])])?.into_iter().next() else {
            verified.found.push(Finding::NoCheck(id));
            return Ok(Vec::new());
        };
        let wrapped = row.get(1).cloned().and_then(Cell::bytes).unwrap_or_default();
        let Some(key) = self.master.open_key(&wrapped, &self.place_of_key(id)) else {
            verified.found.push(Finding::DoesNotOpen(id, 0));
            return Ok(Vec::new());
        };
        let sql = "select writer, n, enc, rev, at, witness, body, body_hash, hash from entry where enc = $1 order by rev";
        let rows = self.database.rows(sql, &[Cell::from(&id.0[..])])?;
        let mut entries = Vec::new();
        let mut next = 1;
        for row in rows {
            let Some(linked) = linked(row) else {
                verified.found.push(Finding::NoRow);
                continue;
            };
            let revision = linked.position.revision;
            if revision != next {
                verified.found.push(Finding::MissingInCheck(id, next));
            }
            next = revision + 1;
            match linked.body.and_then(|body| self.open_entry(&linked.position, &body, &key)) {
                Some(entry) => entries.push(entry),
                None => verified.found.push(Finding::DoesNotOpen(id, revision)),
            }
        }
        let revision = row.first().and_then(Cell::count).unwrap_or_default();
        if revision + 1 != next {
            verified.found.push(Finding::MissingInCheck(id, next));
        }
        if id != EncounterId::LOG && !self.is_summary(id, &key, row, &entries) {
            verified.found.push(Finding::Summary(id));
        }
        Ok(entries)
    }

    fn is_summary(&self, id: EncounterId, key: &Key, row: Row, entries: &[Entry]) -> bool {
        let revision = row.first().and_then(Cell::count).unwrap_or_default();
        let sealed = row.into_iter().nth(2).and_then(Cell::bytes).unwrap_or_default();
        let text = key.open(&sealed, &self.place_of_summary(id, revision));
        let kept: Option<Summary> = text.and_then(|text| serde_json::from_slice(&text).ok());
        kept.is_some() && kept == Summary::of(entries)
    }

    /// The name, the newest number and the newest hash of each station.
    fn stations(&mut self) -> Result<BTreeMap<Vec<u8>, Station>, Problem> {
        let rows = self.database.rows("select writer, station, n, hash from writer order by writer", &[])?;
        let station = |row: Row| {
            let mut row = row.into_iter();
            let writer = row.next()?.bytes()?;
            let name = self.log_key.open(&row.next()?.bytes()?, &self.place_of_station(&writer));
            let name = name.and_then(|name| String::from_utf8(name).ok());
            let name = name.unwrap_or_else(|| "a station without a name".to_owned());
            Some((writer, (name, row.next()?.count()?, row.next()?.bytes()?)))
        };
        Ok(rows.into_iter().filter_map(station).collect())
    }

    fn each_entry(&mut self, writer: &[u8], mut look: impl FnMut(Option<Linked>)) -> Result<(), Problem> {
        let sql = "select writer, n, enc, rev, at, witness, body, body_hash, hash from entry \
                   where writer = $1 and n > $2 order by n limit $3";
        let mut after = 0;
        loop {
            let rows = self.database.rows(sql, &[Cell::from(writer), after.into(), PAGE.into()])?;
            let Some(last) = rows.last().and_then(|row| row.get(1)?.count()) else { return Ok(()) };
            after = last;
            rows.into_iter().map(linked).for_each(&mut look);
        }
    }
}

fn linked(row: Row) -> Option<Linked> {
    let mut row = row.into_iter();
    let position = Position::read(&mut row)?;
    let position = Position { witness: row.next()?.bytes().unwrap_or_default(), ..position };
    let body = row.next()?.bytes();
    Some(Linked { position, body, body_hash: row.next()?.bytes()?, hash: row.next()?.bytes()? })
}
