//! How something that was answered "not sure" is asked once more before a result that hangs on it.

use serde::{Deserialize, Serialize};

use super::{Choice, Concern, Control, Domain, OptionIndex, Question, Text};

/// What an author says for asking once more. At least one of the two is there.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Settle {
    /// The question; of an option one to be answered with yes or no, where yes means the option.
    pub ask: Option<Text>,
    /// What the person can do to find out.
    pub test: Option<Text>,
}

impl Question {
    /// A question about one option of this list, to be answered with yes or no.
    pub fn as_yes_no(&self, ask: Text, hint: Option<Text>, no_and_yes: Vec<Choice>) -> Question {
        Question {
            domain: Domain::One { ordered: true },
            control: Control::YesNo,
            ask,
            hint,
            unsure: true,
            optional: false,
            options: no_and_yes,
            concern: Concern::ByType,
            say: None,
            phrase: None,
            settle: None,
            code: None,
            ..self.clone()
        }
    }

    /// Of a list that is asked once more option by option, the one that means that nothing of it is there.
    ///
    /// `None`: it is asked once more as a whole, as everything with one answer is, and a list in which "no" to all
    /// options can't be said.
    pub fn none_of_all(&self) -> Option<OptionIndex> {
        match self.control {
            Control::List if self.takes_several() => {}
            _ => return None,
        }
        let mut alone = self.exclusive().iter();
        let none = alone.next()?;
        alone.next().is_none().then_some(none)
    }
}
