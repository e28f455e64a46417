//! Translations of both versions: languages that came or went, and words that changed in one of them.

use serde_json::{Value, json};

use super::parts::{self, TextChange};
use super::same::Same;
use super::{Versions, tell, words};
use crate::questionnaire::Languages;

/// A language in which the two versions don't say the same.
#[derive(Debug, Clone, PartialEq)]
pub struct LanguageChange {
    /// As BCP 47 writes it: `es`.
    pub language: String,
    pub change: Change,
}

/// What became of a language.
#[derive(Debug, Clone, PartialEq)]
pub enum Change {
    /// Whoever reads it can read the new version only.
    Added,
    /// Whoever reads it can no longer read what they are asked and told.
    Removed,
    Words(Vec<TextChange>),
}

/// The languages that both or one of the versions have beside their first one, in the order of the old version.
///
/// # Errors
/// Why the texts of a language can't be had.
pub fn languages(old: &Languages, new: &Languages) -> Result<Vec<LanguageChange>, String> {
    let first = [old, new].map(|languages| languages.first().language.as_str());
    let tags: Vec<&str> = old.tags().chain(new.tags().filter(|tag| old.get(tag).is_none())).collect();
    let mut changes = Vec::new();
    for tag in tags.into_iter().filter(|tag| !(first[0] == first[1] && *tag == first[0])) {
        let change = match (old.get(tag).transpose()?, new.get(tag).transpose()?) {
            (None, _) => Change::Added,
            (_, None) => Change::Removed,
            (Some(before), Some(now)) => {
                let first = Versions { old: old.first(), new: new.first() };
                match changed_words(Versions { old: before, new: now }, first) {
                    texts if texts.is_empty() => continue,
                    texts => Change::Words(texts),
                }
            }
        };
        changes.push(LanguageChange { language: tag.to_owned(), change });
    }
    Ok(changes)
}

/// What changed in this language. Where both have no translation of a text, the change stands among those of the first
/// language already.
fn changed_words(this: Versions, first: Versions) -> Vec<TextChange> {
    let texts = |versions: Versions| parts::changes(&Same::of(versions.old, versions.new)).1;
    let (mut texts, known) = (texts(this), texts(first));
    texts.retain(|text| !known.contains(text));
    // The places are those in the file of the first language.
    texts.iter_mut().for_each(|text| text.spots = (None, None));
    texts
}

impl LanguageChange {
    /// In lines, each with its end.
    pub(super) fn told(&self, one_text: impl Fn(&TextChange) -> String) -> String {
        match &self.change {
            Change::Added => words::language_added(&self.language),
            Change::Removed => words::language_removed(&self.language),
            Change::Words(texts) => {
                let texts = texts.iter().map(one_text).collect::<String>();
                format!("{}{texts}", words::language_changed(&self.language))
            }
        }
    }

    pub(super) fn json(&self, one_text: impl Fn(&TextChange) -> Value) -> Value {
        let (change, texts) = match &self.change {
            Change::Added => (tell::edit(parts::Edit::Added), Vec::new()),
            Change::Removed => (tell::edit(parts::Edit::Removed), Vec::new()),
            Change::Words(texts) => (tell::edit(parts::Edit::Changed), texts.iter().map(one_text).collect()),
        };
        json!({ "language": self.language, "change": change, "texts": Value::Array(texts) })
    }
}
