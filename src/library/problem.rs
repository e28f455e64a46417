//! What can keep something from being read.

use std::error::Error;
use std::fmt;
use std::io;

use crate::questionnaire::diagnostic::Diagnostic;
use crate::system::files;
use crate::text::clean_line;

/// Why something is not there or can't be used. As text it is one message, without the mistakes of a file, which are
/// drawn with their places.
#[derive(Debug)]
pub enum Problem {
    /// It is neither built in nor a file.
    Unknown {
        name: String,
        meant: Option<String>,
        built_in: Vec<&'static str>,
    },
    /// The questionnaire has no such population.
    UnknownPopulation {
        name: String,
        meant: Option<String>,
        known: Vec<String>,
    },
    Unreadable {
        file: String,
        why: io::Error,
        /// A file of nearly this name.
        meant: Option<String>,
    },
    /// A file of the program's own words was given where a questionnaire is needed.
    IsWords {
        file: String,
        language: String,
    },
    /// A translation was given where a questionnaire is needed.
    IsTranslation {
        file: String,
        questionnaire: String,
        language: String,
    },
    HasMistakes {
        file: String,
        found: Vec<Diagnostic>,
    },
    NoSuchLanguage {
        wanted: String,
        known: Vec<String>,
    },
    /// A translation that the program carries is broken, as [`Languages`](crate::questionnaire::Languages) says.
    Language(String),
    /// What the program carries can't be read.
    BuiltIn {
        name: &'static str,
        language: Option<String>,
        why: String,
    },
    InRevision {
        revision: String,
        path: String,
        why: InRevision,
    },
    SiteFile {
        file: String,
        what: String,
    },
}

/// Why a file can't be had from a git repository.
#[derive(Debug)]
pub enum InRevision {
    /// Git would take the revision for an option.
    LooksLikeAnOption,
    NoGit,
    NotStarted(io::Error),
    Unreadable(io::Error),
    NoRepository,
    NoSuchFile,
    NoSuchRevision,
    /// It is in the revision, and its content is not in this repository, as in a partial clone.
    NotHere,
    /// Another complaint of git, on one line; empty if it says nothing.
    Other(String),
}

impl Problem {
    pub(super) fn unreadable(file: &str, why: io::Error) -> Problem {
        Problem::Unreadable { file: file.to_owned(), why, meant: None }
    }
}

impl fmt::Display for Problem {
    fn fmt(&self, f: &mut fmt::Formatter) -> fmt::Result {
        match self {
            Problem::Unknown { name, meant, built_in } => {
                write!(f, "there is no questionnaire `{name}`")?;
                if let Some(meant) = meant {
                    write!(f, "; did you mean `{meant}`?")?;
                }
                write!(
                    f,
                    "\nbuilt-in questionnaires: {}\nto open a file, give its path, such as ./mine.yaml",
                    built_in.join(", ")
                )
            }
            Problem::UnknownPopulation { name, meant, known } => {
                write!(f, "there is no population `{name}`")?;
                if let Some(meant) = meant {
                    write!(f, "; did you mean `{meant}`?")?;
                }
                match known.as_slice() {
                    [] => write!(f, "\nthis questionnaire has none")?,
                    known => write!(f, "\nthis questionnaire has {}", known.join(", "))?,
                }
                write!(
                    f,
                    "\nto open a file, give its path, such as ./people.yaml, or ./sheets.jsonl with an answer sheet on each line"
                )
            }
            Problem::Unreadable { file, why, meant } => {
                write!(f, "{file}: {}", files::why(why))?;
                meant.iter().try_for_each(|meant| write!(f, "; did you mean `{meant}`?"))
            }
            Problem::IsTranslation { file, questionnaire, language } => {
                write!(f, "{file} is a translation; write `{questionnaire}` with `--language {language}`")
            }
            Problem::IsWords { file, language } => {
                write!(
                    f,
                    "{file} has the program's own words, and no questions; it is used for questionnaires in `{language}` beside it"
                )
            }
            Problem::HasMistakes { file, .. } => write!(f, "{file} has errors"),
            Problem::NoSuchLanguage { wanted, known } => write!(
                f,
                "this questionnaire is not available in `{wanted}`\nits languages: {}",
                known.join(", ")
            ),
            Problem::Language(why) => f.write_str(why),
            Problem::BuiltIn { name, language, why } => {
                write!(f, "the built-in questionnaire {name} cannot be read")?;
                if let Some(language) = language {
                    write!(f, " in the language {language}")?;
                }
                write!(f, ": {why}")
            }
            Problem::InRevision { revision, path, why } => {
                let (revision, path) = (clean_line(revision), clean_line(path));
                write!(f, "{revision}:{path}: ")?;
                match why {
                    InRevision::LooksLikeAnOption => write!(f, "a revision does not begin with `-`"),
                    InRevision::NoGit => write!(f, "git is not installed, or not found"),
                    InRevision::NotStarted(why) => write!(f, "git cannot be started: {why}"),
                    InRevision::Unreadable(why) => f.write_str(&files::why(why)),
                    InRevision::NoRepository => write!(f, "this folder is not in a git repository"),
                    InRevision::NoSuchFile => {
                        write!(f, "there is no file `{path}` ")?;
                        match revision.is_empty() {
                            true => write!(f, "staged")?,
                            false => write!(f, "in {revision}")?,
                        }
                        write!(f, "; a path is given from the top of the repository, or begins with ./")
                    }
                    InRevision::NotHere => f.write_str(
                        "its content is not in this repository; if it would have to be fetched, do that with git first",
                    ),
                    InRevision::NoSuchRevision => {
                        write!(f, "there is no revision `{revision}` in this repository")
                    }
                    InRevision::Other(line) if line.is_empty() => write!(f, "git fails and does not say why"),
                    InRevision::Other(line) => write!(f, "git says: {}", clean_line(line)),
                }
            }
            Problem::SiteFile { file, what } => write!(f, "site file {file}: {what}"),
        }
    }
}

impl Error for Problem {}
