//! An answer while it is being given: kept when the person goes back, taken only when they go on.

use std::time::Duration;

use super::field::Field;
use crate::answers::{self, Answer, Refusal};
use crate::interview::rows::{Row, row_of, rows};
use crate::questionnaire::{Audience, Control, Domain, OptionSet, Question};
use crate::text::clean_line;
use crate::words::Words;

/// What has been chosen or typed for one question.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Draft {
    /// Position in [`rows`]; `None`: nothing is focused yet, so that nothing looks chosen.
    pub focus: Option<usize>,
    pub ticked: OptionSet,
    pub unsure: bool,
    /// Of a scale.
    pub value: Option<i32>,
    pub field: Field,
    /// Of a body map: the cursor is on the figure, not in the list.
    pub in_figure: bool,
    /// The digit typed just before and when, for two-digit values of a scale.
    last_digit: Option<(u8, Duration)>,
    /// The ticks before each change of them, the latest last.
    history: Vec<(OptionSet, bool)>,
    /// What "not sure" has taken the place of in a line to type into and on a scale.
    replaced: (Field, Option<i32>),
}

/// Two digits further apart than this are two numbers.
const ONE_NUMBER: Duration = Duration::from_millis(800);
/// How many changes of ticks can be undone.
const MOST_UNDONE: usize = 100;

/// What a digit came to on a scale.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Pressed {
    Taken,
    /// It may be the first of two.
    Begun,
    /// Taken alone, since too much time has passed to make this number with the digit before.
    Apart(i32),
    NotThere,
}

impl Draft {
    /// Shows an answer given before.
    pub fn of(question: &Question, answer: Option<&Answer>, words: &Words) -> Draft {
        let mut draft = Draft::default();
        match answer {
            None => {}
            Some(Answer::Number(number)) => match question.control {
                Control::Scale { .. } => draft.value = Some(*number as i32),
                Control::List | Control::YesNo | Control::Figure | Control::Field | Control::Note => {
                    let filled = match &question.domain {
                        Domain::Number(bounds) => answers::with_unit(*number, bounds, words),
                        Domain::One { .. } | Domain::Several | Domain::Text | Domain::Nothing => {
                            String::new()
                        }
                    };
                    draft.field = Field::with(filled);
                }
            },
            Some(Answer::Text(text)) => draft.field = Field::with(text.as_str()),
            Some(Answer::Options(ticked)) => draft.ticked = *ticked,
            Some(Answer::Unsure { ticked }) => (draft.ticked, draft.unsure) = (*ticked, true),
        }
        draft.focus = rows(question).iter().position(|row| draft.has(*row));
        if draft.focus.is_none() && question.takes_several() {
            draft.focus = Some(0);
        }
        draft
    }

    pub fn has(&self, row: Row) -> bool {
        match row {
            Row::Option(option) => self.ticked.contains(option),
            Row::Unsure => self.unsure,
        }
    }

    /// Moves to the next or previous line; in a one_of the choice goes along.
    pub fn step(&mut self, question: &Question, down: bool) {
        let last = rows(question).len().saturating_sub(1);
        let target = match (self.focus, down) {
            (None, true) => 0,
            (None, false) => last,
            (Some(focus), true) => (focus + 1).min(last),
            (Some(focus), false) => focus.saturating_sub(1),
        };
        self.go(question, target);
    }

    /// Moves to the next line, after the last to the first.
    pub fn around(&mut self, question: &Question) {
        let is_last = self.focus.is_some_and(|focus| focus + 1 >= rows(question).len());
        if is_last { self.edge(question, false) } else { self.step(question, true) }
    }

    /// Moves to the first or last line, or value of a scale.
    pub fn edge(&mut self, question: &Question, end: bool) {
        if let Some((min, max)) = question.scale() {
            return self.set_value(if end { max } else { min });
        }
        let target = if end { rows(question).len().saturating_sub(1) } else { 0 };
        self.go(question, target);
    }

    fn go(&mut self, question: &Question, target: usize) {
        self.focus = Some(target);
        if matches!(question.domain, Domain::One { .. }) {
            self.pick(question, target);
        }
    }

    /// Chooses a line; in a many_of ticks or unticks it. Gives how many other ticks that took away.
    pub fn pick(&mut self, question: &Question, target: usize) -> usize {
        let rows = rows(question);
        let Some(&row) = rows.get(target) else { return 0 };
        let before = self.clone();
        self.choose(question, target, row);
        if !question.takes_several() {
            return 0;
        }
        self.history.push((before.ticked, before.unsure));
        if self.history.len() > MOST_UNDONE {
            self.history.remove(0);
        }
        rows.iter().filter(|other| **other != row && before.has(**other) && !self.has(**other)).count()
    }

    /// Brings the ticks back as they were before the last change. `false`: nothing has changed.
    pub fn undo(&mut self) -> bool {
        let Some(before) = self.history.pop() else { return false };
        (self.ticked, self.unsure) = before;
        true
    }

    fn choose(&mut self, question: &Question, target: usize, row: Row) {
        self.focus = Some(target);
        let exclusive = question.exclusive();
        if !question.takes_several() {
            (self.ticked, self.unsure) = match row {
                Row::Option(option) => (OptionSet::one(option), false),
                Row::Unsure => (OptionSet::EMPTY, true),
            };
            return;
        }
        let on = !self.has(row);
        match row {
            Row::Unsure => {
                self.unsure = on;
                self.ticked = self.ticked.without(exclusive);
            }
            Row::Option(option) if exclusive.contains(option) => {
                self.ticked = if on { OptionSet::one(option) } else { OptionSet::EMPTY };
                self.unsure = false;
            }
            Row::Option(option) if on => self.ticked = self.ticked.without(exclusive).with(option),
            Row::Option(option) => self.ticked = self.ticked.without(OptionSet::one(option)),
        }
    }

    /// Takes back what is chosen, as if nothing had been.
    pub fn clear(&mut self) {
        *self = Draft::default();
    }

    /// Chooses by the key in front of a line, and gives how many ticks that took away. `None`: there is no such key.
    pub fn pick_key(&mut self, question: &Question, typed: char, words: &Words) -> Option<usize> {
        row_of(question, typed, &words.answers).map(|target| self.pick(question, target))
    }

    /// Chooses a value of a scale by its digits; `now` is the time since the start.
    pub fn pick_digit(&mut self, question: &Question, pressed: u8, now: Duration) -> Pressed {
        let Some((min, max)) = question.scale() else { return Pressed::NotThere };
        let is_there = |value: &i32| (min..=max).contains(value);
        let two_digits = |first: u8, second: u8| i32::from(first) * 10 + i32::from(second);
        let before = self.last_digit.take();
        let joined = before.map(|(first, at)| (two_digits(first, pressed), at));
        let joined = joined.filter(|(value, _)| *value >= 10 && is_there(value));
        if let Some((value, at)) = joined
            && now.saturating_sub(at) <= ONE_NUMBER
        {
            self.set_value(value);
            return Pressed::Taken;
        }
        let value = i32::from(pressed);
        if is_there(&value) {
            self.set_value(value);
            self.last_digit = Some((pressed, now));
            return joined.map_or(Pressed::Taken, |(joined, _)| Pressed::Apart(joined));
        }
        if pressed > 0 && (0..=9).any(|second| is_there(&two_digits(pressed, second))) {
            (self.value, self.unsure, self.last_digit) = (None, false, Some((pressed, now)));
            return Pressed::Begun;
        }
        Pressed::NotThere
    }

    /// Chooses a value of a scale.
    pub fn set_value(&mut self, value: i32) {
        (self.value, self.unsure, self.last_digit) = (Some(value), false, None);
    }

    /// Moves on a scale; from nowhere to its middle.
    pub fn slide(&mut self, question: &Question, up: bool) {
        let Some((min, max)) = question.scale() else { return };
        self.last_digit = None;
        self.unsure = false;
        self.value = Some(match self.value {
            None => min + (max - min) / 2,
            Some(value) if up => (value + 1).min(max),
            Some(value) => (value - 1).max(min),
        });
    }

    /// Goes to the next line that begins with this letter, after the focused one. `false`: none does.
    pub fn jump(&mut self, question: &Question, letter: char, audience: Audience, words: &Words) -> bool {
        let rows = rows(question);
        let begins = |row: &Row| {
            let label = match row {
                Row::Option(option) => question.options[*option].label.to(audience),
                Row::Unsure => words.answers.unsure,
            };
            label.chars().next().is_some_and(|first| first.to_lowercase().eq(letter.to_lowercase()))
        };
        let after = self.focus.map_or(0, |focus| focus + 1);
        let order = (after..rows.len()).chain(0..after.min(rows.len()));
        let target = order.into_iter().find(|&row| begins(&rows[row]));
        target.inspect(|&target| self.go(question, target)).is_some()
    }

    /// Chooses "I'm not sure", and gives how many ticks that took away. In a many_of it ticks or unticks it; in a line
    /// to type into and on a scale a second time brings back what was there.
    pub fn pick_unsure(&mut self, question: &Question) -> usize {
        if let Some(target) = rows(question).iter().position(|row| *row == Row::Unsure) {
            return self.pick(question, target);
        }
        self.unsure = !self.unsure;
        self.last_digit = None;
        if self.unsure {
            self.replaced = (std::mem::take(&mut self.field), self.value.take());
        } else {
            (self.field, self.value) = std::mem::take(&mut self.replaced);
        }
        0
    }

    /// The number that the line to type into stands for, where it can be taken.
    pub fn number(&self, question: &Question) -> Option<f64> {
        match answers::number(self.field.text(), question) {
            Ok(Answer::Number(number)) => Some(number),
            _ => None,
        }
    }

    /// The answer as it stands; `None` when nothing was chosen or typed.
    pub fn answer(&self, question: &Question, words: &Words) -> Result<Option<Answer>, Refusal> {
        Ok(match question.control {
            Control::List | Control::YesNo | Control::Figure => match (self.unsure, self.ticked) {
                (true, ticked) => Some(Answer::Unsure { ticked }),
                (false, OptionSet::EMPTY) => None,
                (false, ticked) => Some(Answer::Options(ticked)),
            },
            Control::Scale { .. } => match self.value {
                Some(value) => Some(Answer::Number(f64::from(value))),
                None => self.unsure.then_some(Answer::UNSURE),
            },
            Control::Field => self.typed(question, words)?,
            Control::Note => None,
        })
    }

    /// What is typed in the field.
    fn typed(&self, question: &Question, words: &Words) -> Result<Option<Answer>, Refusal> {
        let text = clean_line(self.field.text());
        if text.trim().is_empty() {
            return Ok(self.unsure.then_some(Answer::UNSURE));
        }
        match question.domain {
            Domain::Number(_) => answers::number(self.field.text(), question).map(Some),
            // No key is free for it where every letter is text, so it is typed, as line by line.
            Domain::Text if question.unsure && answers::means_unsure(&text, &words.answers) => {
                Ok(Some(Answer::UNSURE))
            }
            Domain::Text => Ok(Some(Answer::Text(text))),
            Domain::One { .. } | Domain::Several | Domain::Nothing => Ok(None),
        }
    }
}
