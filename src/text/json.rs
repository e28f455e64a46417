//! Strings in JSON that are safe to show.

use super::harmful::is_harmful;

/// `text` as a JSON string that is safe to show.
pub fn string(text: &str) -> String {
    safe(serde_json::Value::from(text).to_string())
}

/// JSON with everything escaped, on top of what JSON asks for, that a terminal could take for a command or that
/// would turn text around: nothing is lost and nothing does harm. Line ends stay, since none is inside a string.
pub fn safe(json: String) -> String {
    let is_harmful = |c| c != '\n' && is_harmful(c);
    if !json.chars().any(is_harmful) {
        return json;
    }
    let mut escaped = String::with_capacity(json.len() + 16);
    for c in json.chars() {
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
    out.extend_from_slice(format!("{{\"error\":{},\"line\":{line}}}\n", string(message)).as_bytes());
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
