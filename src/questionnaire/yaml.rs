//! Text to questionnaire.
//!
//! A correct file is read in one pass by serde and then resolved. Only when there is something to say about it,
//! it is read once more with the place of everything in it.

mod advice;
mod answers;
mod bytes;
pub(crate) mod characters;
mod codes;
mod concern;
mod conditions;
mod cut;
mod definitions;
mod departures;
pub(crate) mod form;
mod grids;
mod habits;
mod ids;
mod keys;
mod kinds;
mod language;
mod levels;
mod lint;
pub(crate) mod mistake;
pub(crate) mod names;
mod options;
mod parts;
pub(crate) mod path;
mod places;
mod questions;
mod raw;
mod resolve;
mod schema;
mod settle;
mod shape;
mod strict;
mod stumble;
mod texts;
mod translation;
mod tree;
mod unseen;
pub(crate) mod version;
pub(crate) mod written;

use super::Questionnaire;
use super::diagnostic::Diagnostic;
use resolve::resolve;

pub use bytes::MAX_BYTES;
pub use language::is_language;
pub use parts::Stated;
pub use places::{Places, Spot};
pub use questions::LARGEST_NUMBER;
pub use translation::{
    LoadedTranslation, Original, draft as draft_of_translation, load as load_translation,
    schema as translation_schema,
};
pub use version::FORMAT;

/// The JSON Schema of a questionnaire file, for editors.
pub fn schema() -> serde_json::Value {
    strict::strict(schema::schema())
}

/// A questionnaire that can be used, and what its author may still want to look at.
#[derive(Debug)]
pub struct Loaded {
    pub questionnaire: Questionnaire,
    pub warnings: Vec<Diagnostic>,
}

/// Reads a questionnaire. `file` is only for the messages.
///
/// # Errors
/// All mistakes in the file and what else there is to say about it, in the order of their places.
pub fn load(file: &str, bytes: &[u8]) -> Result<Loaded, Vec<Diagnostic>> {
    let (questionnaire, warnings) = form::read(FORM, file, bytes, resolve)?;
    Ok(Loaded { questionnaire, warnings })
}

const FORM: form::Form = form::Form { what: "questionnaire", schema: schema::schema };

#[cfg(test)]
mod tests {
    use super::*;

    const SMALL: &str = include_str!("../../tests/fixtures/small.yaml");

    #[test]
    fn both_ways_of_reading_agree() {
        let once = load("small.yaml", SMALL.as_bytes()).expect("no mistakes");
        let (again, warnings) = form::explain(FORM, "small.yaml", SMALL, None, resolve).expect("no mistakes");
        assert_eq!(once.questionnaire, again);
        assert!(warnings.is_empty(), "{warnings:?}");
    }

    #[test]
    fn the_schema_names_every_key_and_every_part_it_refers_to() {
        fn references(schema: &serde_json::Value, found: &mut Vec<String>) {
            match schema {
                serde_json::Value::Object(map) => {
                    found.extend(map.get("$ref").and_then(|name| name.as_str()).map(str::to_owned));
                    map.values().for_each(|value| references(value, found));
                }
                serde_json::Value::Array(items) => {
                    items.iter().for_each(|item| references(item, found));
                }
                _ => {}
            }
        }
        let schema = schema();
        let mut found = Vec::new();
        references(&schema, &mut found);
        assert!(found.contains(&"#/$defs/Condition".to_owned()));
        for reference in found {
            let pointer = reference.trim_start_matches('#');
            assert!(schema.pointer(pointer).is_some(), "{reference}");
        }
        assert_eq!(schema["properties"].as_object().map(|keys| keys.len()), Some(25));
    }
}
