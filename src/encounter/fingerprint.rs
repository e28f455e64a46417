//! Which questionnaire it was, to the last word.

use std::cell::OnceCell;
use std::fmt::Write;

use sha2::{Digest, Sha256};

use crate::questionnaire::Questionnaire;

/// SHA-256 of the compiled questionnaire, in hexadecimal.
///
/// It changes with every question, rule and word, and stays the same when comments or the layout of the file
/// change. A version of the program that compiles questionnaires otherwise gives another one, so reports name
/// that version too.
pub fn fingerprint(questionnaire: &Questionnaire) -> String {
    let compiled = postcard::to_stdvec(questionnaire).expect("a questionnaire is plain data");
    let mut hexadecimal = String::with_capacity(64);
    for byte in Sha256::digest(compiled) {
        let _ = write!(hexadecimal, "{byte:02x}");
    }
    hexadecimal
}

/// The fingerprint of one questionnaire, worked out once, when it is first asked for: that takes longer than all else
/// between two keys. Whoever holds it asks for that questionnaire alone.
#[derive(Debug, Clone, Default)]
pub struct Fingerprint(OnceCell<String>);

impl Fingerprint {
    pub fn of(&self, questionnaire: &Questionnaire) -> &str {
        self.0.get_or_init(|| fingerprint(questionnaire))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::questionnaire::yaml;

    const SMALL: &str = include_str!("../../tests/fixtures/small.yaml");

    fn of(yaml: &str) -> String {
        fingerprint(&yaml::load("small.yaml", yaml.as_bytes()).expect("no mistakes").questionnaire)
    }

    #[test]
    fn comments_and_layout_do_not_change_it() {
        let small = of(SMALL);
        assert!(small.len() == 64 && small.chars().all(|c| c.is_ascii_hexdigit()), "{small}");
        assert_eq!(of(&format!("# Another comment\n\n{SMALL}\n")), small);
    }

    #[test]
    fn a_word_a_threshold_or_an_order_changes_it() {
        for (from, to) in [
            ("Keep moving.", "Keep moving!"),
            ("at_least: 3.5", "at_least: 3.4"),
            ("at_least: 2\n", "at_least: 3\n"),
            ("items: [new numbness, new weakness]", "items: [new weakness, new numbness]"),
        ] {
            let changed = SMALL.replace(from, to);
            assert_ne!(changed, SMALL, "{from}");
            assert_ne!(of(&changed), of(SMALL), "{from}");
        }
    }
}
