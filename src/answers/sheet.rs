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

#[cfg(test)]
mod tests {
    use super::*;
    use crate::answers::small;

    #[test]
    fn a_refused_answer_leaves_the_old_one() {
        let questionnaire = small::questionnaire("a, type: yes_no", "now: { a: yes }");
        let mut sheet = small::sheet(&questionnaire, "{'a': 'yes'}");
        assert_eq!(sheet.set(&questionnaire, 0, Answer::UNSURE), Err(Refusal::UnsureNotAllowed));
        assert_eq!(sheet.get(0), Some(&Answer::option(1)));
        sheet.clear(0);
        assert_eq!(sheet.get(0), None);
    }
}
