//! What a file of words may hold, as a JSON Schema: it follows from the tables of the program.

use serde_json::{Map, Value, json};

use crate::words::{Category, Entry, Kind, Words};

/// The JSON Schema of files of words, for editors.
pub fn schema() -> Value {
    let mut properties = Map::new();
    properties.insert("format".to_owned(), json!({ "type": "integer" }));
    let head = [
        ("words", "The language, as BCP 47 writes it."),
        ("name", "What its speakers call the language."),
        (
            "not_reviewed",
            "Said where the language is chosen and in reports, in this language, as long as nobody has reviewed the words.",
        ),
    ];
    for (key, about) in head {
        properties.insert(key.to_owned(), json!({ "type": "string", "description": about }));
    }
    for entry in Words::entries() {
        add(&mut properties, &entry.name, of_entry(&entry));
    }
    let forms: Map<String, Value> =
        Category::ALL.iter().map(|form| (form.name().to_owned(), json!({ "type": "string" }))).collect();
    let forms = json!({ "type": "object", "properties": forms, "additionalProperties": false });
    json!({
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "title": "redflag words file",
        "description": "What the program itself says, in one more language.",
        "type": "object",
        "properties": properties,
        "required": ["words"],
        "additionalProperties": false,
        "$defs": {
            // A text, or a form for each way of counting.
            "Text": { "anyOf": [{ "type": "string" }, forms] },
        }
    })
}

/// Puts an entry into its table, such as `screen.dialogs.stay` into that of `dialogs`.
fn add(table: &mut Map<String, Value>, name: &str, schema: Value) {
    let Some((first, rest)) = name.split_once('.') else {
        table.insert(name.to_owned(), schema);
        return;
    };
    let empty = || json!({ "type": "object", "properties": {}, "additionalProperties": false });
    let below = table.entry(first).or_insert_with(empty).get_mut("properties");
    if let Some(below) = below.and_then(Value::as_object_mut) {
        add(below, rest, schema);
    }
}

fn of_entry(entry: &Entry) -> Value {
    let mut schema = match entry.kind {
        Kind::Text | Kind::Line(_) => json!({ "type": "string" }),
        Kind::Counted(_) => json!({ "$ref": "#/$defs/Text" }),
        Kind::List => json!({ "type": "array", "items": { "type": "string" } }),
        Kind::Pair => json!({
            "type": "object",
            "properties": { "type": { "type": "string" }, "does": { "type": "string" } },
            "additionalProperties": false
        }),
    };
    if let (false, Some(schema)) = (entry.about.is_empty(), schema.as_object_mut()) {
        schema.insert("description".to_owned(), entry.about.clone().into());
    }
    schema
}
