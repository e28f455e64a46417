//! How values are written that are more than one type: texts, keys that may be left out, maps in order.

use std::collections::HashSet;
use std::fmt;
use std::marker::PhantomData;

use schemars::JsonSchema;
use serde::Deserialize;
use serde::de::{self, Deserializer, MapAccess, Visitor};

/// A text: one string for both audiences, or one for each.
#[derive(Debug)]
pub(crate) enum Text {
    Both(String),
    Each { patient: String, clinician: String },
}

impl<'de> Deserialize<'de> for Text {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Text, D::Error> {
        struct TextVisitor;

        impl<'de> Visitor<'de> for TextVisitor {
            type Value = Text;

            fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str("a text, or `patient:` and `clinician:` with a text each")
            }

            fn visit_str<E: de::Error>(self, words: &str) -> Result<Text, E> {
                Ok(Text::Both(words.to_owned()))
            }

            fn visit_map<A: MapAccess<'de>>(self, map: A) -> Result<Text, A::Error> {
                let each = Each::deserialize(de::value::MapAccessDeserializer::new(map))?;
                Ok(Text::Each { patient: each.patient, clinician: each.clinician })
            }
        }

        deserializer.deserialize_any(TextVisitor)
    }
}

/// A text, which may say what questions it is about where it is one for each audience.
#[derive(Debug)]
pub(crate) struct Item {
    pub say: Text,
    pub about: Written<Vec<String>>,
}

impl<'de> Deserialize<'de> for Item {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Item, D::Error> {
        struct ItemVisitor;

        impl<'de> Visitor<'de> for ItemVisitor {
            type Value = Item;

            fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str("a text, or `patient:` and `clinician:` with a text each")
            }

            fn visit_str<E: de::Error>(self, words: &str) -> Result<Item, E> {
                Ok(Item { say: Text::Both(words.to_owned()), about: Written(None) })
            }

            fn visit_map<A: MapAccess<'de>>(self, map: A) -> Result<Item, A::Error> {
                let each = EachItem::deserialize(de::value::MapAccessDeserializer::new(map))?;
                let EachItem { patient, clinician, about } = each;
                Ok(Item { say: Text::Each { patient, clinician }, about })
            }
        }

        deserializer.deserialize_any(ItemVisitor)
    }
}

/// A text for each audience, and what questions it is about.
#[derive(Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct EachItem {
    /// For the person who is asked.
    pub patient: String,
    /// For the people who look after them.
    pub clinician: String,
    /// The questions that ask for it: it stands further up when another answer to one of them would make the result
    /// more urgent.
    #[serde(default)]
    pub about: Written<Vec<String>>,
}

/// A text for each audience.
#[derive(Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct Each {
    /// For the person who is asked.
    pub patient: String,
    /// For the people who look after them.
    pub clinician: String,
}

/// What follows a key that may be left out. Not an `Option`, which would take a key with nothing after it
/// for one that is left out.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Written<T>(pub Option<T>);

impl<T> Default for Written<T> {
    fn default() -> Self {
        Written(None)
    }
}

impl<'de, T: Deserialize<'de>> Deserialize<'de> for Written<T> {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        T::deserialize(deserializer).map(|value| Written(Some(value)))
    }
}

/// A map in the order of the file.
#[derive(Debug)]
pub(crate) struct Entries<T>(pub Vec<(String, T)>);

impl<T> Default for Entries<T> {
    fn default() -> Self {
        Entries(Vec::new())
    }
}

impl<'de, T: Deserialize<'de>> Deserialize<'de> for Entries<T> {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        struct EntriesVisitor<T>(PhantomData<T>);

        impl<'de, T: Deserialize<'de>> Visitor<'de> for EntriesVisitor<T> {
            type Value = Entries<T>;

            fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str("a map")
            }

            fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<Entries<T>, A::Error> {
                let mut entries: Vec<(String, T)> = Vec::new();
                let mut keys = HashSet::new();
                while let Some((key, value)) = map.next_entry::<String, T>()? {
                    if !keys.insert(key.clone()) {
                        return Err(de::Error::custom(format_args!("the key `{key}` is here twice")));
                    }
                    entries.push((key, value));
                }
                Ok(Entries(entries))
            }
        }

        deserializer.deserialize_map(EntriesVisitor(PhantomData))
    }
}
