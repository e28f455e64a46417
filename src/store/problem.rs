//! What can go wrong with a store, and the way out of it.

use std::fmt;
use std::path::PathBuf;

use super::database::{Fault, Trouble};
use super::role::{Deed, Role};

/// Why something was not done. But for [`Problem::Unknown`], nothing has been written then.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Problem {
    /// There is none at this place.
    NotThere(String),
    /// There is one already.
    IsThere(String),
    /// The key file, or the passphrase, does not open it.
    WrongKey,
    /// It is opened by a passphrase, and a key file was given.
    WantsPassphrase,
    /// It is opened by a key file, and a passphrase was given.
    WantsKeyFile,
    /// The key file, and why it can't be used.
    KeyFile(PathBuf, String),
    /// It is a backup, whose keys are in a book beside it.
    IsBackup,
    /// The key was changed while this program was running.
    KeyChanged,
    /// Written by a newer program: its format, and the newest that this one knows.
    Newer(u64, u64),
    /// Nobody has signed in.
    NobodySignedIn,
    /// No such name, or another PIN. It is not said which.
    WrongPin,
    /// Too many wrong PINs: wait for so many seconds.
    TooManyPins(u64),
    /// The role may not do it.
    MayNot(Role, Deed),
    /// A kiosk writes what it has asked itself, as long as it is not closed.
    NotOfThisKiosk,
    /// No encounter of this number.
    NoEncounter,
    /// The encounter was erased.
    Erased,
    /// Something in the store is not as it was written.
    Damaged(String),
    /// A place that is none, and why.
    Place(String),
    /// This program was built without PostgreSQL.
    NoPostgres,
    /// The system has no random numbers, in its words.
    NoRandomness(String),
    /// The database could not do it.
    Fault(Fault),
    /// The connection broke while it was being written: it may be in the store, or not. The same call again finds
    /// out, and writes it only if it is not.
    Unknown(Fault),
}

impl Problem {
    /// Whether the same call again may well succeed.
    pub fn may_pass(&self) -> bool {
        match self {
            Problem::Unknown(_) => true,
            Problem::Fault(fault) => !matches!(fault.trouble, Trouble::Damaged | Trouble::Denied),
            _ => false,
        }
    }
}

impl From<Fault> for Problem {
    fn from(fault: Fault) -> Problem {
        Problem::Fault(fault)
    }
}

impl std::error::Error for Problem {}

impl fmt::Display for Problem {
    fn fmt(&self, f: &mut fmt::Formatter) -> fmt::Result {
        match self {
            Problem::NotThere(place) => {
                write!(f, "there is no store at {place}: `redflag store init` makes one")
            }
            Problem::IsThere(place) => write!(f, "there is something at {place} already; it was left as it is"),
            Problem::WrongKey => f.write_str(
                "this is not the key of the store: nothing was read or written. Use the key file or the passphrase \
                 that it was made with",
            ),
            Problem::WantsPassphrase => f.write_str("this store is opened by a passphrase, not by a key file"),
            Problem::WantsKeyFile => f.write_str("this store is opened by a key file, not by a passphrase"),
            Problem::KeyFile(path, why) => write!(f, "the key file {} cannot be used: {why}", path.display()),
            Problem::IsBackup => f.write_str(
                "this is a backup without its keys: `redflag store restore` makes a store of it and the book of keys \
                 beside it",
            ),
            Problem::KeyChanged => f.write_str(
                "the key of the store was changed while this program was running: nothing was written. Start it \
                 again with the new key",
            ),
            Problem::Newer(theirs, ours) => write!(
                f,
                "the store has format version {theirs}, and this redflag knows up to {ours}: use a newer redflag"
            ),
            Problem::NobodySignedIn => f.write_str("nobody has signed in: a name and a PIN are needed for this"),
            Problem::WrongPin => f.write_str("this name and PIN do not belong together"),
            Problem::TooManyPins(seconds) => {
                write!(f, "too many wrong PINs: the next one can be tried in {seconds} seconds")
            }
            Problem::MayNot(role, deed) => {
                write!(f, "the role {} may not {}", role.name(), what(*deed))
            }
            Problem::NotOfThisKiosk => {
                f.write_str("a kiosk may write only into a check that it has begun itself and that is not closed")
            }
            Problem::NoEncounter => f.write_str("there is no such check in the store"),
            Problem::Erased => f.write_str("this check was erased"),
            Problem::Damaged(what) => write!(
                f,
                "the store is damaged or was changed by somebody: {what}. `redflag store verify` looks at all of it"
            ),
            Problem::Place(why) => f.write_str(why),
            Problem::NoPostgres => f.write_str(
                "this redflag was built without PostgreSQL: build it with `--features postgres`, or name a file",
            ),
            Problem::NoRandomness(why) => write!(f, "the system has no random numbers: {why}"),
            Problem::Fault(fault) => match fault.trouble {
                Trouble::Full => write!(
                    f,
                    "there is no room left where the store is: nothing was written. Make room and try again ({fault})"
                ),
                Trouble::Disk => write!(
                    f,
                    "the disk did not take it, perhaps because it is full: nothing was written. Make room and try again \
                     ({fault})"
                ),
                Trouble::Busy => write!(f, "others kept the store busy: nothing was written. Try again ({fault})"),
                Trouble::Denied => write!(f, "this user may not use the store ({fault})"),
                Trouble::Lost => write!(f, "the store does not answer: nothing was written. Try again ({fault})"),
                Trouble::Damaged => write!(f, "this is no store of redflag, or a damaged one ({fault})"),
                Trouble::Other => write!(f, "the store could not do it: nothing was written ({fault})"),
            },
            Problem::Unknown(fault) => write!(
                f,
                "the store stopped answering while it was writing, so it may be kept or not. Try again: nothing is \
                 written twice ({fault})"
            ),
        }
    }
}

fn what(deed: Deed) -> &'static str {
    match deed {
        Deed::Ask => "ask anybody",
        Deed::Care => "write notes, correct, mark as seen or close",
        Deed::Read => "read answers",
        Deed::Export => "export",
        Deed::Keep => "erase, back up, change the key, or add and remove people",
    }
}
