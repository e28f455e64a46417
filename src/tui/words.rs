//! What the program says when an answer cannot be taken: what is accepted, with an example.

use crate::answers::{Refusal, number_text};
use crate::questionnaire::{Kind, Question};

/// Why the answer was not taken, and what to do.
pub fn refusal(refusal: &Refusal, question: &Question) -> String {
    match (refusal, &question.kind) {
        (Refusal::NeedsAnAnswer, Kind::OneOf { .. } | Kind::YesNo) => {
            "Nothing is chosen yet. Press a number, or ↑ ↓, then Enter.".to_owned()
        }
        (Refusal::NeedsAnAnswer | Refusal::AtLeastOne, Kind::ManyOf | Kind::BodyMap) => {
            "Nothing is ticked yet. Press a number, or Space, then Enter.".to_owned()
        }
        (Refusal::NeedsAnAnswer, Kind::Scale { min, max, .. }) => {
            format!("Nothing is chosen yet. Press a number from {min} to {max}, or ← →, then Enter.")
        }
        (Refusal::TooManyDecimals { decimals: 0 }, Kind::Number(_)) => {
            format!("This takes a whole number{}.", example(question))
        }
        (Refusal::TooManyDecimals { decimals }, Kind::Number(_)) => {
            format!("This takes at most {decimals} digits after the point{}.", example(question))
        }
        (_, Kind::Number(bounds)) => {
            let (min, max) = (number_text(bounds.min), number_text(bounds.max));
            format!("This takes a number from {min} to {max}{}.", example(question))
        }
        _ => {
            let mut words = refusal.to_string();
            if let Some(first) = words.get_mut(..1) {
                first.make_ascii_uppercase();
            }
            words + "."
        }
    }
}

/// An example of a number that is taken, such as `, for example 49`.
pub fn example(question: &Question) -> String {
    let Kind::Number(bounds) = &question.kind else { return String::new() };
    let step = 10f64.powi(i32::from(bounds.decimals.min(1)));
    let number = ((bounds.min + (bounds.max - bounds.min) * 0.4) * step).round() / step;
    format!(", for example {}", number_text(number))
}

pub fn no_such_number(question: &Question) -> String {
    match question.kind {
        Kind::Scale { min, max, .. } => format!("The scale goes from {min} to {max}."),
        _ => "There is no answer with this number.".to_owned(),
    }
}
