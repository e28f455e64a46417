//! Another key for the store.

use jiff::Timestamp;

use super::backup::Books;
use super::database::{BEGIN, Cell};
use super::entry::{EncounterId, Event};
use super::seal::Key;
use super::unlock::Unlock;
use super::{Problem, Store, place_of};

impl Store {
    /// From here on `unlock` opens the store, and what opened it before does not. Every program that has the store
    /// open has to be started again.
    ///
    /// Books of keys beside backups are written anew. What else was copied of the store before still opens with the old key: destroy that.
    ///
    /// # Errors
    /// When whoever is signed in may not do it, or it can't be written; then the old key stays.
    pub fn change_key(&mut self, at: Timestamp, unlock: &Unlock) -> Result<Books, Problem> {
        let who = self.keeper()?;
        let kdf = unlock.new_kdf()?;
        let (site_key, master) = (unlock.key(&kdf)?, Key::random()?);
        self.database.script(BEGIN)?;
        match self.wrap_all(&site_key, &master, kdf) {
            Ok(epoch) => {
                self.database.script("commit")?;
                (self.master, self.epoch) = (master, epoch);
            }
            Err(problem) => {
                let _ = self.database.script("rollback");
                return Err(problem);
            }
        }
        self.log(at, who, Event::KeyChanged)?;
        self.renew_books()
    }

    /// The new epoch.
    fn wrap_all(&mut self, site_key: &Key, master: &Key, kdf: Vec<u8>) -> Result<Vec<u8>, Problem> {
        self.key_is_ours()?;
        let rows = self.database.rows("select enc, wrapped from encounter where wrapped is not null", &[])?;
        for row in rows {
            let mut row = row.into_iter();
            let id = row.next().and_then(Cell::bytes).as_deref().and_then(EncounterId::of);
            let (Some(id), Some(wrapped)) = (id, row.next().and_then(Cell::bytes)) else { continue };
            let place = self.place_of_key(id);
            let key = self.master.open_key(&wrapped, &place);
            let key = key.ok_or_else(|| Problem::Damaged(format!("the check {id} does not open")))?;
            let sql = "update encounter set wrapped = $1 where enc = $2";
            self.database
                .run(sql, &[Cell::Bytes(master.seal(key.bytes(), &place)?), Cell::from(&id.0[..])])?;
        }
        let epoch = String::from_utf8_lossy(&self.epoch).parse::<u64>().unwrap_or_default();
        let epoch = epoch.saturating_add(1).to_string().into_bytes();
        let wrapped = site_key.seal(master.bytes(), &place_of("master", &self.id, &[]))?;
        for (key, value) in [("epoch", epoch.clone()), ("kdf", kdf), ("key", wrapped)] {
            let sql = "update meta set v = $1 where k = $2";
            self.database.run(sql, &[Cell::Bytes(value), Cell::from(key)])?;
        }
        Ok(epoch)
    }
}
