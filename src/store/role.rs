//! Who may do what.

use serde::{Deserialize, Serialize};

use super::entry::Event;

/// What somebody is in a clinic.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Role {
    /// A machine that is left alone with whoever comes. It writes what it asked itself, and reads nothing.
    Kiosk,
    Nurse,
    Clinician,
    /// Keeps the store, and writes nothing about anybody.
    Administrator,
}

impl Role {
    pub const ALL: [Role; 4] = [Role::Kiosk, Role::Nurse, Role::Clinician, Role::Administrator];

    pub fn name(self) -> &'static str {
        match self {
            Role::Kiosk => "kiosk",
            Role::Nurse => "nurse",
            Role::Clinician => "clinician",
            Role::Administrator => "administrator",
        }
    }

    /// Whether this role may do that at all. A kiosk may do what it may in its own encounters alone.
    pub fn may(self, deed: Deed) -> bool {
        match deed {
            Deed::Ask => self != Role::Administrator,
            Deed::Care | Deed::Read => matches!(self, Role::Nurse | Role::Clinician),
            Deed::Export => matches!(self, Role::Clinician | Role::Administrator),
            Deed::Keep => self == Role::Administrator,
        }
    }
}

/// What is to be done, as far as roles differ in it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Deed {
    /// Open an encounter, answer, finish, print.
    Ask,
    /// Write notes, correct what others have written, mark as seen, close.
    Care,
    /// Read the answers of an encounter.
    Read,
    /// Take encounters out of the store, into a file or to a server.
    Export,
    /// Erase, change the key, back up, add and remove people.
    Keep,
}

impl Deed {
    /// What an entry does.
    pub fn of(event: &Event) -> Deed {
        match event {
            Event::Opened(_)
            | Event::Answered { .. }
            | Event::Corrected { .. }
            | Event::TakenBack { .. }
            | Event::Passed { .. }
            | Event::Standing { .. }
            | Event::LevelReached { .. }
            | Event::Stopped { .. }
            | Event::Printed { .. } => Deed::Ask,
            Event::Note { .. }
            | Event::Referenced { .. }
            | Event::CarriedOver { .. }
            | Event::Seen
            | Event::Closed { .. }
            | Event::Reopened => Deed::Care,
            Event::Exported { .. } | Event::Sending { .. } | Event::Sent { .. } => Deed::Export,
            Event::Purged { .. }
            | Event::KeyChanged
            | Event::PersonAdded(_)
            | Event::PersonRemoved(_)
            | Event::BackedUp => Deed::Keep,
        }
    }
}
