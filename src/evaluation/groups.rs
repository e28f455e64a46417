//! People of one answer, or of a part of the numbers.

use super::{Group, Measures, Person, Told};
use crate::answers::Answer;
use crate::questionnaire::{Domain, QuestionIndex, Questionnaire};

/// What to group people by.
#[derive(Debug, Clone, PartialEq)]
pub struct By {
    question: QuestionIndex,
    /// Each begins a group; rising.
    cuts: Vec<f64>,
}

/// Why people can't be grouped so. Each has the id of the question.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum WrongBy {
    NoQuestion(String),
    /// A number needs cuts.
    NeedsCuts(String),
    /// Only a number has cuts.
    TakesNoCuts(String),
    /// The cuts are no numbers, or don't rise.
    NotRising(String),
    /// A text, or no answer at all.
    NoGroups(String),
}

impl By {
    /// Reads `sex` or `age:18,40,60`.
    ///
    /// # Errors
    /// When there is no such question, or it can't be cut so.
    pub fn read(questionnaire: &Questionnaire, written: &str) -> Result<By, WrongBy> {
        let (id, cuts) = match written.split_once(':') {
            Some((id, cuts)) => (id.trim(), Some(cuts)),
            None => (written.trim(), None),
        };
        let Some(question) = questionnaire.question_index(id) else {
            return Err(WrongBy::NoQuestion(id.to_owned()));
        };
        let id = id.to_owned();
        match (&questionnaire.questions[question].domain, cuts) {
            (Domain::Number(_), None) => Err(WrongBy::NeedsCuts(id)),
            (Domain::Number(_), Some(cuts)) => {
                let cuts: Option<Vec<f64>> = cuts.split(',').map(|cut| cut.trim().parse().ok()).collect();
                match cuts {
                    Some(cuts)
                        if cuts.iter().all(|cut: &f64| cut.is_finite())
                            && cuts.is_sorted_by(|a, b| a < b) =>
                    {
                        Ok(By { question, cuts })
                    }
                    _ => Err(WrongBy::NotRising(id)),
                }
            }
            (Domain::One { .. } | Domain::Several, None) => Ok(By { question, cuts: Vec::new() }),
            (Domain::One { .. } | Domain::Several, Some(_)) => Err(WrongBy::TakesNoCuts(id)),
            (Domain::Text | Domain::Nothing, _) => Err(WrongBy::NoGroups(id)),
        }
    }

    /// The names of the groups, in order.
    fn names(&self, questionnaire: &Questionnaire) -> Vec<String> {
        let question = &questionnaire.questions[self.question];
        let mut names: Vec<String> = match question.domain {
            Domain::Number(_) => {
                let first = self.cuts.first().map(|cut| format!("below {cut}"));
                let pairs = self.cuts.windows(2).map(|pair| format!("{} to below {}", pair[0], pair[1]));
                let last = self.cuts.last().map(|cut| format!("{cut} or more"));
                first.into_iter().chain(pairs).chain(last).collect()
            }
            _ => question.options.iter().map(|option| option.id.clone()).collect(),
        };
        names.extend(["not sure".to_owned(), "no answer".to_owned()]);
        names
    }

    /// How many groups there are of those who answered; two more are for those who aren't sure and for no answer.
    fn answered(&self, questionnaire: &Questionnaire) -> usize {
        let question = &questionnaire.questions[self.question];
        match question.domain {
            Domain::Number(_) => self.cuts.len() + 1,
            _ => question.options.len(),
        }
    }

    /// In which groups somebody is: several where several options are ticked.
    fn of(&self, questionnaire: &Questionnaire, person: &Person) -> Vec<usize> {
        let unsure = self.answered(questionnaire);
        match person.sheet.get(self.question) {
            None | Some(Answer::Text(_)) => vec![unsure + 1],
            Some(Answer::Number(number)) => vec![self.cuts.iter().take_while(|&cut| number >= cut).count()],
            Some(Answer::Options(ticked)) => ticked.iter().collect(),
            Some(Answer::Unsure { ticked }) => ticked.iter().chain([unsure]).collect(),
        }
    }
}

/// All groups of all questions, with nobody in them yet.
pub(super) fn all(questionnaire: &Questionnaire, by: &[By]) -> Vec<Group> {
    by.iter()
        .flat_map(|by| {
            by.names(questionnaire).into_iter().map(|name| Group {
                question: questionnaire.questions[by.question].id.clone(),
                name,
                measures: Measures::new(questionnaire),
            })
        })
        .collect()
}

pub(super) fn add(
    groups: &mut [Group],
    questionnaire: &Questionnaire,
    by: &[By],
    person: &Person,
    told: &Told,
) {
    let mut first = 0;
    for by in by {
        for group in by.of(questionnaire, person) {
            groups[first + group].measures.add(questionnaire, person.right, told);
        }
        first += by.answered(questionnaire) + 2;
    }
}
