//! Why the more concerning of two answers gives the less urgent level.

use super::blame::blame;
use super::finding::Finding;
use super::session::Session;
use super::words;
use crate::answers::{Facts, Truth};
use crate::circuit::RawSheet;
use crate::questionnaire::yaml::Spot;
use crate::questionnaire::{Condition, OptionSet, Property, QuestionIndex, Questionnaire, RuleIndex};
use crate::triage;

/// The finding for two sheets of which the second has the less urgent level.
pub fn fall(
    session: &mut Session,
    prover: usize,
    question: QuestionIndex,
    (before, after): (&RawSheet, &RawSheet),
    property: Property,
) -> Finding {
    let questionnaire = session.questionnaire;
    let audience = session.provers[prover].circuit.audience;
    let (sheet_before, sheet_after) =
        (before.heard(questionnaire, audience), after.heard(questionnaire, audience));
    let was = Facts::of(questionnaire, audience, &sheet_before);
    let is = Facts::of(questionnaire, audience, &sheet_after);
    let level_is = triage::assess(&is).level;
    // The rules that are less true than before and more urgent than the level that is left.
    let mut lost: Vec<RuleIndex> = (0..questionnaire.rules.len()).collect();
    lost.retain(|&rule| was.rule(rule) > is.rule(rule) && questionnaire.rules[rule].level < level_is);
    lost.sort_by_key(|&rule| questionnaire.rules[rule].level);
    let id = &questionnaire.questions[question].id;
    let (code, message) = match property {
        Property::Monotone => {
            ("less-urgent", format!("a more concerning answer to `{id}` gives a less urgent level"))
        }
        _ => (
            "unsure-less-urgent",
            format!("\"not sure\" at `{id}` gives a less urgent level than the least concerning answer"),
        ),
    };
    let hidden = lost.iter().find_map(|&rule| {
        let looks_at = questions(questionnaire, &questionnaire.rules[rule].when);
        let hidden = looks_at.into_iter().find(|&other| {
            other != question && is.live(other) < was.live(other) && is.live(other) != Truth::True
        });
        hidden.map(|hidden| (rule, hidden))
    });
    let finding = match (hidden, lost.first()) {
        (Some((rule, hidden)), _) => {
            let (rule_id, hidden_id) = (&questionnaire.rules[rule].id, &questionnaire.questions[hidden].id);
            let help = format!(
                "a branch hides a question: with the more concerning answer `{hidden_id}` is no longer asked, so rule {rule_id} does not see its answer; widen its `ask_if`"
            );
            Finding::error(code, message, Spot::AskIf(hidden))
                .help(help)
                .related(Spot::RuleWhen(rule), format!("rule {rule_id} looks at `{hidden_id}`"))
        }
        (None, Some(&rule)) => {
            let rule_id = &questionnaire.rules[rule].id;
            let open = match was.rule(rule) {
                Truth::True => String::new(),
                _ => format!(
                    "rule {rule_id} is open with the less concerning answer, because something else is not known: "
                ),
            };
            let help = format!("{open}{}", blame(&was, &is, rule, question, property));
            Finding::error(code, message, Spot::RuleWhen(rule)).help(help)
        }
        (None, None) => {
            let help = floor(questionnaire, &was, &is, level_is).unwrap_or_else(|| {
                "no rule is less true than before: look at `unsure:`, which says what an open question counts for"
                    .to_owned()
            });
            Finding::error(code, message, Spot::Question(question)).help(help)
        }
    };
    let others: Vec<String> = lost.iter().skip(1).map(|&rule| questionnaire.rules[rule].id.clone()).collect();
    let finding = match others.is_empty() {
        true => finding,
        false => {
            let help = finding.help.clone().unwrap_or_default();
            finding.help(format!("{help}. Lost as well: {}", words::joined(&others)))
        }
    };
    let mut example = session.example(prover, vec![before.clone(), after.clone()], Some(question));
    if property == Property::UnsureSafe {
        example.second = "with \"not sure\"";
    }
    finding.example(example)
}

/// A rule that counts for more while it is open than once it is true, because of `at_least` of `unsure:`.
fn floor(questionnaire: &Questionnaire, was: &Facts, is: &Facts, level: usize) -> Option<String> {
    let least = questionnaire.unsure.at_least;
    let rule = (0..questionnaire.rules.len()).find(|&rule| {
        questionnaire.rules[rule].level == level
            && was.rule(rule) == Truth::Unknown
            && is.rule(rule) == Truth::True
    })?;
    let (level, least) = match least < level {
        true => (&questionnaire.levels[level].id, &questionnaire.levels[least].id),
        false => return None,
    };
    Some(format!(
        "while rule {} is open it counts for at least `{least}`, and once it is true only for `{level}`: write `at_least: {level}` in `unsure:`, or give the rule a more urgent level",
        questionnaire.rules[rule].id
    ))
}

/// The options that a condition names, without those under a `not`; also through definitions.
pub fn named_options(
    questionnaire: &Questionnaire,
    condition: &Condition,
) -> Vec<(QuestionIndex, OptionSet)> {
    match condition {
        Condition::All(parts) | Condition::Any(parts) | Condition::AtLeast(_, parts) => {
            parts.iter().flat_map(|part| named_options(questionnaire, part)).collect()
        }
        Condition::Has(question, options) => vec![(*question, *options)],
        Condition::Definition(definition) => {
            named_options(questionnaire, &questionnaire.definitions[*definition].condition)
        }
        _ => Vec::new(),
    }
}

/// The questions that a condition looks at, also through definitions.
pub fn questions(questionnaire: &Questionnaire, condition: &Condition) -> Vec<QuestionIndex> {
    let mut found = Vec::new();
    let mut definitions = Vec::new();
    let mut open = vec![condition];
    while let Some(condition) = open.pop() {
        condition.visit(&mut |part| match part {
            Condition::Has(question, _) | Condition::Unsure(question) | Condition::Number(question, ..)
                if !found.contains(question) =>
            {
                found.push(*question);
            }
            Condition::Definition(definition) if !definitions.contains(definition) => {
                definitions.push(*definition);
                open.push(&questionnaire.definitions[*definition].condition);
            }
            _ => {}
        });
    }
    found
}
