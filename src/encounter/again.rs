//! The check that another one comes after.

use jiff::civil::Date;

use super::Encounter;
use crate::answers::Sheet;
use crate::questionnaire::{LevelIndex, QuestionIndex};

/// What an earlier check came to.
#[derive(Debug, Clone, PartialEq)]
pub struct Earlier {
    /// The day it was asked.
    pub day: Date,
    /// The version of the questionnaire then, and a hash of what it said.
    pub version: String,
    pub fingerprint: String,
    /// What was told; `None`: it was not finished, and the answers said nothing yet.
    pub level: Option<LevelIndex>,
    pub finished: bool,
    /// The answers that counted.
    pub sheet: Sheet,
    /// For each question: the answer now is the one of then, and nobody was asked.
    pub carried: Vec<bool>,
}

/// Which questionnaire an earlier check was asked by.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct AskedBy {
    pub version: String,
    pub fingerprint: String,
}

impl Encounter {
    /// Is the answer to this question the one of the last check, and nobody was asked?
    pub fn is_carried(&self, question: QuestionIndex) -> bool {
        self.earlier.as_ref().is_some_and(|earlier| earlier.carried[question])
    }
}
