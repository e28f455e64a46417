//! The part of a condition that looks at one answer: `option`, `[a, b]`, `{ at_least: x }`, `unsure`.

use serde_yaml::Value;

use super::super::condition::Comparison;
use super::super::{Condition, OptionIndex, OptionSet};
use super::habits;
use super::names::{listed, looks_known, shown};
use super::path::Path;
use super::raw::{self, Kind};
use super::resolve::Resolver;

/// The comparisons with their words in a file.
const COMPARISONS: [(&str, Comparison); 3] =
    [("at_least", Comparison::AtLeast), ("above", Comparison::Above), ("below", Comparison::Below)];

const HOW_TO_COMPARE: &str = "compare it: `{ at_least: x }`, `{ above: x }` or `{ below: x }`";

impl Resolver<'_> {
    /// What a condition says about the answer to a question; `None` if it can't be read.
    pub fn answer(&mut self, question: usize, value: &Value, path: &Path) -> Option<Condition> {
        let raw = self.names.asked[question].raw;
        if !self.names.asked[question].kind_known {
            return None;
        }
        if raw.kind == Kind::Note || raw.kind == Kind::Text && value.as_str() != Some("unsure") {
            return self.no_answer_to_look_at(raw, path);
        }
        if raw.record_only.0 == Some(true) {
            let message =
                format!("`{}` is only for the record, so no condition can look at it", shown(&raw.id));
            let asked = self.names.place_of_question(question);
            self.mistakes
                .error(path.name(), "only-for-the-record", message)
                .help("if the answer should count, remove `record_only: true` from the question")
                .related(asked, "asked here");
            return None;
        }
        match value {
            Value::String(word) if word == "unsure" => {
                self.check_unsure(raw, path);
                Some(Condition::Unsure(question))
            }
            Value::String(id) => {
                let option = self.option_of(question, id, path)?;
                Some(Condition::Has(question, OptionSet::one(option)))
            }
            Value::Sequence(words) => self.one_of_these(question, words, path),
            Value::Mapping(map) => self.compared(question, map, path),
            _ => self.wrong_answer(raw, value, path),
        }
    }

    fn no_answer_to_look_at(&mut self, raw: &raw::Question, path: &Path) -> Option<Condition> {
        let why = match raw.kind {
            Kind::Note => "is a note, which has no answer",
            _ => "is a text, and conditions can't look at its words",
        };
        let message = format!("`{}` {why}", shown(&raw.id));
        self.mistakes.error(path.name(), "no-answer-to-look-at", message);
        None
    }

    fn wrong_answer(&mut self, raw: &raw::Question, value: &Value, path: &Path) -> Option<Condition> {
        let id = shown(&raw.id);
        let (message, help) = match value {
            Value::Null => {
                (format!("the answer to `{id}` is missing"), "write an option after the colon".to_owned())
            }
            Value::Bool(yes) if raw.kind == Kind::YesNo => (
                "a yes_no is answered `yes` or `no`".to_owned(),
                format!("write `{}`", if *yes { "yes" } else { "no" }),
            ),
            Value::Number(number) if raw.is_number() => (
                format!("`{id}` must be compared with `{number}`"),
                format!(
                    "write `{{ at_least: {number} }}`, `{{ above: {number} }}` or `{{ below: {number} }}`"
                ),
            ),
            _ => ("this is not an option".to_owned(), "write the id of an option".to_owned()),
        };
        self.mistakes.error(path.value(), "bad-answer", message).help(help);
        None
    }

    fn check_unsure(&mut self, raw: &raw::Question, path: &Path) {
        if raw.unsure.0 != Some(true) {
            let message = format!("`{}` can't be answered \"I'm not sure\"", shown(&raw.id));
            self.mistakes
                .error(path.word("unsure"), "unsure-not-allowed", message)
                .help("add `unsure: true` to the question, or leave this condition out");
        }
    }

    fn one_of_these(&mut self, question: usize, words: &[Value], path: &Path) -> Option<Condition> {
        let raw = self.names.asked[question].raw;
        if words.is_empty() {
            self.mistakes
                .error(path.name(), "empty-list", "this list of options is empty")
                .help("write at least one option");
            return None;
        }
        let mut options = OptionSet::EMPTY;
        let mut unsure = false;
        for (index, word) in words.iter().enumerate() {
            let at = path.index(index);
            let twice = match word {
                Value::String(word) if word == "unsure" => {
                    self.check_unsure(raw, &at);
                    std::mem::replace(&mut unsure, true)
                }
                Value::String(id) => {
                    let Some(option) = self.option_of(question, id, &at) else {
                        continue;
                    };
                    let twice = options.contains(option);
                    options = options.with(option);
                    twice
                }
                other => {
                    self.wrong_answer(raw, other, &at);
                    continue;
                }
            };
            if twice {
                let message = format!("`{}` is in the list twice", word.as_str().unwrap_or_default());
                self.mistakes.error(at.value(), "twice-in-list", message);
            }
        }
        let has = Condition::Has(question, options);
        Some(match (unsure, options.is_empty()) {
            (false, _) => has,
            (true, true) => Condition::Unsure(question),
            (true, false) => Condition::Any(vec![has, Condition::Unsure(question)]),
        })
    }

    pub fn option_of(&mut self, question: usize, id: &str, path: &Path) -> Option<OptionIndex> {
        let asked = self.names.asked[question];
        let raw = asked.raw;
        if raw.is_number() {
            let message = format!("`{}` is a number, which has no options", shown(&raw.id));
            self.mistakes.error(path.value(), "option-of-number", message).help(HOW_TO_COMPARE);
            return None;
        }
        let ids = raw.option_ids();
        let found = ids.iter().position(|known| *known == id);
        if found.is_none() && asked.options_complete && !looks_known(&ids, id) {
            let message = format!("the question `{}` has no option `{}`", shown(&raw.id), shown(id));
            let help = self
                .mistakes
                .did_you_mean(id, ids.iter().copied())
                .or_else(|| habits::several(id, &ids))
                .unwrap_or_else(|| format!("its options are {}", listed(&ids)));
            let mistake = self.mistakes.error(path.value(), "unknown-option", message);
            mistake.help(help);
        }
        found
    }

    /// `{ at_least: x, below: y }`: all of the comparisons.
    fn compared(&mut self, question: usize, map: &serde_yaml::Mapping, path: &Path) -> Option<Condition> {
        let raw = self.names.asked[question].raw;
        if map.is_empty() {
            self.mistakes
                .error(path.value(), "empty-condition", "this comparison is empty")
                .help(HOW_TO_COMPARE);
            return None;
        }
        let mut all = Vec::with_capacity(map.len());
        let mut allowed: Option<OptionSet> = None;
        for (word, bound) in map {
            let word = word.as_str().unwrap_or_default();
            let at = path.key(word);
            let Some(&(_, comparison)) = COMPARISONS.iter().find(|(name, _)| *name == word) else {
                self.unknown_comparison(word, &at);
                continue;
            };
            if raw.is_number() {
                all.extend(self.number_compared(question, comparison, bound, &at));
            } else if let Some(options) = self.options_compared(question, comparison, bound, &at) {
                allowed = Some(allowed.map_or(options, |others| others.intersection(options)));
            }
        }
        if allowed.is_some_and(OptionSet::is_empty) && map.len() > 1 {
            self.never(path, "no option lies between these");
        }
        self.check_numbers_meet(&all, path);
        all.extend(allowed.map(|options| Condition::Has(question, options)));
        match all.len() {
            0 => None,
            1 => all.pop(),
            _ => Some(Condition::All(all)),
        }
    }

    fn unknown_comparison(&mut self, word: &str, path: &Path) {
        let message = format!("`{}` is not a comparison", shown(word));
        let words = COMPARISONS.map(|(word, _)| word);
        let help = self
            .mistakes
            .did_you_mean(word, words)
            .unwrap_or_else(|| "the comparisons are `at_least`, `above` and `below`".to_owned());
        self.mistakes.error(path.name(), "unknown-comparison", message).help(help);
    }

    fn number_compared(
        &mut self,
        question: usize,
        comparison: Comparison,
        bound: &Value,
        path: &Path,
    ) -> Option<Condition> {
        let raw = self.names.asked[question].raw;
        let Some(bound) = bound.as_f64().filter(|bound| bound.is_finite()) else {
            let message = format!("`{}` is compared with a number", shown(&raw.id));
            self.mistakes.error(path.value(), "bad-bound", message);
            return None;
        };
        if let (Some(min), Some(max)) = (raw.min.0, raw.max.0)
            && min < max
        {
            let range = format!("the answer lies between {min} and {max}");
            match (comparison.holds(min, bound), comparison.holds(max, bound)) {
                (false, false) => self.never(path, &range),
                (true, true) => self.always(path, &range),
                _ => {}
            }
        }
        Some(Condition::Number(question, comparison, bound))
    }

    /// Two comparisons of which each holds somewhere must hold somewhere together.
    fn check_numbers_meet(&mut self, all: &[Condition], path: &Path) {
        let bound = |wanted: fn(&Comparison) -> bool| {
            all.iter().find_map(|condition| match condition {
                Condition::Number(_, comparison, bound) if wanted(comparison) => Some(*bound),
                _ => None,
            })
        };
        let below = bound(|comparison| *comparison == Comparison::Below);
        let from = bound(|comparison| *comparison != Comparison::Below);
        if let (Some(from), Some(below)) = (from, below)
            && from >= below
        {
            self.never(path, &format!("no number is {from} or more and below {below}"));
        }
    }

    fn options_compared(
        &mut self,
        question: usize,
        comparison: Comparison,
        bound: &Value,
        path: &Path,
    ) -> Option<OptionSet> {
        let raw = self.names.asked[question].raw;
        if raw.kind != Kind::OneOf || raw.ordered.0 != Some(true) {
            let id = shown(&raw.id);
            let (message, help) = match raw.kind {
                Kind::OneOf => (
                    format!("the options of `{id}` have no order"),
                    "add `ordered: true` to the question, or list the options: `[a, b]`",
                ),
                kind => (
                    format!("a question of type `{}` can't be compared", kind.name()),
                    "list the options: `[a, b]`",
                ),
            };
            self.mistakes.error(path.name(), "no-order", message).help(help);
            return None;
        }
        let Some(id) = bound.as_str() else {
            let message = format!("`{}` is compared with one of its options", shown(&raw.id));
            self.mistakes.error(path.value(), "bad-bound", message);
            return None;
        };
        let bound = self.option_of(question, id, path)?;
        let count = raw.option_ids().len();
        let holds = |option: &usize| match comparison {
            Comparison::AtLeast => *option >= bound,
            Comparison::Above => *option > bound,
            Comparison::Below => *option < bound,
        };
        let options: OptionSet = (0..count).filter(holds).collect();
        if options.is_empty() {
            let end = if bound == 0 { "first" } else { "last" };
            self.never(path, &format!("`{id}` is the {end} option"));
        } else if options.len() == count {
            self.always(path, &format!("`{id}` is the first option"));
        }
        Some(options)
    }

    fn never(&mut self, path: &Path, why: &str) {
        self.mistakes.error(path.value(), "never-true", format!("this is never true: {why}"));
    }

    fn always(&mut self, path: &Path, why: &str) {
        let message = format!("this is true of every answer: {why}");
        self.mistakes.warning(path.value(), "always-true", message);
    }
}
