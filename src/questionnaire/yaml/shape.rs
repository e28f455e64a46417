//! Compares the tree of a file with the schema: every wrong, missing or misspelt key and every value of the wrong
//! kind. What is wrong is repaired or replaced by a stand-in, so that the rest can still be looked at.

use serde_json::Value as Json;
use serde_yaml::Value;

use super::cut;
use super::keys::Entry;
use super::mistake::Mistakes;
use super::names::{listed, shown};
use super::path::Path;
use super::tree::{Content, NodeIndex, Tree};

/// The file in the right shape, and what was wrong with it. If there are so many mistakes that no more are kept, it
/// stops, and what it gives is no file.
pub(super) fn check(tree: &Tree, what: &'static str, schema: &Json) -> (Value, Mistakes) {
    let mut shape = Shape { tree, what, schema, mistakes: Mistakes::default() };
    let value = shape.value(Tree::ROOT, schema, &Path::ROOT);
    (value, shape.mistakes)
}

pub(super) struct Shape<'s> {
    pub tree: &'s Tree<'s>,
    /// What the file is.
    pub what: &'static str,
    schema: &'s Json,
    pub mistakes: Mistakes,
}

impl<'s> Shape<'s> {
    pub fn value(&mut self, node: NodeIndex, schema: &'s Json, path: &Path) -> Value {
        if self.mistakes.is_full() {
            return Value::Null;
        }
        let (name, schema) = self.follow(schema);
        match name {
            Some("Condition" | "Given" | "Draw" | "Needs" | "Share") => return self.as_written(node, path),
            Some("Text" | "Item") => return self.text(node, schema, path),
            Some("Because") => {
                return match self.tree.content(node) {
                    Content::List(_) => self.list(node, &schema["anyOf"][2], path),
                    _ => self.text(node, schema, path),
                };
            }
            _ => {}
        }
        if let Some(words) = schema["enum"].as_array() {
            return self.word(node, words, schema, path);
        }
        match schema["type"].as_str().unwrap_or_default() {
            "object" => self.map(node, schema, path),
            "array" => self.list(node, schema, path),
            "boolean" => self.truth(node, schema, path),
            "integer" | "number" => self.number(node, schema, path),
            _ => match self.tree.words(node) {
                Some(words) => Value::String(words.to_owned()),
                None => self.wrong(node, "a word or text", None, schema, path),
            },
        }
    }

    /// What a `$ref` stands for, with its name.
    fn follow(&self, schema: &'s Json) -> (Option<&'s str>, &'s Json) {
        let reference = schema["$ref"].as_str();
        match reference.and_then(|reference| reference.strip_prefix("#/$defs/")) {
            Some(name) => (Some(name), &self.schema["$defs"][name]),
            None => (None, schema),
        }
    }

    fn text(&mut self, node: NodeIndex, schema: &'s Json, path: &Path) -> Value {
        match self.tree.content(node) {
            Content::Map(entries) => match self.unquoted(entries, schema) {
                Some(words) => {
                    let message = "a text that begins with a brace must be in quotes";
                    self.mistakes
                        .error(path.value(), "braces-without-quotes", message)
                        .help(format!("write \"{{{}}}\"", shown(words)));
                    Value::String(format!("{{{words}}}"))
                }
                None => {
                    let known = schema["anyOf"][1]["properties"].as_object();
                    let known: Vec<&str> =
                        known.into_iter().flat_map(|known| known.keys()).map(String::as_str).collect();
                    match cut::cut_by_colon(self.tree, &mut self.mistakes, node, &known, path) {
                        Some(words) => Value::String(words),
                        None => self.value(node, &schema["anyOf"][1], path),
                    }
                }
            },
            Content::Scalar { words, .. } => {
                let value = self.scalar(node);
                if !value.is_string() && !value.is_null() {
                    let message = format!(
                        "a text is needed here, but YAML reads `{}` as {}",
                        shown(words),
                        kind(&value)
                    );
                    let help = format!("put it in quotes: \"{}\"", shown(words));
                    self.mistakes.error(path.value(), "wrong-type", message).help(help);
                }
                Value::String(words.clone().into_owned())
            }
            Content::List(_) => {
                let help = "write one text; one that begins with `[` must be in quotes";
                self.wrong(node, "a text", Some(help.to_owned()), schema, path);
                Value::String(String::new())
            }
        }
    }

    /// What stands in the braces of a text such as `{clinic}`, which YAML reads as a map with one key and nothing
    /// after it.
    fn unquoted(&self, entries: &[(NodeIndex, NodeIndex)], schema: &Json) -> Option<&'s str> {
        let &[(key, value)] = entries else {
            return None;
        };
        self.tree.words(value).filter(|words| words.is_empty())?;
        let key = self.tree.words(key)?;
        schema["anyOf"][1]["properties"].get(key).is_none().then_some(key)
    }

    fn word(&mut self, node: NodeIndex, known: &[Json], schema: &'s Json, path: &Path) -> Value {
        let known: Vec<&str> = known.iter().filter_map(Json::as_str).collect();
        let Some(word) = self.tree.words(node) else {
            let help = format!("there are: {}", listed(&known));
            return self.wrong(node, "a word", Some(help), schema, path);
        };
        if known.contains(&word) {
            return Value::String(word.to_owned());
        }
        let likely = self.mistakes.meant(word, known.iter().copied());
        let message = match path.last_key() {
            Some(key) => format!("there is no {} `{}`", shown(key), shown(word)),
            None => format!("`{}` can't be used here", shown(word)),
        };
        let help = match likely {
            Some(likely) => format!("did you mean `{likely}`?"),
            None => format!("there are: {}", listed(&known)),
        };
        self.mistakes.error(path.value(), "unknown-word", message).help(help);
        match likely {
            Some(likely) => Value::String(likely.to_owned()),
            None => self.stand_in(schema, path),
        }
    }

    fn truth(&mut self, node: NodeIndex, schema: &'s Json, path: &Path) -> Value {
        let value = match self.tree.content(node) {
            Content::Scalar { .. } => self.scalar(node),
            _ => Value::Null,
        };
        if value.is_bool() {
            return value;
        }
        let help = match self.tree.words(node) {
            Some("yes" | "Yes" | "on" | "y") => Some("write `true`"),
            Some("no" | "No" | "off" | "n") => Some("write `false`, or leave the key out"),
            _ => None,
        };
        self.wrong(node, "`true` or `false`", help.map(str::to_owned), schema, path)
    }

    fn number(&mut self, node: NodeIndex, schema: &'s Json, path: &Path) -> Value {
        let value = match self.tree.content(node) {
            Content::Scalar { .. } => self.scalar(node),
            _ => Value::Null,
        };
        let whole = schema["type"] == "integer";
        let number = value.as_f64().filter(|number| !whole || number.fract() == 0.0);
        let Some(number) = number else {
            let wanted = if whole { "a whole number" } else { "a number" };
            return self.wrong(node, wanted, None, schema, path);
        };
        let least = schema["minimum"].as_f64().unwrap_or(f64::NEG_INFINITY);
        let most = schema["maximum"].as_f64().unwrap_or(f64::INFINITY);
        if !(least..=most).contains(&number) && whole {
            let message = format!("{number} is too {}", if number < least { "small" } else { "large" });
            self.mistakes
                .error(path.value(), "number-out-of-range", message)
                .help(format!("a whole number from {least} to {most}"));
            return self.stand_in(schema, path);
        }
        // A whole number may be written `3.0`, which serde would not take for one.
        match whole {
            true => Value::from(number as i64),
            false => value,
        }
    }

    fn list(&mut self, node: NodeIndex, schema: &'s Json, path: &Path) -> Value {
        let items = &schema["items"];
        match self.tree.content(node) {
            Content::List(nodes) => {
                if matches!(self.follow(items).0, Some("Text" | "Item"))
                    && matches!(path.last_key(), Some("items" | "points" | "always"))
                {
                    cut::warn_of_commas(self.tree, &mut self.mistakes, node, path);
                }
                // Of a translation each entry that holds several texts has its own keys.
                let of_its_own = |index: usize| {
                    Some(&schema["prefixItems"][index]).filter(|entry| entry["type"] == "object")
                };
                let nodes = nodes.iter().enumerate();
                let values = nodes.map(|(index, &node)| {
                    self.value(node, of_its_own(index).unwrap_or(items), &path.index(index))
                });
                Value::Sequence(values.collect())
            }
            Content::Scalar { words, plain } if words.is_empty() && *plain => {
                let help = "write each on its own line after `- `";
                self.wrong(node, "a list", Some(help.to_owned()), schema, path)
            }
            Content::Scalar { words, .. } => {
                let help = format!("write `[{}]`", shown(words));
                self.not_a_list(node, help, path);
                Value::Sequence(vec![self.value(node, items, path)])
            }
            Content::Map(_) => {
                self.not_a_list(node, "put `- ` before its first key".to_owned(), path);
                Value::Sequence(vec![self.value(node, items, path)])
            }
        }
    }

    fn not_a_list(&mut self, node: NodeIndex, help: String, path: &Path) {
        let message = format!("a list is needed here, not {}", self.kind_of(node));
        self.mistakes.error(path.value(), "wrong-type", message).help(help);
    }

    /// A condition or an answer as serde reads it, except for double keys.
    fn as_written(&mut self, node: NodeIndex, path: &Path) -> Value {
        match self.tree.content(node) {
            _ if self.mistakes.is_full() => Value::Null,
            Content::Scalar { .. } => self.scalar(node),
            Content::List(nodes) => {
                let nodes = nodes.iter().enumerate();
                let values = nodes.map(|(index, &node)| self.as_written(node, &path.index(index)));
                Value::Sequence(values.collect())
            }
            Content::Map(_) => {
                let entries = self.entries(node, path).unwrap_or_default();
                let values = entries.into_iter().map(|Entry { key, value }| {
                    let value = self.as_written(value, &path.key(&key));
                    (Value::String(key), value)
                });
                Value::Mapping(values.collect())
            }
        }
    }

    /// A scalar as serde reads it: the same reader decides whether a bare word is a number.
    fn scalar(&self, node: NodeIndex) -> Value {
        const LONGEST_NUMBER: usize = 40;
        let Content::Scalar { words, plain } = self.tree.content(node) else {
            return Value::Null;
        };
        if !*plain || words.len() > LONGEST_NUMBER {
            return Value::String(words.clone().into_owned());
        }
        match serde_yaml::from_str(words) {
            Ok(value @ (Value::Null | Value::Bool(_) | Value::Number(_))) => value,
            _ => Value::String(words.clone().into_owned()),
        }
    }

    pub fn wrong(
        &mut self,
        node: NodeIndex,
        wanted: &str,
        help: Option<String>,
        schema: &'s Json,
        path: &Path,
    ) -> Value {
        let message = match self.kind_of(node) {
            "nothing" => format!("{wanted} is needed here"),
            kind => format!("{wanted} is needed here, not {kind}"),
        };
        let mistake = self.mistakes.error(path.value(), "wrong-type", message);
        if let Some(help) = help {
            mistake.help(help);
        }
        self.stand_in(schema, path)
    }

    fn kind_of(&self, node: NodeIndex) -> &'static str {
        match self.tree.content(node) {
            Content::List(_) => "a list",
            Content::Map(_) => "a map",
            Content::Scalar { .. } => kind(&self.scalar(node)),
        }
    }

    /// Something of the right shape, of which nothing more will be said.
    pub fn stand_in(&mut self, schema: &'s Json, path: &Path) -> Value {
        self.mistakes.holes.add(path.steps());
        self.empty(schema)
    }

    fn empty(&self, schema: &'s Json) -> Value {
        let (name, schema) = self.follow(schema);
        if matches!(name, Some("Text" | "Because")) {
            return Value::String(String::new());
        }
        if let Some(first) = schema["enum"].as_array().and_then(|words| words.first()) {
            return Value::String(first.as_str().unwrap_or_default().to_owned());
        }
        match schema["type"].as_str().unwrap_or_default() {
            "string" => Value::String(String::new()),
            "array" => Value::Sequence(Vec::new()),
            "boolean" => Value::Bool(false),
            "integer" | "number" => Value::from(0),
            "object" => {
                let required = schema["required"].as_array().map_or(&[][..], Vec::as_slice);
                let entries = required.iter().filter_map(Json::as_str).map(|key| {
                    let value = self.empty(&schema["properties"][key]);
                    (Value::String(key.to_owned()), value)
                });
                Value::Mapping(entries.collect())
            }
            _ => Value::Null,
        }
    }
}

fn kind(value: &Value) -> &'static str {
    match value {
        Value::Null => "nothing",
        Value::Bool(_) => "a truth value",
        Value::Number(_) => "a number",
        Value::Sequence(_) => "a list",
        Value::Mapping(_) => "a map",
        Value::String(_) | Value::Tagged(_) => "a text",
    }
}
