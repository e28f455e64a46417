//! What an action does to the question, the confirmation or the alert on the screen.

use super::super::keys::Action;
use super::super::words;
use super::motion::{edit, half_page, scroll};
use super::{App, Overlay};
use crate::interview::Stage;
use crate::questionnaire::{Kind, QuestionIndex};

impl App<'_> {
    pub(super) fn act_on_question(&mut self, index: QuestionIndex, action: Action) {
        let question = &self.questionnaire().questions[index];
        let audience = self.audience();
        let is_one_line = matches!(question.kind, Kind::Number(_) | Kind::Text);
        let is_scale = matches!(question.kind, Kind::Scale { .. });
        match action {
            Action::Next => self.next(index),
            Action::Back => self.back(),
            Action::FinishHere => self.finish_here(index),
            Action::Why => self.overlay = Some(Overlay::Why { question: index, scroll: 0 }),
            Action::Review => {
                self.keep_draft();
                self.interview.review();
                self.enter();
            }
            Action::Up | Action::Down if is_scale => {
                self.draft.slide(question, action == Action::Up);
            }
            Action::Up | Action::Down if !question.options.is_empty() => {
                self.draft.step(question, action == Action::Down);
            }
            Action::PageUp | Action::PageDown if !question.options.is_empty() => {
                for _ in 0..half_page(&self.drawn) {
                    self.draft.step(question, action == Action::PageDown);
                }
            }
            Action::Home | Action::End if is_scale || !question.options.is_empty() => {
                self.draft.edge(question, action == Action::End);
            }
            Action::Pick => {
                let row = self.draft.focus.unwrap_or(0);
                self.draft.pick(question, row);
            }
            Action::Backspace if !is_one_line => self.draft.clear(),
            Action::Backspace | Action::Delete if self.draft.field.text().is_empty() => {
                self.draft.unsure = false;
            }
            Action::Digit(digit) => {
                if !self.draft.pick_digit(question, digit) {
                    self.notice = Some(words::no_such_number(question, self.words()));
                }
            }
            Action::Jump(letter) => self.draft.jump(question, letter, audience, self.words()),
            Action::Unsure if question.unsure => self.draft.pick_unsure(question),
            Action::Unsure if is_one_line => self.draft.field.insert("u"),
            Action::Unsure => self.draft.jump(question, 'u', audience, self.words()),
            Action::Left | Action::Right if is_scale => {
                self.draft.slide(question, action == Action::Right);
            }
            Action::Left if question.kind == Kind::BodyMap && !self.drawn.figure => self.back(),
            Action::Left | Action::Right if question.kind == Kind::BodyMap => {
                self.draft.in_figure = action == Action::Right;
            }
            action if is_one_line => {
                edit(&mut self.draft.field, &action);
                self.draft.unsure &= self.draft.field.text().is_empty();
            }
            action => scroll(&mut self.scroll, &action, &self.drawn),
        }
    }

    pub(super) fn next(&mut self, index: QuestionIndex) {
        let question = &self.questionnaire().questions[index];
        let taken = self.draft.answer(question, self.words()).and_then(|answer| match answer {
            // Going on without a choice is not an answer, not even "not sure": that is a choice of its own.
            None if question.unsure && !question.optional => Err(crate::answers::Refusal::NeedsAnAnswer),
            answer => self.interview.answer(answer),
        });
        match taken {
            Ok(()) => {
                // Kept until the answer is certain to be taken: declining brings it back.
                self.keep_draft_for(index);
                self.enter();
            }
            Err(refusal) => self.notice = Some(words::refusal(&refusal, question, self.words())),
        }
    }

    pub(super) fn back(&mut self) {
        let left = self.question().map(|(index, _)| index);
        if self.interview.back() {
            left.into_iter().for_each(|index| self.keep_draft_for(index));
            self.enter();
        } else {
            self.notice = Some(self.words().screen.first_question.to_owned());
        }
    }

    pub(super) fn act_on_confirm(&mut self, action: Action) {
        const GO_ON: usize = 0;
        let question = match self.interview.stage() {
            Stage::SettingAside { question, .. } | Stage::Lowering { question, .. } => *question,
            _ => return,
        };
        match action {
            Action::Up => self.focus = self.focus.saturating_sub(1),
            Action::Down => self.focus = (self.focus + 1).min(1),
            Action::Digit(digit @ 1..=2) => self.focus = usize::from(digit) - 1,
            Action::Next if self.focus == GO_ON => {
                self.interview.confirm();
                self.enter();
            }
            Action::Next => {
                self.drafts.remove(&question);
                self.interview.decline();
                self.enter();
            }
            Action::Back => {
                self.interview.decline();
                self.enter();
            }
            action => scroll(&mut self.scroll, &action, &self.drawn),
        }
    }

    pub(super) fn act_on_alert(&mut self, action: Action) {
        match action {
            Action::Understood => self.interview.finish(),
            Action::GoOn => self.interview.go_on(),
            Action::Back => {
                self.interview.back();
            }
            action => return scroll(&mut self.scroll, &action, &self.drawn),
        }
        self.enter();
    }

    pub(super) fn keep_draft(&mut self) {
        if let Some((index, _)) = self.question() {
            self.keep_draft_for(index);
        }
    }

    pub(super) fn keep_draft_for(&mut self, index: QuestionIndex) {
        self.drafts.insert(index, std::mem::take(&mut self.draft));
    }
}
