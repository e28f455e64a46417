//! The result in words, also when there is none yet.

use jiff::ToSpan;

use super::judged::Judged;
use super::words::Words;
use super::{Urgency, When};
use crate::questionnaire::{Deadline, LevelIndex, Questionnaire};
use crate::triage;

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

pub fn outcome(judged: &Judged, words: Words) -> Outcome {
    let facts = &judged.facts;
    let urgency = |index: LevelIndex| urgency(judged.questionnaire, index, words);
    let (level, could_be) = judged.levels();
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
    let day = judged.encounter.day;
    let when = |deadline: &Deadline| When {
        say: words.line(&deadline.say),
        date: deadline.days.and_then(|days| day.checked_add(i32::from(days).days()).ok()),
    };
    let mut check_again: Vec<_> = triage::check_again(facts, index).into_iter().map(when).collect();
    check_again.sort_by_key(|when| when.date);
    Outcome {
        level,
        could_be,
        headline,
        act: words.line(&judged.questionnaire.levels[index].act),
        within: triage::within(facts, index).map(when),
        who: triage::who(facts, index).map(|contact| words.line(&contact.say)),
        check_again,
    }
}

/// A level as it is shown.
pub fn urgency(questionnaire: &Questionnaire, index: LevelIndex, words: Words) -> Urgency {
    let level = &questionnaire.levels[index];
    Urgency { index, id: level.id.clone(), title: words.line(&level.title) }
}
