//! One answer, whether it fits its question, and how it reads.

use std::fmt;

use crate::questionnaire::{Audience, Domain, OptionSet, Question};
use crate::words::Words;

/// An answer to one question.
#[derive(Debug, Clone, PartialEq)]
pub enum Answer {
    /// The options chosen; exactly one for one_of and yes_no, never empty.
    Options(OptionSet),
    /// "I'm not sure", with what was ticked beside it (many_of and body_map only).
    Unsure {
        ticked: OptionSet,
    },
    /// Of number and scale, in the question's unit.
    Number(f64),
    Text(String),
}

impl Answer {
    /// "I'm not sure" and nothing else; skipping a question that allows it means this.
    pub const UNSURE: Answer = Answer::Unsure { ticked: OptionSet::EMPTY };

    pub fn option(option: usize) -> Answer {
        Answer::Options(OptionSet::one(option))
    }

    pub fn is_unsure(&self) -> bool {
        matches!(self, Answer::Unsure { .. })
    }

    /// The options chosen or ticked; empty for numbers and text.
    pub fn ticked(&self) -> OptionSet {
        match self {
            Answer::Options(ticked) | Answer::Unsure { ticked } => *ticked,
            Answer::Number(_) | Answer::Text(_) => OptionSet::EMPTY,
        }
    }

    /// Does this answer fit `question`? Everything that enters a [`super::Sheet`] went through here.
    pub fn check(&self, question: &Question) -> Result<(), Refusal> {
        let several = question.takes_several();
        match (self, &question.domain) {
            (_, Domain::Nothing) => Err(Refusal::TakesNoAnswer),
            (Answer::Unsure { .. }, _) if !question.unsure => Err(Refusal::UnsureNotAllowed),
            (Answer::Unsure { ticked }, _) if ticked.is_empty() => Ok(()),
            (Answer::Unsure { ticked }, _) if several => check_ticked(*ticked, true, question),
            (Answer::Options(chosen), Domain::Several) => check_ticked(*chosen, false, question),
            (Answer::Options(chosen), Domain::One { .. }) => {
                if chosen.len() == 1 && chosen.iter().all(|option| option < question.options.len()) {
                    Ok(())
                } else {
                    Err(Refusal::ExactlyOne)
                }
            }
            (Answer::Number(number), Domain::Number(bounds)) => {
                if !number.is_finite() || *number < bounds.min || *number > bounds.max {
                    Err(Refusal::OutOfBounds { min: bounds.min, max: bounds.max })
                } else if bounds.decimals == 0 && number.fract() != 0.0 {
                    // Proofs count on whole numbers where only those are asked for. Other numbers may come more exact
                    // than they are typed: a laboratory sends 2.505.
                    Err(Refusal::TooManyDecimals { decimals: 0 })
                } else {
                    Ok(())
                }
            }
            (Answer::Text(text), Domain::Text) => {
                if text.chars().count() > TEXT_MAX {
                    Err(Refusal::TooLong { max: TEXT_MAX })
                } else {
                    Ok(())
                }
            }
            _ => Err(Refusal::WrongType { expected: expected(question) }),
        }
    }

    /// The answer in the words of the questionnaire, such as `Red; blue` or `38.5 °C`.
    pub fn words(&self, question: &Question, audience: Audience, words: &Words) -> String {
        match self {
            Answer::Options(ticked) => option_words(*ticked, question, audience).join("; "),
            Answer::Unsure { ticked } => {
                let mut said = option_words(*ticked, question, audience);
                said.push(words.answers.unsure.to_owned());
                said.join("; ")
            }
            Answer::Number(number) => {
                let unit = match &question.domain {
                    Domain::Number(bounds) => bounds.unit.as_ref().map(|unit| unit.to(audience)),
                    Domain::One { .. } | Domain::Several | Domain::Text | Domain::Nothing => None,
                };
                let number = words.number(*number);
                match unit {
                    Some(unit) => format!("{number} {unit}"),
                    None => number,
                }
            }
            Answer::Text(text) => text.clone(),
        }
    }
}

/// The longest text answer, in characters.
pub const TEXT_MAX: usize = 2000;

fn option_words(ticked: OptionSet, question: &Question, audience: Audience) -> Vec<String> {
    ticked
        .iter()
        .filter_map(|option| question.options.get(option))
        .map(|o| o.label.to(audience).to_owned())
        .collect()
}

fn check_ticked(ticked: OptionSet, unsure: bool, question: &Question) -> Result<(), Refusal> {
    let exclusive = ticked.intersection(question.exclusive());
    if ticked.is_empty() {
        Err(Refusal::AtLeastOne)
    } else if ticked.iter().any(|option| option >= question.options.len()) {
        Err(Refusal::WrongType { expected: expected(question) })
    } else if let Some(option) = exclusive.iter().next()
        && (unsure || ticked.len() > 1)
    {
        Err(Refusal::NotTogether { exclusive: question.options[option].id.clone() })
    } else {
        Ok(())
    }
}

/// What kind of answer a question takes, for messages.
fn expected(question: &Question) -> &'static str {
    match question.domain {
        Domain::One { .. } => "one option",
        Domain::Several => "a list of options",
        Domain::Number(_) => "a number",
        Domain::Text => "a text",
        Domain::Nothing => "no answer",
    }
}

/// Why an answer does not fit its question.
#[derive(Debug, Clone, PartialEq)]
pub enum Refusal {
    TakesNoAnswer,
    UnsureNotAllowed,
    ExactlyOne,
    AtLeastOne,
    /// An option that stands alone was ticked with others.
    NotTogether {
        exclusive: String,
    },
    OutOfBounds {
        min: f64,
        max: f64,
    },
    TooManyDecimals {
        decimals: u8,
    },
    NotANumber {
        min: f64,
        max: f64,
    },
    /// A comma or point that separates decimals or thousands, and the question takes numbers like either.
    TwoReadings {
        decimal: f64,
        grouped: f64,
        /// How many the question takes.
        decimals: u8,
    },
    /// A number without its unit, or with another, where more than one could be meant.
    WhichUnit {
        number: String,
        units: Vec<String>,
    },
    TooLong {
        max: usize,
    },
    WrongType {
        expected: &'static str,
    },
    /// A required question was left without an answer.
    NeedsAnAnswer,
}

impl Refusal {
    /// To the person, as a sentence without its full stop.
    pub fn words(&self, words: &Words) -> String {
        let say = &words.answers;
        match self {
            Refusal::TwoReadings { decimal, grouped, decimals } => {
                let read = say.two_readings(&words.number(*grouped), &words.number(*decimal));
                let [first, second] = [grouped, decimal].map(|number| super::as_typed(*number, words));
                let how = match super::has_at_most_decimals(*decimal, *decimals) {
                    true => say.type_either(&first, &second),
                    false => say.type_first_or_shorter(&first, *decimals),
                };
                format!("{read}. {how}")
            }
            Refusal::WhichUnit { number, units } => {
                let with: Vec<_> = units.iter().map(|unit| format!("\"{number} {unit}\"")).collect();
                say.which_unit(&words.any_of(&with))
            }
            Refusal::TakesNoAnswer => say.nothing_to_answer.to_owned(),
            Refusal::UnsureNotAllowed => say.unsure_not_taken(say.unsure),
            Refusal::OutOfBounds { .. } => say.out_of_bounds.to_owned(),
            Refusal::TooManyDecimals { decimals: 0 } => say.takes_whole_number.to_owned(),
            Refusal::TooManyDecimals { decimals } => say.takes_decimals(*decimals),
            Refusal::NotANumber { .. } => say.not_in_digits.to_owned(),
            Refusal::TooLong { max } => say.too_long(*max),
            Refusal::NeedsAnAnswer => say.needs_an_answer.to_owned(),
            Refusal::ExactlyOne
            | Refusal::AtLeastOne
            | Refusal::NotTogether { .. }
            | Refusal::WrongType { .. } => say.no_answer_here.to_owned(),
        }
    }
}

/// To whoever writes answer sheets, with ids.
impl fmt::Display for Refusal {
    fn fmt(&self, f: &mut fmt::Formatter) -> fmt::Result {
        let number_text = super::number_text;
        match self {
            Refusal::TakesNoAnswer => write!(f, "this page takes no answer"),
            Refusal::UnsureNotAllowed => write!(f, "this question does not take \"not sure\" as an answer"),
            Refusal::ExactlyOne => write!(f, "choose one option"),
            Refusal::AtLeastOne => write!(f, "choose at least one option"),
            Refusal::NotTogether { exclusive } => {
                write!(f, "`{exclusive}` cannot be chosen together with others")
            }
            Refusal::OutOfBounds { min, max } => {
                write!(f, "the number must be from {} to {}", number_text(*min), number_text(*max))
            }
            Refusal::TooManyDecimals { decimals: 0 } => write!(f, "the number must be whole, such as 47"),
            Refusal::TooManyDecimals { decimals } => {
                write!(f, "the number can have at most {decimals} digits after the decimal point")
            }
            Refusal::NotANumber { min, max } => {
                let (min, max) = (number_text(*min), number_text(*max));
                write!(f, "type a number from {min} to {max} in digits")
            }
            Refusal::TwoReadings { decimal, grouped, .. } => {
                let (decimal, grouped) = (number_text(*decimal), number_text(*grouped));
                write!(f, "the number could mean {grouped} or {decimal}")
            }
            Refusal::WhichUnit { units, .. } => {
                write!(f, "the number needs its unit, one of {}", units.join(", "))
            }
            Refusal::TooLong { max } => write!(f, "the text is longer than {max} characters"),
            Refusal::WrongType { expected } => write!(f, "expected {expected}"),
            Refusal::NeedsAnAnswer => write!(f, "this question needs an answer"),
        }
    }
}

impl std::error::Error for Refusal {}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::answers::small;
    use crate::questionnaire::Questionnaire;

    fn questionnaire() -> Questionnaire {
        let options = "options: [{ id: a, label: A }, { id: b, label: B }";
        let questions = format!(
            "many, type: many_of, unsure: true, {options}, {{ id: none, label: O, exclusive: true }}]
             one, type: one_of, unsure: true, {options}]
             sure, type: yes_no
             height, type: number, min: 1, max: 6, decimals: 2
             age, type: number, min: 1, max: 120
             scale, type: scale, min: 0, max: 10
             words, type: text
             page, type: note"
        );
        small::questionnaire(&questions, "now: { sure: yes }")
    }

    fn check(id: &str, answer: Answer) -> Result<(), Refusal> {
        let questionnaire = questionnaire();
        answer.check(&questionnaire.questions[questionnaire.question_index(id).expect("a question")])
    }

    fn ticked(options: &[usize]) -> OptionSet {
        options.iter().copied().collect()
    }

    #[test]
    fn one_of_takes_exactly_one_of_its_options() {
        assert_eq!(check("one", Answer::option(1)), Ok(()));
        for options in [&[][..], &[0, 1], &[2], &[63]] {
            assert_eq!(
                check("one", Answer::Options(ticked(options))),
                Err(Refusal::ExactlyOne),
                "{options:?}"
            );
        }
    }

    #[test]
    fn many_of_takes_some_options_and_an_exclusive_one_alone() {
        let many = |options: &[usize]| check("many", Answer::Options(ticked(options)));
        let beside_unsure = |options: &[usize]| check("many", Answer::Unsure { ticked: ticked(options) });
        let not_together = Err(Refusal::NotTogether { exclusive: "none".to_owned() });
        assert_eq!(many(&[0, 1]), Ok(()));
        assert_eq!(many(&[2]), Ok(()));
        assert_eq!(many(&[]), Err(Refusal::AtLeastOne));
        assert_eq!(many(&[0, 2]), not_together);
        assert_eq!(many(&[0, 3]), Err(Refusal::WrongType { expected: "a list of options" }));
        assert_eq!(beside_unsure(&[]), Ok(()));
        assert_eq!(beside_unsure(&[0, 1]), Ok(()));
        assert_eq!(beside_unsure(&[2]), not_together);
    }

    #[test]
    fn unsure_is_taken_only_where_it_is_allowed_and_stands_beside_options_only_in_many_of() {
        assert_eq!(check("one", Answer::UNSURE), Ok(()));
        assert_eq!(check("sure", Answer::UNSURE), Err(Refusal::UnsureNotAllowed));
        assert_eq!(check("height", Answer::UNSURE), Err(Refusal::UnsureNotAllowed));
        let beside = Answer::Unsure { ticked: ticked(&[0]) };
        assert_eq!(check("one", beside), Err(Refusal::WrongType { expected: "one option" }));
    }

    #[test]
    fn a_number_lies_within_its_bounds_and_is_whole_where_no_decimals_are_asked_for() {
        let height = |number| check("height", Answer::Number(number));
        for number in [1.0, 6.0, 2.6, 2.61, 1.15, 4.35, 2.505, 2.599_999] {
            assert_eq!(height(number), Ok(()), "{number}");
        }
        for number in [0.99, 6.01, -3.0, f64::NAN, f64::INFINITY, f64::NEG_INFINITY, 1e300] {
            assert_eq!(height(number), Err(Refusal::OutOfBounds { min: 1.0, max: 6.0 }), "{number}");
        }
        assert_eq!(check("age", Answer::Number(64.5)), Err(Refusal::TooManyDecimals { decimals: 0 }));
    }

    #[test]
    fn a_scale_takes_whole_numbers_within_its_bounds() {
        let scale = |number| check("scale", Answer::Number(number));
        assert_eq!((scale(0.0), scale(10.0)), (Ok(()), Ok(())));
        for number in [-1.0, 11.0, f64::NAN] {
            assert_eq!(scale(number), Err(Refusal::OutOfBounds { min: 0.0, max: 10.0 }), "{number}");
        }
        assert_eq!(scale(4.5), Err(Refusal::TooManyDecimals { decimals: 0 }));
    }

    #[test]
    fn a_text_has_a_longest_length_counted_in_characters() {
        assert_eq!(check("words", Answer::Text("ü".repeat(TEXT_MAX))), Ok(()));
        let longer = Answer::Text("u".repeat(TEXT_MAX + 1));
        assert_eq!(check("words", longer), Err(Refusal::TooLong { max: TEXT_MAX }));
    }

    #[test]
    fn no_question_takes_an_answer_of_another_type_and_a_note_takes_none() {
        let answers = [Answer::option(0), Answer::Number(3.0), Answer::Text("3".to_owned())];
        let fitting = [("many", 0), ("one", 0), ("sure", 0), ("age", 1), ("scale", 1), ("words", 2)];
        for (id, fits) in fitting {
            for (index, answer) in answers.iter().enumerate() {
                assert_eq!(check(id, answer.clone()).is_ok(), index == fits, "{id} {answer:?}");
            }
        }
        for answer in answers.into_iter().chain([Answer::UNSURE]) {
            assert_eq!(check("page", answer), Err(Refusal::TakesNoAnswer));
        }
    }
}
