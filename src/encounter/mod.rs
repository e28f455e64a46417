//! What happened in one check, whoever asked and wherever it is kept: a plain value.
//!
//! An `Interview` is an encounter and a place in it; a `Report` tells one. [`json`] writes and reads it by the ids of
//! the questionnaire. Positions in it are those of one questionnaire: whoever has an encounter has that too.

pub mod again;
mod fingerprint;
pub mod json;
pub mod remarks;
#[cfg(test)]
mod tests;

use jiff::civil::{Date, DateTime};

pub use fingerprint::{Fingerprint, fingerprint};
pub use remarks::{Corrected, Provenance, Remarks};

use crate::answers::{Answer, Facts, Sheet};
use crate::questionnaire::{Audience, LevelIndex, OptionIndex, QuestionIndex, Questionnaire};

/// One check, finished or not.
#[derive(Debug, Clone, PartialEq)]
pub struct Encounter {
    /// Who answered. It decides which sections were asked, and so how the answers are judged, whoever reads it.
    pub asked_as: Audience,
    /// The language it was asked in last, as BCP 47 writes it.
    pub language: String,
    /// The day that all other dates count from.
    pub day: Date,
    /// In local time; `None`: not noted.
    pub began: Option<DateTime>,
    /// When the result was shown last, in local time.
    pub ended: Option<DateTime>,
    /// Every answer given, also those set aside.
    pub sheet: Sheet,
    /// For each question: an information page that was read, or a question that was answered or left out.
    pub passed: Vec<bool>,
    /// The edits that made a shown level less urgent, oldest first.
    pub lowered: Vec<Lowered>,
    /// The level at which the check was stopped early, because no way of going on had another one. The next answer
    /// takes it back.
    pub stopped: Option<LevelIndex>,
    /// The most urgent level that was shown, by an alert or on a summary; the last level if none was.
    pub shown: LevelIndex,
    /// The most urgent interrupting level that is certain, if an alert has shown it.
    pub alerted: Option<LevelIndex>,
    /// What has come of the offer to settle answers "not sure"; `None`: it was not made.
    pub settling: Option<Settling>,
    /// What was asked once more, in the order of asking.
    pub settled: Vec<Settled>,
    /// The check that this one comes after.
    pub earlier: Option<again::Earlier>,
    /// What whoever asked has noted beside the answers.
    pub remarks: Remarks,
}

/// How far a check has come.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum State {
    Finished,
    /// It was stopped early, because no answer could change the level any more.
    Stopped,
    NotFinished,
}

/// Before a result that hangs on answers "not sure", these are asked once more, if the person wants that.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Settling {
    Declined,
    /// It is going on about these questions, which were "not sure" when it began.
    Open(Vec<QuestionIndex>),
    Done,
}

/// Something that was answered "not sure" and asked once more.
#[derive(Debug, Clone, PartialEq)]
pub struct Settled {
    pub question: QuestionIndex,
    /// Of a list, what of it; `None`: the whole question.
    pub option: Option<OptionIndex>,
    /// The answer to the question before.
    pub was: Answer,
    /// `None`: it has not been answered.
    pub said: Option<Said>,
}

#[derive(Debug, Clone, PartialEq)]
pub enum Said {
    No,
    Yes,
    Unsure,
    /// To a whole question.
    Answer(Answer),
}

/// An edit that made a level that had been shown less urgent.
#[derive(Debug, Clone, PartialEq)]
pub struct Lowered {
    pub question: QuestionIndex,
    pub old: Option<Answer>,
    pub new: Option<Answer>,
    pub from: LevelIndex,
    /// `None`: there was no result then, because the edit brought up or left open other questions.
    pub to: Option<LevelIndex>,
}

impl Encounter {
    /// Nothing has been asked yet.
    pub fn new(questionnaire: &Questionnaire, asked_as: Audience, day: Date) -> Encounter {
        Encounter {
            asked_as,
            language: questionnaire.language.clone(),
            day,
            began: None,
            ended: None,
            sheet: Sheet::new(questionnaire),
            passed: vec![false; questionnaire.questions.len()],
            lowered: Vec::new(),
            stopped: None,
            shown: questionnaire.last_level(),
            alerted: None,
            settling: None,
            settled: Vec::new(),
            earlier: None,
            remarks: Remarks::default(),
        }
    }

    /// A sheet of answers that came from elsewhere: no page was passed and no level was shown.
    pub fn of_sheet(questionnaire: &Questionnaire, asked_as: Audience, sheet: Sheet, day: Date) -> Encounter {
        Encounter { sheet, ..Encounter::new(questionnaire, asked_as, day) }
    }

    /// What the answers make true, for the one who was asked.
    pub fn facts<'a>(&'a self, questionnaire: &'a Questionnaire) -> Facts<'a> {
        Facts::of(questionnaire, self.asked_as, &self.sheet)
    }
}
