//! JSON Schemas of what other programs give and get: answer sheets, their results, and what a check finds.

use serde_json::{Map, Value, json};

use crate::questionnaire::{Domain, NumberBounds, Question, Questionnaire};

const DRAFT: &str = "https://json-schema.org/draft/2020-12/schema";

/// One line of what `redflag assess` writes: a result, or what is wrong with a sheet.
pub fn assess() -> Value {
    let words = |what: &str| json!({ "type": "array", "items": { "type": "string" }, "description": what });
    let level = |what: &str| json!({ "type": "string", "description": what });
    json!({
        "$schema": DRAFT,
        "title": "A line of redflag assess",
        "description": "Keys may be added; those that are here stay and keep their meaning.",
        "oneOf": [{ "$ref": "#/$defs/result" }, { "$ref": "#/$defs/mistake" }],
        "$defs": {
            "id": {
                "description": "The `id` of the sheet, as it was given.",
                "type": ["string", "number"]
            },
            "result": {
                "type": "object",
                "properties": {
                    "level": level("The id of the level to act on."),
                    "certain": level("The id of the level that the answers show already."),
                    "possible": level("The id of the most urgent level that open answers could still bring up."),
                    "complete": {
                        "type": "boolean",
                        "description": "Every question that needs an answer has one. If not, a low level is no all-clear."
                    },
                    "rules": words("The ids of all rules that are true, the most urgent first."),
                    "reasons": words("Their words, in the same order."),
                    "next_steps": words("What to do."),
                    "unanswered": words("The ids of the questions that still need an answer."),
                    "set_aside": {
                        "type": "object",
                        "description": "Answers to questions that do not apply, which had no effect. A free text is null, unless --allow-text."
                    },
                    "questionnaire": { "$ref": "#/$defs/questionnaire" },
                    "id": { "$ref": "#/$defs/id" }
                },
                "required": [
                    "level", "certain", "possible", "complete", "rules", "reasons", "next_steps", "unanswered",
                    "set_aside", "questionnaire"
                ]
            },
            "questionnaire": {
                "type": "object",
                "description": "What the answers were judged by.",
                "properties": {
                    "id": { "type": "string" },
                    "version": { "type": "string" },
                    "fingerprint": {
                        "description": "SHA-256 of every question, rule and word, as in reports.",
                        "type": "string",
                        "pattern": "^[0-9a-f]{64}$"
                    }
                },
                "required": ["id", "version", "fingerprint"]
            },
            "mistake": {
                "type": "object",
                "properties": {
                    "error": { "type": "string", "description": "What is wrong with the sheet, in words." },
                    "line": { "type": "integer", "minimum": 1, "description": "The line of the input." },
                    "id": { "$ref": "#/$defs/id" }
                },
                "required": ["error", "line"]
            }
        }
    })
}

/// What `redflag check --format json` writes.
pub fn check() -> Value {
    let place = |what: &str| json!({ "type": ["integer", "null"], "minimum": 1, "description": what });
    json!({
        "$schema": DRAFT,
        "title": "What redflag check finds",
        "description": "Keys and codes may be added; those that are here stay and keep their meaning.",
        "type": "array",
        "items": {
            "type": "object",
            "properties": {
                "severity": {
                    "enum": ["error", "warning"],
                    "description": "With an error the file is not used, and the exit status is 1."
                },
                "code": {
                    "type": "string",
                    "description": "Stays the same when the message gets better words.",
                    "pattern": "^[a-z0-9-]+$"
                },
                "message": { "type": "string" },
                "help": { "type": ["string", "null"], "description": "What to write instead." },
                "file": { "type": "string" },
                "line": place("`null`: it is about the whole file."),
                "column": place("In characters."),
                "witness": {
                    "description": "Answers that show it, as `redflag assess` reads them; `null`: it is about how the file is written."
                }
            },
            "required": ["severity", "code", "message", "help", "file", "line", "column", "witness"]
        }
    })
}

/// Answer sheets of a questionnaire, as `redflag assess` reads them.
pub fn answers(questionnaire: &Questionnaire) -> Value {
    let asked = questionnaire.questions.iter().filter(|question| question.domain != Domain::Nothing);
    let mut keys: Map<String, Value> =
        asked.map(|question| (question.id.clone(), answer(question))).collect();
    keys.entry("id").or_insert_with(
        || json!({ "type": ["string", "number", "null"], "description": "Comes back with the result." }),
    );
    json!({
        "$schema": DRAFT,
        "title": format!("Answers to {} {}", questionnaire.id, questionnaire.version),
        "type": "object",
        "properties": keys,
        "additionalProperties": false
    })
}

fn answer(question: &Question) -> Value {
    let ids = || question.options.iter().map(|option| Value::from(option.id.as_str()));
    let unsure = || question.unsure.then(|| Value::from("unsure"));
    let none = json!({ "type": "null", "description": "Not answered." });
    let mut ways = match &question.domain {
        Domain::One { .. } => vec![json!({ "enum": ids().chain(unsure()).collect::<Vec<_>>() })],
        Domain::Several => {
            let options: Vec<Value> = ids().chain(unsure()).collect();
            let list = json!({ "type": "array", "items": { "enum": options } });
            [list].into_iter().chain(unsure().map(|unsure| json!({ "const": unsure }))).collect()
        }
        Domain::Number(bounds) => number(bounds, unsure()),
        Domain::Text => vec![json!({ "type": "string" })],
        Domain::Nothing => Vec::new(),
    };
    ways.push(none);
    json!({ "anyOf": ways })
}

fn number(bounds: &NumberBounds, unsure: Option<Value>) -> Vec<Value> {
    let number = json!({ "type": "number", "minimum": bounds.min, "maximum": bounds.max });
    let with_unit = (!bounds.others.is_empty())
        .then(|| json!({ "type": "string", "description": "A number with one of its units." }));
    [number].into_iter().chain(with_unit).chain(unsure.map(|unsure| json!({ "const": unsure }))).collect()
}
