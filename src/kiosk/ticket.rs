//! The number under which staff are called to somebody: two letters and two digits that nobody mistakes for others, and
//! that don't follow from the last.

use rustix::rand::{GetRandomFlags, getrandom};

/// Without vowels, which make words, and without what looks like a digit.
const LETTERS: &[u8] = b"CDFHJKMNPRTVWXY";
const DIGITS: &[u8] = b"23456789";

/// A new ticket, such as `KD47`.
pub fn new() -> String {
    let from = |signs: &'static [u8]| char::from(signs[random_below(signs.len())]);
    [LETTERS, LETTERS, DIGITS, DIGITS].map(from).into_iter().collect()
}

/// Each as likely as any other.
fn random_below(limit: usize) -> usize {
    let largest = 256 / limit * limit;
    loop {
        let mut byte = [0_u8];
        // The system has numbers long before this program runs; without any, one ticket is as good as another.
        let _ = getrandom(&mut byte, GetRandomFlags::empty());
        if usize::from(byte[0]) < largest {
            return usize::from(byte[0]) % limit;
        }
    }
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use super::*;

    #[test]
    fn tickets_are_short_and_differ() {
        let tickets: BTreeSet<String> = (0..200).map(|_| new()).collect();
        assert!(tickets.len() > 150, "{tickets:?}");
        for ticket in tickets {
            let bytes = ticket.as_bytes();
            assert!(bytes[..2].iter().all(|letter| LETTERS.contains(letter)), "{ticket}");
            assert!(bytes.len() == 4 && bytes[2..].iter().all(|digit| DIGITS.contains(digit)), "{ticket}");
        }
    }
}
