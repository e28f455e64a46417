//! Answers as a file of scenarios writes them.

use serde_yaml::Value;

use crate::answers::json::UNSURE;
use crate::answers::{Answer, Refusal};
use crate::questionnaire::yaml::mistake::Mistakes;
use crate::questionnaire::yaml::names::{listed, shown};
use crate::questionnaire::yaml::path::Path;
use crate::questionnaire::{Domain, OptionSet, Question};

/// The answer that is written at `path`; `Some(None)` for one that leaves the question out, `None` for a mistake.
pub(super) fn read(
    question: &Question,
    value: &Value,
    path: &Path,
    mistakes: &mut Mistakes,
) -> Option<Option<Answer>> {
    if mistakes.holes.cover(path) {
        return None;
    }
    let mut reader = Reader { question, path, mistakes };
    if *value == Value::Null {
        return reader.left_out().then_some(None);
    }
    let answer = match (&question.domain, value) {
        (Domain::Nothing, _) => {
            let message = format!("`{}` is an information page, which has no answer", question.id);
            reader.mistakes.error(path.name(), "bad-answer", message).help("leave this line out");
            return None;
        }
        (Domain::Text, Value::String(text)) if text != UNSURE || !question.unsure => {
            Answer::Text(text.clone())
        }
        (_, Value::String(word)) if word == UNSURE => Answer::UNSURE,
        (Domain::Number(_), Value::Number(number)) => Answer::Number(number.as_f64().unwrap_or(f64::NAN)),
        (Domain::Number(_) | Domain::Text, _) => return reader.wrong(value),
        (_, Value::String(id)) => Answer::Options(OptionSet::one(reader.option(id, path)?)),
        (Domain::Several, Value::Sequence(words)) => reader.several(words)?,
        _ => return reader.wrong(value),
    };
    match answer.check(question) {
        Ok(()) => Some(Some(answer)),
        Err(refusal) => {
            reader.refused(&refusal);
            None
        }
    }
}

struct Reader<'a> {
    question: &'a Question,
    path: &'a Path<'a>,
    mistakes: &'a mut Mistakes,
}

impl Reader<'_> {
    fn left_out(&mut self) -> bool {
        let id = &self.question.id;
        if !self.question.optional {
            let message = format!("the answer to `{id}` is missing");
            let help = format!("write {}", self.expected());
            self.mistakes.error(self.path.value(), "bad-answer", message).help(help);
        }
        self.question.optional
    }

    fn wrong<T>(&mut self, value: &Value) -> Option<T> {
        let message = format!("this is no answer to `{}`", self.question.id);
        let help = match (value, &self.question.domain) {
            (Value::Bool(yes), _) if self.question.is_yes_no() => {
                format!("write `{}`", if *yes { "yes" } else { "no" })
            }
            _ => format!("write {}", self.expected()),
        };
        self.mistakes.error(self.path.value(), "bad-answer", message).help(help);
        None
    }

    /// What kind of answer the question takes.
    fn expected(&self) -> String {
        let ids: Vec<&str> = self.question.options.iter().map(|option| option.id.as_str()).collect();
        match &self.question.domain {
            Domain::One { .. } => format!("one option of {}", listed(&ids)),
            Domain::Several => format!("an option, or several as a list: {}", listed(&ids)),
            Domain::Number(_) => "a number without quotes".to_owned(),
            Domain::Text => "a text in quotes".to_owned(),
            Domain::Nothing => "nothing".to_owned(),
        }
    }

    fn option(&mut self, id: &str, path: &Path) -> Option<usize> {
        let found = self.question.option_index(id);
        if found.is_none() {
            let ids = self.question.options.iter().map(|option| option.id.as_str());
            let message = format!("the question `{}` has no option `{}`", self.question.id, shown(id));
            let all: Vec<&str> = ids.clone().collect();
            let help = self.mistakes.did_you_mean(id, ids);
            let help = help.unwrap_or_else(|| format!("its options are {}", listed(&all)));
            self.mistakes.error(path.value(), "unknown-option", message).help(help);
        }
        found
    }

    fn several(&mut self, words: &[Value]) -> Option<Answer> {
        let (mut ticked, mut unsure, mut whole) = (OptionSet::EMPTY, false, true);
        for (index, word) in words.iter().enumerate() {
            let path = self.path.index(index);
            let twice = match word {
                Value::String(word) if word == UNSURE => std::mem::replace(&mut unsure, true),
                Value::String(id) => {
                    let Some(option) = self.option(id, &path) else {
                        whole = false;
                        continue;
                    };
                    let twice = ticked.contains(option);
                    ticked = ticked.with(option);
                    twice
                }
                _ => {
                    let message = "an option is needed here";
                    self.mistakes.error(path.value(), "bad-answer", message);
                    whole = false;
                    continue;
                }
            };
            if twice {
                let message = format!("`{}` is in the list twice", shown(word.as_str().unwrap_or_default()));
                self.mistakes.error(path.value(), "twice-in-list", message);
                whole = false;
            }
        }
        whole.then_some(if unsure { Answer::Unsure { ticked } } else { Answer::Options(ticked) })
    }

    fn refused(&mut self, refusal: &Refusal) {
        let id = &self.question.id;
        let code = match refusal {
            Refusal::UnsureNotAllowed => "unsure-not-allowed",
            Refusal::OutOfBounds { .. } => "number-out-of-range",
            Refusal::AtLeastOne => "empty-list",
            _ => "bad-answer",
        };
        self.mistakes.error(self.path.value(), code, format!("`{id}`: {refusal}"));
    }
}
