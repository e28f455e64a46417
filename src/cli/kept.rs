//! The encounters of a store that a command goes through: which, and under which questionnaire.

use std::collections::HashMap;

use anyhow::{Context, Result};
use jiff::Timestamp;
use jiff::civil::Date;

use super::args::SpanArgs;
use super::{WrongUsage, words};
use crate::questionnaire::{Questionnaire, yaml};
use crate::store::{Record, Store, Which};
use crate::system::clock;

/// Opens the encounters that were begun in a span of days, in the order in which they were begun.
///
/// # Errors
/// When the store can't be read, or a day is none.
pub fn records(store: &mut Store, span: &SpanArgs) -> Result<Vec<Record>> {
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

fn moment(day: Option<Date>) -> Result<Option<Timestamp>> {
    let zone = clock::now().time_zone().clone();
    day.map(|day| Ok(day.to_zoned(zone)?.timestamp())).transpose()
}

/// The questionnaires of encounters, as the store keeps them.
#[derive(Default)]
pub struct Questionnaires(HashMap<String, Questionnaire>);

impl Questionnaires {
    /// # Errors
    /// When its text is not in the store, or can't be read any more.
    pub fn of(&mut self, store: &mut Store, which: &Which) -> Result<&Questionnaire> {
        if !self.0.contains_key(&which.sha256) {
            let name = || words::kept_questionnaire(&which.id, &which.version);
            let text = store.questionnaire(which)?.with_context(name)?;
            let read = yaml::load(&which.id, &text).ok().with_context(name)?;
            self.0.insert(which.sha256.clone(), read.questionnaire);
        }
        self.0.get(&which.sha256).with_context(|| words::kept_questionnaire(&which.id, &which.version))
    }
}

/// Of the encounters those of one questionnaire: the one that is named, or the only one that there is. With them its
/// newest version that was used.
///
/// # Errors
/// When there are several and none is named.
pub fn of_one(records: Vec<Record>, named: Option<&str>) -> Result<Option<(Which, Vec<Record>)>> {
    let mut ids: Vec<&str> = records.iter().map(|record| record.summary.questionnaire.id.as_str()).collect();
    ids.sort_unstable();
    ids.dedup();
    let wanted = match (named, &ids[..]) {
        (Some(named), _) => named.to_owned(),
        (None, []) => return Ok(None),
        (None, [only]) => (*only).to_owned(),
        (None, several) => return Err(WrongUsage(words::several_kept(several)).into()),
    };
    let records: Vec<Record> =
        records.into_iter().filter(|record| record.summary.questionnaire.id == wanted).collect();
    let newest = records.iter().max_by_key(|record| record.summary.changed.at);
    Ok(newest.map(|newest| newest.summary.questionnaire.clone()).map(|which| (which, records)))
}
