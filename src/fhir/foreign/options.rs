//! The answers that a choice of others offers.

use serde_json::Value as Json;

use super::ids::Ids;
use super::{extensions, list};
use crate::fhir::names;
use crate::fhir::shown::shown;
use crate::questionnaire::Code;
use crate::text::{clean_line, folded};

const LOINC: &str = "http://loinc.org";

/// More than a question may have.
const MOST: usize = 64;

/// An answer to choose.
#[derive(Debug, Clone, PartialEq)]
pub struct Choice {
    pub id: String,
    pub label: String,
    pub exclusive: bool,
    /// As the form compares it: its code with its system, or its words.
    pub system: Option<String>,
    pub code: Option<String>,
    pub words: Option<String>,
}

impl Choice {
    /// The code that the file can have, if it is spelt well and no other option is written like it.
    pub fn kept_code(&self, all: &[Choice]) -> Option<Code> {
        let (system, code) = (self.system.clone()?, self.code.clone()?);
        let others = all.iter().filter(|other| other.id != self.id);
        let mut others = others.flat_map(|other| [Some(&other.id), other.code.as_ref()]).flatten();
        let display = self.words.as_deref().map(clean_line);
        let display = display.filter(|words| !words.is_empty() && *words != self.label);
        let kept = Code { system, code, display };
        (kept.check().is_ok() && !others.any(|other| *other == kept.code)).then_some(kept)
    }
}

/// What a choice offers.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Offered {
    pub choices: Vec<Choice>,
    /// "Not sure" was among them.
    pub unsure: bool,
    /// The file has perhaps not all of them, or too many.
    pub is_partial: bool,
    /// What answers count in a sum, each with its words.
    pub scores: Vec<String>,
    /// Extensions of answers that nothing here looks at.
    pub lost: Vec<String>,
}

impl Offered {
    /// Two answers that are yes and no, by their codes or their words: no first.
    pub fn yes_no(&self) -> Option<[&Choice; 2]> {
        let [first, second] = self.choices.as_slice() else { return None };
        let is = |choice: &Choice, code: &str, word: &str| {
            let coded = (choice.system.as_deref(), choice.code.as_deref());
            let loinc = if word == "no" { "LA32-8" } else { "LA33-6" };
            let by_code = coded == (Some(names::YES_NO), Some(code)) || coded == (Some(LOINC), Some(loinc));
            by_code || folded(&choice.label) == word
        };
        let pair = |no: &Choice, yes: &Choice| is(no, "N", "no") && is(yes, "Y", "yes");
        match (pair(first, second), pair(second, first)) {
            (true, _) => Some([first, second]),
            (_, true) => Some([second, first]),
            _ => None,
        }
    }
}

/// # Errors
/// Why they are not known, in words.
pub fn of(item: &Json, beside: &[&Json]) -> Result<Offered, String> {
    let mut ids = Ids::default();
    let mut offered = Offered::default();
    let written = ["answerOption", "option"].iter().find_map(|key| item[key].as_array());
    if let Some(options) = written.filter(|options| !options.is_empty()) {
        for option in options {
            let exclusive =
                extensions(option, names::EXCLUSIVE).any(|extension| extension["valueBoolean"] == true);
            let value = value_of(option).ok_or("an answer has no value")?;
            unknown(option, &value, &mut offered);
            add(&mut offered, &mut ids, value, exclusive);
        }
    } else {
        let reference = ["answerValueSet", "options"].iter().find_map(|key| match &item[key] {
            Json::String(text) => Some(text.as_str()),
            // As it was before R4.
            object => object["reference"].as_str(),
        });
        let reference = reference.ok_or("it offers no answers")?;
        let (codings, is_whole) = in_value_set(reference, beside)?;
        offered.is_partial = !is_whole;
        for coding in codings {
            add(&mut offered, &mut ids, coding, false);
        }
    }
    match offered.choices.len() {
        0 => Err("it offers no answers".to_owned()),
        count if count > MOST => Err(format!("it offers {count} answers, and a question has at most {MOST}")),
        _ => Ok(offered),
    }
}

/// What an answer counts, in the editions of FHIR.
const SCORES: [&str; 3] = [
    "http://hl7.org/fhir/StructureDefinition/ordinalValue",
    "http://hl7.org/fhir/StructureDefinition/itemWeight",
    "http://hl7.org/fhir/StructureDefinition/questionnaire-ordinalValue",
];

/// Keeps what is said beside an answer and has no place here.
fn unknown(option: &Json, value: &Value, offered: &mut Offered) {
    let words = match value {
        Value::Words(words) => words.as_str(),
        Value::Coding { code, display, .. } => display.as_deref().or(code.as_deref()).unwrap_or_default(),
    };
    let coding = &option["valueCoding"];
    let beside = [option, coding, &coding["_display"], &option["_valueString"]];
    for extension in beside.into_iter().flat_map(|element| list(&element["extension"])) {
        let url = extension["url"].as_str().unwrap_or("extension");
        let score =
            ["valueDecimal", "valueInteger"].iter().map(|key| &extension[key]).find(|it| it.is_number());
        match score.filter(|_| SCORES.contains(&url)) {
            Some(score) => offered.scores.push(format!("{words} = {score}")),
            None if url == names::EXCLUSIVE => {}
            None => offered.lost.push(url.to_owned()),
        }
    }
    if option["initialSelected"] == true {
        offered.lost.push("initialSelected".to_owned());
    }
    offered.lost.sort();
    offered.lost.dedup();
}

enum Value {
    Coding { system: Option<String>, code: Option<String>, display: Option<String> },
    Words(String),
}

fn value_of(option: &Json) -> Option<Value> {
    let text = |value: &Json| value.as_str().map(str::to_owned);
    if option["valueCoding"].is_object() {
        return coding(&option["valueCoding"]);
    }
    let words = ["valueString", "valueDate", "valueTime", "valueDateTime"];
    if let Some(words) = words.iter().find_map(|key| text(&option[key])) {
        return Some(Value::Words(words));
    }
    if option["valueInteger"].is_number() {
        return Some(Value::Words(option["valueInteger"].to_string()));
    }
    let reference = &option["valueReference"];
    text(&reference["display"]).or_else(|| text(&reference["reference"])).map(Value::Words)
}

fn coding(coding: &Json) -> Option<Value> {
    let text = |key: &str| coding[key].as_str().map(str::to_owned);
    let (system, code, display) = (text("system"), text("code"), text("display"));
    (code.is_some() || display.is_some()).then_some(Value::Coding { system, code, display })
}

fn add(offered: &mut Offered, ids: &mut Ids, value: Value, exclusive: bool) {
    let (system, code, words, label) = match value {
        Value::Words(words) => (None, None, Some(words.clone()), words),
        Value::Coding { system, code, display } => {
            let is_unsure = system.as_deref() == Some(names::ABSENT)
                && matches!(code.as_deref(), Some(names::ASKED_UNKNOWN | "unknown"));
            if is_unsure {
                offered.unsure = true;
                return;
            }
            let label = display.clone().or_else(|| code.clone()).unwrap_or_default();
            (system, code, display, label)
        }
    };
    let mut label = clean_line(&label);
    if label.is_empty() {
        label = code.as_deref().map(clean_line).filter(|code| !code.is_empty()).unwrap_or("-".to_owned());
    }
    // Two answers that read alike can't be told apart.
    let mut told = label.clone();
    let mut number = 1;
    while offered.choices.iter().any(|other| folded(&other.label) == folded(&told)) {
        number += 1;
        told = format!("{label} ({number})");
    }
    let name = words.as_deref().filter(|words| words.is_ascii()).or(code.as_deref()).unwrap_or_default();
    let id = ids.of(name, "option");
    offered.choices.push(Choice { id, label: told, exclusive, system, code, words });
}

/// The codes of a value set that is beside the form, or that everybody has, and whether they are all.
fn in_value_set(reference: &str, beside: &[&Json]) -> Result<(Vec<Value>, bool), String> {
    let bare = reference.split('|').next().unwrap_or_default();
    let set = beside.iter().find(|it| {
        it["resourceType"] == "ValueSet"
            && match bare.strip_prefix('#') {
                Some(id) => it["id"].as_str().is_some_and(|known| known.trim_start_matches('#') == id),
                None => it["url"] == bare,
            }
    });
    if let Some(set) = set {
        let expanded = expanded(&set["expansion"]["contains"]);
        if expanded.is_empty() {
            return Ok(composed(set, beside));
        }
        let is_whole = set["expansion"]["total"].as_u64().is_none_or(|total| total <= expanded.len() as u64);
        return Ok((expanded, is_whole));
    }
    let known = KNOWN.iter().find(|(url, ..)| *url == bare);
    let known = known.ok_or_else(|| format!("the value set {} is not in the file", shown(reference)))?;
    let codes = known.2.iter().map(|(code, display)| Value::Coding {
        system: Some(if *code == names::ASKED_UNKNOWN { names::ABSENT } else { known.1 }.to_owned()),
        code: Some((*code).to_owned()),
        display: Some((*display).to_owned()),
    });
    Ok((codes.collect(), true))
}

/// Codes with their words.
type Codes = &'static [(&'static str, &'static str)];

/// HL7's own value sets that forms name most, each with its system.
const KNOWN: [(&str, &str, Codes); 2] = [
    (
        "http://hl7.org/fhir/ValueSet/administrative-gender",
        "http://hl7.org/fhir/administrative-gender",
        &[("male", "Male"), ("female", "Female"), ("other", "Other"), ("unknown", "Unknown")],
    ),
    (
        "http://hl7.org/fhir/ValueSet/yesnodontknow",
        names::YES_NO,
        &[("Y", "Yes"), ("N", "No"), (names::ASKED_UNKNOWN, "Don't know")],
    ),
];

/// The codes of an expansion, with those below them.
fn expanded(contains: &Json) -> Vec<Value> {
    let mut found = Vec::new();
    let mut waiting: Vec<&Json> = list(contains).iter().rev().collect();
    while let Some(entry) = waiting.pop() {
        if entry["abstract"] != true {
            found.extend(coding(entry));
        }
        waiting.extend(list(&entry["contains"]).iter().rev());
    }
    found
}

/// The codes that a value set lists, or takes from a system that is beside it, and whether that is all that it says.
fn composed(set: &Json, beside: &[&Json]) -> (Vec<Value>, bool) {
    let is_left_out = |system: &Json, code: &Json| {
        list(&set["compose"]["exclude"]).iter().any(|exclude| {
            let codes = list(&exclude["concept"]);
            exclude["system"] == *system && codes.iter().any(|concept| concept["code"] == *code)
        })
    };
    let (mut found, mut is_whole) = (Vec::new(), true);
    let excludes = list(&set["compose"]["exclude"]);
    is_whole &= excludes.iter().all(|exclude| !list(&exclude["concept"]).is_empty());
    for include in list(&set["compose"]["include"]) {
        let system = &include["system"];
        is_whole &= include["filter"].is_null() && include["valueSet"].is_null();
        let concepts: Vec<&Json> = match list(&include["concept"]) {
            [] => {
                let systems = beside.iter().filter(|it| it["resourceType"] == "CodeSystem");
                let system = systems.into_iter().find(|it| !system.is_null() && it["url"] == *system);
                is_whole &= system
                    .is_some_and(|system| matches!(system["content"].as_str(), None | Some("complete")));
                system.map(|system| with_those_below(&system["concept"])).unwrap_or_default()
            }
            concepts => concepts.iter().collect(),
        };
        for concept in concepts.iter().filter(|concept| !is_left_out(system, &concept["code"])) {
            let text = |value: &Json| value.as_str().map(str::to_owned);
            let (code, display) = (text(&concept["code"]), text(&concept["display"]));
            if code.is_some() || display.is_some() {
                found.push(Value::Coding { system: text(system), code, display });
            }
        }
    }
    (found, is_whole)
}

/// The concepts of a code system in its order, each before those below it.
fn with_those_below(concepts: &Json) -> Vec<&Json> {
    let mut found = Vec::new();
    let mut waiting: Vec<&Json> = list(concepts).iter().rev().collect();
    while let Some(concept) = waiting.pop() {
        found.push(concept);
        waiting.extend(list(&concept["concept"]).iter().rev());
    }
    found
}
