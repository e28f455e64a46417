//! What can be typed at a question, and what is said when something else was.

use super::typed::{Problem, numbered};
use crate::answers::{Refusal, UNSURE_WORDS, number_text};
use crate::interview::rows::Row;
use crate::questionnaire::{Kind, Question};
use crate::report::Words;

/// What can be typed here, with an example.
pub fn how(question: &Question) -> String {
    let how = how_to_answer(question);
    if question.optional { how + " To leave this out, just press Enter." } else { how }
}

/// The same where there is an answer already, which an empty line would not leave out.
pub fn how_to_answer(question: &Question) -> String {
    let mut how = match &question.kind {
        Kind::OneOf { .. } => "Type a number, then Enter.".to_owned(),
        Kind::YesNo if question.unsure => "Type yes, no or not sure, then Enter.".to_owned(),
        Kind::YesNo => "Type yes or no, then Enter.".to_owned(),
        Kind::ManyOf | Kind::BodyMap => {
            format!("Type one or more numbers, such as {}, then Enter.", several(question))
        }
        Kind::Number(bounds) => {
            let (min, max) = (number_text(bounds.min), number_text(bounds.max));
            format!("Type a number from {min} to {max}, for example {}, then Enter.", example(question))
        }
        Kind::Scale { min, max, .. } => format!("Type a number from {min} to {max}, then Enter."),
        Kind::Text => "Type your answer on one line, then Enter.".to_owned(),
        Kind::Note => return "This is a page to read. Press Enter to go on.".to_owned(),
    };
    if question.unsure && matches!(question.kind, Kind::Number(_) | Kind::Scale { .. } | Kind::Text) {
        how.push_str(" Or type not sure.");
    }
    how
}

/// Two numbers that may go together, such as `1 3`.
fn several(question: &Question) -> String {
    let together = numbered(question).into_iter().filter(|(_, row)| match row {
        Row::Option(option) => !question.options[*option].exclusive,
        Row::Unsure => false,
    });
    let numbers: Vec<_> = together.map(|(number, _)| number.to_string()).collect();
    match &numbers[..] {
        [first, _, third, ..] => format!("{first} {third}"),
        _ => numbers.join(" "),
    }
}

/// A number that is taken.
fn example(question: &Question) -> String {
    let Kind::Number(bounds) = &question.kind else { return String::new() };
    let step = 10f64.powi(i32::from(bounds.decimals.min(1)));
    let number = ((bounds.min + (bounds.max - bounds.min) * 0.4) * step).round() / step;
    number_text(number)
}

/// Why a line was not taken, and what to type instead.
pub fn problem(problem: &Problem, question: &Question, words: Words) -> String {
    let why = match problem {
        Problem::NotUnderstood(typed) => format!("\"{typed}\" is not an answer here."),
        Problem::NoSuchNumber(number) => format!("There is no answer with the number {number}."),
        Problem::OneOnly => "This question takes one answer only.".to_owned(),
        Problem::Refused(refusal) => match refusal {
            Refusal::NotTogether { exclusive } => return not_together(exclusive, question, words),
            Refusal::NeedsAnAnswer => "This question needs an answer, and an empty line is none.".to_owned(),
            Refusal::UnsureNotAllowed => format!("\"{UNSURE_WORDS}\" is not an answer to this question."),
            Refusal::TakesNoAnswer => "There is nothing to answer here.".to_owned(),
            Refusal::OutOfBounds { .. } => "That is too low or too high.".to_owned(),
            Refusal::TooManyDecimals { decimals: 0 } => "This takes a whole number.".to_owned(),
            Refusal::TooManyDecimals { decimals: 1 } => {
                "This takes one digit after the point at most.".to_owned()
            }
            Refusal::TooManyDecimals { decimals } => {
                format!("This takes {decimals} digits after the point at most.")
            }
            Refusal::NotANumber { .. } => "That is not a number in digits.".to_owned(),
            Refusal::TooLong { max } => format!("That is longer than {max} characters."),
            Refusal::ExactlyOne | Refusal::AtLeastOne | Refusal::WrongType { .. } => {
                "That is not an answer here.".to_owned()
            }
        },
    };
    format!("{why} {}", how(question))
}

fn not_together(exclusive: &str, question: &Question, words: Words) -> String {
    let alone = question.option_index(exclusive);
    let label = alone.map(|option| words.line(&question.options[option].label)).unwrap_or_default();
    let number = numbered(question).into_iter().find(|(_, row)| alone.map(Row::Option) == Some(*row));
    let number = number.map_or(0, |(number, _)| number);
    format!(
        "\"{label}\" does not go together with another answer. Type {number} by itself, or only the numbers \
         of the others, such as {}.",
        several(question)
    )
}
