//! Numbers as people type and read them.

use super::{Answer, Refusal};
use crate::questionnaire::{Kind, Question};

/// Reads what was typed into a number or scale question. Comma and point both separate decimals.
pub fn number(typed: &str, question: &Question) -> Result<Answer, Refusal> {
    let (min, max) = match &question.kind {
        Kind::Number(bounds) => (bounds.min, bounds.max),
        Kind::Scale { min, max, .. } => (f64::from(*min), f64::from(*max)),
        _ => return Err(Refusal::WrongType { expected: "an option" }),
    };
    let plain = typed.trim().replace(',', ".");
    let digits = plain.strip_prefix('-').unwrap_or(&plain);
    // `parse` also takes "1e5", "inf" and "nan", which nobody means.
    let written_as_number =
        digits.chars().any(|c| c.is_ascii_digit()) && digits.chars().all(|c| c.is_ascii_digit() || c == '.');
    let value = plain.parse().ok().filter(|_| written_as_number).ok_or(Refusal::NotANumber { min, max })?;
    let answer = Answer::Number(value);
    answer.check(question)?;
    Ok(answer)
}

/// A number without needless zeros: `64`, `2.6`.
pub fn number_text(number: f64) -> String {
    format!("{number}")
}
