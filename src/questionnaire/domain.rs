//! What can be the answer to a question. All that judges and proves looks at this, and never at the control.

use serde::{Deserialize, Serialize};

use super::{Question, Text};

#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub enum Domain {
    /// One of the options. `ordered`: they run from least to most concerning.
    One {
        ordered: bool,
    },
    /// Any of the options together.
    Several,
    Number(NumberBounds),
    Text,
    /// There is no answer.
    Nothing,
}

#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct NumberBounds {
    pub min: f64,
    pub max: f64,
    /// Digits after the point.
    pub decimals: u8,
    pub unit: Option<Text>,
    /// In what else it may be typed.
    pub others: Vec<OtherUnit>,
    /// What is usual, where whoever asks is to see at once that a number is not.
    pub reference: Option<Reference>,
}

/// The usual numbers, both ends among them; one end at least is there.
#[derive(Debug, Clone, Copy, PartialEq, Serialize, Deserialize)]
pub struct Reference {
    pub min: Option<f64>,
    pub max: Option<f64>,
}

/// How a number lies to its reference range.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Beside {
    Low,
    Within,
    High,
}

impl Reference {
    pub fn place(&self, number: f64) -> Beside {
        match (self.min, self.max) {
            (Some(min), _) if number < min => Beside::Low,
            (_, Some(max)) if number > max => Beside::High,
            _ => Beside::Within,
        }
    }
}

/// A unit that a number may be typed in although the answer is in the unit of its question.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct OtherUnit {
    /// The same in every language.
    pub unit: String,
    /// How many of the question's unit make one of this.
    pub times: f64,
}

impl Question {
    pub fn takes_answer(&self) -> bool {
        match self.domain {
            Domain::One { .. } | Domain::Several | Domain::Number(_) | Domain::Text => true,
            Domain::Nothing => false,
        }
    }

    /// Several options may be an answer together.
    pub fn takes_several(&self) -> bool {
        match self.domain {
            Domain::Several => true,
            Domain::One { .. } | Domain::Number(_) | Domain::Text | Domain::Nothing => false,
        }
    }

    /// Of a number: what is usual.
    pub fn reference(&self) -> Option<Reference> {
        match &self.domain {
            Domain::Number(bounds) => bounds.reference,
            Domain::One { .. } | Domain::Several | Domain::Text | Domain::Nothing => None,
        }
    }

    /// Of a number: the smallest and the largest answer.
    pub fn limits(&self) -> Option<(f64, f64)> {
        match &self.domain {
            Domain::Number(bounds) => Some((bounds.min, bounds.max)),
            Domain::One { .. } | Domain::Several | Domain::Text | Domain::Nothing => None,
        }
    }
}
