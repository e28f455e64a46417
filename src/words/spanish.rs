//! Spanish: neutral, and to the person as `usted`.

use super::{Language, Words};

pub const SPANISH: Words = Words { language: Language::Spanish, unsure: "No lo sé" };
