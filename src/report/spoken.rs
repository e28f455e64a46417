//! The report line by line, to be heard: no columns, symbols or references, and each line makes sense alone.

use super::document::{self, Item, Part, Section, Topic};
use super::{Report, TextTable};
use crate::words;

/// The lines of the sections on these topics, an empty one before each section but the first.
pub fn lines(report: &Report, topics: &[Topic]) -> Vec<String> {
    let mut lines = Vec::new();
    for section in document::sections(report, topics) {
        if !lines.is_empty() {
            lines.push(String::new());
        }
        lines.extend(section_lines(&section, report.words()));
    }
    lines
}

fn section_lines(section: &Section, words: &'static words::Words) -> Vec<String> {
    let mut lines = Vec::new();
    // The headline says itself what it is.
    if section.topic != Topic::Result {
        lines.push(format!("{}:", section.heading));
    }
    for part in &section.parts {
        match part {
            Part::Headline(said) => lines.push(format!("{}: {}", section.heading, sentence(said))),
            Part::Act(said) | Part::Line(said) | Part::Notice(said) => lines.push(said.clone()),
            Part::Until(said) => lines.push(sentence(said)),
            Part::Call(call) => lines.push(sentence(&call.line())),
            Part::AtOnce(title, signs) => lines.push(sentence(&format!("{title}: {}", signs.join("; ")))),
            Part::Named(name, said) => lines.push(sentence(&format!("{name}: {said}"))),
            Part::Aloud(sentences) => lines.extend(sentences.iter().cloned()),
            Part::List(items) => items.iter().for_each(|item| lines.extend(item_lines(item))),
            Part::Steps(first, items) => {
                lines.extend((*first..).zip(items).map(|(number, item)| format!("{number}. {}", item.words)));
            }
            Part::Answers(title, answers) => {
                lines.push(sentence(title));
                let answers = answers.iter();
                lines.extend(answers.map(|given| {
                    words
                        .report
                        .question_number(given.number, &super::joined(&given.ask, &sentence(&given.answer)))
                }));
            }
            Part::Group(name, sentences) => {
                let named = |at: usize| if at == 0 { format!("{name}: ") } else { String::new() };
                lines.extend((0..).zip(sentences).map(|(at, said)| format!("{}{said}", named(at))));
            }
            Part::Table(table) => lines.extend(table_lines(table)),
            Part::Sources(sources) => lines.extend(sources.iter().map(|(_, title)| sentence(title))),
        }
    }
    lines
}

fn item_lines(item: &Item) -> impl Iterator<Item = String> + '_ {
    let words = match &item.rule {
        Some(rule) => format!("{rule}: {}", item.words),
        None => item.words.clone(),
    };
    std::iter::once(words).chain(item.details.iter().map(|detail| sentence(detail)))
}

/// A row is a line; its first cell says what it is about.
fn table_lines(table: &TextTable) -> impl Iterator<Item = String> + '_ {
    table.rows.iter().map(|row| {
        let named = table.columns.iter().zip(row).enumerate();
        let cells = named.filter(|(_, (_, cell))| !cell.is_empty());
        let cells = cells.map(|(column, (name, cell))| match column {
            0 => sentence(cell),
            _ => sentence(&format!("{name}: {cell}")),
        });
        cells.collect::<Vec<_>>().join(" ")
    })
}

/// With a full stop, so that a voice stops there.
pub fn sentence(words: &str) -> String {
    if words.ends_with(['.', '!', '?', ':']) { words.to_owned() } else { format!("{words}.") }
}
