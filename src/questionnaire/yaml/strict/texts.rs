//! How texts are spelt: on one line or several, and which braces may stand in them.

use serde_json::{Value, json};

use super::{add, plain_id};

/// What a text is for, as in `texts::Manner`.
#[derive(Clone, Copy)]
enum Manner {
    Line,
    Lines,
    AdviceLine,
    Advice,
    Answer,
    Cell,
}

impl Manner {
    const ALL: [Manner; 6] =
        [Manner::Line, Manner::Lines, Manner::AdviceLine, Manner::Advice, Manner::Answer, Manner::Cell];

    /// The name of its part of the schema.
    fn name(self) -> &'static str {
        match self {
            Manner::Line => "Line",
            // The name that it has in the schema of the types.
            Manner::Lines => "Text",
            Manner::AdviceLine => "AdviceLine",
            Manner::Advice => "Advice",
            Manner::Answer => "AnswerLine",
            Manner::Cell => "Cell",
        }
    }

    /// What an editor says where a text is spelt in another way.
    fn rule(self) -> &'static str {
        match self {
            Manner::Line | Manner::Cell => "one line, without braces",
            Manner::Lines => "a text without braces",
            Manner::AdviceLine => "one line; braces only around a contact, such as {clinic}",
            Manner::Advice => "a text; braces only around a contact, such as {clinic}",
            Manner::Answer => "one line; braces only as {answer}",
        }
    }

    fn pattern(self) -> String {
        // Not what a terminal acts on, no brace alone; a blank may not begin or end it.
        const NOT: &str = r"\u0000-\u001f\u007f-\u009f\u2028-\u202e\u2066-\u2069\ufeff{}";
        // Which contacts there are, another part of the file says.
        const CONTACT: &str = r"|\{[a-z][a-z0-9_]*\}";
        let (lines, braces) = match self {
            Manner::Line | Manner::Cell => ("", ""),
            Manner::Lines => (r"|\n", ""),
            Manner::AdviceLine => ("", CONTACT),
            Manner::Advice => (r"|\n", CONTACT),
            Manner::Answer => ("", r"|\{answer\}"),
        };
        let words = format!(r"([^\s{NOT}]{braces})(([^{NOT}]{braces}{lines})*([^\s{NOT}]{braces}))?");
        match self {
            Manner::Cell => format!(r"^\s*({words})?\s*$"),
            _ => format!(r"^\s*{words}\s*$"),
        }
    }

    /// One string.
    fn string(self) -> Value {
        json!({ "type": "string", "pattern": self.pattern(), "patternErrorMessage": self.rule() })
    }
}

pub(super) fn texts(schema: &mut Value) {
    for manner in Manner::ALL {
        let described = |words: &str| {
            let mut string = manner.string();
            string["description"] = words.into();
            string
        };
        schema["$defs"][manner.name()] = json!({
            "description": format!("For both audiences, or one for each: {}.", manner.rule()),
            "anyOf": [
                manner.string(),
                {
                    "type": "object",
                    "properties": {
                        "patient": described("For the person who is asked."),
                        "clinician": described("For the people who look after them."),
                    },
                    "required": ["patient", "clinician"],
                    "additionalProperties": false,
                },
            ],
        });
    }
    if let Some(parts) = schema["$defs"].as_object_mut() {
        parts.remove("Each");
        // An item of the return list is advice that may say what questions it is about.
        if let (Some(mut about), Some(mut item)) = (parts.remove("EachItem"), parts.get("Advice").cloned()) {
            let mut about = about["properties"]["about"].take();
            about["items"] = plain_id();
            about["minItems"] = 1.into();
            about["uniqueItems"] = true.into();
            item["anyOf"][1]["properties"]["about"] = about;
            parts.insert("Item".to_owned(), item);
        }
    }
    // A reason is a line, or a list of lines with conditions.
    for branch in 0..2 {
        let line = schema["$defs"]["Line"]["anyOf"][branch].clone();
        schema["$defs"]["Because"]["anyOf"][branch] = line;
    }
    for (manner, keys) in TEXTS {
        for key in *keys {
            add(schema, key, json!({ "$ref": format!("#/$defs/{}", manner.name()) }));
        }
    }
    for key in ["version", "Source/title"] {
        add(schema, key, Manner::Line.string());
    }
    // Without quotes, `1.0` is a number to an editor and what stands there to the loader.
    add(schema, "version", json!({ "type": ["string", "number"] }));
    add(schema, "Waiver/because", Manner::Lines.string());
    add(schema, "Waiver/text", json!({ "minLength": 1 }));
}

const TEXTS: &[(Manner, &[&str])] = &[
    (
        Manner::Line,
        &[
            "title",
            "Welcome/points#items",
            "contacts#additionalProperties",
            "YesNo/no",
            "YesNo/yes",
            "Level/short",
            "Section/title",
            "Question/unit",
            "Question/row",
            "Question/labels#additionalProperties",
            "Choice/label",
            "Offer/label",
            "Choice/hint",
            "Choice/say",
            "Choice/phrase",
            "Reason/say",
            "Table/title",
            "Table/columns#items",
        ],
    ),
    (
        Manner::Lines,
        &[
            "sign_off",
            "Welcome/about",
            "Question/ask",
            "Question/hint",
            "Question/why",
            "Grid/ask",
            "Grid/hint",
            "Question/ask_again",
            "Settle/ask",
            "Settle/test",
        ],
    ),
    (Manner::AdviceLine, &["Level/title", "ReturnList/title", "FurtherList/title", "Page/title"]),
    (
        Manner::Advice,
        &[
            "always#items",
            "say",
            "Welcome/stop",
            "Level/act",
            "Deadline/say",
            "Contact/say",
            "NextStep/say",
            "Page/body",
        ],
    ),
    (Manner::Answer, &["Question/say", "Question/phrase"]),
    (Manner::Cell, &["Table/rows#items/items"]),
];

#[cfg(test)]
mod tests {
    use super::super::pointer;
    use super::*;

    /// The JSON pointers of everything that refers to a text.
    fn referring(schema: &Value, at: &str, found: &mut Vec<String>) {
        match schema {
            Value::Object(map) => {
                if map.get("$ref").and_then(Value::as_str) == Some("#/$defs/Text") {
                    found.push(at.to_owned());
                }
                map.iter().for_each(|(key, value)| referring(value, &format!("{at}/{key}"), found));
            }
            Value::Array(items) => {
                items
                    .iter()
                    .enumerate()
                    .for_each(|(index, item)| referring(item, &format!("{at}/{index}"), found));
            }
            _ => {}
        }
    }

    #[test]
    fn it_is_said_of_every_text_what_may_stand_in_it() {
        let mut there = Vec::new();
        referring(&super::super::super::schema::schema(), "", &mut there);
        let mut known: Vec<String> =
            TEXTS.iter().flat_map(|(_, keys)| keys.iter().map(|key| pointer(key))).collect();
        there.sort();
        known.sort();
        assert_eq!(there, known);
    }
}
