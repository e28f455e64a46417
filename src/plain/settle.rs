//! Asking once more what the person was not sure of.

use std::borrow::Cow;

use super::Shell;
use super::typed::{Problem, yes_or_no};
use super::words;
use crate::answers::Answer;
use crate::interview::Stage;
use crate::questionnaire::{Question, QuestionIndex};

impl<'q> Shell<'_, 'q> {
    /// The question as it is asked now, which may be once more.
    pub fn asked(&self, index: QuestionIndex) -> Cow<'q, Question> {
        match self.interview.once_more() {
            Some(question) => Cow::Owned(question),
            None => Cow::Borrowed(&self.questionnaire.questions[index]),
        }
    }

    pub fn offer_settling(&mut self) {
        let words = &self.texts.words.settling;
        self.say(format!("{}.", words.title));
        self.say(words.offer(self.interview.unsettled()));
        self.say(words.how);
        self.ways_on();
    }

    pub fn take_at_offer(&mut self, line: &str) {
        match yes_or_no(line, self.texts.words) {
            Some(true) => self.interview.settle(),
            Some(false) => self.interview.leave_unsettled(),
            None => return self.not_understood(line),
        }
        self.show();
    }

    /// Gives an answer about one option of a list, and says it back.
    pub fn give_once_more(&mut self, question: &Question, answer: Result<Option<Answer>, Problem>) {
        let said = answer.as_ref().ok().and_then(Option::as_ref).map(|it| self.texts.answer(it, question));
        match answer.and_then(|answer| Ok(self.interview.answer(answer)?)) {
            Ok(()) => {
                let waits = matches!(
                    self.interview.stage(),
                    Stage::Alert { .. } | Stage::SettingAside { .. } | Stage::Lowering { .. }
                );
                if let Some(said) = said.filter(|_| !waits) {
                    self.say(self.words().your_answer(&said));
                }
                self.show();
            }
            Err(problem) => self.say(words::problem(&problem, question, self.texts)),
        }
    }
}
