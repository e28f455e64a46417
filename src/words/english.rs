//! English.

use super::{Language, Words};

pub const ENGLISH: Words = Words { language: Language::English, unsure: "I'm not sure" };
