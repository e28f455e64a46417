//! Moving: forward, back, to the review and the summary, and to single answers and back from there.

use std::collections::BTreeSet;

use super::{Interview, Stage};
use crate::questionnaire::{LevelIndex, OptionIndex, QuestionIndex};

/// A page below the current one, to come back to.
#[derive(Debug, Clone, PartialEq)]
pub(super) enum PageBelow {
    /// A question, with the trail it stood on.
    Question(QuestionIndex, Option<Trail>),
    Review,
    /// One option of a list, asked about once more.
    Settling(QuestionIndex, OptionIndex),
    Summary,
}

/// Questions opened out of order: one answer to change and its follow-ups, or all that are still open.
#[derive(Debug, Clone, Default, PartialEq)]
pub(super) struct Trail {
    pub(super) opened: BTreeSet<QuestionIndex>,
    /// The questions that were open before: this trail does not have to ask them.
    pub(super) open_before: BTreeSet<QuestionIndex>,
}

impl Interview<'_> {
    /// Goes back one page. `false`: this is the first, and nothing changed.
    pub fn back(&mut self) -> bool {
        match self.place.stage {
            Stage::Asking(question) => match self.way().into_iter().rfind(|&q| q < question) {
                Some(previous) => self.ask(previous),
                None if self.is_settling(question, None) && self.place.below == [PageBelow::Summary] => {
                    self.settle_back();
                }
                None if self.place.below == [PageBelow::Summary] && self.settled_here().is_some() => {
                    self.open_settled(self.place.settling.unwrap_or_default());
                }
                None if self.place.below.is_empty() || self.begins_again() => return false,
                None => self.close(),
            },
            Stage::SettingAside { .. } | Stage::Lowering { .. } => self.decline(),
            Stage::Alert { question, .. } => match self.settled_here() {
                Some(settled) if settled.question == question => {
                    self.open_settled(self.place.settling.unwrap_or_default());
                }
                _ => self.reopen(question),
            },
            Stage::Settling { .. } => self.settle_back(),
            Stage::Review => self.close(),
            Stage::Summary | Stage::OfferSettling => {
                let facts = self.facts();
                let left = self.place.left.filter(|&left| facts.is_asked(left));
                match left.or_else(|| self.asked().pop()).or_else(|| self.open().next()) {
                    Some(last) => self.ask(last),
                    None => return false,
                }
            }
        }
        true
    }

    /// Opens the list of all answers. From a question that was opened from that list, returns there.
    pub fn review(&mut self) {
        match self.place.stage {
            Stage::Asking(question) => {
                let trail = self.place.trail.take();
                match self.place.below.iter().position(|page| matches!(page, PageBelow::Review)) {
                    Some(review) => self.place.below.truncate(review),
                    None => self.place.below.push(PageBelow::Question(question, trail)),
                }
            }
            Stage::Settling { question, option } => {
                self.place.trail = None;
                self.place.below.push(PageBelow::Settling(question, option));
            }
            Stage::Summary => self.place.below.push(PageBelow::Summary),
            _ => return,
        }
        self.place.stage = Stage::Review;
    }

    /// Opens one answer from the review or the summary; answering it, and the follow-ups that the change
    /// brings up, returns there.
    pub fn revisit(&mut self, question: QuestionIndex) {
        let page = match self.place.stage {
            Stage::Review => PageBelow::Review,
            Stage::Summary => PageBelow::Summary,
            _ => return,
        };
        if question < self.questionnaire.questions.len() && self.facts().is_asked(question) {
            if self.by_section {
                return self.look_at(question);
            }
            self.place.below.push(page);
            let open_before = self.open().collect();
            self.place.trail = Some(Trail { opened: BTreeSet::new(), open_before });
            self.ask(question);
        }
    }

    /// Leaves the alert and goes on with the questions.
    pub fn go_on(&mut self) {
        if let Stage::Alert { question, .. } = self.place.stage {
            self.proceed(question);
        }
    }

    /// Goes to the summary, finished or not. An answer that waits to be confirmed is dropped.
    pub fn finish(&mut self) {
        let left = match self.place.stage {
            Stage::Asking(question)
            | Stage::SettingAside { question, .. }
            | Stage::Lowering { question, .. }
            | Stage::Alert { question, .. } => Some(question),
            Stage::Review => self.place.below.iter().find_map(|page| match page {
                PageBelow::Question(question, _) => Some(*question),
                PageBelow::Review | PageBelow::Settling(..) | PageBelow::Summary => None,
            }),
            Stage::OfferSettling | Stage::Settling { .. } => None,
            Stage::Summary => self.place.left,
        };
        self.place.beside.clear();
        self.stop_settling();
        self.summarise();
        self.place.left = left;
    }

    /// Goes from a question to the summary before the end, because `level` is decided: no way of going on has
    /// another one. Whoever calls this must know that.
    pub fn stop(&mut self, level: LevelIndex) {
        if let Stage::Asking(_) = self.place.stage {
            self.finish();
            self.encounter.stopped = Some(level);
            self.encounter.shown = self.encounter.shown.min(level);
        }
    }

    /// From the summary or the review, asks the questions that are still open, if there are any.
    pub fn resume(&mut self) {
        let open = self.open().next();
        if let (Stage::Summary | Stage::Review, Some(open), true) = (&self.place.stage, open, self.by_section)
        {
            return self.look_at(open);
        }
        if let (Stage::Summary | Stage::Review, Some(open)) = (&self.place.stage, open) {
            self.place.below = vec![PageBelow::Summary];
            self.place.trail = Some(Trail::default());
            self.ask(open);
        }
    }

    /// The questions that are on one page with the current one, itself among them: where a grid has several rows that
    /// are asked on the way, all of these.
    pub fn rows(&self) -> Vec<QuestionIndex> {
        match self.place.stage {
            Stage::Asking(question)
            | Stage::SettingAside { question, .. }
            | Stage::Lowering { question, .. }
            | Stage::Alert { question, .. } => self.rows_of(question),
            Stage::Review | Stage::OfferSettling | Stage::Settling { .. } | Stage::Summary => Vec::new(),
        }
    }

    fn rows_of(&self, question: QuestionIndex) -> Vec<QuestionIndex> {
        let rows = self.questionnaire.rows_with(question);
        if rows.len() == 1 {
            return vec![question];
        }
        self.way().into_iter().filter(|on_way| rows.contains(on_way)).collect()
    }

    /// Is an answer being changed that was opened from a list, and will going on return there?
    pub fn returns_to_list(&self) -> bool {
        let Stage::Asking(question) = self.place.stage else { return false };
        let is_last = self.place.trail.is_some()
            && self.way().last().is_some_and(|last| self.rows_of(question).contains(last));
        is_last && self.encounter.sheet.get(question).is_some()
    }

    /// Goes to another row of the page, without taking an answer.
    pub fn turn_to(&mut self, row: QuestionIndex) {
        if matches!(self.place.stage, Stage::Asking(_)) && self.rows().contains(&row) {
            self.ask(row);
        }
    }

    /// Goes to whatever comes after `question`.
    pub(super) fn proceed(&mut self, question: QuestionIndex) {
        if self.by_section && self.place.below.is_empty() {
            return self.look_at(question);
        }
        let way = self.way();
        if let Some(&next) = way.iter().find(|&&q| q > question) {
            return self.ask(next);
        }
        // Questions left open behind: they alone are asked, not all that was answered after them.
        let Some(left) = self.open().find(|open| way.contains(open)) else { return self.close() };
        if self.place.below.is_empty() {
            self.place.below.push(PageBelow::Summary);
        }
        let open_before = self.place.trail.take().unwrap_or_default().open_before;
        self.place.trail = Some(Trail { opened: BTreeSet::new(), open_before });
        self.ask(left);
    }

    /// The questions that back and forward lead to, in the order of asking.
    fn way(&self) -> Vec<QuestionIndex> {
        let facts = self.facts();
        let asked = (0..self.questionnaire.questions.len()).filter(|&q| facts.is_asked(q));
        let Some(trail) = &self.place.trail else { return asked.collect() };
        // What comes after the question to return to is asked then.
        let end = match self.place.below.first() {
            Some(PageBelow::Question(question, _)) => *question,
            _ => self.questionnaire.questions.len(),
        };
        let follow_ups: BTreeSet<_> =
            self.open().filter(|q| *q < end && !trail.open_before.contains(q)).collect();
        asked.filter(|q| trail.opened.contains(q) || follow_ups.contains(q)).collect()
    }

    pub(super) fn ask(&mut self, question: QuestionIndex) {
        if let Some(trail) = &mut self.place.trail {
            trail.opened.insert(question);
        }
        self.place.stage = Stage::Asking(question);
    }

    /// Asks `question`, or what comes after it if it is not asked any more.
    fn reopen(&mut self, question: QuestionIndex) {
        if self.facts().is_asked(question) {
            self.ask(question);
        } else {
            self.proceed(question);
        }
    }

    /// Returns to the page below; the summary lies below all.
    fn close(&mut self) {
        self.place.trail = None;
        match self.place.below.pop() {
            Some(PageBelow::Question(question, trail)) => {
                self.place.trail = trail;
                self.reopen(question);
            }
            Some(PageBelow::Review) => self.place.stage = Stage::Review,
            // Answered anew in the meantime, it is not asked about any more.
            Some(PageBelow::Settling(question, option)) => match self.is_settling(question, Some(option)) {
                true => self.open_settled(self.place.settling.unwrap_or_default()),
                false => self.settle_on(),
            },
            Some(PageBelow::Summary) | None => self.arrive(),
        }
    }
}
