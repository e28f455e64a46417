//! What an action does in the lists of answers and on the pages of the summary.

use super::super::keys::Action;
use super::motion::{move_focus, scroll};
use super::{App, Overlay, Tab};
use crate::questionnaire::QuestionIndex;
use crate::report::document::Topic;

impl App<'_> {
    pub(super) fn act_on_review(&mut self, action: Action) {
        let asked = self.interview.asked();
        match action {
            Action::Next => self.open(asked.get(self.focus).copied()),
            Action::GoOn | Action::Back => {
                self.interview.back();
                self.enter();
            }
            action => move_focus(&mut self.focus, asked.len(), &action, &self.drawn),
        }
    }

    pub(super) fn act_on_summary(&mut self, action: Action) {
        match action {
            Action::PreviousPage | Action::NextPage => {
                let tabs = Tab::ALL.len();
                let step = if action == Action::NextPage { 1 } else { tabs - 1 };
                self.turn_to(Tab::ALL[(self.tab as usize + step) % tabs]);
            }
            Action::Edit => self.turn_to(Tab::Answers),
            Action::Phone => self.turn_to(Tab::Phone),
            Action::TakeAlong => self.overlay = Some(Overlay::TakeAlong { scroll: 0 }),
            Action::Why => {
                self.turn_to(Tab::Result);
                self.sought = Some(Topic::Why);
                if self.report.as_ref().is_some_and(|report| report.reasons.is_empty()) {
                    self.notice = Some(self.words().screen.summary.no_reasons.to_owned());
                }
            }
            Action::NextLine => {
                let last = self.report.as_ref().map_or(0, |report| report.say.len().saturating_sub(1));
                self.line = (self.line + 1).min(last);
                self.scroll = 0;
            }
            // Before the first sentence is the page from which one came.
            Action::PreviousLine if self.line == 0 => self.turn_to(Tab::Result),
            Action::PreviousLine => (self.line, self.scroll) = (self.line - 1, 0),
            Action::Save => self.overlay = Some(Overlay::Save(self.saving())),
            Action::Back if self.tab == Tab::Result && self.sections.is_some() => self.undo(),
            Action::GoOn if !self.interview.is_finished() => {
                self.interview.resume();
                self.enter();
            }
            Action::Back if self.tab != Tab::Result => self.turn_to(Tab::Result),
            Action::Back if self.interview.asked().is_empty() => {
                self.notice = Some(self.words().plain.no_answers_yet.to_owned());
            }
            // Not to the last question: whatever is typed next would become its answer.
            Action::Back => {
                self.interview.review();
                self.enter();
            }
            Action::Next if self.tab == Tab::Learn => {
                self.overlay = Some(Overlay::Page { page: self.focus, scroll: 0 });
            }
            Action::Next if self.tab == Tab::Answers => {
                self.open(self.interview.asked().get(self.focus).copied());
            }
            action => match self.tab {
                Tab::Answers => {
                    let lines = self.interview.asked().len();
                    move_focus(&mut self.focus, lines, &action, &self.drawn);
                }
                Tab::Learn => {
                    let lines = self.report.as_ref().map_or(0, |report| report.pages.len());
                    move_focus(&mut self.focus, lines, &action, &self.drawn);
                }
                Tab::Result | Tab::Phone | Tab::Clinician => scroll(&mut self.scroll, &action, &self.drawn),
            },
        }
    }

    pub(super) fn turn_to(&mut self, tab: Tab) {
        (self.tab, self.focus, self.scroll, self.line) = (tab, 0, 0, 0);
        self.seeks_focus = true;
        if tab == Tab::Answers {
            self.focus_on_opened();
        }
    }

    /// Opens an answer to change it, as it was given.
    pub(super) fn open(&mut self, question: Option<QuestionIndex>) {
        let Some(question) = question else { return };
        self.drafts.remove(&(question, None));
        self.opened = Some(question);
        self.interview.revisit(question);
        self.enter();
    }

    pub(super) fn focus_on_opened(&mut self) {
        let asked = self.interview.asked();
        self.focus = asked.iter().position(|question| Some(*question) == self.opened).unwrap_or(0);
    }
}
