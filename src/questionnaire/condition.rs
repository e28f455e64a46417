//! Conditions on answers, with names resolved.

use serde::{Deserialize, Serialize};

use super::{DefinitionIndex, OptionIndex, QuestionIndex, RuleIndex};

/// True, false or unknown for a sheet of answers; `answers::truth` evaluates it.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub enum Condition {
    All(Vec<Condition>),
    Any(Vec<Condition>),
    Not(Box<Condition>),
    /// At least this many of these.
    AtLeast(usize, Vec<Condition>),
    /// The answer is, or contains, one of these options. `at_least`, `above` and `below` on an ordered
    /// one_of are this too: the set of the positions they allow.
    Has(QuestionIndex, OptionSet),
    /// The answer is, or contains, "I'm not sure".
    Unsure(QuestionIndex),
    /// The answer to a number or scale question compared with a constant.
    Number(QuestionIndex, Comparison, f64),
    Definition(DefinitionIndex),
    /// One of these rules is true. Not in `ask_if`, definitions and rules.
    Rule(Vec<RuleIndex>),
    /// Some live question was answered with unsure. Not in `ask_if`, definitions and rules.
    UnsureAnswers,
}

impl Condition {
    /// Calls `look` with the condition and then with all that stands in it, but not with what a name stands for.
    pub fn visit<'a>(&'a self, look: &mut impl FnMut(&'a Condition)) {
        look(self);
        match self {
            Condition::All(parts) | Condition::Any(parts) | Condition::AtLeast(_, parts) => {
                parts.iter().for_each(|part| part.visit(look));
            }
            Condition::Not(part) => part.visit(look),
            Condition::Has(..)
            | Condition::Unsure(_)
            | Condition::Number(..)
            | Condition::Definition(_)
            | Condition::Rule(_)
            | Condition::UnsureAnswers => {}
        }
    }
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub enum Comparison {
    AtLeast,
    Above,
    Below,
}

impl Comparison {
    pub fn holds(self, number: f64, bound: f64) -> bool {
        match self {
            Comparison::AtLeast => number >= bound,
            Comparison::Above => number > bound,
            Comparison::Below => number < bound,
        }
    }
}

/// A set of options of one question; a question has at most 64.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Hash, Serialize, Deserialize)]
pub struct OptionSet(u64);

impl OptionSet {
    pub const EMPTY: OptionSet = OptionSet(0);
    pub const CAPACITY: usize = 64;

    pub fn one(option: OptionIndex) -> OptionSet {
        OptionSet(1 << option)
    }

    pub fn contains(self, option: OptionIndex) -> bool {
        option < Self::CAPACITY && self.0 & (1 << option) != 0
    }

    pub fn intersects(self, other: OptionSet) -> bool {
        self.0 & other.0 != 0
    }

    pub fn is_empty(self) -> bool {
        self.0 == 0
    }

    pub fn len(self) -> usize {
        self.0.count_ones() as usize
    }

    #[must_use]
    pub fn with(self, option: OptionIndex) -> OptionSet {
        OptionSet(self.0 | 1 << option)
    }

    #[must_use]
    pub fn without(self, other: OptionSet) -> OptionSet {
        OptionSet(self.0 & !other.0)
    }

    #[must_use]
    pub fn union(self, other: OptionSet) -> OptionSet {
        OptionSet(self.0 | other.0)
    }

    #[must_use]
    pub fn intersection(self, other: OptionSet) -> OptionSet {
        OptionSet(self.0 & other.0)
    }

    /// The options in the order of the file.
    pub fn iter(self) -> impl Iterator<Item = OptionIndex> {
        let mut left = self.0;
        std::iter::from_fn(move || {
            let option = (left != 0).then(|| left.trailing_zeros() as usize)?;
            left &= left - 1;
            Some(option)
        })
    }
}

impl FromIterator<OptionIndex> for OptionSet {
    fn from_iter<I: IntoIterator<Item = OptionIndex>>(options: I) -> OptionSet {
        options.into_iter().fold(OptionSet::EMPTY, OptionSet::with)
    }
}
