//! The result in words, also when there is none yet.

use jiff::ToSpan;
use jiff::civil::Date;

use super::words::Words;
use super::{Urgency, When};
use crate::answers::Facts;
use crate::questionnaire::{Deadline, LevelIndex, Questionnaire};
use crate::triage::{self, Assessment};

/// The part of the report that follows from the level alone.
pub struct Outcome {
    pub level: Option<Urgency>,
    pub could_be: Option<Urgency>,
    pub headline: String,
    pub act: String,
    pub within: Option<When>,
    pub who: Option<String>,
    pub check_again: Vec<When>,
}

/// `stopped`: the level at which an unfinished check was stopped, since nothing could change it any more.
pub fn outcome(
    facts: &Facts,
    assessment: &Assessment,
    stopped: Option<LevelIndex>,
    date: Date,
    words: Words,
) -> Outcome {
    let urgency = |index: LevelIndex| urgency(facts.questionnaire, index, words);
    let (level, could_be) = match stopped {
        Some(level) => (Some(level), None),
        None => told_levels(facts, assessment),
    };
    let (level, could_be) = (level.map(urgency), could_be.map(urgency));
    let own = &words.own.report;
    let headline = match (&level, &could_be) {
        (Some(level), None) => level.title.clone(),
        (Some(level), Some(could_be)) => (own.at_least_could_be)(&level.title, &could_be.title),
        (None, Some(could_be)) => (own.could_be)(&could_be.title),
        (None, None) => own.no_result.to_owned(),
    };
    let Some(index) = level.as_ref().map(|level| level.index) else {
        let act = own.go_on.to_owned();
        return Outcome { level, could_be, headline, act, within: None, who: None, check_again: Vec::new() };
    };
    let when = |deadline: &Deadline| When {
        say: words.line(&deadline.say),
        date: deadline.days.and_then(|days| date.checked_add(i32::from(days).days()).ok()),
    };
    let mut check_again: Vec<_> = triage::check_again(facts, index).into_iter().map(when).collect();
    check_again.sort_by_key(|when| when.date);
    Outcome {
        level,
        could_be,
        headline,
        act: words.line(&facts.questionnaire.levels[index].act),
        within: triage::within(facts, index).map(when),
        who: triage::who(facts, index).map(|contact| words.line(&contact.say)),
        check_again,
    }
}

/// A level as it is told.
pub fn urgency(questionnaire: &Questionnaire, index: LevelIndex, words: Words) -> Urgency {
    let level = &questionnaire.levels[index];
    Urgency { index, id: level.id.clone(), title: words.line(&level.title) }
}

/// The level to tell, and the more urgent one that the missing answers could bring up.
///
/// Not finished, the least urgent level is no result: it would sound like an all-clear.
fn told_levels(facts: &Facts, assessment: &Assessment) -> (Option<LevelIndex>, Option<LevelIndex>) {
    if assessment.complete {
        return (Some(assessment.level), None);
    }
    let certain = Some(assessment.certain).filter(|&level| level != facts.questionnaire.last_level());
    let possible = Some(assessment.possible).filter(|&level| level < assessment.certain);
    (certain, possible)
}
