//! A summary into a file: whole or not at all, and for nobody else to read.

use std::fs;
use std::io::{self, Write};
use std::path::{Path, PathBuf};

use tempfile::NamedTempFile;

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
/// # Errors
/// When the file exists and `replace` is not given, and when it can't be written.
pub fn save(path: &str, text: &str, replace: bool, own: &Words) -> Result<(), SaveProblem> {
    if path.contains(char::is_control) {
        // Whoever lists the folder would get it into the terminal.
        return Err(SaveProblem::Failed(own.asking.no_control_characters.to_owned()));
    }
    let failed = |error| failed(&error, own);
    let path = at_home(path);
    let path = match fs::metadata(&path) {
        Ok(found) if !found.is_file() => {
            return Err(SaveProblem::Failed(own.asking.something_else_there.to_owned()));
        }
        Ok(_) if !replace => return Err(SaveProblem::Exists),
        // A link keeps being one: what it points to is replaced.
        Ok(_) => fs::canonicalize(&path).map_err(failed)?,
        Err(_) => path,
    };
    let folder = path.parent().filter(|folder| !folder.as_os_str().is_empty()).unwrap_or(Path::new("."));
    let mut file = NamedTempFile::new_in(folder).map_err(failed)?;
    file.write_all(text.as_bytes()).and_then(|()| file.as_file().sync_all()).map_err(failed)?;
    let moved = if replace { file.persist(&path) } else { file.persist_noclobber(&path) };
    match moved {
        Ok(_) => Ok(()),
        Err(problem) if problem.error.kind() == io::ErrorKind::AlreadyExists => Err(SaveProblem::Exists),
        Err(problem) => Err(failed(problem.error)),
    }
}

/// The cause alone: the name that the error carries is that of the temporary file.
fn failed(error: &io::Error, own: &Words) -> SaveProblem {
    SaveProblem::Failed(match error.kind() {
        io::ErrorKind::NotFound => own.asking.no_folder.to_owned(),
        io::ErrorKind::PermissionDenied => own.asking.not_allowed.to_owned(),
        io::ErrorKind::StorageFull => own.asking.disk_full.to_owned(),
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
        super::save(path, text, replace, Language::English.words())
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

    #[cfg(unix)]
    #[test]
    fn only_the_owner_can_read_it() {
        use std::os::unix::fs::PermissionsExt;
        let (_folder, path) = folder();
        save(&path, "text", false).unwrap();
        assert_eq!(fs::metadata(&path).unwrap().permissions().mode() & 0o777, 0o600);
    }
}
