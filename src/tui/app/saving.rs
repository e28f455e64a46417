//! Saving the summary: under which name, in which format, and in whose words; and copying what a page is for.

use std::path::PathBuf;

use super::super::field::Field;
use super::super::keys::Action;
use super::motion::edit;
use super::{App, Effect, Overlay, Tab};
use crate::questionnaire::Audience;
use crate::report::{Excerpt, Format, Report};
use crate::save::SaveProblem;
use crate::text::clean_line;

/// The dialog, as far as it is filled in.
#[derive(Debug, Clone, PartialEq)]
pub struct Saving {
    pub name: Field,
    /// The name is the one that is proposed, and what is typed takes its place.
    pub is_proposed: bool,
    /// In whose words.
    pub reader: Audience,
    pub row: SaveRow,
    /// The person knows that the file exists, and Enter replaces it.
    pub replace: bool,
    pub problem: Option<String>,
}

/// A line of the dialog.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum SaveRow {
    Name,
    Format,
    Reader,
}

impl Saving {
    /// What the ending of the name asks for.
    pub fn format(&self) -> Format {
        Format::of_file(self.name.text().trim()).unwrap_or(Format::Text)
    }

    /// Nothing is agreed on any more.
    pub fn begin_again(&mut self) {
        (self.replace, self.problem) = (false, None);
    }

    pub(super) fn act(&mut self, action: &Action) {
        let step = match action {
            Action::Up => {
                self.row = if self.row == SaveRow::Reader { SaveRow::Format } else { SaveRow::Name };
                return;
            }
            Action::Down => {
                self.row = if self.row == SaveRow::Name { SaveRow::Format } else { SaveRow::Reader };
                return;
            }
            Action::Left => Format::ALL.len() - 1,
            Action::Right => 1,
            Action::Type(blank) if blank == " " => 1,
            _ => 0,
        };
        match (self.row, action) {
            (SaveRow::Format, _) if step > 0 => {
                let at = Format::ALL.iter().position(|format| *format == self.format()).unwrap_or(0);
                let next = Format::ALL[(at + step) % Format::ALL.len()];
                self.name = Field::with(next.named(self.name.text().trim()));
            }
            (SaveRow::Reader, _) if step > 0 => {
                self.reader = match self.reader {
                    Audience::Patient => Audience::Clinician,
                    Audience::Clinician => Audience::Patient,
                };
            }
            // What is typed is the name, wherever the focus was.
            (
                _,
                Action::Type(_)
                | Action::Backspace
                | Action::Delete
                | Action::EraseBefore
                | Action::EraseWord,
            ) => {
                self.row = SaveRow::Name;
                // Whoever takes out a character wants the rest of it.
                if self.is_proposed && matches!(action, Action::Type(_)) {
                    self.name = Field::default();
                }
                edit(&mut self.name, action);
            }
            (SaveRow::Name, action) => edit(&mut self.name, action),
            (SaveRow::Format | SaveRow::Reader, _) => return,
        }
        self.is_proposed = false;
        self.begin_again();
    }
}

impl App<'_> {
    /// The dialog before anything is changed.
    pub(super) fn saving(&self) -> Saving {
        let name = format!("{}-{}", self.questionnaire().id, self.interview.encounter().day);
        Saving {
            name: Field::with(Format::Text.named(&name)),
            is_proposed: true,
            reader: self.audience(),
            row: SaveRow::Name,
            replace: false,
            problem: None,
        }
    }

    pub(super) fn save(&self, saving: &Saving) -> Effect {
        let report = Report::for_reader(&self.interview, saving.reader, &self.site);
        Effect::Save {
            path: saving.name.text().trim().to_owned(),
            report: Box::new(report),
            format: saving.format(),
            replace: saving.replace,
        }
    }

    /// What the page of the summary that is shown is for.
    pub(super) fn copy(&self) -> Effect {
        let Some(report) = &self.report else { return Effect::None };
        let excerpt = match self.tab {
            Tab::Phone => Excerpt::Say,
            Tab::Clinician => Excerpt::Handover,
            Tab::Result | Tab::Answers | Tab::Learn => Excerpt::Result,
        };
        Effect::Copy { report: Box::new(report.clone()), excerpt }
    }

    /// The shell's answer to [`Effect::Save`].
    pub fn saved(&mut self, result: Result<PathBuf, SaveProblem>) {
        let words = self.words();
        match (result, &mut self.overlay) {
            (Ok(path), _) => {
                self.overlay = None;
                self.saved_as = Some(path.clone());
                self.done(words.asking.saved(&clean_line(&path.to_string_lossy())));
            }
            (Err(SaveProblem::Exists), Some(Overlay::Save(saving))) => {
                // The key that was pressed to save must not also replace the file.
                self.guard.changed(Action::Next, self.now);
                saving.replace = true;
                saving.problem = Some(words.screen.dialogs.file_exists.to_owned());
            }
            (Err(SaveProblem::Failed(why)), Some(Overlay::Save(saving))) => {
                saving.problem = Some(words.screen.dialogs.not_saved(&why));
            }
            (Err(_), _) => {}
        }
    }

    /// The shell's answer to [`Effect::Copy`]: whether the terminal was asked, or all of it was too long for that.
    pub fn copied(&mut self, excerpt: Excerpt, asked: bool) {
        let words = &self.words().screen.summary;
        let what = match excerpt {
            Excerpt::Result => words.the_result,
            Excerpt::Say => words.what_to_say,
            Excerpt::Handover => words.the_handover,
        };
        match asked {
            true => self.done(words.copied(what)),
            false => (self.notice, self.is_done) = (Some(words.too_long_to_copy.to_owned()), false),
        }
    }
}
