//! The answers of one person.

use super::{Answer, Refusal};
use crate::questionnaire::{QuestionIndex, Questionnaire};

/// An answer or none for every question, asked or not. Which of them count is for [`super::Facts`] to say.
#[derive(Debug, Clone, PartialEq)]
pub struct Sheet {
    answers: Vec<Option<Answer>>,
}

impl Sheet {
    pub fn new(questionnaire: &Questionnaire) -> Sheet {
        Sheet { answers: vec![None; questionnaire.questions.len()] }
    }

    pub fn get(&self, question: QuestionIndex) -> Option<&Answer> {
        self.answers[question].as_ref()
    }

    /// Keeps `answer`, if it fits; otherwise the old answer stays.
    pub fn set(
        &mut self,
        questionnaire: &Questionnaire,
        question: QuestionIndex,
        answer: Answer,
    ) -> Result<(), Refusal> {
        answer.check(&questionnaire.questions[question])?;
        self.answers[question] = Some(answer);
        Ok(())
    }

    pub fn clear(&mut self, question: QuestionIndex) {
        self.answers[question] = None;
    }
}
