//! Mutants in words, and with their place in the file.

use super::{Change, Mutant, Suggestion};
use crate::proof;
use crate::questionnaire::diagnostic::{Diagnostic, Severity, Span};
use crate::questionnaire::yaml::{Places, Spot, Stated};
use crate::questionnaire::{OptionSet, Question, Questionnaire};
use crate::scenarios::mutants::change::inside;
use crate::scenarios::words;

/// What was changed: `rule R02: `age: { at_least: 61 }` instead of `age: { at_least: 60 }``.
pub fn what(questionnaire: &Questionnaire, mutant: &Mutant) -> String {
    let rule = |rule: usize| &questionnaire.rules[rule];
    let level = |level: usize| questionnaire.levels[level].id.as_str();
    match mutant {
        Mutant::RuleLeftOut(index) => words::rule_left_out(&rule(*index).id),
        Mutant::RuleLevel(index, to) => {
            words::rule_level(&rule(*index).id, level(*to), level(rule(*index).level))
        }
        Mutant::CountsAs(to) => words::counts_as(*to),
        Mutant::AtLeastLevel(to) => words::at_least_level(level(*to), level(questionnaire.unsure.at_least)),
        Mutant::Part(stated, route, change) => {
            let owner = match stated {
                Stated::AskIf(question) => words::of_ask_if(&questionnaire.questions[*question].id),
                Stated::Definition(index) => words::of_definition(&questionnaire.definitions[*index].name),
                Stated::Rule(index) => words::of_rule(&rule(*index).id),
                Stated::Step(step) => words::of_step(&questionnaire.next_steps[*step].id),
                Stated::Within(index, _) => words::of_within(level(*index)),
            };
            let part = stated.of(questionnaire).and_then(|condition| inside(condition, route));
            let changed = part.map(|part| of_part(questionnaire, part, change)).unwrap_or_default();
            format!("{owner}: {changed}")
        }
    }
}

fn of_part(questionnaire: &Questionnaire, part: &crate::questionnaire::Condition, change: &Change) -> String {
    use crate::questionnaire::Condition;
    let written = |condition: &Condition| proof::written(questionnaire, condition);
    match (change, part) {
        (Change::Swap, Condition::All(_)) => words::instead("any", "all"),
        (Change::Swap, _) => words::instead("all", "any"),
        (Change::Count(count), Condition::AtLeast(needed, _)) => {
            words::instead(&format!("at_least: {count}"), &needed.to_string())
        }
        (
            Change::PartLeftOut(index),
            Condition::All(parts) | Condition::Any(parts) | Condition::AtLeast(_, parts),
        ) => words::without(&parts.get(*index).map(written).unwrap_or_default()),
        (Change::OptionLeftOut(option), Condition::Has(question, _)) => {
            words::without(&written(&Condition::Has(*question, OptionSet::one(*option))))
        }
        (Change::RuleLeftOut(rule), _) => words::without(&written(&Condition::Rule(vec![*rule]))),
        (Change::Options(to), Condition::Has(question, from)) => {
            let question = &questionnaire.questions[*question];
            let (to, from) = (bound(question, *to), bound(question, *from));
            words::instead(&format!("{}: {to}", question.id), &from)
        }
        (Change::Number(to), Condition::Number(question, comparison, bound)) => {
            let number = |bound: f64| written(&Condition::Number(*question, *comparison, bound));
            words::instead(&number(*to), &number(*bound))
        }
        (Change::Always, part) => words::always(&written(part)),
        (Change::Never, part) => words::never(&written(part)),
        (_, part) => words::without(&written(part)),
    }
}

/// A run of the options of an ordered question, as a comparison.
fn bound(question: &Question, options: OptionSet) -> String {
    let id = |option: usize| question.options.get(option).map_or("", |option| option.id.as_str());
    let (first, last) = (options.iter().next().unwrap_or(0), options.iter().last().unwrap_or(0));
    let mut bounds = Vec::new();
    if first > 0 || last + 1 == question.options.len() {
        bounds.push(format!("at_least: {}", id(first)));
    }
    if last + 1 < question.options.len() {
        bounds.push(format!("below: {}", id(last + 1)));
    }
    format!("{{ {} }}", bounds.join(", "))
}

/// Where the change is.
pub fn span(questionnaire: &Questionnaire, places: &Places, mutant: &Mutant) -> Option<Span> {
    match mutant {
        Mutant::RuleLeftOut(rule) => places.span(questionnaire, Spot::RuleId(*rule)),
        Mutant::RuleLevel(rule, _) => places.span(questionnaire, Spot::RuleLevel(*rule)),
        Mutant::CountsAs(_) | Mutant::AtLeastLevel(_) => places.span(questionnaire, Spot::Unsure),
        Mutant::Part(stated, route, change) => {
            let part = stated.of(questionnaire).and_then(|condition| inside(condition, route));
            let inner = |id: &str| places.option_in(questionnaire, *stated, route, id);
            match (change, part) {
                (Change::PartLeftOut(index), _) => {
                    let route: Vec<usize> = route.iter().chain([index]).copied().collect();
                    places.part(questionnaire, *stated, &route)
                }
                (Change::OptionLeftOut(option), Some(crate::questionnaire::Condition::Has(question, _))) => {
                    inner(&questionnaire.questions[*question].options[*option].id)
                }
                (Change::RuleLeftOut(rule), _) => inner(&questionnaire.rules[*rule].id),
                _ => places.part(questionnaire, *stated, route),
            }
        }
    }
}

/// A mutant that no scenario notices, with the one that would.
pub fn survivor(
    questionnaire: &Questionnaire,
    (file, places): (&str, &Places),
    mutant: &Mutant,
    suggestion: Option<&Suggestion>,
) -> Diagnostic {
    let message = words::survives(&what(questionnaire, mutant));
    Diagnostic {
        help: Some(if suggestion.is_some() { words::ADD_CASE } else { words::CASE_ABOVE }.to_owned()),
        span: span(questionnaire, places, mutant),
        example: suggestion.map(|suggestion| suggestion.yaml.clone()),
        ..Diagnostic::new(Severity::Error, "survivor", file, message)
    }
}
