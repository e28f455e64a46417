//! Scenarios: what people say and what must come of it, in a file beside the questionnaire; and mutants, small
//! changes of the questionnaire that some scenario must notice.
//!
//! [`read()`] makes a [`Suite`] from a file, [`run()`] tries its cases with the plain interpreter, [`coverage`] tells what
//! no case comes across. `docs/author/testing.md` is for those who write such files.

mod answers;
pub mod coverage;
pub mod mutants;
mod raw;
mod read;
mod run;
mod tell;
mod words;

use crate::answers::{Answer, Sheet};
use crate::circuit::RawSheet;
use crate::questionnaire::{Audience, LevelIndex, QuestionIndex, Questionnaire, RuleIndex};

pub use raw::schema;
pub use read::{Loaded, read};
pub use run::{Mismatch, run};
pub use tell::{Source, failure};

/// The scenarios of one questionnaire.
#[derive(Debug, Clone)]
pub struct Suite {
    pub baselines: Vec<Baseline>,
    pub cases: Vec<Case>,
}

/// What somebody would say to every question, asked or not.
#[derive(Debug, Clone)]
pub struct Baseline {
    pub id: String,
    pub audience: Audience,
    pub answers: Vec<Option<Answer>>,
}

/// One person, and what must come of the answers.
#[derive(Debug, Clone)]
pub struct Case {
    pub name: String,
    pub audience: Audience,
    pub baseline: Option<usize>,
    /// For every question what the person would say, the baseline's answers included.
    pub answers: Vec<Option<Answer>>,
    /// The questions answered in the case itself, in the order of the file.
    pub written: Vec<QuestionIndex>,
    pub level: LevelIndex,
    pub rules: Wanted<RuleIndex>,
    pub asked: Wanted<QuestionIndex>,
    /// Positions in [`Questionnaire::next_steps`].
    pub steps: Wanted<usize>,
    /// The days of the deadline.
    pub within_days: Option<u16>,
}

/// What must be and what must not be, in the order of the file.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Wanted<T> {
    pub yes: Vec<T>,
    pub no: Vec<T>,
}

impl<T> Default for Wanted<T> {
    fn default() -> Wanted<T> {
        Wanted { yes: Vec::new(), no: Vec::new() }
    }
}

impl Case {
    /// What an interview hears: the answers to what is asked.
    pub fn heard(&self, questionnaire: &Questionnaire) -> Sheet {
        let raw = RawSheet { answers: self.answers.clone(), kept: false };
        raw.heard(questionnaire, self.audience)
    }
}
