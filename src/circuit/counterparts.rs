//! Which question and which option of one questionnaire is which of another.

use std::collections::HashMap;

use crate::questionnaire::{OptionIndex, Question, QuestionIndex, Questionnaire};

/// What of a second questionnaire is what of a first one. Questions and options are the same if their ids are. What
/// is left over is the same if people read the same words, and nothing else that is left over has these: then it was
/// only renamed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Counterparts {
    /// For each question of the second its question in the first.
    pub questions: Vec<Option<QuestionIndex>>,
    /// For each question of the second, and each of its options, the option in the first; all `None` where the
    /// question has no counterpart.
    pub options: Vec<Vec<Option<OptionIndex>>>,
}

impl Counterparts {
    pub fn of(first: &Questionnaire, second: &Questionnaire) -> Counterparts {
        let questions =
            matched(&first.questions, &second.questions, |question| question.id.as_str(), asks_the_same);
        let options = questions.iter().zip(&second.questions).map(|(&at, question)| match at {
            None => vec![None; question.options.len()],
            Some(at) => matched(
                &first.questions[at].options,
                &question.options,
                |option| option.id.as_str(),
                |one, other| one.label == other.label,
            ),
        });
        let options = options.collect();
        Counterparts { questions, options }
    }
}

fn matched<'a, T>(
    first: &'a [T],
    second: &'a [T],
    id: impl Fn(&'a T) -> &'a str,
    same_otherwise: impl Fn(&T, &T) -> bool,
) -> Vec<Option<usize>> {
    let by_id: HashMap<&str, usize> = first.iter().enumerate().map(|(at, item)| (id(item), at)).collect();
    let mut found: Vec<Option<usize>> = second.iter().map(|item| by_id.get(id(item)).copied()).collect();
    if first.len() == second.len() && found.iter().all(Option::is_some) {
        return found;
    }
    let left_of_second: Vec<usize> = (0..second.len()).filter(|&at| found[at].is_none()).collect();
    let mut is_taken = vec![false; first.len()];
    found.iter().flatten().for_each(|&at| is_taken[at] = true);
    let left_of_first: Vec<usize> = (0..first.len()).filter(|&at| !is_taken[at]).collect();
    for &at in &left_of_second {
        let mut alike = left_of_first.iter().filter(|&&one| same_otherwise(&first[one], &second[at]));
        if let (Some(&one), None) = (alike.next(), alike.next()) {
            let alike = left_of_second.iter().filter(|&&other| same_otherwise(&first[one], &second[other]));
            found[at] = (alike.count() == 1).then_some(one);
        }
    }
    found
}

fn asks_the_same(one: &Question, other: &Question) -> bool {
    let options = |question: &Question| {
        let options = question.options.iter();
        options.map(|option| (option.id.clone(), option.label.clone())).collect::<Vec<_>>()
    };
    one.ask == other.ask && one.domain == other.domain && options(one) == options(other)
}
