//! What several commands need to draw: mistakes with their places, in colours where the terminal has them.

use std::io::IsTerminal;
use std::rc::Rc;
use std::time::{Duration, Instant};

use crate::proof;
use crate::questionnaire::diagnostic::{Diagnostic, Severity};

/// Says that the time is up after so many seconds from now.
pub fn within(seconds: u64) -> proof::Stop {
    let started = Instant::now();
    let budget = Duration::from_secs(seconds);
    Rc::new(move || started.elapsed() > budget)
}

pub fn number_of(diagnostics: &[Diagnostic], severity: Severity) -> usize {
    diagnostics.iter().filter(|diagnostic| diagnostic.severity == severity).count()
}

/// The mistakes as text, with their places; in colours for a terminal.
pub fn mistakes(diagnostics: &[Diagnostic], colour: bool) -> String {
    diagnostics.iter().map(|diagnostic| diagnostic.render(colour)).collect::<Vec<_>>().join("\n")
}

/// May text on this stream have colours?
pub fn has_colour(stream: &impl IsTerminal) -> bool {
    let is_set = |name| std::env::var_os(name).is_some_and(|value| !value.is_empty());
    stream.is_terminal() && !is_set("NO_COLOR") && std::env::var_os("TERM").is_none_or(|term| term != "dumb")
}

/// Does the environment ask for lines rather than a full screen?
pub fn wants_lines(variable: impl Fn(&str) -> Option<String>) -> bool {
    variable("TERM").is_some_and(|term| term == "dumb")
        || variable("ACCESSIBLE").is_some_and(|accessible| !accessible.is_empty())
}
