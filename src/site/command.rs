//! A command of this place, such as one that rings a bell.

use std::fmt;

use serde::de::{self, Deserialize, Deserializer, SeqAccess, Visitor};
use serde_json::{Value, json};

/// A program and its arguments, which no shell reads. Empty: there is none.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Command(pub Vec<String>);

impl Command {
    pub fn is_set(&self) -> bool {
        !self.0.is_empty()
    }
}

impl<'de> Deserialize<'de> for Command {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Command, D::Error> {
        struct Words;

        impl<'de> Visitor<'de> for Words {
            type Value = Command;

            fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str("a command as a list, such as `[/usr/local/bin/ring, desk]`")
            }

            fn visit_unit<E: de::Error>(self) -> Result<Command, E> {
                Ok(Command::default())
            }

            fn visit_str<E: de::Error>(self, word: &str) -> Result<Command, E> {
                match word.split_whitespace().collect::<Vec<_>>()[..] {
                    [] => Ok(Command::default()),
                    [only] => Ok(Command(vec![only.to_owned()])),
                    ref words => Err(de::Error::custom(format_args!(
                        "commands don't go through a shell, so write the words separately: [{}]",
                        words.join(", ")
                    ))),
                }
            }

            fn visit_seq<A: SeqAccess<'de>>(self, mut list: A) -> Result<Command, A::Error> {
                let mut words = Vec::new();
                while let Some(word) = list.next_element::<String>()? {
                    if word.contains('\0') {
                        return Err(de::Error::custom("a command can't have a zero byte"));
                    }
                    words.push(word);
                }
                match words.first() {
                    Some(program) if program.trim().is_empty() => {
                        Err(de::Error::custom("the first word of a command is the program, and it is empty"))
                    }
                    _ => Ok(Command(words)),
                }
            }
        }

        deserializer.deserialize_any(Words)
    }
}

/// Its part of the schema of site files.
pub(super) fn schema(description: &str) -> Value {
    json!({
        "description": description,
        "type": ["array", "string", "null"],
        "pattern": "^\\s*\\S*\\s*$",
        "items": { "type": "string" }
    })
}
