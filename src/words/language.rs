//! The languages that the program speaks: those that are built in, and those that files have added.

use std::hash::{Hash, Hasher};
use std::sync::{OnceLock, PoisonError, RwLock};

use super::Words;
use super::table::Texts;
use crate::text::tag;

/// A language of the program's own words.
#[derive(Debug, Clone, Copy, Default)]
pub enum Language {
    #[default]
    English,
    Spanish,
    German,
    /// Of a file that was added.
    Added(&'static Words),
}

/// The words of the languages that are built in, in their order: made when they are first wanted.
static BUILT_IN: [OnceLock<Words>; Language::ALL.len()] = [const { OnceLock::new() }; Language::ALL.len()];

/// Those that files have added. A language that was added stays, as the words in it do.
static ADDED: RwLock<Vec<&'static Words>> = RwLock::new(Vec::new());

impl Language {
    /// Those that are built in.
    pub const ALL: [Language; 3] = [Language::English, Language::Spanish, Language::German];

    /// Its code, as BCP 47 and HTML write it.
    pub fn code(self) -> &'static str {
        match self {
            Language::English => "en",
            Language::Spanish => "es",
            Language::German => "de",
            Language::Added(words) => words.tag,
        }
    }

    /// What its speakers call it.
    pub fn name(self) -> &'static str {
        match self {
            Language::English => "English",
            Language::Spanish => "Español",
            Language::German => "Deutsch",
            Language::Added(words) => words.name,
        }
    }

    /// The language of a BCP 47 tag such as `es-MX`, or of a locale such as `es_MX.UTF-8`. `None`: the program
    /// doesn't speak it.
    pub fn of(tag: &str) -> Option<Language> {
        let wanted = tag::of_locale(tag);
        if let Some(at) = tag::meant(&wanted, Language::ALL.iter().map(|language| language.code())) {
            return Some(Language::ALL[at]);
        }
        let added = ADDED.read().unwrap_or_else(PoisonError::into_inner);
        let at = tag::meant(&wanted, added.iter().map(|words| words.tag))?;
        Some(Language::Added(added[at]))
    }

    /// Whether the program speaks the language of a tag without any file.
    pub fn is_built_in(tag: &str) -> bool {
        Language::of(tag).is_some_and(|language| !matches!(language, Language::Added(_)))
    }

    /// The language for the words around texts in the language of this tag: the same, or English if the program
    /// doesn't speak it.
    pub fn around(tag: &str) -> Language {
        Language::of(tag).unwrap_or_default()
    }

    /// What the program says in it.
    pub fn words(self) -> &'static Words {
        let at = match self {
            Language::English => 0,
            Language::Spanish => 1,
            Language::German => 2,
            Language::Added(words) => return words,
        };
        BUILT_IN[at].get_or_init(|| Words::read(&Texts::of(packed(at)), None))
    }

    /// Speaks one more language from now on: the texts of a file that [`crate::vocabulary`] found nothing wrong with, by
    /// their names. What it lacks is said in English. A file that was read anew takes the place of what it said before.
    pub fn add(texts: Vec<(String, String)>) {
        let tag = texts.iter().find(|(name, _)| name == "words").map_or("", |(_, tag)| tag);
        if Language::is_built_in(tag) {
            return;
        }
        let texts: Vec<(String, &'static str)> =
            texts.into_iter().map(|(name, text)| (name, &*text.leak())).collect();
        let texts = Texts::of(texts.iter().map(|(name, text)| (name.as_str(), *text)).collect());
        let english = Texts::of(packed(0));
        let words: &'static Words = Box::leak(Box::new(Words::read(&texts, Some(&english))));
        let mut added = ADDED.write().unwrap_or_else(PoisonError::into_inner);
        added.retain(|known| !known.tag.eq_ignore_ascii_case(words.tag));
        added.push(words);
    }

    /// The texts of a language that is built in, by their names, such as `again.how_many.one`.
    pub fn texts(self) -> Vec<(&'static str, &'static str)> {
        Language::ALL.iter().position(|language| *language == self).map_or_else(Vec::new, packed)
    }
}

/// The texts as `build.rs` has packed them, in the order of their names.
fn packed(at: usize) -> Vec<(&'static str, &'static str)> {
    const PACKED: [&[u8]; Language::ALL.len()] = [
        include_bytes!(concat!(env!("OUT_DIR"), "/en.words")),
        include_bytes!(concat!(env!("OUT_DIR"), "/es.words")),
        include_bytes!(concat!(env!("OUT_DIR"), "/de.words")),
    ];
    postcard::from_bytes(PACKED[at]).unwrap_or_default()
}

impl PartialEq for Language {
    fn eq(&self, other: &Language) -> bool {
        self.code() == other.code()
    }
}

impl Eq for Language {}

impl Hash for Language {
    fn hash<H: Hasher>(&self, state: &mut H) {
        self.code().hash(state);
    }
}

#[cfg(test)]
mod tests {
    use jiff::ToSpan;
    use jiff::civil::date;

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
            ("de_AT.UTF-8", Some(Language::German)),
            ("est", None),
            ("fi_FI.UTF-8", None),
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
            let words = language.words();
            assert_eq!((words.tag, words.name), (language.code(), language.name()));
            assert_eq!(Language::of(language.code()), Some(language));
        }
    }

    #[test]
    fn a_language_that_is_added_is_spoken_and_english_stands_in() {
        let texts = |unsure: &str| {
            let texts = [("words", "qx-AA"), ("name", "Quux"), ("answers.unsure", unsure)];
            texts.map(|(name, text)| (name.to_owned(), text.to_owned())).to_vec()
        };
        assert_eq!(Language::of("qx"), None);
        Language::add(texts("Uqq"));
        let words = Language::around("qx_BB.UTF-8").words();
        assert_eq!((words.name, words.answers.unsure), ("Quux", "Uqq"));
        assert_eq!(words.answers.yes, "Yes");
        assert_eq!(words.settling.offer(1), Language::English.words().settling.offer(1));
        Language::add(texts("Qqu"));
        assert_eq!(Language::around("qx").words().answers.unsure, "Qqu");
        let spanish = [("words", "es-MX"), ("answers.unsure", "Quién sabe")];
        Language::add(spanish.map(|(name, text)| (name.to_owned(), text.to_owned())).to_vec());
        assert_eq!(
            Language::around("es-MX").words().answers.unsure,
            Language::Spanish.words().answers.unsure
        );
    }

    #[test]
    fn dates_and_numbers_are_written_as_in_their_language() {
        let [english, spanish] = [Language::English, Language::Spanish].map(Language::words);
        let first = date(2024, 2, 29);
        for days in 0..400 {
            let day = first.saturating_add(days.days());
            assert_eq!(english.date(day), day.strftime("%A %-d %B %Y").to_string());
        }
        let saturday = date(2026, 12, 5);
        assert_eq!(spanish.date(saturday), "sábado 5 de diciembre de 2026");
        assert_eq!(spanish.date(date(2027, 1, 1)), "viernes 1 de enero de 2027");
        assert_eq!([english, spanish].map(|it| it.short_date(saturday)), ["5 Dec 2026", "5 dic 2026"]);
        assert_eq!([64.0, 2.6, -0.0].map(|number| spanish.number(number)), ["64", "2,6", "0"]);
    }
}
