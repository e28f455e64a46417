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
        let number = interview.number(question);
        let encounter = interview.encounter();
        if encounter.is_carried(question) {
            return Progress { position: number, fewest, most };
        }
        // What a check after a check carries over is not asked.
        let asked = interview.asked().into_iter().filter(|&asked| encounter.is_carried(asked));
        let carried: Vec<QuestionIndex> = asked.collect();
        let before = carried.iter().filter(|&&carried| carried < question).count();
        Progress {
            position: number.saturating_sub(before),
            fewest: fewest.saturating_sub(carried.len()),
            most: most.saturating_sub(carried.len()),
        }
    }
}
