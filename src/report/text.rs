//! The report as plain text, for saving and printing.

use super::page::{self, Item, Part};
use super::{Report, Table, Told};
use crate::questionnaire::Audience;
use crate::text::wrap;
use crate::words::Words;

/// Columns of a page; a printer has room for 80.
const WIDTH: usize = 76;

/// The report in lines of at most 76 columns.
pub fn text(report: &Report) -> String {
    let mut out = Writer { text: String::new(), audience: report.audience, own: report.own() };
    out.line(&report.title);
    out.rule('=');
    out.line(&page::made(report));
    for section in page::sections(report) {
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
    audience: Audience,
    own: &'static Words,
}

impl Writer {
    fn part(&mut self, part: &Part) {
        match part {
            Part::Headline(words) | Part::Line(words) => self.line(words),
            Part::Named(name, words) => self.line(&format!("{name}: {words}")),
            Part::List(items) => items.iter().for_each(|item| self.bullet(item)),
            Part::Steps(items) => {
                for (number, item) in (1..).zip(items) {
                    self.item(&format!("{number:>2} "), &format!("{}{}", item.words, item.cited()));
                }
            }
            Part::Questions(questions) => {
                questions.iter().for_each(|(question, ask)| self.item(&number(*question), ask));
            }
            Part::Answers(title, answers) => {
                self.line(title);
                answers.iter().for_each(|told| self.answer(told));
            }
            Part::Group(title, items) => {
                self.line(title);
                items.iter().for_each(|item| self.bullet(item));
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
        item.answers.iter().for_each(|told| self.answer(told));
        item.see_above(&self.own.report).iter().for_each(|see| self.item("       ", see));
    }

    /// Clinicians read dense lines; for the person, the answer stands below its question.
    fn answer(&mut self, told: &Told) {
        let marker = number(told.number);
        match self.audience {
            Audience::Patient => {
                self.item(&marker, &told.ask);
                self.item("         ", &told.answer);
            }
            Audience::Clinician => self.item(&marker, &format!("{}: {}", told.ask, told.answer)),
        }
    }

    /// Each row as a short list, because columns do not fit on a page in every language.
    fn table(&mut self, table: &Table) {
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
        let hang = wrap::width(marker);
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

/// Numbers of questions stand in a column.
fn number(number: usize) -> String {
    format!("{number:>6} ")
}
