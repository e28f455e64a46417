//! What is written down: one entry for each thing that happened, and never one taken out.

use std::fmt;
use std::str::FromStr;

use jiff::Timestamp;
use serde::{Deserialize, Serialize};
use serde_json::{Map, Value};

use super::role::Role;
use crate::encounter::fingerprint;
use crate::questionnaire::{Audience, LevelIndex, Questionnaire};

/// A check, under a number that says nothing about anybody.
#[derive(Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct EncounterId(pub(super) [u8; 16]);

impl EncounterId {
    /// What happens to the store itself is noted as an encounter of this number.
    pub const LOG: EncounterId = EncounterId([0; 16]);

    pub(super) fn of(bytes: &[u8]) -> Option<EncounterId> {
        bytes.try_into().ok().map(EncounterId)
    }
}

impl fmt::Display for EncounterId {
    fn fmt(&self, f: &mut fmt::Formatter) -> fmt::Result {
        self.0.iter().try_for_each(|byte| write!(f, "{byte:02x}"))
    }
}

impl fmt::Debug for EncounterId {
    fn fmt(&self, f: &mut fmt::Formatter) -> fmt::Result {
        write!(f, "{self}")
    }
}

impl FromStr for EncounterId {
    type Err = ();

    fn from_str(text: &str) -> Result<EncounterId, ()> {
        if text.len() != 32 || !text.bytes().all(|digit| digit.is_ascii_hexdigit()) {
            return Err(());
        }
        u128::from_str_radix(text, 16).map(|number| EncounterId(number.to_be_bytes())).map_err(|_| ())
    }
}

/// How many entries an encounter has. Whoever appends says how many they have seen.
pub type Revision = u64;

/// Somebody who may write.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Person {
    pub name: String,
    pub role: Role,
}

/// An entry as it is read.
#[derive(Debug, Clone, PartialEq)]
pub struct Entry {
    pub revision: Revision,
    pub mark: Mark,
    pub event: Event,
}

/// Who did something, where and when.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Mark {
    pub who: Person,
    pub station: String,
    #[serde(with = "milliseconds")]
    pub at: Timestamp,
}

/// A questionnaire, to the last rule and word of its first language.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Which {
    pub id: String,
    pub version: String,
    /// What `encounter::fingerprint` gives.
    pub sha256: String,
}

impl Which {
    /// `questionnaire` is in its first language.
    pub fn of(questionnaire: &Questionnaire) -> Which {
        Which {
            id: questionnaire.id.clone(),
            version: questionnaire.version.clone(),
            sha256: fingerprint(questionnaire),
        }
    }
}

/// Where an encounter comes from.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Source {
    Kiosk,
    Intake,
}

/// How an answer is known.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Said {
    #[default]
    Patient,
    Observed,
    Record,
}

/// How an encounter begins.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Opened {
    pub questionnaire: Which,
    pub audience: Audience,
    /// As in BCP 47.
    pub language: String,
    pub source: Source,
    /// The number under which staff call the person.
    pub ticket: Option<String>,
    /// What the clinic calls the person.
    pub reference: Option<String>,
}

/// How soon, by the answers so far.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Level {
    /// Its id in the questionnaire.
    pub id: String,
    /// 0 is the most urgent.
    pub rank: usize,
    /// Whether everything is answered that is asked. If not, the level is at least this.
    pub finished: bool,
}

impl Level {
    /// A level of this questionnaire, as a report says it.
    pub fn of(questionnaire: &Questionnaire, (rank, finished): (LevelIndex, bool)) -> Level {
        Level { id: questionnaire.levels[rank].id.clone(), rank, finished }
    }
}

/// What happened. Questions, options and levels are named by their ids, answers are as `answers::json` reads them.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(tag = "kind", rename_all = "snake_case")]
pub enum Event {
    /// The first of every encounter.
    Opened(Opened),
    Answered {
        question: String,
        answer: Value,
        said: Said,
        note: Option<String>,
    },
    /// Another answer took the place of an old one, or how it is known did.
    Corrected {
        question: String,
        old: Value,
        answer: Value,
        said: Said,
        note: Option<String>,
    },
    TakenBack {
        question: String,
        old: Value,
    },
    /// About a question, or about the encounter.
    Note {
        question: Option<String>,
        text: String,
    },
    /// Pages that were answered, read or left out, or whose passing was undone.
    Passed {
        questions: Vec<String>,
        undone: Vec<String>,
    },
    /// All else that an encounter by ids has, with the place in it: the keys that have changed since the last.
    Standing {
        keys: Map<String, Value>,
    },
    /// How soon, by the answers from now on; `None`: nothing sets a level any more, since an answer was changed.
    LevelReached {
        /// Its fields are beside `kind`, as stores have them that know no entry without a level.
        #[serde(flatten)]
        level: Option<Level>,
    },
    /// Stopped early at a level, because no way of going on had another one.
    Stopped {
        level: String,
    },
    /// Another name for the person.
    Referenced {
        reference: Option<String>,
    },
    /// Goes on under another version of the questionnaire; what of the answers did not fit, in words.
    CarriedOver {
        questionnaire: Which,
        lost: Vec<String>,
    },
    /// A clinician has taken the person on.
    Seen,
    Closed {
        why: Option<String>,
    },
    Reopened,
    Printed {
        what: String,
    },
    Exported {
        what: String,
    },
    /// About to be sent, so that nothing leaves without a note, whatever becomes of the program then.
    Sending {
        to: String,
        /// Under which identifier it is known there.
        identifier: String,
        /// The revision up to which it goes along.
        content: Revision,
    },
    /// To whom or where, without naming the person.
    Sent {
        to: String,
        /// Under which identifier it is known there; `None`: it was not sent to a server.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        identifier: Option<String>,
        /// The revision up to which it went along.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        content: Option<Revision>,
    },

    // What happens to the store itself, in its log.
    /// The keys and the bodies of these encounters are erased from here on.
    Purged {
        encounters: Vec<String>,
        /// The ids of questionnaires of which checks had been sent to a server by then.
        #[serde(default, skip_serializing_if = "Vec::is_empty")]
        sent: Vec<String>,
    },
    KeyChanged,
    PersonAdded(Person),
    PersonRemoved(Person),
    BackedUp,
}

impl Event {
    /// Whether it changes what a check says, and not only who has seen it or where it is.
    pub fn changes_check(&self) -> bool {
        matches!(
            self,
            Event::Answered { .. }
                | Event::Corrected { .. }
                | Event::TakenBack { .. }
                | Event::Note { .. }
                | Event::LevelReached { .. }
                | Event::Stopped { .. }
                | Event::Referenced { .. }
                | Event::CarriedOver { .. }
        )
    }

    /// Whether it belongs into the log of the store and not into an encounter.
    pub fn is_of_store(&self) -> bool {
        matches!(
            self,
            Event::Purged { .. }
                | Event::KeyChanged
                | Event::PersonAdded(_)
                | Event::PersonRemoved(_)
                | Event::BackedUp
        )
    }
}

/// What is sealed of an entry.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub(super) struct Body {
    pub who: Person,
    pub station: String,
    pub event: Event,
}

/// A moment as the milliseconds since 1970.
pub(super) mod milliseconds {
    use jiff::Timestamp;
    use serde::{Deserialize, Deserializer, Serializer};

    pub fn serialize<S: Serializer>(at: &Timestamp, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_i64(at.as_millisecond())
    }

    pub fn deserialize<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Timestamp, D::Error> {
        i64::deserialize(deserializer).map(moment)
    }

    /// What is no moment is 1970: times only inform, and nothing is ordered by them.
    pub fn moment(milliseconds: i64) -> Timestamp {
        Timestamp::from_millisecond(milliseconds).unwrap_or_default()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_number_reads_back() {
        let id = EncounterId([0xab; 16]);
        assert_eq!(id.to_string().parse(), Ok(id));
        for wrong in ["", "ab", &"+b".repeat(16), &"g".repeat(32), &"a".repeat(33), "é"] {
            assert_eq!(wrong.parse::<EncounterId>(), Err(()), "{wrong}");
        }
    }

    #[test]
    fn a_level_is_kept_as_it_was_before_an_entry_could_have_none() {
        let kept = r#"{"kind":"level_reached","id":"emergency","rank":0,"finished":true}"#;
        let emergency = Level { id: "emergency".to_owned(), rank: 0, finished: true };
        let reached = Event::LevelReached { level: Some(emergency) };
        assert_eq!(serde_json::from_str::<Event>(kept).expect("an event"), reached);
        assert_eq!(serde_json::to_string(&reached).expect("JSON"), kept);
        let none = Event::LevelReached { level: None };
        let kept = serde_json::to_string(&none).expect("JSON");
        assert_eq!(serde_json::from_str::<Event>(&kept).expect("an event"), none);
    }
}
