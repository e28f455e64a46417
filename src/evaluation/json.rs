//! An evaluation for other programs: counts, and the figures worked out from them.

use serde_json::{Value, json};

use super::{Evaluation, Group, Measures, Miss, Ratio, TwoByTwo};
use crate::population::Interval;
use crate::questionnaire::Questionnaire;

/// Everything that is said as text, with all misses. Shares are from 0 to 1; `null` where nobody is counted.
pub fn json(questionnaire: &Questionnaire, evaluation: &Evaluation) -> Value {
    let outcomes = evaluation.outcomes.iter().map(|of| {
        json!({
            "outcome": of.outcome,
            "right": questionnaire.levels[of.right].id,
            "people": of.people,
            "told_enough": share(Some(Interval::of(of.caught, of.people))),
        })
    });
    let groups = evaluation.groups.iter().filter(|group| group.measures.people > 0);
    let mut told = json!({
        "questionnaire": questionnaire.id,
        "version": questionnaire.version,
        "levels": questionnaire.levels.iter().map(|level| level.id.as_str()).collect::<Vec<_>>(),
        "all": measures(questionnaire, &evaluation.all),
        "outcomes": outcomes.collect::<Vec<_>>(),
        "misses": misses(questionnaire, &evaluation.misses),
        "groups": groups.map(|group| self::group(questionnaire, group)).collect::<Vec<_>>(),
    });
    if let Some(before) = &evaluation.before {
        told["before"] = json!({
            "under_triage": before.measures.under(),
            "over_triage": before.measures.over(),
            "by_level": by_level(questionnaire, &before.measures),
            "newly_missed": misses(questionnaire, &before.newly_missed),
            "newly_caught": misses(questionnaire, &before.newly_caught),
            "unanswered": before.unanswered,
        });
    }
    told
}

fn group(questionnaire: &Questionnaire, group: &Group) -> Value {
    let mut told = measures(questionnaire, &group.measures);
    told["question"] = json!(group.question);
    told["group"] = json!(group.name);
    told
}

fn measures(questionnaire: &Questionnaire, measures: &Measures) -> Value {
    let rules = questionnaire
        .rules
        .iter()
        .zip(&measures.rules)
        .map(|(rule, table)| (rule.id.clone(), figures(table)));
    json!({
        "people": measures.people,
        "unanswered": measures.open,
        "under_triage": share(Some(Interval::of(measures.under(), measures.people))),
        "over_triage": share(Some(Interval::of(measures.over(), measures.people))),
        "matrix": measures.matrix,
        "by_level": by_level(questionnaire, measures),
        "by_rule": rules.collect::<serde_json::Map<_, _>>(),
    })
}

fn by_level(questionnaire: &Questionnaire, measures: &Measures) -> Value {
    let levels = questionnaire.levels.iter().zip(&measures.levels);
    let levels = levels.map(|(level, table)| (level.id.clone(), figures(table)));
    Value::Object(levels.collect())
}

fn figures(table: &TwoByTwo) -> Value {
    json!({
        "true_positive": table.true_positive,
        "false_positive": table.false_positive,
        "false_negative": table.false_negative,
        "true_negative": table.true_negative,
        "sensitivity": share(table.sensitivity()),
        "specificity": share(table.specificity()),
        "positive_predictive_value": share(table.positive_predictive_value()),
        "negative_predictive_value": share(table.negative_predictive_value()),
        "positive_likelihood_ratio": ratio(table.positive_likelihood_ratio()),
        "negative_likelihood_ratio": ratio(table.negative_likelihood_ratio()),
    })
}

fn share(interval: Option<Interval>) -> Value {
    interval.map_or(
        Value::Null,
        |Interval { share, low, high }| json!({ "value": share, "low": low, "high": high }),
    )
}

fn ratio(ratio: Option<Ratio>) -> Value {
    let Some(Ratio { value, interval }) = ratio else { return Value::Null };
    let (low, high) = interval.unzip();
    json!({ "value": value, "low": low, "high": high })
}

fn misses(questionnaire: &Questionnaire, misses: &[Miss]) -> Vec<Value> {
    let id = |level: usize| questionnaire.levels[level].id.as_str();
    let told = misses.iter().map(|miss| {
        json!({ "line": miss.line, "outcome": miss.outcome, "right": id(miss.right), "told": id(miss.told) })
    });
    told.collect()
}
