//! A check after a check, before its first question.

use super::Shell;
use crate::report::Words;

impl Shell<'_, '_> {
    /// Says what the last check came to, and what is asked now.
    pub fn last_time(&mut self) {
        let Some(earlier) = self.interview.encounter().earlier.as_ref() else { return };
        let own = &self.words.own.again;
        let level = |words: &Words| match earlier.level {
            Some(level) => words.line(&self.questionnaire.levels[level].title),
            None => own.no_result.to_owned(),
        };
        let level = level(&self.words);
        let date = (self.words.own.date)(earlier.day);
        let last_time = (own.last_time)(&date, &level);
        self.say(last_time);
        self.say(own.what_comes);
    }
}
