//! The value of an answer in a response, in the terms of its question.

use serde_json::Value as Json;

use super::codes::{Codes, NO, YES, own_code};
use super::names;
use super::shown::{shown, value_shown};
use super::units;
use crate::answers::{Answer, number, number_text};
use crate::questionnaire::{
    Audience, Code, Domain, NumberBounds, OptionIndex, OptionSet, Question, QuestionIndex, Questionnaire,
};

/// # Errors
/// Why it is no answer to the question, in words.
pub fn answer(
    questionnaire: &Questionnaire,
    codes: &Codes,
    index: QuestionIndex,
    answers: &[&Json],
    audience: Audience,
) -> Result<Answer, String> {
    let question = &questionnaire.questions[index];
    answers.iter().try_for_each(|answer| has_one_value(answer))?;
    if !question.options.is_empty() {
        return options(questionnaire, codes, index, answers);
    }
    let [one] = answers else { return Err("the question takes one answer".to_owned()) };
    if is_absent(one) {
        return Ok(Answer::UNSURE);
    }
    match &question.domain {
        Domain::Number(bounds) => number_of(question, bounds, one, audience),
        Domain::Text => match one["valueString"].as_str() {
            Some(text) => Ok(Answer::Text(text.to_owned())),
            None => Err("the question takes text (valueString)".to_owned()),
        },
        _ => Err("the question takes no answer".to_owned()),
    }
}

/// "Not sure": as a code, or as the reason why there is no value.
pub fn is_absent(answer: &Json) -> bool {
    let coding = &answer["valueCoding"];
    if is_code(coding, names::ABSENT, names::ASKED_UNKNOWN) {
        return true;
    }
    reasons(answer).any(|reason| reason == names::ASKED_UNKNOWN)
}

/// Why there is no value, as the extensions of an answer say it.
fn reasons(answer: &Json) -> impl Iterator<Item = &Json> {
    let parts = answer.as_object().into_iter().flatten();
    let lists = parts.filter_map(|(key, part)| match key.as_str() {
        "extension" => part.as_array(),
        key => part["extension"].as_array().filter(|_| key.starts_with("_value")),
    });
    let those = lists.flatten().filter(|extension| extension["url"] == names::ABSENT_REASON);
    those.map(|extension| &extension["valueCode"])
}

/// # Errors
/// When an answer says several things, so that nobody knows which is meant.
fn has_one_value(answer: &Json) -> Result<(), String> {
    let parts = answer.as_object().into_iter().flatten();
    let values = parts.filter(|(key, value)| key.starts_with("value") && !value.is_null()).count();
    match (values, reasons(answer).next()) {
        (2.., _) => Err("it has several values, and it is unclear which one counts".to_owned()),
        (1, Some(_)) => Err("it has both a value and a reason why there is none".to_owned()),
        _ => Ok(()),
    }
}

/// A coding without a system is taken for the one that is meant there.
fn is_code(coding: &Json, system: &str, code: &str) -> bool {
    coding["code"] == code && (coding["system"] == system || coding["system"].is_null())
}

fn options(
    questionnaire: &Questionnaire,
    codes: &Codes,
    index: QuestionIndex,
    answers: &[&Json],
) -> Result<Answer, String> {
    let question = &questionnaire.questions[index];
    let (mut ticked, mut unsure) = (OptionSet::EMPTY, false);
    for answer in answers {
        if is_absent(answer) {
            unsure = true;
        } else {
            ticked = ticked.with(option(questionnaire, codes, index, answer)?);
        }
    }
    match (unsure, question.takes_several(), ticked.is_empty()) {
        (true, false, false) => Err("\"not sure\" together with another answer".to_owned()),
        (true, ..) => Ok(Answer::Unsure { ticked }),
        (false, ..) => Ok(Answer::Options(ticked)),
    }
}

fn option(
    questionnaire: &Questionnaire,
    codes: &Codes,
    index: QuestionIndex,
    answer: &Json,
) -> Result<OptionIndex, String> {
    let question = &questionnaire.questions[index];
    if let (Some(truth), true) = (answer["valueBoolean"].as_bool(), question.is_yes_no()) {
        return Ok(if truth { YES } else { NO });
    }
    let coding = &answer["valueCoding"];
    let Some(given) = coding["code"].as_str() else {
        return Err(format!("{} is not an option's code (valueCoding)", value_shown(answer)));
    };
    let system = coding["system"].as_str();
    let of_row = |row: QuestionIndex| {
        let is_own_system = is_own_system(questionnaire, &questionnaire.questions[row], system);
        (0..question.options.len()).find(|&at| {
            let is_own = is_own_system && own_code(question, at).as_deref() == Some(given);
            let is_it = |it: &Code| it.code == given && system.is_none_or(|system| system == it.system);
            is_own || codes.of_option(row, at).iter().any(is_it)
        })
    };
    // A program that shows a grid as a table may answer each row with the codes of another one, as long as all others
    // mean the same by it.
    let of_others = || {
        let mut others = questionnaire.rows_with(index).filter_map(of_row);
        let first = others.next()?;
        others.all(|other| other == first).then_some(first)
    };
    let found = of_row(index).or_else(of_others);
    found.ok_or_else(|| match system {
        Some(system) => format!("{} of {} is not an option", shown(given), shown(system)),
        None => format!("{} is not an option", shown(given)),
    })
}

/// The system of a question's options, whatever address the form was published under.
fn is_own_system(questionnaire: &Questionnaire, question: &Question, system: Option<&str>) -> bool {
    let Some(system) = system else { return true };
    if question.is_yes_no() {
        return system == names::YES_NO;
    }
    let placed = format!("/CodeSystem/{}-{}", questionnaire.id, question.id.replace('_', "-"));
    system == format!("urn:redflag:CodeSystem:{}:{}", questionnaire.id, question.id)
        || system.ends_with(&placed)
}

fn number_of(
    question: &Question,
    bounds: &NumberBounds,
    answer: &Json,
    audience: Audience,
) -> Result<Answer, String> {
    let plain = ["valueInteger", "valueDecimal"].iter().find_map(|key| answer[key].as_f64());
    if let Some(value) = plain {
        return match bounds.others.is_empty() {
            true => Ok(Answer::Number(value)),
            false => {
                Err("the question takes several units, and a number without one could be in any of them"
                    .to_owned())
            }
        };
    }
    let quantity = &answer["valueQuantity"];
    let Some(value) = quantity["value"].as_f64() else {
        return Err(format!("{} is not a number", value_shown(answer)));
    };
    if let Some(comparator) = quantity["comparator"].as_str() {
        return Err(format!("{} {value} is not an exact number", shown(comparator)));
    }
    let (unit, code) = (quantity["unit"].as_str(), quantity["code"].as_str());
    if unit.is_none() && code.is_none() {
        return Err("a quantity without a unit could mean anything".to_owned());
    }
    if !quantity["system"].is_null() && quantity["system"] != names::UCUM {
        return Err(format!(
            "{} is not a system of units that redflag knows",
            value_shown(&quantity["system"])
        ));
    }
    let written = unit.and_then(units::code);
    if let (Some(unit), Some(written), Some(code)) = (unit, written, code)
        && !units::is_same(written, code)
    {
        return Err(format!("its unit is {}, but its code is {}", shown(unit), shown(code)));
    }
    let is_it = |known: &str| match (code.or(written), units::code(known)) {
        (Some(code), known_code) => units::is_same(known_code.unwrap_or(known), code),
        (None, _) => unit == Some(known),
    };
    let own = bounds.unit.as_ref().map_or("1", |unit| unit.to(audience));
    if is_it(own) {
        return Ok(Answer::Number(value));
    }
    match bounds.others.iter().find(|other| is_it(&other.unit)) {
        Some(other) => number(&format!("{} {}", number_text(value), other.unit), question)
            .map_err(|refusal| refusal.to_string()),
        None => {
            let given = code.or(unit).unwrap_or_default();
            Err(format!("{} is not one of its units", shown(given)))
        }
    }
}
