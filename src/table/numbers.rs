//! Which plane a number goes into, on the fast paths.

use crate::circuit::Slot;
use crate::questionnaire::NumberBounds;

/// The answers to one question that takes a number.
pub(super) struct Numbers {
    slot: Slot,
    min: f64,
    max: f64,
    whole: bool,
    /// Those of the whole numbers from 0 on, of which most answers are.
    small: Vec<Option<usize>>,
}

impl Numbers {
    const SMALL: u8 = 128;

    pub fn new(slot: &Slot, bounds: &NumberBounds) -> Numbers {
        let (min, max) = (bounds.min, bounds.max);
        let mut numbers =
            Numbers { slot: slot.clone(), min, max, whole: bounds.decimals == 0, small: Vec::new() };
        numbers.small = (0..Numbers::SMALL).map(|number| numbers.searched(number.into())).collect();
        numbers
    }

    /// `None`: the question doesn't take it.
    #[inline(always)]
    pub fn plane(&self, number: f64) -> Option<usize> {
        let near = number as usize;
        match self.small.get(near) {
            Some(&plane) if near as f64 == number => plane,
            _ => self.searched(number),
        }
    }

    fn searched(&self, number: f64) -> Option<usize> {
        let fits = number >= self.min && number <= self.max && (!self.whole || number.fract() == 0.0);
        let place = self.slot.place_of_number(number).filter(|_| fits)?;
        self.slot.plane_of(place)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::answers::small;
    use crate::circuit::{Batch, Parts};
    use crate::questionnaire::{Audience, Domain};

    fn numbers(question: &str) -> Numbers {
        let questionnaire = small::questionnaire(question, "now: { a: { at_least: 3 } }");
        let batch = Batch::new(&questionnaire, Audience::Patient, Parts::NONE);
        let Domain::Number(bounds) = &questionnaire.questions[0].domain else { panic!("a number") };
        Numbers::new(&batch.slots()[0], bounds)
    }

    #[test]
    fn a_number_that_the_question_does_not_take_goes_nowhere() {
        let whole = numbers("a, type: number, min: 2, max: 1000");
        for number in [-1.0, 0.0, 1.0, 2.5, 1001.0, 127.5, 1e300, f64::NAN, f64::INFINITY] {
            assert_eq!(whole.plane(number), None, "{number}");
        }
        let below_nothing = numbers("a, type: number, min: -5, max: 1000, decimals: 1");
        for number in [-5.0, -0.5, 2.505, 127.0, 128.0, 999.5] {
            assert!(below_nothing.plane(number).is_some(), "{number}");
        }
    }

    #[test]
    fn numbers_on_either_side_of_a_bound_go_apart_and_others_together() {
        let numbers = numbers("a, type: number, min: -5, max: 1000, decimals: 1");
        assert_eq!(numbers.plane(-1.0), numbers.plane(2.0));
        assert_eq!(numbers.plane(2.0), numbers.plane(2.9));
        assert_ne!(numbers.plane(2.9), numbers.plane(3.0));
        assert_eq!(numbers.plane(3.0), numbers.plane(500.0));
    }
}
