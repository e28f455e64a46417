//! What the cases of a suite come across, and what none of them does.

use super::{Case, run};
use crate::answers::{Facts, Truth};
use crate::questionnaire::{Domain, Questionnaire};
use crate::triage;

/// How much of one kind of thing some case comes across.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Share {
    /// `questions`
    pub what: &'static str,
    pub all: usize,
    /// The ids of what no case comes across, in the order of the file; of an option `question: option`.
    pub missing: Vec<String>,
}

impl Share {
    pub fn covered(&self) -> usize {
        self.all - self.missing.len()
    }

    /// Whole percent, and 100 only if nothing is missing.
    pub fn percent(&self) -> usize {
        (self.covered() * 100).checked_div(self.all).unwrap_or(100)
    }
}

/// Which questions were asked, which answers given to them, which rules true, which levels reached, which steps
/// shown.
#[derive(Debug, Clone)]
pub struct Coverage {
    questions: Vec<bool>,
    /// For each question its options, and at the end "not sure".
    options: Vec<Vec<bool>>,
    rules: Vec<bool>,
    levels: Vec<bool>,
    steps: Vec<bool>,
}

/// Tries all cases once more, to see what they come across.
pub fn of(questionnaire: &Questionnaire, cases: &[&Case]) -> Vec<Share> {
    let mut coverage = Coverage {
        questions: vec![false; questionnaire.questions.len()],
        options: questionnaire.questions.iter().map(|asked| vec![false; asked.options.len() + 1]).collect(),
        rules: vec![false; questionnaire.rules.len()],
        levels: vec![false; questionnaire.levels.len()],
        steps: vec![false; questionnaire.next_steps.len()],
    };
    cases.iter().for_each(|case| coverage.add(questionnaire, case));
    coverage.shares(questionnaire)
}

impl Coverage {
    fn add(&mut self, questionnaire: &Questionnaire, case: &Case) {
        let sheet = case.heard(questionnaire);
        let facts = Facts::of(questionnaire, case.audience, &sheet);
        let assessment = triage::assess(&facts);
        for question in (0..questionnaire.questions.len()).filter(|&q| facts.live(q) == Truth::True) {
            self.questions[question] = true;
            let given = &mut self.options[question];
            if let Some(answer) = facts.answer(question) {
                answer.ticked().iter().for_each(|option| given[option] = true);
                let unsure = given.len() - 1;
                given[unsure] |= answer.is_unsure();
            }
        }
        assessment.rules.iter().for_each(|&rule| self.rules[rule] = true);
        self.levels[assessment.level] = true;
        for (step, shown) in self.steps.iter_mut().enumerate() {
            *shown |= run::is_shown(&facts, step, assessment.level);
        }
    }

    fn shares(&self, questionnaire: &Questionnaire) -> Vec<Share> {
        let share = |what, ids: Vec<(String, bool)>| Share {
            what,
            all: ids.len(),
            missing: ids.into_iter().filter(|(_, seen)| !seen).map(|(id, _)| id).collect(),
        };
        let with = |ids: Vec<&String>, seen: &[bool]| -> Vec<(String, bool)> {
            ids.into_iter().cloned().zip(seen.iter().copied()).collect()
        };
        let mut options = Vec::new();
        for (question, seen) in questionnaire.questions.iter().zip(&self.options) {
            let ids = question.options.iter().map(|option| option.id.as_str());
            let unsure = question.unsure && question.domain != Domain::Text;
            for (id, seen) in
                ids.chain(["unsure"]).zip(seen).take(question.options.len() + usize::from(unsure))
            {
                options.push((format!("{}: {id}", question.id), *seen));
            }
        }
        let questions = questionnaire.questions.iter().map(|question| &question.id).collect();
        let rules = questionnaire.rules.iter().map(|rule| &rule.id).collect();
        let levels = questionnaire.levels.iter().map(|level| &level.id).collect();
        let steps = questionnaire.next_steps.iter().map(|step| &step.id).collect();
        vec![
            share("questions", with(questions, &self.questions)),
            share("answers", options),
            share("rules", with(rules, &self.rules)),
            share("levels", with(levels, &self.levels)),
            share("steps", with(steps, &self.steps)),
        ]
    }
}
