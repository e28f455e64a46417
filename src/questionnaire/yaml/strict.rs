//! What an editor should know on top of the types: how ids and texts are spelt, which keys go with which type of
//! question, where a condition may look at rules.
//!
//! A schema sees one place at a time. That a name exists, that ids differ, that bounds fit each other is only told
//! by `redflag check`; `tests/schema.rs` lists what a schema lets through.

mod examples;
mod texts;

use serde_json::{Map, Value, json};

use super::super::departure::LESS_URGENT;
use super::super::{OptionSet, Region};
use super::conditions::MOST_COUNTED;
use super::names::{CONDITION_WORDS, MOST_LETTERS, YAML_WORDS};
use super::questions::LARGEST_NUMBER;
use super::raw::{KEYS_OF_ANSWERED, KEYS_OF_KINDS, Kind};
use examples::EXAMPLES;

/// The schema of the types, and all that.
pub(super) fn strict(mut schema: Value) -> Value {
    ids(&mut schema);
    lists(&mut schema);
    texts::texts(&mut schema);
    conditions(&mut schema);
    questions(&mut schema);
    waivers(&mut schema);
    // What editors call a part that is expected, or pointed at.
    for (part, title) in TITLES {
        schema["$defs"][*part]["title"] = (*title).into();
    }
    for (key, example) in EXAMPLES {
        let example: Value = serde_json::from_str(example).unwrap_or_default();
        add(&mut schema, key, json!({ "examples": [example] }));
    }
    schema
}

const TITLES: &[(&str, &str)] = &[
    ("AdviceLine", "text for each audience"),
    ("Advice", "text for each audience"),
    ("AnswerLine", "text for each audience"),
    ("Cell", "text for each audience"),
    ("Because", "reason in words"),
    ("Choice", "option"),
    ("Condition", "condition"),
    ("Contact", "contact"),
    ("Deadline", "deadline"),
    ("LaterCondition", "condition"),
    ("FurtherList", "further return list"),
    ("Grid", "grid"),
    ("Level", "level"),
    ("Line", "text for each audience"),
    ("NextStep", "step"),
    ("Page", "page"),
    ("Question", "question"),
    ("Reason", "reason with a condition"),
    ("Reference", "reference range"),
    ("ReturnList", "return list"),
    ("Rule", "rule"),
    ("Section", "section"),
    ("Settle", "how it is asked once more"),
    ("Source", "source"),
    ("Table", "table"),
    ("Text", "text for each audience"),
    ("Unsure", "what an open question counts for"),
    ("Waiver", "waiver"),
    ("Welcome", "first page"),
    ("YesNo", "yes and no"),
];

/// A key as `Question/min`; of the file itself `rules`. What follows a `#` is below it: `rules#items`.
fn pointer(key: &str) -> String {
    let (key, below) =
        key.split_once('#').map_or((key, String::new()), |(key, below)| (key, format!("/{below}")));
    match key.split_once('/') {
        Some((part, key)) => format!("/$defs/{part}/properties/{key}{below}"),
        None => format!("/properties/{key}{below}"),
    }
}

/// Adds keywords where a key is described, over those that are there.
fn add(schema: &mut Value, key: &str, more: Value) {
    let place = schema.pointer_mut(&pointer(key));
    if let (Some(Value::Object(place)), Value::Object(more)) = (place, more) {
        place.extend(more);
    }
}

/// Words that no id can be.
fn none_of(words: &[&str]) -> Value {
    json!({ "pattern": format!("^({})$", words.join("|")) })
}

const PLAIN_ID: &str = "^[a-z][a-z0-9_]*$";
const RULE_ID: &str = "^[A-Za-z][A-Za-z0-9_]*$";

fn plain_id() -> Value {
    json!({
        "type": "string",
        "pattern": PLAIN_ID,
        "maxLength": MOST_LETTERS,
        "not": none_of(&YAML_WORDS),
        "patternErrorMessage": "lower-case letters, digits and _, beginning with a letter",
    })
}

fn rule_id() -> Value {
    json!({
        "type": "string",
        "pattern": RULE_ID,
        "maxLength": MOST_LETTERS,
        "patternErrorMessage": "letters, digits and _, beginning with a letter",
    })
}

/// The name of a question or definition, which must not be a word of conditions.
fn condition_id() -> Value {
    let mut id = plain_id();
    id["not"] = none_of(&[&CONDITION_WORDS[..], &YAML_WORDS].concat());
    id
}

fn ids(schema: &mut Value) {
    let file = json!({
        "maxLength": MOST_LETTERS,
        "not": none_of(&YAML_WORDS),
        "patternErrorMessage": "lower-case letters, digits and -, beginning with a letter",
    });
    add(schema, "id", file);
    add(schema, "Rule/id", rule_id());
    add(schema, "Waiver/rule", rule_id());
    add(schema, "Question/id", condition_id());
    let option = json!({ "not": none_of(&[&["unsure"][..], &YAML_WORDS].concat()) });
    add(schema, "Choice/id", plain_id());
    add(schema, "Choice/id", option);
    for key in ["Level/id", "Grid/id", "Section/id", "NextStep/id", "Page/id", "Table/id"] {
        add(schema, key, plain_id());
    }
    // What refers to them.
    for key in [
        "Rule/level",
        "Unsure/at_least",
        "Question/never_below",
        "Question/least",
        "Question/grid",
        "Choice/never_below",
        "Waiver/question",
        "Waiver/option",
        "Waiver/step",
        "Waiver/level",
        "NextStep/levels#items",
        "FurtherList/levels#items",
        "Page/levels#items",
        "Question/sources#items",
        "Rule/sources#items",
        "NextStep/sources#items",
        "Page/sources#items",
    ] {
        add(schema, key, plain_id());
    }
    add(schema, "sources", json!({ "propertyNames": plain_id() }));
    let mut contact = plain_id();
    contact["not"] = none_of(&[&["answer"][..], &YAML_WORDS].concat());
    add(schema, "contacts", json!({ "propertyNames": contact }));
    add(schema, "definitions", json!({ "propertyNames": condition_id() }));
    add(schema, "Question/labels", json!({ "propertyNames": { "pattern": "^-?[0-9]+$" } }));
}

fn lists(schema: &mut Value) {
    for key in [
        "levels",
        "sections",
        "rules",
        "Section/questions",
        "ReturnList/items",
        "FurtherList/items",
        "Table/columns",
    ] {
        add(schema, key, json!({ "minItems": 1 }));
    }
    for key in ["NextStep/levels", "Page/levels", "FurtherList/levels"] {
        add(schema, key, json!({ "minItems": 1, "uniqueItems": true }));
    }
    for key in ["Question/sources", "Rule/sources", "NextStep/sources", "Page/sources"] {
        add(schema, key, json!({ "uniqueItems": true }));
    }
    // Always one fits: the last, which alone has no condition. That it is the last can't be said here.
    let one_without_when = json!({
        "contains": { "not": { "required": ["when"] } },
        "minContains": 1,
        "maxContains": 1,
        "errorMessage": "the last entry has no `when`, and all others have one",
    });
    for key in ["Level/within", "Level/who"] {
        add(schema, key, json!({ "if": { "minItems": 1 }, "then": one_without_when }));
    }
    if let Some(Value::Object(reasons)) = schema.pointer_mut("/$defs/Because/anyOf/2") {
        reasons.insert("minItems".to_owned(), 1.into());
        if let Value::Object(one_without_when) = one_without_when {
            reasons.extend(one_without_when);
        }
    }
    add(schema, "Question/options", json!({ "minItems": 2, "maxItems": OptionSet::CAPACITY }));
}

/// Conditions that may look at rules are those that come after them.
fn conditions(schema: &mut Value) {
    let condition = &mut schema["$defs"]["Condition"];
    condition["anyOf"][0] =
        json!({ "type": "string", "pattern": PLAIN_ID, "not": none_of(&CONDITION_WORDS) });
    condition["anyOf"][0]["description"] = "The name of a definition.".into();
    let map = &mut condition["anyOf"][1];
    map["propertyNames"] = json!({ "pattern": PLAIN_ID });
    // Left out by `additionalProperties`, these would be questions.
    let answer = &mut map["additionalProperties"]["anyOf"];
    answer[0]["pattern"] = PLAIN_ID.into();
    answer[1]["items"] = json!({ "type": "string", "pattern": PLAIN_ID });
    answer[1]["uniqueItems"] = true.into();
    map["properties"]["of"]["maxItems"] = MOST_COUNTED.into();
    map["properties"]["rule"]["anyOf"] = json!([
        rule_id(),
        { "type": "array", "items": rule_id(), "minItems": 1, "uniqueItems": true },
    ]);
    let mut later = condition.clone();
    refer(&mut later, "#/$defs/Condition", "#/$defs/LaterCondition");
    later["description"] =
        "The name of a definition, or a map whose entries must all be true. It may look at rules.".into();
    for word in ["rule", "unsure_answers"] {
        condition["anyOf"][1]["properties"][word] = Value::Bool(false);
    }
    schema["$defs"]["LaterCondition"] = later;
    for key in ["Deadline/when", "Contact/when", "Reason/when", "NextStep/when", "Page/when"] {
        add(schema, key, json!({ "$ref": "#/$defs/LaterCondition" }));
    }
}

/// Turns all references to one part of the schema into references to another.
fn refer(schema: &mut Value, from: &str, to: &str) {
    match schema {
        Value::Object(map) => map.iter_mut().for_each(|(key, value)| match value {
            Value::String(name) if key == "$ref" && name == from => to.clone_into(name),
            value => refer(value, from, to),
        }),
        Value::Array(items) => items.iter_mut().for_each(|item| refer(item, from, to)),
        _ => {}
    }
}

const KINDS: [Kind; 8] = [
    Kind::OneOf,
    Kind::ManyOf,
    Kind::YesNo,
    Kind::Number,
    Kind::Scale,
    Kind::BodyMap,
    Kind::Text,
    Kind::Note,
];

/// Which keys go with which type.
/// A waiver about the built-in questionnaire names one thing of it; any other names a question.
fn waivers(schema: &mut Value) {
    const THINGS: [&str; 5] = ["rule", "step", "text", "interrupt", "unsure"];
    let without = |keys: &[&str]| -> Map<String, Value> {
        keys.iter().map(|key| ((*key).to_owned(), Value::Bool(false))).collect()
    };
    let one = THINGS.map(|thing| {
        let others: Vec<&str> = THINGS.into_iter().filter(|other| *other != thing).collect();
        let mut keys = without(&others);
        if thing != "text" {
            keys.insert("days".to_owned(), false.into());
        }
        let with = match thing {
            "unsure" => {
                keys.insert("level".to_owned(), false.into());
                json!([thing])
            }
            _ => json!([thing, "level"]),
        };
        json!({ "required": with, "properties": keys })
    });
    schema["$defs"]["Waiver"]["allOf"] = json!([{
        "if": { "properties": { "property": { "const": LESS_URGENT } }, "required": ["property"] },
        "then": { "properties": without(&["question", "option"]), "oneOf": one },
        "else": {
            "required": ["question"],
            "properties": without(&["rule", "step", "text", "level", "days", "interrupt", "unsure"]),
        },
    }]);
    add(schema, "Waiver/interrupt", json!({ "const": false }));
}

fn questions(schema: &mut Value) {
    let number = json!({ "minimum": -LARGEST_NUMBER, "maximum": LARGEST_NUMBER });
    add(schema, "Question/min", number.clone());
    add(schema, "Question/max", number);
    schema["$defs"]["Reference"]["minProperties"] = 1.into();
    let rules: Vec<Value> = KINDS.into_iter().map(of_kind).collect();
    let ordered = json!({
        "if": { "properties": { "ordered": { "const": true } }, "required": ["ordered"] },
        "then": { "properties": { "least": false } },
    });
    let unconcerned = json!({
        "if": { "properties": { "concern": { "const": "none" } }, "required": ["concern"] },
        "then": { "properties": { "least": false } },
    });
    let recorded = json!({
        "if": { "properties": { "record_only": { "const": true } }, "required": ["record_only"] },
        "then": {
            "properties": {
                "red_flag": { "const": false },
                "never_below": false,
                "least": false,
                "concern": { "const": "none" },
            },
        },
    });
    let without_settle = json!({ "properties": { "settle": false } });
    let sure = json!({
        "if": { "not": { "properties": { "unsure": { "const": true } }, "required": ["unsure"] } },
        "then": { "properties": { "settle": false, "options": { "items": without_settle } } },
    });
    schema["$defs"]["Question"]["allOf"] =
        [rules, vec![ordered, unconcerned, recorded, sure]].concat().into();
    schema["$defs"]["Settle"]["minProperties"] = 1.into();
}

/// What holds for each option of a many_of.
fn of_list(exclusive: &Value) -> Value {
    json!({
        "properties": { "region": false },
        "if": exclusive,
        "then": { "properties": { "settle": false } },
    })
}

/// What holds for the questions of one type.
fn of_kind(kind: Kind) -> Value {
    let mut keys = Map::new();
    for (key, _) in KEYS_OF_KINDS.iter().filter(|(_, kinds)| !kinds.contains(&kind)) {
        keys.insert((*key).to_owned(), Value::Bool(false));
    }
    let only_none = json!({ "const": "none" });
    match kind {
        Kind::Note => keys.extend(KEYS_OF_ANSWERED.map(|key| (key.to_owned(), Value::Bool(false)))),
        Kind::Number | Kind::Scale => {}
        _ => {
            keys.insert("concern".to_owned(), only_none);
        }
    }
    if kind == Kind::Scale {
        keys.insert("min".to_owned(), json!({ "type": "integer" }));
        keys.insert("max".to_owned(), json!({ "type": "integer" }));
    }
    let exclusive = json!({ "properties": { "exclusive": { "const": true } }, "required": ["exclusive"] });
    let not_all = json!({ "items": exclusive });
    let options = match kind {
        Kind::OneOf => Some(
            json!({ "items": { "properties": { "exclusive": false, "region": false, "settle": false } } }),
        ),
        Kind::ManyOf => Some(json!({ "items": of_list(&exclusive), "not": not_all })),
        Kind::BodyMap => {
            let regions = Region::NAMES.map(|(name, _)| name);
            let placed = json!([
                { "required": ["region"] },
                { "properties": { "id": { "enum": regions } } },
                exclusive,
            ]);
            Some(json!({ "items": { "anyOf": placed, "properties": { "settle": false } }, "not": not_all }))
        }
        _ => None,
    };
    if let Some(options) = options {
        keys.insert("options".to_owned(), options);
    }
    json!({
        "if": { "properties": { "type": { "const": kind.name() } }, "required": ["type"] },
        "then": { "properties": keys, "required": kind.needed_keys() },
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_example_and_title_has_its_place() {
        let schema = super::super::schema();
        for (key, example) in EXAMPLES {
            let there = schema.pointer(&pointer(key)).unwrap_or_else(|| panic!("there is no {key}"));
            let example: Value =
                serde_json::from_str(example).unwrap_or_else(|error| panic!("{key}: {error}"));
            assert_eq!(there["examples"][0], example, "{key}");
        }
        for (part, _) in TITLES {
            assert!(
                schema["$defs"][*part]["description"].is_string()
                    || schema["$defs"][*part]["type"].is_string(),
                "{part}"
            );
        }
    }
}
