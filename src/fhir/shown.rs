//! What others have written, as it may be shown: on one line, harmless and not too long.

use serde_json::Value as Json;

use crate::text::clean_line;

/// Longer words are cut.
const LONGEST: usize = 200;

/// Words of others as they may be shown.
pub fn shown(words: &str) -> String {
    let line = clean_line(words);
    match line.char_indices().nth(LONGEST) {
        Some((end, _)) => format!("{}...", &line[..end]),
        None => line,
    }
}

pub fn value_shown(value: &Json) -> String {
    shown(&value.to_string())
}

pub fn all_shown(answers: &[&Json]) -> String {
    let shown: Vec<String> = answers.iter().map(|answer| value_shown(answer)).collect();
    self::shown(&shown.join(", "))
}
