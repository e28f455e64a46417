//! Where each question is in a form: sections are groups, and in them grids are groups too.

use super::fhirpath::string;
use super::names;
use crate::questionnaire::{Audience, QuestionIndex, Questionnaire};

/// The sections of one audience, with what is in them.
pub struct Layout {
    pub sections: Vec<Section>,
}

pub struct Section {
    /// Position in the questionnaire.
    pub index: usize,
    pub parts: Vec<Part>,
}

pub enum Part {
    Question(QuestionIndex),
    /// The position of the grid, and its rows.
    Grid(usize, Vec<QuestionIndex>),
}

impl Layout {
    pub fn of(questionnaire: &Questionnaire, audience: Audience) -> Layout {
        let sections = questionnaire.sections.iter().enumerate();
        let asked = sections.filter(|(_, section)| section.audience.is_none_or(|only| only == audience));
        let sections = asked.map(|(index, section)| {
            let mut parts = Vec::new();
            for question in section.first..section.end {
                match (&questionnaire.questions[question].grid, parts.last_mut()) {
                    (Some(row), Some(Part::Grid(grid, rows))) if *grid == row.of => rows.push(question),
                    (Some(row), _) => parts.push(Part::Grid(row.of, vec![question])),
                    (None, _) => parts.push(Part::Question(question)),
                }
            }
            Section { index, parts }
        });
        Layout { sections: sections.collect() }
    }

    /// The items among which a question is, from the response on.
    pub fn path(&self, questionnaire: &Questionnaire, question: QuestionIndex) -> String {
        let asked = &questionnaire.questions[question];
        let section = names::section(&questionnaire.sections[asked.section].id);
        let path = format!("%resource.item.where(linkId = {}).item", string(&section));
        match questionnaire.grid_of(question) {
            Some(grid) => format!("{path}.where(linkId = {}).item", string(&names::grid(&grid.id))),
            None => path,
        }
    }
}
