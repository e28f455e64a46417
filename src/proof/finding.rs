//! What was found, before it gets its place in the file.

use crate::circuit::RawSheet;
use crate::questionnaire::diagnostic::Severity;
use crate::questionnaire::yaml::Spot;
use crate::questionnaire::{Audience, QuestionIndex};

/// A property that does not hold, or something to look at.
#[derive(Debug, Clone)]
pub struct Finding {
    pub severity: Severity,
    pub code: &'static str,
    pub message: String,
    pub help: Option<String>,
    pub spot: Option<Spot>,
    pub related: Vec<(Spot, String)>,
    pub example: Option<Example>,
}

/// One sheet, or two that differ in one answer.
#[derive(Debug, Clone)]
pub struct Example {
    pub audience: Audience,
    pub sheets: Vec<RawSheet>,
    /// The question in whose answer they differ.
    pub changed: Option<QuestionIndex>,
    /// What the answer of the second sheet is.
    pub second: &'static str,
    /// For each question whether its answer on the first sheet is other than that of somebody with nothing of concern.
    pub telling: Vec<bool>,
}

/// The place of what is about the file as a whole.
pub const WHOLE_FILE: Spot = Spot::Level(0);

impl Finding {
    pub fn error(code: &'static str, message: impl Into<String>, spot: Spot) -> Finding {
        Finding {
            severity: Severity::Error,
            code,
            message: message.into(),
            help: None,
            spot: Some(spot),
            related: Vec::new(),
            example: None,
        }
    }

    pub fn warning(code: &'static str, message: impl Into<String>, spot: Spot) -> Finding {
        Finding { severity: Severity::Warning, ..Finding::error(code, message, spot) }
    }

    #[must_use]
    pub fn help(mut self, help: impl Into<String>) -> Finding {
        self.help = Some(help.into());
        self
    }

    #[must_use]
    pub fn related(mut self, spot: Spot, what: impl Into<String>) -> Finding {
        self.related.push((spot, what.into()));
        self
    }

    #[must_use]
    pub fn example(mut self, example: Example) -> Finding {
        self.example = Some(example);
        self
    }
}
