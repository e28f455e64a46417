//! When a form of others asks a question, as a condition of ours. What can't be said is left away, so that a question is
//! asked too often and never too rarely, and a person is told.

use serde_json::{Value as Json, json};

use super::numbers::Number;
use super::options::Choice;
use super::walk::{Asked, Found, Kind};
use super::{extensions, list};
use crate::fhir::names;
use crate::fhir::shown::{shown, value_shown};
use crate::fhir::units;

/// The condition of one item or group, as the form has it.
#[derive(Debug, Clone, PartialEq)]
pub struct Written {
    tests: Vec<Json>,
    any: bool,
    /// A condition in a language of its own.
    expression: Option<String>,
}

impl Written {
    /// `None`: always asked.
    pub fn of(item: &Json) -> Option<Written> {
        let tests = list(&item["enableWhen"]).to_vec();
        let expression = extensions(item, names::ENABLE_WHEN).next().map(|extension| {
            let expression = &extension["valueExpression"]["expression"];
            shown(expression.as_str().unwrap_or_default())
        });
        let any = item["enableBehavior"] == "any";
        (!tests.is_empty() || expression.is_some()).then_some(Written { tests, any, expression })
    }
}

/// Makes every condition of what the form has written.
pub fn resolve(found: &mut Found) {
    for at in 0..found.asked.len() {
        let (before, rest) = found.asked.split_at_mut(at);
        let Some(asked) = rest.first_mut() else { continue };
        let mut parts = Vec::new();
        let mut remarks = Vec::new();
        for written in &asked.enabled {
            if let Some(expression) = &written.expression {
                remarks.push(format!("the form asks this only if: {expression}"));
            }
            parts.extend(tests(written, before, &mut remarks));
        }
        parts.extend(asked.ask_if.take());
        parts.dedup();
        asked.ask_if = match parts.len() {
            0 => None,
            1 => parts.pop(),
            _ => Some(json!({ "all": parts })),
        };
        asked.remarks.extend(remarks);
    }
}

/// Asks everything, and says so. `false`: there was no condition.
pub fn drop_all(found: &mut Found, why: &str) -> bool {
    let mut any = false;
    for asked in &mut found.asked {
        if let Some(condition) = asked.ask_if.take() {
            let condition = value_shown(&condition);
            asked.remarks.push(format!(
                "its condition {condition} can't be read ({}), so it is always asked",
                shown(why)
            ));
            any = true;
        }
    }
    any
}

fn tests(written: &Written, before: &[Asked], remarks: &mut Vec<String>) -> Option<Json> {
    let mut parts = Vec::new();
    for test in &written.tests {
        match one(test, before) {
            Ok(part) => parts.push(part),
            Err(why) => {
                let kept = if written.any { "it is always asked" } else { "this part is dropped" };
                remarks.push(format!("the form asks this only if {}: {why}; {kept}", value_shown(test)));
                if written.any {
                    return None;
                }
            }
        }
    }
    match (parts.len(), written.any) {
        (0, _) => None,
        (1, _) => parts.pop(),
        (_, true) => Some(json!({ "any": parts })),
        (_, false) => Some(json!({ "all": parts })),
    }
}

/// # Errors
/// Why it can't be said here.
fn one(test: &Json, before: &[Asked]) -> Result<Json, String> {
    let link_id = test["question"].as_str().ok_or("it names no question")?;
    let asked = before
        .iter()
        .rev()
        .find(|asked| asked.link_id == link_id && asked.kind.takes_answer())
        .ok_or("no earlier question has this linkId")?;
    let id = asked.id.as_str();
    let operator = test["operator"].as_str().unwrap_or("=");
    if operator == "exists" {
        let there = exists(asked).ok_or("no condition can say whether a text was given")?;
        return match test["answerBoolean"].as_bool() {
            Some(true) => Ok(there),
            Some(false) => Ok(json!({ "not": there })),
            None => Err("it doesn't say whether there must be an answer".to_owned()),
        };
    }
    let is = match &asked.kind {
        Kind::Text | Kind::Note => return Err("text can't be compared".to_owned()),
        Kind::YesNo if test["answerBoolean"].is_boolean() => {
            let word = if test["answerBoolean"] == true { "yes" } else { "no" };
            json!({ id: word })
        }
        Kind::YesNo => option(asked, &asked.choices, test)?,
        Kind::One(options) | Kind::Several(options) => option(asked, options, test)?,
        Kind::Number(number) => return compared(asked, operator, test, number),
    };
    match operator {
        "=" => Ok(is),
        "!=" => Ok(json!({ "not": is })),
        other => Err(format!("options can't be compared with {}", shown(other))),
    }
}

/// The question has an answer.
fn exists(asked: &Asked) -> Option<Json> {
    let id = asked.id.as_str();
    let ids = |options: &[Choice]| options.iter().map(|option| option.id.clone()).collect::<Vec<_>>();
    let there = match &asked.kind {
        Kind::YesNo => json!({ id: ["no", "yes"] }),
        Kind::One(options) | Kind::Several(options) => json!({ id: ids(options) }),
        // Alone, a comparison that every answer fits is taken for a mistake.
        Kind::Number(number) => {
            json!({ "any": [{ id: { "below": number.max } }, { id: { "at_least": number.max } }] })
        }
        Kind::Text | Kind::Note => return None,
    };
    Some(match asked.unsure {
        true => json!({ "any": [there, { id: "unsure" }] }),
        false => there,
    })
}

fn option(asked: &Asked, options: &[Choice], test: &Json) -> Result<Json, String> {
    let id = asked.id.as_str();
    let coding = &test["answerCoding"];
    let (system, code) = (coding["system"].as_str(), coding["code"].as_str());
    if system == Some(names::ABSENT) && code == Some(names::ASKED_UNKNOWN) && asked.unsure {
        return Ok(json!({ id: "unsure" }));
    }
    let words = ["answerString", "answerDate", "answerTime"].iter().find_map(|key| test[key].as_str());
    let whole = test["answerInteger"].as_i64().map(|number| number.to_string());
    let words = words.or(whole.as_deref()).or(coding["display"].as_str().filter(|_| code.is_none()));
    let found = options.iter().find(|option| match (code, words) {
        (Some(code), _) => {
            let is_same_system =
                system.is_none() || option.system.is_none() || option.system.as_deref() == system;
            option.code.as_deref() == Some(code) && is_same_system
        }
        (None, Some(words)) => {
            option.words.as_deref() == Some(words) || option.code.as_deref() == Some(words)
        }
        (None, None) => false,
    });
    match found {
        Some(option) => Ok(json!({ id: option.id.as_str() })),
        None => Err("it is not an answer to that question".to_owned()),
    }
}

fn compared(asked: &Asked, operator: &str, test: &Json, number: &Number) -> Result<Json, String> {
    let id = asked.id.as_str();
    let (min, max) = (number.min, number.max);
    let plain = ["answerInteger", "answerDecimal"].iter().find_map(|key| test[key].as_f64());
    let quantity = &test["answerQuantity"];
    if let Some(unit) = quantity["code"].as_str().or_else(|| quantity["unit"].as_str()) {
        let code = |unit| units::code(unit).unwrap_or(unit).to_owned();
        if !number.unit.as_deref().is_some_and(|own| units::is_same(&code(own), &code(unit))) {
            return Err(format!(
                "it compares in the unit {}, and the question is in another one",
                shown(unit)
            ));
        }
    }
    let bound = plain
        .or_else(|| test["answerQuantity"]["value"].as_f64())
        .ok_or("it doesn't compare with a number")?;
    let places = usize::from(number.decimals);
    let is_answer = format!("{bound:.places$}").parse() == Ok(bound);
    // Of whole numbers, at least 1.5 is at least 2.
    let (operator, bound) = match (operator, is_answer, number.decimals) {
        (_, true, _) => (operator, bound),
        (">" | ">=", false, 0) => (">=", bound.ceil()),
        ("<" | "<=", false, 0) => ("<", bound.ceil()),
        _ => return Err("it compares with a number that can't be an answer".to_owned()),
    };
    if bound < min || bound > max {
        return Err("it compares with a number that can't be an answer".to_owned());
    }
    let compare = |word: &str, bound: f64| {
        let bound: Json = match bound.fract() == 0.0 && bound.abs() < 1e15 {
            true => (bound as i64).into(),
            false => bound.into(),
        };
        json!({ id: { word: bound } })
    };
    let step = 10f64.powi(-i32::from(number.decimals));
    let next: f64 = format!("{:.places$}", bound + step).parse().unwrap_or(bound + step);
    let is_it = || match (bound == min, bound == max) {
        (_, true) => compare("at_least", bound),
        (true, _) => compare("below", next),
        _ => json!({ "all": [compare("at_least", bound), { "not": compare("above", bound) }] }),
    };
    let never = || Err("no answer can make it true".to_owned());
    let there = || exists(asked).ok_or_else(|| "it is true of every answer".to_owned());
    match operator {
        ">=" if bound == min => there(),
        ">=" => Ok(compare("at_least", bound)),
        ">" if bound == max => never(),
        ">" => Ok(compare("above", bound)),
        "<" if bound == min => never(),
        "<" => Ok(compare("below", bound)),
        "<=" if bound == max => there(),
        "<=" if bound == min => Ok(is_it()),
        "<=" if number.decimals == 0 => Ok(compare("below", next)),
        "<=" => Ok(json!({ "any": [compare("below", bound), is_it()] })),
        "=" => Ok(is_it()),
        "!=" => Ok(json!({ "not": is_it() })),
        other => Err(format!("{} is not an operator", shown(other))),
    }
}
