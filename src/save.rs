//! A summary into a file: whole or not at all, and for nobody else to read.

use std::fs;
use std::io::{self, Write};
use std::path::{Path, PathBuf};

use tempfile::NamedTempFile;

use crate::text::clean_line;
use crate::words::Words;

/// Why a file was not written. What was there before is still there.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum SaveProblem {
    /// There is a file of this name, and it was not to be replaced.
    Exists,
    /// Why, for the middle of a sentence.
    Failed(String),
}

/// Writes `text` to `path`; `~/` at its start is the home directory.
///
/// It is written beside its place first and moved there when all of it is on the disk, so that a full disk
/// destroys nothing. Only the owner can read it.
///
/// Gives the whole path of the file.
///
/// # Errors
/// When the file exists and `replace` is not given, and when it can't be written.
pub fn save(path: &str, text: &str, replace: bool, own: &Words) -> Result<PathBuf, SaveProblem> {
    if path.contains(char::is_control) {
        // Whoever lists the folder would get it into the terminal.
        return Err(SaveProblem::Failed(own.asking.no_control_characters.to_owned()));
    }
    let path = at_home(path);
    let folder = folder_of(&path).to_owned();
    let failed = |error| failed(&error, &folder, own);
    let path = match fs::metadata(&path) {
        Ok(found) if !found.is_file() => {
            return Err(SaveProblem::Failed(own.asking.something_else_there.to_owned()));
        }
        Ok(_) if !replace => return Err(SaveProblem::Exists),
        // A link keeps being one: what it points to is replaced.
        Ok(_) => fs::canonicalize(&path).map_err(failed)?,
        Err(_) => path,
    };
    match put(&path, text, replace) {
        Ok(()) => Ok(std::path::absolute(&path).unwrap_or(path)),
        Err(error) if error.kind() == io::ErrorKind::AlreadyExists => Err(SaveProblem::Exists),
        Err(error) => Err(failed(error)),
    }
}

/// Writes a report to a path that the command line names, and over what was there. A file is written whole or not
/// at all, and for the owner alone; a pipe or a device just takes what it takes.
///
/// # Errors
/// When it can't be written.
pub fn write(path: &Path, text: &str) -> io::Result<()> {
    match fs::metadata(path) {
        // Such as a pipe, or standard output by its name, which may well be a file.
        Ok(found) if !found.is_file() || path.starts_with("/dev") => fs::write(path, text),
        Ok(_) => put(&fs::canonicalize(path)?, text, true),
        Err(_) => put(path, text, true),
    }
}

/// Beside its place first; nothing stays there when that fails.
fn put(path: &Path, text: &str, replace: bool) -> io::Result<()> {
    let mut file = NamedTempFile::new_in(folder_of(path)).map_err(|error| cause(&error))?;
    let inner = file.as_file_mut();
    inner.write_all(text.as_bytes()).and_then(|()| inner.sync_all())?;
    let moved = if replace { file.persist(path) } else { file.persist_noclobber(path) };
    moved.map(drop).map_err(|problem| problem.error)
}

/// Without the name of the temporary file, which nobody has chosen.
fn cause(error: &io::Error) -> io::Error {
    error.raw_os_error().map_or_else(|| error.kind().into(), io::Error::from_raw_os_error)
}

fn folder_of(path: &Path) -> &Path {
    path.parent().filter(|folder| !folder.as_os_str().is_empty()).unwrap_or(Path::new("."))
}

/// The end of a path that is longer than what a message has room for.
fn shown(folder: &Path) -> String {
    const LONGEST: usize = 60;
    let whole = std::path::absolute(folder).unwrap_or_else(|_| folder.to_owned());
    let whole = clean_line(&whole.to_string_lossy());
    match whole.char_indices().rev().nth(LONGEST) {
        Some((at, c)) => format!("…{}", &whole[at + c.len_utf8()..]),
        None => whole,
    }
}

fn failed(error: &io::Error, folder: &Path, own: &Words) -> SaveProblem {
    SaveProblem::Failed(match error.kind() {
        io::ErrorKind::NotFound => own.asking.no_folder.to_owned(),
        io::ErrorKind::PermissionDenied => own.asking.not_allowed.to_owned(),
        // A share of the disk or of a process can be used up too.
        io::ErrorKind::StorageFull | io::ErrorKind::QuotaExceeded | io::ErrorKind::FileTooLarge => {
            (own.asking.disk_full)(&shown(folder))
        }
        io::ErrorKind::ReadOnlyFilesystem => own.asking.read_only.to_owned(),
        _ => error.to_string(),
    })
}

fn at_home(path: &str) -> PathBuf {
    let home = path.strip_prefix("~/").and_then(|rest| Some(etcetera::home_dir().ok()?.join(rest)));
    home.unwrap_or_else(|| PathBuf::from(path))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::words::Language;

    fn save(path: &str, text: &str, replace: bool) -> Result<(), SaveProblem> {
        super::save(path, text, replace, Language::English.words()).map(drop)
    }

    fn folder() -> (tempfile::TempDir, String) {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("summary.txt").to_str().unwrap().to_owned();
        (folder, path)
    }

    #[test]
    fn a_file_is_replaced_only_when_asked() {
        let (folder, path) = folder();
        assert_eq!(save(&path, "one", false), Ok(()));
        assert_eq!(save(&path, "two", false), Err(SaveProblem::Exists));
        assert_eq!(fs::read_to_string(&path).unwrap(), "one");
        assert_eq!(save(&path, "two", true), Ok(()));
        assert_eq!(fs::read_to_string(&path).unwrap(), "two");
        assert_eq!(fs::read_dir(folder.path()).unwrap().count(), 1, "nothing is left beside it");
    }

    #[test]
    fn what_cannot_be_written_is_told_and_leaves_nothing() {
        let (folder, path) = folder();
        let nowhere = save(&format!("{path}/no/such"), "text", false);
        assert!(matches!(nowhere, Err(SaveProblem::Failed(_))), "{nowhere:?}");
        let taken = save(folder.path().to_str().unwrap(), "text", true);
        assert!(matches!(taken, Err(SaveProblem::Failed(_))), "{taken:?}");
        assert_eq!(fs::read_dir(folder.path()).unwrap().count(), 0);
    }

    #[test]
    fn the_whole_path_comes_back() {
        let (folder, path) = folder();
        let there = super::save(&path, "text", false, Language::English.words());
        assert_eq!(there, Ok(folder.path().join("summary.txt")));
        assert!(folder_of(Path::new("r.txt")).is_dir());
    }

    #[test]
    fn a_full_disk_is_told_with_its_place_however_long() {
        for full in ["ENOSPC", "EDQUOT", "EFBIG"] {
            let error = match full {
                "ENOSPC" => io::ErrorKind::StorageFull,
                "EDQUOT" => io::ErrorKind::QuotaExceeded,
                _ => io::ErrorKind::FileTooLarge,
            };
            for language in Language::ALL {
                let told = |folder: &str| failed(&error.into(), Path::new(folder), language.words());
                let SaveProblem::Failed(why) = told("/some/place") else { panic!("{full}") };
                assert!(why.contains("/some/place"), "{why}");
                let SaveProblem::Failed(why) = told(&format!("/{}/at the end", "long".repeat(50))) else {
                    panic!("{full}")
                };
                assert!(why.contains("…") && why.contains("/at the end") && why.len() < 150, "{why}");
            }
        }
    }

    #[test]
    fn a_report_replaces_a_file_and_only_a_whole_one() {
        let (folder, path) = folder();
        fs::write(&path, "old").unwrap();
        write(Path::new(&path), "new").unwrap();
        assert_eq!(fs::read_to_string(&path).unwrap(), "new");
        let error = write(&folder.path().join("no/such"), "new").unwrap_err();
        assert_eq!(error.kind(), io::ErrorKind::NotFound);
        assert!(!error.to_string().contains(".tmp"), "{error}");
        assert_eq!(fs::read_dir(folder.path()).unwrap().count(), 1);
    }

    #[cfg(unix)]
    #[test]
    fn only_the_owner_can_read_it() {
        use std::os::unix::fs::PermissionsExt;
        let (_folder, path) = folder();
        save(&path, "text", false).unwrap();
        assert_eq!(fs::metadata(&path).unwrap().permissions().mode() & 0o777, 0o600);
    }
}
