//! The ways to answer a question with options, as lines to choose from, and the key of each: the same in every shell.

use crate::answers::understood;
use crate::questionnaire::{OptionIndex, Question};
use crate::words::Answers;

/// A line that can be chosen.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Row {
    Option(OptionIndex),
    Unsure,
}

/// The lines of a question, in the order of the screen: options, those that stand alone, unsure.
pub fn rows(question: &Question) -> Vec<Row> {
    let options = 0..question.options.len();
    let (alone, others): (Vec<_>, Vec<_>) = options.partition(|&option| question.options[option].exclusive);
    let has_rows = !question.options.is_empty();
    let unsure = (question.unsure && has_rows).then_some(Row::Unsure);
    others.into_iter().chain(alone).map(Row::Option).chain(unsure).collect()
}

/// The key of the unsure answer, wherever it is offered.
pub const UNSURE: char = 'u';
/// The key of the first option that excludes the others, such as "None of these". No digit: typing the number of
/// another row must never pass through it.
const NONE: char = 'n';
/// The keys of all other options, from the top, for as many as a question can have. The letters left out mean
/// something else in a list, or look like a digit.
const KEYS: &str = "123456789abcdfghijkmpstvxzABCDFGHIJKMPSTVXZ+*#%=@!<>$~^|/{}[]()-_\\";

/// The key of each line, in the order of [`rows`]: one character each, and no two alike.
pub fn keys(question: &Question, own: &Answers) -> Vec<char> {
    let is_yes_no = question.is_yes_no();
    let mut free = KEYS.chars();
    let mut has_none = false;
    let key = |row: Row| match row {
        Row::Unsure => UNSURE,
        Row::Option(option) if is_yes_no => letter(option, own),
        Row::Option(option) if question.options[option].exclusive && !has_none => {
            has_none = true;
            NONE
        }
        // There are more of them than options.
        Row::Option(_) => free.next().unwrap_or(' '),
    };
    rows(question).into_iter().map(key).collect()
}

/// The letter of no, the first option of a yes_no, and of yes.
fn letter(option: OptionIndex, own: &Answers) -> char {
    let letters = if option == 0 { own.typed_no } else { own.typed_yes };
    letters.first().and_then(|letter| letter.chars().next()).unwrap_or(' ')
}

/// The line with this key. A capital letter is as good as a small one where only one of them is a key. At a yes_no
/// the English letters and the places of the lines work in every language.
pub fn row_of(question: &Question, typed: char, own: &Answers) -> Option<usize> {
    let keys = keys(question, own);
    let at = |wanted: char| keys.iter().position(|&key| key == wanted);
    let other_case = || match typed.is_lowercase() {
        true => at(typed.to_ascii_uppercase()),
        false => at(typed.to_ascii_lowercase()),
    };
    at(typed).or_else(other_case).or_else(|| {
        let options = rows(question).into_iter().enumerate().filter_map(|(place, row)| match row {
            Row::Option(option) if question.is_yes_no() => Some((place, option)),
            _ => None,
        });
        let means = |&(place, option): &(usize, OptionIndex)| {
            let number = typed.to_digit(10).and_then(|number| usize::try_from(number).ok());
            let typed = typed.to_ascii_lowercase();
            number == Some(place + 1) || understood(own).any(|own| letter(option, own) == typed)
        };
        options.into_iter().find(means).map(|(place, _)| place)
    })
}

/// Are there letters among the keys that say nothing about their line? Then a letter can't also be the first one of
/// an answer.
pub fn has_lettered_rows(question: &Question) -> bool {
    rows(question).iter().filter(|row| matches!(row, Row::Option(_))).count() > 9
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::answers::small;
    use crate::words::Language;

    fn asking(question: &str) -> Question {
        small::questionnaire(question, "now: { other: yes }").questions.remove(0)
    }

    fn many(count: usize) -> Question {
        let options: Vec<_> = (0..count).map(|option| format!("{{ id: o{option}, label: A }}")).collect();
        let none = "{ id: none, label: N, exclusive: true }";
        asking(&format!(
            "many, type: many_of, unsure: true, options: [{}, {none}]
             other, type: yes_no",
            options.join(", ")
        ))
    }

    #[test]
    fn every_row_has_a_key_of_its_own_in_every_language() {
        for language in Language::ALL {
            let own = &language.words().answers;
            for count in [1, 8, 9, 10, 26, 27, 43, 63] {
                let question = many(count);
                let mut keys = keys(&question, own);
                assert_eq!(keys.len(), count + 2);
                for (row, &key) in keys.iter().enumerate() {
                    assert_eq!(row_of(&question, key, own), Some(row), "{key}");
                }
                assert!(
                    keys.iter()
                        .all(|key| !key.is_whitespace() && !matches!(key, '0' | 'w' | 'r' | 'q' | 'L' | '?'))
                );
                keys.sort_unstable();
                keys.dedup();
                assert_eq!(keys.len(), count + 2);
            }
        }
    }

    #[test]
    fn rows_beyond_the_ninth_have_letters_and_none_of_these_is_no_digit() {
        let own = &Language::English.words().answers;
        let keys: String = keys(&many(11), own).into_iter().collect();
        assert_eq!(keys, "123456789abnu");
        assert_eq!(row_of(&many(11), '0', own), None);
        assert_eq!(row_of(&many(11), 'B', own), Some(10), "with the capitals locked");
    }

    #[test]
    fn yes_and_no_have_their_letters() {
        let question = asking("sure, type: yes_no, unsure: true\nother, type: yes_no");
        let [english, spanish] =
            [Language::English, Language::Spanish].map(|language| &language.words().answers);
        assert_eq!(keys(&question, english), ['n', 'y', 'u']);
        assert_eq!(keys(&question, spanish), ['n', 's', 'u']);
        for (typed, row) in [('n', 0), ('1', 0), ('N', 0), ('y', 1), ('2', 1), ('Y', 1), ('u', 2)] {
            for own in [english, spanish] {
                assert_eq!(row_of(&question, typed, own), Some(row), "{typed}");
            }
        }
        assert_eq!(row_of(&question, '3', english), None);
        assert_eq!(row_of(&question, '0', english), None);
    }
}
