//! The report as plain text, for saving and printing.

use super::document::{self, Item, Part};
use super::surfaces::Surface;
use super::{Answered, Report, TextTable};
use crate::questionnaire::Audience;
use crate::text::{width, wrap};

/// Columns of a page; a printer has room for 80.
const WIDTH: usize = 76;

/// The report in lines of at most 76 columns.
pub fn text(report: &Report) -> String {
    let mut out = Writer { text: String::new(), reader: report.reader };
    out.line(&report.title);
    out.rule('=');
    out.line(&document::made(report));
    for section in document::sections(report, Surface::Written.topics(report.reader)) {
        out.text.push('\n');
        out.line(&section.heading);
        out.rule('-');
        section.parts.iter().for_each(|part| out.part(part));
    }
    out.text
}

/// Collects lines.
struct Writer {
    text: String,
    reader: Audience,
}

impl Writer {
    fn part(&mut self, part: &Part) {
        match part {
            Part::Headline(words)
            | Part::Until(words)
            | Part::Act(words)
            | Part::Line(words)
            | Part::Notice(words) => self.line(words),
            Part::Call(call) => self.line(&call.line()),
            Part::AtOnce(title, signs) => self.line(&format!("{title}: {}", signs.join("; "))),
            Part::Named(name, words) => self.line(&format!("{name}: {words}")),
            Part::Aloud(sentences) => sentences.iter().for_each(|sentence| self.item("- ", sentence)),
            Part::List(items) => items.iter().for_each(|item| self.bullet(item)),
            Part::Steps(first, items) => {
                for (number, item) in (*first..).zip(items) {
                    self.item(&format!("{number:>2} "), &format!("{}{}", item.words, item.cited()));
                }
            }
            Part::Answers(title, answers) => {
                self.line(title);
                answers.iter().for_each(|answered| self.answer(answered));
            }
            Part::Group(name, sentences) => {
                self.line(name);
                sentences.iter().for_each(|sentence| self.item("- ", sentence));
            }
            Part::Table(table) => self.table(table),
            Part::Sources(sources) => {
                sources.iter().for_each(|(number, title)| self.item(&format!("{number:>2} "), title));
            }
        }
    }

    fn bullet(&mut self, item: &Item) {
        let rule = item.rule.as_ref().map(|rule| format!("{rule} ")).unwrap_or_default();
        self.item("- ", &format!("{rule}{}{}", item.words, item.cited()));
        item.details.iter().for_each(|detail| self.item("    ", detail));
    }

    /// Clinicians read dense lines; for the person, the answer is below its question.
    fn answer(&mut self, answered: &Answered) {
        let marker = number(answered.number);
        match self.reader {
            Audience::Patient => {
                self.item(&marker, &answered.ask);
                self.item("         ", &answered.answer);
            }
            Audience::Clinician => self.item(&marker, &format!("{}: {}", answered.ask, answered.answer)),
        }
    }

    /// Each row as a short list, because columns do not fit on a page in every language.
    fn table(&mut self, table: &TextTable) {
        for row in &table.rows {
            for (column, (name, cell)) in table.columns.iter().zip(row).enumerate() {
                match column {
                    0 => self.item("- ", cell),
                    _ if cell.is_empty() => {}
                    _ => self.item("    ", &format!("{name}: {cell}")),
                }
            }
        }
    }

    fn rule(&mut self, line: char) {
        self.text.extend(std::iter::repeat_n(line, WIDTH));
        self.text.push('\n');
    }

    fn line(&mut self, words: &str) {
        self.item("", words);
    }

    /// `words` after a marker, with the lines that follow hanging below the first.
    fn item(&mut self, marker: &str, words: &str) {
        let hang = width(marker);
        for (index, line) in wrap(words, WIDTH - hang).iter().enumerate() {
            match index {
                0 => self.text.push_str(marker),
                _ => self.text.extend(std::iter::repeat_n(' ', hang)),
            }
            self.text.push_str(line);
            self.text.push('\n');
        }
    }
}

/// Numbers of questions are in a column.
fn number(number: usize) -> String {
    format!("{number:>6} ")
}
