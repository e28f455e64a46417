//! The check after a check: what is carried over from the last one, and what is asked again.

use jiff::civil::Date;

use super::{Encounter, fingerprint};
use crate::answers::{Answer, Facts, Sheet};
use crate::questionnaire::{Again, Audience, LevelIndex, QuestionIndex, Questionnaire};
use crate::triage;

/// What an earlier check came to.
#[derive(Debug, Clone, PartialEq)]
pub struct Earlier {
    /// The day it was asked.
    pub day: Date,
    /// The version of the questionnaire then, and a hash of what it said.
    pub version: String,
    pub fingerprint: String,
    /// What was told; `None`: it was not finished, and the answers said nothing yet.
    pub level: Option<LevelIndex>,
    pub finished: bool,
    /// The answers that counted.
    pub sheet: Sheet,
    /// For each question: the answer now is the one of then, and nobody was asked.
    pub carried: Vec<bool>,
}

/// Which questionnaire an earlier check was asked by.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct AskedBy {
    pub version: String,
    pub fingerprint: String,
}

impl Encounter {
    /// A new check after `last`: the answers that do not change are carried over, all others are asked again.
    pub fn again(
        q: &Questionnaire,
        last: &Encounter,
        asked_by: AskedBy,
        asked_as: Audience,
        day: Date,
    ) -> Encounter {
        let facts = last.facts(q);
        let assessment = triage::assess(&facts);
        let is_same = asked_by.fingerprint == fingerprint(q) || asked_by.version == q.version;
        let told = match assessment.complete {
            true if is_same => Some(assessment.level),
            // Today's rules may say something else than was told then.
            true => Some(last.shown),
            false => last.stopped.or(Some(assessment.certain).filter(|&level| level != q.last_level())),
        };
        let mut encounter = Encounter::new(q, asked_as, day);
        let mut sheet = Sheet::new(q);
        let mut carried = vec![false; q.questions.len()];
        for (question, asked) in q.questions.iter().enumerate() {
            let Some(answer) = facts.answer(question) else { continue };
            // All of these fitted before.
            drop(sheet.set(q, question, answer.clone()));
            if asked.again == Again::IfUnsure && !answer.is_unsure() {
                drop(encounter.sheet.set(q, question, answer.clone()));
                carried[question] = true;
            }
        }
        encounter.earlier = Some(Earlier {
            day: last.day,
            version: asked_by.version,
            fingerprint: asked_by.fingerprint,
            level: told,
            finished: assessment.complete,
            sheet,
            carried,
        });
        encounter
    }

    /// Is the answer to this question the one of the last check, and nobody was asked?
    pub fn is_carried(&self, question: QuestionIndex) -> bool {
        self.earlier.as_ref().is_some_and(|earlier| earlier.carried[question])
    }
}

/// How this check compares with the one before.
#[derive(Debug, Clone, PartialEq)]
pub struct Compared {
    /// The questions whose answers differ.
    pub changed: Vec<QuestionIndex>,
    /// Of a level that is less urgent than then: the answers that made it so. None of them: the questionnaire did.
    pub lowered_by: Vec<QuestionIndex>,
}

/// `now`: the level to tell; `None`: there is none yet.
pub fn compare(
    q: &Questionnaire,
    encounter: &Encounter,
    earlier: &Earlier,
    now: Option<LevelIndex>,
) -> Compared {
    let facts = encounter.facts(q);
    let then = Facts::of(q, encounter.asked_as, &earlier.sheet);
    let is_changed = |&question: &QuestionIndex| facts.answer(question) != then.answer(question);
    let is_known = |&question: &QuestionIndex| {
        facts.answer(question).is_some() || facts.live(question) == crate::answers::Truth::False
    };
    let changed: Vec<QuestionIndex> = (0..q.questions.len()).filter(is_changed).filter(is_known).collect();
    let is_lower = match (now, earlier.level) {
        (Some(now), Some(then)) => now > then,
        (None, Some(_)) => true,
        (_, None) => false,
    };
    let mut lowered_by = Vec::new();
    if let Some(level) = earlier.level.filter(|_| is_lower) {
        // As urgent as then, with the old answers to these questions?
        let as_urgent = |reverted: &[QuestionIndex]| {
            let sheet = with_old(q, &encounter.sheet, earlier, reverted);
            let found = triage::assess(&Facts::of(q, encounter.asked_as, &sheet));
            let told = if found.complete { found.level } else { found.certain };
            told <= level
        };
        lowered_by = changed.iter().copied().filter(|&question| as_urgent(&[question])).collect();
        if lowered_by.is_empty() && as_urgent(&changed) {
            // Only several together: those of which none can be left out.
            lowered_by.clone_from(&changed);
            for question in &changed {
                let fewer: Vec<_> = lowered_by.iter().copied().filter(|other| other != question).collect();
                if as_urgent(&fewer) {
                    lowered_by = fewer;
                }
            }
        }
    }
    Compared { changed, lowered_by }
}

/// The sheet with the old answers to some questions, and to those that it has no answer to.
fn with_old(q: &Questionnaire, sheet: &Sheet, earlier: &Earlier, reverted: &[QuestionIndex]) -> Sheet {
    let mut mixed = sheet.clone();
    for question in 0..q.questions.len() {
        let old: Option<&Answer> = earlier.sheet.get(question);
        match old {
            Some(old) if reverted.contains(&question) || sheet.get(question).is_none() => {
                drop(mixed.set(q, question, old.clone()));
            }
            None if reverted.contains(&question) => mixed.clear(question),
            _ => {}
        }
    }
    mixed
}
