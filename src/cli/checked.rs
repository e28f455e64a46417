//! What `redflag check` has to say about a questionnaire: its mistakes, its proofs, how it differs from the built-in
//! one of its name, its scenarios, and its translations.

use super::drawing::mistakes as drawn;
use super::words;
use crate::diff::{self, Files, Versions};
use crate::library::Choice;
use crate::library::builtin;
use crate::library::{ScenarioFile, TranslationFile, WordsFile};
use crate::proof;
use crate::questionnaire::diagnostic::{Diagnostic, Severity};
use crate::questionnaire::yaml::form::Marked;
use crate::questionnaire::yaml::path::Path;
use crate::questionnaire::yaml::{self, Loaded, Original};
use crate::questionnaire::{Questionnaire, count};
use crate::scenarios;
use crate::words::Language;

/// What there is to say about one questionnaire with its translations, or about one translation.
#[derive(Default)]
pub struct Checked {
    pub diagnostics: Vec<Diagnostic>,
    /// What holds of those that could be loaded.
    proved: String,
    /// The files of the program's own words that were looked at.
    looked_at: Vec<String>,
}

impl Checked {
    /// Looks at a questionnaire until `stop` says that the time is up; what isn't proved by then is a mistake.
    pub fn of(choice: &Choice, witnesses: bool, stop: proof::Stop) -> Checked {
        if let Choice::File { path, .. } = choice
            && let Some((translation, original)) = TranslationFile::of(path)
        {
            return Checked::translation(&translation, &original);
        }
        if let Choice::File { path, .. } = choice
            && let Some(words) = WordsFile::of(path)
        {
            let mut checked = Checked::default();
            checked.own_words(&words);
            return checked;
        }
        let loaded = match loaded(choice) {
            Ok(loaded) => loaded,
            Err(diagnostics) => return Checked { diagnostics, ..Checked::default() },
        };
        let mut checked = Checked { diagnostics: loaded.warnings, ..Checked::default() };
        checked.spoken(choice.name(), choice.path(), choice.text(), &loaded.questionnaire.language);
        checked.diagnostics.extend(choice.not_offered(&loaded.questionnaire));
        checked.prove(&loaded.questionnaire, choice, &proof::Options { stop: stop.clone(), witnesses });
        checked.beside_built_in(&loaded.questionnaire, choice, &stop);
        let (line, failing) = tried(choice, &loaded.questionnaire);
        checked.proved += &line;
        checked.diagnostics.extend(failing);
        match choice {
            Choice::File { path, .. } => {
                for translation in TranslationFile::beside(path) {
                    checked.compare(&translation, &loaded.questionnaire, choice);
                }
            }
            // The build has looked at these.
            Choice::Builtin(builtin) => match builtin.translations() {
                Ok(translations) => {
                    for translation in translations {
                        let name = format!("{} ({})", builtin.name, translation.language);
                        checked.proved += &texts(&name, translation.counts(&loaded.questionnaire));
                    }
                }
                Err(error) => {
                    checked.diagnostics.push(Diagnostic::of_file(builtin.name, error.to_string()));
                }
            },
        }
        checked
    }

    /// Of one translation; of its questionnaire only what keeps it from being read.
    fn translation(translation: &TranslationFile, original: &std::path::Path) -> Checked {
        let mut checked = Checked::default();
        let choice = Choice::of(&original.to_string_lossy());
        match choice.map(|choice| (yaml::load(choice.name(), choice.text()), choice)) {
            Ok((Ok(loaded), choice)) => checked.compare(translation, &loaded.questionnaire, &choice),
            Ok((Err(mistakes), _)) => checked.diagnostics = mistakes,
            Err(error) => checked.diagnostics.push(Diagnostic::of_file(&translation.name, error.to_string())),
        }
        checked
    }

    fn prove(&mut self, questionnaire: &Questionnaire, choice: &Choice, options: &proof::Options) {
        let proof = proof::prove(questionnaire, choice.name(), choice.text(), options);
        self.proved += &format!("{}: {}\n", choice.name(), counts(questionnaire));
        let verdict = if proof.holds() { "proved for every answer sheet" } else { "what could be proved" };
        self.proved += &format!("{verdict}:\n");
        proof.lines.iter().for_each(|line| self.proved += &format!("  {line}\n"));
        proof.witnesses.iter().for_each(|line| self.proved += &format!("  {line}\n"));
        self.diagnostics.extend(proof.diagnostics);
    }

    /// What a changed copy of a built-in questionnaire does otherwise, and what is proved of it.
    fn beside_built_in(&mut self, questionnaire: &Questionnaire, choice: &Choice, stop: &proof::Stop) {
        let is_needed = self.compared(questionnaire, choice, stop);
        let is_needed = is_needed.unwrap_or_else(|| vec![false; questionnaire.departures.len()]);
        let (lines, unneeded) = diff::waivers(choice.name(), choice.text(), questionnaire, &is_needed);
        lines.iter().for_each(|line| self.proved += &format!("  {line}\n"));
        self.diagnostics.extend(unneeded);
    }

    /// Which waivers the difference from the built-in questionnaire needs; `None`: there is none to compare with.
    fn compared(
        &mut self,
        questionnaire: &Questionnaire,
        choice: &Choice,
        stop: &proof::Stop,
    ) -> Option<Vec<bool>> {
        let Choice::File { name, text, .. } = choice else { return None };
        let builtin = builtin::find(&questionnaire.id)?;
        if builtin.yaml == text {
            return None;
        }
        let original = builtin.questionnaire().ok()?;
        let versions = Versions { old: &original, new: questionnaire };
        let difference = diff::compare(versions, stop);
        if difference.is_nothing() {
            return None;
        }
        let files = Files::new(versions, (builtin.name, name), (builtin.yaml, text));
        diff::proved(&files, &difference).iter().for_each(|line| self.proved += &format!("  {line}\n"));
        // Waivers are for a version that says that it is another one.
        if original.version == questionnaire.version {
            self.diagnostics.extend(diff::findings(&files, &difference));
            return Some(vec![true; questionnaire.departures.len()]);
        }
        let waived = diff::waive(versions, difference, stop);
        self.diagnostics.extend(diff::findings(&files, &waived.difference));
        Some(waived.is_needed)
    }

    fn compare(&mut self, translation: &TranslationFile, questionnaire: &Questionnaire, choice: &Choice) {
        let original = Original { questionnaire, file: choice.name(), text: choice.text() };
        let TranslationFile { name, language, .. } = translation;
        let loaded = translation
            .text()
            .and_then(|text| Ok((yaml::load_translation(name, language, &text, &original)?, text)));
        match loaded {
            Ok((loaded, text)) => {
                self.proved += &texts(name, loaded.translation.counts(questionnaire));
                self.diagnostics.extend(loaded.warnings);
                self.spoken(name, Some(&translation.path), &text, language);
            }
            Err(mistakes) => self.diagnostics.extend(mistakes),
        }
    }

    /// Whether the program itself speaks the language of a file, by the words that are built in or beside it. A file of
    /// words that serves several is looked at once.
    fn spoken(&mut self, name: &str, path: Option<&std::path::Path>, text: &[u8], language: &str) {
        if Language::is_built_in(language) {
            return;
        }
        match path.and_then(|path| WordsFile::beside(path, language)) {
            Some(words) if self.looked_at.contains(&words.name) => {}
            Some(words) => self.own_words(&words),
            None => self.diagnostics.push(not_spoken(name, text, language)),
        }
    }

    fn own_words(&mut self, words: &WordsFile) {
        self.looked_at.push(words.name.clone());
        match words.load() {
            Ok(loaded) => {
                self.proved += &texts(&words.name, loaded.entries);
                self.diagnostics.extend(loaded.warnings);
            }
            Err(mistakes) => self.diagnostics.extend(mistakes),
        }
    }

    pub fn text(&self, colour: bool) -> String {
        let mut text = drawn(&self.diagnostics, colour);
        if !text.is_empty() && !self.proved.is_empty() {
            text.push('\n');
        }
        text + &self.proved
    }
}

/// Says of a file in a language whose words the program itself lacks that people will read two languages.
fn not_spoken(file: &str, text: &[u8], language: &str) -> Diagnostic {
    let message = words::is_not_spoken(language);
    let mut said = Diagnostic::new(Severity::Warning, "language-not-spoken", file, message);
    said.span = Marked::of(text).span(&Path::ROOT.key("language").value());
    said.help = Some(words::not_spoken_means(language));
    said
}

/// Tries the scenarios beside a questionnaire, if there are any: a line about them, and what is wrong with them.
fn tried(choice: &Choice, questionnaire: &Questionnaire) -> (String, Vec<Diagnostic>) {
    let beside = match ScenarioFile::of(choice) {
        Ok(Some(beside)) => beside,
        Ok(None) => return (String::new(), Vec::new()),
        Err(error) => return (String::new(), vec![Diagnostic::of_file(choice.name(), error.to_string())]),
    };
    let loaded = match beside.suite(questionnaire) {
        Ok(loaded) => loaded,
        Err(mistakes) => return (String::new(), mistakes),
    };
    let failed = failed(questionnaire, loaded.suite.cases.iter().enumerate());
    let mut found = loaded.warnings;
    found.extend(beside.failures(questionnaire, &loaded.suite, &failed));
    (words::scenarios_checked(&beside.name, loaded.suite.cases.len(), failed.len()), found)
}

/// The cases that fail, with what came out otherwise.
pub fn failed<'c>(
    questionnaire: &Questionnaire,
    cases: impl Iterator<Item = (usize, &'c scenarios::Case)>,
) -> Vec<(usize, Vec<scenarios::Mismatch>)> {
    let tried = cases.map(|(index, case)| (index, scenarios::run(questionnaire, case)));
    tried.filter(|(_, found)| !found.is_empty()).collect()
}

/// The build has read a built-in file; it is read again only if there is something to say about it.
fn loaded(choice: &Choice) -> Result<Loaded, Vec<Diagnostic>> {
    if let Choice::Builtin(builtin) = choice
        && builtin.is_clean
        && let Ok(questionnaire) = builtin.questionnaire()
    {
        return Ok(Loaded { questionnaire, warnings: Vec::new() });
    }
    yaml::load(choice.name(), choice.text())
}

/// How much of a translation is there. Nothing needs to be proved of it: it differs in texts alone.
fn texts(name: &str, (texts, missing): (usize, usize)) -> String {
    match missing {
        0 => format!("{name}: {texts} texts, all translated\n"),
        _ => format!("{name}: {texts} texts, {missing} of them not translated\n"),
    }
}

fn counts(questionnaire: &Questionnaire) -> String {
    [
        count(questionnaire.sections.len(), "section"),
        count(questionnaire.questions.len(), "question"),
        count(questionnaire.rules.len(), "rule"),
    ]
    .join(", ")
}

#[cfg(test)]
mod tests {
    use super::super::drawing::within;
    use super::*;
    use crate::library::builtin::Builtin;

    #[test]
    fn a_built_in_translation_that_cannot_be_read_is_told() {
        let [whole, ..] = &builtin::ALL;
        let (tag, _) = whole.translations[0];
        let broken = Builtin::with_translation(whole, tag, b"no such thing");
        let text = Checked::of(&Choice::Builtin(broken), false, within(0)).text(false);
        assert!(text.contains(&format!("{} cannot be read in the language {tag}", whole.name)), "{text}");
    }
}
