//! What can go wrong with a store, and the way out of it.

use std::fmt;
use std::path::PathBuf;

use super::database::{Fault, Trouble};
use super::role::{Deed, Role};
use crate::words::{Keeping, Language};

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

impl Problem {
    /// For the middle of a sentence, in one language. What can't happen on a screen is in English.
    pub fn told(&self, words: &Keeping) -> String {
        match self {
            Problem::KeyChanged => words.key_changed.to_owned(),
            Problem::NobodySignedIn => words.nobody_signed_in.to_owned(),
            Problem::MayNot(role, deed) => words.may_not(role_in(words, *role), deed_in(words, *deed)),
            Problem::NotOfThisKiosk => words.not_of_this_kiosk.to_owned(),
            Problem::NoEncounter => words.no_check.to_owned(),
            Problem::Erased => words.erased.to_owned(),
            Problem::Damaged(what) => words.damaged(what),
            Problem::Fault(fault) => {
                let why = fault.to_string();
                match fault.trouble {
                    Trouble::Full => words.full(&why),
                    Trouble::Disk => words.disk(&why),
                    Trouble::Busy => words.busy(&why),
                    Trouble::Denied => words.denied(&why),
                    Trouble::Lost => words.lost(&why),
                    Trouble::Damaged => words.no_store(&why),
                    Trouble::Other => words.failed(&why),
                }
            }
            Problem::Unknown(fault) => words.unknown(&fault.to_string()),
            problem => problem.to_string(),
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
            Problem::IsThere(place) => write!(f, "something is already at {place}; it was left as it is"),
            Problem::WrongKey => f.write_str(
                "this is not the key of the store: nothing was read or written. Use the key file or the passphrase \
                 that it was made with",
            ),
            Problem::WantsPassphrase => f.write_str("this store is opened by a passphrase, not by a key file"),
            Problem::WantsKeyFile => f.write_str("this store is opened by a key file, not by a passphrase"),
            Problem::KeyFile(path, why) => write!(f, "the key file {} cannot be used: {why}", path.display()),
            Problem::IsBackup => f.write_str(
                "this is a backup, without its keys: `redflag store restore` makes a store from it and the key book \
                 beside it",
            ),
            Problem::Newer(theirs, ours) => write!(
                f,
                "the store has format version {theirs}, and this redflag knows up to {ours}: use a newer redflag"
            ),
            Problem::WrongPin => f.write_str("this name and PIN do not match"),
            Problem::TooManyPins(seconds) => {
                write!(f, "too many wrong PINs: the next one can be tried in {seconds} seconds")
            }
            Problem::Place(why) => f.write_str(why),
            Problem::NoPostgres => f.write_str(
                "this redflag was built without PostgreSQL: build it with `--features postgres`, or name a file",
            ),
            Problem::NoRandomness(why) => write!(f, "the system has no random numbers: {why}"),
            Problem::KeyChanged
            | Problem::NobodySignedIn
            | Problem::MayNot(..)
            | Problem::NotOfThisKiosk
            | Problem::NoEncounter
            | Problem::Erased
            | Problem::Damaged(_)
            | Problem::Fault(_)
            | Problem::Unknown(_) => f.write_str(&self.told(&Language::English.words().keeping)),
        }
    }
}

fn role_in(words: &Keeping, role: Role) -> &'static str {
    match role {
        Role::Kiosk => words.role_kiosk,
        Role::Nurse => words.role_nurse,
        Role::Clinician => words.role_clinician,
        Role::Administrator => words.role_administrator,
    }
}

fn deed_in(words: &Keeping, deed: Deed) -> &'static str {
    match deed {
        Deed::Ask => words.deed_ask,
        Deed::Care => words.deed_care,
        Deed::Read => words.deed_read,
        Deed::Export => words.deed_export,
        Deed::Keep => words.deed_keep,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_can_happen_on_a_screen_is_said_in_each_language() {
        let troubles = [
            Trouble::Full,
            Trouble::Disk,
            Trouble::Busy,
            Trouble::Denied,
            Trouble::Lost,
            Trouble::Damaged,
            Trouble::Other,
        ];
        let fault = |trouble| Fault { trouble, words: "SQLITE_X".to_owned() };
        let mut problems: Vec<Problem> = troubles.map(|trouble| Problem::Fault(fault(trouble))).into();
        problems.extend([
            Problem::Unknown(fault(Trouble::Lost)),
            Problem::KeyChanged,
            Problem::NobodySignedIn,
        ]);
        problems.extend([Problem::NotOfThisKiosk, Problem::NoEncounter, Problem::Erased]);
        problems.push(Problem::Damaged("entry 7".to_owned()));
        let roles = [Role::Kiosk, Role::Nurse, Role::Clinician, Role::Administrator];
        let deeds = [Deed::Ask, Deed::Care, Deed::Read, Deed::Export, Deed::Keep];
        problems.extend(roles.iter().flat_map(|role| deeds.map(|deed| Problem::MayNot(*role, deed))));
        for (at, problem) in problems.iter().enumerate() {
            let told: Vec<String> =
                Language::ALL.map(|language| problem.told(&language.words().keeping)).into();
            let distinct: std::collections::HashSet<&String> = told.iter().collect();
            assert_eq!(distinct.len(), told.len(), "{told:?}");
            assert_eq!(problem.to_string(), told[0]);
            // Whoever looks into it finds what the database said.
            let has_why = matches!(problem, Problem::Fault(_) | Problem::Unknown(_));
            assert!(!has_why || told.iter().all(|told| told.ends_with("(SQLITE_X)")), "{told:?}");
            assert!(problems[..at].iter().all(|other| other.to_string() != told[0]), "{told:?}");
        }
    }
}
