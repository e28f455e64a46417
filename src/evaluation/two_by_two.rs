//! A test held against what was true: the table of four, and the figures that are worked out from it.

use crate::population::Interval;

/// How many people a test found, and how many had what it looks for.
///
/// Names as in STARD 2015: a case has the condition, and a test is positive or negative.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct TwoByTwo {
    pub true_positive: u64,
    pub false_positive: u64,
    pub false_negative: u64,
    pub true_negative: u64,
}

/// A likelihood ratio, with its interval where that can be worked out.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Ratio {
    pub value: f64,
    /// 95 %, by the logarithm (Simel, Samsa and Matchar 1991); `None` where a number that it divides by is 0.
    pub interval: Option<(f64, f64)>,
}

impl TwoByTwo {
    pub fn add(&mut self, positive: bool, case: bool) {
        *match (positive, case) {
            (true, true) => &mut self.true_positive,
            (true, false) => &mut self.false_positive,
            (false, true) => &mut self.false_negative,
            (false, false) => &mut self.true_negative,
        } += 1;
    }

    pub fn cases(&self) -> u64 {
        self.true_positive + self.false_negative
    }

    pub fn others(&self) -> u64 {
        self.false_positive + self.true_negative
    }

    pub fn positive(&self) -> u64 {
        self.true_positive + self.false_positive
    }

    pub fn negative(&self) -> u64 {
        self.false_negative + self.true_negative
    }

    /// Of those who have it, the share found; `None` without a case.
    pub fn sensitivity(&self) -> Option<Interval> {
        share(self.true_positive, self.cases())
    }

    /// Of those who don't have it, the share not found.
    pub fn specificity(&self) -> Option<Interval> {
        share(self.true_negative, self.others())
    }

    /// Of those found, the share who have it.
    pub fn positive_predictive_value(&self) -> Option<Interval> {
        share(self.true_positive, self.positive())
    }

    /// Of those not found, the share who don't have it.
    pub fn negative_predictive_value(&self) -> Option<Interval> {
        share(self.true_negative, self.negative())
    }

    /// How many times as often a case is found as anybody else; `None` where nobody else is, or there are no others
    /// or no cases.
    pub fn positive_likelihood_ratio(&self) -> Option<Ratio> {
        ratio((self.true_positive, self.cases()), (self.false_positive, self.others()))
    }

    /// How many times as often a case is missed as anybody else is not found.
    pub fn negative_likelihood_ratio(&self) -> Option<Ratio> {
        ratio((self.false_negative, self.cases()), (self.true_negative, self.others()))
    }
}

fn share(count: u64, of: u64) -> Option<Interval> {
    (of > 0).then(|| Interval::of(count, of))
}

/// One share divided by another.
fn ratio((one, of_one): (u64, u64), (other, of_other): (u64, u64)) -> Option<Ratio> {
    if of_one == 0 || of_other == 0 || other == 0 {
        return None;
    }
    let share = |count: u64, of: u64| count as f64 / of as f64;
    let value = share(one, of_one) / share(other, of_other);
    let interval = (one > 0).then(|| {
        let variance = 1.0 / one as f64 - 1.0 / of_one as f64 + 1.0 / other as f64 - 1.0 / of_other as f64;
        let factor = (Interval::Z * variance.sqrt()).exp();
        (value / factor, value * factor)
    });
    Some(Ratio { value, interval })
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Simel, Samsa and Matchar, J Clin Epidemiol 1991;44:763-70, whose example is a table of 160 with a serum
    /// ferritin: the formulas are theirs; the figures here were worked out by hand from them.
    #[test]
    fn ratios_and_their_intervals_are_those_of_the_formula() {
        let table = TwoByTwo { true_positive: 90, false_positive: 30, false_negative: 10, true_negative: 70 };
        let near = |one: f64, other: f64| (one - other).abs() < 5e-4;
        let positive = table.positive_likelihood_ratio().expect("a ratio");
        assert!(near(positive.value, 3.0), "{positive:?}");
        // exp(1.959964 · √(1/90 − 1/100 + 1/30 − 1/100)) = exp(1.959964 · 0.156347) = 1.358628
        let (low, high) = positive.interval.expect("an interval");
        assert!(near(low, 3.0 / 1.358_628) && near(high, 3.0 * 1.358_628), "{low} {high}");
        let negative = table.negative_likelihood_ratio().expect("a ratio");
        assert!(near(negative.value, 1.0 / 7.0), "{negative:?}");
    }

    #[test]
    fn what_would_be_divided_by_nobody_is_not_said() {
        let nobody = TwoByTwo::default();
        assert_eq!(nobody.sensitivity(), None);
        assert_eq!(nobody.negative_predictive_value(), None);
        assert_eq!(nobody.positive_likelihood_ratio(), None);
        let perfect = TwoByTwo { true_positive: 5, true_negative: 5, ..nobody };
        assert_eq!(perfect.positive_likelihood_ratio(), None, "it would be infinite");
        let missed_none = perfect.negative_likelihood_ratio().expect("zero is a ratio");
        assert_eq!(missed_none, Ratio { value: 0.0, interval: None });
    }
}
