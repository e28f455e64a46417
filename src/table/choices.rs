//! Which of a few texts a cell holds, in about the same time however many there are and whichever it is.

use std::ops::Range;

use super::quick::word_at;

/// No table of places is larger.
const MOST_PLACES: u32 = 12;
/// So many factors are tried before the table is made larger.
const TRIES: u64 = 64;

/// Some texts, each with what it stands for. Each has a place of its own in a table, found by a product of its bytes.
pub(super) struct Choices {
    texts: Vec<Vec<u8>>,
    /// Empty where no factor parts all texts: they are then compared in turn.
    places: Vec<Place>,
    factor: u64,
    shift: u32,
    first: usize,
}

#[derive(Clone, Copy)]
struct Place {
    key: u64,
    /// In bytes. No text is as long as that of an empty place.
    length: u32,
    number: u32,
}

const EMPTY: Place = Place { key: 0, length: u32::MAX, number: 0 };

impl Choices {
    /// The texts stand for `first` and what follows.
    pub fn new<'t>(texts: impl Iterator<Item = &'t str>, first: usize) -> Choices {
        let texts = texts.map(|text| text.as_bytes().to_vec()).collect();
        let mut choices = Choices { texts, places: Vec::new(), factor: 0, shift: 0, first };
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
        for (number, text) in self.texts.iter().enumerate() {
            let key = key(text, 0..text.len());
            let place = &mut places[self.place(key)];
            (place.length == EMPTY.length).then_some(())?;
            *place =
                Place { key, length: u32::try_from(text.len()).ok()?, number: u32::try_from(number).ok()? };
        }
        Some(places)
    }

    #[inline(always)]
    fn place(&self, key: u64) -> usize {
        (key.wrapping_mul(self.factor) >> self.shift) as usize
    }

    /// What the text in this part of `bytes` stands for.
    #[inline(always)]
    pub fn find(&self, bytes: &[u8], span: Range<usize>) -> Option<usize> {
        let key = key(bytes, span.clone());
        let Some(place) = self.places.get(self.place(key)) else {
            return self.search(bytes.get(span)?);
        };
        if place.key != key || place.length as usize != span.len() {
            return None;
        }
        let number = place.number as usize;
        // Of up to eight bytes the key is the text.
        if span.len() > 8 && self.texts[number] != bytes[span] {
            return None;
        }
        Some(self.first + number)
    }

    #[cold]
    fn search(&self, text: &[u8]) -> Option<usize> {
        self.texts.iter().position(|known| known == text).map(|number| self.first + number)
    }
}

/// A text as a number: up to eight bytes as they are, of more all of them one over the other.
#[inline(always)]
fn key(bytes: &[u8], span: Range<usize>) -> u64 {
    let mut at = span.start;
    let mut key = 0u64;
    while span.end.saturating_sub(at) > 8 {
        key = (key ^ word_at(bytes, at)).rotate_left(25).wrapping_mul(0xD6E8_FEB8_6659_FD93);
        at += 8;
    }
    let left = span.end.saturating_sub(at) as u32;
    let mask = u64::MAX.checked_shr(u64::BITS - 8 * left).unwrap_or(0);
    key ^ word_at(bytes, at) & mask
}

#[cfg(test)]
mod tests {
    use super::*;

    fn found(texts: &[&str], text: &str) -> Option<usize> {
        let choices = Choices::new(texts.iter().copied(), 3);
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
        assert_eq!(Choices::new(["no"].into_iter(), 0).find(b"no", 0..2), Some(0), "at the end of all bytes");
    }

    #[test]
    fn another_text_with_the_same_key_is_not_found() {
        let known = *b"sixteen_letters_";
        let (first, last) = (word_at(&known, 0), word_at(&known, 8));
        let turned = |word: u64| key(&[word.to_le_bytes(), [0; 8]].concat(), 0..16);
        let other = first ^ 1;
        let other = [other.to_le_bytes(), (last ^ turned(first) ^ turned(other)).to_le_bytes()].concat();
        assert_eq!(key(&known, 0..16), key(&other, 0..16));
        let choices = Choices::new(["sixteen_letters_"].into_iter(), 0);
        assert_eq!((choices.find(&known, 0..16), choices.find(&other, 0..16)), (Some(0), None));
    }

    #[test]
    fn as_many_as_a_question_can_have_are_parted_by_a_table() {
        let texts: Vec<String> = (0..65).map(|at| format!("option_{at}")).collect();
        let choices = Choices::new(texts.iter().map(String::as_str), 0);
        assert!(!choices.places.is_empty());
        for (at, text) in texts.iter().enumerate() {
            assert_eq!(choices.find(text.as_bytes(), 0..text.len()), Some(at), "{text}");
        }
    }

    #[test]
    fn texts_that_no_table_parts_are_compared_in_turn() {
        let mut choices = Choices::new(["no", "yes"].into_iter(), 0);
        choices.places.clear();
        assert_eq!((choices.find(b"yes", 0..3), choices.find(b"no!", 0..3)), (Some(1), None));
    }
}
