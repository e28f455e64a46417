//! Grids: questions that follow each other and have the same answers, as the rows of one page.
//!
//! Each row stays a question with its own id, condition, answer and rules: nothing that judges or proves looks at grids.

use std::ops::Range;

use serde::{Deserialize, Serialize};

use super::{QuestionIndex, Questionnaire, Text};

/// What stands above the rows.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Grid {
    pub id: String,
    pub ask: Text,
    pub hint: Option<Text>,
}

/// The place of a question in a grid.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct GridRow {
    /// Position of the grid in [`Questionnaire::grids`].
    pub of: usize,
    /// A few words for the row; `None`: the question itself.
    pub row: Option<Text>,
}

impl Questionnaire {
    /// The questions of the grid that this one is a row of; of a question without a grid, itself.
    pub fn rows_with(&self, question: QuestionIndex) -> Range<QuestionIndex> {
        let Some(grid) = &self.questions[question].grid else { return question..question + 1 };
        let is_row = |other: &QuestionIndex| {
            self.questions[*other].grid.as_ref().is_some_and(|other| other.of == grid.of)
        };
        let first = (0..question).rev().take_while(is_row).last().unwrap_or(question);
        first..(question..self.questions.len()).take_while(is_row).last().unwrap_or(question) + 1
    }

    /// The grid that a question is a row of.
    pub fn grid_of(&self, question: QuestionIndex) -> Option<&Grid> {
        self.questions[question].grid.as_ref().and_then(|row| self.grids.get(row.of))
    }

    /// What a question is called in a row.
    pub fn row_of(&self, question: QuestionIndex) -> &Text {
        let question = &self.questions[question];
        question.grid.as_ref().and_then(|grid| grid.row.as_ref()).unwrap_or(&question.ask)
    }
}
