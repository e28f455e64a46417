//! The ways to answer a question with options, as lines to choose from: the same in every shell.

use crate::questionnaire::{OptionIndex, Question};

/// A line that can be chosen.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Row {
    Option(OptionIndex),
    Unsure,
}

/// The lines of a question, in the order of the screen: options, those that stand alone, unsure.
pub fn rows(question: &Question) -> Vec<Row> {
    let options = 0..question.options.len();
    let (alone, others): (Vec<_>, Vec<_>) = options.partition(|&option| question.options[option].exclusive);
    let has_rows = !question.options.is_empty();
    let unsure = (question.unsure && has_rows).then_some(Row::Unsure);
    others.into_iter().chain(alone).map(Row::Option).chain(unsure).collect()
}

/// The digit that picks a line: 1 to 9 from the top, 0 for the first option that stands alone.
pub fn digit(question: &Question, row: usize) -> Option<u8> {
    let rows = rows(question);
    let alone = |row: &Row| matches!(row, Row::Option(option) if question.options[*option].exclusive);
    let first_alone = rows.iter().position(alone);
    if first_alone == Some(row) {
        return Some(0);
    }
    let skipped = usize::from(first_alone.is_some_and(|alone| alone < row));
    u8::try_from(row + 1 - skipped).ok().filter(|digit| *digit <= 9)
}
