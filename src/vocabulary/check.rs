//! What is wrong with a file of words.

use std::collections::HashMap;

use serde_yaml::Value;

use super::limits::{ANSWERS, APART, COMMANDS, LENGTHS, LONGEST, ROOM, ROWS, TAKEN_LETTERS, WITH_MORE};
use crate::questionnaire::yaml::characters::check_characters;
use crate::questionnaire::yaml::mistake::Mistakes;
use crate::questionnaire::yaml::names::{listed, nearest, shown};
use crate::questionnaire::yaml::path::{Part, Path, Place, Step};
use crate::questionnaire::yaml::{self, FORMAT};
use crate::text::{folded, width};
use crate::words::{Category, Entry, Kind, Language, Piece, Plural, Words, flat, pieces};

/// How many names of what is missing are told.
const SOME: usize = 5;

pub struct Check {
    /// Each text of the file by its name.
    texts: HashMap<String, String>,
    english: HashMap<&'static str, &'static str>,
    plural: Plural,
    tag: String,
    pub mistakes: Mistakes,
}

impl Check {
    pub fn of(value: &Value, mistakes: Mistakes) -> Check {
        let texts: HashMap<_, _> = flat(value).into_iter().collect();
        let tag = texts.get("words").cloned().unwrap_or_default();
        let english = Language::English.texts().into_iter().collect();
        Check { plural: Plural::of(&tag), texts, english, tag, mistakes }
    }

    /// Looks at everything; how many entries there are, and how many of them English stands in for.
    pub fn all(&mut self, named: &str) -> (usize, usize) {
        self.head(named);
        let entries = Words::entries();
        let missing: Vec<&str> =
            entries.iter().filter(|entry| !self.entry(entry)).map(|entry| &*entry.name).collect();
        if !missing.is_empty() {
            let some =
                missing.iter().take(SOME).map(|name| format!("`{name}`")).collect::<Vec<_>>().join(", ");
            let and_more = if missing.len() > SOME { ", ..." } else { "" };
            let message = format!(
                "{} of {} texts are not translated: the program shows them in English",
                missing.len(),
                entries.len()
            );
            self.mistakes
                .warning(place("words"), "words-missing", message)
                .help(format!("still in English: {some}{and_more}"));
        }
        self.room();
        self.commands();
        self.answers();
        (entries.len(), missing.len())
    }

    fn head(&mut self, named: &str) {
        let tag = self.tag.clone();
        if !yaml::is_language(&tag) {
            let message = format!("`{}` is not a language code", shown(&tag));
            self.mistakes
                .error(place("words"), "bad-language", message)
                .help("use two or three letters, with a country after a hyphen if needed: `fr`, `pt-BR`");
        } else if tag != named {
            let message =
                format!("the name of this file says `{}`, but this says `{}`", shown(named), shown(&tag));
            self.mistakes
                .error(place("words"), "language-and-name", message)
                .help("rename the file, or change this");
        } else if Language::is_built_in(&tag) {
            let message = format!("the program speaks `{}` already", shown(&tag));
            self.mistakes
                .error(place("words"), "language-built-in", message)
                .help("its own words are used; remove this file");
        }
        for name in ["name", "not_reviewed"] {
            if let Some(text) = self.texts.get(name).cloned() {
                self.text(name, &text, None);
            }
        }
        if self.texts.get("name").is_none_or(|name| name.trim().is_empty()) {
            self.mistakes
                .warning(
                    place("words"),
                    "words-missing",
                    "the language has no `name`: its code is shown instead",
                )
                .help("write `name:` and what its speakers call it");
        }
        let format = self.texts.get("format").cloned();
        if let Some(format) = format {
            let message = format!("`format` is the number {FORMAT}, not the text `{}`", shown(&format));
            self.mistakes.error(place("format"), "wrong-type", message);
        }
    }

    /// Looks at one entry, and says whether it is there.
    fn entry(&mut self, entry: &Entry) -> bool {
        let name = entry.name.as_str();
        match entry.kind {
            Kind::Text => self.one(name, &[]),
            Kind::Line(parts) => self.one(name, parts),
            Kind::Pair => {
                let is_there =
                    [format!("{name}.type"), format!("{name}.does")].map(|name| self.one(&name, &[]));
                is_there == [true, true]
            }
            Kind::List => self.list(name),
            Kind::Counted(parts) => self.counted(name, parts),
        }
    }

    fn one(&mut self, name: &str, parts: &[&str]) -> bool {
        let Some(text) = self.texts.get(name).filter(|text| !text.trim().is_empty()).cloned() else {
            return false;
        };
        let english = self.english.get(name).copied();
        self.text(name, &text, english);
        self.parts(name, &text, parts, &needed(english.unwrap_or_default(), None));
        true
    }

    fn list(&mut self, name: &str) -> bool {
        let entries: Vec<String> =
            (0..).map_while(|at| self.texts.get(&format!("{name}.{at}"))).cloned().collect();
        for (at, entry) in entries.iter().enumerate() {
            let name = format!("{name}.{at}");
            self.text(&name, entry, None);
            if entry.trim().is_empty() {
                self.mistakes.error(place(&name), "empty-text", "this text is empty").help("leave it out");
            }
        }
        let needed = LENGTHS.iter().find(|(list, _)| *list == name).map(|(_, length)| *length);
        if let Some(needed) = needed.filter(|needed| !entries.is_empty() && *needed != entries.len()) {
            let message = format!("there must be {needed} of these, but there are {}", entries.len());
            self.mistakes.error(place(name), "wrong-number", message);
        }
        // Also where English has none.
        !entries.is_empty() || !self.english.contains_key(&*format!("{name}.0"))
    }

    /// A sentence about a number: a text for all numbers, or one for each form that the language has.
    fn counted(&mut self, name: &str, parts: &[&str]) -> bool {
        let english = self.english.get(&*format!("{name}.other")).or_else(|| self.english.get(name)).copied();
        let all = needed(english.unwrap_or_default(), None);
        let without_count = needed(english.unwrap_or_default(), parts.first().copied());
        if let Some(text) = self.texts.get(name).filter(|text| !text.trim().is_empty()).cloned() {
            self.text(name, &text, english);
            self.parts(name, &text, parts, &all);
            return true;
        }
        let forms = Category::ALL.map(|form| {
            let text = self.texts.get(&format!("{name}.{}", form.name())).cloned();
            (form, text.filter(|text| !text.trim().is_empty()))
        });
        if forms.iter().all(|(_, text)| text.is_none()) {
            return false;
        }
        let wanted = self.plural.categories();
        for (form, text) in forms {
            let of_form = format!("{name}.{}", form.name());
            match text {
                Some(text) => {
                    self.text(&of_form, &text, english);
                    let needed = if form == Category::Other { &all } else { &without_count };
                    self.parts(&of_form, &text, parts, needed);
                    if !wanted.contains(&form) {
                        let message = format!("`{}` has no such plural form", shown(&self.tag));
                        let wanted: Vec<&str> = wanted.iter().map(|form| form.name()).collect();
                        self.mistakes
                            .warning(place(&of_form), "needless-form", message)
                            .help(format!("its forms are: {}", listed(&wanted)));
                    }
                }
                None if wanted.contains(&form) => {
                    let numbers = (0..=200).filter(|count| self.plural.of_count(*count) == form);
                    let numbers: Vec<String> = numbers.take(4).map(|count| count.to_string()).collect();
                    let message = format!(
                        "the form `{}` is missing, which `{}` has for {}, ...",
                        form.name(),
                        shown(&self.tag),
                        numbers.join(", ")
                    );
                    self.mistakes
                        .error(place(name), "missing-form", message)
                        .help("or write one text for all numbers instead of the forms");
                }
                None => {}
            }
        }
        true
    }

    /// What holds of every text.
    fn text(&mut self, name: &str, text: &str, english: Option<&str>) {
        let before = self.mistakes.found.len();
        check_characters(text, &Path::ROOT, false, &mut self.mistakes);
        for mistake in &mut self.mistakes.found[before..] {
            mistake.place = place(name);
        }
        if width(text) > LONGEST {
            let message = format!("this text takes {} columns; there is room for {LONGEST}", width(text));
            self.mistakes.error(place(name), "too-long", message);
        }
        let Some(english) = english else { return };
        for (ends, where_) in [
            (str::starts_with as fn(&str, char) -> bool, "begin"),
            (str::ends_with as fn(&str, char) -> bool, "end"),
        ] {
            if ends(english, ' ') != ends(text, ' ') {
                let must = if ends(english, ' ') { "must" } else { "must not" };
                let message = format!("this text {must} {where_} with a space");
                self.mistakes
                    .error(place(name), "space-at-end", message)
                    .help(format!("it follows other words; in English it is \"{english}\""));
            }
        }
    }

    /// The parts in braces: each that is needed, and none that there isn't.
    fn parts(&mut self, name: &str, text: &str, known: &[&str], needed: &[&str]) {
        let mut found = Vec::new();
        for piece in pieces(text) {
            match piece {
                Piece::Text(text) if text.contains(['{', '}']) => {
                    self.mistakes
                        .error(place(name), "brace", "this text has a brace that belongs to no part")
                        .help("a part is a name between two braces, such as {level}");
                }
                Piece::Text(_) => {}
                Piece::Part(part) => {
                    found.push(part);
                    if !known.contains(&part) {
                        let message = format!("there is no part {{{}}} here", shown(part));
                        let help = match nearest(part, known.iter().copied()) {
                            Some(meant) => format!("did you mean {{{meant}}}?"),
                            None if known.is_empty() => "this text has no parts".to_owned(),
                            None => {
                                let known: Vec<_> = known.iter().map(|part| format!("{{{part}}}")).collect();
                                format!("its parts are: {}", known.join(", "))
                            }
                        };
                        self.mistakes
                            .error(word_at(name, &format!("{{{part}}}")), "unknown-part", message)
                            .help(help);
                    }
                }
            }
        }
        for part in needed.iter().filter(|part| !found.contains(part)) {
            let english = self.english.get(name).copied();
            let message = format!("this text lacks the part {{{part}}}");
            let mistake = self.mistakes.error(place(name), "missing-part", message);
            if let Some(english) = english {
                mistake.help(format!("in English it is \"{english}\""));
            }
        }
    }

    /// The words of a text, or of the English one that stands in for it; and where to report it.
    fn shown_text(&self, name: &str) -> (String, bool) {
        let own = self.texts.get(name).filter(|text| !text.trim().is_empty()).cloned();
        let is_own = own.is_some();
        (
            own.unwrap_or_else(|| self.english.get(name).map_or_else(String::new, |it| (*it).to_owned())),
            is_own,
        )
    }

    /// What is never broken into lines has to fit as it is.
    fn room(&mut self) {
        for (name, room) in ROOM {
            let forms = Category::ALL.iter().map(|form| format!("{name}.{}", form.name()));
            for name in std::iter::once((*name).to_owned()).chain(forms) {
                let Some(text) = self.texts.get(&name) else { continue };
                let filled: String = pieces(text)
                    .into_iter()
                    .map(|piece| if let Piece::Text(text) = piece { text } else { "999" })
                    .collect();
                let wide = width(filled.trim());
                if wide > *room {
                    let message = format!("this text takes {wide} columns; there is room for {room}");
                    self.mistakes
                        .error(place(&name), "too-long", message)
                        .help("it has to fit on one line of a small screen, or on a button");
                }
            }
        }
        for (around, room, names) in ROWS {
            let texts: Vec<(String, bool)> = names.iter().map(|name| self.shown_text(name)).collect();
            let wide: usize = texts.iter().map(|(text, _)| width(text) + around).sum();
            if wide > *room
                && let Some(at) = texts.iter().rposition(|(_, is_own)| *is_own)
            {
                let message =
                    format!("these names take {wide} columns side by side; there is room for {room}");
                let others = names.join(", ");
                self.mistakes
                    .error(place(names[at]), "too-long", message)
                    .help(format!("shorten some of: {others}"));
            }
        }
        for (at, name) in APART.iter().enumerate() {
            let (text, is_own) = self.shown_text(name);
            let other = APART[..at].iter().find(|other| self.shown_text(other).0 == text);
            if let Some(other) = other.filter(|_| is_own) {
                let message =
                    format!("this is the word of `{other}` too, and the bottom line shows only one of them");
                self.mistakes.error(place(name), "same-word", message).related(place(other), "the other one");
            }
        }
    }

    /// Every word to type means one thing.
    fn commands(&mut self) {
        let mut own: Vec<(String, String)> = Vec::new();
        for name in COMMANDS {
            own.push(((*name).to_owned(), folded(&self.shown_text(name).0)));
        }
        for also in ["plain.commands.also_back", "plain.commands.also_why"] {
            let words = (0..).map_while(|at| {
                let name = format!("{also}.{at}");
                let word = self.texts.get(&name).map(|word| folded(word));
                word.map(|word| (name, word))
            });
            own.extend(words.collect::<Vec<_>>());
        }
        let english: Vec<(&str, String)> =
            COMMANDS.iter().filter_map(|name| Some((*name, folded(self.english.get(name)?)))).collect();
        for (at, (name, word)) in own.iter().enumerate() {
            if !self.texts.contains_key(name) || word.is_empty() {
                continue;
            }
            let other = own[..at].iter().find(|(_, known)| known == word).map(|(other, _)| other.clone());
            let meant = |other: &str| name == other || is_other_word_for(name, other);
            let other = other
                .or_else(|| {
                    let found = english.iter().find(|(other, known)| known == word && !meant(other));
                    found.map(|(other, _)| format!("{other} in English"))
                })
                .filter(|other| !meant(other));
            if let Some(other) = other {
                let message = format!("`{}` is the word of `{other}` too", shown(word));
                self.mistakes.error(place(name), "same-word", message).help(
                    "each word to type means one thing; the English ones are understood in every language",
                );
            }
            if word.chars().all(|c| c.is_ascii_digit()) {
                self.mistakes.error(place(name), "number-as-word", "a number is the key of an answer");
            }
            if WITH_MORE.contains(&&**name) && word.contains(' ') {
                self.mistakes.error(
                    place(name),
                    "several-words",
                    "this must be a single word: something follows it on the line",
                );
            }
        }
    }

    /// Yes, no, not sure and none: as they are typed, and the letters of yes and no.
    fn answers(&mut self) {
        let mut known: Vec<(String, String)> = Vec::new();
        for list in ANSWERS {
            for at in 0.. {
                let name = format!("{list}.{at}");
                let Some(word) = self.texts.get(&name).cloned() else { break };
                if folded(&word) != word {
                    self.mistakes
                        .error(
                            place(&name),
                            "not-as-typed",
                            "what is typed is compared without capitals and accents",
                        )
                        .help(format!("write `{}`", folded(&word)));
                }
                let other = known.iter().find(|(of, known)| *known == word && !of.starts_with(list));
                if let Some((other, _)) = other {
                    let message = format!("`{}` is in `{other}` too", shown(&word));
                    self.mistakes.error(place(&name), "same-word", message);
                }
                known.push((name, word));
            }
        }
        let letter = |list: &str| {
            let own = self.texts.get(&format!("{list}.0")).map(String::as_str);
            own.or_else(|| self.english.get(&*format!("{list}.0")).copied()).unwrap_or_default().to_owned()
        };
        let [yes, no] = ["answers.typed_yes", "answers.typed_no"].map(letter);
        for (list, letter, other) in [("answers.typed_yes", &yes, "n"), ("answers.typed_no", &no, "y")] {
            let name = format!("{list}.0");
            if !self.texts.contains_key(&name) {
                continue;
            }
            let help = "it is the key of the answer, in front of it: one letter";
            if letter.chars().count() != 1 || !letter.chars().all(char::is_alphabetic) {
                self.mistakes
                    .error(place(&name), "not-a-letter", "the first of these must be one letter")
                    .help(help);
            } else if TAKEN_LETTERS.contains(letter.as_str()) {
                let message = format!("the key `{letter}` does something else while a question is asked");
                self.mistakes.error(place(&name), "key-taken", message).help(format!(
                    "choose another letter than {}",
                    TAKEN_LETTERS.chars().map(|c| format!("`{c}`")).collect::<Vec<_>>().join(", ")
                ));
            } else if letter == other {
                let message = format!(
                    "`{letter}` means the opposite in English, which is understood in every language"
                );
                self.mistakes.error(place(&name), "key-taken", message).help("choose another letter");
            }
        }
        if yes == no && self.texts.contains_key("answers.typed_no.0") {
            let message = format!("yes and no have the same key, `{}`", shown(&yes));
            self.mistakes.error(place("answers.typed_no.0"), "key-taken", message);
        }
    }
}

/// Whether the first is another word for what the second does.
fn is_other_word_for(name: &str, other: &str) -> bool {
    [("also_back", "back"), ("also_why", "why")]
        .iter()
        .any(|(also, command)| name.contains(also) && other.starts_with(&format!("plain.commands.{command}")))
}

/// The parts that a text has in English, but for the one that is left out.
fn needed<'t>(english: &'t str, without: Option<&str>) -> Vec<&'t str> {
    let parts = pieces(english).into_iter().filter_map(|piece| match piece {
        Piece::Part(part) => Some(part),
        Piece::Text(_) => None,
    });
    parts.filter(|part| Some(*part) != without).collect()
}

fn place(name: &str) -> Place {
    Place { steps: steps(name), part: Part::Value }
}

fn word_at(name: &str, word: &str) -> Place {
    Place { steps: steps(name), part: Part::Word(word.to_owned()) }
}

fn steps(name: &str) -> Vec<Step> {
    let steps = name.split('.').map(|step| match step.parse() {
        Ok(index) => Step::Index(index),
        Err(_) => Step::Key(step.to_owned()),
    });
    steps.collect()
}
