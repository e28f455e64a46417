//! How a kiosk hands an encounter over to the desk.

use std::path::PathBuf;

use serde::Deserialize;
use serde_json::{Value, json};

/// What a site file sets below `kiosk: desk:`.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Desk {
    /// Who the kiosk is in the store.
    #[serde(rename = "as")]
    pub name: String,
    /// The file with its PIN.
    pub pin_file: PathBuf,
}

/// The part of the schema of site files for it.
pub(super) fn schema() -> Value {
    json!({
        "description": "Who the kiosk is in the store, where people may show their answers to the desk; left out: nothing is ever handed over.",
        "type": ["object", "null"],
        "properties": {
            "as": { "description": "Its name in the store, with the role `kiosk`.", "type": "string" },
            "pin_file": { "description": "The file with its PIN, which only the kiosk can read.", "type": "string" }
        },
        "required": ["as", "pin_file"],
        "additionalProperties": false
    })
}
