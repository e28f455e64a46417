//! The JSON Schema of site files, for editors.

use serde_json::{Value, json};

use super::THEMES;
use super::hours::DAYS;

/// The schema of a site file. Which contacts there are, each questionnaire says; so any id may be one here.
pub fn schema() -> Value {
    // The patterns of a schema have no flag for capitals.
    let any_case = |c: char| format!("[{c}{}]", c.to_ascii_uppercase());
    let days: Vec<String> = DAYS.iter().map(|day| day.chars().map(any_case).collect()).collect();
    let day = format!("({})", days.join("|"));
    let range = format!("{day}( *- *{day})?");
    let (begin, end) = ("([01]?[0-9]|2[0-3]):[0-5][0-9]", "(([01]?[0-9]|2[0-3]):[0-5][0-9]|24:00)");
    let themes: Vec<Value> = THEMES.map(Value::from).into_iter().chain([Value::Null]).collect();
    let span = format!(" *{begin} *- *{end} *");
    json!({
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "title": "redflag site file",
        "description": "The numbers of one place, when they answer, and how its screen looks.",
        "type": ["object", "null"],
        "properties": {
            "format": { "description": "The version of the format that the file is written in.", "const": 1 },
            "contacts": {
                "description": "Names and numbers, by the ids of the questionnaire's `contacts`.",
                "type": ["object", "null"],
                "additionalProperties": { "$ref": "#/$defs/contact" }
            },
            "theme": { "description": "Colours of the full screen.", "enum": themes },
            "large": { "description": "Few words a line and wide spacing.", "type": ["boolean", "null"] },
            "languages": {
                "description": "Tags of the languages that are offered, in this order; left out: all.",
                "type": ["array", "null"],
                "items": { "type": "string", "pattern": "^[A-Za-z]{2,3}(-[A-Za-z0-9]{2,8})*$" }
            },
            "kiosk": super::kiosk::schema(),
            "board": super::board::schema(),
            "store": super::keeping::schema()
        },
        "additionalProperties": { "$ref": "#/$defs/contact" },
        "$defs": {
            "contact": {
                "description": "A name or a number; with keys of its own, also when it answers.",
                "type": ["string", "number", "null", "object"],
                "properties": {
                    "number": { "type": ["string", "number"] },
                    "open": { "$ref": "#/$defs/open" }
                },
                "required": ["number"],
                "additionalProperties": false
            },
            "open": {
                "description": "When it answers, by days such as `mon-fri` or `sat`; left out: at any time. Holidays are not known.",
                "type": "object",
                "minProperties": 1,
                "patternProperties": { format!("^ *{range}( *, *{range})* *$"): { "$ref": "#/$defs/hours" } },
                "additionalProperties": false
            },
            "hours": {
                "description": "Such as `08:00-18:30`. An end before the beginning is on the next day. `closed`, or nothing: not on these days.",
                "anyOf": [
                    { "type": "string", "pattern": format!("^( *closed *|{span}(,{span})*)$") },
                    { "type": "array", "items": { "type": "string", "pattern": format!("^{span}(,{span})*$") } },
                    { "type": "null" }
                ]
            }
        }
    })
}
