//! How answers read, and why one is not taken.

#[derive(Debug)]
pub struct Answers {
    /// The unsure answer, wherever it is offered.
    pub unsure: &'static str,
    /// Other ways to type it, in small letters and without accents.
    pub typed_unsure: &'static [&'static str],
    /// Words for the option that clears the others, as a whole line.
    pub typed_none: &'static [&'static str],
    /// How an answer begins that means yes, and one that means no; and the two answers of a yes_no, where the
    /// questionnaire has none of its own.
    pub yes: &'static str,
    pub no: &'static str,
    /// Letters that stand for yes and for no.
    pub typed_yes: &'static [&'static str],
    pub typed_no: &'static [&'static str],
    /// Words between answers that are typed on one line.
    pub typed_and: &'static [&'static str],
    /// Stands for an answer within a sentence.
    pub none: &'static str,

    // Why an answer is not taken; sentences without their full stop.
    pub takes_whole_number: &'static str,
    /// How many digits are taken, never 0.
    pub takes_decimals: fn(u8) -> String,
    /// From the first to the second.
    pub takes_number: fn(&str, &str) -> String,
    /// A text that can mean two numbers: the one with groups of thousands, and the one with decimals.
    pub two_readings: fn(&str, &str) -> String,
    /// Takes the number with each of the units that could be meant.
    pub which_unit: fn(&[String]) -> String,
    /// How to type either of them.
    pub type_either: fn(&str, &str) -> String,
    /// How to type the first of them, and how many digits after the point the other may have.
    pub type_first_or_shorter: fn(&str, u8) -> String,
    pub nothing_to_answer: &'static str,
    pub unsure_not_taken: fn(&str) -> String,
    pub out_of_bounds: &'static str,
    pub not_in_digits: &'static str,
    /// The longest, in characters.
    pub too_long: fn(usize) -> String,
    pub needs_an_answer: &'static str,
    pub no_answer_here: &'static str,
    /// There is no option with this number.
    pub no_such_number: fn(&str) -> String,
}
