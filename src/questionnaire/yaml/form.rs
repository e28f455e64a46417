//! Files that are YAML in a fixed shape: read in one pass, and once more when there is something to say.

use serde::de::DeserializeOwned;
use serde_json::Value as Json;

use super::super::diagnostic::{Diagnostic, Severity, Span};
use super::bytes;
use super::mistake::Mistakes;
use super::path::{Path, Place};
use super::shape;
use super::translation::{Original, OriginalSpans};
use super::tree::Tree;
use super::version;

/// A kind of file.
#[derive(Clone, Copy)]
pub(crate) struct Form {
    /// What such a file is called in messages.
    pub what: &'static str,
    /// What may stand in it.
    pub schema: fn() -> Json,
}

/// A text that was read, to be searched for places.
pub(crate) struct Marked<'t> {
    text: &'t str,
    tree: Option<Tree<'t>>,
}

impl<'t> Marked<'t> {
    /// Of a text that was read without mistakes; of any other, nothing is found.
    pub fn of(bytes: &'t [u8]) -> Marked<'t> {
        let text = std::str::from_utf8(bytes).unwrap_or_default();
        let text = text.strip_prefix('\u{feff}').unwrap_or(text);
        Marked { text, tree: Tree::read(text, "").ok() }
    }

    pub(super) fn tree(&self) -> Option<&Tree<'t>> {
        self.tree.as_ref()
    }

    pub(super) fn text(&self) -> &'t str {
        self.text
    }

    pub fn span(&self, place: &Place) -> Option<Span> {
        Some(Span::in_text(self.text, self.tree.as_ref()?.locate(place)))
    }
}

/// Reads a file. `Raw` is what the schema describes, and `resolve` makes of it what the file means, adding to the
/// mistakes. Gives what there is to say besides, too. `file` is only for the messages.
///
/// # Errors
/// All mistakes in the file and what else there is to say about it, in the order of their places.
pub(crate) fn read<Raw: DeserializeOwned, T>(
    form: Form,
    file: &str,
    bytes: &[u8],
    resolve: impl Fn(&Raw, Mistakes) -> (T, Mistakes),
) -> Result<(T, Vec<Diagnostic>), Vec<Diagnostic>> {
    let text = bytes::text(file, bytes)?;
    if bytes::is_suspicious(text) {
        tree(form.what, file, text)?;
    }
    let read = serde_yaml::from_str::<Raw>(text);
    if let Ok(raw) = &read {
        let (read, mistakes) = resolve(raw, Mistakes::default());
        if mistakes.found.is_empty() {
            return Ok((read, Vec::new()));
        }
    }
    explain(form, file, text, read.err(), resolve)
}

/// Reads a text in which something is wrong once more, to say all of it and where.
pub(super) fn explain<Raw: DeserializeOwned, T>(
    form: Form,
    file: &str,
    text: &str,
    refused: Option<serde_yaml::Error>,
    resolve: impl Fn(&Raw, Mistakes) -> (T, Mistakes),
) -> Result<(T, Vec<Diagnostic>), Vec<Diagnostic>> {
    let tree = tree(form.what, file, text)?;
    let (value, mut mistakes) = shape::check(&tree, form.what, &(form.schema)());
    if mistakes.is_full() {
        return Err(placed(file, text, &tree, mistakes, None));
    }
    // Written out and read like the file itself: reading the types from a value as well would make the program
    // a good deal larger.
    let written = serde_yaml::to_string(&value);
    let raw = match written.and_then(|written| serde_yaml::from_str::<Raw>(&written)) {
        Ok(raw) => raw,
        Err(error) => {
            // The schema lets through what the types don't: a defect here, but still said where it is.
            mistakes.error(Path::ROOT.value(), "wrong-type", error.to_string());
            return Err(placed(file, text, &tree, mistakes, None));
        }
    };
    let (read, mut mistakes) = resolve(&raw, mistakes);
    if let Some(error) = refused
        && !mistakes.has_errors
    {
        mistakes.error(refused_at(&error), "not-yaml", error.to_string());
    }
    let has_errors = mistakes.has_errors;
    let diagnostics = placed(file, text, &tree, mistakes, None);
    match has_errors {
        true => Err(diagnostics),
        false => Ok((read, diagnostics)),
    }
}

/// Everything in a text with its place.
///
/// # Errors
/// Why it can't be read; of a file in a version of the format that is not ours, only that.
pub(super) fn tree<'t>(what: &str, file: &str, text: &'t str) -> Result<Tree<'t>, Vec<Diagnostic>> {
    let read = Tree::read(text, what);
    version::check(file, text, read.as_ref().ok())?;
    read.map_err(|error| vec![error.diagnostic(file, text)])
}

fn refused_at(error: &serde_yaml::Error) -> Place {
    let at = error.location().map_or(0, |location| location.index());
    Place::of_bytes(Vec::new(), at..at + 1)
}

/// The mistakes in the order of their places, and with the places in `original` that some are about too.
pub(super) fn placed(
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
            help: mistake.help,
            span: Some(span(&mistake.place)),
            related: related.chain(original).collect(),
            ..Diagnostic::new(mistake.severity, mistake.code, file, mistake.message)
        }
    });
    let mut diagnostics: Vec<Diagnostic> = found.collect();
    diagnostics.sort_by_key(|diagnostic| diagnostic.span.as_ref().map(|at| (at.line, at.column)));
    if left_out > 0 || diagnostics.len() >= Mistakes::MOST {
        let message = format!("these are {} mistakes; there may be more", diagnostics.len());
        diagnostics.push(Diagnostic::new(Severity::Warning, "more", file, message));
    }
    diagnostics
}
