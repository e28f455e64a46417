//! Ids of ours from names of others, which may be anything.

use std::collections::HashSet;

/// Leaves room for a number behind it.
const LONGEST: usize = 48;

/// Words that can't be ids: those of conditions, the answer "not sure", and what YAML takes for a value.
const RESERVED: [&str; 12] = [
    "all",
    "any",
    "not",
    "at_least",
    "of",
    "rule",
    "unsure_answers",
    "unsure",
    "answer",
    "true",
    "false",
    "null",
];

/// Ids that are each given once.
#[derive(Debug, Default)]
pub struct Ids {
    taken: HashSet<String>,
}

impl Ids {
    /// An id like the name: small letters, digits and `_`, a letter first.
    pub fn of(&mut self, name: &str, otherwise: &str) -> String {
        let wanted = plain(name, otherwise, '_');
        let mut id = wanted.clone();
        let mut number = 1;
        while RESERVED.contains(&id.as_str()) || !self.taken.insert(id.clone()) {
            number += 1;
            id = format!("{wanted}_{number}");
        }
        id
    }
}

/// Small letters, digits and one other character between them.
pub fn plain(name: &str, otherwise: &str, between: char) -> String {
    let mut id = String::new();
    for c in name.chars().take(LONGEST * 4) {
        if c.is_ascii_alphanumeric() {
            id.push(c.to_ascii_lowercase());
        } else if !id.is_empty() && !id.ends_with(between) {
            id.push(between);
        }
        if id.len() >= LONGEST {
            break;
        }
    }
    let id = id.trim_end_matches(between);
    match id.chars().next() {
        None => otherwise.to_owned(),
        Some(first) if first.is_ascii_alphabetic() => id.to_owned(),
        Some(_) => format!("{otherwise}{between}{id}"),
    }
}
