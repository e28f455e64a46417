//! Translations in files: `mine.es.yaml` beside `mine.yaml` is its translation into Spanish.

use std::path::{Path, PathBuf};

use super::choice::read;
use super::{Problem, git, names_in};
use crate::questionnaire::diagnostic::Diagnostic;
use crate::questionnaire::yaml::{self, LoadedTranslation, Original};
use crate::system::files;
use crate::text::clean_line;
use crate::text::tag::primary;

/// A translation in a file.
pub struct TranslationFile {
    pub path: PathBuf,
    /// As it may be shown.
    pub name: String,
    /// The language in its name.
    pub language: String,
    /// Of a git repository; `None`: the file as it is now.
    revision: Option<String>,
}

impl TranslationFile {
    /// The translations beside a questionnaire, in the order of their names.
    pub fn beside(questionnaire: &Path) -> Vec<TranslationFile> {
        let folder = questionnaire.parent().unwrap_or(Path::new(""));
        TranslationFile::among(names_in(folder).into_iter(), questionnaire, None)
    }

    /// The translations beside a questionnaire in a revision of a git repository.
    ///
    /// # Errors
    /// Why git can't tell.
    pub fn in_revision(revision: &str, questionnaire: &Path) -> Result<Vec<TranslationFile>, Problem> {
        let names = git::beside(revision, &questionnaire.to_string_lossy())?;
        Ok(TranslationFile::among(names.into_iter(), questionnaire, Some(revision)))
    }

    /// Those of these names of files that are translations of the questionnaire beside them.
    fn among(
        names: impl Iterator<Item = String>,
        questionnaire: &Path,
        revision: Option<&str>,
    ) -> Vec<TranslationFile> {
        let Some((stem, ending)) = stem_and_ending(questionnaire) else { return Vec::new() };
        let mut files: Vec<TranslationFile> = names
            .filter_map(|name| {
                let language = name.strip_prefix(stem)?.strip_prefix('.')?.strip_suffix(ending)?;
                let language = language.strip_suffix('.').filter(|tag| is_tag(tag))?;
                Some(TranslationFile::at(questionnaire.with_file_name(&name), language, revision))
            })
            .collect();
        files.sort_by(|one, other| one.path.cmp(&other.path));
        files
    }

    /// The translation that a path means, and the questionnaire beside it that it translates.
    pub fn of(path: &Path) -> Option<(TranslationFile, PathBuf)> {
        let (language, questionnaire) = TranslationFile::named(path)?;
        questionnaire.exists().then(|| (TranslationFile::at(path.to_owned(), &language, None), questionnaire))
    }

    /// The language in the name of a translation, and where the questionnaire beside it would be.
    pub fn named(path: &Path) -> Option<(String, PathBuf)> {
        let (stem, ending) = stem_and_ending(path)?;
        let (questionnaire, language) = stem.rsplit_once('.').filter(|(_, tag)| is_tag(tag))?;
        Some((language.to_owned(), path.with_file_name(format!("{questionnaire}.{ending}"))))
    }

    fn at(path: PathBuf, language: &str, revision: Option<&str>) -> TranslationFile {
        let shown = path.to_string_lossy();
        let name = match revision {
            Some(revision) => clean_line(&format!("{revision}:{shown}")),
            None => clean_line(&shown),
        };
        TranslationFile { path, name, language: language.to_owned(), revision: revision.map(str::to_owned) }
    }

    /// What the file says.
    ///
    /// # Errors
    /// Why it can't be read.
    pub fn text(&self) -> Result<Vec<u8>, Vec<Diagnostic>> {
        let text = match &self.revision {
            Some(revision) => {
                git::read(revision, &self.path.to_string_lossy()).map_err(|problem| problem.to_string())
            }
            None => read(&self.path).map_err(|error| files::why(&error)),
        };
        text.map_err(|why| vec![Diagnostic::of_file(&self.name, why)])
    }

    /// Reads the file.
    ///
    /// # Errors
    /// What is wrong with it, or why it can't be read.
    pub fn load(&self, original: &Original) -> Result<LoadedTranslation, Vec<Diagnostic>> {
        yaml::load_translation(&self.name, &self.language, &self.text()?, original)
    }
}

/// `mine.es` and `yaml`.
fn stem_and_ending(path: &Path) -> Option<(&str, &str)> {
    let name = path.file_name()?.to_str()?;
    name.rsplit_once('.').filter(|(_, ending)| matches!(*ending, "yaml" | "yml"))
}

/// Whether this can be a language in the name of a file; the loader says whether it is one.
fn is_tag(tag: &str) -> bool {
    (2..=3).contains(&primary(tag).len()) && tag.chars().all(|c| c.is_ascii_alphanumeric() || c == '-')
}
