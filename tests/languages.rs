//! The program's own words in each language.

use std::collections::BTreeSet;

use redflag::words::{Language, Words};

/// What reads the same in English and in Spanish.
const SAME: [&str; 4] = [
    // Letters that stand for no, and the word.
    "n",
    "no",
    // A word of both.
    "Error",
    // A name.
    "Enter",
];

/// Every fixed text of a table with the name of its field, in order.
fn texts(words: &Words) -> Vec<(String, String)> {
    // The table has no list of its fields but this one.
    let shown = format!("{words:#?}");
    let mut field = String::new();
    let mut texts = Vec::new();
    for line in shown.lines().map(str::trim) {
        if let Some((name, _)) = line.split_once(": ").filter(|(name, _)| !name.contains(['"', ' '])) {
            field = name.to_owned();
        }
        if let (Some(start), Some(end)) = (line.find('"'), line.rfind('"')) {
            texts.push((field.clone(), line[start + 1..end].to_owned()));
        }
    }
    texts
}

#[test]
fn every_text_of_the_program_is_translated() {
    let english = texts(Language::English.words());
    assert!(english.len() > 200, "only {} texts were found", english.len());
    let same: BTreeSet<&str> = SAME.into();
    for language in Language::ALL.into_iter().filter(|language| *language != Language::English) {
        for (field, text) in texts(language.words()) {
            let taken = english.iter().any(|(name, english)| *name == field && *english == text);
            assert!(!taken || same.contains(text.as_str()), "{field} is English in {language:?}: {text}");
        }
    }
}
