//! Which questionnaire is meant: a built-in one or a file.

use std::fs;
use std::io;
use std::path::{Path, PathBuf};

use super::builtin::{self, Builtin};
use super::{Problem, TranslationFile, WordsFile, git};
use crate::questionnaire::Questionnaire;
use crate::questionnaire::yaml::{self, names};
use crate::system::files;
use crate::text::clean_line;

pub enum Choice {
    Builtin(&'static Builtin),
    File {
        /// As it may be shown.
        name: String,
        /// In the revision, if there is one.
        path: PathBuf,
        /// Of a git repository; `None`: the file as it is now.
        revision: Option<String>,
        text: Vec<u8>,
    },
}

impl Choice {
    /// A built-in name wins over a file of that name; `./mine` or `mine.yaml` is the file.
    ///
    /// # Errors
    /// When there is neither, or the file cannot be read.
    pub fn of(argument: &str) -> Result<Choice, Problem> {
        let is_path = Choice::is_path(argument);
        if !is_path && let Some(builtin) = builtin::find(argument) {
            return Ok(Choice::Builtin(builtin));
        }
        if !is_path && !Path::new(argument).exists() {
            return Err(unknown(argument));
        }
        Choice::file(argument)
    }

    /// Whether this means a file, whatever there is.
    pub fn is_path(argument: &str) -> bool {
        argument.contains(std::path::is_separator)
            || argument.ends_with(".yaml")
            || argument.ends_with(".yml")
    }

    /// The file at this path.
    ///
    /// # Errors
    /// When it can't be read.
    pub(super) fn file(path: &str) -> Result<Choice, Problem> {
        let text = files::read_given(Path::new(path), yaml::MAX_BYTES);
        let text = text.map_err(|why| {
            let meant = (why.kind() == io::ErrorKind::NotFound).then(|| near(Path::new(path))).flatten();
            Problem::Unreadable { file: clean_line(path), why, meant }
        })?;
        // A file's name is shown, and may hold anything.
        Ok(Choice::File { name: clean_line(path), path: path.into(), revision: None, text })
    }

    /// What [`Choice::of`] finds, or a file in a revision of a git repository: `HEAD~1:mine.yaml`.
    ///
    /// # Errors
    /// When there is none of them, or git has no such file.
    pub fn of_any(argument: &str) -> Result<Choice, Problem> {
        match git::revision(argument) {
            Some((revision, path)) if !Path::new(argument).exists() => {
                let text = git::read(revision, path)?;
                let (path, revision) = (path.into(), Some(revision.to_owned()));
                Ok(Choice::File { name: clean_line(argument), path, revision, text })
            }
            _ => Choice::of(argument),
        }
    }

    /// The questionnaire, or every mistake in it.
    ///
    /// # Errors
    /// Also when the file is a translation.
    pub fn questionnaire(&self) -> Result<Questionnaire, Problem> {
        let (name, path, text) = match self {
            Choice::Builtin(builtin) => return builtin.questionnaire(),
            Choice::File { name, path, text, .. } => (name, path, text),
        };
        if let Some((translation, questionnaire)) = TranslationFile::of(path) {
            return Err(Problem::IsTranslation {
                file: name.clone(),
                questionnaire: clean_line(&questionnaire.to_string_lossy()),
                language: translation.language,
            });
        }
        if let Some(words) = WordsFile::of(path) {
            return Err(Problem::IsWords { file: name.clone(), language: words.language });
        }
        let loaded = yaml::load(name, text);
        loaded
            .map(|loaded| loaded.questionnaire)
            .map_err(|found| Problem::HasMistakes { file: name.clone(), found })
    }

    /// What to call it in messages.
    pub fn name(&self) -> &str {
        match self {
            Choice::Builtin(builtin) => builtin.name,
            Choice::File { name, .. } => name,
        }
    }

    /// The file that it is read from, if it is one.
    pub fn path(&self) -> Option<&Path> {
        match self {
            Choice::File { path, .. } => Some(path),
            Choice::Builtin(_) => None,
        }
    }

    pub fn text(&self) -> &[u8] {
        match self {
            Choice::Builtin(builtin) => builtin.yaml,
            Choice::File { text, .. } => text,
        }
    }
}

/// Reads a file that is looked for beside a questionnaire, and one byte more than it may have, so that the loader sees
/// that it is too long.
pub fn read(path: &Path) -> io::Result<Vec<u8>> {
    files::read(path, yaml::MAX_BYTES)
}

fn unknown(argument: &str) -> Problem {
    let names: Vec<&str> = builtin::ALL.iter().map(|builtin| builtin.name).collect();
    let near = names.iter().map(|&name| (strsim::damerau_levenshtein(argument, name), name)).min();
    let near = near.filter(|(distance, _)| *distance <= 3).map(|(_, name)| name.to_owned());
    let files = ["yaml", "yml"].map(|ending| format!("{argument}.{ending}"));
    let meant = files.into_iter().find(|file| Path::new(file).is_file()).or(near);
    Problem::Unknown { name: argument.to_owned(), meant, built_in: names }
}

/// The questionnaire beside a path that isn't there whose name is nearly the same.
fn near(path: &Path) -> Option<String> {
    let folder = path.parent().filter(|folder| !folder.as_os_str().is_empty());
    let entries = fs::read_dir(folder.unwrap_or(Path::new("."))).ok()?;
    let names = entries.filter_map(|entry| entry.ok()?.file_name().into_string().ok());
    let is_questionnaire = |name: &String| Choice::is_path(name) && !name.contains(".tests.");
    let mut names: Vec<String> = names.filter(is_questionnaire).collect();
    names.sort();
    // Without their endings, which make any two names alike.
    let stems: Vec<&str> = names.iter().filter_map(|name| Some(name.rsplit_once('.')?.0)).collect();
    let near = names::nearest(path.file_stem()?.to_str()?, stems.iter().copied())?;
    let near = names.iter().zip(&stems).find(|(_, stem)| **stem == near)?.0;
    Some(clean_line(&path.with_file_name(near).to_string_lossy()))
}
