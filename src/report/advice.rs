//! What to do, what to read, and what both rest on.

use super::numbers::{is_name, named};
use super::texts::Texts;
use super::{InfoPage, Step, TextTable};
use crate::answers::Facts;
use crate::questionnaire::{Audience, LevelIndex, NextStep, Shown, SourceIndex};
use crate::text::{blocks, clean_line};
use crate::triage;

/// The sources cited so far, in the order of their numbers.
#[derive(Default)]
pub struct Sources(Vec<SourceIndex>);

impl Sources {
    /// The numbers of these sources; a new one gets the next number.
    pub fn cite(&mut self, sources: &[SourceIndex]) -> Vec<usize> {
        let number = |&source: &SourceIndex| match self.0.iter().position(|&cited| cited == source) {
            Some(position) => position + 1,
            None => {
                self.0.push(source);
                self.0.len()
            }
        };
        sources.iter().map(number).collect()
    }

    pub fn titles(self, facts: &Facts) -> Vec<String> {
        let sources = self.0.into_iter().map(|source| &facts.questionnaire.sources[source]);
        sources.map(|source| clean_line(&source.cited())).collect()
    }
}

/// The steps for the person, whoever reads them, and whether one of them is the call that the level names. That one
/// comes first, wherever it is in the questionnaire.
pub fn steps(
    facts: &Facts,
    level: Option<LevelIndex>,
    texts: Texts,
    sources: &mut Sources,
) -> (Vec<Step>, bool) {
    let steps = facts.questionnaire.next_steps.iter();
    let mut shown: Vec<&NextStep> =
        steps.filter(|step| is_shown(facts, &step.shown, level, Audience::Patient)).collect();
    let call = level.and_then(|level| call(facts, level, &shown));
    if let Some(at) = call {
        let call = shown.remove(at);
        shown.insert(0, call);
    }
    (shown.into_iter().map(|step| step_in_words(step, texts, sources)).collect(), call.is_some())
}

/// Which of some steps is the call that a level names: the one that names the same number.
fn call(facts: &Facts, level: LevelIndex, steps: &[&NextStep]) -> Option<usize> {
    let questionnaire = facts.questionnaire;
    let contacts = |text| named(text, Audience::Patient, questionnaire);
    let to_call = contacts(&triage::who(facts, level)?.say);
    let mut numbers = to_call.into_iter().filter(|contact| !is_name(contact, questionnaire));
    numbers.find_map(|number| {
        steps.iter().position(|step| contacts(&step.say).iter().any(|contact| contact.id == number.id))
    })
}

/// The steps that the person does not see.
pub fn only_for_clinicians(
    facts: &Facts,
    level: Option<LevelIndex>,
    texts: Texts,
    sources: &mut Sources,
) -> Vec<Step> {
    let steps = facts.questionnaire.next_steps.iter();
    let shown = steps
        .filter(|step| step.shown.audience == Some(Audience::Clinician))
        .filter(|step| is_shown(facts, &step.shown, level, Audience::Clinician));
    shown.map(|step| step_in_words(step, texts, sources)).collect()
}

fn step_in_words(step: &NextStep, texts: Texts, sources: &mut Sources) -> Step {
    Step { id: step.id.clone(), words: texts.line(&step.say), sources: sources.cite(&step.sources) }
}

pub fn pages(
    facts: &Facts,
    level: Option<LevelIndex>,
    reader: Audience,
    texts: Texts,
    sources: &mut Sources,
) -> Vec<InfoPage> {
    let pages = facts.questionnaire.learn.iter();
    let shown = pages.filter(|page| is_shown(facts, &page.shown, level, reader));
    shown
        .map(|page| InfoPage {
            id: page.id.clone(),
            title: texts.line(&page.title),
            body: blocks(&texts.body(&page.body)),
            sources: sources.cite(&page.sources),
        })
        .collect()
}

pub fn tables(facts: &Facts, reader: Audience, texts: Texts) -> Vec<TextTable> {
    let tables = facts.questionnaire.tables.iter();
    let shown = tables.filter(|table| table.audience.is_none_or(|only| only == reader));
    shown
        .map(|table| TextTable {
            title: texts.line(&table.title),
            columns: table.columns.iter().map(|cell| texts.line(cell)).collect(),
            rows: table.rows.iter().map(|row| row.iter().map(|cell| texts.line(cell)).collect()).collect(),
        })
        .collect()
}

/// Without a level, only what is shown at every level.
fn is_shown(facts: &Facts, shown: &Shown, level: Option<LevelIndex>, audience: Audience) -> bool {
    match level {
        Some(level) => triage::is_shown(facts, shown, level, audience),
        None => {
            shown.levels.is_empty()
                && triage::is_shown(facts, shown, facts.questionnaire.last_level(), audience)
        }
    }
}
