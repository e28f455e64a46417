//! Where population files are: `populations/` beside the questionnaire, or in the program for a built-in one.

use std::fs;
use std::path::{Path, PathBuf};

use super::{Choice, Problem, choice};
use crate::population::{self, Loaded};
use crate::questionnaire::Questionnaire;
use crate::questionnaire::diagnostic::Diagnostic;
use crate::system::files;
use crate::text::clean_line;

/// A population file, or a file of sheets.
pub struct PopulationFile {
    /// What to call it in messages.
    pub name: String,
    /// `None`: it is inside the program.
    pub path: Option<PathBuf>,
    pub text: Vec<u8>,
    /// One sheet a line.
    pub is_sheets: bool,
}

const FOLDER: &str = "populations";
const ENDINGS: [&str; 2] = [".yaml", ".yml"];
const SHEETS: [&str; 3] = [".jsonl", ".ndjson", ".json"];

/// The folder of the populations of a questionnaire.
fn folder(questionnaire: &Path) -> PathBuf {
    questionnaire.parent().unwrap_or(Path::new("")).join(FOLDER)
}

/// All populations that are for a questionnaire, in the order of their names.
///
/// # Errors
/// For a file that cannot be read.
pub fn all(choice: &Choice, id: &str) -> Result<Vec<PopulationFile>, Problem> {
    let path = match choice {
        Choice::Builtin(builtin) => {
            let inside = builtin.populations.iter();
            let inside = inside
                .map(|(name, _)| inside_the_program(choice, name))
                .collect::<Result<Vec<PopulationFile>, Problem>>();
            return Ok(inside?.into_iter().filter(|input| population::meant_for(id, &input.text)).collect());
        }
        Choice::File { path, .. } => folder(path),
    };
    let Ok(entries) = fs::read_dir(&path) else { return Ok(Vec::new()) };
    let mut paths: Vec<PathBuf> = entries.filter_map(|entry| Some(entry.ok()?.path())).collect();
    paths.retain(|path| ENDINGS.iter().any(|ending| path.to_string_lossy().ends_with(ending)));
    paths.sort();
    let mut inputs = paths.into_iter().map(file).collect::<Result<Vec<PopulationFile>, Problem>>()?;
    inputs.retain(|input| population::meant_for(id, &input.text));
    Ok(inputs)
}

/// The population that an argument means: a path, or a name of one of those that belong to the questionnaire.
///
/// # Errors
/// When there is none, or it cannot be read.
pub fn of(choice: &Choice, id: &str, argument: &str) -> Result<PopulationFile, Problem> {
    let mut endings = ENDINGS.iter().chain(&SHEETS);
    if argument.contains(std::path::is_separator) || endings.any(|ending| argument.ends_with(ending)) {
        return file(argument.into());
    }
    match choice {
        Choice::Builtin(builtin) if builtin.populations.iter().any(|(name, _)| *name == argument) => {
            inside_the_program(choice, argument)
        }
        Choice::File { path, .. }
            if ENDINGS.iter().any(|ending| beside(path, argument, ending).is_file()) =>
        {
            let there =
                ENDINGS.iter().map(|ending| beside(path, argument, ending)).find(|path| path.is_file());
            file(there.unwrap_or_default())
        }
        _ => Err(unknown(argument, &all(choice, id)?)),
    }
}

fn beside(questionnaire: &Path, name: &str, ending: &str) -> PathBuf {
    folder(questionnaire).join(format!("{name}{ending}"))
}

fn unknown(argument: &str, known: &[PopulationFile]) -> Problem {
    let known: Vec<String> = known.iter().map(PopulationFile::stem).collect();
    let near = known.iter().map(|name| (strsim::damerau_levenshtein(argument, name), name)).min();
    let meant = near.filter(|(distance, _)| *distance <= 3).map(|(_, name)| name.clone());
    Problem::UnknownPopulation { name: argument.to_owned(), meant, known }
}

fn file(path: PathBuf) -> Result<PopulationFile, Problem> {
    let shown = path.to_string_lossy();
    let name = clean_line(&shown);
    let is_sheets = SHEETS.iter().any(|ending| shown.ends_with(ending));
    let text = if is_sheets { fs::read(&path) } else { choice::read(&path) };
    let text = text.map_err(|error| Problem::unreadable(&name, error))?;
    Ok(PopulationFile { name, path: Some(path), text, is_sheets })
}

fn inside_the_program(choice: &Choice, name: &str) -> Result<PopulationFile, Problem> {
    let text = match choice {
        Choice::Builtin(builtin) => builtin.population(name),
        Choice::File { .. } => None,
    };
    let text = text.ok_or_else(|| unknown(name, &[]))?.to_vec();
    Ok(PopulationFile { name: format!("{name}.yaml"), path: None, text, is_sheets: false })
}

impl PopulationFile {
    fn stem(&self) -> String {
        let file = self.name.rsplit(std::path::is_separator).next().unwrap_or(&self.name);
        file.split('.').next().unwrap_or(file).to_owned()
    }

    /// The population, or every mistake in the file.
    pub fn population(
        &self,
        choice: &Choice,
        questionnaire: &Questionnaire,
    ) -> Result<Loaded, Vec<Diagnostic>> {
        let neighbour = |name: &str| -> Result<(String, Vec<u8>), String> {
            match &self.path {
                Some(path) => {
                    let path = path.parent().unwrap_or(Path::new("")).join(name);
                    let text = choice::read(&path).map_err(|error| files::why(&error))?;
                    Ok((clean_line(&path.to_string_lossy()), text))
                }
                None => {
                    let stem = name.strip_suffix(".yaml").unwrap_or(name);
                    let inside = inside_the_program(choice, stem).map_err(|error| error.to_string())?;
                    Ok((inside.name, inside.text))
                }
            }
        };
        population::read(questionnaire, &self.name, &self.text, &neighbour)
    }
}
