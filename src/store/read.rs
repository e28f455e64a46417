//! Reading: the list that a board shows, one encounter, and what has changed.

use std::collections::BTreeMap;

use jiff::Timestamp;

use super::chain::{self, Position};
use super::database::{Cell, Row};
use super::entry::{Body, EncounterId, Entry, Mark, Revision, milliseconds::moment};
use super::record::Record;
use super::role::Deed;
use super::seal::Key;
use super::summary::{Listed, Summary};
use super::{Head, Problem, Store};

/// How far somebody has read: the newest entry of each station.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Cursor(BTreeMap<Vec<u8>, u64>);

impl Store {
    /// All encounters that something has happened to since then; without their references, unless somebody is signed in
    /// who may read answers. They come in the order in which they were opened. For a list
    /// that is shown for long, take [`Store::changed_since`] after this.
    ///
    /// # Errors
    /// When the store can't be read, or something in it was changed by somebody.
    pub fn encounters(&mut self, since: Timestamp) -> Result<Vec<Listed>, Problem> {
        let sql = "select enc, rev, wrapped, summary from encounter \
                   where changed >= $1 and rev > 0 and summary is not null order by opened, enc";
        let rows = self.database.rows(sql, &[since.as_millisecond().into()])?;
        rows.into_iter().map(|row| self.listed(row)).filter_map(Result::transpose).collect()
    }

    /// One encounter of the list; `None`: it was erased, or there is none.
    ///
    /// # Errors
    /// As for [`Store::encounters`].
    pub fn listed_one(&mut self, id: EncounterId) -> Result<Option<Listed>, Problem> {
        let sql = "select enc, rev, wrapped, summary from encounter where enc = $1 and summary is not null";
        let row = self.database.rows(sql, &[Cell::from(&id.0[..])])?.into_iter().next();
        row.map_or(Ok(None), |row| self.listed(row))
    }

    /// The newest encounter with this ticket, whatever its letters' case, that is not closed, else the newest of all
    /// with it. Tickets come again, so only those since then count.
    ///
    /// # Errors
    /// As for [`Store::encounters`].
    pub fn by_ticket(&mut self, ticket: &str, since: Timestamp) -> Result<Option<Listed>, Problem> {
        let is_it = |listed: &Listed| {
            let of_it = listed.summary.ticket.as_deref();
            of_it.is_some_and(|of_it| of_it.eq_ignore_ascii_case(ticket.trim()))
        };
        let found = self.encounters(since)?.into_iter().filter(is_it);
        Ok(found.max_by_key(|listed| (listed.summary.closed.is_none(), listed.summary.opened.at)))
    }

    /// Everything about one encounter. Only who may read answers gets it.
    ///
    /// # Errors
    /// As for [`Store::encounters`]; when there is none of this number, or it was erased.
    pub fn encounter(&mut self, id: EncounterId) -> Result<Record, Problem> {
        let who = self.person.as_ref().ok_or(Problem::NobodySignedIn)?;
        if !who.role.may(Deed::Read) && !who.role.may(Deed::Export) {
            return Err(Problem::MayNot(who.role, Deed::Read));
        }
        let entries = self.entries(id, 0)?;
        Record::of(id, entries).ok_or(Problem::NoEncounter)
    }

    /// The encounters that something has happened to since `cursor`, which moves on to now. With an empty cursor all
    /// of them. Asked once a second it costs next to nothing, when nothing has happened.
    ///
    /// # Errors
    /// When the store can't be read.
    pub fn changed_since(&mut self, cursor: &mut Cursor) -> Result<Vec<EncounterId>, Problem> {
        if !self.database.changed()? && !cursor.0.is_empty() && !self.wrote {
            return Ok(Vec::new());
        }
        self.wrote = false;
        let mut changed = Vec::new();
        for row in self.database.rows("select writer, n from writer order by writer", &[])? {
            let mut row = row.into_iter();
            let (Some(writer), Some(n)) =
                (row.next().and_then(Cell::bytes), row.next().and_then(|n| n.count()))
            else {
                continue;
            };
            let known = cursor.0.get(&writer).copied().unwrap_or_default();
            if n <= known {
                continue;
            }
            let sql = "select distinct enc from entry where writer = $1 and n > $2";
            for row in self.database.rows(sql, &[Cell::from(&writer), known.into()])? {
                let enc = row.into_iter().next().and_then(Cell::bytes);
                changed.extend(enc.as_deref().and_then(EncounterId::of));
            }
            cursor.0.insert(writer, n);
        }
        changed.retain(|id| *id != EncounterId::LOG);
        changed.sort_unstable();
        changed.dedup();
        Ok(changed)
    }

    /// The hash of the newest entry of this station, or of any while it has none, for handovers and the foot of a
    /// board. `redflag store verify --head` finds out later whether everything up to it is still there.
    ///
    /// # Errors
    /// When the store can't be read.
    pub fn head(&mut self) -> Result<Head, Problem> {
        let own = self.writer.clone().unwrap_or_default();
        let rows =
            self.database.rows("select writer, hash, n from writer where n > 0 order by n desc", &[])?;
        let is_own = |row: &&Row| row.first() == Some(&Cell::Bytes(own.clone()));
        let row = rows.iter().find(is_own).or(rows.first());
        let hash = row.and_then(|row| row.get(1)?.clone().bytes());
        Ok(hash.map(|hash| Head::of(&hash)).unwrap_or_default())
    }

    /// The entries of an encounter after a revision.
    pub(super) fn entries(&mut self, id: EncounterId, after: Revision) -> Result<Vec<Entry>, Problem> {
        let sql = "select rev, wrapped, summary from encounter where enc = $1";
        let row = self
            .database
            .rows(sql, &[Cell::from(&id.0[..])])?
            .into_iter()
            .next()
            .ok_or(Problem::NoEncounter)?;
        let (_, key, _) = self.opened_row(id, row)?;
        let sql = "select writer, n, enc, rev, at, body from entry where enc = $1 and rev > $2 order by rev";
        let rows = self.database.rows(sql, &[Cell::from(&id.0[..]), after.into()])?;
        let entries = rows.into_iter().map(|row| {
            let (position, body) = position(row).ok_or_else(damaged)?;
            let body = body.ok_or(Problem::Erased)?;
            self.open_entry(&position, &body, &key).ok_or_else(|| {
                Problem::Damaged(format!("entry {} of the check {id} does not open", position.revision))
            })
        });
        entries.collect()
    }

    pub(super) fn open_entry(&self, position: &Position, body: &[u8], key: &Key) -> Option<Entry> {
        let body: Body = serde_json::from_slice(&key.open(body, &position.place(&self.id))?).ok()?;
        let mark = Mark { who: body.who, station: body.station, at: moment(position.at) };
        Some(Entry { revision: position.revision, mark, event: body.event })
    }

    /// Of `rev, wrapped, summary`.
    pub(super) fn opened_row(
        &self,
        id: EncounterId,
        row: Row,
    ) -> Result<(Revision, Key, Option<Summary>), Problem> {
        let mut row = row.into_iter();
        let revision = row.next().and_then(|revision| revision.count()).ok_or_else(damaged)?;
        let wrapped = row.next().and_then(Cell::bytes).ok_or(Problem::Erased)?;
        let key = match id {
            EncounterId::LOG => self.log_key.clone(),
            id => self.master.open_key(&wrapped, &self.place_of_key(id)).ok_or_else(|| does_not_open(id))?,
        };
        let summary = row.next().and_then(Cell::bytes);
        let summary = summary.map(|sealed| {
            let text =
                key.open(&sealed, &self.place_of_summary(id, revision)).ok_or_else(|| does_not_open(id))?;
            serde_json::from_slice(&text).map_err(|_| does_not_open(id))
        });
        Ok((revision, key, summary.transpose()?))
    }

    /// Of `enc, rev, wrapped, summary`. `None`: erased.
    fn listed(&self, mut row: Row) -> Result<Option<Listed>, Problem> {
        if row.is_empty() {
            return Ok(None);
        }
        let id = row.remove(0).bytes().as_deref().and_then(EncounterId::of).ok_or_else(damaged)?;
        let (revision, _, summary) = match self.opened_row(id, row) {
            Err(Problem::Erased) => return Ok(None),
            opened => opened?,
        };
        let may_read =
            self.person.as_ref().is_some_and(|who| who.role.may(Deed::Read) || who.role.may(Deed::Export));
        Ok(summary.map(|mut summary| {
            if !may_read {
                // What the clinic calls a person is for nobody who has not signed in.
                summary.reference = None;
            }
            Listed { id, revision, summary }
        }))
    }
}

/// Of `writer, n, enc, rev, at, body`.
fn position(row: Row) -> Option<(Position, Option<Vec<u8>>)> {
    let mut row = row.into_iter();
    let position = Position::read(&mut row)?;
    Some((position, row.next()?.bytes()))
}

fn damaged() -> Problem {
    Problem::Damaged("a row is not as it was written".to_owned())
}

fn does_not_open(id: EncounterId) -> Problem {
    Problem::Damaged(format!("the check {id} does not open"))
}

impl Head {
    pub(super) fn of(hash: &[u8]) -> Head {
        Head(chain::digits(hash))
    }
}
