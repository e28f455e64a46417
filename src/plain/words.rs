//! What can be typed at a question, and what is said when something else was.

use super::typed::{Problem, numbered};
use crate::answers::{Refusal, example, with_unit};
use crate::interview::rows::Row;
use crate::questionnaire::{Domain, Question};
use crate::report::Texts;

/// What can be typed here, with an example.
pub fn how(question: &Question, texts: Texts) -> String {
    let how = how_to_answer(question, texts);
    if question.optional { format!("{how} {}", texts.words.plain.or_leave_out) } else { how }
}

/// The same where there is an answer already, which an empty line would not leave out.
pub fn how_to_answer(question: &Question, texts: Texts) -> String {
    let words = &texts.words.plain;
    let number = |number| texts.words.number(number);
    let mut how = match &question.domain {
        Domain::One { .. } if question.is_yes_no() && question.unsure => {
            words.type_yes_no_or_unsure.to_owned()
        }
        Domain::One { .. } if question.is_yes_no() => words.type_yes_or_no.to_owned(),
        Domain::One { .. } => {
            let keys = numbered(question, &texts.words.answers);
            let all_digits = keys.iter().all(|(key, _)| key.is_ascii_digit());
            if all_digits { words.type_a_number } else { words.type_a_key }.to_owned()
        }
        Domain::Several => words.type_several(&several(question, texts)),
        Domain::Number(bounds) if question.scale().is_some() => {
            words.type_on_scale(&bounds.min.to_string(), &bounds.max.to_string())
        }
        Domain::Number(bounds) => words.type_between(
            &number(bounds.min),
            &number(bounds.max),
            &with_unit(example(bounds), bounds, texts.words),
        ),
        Domain::Text => words.type_text.to_owned(),
        Domain::Nothing => return words.read_page.to_owned(),
    };
    if question.unsure && matches!(question.domain, Domain::Number(_) | Domain::Text) {
        how = format!("{how} {}", words.or_unsure);
    }
    how
}

/// Two keys that may go together, such as `1 3`.
fn several(question: &Question, texts: Texts) -> String {
    let together = numbered(question, &texts.words.answers).into_iter().filter(|(_, row)| match row {
        Row::Option(option) => !question.options[*option].exclusive,
        Row::Unsure => false,
    });
    let keys: Vec<_> = together.map(|(key, _)| key.to_string()).collect();
    match &keys[..] {
        [first, _, third, ..] => format!("{first} {third}"),
        _ => keys.join(" "),
    }
}

/// Why a line was not taken, and what to type instead.
pub fn problem(problem: &Problem, question: &Question, texts: Texts) -> String {
    let words = &texts.words.plain;
    let why = match problem {
        Problem::NotUnderstood(typed) => words.no_answer(typed),
        Problem::NoSuchNumber(number) => format!("{}.", texts.words.answers.no_such_number(number)),
        Problem::OneOnly => words.one_only.to_owned(),
        Problem::SeveralYes => words.several_yes.to_owned(),
        Problem::NoAlone => {
            let none = question.options.iter().position(|option| option.exclusive);
            let key = numbered(question, &texts.words.answers)
                .into_iter()
                .find(|(_, row)| none.is_some() && none.map(Row::Option) == Some(*row));
            match key {
                Some((key, _)) => words.no_alone(&key.to_string()),
                None => words.no_answer(texts.words.plain.commands.no),
            }
        }
        Problem::Refused(refusal) => match refusal {
            Refusal::NotTogether { exclusive } => return not_together(exclusive, question, texts),
            Refusal::NeedsAnAnswer => words.empty_is_no_answer.to_owned(),
            refusal => format!("{}.", refusal.words(texts.words)),
        },
    };
    format!("{why} {}", how(question, texts))
}

fn not_together(exclusive: &str, question: &Question, texts: Texts) -> String {
    let alone = question.option_index(exclusive);
    let label = alone.map(|option| texts.line(&question.options[option].label)).unwrap_or_default();
    let keys = numbered(question, &texts.words.answers);
    let key = keys.into_iter().find(|(_, row)| alone.map(Row::Option) == Some(*row));
    let key = key.map_or_else(String::new, |(key, _)| key.to_string());
    texts.words.plain.not_together(&label, &key, &several(question, texts))
}
