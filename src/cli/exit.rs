//! How the program ends.

use std::fmt;
use std::process::ExitCode;

use crate::library::Problem;
#[cfg(feature = "store")]
use crate::store;
use crate::system::signals::Ending;

/// The exit status, for other programs.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Exit {
    Done,
    /// Mistakes were found, or the interview was not finished.
    NotAllWell,
    WrongUsage,
    /// How a person's time at a kiosk ended, for the kiosk itself.
    Person(u8),
    /// By a signal or what is as good as one: Ctrl-C, or a terminal that has gone.
    By(Ending),
}

impl Exit {
    /// What was asked for isn't there, or is there and not well.
    pub fn of(problem: &Problem) -> Exit {
        match problem {
            Problem::HasMistakes { .. } | Problem::Language(_) | Problem::BuiltIn { .. } => Exit::NotAllWell,
            Problem::Unknown { .. }
            | Problem::UnknownPopulation { .. }
            | Problem::Unreadable { .. }
            | Problem::IsTranslation { .. }
            | Problem::IsWords { .. }
            | Problem::NoSuchLanguage { .. }
            | Problem::InRevision { .. }
            | Problem::SiteFile { .. } => Exit::WrongUsage,
        }
    }

    /// A store that isn't there or can't be opened is named wrongly; what happens in one that is open isn't.
    #[cfg(feature = "store")]
    pub fn of_store(problem: &store::Problem) -> Exit {
        match problem {
            store::Problem::NotThere(_)
            | store::Problem::IsThere(_)
            | store::Problem::IsBackup
            | store::Problem::KeyFile(..)
            | store::Problem::WrongKey
            | store::Problem::WantsKeyFile
            | store::Problem::WantsPassphrase
            | store::Problem::Place(_)
            | store::Problem::NoPostgres
            | store::Problem::Newer(..) => Exit::WrongUsage,
            _ => Exit::NotAllWell,
        }
    }

    pub fn code(self) -> u8 {
        match self {
            Exit::Done => 0,
            Exit::NotAllWell => 1,
            Exit::WrongUsage => 2,
            Exit::Person(status) => status,
            Exit::By(ending) => ending.status(),
        }
    }
}

impl From<Exit> for ExitCode {
    fn from(exit: Exit) -> ExitCode {
        ExitCode::from(exit.code())
    }
}

/// The command line asks for something that is not there or makes no sense.
#[derive(Debug)]
pub struct WrongUsage(pub String);

impl fmt::Display for WrongUsage {
    fn fmt(&self, f: &mut fmt::Formatter) -> fmt::Result {
        f.write_str(&self.0)
    }
}

impl std::error::Error for WrongUsage {}

/// A signal has come while something was asked for on the terminal.
#[derive(Debug)]
pub struct Interrupted(pub Ending);

impl fmt::Display for Interrupted {
    fn fmt(&self, f: &mut fmt::Formatter) -> fmt::Result {
        f.write_str("interrupted")
    }
}

impl std::error::Error for Interrupted {}
