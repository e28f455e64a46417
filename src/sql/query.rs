//! The query: from the answers in layers up to the level.

use std::collections::HashMap;

use super::expression::Expression;
use super::input::{self, Adapter};
use super::names::Inner;
use super::{Layout, Refused, Request, statement};
use crate::questionnaire::condition::Comparison;
use crate::questionnaire::{Audience, Condition, OptionSet, Question, QuestionIndex, Questionnaire};
use crate::text::clean_line;

/// A column may stand for so many parts before it is kept, or refused where nothing keeps it. Engines that put what is
/// below into what is above take seconds for some ten thousand.
const MOST_PARTS: u64 = 4_000;

/// What an answer makes true, false or unknown.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
enum Atom {
    Has(QuestionIndex, OptionSet),
    Unsure(QuestionIndex),
    /// The bound in bits, so that equal ones are one.
    Number(QuestionIndex, u8, u64),
}

/// A column that the query works out.
pub struct Computed {
    pub name: String,
    /// Stands above it in the text.
    pub comment: Option<String>,
    pub expression: Expression,
    /// The first in which all that it uses is there.
    pub layer: usize,
}

/// What a name stands for, where it is no column.
#[derive(Clone)]
pub enum Live {
    Always,
    Never,
    /// In this column of this layer.
    Column(String, usize),
}

/// A query as it is worked out; [`statement`] writes it.
pub struct Query<'q> {
    pub questionnaire: &'q Questionnaire,
    pub request: &'q Request,
    inner: Inner,
    pub adapter: Adapter,
    pub live: Vec<Live>,
    atoms: HashMap<Atom, (Expression, usize)>,
    definitions: Vec<Option<(Expression, usize)>>,
    /// All below the rules, in the order in which they were met.
    pub computed: Vec<Computed>,
    /// A column for each rule of the questionnaire. They stand in the last layer.
    pub rules: Vec<Computed>,
    /// The layers after which the engine must keep what it has worked out.
    pub fences: Vec<usize>,
}

/// The `select`, or the view.
///
/// # Errors
/// When the engine can't take it.
pub fn select(questionnaire: &Questionnaire, request: &Request) -> Result<String, Refused> {
    check(questionnaire, request)?;
    let mut inner = Inner::default();
    let adapter = Adapter::of(questionnaire, request, &mut inner);
    let mut query = Query {
        questionnaire,
        request,
        inner,
        adapter,
        live: Vec::new(),
        atoms: HashMap::new(),
        definitions: vec![None; questionnaire.definitions.len()],
        computed: Vec::new(),
        rules: Vec::new(),
        fences: Vec::new(),
    };
    query.questions();
    query.rules();
    let columns = query.adapter.lines.len() + query.computed.len() + query.rules.len();
    let most = request.dialect.most_columns();
    if columns > most {
        let engine = request.dialect.name();
        let list_helps = request.layout == Layout::Columns;
        return Err(Refused::TooManyColumns { columns, most, engine, list_helps });
    }
    query.fence()?;
    Ok(statement::text(&query))
}

pub(super) fn check(questionnaire: &Questionnaire, request: &Request) -> Result<(), Refused> {
    let is_named = |name: &str| name.split('.').all(|part| !part.trim().is_empty());
    let names =
        [("table", Some(&request.table)), ("key", Some(&request.key)), ("view", request.view.as_ref())];
    for (what, name) in names {
        if name.is_some_and(|name| !is_named(name)) {
            return Err(Refused::NoName(what));
        }
    }
    let columns = input::columns(questionnaire, request.layout);
    match columns.iter().any(|column| column.name == request.key) {
        true => Err(Refused::KeyIsAnswer(clean_line(&request.key))),
        false => Ok(()),
    }
}

impl Query<'_> {
    /// Which questions are asked, in the order of asking: a condition looks at earlier ones only.
    fn questions(&mut self) {
        for question in &self.questionnaire.questions {
            let section = &self.questionnaire.sections[question.section];
            let live = match &question.ask_if {
                _ if section.audience.is_some_and(|only| only != self.request.audience) => Live::Never,
                None => Live::Always,
                Some(condition) => match self.condition(condition) {
                    (Expression::True, _) => Live::Always,
                    (Expression::False, _) => Live::Never,
                    (expression, layer) => {
                        let name = self.inner.of("l", &question.id);
                        let comment = Some(format!("{}: is it asked?", question.id));
                        self.computed.push(Computed { name: name.clone(), comment, expression, layer });
                        Live::Column(name, layer)
                    }
                },
            };
            self.live.push(live);
        }
    }

    fn rules(&mut self) {
        for rule in &self.questionnaire.rules {
            let (expression, layer) = self.condition(&rule.when);
            let level = &self.questionnaire.levels[rule.level].id;
            let because = clean_line(rule.because.to(Audience::Clinician));
            let comment = Some(format!("{} ({level}): {because}", rule.id));
            self.rules.push(Computed { name: self.inner.of("r", &rule.id), comment, expression, layer });
        }
    }

    /// The condition, and the layer in which it can be worked out: the first is 1, above the adapter.
    fn condition(&mut self, condition: &Condition) -> (Expression, usize) {
        match condition {
            Condition::All(parts) => {
                let (parts, layer) = self.parts(parts);
                (Expression::all(parts), layer)
            }
            Condition::Any(parts) => {
                let (parts, layer) = self.parts(parts);
                (Expression::any(parts), layer)
            }
            Condition::Not(part) => {
                let (part, layer) = self.condition(part);
                (Expression::not(part), layer)
            }
            Condition::AtLeast(0, _) => (Expression::True, 1),
            Condition::AtLeast(needed, parts) if parts.len() < *needed => (Expression::False, 1),
            Condition::AtLeast(needed, parts) => {
                let (parts, layer) = self.parts(parts);
                (Expression::AtLeast(*needed, parts), layer)
            }
            Condition::Has(question, options) => self.atom(Atom::Has(*question, *options)),
            Condition::Unsure(question) => self.atom(Atom::Unsure(*question)),
            Condition::Number(question, comparison, bound) => {
                self.atom(Atom::Number(*question, code(*comparison), bound.to_bits()))
            }
            Condition::Definition(definition) => self.definition(*definition),
            // Only steps and texts look at these, and the query has none.
            Condition::Rule(_) | Condition::UnsureAnswers => (Expression::False, 1),
        }
    }

    fn parts(&mut self, parts: &[Condition]) -> (Vec<Expression>, usize) {
        let parts: Vec<_> = parts.iter().map(|part| self.condition(part)).collect();
        let layer = parts.iter().map(|(_, layer)| *layer).max().unwrap_or(1);
        (parts.into_iter().map(|(part, _)| part).collect(), layer)
    }

    fn definition(&mut self, definition: usize) -> (Expression, usize) {
        if let Some(known) = &self.definitions[definition] {
            return known.clone();
        }
        let asked = &self.questionnaire.definitions[definition];
        let found = match self.condition(&asked.condition) {
            constant @ (Expression::True | Expression::False, _) => constant,
            (expression, layer) => {
                let name = self.inner.of("d", &asked.name);
                self.computed.push(Computed { name: name.clone(), comment: None, expression, layer });
                (Expression::Plain(name), layer + 1)
            }
        };
        self.definitions[definition] = Some(found.clone());
        found
    }

    /// What an answer says, unless its question is certainly not asked; then it says nothing.
    fn atom(&mut self, atom: Atom) -> (Expression, usize) {
        if let Some(known) = self.atoms.get(&atom) {
            return known.clone();
        }
        let index = match atom {
            Atom::Has(question, _) | Atom::Unsure(question) | Atom::Number(question, ..) => question,
        };
        let question = &self.questionnaire.questions[index];
        let live = self.live[index].clone();
        let found = match (&live, self.judged(atom, question, index)) {
            (Live::Never, _) => (Expression::False, 1),
            (_, None) => (Expression::False, 1),
            (live, Some(mut cases)) => {
                let layer = match live {
                    Live::Column(name, layer) => {
                        cases.insert(0, (format!("{name} is false"), Some(false)));
                        layer + 1
                    }
                    Live::Always | Live::Never => 1,
                };
                let rest = question.optional.then_some(false);
                let name = self.inner.of("a", &format!("{}__{}", question.id, said(atom, question)));
                let expression = Expression::Case(cases, rest);
                self.computed.push(Computed { name: name.clone(), comment: None, expression, layer });
                (Expression::Plain(name), layer + 1)
            }
        };
        self.atoms.insert(atom, found.clone());
        found
    }

    /// What is looked at first, and what it makes of the condition. `None`: nothing can make it true.
    fn judged(
        &self,
        atom: Atom,
        question: &Question,
        index: QuestionIndex,
    ) -> Option<Vec<(String, Option<bool>)>> {
        let answer = &self.adapter.answers[index];
        let unsure = answer.is_unsure().map(str::to_owned);
        let given = (answer.given.clone(), Some(false));
        let mut cases = match atom {
            Atom::Has(_, options) => vec![(answer.has(options, self.request.dialect, question)?, Some(true))],
            Atom::Number(_, comparison, bound) => {
                vec![(answer.compared(SIGNS[usize::from(comparison)].0, f64::from_bits(bound))?, Some(true))]
            }
            Atom::Unsure(_) => return Some(vec![(unsure?, Some(true)), given]),
        };
        cases.extend(unsure.map(|unsure| (unsure, None)));
        cases.push(given);
        Some(cases)
    }

    /// Finds the layers after which the engine must keep what it has worked out.
    fn fence(&mut self) -> Result<(), Refused> {
        let last = self.last_layer();
        let engine = self.request.dialect.name();
        let has_fence = self.request.dialect.fence().is_some();
        let mut parts: HashMap<&str, u64> = HashMap::new();
        for layer in 1..=last {
            let here: Vec<&Computed> = match layer == last {
                true => self.rules.iter().collect(),
                false => self.computed.iter().filter(|computed| computed.layer == layer).collect(),
            };
            let too_large = here.iter().find(|it| size(&it.expression, &parts) > MOST_PARTS);
            if let Some(it) = too_large {
                if !has_fence {
                    let (what, parts) = (format!("`{}`", it.name), size(&it.expression, &parts));
                    return Err(Refused::TooLarge { what, parts, engine });
                }
                self.fences.push(layer - 1);
                parts.clear();
            }
            let sizes: Vec<u64> = here.iter().map(|it| size(&it.expression, &parts)).collect();
            parts.extend(here.iter().map(|it| it.name.as_str()).zip(sizes));
        }
        // Lists and levels use every rule several times.
        let all: u64 = self.rules.iter().filter_map(|rule| parts.get(rule.name.as_str())).sum();
        match has_fence {
            true if all > MOST_PARTS => self.fences.push(last),
            false if all > 25 * MOST_PARTS => {
                return Err(Refused::TooLarge { what: "the level".to_owned(), parts: all, engine });
            }
            _ => {}
        }
        Ok(())
    }

    /// Rules are worked out above all else.
    pub fn last_layer(&self) -> usize {
        let computed = self.computed.iter().map(|computed| computed.layer + 1);
        computed.chain(self.rules.iter().map(|rule| rule.layer)).max().unwrap_or(1)
    }
}

const SIGNS: [(&str, &str); 3] = [(">=", "from"), (">", "above"), ("<", "below")];

fn code(comparison: Comparison) -> u8 {
    match comparison {
        Comparison::AtLeast => 0,
        Comparison::Above => 1,
        Comparison::Below => 2,
    }
}

/// Short, for a name.
fn said(atom: Atom, question: &Question) -> String {
    match atom {
        Atom::Has(_, options) => {
            let ids =
                options.iter().filter_map(|at| question.options.get(at)).map(|option| option.id.as_str());
            ids.collect::<Vec<_>>().join("_or_")
        }
        Atom::Unsure(_) => "unsure".to_owned(),
        Atom::Number(_, comparison, bound) => {
            format!("{}_{}", SIGNS[usize::from(comparison)].1, f64::from_bits(bound))
        }
    }
}

/// The parts of an expression with all that its names stand for.
fn size(expression: &Expression, known: &HashMap<&str, u64>) -> u64 {
    let mut parts = 1_u64;
    expression.plain(&mut |text| {
        let words = text.split(|c: char| !c.is_ascii_alphanumeric() && c != '_');
        let below = words.filter_map(|word| known.get(word)).fold(0_u64, |all, one| all.saturating_add(*one));
        parts = parts.saturating_add(below.max(1));
    });
    parts
}
