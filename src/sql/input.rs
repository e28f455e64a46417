//! The columns that a table of answers has, and how the query reads each answer out of them.

use super::dialect::{Dialect, Type};
use super::names::{self, Inner};
use super::{Layout, Request};
use crate::answers::TEXT_MAX;
use crate::questionnaire::{Domain, OptionSet, Question, Questionnaire};

/// A column of the table.
pub struct Column {
    pub name: String,
    pub(super) of: Type,
    /// Which question it answers, and which option of it.
    pub question: usize,
    pub holds: Holds,
}

/// What a column says of its question.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Holds {
    /// The option, the number or the words.
    Answer,
    /// The options, with a blank between them.
    List,
    /// Whether this option was chosen.
    Option(usize),
    /// Whether the answer was "not sure".
    Unsure,
}

/// The columns of a question's answer.
pub fn columns(questionnaire: &Questionnaire, layout: Layout) -> Vec<Column> {
    let mut columns = Vec::new();
    for (index, question) in questionnaire.questions.iter().enumerate() {
        let mut add = |name: String, of: Type, holds: Holds| {
            columns.push(Column { name, of, question: index, holds });
        };
        match (&question.domain, layout) {
            (Domain::One { .. } | Domain::Text, _) => add(names::answer(question), Type::Text, Holds::Answer),
            (Domain::Several, Layout::List) => add(names::answer(question), Type::Text, Holds::List),
            (Domain::Several, Layout::Columns) => {
                for (at, option) in question.options.iter().enumerate() {
                    add(names::option(question, option), Type::Flag, Holds::Option(at));
                }
                if question.unsure {
                    add(names::unsure(question), Type::Flag, Holds::Unsure);
                }
            }
            (Domain::Number(_), _) => {
                add(names::answer(question), Type::Number, Holds::Answer);
                if question.unsure {
                    add(names::unsure(question), Type::Flag, Holds::Unsure);
                }
            }
            (Domain::Nothing, _) => {}
        }
    }
    columns
}

/// How the query speaks of one question's answer, above the adapter.
pub struct Answer {
    /// The name of the value; of several options a column each there is none.
    value: Option<String>,
    /// For each option, that it was chosen.
    options: Vec<String>,
    unsure: Option<String>,
    /// There is an answer.
    pub given: String,
    /// The answer doesn't fit its question. `None`: it always does.
    pub misfit: Option<String>,
}

/// The adapter: a line for each column, and how each question is spoken of.
pub struct Adapter {
    /// `expression as name`.
    pub lines: Vec<String>,
    pub answers: Vec<Answer>,
}

impl Adapter {
    pub fn of(questionnaire: &Questionnaire, request: &Request, inner: &mut Inner) -> Adapter {
        let dialect = request.dialect;
        let mut lines = Vec::new();
        let mut answers = Vec::new();
        for question in &questionnaire.questions {
            let flag = |column: &str| format!("coalesce(cast({} as boolean), false)", dialect.quoted(column));
            let mut add = |expression: String, prefix: &str, id: &str| {
                let name = inner.of(prefix, id);
                lines.push(format!("{expression} as {name}"));
                name
            };
            let column = dialect.quoted(&names::answer(question));
            let text = format!("trim(cast({column} as {}))", dialect.type_name(Type::Text));
            answers.push(match (&question.domain, request.layout) {
                (Domain::One { .. }, _) => {
                    one(question, add(format!("nullif({text}, '')"), "v", &question.id), dialect)
                }
                (Domain::Text, _) => {
                    let value = add(format!("nullif({text}, '')"), "v", &question.id);
                    Answer {
                        given: format!("{value} is not null"),
                        misfit: Some(format!("length({value}) > {}", TEXT_MAX)),
                        value: Some(value),
                        options: Vec::new(),
                        unsure: None,
                    }
                }
                (Domain::Number(_), _) => {
                    let number = dialect.type_name(Type::Number);
                    let value = add(format!("cast({column} as {number})"), "v", &question.id);
                    let unsure =
                        question.unsure.then(|| add(flag(&names::unsure(question)), "u", &question.id));
                    number_of(question, value, unsure)
                }
                (Domain::Several, Layout::List) => {
                    let value = add(format!("nullif(' ' || {text} || ' ', '  ')"), "v", &question.id);
                    list(question, value, dialect)
                }
                (Domain::Several, Layout::Columns) => {
                    let options = question.options.iter().map(|option| {
                        let id = format!("{}__{}", question.id, option.id);
                        add(flag(&names::option(question, option)), "v", &id)
                    });
                    let options: Vec<String> = options.collect();
                    let unsure =
                        question.unsure.then(|| add(flag(&names::unsure(question)), "u", &question.id));
                    let given = options.iter().chain(&unsure).cloned().collect::<Vec<_>>().join(" or ");
                    Answer {
                        misfit: together(question, &options, unsure.as_deref()),
                        given: format!("({given})"),
                        value: None,
                        options,
                        unsure,
                    }
                }
                (Domain::Nothing, _) => Answer {
                    value: None,
                    options: Vec::new(),
                    unsure: None,
                    given: "false".to_owned(),
                    misfit: None,
                },
            });
        }
        Adapter { lines, answers }
    }
}

fn one(question: &Question, value: String, dialect: Dialect) -> Answer {
    let ids = question.options.iter().map(|option| option.id.as_str());
    let known = ids.chain(question.unsure.then_some(UNSURE)).map(|id| dialect.string(id));
    let known = known.collect::<Vec<_>>().join(", ");
    Answer {
        options: question
            .options
            .iter()
            .map(|option| format!("{value} = {}", dialect.string(&option.id)))
            .collect(),
        unsure: question.unsure.then(|| format!("{value} = {}", dialect.string(UNSURE))),
        given: format!("{value} is not null"),
        misfit: Some(format!("{value} not in ({known})")),
        value: Some(value),
    }
}

const UNSURE: &str = "unsure";

fn number_of(question: &Question, value: String, unsure: Option<String>) -> Answer {
    let given = match &unsure {
        Some(unsure) => format!("({value} is not null or {unsure})"),
        None => format!("{value} is not null"),
    };
    let misfit = question.limits().map(|(min, max)| {
        let mut wrong = format!("{value} < {} or {value} > {}", decimal(min), decimal(max));
        if matches!(&question.domain, Domain::Number(bounds) if bounds.decimals == 0) {
            wrong += &format!(" or {value} <> floor({value})");
        }
        match &unsure {
            Some(unsure) => format!("{wrong} or ({value} is not null and {unsure})"),
            None => wrong,
        }
    });
    Answer { options: Vec::new(), unsure, given, misfit, value: Some(value) }
}

fn list(question: &Question, value: String, dialect: Dialect) -> Answer {
    let has = |id: &str| format!("position({} in {value}) > 0", dialect.string(&format!(" {id} ")));
    let options: Vec<String> = question.options.iter().map(|option| has(&option.id)).collect();
    let unsure = question.unsure.then(|| has(UNSURE));
    let counted: Vec<String> =
        options.iter().chain(&unsure).map(|has| format!("case when {has} then 1 else 0 end")).collect();
    // A word that is no option, or one that is there twice.
    let other = format!("length({value}) - length(replace({value}, ' ', '')) - 1 <> {}", counted.join(" + "));
    let misfit = match together(question, &options, unsure.as_deref()) {
        Some(together) => format!("{other} or {together}"),
        None => other,
    };
    Answer {
        given: format!("{value} is not null"),
        misfit: Some(misfit),
        value: Some(value),
        options,
        unsure,
    }
}

/// An option that stands alone, with others.
fn together(question: &Question, options: &[String], unsure: Option<&str>) -> Option<String> {
    let exclusive = question.exclusive();
    let parts = exclusive.iter().filter_map(|alone| {
        let others = options.iter().enumerate().filter(|(at, _)| *at != alone).map(|(_, has)| has.as_str());
        let others: Vec<&str> = others.chain(unsure).collect();
        (!others.is_empty()).then(|| format!("({} and ({}))", options[alone], others.join(" or ")))
    });
    let parts: Vec<String> = parts.collect();
    (!parts.is_empty()).then(|| parts.join(" or "))
}

impl Answer {
    pub fn has(&self, options: OptionSet, dialect: Dialect, question: &Question) -> Option<String> {
        let picked: Vec<usize> = options.iter().filter(|at| *at < self.options.len()).collect();
        match (&self.value, picked.as_slice(), &question.domain) {
            // `in ()` is an error in some engines.
            (_, [], _) => None,
            (Some(value), [_, _, ..], Domain::One { .. }) => {
                let ids = picked.iter().map(|&at| dialect.string(&question.options[at].id));
                Some(format!("{value} in ({})", ids.collect::<Vec<_>>().join(", ")))
            }
            _ => Some(picked.iter().map(|&at| self.options[at].as_str()).collect::<Vec<_>>().join(" or ")),
        }
    }

    pub fn is_unsure(&self) -> Option<&str> {
        self.unsure.as_deref()
    }

    pub fn compared(&self, comparison: &str, bound: f64) -> Option<String> {
        Some(format!("{} {comparison} {}", self.value.as_deref()?, decimal(bound)))
    }
}

/// A number as every engine reads it.
fn decimal(number: f64) -> String {
    let text = format!("{number}");
    if number < 0.0 { format!("({text})") } else { text }
}
