//! Text from outside, made harmless.

use super::harmful::is_harmful;

const REPLACEMENT: char = '\u{FFFD}';

/// `text` without anything that a terminal or a reader could take for a command: control characters of
/// both sets, escape sequences and bidirectional overrides become `�`, so that nothing vanishes unseen.
/// Line breaks of every kind become `\n`, tabs a blank.
pub fn clean(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    let mut rest = text.chars().peekable();
    while let Some(c) = rest.next() {
        match c {
            '\n' | '\u{2028}' | '\u{2029}' | '\u{85}' => out.push('\n'),
            '\r' => {
                rest.next_if_eq(&'\n');
                out.push('\n');
            }
            '\t' => out.push(' '),
            '\u{1B}' => {
                if rest.next_if_eq(&'[').is_some() {
                    skip_parameters(&mut rest);
                }
                out.push(REPLACEMENT);
            }
            '\u{9B}' => {
                skip_parameters(&mut rest);
                out.push(REPLACEMENT);
            }
            c if is_harmful(c) => out.push(REPLACEMENT),
            c => out.push(c),
        }
    }
    out
}

/// The same on one line: line breaks and runs of blanks become one blank.
pub fn clean_line(text: &str) -> String {
    let text = clean(text);
    let words = text.split([' ', '\n']).filter(|word| !word.is_empty());
    words.collect::<Vec<_>>().join(" ")
}

/// Skips the rest of a control sequence. Without its introducer it is only noise, such as `[31m`. The other
/// sequences keep their text, because the end of one that never ends would swallow everything after it.
fn skip_parameters(rest: &mut std::iter::Peekable<std::str::Chars>) {
    while rest.next_if(|c| ('\u{20}'..='\u{3F}').contains(c)).is_some() {}
    rest.next_if(|c| ('\u{40}'..='\u{7E}').contains(c));
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn ordinary_text_of_any_language_stays() {
        let text = "Größe 38 °C – “weh”, 背中が痛い, क्षि, 👩‍⚕️, עברית";
        assert_eq!(clean(text), text);
    }

    #[test]
    fn escape_sequences_do_not_survive() {
        assert_eq!(clean("a\u{1b}[31mred\u{1b}[0m"), "a�red�");
        assert_eq!(clean("\u{1b}]0;title\u{7}x"), "�]0;title�x");
        assert_eq!(clean("\u{9b}2Jx"), "�x");
        assert_eq!(clean("\u{1b}"), "�");
    }

    #[test]
    fn controls_and_overrides_become_visible() {
        assert_eq!(clean("a\0b\u{8}c\u{7f}d\u{90}e"), "a�b�c�d�e");
        assert_eq!(clean("a\u{202e}cba\u{2066}"), "a�cba�");
    }

    #[test]
    fn line_breaks_of_every_kind_are_one() {
        assert_eq!(clean("a\r\nb\rc\u{2028}d\te"), "a\nb\nc\nd e");
        assert_eq!(clean_line(" a\r\n b\n\nc  d "), "a b c d");
    }

    proptest::proptest! {
        #[test]
        fn nothing_that_commands_a_terminal_survives(text in ".*|[\\x00-\\x1f\\x7f-\\x9f\\[\\]0-9;a-m]*") {
            let clean = clean(&text);
            assert!(clean.chars().all(|c| c == '\n' || !is_harmful(c)));
        }
    }
}
