//! Which way a language is written. Texts are shown from left to right, so the other way is not promised.

use super::wording::{Step, each_text};
use super::{Audience, Questionnaire};

/// Languages that are usually written from right to left (CLDR, `characterOrder`).
const LANGUAGES: [&str; 21] = [
    "ar", "arc", "bal", "bgn", "ckb", "dv", "fa", "he", "iw", "ks", "lrc", "mzn", "nqo", "ps", "rhg", "sd",
    "syr", "ug", "ur", "yi", "ji",
];

/// Scripts that are written so, by ISO 15924.
const SCRIPTS: [&str; 12] =
    ["adlm", "arab", "aran", "hebr", "mand", "mend", "nkoo", "rohg", "samr", "syrc", "thaa", "yezi"];

/// The blocks of letters that run from right to left: where a code point without a class of its own has R or AL
/// (Unicode, `DerivedBidiClass.txt`).
const LETTERS: [(u32, u32); 5] =
    [(0x0590, 0x08FF), (0xFB1D, 0xFDFF), (0xFE70, 0xFEFF), (0x1_0800, 0x1_0FFF), (0x1_E800, 0x1_EFFF)];

/// Whether a BCP 47 tag such as `ar` or `az-Arab` names a language written from right to left. A script in the tag
/// counts before the language.
pub fn runs_right_to_left(tag: &str) -> bool {
    let is_in = |list: &[&str], part: &str| list.iter().any(|known| known.eq_ignore_ascii_case(part));
    let mut parts = tag.split(['-', '_']);
    let language = parts.next().unwrap_or_default();
    let script = parts.take_while(|part| part.len() > 1).find(|part| is_script(part));
    script.map_or_else(|| is_in(&LANGUAGES, language), |script| is_in(&SCRIPTS, script))
}

/// Four letters; a variant of four begins with a digit.
fn is_script(part: &str) -> bool {
    part.len() == 4 && part.bytes().all(|byte| byte.is_ascii_alphabetic())
}

/// The first word of a text with a letter that is written from right to left.
pub fn right_to_left_word(text: &str) -> Option<&str> {
    if text.is_ascii() {
        return None;
    }
    let runs_so = |c: char| LETTERS.iter().any(|&(first, last)| (first..=last).contains(&u32::from(c)));
    text.split_whitespace().find(|word| word.chars().any(|c| c.is_alphabetic() && runs_so(c)))
}

/// What `found` makes of the first text with such a word, from its name and the word; where it makes nothing of it,
/// of the next.
pub fn first_right_to_left<T>(
    questionnaire: &Questionnaire,
    found: impl Fn(&[Step], &str) -> Option<T>,
) -> Option<T> {
    let mut first = None;
    each_text(&mut questionnaire.clone(), &mut |name, _, text| {
        let mut audiences = [Audience::Patient, Audience::Clinician].into_iter();
        if first.is_none() {
            let word = audiences.find_map(|audience| right_to_left_word(text.to(audience)));
            first = word.and_then(|word| found(name, word));
        }
    });
    first
}

/// Whether any of it would have to be shown from right to left.
pub fn needs_right_to_left(questionnaire: &Questionnaire) -> bool {
    runs_right_to_left(&questionnaire.language)
        || first_right_to_left(questionnaire, |_, _| Some(())).is_some()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_language_or_its_script_runs_right_to_left() {
        for tag in ["ar", "AR-EG", "he", "fa_IR", "ckb", "az-Arab", "ks-arab-IN", "pa-Aran", "ff-Adlm", "yi"]
        {
            assert!(runs_right_to_left(tag), "{tag}");
        }
        for tag in
            ["en", "es-MX", "az", "ar-Latn", "ks-Deva-IN", "ug-Cyrl", "en-x-arab", "arn", "", "de-1996"]
        {
            assert!(!runs_right_to_left(tag), "{tag}");
        }
    }

    #[test]
    fn only_letters_run_right_to_left() {
        for (text, word) in [
            ("ring שלום now", "שלום"),
            ("(مرحبا)", "(مرحبا)"),
            ("abc ދިވެހި", "ދިވެހި"),
            ("\u{1E900}", "\u{1E900}"),
            ("\u{FEF5}", "\u{FEF5}"),
        ] {
            assert_eq!(right_to_left_word(text), Some(word), "{text}");
        }
        for text in ["Wo tut es weh?", "Где болит?", "どこが痛い", "कहाँ", "٣ ١٢", "½ → °", ""]
        {
            assert_eq!(right_to_left_word(text), None, "{text}");
        }
    }
}
