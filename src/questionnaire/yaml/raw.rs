//! The file as written: the keys and their types, without any meaning. The JSON Schema comes from these types.

use std::fmt;

use schemars::JsonSchema;
use serde::Deserialize;
use serde::de::{self, Deserializer, MapAccess, SeqAccess, Visitor};

use super::super::OptionSet;
use super::super::text::Audience;
pub(super) use super::kinds::{KEYS_OF_ANSWERED, KEYS_OF_KINDS, Kind};
use super::schema;
use super::written::Each;
pub(super) use super::written::{Entries, Item, Text, Written};

/// A questionnaire: what is asked, what the answers mean, and what to say.
#[derive(Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub(super) struct Questionnaire {
    /// The version of the format that this file is written in: 1. Left out: 1.
    #[serde(default)]
    #[schemars(range(min = 1, max = 1))]
    pub format: Written<u32>,
    /// Name of the questionnaire: lower-case letters, digits and `-`.
    #[schemars(regex(pattern = r"^[a-z][a-z0-9-]*$"))]
    pub id: String,
    /// The author's version, shown on every summary.
    pub version: String,
    /// The language of the texts, as BCP 47 writes it: `es`, `pt-BR`. Left out: `en`.
    #[serde(default)]
    #[schemars(regex(pattern = r"^[A-Za-z]{2,3}(-[A-Za-z0-9]{2,8})*$"))]
    pub language: Written<String>,
    /// Short title in the header.
    pub title: Text,
    /// Who signed this off, or that nobody did.
    pub sign_off: Text,
    /// The first page.
    pub welcome: Welcome,
    /// Other questionnaires that the first page offers, at most 9.
    #[serde(default)]
    #[schemars(length(max = 9))]
    pub offers: Vec<Offer>,
    /// Names and numbers that the site sets and texts name as `{id}`: the words for each where the site has none.
    #[serde(default)]
    pub contacts: Entries<Text>,
    /// What to call the two answers to every yes_no; left out: "No" and "Yes".
    #[serde(default)]
    pub yes_no: YesNo,
    /// The levels of urgency, most urgent first.
    pub levels: Vec<Level>,
    /// What an open question counts for.
    pub unsure: Unsure,
    /// The questions, in the order of asking.
    pub sections: Vec<Section>,
    /// Pages on which questions with the same answers are rows: what stands above the rows.
    #[serde(default)]
    pub grids: Vec<Grid>,
    /// Named conditions.
    #[serde(default)]
    pub definitions: Entries<Condition>,
    /// Which condition means which level.
    pub rules: Vec<Rule>,
    /// What to do.
    #[serde(default)]
    pub next_steps: Vec<NextStep>,
    /// Exceptions from what `redflag check` proves, each with its reason.
    #[serde(default)]
    pub waivers: Vec<Waiver>,
    /// When to get help at once; shown on every summary.
    pub return_list: ReturnList,
    /// Texts that every summary shows.
    #[serde(default)]
    pub always: Vec<Text>,
    /// The first sentence of what to say on the phone.
    pub say: Text,
    /// The ids of the questions that a handover and a telephone call begin with, in that order: age, sex, where it
    /// hurts, since when.
    #[serde(default)]
    pub presenting: Vec<String>,
    /// Pages to read.
    #[serde(default)]
    pub learn: Vec<Page>,
    /// Tables for the clinician's view.
    #[serde(default)]
    pub tables: Vec<Table>,
    /// What the texts rest on.
    #[serde(default)]
    pub sources: Entries<Source>,
}

#[derive(Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub(super) struct Welcome {
    /// For whom this check is not, since they need help at once, and what they do instead. It stands first, as
    /// strongly as an alert.
    #[serde(default)]
    pub stop: Written<Text>,
    /// One short text.
    pub about: Text,
    /// Short texts below it.
    #[serde(default)]
    pub points: Vec<Text>,
}

/// Another questionnaire, for people whom it suits better.
#[derive(Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub(super) struct Offer {
    /// The id of a questionnaire: a file of that name beside this one, or a built-in one.
    #[schemars(regex(pattern = r"^[a-z][a-z0-9-]*$"))]
    pub questionnaire: String,
    /// Whom it is for, in their words.
    pub label: Text,
}

#[derive(Debug, Default, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub(super) struct YesNo {
    /// The answer no.
    #[serde(default)]
    pub no: Written<Text>,
    /// The answer yes.
    #[serde(default)]
    pub yes: Written<Text>,
}

#[derive(Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub(super) struct Level {
    /// Lower-case letters, digits and `_`; rules and steps name it.
    #[schemars(regex(pattern = r"^[a-z][a-z0-9_]*$"))]
    pub id: String,
    /// The words of the banner.
    pub title: Text,
    /// A word or two for clinicians, where levels stand in a row; left out: the title.
    #[serde(default)]
    pub short: Written<Text>,
    /// One or two sentences: what to do, how soon.
    pub act: Text,
    /// Reaching this level while asking shows the alert at once.
    #[serde(default)]
    pub interrupt: bool,
    /// How soon: the first entry whose condition is not false. The last has no condition.
    #[serde(default)]
    pub within: Vec<Deadline>,
    /// Whom to contact: the first entry whose condition is true. The last has no condition.
    #[serde(default)]
    pub who: Vec<Contact>,
    /// When to look again: every entry whose condition is not false.
    #[serde(default)]
    pub check_again: Vec<Deadline>,
    /// What it is called in a system of codes, for records that others read.
    #[serde(default)]
    pub code: Written<Code>,
}

/// What something is called in a system of codes.
#[derive(Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub(super) struct Code {
    /// The address of the system: `http://loinc.org`.
    pub system: String,
    /// The code there.
    pub code: String,
    /// What the system calls it.
    #[serde(default)]
    pub display: Written<String>,
}

#[derive(Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub(super) struct Deadline {
    /// A condition; left out: always.
    #[serde(default)]
    pub when: Written<Condition>,
    /// The words: `within 7 days`.
    pub say: Text,
    /// Days from the day of the check.
    #[serde(default)]
    pub days: Written<u16>,
}

#[derive(Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub(super) struct Contact {
    /// A condition; left out: always.
    #[serde(default)]
    pub when: Written<Condition>,
    /// Whom to contact, and how.
    pub say: Text,
}

/// What an open question counts for.
#[derive(Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub(super) struct Unsure {
    /// Between the certain level and the possible one: `same_level` as the possible one, or `one_level_less`.
    pub counts_as: CountsAs,
    /// The id of a level: never less urgent than this when anything more urgent is possible.
    pub at_least: String,
}

#[derive(Debug, Clone, Copy, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub(super) enum CountsAs {
    SameLevel,
    OneLevelLess,
}

#[derive(Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub(super) struct Section {
    /// Lower-case letters, digits and `_`.
    #[schemars(regex(pattern = r"^[a-z][a-z0-9_]*$"))]
    pub id: String,
    /// Stands above its questions.
    pub title: Text,
    /// Only for this audience; left out: everybody.
    #[serde(default)]
    pub audience: Written<Audience>,
    /// Its questions, in the order of asking.
    pub questions: Vec<Question>,
}

/// A page on which questions with the same answers are rows.
#[derive(Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub(super) struct Grid {
    /// Lower-case letters, digits and `_`; questions name it.
    #[schemars(regex(pattern = r"^[a-z][a-z0-9_]*$"))]
    pub id: String,
    /// What is asked of every row.
    pub ask: Text,
    /// A line below it.
    #[serde(default)]
    pub hint: Written<Text>,
}

#[derive(Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub(super) struct Question {
    /// Lower-case letters, digits and `_`; unique in the file.
    #[schemars(regex(pattern = r"^[a-z][a-z0-9_]*$"))]
    pub id: String,
    /// Which kind of question.
    #[serde(rename = "type")]
    pub kind: Kind,
    /// The question.
    pub ask: Text,
    /// A line below the question.
    #[serde(default)]
    pub hint: Written<Text>,
    /// Why it is asked.
    #[serde(default)]
    pub why: Written<Text>,
    /// Ids of `sources`.
    #[serde(default)]
    pub sources: Vec<String>,
    /// "I'm not sure" may be answered.
    #[serde(default)]
    pub unsure: Written<bool>,
    /// May be left out; left out it is known to be absent.
    #[serde(default)]
    pub optional: Written<bool>,
    /// A condition on earlier questions; left out: always asked.
    #[serde(default)]
    pub ask_if: Written<Condition>,
    /// Of one_of, many_of and body_map: at least two.
    #[serde(default)]
    pub options: Written<Vec<Choice>>,
    /// Of one_of and yes_no: the id of a grid. Its questions follow each other and have the same answers; where two
    /// or more of them are asked, they are the rows of one page.
    #[serde(default)]
    pub grid: Written<String>,
    /// Of a question in a grid: a few words for its row; left out: `ask`.
    #[serde(default)]
    pub row: Written<Text>,
    /// Of one_of: the options run from least to most concerning.
    #[serde(default)]
    pub ordered: Written<bool>,
    /// Of number and scale: the least possible answer.
    #[serde(default)]
    pub min: Written<f64>,
    /// Of number and scale: the greatest possible answer.
    #[serde(default)]
    pub max: Written<f64>,
    /// Of number: digits after the point; left out: 0.
    #[serde(default)]
    #[schemars(range(max = 6))]
    pub decimals: Written<u8>,
    /// Of number: shown after it.
    #[serde(default)]
    pub unit: Written<Text>,
    /// Of number: other units that it may be typed in, and how many of `unit` make one of each, such as
    /// `{ dm: 10 }` for `cm`.
    #[serde(default)]
    pub units: Written<Entries<f64>>,
    /// Of number: what is usual, both ends included; whoever asks sees at once that a number is beyond it.
    #[serde(default)]
    pub reference: Written<Reference>,
    /// Of scale: words at some values.
    #[serde(default)]
    pub labels: Written<Entries<Text>>,
    /// Of yes_no (for yes), number and scale: a sentence for the phone; `{answer}` stands for the answer.
    #[serde(default)]
    pub say: Written<Text>,
    /// Of number and scale: the answer as a short noun phrase, for evidence; `{answer}` stands for the answer.
    #[serde(default)]
    pub phrase: Written<Text>,
    /// Of yes_no: the two answers as short noun phrases, for evidence.
    #[serde(default)]
    pub phrases: Written<YesNo>,
    /// Of number and scale: `higher` or `lower` answers are more concerning. Of any question `none`: no answer is
    /// more concerning than another, by nature.
    #[serde(default)]
    pub concern: Written<Concern>,
    /// Of a one_of that is not ordered: the option that is least concerning.
    #[serde(default)]
    pub least: Written<String>,
    /// Of one_of: the option that "nothing else" stands for, where somebody who asks another person goes through a
    /// section at once. It is the least concerning one.
    #[serde(default)]
    pub nothing: Written<String>,
    /// A safety screen: nobody ends at the least urgent level without it, or with a concerning answer to it.
    #[serde(default)]
    pub red_flag: Written<bool>,
    /// Asked only so that the answer is on the summary: no condition looks at it.
    #[serde(default)]
    pub record_only: Written<bool>,
    /// The id of a level: a concerning answer never ends in a less urgent one.
    #[serde(default)]
    pub never_below: Written<String>,
    /// After "not sure": how it is asked once more, before a result that hangs on it. Of a many_of it is said at each
    /// option.
    #[serde(default)]
    pub settle: Written<Settle>,
    /// When a check after a check asks it again: `always`, or `if_unsure`, and else its answer is carried over. Left
    /// out: `always`.
    #[serde(default)]
    pub again: Written<Again>,
    /// How it is asked in a check after a check; left out: as at first.
    #[serde(default)]
    pub ask_again: Written<Text>,
    /// What it is called in a system of codes, for records that others read.
    #[serde(default)]
    pub code: Written<Code>,
}

impl Question {
    pub fn is_number(&self) -> bool {
        matches!(self.kind, Kind::Number | Kind::Scale)
    }

    /// The ids of the options that a set can hold.
    pub fn option_ids(&self) -> Vec<&str> {
        if self.kind == Kind::YesNo {
            return vec!["no", "yes"];
        }
        let options = self.options.0.iter().flatten();
        options.map(|option| option.id.as_str()).take(OptionSet::CAPACITY).collect()
    }
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub(super) enum Again {
    Always,
    IfUnsure,
}

/// The usual numbers: one end, or both.
#[derive(Debug, Clone, Copy, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub(super) struct Reference {
    /// The least that is usual.
    #[serde(default)]
    pub min: Written<f64>,
    /// The greatest that is usual.
    #[serde(default)]
    pub max: Written<f64>,
}

/// How something is asked once more after "not sure": one of the two, or both.
#[derive(Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub(super) struct Settle {
    /// The question; at an option one that is answered with yes or no, where yes means the option.
    #[serde(default)]
    pub ask: Written<Text>,
    /// What the person can do to find out.
    #[serde(default)]
    pub test: Written<Text>,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub(super) enum Concern {
    Higher,
    Lower,
    None,
}

/// Of an option, all that can be said.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub(super) enum NoConcern {
    None,
}

/// One option of a question.
#[derive(Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub(super) struct Choice {
    /// Lower-case letters, digits and `_`; conditions name it.
    #[schemars(regex(pattern = r"^[a-z][a-z0-9_]*$"))]
    pub id: String,
    /// The answer in words.
    pub label: Text,
    /// A second line.
    #[serde(default)]
    pub hint: Written<Text>,
    /// Of many_of and body_map: ticking it clears the others.
    #[serde(default)]
    pub exclusive: Written<bool>,
    /// A sentence in the first person for the phone.
    #[serde(default)]
    pub say: Written<Text>,
    /// The answer as a short noun phrase, for evidence: "A leak below the boiler".
    #[serde(default)]
    pub phrase: Written<Text>,
    /// Of a body map: the part of the figure; left out, the id is the region's name.
    #[serde(default)]
    #[schemars(schema_with = "schema::region")]
    pub region: Written<String>,
    /// `none`: as harmless as the least concerning option.
    #[serde(default)]
    pub concern: Written<NoConcern>,
    /// The id of a level: this answer never ends in a less urgent one.
    #[serde(default)]
    pub never_below: Written<String>,
    /// Of many_of: how it is asked once more, after "not sure".
    #[serde(default)]
    pub settle: Written<Settle>,
    /// What it is called in a system of codes, for records that others read.
    #[serde(default)]
    pub code: Written<Code>,
}

#[derive(Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub(super) struct Rule {
    /// Letters, digits and `_`: `E01`.
    #[schemars(regex(pattern = r"^[A-Za-z][A-Za-z0-9_]*$"))]
    pub id: String,
    /// The id of a level.
    pub level: String,
    /// The reason as the summary gives it. A list where it differs by a condition: the first entry whose condition is
    /// true. The last has no condition.
    pub because: Because,
    /// The condition on the answers.
    pub when: Condition,
    /// Is only ever a further reason beside other rules.
    #[serde(default)]
    pub supporting: bool,
    /// Ids of `sources`.
    #[serde(default)]
    pub sources: Vec<String>,
}

/// Why a rule holds: one text, or several with conditions.
#[derive(Debug)]
pub(super) enum Because {
    Always(Text),
    Some(Vec<Reason>),
}

impl<'de> Deserialize<'de> for Because {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Because, D::Error> {
        struct BecauseVisitor;

        impl<'de> Visitor<'de> for BecauseVisitor {
            type Value = Because;

            fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str("a text, `patient:` and `clinician:` with a text each, or a list with conditions")
            }

            fn visit_str<E: de::Error>(self, words: &str) -> Result<Because, E> {
                Ok(Because::Always(Text::Both(words.to_owned())))
            }

            fn visit_map<A: MapAccess<'de>>(self, map: A) -> Result<Because, A::Error> {
                let Each { patient, clinician } =
                    Each::deserialize(de::value::MapAccessDeserializer::new(map))?;
                Ok(Because::Always(Text::Each { patient, clinician }))
            }

            fn visit_seq<A: SeqAccess<'de>>(self, entries: A) -> Result<Because, A::Error> {
                Vec::deserialize(de::value::SeqAccessDeserializer::new(entries)).map(Because::Some)
            }
        }

        deserializer.deserialize_any(BecauseVisitor)
    }
}

#[derive(Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub(super) struct Reason {
    /// A condition; left out: for everybody else.
    #[serde(default)]
    pub when: Written<Condition>,
    /// The reason as the summary gives it to these people.
    pub say: Text,
}

#[derive(Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub(super) struct NextStep {
    /// Lower-case letters, digits and `_`.
    #[schemars(regex(pattern = r"^[a-z][a-z0-9_]*$"))]
    pub id: String,
    /// Ids of levels; left out: all.
    #[serde(default)]
    pub levels: Written<Vec<String>>,
    /// Left out: always.
    #[serde(default)]
    pub when: Written<Condition>,
    /// Left out: both.
    #[serde(default)]
    pub audience: Written<Audience>,
    /// What to do, in words.
    pub say: Text,
    /// Ids of `sources`.
    #[serde(default)]
    pub sources: Vec<String>,
}

#[derive(Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub(super) struct ReturnList {
    /// Stands above the list.
    pub title: Text,
    /// What to look out for.
    pub items: Vec<Item>,
    /// Lists below it, of what needs help less soon.
    #[serde(default)]
    pub further: Vec<FurtherList>,
}

#[derive(Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub(super) struct FurtherList {
    /// Stands above the list.
    pub title: Text,
    /// Ids of levels; left out: all.
    #[serde(default)]
    pub levels: Written<Vec<String>>,
    /// What to look out for.
    pub items: Vec<Item>,
}

/// An intended exception from a property.
#[derive(Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub(super) struct Waiver {
    /// `monotone`, `unsure_safe`, `quiet_exit` or `effect`; `less_urgent` of a copy of a built-in questionnaire.
    #[schemars(schema_with = "schema::property")]
    pub property: String,
    /// The id of the question whose answers may break it. Not of `less_urgent`.
    #[serde(default)]
    pub question: Written<String>,
    /// The id of the option that may; left out: any.
    #[serde(default)]
    pub option: Written<String>,
    /// Of `less_urgent`: the rule of the built-in questionnaire that may count for no more than `level`.
    #[serde(default)]
    pub rule: Written<String>,
    /// Of `less_urgent`: the step of the built-in questionnaire that may be missing at `level`.
    #[serde(default)]
    pub step: Written<String>,
    /// Of `less_urgent`: words of the built-in questionnaire that may be missing at `level`, as they are there.
    #[serde(default)]
    pub text: Written<String>,
    /// Of `less_urgent`: the id of a level.
    #[serde(default)]
    pub level: Written<String>,
    /// Of `less_urgent`, beside the `text` of a time to act: the day by which to act may be as late as this.
    #[serde(default)]
    pub days: Written<u16>,
    /// Of `less_urgent`: `false`, `level` may do without an alert.
    #[serde(default)]
    pub interrupt: Written<bool>,
    /// Of `less_urgent`: what an open question may count for.
    #[serde(default)]
    pub unsure: Written<Unsure>,
    /// Why this is right; only authors and reviewers read it.
    pub because: String,
}

#[derive(Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub(super) struct Page {
    /// Lower-case letters, digits and `_`.
    #[schemars(regex(pattern = r"^[a-z][a-z0-9_]*$"))]
    pub id: String,
    /// Stands above the page.
    pub title: Text,
    /// Ids of levels; left out: all.
    #[serde(default)]
    pub levels: Written<Vec<String>>,
    /// Left out: always.
    #[serde(default)]
    pub when: Written<Condition>,
    /// Left out: both.
    #[serde(default)]
    pub audience: Written<Audience>,
    /// Paragraphs, and lists with `- `.
    pub body: Text,
    /// Ids of `sources`.
    #[serde(default)]
    pub sources: Vec<String>,
}

#[derive(Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub(super) struct Table {
    /// Lower-case letters, digits and `_`.
    #[schemars(regex(pattern = r"^[a-z][a-z0-9_]*$"))]
    pub id: String,
    /// Stands above the table.
    pub title: Text,
    /// Left out: both.
    #[serde(default)]
    pub audience: Written<Audience>,
    /// What stands above each column.
    pub columns: Vec<Text>,
    /// Each row has as many cells as there are columns.
    pub rows: Vec<Vec<Text>>,
}

#[derive(Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub(super) struct Source {
    /// Its title.
    pub title: String,
    /// The year it is of.
    #[serde(default)]
    pub year: Written<u16>,
}

/// A condition, still as YAML: `conditions` reads it.
#[derive(Debug, Deserialize)]
#[serde(transparent)]
pub(super) struct Condition(pub serde_yaml::Value);
