//! The questionnaires that ship inside the program; `build.rs` compiles them.

use std::sync::OnceLock;

use anyhow::{Context, Error, Result};

use crate::questionnaire::packed::unpack;
use crate::questionnaire::{Questionnaire, Translation};

pub struct Builtin {
    pub name: &'static str,
    yaml: Packed,
    /// The loader had nothing to say about it.
    pub is_clean: bool,
    /// The same, ready to use without reading YAML, which would take most of the time to start.
    compiled: &'static [u8],
    /// The languages of its translations, and each compiled and packed, since few people want it.
    pub translations: &'static [(&'static str, &'static [u8])],
}

// `ALL`: in the order of their names.
include!(concat!(env!("OUT_DIR"), "/builtin.rs"));

/// What few people read, a fourth as large; unpacked when it is.
struct Packed {
    bytes: &'static [u8],
    unpacked: OnceLock<Vec<u8>>,
}

impl Packed {
    const fn new(bytes: &'static [u8]) -> Packed {
        Packed { bytes, unpacked: OnceLock::new() }
    }

    fn unpacked(&self) -> &[u8] {
        // A test unpacks every one.
        self.unpacked.get_or_init(|| unpack(self.bytes).unwrap_or_default())
    }
}

impl Builtin {
    /// The file as its authors wrote it.
    pub fn yaml(&self) -> &[u8] {
        self.yaml.unpacked()
    }

    pub fn questionnaire(&self) -> Result<Questionnaire> {
        postcard::from_bytes(self.compiled)
            .with_context(|| format!("the built-in questionnaire {} cannot be read", self.name))
    }

    pub fn translations(&self) -> Result<Vec<Translation>> {
        self.translations.iter().map(|(tag, packed)| self.translation(tag, packed)).collect()
    }

    /// One of the translations.
    pub fn translation(&self, tag: &str, packed: &[u8]) -> Result<Translation> {
        let unpacked = unpack(packed).map_err(Error::msg);
        let unpacked = unpacked.and_then(|bytes| Ok(postcard::from_bytes(&bytes)?));
        unpacked.with_context(|| {
            format!("the built-in questionnaire {} cannot be read in the language {tag}", self.name)
        })
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
    use crate::cli::args::LanguageArgs;
    use crate::cli::check;
    use crate::cli::checked::Checked;
    use crate::cli::choice::Choice;
    use crate::cli::language::{Companion, Opened};
    use crate::questionnaire::yaml::Original;

    #[test]
    fn the_compiled_form_says_the_same_as_the_file() {
        for builtin in &ALL {
            let from_yaml = crate::questionnaire::yaml::load(builtin.name, builtin.yaml());
            let from_yaml = from_yaml.unwrap_or_else(|mistakes| panic!("{mistakes:?}"));
            assert_eq!(builtin.questionnaire().unwrap(), from_yaml.questionnaire);
            assert_eq!(builtin.is_clean, from_yaml.warnings.is_empty());
        }
    }

    #[test]
    fn a_translation_that_cannot_be_read_is_told_and_not_left_out() {
        let [whole, ..] = &ALL;
        let (tag, packed) = whole.translations[0];
        for broken in [&packed[..packed.len() / 2], b"", b"no such thing"] {
            let builtin: &'static Builtin = Box::leak(Box::new(Builtin {
                name: whole.name,
                yaml: Packed::new(whole.yaml.bytes),
                is_clean: whole.is_clean,
                compiled: whole.compiled,
                translations: Box::leak(Box::new([(tag, broken)])),
            }));
            let opened = Opened::of(&Choice::Builtin(builtin)).unwrap();
            let asked = LanguageArgs { language: Some(tag.to_owned()) };
            let by_locale =
                opened.wanted(&LanguageArgs { language: None }, |_| Some(format!("{tag}_XX.UTF-8")));
            let said =
                format!("the built-in questionnaire {} cannot be read in the language {tag}", whole.name);
            for wanted in [opened.wanted(&asked, |_| None), by_locale] {
                let error = format!("{:#}", wanted.expect_err("it cannot be read"));
                assert!(error.starts_with(&said), "{error}");
            }
            let first = opened.wanted(&LanguageArgs { language: None }, |_| None).unwrap();
            assert_eq!(*first, whole.questionnaire().unwrap(), "the first language is there all the same");
            let checked = Checked::of(&Choice::Builtin(builtin), false, check::within(0));
            assert!(checked.text(false).contains(&said), "and `check` tells it: {}", checked.text(false));
        }
    }

    #[test]
    fn every_translation_says_the_same_as_its_file() {
        for builtin in &ALL {
            let questionnaire = builtin.questionnaire().unwrap();
            let original =
                Original { questionnaire: &questionnaire, file: builtin.name, text: builtin.yaml() };
            let mut translations = builtin.translations().unwrap().into_iter();
            let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("questionnaires");
            for companion in Companion::beside(&folder.join(format!("{}.yaml", builtin.name))) {
                let loaded = companion.load(&original).unwrap_or_else(|mistakes| panic!("{mistakes:?}"));
                assert_eq!(translations.next(), Some(loaded.translation), "{}", companion.name);
            }
            assert_eq!(translations.next(), None);
            for ((tag, _), translation) in builtin.translations.iter().zip(builtin.translations().unwrap()) {
                assert_eq!(*tag, translation.language);
            }
        }
    }
}
