//! The program's own words in each language.

use redflag::words::{Language, Words};

/// What reads the same in English and in Spanish.
const SAME: [&str; 2] = ["n", "no"];

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
    for language in Language::ALL.into_iter().filter(|language| *language != Language::English) {
        let left = texts(language.words()).into_iter().filter(|text| english.contains(text));
        let left: Vec<String> = left.map(|(_, text)| text).collect();
        assert_eq!(left, SAME, "{language:?}");
    }
}
