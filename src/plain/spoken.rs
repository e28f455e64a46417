//! The summary, read aloud.

use super::Shell;
use super::command::Command;
use crate::questionnaire::Audience;
use crate::report::document::Topic;
use crate::report::spoken::{self, sentence};
use crate::report::surfaces::{BESIDE, Surface};
use crate::report::{InfoPage, Report};
use crate::text::Block;

impl Shell<'_, '_> {
    pub fn summary(&mut self) {
        let report = self.report();
        self.say_sections(&report, Surface::Spoken.topics(report.reader));
    }

    /// What else the report has, and how to get it.
    pub fn more(&mut self) {
        let report = self.report();
        if report.reader == Audience::Patient {
            self.say(self.words().more_clinician);
        }
        self.say(self.words().more_phone);
        self.say(self.words().more_sources);
        for (number, page) in (1..).zip(&report.pages) {
            self.say(self.words().more_learn(number, &page.title));
        }
        self.ways_on();
    }

    /// The page for whoever sees the person.
    pub fn clinician(&mut self) {
        let report = self.report();
        self.say("");
        self.say_sections(report.clinician(), BESIDE);
    }

    /// One sentence for the phone, so that it can be repeated before the next one comes.
    pub fn read_aloud(&mut self, at: usize) {
        let say = self.report().say;
        let Some(sentence) = say.get(at) else {
            self.say(self.words().last_sentence);
            return self.ways_on();
        };
        self.aloud = Some(at);
        self.say(self.words().sentence_of(at + 1, say.len()));
        self.say(sentence);
    }

    /// What a line means while sentences are read one by one; anything else ends that.
    pub fn read_on(&mut self, at: usize, line: &str) -> bool {
        if line.trim().is_empty() {
            self.read_aloud(at + 1);
        } else if Command::of(line, &self.words().commands) == Some(Command::Back) && at > 0 {
            self.read_aloud(at - 1);
        } else {
            return false;
        }
        true
    }

    pub fn sources(&mut self) {
        let report = self.report();
        self.say("");
        self.say(format!("{}:", self.texts.words.asking.rests_on));
        report.sources.iter().for_each(|source| self.say(source));
        self.ways_on();
    }

    /// A page to learn more.
    pub fn learn(&mut self, page: &InfoPage) {
        self.say("");
        self.say(sentence(&page.title));
        for block in &page.body {
            match block {
                Block::Paragraph(words) | Block::Item(words) => self.say(words),
            }
        }
        self.ways_on();
    }

    fn say_sections(&mut self, report: &Report, topics: &[Topic]) {
        spoken::lines(report, topics).iter().for_each(|line| self.say(line));
    }
}
