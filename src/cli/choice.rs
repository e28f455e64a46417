//! Which questionnaire is meant: a built-in one or a file.

use std::fs::File;
use std::io::Read;
use std::path::{Path, PathBuf};

use anyhow::Result;

use super::builtin::{self, Builtin};
use super::language::Companion;
use super::{Mistakes, WrongUsage, check, git};
use crate::questionnaire::Questionnaire;
use crate::questionnaire::yaml;
use crate::text::clean_line;

pub enum Choice {
    Builtin(&'static Builtin),
    File {
        /// As it may be shown.
        name: String,
        path: PathBuf,
        text: Vec<u8>,
    },
}

impl Choice {
    /// A built-in name wins over a file of that name; `./mine` or `mine.yaml` is the file.
    ///
    /// # Errors
    /// [`WrongUsage`] when there is neither, or the file cannot be read.
    pub fn of(argument: &str) -> Result<Choice> {
        let is_path = argument.contains(std::path::is_separator)
            || argument.ends_with(".yaml")
            || argument.ends_with(".yml");
        if !is_path && let Some(builtin) = builtin::find(argument) {
            return Ok(Choice::Builtin(builtin));
        }
        if !is_path && !Path::new(argument).exists() {
            return Err(WrongUsage(unknown(argument)).into());
        }
        let text = read(Path::new(argument)).map_err(|error| WrongUsage(format!("{argument}: {error}")))?;
        // A file's name is shown, and may hold anything.
        Ok(Choice::File { name: clean_line(argument), path: argument.into(), text })
    }

    /// The same, or a file in a revision of a git repository: `HEAD~1:mine.yaml`.
    ///
    /// # Errors
    /// [`WrongUsage`] as well when git has no such file.
    pub fn of_any(argument: &str) -> Result<Choice> {
        match git::revision(argument) {
            Some((revision, path)) if !Path::new(argument).exists() => {
                let text = git::read(revision, path)?;
                Ok(Choice::File { name: clean_line(argument), path: argument.into(), text })
            }
            _ => Choice::of(argument),
        }
    }

    /// The questionnaire, or every mistake in it.
    pub fn questionnaire(&self) -> Result<Questionnaire> {
        match self {
            Choice::Builtin(builtin) => builtin.questionnaire(),
            Choice::File { path, .. } if Companion::of(path).is_some() => self.is_a_translation(path),
            Choice::File { name, text, .. } => match yaml::load(name, text) {
                Ok(loaded) => Ok(loaded.questionnaire),
                Err(mistakes) => {
                    let colour = check::has_colour(&std::io::stderr());
                    let mistakes = check::rendered(&mistakes, colour);
                    Err(Mistakes(format!("{name} has mistakes\n{}", mistakes.trim_end())).into())
                }
            },
        }
    }

    fn is_a_translation(&self, path: &Path) -> Result<Questionnaire> {
        let meant = Companion::of(path).map(|(companion, questionnaire)| {
            format!("`{}` with `--language {}`", questionnaire.display(), companion.language)
        });
        let meant = clean_line(&meant.unwrap_or_default());
        Err(WrongUsage(format!("{} is a translation; write {meant}", self.name())).into())
    }

    /// What to call it in messages.
    pub fn name(&self) -> &str {
        match self {
            Choice::Builtin(builtin) => builtin.name,
            Choice::File { name, .. } => name,
        }
    }

    pub fn text(&self) -> &[u8] {
        match self {
            Choice::Builtin(builtin) => builtin.yaml(),
            Choice::File { text, .. } => text,
        }
    }
}

/// Reads one byte more than a questionnaire may have, so that the loader sees that it is too long.
pub fn read(path: &Path) -> std::io::Result<Vec<u8>> {
    let mut text = Vec::new();
    File::open(path)?.take(yaml::MAX_BYTES as u64 + 1).read_to_end(&mut text)?;
    Ok(text)
}

fn unknown(argument: &str) -> String {
    let names = builtin::ALL.iter().map(|builtin| builtin.name);
    let near = names.clone().map(|name| (strsim::damerau_levenshtein(argument, name), name)).min();
    let known = names.collect::<Vec<_>>().join(", ");
    let suggestion = match near {
        Some((distance, name)) if distance <= 3 => format!("; did you mean `{name}`?"),
        _ => String::new(),
    };
    format!(
        "there is no questionnaire `{argument}`{suggestion}\nbuilt-in questionnaires: {known}\na file is meant by its path, such as ./mine.yaml"
    )
}
