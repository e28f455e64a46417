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

/// The numbers of a text in digits, as they are written. A point, a comma or a narrow blank between digits belongs to
/// the number.
pub(super) fn numbers(words: &str) -> Vec<String> {
    let letters: Vec<char> = words.chars().collect();
    let digit = |at: usize| letters.get(at).is_some_and(char::is_ascii_digit);
    let mut numbers: Vec<String> = Vec::new();
    let mut inside = false;
    for (at, &c) in letters.iter().enumerate() {
        let parts = inside && matches!(c, '.' | ',' | '\u{a0}' | '\u{202f}') && digit(at + 1);
        if c.is_ascii_digit() && !inside {
            numbers.push(String::new());
        }
        inside = c.is_ascii_digit() || parts;
        if let Some(number) = numbers.last_mut().filter(|_| inside) {
            number.push(c);
        }
    }
    numbers
}

/// Whether these are the same numbers in any order. What parts thousands and decimals doesn't count, since each
/// language writes it in its own way: `2.20`, `2,20` and `220` are the same here.
pub(super) fn are_same(some: &[String], others: &[String]) -> bool {
    let digits = |numbers: &[String]| {
        let digits = |number: &String| number.chars().filter(char::is_ascii_digit).collect::<String>();
        let mut numbers: Vec<String> = numbers.iter().map(digits).collect();
        numbers.sort_by(String::cmp);
        numbers
    };
    digits(some) == digits(others)
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
            assert!(are_same(&numbers(english), &numbers(other)), "{english}");
        }
        assert_eq!(
            numbers("7, 8. 9 x10y 2,20-2.6 1\u{a0}000"),
            ["7", "8", "9", "10", "2,20", "2.6", "1\u{a0}000"]
        );
        for other in ["4 weeks", "six weeks", "6 to 6 weeks", "60 weeks"] {
            assert!(!are_same(&numbers("6 weeks"), &numbers(other)), "{other}");
        }
    }

    #[test]
    fn braces_are_found_also_when_one_is_missing() {
        assert_eq!(placeholders("Ring {clinic} on {clinic_phone}."), ["{clinic}", "{clinic_phone}"]);
        assert_eq!(placeholders("a } b { c"), ["}", "{"]);
        assert_eq!(placeholders("{{clinic}"), ["{", "{clinic}"]);
    }
}
