//! What an encounter means, worked out once, whoever reads it.

use crate::answers::Facts;
use crate::change::{Changes, Deciding, Effort};
use crate::encounter::{Encounter, Fingerprint};
use crate::questionnaire::{LevelIndex, Questionnaire};
use crate::triage::{self, Assessment};

/// An encounter with its judgement. Both readers' reports are made from the same one.
pub struct Judged<'a> {
    pub questionnaire: &'a Questionnaire,
    pub encounter: &'a Encounter,
    pub facts: Facts<'a>,
    pub assessment: Assessment,
    pub changes: Changes,
    fingerprint: Fingerprint,
}

impl<'a> Judged<'a> {
    /// `questionnaire` is the one that the encounter is of, in the language to report in.
    pub fn of(questionnaire: &'a Questionnaire, encounter: &'a Encounter) -> Judged<'a> {
        let facts = encounter.facts(questionnaire);
        let assessment = triage::assess(&facts);
        let changes = Changes::of(&facts, Effort::default());
        let fingerprint = Fingerprint::default();
        Judged { questionnaire, encounter, facts, assessment, changes, fingerprint }
    }

    /// Without what decided it and what would make it more urgent, which takes longer than a key may.
    pub fn so_far(questionnaire: &'a Questionnaire, encounter: &'a Encounter) -> Judged<'a> {
        let facts = encounter.facts(questionnaire);
        let assessment = triage::assess(&facts);
        let changes = Changes { deciding: Deciding::Unclear, rules: Vec::new(), nearest: Vec::new() };
        let fingerprint = Fingerprint::default();
        Judged { questionnaire, encounter, facts, assessment, changes, fingerprint }
    }

    /// A hash of what the questionnaire says, as every report names it.
    pub fn fingerprint(&self) -> &str {
        self.fingerprint.of(self.questionnaire)
    }

    /// The level at which an unfinished check was stopped, since nothing could change it any more.
    pub fn stopped(&self) -> Option<LevelIndex> {
        self.encounter.stopped.filter(|_| !self.assessment.complete)
    }

    /// The level to report, and the more urgent one that missing answers could bring up.
    ///
    /// Not finished, the least urgent level is no result: it would sound like an all-clear.
    pub fn levels(&self) -> (Option<LevelIndex>, Option<LevelIndex>) {
        let assessment = &self.assessment;
        if let Some(stopped) = self.stopped() {
            return (Some(stopped), None);
        }
        if assessment.complete {
            return (Some(assessment.level), None);
        }
        let certain = Some(assessment.certain).filter(|&level| level != self.questionnaire.last_level());
        let possible = Some(assessment.possible).filter(|&level| level < assessment.certain);
        (certain, possible)
    }

    /// The level to report, and whether everything is answered that is asked. `None`: nothing sets one yet.
    pub fn reached(&self) -> Option<(LevelIndex, bool)> {
        self.levels().0.map(|level| (level, self.assessment.complete))
    }

    /// The level can be acted on as it is. With questions open it can where no answer could change it any more, or
    /// where it interrupts, since nothing is more urgent.
    pub fn is_final(&self) -> bool {
        let interrupts = |level: LevelIndex| self.questionnaire.levels[level].interrupt;
        self.assessment.complete || self.stopped().is_some() || self.levels().0.is_some_and(interrupts)
    }

    /// Answers "not sure" made it more urgent than any rule that holds.
    pub fn is_decided_by_doubt(&self) -> bool {
        self.levels().0.is_some_and(|level| level < self.assessment.certain)
    }
}
