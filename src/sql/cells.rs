//! One sheet as the cells of a row, in the columns of the table of answers.

use super::Layout;
use super::input::{self, Column, Holds};
use crate::answers::{Answer, Sheet, number_text};
use crate::questionnaire::{Domain, Questionnaire};

/// The columns of a table of answers, to write sheets into.
pub struct Columns(Vec<Column>);

impl Columns {
    /// `texts`: with the answers that people typed in their own words.
    pub fn of(questionnaire: &Questionnaire, layout: Layout, texts: bool) -> Columns {
        let is_text = |column: &Column| questionnaire.questions[column.question].domain == Domain::Text;
        let columns = input::columns(questionnaire, layout);
        Columns(columns.into_iter().filter(|column| texts || !is_text(column)).collect())
    }

    /// Their names.
    pub fn names(&self) -> impl Iterator<Item = &str> {
        self.0.iter().map(|column| column.name.as_str())
    }

    /// What stands in them for one sheet; nothing where there is no answer.
    pub fn cells(&self, questionnaire: &Questionnaire, sheet: &Sheet) -> Vec<String> {
        let cell = |column: &Column| {
            let question = &questionnaire.questions[column.question];
            let id = |option: usize| question.options.get(option).map_or("", |option| option.id.as_str());
            let flag = |is_set: bool| if is_set { "1" } else { "0" }.to_owned();
            let Some(answer) = sheet.get(column.question) else { return String::new() };
            match (column.holds, answer) {
                (Holds::Option(option), answer) => flag(answer.ticked().contains(option)),
                (Holds::Unsure, answer) => flag(answer.is_unsure()),
                (_, Answer::Number(number)) => number_text(*number),
                (_, Answer::Text(text)) => text.clone(),
                // Numbers have a column of their own for it.
                (Holds::Answer, Answer::Unsure { .. }) if matches!(question.domain, Domain::Number(_)) => {
                    String::new()
                }
                (Holds::Answer | Holds::List, answer) => {
                    let ticked = answer.ticked();
                    let ids = ticked.iter().map(id).chain(answer.is_unsure().then_some("unsure"));
                    ids.collect::<Vec<_>>().join(" ")
                }
            }
        };
        self.0.iter().map(cell).collect()
    }
}
