//! Text to questionnaire.
//!
//! A correct file is read in one pass by serde and then resolved. Only when there is something to say about it,
//! it is read once more with the place of everything in it.

mod advice;
mod answers;
mod bytes;
mod concern;
mod conditions;
mod definitions;
mod ids;
mod keys;
mod levels;
mod lint;
mod mistake;
mod names;
mod options;
mod path;
mod places;
mod questions;
mod raw;
mod resolve;
mod schema;
mod shape;
mod texts;
mod translation;
mod tree;
mod written;

use super::Questionnaire;
use super::diagnostic::{Diagnostic, Severity, Span};
use mistake::Mistakes;
use path::{Path, Place};
use resolve::resolve;
use translation::OriginalSpans;
use tree::Tree;

pub use bytes::MAX_BYTES;
pub(super) use bytes::is_forbidden;
pub use places::{Places, Spot};
pub use translation::{LoadedTranslation, Original, load as load_translation, schema as translation_schema};

/// The JSON Schema of a questionnaire file, for editors.
pub fn schema() -> serde_json::Value {
    schema::schema()
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
    let text = bytes::text(file, bytes)?;
    if bytes::is_suspicious(text) {
        Tree::read(text).map_err(|error| vec![error.diagnostic(file, text)])?;
    }
    let read = serde_yaml::from_str::<raw::Questionnaire>(text);
    if let Ok(raw) = &read {
        let (questionnaire, mistakes) = resolve(raw, Mistakes::default());
        if mistakes.found.is_empty() {
            let warnings = Vec::new();
            return Ok(Loaded { questionnaire, warnings });
        }
    }
    explain(file, text, read.err())
}

/// Reads a text in which something is wrong once more, to say all of it and where.
fn explain(file: &str, text: &str, refused: Option<serde_yaml::Error>) -> Result<Loaded, Vec<Diagnostic>> {
    let tree = Tree::read(text).map_err(|error| vec![error.diagnostic(file, text)])?;
    let (value, mut mistakes) = shape::check(&tree, &schema(), "a questionnaire");
    if mistakes.is_full() {
        return Err(placed(file, text, &tree, mistakes, None));
    }
    let raw = match serde_yaml::from_value::<raw::Questionnaire>(value) {
        Ok(raw) => raw,
        Err(error) => {
            // The schema lets through what the types don't: a defect here, but still said where it is.
            mistakes.error(Path::ROOT.value(), "wrong-type", error.to_string());
            return Err(placed(file, text, &tree, mistakes, None));
        }
    };
    let (questionnaire, mut mistakes) = resolve(&raw, mistakes);
    if let Some(error) = refused
        && !mistakes.has_errors
    {
        mistakes.error(refused_at(&error), "not-yaml", error.to_string());
    }
    let has_errors = mistakes.has_errors;
    let diagnostics = placed(file, text, &tree, mistakes, None);
    match has_errors {
        true => Err(diagnostics),
        false => Ok(Loaded { questionnaire, warnings: diagnostics }),
    }
}

fn refused_at(error: &serde_yaml::Error) -> Place {
    let at = error.location().map_or(0, |location| location.index());
    Place::of_bytes(Vec::new(), at..at + 1)
}

/// The mistakes in the order of their places.
fn placed(
    file: &str,
    text: &str,
    tree: &Tree,
    mistakes: Mistakes,
    original: Option<&Original>,
) -> Vec<Diagnostic> {
    let left_out = mistakes.left_out;
    let span = |place: &Place| Span::in_text(text, tree.locate(place));
    let any_original = mistakes.found.iter().any(|mistake| mistake.original.is_some());
    let original = original.filter(|_| any_original).and_then(OriginalSpans::of);
    let found = mistakes.found.into_iter().map(|mistake| {
        let related = mistake.related.iter().map(|(place, what)| (span(place), what.clone()));
        let original = original.as_ref().zip(mistake.original);
        let original = original.and_then(|(original, steps)| original.span(steps));
        let original = original.map(|span| (span, "in the questionnaire".to_owned()));
        Diagnostic {
            severity: mistake.severity,
            code: mistake.code,
            message: mistake.message,
            help: mistake.help,
            file: file.to_owned(),
            span: Some(span(&mistake.place)),
            related: related.chain(original).collect(),
            example: None,
            witness: None,
        }
    });
    let mut diagnostics: Vec<Diagnostic> = found.collect();
    diagnostics.sort_by_key(|diagnostic| diagnostic.span.as_ref().map(|at| (at.line, at.column)));
    if left_out > 0 || diagnostics.len() >= Mistakes::MOST {
        diagnostics.push(Diagnostic {
            severity: Severity::Warning,
            code: "more",
            message: format!("these are {} mistakes; there may be more", diagnostics.len()),
            help: None,
            file: file.to_owned(),
            span: None,
            related: Vec::new(),
            example: None,
            witness: None,
        });
    }
    diagnostics
}

#[cfg(test)]
mod tests {
    use super::*;

    const SMALL: &str = include_str!("../../tests/fixtures/small.yaml");

    #[test]
    fn both_ways_of_reading_agree() {
        let once = load("small.yaml", SMALL.as_bytes()).expect("no mistakes");
        let again = explain("small.yaml", SMALL, None).expect("no mistakes");
        assert_eq!(once.questionnaire, again.questionnaire);
        assert!(again.warnings.is_empty(), "{:?}", again.warnings);
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
        assert_eq!(schema["properties"].as_object().map(|keys| keys.len()), Some(21));
    }
}
