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
        self.read(self.compiled)
    }

    pub fn translations(&self) -> Result<Vec<Translation>> {
        self.translations.iter().map(|(_, packed)| self.translation(packed)).collect()
    }

    /// One of the translations.
    pub fn translation(&self, packed: &[u8]) -> Result<Translation> {
        self.read(&unpack(packed).map_err(Error::msg)?)
    }

    fn read<T: serde::de::DeserializeOwned>(&self, compiled: &[u8]) -> Result<T> {
        postcard::from_bytes(compiled)
            .with_context(|| format!("the built-in questionnaire {} cannot be read", self.name))
    }
}

pub fn find(name: &str) -> Option<&'static Builtin> {
    ALL.iter().find(|builtin| builtin.name == name)
}

#[cfg(test)]
mod tests {
    use std::path::Path;

    use super::*;
    use crate::cli::language::Companion;
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
