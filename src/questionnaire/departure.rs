//! What an author of a changed copy says is less urgent than in the built-in questionnaire, and why that is right.

use serde::{Deserialize, Serialize};

use super::{LevelIndex, UnsurePolicy};

/// The property of a waiver that is about the built-in questionnaire and not about the file alone.
pub const LESS_URGENT: &str = "less_urgent";

/// One thing that may be less urgent than in the built-in questionnaire, or no longer told.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Departure {
    pub what: Departing,
    pub because: String,
    /// Its place among the waivers of the file.
    pub entry: usize,
}

/// Names of rules, steps and texts are those of the built-in questionnaire; levels are those of the file.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub enum Departing {
    /// The rule counts for no more than this level.
    Rule { rule: String, level: LevelIndex },
    /// At this level, the step is not shown to all who had it.
    Step { step: String, level: LevelIndex },
    /// At this level, these words are not told to all who had them. Of a time to act: it may be as late as so many
    /// days, or without a day.
    Text { text: String, level: LevelIndex, days: Option<u16> },
    /// This level no longer shows an alert at once.
    Interrupt { level: LevelIndex },
    /// What an open question counts for.
    Unsure(UnsurePolicy),
}
