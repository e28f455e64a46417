//! The ways to answer a question with options, as lines to choose from, and the key of each: the same in every shell.

use crate::answers::understood;
use crate::questionnaire::{Audience, Choice, OptionIndex, Question};
use crate::text::folded;
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
pub fn keys(question: &Question, words: &Answers) -> Vec<char> {
    let (no, yes) = no_and_yes(question, words);
    let mut free = KEYS.chars();
    let mut has_none = false;
    let key = |row: Row| match row {
        Row::Unsure => UNSURE,
        Row::Option(option) if [no, yes].contains(&Some(option)) => {
            // Its place keeps its digit.
            free.next();
            letter(no == Some(option), words)
        }
        Row::Option(option) if question.options[option].exclusive && !has_none => {
            has_none = true;
            NONE
        }
        // There are more of them than options.
        Row::Option(_) => free.next().unwrap_or(' '),
    };
    rows(question).into_iter().map(key).collect()
}

/// The options that mean no and yes: of a yes_no, and of a one_of whose labels say so: "No, never" and "Yes: 38 °C or
/// more". `None` where no option does, or several do. A "no" that says more than that, such as "No: not for 12 weeks",
/// is none of these: whoever says no alone does not say that.
pub fn no_and_yes(question: &Question, say: &Answers) -> (Option<OptionIndex>, Option<OptionIndex>) {
    if question.is_yes_no() {
        return (Some(0), Some(1));
    }
    if question.takes_several() || has_lettered_rows(question) {
        return (None, None);
    }
    let says = |ends: &'static [char], words: fn(&Answers) -> &'static str| {
        let said = question.options.iter().enumerate().filter(move |(_, option)| {
            let label = folded(option.label.to(Audience::Patient));
            let said = label.split(ends).next().unwrap_or_default();
            folded(words(say)) == said && (label.len() == said.len() || label.len() > said.len() + 1)
        });
        said.map(|(option, _)| option).collect::<Vec<_>>()
    };
    let only = |said: Vec<OptionIndex>| if let [one] = said[..] { Some(one) } else { None };
    (only(says(&[','], |say| say.no)), only(says(&[',', ':'], |say| say.yes)))
}

/// The options that begin with yes, where there are several: a "yes" alone does not tell which.
pub fn several_yes(question: &Question, words: &Answers) -> bool {
    let begins = |option: &&Choice| {
        let label = folded(option.label.to(Audience::Patient));
        label.split([',', ':']).next().is_some_and(|said| said == folded(words.yes))
    };
    !question.takes_several() && question.options.iter().filter(begins).count() > 1
}

/// The letter of no, or of yes.
fn letter(is_no: bool, words: &Answers) -> char {
    let letters = if is_no { words.typed_no } else { words.typed_yes };
    letters.first().and_then(|letter| letter.chars().next()).unwrap_or(' ')
}

/// The line with this key. A capital letter is as good as a small one where only one of them is a key. Where lines mean
/// no and yes, their English letters and their places work in every language too.
pub fn row_of(question: &Question, typed: char, words: &Answers) -> Option<usize> {
    let keys = keys(question, words);
    let at = |wanted: char| keys.iter().position(|&key| key == wanted);
    let other_case = || match typed.is_lowercase() {
        true => at(typed.to_ascii_uppercase()),
        false => at(typed.to_ascii_lowercase()),
    };
    at(typed).or_else(other_case).or_else(|| {
        let (no, yes) = no_and_yes(question, words);
        let lettered = rows(question).into_iter().enumerate().filter_map(|(place, row)| match row {
            Row::Option(option) if [no, yes].contains(&Some(option)) => Some((place, no == Some(option))),
            _ => None,
        });
        let means = |&(place, is_no): &(usize, bool)| {
            let number = typed.to_digit(10).and_then(|number| usize::try_from(number).ok());
            let typed = typed.to_ascii_lowercase();
            number == Some(place + 1) || understood(words).any(|words| letter(is_no, words) == typed)
        };
        lettered.into_iter().find(means).map(|(place, _)| place)
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
            let words = &language.words().answers;
            for count in [1, 8, 9, 10, 26, 27, 43, 63] {
                let question = many(count);
                let mut keys = keys(&question, words);
                assert_eq!(keys.len(), count + 2);
                for (row, &key) in keys.iter().enumerate() {
                    assert_eq!(row_of(&question, key, words), Some(row), "{key}");
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
        let words = &Language::English.words().answers;
        let keys: String = keys(&many(11), words).into_iter().collect();
        assert_eq!(keys, "123456789abnu");
        assert_eq!(row_of(&many(11), '0', words), None);
        assert_eq!(row_of(&many(11), 'B', words), Some(10), "with the capitals locked");
    }

    #[test]
    fn the_place_of_none_of_these_and_the_letters_of_yes_and_no_mean_nothing_in_other_lists() {
        let words = &Language::English.words().answers;
        for typed in ['4', '5', 'y', 'Y'] {
            assert_eq!(row_of(&many(3), typed, words), None, "{typed}");
        }
    }

    #[test]
    fn yes_and_no_have_their_letters() {
        let question = asking("sure, type: yes_no, unsure: true\nother, type: yes_no");
        let [english, spanish] =
            [Language::English, Language::Spanish].map(|language| &language.words().answers);
        assert_eq!(keys(&question, english), ['n', 'y', 'u']);
        assert_eq!(keys(&question, spanish), ['n', 's', 'u']);
        for (typed, row) in [('n', 0), ('1', 0), ('N', 0), ('y', 1), ('2', 1), ('Y', 1), ('u', 2)] {
            for words in [english, spanish] {
                assert_eq!(row_of(&question, typed, words), Some(row), "{typed}");
            }
        }
        assert_eq!(row_of(&question, '3', english), None);
        assert_eq!(row_of(&question, '0', english), None);
    }

    #[test]
    fn so_have_answers_that_mean_yes_and_no() {
        let words = &Language::English.words().answers;
        let keys_of = |labels: &str| {
            let options: Vec<_> = labels
                .split('|')
                .enumerate()
                .map(|(at, label)| format!("{{ id: o{at}, label: '{label}' }}"))
                .collect();
            let options = options.join(", ");
            let question = asking(&format!("a, type: one_of, options: [{options}]\nother, type: yes_no"));
            for (row, key) in keys(&question, words).into_iter().enumerate() {
                assert_eq!(row_of(&question, key, words), Some(row), "{labels}");
                let place = char::from_digit(row as u32 + 1, 10).expect("a digit");
                assert_eq!(row_of(&question, place, words), Some(row), "{labels}: by its place");
            }
            keys(&question, words).into_iter().collect::<String>()
        };
        assert_eq!(keys_of("No|Slight|Yes: 38 or more"), "n2y");
        assert_eq!(keys_of("No, never|Yes, in the past|Yes, now"), "n23", "which yes?");
        assert_eq!(keys_of("No: not for 12 weeks|Yes: new"), "1y", "a no that says more");
        assert_eq!(keys_of("Nobody|Yesterday"), "12");
    }

    #[test]
    fn letters_are_keys_of_their_own_from_the_tenth_line_on() {
        assert!(!has_lettered_rows(&many(1)) && !has_lettered_rows(&many(8)), "nine with the last");
        assert!(has_lettered_rows(&many(9)) && has_lettered_rows(&many(12)));
    }

    #[test]
    fn only_labels_that_say_no_more_than_yes_or_no_are_meant_by_it() {
        let words = &Language::English.words().answers;
        let one = |labels: &[&str]| {
            let options: Vec<_> = (labels.iter().enumerate())
                .map(|(at, label)| format!("{{ id: o{at}, label: \"{label}\" }}"))
                .collect();
            asking(&format!(
                "a, type: one_of, least: o0, options: [{}]\n other, type: yes_no",
                options.join(", ")
            ))
        };
        for (labels, meant, several) in [
            (&["No", "Yes: new"][..], (Some(0), Some(1)), false),
            (&["No, never", "Yes, often"], (Some(0), Some(1)), false),
            (&["No: not for 12 weeks", "Yes"], (None, Some(1)), false),
            (&["Yes: new", "Yes, but old", "No"], (Some(2), None), true),
            (&["No,", "Yes:"], (None, None), false),
            (&["Nothing", "Yesterday"], (None, None), false),
        ] {
            let question = one(labels);
            assert_eq!(no_and_yes(&question, words), meant, "{labels:?}");
            assert_eq!(several_yes(&question, words), several, "{labels:?}");
        }
        let list = asking(
            "a, type: many_of, options: [{ id: x, label: \"Yes: new\" }, { id: y, label: \"Yes: old\" }, \
             { id: no, label: \"No\", exclusive: true }]
             other, type: yes_no",
        );
        assert_eq!((no_and_yes(&list, words), several_yes(&list, words)), ((None, None), false));
    }
}
