//! A check after a check, before its first question.

use super::Shell;
use crate::report::Texts;

impl Shell<'_, '_> {
    /// Says what the last check came to, and what is asked now.
    pub fn last_time(&mut self) {
        let Some(earlier) = self.interview.encounter().earlier.as_ref() else { return };
        let say = &self.texts.words.again;
        let level = |texts: &Texts| match earlier.level {
            Some(level) => texts.line(&self.questionnaire.levels[level].title),
            None => say.no_result.to_owned(),
        };
        let level = level(&self.texts);
        let date = self.texts.words.date(earlier.day);
        let last_time = say.last_time(&date, &level);
        self.say(last_time);
        self.say(say.what_comes);
    }
}
