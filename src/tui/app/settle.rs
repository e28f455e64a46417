//! Asking once more what the person was not sure of.

use std::ops::Deref;
use std::rc::Rc;

use super::super::keys::Action;
use super::App;
use super::motion::scroll;
use crate::interview::Stage;
use crate::questionnaire::{OptionIndex, Question, QuestionIndex};

/// A question as it is asked.
#[derive(Debug, Clone)]
pub enum Asked<'q> {
    /// As it is in the questionnaire.
    Written(&'q Question),
    OnceMore(Rc<Question>),
}

impl Deref for Asked<'_> {
    type Target = Question;

    fn deref(&self) -> &Question {
        match self {
            Asked::Written(question) => question,
            Asked::OnceMore(question) => question,
        }
    }
}

impl App<'_> {
    /// Is the question on the page asked once more?
    pub fn is_once_more(&self) -> bool {
        self.interview.is_once_more()
    }

    /// What tells the drafts of a list and of one of its options apart.
    pub(super) fn page(&self, index: QuestionIndex) -> (QuestionIndex, Option<OptionIndex>) {
        match self.interview.stage() {
            Stage::Settling { question, option } if *question == index => (index, Some(*option)),
            _ => (index, None),
        }
    }

    pub(super) fn act_on_offer(&mut self, action: Action) {
        match action {
            Action::Next => self.interview.settle(),
            Action::Decline => self.interview.leave_unsettled(),
            Action::Back => {
                self.interview.back();
            }
            action => return scroll(&mut self.scroll, &action, &self.drawn),
        }
        self.enter();
    }
}
