//! The ids of a file: which there are, how they must be spelt, and what a wrong one was meant to be.

use crate::text::is_harmful;
use std::collections::HashMap;

use super::mistake::Mistakes;
use super::path::{Path, Place};

/// The ids of one kind of thing, in the order of the file.
#[derive(Debug)]
pub(crate) struct Table<'a> {
    /// What has these ids: `question`.
    pub what: &'static str,
    pub ids: Vec<&'a str>,
    positions: HashMap<&'a str, usize>,
    /// Whether the file shows all of them; some may stand where the file has the wrong shape.
    pub complete: bool,
}

/// How an id may be spelt.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Spelling {
    /// Lower-case letters, digits and `_`.
    Plain,
    /// The same, and upper-case letters.
    Rule,
    /// Lower-case letters, digits and `-`.
    File,
}

/// Words that mean something else in a condition.
pub(crate) const CONDITION_WORDS: [&str; 7] =
    ["all", "any", "not", "at_least", "of", "rule", "unsure_answers"];

/// Words that YAML reads as something that is not a word.
pub(super) const YAML_WORDS: [&str; 4] = ["true", "false", "null", "~"];

impl<'a> Table<'a> {
    pub fn new(what: &'static str) -> Table<'a> {
        Table { what, ids: Vec::new(), positions: HashMap::new(), complete: true }
    }

    /// Ids that are known to be well spelt and different.
    pub fn of(what: &'static str, ids: impl Iterator<Item = &'a str>) -> Table<'a> {
        let mut table = Table::new(what);
        ids.for_each(|id| table.insert(id));
        table
    }

    /// Adds an id, which counts if it is the first of its name.
    pub fn insert(&mut self, id: &'a str) {
        self.positions.entry(id).or_insert(self.ids.len());
        self.ids.push(id);
    }

    /// Adds the id at a path, which stands at `place`. `place_of` tells where an earlier one stands.
    pub fn add(
        &mut self,
        id: &'a str,
        path: &Path,
        place: Place,
        spelling: Spelling,
        place_of: impl Fn(usize) -> Place,
        mistakes: &mut Mistakes,
    ) {
        let position = self.ids.len();
        self.ids.push(id);
        if mistakes.holes.cover(path) {
            self.complete = false;
            return;
        }
        check_spelling(self.what, id, place.clone(), spelling, mistakes);
        if let Some(&first) = self.positions.get(id) {
            let message = format!("two {}s have the id `{id}`", self.what);
            mistakes
                .error(place, "duplicate-id", message)
                .help("give one of them another id")
                .related(place_of(first), "the other one");
        } else {
            self.positions.insert(id, position);
        }
    }

    pub fn get(&self, id: &str) -> Option<usize> {
        self.positions.get(id).copied()
    }

    /// The position of the thing with this id; if there is none, that is a mistake at `place`.
    pub fn find(&self, id: &str, place: Place, mistakes: &mut Mistakes) -> Option<usize> {
        let found = self.get(id);
        // That there are no levels at all is a mistake of its own.
        let is_worth_saying = self.complete && !(self.what == "level" && self.ids.is_empty());
        if found.is_none() && is_worth_saying {
            let message = format!("there is no {} `{id}`", self.what);
            let code = match self.what {
                "level" => "unknown-level",
                "source" => "unknown-source",
                "rule" => "unknown-rule",
                "step" => "unknown-step",
                "baseline" => "unknown-baseline",
                "definition" => "unknown-definition",
                _ => "unknown-question",
            };
            let likely = mistakes.did_you_mean(id, self.ids.iter().copied());
            let mistake = mistakes.error(place, code, message);
            if let Some(help) = likely {
                mistake.help(help);
            } else if self.ids.len() <= 8 && !self.ids.is_empty() {
                mistake.help(format!("there are: {}", listed(&self.ids)));
            } else if self.ids.is_empty() {
                mistake.help(format!("this file has no {}s", self.what));
            }
        }
        found
    }
}

/// Reports an id that is not spelt as ids are.
pub(crate) fn check_spelling(
    what: &str,
    id: &str,
    place: Place,
    spelling: Spelling,
    mistakes: &mut Mistakes,
) {
    if YAML_WORDS.contains(&id) {
        let message = format!("YAML reads `{id}` as a value, not as a word");
        let help = "choose another id, such as `yes` or `no`, which are words here";
        mistakes.error(place, "bad-id", message).help(help);
        return;
    }
    let starts_well = id.starts_with(|c: char| match spelling {
        Spelling::Rule => c.is_ascii_alphabetic(),
        Spelling::Plain | Spelling::File => c.is_ascii_lowercase(),
    });
    let rest_is_well = id.chars().all(|c| {
        c.is_ascii_lowercase()
            || c.is_ascii_digit()
            || match spelling {
                Spelling::Plain => c == '_',
                Spelling::Rule => c == '_' || c.is_ascii_uppercase(),
                Spelling::File => c == '-',
            }
    });
    if starts_well && rest_is_well && id.len() <= MOST_LETTERS {
        return;
    }
    let letters = match spelling {
        Spelling::Plain => "lower-case letters, digits and `_`",
        Spelling::Rule => "letters, digits and `_`",
        Spelling::File => "lower-case letters, digits and `-`",
    };
    let message = if id.is_empty() {
        format!("the id of this {what} is empty")
    } else if id.len() > MOST_LETTERS {
        format!("the id of this {what} is longer than {MOST_LETTERS} letters")
    } else {
        format!("`{}` can't be the id of {}", shown(id), a(what))
    };
    let mistake = mistakes.error(place, "bad-id", message);
    match respelt(id, spelling) {
        Some(better) => mistake.help(format!("an id has {letters}, beginning with a letter: `{better}`")),
        None => mistake.help(format!("an id has {letters}, beginning with a letter")),
    };
}

/// The longest id: more breaks the lines of every list of them.
pub(super) const MOST_LETTERS: usize = 60;

/// The same id as ids are spelt, where that is plain to see.
fn respelt(id: &str, spelling: Spelling) -> Option<String> {
    let (joint, other) = match spelling {
        Spelling::File => ('-', '_'),
        Spelling::Plain | Spelling::Rule => ('_', '-'),
    };
    let mut better = String::new();
    for c in id.trim().chars() {
        match c {
            ' ' => better.push(joint),
            c if c == other => better.push(joint),
            c if spelling != Spelling::Rule => better.push(c.to_ascii_lowercase()),
            c => better.push(c),
        }
    }
    let mut letters = better.chars();
    let well = letters.next().is_some_and(|c| c.is_ascii_alphabetic())
        && letters.all(|c| c.is_ascii_alphanumeric() || c == joint);
    (well && better.len() <= MOST_LETTERS).then_some(better)
}

/// The candidate that a word was probably meant to be.
pub(crate) fn nearest<'c>(word: &str, candidates: impl IntoIterator<Item = &'c str>) -> Option<&'c str> {
    // Comparing takes time in both lengths; a hostile file has many long words, a person's are short and few.
    const MOST_CANDIDATES: usize = 1000;
    const LONGEST: usize = 40;
    if word.len() > LONGEST {
        return None;
    }
    let plain = |word: &str| word.to_ascii_lowercase().replace(['-', ' '], "_");
    let wanted = plain(word);
    let near = candidates
        .into_iter()
        .take(MOST_CANDIDATES)
        .filter(|candidate| candidate.len() <= LONGEST && !candidate.is_empty())
        .map(|candidate| {
            let distance = strsim::damerau_levenshtein(&wanted, &plain(candidate));
            (distance, candidate)
        })
        .min_by_key(|&(distance, _)| distance);
    let (distance, candidate) = near?;
    let longer = wanted.chars().count().max(candidate.chars().count());
    let prefix = wanted.len() >= 4 && candidate.starts_with(&wanted);
    (distance <= longer.div_ceil(3).min(4) && distance < longer || prefix).then_some(candidate)
}

/// `` `a`, `b` and `c` ``
pub(crate) fn listed(words: &[&str]) -> String {
    let quoted: Vec<String> = words.iter().map(|word| format!("`{}`", shown(word))).collect();
    match quoted.split_last() {
        None => String::new(),
        Some((last, [])) => last.clone(),
        Some((last, others)) => format!("{} and {last}", others.join(", ")),
    }
}

/// A noun with its article: `an option`.
pub(crate) fn a(noun: &str) -> String {
    match noun.starts_with(['a', 'e', 'i', 'o', 'u']) {
        true => format!("an {noun}"),
        false => format!("a {noun}"),
    }
}

/// Words from a file as a message may repeat them: short, and without what a terminal would act on.
pub(crate) fn shown(words: &str) -> String {
    let safe = |c: char| {
        if is_harmful(c) { '\u{fffd}' } else { c }
    };
    let mut shown: String = words.chars().take(MOST_LETTERS).map(safe).collect();
    if words.chars().nth(MOST_LETTERS).is_some() {
        shown.push('…');
    }
    shown
}
