//! Compares the tree of a file with the schema: every wrong, missing or misspelt key and every value of the wrong
//! kind. What is wrong is repaired or replaced by a stand-in, so that the rest can still be looked at.

use serde_json::Value as Json;
use serde_yaml::{Mapping, Value};

use super::mistake::Mistakes;
use super::names::{listed, shown};
use super::path::{Path, Place};
use super::tree::{Content, NodeIndex, Tree};

/// The file in the right shape, and what was wrong with it. If there are so many mistakes that no more are kept, it
/// stops, and what it gives is no file.
pub(super) fn check(tree: &Tree, schema: &Json) -> (Value, Mistakes) {
    let mut shape = Shape {
        tree,
        schema,
        mistakes: Mistakes::default(),
    };
    let value = shape.value(Tree::ROOT, schema, &Path::ROOT);
    (value, shape.mistakes)
}

struct Shape<'s> {
    tree: &'s Tree<'s>,
    schema: &'s Json,
    mistakes: Mistakes,
}

/// An entry of a map, with its key as written.
struct Entry {
    key: String,
    value: NodeIndex,
}

impl<'s> Shape<'s> {
    fn value(&mut self, node: NodeIndex, schema: &'s Json, path: &Path) -> Value {
        if self.mistakes.is_full() {
            return Value::Null;
        }
        let (name, schema) = self.follow(schema);
        match name {
            Some("Condition") => return self.as_written(node, path),
            Some("Text") => return self.text(node, schema, path),
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
            Content::Map(entries) => match self.unquoted(entries) {
                Some(words) => {
                    let message = "a text that begins with a brace must be in quotes";
                    self.mistakes
                        .error(path.value(), "braces-without-quotes", message)
                        .help(format!("write \"{{{}}}\"", shown(words)));
                    Value::String(format!("{{{words}}}"))
                }
                None => self.value(node, &schema["anyOf"][1], path),
            },
            Content::Scalar { words, .. } => {
                let value = self.scalar(node);
                if !value.is_string() && !value.is_null() {
                    let message = format!(
                        "a text must stand here, but YAML reads `{}` as {}",
                        shown(words),
                        kind(&value)
                    );
                    let help = format!("put it in quotes: \"{}\"", shown(words));
                    self.mistakes
                        .error(path.value(), "wrong-type", message)
                        .help(help);
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
    fn unquoted(&self, entries: &[(NodeIndex, NodeIndex)]) -> Option<&'s str> {
        let &[(key, value)] = entries else {
            return None;
        };
        self.tree.words(value).filter(|words| words.is_empty())?;
        let key = self.tree.words(key)?;
        (key != "patient" && key != "clinician").then_some(key)
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
            None => format!("`{}` can't stand here", shown(word)),
        };
        let help = match likely {
            Some(likely) => format!("did you mean `{likely}`?"),
            None => format!("there are: {}", listed(&known)),
        };
        self.mistakes
            .error(path.value(), "unknown-word", message)
            .help(help);
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
        self.wrong(
            node,
            "`true` or `false`",
            help.map(str::to_owned),
            schema,
            path,
        )
    }

    fn number(&mut self, node: NodeIndex, schema: &'s Json, path: &Path) -> Value {
        let value = match self.tree.content(node) {
            Content::Scalar { .. } => self.scalar(node),
            _ => Value::Null,
        };
        let whole = schema["type"] == "integer";
        let number = value
            .as_f64()
            .filter(|number| !whole || number.fract() == 0.0);
        let Some(number) = number else {
            let wanted = if whole { "a whole number" } else { "a number" };
            return self.wrong(node, wanted, None, schema, path);
        };
        let least = schema["minimum"].as_f64().unwrap_or(f64::NEG_INFINITY);
        let most = schema["maximum"].as_f64().unwrap_or(f64::INFINITY);
        if !(least..=most).contains(&number) && whole {
            let message = format!(
                "{number} is too {}",
                if number < least { "small" } else { "large" }
            );
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
                let nodes = nodes.iter().enumerate();
                let values =
                    nodes.map(|(index, &node)| self.value(node, items, &path.index(index)));
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
        let message = format!("a list must stand here, not {}", self.kind_of(node));
        self.mistakes
            .error(path.value(), "wrong-type", message)
            .help(help);
    }

    fn map(&mut self, node: NodeIndex, schema: &'s Json, path: &Path) -> Value {
        let Some(mut entries) = self.entries(node, path) else {
            let help = match schema["properties"].as_object() {
                Some(known) => {
                    let known: Vec<&str> = known.keys().map(String::as_str).collect();
                    format!("a map has keys with values: {}", listed(&known))
                }
                None => "a map has keys with values, such as `name: ...`".to_owned(),
            };
            return self.wrong(node, "a map", Some(help), schema, path);
        };
        let Some(known) = schema["properties"].as_object() else {
            let items = &schema["additionalProperties"];
            let values = entries.into_iter().map(|Entry { key, value }| {
                let value = self.value(value, items, &path.key(&key));
                (Value::String(key), value)
            });
            return Value::Mapping(values.collect());
        };
        let mut map = Mapping::new();
        let written: Vec<String> = entries.iter().map(|entry| entry.key.clone()).collect();
        let mut missing: Vec<&str> = known.keys().map(String::as_str).collect();
        missing.retain(|key| !written.iter().any(|written| written == key));
        for Entry { key, value } in entries.drain(..) {
            let meant = match known.contains_key(&key) {
                true => Some(key.as_str()),
                false => self.unknown_key(&key, known, &missing, path),
            };
            let Some(meant) = meant else { continue };
            missing.retain(|key| *key != meant);
            let value = self.value(value, &known[meant], &path.key(&key));
            map.insert(Value::String(meant.to_owned()), value);
        }
        let required = schema["required"].as_array().map_or(&[][..], Vec::as_slice);
        for key in required.iter().filter_map(Json::as_str) {
            if missing.contains(&key) {
                let value = self.missing_key(node, key, &known[key], path);
                map.insert(Value::String(key.to_owned()), value);
            }
        }
        Value::Mapping(map)
    }

    /// The key that an unknown one was meant to be, if that is plain and it isn't there already.
    fn unknown_key<'k>(
        &mut self,
        key: &str,
        known: &'k serde_json::Map<String, Json>,
        missing: &[&'k str],
        path: &Path,
    ) -> Option<&'k str> {
        let all: Vec<&str> = known.keys().map(String::as_str).collect();
        let meant = self.mistakes.meant(key, missing.iter().copied());
        let message = format!("{} has no key `{}`", self.owner(path), shown(key));
        let help = match meant {
            Some(meant) => format!("did you mean `{meant}`?"),
            None => self
                .mistakes
                .did_you_mean(key, all.iter().copied())
                .unwrap_or_else(|| format!("its keys are {}", listed(&all))),
        };
        self.mistakes
            .error(path.key(key).name(), "unknown-key", message)
            .help(help);
        meant
    }

    fn missing_key(&mut self, node: NodeIndex, key: &str, schema: &'s Json, path: &Path) -> Value {
        let id = self
            .entries_quietly(node)
            .into_iter()
            .find(|entry| entry.key == "id");
        let id = id.and_then(|entry| self.tree.words(entry.value));
        let owner = match (id, self.owner(path)) {
            (Some(id), owner) if !path.is_root() => {
                let bare = owner.strip_prefix("a ").or(owner.strip_prefix("an "));
                format!("the {} `{}`", bare.unwrap_or(&owner), shown(id))
            }
            (_, owner) => owner.replacen("a ", "this ", 1),
        };
        let message = format!("{owner} has no `{key}`");
        let mistake = self.mistakes.error(path.value(), "missing-key", message);
        match schema["description"].as_str() {
            Some(what) => mistake.help(format!("add `{key}:` {}", in_a_sentence(what))),
            None => mistake.help(format!("add `{key}:`")),
        };
        self.stand_in(schema, &path.key(key))
    }

    /// The thing at a path, as a message calls it.
    fn owner(&self, path: &Path) -> String {
        let name = match path.list_key() {
            _ if path.is_root() => "a questionnaire".to_owned(),
            Some("sections") => "a section".to_owned(),
            Some("questions") => "a question".to_owned(),
            Some("options") => "an option".to_owned(),
            Some("levels") => "a level".to_owned(),
            Some("rules") => "a rule".to_owned(),
            Some("next_steps") => "a step".to_owned(),
            Some("learn") => "a page".to_owned(),
            Some("tables") => "a table".to_owned(),
            Some("sources") => "a source".to_owned(),
            Some(other) => format!("an entry of `{}`", shown(other)),
            None => match path.last_key() {
                Some(key) => format!("`{}`", shown(key)),
                None => "this".to_owned(),
            },
        };
        name
    }

    /// The entries of a map without double ones, which are reported.
    fn entries(&mut self, node: NodeIndex, path: &Path) -> Option<Vec<Entry>> {
        let Content::Map(nodes) = self.tree.content(node) else {
            return None;
        };
        let mut entries: Vec<Entry> = Vec::with_capacity(nodes.len());
        let mut first = std::collections::HashMap::new();
        for &(key_node, value) in nodes {
            let Some(key) = self.tree.words(key_node) else {
                self.mistakes
                    .error(path.value(), "bad-key", "a key must be a word")
                    .help("a `{` or `[` at the beginning of a text makes a map or list: put the text in quotes");
                continue;
            };
            if let Some(&earlier) = first.get(key) {
                self.duplicate_key(key, key_node, earlier, path);
                continue;
            }
            first.insert(key, key_node);
            entries.push(Entry {
                key: key.to_owned(),
                value,
            });
        }
        Some(entries)
    }

    fn entries_quietly(&self, node: NodeIndex) -> Vec<Entry> {
        let Content::Map(nodes) = self.tree.content(node) else {
            return Vec::new();
        };
        let entries = nodes.iter().filter_map(|&(key, value)| {
            let key = self.tree.words(key)?.to_owned();
            Some(Entry { key, value })
        });
        entries.collect()
    }

    fn duplicate_key(&mut self, key: &str, again: NodeIndex, earlier: NodeIndex, path: &Path) {
        let message = format!("the key `{}` is here twice", shown(key));
        let place = Place::of_bytes(path.key(key).steps(), self.tree.key_span(again));
        let earlier = Place::of_bytes(path.key(key).steps(), self.tree.key_span(earlier));
        self.mistakes
            .error(place, "duplicate-key", message)
            .help("keep one of them")
            .related(earlier, "the first one");
    }

    /// A condition as serde reads it, except for double keys.
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

    fn wrong(
        &mut self,
        node: NodeIndex,
        wanted: &str,
        help: Option<String>,
        schema: &'s Json,
        path: &Path,
    ) -> Value {
        let message = match self.kind_of(node) {
            "nothing" => format!("{wanted} must stand here"),
            kind => format!("{wanted} must stand here, not {kind}"),
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
    fn stand_in(&mut self, schema: &'s Json, path: &Path) -> Value {
        self.mistakes.holes.add(path.steps());
        self.empty(schema)
    }

    fn empty(&self, schema: &'s Json) -> Value {
        let (name, schema) = self.follow(schema);
        if name == Some("Text") {
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

/// A description of the schema inside a sentence: `(the question)`.
fn in_a_sentence(description: &str) -> String {
    let mut letters = description.trim_end_matches('.').chars();
    let first = letters.next().map(|c| c.to_lowercase().to_string());
    format!("({}{})", first.unwrap_or_default(), letters.as_str())
}
