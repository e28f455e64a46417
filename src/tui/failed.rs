//! What is said of a command of this place that has failed.

use crate::system::command::{self, Failure};
use crate::words::Words;

/// Why a command failed, for the middle of a sentence.
pub fn why(failure: &Failure, words: &Words) -> String {
    let staff = &words.kiosk.staff;
    match failure {
        Failure::NotStarted(error) => staff.not_started(&error.to_string()),
        Failure::Status(status) => staff.status(*status),
        Failure::Killed(signal) => staff.killed(*signal),
        Failure::TooLong => staff.too_long(command::LIMIT.as_secs()),
    }
}
