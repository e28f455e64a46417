//! Files to read, of which nobody knows what they are before they are open.

use std::env;
use std::fs::{File, Metadata};
use std::io::{self, ErrorKind, Read};
use std::os::unix::fs::{MetadataExt, OpenOptionsExt};
use std::path::Path;

use rustix::fs::OFlags;

/// Reads at most `longest` bytes and one more, so that the caller sees that it is too long.
///
/// A pipe in the place of a file would keep whoever reads it waiting until somebody writes to it, and some devices
/// never end, so both are refused.
///
/// # Errors
/// Those of the system, and [`ErrorKind::InvalidInput`] for what is no file.
pub fn read(path: &Path, longest: usize) -> io::Result<Vec<u8>> {
    let file = open(path)?;
    let what = file.metadata()?.file_type();
    // A folder can be opened, and says itself that it can't be read.
    if !what.is_file() && !what.is_dir() {
        return Err(io::Error::new(ErrorKind::InvalidInput, "it is a pipe or a device and not a file"));
    }
    bytes(file, longest)
}

/// As [`read`], for a path of the command line. It may also be an open file that was handed over with it, such as
/// `/dev/stdin` or the `/dev/fd/63` of a shell's `<( )`, and wait for what comes through it.
///
/// # Errors
/// As for [`read`].
pub fn read_given(path: &Path, longest: usize) -> io::Result<Vec<u8>> {
    if is_handed_over(path) { bytes(File::open(path)?, longest) } else { read(path, longest) }
}

/// Fails where others may read a file that holds a secret. What is no file, such as a pipe, is nobody else's to read.
///
/// # Errors
/// Those of the system, and one that says what to do about it.
pub fn must_be_private(path: &Path) -> io::Result<()> {
    let told = std::fs::metadata(path)?;
    if told.is_file() && told.mode() & 0o077 != 0 && !is_credential(path, &told) {
        return Err(io::Error::other("others can read it; protect it with chmod 600"));
    }
    Ok(())
}

/// Whether systemd hands this file over to this service alone. It may then belong to root and be readable through an
/// access control list, which shows as the rights of the group: `-r--r-----+` in a folder with `dr-xr-x---+`.
fn is_credential(path: &Path, told: &Metadata) -> bool {
    let Some(folder) = env::var_os("CREDENTIALS_DIRECTORY") else { return false };
    let is_inside = path.parent() == Some(Path::new(&folder));
    let is_closed = |mode: u32, open: u32| mode & open == 0;
    let folder = std::fs::metadata(folder);
    is_inside && is_closed(told.mode(), 0o037) && folder.is_ok_and(|folder| is_closed(folder.mode(), 0o027))
}

/// Why a file can't be read, in plain words, for the end of a sentence.
pub fn why(error: &io::Error) -> String {
    let known = match error.kind() {
        ErrorKind::NotFound => "there is no such file",
        ErrorKind::IsADirectory => "it is a folder; give a file in it",
        ErrorKind::NotADirectory => "there is no such folder",
        ErrorKind::PermissionDenied => "you are not allowed to read it",
        _ => return error.to_string(),
    };
    known.to_owned()
}

fn bytes(file: File, longest: usize) -> io::Result<Vec<u8>> {
    let mut bytes = Vec::new();
    file.take(longest as u64 + 1).read_to_end(&mut bytes)?;
    Ok(bytes)
}

/// Opens it without waiting for somebody at the other end of a pipe.
fn open(path: &Path) -> io::Result<File> {
    let flags = OFlags::NONBLOCK | OFlags::NOCTTY;
    File::options().read(true).custom_flags(flags.bits() as i32).open(path)
}

/// Whether the path is one of the program's own open files.
pub fn is_handed_over(path: &Path) -> bool {
    ["/dev/stdin", "/dev/stdout", "/dev/stderr"].iter().any(|name| path == Path::new(name))
        || ["/dev/fd", "/proc"].iter().any(|folder| path.starts_with(folder))
}

#[cfg(test)]
mod tests {
    use std::os::unix::net::UnixListener;

    use super::*;

    #[test]
    fn a_file_is_read_to_one_byte_more_than_it_may_have() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("file");
        std::fs::write(&path, "12345").unwrap();
        assert_eq!(read(&path, 9).unwrap(), b"12345");
        assert_eq!(read(&path, 3).unwrap(), b"1234");
    }

    #[test]
    fn what_is_no_file_is_refused_by_whatever_name() {
        let folder = tempfile::tempdir().unwrap();
        let (socket, link) = (folder.path().join("socket"), folder.path().join("link"));
        let _listener = UnixListener::bind(&socket).unwrap();
        std::os::unix::fs::symlink("/dev/zero", &link).unwrap();
        for path in [&socket, &link, Path::new("/dev/zero"), folder.path()] {
            assert!(read(path, 9).is_err(), "{}", path.display());
        }
        assert_eq!(read(&link, 9).unwrap_err().kind(), ErrorKind::InvalidInput);
    }
}
