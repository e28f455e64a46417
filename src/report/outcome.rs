//! The result in words, also when there is none yet.

use jiff::ToSpan;

use super::judged::Judged;
use super::numbers::Numbers;
use super::texts::Texts;
use super::{Urgency, When};
use crate::questionnaire::{Audience, Deadline, LevelIndex, Questionnaire};
use crate::triage;

/// The part of the report that follows from the level alone.
pub struct Outcome {
    pub level: Option<Urgency>,
    pub could_be: Option<Urgency>,
    pub headline: String,
    pub act: String,
    pub within: Option<When>,
    pub who: Option<String>,
    /// Those that it names.
    pub numbers: Numbers,
    pub check_again: Vec<When>,
}

pub fn outcome(judged: &Judged, texts: Texts) -> Outcome {
    let facts = &judged.facts;
    let urgency = |index: LevelIndex| urgency(judged.questionnaire, index, texts);
    let (level, could_be) = judged.levels();
    let (level, could_be) = (level.map(urgency), could_be.map(urgency));
    let words = &texts.words.report;
    let is_final = judged.is_final();
    let headline = match (&level, &could_be) {
        (Some(level), None) if is_final => level.title.clone(),
        // A level in it would be read as the result.
        _ if texts.reader() == Audience::Patient => {
            words.not_finished_yet(judged.assessment.unanswered.len())
        }
        (Some(level), None) => words.at_least(&level.title),
        (Some(level), Some(could_be)) => words.at_least_could_be(&level.title, &could_be.title),
        (None, Some(could_be)) => words.could_be(&could_be.title),
        (None, None) => words.no_result.to_owned(),
    };
    let Some(index) = level.as_ref().map(|level| level.index) else {
        let act = words.go_on.to_owned();
        let (within, who, numbers, check_again) = Default::default();
        return Outcome { level, could_be, headline, act, within, who, numbers, check_again };
    };
    let day = judged.encounter.day;
    let when = |deadline: &Deadline| When {
        say: texts.line(&deadline.say),
        date: deadline.days.and_then(|days| day.checked_add(i32::from(days).days()).ok()),
    };
    let who = triage::who(facts, index);
    // Without all answers no day is certain, unless nothing more urgent can come.
    let check_again = Some(()).filter(|()| is_final).map(|()| triage::check_again(facts, index));
    let mut check_again: Vec<_> = check_again.into_iter().flatten().map(when).collect();
    check_again.sort_by_key(|when| when.date);
    Outcome {
        within: triage::within(facts, index).filter(|_| is_final || could_be.is_none()).map(when),
        level,
        could_be,
        headline,
        act: texts.line(&judged.questionnaire.levels[index].act),
        numbers: who
            .map(|contact| Numbers::of(&contact.say, judged.questionnaire, texts))
            .unwrap_or_default(),
        who: who.map(|contact| texts.line(&contact.say)),
        check_again,
    }
}

/// The number that the most urgent level names for everybody, where this place has set it.
pub fn emergency(questionnaire: &Questionnaire, texts: Texts) -> Option<String> {
    let level = questionnaire.levels.first().filter(|level| level.interrupt)?;
    let numbers = Numbers::of(&level.who.last()?.say, questionnaire, texts);
    numbers.known.into_iter().next().filter(|_| numbers.first_is_known).map(|number| number.number)
}

/// A level as it is shown.
pub fn urgency(questionnaire: &Questionnaire, index: LevelIndex, texts: Texts) -> Urgency {
    let level = &questionnaire.levels[index];
    Urgency {
        index,
        id: level.id.clone(),
        title: texts.line(&level.title),
        in_short: texts.line(level.in_short()),
    }
}
