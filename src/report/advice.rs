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

/// Whether the call that a level names is among its steps.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum CallStep {
    /// It is the first of those that are shown.
    First,
    /// Those with it are not shown, as when they depend on an answer that is not sure.
    Hidden,
    /// No step of the level has it.
    Unwritten,
}

/// The steps for the person, whoever reads them, and what becomes of the call among them. A step with the call comes
/// first, wherever it is in the questionnaire.
pub fn steps(
    facts: &Facts,
    level: Option<LevelIndex>,
    texts: Texts,
    sources: &mut Sources,
) -> (Vec<Step>, CallStep) {
    let steps = facts.questionnaire.next_steps.iter();
    let mut shown: Vec<&NextStep> =
        steps.filter(|step| is_shown(facts, &step.shown, level, Audience::Patient)).collect();
    let questionnaire = facts.questionnaire;
    let who = level.and_then(|level| triage::who(facts, level));
    let mut numbers = who.map(|who| named(&who.say, Audience::Patient, questionnaire)).unwrap_or_default();
    numbers.retain(|contact| !is_name(contact, questionnaire));
    let names = |step: &NextStep, number: &str| {
        named(&step.say, Audience::Patient, questionnaire).iter().any(|contact| contact.id == number)
    };
    let call = numbers.iter().find_map(|number| shown.iter().position(|step| names(step, &number.id)));
    if let Some(at) = call {
        let call = shown.remove(at);
        shown.insert(0, call);
    }
    let of_level = |step: &&NextStep| {
        let Shown { levels, audience, .. } = &step.shown;
        let is_level = level.is_some_and(|level| levels.is_empty() || levels.contains(&level));
        *audience != Some(Audience::Clinician) && is_level
    };
    let mut written = questionnaire.next_steps.iter().filter(of_level);
    let call = match call {
        Some(_) => CallStep::First,
        None if written.any(|step| numbers.iter().any(|number| names(step, &number.id))) => CallStep::Hidden,
        None => CallStep::Unwritten,
    };
    (shown.into_iter().map(|step| step_in_words(step, texts, sources)).collect(), call)
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
