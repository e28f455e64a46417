//! What checks of a time came to, counted: levels by day and station, how long people waited, where they stop, and what
//! they are not sure of.

mod json;
mod tell;

use std::collections::BTreeMap;

use jiff::civil::Date;

pub use json::json;
pub use tell::{Section, Table, sections, text};

use crate::answers::Answer;
use crate::encounter::Encounter;
pub use crate::encounter::State;
use crate::questionnaire::{LevelIndex, QuestionIndex, Questionnaire};

/// One check.
#[derive(Debug, Clone, PartialEq)]
pub struct Checked<'a> {
    pub encounter: &'a Encounter,
    /// The day on which it was begun, in local time.
    pub day: Date,
    pub station: &'a str,
    /// What it came to, as it was written down; `None`: nothing yet.
    pub level: Option<LevelIndex>,
    pub state: State,
    /// Minutes from its beginning until somebody had seen the person; `None`: nobody has.
    pub seen_after: Option<u64>,
    /// The question that was on the screen last.
    pub last_at: Option<QuestionIndex>,
    /// Questions whose answers were changed or taken back.
    pub corrected: Vec<QuestionIndex>,
}

/// The counts of one questionnaire.
#[derive(Debug, Clone, PartialEq)]
pub struct Tally {
    pub questionnaire: String,
    /// The ids of its levels, most urgent first.
    pub levels: Vec<String>,
    pub checks: u64,
    pub finished: u64,
    pub stopped: u64,
    /// For each level; the last is "none yet".
    pub by_level: Vec<u64>,
    pub by_day: BTreeMap<Date, Vec<u64>>,
    pub by_station: BTreeMap<String, Vec<u64>>,
    /// For each level: minutes until somebody had seen each person.
    pub waits: Vec<Vec<u64>>,
    /// For each level: those whom nobody has seen.
    pub not_seen: Vec<u64>,
    /// For each question by its id, in the order of asking.
    pub questions: Vec<Asked>,
}

/// What became of one question.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Asked {
    pub id: String,
    /// Checks in which it has an answer, "not sure" included.
    pub answered: u64,
    pub unsure: u64,
    /// Checks that are not finished and ended at it.
    pub left_at: u64,
    pub corrected: u64,
}

impl Tally {
    pub fn new(questionnaire: &Questionnaire) -> Tally {
        let levels = questionnaire.levels.len();
        Tally {
            questionnaire: questionnaire.id.clone(),
            levels: questionnaire.levels.iter().map(|level| level.id.clone()).collect(),
            checks: 0,
            finished: 0,
            stopped: 0,
            by_level: vec![0; levels + 1],
            by_day: BTreeMap::new(),
            by_station: BTreeMap::new(),
            waits: vec![Vec::new(); levels + 1],
            not_seen: vec![0; levels + 1],
            questions: questionnaire
                .questions
                .iter()
                .map(|question| Asked { id: question.id.clone(), ..Asked::default() })
                .collect(),
        }
    }

    /// Counts one more check, which is of the questionnaire that the tally was made for.
    pub fn add(&mut self, checked: &Checked) {
        let level = checked.level.unwrap_or(self.levels.len());
        let counts = self.by_level.len();
        self.checks += 1;
        match checked.state {
            State::Finished => self.finished += 1,
            State::Stopped => self.stopped += 1,
            State::NotFinished => {
                if let Some(question) = checked.last_at {
                    self.questions[question].left_at += 1;
                }
            }
        }
        self.by_level[level] += 1;
        self.by_day.entry(checked.day).or_insert_with(|| vec![0; counts])[level] += 1;
        self.by_station.entry(checked.station.to_owned()).or_insert_with(|| vec![0; counts])[level] += 1;
        match checked.seen_after {
            Some(minutes) => self.waits[level].push(minutes),
            None => self.not_seen[level] += 1,
        }
        for (question, asked) in self.questions.iter_mut().enumerate() {
            if let Some(answer) = checked.encounter.sheet.get(question) {
                asked.answered += 1;
                asked.unsure += u64::from(Answer::is_unsure(answer));
            }
        }
        for &question in &checked.corrected {
            self.questions[question].corrected += 1;
        }
    }

    /// The name of a place in the counts of levels.
    pub fn level(&self, at: usize) -> &str {
        self.levels.get(at).map_or("none yet", String::as_str)
    }

    pub fn not_finished(&self) -> u64 {
        self.checks - self.finished - self.stopped
    }
}

/// The value below which so many hundredths of the waits are: the nearest rank. `None`: there are none.
pub fn percentile(waits: &[u64], hundredths: usize) -> Option<u64> {
    let mut sorted = waits.to_vec();
    sorted.sort_unstable();
    let rank = (sorted.len() * hundredths).div_ceil(100).max(1);
    sorted.get(rank - 1).copied()
}

#[cfg(test)]
mod tests {
    use super::percentile;

    #[test]
    fn a_percentile_is_a_wait_that_was_there() {
        let waits = [30, 10, 20, 40];
        let of = |hundredths| percentile(&waits, hundredths);
        assert_eq!(
            [of(0), of(25), of(50), of(51), of(90), of(100)].map(Option::unwrap),
            [10, 10, 20, 30, 40, 40]
        );
        assert_eq!(percentile(&[], 50), None);
    }
}
