//! Reads conditions: names, `all`, `any`, `not`, `n of`, and maps of questions.

use serde_yaml::Value;

use super::super::{Condition, RuleIndex};
use super::habits;
use super::names::{CONDITION_WORDS, looks_known, shown};
use super::path::Path;
use super::raw;
use super::resolve::Resolver;

/// Where a condition stands, which decides what it may look at.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Scope {
    /// Of the question with this index: only earlier ones.
    AskIf(usize),
    Definition,
    Rule,
    /// Levels, the words of reasons, steps and pages, which come after the rules.
    Advice,
}

/// The most conditions of which some are counted: every way to count them comes into the proofs.
pub(super) const MOST_COUNTED: usize = 200;

/// What stands for a condition that can't be read.
const UNREADABLE: Condition = Condition::All(Vec::new());

impl Resolver<'_> {
    pub fn optional_condition(
        &mut self,
        raw: &raw::Written<raw::Condition>,
        path: &Path,
        scope: Scope,
    ) -> Option<Condition> {
        let raw = raw.0.as_ref()?;
        Some(self.condition(raw, path, scope))
    }

    pub fn condition(&mut self, raw: &raw::Condition, path: &Path, scope: Scope) -> Condition {
        self.read(&raw.0, path, scope)
    }

    fn read(&mut self, value: &Value, path: &Path, scope: Scope) -> Condition {
        match value {
            Value::String(name) if !name.trim().is_empty() => self.named(name, path, scope),
            Value::Mapping(map) if map.is_empty() => {
                self.unreadable(path, "empty-condition", "this condition is empty", HOW_TO_WRITE)
            }
            Value::Mapping(map) => self.entries(map, path, scope),
            Value::Sequence(_) => self.unreadable(
                path,
                "list-as-condition",
                "a list alone is not a condition",
                "write `any: [...]` if one of these is enough, `all: [...]` if all are needed",
            ),
            Value::Null | Value::String(_) => self.unreadable(
                path,
                "empty-condition",
                "the condition is missing",
                "write one, or leave the key out where it is optional",
            ),
            Value::Bool(_) | Value::Number(_) | Value::Tagged(_) => {
                self.unreadable(path, "bad-condition", "this is not a condition", HOW_TO_WRITE)
            }
        }
    }

    fn unreadable(&mut self, path: &Path, code: &'static str, message: &str, help: &str) -> Condition {
        self.mistakes.error(path.value(), code, message).help(help);
        UNREADABLE
    }

    /// A name alone is a definition.
    fn named(&mut self, name: &str, path: &Path, scope: Scope) -> Condition {
        if let Some(definition) = self.names.definitions.get(name) {
            if let Scope::AskIf(question) = scope {
                self.check_definition_is_earlier(definition, question, path);
            }
            return Condition::Definition(definition);
        }
        if self.names.questions.get(name).is_some() {
            let message = format!("`{name}` is a question, and a question alone is not a condition");
            let help = format!("say which answer, as in `{}`", self.an_answer(name));
            return self.unreadable(path, "question-as-condition", &message, &help);
        }
        if CONDITION_WORDS.contains(&name) {
            let message = format!("`{name}` needs a colon and something after it");
            return self.unreadable(path, "bad-condition", &message, HOW_TO_WRITE);
        }
        let meant = self.comparison_meant(name).or_else(|| habits::joined(name));
        match meant {
            Some(help) => {
                let message = format!("`{}` is not how a condition is written", shown(name));
                self.unreadable(path, "bad-condition", &message, &help)
            }
            None => {
                self.names.definitions.find(name, path.value(), &mut self.mistakes);
                UNREADABLE
            }
        }
    }

    /// A condition on a question that is not compared with anything yet.
    fn an_answer(&self, id: &str) -> String {
        let asked = self.names.questions.get(id).map(|question| self.names.asked[question].raw);
        match asked {
            Some(raw) if raw.is_number() => format!("{{ {id}: {{ at_least: ... }} }}"),
            Some(raw) => match raw.option_ids().iter().rfind(|option| **option != "none") {
                Some(option) => format!("{{ {id}: {option} }}"),
                None => format!("{{ {id}: ... }}"),
            },
            None => format!("{{ {id}: ... }}"),
        }
    }

    fn comparison_meant(&self, words: &str) -> Option<String> {
        habits::comparison(words, |id| {
            let question = self.names.questions.get(id)?;
            Some(self.names.asked[question].raw.is_number())
        })
    }

    fn check_definition_is_earlier(&mut self, definition: usize, question: usize, path: &Path) {
        let Some(latest) = self.latest.get(definition).copied().flatten() else {
            return;
        };
        if latest >= question {
            let name = self.names.definitions.ids[definition];
            let asked = self.names.questions.ids[latest];
            let place = self.names.place_of_question(latest);
            let message = if latest == question {
                format!("`{name}` looks at `{asked}`, the question itself")
            } else {
                format!("`{name}` looks at `{asked}`, which is asked later")
            };
            self.mistakes
                .error(path.value(), "looks-ahead", message)
                .help("`ask_if` may only look at questions asked earlier, also through definitions")
                .related(place, format!("`{asked}` is asked here"));
        }
    }

    /// Several keys in one map: all of them.
    fn entries(&mut self, map: &serde_yaml::Mapping, path: &Path, scope: Scope) -> Condition {
        let mut conditions = Vec::with_capacity(map.len());
        for (key, value) in map {
            let Value::String(key) = key else {
                self.unreadable(path, "bad-condition", "a key in a condition must be a word", HOW_TO_WRITE);
                continue;
            };
            let at = path.key(key);
            conditions.push(match key.as_str() {
                "all" => Condition::All(self.conditions(value, &at, scope)),
                "any" => Condition::Any(self.conditions(value, &at, scope)),
                "not" => Condition::Not(Box::new(self.read(value, &at, scope))),
                "at_least" => {
                    if map.get("of").is_none() {
                        let help = "write how many, and of which: `at_least: 2, of: [...]`";
                        self.mistakes
                            .error(at.name(), "at-least-without-of", "`at_least` needs `of` beside it")
                            .help(help);
                    }
                    continue;
                }
                "of" => self.at_least_of(map.get("at_least"), value, path, scope),
                "rule" => self.rule(value, &at, scope),
                "unsure_answers" => self.unsure_answers(value, &at, scope),
                _ => self.answered(key, value, &at, scope),
            });
        }
        match conditions.len() {
            1 => conditions.swap_remove(0),
            _ => Condition::All(conditions),
        }
    }

    fn conditions(&mut self, value: &Value, path: &Path, scope: Scope) -> Vec<Condition> {
        let Value::Sequence(items) = value else {
            self.mistakes
                .error(path.value(), "not-a-list", "a list of conditions is needed here")
                .help("write `[a, b]`, or each on its own line after `- `");
            return Vec::new();
        };
        if items.is_empty() {
            self.mistakes
                .error(path.name(), "empty-list", "this list of conditions is empty")
                .help("a list of conditions needs at least one");
        }
        let mut conditions = Vec::with_capacity(items.len());
        for (index, item) in items.iter().enumerate() {
            conditions.push(self.read(item, &path.index(index), scope));
        }
        conditions
    }

    fn at_least_of(&mut self, least: Option<&Value>, of: &Value, path: &Path, scope: Scope) -> Condition {
        let of_path = path.key("of");
        let conditions = self.conditions(of, &of_path, scope);
        let least_path = path.key("at_least");
        let Some(least) = least else {
            self.mistakes
                .error(of_path.name(), "of-without-at-least", "`of` needs `at_least` beside it")
                .help("write how many, and of which: `at_least: 2, of: [...]`");
            return UNREADABLE;
        };
        let Some(number) = least.as_u64() else {
            return self.unreadable(
                &least_path,
                "bad-count",
                "`at_least` must be a whole number here",
                "it says how many of the conditions in `of` must be true",
            );
        };
        let count = usize::try_from(number).unwrap_or(usize::MAX);
        if count == 0 {
            return self.unreadable(&least_path, "bad-count", "at least 0 is always true", "write 1 or more");
        }
        if count > conditions.len() && !conditions.is_empty() {
            let message = format!("there are only {} conditions in `of`", conditions.len());
            let help = format!("write a number from 1 to {}", conditions.len());
            return self.unreadable(&least_path, "bad-count", &message, &help);
        }
        if conditions.len() > MOST_COUNTED {
            let message = format!("`of` has {} conditions, and the most is {MOST_COUNTED}", conditions.len());
            let help = "use fewer, or put some of them together with `any` in a definition";
            return self.unreadable(&of_path, "too-many-conditions", &message, help);
        }
        Condition::AtLeast(count, conditions)
    }

    fn rule(&mut self, value: &Value, path: &Path, scope: Scope) -> Condition {
        self.check_advice_only("rule", path, scope);
        let one = std::slice::from_ref(value);
        let (ids, listed) = match value {
            Value::Sequence(ids) => (ids.as_slice(), true),
            _ => (one, false),
        };
        if ids.is_empty() {
            self.mistakes.error(path.name(), "empty-list", "`rule` names no rule");
        }
        let mut rules: Vec<RuleIndex> = Vec::new();
        for (index, id) in ids.iter().enumerate() {
            let item = path.index(index);
            let at = if listed { &item } else { path };
            let Value::String(id) = id else {
                self.unreadable(
                    at,
                    "bad-condition",
                    "the id of a rule is needed here",
                    "such as `rule: R01`",
                );
                continue;
            };
            match self.names.rules.find(id, at.value(), &mut self.mistakes) {
                Some(rule) if rules.contains(&rule) => {
                    let message = format!("`{id}` is in the list twice");
                    self.mistakes.error(at.value(), "twice-in-list", message);
                }
                Some(rule) => rules.push(rule),
                None => {}
            }
        }
        Condition::Rule(rules)
    }

    fn unsure_answers(&mut self, value: &Value, path: &Path, scope: Scope) -> Condition {
        self.check_advice_only("unsure_answers", path, scope);
        if *value != Value::Bool(true) {
            return self.unreadable(
                path,
                "bad-condition",
                "`unsure_answers` can only be `true`",
                "for the opposite write `not: { unsure_answers: true }`",
            );
        }
        Condition::UnsureAnswers
    }

    fn check_advice_only(&mut self, word: &str, path: &Path, scope: Scope) {
        let here = match scope {
            Scope::Advice => return,
            Scope::AskIf(_) => "`ask_if`",
            Scope::Definition => "a definition",
            Scope::Rule => "a rule",
        };
        let message = format!("`{word}` can't be used in {here}");
        let help = format!(
            "`{word}` can only be used in `because`, `within`, `who`, `check_again`, `next_steps` and `learn`, which come after the rules"
        );
        self.mistakes.error(path.name(), "misplaced-condition", message).help(help);
    }

    fn answered(&mut self, id: &str, value: &Value, path: &Path, scope: Scope) -> Condition {
        let Some(question) = self.names.questions.get(id) else {
            self.unknown_question(id, path);
            return UNREADABLE;
        };
        if let Scope::AskIf(asking) = scope
            && question >= asking
        {
            let place = self.names.place_of_question(question);
            let (message, related) = if question == asking {
                (format!("`{id}` looks at its own answer"), "the question".to_owned())
            } else {
                (format!("`{id}` is asked later"), format!("`{id}` is asked here"))
            };
            self.mistakes
                .error(path.name(), "looks-ahead", message)
                .help("`ask_if` may only look at questions asked earlier")
                .related(place, related);
        }
        self.answer(question, value, path).unwrap_or(UNREADABLE)
    }

    fn unknown_question(&mut self, id: &str, path: &Path) {
        if self.names.definitions.get(id).is_some() {
            let message = format!("`{id}` is a definition, which has no answers");
            self.mistakes
                .error(path.name(), "definition-as-question", message)
                .help(format!("write its name alone: `{id}`, or `not: {id}`"));
            return;
        }
        if !self.names.questions.complete || looks_known(&self.names.questions.ids, id) {
            return;
        }
        let message = format!("there is no question `{}`", shown(id));
        let known = self.names.questions.ids.iter().copied();
        let known = known.chain(CONDITION_WORDS);
        let likely = self.comparison_meant(id).or_else(|| self.mistakes.did_you_mean(id, known));
        let mistake = self.mistakes.error(path.name(), "unknown-question", message);
        if let Some(help) = likely {
            mistake.help(help);
        }
    }
}

const HOW_TO_WRITE: &str = "a condition is the name of a definition, `question: option`, `all:`, `any:`, `not:`, or `at_least:` with `of:`";
