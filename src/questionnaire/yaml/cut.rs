//! Texts without quotes that YAML cuts: at a comma in brackets, at `: `, at ` #`.

use std::collections::{HashMap, HashSet};

use super::mistake::Mistakes;
use super::names::shown;
use super::path::{Path, Place};
use super::stumble::in_quotes;
use super::tree::{Content, NodeIndex, Tree};

/// The keys of a map in brackets that are the rest of a text before them.
#[derive(Default)]
pub(super) struct Pieces {
    /// For the first piece that was cut off each text: the key of the text, and all of it.
    first: HashMap<String, (String, String)>,
    others: HashSet<String>,
}

impl Pieces {
    /// Reports a key that is the rest of a text. Gives whether it is one.
    pub fn report(&self, key: &str, path: &Path, mistakes: &mut Mistakes) -> bool {
        let Some((of, words)) = self.first.get(key) else { return self.others.contains(key) };
        let message = format!("a comma in brackets ends the text of `{}` before this", shown(of));
        let help = format!("put the text in quotes: `{}: {}`", shown(of), in_quotes(words));
        mistakes.error(path.key(key).name(), "comma-in-text", message).help(help);
        true
    }
}

/// The pieces of texts among the keys of a map.
pub(super) fn pieces(tree: &Tree, map: NodeIndex, is_key: impl Fn(&str) -> bool) -> Pieces {
    let mut pieces = Pieces::default();
    let Content::Map(entries) = tree.content(map) else { return pieces };
    if !tree.is_flow(map) {
        return pieces;
    }
    // The text so far: its key, all of it, and the first piece that was cut off.
    let mut text: Option<(&str, String, Option<&str>)> = None;
    let mut end = |text: Option<(&str, String, Option<&str>)>| {
        if let Some((key, words, Some(first))) = text {
            pieces.first.insert(first.to_owned(), (key.to_owned(), words));
        }
    };
    let mut others = HashSet::new();
    for &(key, value) in entries {
        let (Some(name), rest) = (tree.words(key), tree.words(value)) else { continue };
        let is_piece = rest.is_some_and(|rest| rest.is_empty() || name.contains(' ')) && !is_key(name);
        match (&mut text, is_piece) {
            (Some((_, words, first)), true) => {
                words.push_str(", ");
                words.push_str(name);
                if let Some(rest) = rest.filter(|rest| !rest.is_empty()) {
                    words.push_str(": ");
                    words.push_str(rest);
                }
                match first {
                    None => *first = Some(name),
                    Some(_) => {
                        others.insert(name.to_owned());
                    }
                }
            }
            _ => {
                let plain = matches!(tree.content(value), Content::Scalar { plain: true, .. });
                let words = rest.filter(|rest| plain && !rest.is_empty());
                end(text.take());
                text = words.map(|words| (name, words.to_owned(), None));
            }
        }
    }
    end(text);
    pieces.others = others;
    pieces
}

/// The whole of a text that its `: ` has made a map, which is reported. `None` if the keys are meant as keys.
pub(super) fn cut_by_colon(
    tree: &Tree,
    mistakes: &mut Mistakes,
    map: NodeIndex,
    known: &[&str],
    path: &Path,
) -> Option<String> {
    let Content::Map(entries) = tree.content(map) else { return None };
    let &[(key, value)] = entries.as_slice() else { return None };
    if tree.is_flow(map) {
        return None;
    }
    let (key, value) = (tree.words(key)?, tree.words(value)?);
    let is_meant = matches!(key, "patient" | "clinician")
        || known.contains(&key)
        || mistakes.meant(key, known.iter().copied()).is_some();
    if is_meant || value.is_empty() {
        return None;
    }
    let words = format!("{key}: {value}");
    let message = "`: ` in a text without quotes makes a key of what is before it";
    let help = format!("put the text in quotes: {}", in_quotes(&words));
    mistakes.error(path.key(key).name(), "colon-in-text", message).help(help);
    Some(words)
}

/// Warns of texts in brackets that look like one text with a comma in it.
pub(super) fn warn_of_commas(tree: &Tree, mistakes: &mut Mistakes, list: NodeIndex, path: &Path) {
    let Content::List(items) = tree.content(list) else { return };
    if !tree.is_flow(list) {
        return;
    }
    for (index, pair) in items.windows(2).enumerate() {
        let plain = |node: NodeIndex| match tree.content(node) {
            Content::Scalar { words, plain: true } => Some(words.as_ref()),
            _ => None,
        };
        let (Some(before), Some(rest)) = (plain(pair[0]), plain(pair[1])) else { continue };
        if !goes_on(before, rest) {
            continue;
        }
        let message = "a comma in brackets begins a new text here";
        let help = format!(
            "if it is one text, put it in quotes: {}; if they are two texts, put the second one in quotes",
            in_quotes(&format!("{before}, {rest}"))
        );
        mistakes.warning(path.index(index + 1).value(), "comma-in-list", message).help(help);
    }
}

/// Words that go on with a sentence after a comma, in the languages of the program.
const GO_ON: &str = " and or but nor so yet then which who whose that where when while if unless because though although \
    as than with without such even especially particularly mainly mostly usually often sometimes including not \
    rather worse worst better best at in on of to from for by into onto over under around between through down up \
    after before during since until towards lasting spreading starting beginning \
    y e o u ni pero que si cuando donde mientras con sin como incluso sobre aunque porque peor mejor \
    especialmente principalmente en de del al por para desde hasta entre hacia tras durante después antes ";

/// Words with which something begins that has a name, so that others of a list begin with one too.
const ARTICLES: &str = " a an the any some your un una unos unas el la los las su sus algún alguna ";

/// Whether a text looks like the rest of the one before it: it begins with a word that goes on, small after a sentence
/// that begins with a capital and has no end, or without an article where the one before has one.
fn goes_on(before: &str, rest: &str) -> bool {
    let is_among = |words: &str, text: &str| {
        let first = text.split_whitespace().next().unwrap_or_default();
        words.contains(&format!(" {first} "))
    };
    let is_small = |words: &str| words.chars().next().is_some_and(char::is_lowercase);
    let begins_sentence = before.contains(' ') && before.chars().next().is_some_and(char::is_uppercase);
    let has_ended = before.ends_with(['.', '!', '?']);
    let lacks_article = is_among(ARTICLES, before) && !is_among(ARTICLES, rest) && rest.contains(' ');
    is_small(rest) && !has_ended && (is_among(GO_ON, rest) || begins_sentence || lacks_article)
}

/// Whether a text may hold what is warned of here. It may say so of a harmless text, never the other way round.
pub(super) fn may_be_cut(text: &str) -> bool {
    let in_brackets = |key: &str| {
        text.match_indices(key).any(|(at, _)| text[at + key.len()..].trim_start().starts_with('['))
    };
    ["items:", "points:", "always:"].into_iter().any(in_brackets) || comments(text).next().is_some()
}

/// Where a `#` after a blank is followed by a letter at once, as no remark is written that comes after a value. Of a
/// line the first, as all after it is a remark anyway.
fn comments(text: &str) -> impl Iterator<Item = usize> {
    let mut start = 0;
    text.split_inclusive('\n').filter_map(move |line| {
        let at = line.find(" #").map(|at| at + 1);
        let found = at.filter(|&at| {
            let next = line[at + 1..].chars().next();
            next.is_some_and(char::is_alphanumeric) && !line[..at].trim().is_empty()
        });
        let found = found.map(|at| start + at);
        start += line.len();
        found
    })
}

/// Warns of texts that end before a `#`.
pub(super) fn warn_of_comments(text: &str, tree: &Tree, mistakes: &mut Mistakes) {
    const MOST_BETWEEN: usize = 80;
    let comments: Vec<usize> = comments(text).collect();
    let mut told = HashSet::new();
    for (words, plain, span) in tree.scalars() {
        let at = comments.get(comments.partition_point(|&at| at < span.end)).copied();
        let Some(at) = at.filter(|at| plain && at - span.end <= MOST_BETWEEN) else { continue };
        let between = &text[span.end..at];
        if !between.chars().all(|c| matches!(c, ' ' | ':')) || !told.insert(at) {
            continue;
        }
        // After a colon the text is the remark, and the scalar is its key.
        let words = if between.contains(':') { "" } else { words };
        let rest = text[at..].lines().next().unwrap_or_default().trim_end();
        let whole = format!("{words} {rest}");
        let message = "YAML takes this for a comment, so the text ends before it";
        let help = format!(
            "if it belongs to the text, put that in quotes: {}; if not, write a space after the `#`",
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
            ("water on the floor", "or below the sink"),
            ("Have your keys", "tools and lamp ready"),
            ("mucho ruido", "o agua en el suelo"),
            ("a sudden smell of gas", "worst near the boiler"),
            ("a loud noise", "heard through the wall"),
            ("water", "around the pipe"),
            ("noise", "spreading through the house"),
            ("una mancha", "oscura por los bordes"),
            ("ruido", "peor por la noche"),
        ] {
            assert!(goes_on(before, rest), "{before}, {rest}");
        }
        for (before, rest) in [
            ("water on the floor", "water below the sink"),
            ("Loud noise", "Smell of gas"),
            ("Lärm", "starker Geruch"),
            ("a loud noise", "a smell of gas"),
            ("a loud noise", "smoke"),
            ("new noise", "new smell"),
            ("This is a sentence.", "or so"),
            ("Loud noise", "Or a smell"),
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
