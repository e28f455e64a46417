//! Asking: a state machine without a terminal. Shells show [`Interview::stage`] and call what was pressed.

mod bounds;

use crate::answers::{Answer, Facts, Refusal, Sheet, Truth};
use crate::questionnaire::{Audience, Kind, LevelIndex, QuestionIndex, Questionnaire};
use crate::triage::{self, Assessment};

/// What the person is looking at.
#[derive(Debug, Clone, PartialEq)]
pub enum Stage {
    Asking(QuestionIndex),
    /// The answer just given would set others aside: confirm or decline.
    SettingAside {
        question: QuestionIndex,
        answer: Option<Answer>,
        loses: Vec<QuestionIndex>,
    },
    /// The answer just given would make a level less urgent that was shown already: confirm or decline.
    Lowering {
        question: QuestionIndex,
        answer: Option<Answer>,
        from: LevelIndex,
        to: LevelIndex,
    },
    /// A level that interrupts was reached by the answer to `question`.
    Alert {
        level: LevelIndex,
        question: QuestionIndex,
    },
    Review,
    /// All is answered, or the person asked to finish.
    Summary,
}

/// An edit that made a level that had been shown less urgent.
#[derive(Debug, Clone, PartialEq)]
pub struct Lowered {
    pub question: QuestionIndex,
    pub old: Option<Answer>,
    pub new: Option<Answer>,
    pub from: LevelIndex,
    pub to: LevelIndex,
}

/// Where in the questionnaire a question stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Progress {
    /// 1 for the first question asked.
    pub position: usize,
    /// How many questions there will have been in the end, at the fewest and at the most.
    pub fewest: usize,
    pub most: usize,
}

/// Where to go back to after answers were opened out of order.
#[derive(Debug, Clone)]
struct Detour {
    /// Question to go on with; `None`: the summary.
    resume: Option<QuestionIndex>,
    /// Show the review first.
    by_review: bool,
    /// The questions opened on this detour, the current one last.
    trail: Vec<QuestionIndex>,
    /// The questions that were open before the detour: it does not have to ask them.
    open_before: Vec<QuestionIndex>,
}

/// One person's way through a questionnaire.
#[derive(Clone)]
pub struct Interview<'q> {
    questionnaire: &'q Questionnaire,
    audience: Audience,
    sheet: Sheet,
    /// Pages read and optional questions left out: they need not be asked again.
    passed: Vec<bool>,
    stage: Stage,
    detour: Option<Detour>,
    /// The question to go on with after the review that is open; `None`: the summary.
    behind_review: Option<QuestionIndex>,
    /// The question that was left for the summary before the end.
    behind_summary: Option<QuestionIndex>,
    /// The most urgent level that was shown, by an alert or on a summary.
    shown: Option<LevelIndex>,
    alerted: Option<LevelIndex>,
    lowered: Vec<Lowered>,
}

impl<'q> Interview<'q> {
    /// Starts at the first question.
    pub fn new(questionnaire: &'q Questionnaire, audience: Audience) -> Interview<'q> {
        let mut interview = Interview {
            questionnaire,
            audience,
            sheet: Sheet::new(questionnaire),
            passed: vec![false; questionnaire.questions.len()],
            stage: Stage::Summary,
            detour: None,
            behind_review: None,
            behind_summary: None,
            shown: None,
            alerted: None,
            lowered: Vec::new(),
        };
        let first = interview.open().next();
        interview.go_to(first);
        interview
    }

    pub fn questionnaire(&self) -> &'q Questionnaire {
        self.questionnaire
    }

    pub fn audience(&self) -> Audience {
        self.audience
    }

    pub fn stage(&self) -> &Stage {
        &self.stage
    }

    /// Every answer given, also those set aside; [`Facts`] tells them apart.
    pub fn sheet(&self) -> &Sheet {
        &self.sheet
    }

    pub fn facts(&self) -> Facts<'_> {
        Facts::of(self.questionnaire, self.audience, &self.sheet)
    }

    pub fn assessment(&self) -> Assessment {
        triage::assess(&self.facts())
    }

    /// The edits that made a shown level less urgent, oldest first.
    pub fn lowered(&self) -> &[Lowered] {
        &self.lowered
    }

    /// The most urgent interrupting level that is certain at present, if an alert has shown it.
    pub fn alerted(&self) -> Option<LevelIndex> {
        self.alerted
    }

    /// Takes the answer to the current question and goes on. `None` leaves it out: that means unsure
    /// where unsure is allowed, is refused where an answer is needed.
    ///
    /// The answer waits for [`Interview::confirm`] if it sets others aside or lowers a level shown before.
    pub fn answer(&mut self, answer: Option<Answer>) -> Result<(), Refusal> {
        let Stage::Asking(question) = self.stage else { return Ok(()) };
        let asked = &self.questionnaire.questions[question];
        let answer = match answer {
            None if matches!(asked.kind, Kind::Note) || asked.optional => None,
            None if asked.unsure => Some(Answer::UNSURE),
            None => return Err(Refusal::NeedsAnAnswer),
            Some(answer) => {
                answer.check(asked)?;
                Some(answer)
            }
        };
        if self.sheet.get(question) == answer.as_ref() {
            self.take(question, answer);
            return Ok(());
        }
        let loses = self.loses(question, answer.clone());
        if loses.is_empty() {
            self.take_unless_lower(question, answer);
        } else {
            self.stage = Stage::SettingAside { question, answer, loses };
        }
        Ok(())
    }

    /// Takes the answer that waits.
    pub fn confirm(&mut self) {
        match self.stage.clone() {
            Stage::SettingAside { question, answer, .. } => self.take_unless_lower(question, answer),
            Stage::Lowering { question, answer, from, to } => {
                let old = self.sheet.get(question).cloned();
                self.lowered.push(Lowered { question, old, new: answer.clone(), from, to });
                self.shown = Some(to);
                self.alerted = self.alerted.filter(|&alerted| alerted >= to);
                self.take(question, answer);
            }
            _ => {}
        }
    }

    /// Drops the answer that waits and stays at its question with the old one.
    pub fn decline(&mut self) {
        if let Stage::SettingAside { question, .. } | Stage::Lowering { question, .. } = self.stage {
            self.stage = Stage::Asking(question);
        }
    }

    /// Goes back one page. `false`: this is the first, and nothing changed.
    pub fn back(&mut self) -> bool {
        match self.stage {
            Stage::Asking(question) => match &mut self.detour {
                Some(detour) => {
                    detour.trail.pop();
                    match detour.trail.last() {
                        Some(&previous) => self.stage = Stage::Asking(previous),
                        None => self.end_detour(),
                    }
                    true
                }
                None => {
                    let facts = self.facts();
                    let previous = (0..question).rev().find(|&q| facts.live(q) == Truth::True);
                    previous.inspect(|&previous| self.stage = Stage::Asking(previous)).is_some()
                }
            },
            Stage::SettingAside { .. } | Stage::Lowering { .. } => {
                self.decline();
                true
            }
            Stage::Alert { question, .. } => {
                self.stage = Stage::Asking(question);
                true
            }
            Stage::Review => {
                self.go_to(self.behind_review);
                true
            }
            Stage::Summary => {
                let facts = self.facts();
                let last = (0..self.questionnaire.questions.len())
                    .rev()
                    .find(|&q| facts.live(q) == Truth::True && (self.passed[q] || facts.answer(q).is_some()));
                let left = self.behind_summary.filter(|&q| facts.live(q) == Truth::True);
                let last = left.or(last);
                self.detour = None;
                last.inspect(|&last| self.stage = Stage::Asking(last)).is_some()
            }
        }
    }

    /// Opens the list of all answers.
    pub fn review(&mut self) {
        match (&self.stage, self.detour.take()) {
            (Stage::Asking(_) | Stage::Summary, Some(detour)) => self.behind_review = detour.resume,
            (Stage::Asking(question), None) => self.behind_review = Some(*question),
            (Stage::Summary, None) => self.behind_review = None,
            (_, detour) => {
                self.detour = detour;
                return;
            }
        }
        self.stage = Stage::Review;
    }

    /// Opens one answer from the review or the summary; answering it returns there.
    pub fn revisit(&mut self, question: QuestionIndex) {
        if self.facts().live(question) != Truth::True {
            return;
        }
        let (resume, by_review) = match self.stage {
            Stage::Review => (self.behind_review, true),
            Stage::Summary => (None, false),
            _ => return,
        };
        let open_before = self.open().collect();
        self.detour = Some(Detour { resume, by_review, trail: vec![question], open_before });
        self.stage = Stage::Asking(question);
    }

    /// Leaves the alert and goes on with the questions.
    pub fn go_on(&mut self) {
        if let Stage::Alert { question, .. } = self.stage {
            self.proceed(question);
        }
    }

    /// Goes to the summary, finished or not.
    pub fn finish(&mut self) {
        self.behind_summary = match self.stage {
            Stage::Asking(question)
            | Stage::SettingAside { question, .. }
            | Stage::Lowering { question, .. }
            | Stage::Alert { question, .. } => Some(question),
            Stage::Review => self.behind_review,
            Stage::Summary => self.behind_summary,
        };
        self.detour = None;
        self.go_to(None);
    }

    /// From the summary or the review, goes on with the first question that is still open, if there is one.
    pub fn resume(&mut self) {
        let open = self.open().next();
        if matches!(self.stage, Stage::Summary | Stage::Review) && open.is_some() {
            self.detour = None;
            self.go_to(open);
        }
    }

    /// Is any question still to be asked?
    pub fn is_finished(&self) -> bool {
        self.open().next().is_none()
    }

    /// Counts pages that have been or will be asked, over all branches that are still open.
    pub fn progress(&self, question: QuestionIndex) -> Progress {
        let facts = self.facts();
        let position = (0..=question).filter(|&q| facts.live(q) == Truth::True).count();
        let (fewest, most) = bounds::bounds(self.questionnaire, self.audience, &self.sheet, question);
        Progress { position, fewest: position + fewest, most: position + most }
    }

    /// The questions that are asked as things stand and already lie behind, in the order of asking.
    pub fn asked(&self) -> Vec<QuestionIndex> {
        let facts = self.facts();
        let reached = |q: &QuestionIndex| self.passed[*q] || facts.answer(*q).is_some();
        (0..self.questionnaire.questions.len())
            .filter(|q| facts.live(*q) == Truth::True && reached(q))
            .collect()
    }

    fn sheet_with(&self, question: QuestionIndex, answer: Option<Answer>) -> Sheet {
        let mut sheet = self.sheet.clone();
        match answer {
            // Checked by `answer` already, so nothing is refused here.
            Some(answer) => drop(sheet.set(self.questionnaire, question, answer)),
            None => sheet.clear(question),
        }
        sheet
    }

    /// The answers that count now and would not with this one.
    fn loses(&self, question: QuestionIndex, answer: Option<Answer>) -> Vec<QuestionIndex> {
        let sheet = self.sheet_with(question, answer);
        let after = Facts::of(self.questionnaire, self.audience, &sheet);
        let before = self.facts();
        let questions = question + 1..self.questionnaire.questions.len();
        questions.filter(|&q| before.answer(q).is_some() && after.set_aside(q).is_some()).collect()
    }

    fn take_unless_lower(&mut self, question: QuestionIndex, answer: Option<Answer>) {
        let sheet = self.sheet_with(question, answer.clone());
        let to = triage::assess(&Facts::of(self.questionnaire, self.audience, &sheet)).level;
        match self.shown {
            Some(from) if to > from => self.stage = Stage::Lowering { question, answer, from, to },
            _ => self.take(question, answer),
        }
    }

    fn take(&mut self, question: QuestionIndex, answer: Option<Answer>) {
        self.sheet = self.sheet_with(question, answer);
        self.passed[question] = true;
        let certain = self.assessment().certain;
        let interrupts = self.questionnaire.levels[certain].interrupt;
        if interrupts && self.alerted.is_none_or(|alerted| certain < alerted) {
            self.alerted = Some(certain);
            self.show_level(certain);
            self.stage = Stage::Alert { level: certain, question };
        } else {
            self.proceed(question);
        }
    }

    /// Goes to whatever comes after `question`.
    fn proceed(&mut self, question: QuestionIndex) {
        let Some(mut detour) = self.detour.take() else {
            let facts = self.facts();
            let mut later = question + 1..self.questionnaire.questions.len();
            let next = later.find(|&q| facts.live(q) == Truth::True).or_else(|| self.open().next());
            self.behind_summary = None;
            return self.go_to(next);
        };
        // Follow-ups that the change brought up are asked before going back.
        let before = detour.resume.unwrap_or(self.questionnaire.questions.len());
        let follow_up = self.open().find(|q| *q < before && !detour.open_before.contains(q));
        if let Some(follow_up) = follow_up {
            detour.trail.push(follow_up);
            self.stage = Stage::Asking(follow_up);
        }
        self.detour = Some(detour);
        if follow_up.is_none() {
            self.end_detour();
        }
    }

    fn end_detour(&mut self) {
        let Some(detour) = self.detour.take() else { return };
        if detour.by_review {
            self.behind_review = detour.resume;
            self.stage = Stage::Review;
        } else {
            self.go_to(detour.resume);
        }
    }

    /// Goes to a question, or the nearest still asked after it; without one, to the summary.
    fn go_to(&mut self, question: Option<QuestionIndex>) {
        let facts = self.facts();
        let mut from = question.unwrap_or(usize::MAX)..self.questionnaire.questions.len();
        match from.find(|&q| facts.live(q) == Truth::True) {
            Some(question) => self.stage = Stage::Asking(question),
            None => {
                let assessment = triage::assess(&facts);
                // An unfinished summary says only "at least": the certain level.
                self.show_level(if self.is_finished() { assessment.level } else { assessment.certain });
                self.stage = Stage::Summary;
            }
        }
    }

    fn show_level(&mut self, level: LevelIndex) {
        self.shown = Some(self.shown.map_or(level, |shown| shown.min(level)));
    }

    /// The questions that are asked as things stand, and neither answered nor passed.
    fn open(&self) -> impl Iterator<Item = QuestionIndex> {
        let facts = self.facts();
        let open = move |&question: &QuestionIndex| {
            let asked = &self.questionnaire.questions[question];
            let may_be_left = asked.optional || matches!(asked.kind, Kind::Note);
            let passed = may_be_left && self.passed[question];
            facts.live(question) == Truth::True && facts.answer(question).is_none() && !passed
        };
        (0..self.questionnaire.questions.len()).filter(open)
    }
}
