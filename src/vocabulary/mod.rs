//! The program's own words in one more language, from a file: its outline, what is wrong with it, and what it says.

mod check;
mod draft;
mod limits;
mod schema;

use serde_yaml::Value;

use crate::questionnaire::diagnostic::Diagnostic;
use crate::questionnaire::yaml::form::{self, Form};
use crate::questionnaire::yaml::{self, MAX_BYTES};
use crate::words::flat;
pub use draft::draft;
pub use schema::schema;

const FORM: Form = Form { what: "words file", schema };

/// Words that can be spoken.
#[derive(Debug)]
pub struct Loaded {
    /// Each text by its name, such as `again.how_many.one`; what is missing or empty is not among them.
    pub texts: Vec<(String, String)>,
    /// How many entries there are, and how many of them English stands in for.
    pub entries: (usize, usize),
    pub warnings: Vec<Diagnostic>,
}

/// Reads a file of words. `file` is only for the messages; `named` is the language in its name.
///
/// # Errors
/// All mistakes in the file and what else there is to say about it, in the order of their places.
pub fn load(file: &str, named: &str, bytes: &[u8]) -> Result<Loaded, Vec<Diagnostic>> {
    if bytes.len() > MAX_BYTES {
        return Err(vec![Diagnostic::of_file(file, format!("it is longer than {MAX_BYTES} bytes"))]);
    }
    let ((texts, entries), warnings) = form::read_by_schema(FORM, file, bytes, |value: &Value, mistakes| {
        let mut check = check::Check::of(value, mistakes);
        let entries = check.all(named);
        let texts = flat(value).into_iter().filter(|(_, text)| !text.trim().is_empty()).collect();
        ((texts, entries), check.mistakes)
    })?;
    Ok(Loaded { texts, entries, warnings })
}

/// Whether a language can have a file of words: it is written as BCP 47 writes it.
pub fn is_language(tag: &str) -> bool {
    yaml::is_language(tag)
}
