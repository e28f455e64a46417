//! Which sections each surface shows to whom, in order. Everything else about a section is in [`super::document`].

use super::document::Topic::{self, *};
use crate::questionnaire::Audience;

/// Where a report is read.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Surface {
    /// Text and Markdown.
    Written,
    /// The HTML page, in a browser and on paper: what to do, and when to get help at once, fill the first sheet.
    Page,
    /// Line by line, when the check ends.
    Spoken,
    /// The first page of the summary on the full screen: for a person the card, and all else below it.
    Screen,
    /// A slip of paper, for a person to take along.
    Slip,
}

impl Surface {
    pub const ALL: [Surface; 5] =
        [Surface::Written, Surface::Page, Surface::Spoken, Surface::Screen, Surface::Slip];

    /// The sections for this reader.
    pub fn topics(self, reader: Audience) -> &'static [Topic] {
        match (self, reader) {
            (Surface::Slip, _) => &[Result, Steps, Return, Say, CheckAgain, About],
            (Surface::Written | Surface::Page, Audience::Patient) => &[
                Result,
                Again,
                Steps,
                Return,
                Why,
                NotCertain,
                Say,
                CheckAgain,
                Changed,
                Settled,
                OtherReasons,
                Answers,
                Tables,
                About,
                Sources,
                Origin,
            ],
            (Surface::Spoken, Audience::Patient) => &[
                Result,
                Again,
                Steps,
                Return,
                Why,
                NotCertain,
                Say,
                CheckAgain,
                Changed,
                Settled,
                OtherReasons,
                About,
            ],
            (Surface::Screen, Audience::Patient) => &[
                Card,
                Again,
                Why,
                NotCertain,
                FurtherSteps,
                Say,
                Return,
                CheckAgain,
                Changed,
                Settled,
                OtherReasons,
                Answers,
                About,
            ],
            (Surface::Written | Surface::Page, Audience::Clinician) => &[
                Handover, Result, Again, Why, NotCertain, Decided, MoreUrgent, Absent, NotAsked, Consider,
                Steps, Say, Return, CheckAgain, Changed, Settled, Answers, Tables, About, Sources, Origin,
            ],
            (Surface::Spoken, Audience::Clinician) => &[
                Result, Again, Handover, Why, NotCertain, Decided, MoreUrgent, Absent, NotAsked, Consider,
                Steps, Say, Return, CheckAgain, Changed, Settled, Tables, About,
            ],
            // The page for whoever sees the person has the rest.
            (Surface::Screen, Audience::Clinician) => &[
                Result, Again, Why, NotCertain, Consider, Steps, Say, Return, CheckAgain, Changed, Settled,
                About,
            ],
        }
    }
}

/// The page for whoever sees the person, beside a patient's own result.
pub const BESIDE: &[Topic] = &[
    Handover, Result, Again, Why, NotCertain, Decided, MoreUrgent, Absent, NotAsked, Consider, Changed,
    Settled, Tables, Sources,
];
