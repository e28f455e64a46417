//! Where a store is.

use std::fmt;
use std::fs::{self, File};
use std::io;
use std::os::unix::fs::{DirBuilderExt, MetadataExt, OpenOptionsExt, PermissionsExt};
use std::path::{Path, PathBuf};

use etcetera::base_strategy::{BaseStrategy, Xdg};

use super::Problem;

/// A file of SQLite on this host, or a database of PostgreSQL.
#[derive(Clone, PartialEq, Eq)]
pub enum Place {
    File(PathBuf),
    /// Its address, which may hold a password: it is never shown whole.
    Postgres(String),
}

impl Place {
    /// What `--store` or the site file says; without it, `redflag/store.db` in the platform's data directory.
    ///
    /// # Errors
    /// When there is no such directory.
    pub fn of(wanted: Option<&str>) -> Result<Place, Problem> {
        match wanted {
            Some("") => Err(Problem::Place("the place of the store is empty".to_owned())),
            Some(address) if address.starts_with("postgres://") || address.starts_with("postgresql://") => {
                Ok(Place::Postgres(address.to_owned()))
            }
            Some(address) if address.contains("://") => {
                Err(Problem::Place("a store is a file, or begins with `postgres://`".to_owned()))
            }
            Some(path) => Ok(Place::File(path.into())),
            None => data_folder().map(|folder| Place::File(folder.join("store.db"))),
        }
    }

    /// Whether the address has a password in it, which everybody on this host could read in a list of programs if it was
    /// an argument.
    pub fn has_password(&self) -> bool {
        let Place::Postgres(address) = self else { return false };
        let (_, rest) = address.split_once("://").unwrap_or_default();
        let (before, query) = rest.split_once('?').unwrap_or((rest, ""));
        let is_there = |(user, _): (&str, &str)| user.contains(':');
        before.rsplit_once('@').is_some_and(is_there)
            || query.split('&').any(|part| part.to_ascii_lowercase().starts_with("password="))
    }

    /// The kind of network share that a file is on, where SQLite must not be used; `None`: it isn't, as far as the
    /// system says.
    pub fn network(&self) -> Option<&'static str> {
        match self {
            Place::File(path) => network(path),
            Place::Postgres(_) => None,
        }
    }

    /// The key file that belongs to it if no other is named: beside the store of a file, under the host's and the
    /// database's name for PostgreSQL.
    ///
    /// # Errors
    /// When there is no data directory.
    pub fn key_file(&self) -> Result<PathBuf, Problem> {
        match self {
            Place::File(path) => Ok(path.with_extension("key")),
            Place::Postgres(_) => data_folder().map(|folder| folder.join("store.key")),
        }
    }
}

/// Numbers of file systems, from the Linux headers and the manual page of statfs.
#[cfg(target_os = "linux")]
const SHARES: [(u64, &str); 12] = [
    (0x6969, "NFS"),
    (0x517B, "SMB"),
    (0xFF53_4D42, "CIFS"),
    (0xFE53_4D42, "SMB2"),
    (0x5346_414F, "AFS"),
    (0x6B41_4653, "kAFS"),
    (0x00C3_6400, "Ceph"),
    (0x0102_1997, "9P"),
    (0x7375_7245, "Coda"),
    (0x0BD0_0BD0, "Lustre"),
    (0x4750_4653, "GPFS"),
    (0x786F_4256, "a shared folder of VirtualBox"),
];

#[cfg(target_os = "linux")]
fn network(path: &Path) -> Option<&'static str> {
    // A file that isn't there yet will be in its folder.
    let path = std::path::absolute(path).ok()?;
    let there = path.ancestors().find(|path| path.exists())?;
    let kind = rustix::fs::statfs(there).ok()?.f_type as u64 & 0xFFFF_FFFF;
    SHARES.iter().find(|(number, _)| *number == kind).map(|(_, name)| *name)
}

#[cfg(not(target_os = "linux"))]
fn network(_: &Path) -> Option<&'static str> {
    None
}

fn data_folder() -> Result<PathBuf, Problem> {
    let strategy = Xdg::new().map_err(|_| {
        Problem::Place("there is no home directory to keep a store in: name a file with --store".to_owned())
    })?;
    Ok(strategy.data_dir().join("redflag"))
}

impl fmt::Display for Place {
    fn fmt(&self, f: &mut fmt::Formatter) -> fmt::Result {
        match self {
            Place::File(path) => write!(f, "{}", path.display()),
            Place::Postgres(address) => {
                // From `postgres://user:password@host/name?password=...` the host and the name.
                let (_, rest) = address.split_once("://").unwrap_or_default();
                let rest = rest.split(['?', '#']).next().unwrap_or_default();
                let rest = rest.rsplit_once('@').map_or(rest, |(_, rest)| rest);
                write!(f, "postgres://{rest}")
            }
        }
    }
}

impl fmt::Debug for Place {
    fn fmt(&self, f: &mut fmt::Formatter) -> fmt::Result {
        write!(f, "{self}")
    }
}

/// Makes an empty file for a store that only its owner may read, and its folder if there is none.
///
/// # Errors
/// Those of the system; [`io::ErrorKind::AlreadyExists`] if there is something.
pub(super) fn make_file(path: &Path) -> io::Result<File> {
    if let Some(folder) = path.parent().filter(|folder| !folder.as_os_str().is_empty() && !folder.exists()) {
        fs::DirBuilder::new().recursive(true).mode(0o700).create(folder)?;
    }
    File::options().write(true).create_new(true).mode(0o600).open(path)
}

/// Whether the file is there and only its owner may read it, which is made so where it isn't.
///
/// # Errors
/// When it is no file, or others own it and may read it.
pub(super) fn look_at_file(path: &Path) -> Result<(), Problem> {
    let shown = path.display();
    let told = match fs::metadata(path) {
        Ok(told) => told,
        Err(error) if error.kind() == io::ErrorKind::NotFound => {
            return Err(Problem::NotThere(shown.to_string()));
        }
        Err(error) => return Err(Problem::Place(format!("{shown}: {error}"))),
    };
    if !told.is_file() {
        return Err(Problem::Place(format!("{shown} is not a file")));
    }
    if told.mode() & 0o077 != 0 {
        fs::set_permissions(path, fs::Permissions::from_mode(0o600)).map_err(|error| {
            Problem::Place(format!("others may read {shown}, and that cannot be changed: {error}"))
        })?;
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_place_is_a_file_or_a_server_and_shows_no_password() {
        let place = |wanted| Place::of(Some(wanted)).unwrap();
        assert_eq!(place("clinic.db"), Place::File("clinic.db".into()));
        for (address, shown, has_password) in [
            ("postgres://host/clinic", "postgres://host/clinic", false),
            ("postgresql://ana@host:5433/clinic", "postgres://host:5433/clinic", false),
            ("postgres://ana:s3cret@host/clinic", "postgres://host/clinic", true),
            ("postgres://ana@host/clinic?sslmode=require", "postgres://host/clinic", false),
            ("postgres://host/clinic?user=ana&Password=s3cret", "postgres://host/clinic", true),
            ("postgres://ana:s3c@ret@host/clinic", "postgres://host/clinic", true),
        ] {
            let place = place(address);
            assert_eq!(place.to_string(), shown);
            assert_eq!(format!("{place:?}"), shown);
            assert_eq!(place.has_password(), has_password, "{address}");
        }
        for wrong in ["", "mysql://host/clinic", "https://host"] {
            assert!(Place::of(Some(wrong)).is_err(), "{wrong}");
        }
    }
}
