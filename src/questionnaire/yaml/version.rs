//! Which version of the format a file is written in. A file that a later redflag reads gets one message that says so,
//! and not a list of what this one does not know.

use super::super::diagnostic::{Diagnostic, Severity, Span};
use super::path::{Path, Place};
use super::tree::{Content, Tree};

/// The version of the format of questionnaires, translations, scenarios and site files that this program reads. A file
/// that doesn't name one is of this version. Counts up when a file can mean something that this version doesn't know.
pub const FORMAT: u32 = 1;

/// What is wrong with the version that a file names, and what to do.
pub(crate) struct Refused {
    pub code: &'static str,
    pub message: String,
    pub help: String,
}

/// Of the words after `format:`. `None`: this program reads it, or there are no words.
pub(crate) fn refused(words: &str) -> Option<Refused> {
    let words = words.trim();
    if words.is_empty() || words.parse() == Ok(FORMAT) {
        return None;
    }
    let number = words.parse::<f64>().ok();
    let words = super::names::shown(words);
    Some(match number.is_some_and(|number| number > f64::from(FORMAT)) {
        true => Refused {
            code: "newer-format",
            message: format!(
                "this file is written in format {words}, and this redflag reads format {FORMAT}"
            ),
            help: "update redflag, or ask for the file in the older format".to_owned(),
        },
        false => Refused {
            code: "unknown-format",
            message: format!("there is no format `{words}`"),
            help: format!("write `format: {FORMAT}`, or leave the line out"),
        },
    })
}

/// The one thing to say about a file in another version of the format. `tree`: `None` where the text can't be read;
/// then a line of the file may say why.
pub(super) fn check(file: &str, text: &str, tree: Option<&Tree>) -> Result<(), Vec<Diagnostic>> {
    let (words, bytes) = match tree {
        Some(tree) => {
            let Content::Map(entries) = tree.content(Tree::ROOT) else { return Ok(()) };
            let is_format = |key| tree.words(key) == Some("format");
            let Some(&(_, value)) = entries.iter().find(|&&(key, _)| is_format(key)) else { return Ok(()) };
            let Some(words) = tree.words(value) else { return Ok(()) };
            let place: Place = Path::ROOT.key("format").value();
            (words, tree.locate(&place))
        }
        None => {
            let Some(found) = in_a_line(text) else { return Ok(()) };
            found
        }
    };
    match refused(words) {
        None => Ok(()),
        Some(Refused { code, message, help }) => {
            let mut found = Diagnostic::new(Severity::Error, code, file, message);
            found.help = Some(help);
            found.span = Some(Span::in_text(text, bytes));
            Err(vec![found])
        }
    }
}

/// What stands after `format:` at the beginning of a line, and where. Only a number counts: the text is no YAML that we
/// know, and the line may be part of anything.
fn in_a_line(text: &str) -> Option<(&str, std::ops::Range<usize>)> {
    let mut start = 0;
    for line in text.split_inclusive('\n') {
        if let Some(rest) = line.strip_prefix("format:") {
            let words = rest.split('#').next().unwrap_or_default().trim();
            let at = start + line.find(words)?;
            return words.parse::<f64>().is_ok().then_some((words, at..at + words.len()));
        }
        start += line.len();
    }
    None
}
