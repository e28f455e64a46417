//! Conditions on what a simulated person would answer. There is no "unknown" here: of an answer "I'm not sure", and
//! of one that is left out, only `unsure` holds or nothing.

use serde_yaml::Value;

use super::VariableIndex;
use super::figures::{Names, Target};
use crate::answers::Answer;
use crate::answers::json::UNSURE;
use crate::questionnaire::condition::Comparison;
use crate::questionnaire::yaml::mistake::Mistakes;
use crate::questionnaire::yaml::names::{listed, shown};
use crate::questionnaire::yaml::path::Path;
use crate::questionnaire::{Domain, OptionSet};

#[derive(Debug, Clone, PartialEq)]
pub enum When {
    All(Vec<When>),
    Any(Vec<When>),
    Not(Box<When>),
    /// The answer is, or contains, one of these options.
    Has(VariableIndex, OptionSet),
    Unsure(VariableIndex),
    Number(VariableIndex, Comparison, f64),
}

impl When {
    /// Whether it holds of a person, of whom `answer` gives what was drawn.
    pub fn holds<'a>(&self, answer: &impl Fn(VariableIndex) -> Option<&'a Answer>) -> bool {
        match self {
            When::All(parts) => parts.iter().all(|part| part.holds(answer)),
            When::Any(parts) => parts.iter().any(|part| part.holds(answer)),
            When::Not(part) => !part.holds(answer),
            When::Has(of, options) => answer(*of).is_some_and(|answer| answer.ticked().intersects(*options)),
            When::Unsure(of) => answer(*of).is_some_and(Answer::is_unsure),
            When::Number(of, comparison, bound) => match answer(*of) {
                Some(Answer::Number(number)) => comparison.holds(*number, *bound),
                _ => false,
            },
        }
    }

    pub fn visit(&self, look: &mut impl FnMut(VariableIndex)) {
        match self {
            When::All(parts) | When::Any(parts) => parts.iter().for_each(|part| part.visit(look)),
            When::Not(part) => part.visit(look),
            When::Has(of, _) | When::Unsure(of) | When::Number(of, ..) => look(*of),
        }
    }
}

const COMPARISONS: [(&str, Comparison); 3] =
    [("at_least", Comparison::AtLeast), ("above", Comparison::Above), ("below", Comparison::Below)];
const WORDS: [&str; 3] = ["all", "any", "not"];
const HOW_TO_WRITE: &str =
    "write which answers it holds for, such as `when: { sex: female, age: { below: 40 } }`";

/// Reads conditions.
pub(super) struct Reader<'a> {
    pub names: &'a Names<'a>,
    pub mistakes: &'a mut Mistakes,
}

impl Reader<'_> {
    /// The condition at a path; `None` if it can't be read.
    pub fn when(&mut self, value: &Value, path: &Path) -> Option<When> {
        let Value::Mapping(map) = value else {
            let message = "a condition is needed here";
            self.mistakes.error(path.value(), "bad-condition", message).help(HOW_TO_WRITE);
            return None;
        };
        if map.is_empty() {
            self.mistakes
                .error(path.value(), "empty-condition", "this condition is empty")
                .help(HOW_TO_WRITE);
            return None;
        }
        // Every part is looked at, also when an earlier one can't be read.
        let parts = map.iter().map(|(key, value)| {
            let key = key_word(key)?;
            let at = path.key(&key);
            match key.as_str() {
                "all" => Some(When::All(self.list(value, &at)?)),
                "any" => Some(When::Any(self.list(value, &at)?)),
                "not" => Some(When::Not(Box::new(self.when(value, &at)?))),
                _ => self.said(&key, value, &at),
            }
        });
        let mut parts: Vec<When> = parts.collect::<Vec<_>>().into_iter().collect::<Option<_>>()?;
        match parts.len() {
            1 => parts.pop(),
            _ => Some(When::All(parts)),
        }
    }

    fn list(&mut self, value: &Value, path: &Path) -> Option<Vec<When>> {
        match value {
            Value::Sequence(items) if !items.is_empty() => {
                let items = items.iter().enumerate();
                let read: Vec<Option<When>> =
                    items.map(|(at, item)| self.when(item, &path.index(at))).collect();
                read.into_iter().collect()
            }
            _ => {
                let message = "a list of conditions is needed here";
                let help = "put each in braces: `[{ sex: female }, { age: { at_least: 50 } }]`";
                self.mistakes.error(path.value(), "bad-condition", message).help(help);
                None
            }
        }
    }

    fn said(&mut self, name: &str, value: &Value, path: &Path) -> Option<When> {
        let Some(of) = self.names.index(name) else {
            let message = format!("there is no question and no hidden trait `{}`", shown(name));
            let known = self.names.all().chain(WORDS);
            let help = self.mistakes.did_you_mean(name, known);
            let mistake = self.mistakes.error(path.name(), "unknown-question", message);
            if let Some(help) = help {
                mistake.help(help);
            }
            return None;
        };
        let target = self.names.target(of)?;
        match value {
            Value::String(word) => self.options(of, &target, std::slice::from_ref(value), path, word),
            Value::Sequence(words) if !words.is_empty() => self.options(of, &target, words, path, ""),
            Value::Mapping(map) => self.compared(of, &target, map, path),
            _ => {
                let message = format!("this is no answer to `{}`", shown(name));
                let help = match (target.is_number(), value) {
                    (true, Value::Number(number)) => format!("compare it: `{{ at_least: {number} }}`"),
                    (true, _) => "compare it: `{ at_least: 50 }`".to_owned(),
                    (false, _) => format!("its answers are {}", listed(&target.answers())),
                };
                self.mistakes.error(path.value(), "bad-answer", message).help(help);
                None
            }
        }
    }

    fn options(
        &mut self,
        of: VariableIndex,
        target: &Target,
        words: &[Value],
        path: &Path,
        alone: &str,
    ) -> Option<When> {
        let (mut options, mut unsure, mut whole) = (OptionSet::EMPTY, false, true);
        for (at, word) in words.iter().enumerate() {
            let item = path.index(at);
            let at = if alone.is_empty() { &item } else { path };
            match key_word(word) {
                Some(word) if word == UNSURE && target.takes_unsure() => unsure = true,
                Some(word) => match target.option(&word, at, self.mistakes) {
                    Some(option) => options = options.with(option),
                    None => whole = false,
                },
                None => {
                    self.mistakes.error(at.value(), "bad-answer", "an answer is needed here");
                    whole = false;
                }
            }
        }
        let has = When::Has(of, options);
        whole.then(|| match (unsure, options.is_empty()) {
            (false, _) => has,
            (true, true) => When::Unsure(of),
            (true, false) => When::Any(vec![has, When::Unsure(of)]),
        })
    }

    fn compared(
        &mut self,
        of: VariableIndex,
        target: &Target,
        map: &serde_yaml::Mapping,
        path: &Path,
    ) -> Option<When> {
        let mut parts = Vec::new();
        for (key, bound) in map {
            let key = key_word(key)?;
            let at = path.key(&key);
            let known = COMPARISONS.iter().find(|(word, _)| *word == key);
            let Some(&(_, comparison)) = known else {
                let message = format!("`{}` is no comparison", shown(&key));
                let words = COMPARISONS.map(|(word, _)| word);
                let help = self.mistakes.did_you_mean(&key, words);
                let help = help.unwrap_or_else(|| format!("there are: {}", listed(&words)));
                self.mistakes.error(at.name(), "unknown-comparison", message).help(help);
                return None;
            };
            parts.push(match bound {
                Value::Number(number) if target.is_number() => {
                    When::Number(of, comparison, number.as_f64().unwrap_or(f64::NAN))
                }
                Value::String(id) if target.is_ordered() => {
                    let bound = target.option(id, &at, self.mistakes)?;
                    let options = (0..target.answers().len()).filter(|&option| match comparison {
                        Comparison::AtLeast => option >= bound,
                        Comparison::Above => option > bound,
                        Comparison::Below => option < bound,
                    });
                    When::Has(of, options.collect())
                }
                _ => {
                    let message = format!("`{}` can't be compared with this", target.name());
                    let help = match target.is_number() {
                        true => "write a number",
                        false => "only numbers and ordered options are compared; name the answers in a list",
                    };
                    self.mistakes.error(at.value(), "bad-comparison", message).help(help);
                    return None;
                }
            });
        }
        if parts.is_empty() {
            self.mistakes
                .error(path.value(), "empty-condition", "this condition is empty")
                .help(HOW_TO_WRITE);
            return None;
        }
        Some(if parts.len() == 1 { parts.remove(0) } else { When::All(parts) })
    }
}

/// A key or an option as a word: YAML reads some as numbers or truth values.
pub(super) fn key_word(value: &Value) -> Option<String> {
    match value {
        Value::String(word) => Some(word.clone()),
        Value::Number(number) => Some(number.to_string()),
        Value::Bool(truth) => Some(truth.to_string()),
        _ => None,
    }
}

impl Target<'_> {
    pub fn is_number(&self) -> bool {
        matches!(self, Target::Question(question) if question.limits().is_some())
    }

    fn is_ordered(&self) -> bool {
        matches!(self, Target::Question(question) if question.domain == (Domain::One { ordered: true }))
    }
}
