//! Text to questionnaire.
//!
//! A correct file is read in one pass by serde and then resolved. Only when there is something to say about it,
//! it is read once more with the place of everything in it.

mod answers;
mod bytes;
mod conditions;
mod definitions;
mod ids;
mod mistake;
mod names;
mod path;
mod questions;
mod raw;
mod resolve;
mod schema;
mod texts;

use super::Questionnaire;
use super::diagnostic::{Diagnostic, Severity};
use mistake::Mistakes;

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

/// A file longer than this is refused.
pub const MAX_BYTES: usize = 4 << 20;

/// Reads a questionnaire. `file_name` is only for the messages.
///
/// # Errors
/// All mistakes in the file, in the order of their places.
pub fn load(file_name: &str, text: &[u8]) -> Result<Loaded, Vec<Diagnostic>> {
    let text = std::str::from_utf8(text).unwrap();
    let raw: raw::Questionnaire = serde_yaml::from_str(text).map_err(|error| {
        let at = error.location();
        vec![Diagnostic {
            severity: Severity::Error,
            code: "yaml",
            message: error.to_string(),
            help: None,
            file: file_name.to_owned(),
            line: at.as_ref().map_or(1, |at| at.line()),
            column: at.as_ref().map_or(1, |at| at.column()),
        }]
    })?;
    let (questionnaire, mistakes) = resolve::resolve(&raw, Mistakes::default());
    let has_errors = mistakes.has_errors;
    let diagnostics: Vec<Diagnostic> = mistakes
        .found
        .into_iter()
        .map(|mistake| Diagnostic {
            severity: mistake.severity,
            code: mistake.code,
            message: format!("{}: {}", mistake.place, mistake.message),
            help: mistake.help,
            file: file_name.to_owned(),
            line: 1,
            column: 1,
        })
        .collect();
    if has_errors {
        return Err(diagnostics);
    }
    Ok(Loaded { questionnaire, warnings: diagnostics })
}
