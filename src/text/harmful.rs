//! The characters that do harm where text is shown. Every check in the program asks here.

/// Whether a terminal acts on the character, or whether it makes text read as something else: controls of both
/// sets, line and paragraph separators, what turns the direction of writing (Unicode Bidirectional Algorithm,
/// UAX #9), and the byte order mark, which nobody sees.
pub fn is_harmful(c: char) -> bool {
    match c {
        ' '..='~' => false,
        '\u{2028}'..='\u{202E}' | '\u{2066}'..='\u{2069}' | '\u{FEFF}' => true,
        c => c.is_control(),
    }
}

#[cfg(test)]
mod tests {
    use super::is_harmful;

    #[test]
    fn letters_of_any_language_and_what_joins_them_do_no_harm() {
        assert!("Größe 38 °C – “weh”, 背中が痛い, क्षि, 👩‍⚕️, עברית\u{a0}".chars().all(|c| !is_harmful(c)));
    }

    #[test]
    fn controls_separators_and_overrides_do() {
        let harmful =
            "\0\t\n\r\u{1b}\u{7f}\u{85}\u{9b}\u{2028}\u{2029}\u{202a}\u{202e}\u{2066}\u{2069}\u{feff}";
        assert!(harmful.chars().all(is_harmful));
    }
}
