//! Grids: what stands above their rows, and whether their questions can be rows of one page.

use super::super::{Condition, Grid, GridRow, Question, QuestionIndex};
use super::names::shown;
use super::path::{Path, Place};
use super::raw;
use super::resolve::Resolver;
use super::texts::Manner;

impl Resolver<'_> {
    pub fn grids(&mut self) -> Vec<Grid> {
        let root = Path::ROOT;
        let path = root.key("grids");
        let raw = self.raw.grids.iter().enumerate();
        raw.map(|(index, raw)| {
            let path = path.index(index);
            Grid {
                id: raw.id.clone(),
                ask: self.text(&raw.ask, &path.key("ask"), Manner::LINES),
                hint: self.optional_text(&raw.hint, &path.key("hint"), Manner::LINES),
            }
        })
        .collect()
    }

    /// The grid that a question names.
    pub fn in_grid(&mut self, raw: &raw::Question, path: &Path) -> Option<GridRow> {
        let row = self.optional_text(&raw.row, &path.key("row"), Manner::LINE);
        let Some(id) = &raw.grid.0 else {
            if row.is_some() && !self.mistakes.holes.cover(&path.key("grid")) {
                let message = format!("the question `{}` has a `row` but no `grid`", shown(&raw.id));
                self.mistakes
                    .error(path.key("row").name(), "misplaced-key", message)
                    .help("add `grid:` with the id of one of `grids`, or leave `row` out");
            }
            return None;
        };
        let of = self.names.grids.find(id, path.key("grid").value(), &mut self.mistakes)?;
        Some(GridRow { of, row })
    }

    /// Reports grids whose questions can't be rows of one page.
    pub fn check_grids(&mut self, questions: &[Question]) {
        for grid in 0..self.raw.grids.len() {
            let is_row = |question: &Question| question.grid.as_ref().is_some_and(|row| row.of == grid);
            let rows: Vec<QuestionIndex> =
                (0..questions.len()).filter(|&at| is_row(&questions[at])).collect();
            match rows[..] {
                [first, _, ..] => self.check_rows(grid, first, &rows, questions),
                _ => self.check_used(grid, &rows),
            }
        }
    }

    fn check_used(&mut self, grid: usize, rows: &[QuestionIndex]) {
        let root = Path::ROOT;
        if self.mistakes.has_errors || self.mistakes.holes.cover(&root.key("sections")) {
            return;
        }
        let id = shown(&self.raw.grids[grid].id);
        let grids = root.key("grids");
        let place = grids.index(grid).key("id").value();
        let message = match rows {
            [] => format!("no question is in the grid `{id}`"),
            _ => format!("only one question is in the grid `{id}`"),
        };
        let mistake = self.mistakes.error(place, "lonely-grid", message);
        mistake.help(format!("a grid has at least two questions: write `grid: {id}` at them, or delete it"));
    }

    fn check_rows(&mut self, grid: usize, first: usize, rows: &[usize], questions: &[Question]) {
        let id = shown(&self.raw.grids[grid].id);
        for (place, &row) in rows.iter().enumerate() {
            let (asked, other) = (&questions[row], &questions[first]);
            if row != first + place || asked.section != other.section {
                let message = format!("the questions of the grid `{id}` don't follow each other");
                let related = self.place_of_key(first, "grid");
                self.mistakes
                    .error(self.place_of_key(row, "grid"), "scattered-grid", message)
                    .help("put its questions one after the other, in one section, or give this one another grid")
                    .related(related, "its first question");
                return;
            }
            let answers = |question: &Question| {
                let options = question.options.iter();
                let options =
                    options.map(|option| (option.id.clone(), option.label.clone(), option.hint.clone()));
                (question.control.clone(), question.unsure, options.collect::<Vec<_>>())
            };
            if answers(asked) != answers(other) {
                let message =
                    format!("`{}` has different answers from the first row of its grid", shown(&asked.id));
                let related = self.place_of_key(first, "grid");
                self.mistakes
                    .error(self.place_of_key(row, "grid"), "grid-answers-differ", message)
                    .help(
                        "the rows of a page share its columns: the same type, the same options in the same order \
                         with the same labels and hints, and `unsure` at all or none",
                    )
                    .related(related, "the first row");
            }
            // It looks at earlier questions only, and the earlier rows are the last of them.
            let latest = self.latest_of(asked.ask_if.as_ref());
            if let Some(other) = latest.filter(|other| *other >= first) {
                let message = format!(
                    "`{}` is asked depending on `{}`, another row of its grid",
                    shown(&asked.id),
                    shown(&questions[other].id)
                );
                self.mistakes
                    .error(self.place_of_key(row, "ask_if"), "row-depends-on-row", message)
                    .help("all rows of a page are asked at once: take one of them out of the grid");
            }
        }
    }

    fn place_of_key(&self, question: QuestionIndex, key: &str) -> Place {
        let asked = self.names.asked[question];
        let root = Path::ROOT;
        let sections = root.key("sections");
        let section = sections.index(asked.section);
        let questions = section.key("questions");
        let path = questions.index(asked.position);
        path.key(key).value()
    }

    /// The last question that a condition looks at, also through definitions.
    fn latest_of(&self, condition: Option<&Condition>) -> Option<QuestionIndex> {
        let mut latest = None;
        condition?.visit(&mut |part| {
            let looked_at = match part {
                Condition::Has(question, _)
                | Condition::Unsure(question)
                | Condition::Number(question, _, _) => Some(*question),
                Condition::Definition(definition) => self.latest.get(*definition).copied().flatten(),
                _ => None,
            };
            latest = latest.max(looked_at);
        });
        latest
    }
}
