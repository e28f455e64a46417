//! What goes along of a check: the transaction with its response, measured values, level and handover.

use std::collections::HashMap;
use std::collections::hash_map::Entry;

use serde_json::Value;

use crate::encounter::json;
use crate::fhir::bundle::bundle;
use crate::fhir::codes::Codes;
use crate::fhir::model::{Bundle, Reference};
use crate::fhir::names::Base;
use crate::fhir::response::{About, Check};
use crate::questionnaire::Questionnaire;
use crate::site::Site;
use crate::store::{Record, Store};
use crate::text::clean_line;

/// A questionnaire as the store keeps it, with what this place adds to it.
pub struct Opened {
    pub questionnaire: Questionnaire,
    pub codes: Codes,
    pub site: Site,
}

/// Reads the text of a questionnaire, of this id, that the store has.
pub type Open<'a> = &'a dyn Fn(&str, &[u8]) -> Result<Opened, String>;

/// Makes the transactions.
pub struct Parcels<'a> {
    base: Base,
    /// The system of numbers by which the server knows patients, if the store's references are such numbers.
    patients: Option<String>,
    open: Open<'a>,
    /// Those that were read, by the hash of what they say.
    known: HashMap<String, Opened>,
}

impl<'a> Parcels<'a> {
    pub fn new(base: Base, patients: Option<String>, open: Open<'a>) -> Parcels<'a> {
        Parcels { base, patients, open, known: HashMap::new() }
    }

    /// The transaction for a check in this state.
    ///
    /// # Errors
    /// Why there is none, for a person who can change that.
    pub fn of(&mut self, store: &mut Store, record: &Record) -> Result<Bundle, String> {
        let reference = record.reference();
        let subject = self.subject(reference)?;
        let which = &record.summary.questionnaire;
        let opened = match self.known.entry(which.sha256.clone()) {
            Entry::Occupied(known) => known.into_mut(),
            Entry::Vacant(place) => {
                let text = store.questionnaire(which).map_err(|problem| problem.to_string())?;
                let opened = match text {
                    Some(text) => (self.open)(&which.id, &text),
                    None => Err("the store has lost its text".to_owned()),
                };
                // What is wrong is not kept: a file of this place may be mended.
                place.insert(opened.map_err(|why| {
                    format!(
                        "its questionnaire {} {}: {why}",
                        clean_line(&which.id),
                        clean_line(&which.version)
                    )
                })?)
            }
        };
        let questionnaire = &opened.questionnaire;
        let mut value = record.value.clone();
        value["reference"] = reference.map_or(Value::Null, Value::from);
        let kept = json::read(questionnaire, &value.to_string()).map_err(|problem| problem.to_string())?;
        if let Some(misfit) = kept.misfits.first() {
            return Err(format!(
                "an answer doesn't fit its questionnaire: {}",
                clean_line(&misfit.to_string())
            ));
        }
        let about = About {
            subject: Some(subject.clone()),
            number: Some(record.id.to_string()),
            has_day: true,
            ..About::default()
        };
        let check =
            Check::of(questionnaire, &kept.encounter, &opened.site, &self.base, &opened.codes, &about);
        Ok(bundle(&check, &subject))
    }

    /// Whom a check is about.
    fn subject(&self, reference: Option<&str>) -> Result<Reference, String> {
        let reference = reference.map(str::trim).filter(|reference| !reference.is_empty());
        let Some(reference) = reference else {
            return Err(
                "it doesn't say who it is about: `redflag intake --take TICKET --reference Patient/123` adds that".to_owned()
            );
        };
        let is_id = |id: &str| {
            (1..=64).contains(&id.len())
                && id.bytes().all(|byte| byte.is_ascii_alphanumeric() || b"-.".contains(&byte))
        };
        match (&self.patients, reference.strip_prefix("Patient/").filter(|id| is_id(id))) {
            (_, Some(_)) => Ok(Reference::to(reference)),
            (Some(system), None) => Ok(Reference::known_as("Patient", system, reference)),
            (None, None) => Err(
                "its reference is not one of the server, such as Patient/123; if your references are patient numbers, name their \
                 system with --patients"
                    .to_owned(),
            ),
        }
    }
}
