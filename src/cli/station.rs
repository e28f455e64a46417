//! A store as a station of one person uses it: who signs in, and every answer kept before anything else is shown.

use anyhow::Result;
use jiff::Timestamp;
use serde_json::{Value, json};

use super::args::IntakeArgs;
use super::{keeping, store};
use crate::encounter::{Encounter, Provenance};
use crate::interview::Interview;
use crate::questionnaire::{Audience, Questionnaire};
use crate::report::Judged;
use crate::site;
use crate::store::{
    Appended, EncounterId, Entry, Event, Level, Listed, Opened, Place, Problem, Record, Revision, Said,
    Source, Store, Which, changes,
};
use crate::text::clean_line;
use crate::tui::app::{Keep, NotKept, What};
use crate::words::{Keeping, Language};

/// Opens the store that is asked for, or the usual one if it is there, and signs somebody in. `None`: nothing is kept.
///
/// # Errors
/// When the store can't be used, or the name or the PIN is wrong.
pub fn open(args: &IntakeArgs, site: &site::Place) -> Result<Option<Store>> {
    if args.no_store {
        return Ok(None);
    }
    let is_named = args.store.store.is_some() || site.store.place.is_some();
    let is_there = match keeping::at(&args.store, site)? {
        Place::File(file) => file.exists(),
        Place::Postgres(_) => true,
    };
    if !is_there && !is_named {
        return Ok(None);
    }
    let mut store = keeping::open(&args.store, site)?;
    store::sign_in(&mut store, &args.user)?;
    Ok(Some(store))
}

/// An encounter in the store, as far as this station knows it.
pub struct Kept {
    store: Store,
    which: Which,
    reference: Option<String>,
    ticket: Option<String>,
    /// Its number and newest revision; `None`: nothing was kept of it yet.
    begun: Option<(EncounterId, Revision)>,
    /// As it is in the store.
    value: Value,
    level: Option<Level>,
    /// What was to be written last and is not certain: the same must be sent again.
    unsure: Option<Timestamp>,
}

impl Kept {
    /// Of a new encounter, with the text of its questionnaire in its first language.
    ///
    /// # Errors
    /// When the questionnaire can't be kept.
    pub fn begin(
        mut store: Store,
        questionnaire: &Questionnaire,
        yaml: &[u8],
        reference: Option<String>,
    ) -> Result<Kept> {
        let which = store.keep_questionnaire(questionnaire, yaml)?;
        let (begun, value, level) = (None, Value::Null, None);
        Ok(Kept { store, which, reference, ticket: None, begun, value, level, unsure: None })
    }

    /// Of one that is there.
    ///
    pub fn on(store: Store, record: &Record) -> Kept {
        let summary = &record.summary;
        Kept {
            store,
            which: summary.questionnaire.clone(),
            reference: summary.reference.clone(),
            ticket: summary.ticket.clone(),
            begun: Some((record.id, record.revision)),
            value: record.value.clone(),
            level: summary.level.clone(),
            unsure: None,
        }
    }

    fn write(
        &mut self,
        interview: &Interview,
        value: &Value,
        level: Option<Level>,
        at: Timestamp,
    ) -> Result<(), NotKept> {
        let mut events = changes(&self.value, value, Said::Patient);
        for event in &mut events {
            tell_provenance(event, value);
        }
        if level != self.level {
            events.push(Event::LevelReached { level: level.clone() });
        }
        let result = match self.begun {
            None => {
                let opened = Opened {
                    questionnaire: self.which.clone(),
                    audience: Audience::Clinician,
                    language: value["language"].as_str().unwrap_or_default().to_owned(),
                    source: Source::Intake,
                    ticket: self.ticket.clone(),
                    reference: self.reference.clone(),
                };
                self.store.begin(at, opened, &events)
            }
            Some((id, after)) => match self.store.append(id, after, at, &events) {
                Ok(Appended::Kept { revision, .. }) => Ok((id, revision)),
                Ok(Appended::Clash { theirs }) => return Err(self.clash(interview, id, &theirs)),
                Err(problem) => Err(problem),
            },
        };
        match result {
            Ok(begun) => {
                (self.begun, self.unsure) = (Some(begun), None);
                (self.value, self.level) = (value.clone(), level);
                Ok(())
            }
            Err(problem) => {
                // Whether it is there is found out by sending the same again.
                self.unsure = matches!(problem, Problem::Unknown(_)).then_some(at);
                Err(NotKept { why: sentence(&problem.told(words_of(interview))), theirs: None })
            }
        }
    }

    /// Somebody else has written into it: what they wrote, and what is to be done. Trying again writes on top.
    fn clash(&mut self, interview: &Interview, id: EncounterId, theirs: &[Entry]) -> NotKept {
        let mut who: Vec<String> = (theirs.iter())
            .map(|entry| clean_line(&format!("{} ({})", entry.mark.who.name, entry.mark.station)))
            .collect();
        who.dedup();
        let why = words_of(interview).others_wrote(&who.join(", "));
        match self.store.encounter(id) {
            Ok(record) => {
                let theirs = record.encounter(interview.questionnaire()).ok();
                self.begun = Some((id, record.revision));
                (self.value, self.level) = (record.value, record.summary.level);
                let theirs = theirs.map(|kept| {
                    let asked_as = interview.audience();
                    Box::new(Encounter { asked_as, ..kept.encounter })
                });
                NotKept { why, theirs }
            }
            // What they wrote isn't known, so nothing may be written on top of it.
            Err(problem) => NotKept { why: sentence(&problem.told(words_of(interview))), theirs: None },
        }
    }
}

impl Keep for Kept {
    fn keep(&mut self, interview: &Interview, _: &What) -> Result<(), NotKept> {
        let value = whole(interview);
        let questionnaire = interview.questionnaire();
        let reached = Judged::so_far(questionnaire, interview.encounter()).reached();
        let level = reached.map(|reached| Level::of(questionnaire, reached));
        let at = self.unsure.unwrap_or_else(Timestamp::now);
        self.write(interview, &value, level, at)
    }
}

/// The encounter by ids, with the keys that it leaves out where they are empty: what is gone must be written too.
fn whole(interview: &Interview) -> Value {
    let mut value = interview.to_value();
    if let Some(keys) = value.as_object_mut() {
        let empty = [("reference", Value::Null), ("notes", json!({})), ("provenance", json!({}))];
        for (key, nothing) in empty.into_iter().chain([("corrected", json!([]))]) {
            keys.entry(key).or_insert(nothing);
        }
    }
    value
}

/// How the answer in this entry is known.
fn tell_provenance(event: &mut Event, value: &Value) {
    if let Event::Answered { question, said, .. } | Event::Corrected { question, said, .. } = event {
        let known =
            serde_json::from_value(value["provenance"][question.as_str()].clone()).unwrap_or_default();
        *said = match known {
            Provenance::Said => Said::Patient,
            Provenance::Observed => Said::Observed,
            Provenance::Record => Said::Record,
        };
    }
}

fn words_of(interview: &Interview) -> &'static Keeping {
    &Language::around(&interview.questionnaire().language).words().keeping
}

fn sentence(words: &str) -> String {
    let mut letters = words.chars();
    let first = letters.next().map(char::to_uppercase);
    let words: String = first.into_iter().flatten().chain(letters).collect();
    if words.ends_with('.') { words } else { format!("{words}.") }
}

/// The checks that can be taken over, the newest first.
///
/// # Errors
/// When the store can't be read.
pub fn to_take(store: &mut Store, since: Timestamp) -> Result<Vec<Listed>> {
    let mut listed = store.encounters(since)?;
    listed.retain(|listed| listed.summary.closed.is_none());
    listed.reverse();
    Ok(listed)
}
