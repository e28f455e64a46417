//! A number with its unit. One value is written in several units: 18 dm are 180 cm. Where a number without a unit can be
//! meant in two, it is never guessed; the person is asked to type the unit too.

use super::typed::within;
use super::{Answer, Refusal, as_typed};
use crate::questionnaire::{Audience, Concern, Domain, NumberBounds, OtherUnit, Question, Text};
use crate::text::folded;
use crate::words::Words;

/// Digits after the point that are read in another unit.
const MOST_DECIMALS: u8 = 6;

/// Reads what was typed into a number or scale question. The value is within the bounds of the question and has no
/// more decimals than it takes.
pub fn number(typed: &str, question: &Question) -> Result<Answer, Refusal> {
    let Domain::Number(bounds) = &question.domain else {
        return Err(Refusal::WrongType { expected: "an option" });
    };
    let answer = Answer::Number(value(typed, bounds, question.concern)?);
    answer.check(question)?;
    Ok(answer)
}

/// With or without a unit, as a number in the unit of the question.
fn value(typed: &str, bounds: &NumberBounds, concern: Concern) -> Result<f64, Refusal> {
    let (number, unit) = apart(typed);
    let own = || within(number, bounds.min, bounds.max, bounds.decimals);
    if unit.is_empty() {
        return alone(number, own(), bounds, concern);
    }
    let is_its_own = |unit_here: &Text| {
        [Audience::Patient, Audience::Clinician]
            .iter()
            .any(|&audience| plain(unit_here.to(audience)) == plain(unit))
    };
    if bounds.unit.as_ref().is_some_and(is_its_own) {
        return own();
    }
    match bounds.others.iter().find(|other| plain(&other.unit) == plain(unit)) {
        Some(other) => converted(number, other, bounds, concern),
        None if bounds.others.is_empty() => Err(Refusal::NotANumber { min: bounds.min, max: bounds.max }),
        None => own().and(Err(which(number, bounds))),
    }
}

/// A number without a unit: taken where all units that it fits give one value.
fn alone(
    number: &str,
    own: Result<f64, Refusal>,
    bounds: &NumberBounds,
    concern: Concern,
) -> Result<f64, Refusal> {
    if matches!(own, Err(Refusal::NotANumber { .. } | Refusal::TwoReadings { .. })) {
        return own;
    }
    let others = bounds.others.iter().filter_map(|other| converted(number, other, bounds, concern).ok());
    // A digit too many doesn't say that another unit is meant.
    let here = match own {
        Err(Refusal::TooManyDecimals { .. }) => Some(f64::NAN),
        _ => own.as_ref().ok().copied(),
    };
    let mut values = here.into_iter().chain(others);
    match (values.next(), values.next()) {
        (Some(value), None) if !value.is_nan() => Ok(value),
        (Some(first), Some(second)) => match values.chain([second]).all(|other| other == first) {
            true => Ok(first),
            false => Err(which(number, bounds)),
        },
        _ => own,
    }
}

/// The number in the question's unit. What has more digits than an answer may have is rounded to the side of more
/// concern: so it reaches every limit that it would have reached unrounded.
fn converted(
    number: &str,
    other: &OtherUnit,
    bounds: &NumberBounds,
    concern: Concern,
) -> Result<f64, Refusal> {
    /// What is less than this part of the last digit comes from computing in binary.
    const EXACT: f64 = 1e6;
    let (min, max) = (bounds.min, bounds.max);
    let read =
        within(number, min / other.times, max / other.times, MOST_DECIMALS).map_err(
            |refusal| match refusal {
                Refusal::OutOfBounds { .. } => Refusal::OutOfBounds { min, max },
                Refusal::NotANumber { .. } => Refusal::NotANumber { min, max },
                refusal => refusal,
            },
        )?;
    let steps = 10f64.powi(bounds.decimals.into());
    let exact = (read * other.times * steps * EXACT).round() / EXACT;
    let rounded = match concern {
        Concern::Higher => exact.ceil(),
        Concern::Lower => exact.floor(),
        Concern::ByType | Concern::Least(_) | Concern::None | Concern::Unsaid => exact.round(),
    };
    Ok((rounded / steps).clamp(min, max))
}

/// The digits of what was typed, and the unit behind them.
fn apart(typed: &str) -> (&str, &str) {
    let end = typed.find(|c| !is_of_number(c)).unwrap_or(typed.len());
    (typed[..end].trim(), typed[end..].trim())
}

/// Can this be a part of a number? Spaces and apostrophes separate thousands.
pub fn is_of_number(c: char) -> bool {
    c.is_ascii_digit() || c.is_whitespace() || matches!(c, '.' | ',' | '-' | '−' | '\'' | '’' | '‘' | 'ʼ')
}

/// Does a text name its unit?
pub(super) fn has_unit(typed: &str) -> bool {
    !apart(typed).1.is_empty()
}

fn plain(unit: &str) -> String {
    let unit = folded(unit);
    let letters = unit.trim_end_matches('.').chars().filter(|c| !c.is_whitespace());
    letters.map(|c| if matches!(c, 'µ' | 'μ') { 'u' } else { c }).collect()
}

fn which(number: &str, bounds: &NumberBounds) -> Refusal {
    Refusal::WhichUnit { number: number.to_owned(), units: units(bounds) }
}

/// The units that a number may be typed in, where there are several: that of the question first.
pub fn units(bounds: &NumberBounds) -> Vec<String> {
    if bounds.others.is_empty() {
        return Vec::new();
    }
    let own = bounds.unit.as_ref().map(|unit| unit.to(Audience::Patient).to_owned());
    own.into_iter().chain(bounds.others.iter().map(|other| other.unit.clone())).collect()
}

/// A number as a person would type it at this question so that only this can be meant.
pub fn with_unit(number: f64, bounds: &NumberBounds, words: &Words) -> String {
    let number = as_typed(number, words);
    match units(bounds).first() {
        Some(unit) => format!("{number} {unit}"),
        None => number,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::answers::small;
    use crate::questionnaire::Questionnaire;
    use crate::words::Language;

    fn length() -> Questionnaire {
        asking("min: 0, max: 600, decimals: 1, unit: cm, units: { dm: 10 }, concern: higher")
    }

    fn asking(keys: &str) -> Questionnaire {
        small::questionnaire(&format!("value, type: number, {keys}"), "now: { value: { above: 1 } }")
    }

    fn typed(questionnaire: &Questionnaire, text: &str) -> Result<f64, Refusal> {
        match number(text, &questionnaire.questions[0])? {
            Answer::Number(number) => Ok(number),
            answer => panic!("{answer:?}"),
        }
    }

    #[test]
    fn a_number_that_two_units_fit_is_not_guessed() {
        let length = length();
        let units = vec!["cm".to_owned(), "dm".to_owned()];
        for text in ["18", " 18 ", "5.5", "60"] {
            let number = text.trim().to_owned();
            assert_eq!(
                typed(&length, text),
                Err(Refusal::WhichUnit { number, units: units.clone() }),
                "{text}"
            );
        }
        // Nor from how many digits it has, nor in a unit that nobody named.
        for (text, number) in [("8.25", "8.25"), ("18 g", "18"), ("18 d", "18")] {
            let refused = Err(Refusal::WhichUnit { number: number.to_owned(), units: units.clone() });
            assert_eq!(typed(&length, text), refused, "{text}");
        }
    }

    #[test]
    fn a_number_with_its_unit_is_taken_in_the_unit_of_the_question() {
        let length = length();
        for (text, value) in [
            ("18 cm", 18.0),
            ("18CM", 18.0),
            ("18 dm", 180.0),
            ("1,8 DM", 18.0),
            ("0.85d m.", 8.5),
            ("8.25 dm", 82.5),
        ] {
            assert_eq!(typed(&length, text), Ok(value), "{text}");
        }
        assert_eq!(typed(&length, "61 dm"), Err(Refusal::OutOfBounds { min: 0.0, max: 600.0 }));
        assert_eq!(typed(&length, "8.25 cm"), Err(Refusal::TooManyDecimals { decimals: 1 }));
        for text in ["dm", "- cm", "", "eighteen"] {
            assert!(matches!(typed(&length, text), Err(Refusal::NotANumber { .. })), "{text}");
        }
    }

    #[test]
    fn without_a_unit_it_is_taken_where_only_one_can_be_meant() {
        let length = length();
        assert_eq!(typed(&length, "180"), Ok(180.0), "1,800 is too much");
        assert_eq!(typed(&length, "0"), Ok(0.0), "nothing is nothing in both");
        let width = asking("min: 20, max: 250, unit: mm, units: { cm: 10 }, concern: lower");
        for (text, value) in [("135", 135.0), ("13.5", 135.0), ("7", 70.0)] {
            assert_eq!(typed(&width, text), Ok(value), "{text}");
        }
        assert!(matches!(typed(&width, "22"), Err(Refusal::WhichUnit { .. })));
        let thickness =
            asking("min: 0, max: 20000, decimals: 2, unit: µm, units: { micron: 1 }, concern: higher");
        for text in ["6.5", "6.5 MICRON", "6.5 um", "6.5 µM"] {
            assert_eq!(typed(&thickness, text), Ok(6.5), "{text}");
        }
        assert_eq!(
            typed(&thickness, "1,250"),
            Err(Refusal::TwoReadings { decimal: 1.25, grouped: 1250.0, decimals: 2 })
        );
    }

    #[test]
    fn what_is_filled_in_reads_back() {
        let length = length();
        let Domain::Number(bounds) = &length.questions[0].domain else { panic!("a number") };
        for language in Language::ALL {
            let text = with_unit(12.5, bounds, language.words());
            assert_eq!(typed(&length, &text), Ok(12.5), "{text}");
        }
    }

    /// Each hundredth against each limit. Rounding may add a limit that is reached: 1.0005 is above 1.00 and not 1.01, and
    /// no number of two decimals is. It takes none away.
    #[test]
    fn a_converted_number_reaches_every_limit_that_the_exact_one_reaches() {
        let times = 0.249_501;
        let ells = |concern| {
            asking(&format!(
                "min: 1, max: 6, decimals: 2, unit: m, units: {{ ell: {times} }}, concern: {concern}"
            ))
        };
        let (higher, lower) = (ells("higher"), ells("lower"));
        for hundredths in 401..=2404 {
            let exact = f64::from(hundredths) / 100.0 * times;
            let text = format!("{}.{:02} ell", hundredths / 100, hundredths % 100);
            let (up, down) = (typed(&higher, &text).unwrap(), typed(&lower, &text).unwrap());
            assert!(exact <= up && up - exact < 0.01, "{exact} {up}");
            assert!(down <= exact && exact - down < 0.01, "{exact} {down}");
            for limit in (100..600).map(|limit| f64::from(limit) / 100.0) {
                assert_eq!(up > limit, exact > limit, "{exact} above {limit}");
                assert!(up >= limit || exact < limit, "{exact} at least {limit}");
                assert_eq!(down < limit, exact < limit, "{exact} below {limit}");
            }
        }
    }
}
