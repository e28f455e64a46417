//! One program at a time for what two must not do at once.

use std::fs::{File, Permissions};
use std::os::unix::fs::{OpenOptionsExt, PermissionsExt};
use std::path::PathBuf;

use rustix::fs::{FlockOperation, flock};
use rustix::io::Errno;
use sha2::{Digest, Sha256};

use super::database::Cell;
use super::{Problem, Store};

/// What is held until the program ends, however it ends.
pub(super) struct Held {
    what: [u8; 32],
    _file: File,
}

impl Store {
    /// Whether this program alone does a thing with this store, such as sending to one server. It is so until the program
    /// ends, or until the connection to a server's store breaks: ask again before each step.
    ///
    /// # Errors
    /// When it can't be found out.
    pub fn alone(&mut self, what: &str) -> Result<bool, Problem> {
        let what: [u8; 32] = Sha256::digest(what).into();
        let Some(path) = self.file.clone() else {
            let key = i64::from_be_bytes(what[..8].try_into().unwrap_or_default());
            let sql = "select case when pg_try_advisory_lock($1) then 1::bigint else 0::bigint end";
            let rows = self.database.rows(sql, &[Cell::from(key)])?;
            return Ok(rows.first().and_then(|row| row.first()?.int()) == Some(1));
        };
        if self.held.as_ref().is_some_and(|held| held.what == what) {
            return Ok(true);
        }
        let digits: String = what[..4].iter().map(|byte| format!("{byte:02x}")).collect();
        // Beside the store, and never the store's own file: closing that would take SQLite's own locks away.
        let mut path = path.into_os_string();
        path.push(format!(".{digits}.lock"));
        let path = PathBuf::from(path);
        let told = |error: std::io::Error| Problem::Place(format!("{}: {error}", path.display()));
        let file =
            File::options().write(true).create(true).truncate(false).mode(0o600).open(&path).map_err(told)?;
        file.set_permissions(Permissions::from_mode(0o600)).map_err(told)?;
        match flock(&file, FlockOperation::NonBlockingLockExclusive) {
            Ok(()) => {
                self.held = Some(Held { what, _file: file });
                Ok(true)
            }
            Err(Errno::WOULDBLOCK) => Ok(false),
            Err(error) => Err(told(error.into())),
        }
    }
}
