//! How a person's time at the kiosk ended, and the exit status by which their process says so to the supervisor.

use std::process::ExitStatus;

use crate::system::signals::Ending;

const FINISHED: u8 = 0;
const WALKED_AWAY: u8 = 10;
const STOPPED: u8 = 11;
const BY_STAFF: u8 = 12;

/// How somebody's time ended.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum End {
    Finished,
    /// They asked to stop.
    Stopped,
    WalkedAway,
    ByStaff,
    /// Another questionnaire was chosen on the first page, by its place, in this language.
    Instead(usize, String),
    Ended(Ending),
}

impl End {
    /// What the supervisor learns from the exit status.
    pub fn status(&self) -> u8 {
        match self {
            // Nobody sees that of another questionnaire, which is asked then.
            End::Finished | End::Instead(..) => FINISHED,
            End::Stopped => STOPPED,
            End::WalkedAway => WALKED_AWAY,
            End::ByStaff => BY_STAFF,
            End::Ended(ending) => ending.status(),
        }
    }
}

/// What is counted of it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Ended {
    Done,
    Stopped,
    WalkedAway,
    ByStaff,
    Crashed,
}

impl Ended {
    /// By the exit status of the person's process.
    pub fn of(status: ExitStatus) -> Ended {
        match status.code().and_then(|code| u8::try_from(code).ok()) {
            Some(FINISHED) => Ended::Done,
            Some(WALKED_AWAY) => Ended::WalkedAway,
            Some(STOPPED) => Ended::Stopped,
            Some(BY_STAFF) => Ended::ByStaff,
            _ => Ended::Crashed,
        }
    }
}

#[cfg(test)]
mod tests {
    use std::os::unix::process::ExitStatusExt;

    use super::*;

    #[test]
    fn the_supervisor_counts_what_the_process_says() {
        let counted = |status: u8| Ended::of(ExitStatus::from_raw(i32::from(status) << 8));
        for (end, ended) in [
            (End::Finished, Ended::Done),
            (End::Stopped, Ended::Stopped),
            (End::WalkedAway, Ended::WalkedAway),
            (End::ByStaff, Ended::ByStaff),
            (End::Ended(Ending::Terminated), Ended::Crashed),
        ] {
            assert_eq!(counted(end.status()), ended, "{end:?}");
        }
        assert_eq!(Ended::of(ExitStatus::from_raw(9)), Ended::Crashed, "killed");
    }
}
