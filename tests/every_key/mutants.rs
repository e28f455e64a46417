//! Every small change of a YAML file that its JSON Schema shows: a key or an entry taken away, a value changed.

use std::collections::BTreeSet;

use serde_json::Value as Json;
use serde_yaml::{Mapping, Value};

/// A file with one change.
pub struct Mutant {
    /// The keys of the schema that it is about, the outermost first: `levels`, `Level/within`, `Deadline/days`.
    pub keys: Vec<String>,
    /// What was changed and how, for messages.
    pub what: String,
    pub file: Value,
}

/// Every key that a schema knows: those of the file, and `Level/within` for those of its parts.
pub fn keys(schema: &Json) -> BTreeSet<String> {
    let mut found = BTreeSet::new();
    keys_of("", schema, &mut found);
    for (name, part) in schema["$defs"].as_object().into_iter().flatten() {
        keys_of(name, part, &mut found);
    }
    found
}

/// Rules about which keys go together, as `allOf` has them, name no keys that are not among `properties`.
fn keys_of(name: &str, part: &Json, found: &mut BTreeSet<String>) {
    for (key, value) in part["properties"].as_object().into_iter().flatten() {
        if value != &Json::Bool(false) {
            found.insert(named(name, key));
            keys_of(&named(name, key), value, found);
        }
    }
    for branch in part["anyOf"].as_array().into_iter().flatten() {
        keys_of(name, branch, found);
    }
    for inner in ["items", "additionalProperties"].iter().filter_map(|inner| part.get(inner)) {
        keys_of(name, inner, found);
    }
}

fn named(name: &str, key: &str) -> String {
    if name.is_empty() { key.to_owned() } else { format!("{name}/{key}") }
}

/// All mutants of a file. A change that makes no sense, such as an id that is not there, is among them: the loader
/// refuses it.
pub fn mutants(file: &Value, schema: &Json) -> Vec<Mutant> {
    let mut groups = Vec::new();
    groups_in(file, &mut groups);
    let (path, keys) = (Vec::new(), Vec::new());
    let mut walk = Walk { file, schema, groups, path, keys, found: Vec::new() };
    walk.value(file, schema, "");
    walk.found
}

/// The names in the file, those of one list or map together: of two things in one group, one may stand for the other.
fn groups_in(value: &Value, groups: &mut Vec<Vec<String>>) {
    match value {
        Value::Sequence(items) => {
            let ids = items.iter().filter_map(|item| item.get("id")?.as_str());
            groups.push(ids.map(str::to_owned).collect());
            items.iter().for_each(|item| groups_in(item, groups));
        }
        Value::Mapping(map) => {
            for name in ["definitions", "sources"] {
                let names = map.get(name).and_then(Value::as_mapping).into_iter().flat_map(Mapping::keys);
                groups.push(names.filter_map(Value::as_str).map(str::to_owned).collect());
            }
            map.values().for_each(|value| groups_in(value, groups));
        }
        _ => {}
    }
}

#[derive(Clone)]
enum Step {
    Key(Value),
    Index(usize),
}

struct Walk<'a> {
    file: &'a Value,
    schema: &'a Json,
    groups: Vec<Vec<String>>,
    path: Vec<Step>,
    keys: Vec<String>,
    found: Vec<Mutant>,
}

impl<'a> Walk<'a> {
    /// `part`: the part of the schema that this is in.
    fn value(&mut self, value: &'a Value, schema: &'a Json, part: &str) {
        if let Some(name) = schema["$ref"].as_str().and_then(|name| name.strip_prefix("#/$defs/")) {
            return self.branch(value, &self.schema["$defs"][name], name);
        }
        self.branch(value, schema, part);
    }

    fn branch(&mut self, value: &'a Value, schema: &'a Json, part: &str) {
        let kind = match value {
            Value::Mapping(_) => "object",
            Value::Sequence(_) => "array",
            Value::String(_) => "string",
            Value::Number(_) => "number",
            _ => "boolean",
        };
        let of_kind = |schema: &&Json| match &schema["type"] {
            Json::String(name) => name == kind,
            Json::Array(names) => names.iter().any(|name| name == kind),
            _ => false,
        };
        let branches = schema["anyOf"].as_array();
        let schema = branches.and_then(|all| all.iter().find(of_kind)).unwrap_or(schema);
        match value {
            Value::Mapping(map) => self.map(map, schema, part),
            Value::Sequence(items) => self.list(items, schema, part),
            _ => self.scalar(value, schema),
        }
    }

    fn map(&mut self, map: &'a Mapping, schema: &'a Json, part: &str) {
        for (key, value) in map {
            let word = key.as_str().map_or_else(|| format!("{key:?}"), str::to_owned);
            let known = schema["properties"].get(&word);
            self.keys.extend(known.map(|_| named(part, &word)));
            self.change(&format!("{word} taken away"), |map| {
                map.as_mapping_mut().and_then(|map| map.remove(key));
            });
            if known.is_none() {
                for other in self.instead_of(&word) {
                    self.change(&format!("{word} renamed to {other}"), |map| rename(map, key, &other));
                }
            }
            self.path.push(Step::Key(key.clone()));
            match known {
                Some(known) => self.value(value, known, &named(part, &word)),
                None => self.value(value, &schema["additionalProperties"], part),
            }
            self.path.pop();
            if known.is_some() {
                self.keys.pop();
            }
        }
    }

    fn list(&mut self, items: &'a [Value], schema: &'a Json, part: &str) {
        for (index, item) in items.iter().enumerate() {
            let list = |change: fn(&mut Vec<Value>, usize)| {
                move |list: &mut Value| {
                    if let Some(list) = list.as_sequence_mut() {
                        change(list, index);
                    }
                }
            };
            self.change(&format!("{index} taken away"), list(|list, index| drop(list.remove(index))));
            if index > 0 {
                self.change(&format!("{index} put before"), list(|list, index| list.swap(index - 1, index)));
            }
            self.path.push(Step::Index(index));
            self.value(item, &schema["items"], part);
            self.path.pop();
        }
    }

    fn scalar(&mut self, value: &'a Value, schema: &'a Json) {
        let others: Vec<Value> = match value {
            Value::Bool(flag) => vec![Value::Bool(!flag)],
            Value::Number(number) => {
                let number = number.as_f64().unwrap_or_default();
                let whole = |number: f64| match number.fract() == 0.0 {
                    true => Value::from(number as i64),
                    false => Value::from(number),
                };
                vec![whole(number - 1.0), whole(number + 1.0)]
            }
            Value::String(word) => match schema["enum"].as_array() {
                Some(words) => {
                    let words = words.iter().filter_map(Json::as_str).filter(|other| other != word);
                    words.map(Value::from).collect()
                }
                None => {
                    let other = match () {
                        () if word.contains(' ') => " Or so.",
                        () if word.contains('-') => "-or-so",
                        () => "_or_so",
                    };
                    let other = if word == "en" { "es".to_owned() } else { format!("{word}{other}") };
                    self.instead_of(word).into_iter().chain([other]).map(Value::from).collect()
                }
            },
            _ => Vec::new(),
        };
        for other in others {
            let told = format!("is now {}", serde_yaml::to_string(&other).unwrap_or_default().trim());
            self.change(&told, |value| *value = other.clone());
        }
    }

    /// Other names of the kind that this is one of: the next ones in each list that has it.
    fn instead_of(&self, word: &str) -> Vec<String> {
        let mut found = BTreeSet::new();
        for group in &self.groups {
            if let Some(at) = group.iter().position(|name| name == word) {
                found.extend(group.iter().cycle().skip(at + 1).take(2.min(group.len() - 1)).cloned());
            }
        }
        found.into_iter().collect()
    }

    /// Changes what is at the path.
    fn change(&mut self, how: &str, change: impl Fn(&mut Value)) {
        let mut file = self.file.clone();
        let mut at = &mut file;
        for step in &self.path {
            let next = match step {
                Step::Key(key) => at.as_mapping_mut().and_then(|map| map.get_mut(key)),
                Step::Index(index) => at.as_sequence_mut().and_then(|list| list.get_mut(*index)),
            };
            at = next.expect("a path of the file");
        }
        change(at);
        let path = self.path.iter().map(|step| match step {
            Step::Key(key) => key.as_str().map_or_else(|| format!("{key:?}"), str::to_owned),
            Step::Index(index) => index.to_string(),
        });
        let what = format!("{}: {how}", path.collect::<Vec<_>>().join("/"));
        self.found.push(Mutant { keys: self.keys.clone(), what, file });
    }
}

/// The key of one entry of a map becomes another, in its place.
fn rename(map: &mut Value, key: &Value, id: &str) {
    if let Some(map) = map.as_mapping_mut() {
        let entries = std::mem::take(map).into_iter();
        *map =
            entries.map(|(one, value)| if one == *key { (id.into(), value) } else { (one, value) }).collect();
    }
}
