//! What came of the people, counted.

use super::Interval;
use super::judge::Judged;
use crate::questionnaire::{LevelIndex, Questionnaire, RuleIndex};

/// What a questionnaire did to a population.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Counts {
    pub people: u64,
    /// For each level those who are told it.
    pub levels: Vec<u64>,
    /// For each rule.
    pub rules: Vec<Deciding>,
    /// For each level those in whom no rule of that level is true: an unsure answer alone decided.
    pub unsure: Vec<u64>,
    /// For each number of questions those who were asked so many.
    pub asked: Vec<u64>,
    /// Those who reach the level that they need, and for each level those who don't and are told it.
    pub reach: Option<Reach>,
    /// Those who lack an answer to something that is asked.
    pub open: u64,
}

/// How often a rule decides.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Deciding {
    /// It is true, and of the level that is told.
    pub decides: u64,
    /// No other true rule is of that level.
    pub alone: u64,
    /// It is true, whatever is told.
    pub holds: u64,
}

#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Reach {
    pub reached: u64,
    pub short: Vec<u64>,
}

/// For each level those who need it.
pub type Needing = Vec<(LevelIndex, u64)>;

impl Counts {
    pub fn new(questionnaire: &Questionnaire, has_needs: bool) -> Counts {
        let levels = questionnaire.levels.len();
        Counts {
            people: 0,
            levels: vec![0; levels],
            rules: vec![Deciding::default(); questionnaire.rules.len()],
            unsure: vec![0; levels],
            asked: vec![0; questionnaire.questions.len() + 1],
            reach: has_needs.then(|| Reach { reached: 0, short: vec![0; levels] }),
            open: 0,
        }
    }

    pub fn add(&mut self, questionnaire: &Questionnaire, judged: &Judged, needing: &Needing) {
        let count = |bits: u64| u64::from(bits.count_ones());
        self.people += count(judged.people);
        self.open += count(judged.open());
        let levels = self.levels.len();
        let told: Vec<u64> = (0..levels).map(|level| judged.told(level)).collect();
        // For each level those in whom one rule of it is true, and those in whom several are.
        let (mut one, mut several) = (vec![0_u64; levels], vec![0_u64; levels]);
        let true_of: Vec<u64> = (0..questionnaire.rules.len()).map(|rule| judged.rule(rule)).collect();
        for (rule, holds) in questionnaire.rules.iter().zip(&true_of) {
            several[rule.level] |= one[rule.level] & holds;
            one[rule.level] |= holds;
        }
        for ((rule, &holds), counted) in questionnaire.rules.iter().zip(&true_of).zip(&mut self.rules) {
            let decides = holds & told[rule.level];
            counted.holds += count(holds);
            counted.decides += count(decides);
            counted.alone += count(decides & !several[rule.level]);
        }
        for level in 0..levels {
            self.levels[level] += count(told[level]);
            if level < questionnaire.last_level() {
                self.unsure[level] += count(told[level] & !one[level]);
            }
        }
        if let Some(reach) = &mut self.reach {
            let reached =
                needing.iter().fold(0, |all, &(level, people)| all | judged.reached(level) & people);
            reach.reached += count(reached);
            for (short, told) in reach.short.iter_mut().zip(&told) {
                *short += count(told & !reached);
            }
        }
        self.add_asked(judged);
    }

    /// Adds up how many questions each was asked: one binary digit a word, all people at once.
    fn add_asked(&mut self, judged: &Judged) {
        let mut digits: Vec<u64> = Vec::new();
        for asked in judged.asked() {
            let mut carry = asked;
            for digit in &mut digits {
                (*digit, carry) = (*digit ^ carry, *digit & carry);
            }
            if carry != 0 {
                digits.push(carry);
            }
        }
        for column in (0..64).filter(|column| judged.people >> column & 1 == 1) {
            let digit = |(place, digit): (usize, &u64)| ((digit >> column & 1) as usize) << place;
            let number: usize = digits.iter().enumerate().map(digit).sum();
            if let Some(people) = self.asked.get_mut(number) {
                *people += 1;
            }
        }
    }

    pub fn level(&self, level: LevelIndex) -> Interval {
        Interval::of(self.levels[level], self.people)
    }

    /// Those decided by unsure answers alone.
    pub fn unsure_alone(&self) -> u64 {
        self.unsure.iter().sum()
    }

    /// The number of questions that this share of the people were asked at the most.
    pub fn asked_at(&self, share: f64) -> usize {
        let wanted = (share * self.people as f64).ceil().max(1.0) as u64;
        let mut so_far = 0;
        let reached = self.asked.iter().position(|people| {
            so_far += people;
            so_far >= wanted
        });
        reached.unwrap_or_default()
    }

    /// The rules that decide for somebody, those that decide for most first.
    pub fn deciding(&self) -> Vec<(RuleIndex, Deciding)> {
        let rules = self.rules.iter().copied().enumerate();
        let mut rules: Vec<(RuleIndex, Deciding)> =
            rules.filter(|(_, counted)| counted.decides > 0).collect();
        rules.sort_by_key(|&(rule, counted)| (std::cmp::Reverse((counted.decides, counted.alone)), rule));
        rules
    }
}
