//! Files that commands read line by line, and files that they write.

use std::fs;
use std::path::Path;

use anyhow::{Result, anyhow};

use super::{WrongUsage, words};
use crate::questionnaire::diagnostic::Diagnostic;
use crate::save::{self, Readers};
use crate::words::Language;

/// No more mistakes of a file of answer sheets are told.
pub const MOST_MISTAKES: usize = 20;

/// Hands on each line of a file of answer sheets that isn't blank, with its number from 1.
///
/// # Errors
/// The lines that `read` has an objection to, at most 20 of them; or that there is none.
pub fn each_line(
    name: &str,
    text: &[u8],
    mut read: impl FnMut(&str, u64) -> Result<(), String>,
) -> Result<(), Vec<Diagnostic>> {
    let (mut any, mut found) = (false, Vec::new());
    let text = text.strip_prefix(b"\xEF\xBB\xBF").unwrap_or(text);
    for (line, number) in text.split(|&byte| byte == b'\n').zip(1..) {
        if line.trim_ascii().is_empty() {
            continue;
        }
        any = true;
        let line = std::str::from_utf8(line).map_err(|_| "not UTF-8 text".to_owned());
        if let Err(why) = line.and_then(|line| read(line, number)) {
            // Who reads one line knows one line alone.
            let why = why.replace(" at line 1 column", ", column");
            if found.len() < MOST_MISTAKES {
                found.push(Diagnostic::of_file(name, format!("line {number}: {why}")));
            }
        }
    }
    if !any {
        found.push(Diagnostic::of_file(name, "there is no sheet in this file".to_owned()));
    }
    if found.is_empty() { Ok(()) } else { Err(found) }
}

/// Writes a picture, also over an older one.
///
/// # Errors
/// Why it is not written.
pub fn write_picture(path: &Path, picture: &str) -> Result<()> {
    save::write(path, picture, Readers::AsUsual, Language::English.words())
        .map_err(|why| anyhow!(words::not_written(&path.to_string_lossy(), &why)))
}

/// A picture or sheets must not replace what they are made from.
///
/// # Errors
/// When `path` is one of the files that are read.
pub fn is_no_input(path: &Path, read: &[&Path]) -> Result<()> {
    let same =
        |other: &&Path| matches!((fs::canonicalize(path), fs::canonicalize(other)), (Ok(a), Ok(b)) if a == b);
    match read.iter().any(same) {
        true => Err(WrongUsage(words::would_replace_input(&path.to_string_lossy())).into()),
        false => Ok(()),
    }
}
