//! What a typed line means as an answer.

use crate::answers::{self, Answer, Refusal, means_unsure};
use crate::interview::rows::{Row, rows};
use crate::questionnaire::{Kind, OptionSet, Question};
use crate::report::{Words, clean_line};

/// Why a line is not an answer.
#[derive(Debug, PartialEq)]
pub enum Problem {
    Refused(Refusal),
    /// Neither a number nor words of an answer; a part of what was typed, made harmless.
    NotUnderstood(String),
    NoSuchNumber(String),
    OneOnly,
}

impl From<Refusal> for Problem {
    fn from(refusal: Refusal) -> Problem {
        Problem::Refused(refusal)
    }
}

/// The ways to answer a question with options, each with its number: in the order of the full screen and
/// with its numbers, so that a number means the same there. That is 0 for the first that stands alone.
pub fn numbered(question: &Question) -> Vec<(usize, Row)> {
    let rows = rows(question);
    let alone = |row: &Row| matches!(row, Row::Option(option) if question.options[*option].exclusive);
    let zero = rows.iter().position(alone);
    let number = |place: usize| match zero {
        Some(zero) if place == zero => 0,
        Some(zero) if place > zero => place,
        _ => place + 1,
    };
    rows.into_iter().enumerate().map(|(place, row)| (number(place), row)).collect()
}

/// Reads a line that is not empty as an answer to `question`. What it gives may still be refused.
pub fn answer(typed: &str, question: &Question, words: Words) -> Result<Answer, Problem> {
    // Spoken input ends with a full stop, and so does an answer that would otherwise be a command.
    let plain = match typed.trim().trim_end_matches('.') {
        "" => typed,
        plain => plain,
    };
    match &question.kind {
        Kind::Text if question.unsure && means_unsure(plain) => Ok(Answer::UNSURE),
        Kind::Text => Ok(Answer::Text(clean_line(typed))),
        Kind::Number(_) | Kind::Scale { .. } if means_unsure(plain) => Ok(Answer::UNSURE),
        Kind::Number(bounds) => {
            let unit = bounds.unit.as_ref().map(|unit| words.line(unit)).unwrap_or_default();
            Ok(answers::number(plain.strip_suffix(unit.as_str()).unwrap_or(plain), question)?)
        }
        Kind::Scale { .. } => Ok(answers::number(plain, question)?),
        Kind::Note => Err(Refusal::TakesNoAnswer.into()),
        Kind::OneOf { .. } | Kind::YesNo => {
            match chosen(plain, question, words) {
                Ok(rows) if rows.len() == 1 => Ok(of_rows(&rows)),
                Ok(_) => Err(Problem::OneOnly),
                // Here the words belong together.
                Err(Problem::NotUnderstood(_)) => Err(Problem::NotUnderstood(short(typed))),
                Err(problem) => Err(problem),
            }
        }
        Kind::ManyOf | Kind::BodyMap => Ok(of_rows(&chosen(plain, question, words)?)),
    }
}

fn of_rows(rows: &[Row]) -> Answer {
    let option = |row: &Row| match row {
        Row::Option(option) => Some(*option),
        Row::Unsure => None,
    };
    let ticked: OptionSet = rows.iter().filter_map(option).collect();
    if rows.contains(&Row::Unsure) { Answer::Unsure { ticked } } else { Answer::Options(ticked) }
}

/// The rows that are named, each once: by label, by number, or several by commas, blanks and "and".
fn chosen(typed: &str, question: &Question, words: Words) -> Result<Vec<Row>, Problem> {
    // A label may have commas and blanks in it, so the longer pieces are looked at first.
    if let Some(row) = by_label(typed, question, words)? {
        return Ok(vec![row]);
    }
    let mut found = Vec::new();
    for part in typed.split([';', ',']) {
        match by_label(part, question, words)? {
            Some(row) => found.push(row),
            None => {
                let part = lower(part).replace("i'm not sure", "unsure").replace("not sure", "unsure");
                for word in part.split_whitespace().filter(|word| !matches!(*word, "and" | "&")) {
                    found.push(by_number(word, question, words)?);
                }
            }
        }
    }
    let mut once = Vec::new();
    for row in found {
        if !once.contains(&row) {
            once.push(row);
        }
    }
    // Commas alone name nothing.
    if once.is_empty() { Err(Problem::NotUnderstood(short(typed))) } else { Ok(once) }
}

fn by_label(typed: &str, question: &Question, words: Words) -> Result<Option<Row>, Problem> {
    let typed = lower(typed);
    let options = question.options.iter();
    let named = |label: String| lower(label.trim_end_matches('.')) == typed;
    if let Some(option) = options.into_iter().position(|option| named(words.line(&option.label))) {
        return Ok(Some(Row::Option(option)));
    }
    match typed.as_str() {
        // The options of a yes_no are always no and yes.
        "n" if question.kind == Kind::YesNo => Ok(Some(Row::Option(0))),
        "y" if question.kind == Kind::YesNo => Ok(Some(Row::Option(1))),
        typed if !means_unsure(typed) => Ok(None),
        _ if question.unsure => Ok(Some(Row::Unsure)),
        _ => Err(Refusal::UnsureNotAllowed.into()),
    }
}

fn by_number(word: &str, question: &Question, words: Words) -> Result<Row, Problem> {
    if word.is_empty() || !word.bytes().all(|byte| byte.is_ascii_digit()) {
        let row = by_label(word, question, words)?;
        return row.ok_or_else(|| Problem::NotUnderstood(short(word)));
    }
    let number = word.parse::<usize>().ok();
    let row = numbered(question).into_iter().find(|(own, _)| Some(*own) == number);
    row.map(|(_, row)| row).ok_or_else(|| Problem::NoSuchNumber(short(word)))
}

/// Without capitals, needless blanks and typographic apostrophes.
fn lower(typed: &str) -> String {
    clean_line(typed).to_lowercase().replace('’', "'")
}

/// Enough of what was typed to recognize it.
pub fn short(typed: &str) -> String {
    const ENOUGH: usize = 40;
    let typed = clean_line(typed);
    let mut short: String = typed.chars().take(ENOUGH).collect();
    if short.len() < typed.len() {
        short.push_str(" and so on");
    }
    short
}
