//! How columns are read on the fast paths.

use super::choices::Choices;
use super::columns::{Cell, Columns};
use super::numbers::Numbers;
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
    /// One of these and nothing else, by its plane.
    One {
        options: Choices,
    },
    Number(Numbers),
    /// Any words, into this plane.
    Text(usize),
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
    let slot = &slots[question];
    match (&asked.domain, slot, holds) {
        (Domain::Several, Slot::Ticks { first, .. }, Holds::Option(option)) => Field::Flag(first + option),
        (Domain::Several, Slot::Ticks { first, options, .. }, Holds::Unsure) => Field::Flag(first + options),
        (Domain::Several, Slot::Ticks { first, .. }, _) => {
            Field::List { options: Choices::new(ids.zip(*first..)) }
        }
        (Domain::One { .. }, Slot::Ladder { .. }, Holds::Answer) => {
            let planes = (0..).map_while(|place| slot.plane_of(place));
            Field::One { options: Choices::new(ids.zip(planes)) }
        }
        (Domain::Number(bounds), Slot::Ladder { .. }, Holds::Answer) => {
            Field::Number(Numbers::new(slot, bounds))
        }
        (Domain::Text, slot, Holds::Answer) => slot.plane_of(0).map_or(Field::Seldom, Field::Text),
        _ => Field::Seldom,
    }
}
