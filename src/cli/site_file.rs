//! The site file: given by `--site`, or in the platform's configuration directory.

use std::fs::File;
use std::io::{ErrorKind, Read};
use std::path::{Path, PathBuf};

use anyhow::Result;
use etcetera::BaseStrategy;

use super::WrongUsage;
use super::args::SiteArgs;
use crate::site::{self, Place, Site};

/// Far more than five telephone numbers and a theme need.
const MAX_BYTES: u64 = 16 << 10;

impl SiteArgs {
    /// The contacts to show.
    ///
    /// # Errors
    /// [`WrongUsage`] for a file that cannot be read or has a mistake, also when it was found in the
    /// configuration directory: a missing number on the page is worse than a program that does not start.
    pub fn read(&self) -> Result<Site> {
        Ok(self.read_all()?.contacts)
    }

    /// The contacts, and how the screen looks here.
    ///
    /// # Errors
    /// As [`SiteArgs::read`].
    pub fn read_all(&self) -> Result<Place> {
        match &self.site {
            Some(path) => read(path),
            None => match default_path() {
                Some(path) if path.exists() => read(&path),
                _ => Ok(Place::default()),
            },
        }
    }
}

fn default_path() -> Option<PathBuf> {
    let directories = etcetera::choose_base_strategy().ok()?;
    Some(directories.config_dir().join("redflag").join("site.yaml"))
}

fn read(path: &Path) -> Result<Place> {
    let wrong = |what: String| WrongUsage(format!("site file {}: {what}", path.display()));
    let mut yaml = String::new();
    let file = File::open(path).map_err(|error| wrong(error.to_string()))?;
    file.take(MAX_BYTES + 1).read_to_string(&mut yaml).map_err(|error| match error.kind() {
        ErrorKind::InvalidData => wrong("it is not UTF-8 text".to_owned()),
        _ => wrong(error.to_string()),
    })?;
    if yaml.len() as u64 > MAX_BYTES {
        // What was cut off could be the emergency number.
        return Err(wrong(format!("it is longer than {MAX_BYTES} bytes")).into());
    }
    Ok(site::parse(&yaml).map_err(wrong)?)
}
