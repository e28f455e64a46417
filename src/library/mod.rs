//! Where questionnaires, translations, scenarios, populations and site files come from: from inside the program, from files, from
//! revisions of a git repository. What goes wrong is a [`Problem`], a value that the command line draws.

pub mod builtin;
mod choice;
mod git;
mod offered;
mod opened;
pub mod population_file;
mod problem;
pub mod scenario_file;
pub mod site_file;
mod translation_file;
mod words_file;

use std::fs;
use std::path::Path;

pub use choice::Choice;
pub use opened::Opened;
pub use population_file::PopulationFile;
pub use problem::Problem;
pub use scenario_file::ScenarioFile;
pub use translation_file::TranslationFile;
pub use words_file::WordsFile;

/// The names of the files in a folder, which may be the empty path; none where it can't be read.
fn names_in(folder: &Path) -> Vec<String> {
    let folder = if folder.as_os_str().is_empty() { Path::new(".") } else { folder };
    let entries = fs::read_dir(folder).into_iter().flatten();
    entries.filter_map(|entry| entry.ok()?.file_name().into_string().ok()).collect()
}
