//! Texts without quotes that YAML cuts: at a comma in brackets, at `: `, at ` #`.

use super::mistake::Mistakes;
use super::names::shown;
use super::path::{Path, Place};
use super::shape::Shape;
use super::stumble::in_quotes;
use super::tree::{Content, NodeIndex, Tree};

/// A text that a comma has cut.
pub(super) enum Cut {
    /// This is the first piece that was cut off.
    Here {
        /// The key of the text.
        key: String,
        /// The whole text.
        words: String,
    },
    /// An earlier piece is told already.
    Earlier,
}

impl Shape<'_> {
    /// Whether a key of a map in brackets is the rest of the text before it.
    pub fn cut_by_comma(&self, map: NodeIndex, key: &str, is_key: impl Fn(&str) -> bool) -> Option<Cut> {
        let Content::Map(entries) = self.tree.content(map) else { return None };
        if !self.tree.is_flow(map) {
            return None;
        }
        // The text so far, and how many pieces were cut off it before the key was met.
        let mut text: Option<(&str, String)> = None;
        let (mut pieces, mut found) = (0, None);
        for &(key_node, value) in entries {
            let (name, rest) = (self.tree.words(key_node)?, self.tree.words(value));
            let is_piece = rest.is_some_and(|rest| rest.is_empty() || name.contains(' ')) && !is_key(name);
            match (&mut text, is_piece) {
                (Some((_, words)), true) => {
                    pieces += 1;
                    words.push_str(", ");
                    words.push_str(name);
                    match rest {
                        Some(rest) if !rest.is_empty() => *words += &format!(": {rest}"),
                        _ => {}
                    }
                    if name == key {
                        found = Some(pieces);
                    }
                }
                _ if found.is_some() => break,
                _ => {
                    pieces = 0;
                    let plain = matches!(self.tree.content(value), Content::Scalar { plain: true, .. });
                    let words = rest.filter(|rest| plain && !rest.is_empty());
                    text = words.map(|words| (name, words.to_owned()));
                }
            }
        }
        let (key, words) = text.filter(|_| found.is_some())?;
        Some(match found {
            Some(1) => Cut::Here { key: key.to_owned(), words },
            _ => Cut::Earlier,
        })
    }

    /// Reports the rest of a text that looks like a key. Gives whether it was one.
    pub fn is_cut_off(
        &mut self,
        map: NodeIndex,
        key: &str,
        path: &Path,
        is_key: impl Fn(&str) -> bool,
    ) -> bool {
        match self.cut_by_comma(map, key, is_key) {
            None => false,
            Some(Cut::Earlier) => true,
            Some(Cut::Here { key: of, words }) => {
                let message = format!("a comma in brackets ends the text of `{}` before this", shown(&of));
                let help = format!("put the text in quotes: `{}: {}`", shown(&of), in_quotes(&words));
                self.mistakes.error(path.key(key).name(), "comma-in-text", message).help(help);
                true
            }
        }
    }

    /// The whole of a text that its `: ` has made a map, which is reported. `None` if the keys are meant as keys.
    pub fn cut_by_colon(&mut self, map: NodeIndex, known: &[&str], path: &Path) -> Option<String> {
        let Content::Map(entries) = self.tree.content(map) else { return None };
        let &[(key, value)] = entries.as_slice() else { return None };
        if self.tree.is_flow(map) {
            return None;
        }
        let (key, value) = (self.tree.words(key)?, self.tree.words(value)?);
        let is_meant = matches!(key, "patient" | "clinician")
            || known.contains(&key)
            || self.mistakes.meant(key, known.iter().copied()).is_some();
        if is_meant || value.is_empty() {
            return None;
        }
        let words = format!("{key}: {value}");
        let message = "`: ` in a text without quotes makes a key of what is before it";
        let help = format!("put the text in quotes: {}", in_quotes(&words));
        self.mistakes.error(path.key(key).name(), "colon-in-text", message).help(help);
        Some(words)
    }

    /// Warns of texts in brackets that look like one text with a comma in it.
    pub fn warn_of_commas(&mut self, list: NodeIndex, path: &Path) {
        let Content::List(items) = self.tree.content(list) else { return };
        if !self.tree.is_flow(list) {
            return;
        }
        for (index, pair) in items.windows(2).enumerate() {
            let plain = |node: NodeIndex| match self.tree.content(node) {
                Content::Scalar { words, plain: true } => Some(words.as_ref()),
                _ => None,
            };
            let (Some(before), Some(rest)) = (plain(pair[0]), plain(pair[1])) else { continue };
            if !goes_on(before, rest) {
                continue;
            }
            let message = "a comma in brackets begins a new text here";
            let help = format!(
                "if it is one text, put it in quotes: {}; if it is another, put that in quotes",
                in_quotes(&format!("{before}, {rest}"))
            );
            self.mistakes.warning(path.index(index + 1).value(), "comma-in-list", message).help(help);
        }
    }
}

/// Words that go on with a sentence after a comma, in the languages of the program.
const GO_ON: [&str; 34] = [
    "and",
    "or",
    "but",
    "nor",
    "so",
    "which",
    "who",
    "where",
    "when",
    "if",
    "unless",
    "because",
    "with",
    "without",
    "such",
    "even",
    "especially",
    "including",
    "not",
    "y",
    "e",
    "o",
    "u",
    "ni",
    "pero",
    "que",
    "si",
    "cuando",
    "donde",
    "con",
    "sin",
    "como",
    "incluso",
    "sobre",
];

/// Whether a text looks like the rest of the one before it: it begins with a word that goes on, or small after a
/// sentence that begins with a capital and has no end.
fn goes_on(before: &str, rest: &str) -> bool {
    let first = rest.split_whitespace().next().unwrap_or_default();
    let is_small = |words: &str| words.chars().next().is_some_and(char::is_lowercase);
    let begins_sentence = before.contains(' ') && before.chars().next().is_some_and(char::is_uppercase);
    let has_ended = before.ends_with(['.', '!', '?']);
    is_small(rest) && !has_ended && (GO_ON.contains(&first) || begins_sentence)
}

/// Whether a text may hold what is warned of here. It may say so of a harmless text, never the other way round.
pub(super) fn may_be_cut(text: &str) -> bool {
    let in_brackets = |key: &str| {
        text.match_indices(key).any(|(at, _)| text[at + key.len()..].trim_start().starts_with('['))
    };
    ["items:", "points:", "always:"].into_iter().any(in_brackets) || comments(text).next().is_some()
}

/// Where a `#` after a blank is followed by a letter at once, as no remark is written that comes after a value.
fn comments(text: &str) -> impl Iterator<Item = usize> {
    text.match_indices(" #").map(|(at, _)| at + 1).filter(|&at| {
        let next = text[at + 1..].chars().next();
        let line = text[..at].rfind('\n').map_or(0, |newline| newline + 1);
        next.is_some_and(|next| next.is_alphanumeric()) && !text[line..at].trim().is_empty()
    })
}

/// Warns of texts that end before a `#`.
pub(super) fn warn_of_comments(text: &str, tree: &Tree, mistakes: &mut Mistakes) {
    for at in comments(text) {
        let line = text[..at].rfind('\n').map_or(0, |newline| newline + 1);
        let ends_here = |span: &std::ops::Range<usize>| {
            let end = span.end.min(at);
            span.start >= line
                && span.start < at
                && text[end..at].chars().all(|c| matches!(c, ' ' | ':' | '\t'))
        };
        let scalar = tree.scalars().find(|(_, plain, span)| *plain && ends_here(span));
        let Some((words, _, span)) = scalar else { continue };
        let words = if text[span.end.min(at)..at].contains(':') { "" } else { words };
        let rest = text[at..].lines().next().unwrap_or_default().trim_end();
        let whole = format!("{words} {rest}");
        let message = "to YAML this is a remark, and the text ends before it";
        let help = format!(
            "if it belongs to the text, put that in quotes: {}; if not, write a blank after the `#`",
            in_quotes(whole.trim_start())
        );
        let place = Place::of_bytes(Vec::new(), at..at + rest.len());
        mistakes.warning(place, "remark-in-text", message).help(help);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_text_goes_on_with_a_small_letter() {
        for (before, rest) in [
            ("numbness between your legs", "or around your back passage"),
            ("Have your tablets", "glasses and watch ready"),
            ("fiebre alta", "o escalofríos"),
        ] {
            assert!(goes_on(before, rest), "{before}, {rest}");
        }
        for (before, rest) in [
            ("trouble breathing", "trouble swallowing your spit"),
            ("Chest pain", "Trouble breathing"),
            ("Fieber", "starke Schmerzen"),
            ("This is a sentence.", "or so"),
            ("Trouble breathing", "Or a fever"),
        ] {
            assert!(!goes_on(before, rest), "{before}, {rest}");
        }
    }

    #[test]
    fn a_remark_has_a_blank_after_its_hash() {
        let found = |text: &str| comments(text).collect::<Vec<_>>();
        assert_eq!(found("say: Ring #112 now"), [10]);
        assert_eq!(found("say: now # 112\n#112\n  #112\nsay: a#b"), Vec::<usize>::new());
    }
}
