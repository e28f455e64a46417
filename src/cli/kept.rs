//! The encounters of a store that a command goes through: which, and under which questionnaire.

use std::io::{self, Write};

use anyhow::{Context, Result};
use jiff::Timestamp;
use jiff::civil::Date;

use super::args::{AccessArgs, SpanArgs};
use super::{WrongUsage, store, words};
use crate::questionnaire::{Questionnaire, yaml};
use crate::store::{Record, Store, Which};
use crate::system::clock;

/// Opens the encounters that were begun in a span of days, in the order in which they were begun.
///
/// # Errors
/// When the store can't be read, or a day is none.
fn records(store: &mut Store, span: &SpanArgs) -> Result<Vec<Record>> {
    let (from, to) = (moment(span.since)?, span.until.map(|day| day.tomorrow()).transpose()?);
    let to = moment(to)?;
    let listed = store.encounters(from.unwrap_or(Timestamp::MIN))?;
    let mut records = Vec::new();
    for listed in listed {
        let begun = listed.summary.opened.at;
        if from.is_none_or(|from| begun >= from) && to.is_none_or(|to| begun < to) {
            records.push(store.encounter(listed.id)?);
        }
    }
    Ok(records)
}

pub fn moment(day: Option<Date>) -> Result<Option<Timestamp>> {
    let zone = clock::now().time_zone().clone();
    day.map(|day| Ok(day.to_zoned(zone)?.timestamp())).transpose()
}

/// The encounters of one questionnaire that a command goes through, and the newest version of it that was used.
pub struct Kept {
    pub store: Store,
    pub which: Which,
    pub records: Vec<Record>,
}

/// Opens a store, signs in, and reads those of a span of days: of the questionnaire that is named, or of the only one
/// that there is. Where there are none, that is said.
///
/// # Errors
/// When the store can't be used; when there are several questionnaires and none is named.
pub fn open(access: &AccessArgs, span: &SpanArgs, named: Option<&str>) -> Result<Option<Kept>> {
    let mut store = store::enter(access)?;
    let mut records = records(&mut store, span)?;
    let mut ids: Vec<&str> = records.iter().map(|record| record.summary.questionnaire.id.as_str()).collect();
    ids.sort_unstable();
    ids.dedup();
    let wanted = match (named, &ids[..]) {
        (Some(named), _) => named.to_owned(),
        (None, [only]) => (*only).to_owned(),
        (None, []) => String::new(),
        (None, several) => return Err(WrongUsage(words::several_kept(several)).into()),
    };
    records.retain(|record| record.summary.questionnaire.id == wanted);
    let Some(newest) = records.iter().max_by_key(|record| record.summary.changed.at) else {
        writeln!(io::stderr(), "redflag: {}", words::NOTHING_KEPT)?;
        return Ok(None);
    };
    let which = newest.summary.questionnaire.clone();
    Ok(Some(Kept { store, which, records }))
}

impl Kept {
    /// The questionnaire, as the store keeps it.
    ///
    /// # Errors
    /// When its text is not in the store, or can't be read any more.
    pub fn questionnaire(&mut self) -> Result<Questionnaire> {
        let Which { id, version, .. } = &self.which;
        let name = || words::kept_questionnaire(id, version);
        let text = self.store.questionnaire(&self.which)?.with_context(name)?;
        Ok(yaml::load(id, &text).ok().with_context(name)?.questionnaire)
    }
}
