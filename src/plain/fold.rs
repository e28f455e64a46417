//! Typed words without what may be left out.

use crate::answers;
use crate::report::clean_line;

/// As [`answers::folded`], and without what could command a terminal.
pub fn folded(typed: &str) -> String {
    answers::folded(&clean_line(typed))
}
