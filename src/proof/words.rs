//! Conditions, questions and answers as an author would write or read them.

use crate::answers::{Answer, number_text};
use crate::questionnaire::condition::Comparison;
use crate::questionnaire::{Audience, Condition, Question, Questionnaire};

use crate::words::Language;

/// A condition as the file would write it, on one line, cut where it gets long.
pub fn condition(questionnaire: &Questionnaire, condition: &Condition) -> String {
    const LONGEST: usize = 70;
    let words = written(questionnaire, condition);
    match words.char_indices().nth(LONGEST) {
        Some((cut, _)) => format!("{}…", &words[..cut]),
        None => words,
    }
}

fn written(questionnaire: &Questionnaire, condition: &Condition) -> String {
    let list = |parts: &[Condition]| {
        let parts: Vec<String> = parts.iter().map(|part| written(questionnaire, part)).collect();
        parts.join(", ")
    };
    let id = |question: usize| &questionnaire.questions[question].id;
    match condition {
        Condition::All(parts) => format!("all: [{}]", list(parts)),
        Condition::Any(parts) => format!("any: [{}]", list(parts)),
        Condition::Not(part) => match part.as_ref() {
            Condition::Definition(_) => format!("not: {}", written(questionnaire, part)),
            part => format!("not: {{ {} }}", written(questionnaire, part)),
        },
        Condition::AtLeast(needed, parts) => format!("at_least: {needed}, of: [{}]", list(parts)),
        Condition::Has(question, options) => {
            let asked = &questionnaire.questions[*question];
            let ids: Vec<&str> =
                options.iter().filter_map(|option| Some(asked.options.get(option)?.id.as_str())).collect();
            match ids.as_slice() {
                [one] => format!("{}: {one}", asked.id),
                ids => format!("{}: [{}]", asked.id, ids.join(", ")),
            }
        }
        Condition::Unsure(question) => format!("{}: unsure", id(*question)),
        Condition::Number(question, comparison, bound) => {
            let word = match comparison {
                Comparison::AtLeast => "at_least",
                Comparison::Above => "above",
                Comparison::Below => "below",
            };
            format!("{}: {{ {word}: {} }}", id(*question), number_text(*bound))
        }
        Condition::Definition(definition) => questionnaire.definitions[*definition].name.clone(),
        Condition::Rule(rules) => {
            let ids: Vec<&str> = rules.iter().map(|&rule| questionnaire.rules[rule].id.as_str()).collect();
            format!("rule: [{}]", ids.join(", "))
        }
        Condition::UnsureAnswers => "unsure_answers: true".to_owned(),
    }
}

/// An answer with the words of the questionnaire.
pub fn answer(answer: Option<&Answer>, question: &Question, audience: Audience) -> String {
    match answer {
        Some(answer) => answer.words(question, audience, Language::English.words()),
        None => "(left out)".to_owned(),
    }
}

/// `a, b and c`
pub fn joined(words: &[String]) -> String {
    match words.split_last() {
        None => String::new(),
        Some((last, [])) => last.clone(),
        Some((last, others)) => format!("{} and {last}", others.join(", ")),
    }
}
