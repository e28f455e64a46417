//! How to choose among the options of a question: as an answer, as a line, and as keys.

use redflag::answers::Answer;
use redflag::interview::rows::{Row, keys, rows};
use redflag::questionnaire::{Audience, OptionSet, Question};
use redflag::tui::draft::Draft;
use redflag::words::Language;

/// An answer by the ids of its options; `unsure` may be among them.
pub fn options(question: &Question, value: &str) -> Answer {
    let ids: Vec<_> = value.split(',').map(str::trim).collect();
    let option =
        |id: &str| question.option_index(id).unwrap_or_else(|| panic!("{} has no option {id}", question.id));
    let ticked: OptionSet = ids.iter().filter(|id| **id != "unsure").map(|id| option(id)).collect();
    if ids.contains(&"unsure") { Answer::Unsure { ticked } } else { Answer::Options(ticked) }
}

fn wanted(answer: &Answer, row: Row) -> bool {
    match row {
        Row::Option(option) => answer.ticked().contains(option),
        Row::Unsure => answer.is_unsure(),
    }
}

/// `answer` as a line: by numbers and by labels in turn. A label with a comma is understood only alone.
pub fn choice_line(question: &Question, answer: &Answer, audience: Audience, turn: usize) -> String {
    let rows = rows(question);
    let keys = keys(question, &Language::English.words().answers);
    let mut line = Vec::new();
    for (place, row) in rows.iter().enumerate().filter(|(_, row)| wanted(answer, **row)) {
        let label = match row {
            Row::Option(option) => question.options[*option].label.to(audience),
            Row::Unsure => "not sure",
        };
        let by_label = turn % 2 == 1 && (answer.ticked().len() == 1 || !label.contains([',', ';']));
        line.push(if by_label { label.to_owned() } else { keys[place].to_string() });
    }
    line.join("; ")
}

/// `answer` in keys, from where `draft` stands on the screen: by numbers and by arrows in turn.
pub fn choice_keys(question: &Question, answer: &Answer, draft: &Draft, turn: usize) -> String {
    let several = question.takes_several();
    let keys = keys(question, &Language::English.words().answers);
    let (mut off, mut on) = (String::new(), String::new());
    for (place, row) in rows(question).into_iter().enumerate() {
        let key = match turn % 2 {
            0 => format!("{} ", keys[place]),
            _ => format!("Home {}{}", "Down ".repeat(place), if several { "Space " } else { "" }),
        };
        match (several && draft.has(row), wanted(answer, row)) {
            (true, false) => off.push_str(&key),
            (false, true) => on.push_str(&key),
            _ => {}
        }
    }
    off + &on
}
