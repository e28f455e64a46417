//! What was asked about and is absent.

use super::Negative;
use super::reasons::number;
use super::words::Words;
use crate::answers::{Answer, Facts, Truth};

/// The findings of the red-flag questions that were asked about and are absent. Beside "not sure", what was not
/// ticked is not known to be absent.
pub fn negatives(facts: &Facts, words: Words) -> Vec<Negative> {
    let questions = facts.questionnaire.questions.iter().enumerate();
    let absent = |(index, asked): (usize, &crate::questionnaire::Question)| {
        let Answer::Options(chosen) = facts.answer(index)? else { return None };
        let several = asked.takes_several();
        let concerning = asked.concerning();
        let absent = match several {
            true => concerning.without(*chosen),
            // One of several: what was chosen instead says more than what was not.
            false if !chosen.intersects(concerning) && !concerning.is_empty() => *chosen,
            false => return None,
        };
        (!absent.is_empty()).then(|| Negative {
            question: index,
            number: number(facts, index),
            ask: words.line(&asked.ask),
            several,
            none_at_all: several && chosen.without(concerning) == *chosen,
            absent: words.answer(&Answer::Options(absent), asked),
        })
    };
    questions.filter(|(_, question)| question.red_flag).filter_map(absent).collect()
}

/// The screens for red flags that have no answer and are not known to be for others.
pub fn not_asked(facts: &Facts, words: Words) -> Vec<String> {
    let questions = facts.questionnaire.questions.iter().enumerate();
    let not_asked = questions.filter(|&(index, question)| {
        question.red_flag && facts.live(index) != Truth::False && facts.answer(index).is_none()
    });
    not_asked.map(|(_, question)| words.line(&question.ask)).collect()
}
