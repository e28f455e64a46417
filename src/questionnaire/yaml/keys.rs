//! The keys of a map compared with the schema: unknown, missing, double.

use std::collections::HashMap;

use serde_json::Value as Json;
use serde_yaml::{Mapping, Value};

use super::cut::{Pieces, pieces};
use super::habits;
use super::names::{a, listed, shown};
use super::path::{Path, Place};
use super::shape::Shape;
use super::tree::{Content, NodeIndex};

/// More ids than this are not listed.
const MOST_IDS: usize = 8;

/// An entry of a map, with its key as written.
pub(super) struct Entry {
    pub key: String,
    pub value: NodeIndex,
}

impl<'s> Shape<'s> {
    pub fn map(&mut self, node: NodeIndex, schema: &'s Json, path: &Path) -> Value {
        let Some(mut entries) = self.entries(node, path) else {
            let needs =
                |key: &str| schema["required"].as_array().is_some_and(|keys| keys.contains(&key.into()));
            let help = match schema["properties"].as_object() {
                Some(_) if needs("id") && needs("label") => match self.tree.words(node) {
                    Some(words) if !words.is_empty() => habits::labelled(&shown(words)),
                    _ => "give it an id and a label: `{ id: ..., label: ... }`".to_owned(),
                },
                Some(known) => {
                    let known: Vec<&str> = known.keys().map(String::as_str).collect();
                    format!("a map has keys with values: {}", listed(&known))
                }
                None => "a map has keys with values, such as `name: ...`".to_owned(),
            };
            return self.wrong(node, "a map", Some(help), schema, path);
        };
        let ids_of = schema["x-ids-of"].as_str();
        let Some(known) = schema["properties"].as_object() else {
            let items = &schema["additionalProperties"];
            let values = entries.into_iter().map(|Entry { key, value }| {
                let value = self.value(value, items, &path.key(&key));
                (Value::String(key), value)
            });
            return Value::Mapping(values.collect());
        };
        let pieces = match entries.iter().all(|entry| known.contains_key(&entry.key)) {
            true => Pieces::default(),
            false => pieces(self.tree, node, |word| known.contains_key(word)),
        };
        let mut map = Mapping::new();
        let written: Vec<String> = entries.iter().map(|entry| entry.key.clone()).collect();
        let mut missing: Vec<&str> = known.keys().map(String::as_str).collect();
        missing.retain(|key| !written.iter().any(|written| written == key));
        for Entry { key, value } in entries.drain(..) {
            let meant = match known.contains_key(&key) {
                true => Some(key.as_str()),
                false if pieces.report(&key, path, &mut self.mistakes) => None,
                false => self.unknown_key(&key, known, &missing, ids_of, path),
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
        ids_of: Option<&str>,
        path: &Path,
    ) -> Option<&'k str> {
        let all: Vec<&str> = known.keys().map(String::as_str).collect();
        let meant = self.mistakes.meant(key, missing.iter().copied());
        let (code, message) = match ids_of {
            Some(thing) => ("unknown-id", format!("there is no {thing} `{}`", shown(key))),
            None => ("unknown-key", format!("{} has no key `{}`", self.owner(path), shown(key))),
        };
        let help = match meant {
            Some(meant) => format!("did you mean `{meant}`?"),
            None => self.mistakes.did_you_mean(key, all.iter().copied()).unwrap_or_else(|| match ids_of {
                Some(thing) if all.len() > MOST_IDS => format!("the questionnaire has no {thing} like it"),
                Some(_) => format!("there are: {}", listed(&all)),
                None => format!("its keys are {}", listed(&all)),
            }),
        };
        self.mistakes.error(path.key(key).name(), code, message).help(help);
        meant
    }

    fn missing_key(&mut self, node: NodeIndex, key: &str, schema: &'s Json, path: &Path) -> Value {
        let id = self.entries_quietly(node).into_iter().find(|entry| entry.key == "id");
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
        match path.list_key() {
            _ if path.is_root() => a(self.what),
            Some("sections") => "a section".to_owned(),
            Some("grids") => "a grid".to_owned(),
            Some("questions") => "a question".to_owned(),
            Some("options") => "an option".to_owned(),
            Some("levels") => "a level".to_owned(),
            Some("rules") => "a rule".to_owned(),
            Some("next_steps") => "a step".to_owned(),
            Some("learn") => "a page".to_owned(),
            Some("tables") => "a table".to_owned(),
            Some("waivers") => "a waiver".to_owned(),
            Some("sources") => "a source".to_owned(),
            Some("baselines") => "a baseline".to_owned(),
            Some("cases") => "a case".to_owned(),
            Some(other) => format!("an entry of `{}`", shown(other)),
            None => match path.last_key() {
                Some(key) => format!("`{}`", shown(key)),
                None => "this".to_owned(),
            },
        }
    }

    /// The entries of a map without double ones, which are reported.
    pub fn entries(&mut self, node: NodeIndex, path: &Path) -> Option<Vec<Entry>> {
        let Content::Map(nodes) = self.tree.content(node) else {
            return None;
        };
        let mut entries: Vec<Entry> = Vec::with_capacity(nodes.len());
        let mut first = HashMap::new();
        for &(key_node, value) in nodes {
            let Some(key) = self.tree.words(key_node) else {
                self.mistakes.error(path.value(), "bad-key", "a key must be a word").help(
                    "a `{` or `[` at the beginning of a text makes a map or list: put the text in quotes",
                );
                continue;
            };
            if let Some(&earlier) = first.get(key) {
                self.duplicate_key(key, key_node, earlier, path);
                continue;
            }
            first.insert(key, key_node);
            entries.push(Entry { key: key.to_owned(), value });
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
}

/// A description of the schema inside a sentence: `(the question)`.
fn in_a_sentence(description: &str) -> String {
    let mut letters = description.trim_end_matches('.').chars();
    let first = letters.next().map(|c| c.to_lowercase().to_string());
    format!("({}{})", first.unwrap_or_default(), letters.as_str())
}
