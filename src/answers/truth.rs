//! Three-valued evaluation (Kleene): the reference that everything faster is tested against.

use std::cell::Cell;
use std::cmp::{max, min};

use super::{Answer, Sheet};
use crate::questionnaire::{Audience, Condition, QuestionIndex, Questionnaire, RuleIndex};

/// The order is that of truth, so that `and` is the minimum and `or` the maximum.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Truth {
    False,
    Unknown,
    True,
}

impl Truth {
    fn not(self) -> Truth {
        match self {
            Truth::False => Truth::True,
            Truth::Unknown => Truth::Unknown,
            Truth::True => Truth::False,
        }
    }
}

impl From<bool> for Truth {
    fn from(holds: bool) -> Truth {
        if holds { Truth::True } else { Truth::False }
    }
}

/// Everything that a sheet makes true, false or unknown.
pub struct Facts<'a> {
    pub questionnaire: &'a Questionnaire,
    pub audience: Audience,
    sheet: &'a Sheet,
    live: Vec<Truth>,
    /// Evaluated when first asked for, and then kept.
    rules: Vec<Cell<Option<Truth>>>,
    definitions: Vec<Cell<Option<Truth>>>,
}

impl<'a> Facts<'a> {
    /// Evaluates which questions are live; rules and definitions follow when they are asked for.
    pub fn of(questionnaire: &'a Questionnaire, audience: Audience, sheet: &'a Sheet) -> Facts<'a> {
        let mut facts = Facts {
            questionnaire,
            audience,
            sheet,
            live: Vec::with_capacity(questionnaire.questions.len()),
            rules: vec![Cell::new(None); questionnaire.rules.len()],
            definitions: vec![Cell::new(None); questionnaire.definitions.len()],
        };
        // A condition looks at earlier questions only, so one pass in the order of asking is enough.
        for question in &questionnaire.questions {
            let section = &questionnaire.sections[question.section];
            let live = if section.audience.is_some_and(|only| only != audience) {
                Truth::False
            } else {
                question.ask_if.as_ref().map_or(Truth::True, |condition| facts.truth(condition))
            };
            facts.live.push(live);
        }
        facts
    }

    /// Is the question asked? Unknown while an answer that decides it is open: then it is not asked yet.
    pub fn live(&self, question: QuestionIndex) -> Truth {
        self.live[question]
    }

    pub fn rule(&self, rule: RuleIndex) -> Truth {
        self.once(&self.rules[rule], &self.questionnaire.rules[rule].when)
    }

    /// The answer, unless its question is certainly not asked.
    pub fn answer(&self, question: QuestionIndex) -> Option<&'a Answer> {
        match self.live[question] {
            Truth::False => None,
            Truth::Unknown | Truth::True => self.sheet.get(question),
        }
    }

    /// The answer to a question that is certainly not asked: kept, and without any effect.
    pub fn set_aside(&self, question: QuestionIndex) -> Option<&'a Answer> {
        match self.live[question] {
            Truth::False => self.sheet.get(question),
            Truth::Unknown | Truth::True => None,
        }
    }

    pub fn truth(&self, condition: &Condition) -> Truth {
        match condition {
            Condition::All(parts) => parts.iter().fold(Truth::True, |all, part| min(all, self.truth(part))),
            Condition::Any(parts) => parts.iter().fold(Truth::False, |any, part| max(any, self.truth(part))),
            Condition::Not(part) => self.truth(part).not(),
            Condition::AtLeast(needed, parts) => {
                let truths = parts.iter().map(|part| self.truth(part));
                let (certain, possible) = truths.fold((0, 0), |(certain, possible), truth| match truth {
                    Truth::True => (certain + 1, possible + 1),
                    Truth::Unknown => (certain, possible + 1),
                    Truth::False => (certain, possible),
                });
                match (certain >= *needed, possible >= *needed) {
                    (true, _) => Truth::True,
                    (false, true) => Truth::Unknown,
                    (false, false) => Truth::False,
                }
            }
            Condition::Has(question, options) => self.about(*question, |answer| match answer {
                answer if answer.ticked().intersects(*options) => Truth::True,
                Answer::Unsure { .. } => Truth::Unknown,
                _ => Truth::False,
            }),
            Condition::Unsure(question) => self.about(*question, |answer| answer.is_unsure().into()),
            Condition::Number(question, comparison, bound) => self.about(*question, |answer| match answer {
                Answer::Number(number) => comparison.holds(*number, *bound).into(),
                Answer::Unsure { .. } => Truth::Unknown,
                _ => Truth::False,
            }),
            Condition::Definition(definition) => self
                .once(&self.definitions[*definition], &self.questionnaire.definitions[*definition].condition),
            Condition::Rule(rules) => rules.iter().fold(Truth::False, |any, &rule| max(any, self.rule(rule))),
            Condition::UnsureAnswers => {
                let questions = 0..self.live.len();
                questions.into_iter().any(|q| self.answer(q).is_some_and(Answer::is_unsure)).into()
            }
        }
    }

    fn once(&self, known: &Cell<Option<Truth>>, condition: &Condition) -> Truth {
        known.get().unwrap_or_else(|| {
            let truth = self.truth(condition);
            known.set(Some(truth));
            truth
        })
    }

    /// Does this question's answer make the condition true? An open question leaves it unknown.
    fn about(&self, question: QuestionIndex, judge: impl Fn(&Answer) -> Truth) -> Truth {
        match (self.live[question], self.sheet.get(question)) {
            (Truth::False, _) => Truth::False,
            (_, Some(answer)) => judge(answer),
            (_, None) if self.questionnaire.questions[question].optional => Truth::False,
            (_, None) => Truth::Unknown,
        }
    }
}
