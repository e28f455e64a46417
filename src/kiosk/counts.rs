//! Counts of what happens, without answers: kept in a file only where the place says so.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};
use std::time::Duration;

use serde::{Deserialize, Serialize};

use super::ended::Ended;
use crate::save::{self, Readers};
use crate::system::{clock, files};
use crate::words::Words;

/// Far more than the questions of any questionnaire need.
const LONGEST: usize = 1 << 20;

/// What has happened since the counts were begun.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct Counts {
    /// The day they were begun on.
    pub since: String,
    /// People who touched the screen or pressed a key.
    pub started: u64,
    /// Those who saw the result of a whole check, however they left then.
    pub finished: u64,
    pub stopped: u64,
    pub walked_away: u64,
    pub ended_by_staff: u64,
    pub crashed: u64,
    /// How often staff were called, and how often that failed.
    pub calls: u64,
    pub failed_calls: u64,
    /// The levels shown last, by their ids.
    pub levels: BTreeMap<String, u64>,
    /// The questions on the screen when somebody left who had seen no result, by their ids.
    pub left_at: BTreeMap<String, u64>,
    pub questions: BTreeMap<String, Asked>,
}

/// How often a question was on the screen, and for how long in all.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct Asked {
    pub times: u64,
    pub seconds: f64,
}

impl Counts {
    pub fn new() -> Counts {
        Counts { since: clock::now().date().to_string(), ..Counts::default() }
    }

    pub fn asked(&mut self, question: &str, took: Duration) {
        let asked = self.questions.entry(question.to_owned()).or_default();
        asked.times += 1;
        // Tenths are enough, and sums of them stay short.
        asked.seconds = ((asked.seconds + took.as_secs_f64()) * 10.0).round() / 10.0;
    }

    /// One person's time is over. `level` was on the screen last; `left_at` was asked last, if no result was seen.
    pub fn over(&mut self, ended: Ended, is_finished: bool, level: Option<&str>, left_at: Option<&str>) {
        let count = match ended {
            Ended::Done => None,
            Ended::Stopped => Some(&mut self.stopped),
            Ended::WalkedAway => Some(&mut self.walked_away),
            Ended::ByStaff => Some(&mut self.ended_by_staff),
            Ended::Crashed => Some(&mut self.crashed),
        };
        count.into_iter().for_each(|count| *count += 1);
        self.finished += u64::from(is_finished);
        if let Some(level) = level {
            *self.levels.entry(level.to_owned()).or_default() += 1;
        }
        if let Some(question) = left_at.filter(|_| !is_finished) {
            *self.left_at.entry(question.to_owned()).or_default() += 1;
        }
    }
}

/// Counts, and the file that they are kept in, if the place has named one.
pub struct Kept {
    pub counts: Counts,
    file: Option<PathBuf>,
}

impl Kept {
    /// # Errors
    /// When there is a file that can't be read as counts; it is not to be written over.
    pub fn open(file: Option<&Path>) -> Result<Kept, String> {
        let counts = match file {
            Some(path) if path.exists() => {
                let named = |why: String| format!("the counts in {}: {why}", path.display());
                let bytes = files::read(path, LONGEST).map_err(|error| named(error.to_string()))?;
                serde_json::from_slice(&bytes).map_err(|error| named(error.to_string()))?
            }
            _ => Counts::new(),
        };
        Ok(Kept { counts, file: file.map(Path::to_owned) })
    }

    /// Writes them where the place says so.
    ///
    /// # Errors
    /// Why they could not be written.
    pub fn keep(&self, words: &Words) -> Result<(), String> {
        let Some(file) = &self.file else { return Ok(()) };
        let text = serde_json::to_string_pretty(&self.counts).map_err(|error| error.to_string())?;
        save::write(file, &format!("{text}\n"), Readers::Owner, words)
            .map_err(|why| format!("{} was not written: {why}", file.display()))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::words::Language;

    #[test]
    fn counts_are_kept_and_gone_on_with() {
        let folder = tempfile::tempdir().unwrap();
        let file = folder.path().join("counts.json");
        let mut kept = Kept::open(Some(&file)).unwrap();
        kept.counts.started = 2;
        kept.counts.asked("age", Duration::from_millis(1440));
        kept.counts.over(Ended::Done, true, Some("routine"), None);
        kept.counts.over(Ended::WalkedAway, false, None, Some("age"));
        kept.keep(Language::English.words()).unwrap();
        let again = Kept::open(Some(&file)).unwrap().counts;
        assert_eq!(again, kept.counts);
        assert_eq!((again.finished, again.walked_away, again.left_at["age"]), (1, 1, 1));
        assert_eq!((again.levels["routine"], again.questions["age"].seconds), (1, 1.4));
    }

    #[test]
    fn whoever_leaves_from_a_result_has_finished_and_left_at_no_question() {
        let mut counts = Counts::new();
        counts.over(Ended::WalkedAway, true, Some("soon"), Some("age"));
        assert_eq!((counts.finished, counts.walked_away, counts.left_at.len()), (1, 1, 0));
    }

    #[test]
    fn a_file_of_something_else_is_not_written_over() {
        let folder = tempfile::tempdir().unwrap();
        let file = folder.path().join("counts.json");
        std::fs::write(&file, "{\"sheets\": []}").unwrap();
        assert!(Kept::open(Some(&file)).is_err());
        assert!(Kept::open(None).is_ok());
    }
}
