//! Tries a case with the plain interpreter.

use super::{Case, Wanted};
use crate::answers::{Facts, Truth};
use crate::questionnaire::{LevelIndex, QuestionIndex, Questionnaire, RuleIndex};
use crate::triage::{self, Assessment};

/// Something that came out otherwise than the case says.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Mismatch {
    /// A question that is asked has no answer.
    Open(QuestionIndex),
    /// A question is not asked though the case answers it.
    Unheard(QuestionIndex),
    /// This level came out.
    Level(LevelIndex),
    /// Whether the rule was to be true; it is the opposite.
    Rule(RuleIndex, bool),
    /// Whether the question was to be asked.
    Asked(QuestionIndex, bool),
    /// Whether the step was to be shown.
    Step(usize, bool),
    /// These are the days of the deadline.
    Within(Option<u16>),
}

/// Tries one case: what came out otherwise.
pub fn run(questionnaire: &Questionnaire, case: &Case) -> Vec<Mismatch> {
    let sheet = case.heard(questionnaire);
    let facts = Facts::of(questionnaire, case.audience, &sheet);
    mismatches(case, &facts, &triage::assess(&facts))
}

/// Compares what an interview has heard with what the case wants.
pub(super) fn mismatches(case: &Case, facts: &Facts, assessment: &Assessment) -> Vec<Mismatch> {
    let mut found: Vec<Mismatch> = assessment.unanswered.iter().map(|&open| Mismatch::Open(open)).collect();
    let unheard = case
        .written
        .iter()
        .copied()
        .filter(|&question| case.answers[question].is_some() && facts.live(question) != Truth::True);
    found.extend(unheard.map(Mismatch::Unheard));
    // Of a check that is not finished, the rest says nothing.
    if !assessment.complete {
        return found;
    }
    if assessment.level != case.level {
        found.push(Mismatch::Level(assessment.level));
    }
    compare(&case.rules, |rule| facts.rule(rule) == Truth::True, Mismatch::Rule, &mut found);
    compare(&case.asked, |question| facts.live(question) == Truth::True, Mismatch::Asked, &mut found);
    compare(&case.steps, |step| is_shown(facts, step, assessment.level), Mismatch::Step, &mut found);
    if case.within_days.is_some() {
        let days = triage::within(facts, assessment.level).and_then(|deadline| deadline.days);
        if days != case.within_days {
            found.push(Mismatch::Within(days));
        }
    }
    found
}

fn compare(
    wanted: &Wanted<usize>,
    holds: impl Fn(usize) -> bool,
    mismatch: impl Fn(usize, bool) -> Mismatch,
    found: &mut Vec<Mismatch>,
) {
    let yes = wanted.yes.iter().map(|&at| (at, true));
    let all = yes.chain(wanted.no.iter().map(|&at| (at, false)));
    found.extend(all.filter(|&(at, wanted)| holds(at) != wanted).map(|(at, wanted)| mismatch(at, wanted)));
}

/// Is a step shown to those whom it is for? Both pages of a summary are made of one sheet.
pub(super) fn is_shown(facts: &Facts, step: usize, level: LevelIndex) -> bool {
    let shown = &facts.questionnaire.next_steps[step].shown;
    triage::is_shown(facts, shown, level, shown.audience.unwrap_or(facts.audience))
}
