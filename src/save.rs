//! A text into a file: whole or not at all, and a report for nobody else to read.

use std::fs::{self, File, Metadata, Permissions};
use std::io::{self, Write};
use std::os::unix::fs::{MetadataExt, OpenOptionsExt, PermissionsExt};
use std::path::{Path, PathBuf};
use std::time::Duration;

use jiff::civil::DateTime;
use rustix::fs::{OFlags, fstat};
use rustix::io::Errno;
use rustix::stdio::{stderr, stdout};
use tempfile::{Builder, NamedTempFile};

use crate::system::files::is_handed_over;
use crate::system::stream::Stream;
use crate::text::{clean_line, is_harmful};
use crate::words::Words;

/// How long a pipe or a device may take nothing.
const PATIENCE: Duration = Duration::from_secs(5);

/// Why a file was not written. What was there before is still there.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum SaveProblem {
    /// There is a file of this name, and it was not to be replaced.
    Exists,
    /// Why, for the middle of a sentence.
    Failed(String),
}

/// Who may read a file.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Readers {
    /// Its owner alone, whatever was there before: it holds health data.
    Owner,
    /// Whoever could read the file that was there before, or may read new files.
    AsUsual,
}

/// Writes `text` to `path`; `~/` at its start is the home directory. Only the owner can read it.
///
/// Gives the whole path of the file.
///
/// # Errors
/// When the file exists and `replace` is not given, and when it can't be written.
pub fn save(path: &str, text: &str, replace: bool, words: &Words) -> Result<PathBuf, SaveProblem> {
    if path.contains(is_harmful) {
        // Whoever lists the folder would get it into the terminal, or would read another name.
        return Err(SaveProblem::Failed(words.asking.no_control_characters.to_owned()));
    }
    let path = at_home(path);
    let folder = folder_of(&path).to_owned();
    let failed = |error| SaveProblem::Failed(why(&error, &folder, words));
    let path = match fs::metadata(&path) {
        Ok(found) if !found.is_file() => {
            return Err(SaveProblem::Failed(words.asking.something_else_there.to_owned()));
        }
        Ok(_) if !replace => return Err(SaveProblem::Exists),
        // A link keeps being one: what it points to is replaced.
        Ok(_) => fs::canonicalize(&path).map_err(failed)?,
        Err(_) => path,
    };
    match put(&path, text, replace, Readers::Owner) {
        Ok(()) => Ok(std::path::absolute(&path).unwrap_or(path)),
        Err(error) if error.kind() == io::ErrorKind::AlreadyExists => Err(SaveProblem::Exists),
        Err(error) => Err(failed(error)),
    }
}

/// The name of a new file in a folder: of what questionnaire, and when.
pub fn named_by_time(questionnaire: &str, now: DateTime, ending: &str) -> String {
    let name = clean_line(questionnaire);
    format!("{name}-{}-{:02}{:02}.{ending}", now.date(), now.hour(), now.minute())
}

/// Where a name that may be a folder's means a file: in the folder, under a name that is free.
pub fn in_folder(path: &str, name: &str) -> String {
    let folder = at_home(path);
    if !folder.is_dir() {
        return path.to_owned();
    }
    let free = numbered(&folder.join(name)).find(|path| !path.exists());
    free.map_or_else(|| path.to_owned(), |free| free.to_string_lossy().into_owned())
}

/// Whether something other than a file of a folder is there: a pipe, a device, or a file that is open already.
pub fn is_no_file(path: &Path) -> bool {
    fs::metadata(path).is_ok_and(|found| {
        !found.is_dir() && (!found.is_file() || is_handed_over(path) || is_spoken_to(&found))
    })
}

/// Whether a file is there that has anything in it to be lost.
pub fn is_file_with_content(path: &Path) -> bool {
    !is_no_file(path) && fs::metadata(path).is_ok_and(|found| found.is_file() && found.len() > 0)
}

/// Writes a text for its owner to a path that the command line names. A file that has turned up there meanwhile is
/// left as it is, and the new one gets a number. Gives the whole path.
///
/// # Errors
/// Why it can't be written, for the middle of a sentence.
pub fn write_beside(path: &Path, text: &str, words: &Words) -> Result<PathBuf, String> {
    for path in numbered(path) {
        let is_empty = fs::metadata(&path).is_ok_and(|found| found.is_file() && found.len() == 0);
        match put(&path, text, is_empty, Readers::Owner) {
            Err(error) if error.kind() == io::ErrorKind::AlreadyExists => {}
            Err(error) => return Err(told(&error, &path, words)),
            Ok(()) => return Ok(std::path::absolute(&path).unwrap_or(path)),
        }
    }
    Err(words.asking.something_else_there.to_owned())
}

/// A path, and then the same with numbers behind its name from 2 on.
fn numbered(path: &Path) -> impl Iterator<Item = PathBuf> {
    const MOST: u32 = 10_000;
    let (stem, ending) = (path.file_stem().unwrap_or_default(), path.extension());
    let (stem, ending) = (stem.to_owned(), ending.map(ToOwned::to_owned));
    let with_number = move |number: u32| {
        let mut name = stem.clone();
        name.push(format!("-{number}"));
        if let Some(ending) = &ending {
            name.push(".");
            name.push(ending);
        }
        name
    };
    let other = path.to_owned();
    [path.to_owned()]
        .into_iter()
        .chain((2..MOST).map(move |number| other.with_file_name(with_number(number))))
}

/// Writes a text to a path that the command line names, and over what was there. A file is written whole or not at
/// all; a pipe or a device just takes what it takes, or the writing fails when it takes nothing.
///
/// # Errors
/// Why it can't be written, for the middle of a sentence.
pub fn write(path: &Path, text: &str, readers: Readers, words: &Words) -> Result<(), String> {
    let written = match fs::metadata(path) {
        Ok(found) if found.is_dir() => return Err(words.asking.something_else_there.to_owned()),
        Ok(found) if !found.is_file() || is_handed_over(path) || is_spoken_to(&found) => {
            pour(path, &found, text)
        }
        Ok(_) => fs::canonicalize(path).and_then(|path| put(&path, text, true, readers)),
        Err(_) => put(path, text, true, readers),
    };
    written.map_err(|error| told(&error, path, words))
}

/// Why a path of the command line can't be written, with what the system says.
fn told(error: &io::Error, path: &Path, words: &Words) -> String {
    let (why, system) = (why(error, folder_of(path), words), error.to_string());
    let says_more = error.raw_os_error().is_some() && why != words.asking.no_folder && why != system;
    if says_more { format!("{why}: {system}") } else { why }
}

/// Writes a file that must not be there yet, for whoever may read new files.
///
/// # Errors
/// Those of the system; [`io::ErrorKind::AlreadyExists`] when it is there.
pub fn write_new(path: &Path, text: &str) -> io::Result<()> {
    put(path, text, false, Readers::AsUsual)
}

/// Into what is no file, or is open already and would not be the same file any more if it were replaced.
fn pour(path: &Path, found: &Metadata, text: &str) -> io::Result<()> {
    let is = |other: Option<(u64, u64)>| other == Some((found.dev(), found.ino()));
    if is(identity(stdout())) {
        return Stream::output().write_within(text.as_bytes(), PATIENCE);
    }
    if is(identity(stderr())) {
        return io::stderr().write_all(text.as_bytes());
    }
    // Without a reader a pipe would be waited for.
    let flags = OFlags::NONBLOCK | OFlags::NOCTTY;
    let mut options = File::options();
    options.write(true).truncate(found.is_file()).custom_flags(flags.bits() as i32);
    Stream::opened(options.open(path)?).write_within(text.as_bytes(), PATIENCE)
}

/// Whether it is standard output or standard error, by whatever name.
fn is_spoken_to(found: &Metadata) -> bool {
    [identity(stdout()), identity(stderr())].contains(&Some((found.dev(), found.ino())))
}

/// Device and number, which tell a file from all others.
fn identity(fd: rustix::fd::BorrowedFd) -> Option<(u64, u64)> {
    #[allow(clippy::unnecessary_cast, clippy::useless_conversion)]
    fstat(fd).ok().map(|found| (found.st_dev as u64, found.st_ino as u64))
}

/// Beside its place first, and only moved there when all of it is on the disk, so that a full disk destroys nothing.
/// Nothing stays there when that fails; where the system can do it, not even when the program is killed, since the
/// file has no name before it is whole.
fn put(path: &Path, text: &str, replace: bool, readers: Readers) -> io::Result<()> {
    let folder = folder_of(path);
    let mode = match readers {
        Readers::Owner => Some(0o600),
        Readers::AsUsual => fs::metadata(path).ok().map(|found| found.mode() & 0o777),
    };
    let fill = |file: &mut File| {
        if let Some(mode) = mode {
            // Whatever the mask for new files says. Some disks know no modes.
            let _ = file.set_permissions(Permissions::from_mode(mode));
        }
        file.write_all(text.as_bytes()).and_then(|()| file.sync_all())
    };
    #[cfg(any(target_os = "linux", target_os = "android"))]
    if let Ok(mut file) = unnamed(folder, mode) {
        fill(&mut file)?;
        match named(&file, path, replace) {
            Err(error) if error.kind() != io::ErrorKind::AlreadyExists => {}
            done => return done,
        }
    }
    let usual = Permissions::from_mode(mode.unwrap_or(0o666));
    let mut file = Builder::new().permissions(usual).tempfile_in(folder).map_err(cause)?;
    fill(file.as_file_mut())?;
    into_place(file, path, replace)
}

/// A file without a name, in this folder.
#[cfg(any(target_os = "linux", target_os = "android"))]
fn unnamed(folder: &Path, mode: Option<u32>) -> io::Result<File> {
    let mut options = File::options();
    options.read(true).write(true).mode(mode.unwrap_or(0o666));
    options.custom_flags(OFlags::TMPFILE.bits() as i32).open(folder)
}

/// Gives a name to a file that has none.
#[cfg(any(target_os = "linux", target_os = "android"))]
fn named(file: &File, path: &Path, replace: bool) -> io::Result<()> {
    use std::os::fd::AsRawFd;

    use rustix::fs::{AtFlags, CWD, linkat};

    let by_number = format!("/proc/self/fd/{}", file.as_raw_fd());
    let link = |path: &Path| Ok(linkat(CWD, &*by_number, CWD, path, AtFlags::SYMLINK_FOLLOW)?);
    match link(path) {
        // No call of the system replaces a name by a file without one.
        Err(error) if replace && io::Error::kind(&error) == io::ErrorKind::AlreadyExists => {
            into_place(Builder::new().make_in(folder_of(path), link).map_err(cause)?, path, true)
        }
        linked => linked,
    }
}

/// Moves a file that is whole to its place.
fn into_place<F>(file: NamedTempFile<F>, path: &Path, replace: bool) -> io::Result<()> {
    let moved = if replace { file.persist(path) } else { file.persist_noclobber(path) };
    moved.map(drop).map_err(|problem| problem.error)
}

/// Without the name of the temporary file, which nobody has chosen.
fn cause(error: io::Error) -> io::Error {
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

/// Why a file can't be written, for the middle of a sentence.
fn why(error: &io::Error, folder: &Path, words: &Words) -> String {
    if error.raw_os_error() == Some(Errno::NXIO.raw_os_error()) {
        return words.asking.nobody_reads.to_owned();
    }
    match error.kind() {
        io::ErrorKind::NotFound | io::ErrorKind::NotADirectory => words.asking.no_folder.to_owned(),
        io::ErrorKind::PermissionDenied => words.asking.not_allowed.to_owned(),
        io::ErrorKind::TimedOut | io::ErrorKind::BrokenPipe => words.asking.nobody_reads.to_owned(),
        // A share of the disk or of a process can be used up too.
        io::ErrorKind::StorageFull | io::ErrorKind::QuotaExceeded | io::ErrorKind::FileTooLarge => {
            words.asking.disk_full(&shown(folder))
        }
        io::ErrorKind::ReadOnlyFilesystem => words.asking.read_only.to_owned(),
        _ => error.to_string(),
    }
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
    fn a_name_that_is_taken_gets_a_number_and_an_empty_file_is_filled() {
        let (folder, path) = folder();
        let write = || write_beside(Path::new(&path), "new", Language::English.words()).unwrap();
        fs::write(&path, "").unwrap();
        let names = [write(), write(), write()].map(|path| path.file_name().unwrap().to_owned());
        assert_eq!(names, ["summary.txt", "summary-2.txt", "summary-3.txt"]);
        let inside = in_folder(folder.path().to_str().unwrap(), "summary.txt");
        assert!(inside.ends_with("/summary-4.txt"), "{inside}");
    }

    #[test]
    fn a_file_that_turns_up_before_a_new_one_has_its_name_is_left_as_it_is() {
        let (folder, path) = folder();
        fs::write(&path, "theirs").unwrap();
        let written = write_new(Path::new(&path), "ours").map_err(|error| error.kind());
        assert_eq!(written, Err(io::ErrorKind::AlreadyExists));
        assert_eq!(fs::read_to_string(&path).unwrap(), "theirs");
        assert_eq!(fs::read_dir(folder.path()).unwrap().count(), 1, "nothing is left beside it");
    }

    #[test]
    fn a_link_stays_a_link_and_what_it_points_to_is_replaced() {
        let (folder, path) = folder();
        let target = folder.path().join("elsewhere.txt");
        fs::write(&target, "one").unwrap();
        std::os::unix::fs::symlink(&target, &path).unwrap();
        assert_eq!(save(&path, "two", true), Ok(()));
        assert!(fs::symlink_metadata(&path).unwrap().is_symlink());
        assert_eq!(fs::read_to_string(&target).unwrap(), "two");
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
                let told = |folder: &str| why(&error.into(), Path::new(folder), language.words());
                let why = told("/some/place");
                assert!(why.contains("/some/place"), "{why}");
                let why = told(&format!("/{}/at the end", "long".repeat(50)));
                assert!(why.contains("…") && why.contains("/at the end") && why.len() < 150, "{why}");
            }
        }
    }

    fn write(path: &Path, readers: Readers) -> Result<(), String> {
        super::write(path, "new", readers, Language::English.words())
    }

    fn mode(path: &str) -> u32 {
        fs::metadata(path).unwrap().mode() & 0o777
    }

    #[test]
    fn a_report_replaces_a_file_and_only_a_whole_one() {
        let (folder, path) = folder();
        fs::write(&path, "old").unwrap();
        write(Path::new(&path), Readers::Owner).unwrap();
        assert_eq!(fs::read_to_string(&path).unwrap(), "new");
        for language in Language::ALL {
            let nowhere = folder.path().join("no/such");
            let why = super::write(&nowhere, "new", Readers::Owner, language.words()).unwrap_err();
            assert_eq!(why, language.words().asking.no_folder);
        }
        assert_eq!(fs::read_dir(folder.path()).unwrap().count(), 1);
    }

    #[test]
    fn only_the_owner_can_read_a_report_whatever_was_there_before() {
        let (_folder, path) = folder();
        save(&path, "text", false).unwrap();
        assert_eq!(mode(&path), 0o600);
        fs::set_permissions(&path, Permissions::from_mode(0o644)).unwrap();
        write(Path::new(&path), Readers::Owner).unwrap();
        assert_eq!(mode(&path), 0o600);
    }

    #[test]
    fn what_is_no_secret_keeps_its_readers() {
        let (_folder, path) = folder();
        fs::write(&path, "old").unwrap();
        fs::set_permissions(&path, Permissions::from_mode(0o640)).unwrap();
        write(Path::new(&path), Readers::AsUsual).unwrap();
        assert_eq!((mode(&path), fs::read_to_string(&path).unwrap()), (0o640, "new".to_owned()));
    }

    /// As on a disk that knows no files without a name.
    #[test]
    fn a_file_that_had_a_name_of_its_own_comes_into_its_place_too() {
        let (folder, path) = folder();
        for replace in [false, true] {
            let file = Builder::new().tempfile_in(folder.path()).unwrap();
            into_place(file, Path::new(&path), replace).unwrap();
            assert_eq!(fs::read_dir(folder.path()).unwrap().count(), 1);
        }
        let file = Builder::new().tempfile_in(folder.path()).unwrap();
        let refused = into_place(file, Path::new(&path), false).unwrap_err();
        assert_eq!(refused.kind(), io::ErrorKind::AlreadyExists);
        assert_eq!(fs::read_dir(folder.path()).unwrap().count(), 1);
    }

    #[test]
    fn a_name_that_reads_as_another_is_refused() {
        let (folder, path) = folder();
        for harmful in ["\u{202e}", "\u{2066}", "\u{1b}", "\u{feff}", "\n"] {
            let saved = save(&format!("{path}{harmful}txt.exe"), "text", true);
            assert!(matches!(saved, Err(SaveProblem::Failed(_))), "{harmful:?}");
        }
        assert_eq!(fs::read_dir(folder.path()).unwrap().count(), 0);
    }
}
