//! How a language is written.

use super::mistake::Mistakes;
use super::names::shown;
use super::path::Place;

/// Whether a language is written as BCP 47 writes it.
pub fn is_language(tag: &str) -> bool {
    let mut parts = tag.split('-');
    let first = parts.next().unwrap_or_default();
    let is_language = (2..=3).contains(&first.len()) && first.bytes().all(|byte| byte.is_ascii_alphabetic());
    let is_part =
        |part: &str| (2..=8).contains(&part.len()) && part.bytes().all(|byte| byte.is_ascii_alphanumeric());
    is_language && parts.all(is_part)
}

/// Reports a language that is not written as BCP 47 writes it.
pub(super) fn check_language(tag: &str, place: Place, mistakes: &mut Mistakes) {
    if !is_language(tag) {
        let message = format!("`{}` is not a language code", shown(tag));
        mistakes
            .error(place, "bad-language", message)
            .help("use two or three letters, with a country after a hyphen if needed: `es`, `pt-BR`");
    }
}
