//! What opens a store: a key file, or a passphrase. Neither is ever an argument of the command line, in a message or in
//! the environment.

use std::fmt;
use std::fs::{self, File};
use std::io::{self, Write};
use std::path::Path;

use super::Problem;
use super::seal::{COST, Cost, KEY, Key, MOST, random};
use crate::system::files;

/// The first line of a key file.
const TITLE: &str = "redflag store key 1";

/// The shortest passphrase, in characters.
pub const SHORTEST: usize = 12;

/// Far more than a key file has.
const LONGEST: usize = 4096;

/// What opens a store.
#[derive(Clone)]
pub enum Unlock {
    Key(Key),
    Passphrase(String),
}

impl fmt::Debug for Unlock {
    fn fmt(&self, f: &mut fmt::Formatter) -> fmt::Result {
        f.write_str(match self {
            Unlock::Key(_) => "Unlock::Key",
            Unlock::Passphrase(_) => "Unlock::Passphrase",
        })
    }
}

impl Unlock {
    /// The key in this file, which nobody but its owner may read.
    ///
    /// # Errors
    /// When there is none.
    pub fn key_file(path: &Path) -> Result<Unlock, Problem> {
        let problem = |why: &str| Problem::KeyFile(path.to_owned(), why.to_owned());
        files::must_be_private(path).map_err(|error| problem(&files::why(&error)))?;
        let bytes = files::read(path, LONGEST).map_err(|error| problem(&files::why(&error)))?;
        let text = String::from_utf8(bytes).map_err(|_| problem("it is not a redflag key"))?;
        let mut lines = text.lines();
        if lines.next() != Some(TITLE) {
            return Err(problem("it is not a redflag key"));
        }
        let key =
            lines.next().and_then(of_hexadecimal).ok_or_else(|| problem("its key is cut off or changed"))?;
        Ok(Unlock::Key(Key::of(key)))
    }

    /// Makes a key and writes it into a new file that only its owner may read.
    ///
    /// # Errors
    /// When there is something at that place already, or it can't be written; nothing is left then.
    pub fn new_key_file(path: &Path) -> Result<Unlock, Problem> {
        let problem = |error: io::Error| Problem::KeyFile(path.to_owned(), error.to_string());
        let key = Key::random()?;
        let mut file = super::place::make_file(path).map_err(problem)?;
        let digits: String = key.bytes().iter().map(|byte| format!("{byte:02x}")).collect();
        let written = writeln!(file, "{TITLE}\n{digits}").and_then(|()| file.sync_all()).and_then(|()| {
            // The name in the folder, too, before anything is sealed with the key.
            let folder = path.parent().filter(|folder| !folder.as_os_str().is_empty());
            File::open(folder.unwrap_or(Path::new(".")))?.sync_all()
        });
        if let Err(error) = written {
            let _ = fs::remove_file(path);
            return Err(problem(error));
        }
        Ok(Unlock::Key(key))
    }

    /// The passphrase in this file, without its line end: one of systemd's credentials, or any file that only its
    /// owner may read.
    ///
    /// # Errors
    /// When there is none.
    pub fn passphrase_file(path: &Path) -> Result<Unlock, Problem> {
        let problem = |why: &str| Problem::KeyFile(path.to_owned(), why.to_owned());
        files::must_be_private(path).map_err(|error| problem(&files::why(&error)))?;
        let bytes = files::read_given(path, LONGEST).map_err(|error| problem(&files::why(&error)))?;
        let text = String::from_utf8(bytes).map_err(|_| problem("it is not text"))?;
        Ok(Unlock::Passphrase(text.trim_end_matches(['\n', '\r']).to_owned()))
    }

    /// Whether it may be the passphrase of a new store.
    pub fn is_long_enough(&self) -> bool {
        match self {
            Unlock::Key(_) => true,
            Unlock::Passphrase(passphrase) => passphrase.chars().count() >= SHORTEST,
        }
    }

    /// How a new store turns it into its key: what is written there.
    pub(super) fn new_kdf(&self) -> Result<Vec<u8>, Problem> {
        match self {
            Unlock::Key(_) => Ok(b"key".to_vec()),
            Unlock::Passphrase(_) => {
                let salt: String = random::<16>()?.iter().map(|byte| format!("{byte:02x}")).collect();
                Ok(format!("argon2id {} {} {salt}", COST.kibibytes, COST.passes).into_bytes())
            }
        }
    }

    /// The site key, as the store says that it is made.
    pub(super) fn key(&self, kdf: &[u8]) -> Result<Key, Problem> {
        let damaged = || Problem::Damaged("it does not say how its key is made".to_owned());
        let kdf = std::str::from_utf8(kdf).map_err(|_| damaged())?;
        match (self, kdf) {
            (Unlock::Key(key), "key") => Ok(key.clone()),
            (Unlock::Passphrase(_), "key") => Err(Problem::WantsKeyFile),
            (Unlock::Key(_), _) => Err(Problem::WantsPassphrase),
            (Unlock::Passphrase(passphrase), kdf) => {
                let [name, kibibytes, passes, salt] = kdf.split(' ').collect::<Vec<_>>()[..] else {
                    return Err(damaged());
                };
                let cost = kibibytes.parse().ok().zip(passes.parse().ok());
                let cost = cost.map(|(kibibytes, passes)| Cost { kibibytes, passes });
                let is_bearable =
                    |cost: &Cost| cost.kibibytes <= MOST.kibibytes && cost.passes <= MOST.passes;
                let cost = cost.filter(is_bearable).filter(|_| name == "argon2id").ok_or_else(damaged)?;
                Key::of_passphrase(passphrase, salt.as_bytes(), cost)
            }
        }
    }
}

fn of_hexadecimal(text: &str) -> Option<[u8; KEY]> {
    let digits: Option<Vec<u8>> = text.chars().map(|c| c.to_digit(16).map(|digit| digit as u8)).collect();
    let bytes: Vec<u8> = digits?.chunks_exact(2).map(|pair| pair[0] << 4 | pair[1]).collect();
    (text.len() == 2 * KEY).then(|| bytes.try_into().ok()).flatten()
}
