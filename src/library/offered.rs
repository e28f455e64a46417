//! The questionnaires that another one offers on its first page.

use std::fs;
use std::path::{Path, PathBuf};

use super::{Choice, Problem, builtin};
use crate::questionnaire::Questionnaire;
use crate::questionnaire::diagnostic::{Diagnostic, Severity};
use crate::questionnaire::yaml::{Places, Spot, names};

impl Choice {
    /// A questionnaire that this one offers: the file of that name beside it, or else a built-in one.
    ///
    /// # Errors
    /// When there is neither, or the file can't be read.
    pub fn offered(&self, name: &str) -> Result<Choice, Problem> {
        match self.beside(name).filter(|path| path.exists()) {
            Some(path) => Choice::file(&path.to_string_lossy()),
            None => Choice::of(name),
        }
    }

    /// What is offered and can't be found: a mistake each, at its place.
    pub fn not_offered(&self, questionnaire: &Questionnaire) -> Vec<Diagnostic> {
        let offers = questionnaire.offers.iter().enumerate();
        let missing = offers.filter(|(_, offer)| !self.has(&offer.questionnaire));
        let missing: Vec<_> = missing.map(|(at, offer)| (at, &offer.questionnaire)).collect();
        if missing.is_empty() {
            return Vec::new();
        }
        let (places, known) = (Places::of(self.text()), self.known());
        let known: Vec<&str> =
            known.iter().map(String::as_str).filter(|id| *id != questionnaire.id).collect();
        let told = missing.into_iter().map(|(at, name)| {
            let name = names::shown(name);
            let message = format!("there is no questionnaire `{name}` to offer");
            let mut told = Diagnostic::new(Severity::Error, "unknown-questionnaire", self.name(), message);
            told.span = places.span(questionnaire, Spot::Offer(at));
            told.help = Some(match names::nearest(&name, known.iter().copied()) {
                Some(meant) => format!("did you mean `{meant}`?"),
                None => format!(
                    "put `{name}.yaml` beside this file, or offer one of these: {}",
                    names::listed(&known)
                ),
            });
            told
        });
        told.collect()
    }

    fn has(&self, name: &str) -> bool {
        builtin::find(name).is_some() || self.beside(name).is_some_and(|path| path.is_file())
    }

    /// Where the file of an offered questionnaire would be.
    fn beside(&self, name: &str) -> Option<PathBuf> {
        match self {
            Choice::File { path, revision: None, .. } => Some(path.with_file_name(format!("{name}.yaml"))),
            // Beside a file of a revision are those of that revision, and nobody is asked one.
            Choice::Builtin(_) | Choice::File { .. } => None,
        }
    }

    /// The names that could be offered: those of the built-in ones, and of the files beside this one.
    fn known(&self) -> Vec<String> {
        let mut known: Vec<String> = builtin::ALL.iter().map(|builtin| builtin.name.to_owned()).collect();
        let Choice::File { path, .. } = self else { return known };
        let folder = path.parent().filter(|folder| !folder.as_os_str().is_empty());
        let entries = fs::read_dir(folder.unwrap_or(Path::new("."))).into_iter().flatten();
        let names = entries.filter_map(|entry| entry.ok()?.file_name().into_string().ok());
        // A second point is that of a translation, or of scenarios.
        let names = names.filter_map(|name| Some(name.strip_suffix(".yaml")?.to_owned()));
        known.extend(names.filter(|name| !name.contains('.')));
        known.sort();
        known.dedup();
        known
    }
}
