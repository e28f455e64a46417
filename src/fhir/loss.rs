//! What did not go along, so that nobody takes a form for the whole questionnaire.

use std::fmt;

use serde::Serialize;

/// One thing that is lost, or that a person has to look at.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Loss {
    /// Where it was: the id of a question, a `linkId`, or a part of the file.
    pub at: String,
    /// What it is, as its format names it.
    pub what: String,
    /// Why, and what became of it.
    pub why: String,
    /// A person must look at it before the result is used.
    pub needs_a_person: bool,
}

impl Loss {
    pub fn new(at: impl Into<String>, what: impl Into<String>, why: impl Into<String>) -> Loss {
        Loss { at: at.into(), what: what.into(), why: why.into(), needs_a_person: false }
    }

    pub fn for_a_person(at: impl Into<String>, what: impl Into<String>, why: impl Into<String>) -> Loss {
        Loss { needs_a_person: true, ..Loss::new(at, what, why) }
    }
}

impl fmt::Display for Loss {
    fn fmt(&self, f: &mut fmt::Formatter) -> fmt::Result {
        let mark = if self.needs_a_person { " [check this]" } else { "" };
        let what = Some(&self.what).filter(|what| **what != self.at);
        for part in [Some(&self.at), what].into_iter().flatten().filter(|part| !part.is_empty()) {
            write!(f, "{part}: ")?;
        }
        write!(f, "{}{mark}", self.why)
    }
}
