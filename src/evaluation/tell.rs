//! What is said of an evaluation.

use super::tables::{Part, Table};
use super::{Before, Evaluation, FEW, Group, Measures, Miss, Ratio, TwoByTwo};
use crate::population::{Interval, number, percent};
use crate::questionnaire::Questionnaire;
use crate::text::clean_line;

/// So many misses are listed where people read it.
const LISTED: usize = 20;

/// Lines and tables, in the order of importance: who was missed, and how often; then the figures behind it.
pub fn tell(
    questionnaire: &Questionnaire,
    evaluation: &Evaluation,
    head: &str,
    old: Option<&str>,
) -> Vec<Part> {
    let all = &evaluation.all;
    let mut parts = vec![Part::Heading(head.to_owned())];
    parts.push(Part::Line(shared(
        "less urgent than the right level (under-triage)",
        all.under(),
        all.people,
    )));
    parts.push(Part::Line(shared("more urgent than the right level (over-triage)", all.over(), all.people)));
    if all.open > 0 {
        let lack = match all.open {
            1 => "1 sheet lacks".to_owned(),
            open => format!("{} sheets lack", number(open)),
        };
        parts.push(Part::Line(format!("{lack} an answer to a question that is asked; it counts as unknown")));
    }
    if let Some(before) = &evaluation.before {
        parts.extend(compared(questionnaire, all, before, old.unwrap_or("the version before")));
    }
    if !evaluation.misses.is_empty() {
        parts.push(Part::Heading("Less urgent than the right level".to_owned()));
        parts.extend(listed(questionnaire, &evaluation.misses));
    }
    parts.push(Part::Heading("Right levels (rows) and results (columns)".to_owned()));
    parts.push(Part::Table(matrix(questionnaire, all)));
    parts.push(Part::Heading(
        "Who got a level or a more urgent one, of those who needed it and of the others".to_owned(),
    ));
    parts.push(Part::Table(levels(questionnaire, all)));
    // A level itself says no more than the matrix does.
    let is_level = |outcome: &str| questionnaire.levels.iter().any(|level| level.id == outcome);
    if evaluation.outcomes.iter().any(|of| !is_level(&of.outcome)) {
        parts.push(Part::Heading("Outcomes".to_owned()));
        let mut table = Table::new(["", "right", "people", "urgent enough", "95 % interval"]);
        table.rows = evaluation
            .outcomes
            .iter()
            .map(|of| {
                let (share, interval) = figures(Some(Interval::of(of.caught, of.people)));
                let right = questionnaire.levels[of.right].id.clone();
                vec![clean_line(&of.outcome), right, counted(of.people), share, interval]
            })
            .collect();
        parts.push(Part::Table(table));
    }
    parts.push(Part::Heading("Each rule as a test for its own level or a more urgent one".to_owned()));
    parts.extend(rules(questionnaire, all));
    parts.extend(groups(questionnaire, &evaluation.groups));
    parts.push(Part::Heading("How to read this".to_owned()));
    parts.push(Part::Line(
        "All intervals are 95 % intervals. Predictive values hold only where diseases are as frequent as in this file.".to_owned(),
    ));
    parts.push(Part::Line(format!("* fewer than {FEW} people: the interval says more than the share.")));
    parts
}

/// `12 of 300, 4.0 % (2.3 to 6.9)`
fn shared(what: &str, count: u64, people: u64) -> String {
    let Interval { share, low, high } = Interval::of(count, people);
    format!(
        "{what}: {} of {}, {} % ({} to {})",
        number(count),
        number(people),
        percent(share),
        percent(low),
        percent(high)
    )
}

fn listed<'m>(questionnaire: &Questionnaire, misses: &'m [Miss]) -> impl Iterator<Item = Part> + 'm {
    let id = |level: usize| questionnaire.levels[level].id.clone();
    let lines: Vec<Part> = misses
        .iter()
        .take(LISTED)
        .map(|miss| {
            let (right, told) = (id(miss.right), id(miss.told));
            let outcome = match miss.outcome == right {
                true => String::new(),
                false => format!(" ({})", clean_line(&miss.outcome)),
            };
            Part::Line(format!("line {}: {right}{outcome}, result {told}", miss.line))
        })
        .collect();
    let more = misses.len().saturating_sub(LISTED);
    let more = (more > 0).then(|| Part::Line(format!("and {more} more; `--format json` lists all")));
    lines.into_iter().chain(more)
}

fn matrix(questionnaire: &Questionnaire, measures: &Measures) -> Table {
    let ids = questionnaire.levels.iter().map(|level| level.id.clone());
    let columns = [String::new()].into_iter().chain(ids).chain(["people".to_owned()]).collect();
    let rows = questionnaire.levels.iter().zip(&measures.matrix).map(|(level, row)| {
        let counts = row.iter().map(|&count| number(count));
        [level.id.clone()].into_iter().chain(counts).chain([number(row.iter().sum())]).collect()
    });
    Table { columns, rows: rows.collect() }
}

fn levels(questionnaire: &Questionnaire, measures: &Measures) -> Table {
    let mut table = Table::new(COLUMNS);
    // Everybody is told the last level or a more urgent one.
    let tables = questionnaire.levels.iter().zip(&measures.levels).take(questionnaire.last_level());
    table.rows = tables.map(|(level, table)| row(&level.id, table)).collect();
    table
}

fn rules(questionnaire: &Questionnaire, measures: &Measures) -> Vec<Part> {
    let rules = questionnaire.rules.iter().zip(&measures.rules);
    let (held, never): (Vec<_>, Vec<_>) = rules.partition(|(_, table)| table.positive() > 0);
    let mut table = Table::new(COLUMNS);
    table.rows = held.into_iter().map(|(rule, table)| row(&rule.id, table)).collect();
    let mut parts = vec![Part::Table(table)];
    if !never.is_empty() {
        let ids = never.iter().map(|(rule, _)| rule.id.as_str()).collect::<Vec<_>>().join(" ");
        parts.push(Part::Line(format!("true for nobody: {ids}")));
    }
    parts
}

const COLUMNS: [&str; 10] =
    ["", "true", "sensitivity", "95 % interval", "specificity", "95 % interval", "PPV", "NPV", "LR+", "LR-"];

fn row(name: &str, table: &TwoByTwo) -> Vec<String> {
    let marked = |(share, interval): (String, String), people: u64| match people < FEW && share != NONE {
        true => (format!("{share}*"), interval),
        false => (share, interval),
    };
    let sensitivity = marked(figures(table.sensitivity()), table.cases());
    let specificity = marked(figures(table.specificity()), table.others());
    let (positive, _) = marked(figures(table.positive_predictive_value()), table.positive());
    let (negative, _) = marked(figures(table.negative_predictive_value()), table.negative());
    vec![
        name.to_owned(),
        number(table.positive()),
        sensitivity.0,
        sensitivity.1,
        specificity.0,
        specificity.1,
        positive,
        negative,
        ratio(table.positive_likelihood_ratio()),
        ratio(table.negative_likelihood_ratio()),
    ]
}

/// Where nobody is there to be counted.
const NONE: &str = "–";

fn figures(interval: Option<Interval>) -> (String, String) {
    match interval {
        None => (NONE.to_owned(), NONE.to_owned()),
        Some(Interval { share, low, high }) => {
            (format!("{} %", percent(share)), format!("{} to {}", percent(low), percent(high)))
        }
    }
}

fn ratio(ratio: Option<Ratio>) -> String {
    let Some(Ratio { value, interval }) = ratio else { return NONE.to_owned() };
    match interval {
        Some((low, high)) => format!("{value:.2} ({low:.2} to {high:.2})"),
        None => format!("{value:.2}"),
    }
}

fn counted(people: u64) -> String {
    if people < FEW { format!("{}*", number(people)) } else { number(people) }
}

fn groups(questionnaire: &Questionnaire, groups: &[Group]) -> Vec<Part> {
    let mut parts = Vec::new();
    for of_question in groups.chunk_by(|one, other| one.question == other.question) {
        let Some(first) = of_question.first() else { continue };
        parts.push(Part::Heading(format!("By {}", first.question)));
        let mut table =
            Table::new(["", "people", "under-triage", "95 % interval", "over-triage", "95 % interval"]);
        let ids = questionnaire.levels.iter().take(questionnaire.last_level()).map(|level| level.id.as_str());
        table.columns.extend(ids.flat_map(|id| [format!("{id}: sens."), "spec.".to_owned()]));
        for group in of_question.iter().filter(|group| group.measures.people > 0) {
            let measures = &group.measures;
            let under = figures(Some(Interval::of(measures.under(), measures.people)));
            let over = figures(Some(Interval::of(measures.over(), measures.people)));
            let mut row =
                vec![group.name.clone(), counted(measures.people), under.0, under.1, over.0, over.1];
            for table in measures.levels.iter().take(questionnaire.last_level()) {
                for (share, people) in
                    [(table.sensitivity(), table.cases()), (table.specificity(), table.others())]
                {
                    let few = if share.is_some() && people < FEW { "*" } else { "" };
                    row.push(figures(share).0 + few);
                }
            }
            table.rows.push(row);
        }
        parts.push(Part::Table(table));
    }
    parts
}

fn compared(questionnaire: &Questionnaire, now: &Measures, before: &Before, old: &str) -> Vec<Part> {
    let mut parts = vec![Part::Heading(format!("Against {old}"))];
    let under = (now.under(), before.measures.under());
    let over = (now.over(), before.measures.over());
    for (what, (now, before)) in [("under-triage", under), ("over-triage", over)] {
        parts.push(Part::Line(format!("{what}: {} people, before {}", number(now), number(before))));
    }
    let mut table = Table::new(["", "sensitivity", "before", "specificity", "before"]);
    let tables = now.levels.iter().zip(&before.measures.levels).zip(&questionnaire.levels);
    table.rows = tables
        .take(questionnaire.last_level())
        .map(|((now, before), level)| {
            let shares = [now.sensitivity(), before.sensitivity(), now.specificity(), before.specificity()];
            [level.id.clone()].into_iter().chain(shares.map(|share| figures(share).0)).collect()
        })
        .collect();
    parts.push(Part::Table(table));
    for (what, misses) in [
        ("newly missed", &before.newly_missed),
        ("missed before, and urgent enough now", &before.newly_caught),
    ] {
        parts.push(Part::Line(format!("{what}: {} people", number(misses.len() as u64))));
        parts.extend(listed(questionnaire, misses));
    }
    if !before.unanswered.is_empty() {
        let ids = before.unanswered.join(", ");
        parts.push(Part::Line(format!("{old} asks questions that these sheets do not answer: {ids}")));
    }
    parts
}
