//! Recording on a page of a section: an answer counts at once, is kept before anything else is shown, and can be taken
//! back.

use std::time::Instant;

use super::super::field::Field;
use super::{App, Overlay};
use crate::answers::{Answer, Refusal};
use crate::encounter::Encounter;
use crate::interview::page::Before;
use crate::interview::{Interview, Stage};
use crate::questionnaire::QuestionIndex;
use crate::report::Report;

/// Something that has happened and must be kept before anything else is shown.
#[derive(Debug, Clone, PartialEq)]
pub enum What {
    /// These questions were answered, left out or had an answer taken back. What there is now is in the interview.
    Answers(Vec<QuestionIndex>),
    /// A note beside the answer to this question, or where that comes from.
    Remark(QuestionIndex),
    /// The result was shown.
    Shown,
}

/// Why something was not kept.
#[derive(Debug, Clone, PartialEq)]
pub struct NotKept {
    /// In words for whoever asks.
    pub why: String,
    /// The check as somebody else has written it in the meantime.
    pub theirs: Option<Box<Encounter>>,
}

/// Where what happens is kept.
pub trait Keep {
    /// Keeps what has happened; when this returns, it outlives the program.
    ///
    /// # Errors
    /// When it is not kept, and why. Nothing of it is then.
    fn keep(&mut self, interview: &Interview, what: &What) -> Result<(), NotKept>;
}

/// What was recorded last, to take it back.
pub(super) struct Taken {
    before: Vec<Before>,
    /// Where the focus was.
    focus: QuestionIndex,
    /// How it reads along the edge.
    pub(super) words: String,
}

/// What waits until it is kept.
pub struct Waiting<'q> {
    /// With what was recorded.
    interview: Interview<'q>,
    what: What,
    taken: Option<Taken>,
}

/// A page of a section, and what was recorded on such pages.
#[derive(Default)]
pub struct Sections<'q> {
    pub(super) taken: Vec<Taken>,
    /// What a change that waits to be confirmed would be.
    pending: Option<Taken>,
    pub(super) keeper: Option<Box<dyn Keep + 'q>>,
    pub(super) waiting: Option<Box<Waiting<'q>>>,
    /// Somebody has said that it is written on paper from here on.
    pub on_paper: bool,
    /// The row of free text is being written in.
    pub writing: bool,
    /// Questions whose answers somebody else has given, as they were.
    pub(super) given: Vec<(QuestionIndex, Answer)>,
    /// What of that is gone through first: red flags, what is not sure, what decided the result.
    pub(super) first: Vec<QuestionIndex>,
}

impl<'q> App<'q> {
    /// What was taken last, the newest last.
    pub fn trail(&self) -> impl DoubleEndedIterator<Item = &str> {
        self.sections.iter().flat_map(|sections| &sections.taken).map(|taken| taken.words.as_str())
    }

    /// Is every answer kept as it is given?
    pub fn is_kept(&self) -> bool {
        self.sections.as_ref().is_some_and(|sections| sections.keeper.is_some() && !sections.on_paper)
    }

    /// Nothing is kept, which is always said.
    pub fn keep_nothing(&mut self) {
        if let Some(sections) = &mut self.sections {
            sections.on_paper = true;
        }
    }

    /// Keeps everything from now on.
    pub fn keep_with(&mut self, keeper: Box<dyn Keep + 'q>) {
        if let Some(sections) = &mut self.sections {
            sections.keeper = Some(keeper);
        }
    }

    /// What is answered already was answered to somebody else: a change of it stays on record with the old answer.
    pub fn take_over(&mut self) {
        let sheet = self.interview.sheet();
        let questions = 0..self.questionnaire().questions.len();
        let given = questions.filter_map(|question| Some((question, sheet.get(question)?.clone()))).collect();
        let first = self.what_matters();
        let is_empty = first.is_empty();
        if let Some(sections) = &mut self.sections {
            (sections.given, sections.first) = (given, first);
        }
        self.enter();
        if !is_empty && !matches!(self.interview.stage(), Stage::Alert { .. }) {
            self.overlay = Some(Overlay::Jump { field: Field::default(), focus: 0 });
        }
    }

    /// Of the answers given: red flags, then what is not sure, then what else decided the level.
    fn what_matters(&self) -> Vec<QuestionIndex> {
        let facts = self.interview.facts();
        let questions = &self.questionnaire().questions;
        let flag = |question: &QuestionIndex| {
            let ticked = facts.answer(*question).map(Answer::ticked).unwrap_or_default();
            questions[*question].red_flag
                && !ticked.intersection(questions[*question].concerning()).is_empty()
        };
        let unsure = |question: &QuestionIndex| facts.answer(*question).is_some_and(Answer::is_unsure);
        let report = Report::of_interview(&self.interview, self.site());
        let decided = report.decided.iter().flat_map(|decided| &decided.answers);
        let decided: Vec<QuestionIndex> = decided.map(|answered| answered.question).collect();
        let all = 0..questions.len();
        let mut first: Vec<QuestionIndex> = all.clone().filter(flag).collect();
        for question in all.filter(unsure).chain(decided) {
            if !first.contains(&question) {
                first.push(question);
            }
        }
        first
    }

    /// Whether a check was taken over from somebody else.
    pub fn has_taken_over(&self) -> bool {
        self.sections.as_ref().is_some_and(|sections| !sections.given.is_empty())
    }

    /// Records an answer to a question, and stays there. `words` are how it reads along the edge.
    pub(super) fn record(
        &mut self,
        question: QuestionIndex,
        answer: Option<Answer>,
        words: String,
    ) -> Result<(), Refusal> {
        let Stage::Asking(focus) = *self.interview.stage() else { return Ok(()) };
        let old = self.interview.clone();
        let before = vec![self.interview.before(question)];
        self.interview.look_at(question);
        match answer {
            None if before[0].answer.is_none() => return Ok(()),
            // No answer is none that could be given; what was given is taken back.
            None => self.interview.take_back(&[Before { question, answer: None, passed: false }]),
            Some(answer) => self.interview.answer(Some(answer)).inspect_err(|_| {
                self.interview = old.clone();
            })?,
        }
        let taken = Taken { before, focus, words };
        if let Stage::Lowering { .. } = self.interview.stage() {
            if let Some(sections) = &mut self.sections {
                sections.pending = Some(taken);
            }
            return Ok(());
        }
        self.settle(&old, What::Answers(vec![question]), Some(taken));
        Ok(())
    }

    /// Records several answers as one, which are taken back as one.
    pub(super) fn record_all(&mut self, answers: Vec<(QuestionIndex, Option<Answer>)>, words: String) {
        let Stage::Asking(focus) = *self.interview.stage() else { return };
        let old = self.interview.clone();
        let (mut before, mut questions) = (Vec::new(), Vec::new());
        for (question, answer) in answers {
            let was = self.interview.before(question);
            match answer {
                None => self.interview.pass(&[question]),
                Some(answer) => {
                    self.interview.look_at(question);
                    if self.interview.answer(Some(answer)).is_err() {
                        continue;
                    }
                }
            }
            if let Stage::Lowering { .. } = self.interview.stage() {
                self.interview.decline();
                continue;
            }
            before.push(was);
            questions.push(question);
            // What raises an alert is shown before anything else is recorded.
            if let Stage::Alert { .. } = self.interview.stage() {
                break;
            }
        }
        if !questions.is_empty() {
            self.settle(&old, What::Answers(questions), Some(Taken { before, focus, words }));
        }
    }

    /// After a change that made a level less urgent was confirmed.
    pub(super) fn settle_confirmed(&mut self, old: &Interview<'q>) {
        let taken = self.sections.as_mut().and_then(|sections| sections.pending.take());
        let questions = taken.iter().flat_map(|taken| taken.before.iter().map(|before| before.question));
        let what = What::Answers(questions.collect());
        self.settle(old, what, taken);
    }

    /// After it was declined.
    pub(super) fn forget_pending(&mut self) {
        if let Some(sections) = &mut self.sections {
            sections.pending = None;
        }
    }

    /// Takes back what was recorded last. `false`: there is nothing.
    pub(super) fn take_back(&mut self) -> bool {
        let Some(taken) = self.sections.as_mut().and_then(|sections| sections.taken.pop()) else {
            return false;
        };
        let old = self.interview.clone();
        self.interview.take_back(&taken.before);
        self.interview.look_at(taken.focus);
        let undone = self.words().intake.undone(&taken.words);
        let what = What::Answers(taken.before.iter().map(|before| before.question).collect());
        if self.kept(&old, &what, None) {
            self.done(undone);
        } else if let Some(sections) = &mut self.sections {
            // It is not taken back unless that is kept too.
            sections.taken.push(taken);
        }
        true
    }

    /// What was recorded counts once it is kept.
    fn settle(&mut self, old: &Interview<'q>, what: What, taken: Option<Taken>) {
        self.note_corrections(&what);
        let loses = self.set_aside_since(old);
        if !self.kept(old, &what, taken) {
            return;
        }
        if loses > 0 {
            self.notice = Some(self.words().intake.set_aside(loses));
        }
    }

    /// Keeps what has happened since `old`, or goes back to that and says why.
    fn kept(&mut self, old: &Interview<'q>, what: &What, taken: Option<Taken>) -> bool {
        let Some(sections) = &mut self.sections else { return true };
        let began = Instant::now();
        let result = match &mut sections.keeper {
            Some(keeper) if !sections.on_paper => keeper.keep(&self.interview, what),
            _ => Ok(()),
        };
        // What was typed while a store was asked again and again was meant for the page before.
        self.now += began.elapsed();
        match result {
            Ok(()) => {
                sections.taken.extend(taken);
                true
            }
            Err(NotKept { mut why, theirs }) => {
                let mut interview = std::mem::replace(&mut self.interview, old.clone());
                if let Some(theirs) = theirs {
                    let ours: Vec<QuestionIndex> = match what {
                        What::Answers(questions) => questions.clone(),
                        What::Remark(question) => vec![*question],
                        What::Shown => Vec::new(),
                    };
                    let both = self.both(&interview, &theirs, &ours);
                    why = std::iter::once(why).chain(both).collect::<Vec<_>>().join("\n");
                    interview.adopt(&theirs, &ours);
                    self.interview.adopt(&theirs, &[]);
                }
                let Some(sections) = &mut self.sections else { return true };
                sections.waiting = Some(Box::new(Waiting { interview, what: what.clone(), taken }));
                self.overlay = Some(Overlay::NotKept { why, focus: 0 });
                false
            }
        }
    }

    /// Answers that differ between what was given here and what somebody else has written.
    fn both(&self, ours: &Interview, theirs: &Encounter, questions: &[QuestionIndex]) -> Vec<String> {
        let questionnaire = self.questionnaire();
        let differ = questions.iter().filter(|&&q| ours.sheet().get(q) != theirs.sheet.get(q));
        let said = differ.map(|&question| {
            let asked = &questionnaire.questions[question];
            let [ours, theirs] = [ours.sheet().get(question), theirs.sheet.get(question)]
                .map(|answer| self.answer_words(answer, asked));
            self.words().intake.both(questionnaire.row_of(question).to(self.audience()), &ours, &theirs)
        });
        said.collect()
    }

    /// Notes something beside an answer, and keeps it.
    pub(super) fn remark(&mut self, question: QuestionIndex, change: impl FnOnce(&mut Interview<'q>)) {
        let old = self.interview.clone();
        change(&mut self.interview);
        self.kept(&old, &What::Remark(question), None);
    }

    /// Keeps that the result is shown. Where that fails, the page stays.
    pub(super) fn keep_shown(&mut self, old: &Interview<'q>) -> bool {
        self.kept(old, &What::Shown, None)
    }

    /// Tries once more to keep what waits.
    pub(super) fn try_again(&mut self) {
        let Some(waiting) = self.sections.as_mut().and_then(|sections| sections.waiting.take()) else {
            return;
        };
        let Waiting { interview, what, taken } = *waiting;
        self.overlay = None;
        let old = std::mem::replace(&mut self.interview, interview);
        if self.kept(&old, &what, taken) {
            self.go_on_after(&what);
        }
    }

    /// Goes on without keeping anything, since it is written on paper.
    pub(super) fn go_on_on_paper(&mut self) {
        if let Some(sections) = &mut self.sections {
            sections.on_paper = true;
        }
        self.try_again();
    }

    /// Drops what could not be kept.
    pub(super) fn drop_waiting(&mut self) {
        if let Some(sections) = &mut self.sections {
            sections.waiting = None;
        }
        self.overlay = None;
        self.enter();
    }

    /// How many answers that counted before are set aside now.
    fn set_aside_since(&self, old: &Interview) -> usize {
        let (before, now) = (old.facts(), self.interview.facts());
        let questions = 0..self.questionnaire().questions.len();
        questions.filter(|&q| before.answer(q).is_some() && now.set_aside(q).is_some()).count()
    }

    /// An answer of somebody else that is changed stays on record; changed back, it was not corrected.
    fn note_corrections(&mut self, what: &What) {
        let (Some(sections), What::Answers(questions)) = (&self.sections, what) else { return };
        let given: Vec<_> =
            sections.given.iter().filter(|(question, _)| questions.contains(question)).cloned().collect();
        for (question, old) in given {
            self.interview.note_corrected(question, Some(old));
        }
    }
}
