//! The questionnaires that ship inside the program; `build.rs` compiles them.

use super::Problem;
use crate::questionnaire::{Questionnaire, Translation};

pub struct Builtin {
    pub name: &'static str,
    /// The file as its authors wrote it.
    pub yaml: &'static [u8],
    /// The loader had nothing to say about it.
    pub is_clean: bool,
    /// Ready to use without reading YAML, which would take most of the time to start.
    compiled: &'static [u8],
    /// The languages of its translations, and each compiled.
    pub translations: &'static [(&'static str, &'static [u8])],
    /// The names of its population files, and each as its authors wrote it.
    pub populations: &'static [(&'static str, &'static [u8])],
}

// `ALL`, in the order of their names, and the `DEFAULT` one.
include!(concat!(env!("OUT_DIR"), "/builtin.rs"));

impl Builtin {
    pub fn questionnaire(&self) -> Result<Questionnaire, Problem> {
        postcard::from_bytes(self.compiled).map_err(|error| self.problem(None, error.to_string()))
    }

    /// A population file as its authors wrote it.
    pub fn population(&self, name: &str) -> Option<Vec<u8>> {
        let (_, text) = self.populations.iter().find(|(known, _)| *known == name)?;
        Some(text.to_vec())
    }

    pub fn translations(&self) -> Result<Vec<Translation>, Problem> {
        self.translations.iter().map(|(tag, compiled)| self.translation(tag, compiled)).collect()
    }

    /// One of the translations.
    pub fn translation(&self, tag: &str, compiled: &[u8]) -> Result<Translation, Problem> {
        postcard::from_bytes(compiled).map_err(|error| self.problem(Some(tag), error.to_string()))
    }

    fn problem(&self, language: Option<&str>, why: String) -> Problem {
        Problem::BuiltIn { name: self.name, language: language.map(str::to_owned), why }
    }

    /// One that is like another but for its translations, which are these bytes.
    #[cfg(test)]
    pub fn with_translation(other: &Builtin, tag: &'static str, compiled: &'static [u8]) -> &'static Builtin {
        Box::leak(Box::new(Builtin {
            name: other.name,
            yaml: other.yaml,
            is_clean: other.is_clean,
            compiled: other.compiled,
            translations: Box::leak(Box::new([(tag, compiled)])),
            populations: &[],
        }))
    }
}

pub fn find(name: &str) -> Option<&'static Builtin> {
    ALL.iter().find(|builtin| builtin.name == name)
}

/// Whether any of them has a contact of this id.
pub fn has_contact(id: &str) -> bool {
    let questionnaires = ALL.iter().filter_map(|builtin| builtin.questionnaire().ok());
    questionnaires.flat_map(|questionnaire| questionnaire.contacts).any(|contact| contact.id == id)
}

#[cfg(test)]
mod tests {
    use std::path::Path;

    use super::*;
    use crate::library::{Choice, Opened, TranslationFile};
    use crate::questionnaire::yaml::Original;

    #[test]
    fn the_compiled_form_says_the_same_as_the_file() {
        for builtin in &ALL {
            let from_yaml = crate::questionnaire::yaml::load(builtin.name, builtin.yaml);
            let from_yaml = from_yaml.unwrap_or_else(|mistakes| panic!("{mistakes:?}"));
            assert_eq!(builtin.questionnaire().unwrap(), from_yaml.questionnaire);
            assert_eq!(builtin.is_clean, from_yaml.warnings.is_empty());
        }
    }

    #[test]
    fn a_translation_that_cannot_be_read_is_told_and_not_left_out() {
        let [whole, ..] = &ALL;
        let (tag, compiled) = whole.translations[0];
        for broken in [&compiled[..compiled.len() / 2], b"", b"no such thing"] {
            let opened = Opened::of(&Choice::Builtin(Builtin::with_translation(whole, tag, broken))).unwrap();
            let said =
                format!("the built-in questionnaire {} cannot be read in the language {tag}", whole.name);
            let locale = format!("{tag}_XX.UTF-8");
            for wanted in [opened.wanted(Some(tag), |_| None), opened.wanted(None, |_| Some(locale.clone()))]
            {
                let error = wanted.expect_err("it cannot be read").to_string();
                assert!(error.starts_with(&said), "{error}");
            }
            let first = opened.wanted(None, |_| None).unwrap();
            assert_eq!(*first, whole.questionnaire().unwrap(), "the first language is there all the same");
        }
    }

    #[test]
    fn every_translation_says_the_same_as_its_file() {
        for builtin in &ALL {
            let questionnaire = builtin.questionnaire().unwrap();
            let original = Original { questionnaire: &questionnaire, file: builtin.name, text: builtin.yaml };
            let mut translations = builtin.translations().unwrap().into_iter();
            let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("questionnaires");
            for file in TranslationFile::beside(&folder.join(format!("{}.yaml", builtin.name))) {
                let loaded = file.load(&original).unwrap_or_else(|mistakes| panic!("{mistakes:?}"));
                assert_eq!(translations.next(), Some(loaded.translation), "{}", file.name);
            }
            assert_eq!(translations.next(), None);
            for ((tag, _), translation) in builtin.translations.iter().zip(builtin.translations().unwrap()) {
                assert_eq!(*tag, translation.language);
            }
        }
    }
}
