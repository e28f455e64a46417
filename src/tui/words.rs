//! What the program says at a question: what stands there, and what is accepted when an answer cannot be taken.

use crate::answers::{self, Refusal};
use crate::questionnaire::{Domain, Question};
use crate::text::width;
use crate::words::Words;

/// In a line to type into that is empty.
pub fn nothing_typed(unsure: bool, words: &Words) -> String {
    format!("({})", if unsure { words.answers.unsure } else { words.screen.nothing_typed })
}

/// What is chosen on a scale, in at most `room` columns where it can be said so briefly.
pub fn on_scale(
    value: Option<i32>,
    unsure: bool,
    (min, max): (i32, i32),
    labels: &[(i32, &str)],
    room: usize,
    words: &Words,
) -> String {
    let screen = &words.screen;
    let Some(value) = value else {
        let nothing = screen.nothing_chosen_yet(min, max);
        return if unsure { screen.chosen(words.answers.unsure) } else { nothing };
    };
    let label = labels.iter().find(|(labelled, _)| *labelled == value);
    let named = label.map(|(_, label)| screen.chosen(&format!("{value}, {label}")));
    named.filter(|words| width(words) <= room).unwrap_or_else(|| screen.chosen_of(value, min, max))
}

/// Why the answer was not taken, and what to do by key, or by `touch`.
pub fn refusal(refusal: &Refusal, question: &Question, words: &Words, touch: bool) -> String {
    let screen = &words.screen;
    if touch && matches!(refusal, Refusal::NeedsAnAnswer | Refusal::AtLeastOne) {
        let unsure = if question.unsure { words.touch.or_unsure } else { "" };
        return format!("{}{unsure}", words.touch.nothing_chosen);
    }
    if let (Refusal::NeedsAnAnswer, Some((min, max))) = (refusal, question.scale()) {
        return screen.nothing_on_scale(min, max);
    }
    match (refusal, &question.domain) {
        (Refusal::NeedsAnAnswer, Domain::One { .. }) => screen.nothing_chosen.to_owned(),
        (Refusal::NeedsAnAnswer | Refusal::AtLeastOne, Domain::Several) => screen.nothing_ticked.to_owned(),
        (Refusal::TooManyDecimals { .. }, Domain::Number(_)) => {
            format!("{}{}.", refusal.words(words), example(question, words))
        }
        (Refusal::TwoReadings { .. } | Refusal::WhichUnit { .. }, _) => format!("{}.", refusal.words(words)),
        (_, Domain::Number(bounds)) => {
            let (min, max) = (words.number(bounds.min), words.number(bounds.max));
            format!("{}{}.", words.answers.takes_number(&min, &max), example(question, words))
        }
        _ => format!("{}.", refusal.words(words)),
    }
}

/// An example of a number that is taken, such as `, for example 49`.
pub fn example(question: &Question, words: &Words) -> String {
    let Domain::Number(bounds) = &question.domain else { return String::new() };
    words.screen.for_example(&answers::with_unit(answers::example(bounds), bounds, words))
}

pub fn not_on_scale(question: &Question, words: &Words) -> String {
    question.scale().map_or_else(String::new, |(min, max)| words.screen.scale_goes(min, max))
}
