//! The transaction for a server that may already have an earlier state of a check.

use super::model::{Bundle, Entry, EntryRequest, Resource};
use super::names;

/// Makes of whatever the server has of a check what it is now. A part that was always the same is created on the
/// condition that it isn't there; one that has changed takes the place of the earlier one and says so in its status; one
/// that is no more is marked as entered in error.
///
/// `before`: everything that may have arrived there.
pub fn amended(now: Bundle, before: &[Bundle]) -> Bundle {
    let mut gone: Vec<Entry> = Vec::new();
    for entry in before.iter().flat_map(|bundle| &bundle.entry) {
        let is_it = |other: &Entry| other.full_url == entry.full_url;
        if !now.entry.iter().any(is_it) && !gone.iter().any(is_it) {
            gone.push(entry.clone());
        }
    }
    // Always so, or never there; what was gone once was marked as that.
    let is_new = |entry: &Entry| {
        let find = |bundle: &Bundle| bundle.entry.iter().find(|it| it.full_url == entry.full_url).cloned();
        let earlier: Vec<Option<Entry>> = before.iter().map(find).collect();
        earlier.iter().all(Option::is_none) || earlier.iter().all(|earlier| earlier.as_ref() == Some(entry))
    };
    let entries = now.entry.iter().map(|entry| match is_new(entry) {
        true => entry.clone(),
        false => replacing(entry, correct),
    });
    let entry = entries.chain(gone.iter().map(|entry| replacing(entry, |_| "entered-in-error"))).collect();
    Bundle { entry, ..now }
}

/// The entry as one that takes the place of what has its identifier, with another status.
fn replacing(entry: &Entry, status: impl Fn(&'static str) -> &'static str) -> Entry {
    let mut resource = entry.resource.clone();
    // The server knows it under an id of its own, and refuses another one.
    let (kind, identifier) = match &mut resource {
        Resource::Response(response) => {
            response.id.clear();
            response.status = status(response.status);
            (response.resource_type, Some(response.identifier.clone()))
        }
        Resource::Observation(observation) => {
            observation.id.clear();
            observation.status = status(observation.status);
            (observation.resource_type, observation.identifier.first().cloned())
        }
        Resource::Risk(risk) => {
            risk.id.clear();
            risk.status = status(risk.status);
            (risk.resource_type, risk.identifier.first().cloned())
        }
        Resource::Document(document) => {
            document.id.clear();
            // A document has a status of its own for being in force, and calls a corrected text amended.
            document.doc_status = match status(document.doc_status) {
                "corrected" => "amended",
                status => status,
            };
            (document.resource_type, Some(document.master_identifier.clone()))
        }
    };
    let found = identifier.as_ref().map(names::search);
    let url = format!("{kind}?{}", found.unwrap_or_default());
    let request = EntryRequest { method: "PUT", url, if_none_exist: None };
    Entry { full_url: entry.full_url.clone(), resource, request }
}

/// The status of what is final and was something else before.
fn correct(status: &'static str) -> &'static str {
    match status {
        "completed" => "amended",
        "final" => "corrected",
        other => other,
    }
}
