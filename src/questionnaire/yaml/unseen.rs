//! Characters that nobody sees, or that look like others, where the file is read by the letter: in keys, ids and
//! indentation. In texts they are welcome.

use super::super::diagnostic::{Diagnostic, Severity, Span};

/// A character that is not what it looks like.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Unseen {
    /// In bytes.
    pub at: usize,
    pub c: char,
}

/// What a character looks like.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Looks {
    /// Like a blank.
    Blank,
    /// Like nothing.
    Nothing,
    /// Like this one.
    Like(char),
}

/// Letters of other alphabets, and what they look like: the small ones of an id, and the capitals of a rule's.
const LETTERS: [(&str, &str, &str); 2] = [
    ("Cyrillic", "аеорсухіѕјһԁԛԝкпгтвьАВЕКМНОРСТХУІЅЈ", "aeopcyxisjhdqwknrtbbABEKMHOPCTXYISJ"),
    ("Greek", "αονικρυχτγηωΑΒΕΖΗΙΚΜΝΟΡΤΥΧ", "aovikpuxtynwABEZHIKMNOPTYX"),
];

fn letter(c: char) -> Option<(&'static str, char)> {
    LETTERS.iter().find_map(|(alphabet, letters, latin)| {
        let at = letters.chars().position(|letter| letter == c)?;
        Some((*alphabet, latin.chars().nth(at)?))
    })
}

fn looks(c: char) -> Option<Looks> {
    Some(match c {
        _ if c.is_ascii() => return None,
        '\u{a0}' | '\u{1680}' | '\u{2000}'..='\u{200a}' | '\u{202f}' | '\u{205f}' | '\u{3000}' => {
            Looks::Blank
        }
        '\u{ad}' | '\u{34f}' | '\u{61c}' | '\u{115f}' | '\u{1160}' | '\u{17b4}' | '\u{17b5}' | '\u{3164}' => {
            Looks::Nothing
        }
        '\u{180b}'..='\u{180f}' | '\u{200b}'..='\u{200f}' | '\u{2060}'..='\u{2064}' => Looks::Nothing,
        '\u{206a}'..='\u{206f}' | '\u{fe00}'..='\u{fe0f}' | '\u{feff}' | '\u{ffa0}' => Looks::Nothing,
        '\u{e0000}'..='\u{e0fff}' => Looks::Nothing,
        '\u{2010}'..='\u{2015}' | '\u{2212}' | '\u{fe58}' | '\u{fe63}' => Looks::Like('-'),
        '“' | '”' | '„' | '‟' | '«' | '»' => Looks::Like('"'),
        '‘' | '’' | '‚' | '‛' => Looks::Like('\''),
        '\u{ff01}'..='\u{ff5e}' => Looks::Like(char::from_u32(u32::from(c) - 0xfee0)?),
        '\u{a789}' | '\u{2236}' | '\u{fe55}' | '\u{fe13}' | '\u{5c3}' => Looks::Like(':'),
        '\u{3001}' | '\u{fe50}' => Looks::Like(','),
        c => Looks::Like(letter(c)?.1),
    })
}

/// The character as a message calls it: `a no-break space (U+00A0)`.
fn name(c: char) -> String {
    let code = u32::from(c);
    let known = match c {
        '\u{a0}' => "a no-break space",
        '\u{202f}' => "a narrow no-break space",
        '\u{3000}' => "an ideographic space",
        '\u{200b}' => "a zero-width space",
        '\u{200c}' => "a zero-width non-joiner",
        '\u{200d}' => "a zero-width joiner",
        '\u{2060}' => "a word joiner",
        '\u{ad}' => "a soft hyphen",
        '\u{feff}' => "a byte order mark",
        _ => match looks(c) {
            Some(Looks::Blank) => "another kind of space",
            Some(Looks::Nothing) => "an invisible character",
            _ => {
                return match letter(c) {
                    Some((alphabet, _)) => format!("the {alphabet} letter `{c}` (U+{code:04X})"),
                    None => format!("the character `{c}` (U+{code:04X})"),
                };
            }
        },
    };
    format!("{known} (U+{code:04X})")
}

/// What to do about the character.
fn remedy(c: char) -> String {
    match looks(c) {
        Some(Looks::Blank) => "type a plain space instead".to_owned(),
        Some(Looks::Like(plain)) => match letter(c) {
            Some(_) => format!("type the Latin letter `{plain}` instead"),
            None => format!("type `{plain}` instead"),
        },
        _ => "delete it".to_owned(),
    }
}

/// A word as it looks.
pub(super) fn as_it_looks(word: &str) -> String {
    let letters = word.chars().filter_map(|c| match looks(c) {
        None => Some(c),
        Some(Looks::Blank) => Some(' '),
        Some(Looks::Nothing) => None,
        Some(Looks::Like(plain)) => Some(plain),
    });
    letters.collect()
}

/// A text as people read it, to tell whether another is the same to them: without capitals, needless blanks, what
/// nobody sees, and a point at the end. Letters stay, whatever they look like.
pub(super) fn as_read(text: &str) -> String {
    let seen = text.chars().filter_map(|c| match looks(c) {
        _ if letter(c).is_some() => Some(c),
        Some(Looks::Blank) => Some(' '),
        Some(Looks::Nothing) => None,
        Some(Looks::Like(plain)) => Some(plain),
        None => Some(c),
    });
    let seen = seen.collect::<String>().to_lowercase();
    let words: Vec<&str> = seen.split_whitespace().collect();
    words.join(" ").trim_end_matches(['.', ' ']).to_owned()
}

/// The first such character of a word.
pub(super) fn first(word: &str) -> Option<Unseen> {
    if word.is_ascii() {
        return None;
    }
    word.char_indices().find(|&(_, c)| looks(c).is_some()).map(|(at, c)| Unseen { at, c })
}

/// Adds to what is said about a key, an id or another word that it holds such a character.
pub(super) fn name_in_word(diagnostic: &mut Diagnostic, text: &str, word: std::ops::Range<usize>) {
    const LONGEST: usize = 200;
    let is_about_a_word = diagnostic.code.starts_with("unknown-")
        || diagnostic.code.starts_with("bad-")
        || matches!(diagnostic.code, "wrong-type" | "label-outside" | "not-a-list" | "duplicate-id");
    let words = text.get(word.clone()).filter(|words| words.len() <= LONGEST && !words.contains('\n'));
    let Some(found) = words.filter(|_| is_about_a_word).and_then(first) else { return };
    let what = name(found.c);
    let help = format!("it contains {what}: {}", remedy(found.c));
    diagnostic.help = Some(match diagnostic.help.take() {
        // An id has no dash either.
        Some(respelt) if diagnostic.code == "bad-id" && looks(found.c) == Some(Looks::Like('-')) => {
            format!("{respelt}; it contains {what}")
        }
        Some(meant) if meant.starts_with("did you mean") => {
            format!("{meant} This {}", help.trim_start_matches("it "))
        }
        _ => help,
    });
    let at = word.start + found.at;
    diagnostic.related.push((Span::in_text(text, at..at + found.c.len_utf8()), "here".to_owned()));
}

/// Where such a character keeps YAML from seeing a key or an entry of a list: in the indentation, after `- `, in a key
/// or beside its colon. `is_key` knows the keys of such a file.
pub(super) fn in_structure(text: &str, is_key: &impl Fn(&str) -> bool) -> Vec<Unseen> {
    let mut found = Vec::new();
    if text.is_ascii() {
        return found;
    }
    let mut start = 0;
    for line in text.split_inclusive('\n') {
        if !line.is_ascii() {
            let here = before_words(line, is_key).or_else(|| around_a_key(line, is_key));
            found.extend(here.map(|unseen| Unseen { at: start + unseen.at, ..unseen }));
        }
        start += line.len();
    }
    found
}

fn is_blank(c: char) -> bool {
    matches!(c, ' ' | '\t') || matches!(looks(c), Some(Looks::Blank | Looks::Nothing))
}

/// In the indentation of a key or of an entry, or right after the dash of one.
fn before_words(line: &str, is_key: &impl Fn(&str) -> bool) -> Option<Unseen> {
    let begins_a_key = |words: &str| {
        let end = words.find([':', '：']).unwrap_or(0);
        is_key(as_it_looks(&words[..end]).trim())
    };
    let words = line.trim_start_matches(is_blank);
    let lead = &line[..line.len() - words.len()];
    let (dash, entry) = match words.chars().next() {
        Some('-') => (None, &words[1..]),
        Some(c) if looks(c) == Some(Looks::Like('-')) => {
            (Some(Unseen { at: lead.len(), c }), &words[c.len_utf8()..])
        }
        _ => return first(lead).filter(|_| begins_a_key(words)),
    };
    let inner = entry.trim_start_matches(is_blank);
    let after_dash = first(&entry[..entry.len() - inner.len()]);
    let after_dash = after_dash.map(|unseen| Unseen { at: line.len() - entry.len() + unseen.at, ..unseen });
    match begins_a_key(inner) || inner.starts_with('{') {
        true => first(lead).or(dash).or(after_dash),
        false => after_dash.filter(|_| dash.is_none()),
    }
}

/// In a key, between it and its colon, as its colon, or right after it.
fn around_a_key(line: &str, is_key: &impl Fn(&str) -> bool) -> Option<Unseen> {
    let is_colon = |c: char| c == ':' || looks(c) == Some(Looks::Like(':'));
    line.char_indices().filter(|&(_, c)| is_colon(c)).find_map(|(colon, c)| {
        // Of a long line only so much as a key can be.
        const MOST: usize = 80;
        let before = &line[..colon];
        let near = before.char_indices().rev().take(MOST).take_while(|(_, c)| !matches!(c, ',' | '{' | '['));
        let start = near.last().map_or(colon, |(at, _)| at);
        let key = before[start..].trim_start_matches([' ', '-']);
        let start = colon - key.len();
        if !is_key(as_it_looks(key).trim()) {
            return None;
        }
        let after = line[colon + c.len_utf8()..].chars().next();
        let after = after.filter(|&c| looks(c).is_some_and(|looks| matches!(looks, Looks::Blank)));
        let in_key = first(key).map(|unseen| Unseen { at: start + unseen.at, ..unseen });
        let as_colon = Some(Unseen { at: colon, c }).filter(|unseen| unseen.c != ':');
        in_key.or(as_colon).or(after.map(|after| Unseen { at: colon + c.len_utf8(), c: after }))
    })
}

/// A diagnostic for such a character in the structure of a file.
pub(super) fn diagnostic(file: &str, text: &str, unseen: Unseen) -> Diagnostic {
    let looks = match looks(unseen.c) {
        Some(Looks::Blank) => "not a plain space, so YAML takes it for a letter".to_owned(),
        Some(Looks::Like(plain)) => format!("not `{plain}`, which it looks like"),
        _ => "which can't be seen".to_owned(),
    };
    let message = format!("this is {}, {looks}", name(unseen.c));
    let span = Span::in_text(text, unseen.at..unseen.at + unseen.c.len_utf8());
    Diagnostic {
        span: Some(span),
        help: Some(remedy(unseen.c)),
        ..Diagnostic::new(Severity::Error, "unseen-character", file, message)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_letter_has_the_one_that_it_looks_like() {
        for (alphabet, letters, latin) in LETTERS {
            assert_eq!(letters.chars().count(), latin.chars().count(), "{alphabet}");
            assert!(latin.chars().all(|c| c.is_ascii_alphabetic()) && letters.chars().all(|c| !c.is_ascii()));
        }
        assert_eq!(as_it_looks("сhоk\u{200b}ing\u{a0}ｎow"), "choking now");
    }

    #[test]
    fn what_keeps_a_key_from_being_seen_is_found_and_texts_are_left_alone() {
        let is_key = |word: &str| ["id", "level", "when"].contains(&word);
        let found = |line: &str| in_structure(line, &is_key).first().map(|unseen| (unseen.at, unseen.c));
        for (line, at) in [
            ("  \u{a0}level: now", 2),
            ("  le\u{200b}vel: now", 4),
            ("  level\u{a0}: now", 7),
            ("  level:\u{a0}now", 8),
            ("  level：now", 7),
            ("  -\u{3000}id: a", 3),
            ("  \u{202f}- id: a", 2),
            ("  – id: a", 2),
            ("  - { id: a, when:\u{a0}x }", 18),
            ("  \u{a0}- { id: a }", 2),
        ] {
            assert_eq!(found(line).map(|(at, _)| at), Some(at), "{line:?}");
        }
        for line in
            ["say: Où ?\u{a0}: là", "  \u{a0}some words: more", "– a text", "when: x # \u{a0}", "é: x"]
        {
            assert_eq!(found(line), None, "{line:?}");
        }
    }
}
