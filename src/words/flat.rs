//! A file of words as names and texts: `again.how_many.one`. Also compiled by `build.rs`.

use serde_yaml::Value;

/// Every text below a value, by its name, in the order of the file.
pub fn flat(value: &Value) -> Vec<(String, String)> {
    let mut texts = Vec::new();
    add(value, String::new(), &mut texts);
    texts
}

fn add(value: &Value, name: String, texts: &mut Vec<(String, String)>) {
    let below = |key: &str| if name.is_empty() { key.to_owned() } else { format!("{name}.{key}") };
    match value {
        Value::String(text) => texts.push((name, text.clone())),
        Value::Sequence(entries) => {
            entries.iter().enumerate().for_each(|(at, entry)| add(entry, below(&at.to_string()), texts));
        }
        Value::Mapping(map) => {
            for (key, entry) in map {
                add(entry, below(key.as_str().unwrap_or_default()), texts);
            }
        }
        _ => {}
    }
}
