//! What a person would say to every question, asked or not.

use super::Circuit;
use super::graph::Lit;
use crate::answers::{Answer, Facts, Sheet, Truth};
use crate::questionnaire::{Audience, LevelIndex, QuestionIndex, Questionnaire};
use crate::triage;

/// An answer to every question, of which an interview hears those that it asks for.
#[derive(Debug, Clone, PartialEq)]
pub struct RawSheet {
    pub answers: Vec<Option<Answer>>,
    /// Whether answers are on the sheet also to questions of which it is unknown whether they are asked. In an
    /// interview they are not, as such a question waits; on a sheet that comes as a whole they can be.
    pub kept: bool,
}

impl RawSheet {
    pub fn empty(questionnaire: &Questionnaire) -> RawSheet {
        RawSheet { answers: vec![None; questionnaire.questions.len()], kept: false }
    }

    /// The sheet with these values of the variables.
    pub fn read(circuit: &Circuit, value: impl Fn(Lit) -> bool) -> RawSheet {
        RawSheet {
            answers: circuit.asked.iter().map(|asked| asked.variables.answer(&value)).collect(),
            kept: value(circuit.kept),
        }
    }

    /// The values of the circuit's variables, one for each input.
    pub fn values(&self, circuit: &Circuit) -> Vec<bool> {
        let mut values = Vec::with_capacity(circuit.graph.inputs().len());
        values.push(self.kept);
        for (index, asked) in circuit.asked.iter().enumerate() {
            values.extend(asked.variables.values(self.answers[index].as_ref()));
        }
        values
    }

    #[must_use]
    pub fn with(&self, question: QuestionIndex, answer: Option<Answer>) -> RawSheet {
        let mut other = self.clone();
        other.answers[question] = answer;
        other
    }

    /// The result of an interview that hears of this sheet what it asks for, by the interpreter.
    pub fn level(&self, questionnaire: &Questionnaire, audience: Audience) -> LevelIndex {
        let heard = self.heard(questionnaire, audience);
        triage::assess(&Facts::of(questionnaire, audience, &heard)).level
    }

    /// The sheet that an interview ends with: only what is asked has an answer.
    pub fn heard(&self, questionnaire: &Questionnaire, audience: Audience) -> Sheet {
        let mut sheet = Sheet::new(questionnaire);
        for (question, answer) in self.answers.iter().enumerate() {
            if let Some(answer) = answer {
                // An answer that does not fit is none.
                let _ = sheet.set(questionnaire, question, answer.clone());
            }
        }
        // What is left out leaves more open, so that nothing is left out that would have to come back. Only what is
        // optional is known to be absent then: what comes after that is looked at again.
        loop {
            let facts = Facts::of(questionnaire, audience, &sheet);
            let with_answer = |live: Truth| -> Vec<QuestionIndex> {
                let answered = (0..self.answers.len()).filter(|&question| sheet.get(question).is_some());
                answered.filter(|&question| facts.live(question) == live).collect()
            };
            let mut unheard = with_answer(Truth::Unknown);
            unheard.retain(|_| !self.kept);
            let optional = unheard.iter().position(|&question| questionnaire.questions[question].optional);
            unheard.truncate(optional.map_or(unheard.len(), |at| at + 1));
            let is_settled = unheard.is_empty();
            if is_settled {
                unheard = with_answer(Truth::False);
            }
            unheard.into_iter().for_each(|question| sheet.clear(question));
            if is_settled {
                return sheet;
            }
        }
    }
}
