//! What can be typed at the result: what else there is, a change, and a file to save it in.

use super::Shell;
use crate::questionnaire::Audience;
use crate::report::{Format, Report};
use crate::save::{SaveProblem, in_folder, named_by_time, save};
use crate::system::clock;
use crate::text::clean_line;

impl Shell<'_, '_> {
    /// Does what a line asks for.
    pub fn take_at_summary(&mut self, line: &str) {
        let finished = self.interview.is_finished();
        if line.trim().is_empty() && finished {
            self.end("");
        } else if self.is(line, |words| words.go_on) && !finished {
            self.interview.resume();
            self.show();
        } else if self.is(line, |words| words.more) {
            self.more();
        } else if self.is(line, |words| words.phone) {
            self.read_aloud(0);
        } else if self.is(line, |words| words.sources) {
            self.sources();
        } else if self.is(line, |words| words.clinician) {
            self.clinician();
            self.ways_on();
        } else if let Some(name) = self.after(line, |words| words.save) {
            self.save(name, false);
        } else if let Some(name) = self.after(line, |words| words.replace) {
            self.save(name, true);
        } else if let Some(number) = self.after(line, |words| words.learn) {
            let pages = self.report().pages;
            let page = number.parse::<usize>().ok().and_then(|number| pages.get(number.checked_sub(1)?));
            match page {
                Some(page) => self.learn(page),
                None => self.more(),
            }
        } else if self.after(line, |words| words.change).is_some() {
            self.open(line);
        } else {
            self.not_understood(line);
        }
    }

    /// The name tells the format by its ending; a word before it, in whose words.
    fn save(&mut self, name: &str, replace: bool) {
        let for_clinician = self.after(name, |words| words.clinician).filter(|name| !name.is_empty());
        let for_patient = self.after(name, |words| words.patient).filter(|name| !name.is_empty());
        let (reader, name) = match (for_clinician, for_patient) {
            (Some(name), _) => (Audience::Clinician, name),
            (_, Some(name)) => (Audience::Patient, name),
            _ => (self.interview.audience(), name),
        };
        if name.is_empty() {
            let name = format!("{}-{}", clean_line(&self.questionnaire.id), self.interview.encounter().day);
            let [text, page] =
                [Format::Text, Format::Html].map(|format| format!("{name}.{}", format.ending()));
            return self.say(self.words().save_needs_name(&text, &page, &text));
        }
        if let Some(other) = Format::other_ending(name) {
            let why = self.texts.words.asking.no_such_format(&clean_line(&other));
            self.say(self.words().not_saved(&why));
            return self.ways_on();
        }
        let now = clock::now().datetime();
        let name = &in_folder(name, &named_by_time(&self.questionnaire.id, now, Format::Text.ending()));
        let report = Report::for_reader(self.interview, reader, self.site);
        let text = Format::of_file(name).unwrap_or(Format::Text).write(&report.at(now));
        let result = save(name, &text, replace, self.texts.words);
        // A file's name is shown, and may hold anything.
        let name = clean_line(name);
        match result {
            Ok(path) => self.say(self.texts.words.asking.saved(&clean_line(&path.to_string_lossy()))),
            Err(SaveProblem::Exists) => self.say(self.words().file_exists(&name)),
            Err(SaveProblem::Failed(why)) => self.say(self.words().not_saved(&why)),
        }
        self.ways_on();
    }
}
