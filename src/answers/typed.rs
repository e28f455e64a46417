//! Numbers as people type and read them.
//!
//! A comma or a point with exactly three digits behind it can separate decimals or thousands: `1,250` is 1.25 to one
//! reader and 1250 to another, in every language that the program speaks. Such a text is taken only where the
//! question leaves one reading; otherwise it is refused with both.

use super::Refusal;
use crate::questionnaire::NumberBounds;
use crate::text::folded;
use crate::words::{Answers, Language, Words};

/// Reads a number from `min` to `max` with this many digits after the point at most.
pub(super) fn within(typed: &str, min: f64, max: f64, decimals: u8) -> Result<f64, Refusal> {
    let in_range = |value: f64| (min..=max).contains(&value);
    let readings = readings(typed).ok_or(Refusal::NotANumber { min, max })?;
    let value = match readings {
        Readings::One(value) => value,
        // Whoever is asked for a whole number writes no decimals, so the separator can only be one of thousands.
        Readings::Two { grouped, .. } if decimals == 0 && in_range(grouped) => grouped,
        Readings::Two { decimal, .. } if decimals == 0 => {
            return Err(match decimal.fract() == 0.0 {
                true => Refusal::OutOfBounds { min, max },
                false => Refusal::TooManyDecimals { decimals },
            });
        }
        Readings::Two { decimal, grouped } => match (in_range(decimal), in_range(grouped)) {
            (true, true) => return Err(Refusal::TwoReadings { decimal, grouped, decimals }),
            (false, _) => grouped,
            (true, false) if decimals >= THOUSANDS => decimal,
            (true, false) => return Err(Refusal::TooManyDecimals { decimals }),
        },
    };
    match in_range(value) {
        false => Err(Refusal::OutOfBounds { min, max }),
        true if !has_at_most_decimals(value, decimals) => Err(Refusal::TooManyDecimals { decimals }),
        true => Ok(value),
    }
}

/// How many digits a group has.
const THOUSANDS: u8 = 3;

/// What a text can mean as a number.
#[derive(Debug, Clone, Copy, PartialEq)]
enum Readings {
    One(f64),
    /// A comma or point is before the last three digits, and nothing tells what it separates.
    Two {
        decimal: f64,
        grouped: f64,
    },
}

/// `None`: no number in plain digits. Other ways of writing numbers, such as "1e5", "inf" or "0x10", nobody means.
fn readings(typed: &str) -> Option<Readings> {
    let typed = typed.trim();
    let (sign, typed) = match typed.strip_prefix(['-', '−']) {
        Some(rest) => ("-", rest),
        None => ("", typed),
    };
    let mut parts: Vec<String> = vec![String::new()];
    let mut separators = Vec::new();
    for c in typed.chars() {
        match separator(c) {
            _ if c.is_ascii_digit() => parts.last_mut()?.push(c),
            Some(separator) => {
                separators.push(separator);
                parts.push(String::new());
            }
            None => return None,
        }
    }
    // With a digit at least, these texts are always numbers.
    let value = |whole: &str, fraction: &str| format!("{sign}0{whole}.{fraction}0").parse().ok();
    if parts.iter().all(String::is_empty) {
        return None;
    }
    let (first, last) = (parts.first()?, parts.last()?);
    match separators[..] {
        [] => value(first, "").map(Readings::One),
        [Separator::Decimals(_)] => {
            let decimal = value(first, last)?;
            Some(match are_groups(&parts) {
                true => Readings::Two { decimal, grouped: value(&parts.concat(), "")? },
                false => Readings::One(decimal),
            })
        }
        [separator, ..] => {
            let all_alike = separators.iter().all(|other| *other == separator);
            let (whole, fraction) = match separators.last()? {
                _ if all_alike => (&parts[..], ""),
                Separator::Decimals(_) => (&parts[..parts.len() - 1], last.as_str()),
                Separator::Only(_) => return None,
            };
            let between = &separators[..whole.len() - 1];
            let is_one_kind = between.iter().all(|other| *other == separator);
            let is_taken = is_one_kind && are_groups(whole);
            if is_taken { value(&whole.concat(), fraction).map(Readings::One) } else { None }
        }
    }
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Separator {
    /// Of decimals, or of thousands.
    Decimals(char),
    /// Of thousands only.
    Only(char),
}

fn separator(c: char) -> Option<Separator> {
    match c {
        '.' | ',' => Some(Separator::Decimals(c)),
        '\'' | '’' | '‘' | 'ʼ' => Some(Separator::Only('\'')),
        // Also narrow and no-break spaces, which are meant for this.
        c if c.is_whitespace() && !c.is_control() => Some(Separator::Only(' ')),
        _ => None,
    }
}

/// One to three digits that are not only zeros, then three in each group: nobody writes 500 as `0,500`.
fn are_groups(parts: &[String]) -> bool {
    let is_group = |part: &String| part.len() == usize::from(THOUSANDS);
    match parts {
        [first, rest @ ..] => {
            (1..=usize::from(THOUSANDS)).contains(&first.len())
                && first.bytes().any(|digit| digit != b'0')
                && rest.iter().all(is_group)
        }
        [] => false,
    }
}

/// Compares in decimal, because 2.6 is not 26 tenths in binary.
pub(super) fn has_at_most_decimals(number: f64, decimals: u8) -> bool {
    if number.fract() == 0.0 {
        return true;
    }
    let text = number_text(number);
    text.split_once('.').is_none_or(|(_, fraction)| fraction.len() <= usize::from(decimals))
}

/// A number as a person would type it so that only this number can be meant: like [`Words::number`], with a zero
/// more where three decimals look like thousands.
pub fn as_typed(number: f64, words: &Words) -> String {
    let text = words.number(number);
    match readings(&text) {
        Some(Readings::Two { .. }) => format!("{text}0"),
        _ => text,
    }
}

/// The answers of this language and, as everywhere, of English.
pub fn understood(words: &Answers) -> impl Iterator<Item = &Answers> {
    [words, &Language::English.words().answers].into_iter()
}

/// Is this how somebody types the unsure answer, in this language or in English?
pub fn means_unsure(typed: &str, words: &Answers) -> bool {
    let typed = folded(typed);
    let typed = typed.trim_end_matches('.');
    understood(words).any(|words| folded(words.unsure) == typed || words.typed_unsure.contains(&typed))
}

/// A number that is taken, as an example: one that is usual, where the questionnaire says what is.
pub fn example(bounds: &NumberBounds) -> f64 {
    if let Some(usual) = bounds.reference {
        let (low, high) = (usual.min.unwrap_or(bounds.min), usual.max.unwrap_or(bounds.max));
        let step = 10f64.powi(i32::from(bounds.decimals));
        return (((low + (high - low) * 0.5) * step).round() / step).clamp(low, high);
    }
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
    use proptest::prelude::*;

    use super::*;
    use crate::answers::{Answer, number, small};
    use crate::questionnaire::{Domain, Questionnaire};

    fn asking(max: u64, decimals: u8) -> Questionnaire {
        let question = format!("value, type: number, min: -1, max: {max}, decimals: {decimals}");
        small::questionnaire(&question, "now: { value: { above: 0 } }")
    }

    fn typed_at(text: &str, max: u64, decimals: u8) -> Result<Answer, Refusal> {
        number(text, &asking(max, decimals).questions[0])
    }

    fn typed(text: &str) -> Result<Answer, Refusal> {
        typed_at(text, 120, 2)
    }

    #[test]
    fn comma_and_point_separate_decimals_and_blanks_around_do_not_matter() {
        for text in ["2.6", "2,6", " 2.6\t", "2.60", "02.6", "\u{a0}2,6", "2.6000"] {
            assert_eq!(typed(text), Ok(Answer::Number(2.6)), "{text:?}");
        }
        for (text, value) in
            [(".5", 0.5), ("5.", 5.0), ("-1", -1.0), ("−1", -1.0), ("0,500", 0.5), ("37,5", 37.5)]
        {
            assert_eq!(typed(text), Ok(Answer::Number(value)), "{text}");
        }
    }

    #[test]
    fn what_is_not_written_in_plain_digits_is_no_number() {
        let refused = Err(Refusal::NotANumber { min: -1.0, max: 120.0 });
        for text in [
            "", "  ", ".", ",", "-", "abc", "1e1", "1e5", "inf", "nan", "NaN", "infinity", "0x10", "٣", "３",
            "½", "'", "- 1",
        ] {
            assert_eq!(typed(text), refused, "{text:?}");
        }
        for text in [
            "1 0",
            "1.2.3",
            "1,2,3",
            "--1",
            "1-",
            "6 years",
            "+6",
            "1_0",
            "0 500",
            "1'00",
            "1 0000",
            "1,00,000",
            "1.000'000",
            "1 000'000",
            "1,000,0",
            "1,,000",
            ",000,000",
            "1 000 ,5",
            "1\n000",
        ] {
            assert_eq!(typed(text), refused, "{text:?}");
        }
    }

    #[test]
    fn a_number_is_held_to_the_bounds_and_the_decimals_of_its_question() {
        assert_eq!(typed("121"), Err(Refusal::OutOfBounds { min: -1.0, max: 120.0 }));
        assert_eq!(typed(&"9".repeat(400)), Err(Refusal::OutOfBounds { min: -1.0, max: 120.0 }));
        assert_eq!(typed("2.6051"), Err(Refusal::TooManyDecimals { decimals: 2 }));
        assert_eq!(typed_at("4.5", 120, 0), Err(Refusal::TooManyDecimals { decimals: 0 }));
        assert_eq!(typed_at("64.0", 120, 0), Ok(Answer::Number(64.0)));
    }

    #[test]
    fn a_separator_that_could_mean_thousands_is_refused_with_both_readings() {
        for (text, decimal, grouped) in [
            ("1,250", 1.25, 1250.0),
            ("1.250", 1.25, 1250.0),
            ("12,000", 12.0, 12000.0),
            ("1,255", 1.255, 1255.0),
        ] {
            let refused = Err(Refusal::TwoReadings { decimal, grouped, decimals: 2 });
            assert_eq!(typed_at(text, 20_000, 2), refused, "{text}");
        }
        assert_eq!(
            typed_at("1,234", 20_000, 3),
            Err(Refusal::TwoReadings { decimal: 1.234, grouped: 1234.0, decimals: 3 })
        );
        assert_eq!(typed_at("1,2340", 20_000, 3), Ok(Answer::Number(1.234)), "a way to type it");
    }

    #[test]
    fn a_separator_of_thousands_is_taken_where_nothing_else_can_be_meant() {
        for text in ["1,000", "1.000", "1 000", "1'000", "1’000", "1\u{2009}000", "1\u{202f}000", "1000"] {
            assert_eq!(typed_at(text, 3000, 0), Ok(Answer::Number(1000.0)), "{text}");
        }
        for text in ["1.234,5", "1,234.5", "1 234,5", "1'234.50", "1234.5"] {
            assert_eq!(typed_at(text, 20_000, 2), Ok(Answer::Number(1234.5)), "{text}");
        }
        assert_eq!(typed_at("1,234,567", 9_000_000, 2), Ok(Answer::Number(1_234_567.0)));
        assert_eq!(typed_at("2,505", 10, 3), Ok(Answer::Number(2.505)), "2505 is out of range");
    }

    #[test]
    fn a_number_out_of_range_is_never_taken_as_a_thousandth_of_it() {
        let (min, max) = (-1.0, 120.0);
        assert_eq!(typed_at("1,000", 120, 0), Err(Refusal::OutOfBounds { min, max }));
        assert_eq!(typed_at("40.000", 120, 0), Err(Refusal::OutOfBounds { min, max }));
        assert_eq!(typed_at("5,000", 120, 2), Err(Refusal::TooManyDecimals { decimals: 2 }));
        assert_eq!(typed_at("5,500", 120, 0), Err(Refusal::TooManyDecimals { decimals: 0 }));
    }

    #[test]
    fn not_sure_can_be_typed_in_several_ways_in_ones_own_language_and_in_english() {
        let [english, spanish] = [Language::English, Language::Spanish].map(|it| &it.words().answers);
        for typed in ["I'm not sure", "i'm not sure.", "unsure", "Not sure", "u"] {
            assert!(means_unsure(typed, english) && means_unsure(typed, spanish), "{typed}");
        }
        for words in spanish.typed_unsure.iter().copied().chain([spanish.unsure]) {
            assert!(means_unsure(words, spanish), "{words}");
        }
        for typed in ["", "sure", "no", "unsure about it"] {
            assert!(!means_unsure(typed, english) && !means_unsure(typed, spanish), "{typed}");
        }
    }

    #[test]
    fn the_example_of_a_number_is_one_that_is_taken_and_no_longer_than_need_be() {
        for (max, decimals, expected) in [(120, 0, 47.0), (4, 0, 1.0), (4, 1, 1.0), (5, 2, 1.4), (5, 3, 1.4)]
        {
            let questionnaire = asking(max, decimals);
            let Domain::Number(bounds) = &questionnaire.questions[0].domain else { panic!("a number") };
            let example = example(bounds);
            assert_eq!(example, expected, "up to {max} with {decimals} decimals");
            let typed = as_typed(example, Language::English.words());
            assert_eq!(typed_at(&typed, max, decimals), Ok(Answer::Number(example)), "{typed}");
        }
    }

    #[test]
    fn numbers_read_without_needless_zeros() {
        let texts = [64.0, 2.6, 0.3, -0.0, 1e9].map(number_text);
        assert_eq!(texts, ["64", "2.6", "0.3", "0", "1000000000"]);
    }

    /// Digits in groups of three.
    fn grouped(whole: u64, separator: &str) -> String {
        let digits = whole.to_string();
        let mut text = String::new();
        for (at, digit) in digits.chars().enumerate() {
            if at > 0 && (digits.len() - at).is_multiple_of(3) {
                text.push_str(separator);
            }
            text.push(digit);
        }
        text
    }

    proptest! {
        #[test]
        fn every_number_reads_back_from_how_each_language_writes_it(
            steps in 0u64..20_000_000, decimals in 0u8..=6,
        ) {
            let questionnaire = asking(20_000_000, decimals);
            let value: f64 = format!("{steps}e-{decimals}").parse().expect("a number");
            for language in Language::ALL {
                let text = as_typed(value, language.words());
                prop_assert_eq!(number(&text, &questionnaire.questions[0]), Ok(Answer::Number(value)), "{}", text);
                if decimals < THOUSANDS {
                    prop_assert_eq!(text, language.words().number(value));
                }
            }
        }

        #[test]
        fn no_separator_of_thousands_makes_a_number_a_thousand_times_smaller(
            whole in 1000u64..9_999_999,
            separator in prop::sample::select(vec![",", ".", " ", "'", "’", "\u{a0}", "\u{2009}", "\u{202f}"]),
            fraction in prop::option::of(0u32..1000),
            max in prop::sample::select(vec![6, 120, 3000, 20_000, 10_000_000]),
            decimals in 0u8..=2,
        ) {
            let mut text = grouped(whole, separator);
            let mut meant = whole.to_string();
            if let Some(fraction) = fraction {
                text.push_str(if separator == "." { "," } else { "." });
                text.push_str(&fraction.to_string());
                meant = format!("{meant}.{fraction}");
            }
            let meant: f64 = meant.parse().expect("a number");
            match typed_at(&text, max, decimals) {
                Ok(answer) => prop_assert_eq!(answer, Answer::Number(meant), "{}", text),
                Err(Refusal::NotANumber { .. }) => prop_assert!(false, "{} is a number", text),
                Err(_) => {}
            }
        }

        #[test]
        fn any_text_is_read_or_refused(text in "[-−0-9., '’\u{a0}]{0,12}", max in 1u64..20_000, decimals in 0u8..=6) {
            if let Ok(Answer::Number(value)) = typed_at(&text, max, decimals) {
                prop_assert!((-1.0..=max as f64).contains(&value) && has_at_most_decimals(value, decimals));
            }
        }
    }
}
