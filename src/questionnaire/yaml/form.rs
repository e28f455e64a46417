//! Files that are YAML in a fixed shape: read in one pass, and once more when there is something to say.

use std::collections::HashSet;

use serde::de::DeserializeOwned;
use serde_json::Value as Json;

use super::super::diagnostic::{Diagnostic, Severity, Span};
use super::bytes;
use super::cut;
use super::mistake::Mistakes;
use super::path::{Path, Place};
use super::shape;
use super::translation::{Original, OriginalSpans};
use super::tree::Tree;
use super::unseen;
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
        tree(file, text, form.what, &(form.schema)())?;
    }
    let read = serde_yaml::from_str::<Raw>(text);
    if let Ok(raw) = &read {
        let (read, mistakes) = resolve(raw, Mistakes::default());
        if mistakes.found.is_empty() && !cut::may_be_cut(text) {
            return Ok((read, Vec::new()));
        }
    }
    explain(form, file, text, read.err(), resolve)
}

/// Reads a file of which the schema alone says what may be in it.
///
/// # Errors
/// All mistakes in the file and what else there is to say about it, in the order of their places.
pub(crate) fn read_by_schema<T>(
    form: Form,
    file: &str,
    bytes: &[u8],
    resolve: impl Fn(&serde_yaml::Value, Mistakes) -> (T, Mistakes),
) -> Result<(T, Vec<Diagnostic>), Vec<Diagnostic>> {
    explain(form, file, bytes::text(file, bytes)?, None, resolve)
}

/// Reads a text in which something is wrong once more, to say all of it and where.
pub(super) fn explain<Raw: DeserializeOwned, T>(
    form: Form,
    file: &str,
    text: &str,
    refused: Option<serde_yaml::Error>,
    resolve: impl Fn(&Raw, Mistakes) -> (T, Mistakes),
) -> Result<(T, Vec<Diagnostic>), Vec<Diagnostic>> {
    let schema = (form.schema)();
    let tree = tree(file, text, form.what, &schema)?;
    let (value, mut mistakes) = shape::check(&tree, form.what, &schema);
    cut::warn_of_comments(text, &tree, &mut mistakes);
    let placed = |mistakes| placed(file, text, (&tree, &schema), mistakes, None);
    if mistakes.is_full() {
        return Err(placed(mistakes));
    }
    let raw = match serde_yaml::from_value::<Raw>(value) {
        Ok(raw) => raw,
        Err(error) => {
            // The schema lets through what the types don't: a defect here, but still said where it is.
            mistakes.error(Path::ROOT.value(), "wrong-type", error.to_string());
            return Err(placed(mistakes));
        }
    };
    let (read, mut mistakes) = resolve(&raw, mistakes);
    if let Some(error) = refused
        && !mistakes.has_errors
    {
        mistakes.error(refused_at(&error), "not-yaml", error.to_string());
    }
    let has_errors = mistakes.has_errors;
    let diagnostics = placed(mistakes);
    match has_errors {
        true => Err(diagnostics),
        false => Ok((read, diagnostics)),
    }
}

/// The tree of a file with such keys.
///
/// # Errors
/// Why it is none; where characters that nobody sees are the cause, each of them. Of a file in a version of the format
/// that is not ours, only that.
pub(super) fn tree<'t>(
    file: &str,
    text: &'t str,
    what: &str,
    schema: &Json,
) -> Result<Tree<'t>, Vec<Diagnostic>> {
    let read = Tree::read(text, what);
    version::check(file, text, read.as_ref().ok())?;
    read.map_err(|error| {
        let keys = keys(schema);
        let unseen = unseen::in_structure(text, &|word| keys.contains(word)).into_iter();
        let end = text[error.span.start.min(text.len())..]
            .find('\n')
            .map_or(text.len(), |end| error.span.start + end);
        let unseen: Vec<Diagnostic> = unseen
            .filter(|unseen| unseen.at <= end)
            .take(Mistakes::MOST)
            .map(|unseen| unseen::diagnostic(file, text, unseen))
            .collect();
        if unseen.is_empty() { vec![error.diagnostic(file, text)] } else { unseen }
    })
}

/// All keys that a file of this form can have.
fn keys(schema: &Json) -> HashSet<&str> {
    let mut found = HashSet::new();
    let mut open = vec![schema];
    while let Some(schema) = open.pop() {
        match schema {
            Json::Object(map) => {
                let keys = map.get("properties").and_then(Json::as_object);
                found.extend(keys.into_iter().flat_map(|keys| keys.keys()).map(String::as_str));
                open.extend(map.values());
            }
            Json::Array(items) => open.extend(items),
            _ => {}
        }
    }
    found
}

/// Puts characters that keep YAML from seeing a key first, and leaves out what only follows from them.
fn unseen_first(file: &str, text: &str, (tree, schema): (&Tree, &Json), diagnostics: &mut Vec<Diagnostic>) {
    if text.is_ascii() || diagnostics.iter().all(|found| found.severity != Severity::Error) {
        return;
    }
    let keys = keys(schema);
    let mut unseen = unseen::in_structure(text, &|word| keys.contains(word));
    // Inside quotes they are part of a text.
    let quoted: Vec<_> = tree.scalars().filter(|(_, plain, _)| !plain).map(|(.., span)| span).collect();
    unseen.retain(|unseen| !quoted.iter().any(|span| span.contains(&unseen.at)));
    if !unseen.is_empty() {
        diagnostics.retain(|found| {
            !matches!(found.code, "missing-key" | "unknown-key" | "wrong-type" | "comma-in-text")
        });
        let unseen = unseen.into_iter().take(Mistakes::MOST);
        diagnostics.extend(unseen.map(|unseen| unseen::diagnostic(file, text, unseen)));
    }
}

fn refused_at(error: &serde_yaml::Error) -> Place {
    let at = error.location().map_or(0, |location| location.index());
    Place::of_bytes(Vec::new(), at..at + 1)
}

/// The mistakes in the order of their places, and with the places in `original` that some are about too.
pub(super) fn placed(
    file: &str,
    text: &str,
    (tree, schema): (&Tree, &Json),
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
        let mut diagnostic = Diagnostic {
            help: mistake.help,
            span: Some(span(&mistake.place)),
            related: related.chain(original).collect(),
            ..Diagnostic::new(mistake.severity, mistake.code, file, mistake.message)
        };
        if !text.is_ascii() {
            unseen::name_in_word(&mut diagnostic, text, tree.locate(&mistake.place));
        }
        diagnostic
    });
    let mut diagnostics: Vec<Diagnostic> = found.collect();
    unseen_first(file, text, (tree, schema), &mut diagnostics);
    diagnostics.sort_by_key(|diagnostic| diagnostic.span.as_ref().map(|at| (at.line, at.column)));
    if left_out > 0 || diagnostics.len() >= Mistakes::MOST {
        let message = format!("these are {} mistakes; there may be more", diagnostics.len());
        diagnostics.push(Diagnostic::new(Severity::Warning, "more", file, message));
    }
    diagnostics
}
