//! The types of questions, and which keys go with which.

use schemars::JsonSchema;
use serde::Deserialize;

use super::raw::Question;

#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub(super) enum Kind {
    OneOf,
    ManyOf,
    YesNo,
    Number,
    Scale,
    BodyMap,
    Text,
    Note,
}

/// The keys that questions of some types have, and no others.
pub(super) const KEYS_OF_KINDS: [(&str, &[Kind]); 19] = [
    ("options", &[Kind::OneOf, Kind::ManyOf, Kind::BodyMap]),
    ("grid", &[Kind::OneOf, Kind::YesNo]),
    ("row", &[Kind::OneOf, Kind::YesNo]),
    ("ordered", &[Kind::OneOf]),
    ("min", &[Kind::Number, Kind::Scale]),
    ("max", &[Kind::Number, Kind::Scale]),
    ("decimals", &[Kind::Number]),
    ("unit", &[Kind::Number]),
    ("units", &[Kind::Number]),
    ("reference", &[Kind::Number]),
    ("labels", &[Kind::Scale]),
    ("say", &[Kind::YesNo, Kind::Number, Kind::Scale]),
    ("phrase", &[Kind::Number, Kind::Scale]),
    ("phrases", &[Kind::YesNo]),
    ("least", &[Kind::OneOf]),
    ("nothing", &[Kind::OneOf]),
    ("never_below", &[Kind::OneOf, Kind::ManyOf, Kind::YesNo, Kind::BodyMap]),
    ("settle", &[Kind::OneOf, Kind::YesNo, Kind::Number, Kind::Scale, Kind::BodyMap]),
    ("red_flag", &[Kind::OneOf, Kind::ManyOf, Kind::YesNo, Kind::Number, Kind::Scale, Kind::BodyMap]),
];

/// The keys that questions of all types have but a note, which has no answer.
pub(super) const KEYS_OF_ANSWERED: [&str; 7] =
    ["unsure", "optional", "concern", "record_only", "again", "ask_again", "code"];

impl Question {
    /// Whether the file has one of the keys that not all types have.
    pub fn has(&self, key: &str) -> bool {
        match key {
            "options" => self.options.0.is_some(),
            "grid" => self.grid.0.is_some(),
            "row" => self.row.0.is_some(),
            "ordered" => self.ordered.0.is_some(),
            "min" => self.min.0.is_some(),
            "max" => self.max.0.is_some(),
            "decimals" => self.decimals.0.is_some(),
            "unit" => self.unit.0.is_some(),
            "units" => self.units.0.is_some(),
            "reference" => self.reference.0.is_some(),
            "labels" => self.labels.0.is_some(),
            "say" => self.say.0.is_some(),
            "phrase" => self.phrase.0.is_some(),
            "phrases" => self.phrases.0.is_some(),
            "least" => self.least.0.is_some(),
            "nothing" => self.nothing.0.is_some(),
            "never_below" => self.never_below.0.is_some(),
            "unsure" => self.unsure.0.is_some(),
            "optional" => self.optional.0.is_some(),
            "concern" => self.concern.0.is_some(),
            "red_flag" => self.red_flag.0.is_some(),
            "record_only" => self.record_only.0.is_some(),
            "settle" => self.settle.0.is_some(),
            "again" => self.again.0.is_some(),
            "ask_again" => self.ask_again.0.is_some(),
            "code" => self.code.0.is_some(),
            _ => false,
        }
    }
}

impl Kind {
    /// The keys that a question of this type can't be without.
    pub fn needed_keys(self) -> &'static [&'static str] {
        match self {
            Kind::OneOf | Kind::ManyOf | Kind::BodyMap => &["options"],
            Kind::Number | Kind::Scale => &["min", "max"],
            Kind::YesNo | Kind::Text | Kind::Note => &[],
        }
    }

    /// As a file writes it.
    pub fn name(self) -> &'static str {
        match self {
            Kind::OneOf => "one_of",
            Kind::ManyOf => "many_of",
            Kind::YesNo => "yes_no",
            Kind::Number => "number",
            Kind::Scale => "scale",
            Kind::BodyMap => "body_map",
            Kind::Text => "text",
            Kind::Note => "note",
        }
    }
}
