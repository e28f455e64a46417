//! How the board of this place behaves: how long people may wait, and whom it calls.

use std::collections::BTreeMap;

use serde::{Deserialize, Deserializer};
use serde_json::{Value, json};

use super::command::{self, Command};

/// The keys below `board:`.
pub(super) const KEYS: [&str; 3] = ["waits", "on_emergency", "print"];

/// What a site file sets below `board:`.
#[derive(Debug, Clone, Default, PartialEq, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct Board {
    /// In place of the limits of the questionnaire's levels.
    #[serde(deserialize_with = "waits")]
    pub waits: Waits,
    /// The command that says that there is a new emergency.
    pub on_emergency: Command,
    /// The command that prints the handover that it reads.
    pub print: Command,
}

/// How long a person may wait until somebody has seen them, in minutes, by the ids of levels.
#[derive(Debug, Clone, Default, PartialEq, Deserialize)]
#[serde(transparent)]
pub struct Waits(pub BTreeMap<String, u64>);

/// With nothing behind the key, none are set.
fn waits<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Waits, D::Error> {
    Ok(Option::deserialize(deserializer)?.unwrap_or_default())
}

impl Waits {
    /// What is set for a level.
    pub fn minutes(&self, level: &str) -> Option<u64> {
        self.0.get(level).copied()
    }
}

/// The part of the schema of site files for `board:`.
pub(super) fn schema() -> Value {
    json!({
        "description": "How `redflag board` behaves here.",
        "type": ["object", "null"],
        "properties": {
            "waits": {
                "description": "Minutes until somebody must have seen a person, by the ids of levels. Left out: as soon as the level itself says.",
                "type": ["object", "null"],
                "additionalProperties": { "type": "integer", "minimum": 0 }
            },
            "on_emergency": command::schema("The command that is run when a new emergency comes: a program and its arguments, to which the level and the ticket are added. No shell reads it."),
            "print": command::schema("The command that prints the handover that it reads. No shell reads it.")
        },
        "additionalProperties": false
    })
}
