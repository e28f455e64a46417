//! What a board shows of an encounter, folded from its entries.

use serde::{Deserialize, Serialize};

use super::entry::{EncounterId, Entry, Event, Level, Mark, Opened, Revision, Source, Which};
use crate::encounter::State;
use crate::questionnaire::Audience;

/// An encounter in a list.
#[derive(Debug, Clone, PartialEq)]
pub struct Listed {
    pub id: EncounterId,
    pub revision: Revision,
    pub summary: Summary,
}

/// The state of an encounter, without its answers.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Summary {
    /// The version that it goes on with.
    pub questionnaire: Which,
    pub audience: Audience,
    pub language: String,
    pub source: Source,
    pub ticket: Option<String>,
    pub reference: Option<String>,
    pub opened: Mark,
    /// The last entry.
    pub changed: Mark,
    /// How soon, by the answers so far; `None`: nothing says yet.
    pub level: Option<Level>,
    /// The level at which it was stopped early.
    pub stopped: Option<String>,
    pub seen: Option<Mark>,
    pub closed: Option<Closed>,
    /// Questions with an answer.
    pub answers: usize,
    pub notes: usize,
    pub printed: usize,
    pub sent: usize,
}

#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Closed {
    pub mark: Mark,
    pub why: Option<String>,
}

impl Summary {
    pub(super) fn begun(opened: &Opened, mark: &Mark) -> Summary {
        Summary {
            questionnaire: opened.questionnaire.clone(),
            audience: opened.audience,
            language: opened.language.clone(),
            source: opened.source,
            ticket: opened.ticket.clone(),
            reference: opened.reference.clone(),
            opened: mark.clone(),
            changed: mark.clone(),
            level: None,
            stopped: None,
            seen: None,
            closed: None,
            answers: 0,
            notes: 0,
            printed: 0,
            sent: 0,
        }
    }

    /// How far the check has come.
    pub fn state(&self) -> State {
        match (&self.level, &self.stopped) {
            (Some(level), _) if level.finished => State::Finished,
            (_, Some(_)) => State::Stopped,
            _ => State::NotFinished,
        }
    }

    /// The summary of all entries; `None`: the first one doesn't open an encounter.
    pub(super) fn of(entries: &[Entry]) -> Option<Summary> {
        let (first, rest) = entries.split_first()?;
        let Event::Opened(opened) = &first.event else { return None };
        let mut summary = Summary::begun(opened, &first.mark);
        rest.iter().for_each(|entry| summary.take(&entry.event, &entry.mark));
        Some(summary)
    }

    /// Takes in the next entry.
    pub(super) fn take(&mut self, event: &Event, mark: &Mark) {
        self.changed = mark.clone();
        match event {
            Event::Answered { note, .. } => {
                self.answers += 1;
                self.notes += usize::from(note.is_some());
                self.stopped = None;
            }
            Event::Corrected { note, old, answer, .. } => {
                self.notes += usize::from(note.is_some());
                if old != answer {
                    self.stopped = None;
                }
            }
            Event::TakenBack { .. } => {
                self.answers = self.answers.saturating_sub(1);
                self.stopped = None;
            }
            Event::Note { .. } => self.notes += 1,
            Event::LevelReached { level } => self.level.clone_from(level),
            Event::Stopped { level } => self.stopped = Some(level.clone()),
            Event::Referenced { reference } => self.reference.clone_from(reference),
            Event::CarriedOver { questionnaire, .. } => self.questionnaire = questionnaire.clone(),
            Event::Seen => self.seen = Some(mark.clone()),
            Event::Closed { why } => self.closed = Some(Closed { mark: mark.clone(), why: why.clone() }),
            Event::Reopened => self.closed = None,
            Event::Printed { .. } => self.printed += 1,
            Event::Sent { .. } => self.sent += 1,
            Event::Standing { keys } => {
                if let Some(language) = keys.get("language").and_then(|language| language.as_str()) {
                    self.language = language.to_owned();
                }
            }
            Event::Opened(_)
            | Event::Passed { .. }
            | Event::Exported { .. }
            | Event::Sending { .. }
            | Event::Purged { .. }
            | Event::KeyChanged
            | Event::PersonAdded(_)
            | Event::PersonRemoved(_)
            | Event::BackedUp => {}
        }
    }
}
