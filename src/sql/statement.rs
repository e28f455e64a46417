//! The query in SQL: the adapter, the layers, the rules, and what comes of them.

use super::Request;
use super::dialect::Dialect;
use super::expression::{Expression, blanks};
use super::query::{Computed, Live, Query};
use crate::encounter::fingerprint;
use crate::questionnaire::{Audience, LevelIndex, Questionnaire, UnsureCountsAs};
use crate::text::clean_line;

/// PostgreSQL takes at most 100 arguments of a function.
const MOST_ARGUMENTS: usize = 50;

/// The `select`, or the view.
pub fn text(query: &Query) -> String {
    let request = query.request;
    let dialect = request.dialect;
    let mut text = head(query.questionnaire, request);
    if let Some(view) = &request.view {
        text += &format!("create or replace view {} as\n", dialect.table(view));
    }
    // Engines take a name in its own definition for itself.
    let first = if request.table.eq_ignore_ascii_case("adapted") { "adapted_" } else { "adapted" };
    let key = format!("{} as row_key", dialect.quoted(&request.key));
    let lines: Vec<&str> =
        std::iter::once(key.as_str()).chain(query.adapter.lines.iter().map(String::as_str)).collect();
    text += "with\n-- The adapter reads the table. Edit it where your columns have other names or types.\n";
    text += &format!(
        "{first} as (\n  select\n    {}\n  from {}{}\n)",
        lines.join(",\n    "),
        dialect.table(&request.table),
        fence(query, 0)
    );
    let mut below = first.to_owned();
    for layer in 1..query.last_layer() {
        let columns: Vec<&Computed> =
            query.computed.iter().filter(|computed| computed.layer == layer).collect();
        if columns.is_empty() && !query.fences.contains(&layer) {
            continue;
        }
        let name = format!("layer_{layer}");
        text += &on_top(&name, columns, &below, &fence(query, layer));
        below = name;
    }
    text += &on_top("rules", query.rules.iter().collect(), &below, &fence(query, query.last_layer()));
    text += &lists(query);
    text + &result(query) + ";\n"
}

/// All that is below, and these columns.
fn on_top(name: &str, columns: Vec<&Computed>, below: &str, fence: &str) -> String {
    let added: String = columns.into_iter().map(|computed| format!(",\n{}", column(computed))).collect();
    format!(",\n{name} as (\n  select\n    *{added}\n  from {below}{fence}\n)")
}

fn column(computed: &Computed) -> String {
    let comment = computed.comment.as_ref().map(|words| format!("    -- {words}\n")).unwrap_or_default();
    format!("{comment}    {} as {}", computed.expression.lines(4), computed.name)
}

fn fence(query: &Query, layer: usize) -> String {
    match query.request.dialect.fence() {
        Some(fence) if query.fences.contains(&layer) => format!("\n  {fence}"),
        _ => String::new(),
    }
}

/// The levels, and the lists of rules and questions.
fn lists(query: &Query) -> String {
    let (questionnaire, dialect) = (query.questionnaire, query.request.dialect);
    let last = questionnaire.last_level();
    let level = |wanted: LevelIndex, test: &str| {
        let at = query.rules.iter().zip(&questionnaire.rules).filter(|(_, rule)| rule.level == wanted);
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
    let questions = || questionnaire.questions.iter().zip(&query.live).zip(&query.adapter.answers);
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
    let rules_list: Vec<_> = query
        .rules
        .iter()
        .zip(&questionnaire.rules)
        .map(|(column, rule)| (column.name.clone(), &rule.id))
        .collect();
    format!(
        ",\nlists as (\n  select\n    *,\n    {} as certain_level,\n    {} as possible_level,\n    {} as true_rules,\n    \
         {} as open_questions,\n    {} as aside_questions,\n    {} as refused_questions\n  from rules\n)",
        picked(""),
        picked(" is not false"),
        list(rules_list),
        list(needed.collect()),
        list(aside.collect()),
        list(refused.collect()),
    )
}

/// The level to act on, and the columns that are wanted.
fn result(query: &Query) -> String {
    let (questionnaire, dialect) = (query.questionnaire, query.request.dialect);
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
    let mut text = format!(
        ",\njudged as (\n  select\n    *,\n    case\n      when possible_level = certain_level then certain_level\n      \
         else least(certain_level, {doubtful}, {})\n    end as act_level\n  from lists\n)\n",
        policy.at_least
    );
    text += "-- An answer that doesn't fit its question is never taken for another: the row has no level.\n";
    let unless = |value: &str| format!("case when refused_questions = '' then {value} end");
    text += &format!(
        "select\n  row_key as {},\n  {} as level,\n  {} as certain,\n  {} as possible,\n  {} as complete,\n  {} as rules,\n  \
         {} as unanswered,\n  {} as set_aside,\n  refused_questions as refused\nfrom judged",
        dialect.quoted(&query.request.key),
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

/// What it is, and of which version.
fn head(questionnaire: &Questionnaire, request: &Request) -> String {
    let audience = match request.audience {
        Audience::Patient => "patients",
        Audience::Clinician => "clinicians",
    };
    // Its compiler takes minutes for what runs in seconds.
    let advice = match request.dialect {
        Dialect::Postgres => {
            "-- First: set jit = off; PostgreSQL would take longer to compile this than to run it.\n"
        }
        Dialect::DuckDb | Dialect::Spark => "",
    };
    format!(
        "-- {} {}: {}\n-- fingerprint {}\n-- redflag {}, for {}; answered by {audience}\n{advice}",
        clean_line(&questionnaire.id),
        clean_line(&questionnaire.version),
        clean_line(questionnaire.title.to(Audience::Clinician)),
        fingerprint(questionnaire),
        env!("CARGO_PKG_VERSION"),
        request.dialect.name(),
    )
}
