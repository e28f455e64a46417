//! What an action does on a page whose rows are questions.

use super::super::draft::Draft;
use super::super::keys::Action;
use super::{App, Stage};
use crate::questionnaire::QuestionIndex;

impl App<'_> {
    /// The questions that are on the page together, if the window has room for them.
    pub fn rows(&self) -> Vec<QuestionIndex> {
        let is_asking = matches!(self.interview.stage(), Stage::Asking(_)) && !self.welcome;
        if is_asking { self.interview.rows() } else { Vec::new() }
    }

    /// Are several questions on the screen as rows?
    pub(super) fn is_grid(&self) -> bool {
        self.drawn.grid && self.rows().len() > 1
    }

    /// What is chosen in a row.
    pub fn row_draft(&self, row: QuestionIndex) -> Draft {
        match self.interview.stage() {
            Stage::Asking(current) if *current == row => self.draft.clone(),
            _ => self.drafts.get(&(row, None)).cloned().unwrap_or_else(|| self.draft_of(row)),
        }
    }

    /// The answer that is recorded.
    pub(super) fn draft_of(&self, question: QuestionIndex) -> Draft {
        let asked = &self.questionnaire().questions[question];
        Draft::of(asked, self.interview.sheet().get(question), self.words())
    }

    pub(super) fn act_on_grid(&mut self, index: QuestionIndex, action: &Action) {
        let question = &self.questionnaire().questions[index];
        let rows = self.rows();
        let last = rows.len().saturating_sub(1);
        let at = rows.iter().position(|row| *row == index).unwrap_or(0);
        match action {
            Action::Up | Action::WheelUp => self.go_to_row(rows[at.saturating_sub(1)]),
            Action::Down | Action::WheelDown => self.go_to_row(rows[(at + 1).min(last)]),
            Action::Around => self.go_to_row(rows[(at + 1) % rows.len()]),
            Action::Home | Action::PageUp => self.go_to_row(rows[0]),
            Action::End | Action::PageDown => self.go_to_row(rows[last]),
            Action::Left | Action::Right => self.draft.step(question, *action == Action::Right),
            Action::Key(_) | Action::Unsure => {
                let before = self.notice.take();
                match action {
                    Action::Key(key) => self.pick_key(question, *key),
                    _ if question.unsure => drop(self.draft.pick_unsure(question)),
                    _ => self.pick_key(question, 'u'),
                }
                let is_taken = self.notice.is_none();
                self.notice = self.notice.take().or(before);
                if is_taken && at < last {
                    self.go_to_row(rows[at + 1]);
                    self.guard.moved(action.clone(), self.now);
                }
            }
            Action::Next => self.take_rows(&rows, at),
            Action::Back => {
                self.go_to_row(rows[0]);
                self.back();
            }
            _ => {}
        }
    }

    fn go_to_row(&mut self, row: QuestionIndex) {
        let Some((from, _)) = self.question().filter(|(from, _)| *from != row) else { return };
        self.keep_draft_for(from);
        self.interview.turn_to(row);
        let draft = self.drafts.remove(&(row, None));
        self.draft = draft.unwrap_or_else(|| self.draft_of(row));
    }

    pub(super) fn tap_cell(&mut self, row: QuestionIndex, line: usize) {
        if self.is_grid() && self.rows().contains(&row) {
            self.go_to_row(row);
            self.draft.pick(&self.questionnaire().questions[row], line);
        }
    }

    /// Goes on with all rows, or to the next one without an answer.
    fn take_rows(&mut self, rows: &[QuestionIndex], at: usize) {
        let questions = &self.questionnaire().questions;
        let answer = |row: &QuestionIndex| {
            self.row_draft(*row).answer(&questions[*row], self.words()).unwrap_or_default()
        };
        let answers: Vec<_> = rows.iter().map(answer).collect();
        let is_open = |row: &usize| answers[*row].is_none() && !questions[rows[*row]].optional;
        if let Some(open) = (at..rows.len()).chain(0..at).find(is_open) {
            self.go_to_row(rows[open]);
            self.notice = Some(self.words().screen.nothing_in_row.to_owned());
            return;
        }
        match self.interview.answer_rows(answers) {
            Ok(()) => {
                // Kept until the answers are certain to be taken, as with one question.
                self.keep_draft_for(rows[at]);
                self.enter();
            }
            Err((row, refusal)) => {
                self.go_to_row(row);
                let question = &questions[row];
                self.notice = Some(super::super::words::refusal(&refusal, question, self.words(), false));
            }
        }
    }
}
