//! The scenarios that stand beside a questionnaire: `mine.tests.yaml` for `mine.yaml`.

use std::ffi::OsString;
use std::io::ErrorKind;
use std::path::{Path, PathBuf};

use super::{Choice, Problem, choice};
use crate::questionnaire::Questionnaire;
use crate::questionnaire::diagnostic::Diagnostic;
use crate::scenarios::{self, Mismatch, Source, Suite};
use crate::text::clean_line;

/// The scenarios beside a questionnaire.
pub struct ScenarioFile {
    /// What to call it in messages.
    pub name: String,
    pub text: Vec<u8>,
}

const ENDING: &str = ".tests";

/// Where the scenarios of a questionnaire stand.
pub fn path(questionnaire: &Path) -> PathBuf {
    let name = questionnaire.to_string_lossy();
    let dot = [".yaml", ".yml"].into_iter().find(|ending| name.ends_with(ending));
    let mut beside = questionnaire.with_extension("").into_os_string();
    if dot.is_none() {
        beside = OsString::from(questionnaire);
    }
    beside.push(ENDING);
    beside.push(dot.unwrap_or(".yaml"));
    beside.into()
}

/// The questionnaires that are meant, each once: a file of scenarios stands for the questionnaire beside it, so that
/// `questionnaires/*.yaml` can be given.
pub fn questionnaires(arguments: &[String]) -> Vec<String> {
    let mut meant: Vec<String> = Vec::new();
    for argument in arguments {
        let stems = [".yaml", ".yml"].into_iter().filter_map(|dot| {
            let stem = argument.strip_suffix(dot)?.strip_suffix(ENDING)?;
            Some(format!("{stem}{dot}"))
        });
        let questionnaire = stems.into_iter().next().unwrap_or_else(|| argument.clone());
        if !meant.contains(&questionnaire) {
            meant.push(questionnaire);
        }
    }
    meant
}

impl ScenarioFile {
    /// The scenarios beside a questionnaire; `None` if there are none.
    ///
    /// # Errors
    /// For a file that cannot be read.
    pub fn of(choice: &Choice) -> Result<Option<ScenarioFile>, Problem> {
        let Choice::File { path: questionnaire, .. } = choice else {
            return Ok(None);
        };
        let path = path(questionnaire);
        let name = clean_line(&path.to_string_lossy());
        match choice::read(&path) {
            Ok(text) => Ok(Some(ScenarioFile { name, text })),
            Err(error) if error.kind() == ErrorKind::NotFound => Ok(None),
            Err(error) => Err(Problem::unreadable(&name, error)),
        }
    }

    /// The scenarios, or every mistake in the file.
    pub fn suite(&self, questionnaire: &Questionnaire) -> Result<scenarios::Loaded, Vec<Diagnostic>> {
        scenarios::read(questionnaire, &self.name, &self.text)
    }

    /// What to say of the cases that fail.
    pub fn failures(
        &self,
        questionnaire: &Questionnaire,
        suite: &Suite,
        failed: &[(usize, Vec<Mismatch>)],
    ) -> Vec<Diagnostic> {
        if failed.is_empty() {
            return Vec::new();
        }
        let source = Source::of(&self.name, &self.text);
        let failed = failed.iter();
        failed
            .map(|(index, found)| scenarios::failure(questionnaire, suite, (*index, found), &source))
            .collect()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn scenarios_stand_beside_their_questionnaire_under_its_name() {
        for (questionnaire, beside) in [
            ("a/b.yaml", "a/b.tests.yaml"),
            ("b.yml", "b.tests.yml"),
            ("./b", "./b.tests.yaml"),
            ("b.c.yaml", "b.c.tests.yaml"),
            ("b.c", "b.c.tests.yaml"),
        ] {
            assert_eq!(path(Path::new(questionnaire)), Path::new(beside));
        }
    }

    #[test]
    fn a_file_of_scenarios_stands_for_its_questionnaire() {
        let given = ["a.tests.yaml", "a.yaml", "mine", "b.tests.yml"].map(str::to_owned);
        assert_eq!(questionnaires(&given), ["a.yaml", "mine", "b.yml"]);
    }
}
