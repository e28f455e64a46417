//! Where `--report` writes the summary. What is there is never replaced without `--replace`.

use std::fs;
use std::path::{Path, PathBuf};

use anyhow::Result;

use super::args::OutputArgs;
use super::{WrongUsage, words};
use crate::report::Format;
use crate::save::{self, Readers};
use crate::system::clock;
use crate::text::clean_line;
use crate::words::Words;

pub struct ReportPlace<'a> {
    path: &'a Path,
    pub format: Format,
    replace: bool,
}

impl ReportPlace<'_> {
    /// # Errors
    /// Before anything is asked: for a file that would be replaced, and for one that nothing could open.
    pub fn of<'a>(args: &'a OutputArgs, earlier: Option<&Path>) -> Result<Option<ReportPlace<'a>>> {
        // Who goes on with a check and keeps it in its file has said so.
        let goes_on = args.keep.as_deref().zip(earlier).is_some_and(|(keep, earlier)| is_same(keep, earlier));
        not_replaced(args.keep.as_deref(), args.replace || goes_on, words::would_replace_kept)?;
        let Some(path) = args.report.as_deref() else { return Ok(None) };
        let name = path.to_string_lossy();
        let other = args.format.is_none().then(|| Format::other_ending(&name)).flatten();
        if let Some(ending) = other.filter(|_| !path.is_dir() && !save::is_no_file(path)) {
            return Err(WrongUsage(words::no_such_report(&clean_line(&ending))).into());
        }
        not_replaced(Some(path), args.replace, words::would_replace)?;
        let format = args.format.map(Format::from).or_else(|| Format::of_file(&name)).unwrap_or(Format::Text);
        Ok(Some(ReportPlace { path, format, replace: args.replace }))
    }

    /// Writes the summary of a check of `questionnaire`. Gives the whole path, or nothing where it is no file.
    ///
    /// # Errors
    /// Why it is not written, for the middle of a sentence.
    pub fn write(&self, questionnaire: &str, text: &str, words: &Words) -> Result<Option<PathBuf>, String> {
        if save::is_no_file(self.path) {
            return save::write(self.path, text, Readers::Owner, words).map(|()| None);
        }
        let path = match self.is_folder() {
            true => self.path.join(save::named_by_time(
                questionnaire,
                clock::now().datetime(),
                self.format.ending(),
            )),
            false => self.path.to_owned(),
        };
        if self.replace && !self.is_folder() {
            save::write(&path, text, Readers::Owner, words)?;
            return Ok(Some(std::path::absolute(&path).unwrap_or(path)));
        }
        save::write_beside(&path, text, words).map(Some)
    }

    fn is_folder(&self) -> bool {
        self.path.is_dir() || self.path.to_string_lossy().ends_with(std::path::is_separator)
    }
}

fn is_same(one: &Path, other: &Path) -> bool {
    matches!((fs::canonicalize(one), fs::canonicalize(other)), (Ok(one), Ok(other)) if one == other)
}

/// # Errors
/// When a file with something in it would be replaced, and that was not asked for.
fn not_replaced(path: Option<&Path>, replace: bool, told: fn(&str) -> String) -> Result<()> {
    match path {
        Some(path) if !replace && save::is_file_with_content(path) => {
            Err(WrongUsage(told(&clean_line(&path.to_string_lossy()))).into())
        }
        _ => Ok(()),
    }
}
