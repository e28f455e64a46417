//! The site file: given by `--site`, or in the platform's configuration directory.

use std::fs::File;
use std::io::{self, ErrorKind, Read, Write};
use std::path::{Path, PathBuf};

use anyhow::Result;
use etcetera::BaseStrategy;

use super::args::SiteArgs;
use super::{WrongUsage, builtin};
use crate::questionnaire::Questionnaire;
use crate::site::{self, Place};
use crate::text::clean_line;

/// Far more than a list of telephone numbers and a theme need.
const MAX_BYTES: u64 = 16 << 10;

impl SiteArgs {
    /// What this place sets for a questionnaire. Contacts that the questionnaire doesn't have are reported on
    /// standard error.
    ///
    /// # Errors
    /// [`WrongUsage`] for a file that cannot be read or has a mistake, also when it was found in the
    /// configuration directory: a missing number on the page is worse than a program that does not start.
    pub fn read(&self, questionnaire: &Questionnaire) -> Result<Place> {
        let path = match &self.site {
            Some(path) => path.clone(),
            None => match default_path() {
                Some(path) if path.exists() => path,
                _ => return Ok(Place::default()),
            },
        };
        let place = read(&path)?;
        let notes = place.check(questionnaire, builtin::has_contact).map_err(|what| wrong(&path, &what))?;
        for note in notes {
            let note = format!("redflag: site file {}: {note}", path.display());
            let _ = writeln!(io::stderr(), "{}", clean_line(&note));
        }
        Ok(place)
    }
}

fn wrong(path: &Path, what: &str) -> WrongUsage {
    WrongUsage(format!("site file {}: {what}", path.display()))
}

fn default_path() -> Option<PathBuf> {
    let directories = etcetera::choose_base_strategy().ok()?;
    Some(directories.config_dir().join("redflag").join("site.yaml"))
}

fn read(path: &Path) -> Result<Place> {
    let wrong = |what: String| wrong(path, &what);
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
