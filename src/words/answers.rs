//! How answers read, and why one is not taken.

table! {
    pub struct Answers {
        /// The unsure answer, wherever it is offered.
        text unsure;
        /// Other ways to type it, in small letters and without accents.
        list typed_unsure;
        /// Words for the option that clears the others, as a whole line.
        list typed_none;
        /// How an answer begins that means yes, and one that means no; and the two answers of a yes_no, where the
        /// questionnaire has none of its own.
        text yes;
        text no;
        /// Letters that stand for yes and for no.
        list typed_yes;
        list typed_no;
        /// Words between answers that are typed on one line.
        list typed_and;
        /// Stands for an answer within a sentence.
        text none;

        // Why an answer is not taken; sentences without their full stop.
        text takes_whole_number;
        /// How many digits are taken, never 0.
        counted takes_decimals(digits: u8);
        /// From the first to the second.
        line takes_number(min: &str, max: &str);
        /// A text that can mean two numbers: the one with groups of thousands, and the one with decimals.
        line two_readings(thousands: &str, decimal: &str);
        /// Takes the number with each of the units that could be meant.
        line which_unit(numbers: &str);
        /// How to type either of them.
        line type_either(thousands: &str, decimal: &str);
        /// How to type the first of them, and how many digits after the point the other may have.
        line type_first_or_shorter(thousands: &str, digits: u8);
        text nothing_to_answer;
        line unsure_not_taken(unsure: &str);
        text out_of_bounds;
        text not_in_digits;
        /// The longest, in characters.
        line too_long(max: usize);
        text needs_an_answer;
        text no_answer_here;
        /// There is no option with this number.
        line no_such_number(number: &str);
    }
}
