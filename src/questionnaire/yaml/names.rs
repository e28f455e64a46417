//! The ids of a file: which there are, how they must be spelt, and what a wrong one was meant to be.

use crate::text::is_harmful;
use std::collections::HashMap;

use super::mistake::Mistakes;
use super::path::{Path, Place};
use super::unseen::as_it_looks;

/// The ids of one kind of thing, in the order of the file.
#[derive(Debug)]
pub(crate) struct Ids<'a> {
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

/// More ids than this are not compared with a wrong one.
const MOST_CANDIDATES: usize = 1000;

/// Words that mean something else in a condition.
pub(crate) const CONDITION_WORDS: [&str; 7] =
    ["all", "any", "not", "at_least", "of", "rule", "unsure_answers"];

/// Words that YAML reads as something that is not a word.
pub(super) const YAML_WORDS: [&str; 4] = ["true", "false", "null", "~"];

impl<'a> Ids<'a> {
    pub fn new(what: &'static str) -> Ids<'a> {
        Ids { what, ids: Vec::new(), positions: HashMap::new(), complete: true }
    }

    /// Ids that are known to be well spelt and different.
    pub fn of(what: &'static str, ids: impl Iterator<Item = &'a str>) -> Ids<'a> {
        let mut table = Ids::new(what);
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
        let is_no_levels = self.what == "level" && self.ids.is_empty();
        let is_worth_saying = self.complete && !is_no_levels && !looks_known(&self.ids, id);
        if found.is_none() && is_worth_saying {
            let message = format!("there is no {} `{id}`", self.what);
            let code = match self.what {
                "level" => "unknown-level",
                "grid" => "unknown-grid",
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
            } else if self.ids.is_empty() && self.what == "grid" {
                mistake.help(format!(
                    "add it at the top of the file: `grids: [{{ id: {}, ask: ... }}]`",
                    shown(id)
                ));
            } else if self.ids.is_empty() {
                mistake.help(format!("this file has no {}s", self.what));
            } else {
                mistake.help(format!("was it deleted or renamed? No {} has an id like it", self.what));
            }
        }
        found
    }
}

/// Whether one of the ids looks like this one, and is another by letters that nobody sees. That is said where it is
/// given.
pub(super) fn looks_known(ids: &[&str], id: &str) -> bool {
    ids.iter().take(MOST_CANDIDATES).any(|known| !known.is_ascii() && as_it_looks(known) == id)
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
    for c in as_it_looks(id).trim().chars() {
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

/// The candidate that a word was probably meant to be: with a slip of the fingers in it, not another thing with a
/// name of the same kind.
pub(crate) fn nearest<'c>(word: &str, candidates: impl IntoIterator<Item = &'c str>) -> Option<&'c str> {
    // Comparing takes time in both lengths; a hostile file has many long words, a person's are short and few.
    const LONGEST: usize = 40;
    if word.len() > LONGEST {
        return None;
    }
    let plain = |word: &str| as_it_looks(word).trim().to_ascii_lowercase().replace(['-', ' '], "_");
    let wanted = plain(word);
    let near = candidates
        .into_iter()
        .take(MOST_CANDIDATES)
        .filter(|candidate| candidate.len() <= LONGEST && !candidate.is_empty())
        .filter_map(|candidate| Some((slips(&wanted, &plain(candidate))?, candidate)))
        .min_by_key(|&(slips, _)| slips);
    near.map(|(_, candidate)| candidate)
}

/// How many slips lead from one word to another; `None` if they are two words, or two numbers.
fn slips(typed: &str, meant: &str) -> Option<usize> {
    if typed == meant || with_digits_for_letters(typed) == with_digits_for_letters(meant) {
        return Some(0);
    }
    let slips = strsim::damerau_levenshtein(typed, meant);
    let (typed_numbers, meant_numbers) = (numbers(typed), numbers(meant));
    if typed_numbers != meant_numbers {
        // `ng243` for `ng234`: two digits of a long number are exchanged.
        return (slips == 1 && are_exchanged(&typed_numbers, &meant_numbers)).then_some(slips);
    }
    let letters = |word: &str| word.chars().filter(|c| c.is_alphabetic()).collect::<String>();
    let (letters_typed, letters_meant) = (letters(typed), letters(meant));
    let begins = typed.len() >= 4 && meant.starts_with(typed);
    let goes_on = meant.len() >= 4 && typed.starts_with(meant) && slips <= 3;
    if letters_typed == letters_meant || begins || goes_on {
        return Some(slips);
    }
    // `E07` and `S07`: where letters are few, each says what it is.
    if letters_typed.len().min(letters_meant.len()) < 3 {
        return None;
    }
    // Hardly anybody gets the first letter wrong and another as well: `able` is not `stable`, nor `lamp` `pump`.
    let same_start = typed.chars().next() == meant.chars().next();
    let most = match (same_start, typed.chars().count().max(meant.chars().count())) {
        (false, 0..=4) => 0,
        (false, _) | (true, 0..=5) => 1,
        (true, 6..=8) => 2,
        (true, 9..=11) => 3,
        (true, _) => 4,
    };
    (slips <= most).then_some(slips)
}

/// The numbers in a word, without zeros before them.
fn numbers(word: &str) -> Vec<&str> {
    let digits = word.split(|c: char| !c.is_ascii_digit()).filter(|digits| !digits.is_empty());
    digits.map(|digits| digits.trim_start_matches('0')).collect()
}

/// Whether the numbers have the same digits, in another order.
fn are_exchanged(typed: &[&str], meant: &[&str]) -> bool {
    let digits = |numbers: &[&str]| {
        let mut digits: Vec<char> = numbers.iter().flat_map(|number| number.chars()).collect();
        digits.sort_unstable();
        digits
    };
    let (typed, meant) = (digits(typed), digits(meant));
    typed == meant && typed.len() >= 3
}

/// `EO7` and `El7` as they look.
fn with_digits_for_letters(word: &str) -> String {
    word.replace('o', "0").replace(['l', 'i'], "1")
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

#[cfg(test)]
mod tests {
    use super::nearest;

    #[test]
    fn what_was_meant_is_a_slip_away() {
        for (typed, meant) in [
            ("nose", "noise"),
            ("oises", "noises"),
            ("noisee", "noise"),
            ("niose", "noise"),
            ("Loud-Noise", "loud_noise"),
            ("meter", "meter_reading"),
            ("e07", "E07"),
            ("EO7", "E07"),
            ("E7", "E07"),
            ("b\u{43e}iler", "boiler"),
            ("boi\u{200b}ler", "boiler"),
            ("over_3_month", "over_3_months"),
            ("noisier", "noise"),
            ("ng243", "ng234"),
        ] {
            assert_eq!(nearest(typed, [meant]), Some(meant), "{typed}");
        }
    }

    #[test]
    fn another_thing_of_its_kind_was_not_meant() {
        for (typed, other) in [
            ("S07", "E07"),
            ("S07", "S08"),
            ("S07", "S17"),
            ("S12", "S21"),
            ("noise_1", "noise_2"),
            ("noise", "noise_2"),
            ("over_3_months", "over_6_months"),
            ("able", "stable"),
            ("lamp", "pump"),
            ("tap", "lid"),
            ("tap", "map"),
            ("left_tap", "right_tap"),
            ("no", "yes"),
            ("A", "B"),
        ] {
            assert_eq!(nearest(typed, [other]), None, "{typed}");
        }
    }
}
