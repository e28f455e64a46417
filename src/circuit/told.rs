//! What is told of a sheet, as bits: for each level, rule, question and step whether it is.

use std::ops::Range;

use crate::questionnaire::Questionnaire;
#[cfg(doc)]
use crate::questionnaire::Rule;
use crate::triage::Assessment;

/// Beside the levels and the rules, what is to be told.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Parts {
    pub unanswered: bool,
    pub set_aside: bool,
    /// Which words of a rule, and which next steps.
    pub words: bool,
}

impl Parts {
    pub const ALL: Parts = Parts { unanswered: true, set_aside: true, words: true };
    pub const NONE: Parts = Parts { unanswered: false, set_aside: false, words: false };
}

/// What is told of one sheet.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct JudgedSheet {
    pub assessment: Assessment,
    /// For each true rule which of its words are told, by their place among [`Rule::wordings`].
    pub wordings: Vec<usize>,
    /// The next steps that are shown, by their places in the questionnaire.
    pub steps: Vec<usize>,
}

/// Where the bits are.
#[derive(Debug, Clone)]
pub struct Shape {
    pub parts: Parts,
    levels: usize,
    rules: Range<usize>,
    unanswered: Range<usize>,
    set_aside: Range<usize>,
    /// For each rule a bit for each of its words that has a condition.
    because_if: Vec<Range<usize>>,
    steps: Range<usize>,
    bits: usize,
}

impl Shape {
    pub fn new(questionnaire: &Questionnaire, parts: Parts) -> Shape {
        let mut bits = 3 * questionnaire.levels.len();
        let mut take = |count: usize, is_told: bool| {
            let start = bits;
            bits += if is_told { count } else { 0 };
            start..bits
        };
        let rules = take(questionnaire.rules.len(), true);
        let unanswered = take(questionnaire.questions.len(), parts.unanswered);
        let set_aside = take(questionnaire.questions.len(), parts.set_aside);
        let because_if =
            questionnaire.rules.iter().map(|rule| take(rule.because_if.len(), parts.words)).collect();
        let steps = take(questionnaire.next_steps.len(), parts.words);
        let levels = questionnaire.levels.len();
        Shape { parts, levels, rules, unanswered, set_aside, because_if, steps, bits }
    }

    /// Words of 64 bits for a sheet.
    pub fn words(&self) -> usize {
        self.bits.div_ceil(64)
    }

    /// The bits of a sheet that was judged in another way.
    pub fn bits_of(&self, judged: &JudgedSheet) -> Vec<u64> {
        let mut bits = vec![0u64; self.words()];
        let mut set = |bit: usize| bits[bit / 64] |= 1 << (bit % 64);
        let of = &judged.assessment;
        for (at, level) in [of.level, of.certain, of.possible].into_iter().enumerate() {
            (level..self.levels).for_each(|reached| set(at * self.levels + reached));
        }
        of.rules.iter().for_each(|rule| set(self.rules.start + rule));
        if self.parts.unanswered {
            of.unanswered.iter().for_each(|question| set(self.unanswered.start + question));
        }
        if self.parts.set_aside {
            of.set_aside.iter().for_each(|question| set(self.set_aside.start + question));
        }
        if self.parts.words {
            for (&rule, &wording) in of.rules.iter().zip(&judged.wordings) {
                let entries = &self.because_if[rule];
                if wording < entries.len() {
                    set(entries.start + wording);
                }
            }
            judged.steps.iter().for_each(|step| set(self.steps.start + step));
        }
        bits
    }

    pub fn told<'t>(&'t self, bits: &'t [u64]) -> Told<'t> {
        Told { shape: self, bits }
    }
}

/// What is told of one sheet.
#[derive(Clone, Copy)]
pub struct Told<'t> {
    shape: &'t Shape,
    bits: &'t [u64],
}

impl<'t> Told<'t> {
    fn holds(&self, bit: usize) -> bool {
        self.bits[bit / 64] >> (bit % 64) & 1 == 1
    }

    fn first_reached(&self, which: usize) -> usize {
        let start = which * self.shape.levels;
        // The last level is always reached.
        (start..start + self.shape.levels - 1).take_while(|&level| !self.holds(level)).count()
    }

    pub fn level(&self) -> usize {
        self.first_reached(0)
    }

    pub fn certain(&self) -> usize {
        self.first_reached(1)
    }

    pub fn possible(&self) -> usize {
        self.first_reached(2)
    }

    /// Every question that is asked has its answer.
    pub fn complete(&self) -> bool {
        self.unanswered().next().is_none()
    }

    pub fn rules(&self) -> impl Iterator<Item = usize> + 't {
        self.set_in(&self.shape.rules)
    }

    pub fn unanswered(&self) -> impl Iterator<Item = usize> + 't {
        self.set_in(&self.shape.unanswered)
    }

    pub fn set_aside(&self) -> impl Iterator<Item = usize> + 't {
        self.set_in(&self.shape.set_aside)
    }

    pub fn steps(&self) -> impl Iterator<Item = usize> + 't {
        self.set_in(&self.shape.steps)
    }

    /// Which words of a true rule are told.
    pub fn wording(&self, rule: usize) -> usize {
        let entries = self.shape.because_if[rule].clone();
        let count = entries.len();
        entries.into_iter().position(|entry| self.holds(entry)).unwrap_or(count)
    }

    pub fn judged(&self) -> JudgedSheet {
        let assessment = Assessment {
            level: self.level(),
            certain: self.certain(),
            possible: self.possible(),
            complete: self.complete(),
            rules: self.rules().collect(),
            unanswered: self.unanswered().collect(),
            set_aside: self.set_aside().collect(),
        };
        let wordings = assessment.rules.iter().map(|&rule| self.wording(rule)).collect();
        JudgedSheet { wordings, steps: self.steps().collect(), assessment }
    }

    /// The bits that are set in a range, counted from its start.
    fn set_in(&self, range: &Range<usize>) -> impl Iterator<Item = usize> + 't {
        let (bits, start, end) = (self.bits, range.start, range.end);
        let word = move |at: usize| match bits.get(at) {
            Some(&word) if at * 64 < end => {
                let cut = if start > at * 64 { u64::MAX << (start - at * 64).min(63) } else { u64::MAX };
                let kept = end - at * 64;
                word & cut & if kept < 64 { (1 << kept) - 1 } else { u64::MAX }
            }
            _ => 0,
        };
        let mut at = start / 64;
        let mut left = if start < end { word(at) } else { 0 };
        std::iter::from_fn(move || {
            while left == 0 {
                at += 1;
                if at * 64 >= end {
                    return None;
                }
                left = word(at);
            }
            let bit = at * 64 + left.trailing_zeros() as usize;
            left &= left - 1;
            Some(bit - start)
        })
    }
}
