//! Numbers as people type and read them.

use super::{Answer, Refusal};
use crate::questionnaire::{Kind, NumberBounds, Question};
use crate::text::folded;
use crate::words::{Answers, Language};

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

/// The answers of this language and, as everywhere, of English.
pub fn understood(own: &Answers) -> impl Iterator<Item = &Answers> {
    [own, &Language::English.words().answers].into_iter()
}

/// Is this how somebody types the unsure answer, in this language or in English?
pub fn means_unsure(typed: &str, own: &Answers) -> bool {
    let typed = folded(typed);
    let typed = typed.trim_end_matches('.');
    understood(own).any(|own| folded(own.unsure) == typed || own.typed_unsure.contains(&typed))
}

/// A number that is taken, as an example.
pub fn example(bounds: &NumberBounds) -> f64 {
    let step = 10f64.powi(i32::from(bounds.decimals.min(1)));
    ((bounds.min + (bounds.max - bounds.min) * 0.4) * step).round() / step
}

/// A number as in a questionnaire, without needless zeros: `64`, `2.6`. For people see [`crate::words::Words`].
pub fn number_text(number: f64) -> String {
    // There is no minus zero for people.
    format!("{}", number + 0.0)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::answers::small;

    fn typed(text: &str) -> Result<Answer, Refusal> {
        let question = "height, type: number, min: -1, max: 120, decimals: 2";
        let questionnaire = small::questionnaire(question, "now: { height: { above: 3 } }");
        number(text, &questionnaire.questions[0])
    }

    #[test]
    fn comma_and_point_separate_decimals_and_blanks_around_do_not_matter() {
        for text in ["2.6", "2,6", " 2.6\t", "2.60", "02.6", "\u{a0}2,6"] {
            assert_eq!(typed(text), Ok(Answer::Number(2.6)), "{text:?}");
        }
        assert_eq!(typed(".5"), Ok(Answer::Number(0.5)));
        assert_eq!(typed("5."), Ok(Answer::Number(5.0)));
        assert_eq!(typed("-1"), Ok(Answer::Number(-1.0)));
    }

    #[test]
    fn what_is_not_written_in_plain_digits_is_no_number() {
        let refused = Err(Refusal::NotANumber { min: -1.0, max: 120.0 });
        for text in [
            "", "  ", ".", ",", "-", "abc", "1e1", "1e5", "inf", "nan", "NaN", "infinity", "0x10", "٣", "３",
            "½",
        ] {
            assert_eq!(typed(text), refused, "{text:?}");
        }
        for text in ["1 0", "1.2.3", "1,2,3", "--1", "1-", "6 years", "+6", "1_0"] {
            assert_eq!(typed(text), refused, "{text:?}");
        }
    }

    #[test]
    fn a_number_is_held_to_the_bounds_of_its_question() {
        assert_eq!(typed("121"), Err(Refusal::OutOfBounds { min: -1.0, max: 120.0 }));
        assert_eq!(typed(&"9".repeat(400)), Err(Refusal::OutOfBounds { min: -1.0, max: 120.0 }));
        assert_eq!(
            typed("1,234"),
            Err(Refusal::TooManyDecimals { decimals: 2 }),
            "a comma is no separator of thousands"
        );
    }

    #[test]
    fn numbers_read_without_needless_zeros() {
        let texts = [64.0, 2.6, 0.3, -0.0, 1e9].map(number_text);
        assert_eq!(texts, ["64", "2.6", "0.3", "0", "1000000000"]);
    }
}
