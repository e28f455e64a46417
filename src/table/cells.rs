//! One row of cells as an answer sheet: plain, exact about mistakes, and what everything faster is held to.

use super::columns::{Cell, Columns};
use crate::answers::json::{UNSURE, no_option};
use crate::answers::{Answer, Refusal, Sheet, number};
use crate::questionnaire::{Domain, OptionSet, Question, Questionnaire};
use crate::sql::Holds;

/// What stands in a cell.
#[derive(Debug, Clone, Copy, PartialEq)]
pub enum Value<'v> {
    Nothing,
    Text(&'v [u8]),
    Flag(bool),
    Number(f64),
}

/// What is wrong with a row, and in which of its columns.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Wrong {
    /// The name of the column; empty where the row as a whole is wrong.
    pub column: String,
    pub reason: String,
}

/// The answers to one question so far.
#[derive(Default, Clone)]
struct Given {
    answer: Option<Answer>,
    ticked: OptionSet,
    unsure: bool,
    /// The first column that said something.
    column: Option<usize>,
}

/// Reads one row.
///
/// # Errors
/// The first cell that can't be read, or doesn't fit.
pub fn sheet<'v>(
    questionnaire: &Questionnaire,
    columns: &Columns,
    values: impl IntoIterator<Item = Value<'v>>,
) -> Result<Sheet, Wrong> {
    let mut given = vec![Given::default(); questionnaire.questions.len()];
    let mut count = 0;
    for (at, value) in values.into_iter().enumerate() {
        count += 1;
        let Some(&Some(Cell { question, holds })) = columns.cells.get(at) else { continue };
        let wrong = |reason: String| Wrong { column: columns.names[at].clone(), reason };
        let asked = &questionnaire.questions[question];
        let given = &mut given[question];
        if read(asked, holds, value, given).map_err(wrong)? {
            given.column.get_or_insert(at);
        }
    }
    if count != columns.names.len() {
        let reason = format!("the row has {count} cells, and the first line names {}", columns.names.len());
        return Err(Wrong { column: String::new(), reason });
    }
    let mut sheet = Sheet::new(questionnaire);
    for (index, (question, given)) in questionnaire.questions.iter().zip(given).enumerate() {
        let column = || given.column.map_or_else(String::new, |at| columns.names[at].clone());
        let answer = match (given.answer, given.unsure, given.ticked) {
            (Some(_), true, _) => {
                let reason = format!("`{}` has an answer and is not sure as well", question.id);
                return Err(Wrong { column: column(), reason });
            }
            (Some(answer), false, _) => answer,
            (None, true, ticked) => Answer::Unsure { ticked },
            (None, false, ticked) if ticked.is_empty() => continue,
            (None, false, ticked) => Answer::Options(ticked),
        };
        sheet
            .set(questionnaire, index, answer)
            .map_err(|refusal| Wrong { column: column(), reason: format!("`{}`: {refusal}", question.id) })?;
    }
    Ok(sheet)
}

/// Takes in one cell. `false`: there was nothing in it.
fn read(question: &Question, holds: Holds, value: Value, given: &mut Given) -> Result<bool, String> {
    match holds {
        Holds::Option(option) => {
            let chosen = flag(value)?;
            if chosen {
                given.ticked = given.ticked.with(option);
            }
            return Ok(chosen);
        }
        Holds::Unsure => {
            let unsure = flag(value)?;
            given.unsure |= unsure;
            return Ok(unsure);
        }
        Holds::Answer | Holds::List => {}
    }
    let text = match value {
        Value::Nothing => return Ok(false),
        Value::Number(number) if matches!(question.domain, Domain::Number(_)) => {
            given.answer = Some(Answer::Number(number));
            return Ok(true);
        }
        Value::Number(_) | Value::Flag(_) => {
            return Err(format!("`{}` is answered by a text, and this column has none", question.id));
        }
        Value::Text(bytes) => text(bytes)?,
    };
    if text.is_empty() {
        return Ok(false);
    }
    match (&question.domain, holds) {
        (Domain::Several, _) => {
            for word in text.split_ascii_whitespace() {
                let twice = format!("`{}` has an option twice", question.id);
                if word == UNSURE && question.unsure {
                    if std::mem::replace(&mut given.unsure, true) {
                        return Err(twice);
                    }
                    continue;
                }
                let option = question.option_index(word).ok_or_else(|| no_option(question, word))?;
                if given.ticked.contains(option) {
                    return Err(twice);
                }
                given.ticked = given.ticked.with(option);
            }
        }
        (Domain::Text, _) => given.answer = Some(Answer::Text(text.to_owned())),
        (_, _) if text == UNSURE => given.unsure = true,
        (Domain::Number(_), _) => given.answer = Some(number_in(text, question)?),
        (Domain::One { .. }, _) => {
            let option = question.option_index(text).ok_or_else(|| no_option(question, text))?;
            given.answer = Some(Answer::option(option));
        }
        (Domain::Nothing, _) => return Err(Refusal::TakesNoAnswer.to_string()),
    }
    Ok(true)
}

fn text(bytes: &[u8]) -> Result<&str, String> {
    let text = std::str::from_utf8(bytes);
    text.map(str::trim)
        .map_err(|error| format!("not UTF-8 text (byte {} of the cell)", error.valid_up_to() + 1))
}

/// Whether a box was ticked, as survey programs and data frames write it.
fn flag(value: Value) -> Result<bool, String> {
    let bytes = match value {
        Value::Nothing => return Ok(false),
        Value::Flag(flag) => return Ok(flag),
        Value::Number(number) if number == 0.0 || number == 1.0 => return Ok(number == 1.0),
        Value::Number(_) => return Err(NO_FLAG.to_owned()),
        Value::Text(bytes) => bytes,
    };
    let text = text(bytes)?;
    let is = |words: &[&str]| words.iter().any(|word| text.eq_ignore_ascii_case(word));
    if is(&["", "0", "false", "no", "f", "n", "0.0", "unchecked"]) {
        Ok(false)
    } else if is(&["1", "true", "yes", "t", "y", "1.0", "checked"]) {
        Ok(true)
    } else {
        Err(NO_FLAG.to_owned())
    }
}

const NO_FLAG: &str = "this column says 1 or 0, whether a box was ticked";

/// A number as programs write it, or with one of the units that the question takes.
fn number_in(text: &str, question: &Question) -> Result<Answer, String> {
    let is_plain = text.bytes().all(|byte| byte.is_ascii_digit() || b"+-.eE".contains(&byte));
    if let Some(number) = text.parse().ok().filter(|_| is_plain) {
        return Ok(Answer::Number(number));
    }
    let Domain::Number(bounds) = &question.domain else { return Err(Refusal::TakesNoAnswer.to_string()) };
    let with_unit = text.chars().any(char::is_alphabetic) && !bounds.others.is_empty();
    if with_unit {
        return number(text, question).map_err(|refusal| format!("`{}`: {refusal}", question.id));
    }
    let refusal = Refusal::NotANumber { min: bounds.min, max: bounds.max };
    Err(format!("`{}`: {refusal}", question.id))
}
