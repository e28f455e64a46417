//! A check after a check: only what is open is asked.

use super::Interview;
use super::way::{PageBelow, Trail};
use crate::answers::Answer;
use crate::questionnaire::{Question, QuestionIndex};

impl Interview<'_> {
    /// Asks the first open question; what is answered already is passed over.
    pub(super) fn ask_open(&mut self, first: QuestionIndex) {
        self.place.below = vec![PageBelow::Summary];
        self.place.trail = Some(Trail { opened: [first].into(), ..Trail::default() });
        self.place.stage = super::Stage::Asking(first);
    }

    /// Is this a check after a check of which nothing has been asked yet?
    pub fn begins_again(&self) -> bool {
        self.encounter.earlier.is_some() && !self.encounter.passed.contains(&true)
    }

    /// How many questions are open as things stand.
    pub fn count_open(&self) -> usize {
        self.open().count()
    }

    /// The answer to this question in the last check.
    pub fn last_time(&self, question: QuestionIndex) -> Option<&Answer> {
        self.encounter.earlier.as_ref()?.sheet.get(question)
    }

    /// A question as it is asked in a check after a check; `None`: as at first.
    pub(super) fn as_again(&self, question: QuestionIndex) -> Option<Question> {
        self.encounter.earlier.as_ref()?;
        let asked = &self.questionnaire.questions[question];
        let ask = asked.ask_again.clone()?;
        Some(Question { ask, ..asked.clone() })
    }
}
