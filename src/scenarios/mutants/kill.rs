//! Does a case fail on a mutant? Judged by the plain interpreter.

use super::Mutant;
use crate::answers::{Facts, Sheet, Truth};
use crate::questionnaire::Questionnaire;
use crate::scenarios::Case;
use crate::scenarios::run::{self, Mismatch};

/// The cases, with what each makes true on the questionnaire as it is.
pub struct Judge<'a> {
    questionnaire: &'a Questionnaire,
    cases: &'a [Case],
    facts: Vec<Facts<'a>>,
    /// Cases that came later.
    more: Vec<Case>,
}

impl<'a> Judge<'a> {
    /// `sheets` are what an interview hears of each case.
    pub fn new(questionnaire: &'a Questionnaire, cases: &'a [Case], sheets: &'a [Sheet]) -> Judge<'a> {
        let facts = cases.iter().zip(sheets);
        let facts = facts.map(|(case, sheet)| Facts::of(questionnaire, case.audience, sheet)).collect();
        Judge { questionnaire, cases, facts, more: Vec::new() }
    }

    /// A case suggested for a mutant. Its position is counted on from those of the suite.
    pub fn add(&mut self, case: Case) {
        self.more.push(case);
    }

    /// The first of the suite's cases that fails on the mutant.
    pub fn kills(&self, mutant: &Mutant, changed: &Questionnaire) -> Option<usize> {
        let cases = self.cases.iter().zip(&self.facts);
        let mut touched = cases.enumerate().filter(|(_, (_, facts))| self.can_notice(mutant, changed, facts));
        touched.find(|(_, (case, _))| !run::run(changed, case).is_empty()).map(|(index, _)| index)
    }

    /// The first of the cases that came later that has another level on the mutant.
    pub fn level_later(&self, changed: &Questionnaire) -> Option<usize> {
        let is_level = |mismatch: &Mismatch| matches!(mismatch, Mismatch::Level(_));
        self.more.iter().position(|case| run::run(changed, case).iter().any(is_level))
    }

    /// Whether the change makes any difference on a sheet. A condition that is as true as before has every effect
    /// that it had: conditions look only at what was asked before.
    fn can_notice(&self, mutant: &Mutant, changed: &Questionnaire, facts: &Facts) -> bool {
        match (mutant, mutant.stated()) {
            (Mutant::RuleLevel(rule, _), _) => facts.rule(*rule) != Truth::False,
            (_, Some(stated)) => match (stated.of(self.questionnaire), stated.of(changed)) {
                (Some(before), Some(after)) => facts.truth(before) != facts.truth(after),
                _ => true,
            },
            _ => true,
        }
    }
}
