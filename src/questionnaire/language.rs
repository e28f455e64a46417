//! The languages of a questionnaire: the first one, in which it is written, and translations, which differ from it
//! in nothing but texts.

use std::collections::HashSet;
use std::iter;
use std::sync::OnceLock;

use serde::{Deserialize, Serialize};

use super::wording::each_text;
use super::{Questionnaire, Text};
use crate::text::tag;

/// The texts of a questionnaire in another language.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Translation {
    /// As BCP 47 writes it: `es`.
    pub language: String,
    /// Who reviewed the translation, or that nobody did.
    pub reviewed: Text,
    /// In the order of [`each_text`]; `None`: the first language stands in.
    pub texts: Vec<Option<Text>>,
}

impl Translation {
    /// The questionnaire with these texts. `original` must be the one that they were read for.
    pub fn of(&self, original: &Questionnaire) -> Questionnaire {
        let mut translated = original.clone();
        let mut texts = self.texts.iter();
        each_text(&mut translated, &mut |_, _, text| {
            if let Some(Some(words)) = texts.next() {
                *text = words.clone();
            }
        });
        translated.language = self.language.clone();
        translated.sign_off = translated.sign_off.followed_by(&self.reviewed);
        translated
    }

    /// How many texts there are, and how many of them the first language stands in for. What has one name, as the
    /// answers of a yes_no at each such question, counts once.
    pub fn counts(&self, original: &Questionnaire) -> (usize, usize) {
        let mut names = HashSet::new();
        let mut texts = self.texts.iter();
        let mut missing = 0;
        each_text(&mut original.clone(), &mut |name, _, _| {
            let is_missing = texts.next().is_none_or(Option::is_none);
            missing += usize::from(names.insert(format!("{name:?}")) && is_missing);
        });
        (names.len(), missing)
    }
}

/// A questionnaire in all its languages, the first one first. All of them ask and mean the same.
///
/// Which there are is known from the start. Another one than the first is made when it is wanted, which for most
/// people is never.
pub struct Languages {
    first: Questionnaire,
    others: Vec<Other>,
    /// The tags of those that are offered, in this order; none: all.
    offered: Vec<String>,
}

/// Where the texts of a language come from.
type Texts = Box<dyn Fn() -> Result<Translation, String> + Send + Sync>;

struct Other {
    tag: String,
    texts: Texts,
    made: OnceLock<Result<Questionnaire, String>>,
}

impl Languages {
    pub fn of(first: Questionnaire, translations: Vec<Translation>) -> Languages {
        let mut languages = Languages { first, others: Vec::new(), offered: Vec::new() };
        for translation in translations {
            let tag = translation.language.clone();
            languages.add(&tag, move || Ok(translation.clone()));
        }
        languages
    }

    /// One more language; `texts` is called when somebody wants it, once, and gives them or says why it can't.
    pub fn add(
        &mut self,
        tag: &str,
        texts: impl Fn() -> Result<Translation, String> + Send + Sync + 'static,
    ) {
        let (tag, texts) = (tag.to_owned(), Box::new(texts));
        self.others.push(Other { tag, texts, made: OnceLock::new() });
    }

    pub fn first(&self) -> &Questionnaire {
        &self.first
    }

    /// Offers only these languages, in this order, as far as there are any of them. Gives those that there aren't.
    pub fn offer_only(&mut self, tags: &[String]) -> Vec<String> {
        let found =
            |tag: &String| self.tags().find(|known| known.eq_ignore_ascii_case(tag)).map(str::to_owned);
        let offered: Vec<String> = tags.iter().filter_map(found).collect();
        let missing = tags.iter().filter(|tag| found(tag).is_none()).cloned().collect();
        if !offered.is_empty() {
            self.offered = offered;
        }
        missing
    }

    /// The language that is shown to whoever asks for none: the first one that is offered.
    ///
    /// # Errors
    /// As of [`Languages::get`].
    pub fn usual(&self) -> Result<&Questionnaire, &str> {
        let offered = self.offered.first().and_then(|tag| self.get(tag));
        offered.unwrap_or(Ok(&self.first))
    }

    /// What the languages that are offered are called in BCP 47; where all are, the first one first.
    pub fn tags(&self) -> impl Iterator<Item = &str> {
        let all = iter::once(self.first.language.as_str())
            .chain(self.others.iter().map(|other| other.tag.as_str()));
        let all = all.filter(|_| self.offered.is_empty());
        self.offered.iter().map(String::as_str).chain(all)
    }

    /// The questionnaire in the language of exactly this tag; `None`: there is no such language.
    ///
    /// # Errors
    /// Why the texts of that language can't be had.
    pub fn get(&self, tag: &str) -> Option<Result<&Questionnaire, &str>> {
        if self.first.language == tag {
            return Some(Ok(&self.first));
        }
        let other = self.others.iter().find(|other| other.tag == tag)?;
        let made = || (other.texts)().map(|texts| texts.of(&self.first));
        Some(other.made.get_or_init(made).as_ref().map_err(String::as_str))
    }

    /// The language that a tag such as `es-MX` or a locale such as `es_MX.UTF-8` asks for: the same, else one that
    /// differs in the country alone.
    ///
    /// # Errors
    /// As of [`Languages::get`].
    pub fn find(&self, wanted: &str) -> Option<Result<&Questionnaire, &str>> {
        let tags: Vec<&str> = self.tags().collect();
        self.get(tags[tag::meant(&tag::of_locale(wanted), tags.iter().copied())?])
    }
}

/// Whether two questionnaires ask and judge the same and differ in texts at most.
pub fn differ_in_texts_only(one: &Questionnaire, other: &Questionnaire) -> bool {
    without_texts(one) == without_texts(other)
}

/// All that decides, and not one word.
pub fn without_texts(questionnaire: &Questionnaire) -> Questionnaire {
    let mut bare = questionnaire.clone();
    each_text(&mut bare, &mut |_, _, text| *text = Text::default());
    bare.language.clear();
    bare
}

#[cfg(test)]
mod tests {
    use std::sync::Arc;
    use std::sync::atomic::{AtomicUsize, Ordering};

    use super::super::yaml;
    use super::*;

    const SMALL: &str = include_str!("../../tests/fixtures/small.yaml");
    const BACK_PAIN: &str = include_str!("../../questionnaires/back-pain.yaml");

    fn loaded(yaml: &str) -> Questionnaire {
        yaml::load("a.yaml", yaml.as_bytes()).expect("no mistakes").questionnaire
    }

    #[test]
    fn every_text_is_among_the_texts() {
        for yaml in [SMALL, BACK_PAIN] {
            let bare = format!("{:?}", without_texts(&loaded(yaml)));
            let left: Vec<&str> =
                bare.split("patient: \"").skip(1).filter(|rest| !rest.starts_with('"')).collect();
            assert!(left.is_empty(), "{} texts, such as {}", left.len(), &left[0][..60]);
        }
    }

    #[test]
    fn a_level_or_a_condition_is_no_text() {
        for (from, to) in
            [("at_least: 3.5", "at_least: 3.4"), ("days: 14", "days: 15"), ("id: ring", "id: phone")]
        {
            let other = loaded(&SMALL.replace(from, to));
            assert!(!differ_in_texts_only(&loaded(SMALL), &other), "{from}");
        }
        let reworded = loaded(&SMALL.replace("Keep moving.", "Move on."));
        assert!(differ_in_texts_only(&loaded(SMALL), &reworded));
        assert_ne!(loaded(SMALL), reworded);
    }

    #[test]
    fn a_language_is_found_by_tag_and_by_locale() {
        let small = loaded(SMALL);
        let in_language = |language: &str| Translation {
            language: language.to_owned(),
            reviewed: Text::both("Nobody."),
            texts: Vec::new(),
        };
        let languages =
            Languages::of(small, vec![in_language("es"), in_language("pt-BR"), in_language("pt")]);
        for (wanted, found) in [
            ("es", Some("es")),
            ("ES", Some("es")),
            ("es-MX", Some("es")),
            ("es_MX.UTF-8", Some("es")),
            ("es_ES@euro", Some("es")),
            ("pt_BR.UTF-8", Some("pt-BR")),
            ("pt_PT", Some("pt-BR")),
            ("pt", Some("pt")),
            ("en_GB.UTF-8", Some("en")),
            ("est", None),
            ("C", None),
            ("", None),
        ] {
            assert_eq!(
                languages.find(wanted).and_then(Result::ok).map(|q| q.language.as_str()),
                found,
                "{wanted}"
            );
        }
    }

    #[test]
    fn a_place_offers_the_languages_that_it_names() {
        let in_language = |language: &str| Translation {
            language: language.to_owned(),
            reviewed: Text::both("Nobody."),
            texts: Vec::new(),
        };
        let mut languages = Languages::of(loaded(SMALL), vec![in_language("es"), in_language("fr")]);
        let missing = languages.offer_only(&["fr", "de", "EN"].map(str::to_owned));
        assert_eq!(
            (missing, languages.tags().collect::<Vec<_>>()),
            (vec!["de".to_owned()], vec!["fr", "en"])
        );
        assert!(languages.find("es_ES.UTF-8").is_none());
        assert_eq!(languages.usual().unwrap().language, "fr");
        let mut languages = Languages::of(loaded(SMALL), vec![in_language("es")]);
        languages.offer_only(&["de".to_owned()]);
        assert_eq!((languages.tags().count(), &*languages.usual().unwrap().language), (2, "en"));
    }

    #[test]
    fn another_language_is_made_when_it_is_wanted_and_once() {
        let made = Arc::new(AtomicUsize::new(0));
        let count = Arc::clone(&made);
        let mut languages = Languages::of(loaded(SMALL), Vec::new());
        languages.add("es", move || {
            count.fetch_add(1, Ordering::Relaxed);
            let texts = Vec::new();
            Ok(Translation { language: "es".to_owned(), reviewed: Text::both("Nobody."), texts })
        });
        assert_eq!(languages.tags().collect::<Vec<_>>(), ["en", "es"]);
        assert!(languages.find("en").is_some() && languages.find("fr").is_none());
        assert_eq!(made.load(Ordering::Relaxed), 0);
        assert!(languages.find("es-MX").is_some() && languages.get("es").is_some());
        assert_eq!(made.load(Ordering::Relaxed), 1);
    }
}
