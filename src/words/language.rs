//! The languages that the program speaks.

use super::Words;
use super::english::ENGLISH;
use super::spanish::SPANISH;

/// A language of the program's own words.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Default)]
pub enum Language {
    #[default]
    English,
    Spanish,
}

impl Language {
    pub const ALL: [Language; 2] = [Language::English, Language::Spanish];

    /// Its code, as BCP 47 and HTML write it.
    pub fn code(self) -> &'static str {
        match self {
            Language::English => "en",
            Language::Spanish => "es",
        }
    }

    /// What its speakers call it.
    pub fn name(self) -> &'static str {
        match self {
            Language::English => "English",
            Language::Spanish => "Español",
        }
    }

    /// The language of a BCP 47 tag such as `es-MX`, or of a locale such as `es_MX.UTF-8`. `None`: the program
    /// doesn't speak it.
    pub fn of(tag: &str) -> Option<Language> {
        let first = tag.trim().split(['-', '_', '.', '@']).next().unwrap_or_default();
        Language::ALL.into_iter().find(|language| first.eq_ignore_ascii_case(language.code()))
    }

    /// The language for the words around texts in the language of this tag: the same, or English if the program
    /// doesn't speak it.
    pub fn around(tag: &str) -> Language {
        Language::of(tag).unwrap_or_default()
    }

    /// What the program says in it.
    pub fn words(self) -> &'static Words {
        match self {
            Language::English => &ENGLISH,
            Language::Spanish => &SPANISH,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn tags_and_locales_name_their_language() {
        for (tag, language) in [
            ("en", Some(Language::English)),
            ("en-GB", Some(Language::English)),
            ("ES", Some(Language::Spanish)),
            ("es-419", Some(Language::Spanish)),
            ("es_MX.UTF-8", Some(Language::Spanish)),
            ("es_ES@euro", Some(Language::Spanish)),
            ("est", None),
            ("de_DE.UTF-8", None),
            ("C.UTF-8", None),
            ("POSIX", None),
            ("", None),
        ] {
            assert_eq!(Language::of(tag), language, "{tag:?}");
        }
    }

    #[test]
    fn every_language_has_its_own_words() {
        for language in Language::ALL {
            assert_eq!(language.words().language, language);
            assert_eq!(Language::of(language.code()), Some(language));
        }
    }
}
