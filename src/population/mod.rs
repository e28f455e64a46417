//! Simulated people, and what a questionnaire does to them.
//!
//! [`read()`] makes a [`Population`] from a file, [`People`] draws answer sheets from it, [`Judge`] puts them through
//! the questionnaire 64 at a time, and [`Counts`] says what came of them. `docs/author/simulation.md` is for those who write
//! such files.

mod against;
mod build;
mod counts;
mod dice;
mod entries;
mod figures;
mod json;
mod judge;
mod limits;
mod normal;
mod people;
mod raw;
mod read;
mod run;
mod share;
mod tell;
mod when;

use crate::answers::Answer;
use crate::questionnaire::{Audience, LevelIndex, OptionIndex, OptionSet, Questionnaire};

pub use against::{Against, Example, Moved};
pub use counts::{Counts, Deciding, Reach};
pub use json::json;
pub use judge::{Judge, Judged};
pub use limits::{Held, broken, hold};
pub use people::{Block, People};
pub use raw::schema;
pub use read::{Files, Loaded, meant_for, read};
pub use run::{Given, Job, Outcome, Stopped, drawn, run};
pub use share::{Interval, percent};
pub use tell::{number, tell};
pub use when::When;

/// People of one kind, as shares of the answers that they give.
#[derive(Debug, Clone, PartialEq)]
pub struct Population {
    /// What its file calls it.
    pub title: String,
    /// Who these people are, and where the figures come from.
    pub about: String,
    pub audience: Audience,
    /// It is there for others to be based on.
    pub base_only: bool,
    /// How many people to draw, unless somebody says otherwise.
    pub people: u64,
    pub factors: Vec<Factor>,
    pub groups: Vec<Group>,
    /// First the questions of the questionnaire, in its order, then the hidden traits.
    pub variables: Vec<Variable>,
    /// The variables that are drawn, each after those that it depends on.
    pub order: Vec<VariableIndex>,
    /// The level that a person must reach: the first whose condition holds; empty where none is required.
    pub needs: Vec<Need>,
    pub limits: Vec<Limit>,
    /// How many figures there are, and how many of them are assumptions.
    pub figures: Figures,
}

/// Position in [`Population::variables`].
pub type VariableIndex = usize;

/// How many people are drawn where neither the file nor the command says.
pub const PEOPLE: u64 = 20_000;
/// The seed where none is given.
pub const SEED: u64 = 1;
/// The most people: more would not make any share more certain than its figures are.
pub const MOST_PEOPLE: u64 = 100_000_000;

/// What ties the answers of one person together: a normal number that is part of several draws.
#[derive(Debug, Clone, PartialEq)]
pub struct Factor {
    pub name: String,
    /// The part of each draw's variance that comes from it.
    pub strength: Figure,
}

/// Figures that go up and down together.
#[derive(Debug, Clone, PartialEq)]
pub struct Group {
    pub name: String,
    pub floor: f64,
    pub ceiling: f64,
}

/// A question, or a trait that nobody asks about.
#[derive(Debug, Clone, PartialEq)]
pub struct Variable {
    pub name: String,
    /// The ids of its options.
    pub options: Vec<String>,
    /// The first entry whose condition holds counts; empty for a question that is left out.
    pub entries: Vec<Entry>,
}

/// How one variable is drawn.
#[derive(Debug, Clone, PartialEq)]
pub struct Entry {
    pub when: Option<When>,
    /// Answers at all; matters where a question may be left out.
    pub given: Shares,
    pub unsure: Shares,
    /// For answers and numbers.
    pub factor: Option<usize>,
    pub how: How,
}

#[derive(Debug, Clone, PartialEq)]
pub enum How {
    /// One of these; a low draw of the factor gives the first.
    One(Vec<(Answer, Shares)>),
    /// Any of these, each by itself; `nothing` is answered where none is ticked.
    Ticks {
        ticks: Vec<(OptionIndex, Shares)>,
        nothing: OptionSet,
    },
    Number(Numbers),
    Text,
}

#[derive(Debug, Clone, PartialEq)]
pub struct Numbers {
    pub law: Law,
    pub from: f64,
    pub to: f64,
    /// Digits after the point.
    pub decimals: u8,
    /// A number outside is drawn again, or else becomes the nearest inside.
    pub again: bool,
}

#[derive(Debug, Clone, Copy, PartialEq)]
pub enum Law {
    Normal { mean: f64, sd: f64 },
    Uniform,
}

/// The share of one answer.
#[derive(Debug, Clone, PartialEq)]
pub enum Shares {
    /// What the others leave.
    Rest,
    /// The first whose condition holds.
    Of(Vec<(Option<When>, Figure)>),
}

/// A number of the file with its range.
#[derive(Debug, Clone, PartialEq)]
pub struct Figure {
    pub share: f64,
    pub floor: Option<f64>,
    pub ceiling: Option<f64>,
    pub group: Option<usize>,
    /// Of an option that can be ticked.
    pub factor: Option<usize>,
}

/// Which end of their range the figures are taken at.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Range {
    Stated,
    Floor,
    Ceiling,
}

#[derive(Debug, Clone, PartialEq)]
pub struct Need {
    pub when: Option<When>,
    pub level: LevelIndex,
}

/// A bound on the share of people who are told something.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Limit {
    pub of: LimitOf,
    pub at_most: Option<f64>,
    pub at_least: Option<f64>,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum LimitOf {
    Level(LevelIndex),
    AtOrAbove(LevelIndex),
    Below(LevelIndex),
    /// At or above the level that the person needs.
    Needed,
    /// Decided by unsure answers alone.
    Unsure,
}

/// Everything there is to say about one population.
#[derive(Debug)]
pub struct Simulated<'s> {
    /// What to call its file.
    pub file: &'s str,
    pub questionnaire: &'s Questionnaire,
    /// The version before, if there is one, and what to call it.
    pub old: Option<(&'s str, &'s Questionnaire)>,
    /// `None`: a file of sheets.
    pub population: Option<&'s Population>,
    pub seed: u64,
    pub outcome: Outcome,
    /// At the floor and at the ceiling of its figures.
    pub ends: Option<(Counts, Counts)>,
}

#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Figures {
    pub all: usize,
    pub assumed: usize,
}

impl Shares {
    pub fn certain(share: f64) -> Shares {
        let figure = Figure { share, floor: None, ceiling: None, group: None, factor: None };
        Shares::Of(vec![(None, figure)])
    }

    fn whens(&self) -> impl Iterator<Item = &When> {
        let figures = match self {
            Shares::Rest => &[][..],
            Shares::Of(figures) => figures,
        };
        figures.iter().filter_map(|(when, _)| when.as_ref())
    }
}

impl Entry {
    /// Every condition that the entry looks at.
    fn whens(&self) -> Vec<&When> {
        let shares: Vec<&Shares> = match &self.how {
            How::One(answers) => answers.iter().map(|(_, shares)| shares).collect(),
            How::Ticks { ticks, .. } => ticks.iter().map(|(_, shares)| shares).collect(),
            How::Number(_) | How::Text => Vec::new(),
        };
        let shares = shares.into_iter().chain([&self.given, &self.unsure]);
        self.when.iter().chain(shares.flat_map(Shares::whens)).collect()
    }
}

impl Figure {
    /// The figure at an end of its range, and no share below 0 or above 1.
    pub fn at(&self, range: Range, groups: &[Group]) -> f64 {
        let group = self.group.and_then(|group| groups.get(group));
        let scaled = match range {
            Range::Stated => self.share,
            Range::Floor => self.floor.unwrap_or(self.share * group.map_or(1.0, |group| group.floor)),
            Range::Ceiling => self.ceiling.unwrap_or(self.share * group.map_or(1.0, |group| group.ceiling)),
        };
        scaled.clamp(0.0, 1.0)
    }
}

impl Population {
    /// The level that the least urgent of these people need.
    pub fn least_needed(&self) -> Option<LevelIndex> {
        self.needs.iter().map(|need| need.level).max()
    }

    /// Whether any figure has a floor or a ceiling.
    pub fn varies(&self) -> bool {
        let stated =
            |figure: &Figure| [Range::Floor, Range::Ceiling].map(|range| figure.at(range, &self.groups));
        let moves = |figure: &Figure| stated(figure).iter().any(|share| *share != figure.share);
        let entries = self.variables.iter().flat_map(|variable| &variable.entries);
        let mut figures = entries.flat_map(|entry| {
            let shares: Vec<&Shares> = match &entry.how {
                How::One(answers) => answers.iter().map(|(_, shares)| shares).collect(),
                How::Ticks { ticks, .. } => ticks.iter().map(|(_, shares)| shares).collect(),
                How::Number(_) | How::Text => Vec::new(),
            };
            let shares = shares.into_iter().chain([&entry.given, &entry.unsure]);
            shares.flat_map(|shares| match shares {
                Shares::Rest => Vec::new(),
                Shares::Of(figures) => figures.iter().map(|(_, figure)| figure).collect(),
            })
        });
        figures.any(moves) || self.factors.iter().any(|factor| moves(&factor.strength))
    }
}
