//! Names of columns: those of the answers, and those inside the query.

use std::collections::HashSet;

use sha2::{Digest, Sha256};

use crate::questionnaire::{Choice, Question};

/// PostgreSQL cuts longer names, and two of them become one.
const LONGEST: usize = 63;

/// The column of a question's answer.
pub fn answer(question: &Question) -> String {
    short(&question.id)
}

/// The column that says whether an option was chosen.
pub fn option(question: &Question, option: &Choice) -> String {
    short(&format!("{}__{}", question.id, option.id))
}

/// The column that says whether the answer was "not sure".
pub fn unsure(question: &Question) -> String {
    short(&format!("{}__unsure", question.id))
}

/// The name, or its beginning and a mark that no other name has.
pub fn short(name: &str) -> String {
    if name.len() <= LONGEST {
        return name.to_owned();
    }
    let mark: String = Sha256::digest(name).iter().take(5).map(|byte| format!("{byte:02x}")).collect();
    let mut end = LONGEST - mark.len() - 1;
    while !name.is_char_boundary(end) {
        end -= 1;
    }
    format!("{}_{mark}", &name[..end])
}

/// Names inside the query: plain words that need no quotes, each only once. A prefix keeps them from being words of
/// SQL.
#[derive(Default)]
pub struct Inner {
    taken: HashSet<String>,
}

impl Inner {
    pub fn of(&mut self, prefix: &str, id: &str) -> String {
        let plain: String = id
            .chars()
            .map(|c| if c.is_ascii_alphanumeric() { c.to_ascii_lowercase() } else { '_' })
            .collect();
        // What became plain may be the name of another; engines take capital letters for small ones.
        let wanted = short(&format!("{prefix}_{plain}"));
        let mut name = wanted.clone();
        let mut number = 1;
        while !self.taken.insert(name.clone()) {
            number += 1;
            name = short(&format!("{wanted}_{number}"));
            if name == wanted {
                name = short(&format!("{prefix}_{number}_{plain}"));
            }
        }
        name
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn long_names_that_begin_alike_stay_apart() {
        let long = "a".repeat(60);
        let names = ["one", "two"].map(|option| short(&format!("{long}__{option}")));
        assert_ne!(names[0], names[1]);
        assert!(names.iter().all(|name| name.len() == 63), "{names:?}");
    }

    #[test]
    fn inner_names_are_plain_and_different() {
        let mut inner = Inner::default();
        let names = ["E08", "e08", "E-08", "e_08", "é08"].map(|id| inner.of("r", id));
        let different: HashSet<&String> = names.iter().collect();
        assert_eq!(different.len(), 5, "{names:?}");
        assert!(
            names
                .iter()
                .all(|name| name.chars().all(|c| c.is_ascii_lowercase() || c.is_ascii_digit() || c == '_'))
        );
    }
}
