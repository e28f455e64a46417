//! The file of scenarios as written: the keys and their types. The JSON Schema comes from these types.

use std::borrow::Cow;

use schemars::{JsonSchema, Schema, SchemaGenerator, json_schema};
use serde::Deserialize;

use crate::questionnaire::Audience;
use crate::questionnaire::yaml::written::{Entries, Written};

/// Scenarios of a questionnaire: what people say, and what must come of it.
#[derive(Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub(super) struct File {
    /// The version of the format that this file is written in: 1. Left out: 1.
    #[serde(default)]
    #[schemars(range(min = 1, max = 1))]
    pub format: Written<u32>,
    /// People from whom the cases differ in a few answers, each with a name.
    #[serde(default)]
    pub baselines: Entries<Baseline>,
    /// What is tried.
    pub cases: Vec<Case>,
}

/// What somebody would say to every question, whether it is asked or not.
#[derive(Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub(super) struct Baseline {
    /// An earlier baseline, from which this one differs in the answers given here.
    #[serde(default)]
    pub based_on: Written<String>,
    /// Who is asked; left out: as in the baseline that this one is based on, or the patient.
    #[serde(default)]
    pub audience: Written<Audience>,
    /// For questions their answers.
    #[serde(default)]
    pub answers: Entries<Given>,
}

/// One person, and what must come of the answers.
#[derive(Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub(super) struct Case {
    /// A sentence that says what is tried.
    pub name: String,
    /// The baseline whose answers count where this case gives none.
    #[serde(default)]
    pub baseline: Written<String>,
    /// Who is asked; left out: as in the baseline, or the patient.
    #[serde(default)]
    pub audience: Written<Audience>,
    /// The answers that differ from the baseline; of a case without a baseline all answers.
    #[serde(default)]
    pub answers: Entries<Given>,
    /// The id of the level that must come out.
    pub level: String,
    /// Ids of rules that must be true.
    #[serde(default)]
    pub rules: Vec<String>,
    /// Ids of rules that must not be true.
    #[serde(default)]
    pub not_rules: Vec<String>,
    /// Ids of questions that must be asked.
    #[serde(default)]
    pub asked: Vec<String>,
    /// Ids of questions that must not be asked.
    #[serde(default)]
    pub not_asked: Vec<String>,
    /// Ids of steps that must be shown to those whom they are for.
    #[serde(default)]
    pub steps: Vec<String>,
    /// Ids of steps that must not be shown.
    #[serde(default)]
    pub not_steps: Vec<String>,
    /// Within how many days to act: the `days` of the level's `within` that counts.
    #[serde(default)]
    pub within_days: Written<u16>,
}

/// An answer, still as YAML: `answers` reads it.
#[derive(Debug, Deserialize)]
#[serde(transparent)]
pub(super) struct Given(pub serde_yaml::Value);

impl JsonSchema for Given {
    fn schema_name() -> Cow<'static, str> {
        "Given".into()
    }

    fn json_schema(_: &mut SchemaGenerator) -> Schema {
        json_schema!({
            "description": "An option, or several in a list; a number; a text; `unsure`. `null` leaves an optional question out.",
            "anyOf": [
                { "type": ["string", "number", "null"] },
                { "type": "array", "items": { "type": "string" }, "minItems": 1 },
            ],
        })
    }
}

/// The JSON Schema of a file of scenarios, for editors.
pub fn schema() -> serde_json::Value {
    let mut schema = schemars::schema_for!(File);
    schema.insert("title".to_owned(), "Scenarios of a redflag questionnaire".into());
    schema.to_value()
}
