//! What can be named in a population file, and the figures in it: `0.08`, `8 %`, `rest`, a map with a range, a list
//! of maps with conditions.

use serde_yaml::{Mapping, Value};

use super::when::{self, key_word};
use super::{Figure, Figures, Shares, VariableIndex, When};
use crate::questionnaire::yaml::mistake::Mistakes;
use crate::questionnaire::yaml::names::{listed, shown};
use crate::questionnaire::yaml::path::Path;
use crate::questionnaire::{Question, Questionnaire};

/// The questions and the hidden traits.
pub(super) struct Names<'a> {
    pub questionnaire: &'a Questionnaire,
    /// Each with its options; empty where these can't be read.
    pub hidden: Vec<(String, Vec<String>)>,
}

/// What is drawn.
#[derive(Debug, Clone, Copy)]
pub(super) enum Target<'a> {
    Question(&'a Question),
    Hidden(&'a str, &'a [String]),
}

impl<'a> Names<'a> {
    pub fn index(&self, name: &str) -> Option<VariableIndex> {
        let hidden = || self.hidden.iter().position(|(hidden, _)| hidden == name);
        let after = self.questionnaire.questions.len();
        self.questionnaire.question_index(name).or_else(|| Some(after + hidden()?))
    }

    /// Every name that can be looked at.
    pub fn all(&self) -> impl Iterator<Item = &str> {
        let questions = self.questionnaire.questions.iter().map(|question| question.id.as_str());
        questions.chain(self.hidden.iter().map(|(name, _)| name.as_str()))
    }

    /// `None` for a trait whose answers can't be read, of which nothing more is to be said.
    pub fn target(&self, of: VariableIndex) -> Option<Target<'_>> {
        if let Some(question) = self.questionnaire.questions.get(of) {
            return Some(Target::Question(question));
        }
        let (name, options) = self.hidden.get(of - self.questionnaire.questions.len())?;
        (!options.is_empty()).then_some(Target::Hidden(name, options))
    }
}

impl Target<'_> {
    pub fn name(&self) -> &str {
        match self {
            Target::Question(question) => &question.id,
            Target::Hidden(name, _) => name,
        }
    }

    pub fn takes_unsure(&self) -> bool {
        matches!(self, Target::Question(question) if question.unsure)
    }

    /// The ids of the options.
    pub fn answers(&self) -> Vec<&str> {
        match self {
            Target::Question(question) => question.options.iter().map(|option| option.id.as_str()).collect(),
            Target::Hidden(_, options) => options.iter().map(String::as_str).collect(),
        }
    }

    pub fn takes_several(&self) -> bool {
        matches!(self, Target::Question(question) if question.takes_several())
    }

    pub fn option(&self, id: &str, path: &Path, mistakes: &mut Mistakes) -> Option<usize> {
        let answers = self.answers();
        let found = answers.iter().position(|known| *known == id);
        if found.is_none() {
            let what = match self {
                Target::Question(_) => "question",
                Target::Hidden(..) => "hidden trait",
            };
            let message = format!("the {what} `{}` has no option `{}`", shown(self.name()), shown(id));
            let help = mistakes.did_you_mean(id, answers.iter().copied());
            let help = help.unwrap_or_else(|| match answers.is_empty() {
                true => "it is answered with a number".to_owned(),
                false => format!("its options are {}", listed(&answers)),
            });
            let place = if path.last_key() == Some(id) { path.name() } else { path.value() };
            mistakes.error(place, "unknown-option", message).help(help);
        }
        found
    }
}

/// What holds for the figures inside, where they say nothing else.
#[derive(Debug, Clone, Copy, Default)]
pub(super) struct Around<'a> {
    pub factor: Option<usize>,
    pub group: Option<usize>,
    pub source: Option<&'a str>,
}

/// Reads figures, and counts them.
pub(super) struct Reader<'a> {
    pub names: &'a Names<'a>,
    pub factors: &'a [String],
    pub groups: &'a [String],
    pub figures: &'a mut Figures,
    pub mistakes: &'a mut Mistakes,
}

const KEYS: [&str; 7] = ["when", "p", "floor", "ceiling", "group", "factor", "source"];

impl<'a> Reader<'a> {
    /// The shares at a path; `None` if they can't be read.
    pub fn shares(&mut self, value: &Value, path: &Path, around: Around) -> Option<Shares> {
        match value {
            Value::String(word) if word == "rest" => Some(Shares::Rest),
            Value::Sequence(items) if items.is_empty() => {
                self.mistakes.error(path.name(), "empty-list", "this list of figures is empty");
                None
            }
            Value::Sequence(items) => {
                let last = items.len() - 1;
                let read: Vec<Option<(Option<When>, Figure)>> = items
                    .iter()
                    .enumerate()
                    .map(|(at, item)| {
                        let path = path.index(at);
                        let read = self.figure(item, &path, around)?;
                        self.conditions_in_order(read.0.is_some(), at == last, &path).then_some(read)
                    })
                    .collect();
                Some(Shares::Of(read.into_iter().collect::<Option<_>>()?))
            }
            _ => {
                let figure = self.figure(value, path, around)?;
                if figure.0.is_some() {
                    let message = "what holds for the others is missing";
                    let help = "write a list: this one first, and after it one without `when`";
                    self.mistakes.error(path.key("when").name(), "condition-missing", message).help(help);
                }
                Some(Shares::Of(vec![figure]))
            }
        }
    }

    /// Of a list whose first fitting entry counts, the last one alone has no condition.
    pub fn conditions_in_order(&mut self, has_when: bool, is_last: bool, path: &Path) -> bool {
        match (has_when, is_last) {
            (true, true) => {
                let message = "what holds for the others is missing";
                let help = "write one more entry after this one, without `when`";
                self.mistakes.error(path.key("when").name(), "condition-missing", message).help(help);
            }
            (false, false) => {
                let message = "this entry has no `when`, so those after it never count";
                let help = "write a condition, or put this entry last";
                self.mistakes.error(path.value(), "never-counts", message).help(help);
            }
            _ => return true,
        }
        false
    }

    fn figure(&mut self, value: &Value, path: &Path, around: Around) -> Option<(Option<When>, Figure)> {
        let Value::Mapping(map) = value else {
            let share = self.share(value, path)?;
            self.source(around.source, path);
            let figure =
                Figure { share, floor: None, ceiling: None, group: around.group, factor: around.factor };
            return Some((None, figure));
        };
        self.keys(map, &KEYS, "a figure", path);
        let around = self.around(map, path, around);
        let share = match map.get("p") {
            Some(share) => self.share(share, &path.key("p")),
            None => {
                let message = "this figure has no `p`";
                self.mistakes
                    .error(path.value(), "missing-key", message)
                    .help("add `p:` (the share, such as `8 %`)");
                None
            }
        };
        let mut end = |key: &str| match map.get(key) {
            Some(value) => self.share(value, &path.key(key)).map(Some),
            None => Some(None),
        };
        let (floor, ceiling) = (end("floor"), end("ceiling"));
        let when = self.when(map, path)?;
        let (share, floor, ceiling) = (share?, floor?, ceiling?);
        if floor.is_some_and(|floor| floor > share) || ceiling.is_some_and(|ceiling| ceiling < share) {
            let message = "the figure is not between its floor and its ceiling";
            self.mistakes.error(path.key("p").value(), "out-of-order", message);
        }
        self.source(around.source, path);
        Some((when, Figure { share, floor, ceiling, group: around.group, factor: around.factor }))
    }

    /// `Some(None)`: there is no condition.
    pub fn when(&mut self, map: &Mapping, path: &Path) -> Option<Option<When>> {
        let Some(value) = map.get("when") else { return Some(None) };
        let mut reader = when::Reader { names: self.names, mistakes: self.mistakes };
        reader.when(value, &path.key("when")).map(Some)
    }

    /// What a map says of the figures inside.
    pub fn around<'v>(&mut self, map: &'v Mapping, path: &Path, outer: Around<'v>) -> Around<'v> {
        let named = |known: &[String], what: &'static str, reader: &mut Self| {
            let value = map.get(what)?;
            let at = path.key(what);
            let name = value.as_str().unwrap_or_default();
            let found = known.iter().position(|known| known == name);
            if found.is_none() {
                let message = format!("there is no {what} `{}`", shown(name));
                let help = reader.mistakes.did_you_mean(name, known.iter().map(String::as_str));
                let help = help.unwrap_or_else(|| format!("put it below `{what}s:`"));
                let code = if what == "group" { "unknown-group" } else { "unknown-factor" };
                reader.mistakes.error(at.value(), code, message).help(help);
            }
            found
        };
        let (groups, factors) = (self.groups, self.factors);
        let source = map.get("source").map(|source| {
            let words = source.as_str().map(str::trim).unwrap_or_default();
            if words.is_empty() {
                let help = "write where the figure is from, or `assumed`";
                let message = "the source must be a text";
                self.mistakes.error(path.key("source").value(), "no-source", message).help(help);
                // Said once is enough.
                return "assumed";
            }
            words
        });
        Around {
            factor: named(factors, "factor", self).or(outer.factor),
            group: named(groups, "group", self).or(outer.group),
            source: source.or(outer.source),
        }
    }

    /// Counts a figure, which must have a source.
    pub fn source(&mut self, source: Option<&str>, path: &Path) {
        self.figures.all += 1;
        match source {
            Some(source) => self.figures.assumed += usize::from(is_assumed(source)),
            None => {
                let place = if path.last_key().is_some() { path.name() } else { path.value() };
                let help = "write `source:` beside it, or once for the whole question: where it is from, or `assumed`";
                self.mistakes.error(place, "no-source", "this figure has no source").help(help);
            }
        }
    }

    /// A number from 0 to 1, or so many per cent.
    pub fn share(&mut self, value: &Value, path: &Path) -> Option<f64> {
        let share = match value {
            Value::Number(number) => number.as_f64(),
            Value::String(words) => per_cent(words),
            _ => None,
        };
        match share {
            Some(share) if (0.0..=1.0).contains(&share) => return Some(share),
            Some(share) => {
                let message = format!("{share} is not a share");
                let help = match value {
                    Value::Number(_) if (1.0..=100.0).contains(&share) => {
                        format!("write `{share} %`; without the sign it is a number from 0 to 1")
                    }
                    _ => "a share is from 0 to 1, or from 0 % to 100 %".to_owned(),
                };
                self.mistakes.error(path.value(), "not-a-share", message).help(help);
            }
            None => {
                let help = "write a number from 0 to 1, or per cent such as `8 %`";
                self.mistakes.error(path.value(), "not-a-share", "a share is needed here").help(help);
            }
        }
        None
    }

    /// Reports the keys that a map can't have.
    pub fn keys(&mut self, map: &Mapping, known: &[&str], what: &str, path: &Path) {
        for (key, _) in map {
            let Some(key) = key_word(key) else {
                self.mistakes.error(path.value(), "bad-key", "a key must be a word");
                continue;
            };
            if known.contains(&key.as_str()) {
                continue;
            }
            let message = format!("{what} has no key `{}`", shown(&key));
            let help = self.mistakes.did_you_mean(&key, known.iter().copied());
            let help = help.unwrap_or_else(|| format!("its keys are {}", listed(known)));
            self.mistakes.error(path.key(&key).name(), "unknown-key", message).help(help);
        }
    }
}

/// Whether a source says that there is none: `assumed`, or `assumed: three in four`.
pub(super) fn is_assumed(source: &str) -> bool {
    let first = source.trim().split(|c: char| !c.is_alphanumeric()).next();
    first == Some("assumed")
}

/// `8 %` as 0.08.
fn per_cent(words: &str) -> Option<f64> {
    let number = words.trim().strip_suffix('%')?.trim_end();
    let digits = |c: char| c.is_ascii_digit() || c == '.';
    // Division gives the number nearest to the fraction: 0.4 % is 0.004.
    (number.chars().all(digits)).then(|| number.parse::<f64>().ok()).flatten().map(|number| number / 100.0)
}
