//! One encounter, folded from its entries.

use std::collections::BTreeMap;

use serde_json::{Map, Value, json};

use super::entry::{EncounterId, Entry, Event, Mark, Opened, Revision, Said, Which};
use super::summary::Summary;
use crate::encounter::json::{self, FORMAT, FORMAT_VERSION, Kept};
use crate::questionnaire::Questionnaire;

/// Everything that is known of an encounter.
#[derive(Debug, Clone, PartialEq)]
pub struct Record {
    pub id: EncounterId,
    pub revision: Revision,
    pub summary: Summary,
    /// The encounter by ids, with the place in it, as `Interview::to_value` gives it.
    pub value: Value,
    /// For each question that has an answer: how it is known, and what was noted on it.
    pub answers: BTreeMap<String, Provenance>,
    /// Notes on the encounter and on questions, oldest first.
    pub notes: Vec<Noted>,
    /// All entries, in the order of writing.
    pub entries: Vec<Entry>,
}

/// Where an answer comes from.
#[derive(Debug, Clone, PartialEq)]
pub struct Provenance {
    pub said: Said,
    pub mark: Mark,
}

#[derive(Debug, Clone, PartialEq)]
pub struct Noted {
    /// `None`: on the encounter.
    pub question: Option<String>,
    pub text: String,
    pub mark: Mark,
}

/// An answer that was replaced or taken back.
#[derive(Debug, Clone, PartialEq)]
pub struct Correction<'a> {
    pub question: &'a str,
    pub old: &'a Value,
    /// `None`: taken back.
    pub new: Option<&'a Value>,
    pub mark: &'a Mark,
}

impl Record {
    /// `None`: the first entry doesn't open an encounter.
    pub(super) fn of(id: EncounterId, entries: Vec<Entry>) -> Option<Record> {
        let summary = Summary::of(&entries)?;
        let Event::Opened(opened) = &entries.first()?.event else { return None };
        let mut folded = Folded::begun(opened, &entries.first()?.mark);
        entries.iter().for_each(|entry| folded.take(entry));
        let revision = entries.last()?.revision;
        let Folded { mut keys, answers, passed, provenance, notes } = folded;
        keys.insert("answers".to_owned(), Value::Object(answers));
        keys.insert("passed".to_owned(), passed.into_iter().collect());
        Some(Record {
            id,
            revision,
            summary,
            value: Value::Object(keys),
            answers: provenance,
            notes,
            entries,
        })
    }

    /// What the clinic calls the person: the last name that was given.
    pub fn reference(&self) -> Option<&str> {
        let named = self.entries.iter().rev().find_map(|entry| match &entry.event {
            Event::Opened(opened) => Some(opened.reference.as_deref()),
            Event::Referenced { reference } => Some(reference.as_deref()),
            Event::Standing { keys } => keys.get("reference").map(Value::as_str),
            _ => None,
        });
        named.flatten()
    }

    /// The record as it was at an earlier revision; `None`: there was none then.
    pub fn at(&self, revision: Revision) -> Option<Record> {
        let entries = self.entries.iter().filter(|entry| entry.revision <= revision);
        Record::of(self.id, entries.cloned().collect())
    }

    /// The encounter under a questionnaire, and what of it does not fit there.
    ///
    /// # Errors
    /// When it is of another questionnaire.
    pub fn encounter(&self, questionnaire: &Questionnaire) -> Result<Kept, json::Problem> {
        json::read(questionnaire, &self.value.to_string())
    }

    /// The encounter as JSON by ids, with its place, as `Interview::from_json` takes it.
    pub fn json(&self) -> String {
        self.value.to_string()
    }

    /// What has to be written down for this record to become that encounter by ids, which `Interview::to_value`
    /// gives. Nothing, if it is so already.
    ///
    /// `said`: how the new answers are known.
    pub fn changes_to(&self, value: &Value, said: Said) -> Vec<Event> {
        changes(&self.value, value, said)
    }

    /// What has to be written down to go on under this version of the questionnaire: what of the answers does not fit
    /// is taken back, and stays in the entries.
    ///
    /// To go on under the version of then, take its text from `Store::questionnaire`.
    ///
    /// # Errors
    /// When it is another questionnaire.
    pub fn carry_over(
        &self,
        questionnaire: &Questionnaire,
        which: Which,
    ) -> Result<(Kept, Vec<Event>), json::Problem> {
        let kept = self.encounter(questionnaire)?;
        let lost = kept.misfits.iter().map(ToString::to_string).collect();
        let mut events = vec![Event::CarriedOver { questionnaire: which, lost }];
        let value = json::value(questionnaire, &kept.encounter);
        events.extend(changes(&self.value, &value, Said::Patient));
        Ok((kept, events))
    }

    /// Whether it was asked by exactly this questionnaire, in its first language.
    pub fn is_of(&self, which: &Which) -> bool {
        self.summary.questionnaire == *which
    }

    /// Every answer that was replaced or taken back, oldest first.
    pub fn corrections(&self) -> impl Iterator<Item = Correction<'_>> {
        self.entries.iter().filter_map(|entry| match &entry.event {
            Event::Corrected { question, old, answer, .. } => {
                Some(Correction { question, old, new: Some(answer), mark: &entry.mark })
            }
            Event::TakenBack { question, old } => {
                Some(Correction { question, old, new: None, mark: &entry.mark })
            }
            _ => None,
        })
    }
}

/// What happened between two states of an encounter by ids.
pub fn changes(old: &Value, new: &Value, said: Said) -> Vec<Event> {
    let mut events = Vec::new();
    let answers = |value: &Value| value["answers"].as_object().cloned().unwrap_or_default();
    let (before, after) = (answers(old), answers(new));
    for (question, answer) in &after {
        let (question, answer) = (question.clone(), answer.clone());
        match before.get(&question) {
            None => events.push(Event::Answered { question, answer, said, note: None }),
            Some(old) if *old != answer => {
                events.push(Event::Corrected { question, old: old.clone(), answer, said, note: None });
            }
            Some(_) => {}
        }
    }
    for (question, old) in before.iter().filter(|(question, _)| !after.contains_key(*question)) {
        events.push(Event::TakenBack { question: question.clone(), old: old.clone() });
    }
    let passed = |value: &Value| -> Vec<String> {
        let ids = value["passed"].as_array().map(Vec::as_slice).unwrap_or_default();
        ids.iter().filter_map(|id| id.as_str().map(str::to_owned)).collect()
    };
    let (before, after) = (passed(old), passed(new));
    let without = |all: &[String], others: &[String]| -> Vec<String> {
        all.iter().filter(|id| !others.contains(id)).cloned().collect()
    };
    let (questions, undone) = (without(&after, &before), without(&before, &after));
    if !questions.is_empty() || !undone.is_empty() {
        events.push(Event::Passed { questions, undone });
    }
    let empty = Map::new();
    let (before, after) = (old.as_object().unwrap_or(&empty), new.as_object().unwrap_or(&empty));
    let is_apart = |key: &str| ["answers", "passed"].contains(&key);
    let keys: Map<String, Value> = after
        .iter()
        .filter(|(key, value)| !is_apart(key) && before.get(*key).unwrap_or(&Value::Null) != *value)
        .map(|(key, value)| (key.clone(), value.clone()))
        .collect();
    let stopped = keys.get("stopped").and_then(Value::as_str).map(str::to_owned);
    if !keys.is_empty() {
        events.push(Event::Standing { keys });
    }
    events.extend(stopped.map(|level| Event::Stopped { level }));
    events
}

/// What the entries so far come to.
struct Folded {
    keys: Map<String, Value>,
    answers: Map<String, Value>,
    passed: Vec<String>,
    provenance: BTreeMap<String, Provenance>,
    notes: Vec<Noted>,
}

impl Folded {
    /// An encounter by ids in which nothing has been asked.
    fn begun(opened: &Opened, mark: &Mark) -> Folded {
        let begun = json!({
            "format": FORMAT,
            "format_version": FORMAT_VERSION,
            "questionnaire": opened.questionnaire,
            "asked_as": opened.audience,
            "language": opened.language,
            // Until the shell writes its local day.
            "day": mark.at.to_string().chars().take(10).collect::<String>(),
            "began": null,
            "ended": null,
            "lowered": [],
            "stopped": null,
            "shown": null,
            "alerted": null,
            "settling": null,
            "settled": [],
            "earlier": null,
            "place": null,
        });
        Folded {
            keys: match begun {
                Value::Object(keys) => keys,
                _ => Map::new(),
            },
            answers: Map::new(),
            passed: Vec::new(),
            provenance: BTreeMap::new(),
            notes: Vec::new(),
        }
    }

    fn take(&mut self, entry: &Entry) {
        match &entry.event {
            Event::Answered { question, answer, said, note }
            | Event::Corrected { question, answer, said, note, .. } => {
                self.answers.insert(question.clone(), answer.clone());
                let provenance = Provenance { said: *said, mark: entry.mark.clone() };
                self.provenance.insert(question.clone(), provenance);
                if let Some(text) = note {
                    self.note(Some(question), text, &entry.mark);
                }
            }
            Event::TakenBack { question, .. } => {
                self.answers.remove(question);
                self.provenance.remove(question);
            }
            Event::Note { question, text } => self.note(question.as_ref(), text, &entry.mark),
            Event::Passed { questions, undone } => {
                self.passed.retain(|id| !undone.contains(id));
                for id in questions {
                    if !self.passed.contains(id) {
                        self.passed.push(id.clone());
                    }
                }
            }
            Event::Standing { keys } => {
                // The answers have entries of their own.
                let keys = keys.iter().filter(|(key, _)| !["answers", "passed"].contains(&key.as_str()));
                self.keys.extend(keys.map(|(key, value)| (key.clone(), value.clone())));
            }
            Event::Stopped { level } => {
                self.keys.insert("stopped".to_owned(), level.as_str().into());
            }
            Event::CarriedOver { questionnaire, .. } => {
                self.keys.insert("questionnaire".to_owned(), json!(questionnaire));
            }
            _ => {}
        }
    }

    fn note(&mut self, question: Option<&String>, text: &str, mark: &Mark) {
        self.notes.push(Noted { question: question.cloned(), text: text.to_owned(), mark: mark.clone() });
    }
}
