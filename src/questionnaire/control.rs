//! With what a question is answered. The shells look at this; to all that judges it makes no difference.

use serde::{Deserialize, Serialize};

use super::{Domain, Question, Text};

#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub enum Control {
    /// Lines to choose from, of one option or several.
    List,
    /// The options `no` and `yes`, which a file doesn't write.
    YesNo,
    /// A drawn figure whose parts are the options.
    Figure,
    /// A line to type a number or words in.
    Field,
    /// Whole numbers side by side, at most 21 of them, with words at some.
    Scale { labels: Vec<(i32, Text)> },
    /// A page to read.
    Note,
}

impl Question {
    /// The `type` that a file writes.
    pub fn type_name(&self) -> &'static str {
        match (&self.control, &self.domain) {
            (Control::List, Domain::Several) => "many_of",
            (Control::List, _) => "one_of",
            (Control::YesNo, _) => "yes_no",
            (Control::Figure, _) => "body_map",
            (Control::Field, Domain::Text) => "text",
            (Control::Field, _) => "number",
            (Control::Scale { .. }, _) => "scale",
            (Control::Note, _) => "note",
        }
    }

    pub fn is_yes_no(&self) -> bool {
        self.control == Control::YesNo
    }

    /// The options are in an order that the file writes; "no" and "yes" need none.
    pub fn is_written_in_order(&self) -> bool {
        self.control == Control::List && self.domain == Domain::One { ordered: true }
    }

    /// Of a scale: the words at some of its values, from low to high.
    pub fn labels(&self) -> &[(i32, Text)] {
        match &self.control {
            Control::Scale { labels } => labels,
            _ => &[],
        }
    }

    /// Of a scale: its first and its last value.
    pub fn scale(&self) -> Option<(i32, i32)> {
        match (&self.control, &self.domain) {
            (Control::Scale { .. }, Domain::Number(bounds)) => Some((bounds.min as i32, bounds.max as i32)),
            _ => None,
        }
    }
}
