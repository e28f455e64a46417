//! The site file: one that is given, or the one in the platform's configuration directory.

use std::path::{Path, PathBuf};

use etcetera::BaseStrategy;

use super::{Problem, builtin};
use crate::questionnaire::Questionnaire;
use crate::site::{self, Place};
use crate::system::files;

/// Far more than a list of telephone numbers and a theme need.
const MAX_BYTES: usize = 16 << 10;

/// What this place sets for a questionnaire, and what there is to say about the file.
///
/// # Errors
/// For a file that cannot be read or has a mistake, also when it was found in the configuration directory: a missing
/// number on the page is worse than a program that does not start.
pub fn read(given: Option<&Path>, questionnaire: &Questionnaire) -> Result<(Place, Vec<String>), Problem> {
    let Some(path) = path(given) else {
        return Ok((Place::default(), Vec::new()));
    };
    let problem = |what: String| Problem::SiteFile { file: path.display().to_string(), what };
    let place = parsed(&path).map_err(problem)?;
    let notes = place.check(questionnaire, builtin::has_contact).map_err(problem)?;
    Ok((place, notes.iter().map(|note| format!("site file {}: {note}", path.display())).collect()))
}

/// What this place sets, for commands that no questionnaire is named to: whether its contacts fit one is not looked at.
///
/// # Errors
/// As for [`read`].
pub fn alone(given: Option<&Path>) -> Result<Place, Problem> {
    let Some(path) = path(given) else { return Ok(Place::default()) };
    parsed(&path).map_err(|what| Problem::SiteFile { file: path.display().to_string(), what })
}

/// The file that is read: the one that is given, or the one of this machine. `None`: there is none.
pub fn path(given: Option<&Path>) -> Option<PathBuf> {
    let found = || default_path().filter(|path| path.exists());
    given.map(Path::to_owned).or_else(found)
}

fn default_path() -> Option<PathBuf> {
    let directories = etcetera::choose_base_strategy().ok()?;
    Some(directories.config_dir().join("redflag").join("site.yaml"))
}

fn parsed(path: &Path) -> Result<Place, String> {
    let yaml = files::read_given(path, MAX_BYTES).map_err(|error| files::why(&error))?;
    if yaml.len() > MAX_BYTES {
        // What was cut off could be the emergency number.
        return Err(format!("it is longer than {MAX_BYTES} bytes"));
    }
    let yaml = String::from_utf8(yaml).map_err(|_| "it is not UTF-8 text".to_owned())?;
    site::parse(&yaml)
}
