//! The items of a response: which question each answers, whatever group it is in.

use std::collections::{BTreeMap, BTreeSet, HashMap, HashSet};

use jiff::civil::Date;
use serde_json::Value as Json;

use super::codes::Codes;
use super::fhirpath::{Live, Program};
use super::layout::Layout;
use super::loss::Loss;
use super::names;
use super::shown::{all_shown, shown, value_shown};
use super::values::is_absent;
use crate::questionnaire::{Audience, QuestionIndex, Questionnaire};

/// What was answered, as it came.
#[derive(Debug, Default)]
pub struct Given<'r> {
    pub answers: BTreeMap<QuestionIndex, Vec<&'r Json>>,
    /// The item beside the question says "not sure".
    pub unsure: BTreeSet<QuestionIndex>,
    /// What the response says of the result, by `linkId`.
    pub results: Vec<(String, &'r Json)>,
}

enum Meaning {
    Question(QuestionIndex),
    Unsure(QuestionIndex),
    Result,
    /// A group or words to read.
    NoAnswer,
    /// A question that the other audience is asked.
    Elsewhere,
}

/// Collects the answers, and tells of those that answer nothing.
pub fn given<'r>(
    questionnaire: &Questionnaire,
    audience: Audience,
    codes: &Codes,
    response: &'r Json,
    told: &mut Vec<Loss>,
) -> Given<'r> {
    let layout = Layout::of(questionnaire, audience);
    let program = Program::of(questionnaire, audience, &layout, codes);
    let meanings = meanings(questionnaire, &program);
    let mut given = Given::default();
    let mut seen = HashSet::new();
    let mut twice = BTreeSet::new();
    let mut waiting: Vec<&Json> = list(response, "item", told).iter().rev().collect();
    while let Some(item) = waiting.pop() {
        let Some(link_id) = item["linkId"].as_str() else {
            told.push(Loss::for_a_person("", value_shown(item), "not used: an item without a linkId"));
            continue;
        };
        let at = shown(link_id);
        if is_modified(item) {
            told.push(Loss::for_a_person(at, value_shown(item), format!("not used: {MODIFIED}")));
            continue;
        }
        let (modified, all): (Vec<&Json>, Vec<&Json>) =
            list(&item["answer"], &at, told).iter().partition(|answer| is_modified(answer));
        let nested = all.iter().map(|answer| &answer["item"]).chain([&item["item"]]);
        let nested: Vec<&Json> = nested.flat_map(|items| list(items, &at, told)).collect();
        waiting.extend(nested.into_iter().rev());
        let mut answers: Vec<&Json> = all.into_iter().filter(|answer| !has_items_only(answer)).collect();
        if !modified.is_empty() {
            told.push(Loss::for_a_person(&at, all_shown(&modified), format!("not used: {MODIFIED}")));
            // The others alone would be half an answer.
            answers.clear();
        }
        if answers.is_empty() {
            if !meanings.contains_key(link_id) {
                told.push(Loss::for_a_person(at, "linkId", "the form has no such item"));
            }
            continue;
        }
        let is_first = seen.insert(link_id.to_owned());
        match meanings.get(link_id) {
            Some(Meaning::Question(index)) if is_first => {
                given.answers.insert(*index, answers);
            }
            Some(Meaning::Question(index)) => {
                given.answers.entry(*index).or_default().extend(answers);
                twice.insert(*index);
            }
            Some(Meaning::Unsure(index)) => match answers.iter().all(|answer| is_absent(answer)) {
                true => {
                    given.unsure.insert(*index);
                }
                false => {
                    let why = "not used: this item only takes \"not sure\"";
                    told.push(Loss::for_a_person(at, all_shown(&answers), why));
                }
            },
            Some(Meaning::Result) => {
                given
                    .results
                    .extend(answers.iter().map(|answer| (link_id.to_owned(), &answer["valueString"])));
            }
            Some(Meaning::NoAnswer) => {
                let why = "not used: the item takes no answer";
                told.push(Loss::for_a_person(at, all_shown(&answers), why));
            }
            Some(Meaning::Elsewhere) => {
                let who = names::audience_word(audience);
                let why = format!("not used: the form for {who}s doesn't ask it");
                told.push(Loss::for_a_person(at, all_shown(&answers), why));
            }
            None => {
                let why = "not used: the form has no such item";
                told.push(Loss::for_a_person(at, all_shown(&answers), why));
            }
        }
    }
    for index in twice {
        let answers = given.answers.remove(&index).unwrap_or_default();
        let why = "not used: several items answer it, and it is unclear which one counts";
        told.push(Loss::for_a_person(&questionnaire.questions[index].id, all_shown(&answers), why));
    }
    given
}

fn meanings(questionnaire: &Questionnaire, program: &Program) -> HashMap<String, Meaning> {
    let mut meanings = HashMap::new();
    for (index, question) in questionnaire.questions.iter().enumerate() {
        let (answer, unsure) = match (&program.live[index], question.takes_answer()) {
            (Live::Never, _) => (Meaning::Elsewhere, Meaning::Elsewhere),
            (_, false) => (Meaning::NoAnswer, Meaning::NoAnswer),
            (_, true) => (Meaning::Question(index), Meaning::Unsure(index)),
        };
        meanings.insert(question.id.clone(), answer);
        if names::has_unsure_item(question) {
            meanings.insert(names::unsure(question), unsure);
        }
        for words in ["hint", "why", "options", "lower", "upper"] {
            meanings.insert(format!("{}.{words}", question.id), Meaning::NoAnswer);
        }
    }
    let sections = questionnaire.sections.iter().map(|section| names::section(&section.id));
    let grids = questionnaire.grids.iter().map(|grid| names::grid(&grid.id));
    let hints = questionnaire.grids.iter().map(|grid| format!("{}.hint", names::grid(&grid.id)));
    let points =
        (1..=questionnaire.welcome.points.len()).map(|point| format!("{}.point.{point}", names::WELCOME));
    let own = [names::WELCOME, names::RESULT].map(str::to_owned).into_iter();
    let pages = ["stop", "about", "sign-off"].map(|page| format!("{}.{page}", names::WELCOME)).into_iter();
    for name in sections.chain(grids).chain(hints).chain(points).chain(own).chain(pages) {
        meanings.insert(name, Meaning::NoAnswer);
    }
    for name in [names::LEVEL, names::CERTAIN, names::POSSIBLE, names::SHOWN] {
        meanings.insert(name.to_owned(), Meaning::Result);
    }
    meanings
}

/// FHIR lets nobody use an element with a modifier that they don't know: it may turn what is said into its opposite.
const MODIFIED: &str = "it has a modifierExtension, which may change its meaning";

/// Whether an element has such a modifier.
fn is_modified(element: &Json) -> bool {
    !element["modifierExtension"].is_null()
}

/// An answer without a value holds the items below the question, such as its words, and says nothing.
fn has_items_only(answer: &Json) -> bool {
    let parts = answer.as_object();
    parts.is_some_and(|parts| {
        parts.contains_key("item") && parts.keys().all(|part| part == "item" || part == "id")
    })
}

/// The entries of a list; anything else in its place is told.
fn list<'r>(value: &'r Json, at: &str, told: &mut Vec<Loss>) -> &'r [Json] {
    match value {
        Json::Array(entries) => entries,
        Json::Null => &[],
        other => {
            told.push(Loss::for_a_person(at, value_shown(other), "not used: a list is expected here"));
            &[]
        }
    }
}

/// The day of a `dateTime`; one without a day gives none.
pub fn day(value: &Json) -> Option<Date> {
    value.as_str()?.get(..10)?.parse().ok()
}
