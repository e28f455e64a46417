//! What clinicians are told of what can still come, after each answer.

use super::Shell;
use crate::outlook::{self, Outlook};
use crate::questionnaire::{Audience, LevelIndex};

impl Shell<'_, '_> {
    /// Is it said what can still come?
    pub fn looks_ahead(&self) -> bool {
        self.interview.audience() == Audience::Clinician
    }

    /// Says which levels are still possible, while there is something left to ask.
    pub fn look_ahead(&mut self) {
        let Some(outlook) = self.outlook() else { return };
        let title = |level: &LevelIndex| self.texts.line(&self.questionnaire.levels[*level].title);
        let words = &self.texts.words.outlook;
        let said = match outlook.decided() {
            Some(level) => words.is_decided(&title(&level)),
            None => {
                let short =
                    |&level: &LevelIndex| self.texts.line(self.questionnaire.levels[level].in_short());
                let levels: Vec<_> = outlook.levels.iter().map(short).collect();
                words.can_be(&levels.join(", "), outlook.questions.len())
            }
        };
        self.say(said);
    }

    /// Goes to the summary, if no answer can change the level any more.
    pub fn finish_here(&mut self) {
        match self.outlook().and_then(|outlook| outlook.decided()) {
            Some(level) => {
                self.interview.stop(level);
                self.show();
            }
            None => {
                self.say(self.texts.words.outlook.not_decided);
                self.look_ahead();
                self.ways_on();
            }
        }
    }

    fn outlook(&mut self) -> Option<Outlook> {
        outlook::for_clinician(&mut self.lookout, self.interview)
    }
}
