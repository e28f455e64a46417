//! What the program says at a question: what stands there, and what is accepted when an answer cannot be taken.

use crate::answers::{Refusal, UNSURE_WORDS, number_text};
use crate::questionnaire::{Kind, Question};
use crate::report::wrap::width;

/// In a line to type into that is empty.
pub fn nothing_typed(unsure: bool) -> String {
    if unsure { format!("({UNSURE_WORDS})") } else { "(nothing typed yet)".to_owned() }
}

/// At a text where not being sure is an answer.
pub const OR_NOT_SURE: &str = "Or type: not sure.";

/// What is chosen on a scale, in at most `room` columns where it can be said so briefly.
pub fn on_scale(
    value: Option<i32>,
    unsure: bool,
    (min, max): (i32, i32),
    labels: &[(i32, &str)],
    room: usize,
) -> String {
    let Some(value) = value else {
        let nothing = format!("Nothing chosen yet, from {min} to {max}");
        return if unsure { format!("Chosen: {UNSURE_WORDS}") } else { nothing };
    };
    let label = labels.iter().find(|(labelled, _)| *labelled == value);
    let named = label.map(|(_, label)| format!("Chosen: {value}, {label}"));
    named
        .filter(|words| width(words) <= room)
        .unwrap_or_else(|| format!("Chosen: {value}, from {min} to {max}"))
}

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
