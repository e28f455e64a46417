//! Strings in JSON that are safe to show.

use std::io::Write;

/// `text` as a JSON string. On top of what JSON asks for, everything is escaped that a terminal could take
/// for a command and that would turn text around, so that nothing is lost and nothing does harm.
pub fn string(text: &str) -> String {
    let quoted = serde_json::Value::from(text).to_string();
    if !quoted.chars().any(is_harmful) {
        return quoted;
    }
    let mut escaped = String::with_capacity(quoted.len() + 16);
    for c in quoted.chars() {
        if is_harmful(c) {
            escaped += &format!("\\u{:04x}", u32::from(c));
        } else {
            escaped.push(c);
        }
    }
    escaped
}

/// Writes `["a","b"]` from strings that are JSON already.
pub fn array<'a>(out: &mut Vec<u8>, strings: impl Iterator<Item = &'a str>) {
    out.push(b'[');
    for (index, string) in strings.enumerate() {
        if index > 0 {
            out.push(b',');
        }
        out.extend_from_slice(string.as_bytes());
    }
    out.push(b']');
}

/// Writes one line that reports a mistake.
pub fn error(out: &mut Vec<u8>, message: &str, line: u64) {
    // Writing to memory cannot fail.
    let _ = writeln!(out, "{{\"error\":{},\"line\":{line}}}", string(message));
}

fn is_harmful(c: char) -> bool {
    c.is_control() || matches!(c, '\u{2028}'..='\u{202E}' | '\u{2066}'..='\u{2069}')
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_could_command_a_terminal_is_escaped_and_reads_back() {
        let text = "a\"\u{1b}[2J\u{9b}31m\u{7f}\u{202e}é背\u{2028}\n";
        let json = string(text);
        assert!(json.chars().all(|c| !is_harmful(c)), "{json}");
        assert_eq!(serde_json::from_str::<String>(&json).unwrap(), text);
    }
}
