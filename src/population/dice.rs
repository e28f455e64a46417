//! Numbers that look random, and are the same for the same seed on every machine.
//!
//! A number follows from the seed, the number of the person, and the name of what is drawn, and from nothing else.
//! So a person keeps every answer but those that a changed figure is about, whatever else is in the file and in which
//! order. The mixer is the finalizer of SplitMix64 (Steele, Lea and Flood 2014, with the constants of Stafford's
//! variant 13); names come in through FNV-1a. Both are whole-number arithmetic alone.

/// What is drawn, as a number: the question or the trait, and where it has parts, the part.
pub fn name(words: &[&str]) -> u64 {
    const BASIS: u64 = 0xCBF2_9CE4_8422_2325;
    const PRIME: u64 = 0x0100_0000_01B3;
    // A byte that no text has separates the words.
    let bytes = words.iter().flat_map(|word| word.bytes().chain([0xFF]));
    mix(bytes.fold(BASIS, |hash, byte| (hash ^ u64::from(byte)).wrapping_mul(PRIME)))
}

/// The dice of one person.
#[derive(Debug, Clone, Copy)]
pub struct Dice(u64);

impl Dice {
    pub fn new(seed: u64, person: u64) -> Dice {
        Dice(mix(mix(seed.wrapping_add(GOLDEN)).wrapping_add(person.wrapping_mul(GOLDEN))))
    }

    /// A number between 0 and 1, and neither of them.
    pub fn throw(self, name: u64) -> f64 {
        const STEP: f64 = 1.0 / (1_u64 << 53) as f64;
        ((mix(self.0 ^ name) >> 11) as f64 + 0.5) * STEP
    }

    /// Another such number for the same name, as often as one is needed.
    pub fn again(self, name: u64, time: u64) -> f64 {
        self.throw(mix(name.wrapping_add(time.wrapping_mul(GOLDEN))))
    }
}

/// 2^64 divided by the golden ratio.
const GOLDEN: u64 = 0x9E37_79B9_7F4A_7C15;

fn mix(mut bits: u64) -> u64 {
    bits = (bits ^ bits >> 30).wrapping_mul(0xBF58_476D_1CE4_E5B9);
    bits = (bits ^ bits >> 27).wrapping_mul(0x94D0_49BB_1331_11EB);
    bits ^ bits >> 31
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_numbers_are_spread_evenly_over_people_names_and_seeds() {
        let mut boxes = [0_u32; 20];
        let mut count = |number: f64| boxes[(number * 20.0) as usize] += 1;
        for at in 0..20_000 {
            count(Dice::new(1, at).throw(name(&["asked"])));
            count(Dice::new(at, 0).throw(name(&["asked"])));
            count(Dice::new(1, 7).throw(name(&[&at.to_string()])));
            count(Dice::new(1, 7).again(name(&["asked"]), at));
        }
        // 4,000 in each, give or take 62.
        assert!(boxes.iter().all(|count| (3690..4310).contains(count)), "{boxes:?}");
    }

    #[test]
    fn what_one_name_throws_says_nothing_of_another() {
        let people = (0..40_000).map(|person| Dice::new(3, person));
        let low = |number: f64| number < 0.5;
        let both = people.filter(|dice| low(dice.throw(name(&["a"]))) && low(dice.throw(name(&["b"]))));
        let both = both.count();
        assert!((9_570..10_430).contains(&both), "{both} of 40,000");
    }

    #[test]
    fn names_in_parts_are_not_names_put_together() {
        assert_ne!(name(&["a", "b"]), name(&["ab"]));
        assert_ne!(name(&["ab", ""]), name(&["a", "b"]));
    }

    /// Whoever writes this generator again must come to these.
    #[test]
    fn the_same_numbers_come_on_every_machine() {
        assert_eq!(name(&["asked"]), 372_436_894_565_288_588);
        assert_eq!(Dice::new(1, 0).throw(name(&["asked"])), 0.38322275182265914);
        assert_eq!(Dice::new(2026, 41).again(name(&["asked", "tick"]), 1), 0.7659639895495627);
    }
}
