//! What must be the same in a text and in its translation: placeholders and numbers.

/// The parts of a text in braces, with them; a brace alone where the other is missing.
pub(super) fn placeholders(words: &str) -> Vec<&str> {
    let mut found = Vec::new();
    let mut rest = words;
    while let Some(start) = rest.find(['{', '}']) {
        let from_brace = &rest[start..];
        let end = from_brace[1..].find(['{', '}']).map(|end| end + 1);
        let closed = end.filter(|&end| from_brace.starts_with('{') && from_brace[end..].starts_with('}'));
        let braced = &from_brace[..closed.map_or(1, |end| end + 1)];
        found.push(braced);
        rest = &from_brace[braced.len()..];
    }
    found
}

/// The numbers of a text in digits, without what parts thousands or decimals, which each language writes in its own
/// way: `2.20`, `2,20` and `220` are the same here. In the order of their digits.
pub(super) fn numbers(words: &str) -> Vec<String> {
    let letters: Vec<char> = words.chars().collect();
    let digit = |at: usize| letters.get(at).is_some_and(char::is_ascii_digit);
    let mut numbers: Vec<String> = Vec::new();
    let mut inside = false;
    for (at, &c) in letters.iter().enumerate() {
        if c.is_ascii_digit() {
            if !inside {
                numbers.push(String::new());
            }
            if let Some(number) = numbers.last_mut() {
                number.push(c);
            }
            inside = true;
        } else {
            let parts = matches!(c, '.' | ',' | '\u{a0}' | '\u{202f}');
            inside = inside && parts && digit(at + 1);
        }
    }
    numbers.sort();
    numbers
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_are_compared_whatever_parts_their_digits() {
        for (english, other) in [
            ("38.0 °C or more", "38,0 °C o más"),
            ("Of 1,000 people, about 3", "De 1000 personas, unas 3"),
            ("Of 1,000 people", "De 1\u{a0}000 personas"),
            ("2.20-2.60 mmol/L", "de 2,20 a 2,60 mmol/l"),
            ("4 or 6 weeks", "6 o 4 semanas"),
        ] {
            assert_eq!(numbers(english), numbers(other), "{english}");
        }
        assert_eq!(numbers("7, 8. 9 x10y"), ["10", "7", "8", "9"]);
        assert_ne!(numbers("6 weeks"), numbers("4 weeks"));
        assert_ne!(numbers("6 weeks"), numbers("six weeks"));
    }

    #[test]
    fn braces_are_found_also_when_one_is_missing() {
        assert_eq!(placeholders("Ring {clinic} on {clinic_phone}."), ["{clinic}", "{clinic_phone}"]);
        assert_eq!(placeholders("a } b { c"), ["}", "{"]);
        assert_eq!(placeholders("{{clinic}"), ["{", "{clinic}"]);
    }
}
