//! Reading a population file, and the files that it is based on.

use std::cell::RefCell;

use serde::Deserialize;

use super::Population;
use super::build::Builder;
use super::raw::{self, File};
use crate::questionnaire::Questionnaire;
use crate::questionnaire::diagnostic::Diagnostic;
use crate::questionnaire::yaml::form::{self, Form};
use crate::questionnaire::yaml::mistake::Mistakes;
use crate::questionnaire::yaml::names::shown;
use crate::questionnaire::yaml::path::Path;

/// A population that can be drawn from, and what its author may still want to look at.
#[derive(Debug)]
pub struct Loaded {
    pub population: Population,
    pub warnings: Vec<Diagnostic>,
}

/// Gives the name and the bytes of a file in the same folder, or why there are none.
pub type Files<'f> = dyn Fn(&str) -> Result<(String, Vec<u8>), String> + 'f;

const FORM: Form = Form { what: "population", schema: raw::schema };
/// The most files of which each is based on the next.
const DEEPEST: usize = 5;

/// Reads a population for a questionnaire. `file` is only for the messages; `files` finds what it is based on.
///
/// # Errors
/// All mistakes in the file and what else there is to say about it, in the order of their places.
pub fn read(
    questionnaire: &Questionnaire,
    file: &str,
    bytes: &[u8],
    files: &Files,
) -> Result<Loaded, Vec<Diagnostic>> {
    let name = file.rsplit(['/', '\\']).next().unwrap_or(file);
    based(questionnaire, file, bytes, files, &[name])
}

/// Whether a file is meant when all populations for a questionnaire are. One that can't be read is, since nobody
/// knows.
pub fn meant_for(id: &str, bytes: &[u8]) -> bool {
    #[derive(Deserialize)]
    struct Begins {
        questionnaire: String,
        #[serde(default)]
        base_only: bool,
    }
    let begins = serde_yaml::from_slice::<Begins>(bytes);
    begins.map_or(true, |begins| begins.questionnaire == id && !begins.base_only)
}

/// `chain`: the files that are based on this one, and this one.
fn based(
    questionnaire: &Questionnaire,
    file: &str,
    bytes: &[u8],
    files: &Files,
    chain: &[&str],
) -> Result<Loaded, Vec<Diagnostic>> {
    // The file is looked at twice where something is wrong, and its base is to be told about once.
    let below: RefCell<Vec<Diagnostic>> = RefCell::default();
    let read = form::read(FORM, file, bytes, |raw: &File, mut mistakes| {
        let base = raw.based_on.0.as_ref().and_then(|name| {
            let found = base(questionnaire, name, files, chain, &mut mistakes);
            match found {
                Ok(population) => population,
                Err(found) => {
                    let at = Path::ROOT;
                    let place = at.key("based_on").value();
                    mistakes.error(place, "bad-base", format!("`{}` has mistakes", shown(name)));
                    below.replace(found);
                    None
                }
            }
        });
        let lacks_base = raw.based_on.0.is_some() && base.is_none();
        let builder = Builder { questionnaire, base, lacks_base, mistakes };
        builder.population(raw)
    });
    match read {
        Ok((population, warnings)) => Ok(Loaded { population, warnings }),
        Err(found) => {
            let mut all = below.into_inner();
            all.extend(found);
            Err(all)
        }
    }
}

/// The population in another file; `Ok(None)`: there is none, which is a mistake here.
fn base(
    questionnaire: &Questionnaire,
    name: &str,
    files: &Files,
    chain: &[&str],
    mistakes: &mut Mistakes,
) -> Result<Option<Population>, Vec<Diagnostic>> {
    let root = Path::ROOT;
    let path = root.key("based_on");
    let mut wrong = |code: &'static str, message: String| {
        mistakes.error(path.value(), code, message).help("write the name of a file in the same folder");
    };
    if name.contains(['/', '\\']) || name.starts_with('.') {
        wrong("bad-base", format!("`{}` is not in the same folder", shown(name)));
        return Ok(None);
    }
    if chain.contains(&name) {
        wrong("bad-base", "these files are based on one another in a circle".to_owned());
        return Ok(None);
    }
    if chain.len() >= DEEPEST {
        wrong("bad-base", format!("more than {DEEPEST} files are based on one another"));
        return Ok(None);
    }
    match files(name) {
        Ok((file, bytes)) => {
            let chain: Vec<&str> = chain.iter().copied().chain([name]).collect();
            let loaded = based(questionnaire, &file, &bytes, files, &chain)?;
            Ok(Some(loaded.population))
        }
        Err(why) => {
            wrong("unknown-base", format!("`{}` can't be read: {why}", shown(name)));
            Ok(None)
        }
    }
}
