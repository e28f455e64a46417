//! How far an interview has come.

use super::bounds::bounds;
use crate::interview::Interview;
use crate::questionnaire::QuestionIndex;

/// Where in the questionnaire a question stands. Pages without an answer count too.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Progress {
    /// 1 for the first question asked.
    pub position: usize,
    /// How many questions there will have been in the end, at the fewest and at the most,
    /// if no answer given so far is changed.
    pub fewest: usize,
    pub most: usize,
}

impl Progress {
    /// Counts pages that have been or will be asked, over all branches that are still open.
    pub fn of(interview: &Interview, question: QuestionIndex) -> Progress {
        let (fewest, most) = bounds(interview.questionnaire(), interview.encounter());
        Progress { position: interview.number(question), fewest, most }
    }
}
