//! How columns are read on the fast paths.

use super::choices::Choices;
use super::columns::{Cell, Columns};
use crate::answers::json::UNSURE;
use crate::circuit::Slot;
use crate::questionnaire::{Domain, Questionnaire};
use crate::sql::Holds;

/// How a column is read on the fast path.
pub(super) enum Field {
    /// It is no answer.
    Skip,
    /// What the sheet is called.
    Id,
    /// 1 or 0, into this plane.
    Flag(usize),
    /// One of these and nothing else, by its place.
    One {
        question: usize,
        options: Choices,
    },
    Number {
        question: usize,
        min: f64,
        max: f64,
        whole: bool,
    },
    Text {
        question: usize,
    },
    /// Some of these with blanks between them, by their planes.
    List {
        options: Choices,
    },
    /// Something that takes longer if there is anything but 0 in it.
    Seldom,
}

/// One for each column.
pub(super) fn fields(questionnaire: &Questionnaire, columns: &Columns, slots: &[Slot]) -> Vec<Field> {
    let of = |(at, &cell): (usize, &Option<Cell>)| match cell {
        Some(cell) => field(questionnaire, cell, slots),
        None if columns.id == Some(at) => Field::Id,
        None => Field::Skip,
    };
    columns.cells.iter().enumerate().map(of).collect()
}

fn field(questionnaire: &Questionnaire, Cell { question, holds }: Cell, slots: &[Slot]) -> Field {
    let asked = &questionnaire.questions[question];
    let ids = asked.options.iter().map(|option| option.id.as_str()).chain(asked.unsure.then_some(UNSURE));
    let choices = |first: usize| Choices::new(ids, first);
    match (&asked.domain, &slots[question], holds) {
        (Domain::Several, Slot::Ticks { first, .. }, Holds::Option(option)) => Field::Flag(first + option),
        (Domain::Several, Slot::Ticks { first, options, .. }, Holds::Unsure) => Field::Flag(first + options),
        (Domain::Several, Slot::Ticks { first, .. }, _) => Field::List { options: choices(*first) },
        (Domain::One { .. }, Slot::Ladder { .. }, Holds::Answer) => {
            Field::One { question, options: choices(0) }
        }
        (Domain::Number(bounds), Slot::Ladder { .. }, Holds::Answer) => {
            Field::Number { question, min: bounds.min, max: bounds.max, whole: bounds.decimals == 0 }
        }
        (Domain::Text, Slot::Ladder { .. }, Holds::Answer) => Field::Text { question },
        _ => Field::Seldom,
    }
}
