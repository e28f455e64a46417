//! Which of a few texts a cell holds, in about the same time however many there are and whichever it is.

use std::ops::Range;

use super::quick::word_at;

/// No table of places is larger.
const MOST_PLACES: u32 = 12;
/// So many factors are tried before the table is made larger.
const TRIES: u64 = 64;

/// Some texts, each with what it stands for. Each has a place of its own in a table, found by a product of its bytes.
pub(super) struct Choices {
    texts: Vec<(Vec<u8>, usize)>,
    /// Empty where no factor parts all texts: they are then compared in turn.
    places: Vec<Place>,
    factor: u64,
    shift: u32,
}

#[derive(Clone, Copy)]
struct Place {
    key: Key,
    /// In bytes. No text is as long as that of an empty place.
    length: u32,
    number: u32,
    means: usize,
}

const EMPTY: Place =
    Place { key: Key { first: 0, middle: 0, last: 0 }, length: u32::MAX, number: 0, means: 0 };

/// A text as numbers: its first eight bytes, its last eight if it has more, and what is between these if it has more
/// than sixteen. Only of more than [`EXACT`] bytes the latter are not as they are.
#[derive(Clone, Copy, PartialEq)]
struct Key {
    first: u64,
    middle: u64,
    last: u64,
}

/// In bytes: of no longer text another one has the same key.
const EXACT: usize = 24;

impl Choices {
    /// Texts with what they stand for.
    pub fn new<'t>(texts: impl Iterator<Item = (&'t str, usize)>) -> Choices {
        let texts = texts.map(|(text, means)| (text.as_bytes().to_vec(), means)).collect();
        let mut choices = Choices { texts, places: Vec::new(), factor: 0, shift: 0 };
        let smallest = choices.texts.len().next_power_of_two().ilog2() + 1;
        for size in smallest..=MOST_PLACES {
            for number in 1..=TRIES {
                // The golden ratio; its multiples have bits set all over.
                choices.factor = 0x9E37_79B9_7F4A_7C15_u64.wrapping_mul(2 * number + 1);
                choices.shift = u64::BITS - size;
                if let Some(places) = choices.placed(1 << size) {
                    choices.places = places;
                    return choices;
                }
            }
        }
        choices
    }

    /// A place for each text, if no two have the same.
    fn placed(&self, size: usize) -> Option<Vec<Place>> {
        let mut places = vec![EMPTY; size];
        for (number, (text, means)) in self.texts.iter().enumerate() {
            let key = key(text, 0..text.len(), word_at(text, 0));
            let place = &mut places[self.place(key)];
            (place.length == EMPTY.length).then_some(())?;
            let (length, number) = (u32::try_from(text.len()).ok()?, u32::try_from(number).ok()?);
            *place = Place { key, length, number, means: *means };
        }
        Some(places)
    }

    #[inline(always)]
    fn place(&self, key: Key) -> usize {
        let all = key.first ^ key.middle.rotate_left(47) ^ key.last.rotate_left(25);
        (all.wrapping_mul(self.factor) >> self.shift) as usize
    }

    /// What the text in this part of `bytes` stands for.
    #[inline(always)]
    pub fn find(&self, bytes: &[u8], span: Range<usize>) -> Option<usize> {
        let word = word_at(bytes, span.start);
        self.find_from(bytes, span, word)
    }

    /// The same for a part whose first eight bytes are known, as [`word_at`] gives them.
    #[inline(always)]
    pub fn find_from(&self, bytes: &[u8], span: Range<usize>, word: u64) -> Option<usize> {
        let length = span.end.wrapping_sub(span.start);
        let key = key(bytes, span.clone(), word);
        let Some(place) = self.places.get(self.place(key)) else {
            return self.search(bytes.get(span)?);
        };
        if place.key != key || place.length as usize != length {
            return None;
        }
        (length <= EXACT || self.is(place, bytes, span)).then_some(place.means)
    }

    #[inline(never)]
    fn is(&self, place: &Place, bytes: &[u8], span: Range<usize>) -> bool {
        self.texts.get(place.number as usize).is_some_and(|(text, _)| bytes.get(span) == Some(text))
    }

    #[cold]
    fn search(&self, text: &[u8]) -> Option<usize> {
        self.texts.iter().find(|(known, _)| known == text).map(|(_, means)| *means)
    }
}

/// `word`: the eight bytes at the start.
#[inline(always)]
fn key(bytes: &[u8], span: Range<usize>, word: u64) -> Key {
    let length = span.end.wrapping_sub(span.start);
    match length {
        0..=8 => {
            let first = word & u64::MAX.wrapping_shr(u64::BITS.wrapping_sub(8 * length as u32));
            Key { first, middle: 0, last: 0 }
        }
        9..=16 => Key { first: word, middle: 0, last: word_at(bytes, span.end - 8) },
        17..=EXACT => {
            Key { first: word, middle: word_at(bytes, span.start + 8), last: word_at(bytes, span.end - 8) }
        }
        _ => Key {
            first: word,
            middle: folded(bytes, span.start + 8..span.end.saturating_sub(8)),
            last: word_at(bytes, span.end.saturating_sub(8)),
        },
    }
}

/// Bytes laid one over the other.
#[inline(never)]
fn folded(bytes: &[u8], span: Range<usize>) -> u64 {
    bytes.get(span).unwrap_or_default().chunks(8).fold(0, |folded, chunk| {
        (folded ^ word_at(chunk, 0)).rotate_left(25).wrapping_mul(0xD6E8_FEB8_6659_FD93)
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn choices(texts: &[&str]) -> Choices {
        Choices::new(texts.iter().copied().zip(3..))
    }

    fn found(texts: &[&str], text: &str) -> Option<usize> {
        let choices = choices(texts);
        let around = format!("no {text} none");
        choices.find(around.as_bytes(), 3..3 + text.len())
    }

    #[test]
    fn a_text_is_found_by_all_of_its_bytes() {
        let texts = [
            "no",
            "none",
            "with_movement",
            "with_rest",
            "long_with_1_middle",
            "long_with_2_middle",
            "a_long_id_with_1_in_the_middle",
            "a_long_id_with_2_in_the_middle",
        ];
        for (at, text) in texts.into_iter().enumerate() {
            assert_eq!(found(&texts, text), Some(3 + at), "{text}");
        }
        for text in
            ["", "n", "non", "nones", "No", "with_moveme", "with_movements", "a_long_id_with_3_in_the_middle"]
        {
            assert_eq!(found(&texts, text), None, "{text}");
        }
        assert_eq!(found(&[], "no"), None);
        assert_eq!(choices(&["no"]).find(b"no", 0..2), Some(3), "at the end of all bytes");
    }

    #[test]
    fn another_text_with_the_same_key_is_not_found() {
        let known = *b"eight___sixteen_letters_in_all__";
        let key = |text: &[u8]| super::key(text, 0..text.len(), word_at(text, 0));
        let (second, third) = (word_at(&known, 8), word_at(&known, 16));
        let turned = |word: u64| folded(&word.to_le_bytes(), 0..8);
        let changed = second ^ 1;
        let mut other = known;
        other[8..16].copy_from_slice(&changed.to_le_bytes());
        other[16..24].copy_from_slice(&(third ^ turned(second) ^ turned(changed)).to_le_bytes());
        assert!(other != known && key(&known) == key(&other));
        let choices = choices(&["eight___sixteen_letters_in_all__"]);
        assert_eq!((choices.find(&known, 0..32), choices.find(&other, 0..32)), (Some(3), None));
    }

    #[test]
    fn as_many_as_a_question_can_have_are_parted_by_a_table() {
        let texts: Vec<String> = (0..65).map(|at| format!("option_{at}")).collect();
        let choices = Choices::new(texts.iter().map(String::as_str).zip(0..));
        assert!(!choices.places.is_empty());
        for (at, text) in texts.iter().enumerate() {
            assert_eq!(choices.find(text.as_bytes(), 0..text.len()), Some(at), "{text}");
        }
    }

    #[test]
    fn texts_that_no_table_parts_are_compared_in_turn() {
        let mut choices = choices(&["no", "yes"]);
        choices.places.clear();
        assert_eq!((choices.find(b"yes", 0..3), choices.find(b"no!", 0..3)), (Some(4), None));
    }
}
