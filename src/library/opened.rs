//! The languages of a questionnaire: which there are, and which is meant.

use super::{Choice, Problem, TranslationFile, WordsFile};
use crate::questionnaire::diagnostic::Diagnostic;
use crate::questionnaire::direction::{needs_right_to_left, runs_right_to_left};
use crate::questionnaire::yaml::Original;
use crate::questionnaire::{Languages, Questionnaire};
use crate::text::clean_line;

/// A questionnaire in the languages that can be used.
pub struct Opened {
    pub languages: Languages,
    broken: Vec<(TranslationFile, Vec<Diagnostic>)>,
    /// Files of the program's own words that can't be used.
    broken_words: Vec<WordsFile>,
    is_built_in: bool,
}

impl Opened {
    /// A questionnaire in its first language alone.
    pub fn alone(questionnaire: Questionnaire) -> Opened {
        Opened {
            languages: Languages::of(questionnaire, Vec::new()),
            broken: Vec::new(),
            broken_words: Vec::new(),
            is_built_in: false,
        }
    }

    /// # Errors
    /// Every mistake in the questionnaire itself. One in a translation only takes that away.
    pub fn of(choice: &Choice) -> Result<Opened, Problem> {
        let questionnaire = choice.questionnaire()?;
        let (mut broken, mut broken_words) = (Vec::new(), Vec::new());
        let languages = match choice {
            &Choice::Builtin(builtin) => {
                let mut languages = Languages::of(questionnaire, Vec::new());
                for &(tag, compiled) in builtin.translations {
                    languages.add(tag, move || {
                        builtin.translation(tag, compiled).map_err(|problem| problem.to_string())
                    });
                }
                languages
            }
            // Read at once all the same, so that a mistake is told.
            Choice::File { name, path, revision, text } => {
                let mut translations = Vec::new();
                let original = Original { questionnaire: &questionnaire, file: name, text };
                let files = match revision {
                    Some(revision) => TranslationFile::in_revision(revision, path)?,
                    None => TranslationFile::beside(path),
                };
                for file in files {
                    match file.load(&original) {
                        Ok(loaded) => translations.push(loaded.translation),
                        Err(mistakes) => broken.push((file, mistakes)),
                    }
                }
                let languages = Languages::of(questionnaire, translations);
                if revision.is_none() {
                    let files = languages.tags().filter_map(|tag| WordsFile::beside(path, tag));
                    broken_words.extend(files.filter(|file| !file.speak()));
                }
                languages
            }
        };
        Ok(Opened { languages, broken, broken_words, is_built_in: matches!(choice, Choice::Builtin(_)) })
    }

    /// The language that is wanted, else that of the locale, else the first one.
    ///
    /// # Errors
    /// When the language wanted is not there, or has mistakes; when one that is there can't be read.
    pub fn wanted(
        &self,
        wanted: Option<&str>,
        variable: impl Fn(&str) -> Option<String>,
    ) -> Result<&Questionnaire, Problem> {
        if let Some(wanted) = wanted {
            return self.asked_for(wanted);
        }
        let locale = ["LC_ALL", "LC_MESSAGES", "LANG"]
            .into_iter()
            .find_map(|name| variable(name).filter(|value| !value.is_empty()));
        let meant = locale.and_then(|locale| self.languages.find(&locale));
        meant.unwrap_or(self.languages.usual()).map_err(|why| Problem::Language(why.to_string()))
    }

    fn asked_for(&self, wanted: &str) -> Result<&Questionnaire, Problem> {
        if let Some(found) = self.languages.find(wanted) {
            return found.map_err(|why| Problem::Language(why.to_string()));
        }
        let mut broken = self.broken.iter();
        match broken.find(|(file, _)| file.language.eq_ignore_ascii_case(wanted)) {
            Some((file, found)) => {
                Err(Problem::HasMistakes { file: file.name.clone(), found: found.clone() })
            }
            None => Err(Problem::NoSuchLanguage {
                wanted: clean_line(wanted),
                known: self.languages.tags().map(str::to_owned).collect(),
            }),
        }
    }

    /// The languages that are written from right to left.
    pub fn right_to_left(&self) -> impl Iterator<Item = &str> {
        self.languages.tags().filter(|tag| match self.is_built_in {
            // Of the others every text is looked at; these are reviewed, and the first page must not wait.
            true => runs_right_to_left(tag),
            false => self.languages.get(tag).is_some_and(|found| found.is_ok_and(needs_right_to_left)),
        })
    }

    /// The files of translations that can't be used.
    pub fn broken(&self) -> impl Iterator<Item = &TranslationFile> {
        self.broken.iter().map(|(file, _)| file)
    }

    /// The files of the program's own words that can't be used.
    pub fn broken_words(&self) -> impl Iterator<Item = &WordsFile> {
        self.broken_words.iter()
    }

    /// What is wrong with the translations.
    pub fn mistakes(&self) -> impl Iterator<Item = &Diagnostic> {
        self.broken.iter().flat_map(|(_, mistakes)| mistakes)
    }
}
