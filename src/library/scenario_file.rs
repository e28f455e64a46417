//! The scenarios that stand beside a questionnaire: `mine.tests.yaml` for `mine.yaml`.

use std::ffi::OsString;
use std::fs;
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
///
/// # Errors
/// For a file of scenarios that isn't there: it would pass without having been tried.
pub fn questionnaires(arguments: &[String]) -> Result<Vec<String>, Problem> {
    let mut meant: Vec<String> = Vec::new();
    for argument in arguments {
        let questionnaire = of_scenarios(argument);
        if let Some(why) = questionnaire.as_ref().and_then(|_| fs::metadata(argument).err()) {
            return Err(Problem::unreadable(&clean_line(argument), why));
        }
        if let Some((missing, why)) =
            questionnaire.as_ref().and_then(|it| Some((it, fs::metadata(it).err()?)))
        {
            let missing = clean_line(&format!("{missing}, whose scenarios are in {argument}"));
            return Err(Problem::unreadable(&missing, why));
        }
        let questionnaire = questionnaire.unwrap_or_else(|| argument.clone());
        if !meant.contains(&questionnaire) {
            meant.push(questionnaire);
        }
    }
    Ok(meant)
}

/// The questionnaire whose scenarios a file of this name holds.
pub fn of_scenarios(file: &str) -> Option<String> {
    [".yaml", ".yml"].into_iter().find_map(|dot| {
        let stem = file.strip_suffix(dot)?.strip_suffix(ENDING)?;
        Some(format!("{stem}{dot}"))
    })
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
        let folder = tempfile::tempdir().unwrap();
        let file = |name: &str| folder.path().join(name).to_str().unwrap().to_owned();
        ["a.yaml", "a.tests.yaml", "b.yml", "b.tests.yml"]
            .iter()
            .for_each(|name| fs::write(file(name), "").unwrap());
        let given = ["a.tests.yaml", "a.yaml", "mine", "b.tests.yml"].map(file);
        assert_eq!(questionnaires(&given).unwrap(), ["a.yaml", "mine", "b.yml"].map(file));
    }

    #[test]
    fn a_lost_file_of_scenarios_is_told() {
        let lost = questionnaires(&["no/such.tests.yaml".to_owned()]).unwrap_err().to_string();
        assert!(lost.starts_with("no/such.tests.yaml: "), "{lost}");
        let folder = tempfile::tempdir().unwrap();
        let alone = folder.path().join("alone.tests.yaml").to_str().unwrap().to_owned();
        fs::write(&alone, "").unwrap();
        let lost = questionnaires(std::slice::from_ref(&alone)).unwrap_err().to_string();
        assert!(lost.contains("alone.yaml, whose scenarios are in") && lost.contains(&alone), "{lost}");
    }
}
