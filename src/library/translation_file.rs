//! Translations in files: `mine.es.yaml` beside `mine.yaml` is its translation into Spanish.

use std::fs;
use std::path::{Path, PathBuf};

use super::choice::read;
use crate::questionnaire::diagnostic::Diagnostic;
use crate::questionnaire::yaml::{self, LoadedTranslation, Original};
use crate::text::clean_line;

/// A translation in a file.
pub struct TranslationFile {
    pub path: PathBuf,
    /// As it may be shown.
    pub name: String,
    /// The language in its name.
    pub language: String,
}

impl TranslationFile {
    /// The translations beside a questionnaire, in the order of their names.
    pub fn beside(questionnaire: &Path) -> Vec<TranslationFile> {
        let Some((stem, ending)) = stem_and_ending(questionnaire) else { return Vec::new() };
        let folder = questionnaire.parent().filter(|folder| !folder.as_os_str().is_empty());
        let Ok(entries) = fs::read_dir(folder.unwrap_or(Path::new("."))) else { return Vec::new() };
        let mut files: Vec<TranslationFile> = entries
            .filter_map(|entry| {
                let name = entry.ok()?.file_name().into_string().ok()?;
                let language = name.strip_prefix(stem)?.strip_prefix('.')?.strip_suffix(ending)?;
                let language = language.strip_suffix('.').filter(|tag| is_tag(tag))?;
                Some(TranslationFile::at(questionnaire.with_file_name(&name), language))
            })
            .collect();
        files.sort_by(|one, other| one.path.cmp(&other.path));
        files
    }

    /// The translation that a path means, and the questionnaire beside it that it translates.
    pub fn of(path: &Path) -> Option<(TranslationFile, PathBuf)> {
        let (stem, ending) = stem_and_ending(path)?;
        let (questionnaire, language) = stem.rsplit_once('.').filter(|(_, tag)| is_tag(tag))?;
        let questionnaire = path.with_file_name(format!("{questionnaire}.{ending}"));
        questionnaire.exists().then(|| (TranslationFile::at(path.to_owned(), language), questionnaire))
    }

    fn at(path: PathBuf, language: &str) -> TranslationFile {
        let name = clean_line(&path.to_string_lossy());
        TranslationFile { path, name, language: language.to_owned() }
    }

    /// Reads the file.
    ///
    /// # Errors
    /// What is wrong with it, or why it can't be read.
    pub fn load(&self, original: &Original) -> Result<LoadedTranslation, Vec<Diagnostic>> {
        let text =
            read(&self.path).map_err(|error| vec![Diagnostic::of_file(&self.name, error.to_string())])?;
        yaml::load_translation(&self.name, &self.language, &text, original)
    }
}

/// `mine.es` and `yaml`.
fn stem_and_ending(path: &Path) -> Option<(&str, &str)> {
    let name = path.file_name()?.to_str()?;
    name.rsplit_once('.').filter(|(_, ending)| matches!(*ending, "yaml" | "yml"))
}

/// Whether this can be a language in the name of a file; the loader says whether it is one.
fn is_tag(tag: &str) -> bool {
    let first = tag.split('-').next().unwrap_or_default();
    (2..=3).contains(&first.len()) && tag.chars().all(|c| c.is_ascii_alphanumeric() || c == '-')
}
