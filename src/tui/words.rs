//! What the program says when an answer cannot be taken: what is accepted, with an example.

use crate::answers::{self, Refusal};
use crate::questionnaire::{Kind, Question};
use crate::words::Words;

/// Why the answer was not taken, and what to do.
pub fn refusal(refusal: &Refusal, question: &Question, words: &Words) -> String {
    let screen = &words.screen;
    match (refusal, &question.kind) {
        (Refusal::NeedsAnAnswer, Kind::OneOf { .. } | Kind::YesNo) => screen.nothing_chosen.to_owned(),
        (Refusal::NeedsAnAnswer | Refusal::AtLeastOne, Kind::ManyOf | Kind::BodyMap) => {
            screen.nothing_ticked.to_owned()
        }
        (Refusal::NeedsAnAnswer, Kind::Scale { min, max, .. }) => (screen.nothing_on_scale)(*min, *max),
        (Refusal::TooManyDecimals { .. }, Kind::Number(_)) => {
            format!("{}{}.", refusal.words(&words.answers), example(question, words))
        }
        (_, Kind::Number(bounds)) => {
            let (min, max) = ((words.number)(bounds.min), (words.number)(bounds.max));
            format!("{}{}.", (words.answers.takes_number)(&min, &max), example(question, words))
        }
        _ => format!("{}.", refusal.words(&words.answers)),
    }
}

/// An example of a number that is taken, such as `, for example 49`.
pub fn example(question: &Question, words: &Words) -> String {
    let Kind::Number(bounds) = &question.kind else { return String::new() };
    (words.screen.for_example)(&(words.number)(answers::example(bounds)))
}

pub fn no_such_number(question: &Question, words: &Words) -> String {
    match question.kind {
        Kind::Scale { min, max, .. } => (words.screen.scale_goes)(min, max),
        _ => words.screen.no_such_number.to_owned(),
    }
}
