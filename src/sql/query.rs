//! The query: from the answers in layers up to the level.

use std::collections::HashMap;

use super::expression::{Expression, blanks};
use super::input::{self, Adapter};
use super::names::Inner;
use super::{Layout, Refused, Request};
use crate::encounter::fingerprint;
use crate::questionnaire::condition::Comparison;
use crate::questionnaire::{
    Audience, Condition, LevelIndex, OptionSet, Question, QuestionIndex, Questionnaire, UnsureCountsAs,
};
use crate::text::clean_line;

/// A column may stand for so many parts before it is kept, or refused where nothing keeps it. Engines that put what is
/// below into what is above take seconds for some ten thousand.
const MOST_PARTS: u64 = 4_000;
/// PostgreSQL takes at most 100 arguments of a function.
const MOST_ARGUMENTS: usize = 50;

/// What an answer makes true, false or unknown.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
enum Atom {
    Has(QuestionIndex, OptionSet),
    Unsure(QuestionIndex),
    /// The bound in bits, so that equal ones are one.
    Number(QuestionIndex, u8, u64),
}

/// A column that the query works out.
struct Computed {
    name: String,
    /// Stands above it in the text.
    comment: Option<String>,
    expression: Expression,
    layer: usize,
}

/// What a name stands for, where it is no column.
#[derive(Clone)]
enum Live {
    Always,
    Never,
    /// In this column of this layer.
    Column(String, usize),
}

struct Query<'q> {
    questionnaire: &'q Questionnaire,
    request: &'q Request,
    inner: Inner,
    adapter: Adapter,
    live: Vec<Live>,
    atoms: HashMap<Atom, (Expression, usize)>,
    definitions: Vec<Option<(Expression, usize)>>,
    computed: Vec<Computed>,
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
    };
    query.questions();
    let rules = query.rules();
    let columns = query.adapter.lines.len() + query.computed.len() + rules.len();
    let most = request.dialect.most_columns();
    if columns > most {
        let engine = request.dialect.name();
        let list_helps = request.layout == Layout::Columns;
        return Err(Refused::TooManyColumns { columns, most, engine, list_helps });
    }
    let fences = query.fences(&rules)?;
    Ok(query.text(&rules, &fences))
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

/// A rule, as far as the query has it.
struct RuleColumn {
    name: String,
    expression: Expression,
    layer: usize,
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

    fn rules(&mut self) -> Vec<RuleColumn> {
        let rules = self.questionnaire.rules.iter();
        rules
            .map(|rule| {
                let (expression, layer) = self.condition(&rule.when);
                RuleColumn { name: self.inner.of("r", &rule.id), expression, layer }
            })
            .collect()
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

    /// The layers after which the engine must keep what it has worked out.
    fn fences(&self, rules: &[RuleColumn]) -> Result<Vec<usize>, Refused> {
        let last = self.last_layer(rules);
        let mut parts: HashMap<&str, u64> = HashMap::new();
        let mut fences = Vec::new();
        for layer in 1..=last {
            let here = || {
                let computed = self.computed.iter().map(|it| (it.name.as_str(), &it.expression, it.layer));
                let rules = rules.iter().map(|it| (it.name.as_str(), &it.expression, last));
                computed.chain(rules).filter(move |(.., at)| *at == layer)
            };
            let too_large = here().find(|(_, expression, _)| size(expression, &parts) > MOST_PARTS);
            if let Some((name, expression, _)) = too_large {
                if self.request.dialect.fence().is_none() {
                    let engine = self.request.dialect.name();
                    let what = format!("`{name}`");
                    return Err(Refused::TooLarge { what, parts: size(expression, &parts), engine });
                }
                fences.push(layer - 1);
                parts.clear();
            }
            let found: Vec<(&str, u64)> =
                here().map(|(name, expression, _)| (name, size(expression, &parts))).collect();
            parts.extend(found);
        }
        // Lists and levels use every rule several times.
        let all: u64 = rules.iter().filter_map(|rule| parts.get(rule.name.as_str())).sum();
        if all > MOST_PARTS {
            match self.request.dialect.fence() {
                Some(_) => fences.push(last),
                None if all > 25 * MOST_PARTS => {
                    let engine = self.request.dialect.name();
                    return Err(Refused::TooLarge { what: "the level".to_owned(), parts: all, engine });
                }
                None => {}
            }
        }
        Ok(fences)
    }

    /// Rules are worked out above all else.
    fn last_layer(&self, rules: &[RuleColumn]) -> usize {
        let computed = self.computed.iter().map(|computed| computed.layer + 1);
        computed.chain(rules.iter().map(|rule| rule.layer)).max().unwrap_or(1)
    }

    fn text(&self, rules: &[RuleColumn], fences: &[usize]) -> String {
        let (questionnaire, request) = (self.questionnaire, self.request);
        let dialect = request.dialect;
        let last = self.last_layer(rules);
        let fence = |layer: usize| match (fences.contains(&layer), dialect.fence()) {
            (true, Some(fence)) => format!("\n  {fence}"),
            _ => String::new(),
        };
        let mut text = head(questionnaire, request);
        if let Some(view) = &request.view {
            text += &format!("create or replace view {} as\n", dialect.table(view));
        }
        // Engines take a name in its own definition for itself.
        let first = if request.table.eq_ignore_ascii_case("adapted") { "adapted_" } else { "adapted" };
        let mut lines = vec![format!("{} as row_key", dialect.quoted(&request.key))];
        lines.extend(self.adapter.lines.iter().cloned());
        text +=
            "with\n-- The adapter reads the table. Edit it where your columns have other names or types.\n";
        text += &format!(
            "{first} as (\n  select\n    {}\n  from {}{}\n)",
            lines.join(",\n    "),
            dialect.table(&request.table),
            fence(0)
        );
        let mut below = first.to_owned();
        for layer in 1..last {
            let columns = self.computed.iter().filter(|computed| computed.layer == layer);
            let columns: Vec<String> = columns.map(column).collect();
            if columns.is_empty() && !fences.contains(&layer) {
                continue;
            }
            let name = format!("layer_{layer}");
            let added = columns.iter().map(|column| format!(",\n{column}")).collect::<String>();
            text += &format!(",\n{name} as (\n  select\n    *{added}\n  from {below}{}\n)", fence(layer));
            below = name;
        }
        let added = rules.iter().zip(&questionnaire.rules).map(|(column, rule)| {
            let level = &questionnaire.levels[rule.level].id;
            let because = clean_line(rule.because.to(Audience::Clinician));
            let comment = commented(&format!("{} ({level}): {because}", rule.id));
            format!(",\n{comment}    {} as {}", column.expression.lines(4), column.name)
        });
        let added = added.collect::<String>();
        text += &format!(",\nrules as (\n  select\n    *{added}\n  from {below}{}\n)", fence(last));
        text += &self.judged_text(rules);
        text + ";\n"
    }

    fn judged_text(&self, rules: &[RuleColumn]) -> String {
        let (questionnaire, dialect) = (self.questionnaire, self.request.dialect);
        let last = questionnaire.last_level();
        let level = |wanted: LevelIndex, test: &str| {
            let at = rules.iter().zip(&questionnaire.rules).filter(|(_, rule)| rule.level == wanted);
            let parts: Vec<_> =
                at.map(|(column, _)| Expression::Plain(format!("{}{test}", column.name))).collect();
            (!parts.is_empty())
                .then(|| format!("\n      when {} then {wanted}", Expression::any(parts).lines(11)))
        };
        let picked = |test: &str| {
            let cases: String = (0..last).filter_map(|wanted| level(wanted, test)).collect();
            match cases.is_empty() {
                true => last.to_string(),
                false => format!("case{cases}\n      else {last}\n    end"),
            }
        };
        let questions = || self.questionnaire.questions.iter().zip(&self.live).zip(&self.adapter.answers);
        let needed = questions().filter_map(|((question, live), answer)| {
            let required = !question.optional && question.takes_answer();
            match live {
                Live::Always if required => Some((format!("not {}", bound(&answer.given)), &question.id)),
                Live::Column(name, _) if required => {
                    Some((format!("{name} and not {}", bound(&answer.given)), &question.id))
                }
                Live::Always | Live::Column(..) | Live::Never => None,
            }
        });
        let aside = questions().filter_map(|((question, live), answer)| match live {
            Live::Never if question.takes_answer() => Some((answer.given.clone(), &question.id)),
            Live::Column(name, _) => Some((format!("{name} is false and {}", answer.given), &question.id)),
            Live::Always | Live::Never => None,
        });
        let refused =
            questions().filter_map(|((question, _), answer)| Some((answer.misfit.clone()?, &question.id)));
        let list = |items: Vec<(String, &String)>| {
            let cases =
                items.iter().map(|(when, id)| format!("case when {when} then {} end", dialect.string(id)));
            joined(&cases.collect::<Vec<_>>())
        };
        let rules_list: Vec<_> = rules
            .iter()
            .zip(&questionnaire.rules)
            .map(|(column, rule)| (column.name.clone(), &rule.id))
            .collect();
        let mut text = format!(
            ",\nlists as (\n  select\n    *,\n    {} as certain_level,\n    {} as possible_level,\n    {} as true_rules,\n    \
             {} as open_questions,\n    {} as aside_questions,\n    {} as refused_questions\n  from rules\n)",
            picked(""),
            picked(" is not false"),
            list(rules_list),
            list(needed.collect()),
            list(aside.collect()),
            list(refused.collect()),
        );
        let policy = questionnaire.unsure;
        let doubtful = match policy.counts_as {
            UnsureCountsAs::SameLevel => "possible_level",
            UnsureCountsAs::OneLevelLess => "possible_level + 1",
        };
        let named = |column: &str| {
            let levels = questionnaire.levels.iter().enumerate();
            let cases: String =
                levels.map(|(at, level)| format!(" when {at} then {}", dialect.string(&level.id))).collect();
            format!("case {column}{cases} end")
        };
        text += &format!(
            ",\njudged as (\n  select\n    *,\n    case\n      when possible_level = certain_level then certain_level\n      \
             else least(certain_level, {doubtful}, {})\n    end as act_level\n  from lists\n)\n",
            policy.at_least
        );
        text +=
            "-- An answer that doesn't fit its question is never taken for another: the row has no level.\n";
        let unless = |value: &str| format!("case when refused_questions = '' then {value} end");
        text += &format!(
            "select\n  row_key as {},\n  {} as level,\n  {} as certain,\n  {} as possible,\n  {} as complete,\n  {} as rules,\n  \
             {} as unanswered,\n  {} as set_aside,\n  refused_questions as refused\nfrom judged",
            dialect.quoted(&self.request.key),
            unless(&named("act_level")),
            unless(&named("certain_level")),
            unless(&named("possible_level")),
            unless("open_questions = ''"),
            unless("true_rules"),
            unless("open_questions"),
            unless("aside_questions"),
        );
        text
    }
}

/// Words with blanks between them; `null`s are left out, and with none it is empty.
fn joined(items: &[String]) -> String {
    match items.len() {
        0 => "''".to_owned(),
        1 => format!("coalesce({}, '')", items[0]),
        2..=MOST_ARGUMENTS => {
            let indent = blanks(6);
            format!("concat_ws(\n{indent}' ',\n{indent}{}\n    )", items.join(&format!(",\n{indent}")))
        }
        _ => {
            let parts = items.chunks(MOST_ARGUMENTS).map(|part| format!("nullif({}, '')", joined(part)));
            joined(&parts.collect::<Vec<_>>())
        }
    }
}

/// Binds more tightly than `not` and `and`.
fn bound(given: &str) -> String {
    if given.starts_with('(') { given.to_owned() } else { format!("({given})") }
}

fn column(computed: &Computed) -> String {
    let comment = computed.comment.as_deref().map(commented).unwrap_or_default();
    format!("{comment}    {} as {}", computed.expression.lines(4), computed.name)
}

fn commented(text: &str) -> String {
    format!("    -- {text}\n")
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

/// What it is, and of which version.
fn head(questionnaire: &Questionnaire, request: &Request) -> String {
    let audience = match request.audience {
        Audience::Patient => "patients",
        Audience::Clinician => "clinicians",
    };
    format!(
        "-- {} {}: {}\n-- fingerprint {}\n-- redflag {}, for {}; answered by {audience}\n",
        clean_line(&questionnaire.id),
        clean_line(&questionnaire.version),
        clean_line(questionnaire.title.to(Audience::Clinician)),
        fingerprint(questionnaire),
        env!("CARGO_PKG_VERSION"),
        request.dialect.name(),
    )
}
