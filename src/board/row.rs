//! One encounter on the board: how urgent it is, how long the person has waited, and how long that may take.

use jiff::Timestamp;

use crate::questionnaire::{Audience, Level, LevelIndex, Questionnaire};
use crate::report::look;
use crate::site::Waits;
pub use crate::store::State;

const DAY: u64 = 24 * 60;

/// How urgent an encounter is, as far as is known.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Standing {
    /// One of five steps, 0 being the most urgent, so that encounters of two questionnaires can stand in one list.
    pub step: usize,
    /// The id and the short name of the level; `None`: not finished, and nothing is known that sets one.
    pub level: Option<(String, String)>,
    /// Nothing that is still open could make it more urgent.
    pub is_final: bool,
    pub state: State,
    /// The level interrupts: somebody is called at once.
    pub is_alarm: bool,
    /// How long the person may wait, in minutes; `None`: the level has no limit.
    pub limit: Option<u64>,
}

impl Standing {
    /// What a level means to those who decide who is seen first, `None` where nothing sets one yet. `waits` are limits
    /// that the site has set.
    pub fn of(
        questionnaire: &Questionnaire,
        level: Option<LevelIndex>,
        state: State,
        waits: &Waits,
    ) -> Standing {
        let written = level.and_then(|level| questionnaire.levels.get(level));
        let is_alarm = written.is_some_and(|level| level.interrupt);
        let is_final = state != State::NotFinished || is_alarm;
        // What is not known never counts as harmless: it waits where the questionnaire puts what is not sure.
        let doubtful = (!is_final).then_some(questionnaire.unsure.at_least);
        let rank = [level, doubtful].into_iter().flatten().min().unwrap_or(questionnaire.last_level());
        Standing {
            step: look::step(rank, questionnaire.levels.len()),
            level: written.map(|level| {
                let name = level.short.as_ref().unwrap_or(&level.title).to(Audience::Clinician);
                (level.id.clone(), name.to_owned())
            }),
            is_final,
            state,
            is_alarm,
            limit: written.and_then(|level| waits.minutes(&level.id).or_else(|| soonest(level))),
        }
    }
}

impl Standing {
    /// Of a questionnaire whose text can't be read any more: what was written down of its level.
    pub fn unreadable(level: Option<(String, usize)>, state: State) -> Standing {
        let step = level.as_ref().map_or(0, |(_, rank)| (*rank).min(look::SYMBOLS.len() - 1));
        Standing {
            step,
            is_alarm: level.is_some() && step == 0,
            is_final: state != State::NotFinished,
            level: level.map(|(id, _)| (id.clone(), id)),
            state,
            limit: None,
        }
    }
}

/// The shortest time that a level names, in minutes: which of several it is depends on the answers.
fn soonest(level: &Level) -> Option<u64> {
    level.within.iter().filter_map(|deadline| deadline.days).min().map(|days| u64::from(days) * DAY)
}

/// A line of the board.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Row {
    /// The encounter's own id in the store.
    pub id: String,
    pub ticket: Option<String>,
    /// What the clinic calls the person.
    pub reference: Option<String>,
    /// Where it was opened.
    pub station: String,
    pub standing: Standing,
    /// When the person came.
    pub since: Timestamp,
    /// Who has seen the person.
    pub seen: Option<String>,
    pub closed: bool,
}

impl Row {
    /// Whole minutes since the person came. A clock that was set back makes nobody wait less than no time.
    pub fn waiting(&self, now: Timestamp) -> u64 {
        u64::try_from(now.as_second().saturating_sub(self.since.as_second()) / 60).unwrap_or(0)
    }

    /// Whole minutes beyond what the level allows; `None`: within it, seen, or without a limit.
    pub fn overdue(&self, now: Timestamp) -> Option<u64> {
        let waiting = self.waiting(now);
        let limit = self.standing.limit.filter(|_| self.seen.is_none() && !self.closed)?;
        (waiting > limit).then(|| waiting - limit)
    }

    /// What sorts the board: those who are closed last, then those who were seen; the most urgent first; of those who
    /// are as urgent, whose limit ends first, then who came first.
    fn order(&self) -> (bool, bool, usize, i64, Timestamp, String) {
        let limit =
            self.standing.limit.map_or(i64::MAX, |minutes| i64::try_from(minutes).unwrap_or(i64::MAX));
        let due = self.since.as_second().saturating_add(limit.saturating_mul(60));
        (self.closed, self.seen.is_some(), self.standing.step, due, self.since, self.id.clone())
    }
}

/// Sorts a board.
pub fn sort(rows: &mut [Row]) {
    rows.sort_by_cached_key(Row::order);
}
