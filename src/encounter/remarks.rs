//! What whoever asks notes beside the answers: whom it is about, remarks, where an answer comes from, what was corrected.
//!
//! None of it is judged: a rule never looks at a remark.

use std::collections::BTreeMap;

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use crate::answers::Answer;
use crate::questionnaire::QuestionIndex;

/// The longest remark, in characters.
pub const REMARK_MAX: usize = 500;
/// The longest reference, in characters.
pub const REFERENCE_MAX: usize = 100;

/// Where an answer comes from.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Default, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum Provenance {
    /// The person said it.
    #[default]
    Said,
    /// Whoever asked has seen or measured it.
    Observed,
    /// It is in the record.
    Record,
}

impl Provenance {
    /// The next one, after the last the first.
    pub fn next(self) -> Provenance {
        match self {
            Provenance::Said => Provenance::Observed,
            Provenance::Observed => Provenance::Record,
            Provenance::Record => Provenance::Said,
        }
    }
}

/// An answer that somebody else had given, and that was changed by whoever took over.
#[derive(Debug, Clone, PartialEq)]
pub struct Corrected {
    pub question: QuestionIndex,
    pub old: Option<Answer>,
    pub new: Option<Answer>,
}

/// Everything noted beside the answers.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Remarks {
    /// What the person is found by in the record of this place.
    pub reference: Option<String>,
    /// By question; never empty.
    pub notes: BTreeMap<QuestionIndex, String>,
    /// Where an answer comes from, where that isn't the person's own word.
    pub provenance: BTreeMap<QuestionIndex, Provenance>,
    /// Oldest first.
    pub corrected: Vec<Corrected>,
}

impl Remarks {
    /// Where the answer to this question comes from.
    pub fn provenance(&self, question: QuestionIndex) -> Provenance {
        self.provenance.get(&question).copied().unwrap_or_default()
    }

    /// Notes where the answer comes from.
    pub fn set_provenance(&mut self, question: QuestionIndex, provenance: Provenance) {
        match provenance {
            Provenance::Said => drop(self.provenance.remove(&question)),
            other => drop(self.provenance.insert(question, other)),
        }
    }

    /// Puts a note beside an answer, in the place of the one before; without words there is none.
    pub fn set_note(&mut self, question: QuestionIndex, note: &str) {
        let note: String = note.trim().chars().take(REMARK_MAX).collect();
        match note.is_empty() {
            true => drop(self.notes.remove(&question)),
            false => drop(self.notes.insert(question, note)),
        }
    }
}
