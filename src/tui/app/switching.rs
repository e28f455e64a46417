//! What can be switched wherever one is: the language, and how much room the words have.

use super::{App, Overlay};
use crate::report::Report;
use crate::words::Language;

impl App<'_> {
    /// Shows the same in the next language; what was chosen or typed stays.
    pub(super) fn switch_language(&mut self) {
        let Some(next) = self.interview.other_language() else {
            self.notice = Some(self.words().asking.only_language.to_owned());
            return;
        };
        if !self.interview.switch_to(next) {
            self.notice = Some(self.words().asking.unreadable_language.to_owned());
            return;
        }
        self.once_more = self.interview.once_more().map(std::rc::Rc::new);
        if self.report.is_some() {
            self.report = Some(Report::of_interview(&self.interview, &self.site));
        }
        if let Some(Overlay::Save(saving)) = &mut self.overlay {
            saving.begin_again();
        }
        // Whoever pressed the key by mistake may not be able to read the help. Names need no translation.
        let next = self.interview.other_language().map(called);
        let now = called(&self.questionnaire().language);
        if let Some(next) = next {
            self.done(format!("{now}. F5: {next}"));
        }
    }

    pub(super) fn switch_spacing(&mut self) {
        self.large = !self.large;
        let screen = &self.words().screen;
        self.done(if self.large { screen.large } else { screen.not_large });
    }
}

/// A language by the name that its speakers look for.
fn called(tag: &str) -> &str {
    match Language::of(tag) {
        Some(language) => language.name(),
        None => tag,
    }
}
