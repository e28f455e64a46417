//! What fingers and the mouse do: what is pressed, what a tap does and means to the guard, and questions that can't be
//! answered by touch.

use super::super::guard::Pointing;
use super::super::keys::Action;
use super::{App, Effect, Overlay, SaveRow, Tap};
use crate::interview::Stage;
use crate::questionnaire::{Control, Domain, QuestionIndex};

impl App<'_> {
    /// Looks for fingers from now on.
    pub fn take_touch(&mut self) {
        (self.touch, self.mouse) = (true, true);
        self.enter();
    }

    /// Is a finger on this now?
    pub fn is_pressed(&self, tap: &Tap) -> bool {
        !self.slid_off && matches!(&self.pressed, Some(Some(pressed)) if pressed == tap)
    }

    /// A finger has come down here, or has moved here.
    pub(super) fn touch_down(&mut self, is_new: bool, column: u16, row: u16) {
        let here = self.drawn.tapped(column, row);
        if is_new {
            (self.pressed, self.slid_off) = (Some(here), false);
        } else {
            self.slid_off = self.pressed.as_ref().is_some_and(|pressed| *pressed != here);
        }
    }

    pub(super) fn lets(&mut self, action: &Action, now: std::time::Duration) -> bool {
        self.points = matches!(action, Action::Tap { .. });
        let Action::Tap { column, row } = *action else { return self.guard.lets(action, now) };
        let (place, target) = (self.place_of(action), self.drawn.tapped(column, row));
        // A press that was taken back is no tap.
        if self.drawn.touch && self.pressed.as_ref().is_none_or(|pressed| *pressed != target) {
            self.pressed = None;
            return false;
        }
        let repeats = target.as_ref().is_none_or(|tap| self.may_repeat(tap));
        let way = Pointing { by_finger: self.drawn.touch, repeats };
        let lets = self.guard.lets_pointed(&place, (column, row), way, now);
        if !lets {
            self.pressed = None;
        }
        lets
    }

    /// What was tapped or clicked here does what its key does.
    pub(super) fn tapped(&mut self, column: u16, row: u16) -> Effect {
        let target = self.drawn.tapped(column, row);
        // Sliding off takes it back. Where fingers tap, none counts that came down on another screen.
        let is_taken_back = match self.pressed.take() {
            Some(pressed) => pressed != target,
            None => self.drawn.touch,
        };
        if is_taken_back {
            return Effect::None;
        }
        match target {
            Some(Tap::Row(row)) if self.section().is_some() && self.overlay.is_none() => {
                self.tap_section_row(row);
            }
            Some(Tap::Cell(question, row)) if self.section().is_some() => self.tap_answer(question, row),
            Some(Tap::Row(row)) => return self.tap(row),
            Some(Tap::Cell(question, row)) => self.tap_cell(question, row),
            Some(Tap::Press(action)) => return self.act(action),
            None => {}
        }
        Effect::None
    }

    /// Turns to what is out of view: the next cards, other lines of a list, or a page on.
    pub(super) fn turn(&mut self, way: &Action) -> Effect {
        let on = *way != Action::TurnBack;
        if self.drawn.touch {
            let next = if on { self.scroll + 1 } else { self.scroll.saturating_sub(1) };
            self.scroll = next.min(self.drawn.scroll_max);
        } else if self.question().is_some() && self.drawn.list.is_some() && self.overlay.is_none() {
            self.scroll_list(self.drawn.page.saturating_sub(1).max(1), on);
        } else {
            return self.act(if on { Action::PageDown } else { Action::PageUp });
        }
        Effect::None
    }

    /// Shows other lines of the answers; which one has the focus, and what is chosen, stays as it is.
    pub(super) fn scroll_list(&mut self, lines: usize, down: bool) {
        let Some((from, last)) = self.drawn.list else { return };
        self.list_from = Some(if down { (from + lines).min(last) } else { from.saturating_sub(lines) });
    }

    /// A tap on a line does what choosing it by key does; in a list it opens it.
    fn tap(&mut self, row: usize) -> Effect {
        if let Some(
            Overlay::Leave { focus, .. }
            | Overlay::Finish { focus }
            | Overlay::NotKept { focus, .. }
            | Overlay::Jump { focus, .. },
        ) = &mut self.overlay
        {
            *focus = row;
            return self.act(Action::Next);
        }
        if let Some(Overlay::Save(saving)) = &mut self.overlay {
            saving.row = [SaveRow::Name, SaveRow::Format, SaveRow::Reader][row.min(2)];
            if saving.row != SaveRow::Name {
                saving.act(&Action::Right);
            }
            return Effect::None;
        }
        match self.question() {
            Some((_, question)) => match question.scale() {
                Some((min, _)) => self.draft.set_value(min + row as i32),
                None => {
                    let wiped = self.draft.pick(&question, row);
                    self.tell_wiped(wiped);
                }
            },
            None => {
                self.focus = row;
                return self.act(Action::Next);
            }
        }
        Effect::None
    }

    /// Does a second tap do no harm that follows at once?
    fn may_repeat(&self, tap: &Tap) -> bool {
        match tap {
            Tap::Press(action) => matches!(
                action,
                Action::Type(_)
                    | Action::Backspace
                    | Action::Up
                    | Action::Down
                    | Action::Left
                    | Action::Right
                    | Action::PageUp
                    | Action::PageDown
                    | Action::TurnBack
                    | Action::TurnOn
            ),
            // What is chosen already stays so; a tick would go again.
            Tap::Row(_) => self.question().is_some_and(|(_, question)| !question.takes_several()),
            Tap::Cell(..) => true,
        }
    }

    /// A tap or click as the guard tells them apart: by what was tapped, wherever on it.
    pub(super) fn place_of(&self, action: &Action) -> Action {
        match *action {
            Action::Tap { column, row } => match self.drawn.place(column, row) {
                Some(place) => Action::Tap { column: place.x, row: place.y },
                None => action.clone(),
            },
            _ => action.clone(),
        }
    }

    pub(super) fn lost_words(&self) -> &'static str {
        let words = self.words();
        if self.points { words.touch.lost } else { words.screen.keys_lost }
    }

    /// That keys, or a tap or click, were not taken, once they are again.
    pub(super) fn taken_again_words(&self) -> &'static str {
        let words = self.words();
        if self.points { words.touch.taken_again } else { words.screen.keys_taken_again }
    }

    /// What has the focus among answers or other lines.
    pub(super) fn focused_card(&self) -> Option<usize> {
        if self.question().is_some() { self.draft.focus } else { Some(self.focus) }
    }

    /// Passes questions in free words, as if they were left out: a screen has no letters. What was written before
    /// stays.
    pub(super) fn leave_out_texts(&mut self) {
        while let Some(question) = self.left_out() {
            let answer = self.interview.sheet().get(question).cloned();
            if self.interview.answer(answer).is_err() {
                return;
            }
        }
    }

    pub(super) fn back_over_texts(&mut self) {
        while self.left_out().is_some() && self.interview.back() {}
    }

    /// The question in free words that is asked now, where no keyboard can be expected.
    fn left_out(&self) -> Option<QuestionIndex> {
        match self.interview.stage() {
            Stage::Asking(question) if self.touch && self.is_in_free_words(*question) => Some(*question),
            _ => None,
        }
    }

    /// Is this one that must be left out, and can be?
    pub fn is_in_free_words(&self, question: QuestionIndex) -> bool {
        let question = &self.questionnaire().questions[question];
        let can_be_left = question.optional || question.unsure;
        question.control == Control::Field && question.domain == Domain::Text && can_be_left
    }
}
