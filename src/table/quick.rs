//! Pieces of the fast paths: what they don't know they leave to the plain readers.

use std::ops::Range;

use memchr::memchr;

/// Bytes to look for at one place, their first eight as a number.
#[derive(Debug, Clone)]
pub(super) struct Pattern {
    bytes: Vec<u8>,
    word: u64,
    mask: u64,
    /// What it stands for.
    pub means: usize,
}

impl Pattern {
    pub fn new(bytes: Vec<u8>, means: usize) -> Pattern {
        let mut first = [0; 8];
        let short = bytes.len().min(8);
        first[..short].copy_from_slice(&bytes[..short]);
        let mask = if short == 8 { u64::MAX } else { (1 << (8 * short)) - 1 };
        Pattern { word: u64::from_le_bytes(first), mask, bytes, means }
    }

    pub fn len(&self) -> usize {
        self.bytes.len()
    }

    /// Do these bytes begin at `at`? `word` is what [`word_at`] gives there.
    #[inline]
    pub fn is_at(&self, text: &[u8], at: usize, word: u64) -> bool {
        word & self.mask == self.word
            && at + self.bytes.len() <= text.len()
            && (self.bytes.len() <= 8 || text[at + 8..at + self.bytes.len()] == self.bytes[8..])
    }
}

/// The eight bytes at a place, zeros beyond the end.
#[inline(always)]
pub(super) fn word_at(text: &[u8], at: usize) -> u64 {
    let rest = text.get(at..).unwrap_or_default();
    match rest.first_chunk() {
        Some(eight) => u64::from_le_bytes(*eight),
        None => last_word(rest),
    }
}

/// The place of the first byte that is zero, the lowest being 0; 8 if there is none.
#[inline(always)]
pub(super) fn first_zero_byte(word: u64) -> usize {
    const ONES: u64 = 0x0101_0101_0101_0101;
    // Only above a byte of zeros this can be wrong.
    let found = word.wrapping_sub(ONES) & !word & (ONES << 7);
    (found.trailing_zeros() / 8) as usize
}

/// Where a byte is first within `span`, or the end of that. `wanted`: eight times the byte. Quick where it is near.
#[inline(always)]
pub(super) fn find_byte(text: &[u8], span: Range<usize>, wanted: u64) -> usize {
    let mut at = span.start;
    for _ in 0..2 {
        match first_zero_byte(word_at(text, at) ^ wanted) {
            8 => at += 8,
            found => return span.end.min(at + found),
        }
    }
    let rest = text.get(at..span.end).unwrap_or_default();
    memchr(wanted as u8, rest).map_or(span.end, |found| at + found)
}

#[cold]
fn last_word(rest: &[u8]) -> u64 {
    rest.iter().rev().fold(0, |word, &byte| word << 8 | u64::from(byte))
}

/// The first pattern that is at this place.
#[inline]
pub(super) fn find<'p>(patterns: &'p [Pattern], text: &[u8], at: usize) -> Option<&'p Pattern> {
    let word = word_at(text, at);
    patterns.iter().find(|pattern| pattern.is_at(text, at, word))
}

/// A plain decimal number at a place, as JSON writes it, and where it ends. Of more digits, or with an exponent, none.
#[inline]
pub(super) fn number_at(text: &[u8], mut at: usize) -> Option<(f64, usize)> {
    let negative = text.get(at) == Some(&b'-');
    at += usize::from(negative);
    let start = at;
    let mut digits = 0u64;
    let whole = digits_at(text, at, &mut digits);
    at += whole;
    if whole == 0 || whole > 1 && text[start] == b'0' {
        return None;
    }
    let mut decimals = 0;
    if text.get(at) == Some(&b'.') {
        decimals = digits_at(text, at + 1, &mut digits);
        at += 1 + decimals;
        if decimals == 0 {
            return None;
        }
    }
    // Both parts are exact as floating point numbers, so their quotient is the one that reading the digits gives.
    if whole + decimals > 15
        || matches!(text.get(at), Some(b'e' | b'E' | b'.' | b'+' | b'-'))
        || negative && digits == 0
    {
        return None;
    }
    let number = digits as f64 / TENS[decimals];
    Some((if negative { -number } else { number }, at))
}

/// How many digits there are. They are put behind the number, which is wrong where it is longer than twenty.
#[inline(always)]
fn digits_at(text: &[u8], at: usize, number: &mut u64) -> usize {
    let mut count = 0;
    for byte in text.get(at..).unwrap_or_default() {
        let digit = byte.wrapping_sub(b'0');
        if digit > 9 {
            break;
        }
        *number = number.wrapping_mul(10).wrapping_add(u64::from(digit));
        count += 1;
    }
    count
}

const TENS: [f64; 16] =
    [1e0, 1e1, 1e2, 1e3, 1e4, 1e5, 1e6, 1e7, 1e8, 1e9, 1e10, 1e11, 1e12, 1e13, 1e14, 1e15];

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_are_those_that_the_standard_library_reads_or_none() {
        for text in ["0", "7", "-3", "64.5", "2.505", "0.1", "999999999999999", "-0.25", "12.000001"] {
            assert_eq!(number_at(text.as_bytes(), 0), Some((text.parse().unwrap(), text.len())), "{text}");
        }
        for text in
            ["", "-", "01", "1.", ".5", "1e3", "1E3", "1.5e3", "1234567890123456", "-0", "1.2.3", "+1", "1-"]
        {
            assert_eq!(number_at(text.as_bytes(), 0), None, "{text}");
        }
    }

    #[test]
    fn a_byte_is_found_at_any_place_and_not_beyond_the_end() {
        let commas = u64::from_le_bytes([b','; 8]);
        for length in 0..70 {
            // Bytes that differ from a comma by one bit or by one stand around it.
            let text = "-+\u{1}=.*".repeat(12);
            let mut bytes = text.as_bytes()[..length].to_vec();
            assert_eq!(find_byte(&bytes, 0..length, commas), length, "none in {length}");
            bytes.extend(*b",-,");
            for start in 0..=length {
                assert_eq!(find_byte(&bytes, start..bytes.len(), commas), length, "{start} to {length}");
                for end in start..=length {
                    assert_eq!(find_byte(&bytes, start..end, commas), end, "beyond the end");
                }
            }
        }
    }

    #[test]
    fn a_pattern_is_found_up_to_the_end_of_the_text_and_not_beyond() {
        let patterns = [Pattern::new(b"no\"".to_vec(), 1), Pattern::new(b"nothing_at_all\"".to_vec(), 2)];
        let found = |text: &str| find(&patterns, text.as_bytes(), 0).map(|pattern| pattern.means);
        assert_eq!(found("no\""), Some(1));
        assert_eq!(found("no\", and more"), Some(1));
        assert_eq!(found("nothing_at_all\""), Some(2));
        assert_eq!(found("nothing_at_al"), None);
        assert_eq!(found("no"), None);
        assert_eq!(found(""), None);
    }
}
