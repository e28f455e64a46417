//! Enough of HTML, Markdown and JSON Schema to check what the program writes.
#![allow(dead_code, reason = "each test file uses its part")]

use serde_json::Value;

/// The start of an element.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Tag {
    pub name: String,
    pub attributes: Vec<(String, String)>,
}

impl Tag {
    pub fn attribute(&self, name: &str) -> Option<&str> {
        self.attributes.iter().find(|(known, _)| known == name).map(|(_, value)| value.as_str())
    }
}

/// Every element of a page in order. Fails unless all are closed in the right order and all words are escaped.
#[track_caller]
pub fn tags(html: &str) -> Vec<Tag> {
    let mut tags = Vec::new();
    let mut open: Vec<String> = Vec::new();
    let mut rest = html.strip_prefix("<!DOCTYPE html>\n").expect("a document type");
    while let Some((words, markup)) = rest.split_once('<') {
        let in_style = open.last().is_some_and(|name| name == "style");
        assert!(in_style || !words.contains('>') && is_escaped(words), "{words:?} is not escaped");
        let (tag, after) = markup.split_once('>').expect("a tag is closed");
        rest = after;
        if let Some(name) = tag.strip_prefix('/') {
            assert_eq!(open.pop().as_deref(), Some(name), "closed in the wrong order");
            continue;
        }
        let (name, attributes) = tag.split_once(' ').unwrap_or((tag, ""));
        assert!(name.chars().all(|c| c.is_ascii_lowercase() || c.is_ascii_digit()), "<{tag}>");
        tags.push(Tag { name: name.to_owned(), attributes: attributes_of(attributes) });
        if name != "meta" {
            open.push(name.to_owned());
        }
    }
    assert!(open.is_empty() && rest.trim().is_empty(), "{open:?} are not closed");
    tags
}

fn attributes_of(mut text: &str) -> Vec<(String, String)> {
    let mut attributes = Vec::new();
    while !text.trim().is_empty() {
        let (name, rest) = text.trim_start().split_once("=\"").expect("a value in quotes");
        let (value, rest) = rest.split_once('"').expect("the end of a value");
        assert!(name.chars().all(|c| c.is_ascii_lowercase() || c == '-'), "{name}");
        attributes.push((name.to_owned(), value.to_owned()));
        text = rest;
    }
    attributes
}

const ENTITIES: [(&str, &str); 5] =
    [("&lt;", "<"), ("&gt;", ">"), ("&quot;", "\""), ("&#39;", "'"), ("&amp;", "&")];

fn is_escaped(words: &str) -> bool {
    words.match_indices('&').all(|(at, _)| ENTITIES.iter().any(|(entity, _)| words[at..].starts_with(entity)))
}

/// The words of a page.
pub fn heard(html: &str) -> String {
    let (_, body) = html.split_once("</head>").expect("a head");
    let texts = body.split('<').map(|part| part.split_once('>').map_or("", |(_, words)| words));
    let words = texts.collect::<Vec<_>>().join(" ");
    ENTITIES.iter().fold(words, |words, (entity, c)| words.replace(entity, c))
}

/// Markdown without its escapes.
pub fn unescaped_markdown(markdown: &str) -> String {
    let mut words = String::new();
    let mut rest = markdown.chars();
    while let Some(c) = rest.next() {
        words.push(match c {
            '\\' => rest.next().filter(char::is_ascii_punctuation).expect("something is escaped"),
            c => c,
        });
    }
    words.replace("&lt;", "<").replace("&amp;", "&")
}

/// What is marked up in Markdown: of each line the mark at its start, and all marks in it that are not escaped.
pub fn outline(markdown: &str) -> Vec<String> {
    markdown.lines().map(outline_of).collect()
}

fn outline_of(line: &str) -> String {
    let words = line.trim_start();
    let indent = line.len() - words.len();
    let mark: String = words.chars().take_while(|c| c.is_ascii_digit()).collect();
    let mut outline = format!("{indent} ");
    let ordered = words[mark.len()..].starts_with(['.', ')']) && !mark.is_empty();
    if ordered || words.starts_with(['#', '-', '+', '=']) {
        outline += words.split(' ').next().unwrap_or_default();
        // An item can hold a mark of its own.
        let inside = words.split_once(' ').map_or("", |(_, inside)| inside.trim_start());
        let digits = inside.chars().take_while(char::is_ascii_digit).count();
        if inside.starts_with(['#', '-', '+', '=']) || digits > 0 && inside[digits..].starts_with(['.', ')'])
        {
            outline += " in it ";
            outline += inside;
        }
    }
    let mut rest = words.chars();
    while let Some(c) = rest.next() {
        match c {
            '\\' => drop(rest.next()),
            '*' | '_' | '`' | '[' | ']' | '<' | '>' | '|' | '~' | '$' | '^' | '@' => outline.push(c),
            _ => {}
        }
    }
    outline
}

/// Fails unless `value` fits `schema`, whose definitions are in `root`. Every keyword must be a known one.
#[track_caller]
pub fn fits(value: &Value, schema: &Value, root: &Value, at: &str) {
    if let Err(problem) = check(value, schema, root, at) {
        panic!("{problem}");
    }
}

fn check(value: &Value, schema: &Value, root: &Value, at: &str) -> Result<(), String> {
    let Some(keywords) = schema.as_object() else {
        return if schema == true { Ok(()) } else { Err(format!("{at} must not be there")) };
    };
    for (keyword, wanted) in keywords {
        let right = match keyword.as_str() {
            "$schema" | "$defs" | "title" | "description" | "format" | "default" => true,
            "$ref" => {
                let path = wanted.as_str().and_then(|path| path.strip_prefix('#')).expect("a path");
                check(value, root.pointer(path).expect("a definition"), root, at)?;
                true
            }
            "type" => match wanted {
                Value::Array(types) => types.iter().any(|name| is_of_type(value, name)),
                name => is_of_type(value, name),
            },
            "required" => {
                wanted.as_array().expect("keys").iter().all(|key| value.get(key.as_str().unwrap()).is_some())
            }
            "properties" => {
                for (key, schema) in wanted.as_object().expect("keys") {
                    if let Some(value) = value.get(key) {
                        check(value, schema, root, &format!("{at}.{key}"))?;
                    }
                }
                // A schema that doesn't know a key would let everything pass.
                value.as_object().is_none_or(|object| object.keys().all(|key| wanted.get(key).is_some()))
            }
            "additionalProperties" => true,
            "items" => {
                for (index, item) in value.as_array().into_iter().flatten().enumerate() {
                    check(item, wanted, root, &format!("{at}[{index}]"))?;
                }
                true
            }
            "enum" => wanted.as_array().expect("values").contains(value),
            "const" => wanted == value,
            "minimum" => value.as_f64().is_none_or(|number| number >= wanted.as_f64().expect("a number")),
            "anyOf" | "oneOf" => {
                let schemas = wanted.as_array().expect("schemas");
                schemas.iter().any(|schema| check(value, schema, root, at).is_ok())
            }
            unknown => return Err(format!("{at}: the check does not know the keyword {unknown}")),
        };
        if !right {
            return Err(format!("{at}: {value} does not fit {keyword}: {wanted}"));
        }
    }
    Ok(())
}

fn is_of_type(value: &Value, name: &Value) -> bool {
    match name.as_str().expect("a type") {
        "string" => value.is_string(),
        "integer" => value.is_u64() || value.is_i64(),
        "number" => value.is_number(),
        "boolean" => value.is_boolean(),
        "array" => value.is_array(),
        "object" => value.is_object(),
        "null" => value.is_null(),
        other => panic!("unknown type {other}"),
    }
}
