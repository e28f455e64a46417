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

/// What is wrong with JSON, in plain words, without the place.
pub fn mistake(error: &serde_json::Error) -> String {
    let message = error.to_string();
    let place = format!(" at line {} column {}", error.line(), error.column());
    in_words(message.strip_suffix(&place).unwrap_or(&message))
}

/// The parser's words for those of people. What it has from us stays as it is.
fn in_words(message: &str) -> String {
    let known = match message {
        _ if message.starts_with("EOF while parsing") => {
            "it ends before it is whole: a closing brace, bracket or quote is missing"
        }
        "expected `:`" => "a colon is missing after a key",
        "expected `,` or `}`" => "a comma or a closing brace is missing before this",
        "expected `,` or `]`" => "a comma or a closing bracket is missing before this",
        "expected ident" => "texts are in double quotes; only `true`, `false` and `null` have none",
        "expected value" => "a value is missing here, or a text is not in double quotes",
        "key must be a string" => "a key must be in double quotes",
        "trailing characters" => "there is more after the closing brace; each object goes on its own line",
        "trailing comma" => "there is one comma too many",
        "number out of range" => "this number is too large",
        "invalid number" => "this is not how a number is written",
        "recursion limit exceeded" => "lists or objects are nested too deeply",
        "invalid escape" => "a backslash is followed by a letter that means nothing there",
        "unexpected end of hex escape" | "invalid unicode code point" => {
            "`\\u` is not followed by a character"
        }
        _ if message.starts_with("lone leading surrogate") => "`\\u` is not followed by a character",
        _ if message.starts_with("control character (") => {
            "a text goes over the end of a line or holds a control character; write `\\n` for a new line"
        }
        _ => return of_shape(message),
    };
    known.to_owned()
}

/// Of JSON that is well formed and something else than was expected.
fn of_shape(message: &str) -> String {
    if let Some((found, expected)) =
        message.strip_prefix("invalid type: ").and_then(|rest| rest.split_once(", expected "))
    {
        return format!("here is {}, where {expected} is needed", kind(found));
    }
    if let Some(rest) = message.strip_prefix("missing field ") {
        return format!("{rest} is missing");
    }
    if let Some(rest) = message.strip_prefix("unknown field ") {
        return format!("there is no key {}", rest.split(", expected").next().unwrap_or(rest));
    }
    if let Some(rest) = message.strip_prefix("duplicate field ") {
        return format!("{rest} appears twice");
    }
    if let Some((found, known)) =
        message.strip_prefix("unknown variant ").and_then(|rest| rest.split_once(", expected "))
    {
        return format!("{found} is not one of {}", known.trim_start_matches("one of "));
    }
    message.to_owned()
}

/// `sequence`: "a list".
fn kind(found: &str) -> String {
    match found {
        "sequence" => "a list".to_owned(),
        "map" => "an object".to_owned(),
        "null" | "unit value" => "nothing (`null`)".to_owned(),
        _ => {
            let numbers = ["integer ", "floating point ", "boolean ", "number "];
            let number = numbers.into_iter().find_map(|kind| found.strip_prefix(kind));
            number.map(str::to_owned).unwrap_or_else(|| match found.strip_prefix("string ") {
                Some(text) => format!("the text {text}"),
                None => found.to_owned(),
            })
        }
    }
}

/// Writes one line that reports a mistake.
///
/// `id`: the name of what is wrong, as JSON, where it has one.
pub fn error(out: &mut Vec<u8>, message: &str, line: u64, id: Option<&str>) {
    let id = id.map_or_else(String::new, |id| format!(",\"id\":{id}"));
    out.extend_from_slice(format!("{{\"error\":{},\"line\":{line}{id}}}\n", string(message)).as_bytes());
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Words such as "expected ident" were told to whoever had written the sheet.
    #[test]
    fn no_mistake_is_told_in_the_words_of_a_parser() {
        use std::collections::BTreeMap;
        for wrong in [
            "{",
            "{\"a\"",
            "{\"a\" 1}",
            "{\"a\": 1 2}",
            "{\"a\": nope}",
            "{\"a\": }",
            "{a: 1}",
            "{} {}",
            "{\"a\": 1,}",
            "{\"a\": 1e999}",
            "{\"a\": 01}",
            "{\"a\": \"\\q\"}",
            "{\"a\": \"\\ud800\"}",
            "{\"a\": \"\n\"}",
            "[1]",
            "5",
            "\"a\"",
            "null",
            "true",
            "{\"a\": [}",
            "{\"a\": \"x\"}",
            "",
            "1.5",
            "{\"a\": tru",
            "{\"a\": \"\\u12\"}",
        ] {
            let error = serde_json::from_str::<BTreeMap<String, f64>>(wrong).unwrap_err();
            let told = mistake(&error);
            for word in
                ["expected", "ident", "EOF", "invalid type", "sequence", "trailing", "parsing", " at line "]
            {
                assert!(!told.contains(word), "{wrong}: {told}");
            }
        }
    }

    #[test]
    fn what_could_command_a_terminal_is_escaped_and_reads_back() {
        let text = "a\"\u{1b}[2J\u{9b}31m\u{7f}\u{202e}é背\u{2028}\n";
        let json = string(text);
        assert!(json.chars().all(|c| !is_harmful(c)), "{json}");
        assert_eq!(serde_json::from_str::<String>(&json).unwrap(), text);
    }
}
