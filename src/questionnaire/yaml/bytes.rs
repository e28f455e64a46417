//! What can be wrong with a file before it is YAML at all.

/// Whether a character may stand nowhere in a file, not even in a comment: what a terminal acts on, and what
/// turns the direction of a line so that it reads as something else.
pub(super) fn is_forbidden(c: char) -> bool {
    match c {
        '\t' | '\n' | '\r' => false,
        '\u{2028}' | '\u{2029}' | '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}' | '\u{feff}' => true,
        c => c.is_control(),
    }
}
