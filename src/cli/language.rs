//! The languages of a questionnaire: which there are, and which is meant.
//!
//! `mine.es.yaml` beside `mine.yaml` is its translation into Spanish.

use std::fs;
use std::path::{Path, PathBuf};

use anyhow::{Result, anyhow};

use super::args::LanguageArgs;
use super::choice::{Choice, read};
use super::{WrongUsage, check, words};
use crate::questionnaire::diagnostic::Diagnostic;
use crate::questionnaire::direction::{needs_right_to_left, runs_right_to_left};
use crate::questionnaire::yaml::{self, LoadedTranslation, Original};
use crate::questionnaire::{Languages, Questionnaire};
use crate::text::clean_line;

/// A translation in a file.
pub struct Companion {
    pub path: PathBuf,
    /// As it may be shown.
    pub name: String,
    /// The language in its name.
    pub language: String,
}

impl Companion {
    /// The companions beside a questionnaire, in the order of their names.
    pub fn beside(questionnaire: &Path) -> Vec<Companion> {
        let Some((stem, ending)) = stem_and_ending(questionnaire) else { return Vec::new() };
        let folder = questionnaire.parent().filter(|folder| !folder.as_os_str().is_empty());
        let Ok(entries) = fs::read_dir(folder.unwrap_or(Path::new("."))) else { return Vec::new() };
        let mut companions: Vec<Companion> = entries
            .filter_map(|entry| {
                let name = entry.ok()?.file_name().into_string().ok()?;
                let language = name.strip_prefix(stem)?.strip_prefix('.')?.strip_suffix(ending)?;
                let language = language.strip_suffix('.').filter(|tag| is_tag(tag))?;
                Some(Companion::at(questionnaire.with_file_name(&name), language))
            })
            .collect();
        companions.sort_by(|one, other| one.path.cmp(&other.path));
        companions
    }

    /// The companion that a path means, and the questionnaire beside it that it translates.
    pub fn of(path: &Path) -> Option<(Companion, PathBuf)> {
        let (stem, ending) = stem_and_ending(path)?;
        let (questionnaire, language) = stem.rsplit_once('.').filter(|(_, tag)| is_tag(tag))?;
        let questionnaire = path.with_file_name(format!("{questionnaire}.{ending}"));
        questionnaire.exists().then(|| (Companion::at(path.to_owned(), language), questionnaire))
    }

    fn at(path: PathBuf, language: &str) -> Companion {
        let name = clean_line(&path.to_string_lossy());
        Companion { path, name, language: language.to_owned() }
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

/// A questionnaire in the languages that can be used.
pub struct Opened {
    pub languages: Languages,
    broken: Vec<(Companion, Vec<Diagnostic>)>,
    is_built_in: bool,
}

impl Opened {
    /// # Errors
    /// Every mistake in the questionnaire itself. One in a translation only takes that away.
    pub fn of(choice: &Choice) -> Result<Opened> {
        let questionnaire = choice.questionnaire()?;
        let mut broken = Vec::new();
        let languages = match choice {
            &Choice::Builtin(builtin) => {
                let mut languages = Languages::of(questionnaire, Vec::new());
                for &(tag, packed) in builtin.translations {
                    languages.add(tag, move || {
                        builtin.translation(tag, packed).map_err(|error| format!("{error:#}"))
                    });
                }
                languages
            }
            // Read at once all the same, so that a mistake is told.
            Choice::File { name, path, text } => {
                let mut translations = Vec::new();
                let original = Original { questionnaire: &questionnaire, file: name, text };
                for companion in Companion::beside(path) {
                    match companion.load(&original) {
                        Ok(loaded) => translations.push(loaded.translation),
                        Err(mistakes) => broken.push((companion, mistakes)),
                    }
                }
                Languages::of(questionnaire, translations)
            }
        };
        Ok(Opened { languages, broken, is_built_in: matches!(choice, Choice::Builtin(_)) })
    }

    /// The language that the command line asks for, else that of the locale, else the first one.
    ///
    /// # Errors
    /// When the language asked for is not there, or has mistakes; when one that is there can't be read.
    pub fn wanted(
        &self,
        args: &LanguageArgs,
        variable: impl Fn(&str) -> Option<String>,
    ) -> Result<&Questionnaire> {
        if let Some(wanted) = &args.language {
            return self.asked_for(wanted);
        }
        let locale = ["LC_ALL", "LC_MESSAGES", "LANG"]
            .into_iter()
            .find_map(|name| variable(name).filter(|value| !value.is_empty()));
        let meant = locale.and_then(|locale| self.languages.find(&locale));
        meant.unwrap_or(Ok(self.languages.first())).map_err(|why| anyhow!("{why}"))
    }

    fn asked_for(&self, wanted: &str) -> Result<&Questionnaire> {
        if let Some(found) = self.languages.find(wanted) {
            return found.map_err(|why| anyhow!("{why}"));
        }
        let broken =
            self.broken.iter().find(|(companion, _)| companion.language.eq_ignore_ascii_case(wanted));
        if let Some((companion, mistakes)) = broken {
            let mistakes = check::rendered(mistakes, check::has_colour(&std::io::stderr()));
            return Err(anyhow!("{} has mistakes\n{}", companion.name, mistakes.trim_end()));
        }
        let known: Vec<&str> = self.languages.tags().collect();
        let wanted = clean_line(wanted);
        Err(WrongUsage(format!(
            "this questionnaire is not there in `{wanted}`\nits languages: {}",
            known.join(", ")
        ))
        .into())
    }

    /// What to say of languages that are written from right to left; empty if none is.
    pub fn direction(&self) -> String {
        let runs_so = self.languages.tags().filter(|tag| match self.is_built_in {
            // Of the others every text is looked at; these are reviewed, and the first page must not wait.
            true => runs_right_to_left(tag),
            false => self.languages.get(tag).is_some_and(|found| found.is_ok_and(needs_right_to_left)),
        });
        runs_so.map(|tag| words::right_to_left(&clean_line(tag))).collect()
    }

    /// What to say of translations that can't be used, for whoever set up this place; empty if all can.
    pub fn warning(&self) -> String {
        let lines = self.broken.iter().map(|(companion, _)| {
            format!(
                "redflag: {0} has mistakes and is not used; `redflag check {0}` tells them\n",
                companion.name
            )
        });
        lines.collect()
    }
}
