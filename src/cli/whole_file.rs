//! A file that is in its place when it is whole, and not before.

use std::fs::{self, File, OpenOptions};
use std::io::{self, BufWriter, Write};
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};

use anyhow::{Context, Result};
use signal_hook::consts::{SIGINT, SIGTERM};
use signal_hook::flag;
use tempfile::{Builder, NamedTempFile};

use super::words;

/// Written beside its place, readable for its owner alone.
pub struct WholeFile {
    to: BufWriter<To>,
    path: PathBuf,
    interrupted: Arc<AtomicBool>,
}

enum To {
    Beside(NamedTempFile),
    /// A pipe or a device, which can't be replaced.
    Open(File),
}

impl Write for To {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        match self {
            To::Beside(file) => file.write(bytes),
            To::Open(file) => file.write(bytes),
        }
    }

    fn flush(&mut self) -> io::Result<()> {
        match self {
            To::Beside(file) => file.flush(),
            To::Open(file) => file.flush(),
        }
    }
}

impl WholeFile {
    /// # Errors
    /// When no file can be made there.
    pub fn new(path: &Path) -> Result<WholeFile> {
        let failed = || words::not_written_yet(&path.to_string_lossy());
        let is_something_else = fs::metadata(path).is_ok_and(|what| !what.is_file());
        let (to, path) = if is_something_else {
            let file = OpenOptions::new().write(true).open(path).with_context(failed)?;
            (To::Open(file), path.to_owned())
        } else {
            // A link keeps being one.
            let path = fs::canonicalize(path).unwrap_or_else(|_| path.to_owned());
            let folder = path.parent().filter(|folder| !folder.as_os_str().is_empty());
            let folder = folder.unwrap_or(Path::new("."));
            let file = Builder::new().prefix(".redflag-").tempfile_in(folder).with_context(failed)?;
            (To::Beside(file), path)
        };
        let interrupted = Arc::new(AtomicBool::new(false));
        for signal in [SIGINT, SIGTERM] {
            // The first asks for an end, and the second is one.
            flag::register_conditional_shutdown(signal, 128 + signal, Arc::clone(&interrupted))
                .and_then(|_| flag::register(signal, Arc::clone(&interrupted)))
                .context("signals cannot be waited for")?;
        }
        Ok(WholeFile { to: BufWriter::with_capacity(64 << 10, to), path, interrupted })
    }

    /// Somebody wants the program to end.
    pub fn is_interrupted(&self) -> bool {
        self.interrupted.load(Ordering::Relaxed)
    }

    /// Puts it into its place.
    ///
    /// # Errors
    /// When not all of it could be written.
    pub fn keep(self) -> Result<()> {
        let failed = || words::not_written_yet(&self.path.to_string_lossy());
        match self.to.into_inner().map_err(io::IntoInnerError::into_error).with_context(failed)? {
            To::Beside(file) => {
                drop(file.persist(&self.path).map_err(|error| error.error).with_context(failed)?)
            }
            To::Open(mut file) => file.flush().with_context(failed)?,
        }
        Ok(())
    }

    /// Leaves nothing in its place, not even what was there before.
    ///
    /// # Errors
    /// When that can't be taken away.
    pub fn drop_with_old(self) -> Result<()> {
        let failed = || words::not_written_yet(&self.path.to_string_lossy());
        match fs::remove_file(&self.path) {
            Err(error) if error.kind() != io::ErrorKind::NotFound => Err(error).with_context(failed),
            _ => Ok(()),
        }
    }
}

impl Write for WholeFile {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        self.to.write(bytes)
    }

    fn flush(&mut self) -> io::Result<()> {
        self.to.flush()
    }
}
