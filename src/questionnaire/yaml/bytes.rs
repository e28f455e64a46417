//! What can be wrong with a file before it is YAML at all.

use super::super::diagnostic::{Diagnostic, Severity, Span};
use super::characters::{code_point, is_forbidden};
use super::tree::DEEPEST;

/// A file longer than this is refused: ten times the longest questionnaire, and read in little memory.
pub const MAX_BYTES: usize = 1 << 20;

/// The text of a file.
pub(super) fn text<'t>(file: &str, bytes: &'t [u8]) -> Result<&'t str, Vec<Diagnostic>> {
    if bytes.len() > MAX_BYTES {
        let message = format!("the file is longer than {} KiB", MAX_BYTES / 1024);
        return Err(diagnostic(file, "too-long", message, None, None));
    }
    let text = match std::str::from_utf8(bytes) {
        Ok(text) => text,
        Err(error) => return Err(not_utf8(file, bytes, error.valid_up_to())),
    };
    // Editors on Windows put a byte order mark at the beginning, where it does no harm.
    let text = text.strip_prefix('\u{feff}').unwrap_or(text);
    if let Some((start, c)) = text.char_indices().find(|&(_, c)| is_forbidden(c)) {
        let message = format!("the file contains the control character {}", code_point(c));
        let span = Span::in_text(text, start..start + c.len_utf8());
        let help = "delete it";
        return Err(diagnostic(file, "control-character", message, Some(span), Some(help)));
    }
    if let Some(start) = indented_with_tab(text) {
        let message = "a line is indented with a tab".to_owned();
        let span = Span::in_text(text, start..start + 1);
        let help = "indent with spaces";
        return Err(diagnostic(file, "tab", message, Some(span), Some(help)));
    }
    Ok(text)
}

/// Where a tab stands before the first word of a line.
fn indented_with_tab(text: &str) -> Option<usize> {
    let mut start = 0;
    for line in text.split_inclusive('\n') {
        let words = line.trim_start();
        let indentation = &line[..line.len() - words.len()];
        if let Some(tab) = indentation.find('\t').filter(|_| !words.is_empty()) {
            return Some(start + tab);
        }
        start += line.len();
    }
    None
}

fn not_utf8(file: &str, bytes: &[u8], at: usize) -> Vec<Diagnostic> {
    let line_end = bytes[at..].iter().position(|&byte| byte == b'\n');
    let shown = &bytes[..line_end.map_or(bytes.len(), |end| at + end)];
    let text = String::from_utf8_lossy(shown);
    let message = format!("the file is not UTF-8: there is a byte 0x{:02X} here", bytes[at]);
    let span = Span::in_text(&text, at..at + '\u{fffd}'.len_utf8());
    let help = "save the file as UTF-8";
    diagnostic(file, "not-utf-8", message, Some(span), Some(help))
}

fn diagnostic(
    file: &str,
    code: &'static str,
    message: String,
    span: Option<Span>,
    help: Option<&str>,
) -> Vec<Diagnostic> {
    let help = help.map(str::to_owned);
    vec![Diagnostic { span, help, ..Diagnostic::new(Severity::Error, code, file, message) }]
}

/// Whether a text may hold what can make reading it expensive: an anchor or alias, or deep nesting. It may say
/// so of a harmless text, never the other way round.
pub(super) fn is_suspicious(text: &str) -> bool {
    let bytes = text.as_bytes();
    let mut depth = 0usize;
    let mut deepest = 0usize;
    for (at, &byte) in bytes.iter().enumerate() {
        match byte {
            b'[' | b'{' => {
                depth += 1;
                deepest = deepest.max(depth);
            }
            b']' | b'}' => depth = depth.saturating_sub(1),
            b'*' | b'&' | b'!' => {
                let before = at.checked_sub(1).map(|before| bytes[before]);
                let after = bytes.get(at + 1);
                let begins_a_value = matches!(
                    before,
                    None | Some(b' ' | b'\t' | b'\n' | b'\r' | b'[' | b'{' | b',' | b':' | b'-' | b'?')
                );
                if begins_a_value && after.is_some_and(|after| !after.is_ascii_whitespace()) {
                    return true;
                }
            }
            _ => {}
        }
    }
    deepest + deepest_block(bytes) > DEEPEST
}

/// How deep lists and maps without brackets can at most be: each one inside another is further to the right.
fn deepest_block(bytes: &[u8]) -> usize {
    let lead = |line: &[u8]| line.iter().take_while(|byte| b" -?:\t".contains(byte)).count();
    let lines = bytes.split(|&byte| byte == b'\n' || byte == b'\r');
    lines.map(lead).max().unwrap_or_default()
}
