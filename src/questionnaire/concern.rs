//! What an author says about the answers so that the file can be proved: which are more concerning, and which
//! must never end in a level that is too low.

use serde::{Deserialize, Serialize};

use super::{Domain, OptionIndex, OptionSet, Question, QuestionIndex};

/// Which answers to a question are more concerning than others.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub enum Concern {
    /// As the type of the question says: a later option of an ordered one, yes, an option more.
    ByType,
    /// A higher number.
    Higher,
    /// A lower number.
    Lower,
    /// Any other option than this.
    Least(OptionIndex),
    /// None is, by nature.
    None,
    /// The file does not say.
    Unsaid,
}

/// A property that a questionnaire must have.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub enum Property {
    /// Every option can change something.
    Effect,
    /// A more concerning answer never gives a less urgent level.
    Monotone,
    /// "Not sure" never gives a less urgent level than the least concerning answer.
    UnsureSafe,
    /// At the least urgent level every safety screen was asked and gave no concern; `never_below` holds.
    QuietExit,
}

impl Property {
    /// Every property that can be waived, with its name in a file.
    pub const NAMES: [(&'static str, Property); 4] = [
        ("effect", Property::Effect),
        ("monotone", Property::Monotone),
        ("unsure_safe", Property::UnsureSafe),
        ("quiet_exit", Property::QuietExit),
    ];

    pub fn name(self) -> &'static str {
        Property::NAMES.iter().find(|(_, property)| *property == self).map_or("", |(name, _)| name)
    }
}

/// An intended exception from a property, with its reason.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Waiver {
    pub property: Property,
    pub question: QuestionIndex,
    /// `None`: whatever the answer.
    pub option: Option<OptionIndex>,
    pub because: String,
}

impl Question {
    /// The options than which none is less concerning; empty where there are none or the file does not say.
    pub fn least_concerning(&self) -> OptionSet {
        match (self.concern, &self.domain) {
            (Concern::Least(option), _) => OptionSet::one(option),
            (Concern::ByType, Domain::One { .. }) => OptionSet::one(0),
            (_, Domain::Several) => self.exclusive(),
            (_, Domain::One { .. } | Domain::Number(_) | Domain::Text | Domain::Nothing) => OptionSet::EMPTY,
        }
    }

    /// Whether the file says of some answers that they are of more concern than others.
    pub fn has_direction(&self) -> bool {
        !matches!(self.concern, Concern::None | Concern::Unsaid)
    }

    /// The options that are of concern.
    pub fn concerning(&self) -> OptionSet {
        if self.concern == Concern::None {
            return OptionSet::EMPTY;
        }
        let options = self.options.iter().enumerate();
        let concerning: OptionSet =
            options.filter(|(_, option)| !option.no_concern).map(|(index, _)| index).collect();
        concerning.without(self.least_concerning())
    }
}
