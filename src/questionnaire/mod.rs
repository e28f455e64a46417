//! What is asked: a questionnaire as plain data, every name resolved to an index.
//!
//! [`yaml::load`] makes one from text. Nothing here evaluates anything; see `answers` and `triage`.

pub mod code;
pub mod concern;
pub mod condition;
pub mod control;
mod count;
pub mod departure;
pub mod diagnostic;
pub mod direction;
pub mod domain;
pub mod grid;
pub mod language;
pub mod settle;
pub mod text;
pub mod wording;
pub mod yaml;

use serde::{Deserialize, Serialize};

pub use code::Code;
pub use concern::{Concern, Property, Waiver};
pub use condition::{Condition, OptionSet};
pub use control::Control;
pub use count::count;
pub use departure::{Departing, Departure};
pub use domain::{Beside, Domain, NumberBounds, OtherUnit, Reference};
pub use grid::{Grid, GridRow};
pub use language::{Languages, Translation};
pub use settle::Settle;
pub use text::{Audience, Text};

/// Position of a question in [`Questionnaire::questions`], the order of asking.
pub type QuestionIndex = usize;
/// Position of an option in [`Question::options`].
pub type OptionIndex = usize;
/// Position of a level in [`Questionnaire::levels`]: 0 is the most urgent.
pub type LevelIndex = usize;
/// Position of a rule in [`Questionnaire::rules`].
pub type RuleIndex = usize;
/// Position of a definition in [`Questionnaire::definitions`].
pub type DefinitionIndex = usize;
/// Position of a source in [`Questionnaire::sources`].
pub type SourceIndex = usize;

/// A whole questionnaire. All indices in it are valid; the loader sees to that.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Questionnaire {
    pub id: String,
    pub version: String,
    /// The language of its texts as BCP 47 writes it: `en`, `es-MX`.
    pub language: String,
    pub title: Text,
    /// Who signed this off, or that nobody did.
    pub sign_off: Text,
    pub welcome: Welcome,
    /// Other questionnaires that the first page offers; at most nine, each with a key of its own.
    pub offers: Vec<Offer>,
    /// Whom its texts name as `{id}`.
    pub contacts: Vec<SiteContact>,
    /// Most urgent first; never empty.
    pub levels: Vec<Level>,
    pub unsure: UnsurePolicy,
    pub sections: Vec<Section>,
    /// Pages whose rows are questions.
    pub grids: Vec<Grid>,
    /// All questions of all sections, in the order of asking.
    pub questions: Vec<Question>,
    /// In the order of the file; a definition may use any other, without circles.
    pub definitions: Vec<Definition>,
    pub rules: Vec<Rule>,
    pub next_steps: Vec<NextStep>,
    /// Intended exceptions from the properties that are proved.
    pub waivers: Vec<Waiver>,
    /// Of a changed copy: what may be less urgent than in the built-in questionnaire.
    pub departures: Vec<Departure>,
    pub return_list: ReturnList,
    /// Texts that every summary shows.
    pub always: Vec<Text>,
    /// The first sentence of what to say on the phone.
    pub say: Text,
    /// The questions that a handover and a telephone call begin with, such as age, place and duration, in that order.
    pub presenting: Vec<QuestionIndex>,
    pub learn: Vec<Page>,
    pub tables: Vec<Table>,
    pub sources: Vec<Source>,
}

#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Welcome {
    /// Who needs help at once, and what to do instead of this check.
    pub stop: Option<Text>,
    pub about: Text,
    pub points: Vec<Text>,
}

/// Another questionnaire, for people whom it suits better.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Offer {
    /// The name of a file beside this one, or of a built-in one. Nothing here knows whether there is such a one.
    pub questionnaire: String,
    /// Whom it is for, in their words.
    pub label: Text,
}

/// A name or number that differs from site to site. Texts name it as `{id}`, and the site file sets it.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct SiteContact {
    pub id: String,
    /// Shown where the site has set nothing.
    pub words: Text,
}

#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Level {
    pub id: String,
    pub title: Text,
    /// A word or two for clinicians, where levels stand in a row.
    pub short: Option<Text>,
    pub act: Text,
    /// Reaching this level for certain while asking shows the alert at once.
    pub interrupt: bool,
    /// How soon to act: the first entry whose condition is not false counts. The last has no condition.
    pub within: Vec<Deadline>,
    /// Whom to contact: the first entry whose condition is true counts. The last has no condition.
    pub who: Vec<Contact>,
    /// When to look again: every entry whose condition is not false counts.
    pub check_again: Vec<Deadline>,
    /// What it is called in a system of codes.
    pub code: Option<Code>,
}

#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Deadline {
    pub when: Option<Condition>,
    pub say: Text,
    /// Days from the day of the check.
    pub days: Option<u16>,
}

#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Contact {
    pub when: Option<Condition>,
    pub say: Text,
}

/// What an unknown rule counts for.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct UnsurePolicy {
    pub counts_as: UnsureCountsAs,
    /// Never less urgent than this when anything more urgent is possible.
    pub at_least: LevelIndex,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub enum UnsureCountsAs {
    SameLevel,
    OneLevelLess,
}

#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Section {
    pub id: String,
    pub title: Text,
    /// Asked for this audience only; `None`: for everybody.
    pub audience: Option<Audience>,
    /// First question and one past the last, in [`Questionnaire::questions`]; never empty.
    pub first: QuestionIndex,
    pub end: QuestionIndex,
}

#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Question {
    pub id: String,
    pub section: usize,
    pub domain: Domain,
    pub control: Control,
    pub ask: Text,
    pub hint: Option<Text>,
    pub why: Option<Text>,
    pub sources: Vec<SourceIndex>,
    /// "I'm not sure" may be answered.
    pub unsure: bool,
    /// May be left out; left out it is known to be absent.
    pub optional: bool,
    /// Looks at earlier questions only; `None`: always asked.
    pub ask_if: Option<Condition>,
    /// Of one_of, many_of, body_map and yes_no (`no`, then `yes`); empty for the others. At most 64.
    pub options: Vec<Choice>,
    /// The page of which it is a row, where others of its rows are asked too.
    pub grid: Option<GridRow>,
    /// A sentence for the phone; `{answer}` stands for the answer.
    pub say: Option<Text>,
    /// Of number and scale: the answer as a short noun phrase, for evidence; `{answer}` stands for the answer.
    pub phrase: Option<Text>,
    pub concern: Concern,
    /// Of a one_of: the option that "nothing else" stands for, when whoever asks goes through a section at once.
    pub nothing: Option<OptionIndex>,
    /// A safety screen: nobody ends at the least urgent level without it, or with an answer of concern to it.
    pub red_flag: bool,
    /// Asked only so that the answer is on the summary: no condition looks at it.
    pub record_only: bool,
    /// A concerning answer never ends in a less urgent level than this.
    pub never_below: Option<LevelIndex>,
    /// How it is asked again after "not sure".
    pub settle: Option<Settle>,
    pub again: Again,
    /// How it is asked in a check after a check.
    pub ask_again: Option<Text>,
    /// What it is called in a system of codes.
    pub code: Option<Code>,
}

/// When a check after a check asks a question again.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize)]
pub enum Again {
    #[default]
    Always,
    /// Its answer is carried over, unless that was "not sure".
    IfUnsure,
}

/// One option of a question.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Choice {
    pub id: String,
    pub label: Text,
    pub hint: Option<Text>,
    /// Ticking it clears the others (many_of and body_map).
    pub exclusive: bool,
    /// A sentence in the first person for the phone.
    pub say: Option<Text>,
    /// The answer as a short noun phrase, for evidence: "A leak below the boiler".
    pub phrase: Option<Text>,
    /// Of a body map: the part of the figure.
    pub region: Option<Region>,
    /// As harmless as the least concerning option.
    pub no_concern: bool,
    /// This answer never ends in a less urgent level than this one; goes before that of the question.
    pub never_below: Option<LevelIndex>,
    /// Of a list: how it is asked once more after "not sure".
    pub settle: Option<Settle>,
    /// What it is called in a system of codes.
    pub code: Option<Code>,
}

impl Choice {
    /// An option of which nothing is said but its label.
    pub fn plain(id: &str, label: Text) -> Choice {
        Choice {
            id: id.to_owned(),
            label,
            hint: None,
            exclusive: false,
            say: None,
            phrase: None,
            region: None,
            no_concern: false,
            never_below: None,
            settle: None,
            code: None,
        }
    }
}

/// A part of the drawn figure.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub enum Region {
    Head,
    Neck,
    Shoulder,
    UpperBack,
    LowBack,
    Ribs,
    Chest,
    Belly,
    Arm,
    Hand,
    Pelvis,
    Groin,
    Hip,
    Buttock,
    Thigh,
    Knee,
    LowerLeg,
    Foot,
}

impl Level {
    /// Its short name, or else its title.
    pub fn in_short(&self) -> &Text {
        self.short.as_ref().unwrap_or(&self.title)
    }
}

impl Region {
    /// Every region with its name in a file.
    pub const NAMES: [(&'static str, Region); 18] = [
        ("head", Region::Head),
        ("neck", Region::Neck),
        ("shoulder", Region::Shoulder),
        ("upper_back", Region::UpperBack),
        ("low_back", Region::LowBack),
        ("ribs", Region::Ribs),
        ("chest", Region::Chest),
        ("belly", Region::Belly),
        ("arm", Region::Arm),
        ("hand", Region::Hand),
        ("pelvis", Region::Pelvis),
        ("groin", Region::Groin),
        ("hip", Region::Hip),
        ("buttock", Region::Buttock),
        ("thigh", Region::Thigh),
        ("knee", Region::Knee),
        ("lower_leg", Region::LowerLeg),
        ("foot", Region::Foot),
    ];
}

#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Definition {
    pub name: String,
    pub condition: Condition,
}

#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Rule {
    pub id: String,
    pub level: LevelIndex,
    /// The reason in words, where no entry of `because_if` holds for certain.
    pub because: Text,
    /// Other words for some people: the first entry whose condition is true counts.
    pub because_if: Vec<Because>,
    pub when: Condition,
    /// Whenever it is true, another rule of the same or a more urgent level is true too.
    pub supporting: bool,
    pub sources: Vec<SourceIndex>,
}

/// A reason in the words for some people only.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Because {
    pub when: Condition,
    pub say: Text,
}

impl Rule {
    /// All words that the reason can have, in the order of the file; the last are for everybody else.
    pub fn wordings(&self) -> impl Iterator<Item = &Text> {
        self.because_if.iter().map(|entry| &entry.say).chain([&self.because])
    }
}

#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct NextStep {
    pub id: String,
    pub shown: Shown,
    pub say: Text,
    pub sources: Vec<SourceIndex>,
}

/// When a step or a page is shown: all three must fit.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Shown {
    /// Empty: at every level.
    pub levels: Vec<LevelIndex>,
    pub when: Option<Condition>,
    pub audience: Option<Audience>,
}

#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct ReturnList {
    pub title: Text,
    pub items: Vec<ReturnItem>,
    /// What needs help less soon, after what needs it at once.
    pub further: Vec<FurtherList>,
}

/// A part of the return list with a heading of its own.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct FurtherList {
    pub title: Text,
    /// Empty: at every level.
    pub levels: Vec<LevelIndex>,
    pub items: Vec<ReturnItem>,
}

impl FurtherList {
    /// Without a level, only what is shown at every level.
    pub fn is_shown_at(&self, level: Option<LevelIndex>) -> bool {
        self.levels.is_empty() || level.is_some_and(|level| self.levels.contains(&level))
    }
}

#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct ReturnItem {
    pub say: Text,
    /// The questions that ask for it. An item stands further up when another answer to one of them would make the
    /// result more urgent.
    pub about: Vec<QuestionIndex>,
}

#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Page {
    pub id: String,
    pub title: Text,
    pub shown: Shown,
    pub body: Text,
    pub sources: Vec<SourceIndex>,
}

#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Table {
    pub id: String,
    pub title: Text,
    pub audience: Option<Audience>,
    pub columns: Vec<Text>,
    pub rows: Vec<Vec<Text>>,
}

#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Source {
    pub id: String,
    pub title: String,
    pub year: Option<u16>,
}

impl Source {
    /// The title with its year, unless the title has it already.
    pub fn cited(&self) -> String {
        match self.year.map(|year| year.to_string()) {
            Some(year) if !self.title.contains(&year) => format!("{}, {year}", self.title),
            _ => self.title.clone(),
        }
    }
}

impl Questionnaire {
    pub fn question_index(&self, id: &str) -> Option<QuestionIndex> {
        self.questions.iter().position(|q| q.id == id)
    }

    /// The least urgent level.
    pub fn last_level(&self) -> LevelIndex {
        self.levels.len() - 1
    }

    /// Every condition that the questionnaire states.
    pub fn conditions(&self) -> impl Iterator<Item = &Condition> {
        let definitions = self.definitions.iter().map(|definition| &definition.condition);
        let asked = self.questions.iter().filter_map(|question| question.ask_if.as_ref());
        let rules = self.rules.iter().map(|rule| &rule.when);
        let reasons = self.rules.iter().flat_map(|rule| rule.because_if.iter().map(|entry| &entry.when));
        let levels = self.levels.iter().flat_map(|level| {
            let deadlines = level.within.iter().chain(&level.check_again);
            let deadlines = deadlines.filter_map(|deadline| deadline.when.as_ref());
            deadlines.chain(level.who.iter().filter_map(|contact| contact.when.as_ref()))
        });
        let steps = self.next_steps.iter().map(|step| &step.shown);
        let pages = self.learn.iter().map(|page| &page.shown);
        let shown = steps.chain(pages).filter_map(|shown| shown.when.as_ref());
        definitions.chain(asked).chain(rules).chain(reasons).chain(levels).chain(shown)
    }

    pub fn section_of(&self, question: QuestionIndex) -> &Section {
        &self.sections[self.questions[question].section]
    }
}

impl Question {
    pub fn option_index(&self, id: &str) -> Option<OptionIndex> {
        self.options.iter().position(|option| option.id == id)
    }

    /// The options that clear the others.
    pub fn exclusive(&self) -> OptionSet {
        let exclusive = self.options.iter().enumerate().filter(|(_, option)| option.exclusive);
        exclusive.map(|(index, _)| index).collect()
    }
}
