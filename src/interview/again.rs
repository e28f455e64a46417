//! A check after a check: only what is open is asked.

use jiff::civil::Date;

use super::Interview;
use super::way::{PageBelow, Trail};
use crate::answers::{Answer, Facts, Sheet, Truth};
use crate::encounter::again::{AskedBy, Earlier};
use crate::encounter::{Encounter, fingerprint};
use crate::questionnaire::{Again, Audience, LevelIndex, Question, QuestionIndex, Questionnaire};
use crate::triage;

impl Interview<'_> {
    /// Asks the first open question; what is answered already is passed over.
    pub(super) fn ask_open(&mut self, first: QuestionIndex) {
        self.place.below = vec![PageBelow::Summary];
        self.place.trail = Some(Trail::default());
        self.ask(first);
    }

    /// Is this a check after a check of which nothing has been asked yet?
    pub fn begins_again(&self) -> bool {
        self.encounter.earlier.is_some() && !self.encounter.passed.contains(&true)
    }

    /// How many questions are open as things stand.
    pub fn count_open(&self) -> usize {
        self.open().count()
    }

    /// The answer to this question in the last check.
    pub fn last_time(&self, question: QuestionIndex) -> Option<&Answer> {
        self.encounter.earlier.as_ref()?.sheet.get(question)
    }

    /// A question as it is asked in a check after a check; `None`: as at first.
    pub(super) fn as_again(&self, question: QuestionIndex) -> Option<Question> {
        self.encounter.earlier.as_ref()?;
        let asked = &self.questionnaire.questions[question];
        let ask = asked.ask_again.clone()?;
        Some(Question { ask, ..asked.clone() })
    }
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
    let is_known =
        |&question: &QuestionIndex| facts.answer(question).is_some() || facts.live(question) == Truth::False;
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
            triage::assess(&Facts::of(q, encounter.asked_as, &sheet)).at_least() <= level
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
