//! The program's own words in one more language, in files: `words.fr.yaml` beside a questionnaire, or beside a site file.

use std::path::{Path, PathBuf};

use super::choice::read;
use super::names_in;
use crate::questionnaire::diagnostic::Diagnostic;
use crate::system::files;
use crate::text::{clean_line, tag};
use crate::vocabulary::{self, Loaded};
use crate::words::Language;

/// How the name of such a file begins.
const BEGIN: &str = "words.";

/// A file of words.
pub struct WordsFile {
    pub path: PathBuf,
    /// As it may be shown.
    pub name: String,
    /// The language in its name.
    pub language: String,
}

impl WordsFile {
    /// The file that a path names. One beside a `words.yaml` is a translation of that.
    pub fn of(path: &Path) -> Option<WordsFile> {
        let name = path.file_name()?.to_str()?;
        let (language, ending) = name.strip_prefix(BEGIN)?.rsplit_once('.')?;
        let is_name = matches!(ending, "yaml" | "yml") && vocabulary::is_language(language);
        let of_questionnaire = path.with_file_name(format!("words.{ending}"));
        (is_name && !of_questionnaire.exists()).then(|| WordsFile {
            path: path.to_owned(),
            name: clean_line(&path.to_string_lossy()),
            language: language.to_owned(),
        })
    }

    /// Those in a folder, in the order of their names.
    pub fn in_folder(folder: &Path) -> Vec<WordsFile> {
        let folder = if folder == Path::new(".") { Path::new("") } else { folder };
        let names = names_in(folder).into_iter();
        let mut files: Vec<_> = names.filter_map(|name| WordsFile::of(&folder.join(name))).collect();
        files.sort_by(|one, other| one.path.cmp(&other.path));
        files
    }

    /// The one in the folder of a file that is for texts in this language: of the same tag, else of one that differs in
    /// the country alone. `None`: there is none, or the program speaks the language without.
    pub fn beside(file: &Path, language: &str) -> Option<WordsFile> {
        if Language::is_built_in(language) {
            return None;
        }
        let mut files = WordsFile::in_folder(file.parent().unwrap_or(Path::new("")));
        let at = tag::meant(language, files.iter().map(|file| file.language.as_str()))?;
        Some(files.swap_remove(at))
    }

    /// Reads the file.
    ///
    /// # Errors
    /// What is wrong with it, or why it can't be read.
    pub fn load(&self) -> Result<Loaded, Vec<Diagnostic>> {
        let text =
            read(&self.path).map_err(|error| vec![Diagnostic::of_file(&self.name, files::why(&error))])?;
        vocabulary::load(&self.name, &self.language, &text)
    }

    /// Lets the program speak the language from now on. Says whether it does: a file with mistakes is not used.
    pub fn speak(&self) -> bool {
        self.load().map(|loaded| Language::add(loaded.texts)).is_ok()
    }
}
