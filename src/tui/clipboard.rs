//! The clipboard, which belongs to the terminal: a program can only ask it to take something, by the sequence
//! called OSC 52, and is never told whether it did. Nothing is ever read from it.

/// As many characters as one request may have in Base64. Some terminals, such as xterm, take no more.
const LONGEST: usize = 100_000;

/// The sequence that asks a terminal to copy `text`; `None` when it is too long for some.
///
/// Base64 has no character that could end the sequence, so nothing in the text commands the terminal. BEL ends it,
/// which old terminals know too.
pub fn asking_for(text: &str) -> Option<String> {
    let encoded = base64(text.as_bytes());
    (encoded.len() <= LONGEST).then(|| format!("\x1b]52;c;{encoded}\x07"))
}

/// RFC 4648, section 4.
fn base64(bytes: &[u8]) -> String {
    const DIGITS: &[u8; 64] = b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
    let mut out = String::with_capacity(bytes.len().div_ceil(3) * 4);
    for chunk in bytes.chunks(3) {
        let bits = (0..3).fold(0, |bits, at| bits << 8 | u32::from(chunk.get(at).copied().unwrap_or(0)));
        for digit in 0..4 {
            let value = bits >> (18 - 6 * digit) & 63;
            out.push(if digit <= chunk.len() { char::from(DIGITS[value as usize]) } else { '=' });
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn bytes_are_encoded_as_in_the_examples_of_the_standard() {
        for (text, encoded) in [
            ("", ""),
            ("f", "Zg=="),
            ("fo", "Zm8="),
            ("foo", "Zm9v"),
            ("foob", "Zm9vYg=="),
            ("fooba", "Zm9vYmE="),
            ("foobar", "Zm9vYmFy"),
            ("\u{fb}\u{ff}>?~", "w7vDvz4/fg=="),
        ] {
            assert_eq!(base64(text.as_bytes()), encoded);
        }
    }

    #[test]
    fn what_some_terminals_would_cut_off_is_not_sent() {
        let most = LONGEST / 4 * 3;
        assert!(asking_for(&"x".repeat(most)).is_some_and(|sequence| sequence.len() < LONGEST + 20));
        assert_eq!(asking_for(&"x".repeat(most + 1)), None);
    }
}
