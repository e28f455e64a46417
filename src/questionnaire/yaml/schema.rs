//! The JSON Schema of a questionnaire file: the parts that the types alone don't say.

use std::borrow::Cow;

use schemars::{JsonSchema, Schema, SchemaGenerator, json_schema};

use super::super::departure::LESS_URGENT;
use super::super::{Property, Region};
use super::raw::{Because, Condition, Questionnaire, Reason};
use super::written::{Each, EachItem, Entries, Item, Text, Written};

/// The JSON Schema of a questionnaire file, as the types say it. The loader compares files with this one, and tells
/// what goes further in better words than a schema could; `strict` adds that for editors.
pub(super) fn schema() -> serde_json::Value {
    let mut schema = schemars::schema_for!(Questionnaire);
    schema.insert("title".to_owned(), "A redflag questionnaire".into());
    schema.to_value()
}

/// What `format` says, as in a questionnaire.
pub(super) fn format() -> serde_json::Value {
    schema()["properties"]["format"].take()
}

/// The definitions that a text refers to.
pub(super) fn texts() -> serde_json::Value {
    let mut definitions = schema()["$defs"].take();
    if let Some(definitions) = definitions.as_object_mut() {
        definitions.retain(|name, _| name == "Text" || name == "Each");
    }
    definitions
}

pub(super) fn region(_: &mut SchemaGenerator) -> Schema {
    json_schema!({ "type": "string", "enum": Region::NAMES.map(|(name, _)| name) })
}

pub(super) fn property(_: &mut SchemaGenerator) -> Schema {
    let names: Vec<&str> = Property::NAMES.map(|(name, _)| name).into_iter().chain([LESS_URGENT]).collect();
    json_schema!({ "type": "string", "enum": names })
}

impl JsonSchema for Text {
    fn schema_name() -> Cow<'static, str> {
        "Text".into()
    }

    fn json_schema(generator: &mut SchemaGenerator) -> Schema {
        json_schema!({
            "description": "One text for both audiences, or one for each.",
            "anyOf": [{ "type": "string", "minLength": 1 }, generator.subschema_for::<Each>()],
        })
    }
}

impl JsonSchema for Item {
    fn schema_name() -> Cow<'static, str> {
        "Item".into()
    }

    fn json_schema(generator: &mut SchemaGenerator) -> Schema {
        json_schema!({
            "description": "One text for both audiences, or one for each.",
            "anyOf": [{ "type": "string", "minLength": 1 }, generator.subschema_for::<EachItem>()],
        })
    }
}

impl JsonSchema for Because {
    fn schema_name() -> Cow<'static, str> {
        "Because".into()
    }

    fn json_schema(generator: &mut SchemaGenerator) -> Schema {
        let reason = generator.subschema_for::<Reason>();
        json_schema!({
            "description": "One text for both audiences, or one for each, or several with conditions.",
            "anyOf": [
                { "type": "string", "minLength": 1 },
                generator.subschema_for::<Each>(),
                { "type": "array", "items": reason },
            ],
        })
    }
}

impl<T: JsonSchema> JsonSchema for Written<T> {
    fn inline_schema() -> bool {
        T::inline_schema()
    }

    fn schema_name() -> Cow<'static, str> {
        T::schema_name()
    }

    fn schema_id() -> Cow<'static, str> {
        T::schema_id()
    }

    fn json_schema(generator: &mut SchemaGenerator) -> Schema {
        T::json_schema(generator)
    }
}

impl<T: JsonSchema> JsonSchema for Entries<T> {
    fn inline_schema() -> bool {
        true
    }

    fn schema_name() -> Cow<'static, str> {
        format!("Entries_of_{}", T::schema_name()).into()
    }

    fn json_schema(generator: &mut SchemaGenerator) -> Schema {
        json_schema!({ "type": "object", "additionalProperties": generator.subschema_for::<T>() })
    }
}

impl JsonSchema for Condition {
    fn schema_name() -> Cow<'static, str> {
        "Condition".into()
    }

    fn json_schema(generator: &mut SchemaGenerator) -> Schema {
        let condition = generator.subschema_for::<Condition>();
        let conditions = |description: &str| {
            let items = condition.clone();
            json_schema!({ "description": description, "type": "array", "items": items, "minItems": 1 })
        };
        let mut not = condition.clone();
        not.insert("description".to_owned(), "This is false.".into());
        let bound = json_schema!({ "type": ["number", "string"] });
        let comparison = |key: &str| {
            json_schema!({
                "description": format!("A number, or an option of an ordered question: {key} it."),
                "type": bound.get("type"),
            })
        };
        json_schema!({
            "description": "The name of a definition, or a map whose entries must all be true.",
            "anyOf": [
                { "type": "string", "description": "The name of a definition." },
                {
                    "type": "object",
                    "minProperties": 1,
                    "properties": {
                        "all": conditions("All of these are true."),
                        "any": conditions("At least one of these is true."),
                        "not": not,
                        "at_least": { "type": "integer", "minimum": 1, "description": "Beside `of`: how many of these are true." },
                        "of": conditions("Beside `at_least`: so many of these are true."),
                        "rule": {
                            "description": "One of these rules is true.",
                            "anyOf": [
                                { "type": "string" },
                                { "type": "array", "items": { "type": "string" }, "minItems": 1 },
                            ],
                        },
                        "unsure_answers": {
                            "const": true,
                            "description": "Some question that is asked was answered with \"I'm not sure\".",
                        },
                    },
                    "dependentRequired": { "at_least": ["of"], "of": ["at_least"] },
                    "additionalProperties": {
                        "description": "A question: what its answer is, or how it compares.",
                        "anyOf": [
                            { "type": "string", "description": "An option, or `unsure`." },
                            { "type": "array", "items": { "type": "string" }, "minItems": 1 },
                            {
                                "type": "object",
                                "minProperties": 1,
                                "properties": {
                                    "at_least": comparison("at least"),
                                    "above": comparison("above"),
                                    "below": comparison("below"),
                                },
                                "additionalProperties": false,
                            },
                        ],
                    },
                },
            ],
        })
    }
}
