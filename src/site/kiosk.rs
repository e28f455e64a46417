//! How a kiosk of this place behaves: how long it waits, whom it calls, what it prints, and who may end it.

use std::path::PathBuf;
use std::time::Duration;

use serde::de::{self, Deserialize, Deserializer};
use serde_json::{Value, json};

use super::Desk;
use super::command::{self, Command};

/// The keys below `kiosk:`.
pub(super) const KEYS: [&str; 15] = [
    "idle",
    "grace",
    "result",
    "out_of_order",
    "touch",
    "languages",
    "on_emergency",
    "print",
    "columns",
    "encoding",
    "escpos",
    "qr",
    "pin",
    "counts",
    "desk",
];

/// No wait is longer.
const LONGEST: u64 = 24 * 60 * 60;

/// What a site file sets below `kiosk:`.
#[derive(Debug, Clone, PartialEq, serde::Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct Kiosk {
    /// So long without a key or a touch, and the person is asked whether they are still there.
    #[serde(deserialize_with = "seconds")]
    pub idle: Duration,
    /// So long they have to say so, before everything is erased.
    #[serde(deserialize_with = "seconds")]
    pub grace: Duration,
    /// In place of `idle` while an alert that nobody has acknowledged is on the screen, or a result.
    #[serde(deserialize_with = "seconds")]
    pub result: Duration,
    /// How long "out of order" is on the screen before the program ends, to be started again.
    #[serde(deserialize_with = "seconds")]
    pub out_of_order: Duration,
    /// Whatever can be done is large enough for a finger; `None`: as the terminal is one that can know touch.
    pub touch: Option<bool>,
    /// The tags of the languages to choose from, in this order; none: all that there are.
    pub languages: Vec<String>,
    /// The command that calls staff.
    pub on_emergency: Command,
    /// The command that prints what it reads.
    pub print: Command,
    /// The width of a slip.
    #[serde(deserialize_with = "columns")]
    pub columns: usize,
    pub encoding: Encoding,
    /// The printer knows ESC/POS: large letters, and its knife.
    pub escpos: bool,
    /// It draws a QR code as well; only with `escpos`.
    pub qr: bool,
    /// The hash of the PIN of staff.
    #[serde(deserialize_with = "pin")]
    pub pin: Option<String>,
    /// Where to keep counts.
    pub counts: Option<PathBuf>,
    /// Where people may show their answers to the desk.
    pub desk: Option<Desk>,
}

impl Default for Kiosk {
    fn default() -> Kiosk {
        Kiosk {
            idle: Duration::from_secs(90),
            grace: Duration::from_secs(30),
            result: Duration::from_secs(300),
            out_of_order: Duration::from_secs(30),
            touch: None,
            languages: Vec::new(),
            on_emergency: Command::default(),
            print: Command::default(),
            columns: 32,
            encoding: Encoding::default(),
            escpos: false,
            qr: false,
            pin: None,
            counts: None,
            desk: None,
        }
    }
}

/// How a printer wants its letters: how those of a slip become bytes.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, serde::Deserialize)]
pub enum Encoding {
    #[default]
    #[serde(rename = "utf-8")]
    Utf8,
    /// What printers of slips begin with, from the first PC.
    #[serde(rename = "cp437")]
    Cp437,
    /// That of Western Europe, with the euro sign.
    #[serde(rename = "cp858")]
    Cp858,
    #[serde(rename = "ascii")]
    Ascii,
}

fn seconds<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Duration, D::Error> {
    match u64::deserialize(deserializer)? {
        seconds @ 1..=LONGEST => Ok(Duration::from_secs(seconds)),
        seconds => Err(de::Error::custom(format_args!("{seconds} is not from 1 to {LONGEST} seconds"))),
    }
}

fn columns<'de, D: Deserializer<'de>>(deserializer: D) -> Result<usize, D::Error> {
    match usize::deserialize(deserializer)? {
        columns @ 20..=80 => Ok(columns),
        columns => Err(de::Error::custom(format_args!(
            "{columns} is not from 20 to 80 columns; paper of 58 mm has 32, of 80 mm 48"
        ))),
    }
}

fn pin<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Option<String>, D::Error> {
    let Some(hash) = Option::<String>::deserialize(deserializer)? else { return Ok(None) };
    if hash.starts_with("$argon2id$") {
        return Ok(Some(hash));
    }
    Err(de::Error::custom("`pin` is not the PIN itself but its hash; `redflag kiosk pin` makes the line"))
}

/// The part of the schema of site files for `kiosk:`.
pub(super) fn schema() -> Value {
    let seconds = |description: &str, default: u64| json!({ "description": description, "type": "integer", "minimum": 1, "maximum": LONGEST, "default": default });
    json!({
        "description": "How `redflag kiosk` behaves here.",
        "type": ["object", "null"],
        "properties": {
            "idle": seconds("Seconds without a key or a touch until the person is asked whether they are still there.", 90),
            "grace": seconds("Seconds that they then have to say so, before everything is erased.", 30),
            "result": seconds("In place of `idle`, while a result is on the screen or an alert that nobody has acknowledged.", 300),
            "out_of_order": seconds("Seconds that \"out of order\" is shown after many crashes, before the program ends.", 30),
            "touch": { "description": "Large buttons for fingers; left out: except on the bare console, which knows no touch.", "type": ["boolean", "null"] },
            "languages": {
                "description": "Tags of the languages to choose from, in this order; left out: all.",
                "type": "array",
                "items": { "type": "string" }
            },
            "on_emergency": command::schema("The command that calls staff: a program and its arguments, to which the level and a ticket are added. No shell reads it."),
            "print": command::schema("The command that prints the slip that it reads. No shell reads it."),
            "columns": { "description": "The width of the slip.", "type": "integer", "minimum": 20, "maximum": 80, "default": 32 },
            "encoding": { "description": "How the printer wants its letters.", "enum": ["utf-8", "cp437", "cp858", "ascii"] },
            "escpos": { "description": "The printer knows ESC/POS: large letters, and its knife.", "type": "boolean" },
            "qr": { "description": "The printer draws a QR code as well; only with `escpos`.", "type": "boolean" },
            "pin": { "description": "The hash of the PIN of staff, as `redflag kiosk pin` prints it.", "type": ["string", "null"], "pattern": "^\\$argon2id\\$" },
            "counts": { "description": "A file for counts without answers.", "type": ["string", "null"] },
            "desk": super::desk::schema()
        },
        "additionalProperties": false
    })
}
