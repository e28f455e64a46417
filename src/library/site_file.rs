//! Site files: that of the machine, that of the user, and one that is given. What a later one sets counts.

use std::ffi::OsString;
use std::path::{Path, PathBuf};

use etcetera::BaseStrategy;

use super::{Problem, builtin};
use crate::questionnaire::Questionnaire;
use crate::site::{self, Place};
use crate::system::files;

/// Far more than a list of telephone numbers and a theme need.
const MAX_BYTES: usize = 16 << 10;

/// Where every user of a machine finds the same numbers, beside the folders of `XDG_CONFIG_DIRS`.
const OF_THE_MACHINE: &str = "/etc/redflag/site.yaml";

/// The site files of a place.
pub struct SiteFiles {
    /// Those that could be, the least important first, each with what it sets; `None`: it is not there.
    pub files: Vec<(PathBuf, Option<Place>)>,
}

impl SiteFiles {
    /// Reads all of them.
    ///
    /// # Errors
    /// For a file that can't be read or has a mistake, also when it was found and not given: a missing number on the
    /// page is worse than a program that does not start.
    pub fn read(given: Option<&Path>) -> Result<SiteFiles, Problem> {
        let mut files = Vec::new();
        for path in places(std::env::var_os("XDG_CONFIG_DIRS")) {
            let place = path.exists().then(|| parsed(&path)).transpose()?;
            files.push((path, place));
        }
        if let Some(path) = given {
            files.push((path.to_owned(), Some(parsed(path)?)));
        }
        Ok(SiteFiles { files })
    }

    /// What is in force.
    pub fn place(&self) -> Place {
        let places = self.files.iter().filter_map(|(_, place)| place.clone());
        places.fold(Place::default(), |below, above| above.over(below))
    }

    /// The file whose setting counts, by what `sets` looks at.
    pub fn origin(&self, sets: impl Fn(&Place) -> bool) -> Option<&Path> {
        let mut files = self.files.iter().rev();
        files.find(|(_, place)| place.as_ref().is_some_and(&sets)).map(|(path, _)| path.as_path())
    }

    /// What there is to say about the contacts of each file where this questionnaire is asked.
    ///
    /// # Errors
    /// For a contact that is probably a misspelt one.
    pub fn notes(&self, questionnaire: &Questionnaire) -> Result<Vec<String>, Problem> {
        let in_force = self.origin(Place::names_contacts);
        let mut all = Vec::new();
        for (path, place) in &self.files {
            let Some(place) = place else { continue };
            let notes =
                place.check(questionnaire, builtin::has_contact).map_err(|what| problem(path, what))?;
            if in_force == Some(path) {
                all.extend(notes.iter().map(|note| format!("site file {}: {note}", path.display())));
            }
        }
        Ok(all)
    }
}

/// What this place sets, for commands that no questionnaire is named to: whether its contacts fit one is not looked at.
///
/// # Errors
/// As of [`SiteFiles::read`].
pub fn alone(given: Option<&Path>) -> Result<Place, Problem> {
    Ok(SiteFiles::read(given)?.place())
}

/// What this place sets for a questionnaire, and what there is to say about it.
///
/// # Errors
/// As of [`SiteFiles::read`] and [`SiteFiles::notes`].
pub fn read(given: Option<&Path>, questionnaire: &Questionnaire) -> Result<(Place, Vec<String>), Problem> {
    let files = SiteFiles::read(given)?;
    let notes = files.notes(questionnaire)?;
    Ok((files.place(), notes))
}

/// The most important file that is there. `None`: there is none.
pub fn path(given: Option<&Path>) -> Option<PathBuf> {
    let found = || places(std::env::var_os("XDG_CONFIG_DIRS")).into_iter().rev().find(|path| path.exists());
    given.map(Path::to_owned).or_else(found)
}

/// The folders of the site files, the least important first: what is beside one is for this place too.
pub fn folders(given: Option<&Path>) -> Vec<PathBuf> {
    let mut paths = places(std::env::var_os("XDG_CONFIG_DIRS"));
    paths.extend(given.map(Path::to_owned));
    paths.iter().filter_map(|path| path.parent().map(Path::to_owned)).collect()
}

/// Where site files are looked for, the least important first. `folders` is what `XDG_CONFIG_DIRS` says, whose first
/// folder is the most important one.
fn places(folders: Option<OsString>) -> Vec<PathBuf> {
    let folders = folders.filter(|folders| !folders.is_empty()).unwrap_or_else(|| "/etc/xdg".into());
    let folders: Vec<PathBuf> =
        std::env::split_paths(&folders).filter(|folder| folder.is_absolute()).collect();
    let own = etcetera::choose_base_strategy().ok().map(|directories| directories.config_dir());
    let in_folders =
        folders.into_iter().rev().chain(own).map(|folder| folder.join("redflag").join("site.yaml"));
    [PathBuf::from(OF_THE_MACHINE)].into_iter().chain(in_folders).collect()
}

fn problem(path: &Path, what: String) -> Problem {
    Problem::SiteFile { file: path.display().to_string(), what }
}

fn parsed(path: &Path) -> Result<Place, Problem> {
    let text = || {
        let yaml = files::read_given(path, MAX_BYTES).map_err(|error| files::why(&error))?;
        if yaml.len() > MAX_BYTES {
            // What was cut off could be the emergency number.
            return Err(format!("it is longer than {MAX_BYTES} bytes"));
        }
        String::from_utf8(yaml).map_err(|_| "it is not UTF-8 text".to_owned())
    };
    text().and_then(|yaml| site::parse(&yaml)).map_err(|what| problem(path, what))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_file_of_the_machine_counts_least_and_that_of_the_user_most() {
        let found = places(Some("/b:/a:not/absolute".into()));
        let found: Vec<&Path> = found.iter().map(PathBuf::as_path).collect();
        let of_the_machine = ["/etc/redflag/site.yaml", "/a/redflag/site.yaml", "/b/redflag/site.yaml"];
        assert_eq!(found[..3], of_the_machine.map(Path::new));
        assert!(found.len() == 4 && found[3].ends_with("redflag/site.yaml"), "{found:?}");
        let by_default = places(None);
        assert_eq!(by_default[1], Path::new("/etc/xdg/redflag/site.yaml"));
        assert_eq!(places(Some("".into())), by_default);
    }
}
