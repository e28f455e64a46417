//! Mistakes as they are found: with a path instead of a line, which only the marked tree knows.

use std::collections::HashSet;

use super::super::diagnostic::Severity;
use super::names::nearest;
use super::path::{Path, Place, Step};

#[derive(Debug)]
pub(super) struct Mistake {
    pub severity: Severity,
    pub code: &'static str,
    pub message: String,
    pub help: Option<String>,
    pub place: Place,
    /// Another place that has to do with it, and what it is.
    pub related: Vec<(Place, String)>,
    /// Of a translation: the text in the questionnaire.
    pub original: Option<Vec<Step>>,
}

impl Mistake {
    pub fn help(&mut self, help: impl Into<String>) -> &mut Mistake {
        self.help = Some(help.into());
        self
    }

    pub fn original(&mut self, steps: Vec<Step>) -> &mut Mistake {
        self.original = Some(steps);
        self
    }

    pub fn related(&mut self, place: Place, what: impl Into<String>) -> &mut Mistake {
        self.related.push((place, what.into()));
        self
    }
}

/// Parts of the file that are missing or have the wrong shape. They were filled with stand-ins, about which
/// nothing more is to be said.
#[derive(Debug, Default)]
pub(super) struct Holes(HashSet<Vec<Step>>);

impl Holes {
    pub fn add(&mut self, steps: Vec<Step>) {
        self.0.insert(steps);
    }

    /// Whether the value at this path, or something around it, is a stand-in.
    pub fn cover(&self, path: &Path) -> bool {
        !self.0.is_empty() && self.cover_steps(&path.steps())
    }

    fn cover_steps(&self, steps: &[Step]) -> bool {
        !self.0.is_empty() && (0..=steps.len()).any(|length| self.0.contains(&steps[..length]))
    }
}

/// All mistakes of a file, in the order in which they were found.
#[derive(Debug, Default)]
pub(super) struct Mistakes {
    pub found: Vec<Mistake>,
    pub holes: Holes,
    pub has_errors: bool,
    /// How many were left out because there were more than [`Mistakes::MOST`].
    pub left_out: usize,
    /// The last mistake that is not kept.
    dropped: Option<Mistake>,
}

impl Mistakes {
    /// More than this nobody reads, and a hostile file has a million.
    pub const MOST: usize = 200;

    pub fn error(&mut self, place: Place, code: &'static str, message: impl Into<String>) -> &mut Mistake {
        self.add(Severity::Error, place, code, message.into())
    }

    pub fn warning(&mut self, place: Place, code: &'static str, message: impl Into<String>) -> &mut Mistake {
        self.add(Severity::Warning, place, code, message.into())
    }

    pub fn is_full(&self) -> bool {
        self.found.len() >= Self::MOST
    }

    /// The candidate that a wrong word was probably meant to be. Of a mistake that will be left out, none.
    pub fn meant<'c>(&self, word: &str, candidates: impl IntoIterator<Item = &'c str>) -> Option<&'c str> {
        match self.is_full() {
            true => None,
            false => nearest(word, candidates),
        }
    }

    /// "did you mean `x`?"
    pub fn did_you_mean<'c>(
        &self,
        word: &str,
        candidates: impl IntoIterator<Item = &'c str>,
    ) -> Option<String> {
        let meant = self.meant(word, candidates)?;
        Some(format!("did you mean `{meant}`?"))
    }

    fn add(&mut self, severity: Severity, place: Place, code: &'static str, message: String) -> &mut Mistake {
        let follows_from_another = self.holes.cover_steps(&place.steps);
        let mistake =
            Mistake { severity, code, message, help: None, place, related: Vec::new(), original: None };
        if follows_from_another {
            return self.dropped.insert(mistake);
        }
        self.has_errors |= severity == Severity::Error;
        // Warnings leave room for errors.
        let most = match severity {
            Severity::Error => Self::MOST,
            Severity::Warning => Self::MOST / 2,
        };
        if self.found.len() >= most {
            self.left_out += 1;
            return self.dropped.insert(mistake);
        }
        self.found.push(mistake);
        let last = self.found.len() - 1;
        &mut self.found[last]
    }
}
