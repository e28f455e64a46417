//! A section as one page: its questions are answered in any order, and whoever asks says where to go next.
//!
//! What an answer means for alerts, and for a level that was shown before, is as on the way through single questions.

use super::{Interview, Lowered, Place, Stage};
use crate::answers::Answer;
use crate::encounter::{Corrected, Encounter, Provenance};
use crate::interview::rows::no_and_yes;
use crate::questionnaire::{Domain, Question, QuestionIndex};
use crate::triage;
use crate::words::Answers;

/// What there was to a question before something was recorded.
#[derive(Debug, Clone, PartialEq)]
pub struct Before {
    pub question: QuestionIndex,
    pub answer: Option<Answer>,
    pub passed: bool,
}

impl Interview<'_> {
    /// From now on a section is one page: an answer leads nowhere, and questions are looked at in any order.
    pub fn by_section(&mut self) {
        self.by_section = true;
        let first = self
            .open()
            .next()
            .or_else(|| self.sections().first().and_then(|s| self.page(*s).first().copied()));
        if let (Stage::Asking(_) | Stage::Summary, Some(first)) = (&self.place.stage, first) {
            self.look_at(first);
        }
    }

    /// The sections that have a question to be asked as things stand.
    pub fn sections(&self) -> Vec<usize> {
        (0..self.questionnaire.sections.len()).filter(|section| !self.page(*section).is_empty()).collect()
    }

    /// The questions of a section that are asked as things stand, in their order.
    pub fn page(&self, section: usize) -> Vec<QuestionIndex> {
        let facts = self.facts();
        let questions =
            self.questionnaire.sections.get(section).map_or(0..0, |section| section.first..section.end);
        questions.filter(|&question| facts.is_asked(question)).collect()
    }

    /// Goes to a question that is asked as things stand, without taking an answer.
    pub fn look_at(&mut self, question: QuestionIndex) {
        if question < self.questionnaire.questions.len() && self.facts().is_asked(question) {
            self.place = Place::at(Stage::Asking(question));
        }
    }

    /// Does this question still need an answer, as it is asked now?
    pub fn needs_answer(&self, question: QuestionIndex) -> bool {
        let asked = &self.questionnaire.questions[question];
        asked.takes_answer() && !asked.optional && self.encounter.sheet.get(question).is_none()
    }

    /// Notes that what needs no answer of these was seen: information, and optional questions that are left out.
    pub fn pass(&mut self, questions: &[QuestionIndex]) {
        for &question in questions {
            if !self.needs_answer(question) {
                self.encounter.passed[question] = true;
            }
        }
    }

    /// What there is to this question now, for [`Interview::take_back`].
    pub fn before(&self, question: QuestionIndex) -> Before {
        let answer = self.encounter.sheet.get(question).cloned();
        Before { question, answer, passed: self.encounter.passed[question] }
    }

    /// Brings back what there was before, and goes to the first of these questions. Where that makes a level less
    /// urgent that was shown, it stays on record.
    pub fn take_back(&mut self, before: &[Before]) {
        let mut edits = Vec::new();
        for Before { question, answer, passed } in before {
            let old = self.encounter.sheet.get(*question).cloned();
            match answer {
                // It was taken before.
                Some(answer) => drop(self.encounter.sheet.set(self.questionnaire, *question, answer.clone())),
                None => self.encounter.sheet.clear(*question),
            }
            self.encounter.passed[*question] = *passed;
            edits.push((*question, old, answer.clone()));
        }
        self.encounter.stopped = None;
        let assessment = triage::assess(&self.facts());
        self.encounter.alerted = self.encounter.alerted.filter(|&alerted| assessment.certain <= alerted);
        let (from, to) = (self.encounter.shown, assessment.at_least());
        if to > from {
            let is_result = assessment.complete || to < self.questionnaire.last_level();
            let to = is_result.then_some(to);
            for (question, old, new) in edits {
                self.note_lowered(Lowered { question, old, new, from, to });
            }
        }
        if let Some(first) = before.first() {
            self.place = Place::at(Stage::Asking(first.question));
            self.look_at(first.question);
        }
    }

    /// Takes in what somebody else has recorded of the same check in the meantime, but for these questions. An alert
    /// that this raises comes at once.
    pub fn adopt(&mut self, theirs: &Encounter, except: &[QuestionIndex]) {
        let ours = &mut self.encounter;
        for question in (0..self.questionnaire.questions.len()).filter(|question| !except.contains(question))
        {
            match theirs.sheet.get(question) {
                // It was taken at the other place.
                Some(answer) => drop(ours.sheet.set(self.questionnaire, question, answer.clone())),
                None => ours.sheet.clear(question),
            }
            ours.passed[question] = theirs.passed[question];
            match theirs.remarks.notes.get(&question) {
                Some(note) => ours.remarks.set_note(question, note),
                None => ours.remarks.set_note(question, ""),
            }
            ours.remarks.set_provenance(question, theirs.remarks.provenance(question));
        }
        let mut lowered = theirs.lowered.clone();
        lowered.extend(ours.lowered.iter().filter(|edit| !theirs.lowered.contains(edit)).cloned());
        let mut corrected = theirs.remarks.corrected.clone();
        let new = ours.remarks.corrected.iter().filter(|edit| !theirs.remarks.corrected.contains(edit));
        corrected.extend(new.cloned());
        (ours.lowered, ours.remarks.corrected) = (lowered, corrected);
        ours.shown = ours.shown.min(theirs.shown);
        if let Some((alerted, stage)) = self.unseen_alert() {
            self.encounter.alerted = Some(alerted);
            self.place = Place::at(stage);
        }
    }

    /// Goes to the result, with what was left out passed; `false`: something still needs an answer.
    pub fn finish_pages(&mut self) -> bool {
        let asked: Vec<QuestionIndex> =
            self.sections().into_iter().flat_map(|section| self.page(section)).collect();
        if let Some(open) = asked.iter().copied().find(|&question| self.needs_answer(question)) {
            self.look_at(open);
            return false;
        }
        self.pass(&asked);
        self.arrive();
        true
    }

    /// The answer that "nothing else" stands for: none of a list, or no, where that is the least concerning answer, or
    /// the one that the questionnaire names. `None`: nothing is recorded for this question without being asked.
    pub fn nothing(&self, question: QuestionIndex, words: &Answers) -> Option<Answer> {
        let asked = &self.questionnaire.questions[question];
        let option = nothing_of(asked, words)?;
        Some(Answer::option(option))
    }

    /// Puts a note beside the answer to a question; without words there is none.
    pub fn note(&mut self, question: QuestionIndex, note: &str) {
        self.encounter.remarks.set_note(question, note);
    }

    /// Notes where an answer comes from.
    pub fn came_from(&mut self, question: QuestionIndex, provenance: Provenance) {
        self.encounter.remarks.set_provenance(question, provenance);
    }

    /// Notes what the person is found by in the record of this place.
    pub fn refer_to(&mut self, reference: &str) {
        let reference: String =
            reference.trim().chars().take(crate::encounter::remarks::REFERENCE_MAX).collect();
        self.encounter.remarks.reference = Some(reference).filter(|reference| !reference.is_empty());
    }

    /// Notes that an answer of somebody else was corrected; the old one stays on record.
    pub fn note_corrected(&mut self, question: QuestionIndex, old: Option<Answer>) {
        let new = self.encounter.sheet.get(question).cloned();
        if old != new {
            self.encounter.remarks.corrected.push(Corrected { question, old, new });
        }
    }
}

/// The option that "nothing else" stands for.
fn nothing_of(asked: &Question, words: &Answers) -> Option<usize> {
    if !asked.has_direction() || asked.optional {
        return None;
    }
    let option = match asked.domain {
        Domain::Several => {
            // One answer that excludes all others; several would each say something else.
            let alone: Vec<usize> = asked.exclusive().iter().collect();
            let &[none] = &alone[..] else { return None };
            none
        }
        Domain::One { .. } => asked.nothing.or_else(|| no_and_yes(asked, words).0)?,
        Domain::Number(_) | Domain::Text | Domain::Nothing => return None,
    };
    let is_harmless = asked.least_concerning().contains(option);
    is_harmless.then_some(option)
}
