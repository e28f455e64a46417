//! Where this place keeps what was asked.

use std::path::PathBuf;

use serde::Deserialize;
use serde_json::{Value, json};

/// The keys below `store:`.
pub(super) const KEYS: [&str; 4] = ["place", "key_file", "passphrase_file", "station"];

/// What a site file sets below `store:`.
#[derive(Debug, Clone, Default, PartialEq, Eq, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct Keeping {
    /// A file, or an address that begins with `postgres://`.
    pub place: Option<String>,
    pub key_file: Option<PathBuf>,
    pub passphrase_file: Option<PathBuf>,
    /// What this machine is called in the store.
    pub station: Option<String>,
}

/// The part of the schema of site files for `store:`.
pub(super) fn schema() -> Value {
    let text = |description: &str| json!({ "description": description, "type": ["string", "null"] });
    json!({
        "description": "Where `redflag intake`, `redflag board` and a kiosk that hands over keep what was asked.",
        "type": ["object", "null"],
        "properties": {
            "place": text("A file, or an address that begins with `postgres://`; left out: a file in the data folder of the user."),
            "key_file": text("The file with the key of the store; left out: beside the store."),
            "passphrase_file": text("A file with the passphrase of the store, where it has one in place of a key file."),
            "station": text("What this machine is called in the store, such as `desk 1`; left out: its host name.")
        },
        "additionalProperties": false
    })
}
