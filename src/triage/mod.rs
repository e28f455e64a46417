//! What it means: from the facts to a level, the reasons for it and the next steps.

mod because;

use std::cmp::min;

pub use because::{Evidence, doubts, evidence};

use crate::answers::{Facts, Truth};
use crate::questionnaire::{
    Audience, Contact, Deadline, LevelIndex, NextStep, Page, QuestionIndex, RuleIndex, Shown, UnsureCountsAs,
};

/// The judgement of one sheet.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Assessment {
    /// What to act on.
    pub level: LevelIndex,
    /// The most urgent level with a true rule, or the last level.
    pub certain: LevelIndex,
    /// The most urgent level with a rule that is true or unknown.
    pub possible: LevelIndex,
    /// Every question that is asked has its answer.
    pub complete: bool,
    /// The true rules, in the order of the file.
    pub rules: Vec<RuleIndex>,
    /// The live questions that still need an answer.
    pub unanswered: Vec<QuestionIndex>,
    /// The questions that are certainly not asked and have an answer all the same.
    pub set_aside: Vec<QuestionIndex>,
}

/// Judges the facts by the questionnaire's rules and its policy for unsure.
pub fn assess(facts: &Facts) -> Assessment {
    let questionnaire = facts.questionnaire;
    let mut certain = questionnaire.last_level();
    let mut possible = certain;
    let mut rules = Vec::new();
    for (index, rule) in questionnaire.rules.iter().enumerate() {
        let truth = facts.rule(index);
        if truth == Truth::True {
            certain = min(certain, rule.level);
            rules.push(index);
        }
        if truth != Truth::False {
            possible = min(possible, rule.level);
        }
    }
    let questions = 0..questionnaire.questions.len();
    let unanswered: Vec<_> = questions.clone().filter(|&question| needs_answer(facts, question)).collect();
    Assessment {
        level: level(facts, certain, possible),
        certain,
        possible,
        complete: unanswered.is_empty(),
        rules,
        unanswered,
        set_aside: questions.filter(|&question| facts.set_aside(question).is_some()).collect(),
    }
}

/// Is the question asked, required and still without an answer?
pub fn needs_answer(facts: &Facts, question: QuestionIndex) -> bool {
    let asked = &facts.questionnaire.questions[question];
    let takes_answer = !matches!(asked.kind, crate::questionnaire::Kind::Note);
    facts.live(question) == Truth::True && facts.answer(question).is_none() && !asked.optional && takes_answer
}

fn level(facts: &Facts, certain: LevelIndex, possible: LevelIndex) -> LevelIndex {
    if possible == certain {
        return certain;
    }
    let policy = facts.questionnaire.unsure;
    let doubtful = match policy.counts_as {
        UnsureCountsAs::SameLevel => possible,
        UnsureCountsAs::OneLevelLess => possible + 1,
    };
    min(certain, min(doubtful, policy.at_least))
}

/// Is a step or a page shown to this audience at this level?
pub fn is_shown(facts: &Facts, shown: &Shown, level: LevelIndex, audience: Audience) -> bool {
    (shown.levels.is_empty() || shown.levels.contains(&level))
        && shown.audience.is_none_or(|only| only == audience)
        && shown.when.as_ref().is_none_or(|when| facts.truth(when) == Truth::True)
}

pub fn next_steps<'a>(facts: &Facts<'a>, level: LevelIndex, audience: Audience) -> Vec<&'a NextStep> {
    facts
        .questionnaire
        .next_steps
        .iter()
        .filter(|step| is_shown(facts, &step.shown, level, audience))
        .collect()
}

pub fn pages<'a>(facts: &Facts<'a>, level: LevelIndex, audience: Audience) -> Vec<&'a Page> {
    facts.questionnaire.learn.iter().filter(|page| is_shown(facts, &page.shown, level, audience)).collect()
}

/// How soon to act. An open condition counts as met, because the entries run from soonest to latest.
pub fn within<'a>(facts: &Facts<'a>, level: LevelIndex) -> Option<&'a Deadline> {
    facts.questionnaire.levels[level].within.iter().find(|deadline| may_hold(facts, deadline))
}

/// When to look again.
pub fn check_again<'a>(facts: &Facts<'a>, level: LevelIndex) -> Vec<&'a Deadline> {
    let deadlines = &facts.questionnaire.levels[level].check_again;
    deadlines.iter().filter(|deadline| may_hold(facts, deadline)).collect()
}

/// Whom to contact.
pub fn who<'a>(facts: &Facts<'a>, level: LevelIndex) -> Option<&'a Contact> {
    let contacts = &facts.questionnaire.levels[level].who;
    contacts.iter().find(|contact| contact.when.as_ref().is_none_or(|when| facts.truth(when) == Truth::True))
}

fn may_hold(facts: &Facts, deadline: &Deadline) -> bool {
    deadline.when.as_ref().is_none_or(|when| facts.truth(when) != Truth::False)
}
