//! What authors did where the YAML parser stumbles, which is mostly a little before.

use std::ops::Range;

/// What to do about a text that is not YAML. `at` is where the parser gave up, and `what` its words.
pub(super) fn help(text: &str, at: usize, what: &str) -> Option<String> {
    let value = Value::around(text, at);
    let by_words = || {
        let words = if what.contains("mapping values") {
            "a text with `: ` in it must be in quotes; a key must be as far to the right as its neighbours"
        } else if what.contains("flow") {
            "a bracket isn't closed, or a text with a comma, brace or bracket in it isn't in quotes"
        } else if what.contains("block") || what.contains("indent") || what.contains("simple key") {
            "start all keys of a map, and every `- ` of a list, in the same column"
        } else if what.contains("quote") || what.contains("quoted") {
            "a quote isn't closed"
        } else {
            return None;
        };
        Some(words.to_owned())
    };
    value.and_then(|value| value.help(at, what)).or_else(by_words)
}

/// What is written after a key or after `- `, up to the end of the line.
struct Value<'t> {
    words: &'t str,
    /// In bytes of the file.
    span: Range<usize>,
    /// Whether it is in brackets with others.
    in_flow: bool,
}

impl<'t> Value<'t> {
    fn around(text: &'t str, at: usize) -> Option<Value<'t>> {
        let start = text.get(..at)?.rfind('\n').map_or(0, |newline| newline + 1);
        let line = text[start..].lines().next()?;
        let from_line = at - start;
        let (before, _) = line.split_at_checked(from_line)?;
        let indent = line.len() - line.trim_start_matches([' ', '-']).len();
        let depth = before.chars().fold(0i32, |depth, c| match c {
            '[' | '{' => depth + 1,
            ']' | '}' => depth - 1,
            _ => depth,
        });
        let opens = depth > 0;
        let begins = match opens {
            // After the last comma, bracket or key before the place.
            true => {
                let entry = before.rfind([',', '{', '[']).map_or(indent, |at| at + 1);
                let key = line.get(entry..)?.find(": ").map_or(entry, |at| entry + at + 2);
                if key <= from_line { key } else { entry }
            }
            false => line.get(indent..)?.find(": ").map_or(indent, |at| indent + at + 2),
        };
        let words = line.get(begins..)?;
        let begins = begins + words.len() - words.trim_start().len();
        let words = words.trim();
        let span = start + begins..start + begins + words.len();
        Some(Value { words, span, in_flow: opens })
    }

    fn help(&self, at: usize, what: &str) -> Option<String> {
        let first = self.words.chars().next()?;
        let quoted = || match self.in_flow {
            true => String::new(),
            false => format!(": {}", in_quotes(self.words)),
        };
        if what.contains("trailing content") {
            return Some(
                "the quoted text ends before this: put the whole text in quotes, and write a quote inside double quotes as `\\\"`, inside single ones as `''`"
                    .to_owned(),
            );
        }
        if matches!(first, '“' | '”' | '„' | '«' | '‘' | '’') {
            return Some(format!("YAML takes `{first}` for a letter: type a plain quote, `\"`"));
        }
        let begins_badly = matches!(first, '%' | '@' | '`' | '&' | '*' | '!' | '>' | '|' | '?' | '-' | ',')
            && at <= self.span.start + 1
            || first == '\'' && what.contains("quote")
            || matches!(first, '[' | '{') && !self.in_flow && self.goes_on_after_bracket();
        if begins_badly {
            let first = if first == '`' { "a backtick".to_owned() } else { format!("`{first}`") };
            return Some(format!("a text that begins with {first} must be in quotes{}", quoted()));
        }
        let rest = self.words.get(at.checked_sub(self.span.start)?..)?;
        match rest.chars().next() {
            Some(':') => Some(match self.inner_key(at) {
                Some(key) => format!(
                    "a key inside a key goes into braces, as in `{{ {key}: ... }}`, or on a line of its own, further to the right"
                ),
                None => format!("a text with `: ` in it must be in quotes{}", quoted()),
            }),
            Some(bracket @ ('[' | '{')) if self.in_flow && at > self.span.start => {
                Some(format!("a text with `{bracket}` in it must be in quotes"))
            }
            _ => None,
        }
    }

    /// The key before the colon at this place, if a list or map comes after it.
    fn inner_key(&self, at: usize) -> Option<&'t str> {
        let (key, rest) = self.words.split_at_checked(at.checked_sub(self.span.start)?)?;
        let is_key =
            !key.is_empty() && key.chars().all(|c| c.is_ascii_lowercase() || c.is_ascii_digit() || c == '_');
        let is_nested = rest.trim_start_matches(':').trim_start().starts_with(['[', '{']);
        (is_key && is_nested && !self.in_flow).then_some(key)
    }

    /// Whether more comes after the bracket that closes the first one.
    fn goes_on_after_bracket(&self) -> bool {
        let mut depth = 0usize;
        for (at, c) in self.words.char_indices() {
            match c {
                '[' | '{' => depth += 1,
                ']' | '}' => depth = depth.saturating_sub(1),
                _ => {}
            }
            if depth == 0 {
                let rest = self.words[at + c.len_utf8()..].trim_start();
                return !rest.is_empty() && !rest.starts_with('#');
            }
        }
        false
    }
}

/// A text as YAML reads it whatever it holds.
pub(super) fn in_quotes(words: &str) -> String {
    const LONGEST: usize = 60;
    let words: String = match words.char_indices().nth(LONGEST) {
        Some((cut, _)) => format!("{}…", &words[..cut]),
        None => words.to_owned(),
    };
    match words.contains(['"', '\\']) {
        true => format!("'{}'", words.replace('\'', "''")),
        false => format!("\"{words}\""),
    }
}
