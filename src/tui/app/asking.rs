//! What an action does to the question, the confirmation or the alert on the screen.

use super::super::draft::Pressed;
use super::super::keys::Action;
use super::super::words;
use super::motion::{WHEEL, edit, half_page, scroll};
use super::{App, Overlay};
use crate::answers::is_of_number;
use crate::interview::Stage;
use crate::interview::rows::has_lettered_rows;
use crate::questionnaire::{Control, Domain, Question, QuestionIndex};

impl App<'_> {
    pub(super) fn act_on_question(&mut self, index: QuestionIndex, action: Action) {
        let is_of_rows =
            !matches!(action, Action::FinishHere | Action::Why | Action::Review | Action::Backspace);
        if self.is_grid() && is_of_rows {
            return self.act_on_grid(index, &action);
        }
        let Some((_, question)) = self.question() else { return };
        let question = &*question;
        let is_one_line = question.control == Control::Field;
        let is_scale = question.scale().is_some();
        let is_list = self.drawn.list.is_some();
        // Any key leads back to where it acts.
        self.list_from = None;
        match action {
            Action::WheelUp | Action::WheelDown if is_list => {
                self.scroll_list(WHEEL, action == Action::WheelDown);
            }
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
            Action::Around if !question.options.is_empty() => self.draft.around(question),
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
                let wiped = self.draft.pick(question, row);
                self.tell_wiped(wiped);
            }
            Action::Backspace if question.takes_several() => {
                let words = &self.words().screen;
                match self.draft.undo() {
                    true => self.done(words.ticks_back),
                    false => self.notice = Some(words.nothing_to_undo.to_owned()),
                }
            }
            Action::Backspace if !is_one_line => self.draft.clear(),
            Action::Backspace | Action::Delete | Action::EraseBefore | Action::EraseWord
                if self.draft.field.text().is_empty() =>
            {
                self.draft.unsure = false;
            }
            Action::Digit(digit) => match self.draft.pick_digit(question, digit, self.now) {
                Pressed::Taken | Pressed::Begun => {}
                Pressed::Apart(joined) => {
                    self.notice = Some(self.words().screen.digits_apart(digit.into(), joined));
                }
                Pressed::NotThere => self.refuse(words::not_on_scale(question, self.words())),
            },
            Action::Key(key) => self.pick_key(question, key),
            Action::Unsure if question.unsure => {
                let wiped = self.draft.pick_unsure(question);
                self.tell_wiped(wiped);
            }
            Action::Unsure if !question.options.is_empty() => self.pick_key(question, 'u'),
            Action::Unsure => {
                let words = &self.words().answers;
                self.refuse(format!("{}.", words.unsure_not_taken(words.unsure)));
            }
            // On a numeric pad there is no other key to go back.
            Action::Type(text) if self.policy.alone && self.is_back(question, &text) => self.back(),
            Action::Type(text) if !can_be_typed(&text, question) => {
                self.refuse(self.words().screen.digits_only.to_owned());
            }
            Action::Left | Action::Right if is_scale => {
                self.draft.slide(question, action == Action::Right);
            }
            Action::Left | Action::Right if question.control == Control::Figure => {
                self.draft.in_figure = self.drawn.figure && action == Action::Right;
            }
            action if is_one_line => {
                edit(&mut self.draft.field, &action);
                self.draft.unsure &= self.draft.field.text().is_empty();
            }
            action => scroll(&mut self.scroll, &action, &self.drawn),
        }
    }

    /// Is this minus no part of a number?
    fn is_back(&self, question: &Question, typed: &str) -> bool {
        let is_never_negative = question.limits().is_some_and(|(min, _)| min >= 0.0);
        typed == "-" && is_never_negative && self.draft.field.text().is_empty()
    }

    pub(super) fn pick_key(&mut self, question: &Question, key: char) {
        if let Some(wiped) = self.draft.pick_key(question, key, self.words()) {
            return self.tell_wiped(wiped);
        }
        let jumps = key.is_alphabetic() && !has_lettered_rows(question);
        if !(jumps && self.draft.jump(question, key, self.audience(), self.words())) {
            self.refuse(self.words().screen.no_such_key(key));
        }
    }

    /// Says that other ticks are gone, and how they come back.
    pub(super) fn tell_wiped(&mut self, ticks: usize) {
        if ticks > 0 {
            self.notice = Some(self.words().screen.ticks_wiped(ticks));
        }
    }

    /// Says that the key means nothing here.
    fn refuse(&mut self, why: String) {
        self.notice = Some(why);
        self.guard.refused(self.now);
    }

    pub(super) fn next(&mut self, index: QuestionIndex) {
        let Some((_, question)) = self.question() else { return };
        let question = &*question;
        let page = self.page(index);
        let taken = self.draft.answer(question, self.words()).and_then(|answer| match answer {
            // Going on without a choice is not an answer, not even "not sure": that is a choice of its own.
            None if question.unsure && !question.optional => Err(crate::answers::Refusal::NeedsAnAnswer),
            answer => self.interview.answer(answer),
        });
        match taken {
            Ok(()) => {
                // Kept until the answer is certain to be taken: declining brings it back.
                self.drafts.insert(page, std::mem::take(&mut self.draft));
                if page.1.is_some() {
                    // Of the list: what was said of an option may have changed that answer.
                    self.drafts.remove(&(index, None));
                }
                self.enter();
            }
            Err(refusal) => {
                let said = words::refusal(&refusal, question, self.words(), self.drawn.touch);
                self.notice = Some(said);
            }
        }
    }

    pub(super) fn back(&mut self) {
        let left = self.question().map(|(index, _)| self.page(index));
        if self.interview.back() {
            if let Some(page) = left {
                self.drafts.insert(page, std::mem::take(&mut self.draft));
            }
            self.back_over_texts();
            self.enter();
        } else {
            let words = self.words();
            let first = match () {
                () if self.drawn.touch => words.touch.first_question,
                () if self.policy.alone => words.kiosk.first_question,
                () => words.screen.first_question,
            };
            self.notice = Some(first.to_owned());
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
            Action::Around => self.focus = 1 - self.focus.min(1),
            Action::Digit(digit @ 1..=2) => self.focus = usize::from(digit) - 1,
            Action::Next if self.focus == GO_ON => {
                let old = self.interview.clone();
                self.interview.confirm();
                self.settle_confirmed(&old);
                self.enter();
            }
            Action::Next => {
                self.interview.decline();
                self.forget_pending();
                self.drafts.remove(&self.page(question));
                self.enter();
            }
            Action::Back => {
                self.interview.decline();
                self.forget_pending();
                self.enter();
            }
            action => scroll(&mut self.scroll, &action, &self.drawn),
        }
    }

    pub(super) fn act_on_alert(&mut self, action: Action) {
        match action {
            Action::Next => {
                let words = self.words();
                let said = match () {
                    () if self.drawn.touch => words.touch.at_alert,
                    () if self.policy.alone => words.kiosk.enter_at_alert,
                    () => words.screen.dialogs.enter_at_alert,
                };
                self.notice = Some(said.to_owned());
                return;
            }
            Action::Understood => self.interview.finish(),
            Action::GoOn if self.sections.is_some() => {
                let question = match *self.interview.stage() {
                    Stage::Alert { question, .. } => question,
                    _ => return,
                };
                self.interview.go_on();
                self.enter();
                return self.go_on_after_alert(question);
            }
            Action::GoOn => self.interview.go_on(),
            Action::Back if self.sections.is_some() => return self.undo(),
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
        self.drafts.insert(self.page(index), std::mem::take(&mut self.draft));
    }
}

/// At a number only what can be a part of it, and letters of units where there are several to tell apart.
fn can_be_typed(typed: &str, question: &Question) -> bool {
    let Domain::Number(bounds) = &question.domain else { return true };
    let is_of_unit = |c: char| !bounds.others.is_empty() && (c.is_alphabetic() || "/%°·^*".contains(c));
    typed.chars().all(|c| is_of_number(c) || is_of_unit(c))
}
