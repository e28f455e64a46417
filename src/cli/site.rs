//! `redflag site`: what the site files set, and which of them.

use std::io::{self, Write};
use std::path::Path;

use anyhow::Result;

use super::args::SiteCommandArgs;
use super::{Exit, opening, words};
use crate::library::Choice;
use crate::library::site_file::SiteFiles;
use crate::questionnaire::{Audience, Questionnaire};
use crate::site::Place;
use crate::text::clean_line;

/// Shows what is in force for a questionnaire, in which file each setting is, and what is not set.
pub fn run(args: &SiteCommandArgs) -> Result<Exit> {
    let opened = opening::open(&Choice::of(&args.questionnaire)?)?;
    let questionnaire = opened.languages.first();
    let files = SiteFiles::read(args.site.site.as_deref())?;
    let mut told = words::SITE_FILES.to_owned();
    for (path, place) in &files.files {
        told += &words::site_file(&shown(path), place.is_some());
    }
    let place = files.place();
    told += &settings(&files, &place, &opened.languages.tags().collect::<Vec<_>>());
    told += &contacts(&files, &place, questionnaire);
    let mut out = io::stdout().lock();
    out.write_all(told.as_bytes())?;
    for note in files.notes(questionnaire)? {
        writeln!(out, "note: {}", clean_line(&note))?;
    }
    out.flush()?;
    Ok(Exit::Done)
}

fn settings(files: &SiteFiles, place: &Place, tags: &[&str]) -> String {
    let from = |sets: &dyn Fn(&Place) -> bool| files.origin(sets).map(shown);
    let theme = place.look.map(|look| look.name().to_owned());
    let large = place.large.map(|large| large.to_string());
    let languages = (!place.languages.is_empty()).then(|| clean_line(&place.languages.join(", ")));
    let rows = [
        ("theme", theme, words::UNSET_THEME.to_owned(), from(&|place| place.look.is_some())),
        ("large", large, "false".to_owned(), from(&|place| place.large.is_some())),
        ("languages", languages, words::all_languages(tags), from(&|place| !place.languages.is_empty())),
        (
            "kiosk",
            place.kiosk.as_ref().map(|_| words::KIOSK_SET.to_owned()),
            words::UNSET_KIOSK.to_owned(),
            from(&|place| place.kiosk.is_some()),
        ),
        (
            "store",
            place.store.place.as_deref().map(clean_line),
            words::UNSET_STORE.to_owned(),
            from(&|place| place.store.place.is_some()),
        ),
    ];
    let rows = rows
        .map(|(key, value, unset, from)| words::site_setting(key, value.as_deref(), &unset, from.as_deref()));
    format!("\n{}", rows.concat())
}

/// Every contact of the questionnaire, set or not.
fn contacts(files: &SiteFiles, place: &Place, questionnaire: &Questionnaire) -> String {
    let from = files.origin(Place::names_contacts).map(shown);
    let mut told = words::contacts_of(&questionnaire.id, from.as_deref());
    let wide = questionnaire.contacts.iter().map(|contact| contact.id.len()).max().unwrap_or_default();
    for contact in &questionnaire.contacts {
        let own = contact.words.to(Audience::Patient);
        let has_hours = place.contacts.hours(&contact.id).is_some();
        told += &match place.contacts.get(&contact.id) {
            Some(set) => words::contact_set(&contact.id, wide, &clean_line(set), has_hours),
            None => words::contact_unset(&contact.id, wide, own),
        };
    }
    told
}

fn shown(path: &Path) -> String {
    clean_line(&path.to_string_lossy())
}
