//! Which characters may be in a file, and in a text.

use super::mistake::Mistakes;
use super::path::Path;
use crate::text::is_harmful;

/// Whether a character may stand nowhere in a file, not even in a comment: what a terminal acts on, and what
/// turns the direction of a line so that it reads as something else.
pub(super) fn is_forbidden(c: char) -> bool {
    is_harmful(c) && !matches!(c, '\t' | '\n' | '\r')
}

/// Whether a text has no words, which is reported.
pub(super) fn is_empty(words: &str, path: &Path, mistakes: &mut Mistakes) -> bool {
    if words.is_empty() {
        let help = "write the words, or leave the key out where it is optional";
        mistakes.error(path.value(), "empty-text", "this text is empty").help(help);
    }
    words.is_empty()
}

/// Reports what a text can't hold: control characters, and more than one line where it is one.
pub(crate) fn check_characters(words: &str, path: &Path, lines: bool, mistakes: &mut Mistakes) {
    let strange = |c: char| c == '\t' || c == '\r' || is_forbidden(c);
    if let Some(c) = words.chars().find(|&c| strange(c)) {
        let message = format!("this text contains the control character {}", code_point(c));
        mistakes.error(path.value(), "control-character", message).help(match c {
            '\t' => "write spaces instead of the tab",
            _ => "leave it out: a terminal would act on it instead of showing it",
        });
    }
    if !lines && words.contains('\n') {
        mistakes
            .error(path.value(), "line-break", "this text must be one line")
            .help("write it on one line, or with `>-` instead of `|`");
    }
}

/// `U+001B (ESC)`
pub(super) fn code_point(c: char) -> String {
    let name = match c {
        '\0' => " (NUL)",
        '\t' => " (tab)",
        '\r' => " (carriage return)",
        '\u{1b}' => " (ESC)",
        '\u{feff}' => " (byte order mark)",
        '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}' => " (turns the direction of the text)",
        _ => "",
    };
    format!("U+{:04X}{name}", u32::from(c))
}
