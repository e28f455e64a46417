//! What is left to the shell: everything for which the screen would need a terminal, a file or a command.

use crate::report::{Excerpt, Format, Report};

/// What the shell has to do.
#[derive(Debug, Clone, PartialEq)]
pub enum Effect {
    None,
    Suspend,
    Leave(Leaving),
    /// Write the report to `path`, then tell by [`super::App::saved`].
    Save {
        path: String,
        report: Box<Report>,
        format: Format,
        replace: bool,
    },
    /// Ask the terminal to put this on the clipboard, then tell by [`super::App::copied`].
    Copy {
        report: Box<Report>,
        excerpt: Excerpt,
    },
    /// Call somebody who works here.
    CallStaff,
    /// Print the report on a slip of paper.
    Slip(Box<Report>),
    /// Show the answers to the desk, once the person has agreed.
    ToDesk,
}

/// How the person left.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Leaving {
    /// Without a result to keep.
    Abandoned,
    Finished,
    NotFinished,
    /// From a summary, to read or print the whole of it.
    Printing,
    Interrupted,
    /// For another questionnaire, by its place among those that the first page offers.
    Instead(usize),
}
