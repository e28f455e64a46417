//! What a person may do with this copy of the program, besides answering.

use super::keys::Action;

/// What is allowed.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Policy {
    /// A summary may be saved in a file, copied, or printed into the terminal.
    pub keeps: bool,
    /// The program may be left and stopped.
    pub leaves: bool,
    /// It runs alone with whoever comes: staff can be called, and whoever is done or wants to stop makes room for the
    /// next one, with everything erased.
    pub alone: bool,
    /// There is a printer for a slip.
    pub slip: bool,
    /// The answers may be shown to the desk.
    pub desk: bool,
    /// A section is one page, for somebody who asks another person and has little time.
    pub sections: bool,
}

impl Policy {
    /// On a machine of one's own.
    pub const OWN: Policy =
        Policy { keeps: true, leaves: true, alone: false, slip: false, desk: false, sections: false };
    /// On a machine for whoever comes.
    pub const KIOSK: Policy =
        Policy { keeps: false, leaves: false, alone: true, slip: false, desk: false, sections: false };
    /// Beside a patient or on the phone.
    pub const INTAKE: Policy = Policy { sections: true, ..Policy::OWN };

    /// May this be done? What may not is as if its key did not exist.
    pub fn allows(self, action: &Action) -> bool {
        match action {
            Action::Save | Action::Copy => self.keeps,
            Action::Interrupt | Action::Suspend => self.leaves,
            Action::CallStaff | Action::Stop => self.alone,
            _ => true,
        }
    }
}
