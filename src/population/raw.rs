//! A population file as written: the keys and their types. The JSON Schema comes from these types.

use std::borrow::Cow;

use schemars::{JsonSchema, Schema, SchemaGenerator, json_schema};
use serde::Deserialize;

use crate::questionnaire::Audience;
use crate::questionnaire::yaml::written::{Entries, Written};

/// A population: people of one kind, as shares of the answers that they give.
#[derive(Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub(super) struct File {
    /// The id of the questionnaire that these people are asked.
    pub questionnaire: String,
    /// What to call these people.
    pub title: String,
    /// Who they are, and where the figures come from.
    #[serde(default)]
    pub about: Written<String>,
    /// A population file in the same folder, from which this one differs in what it says.
    #[serde(default)]
    pub based_on: Written<String>,
    /// `true`: it is there for others to be based on, and is drawn only when it is named.
    #[serde(default)]
    pub base_only: Written<bool>,
    /// Who is asked; left out: as in the population that this one is based on, or the patient.
    #[serde(default)]
    pub audience: Written<Audience>,
    /// How many people to draw; left out: 20,000.
    #[serde(default)]
    pub people: Written<u64>,
    /// The level that these people must reach: one for all, or a list with `when`.
    #[serde(default)]
    pub needs: Written<Needs>,
    /// The share of "I'm not sure", for every question of this file that takes it and says nothing else.
    #[serde(default)]
    pub unsure: Written<Share>,
    /// What ties the answers of one person together, each with a name.
    #[serde(default)]
    pub factors: Entries<Factor>,
    /// Figures that go up and down together, each group with a name.
    #[serde(default)]
    pub groups: Entries<Group>,
    /// Traits that nobody asks about and answers depend on, drawn as answers are.
    #[serde(default)]
    pub hidden: Entries<Draw>,
    /// For questions what people answer.
    #[serde(default)]
    pub questions: Entries<Draw>,
    /// What must hold of the shares; `redflag test` tries it.
    #[serde(default)]
    pub limits: Vec<Limit>,
}

/// A normal number of each person that is part of several draws.
#[derive(Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub(super) struct Factor {
    /// From 0, not tied at all, to 1: the part of each draw's variance that comes from it.
    pub strength: f64,
    /// The least that it could be.
    #[serde(default)]
    pub floor: Written<f64>,
    /// The most that it could be.
    #[serde(default)]
    pub ceiling: Written<f64>,
    /// Where this is from, or `assumed`.
    pub source: String,
}

/// By how much the figures of a group could be smaller or larger.
#[derive(Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub(super) struct Group {
    /// At the least so many times the figures.
    pub floor: f64,
    /// At the most so many times the figures.
    pub ceiling: f64,
    /// Where this is from, or `assumed`.
    pub source: String,
}

/// A bound on a share of the people.
#[derive(Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub(super) struct Limit {
    /// Of those who are told this level.
    #[serde(default)]
    pub level: Written<String>,
    /// Of those who are told this level or a more urgent one; `needed`: the level that each needs.
    #[serde(default)]
    pub at_or_above: Written<String>,
    /// Of those who are told a less urgent level than this.
    #[serde(default)]
    pub below: Written<String>,
    /// `true`: of those whose level rests on unsure answers alone.
    #[serde(default)]
    pub unsure_alone: Written<bool>,
    /// The share is no more than this.
    #[serde(default)]
    pub at_most: Written<Share>,
    /// The share is no less than this.
    #[serde(default)]
    pub at_least: Written<Share>,
}

/// A share, still as YAML: `figures` reads it.
#[derive(Debug, Deserialize)]
#[serde(transparent)]
pub(super) struct Share(pub serde_yaml::Value);

/// How a question is answered, still as YAML: `entries` reads it.
#[derive(Debug, Deserialize)]
#[serde(transparent)]
pub(super) struct Draw(pub serde_yaml::Value);

/// A level, or levels with conditions, still as YAML: `read` reads it.
#[derive(Debug, Deserialize)]
#[serde(transparent)]
pub(super) struct Needs(pub serde_yaml::Value);

const SHARE: &str = "A share of the people: a number from 0 to 1, or a text such as `8 %`.";

fn plain_share() -> Schema {
    json_schema!({
        "description": SHARE,
        "anyOf": [
            { "type": "number", "minimum": 0, "maximum": 1 },
            { "type": "string", "pattern": r"^\s*[0-9]+(\.[0-9]+)?\s*%\s*$" },
        ],
    })
}

/// What a condition on a person can be.
fn condition() -> Schema {
    json_schema!({
        "description": "For questions and hidden traits their answers; every entry must hold. Also `any`, `all` and `not`.",
        "type": "object",
        "minProperties": 1,
    })
}

fn source() -> Schema {
    json_schema!({
        "description": "Where this is from, or `assumed`; for everything inside that names none.",
        "type": "string",
        "minLength": 1,
    })
}

fn one_figure() -> Schema {
    json_schema!({
        "type": "object",
        "properties": {
            "when": condition(),
            "p": plain_share(),
            "floor": plain_share(),
            "ceiling": plain_share(),
            "group": { "type": "string", "description": "The group that this goes up and down with." },
            "factor": { "type": "string", "description": "Of an option that can be ticked: the factor that ties it." },
            "source": source(),
        },
        "required": ["p"],
        "additionalProperties": false,
    })
}

impl JsonSchema for Share {
    fn schema_name() -> Cow<'static, str> {
        "Share".into()
    }

    fn json_schema(_: &mut SchemaGenerator) -> Schema {
        json_schema!({
            "description": "A share of the people; or a list of them, of which the first counts whose `when` holds.",
            "anyOf": [
                plain_share(),
                { "const": "rest", "description": "What the others leave." },
                one_figure(),
                { "type": "array", "items": one_figure(), "minItems": 1 },
            ],
        })
    }
}

impl JsonSchema for Needs {
    fn schema_name() -> Cow<'static, str> {
        "Needs".into()
    }

    fn json_schema(_: &mut SchemaGenerator) -> Schema {
        json_schema!({
            "description": "A level; or a list of them, of which the first counts whose `when` holds.",
            "anyOf": [
                { "type": "string" },
                {
                    "type": "array",
                    "minItems": 1,
                    "items": {
                        "type": "object",
                        "properties": { "when": condition(), "level": { "type": "string" } },
                        "required": ["level"],
                        "additionalProperties": false,
                    },
                },
            ],
        })
    }
}

impl JsonSchema for Draw {
    fn schema_name() -> Cow<'static, str> {
        "Draw".into()
    }

    fn json_schema(generator: &mut SchemaGenerator) -> Schema {
        let share = generator.subschema_for::<Share>();
        let shares = |description: &str| {
            json_schema!({
                "description": description,
                "type": "object",
                "minProperties": 1,
                "additionalProperties": share,
            })
        };
        let number = |description: &str| json_schema!({ "type": "number", "description": description });
        let one = json_schema!({
            "type": "object",
            "properties": {
                "when": condition(),
                "p": share,
                "floor": plain_share(),
                "ceiling": plain_share(),
                "answers": shares("For each answer its share; they add up to 1, or one is `rest`."),
                "ticks": shares("For each option the share of those who tick it."),
                "not_named": share,
                "nothing": { "type": "string", "description": "What those answer who tick nothing." },
                "mean": number("Of a normal number: the mean."),
                "sd": number("Of a normal number: the standard deviation."),
                "from": number("The least number."),
                "to": number("The largest number."),
                "outside": {
                    "enum": ["again", "nearest"],
                    "description": "A number outside is drawn again, or becomes the nearest inside.",
                },
                "given": share,
                "unsure": share,
                "factor": { "type": "string", "description": "The factor that ties these answers to others." },
                "group": { "type": "string", "description": "The group that these figures go up and down with." },
                "source": source(),
            },
            "additionalProperties": false,
        });
        json_schema!({
            "description": "How a question is answered; or a list of such, of which the first counts whose `when` holds.",
            "anyOf": [one, { "type": "array", "items": one, "minItems": 1 }],
        })
    }
}

/// The JSON Schema of a population file, for editors.
pub fn schema() -> serde_json::Value {
    let mut schema = schemars::schema_for!(File);
    schema.insert("title".to_owned(), "A population for a redflag questionnaire".into());
    schema.to_value()
}
