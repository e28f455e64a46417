//! Sections of a report on the screen.

use ratatui::style::{Modifier, Style};
use ratatui::text::Line;

use super::lines::Doc;
use crate::report::document::{Item, Part, Section, Topic};
use crate::report::{Report, TextTable, look};
use crate::text::{width, wrap};
use crate::tui::theme::Theme;

/// One after the other, each under its heading.
pub fn draw(doc: &mut Doc, sections: &[Section], report: &Report, theme: &Theme) {
    for section in sections {
        // The result names itself.
        if section.topic != Topic::Result {
            heading(doc, &section.heading, theme);
        } else if !doc.lines.is_empty() {
            doc.blank();
        }
        section.parts.iter().for_each(|shown| part(doc, shown, report, theme));
    }
}

pub fn heading(doc: &mut Doc, words: &str, theme: &Theme) {
    doc.blank();
    doc.paragraph(words, theme.accent);
}

pub fn part(doc: &mut Doc, part: &Part, report: &Report, theme: &Theme) {
    match part {
        Part::Headline(words) => banner(doc, words, report, theme),
        Part::Until(words) => doc.paragraph(words, theme.strong),
        Part::Call(call) => doc.hanging("", theme.strong, &call.line(), theme.strong),
        Part::AtOnce(title, signs) => {
            doc.paragraph(&format!("{title}: {}", signs.join("; ")), theme.notice);
        }
        Part::Act(words) => doc.paragraph(words, theme.strong),
        Part::Line(words) => doc.paragraph(words, theme.text),
        Part::Notice(words) => doc.paragraph(words, theme.notice),
        Part::Named(name, words) => doc.hanging(&format!("{name}: "), theme.quiet, words, theme.strong),
        Part::Aloud(sentences) => {
            for sentence in sentences {
                doc.hanging(" • ", theme.accent, sentence, theme.strong);
            }
        }
        Part::List(items) => items.iter().for_each(|shown| item(doc, " • ", shown, theme)),
        Part::Steps(first, items) => {
            for (number, shown) in (*first..).zip(items) {
                item(doc, &format!("{number:>2}  "), shown, theme);
            }
        }
        Part::Answers(title, answers) => {
            doc.paragraph(title, theme.strong);
            for answered in answers {
                doc.hanging(&format!("{:>3}  ", answered.number), theme.quiet, &answered.ask, theme.quiet);
                doc.hanging("     ", theme.quiet, &answered.answer, theme.text);
            }
        }
        Part::Group(name, sentences) => {
            for (at, sentence) in sentences.iter().enumerate() {
                match at {
                    0 => doc.named(&format!("{name}: "), theme.accent, sentence, theme.text),
                    _ => doc.hanging("  ", theme.text, sentence, theme.text),
                }
            }
        }
        Part::Table(shown) => table(doc, shown, theme),
        Part::Sources(sources) => {
            for (number, title) in sources {
                doc.hanging(&format!("{number:>2}  "), theme.quiet, title, theme.quiet);
            }
        }
    }
}

fn item(doc: &mut Doc, mark: &str, item: &Item, theme: &Theme) {
    let rule = item.rule.as_ref().map(|rule| format!("{rule} ")).unwrap_or_default();
    doc.hanging(mark, theme.accent, &format!("{rule}{}", item.words), theme.text);
    for detail in &item.details {
        doc.hanging("     ", theme.quiet, detail, theme.quiet);
    }
}

/// Where what is below a level begins.
pub const PILL_INDENT: usize = 4;

/// What a level looks like. Grey where there is no result yet: it must neither frighten nor calm.
pub fn level_style(report: &Report, theme: &Theme) -> Style {
    match &report.level {
        Some(level) if report.is_final() => theme.level(level.index, report.levels.len()),
        _ => theme.quiet.add_modifier(Modifier::REVERSED),
    }
}

/// The level in words, symbol and colour.
fn banner(doc: &mut Doc, words: &str, report: &Report, theme: &Theme) {
    let symbol = match &report.level {
        Some(level) if report.is_final() => look::symbol(level.index, report.levels.len()),
        _ => "…",
    };
    let style = level_style(report, theme);
    let inner = doc.width().saturating_sub(2);
    // What is not finished is no result, and is not written like one.
    let words = if report.is_final() { words.to_uppercase() } else { words.to_owned() };
    for line in wrap(&format!("{symbol:<2}  {words}"), inner) {
        let gap = " ".repeat(inner.saturating_sub(width(&line)));
        doc.line(Line::styled(format!(" {line}{gap} "), style));
    }
}

/// Each row under its first cell.
fn table(doc: &mut Doc, table: &TextTable, theme: &Theme) {
    for row in &table.rows {
        let mut cells = row.iter();
        let first = cells.next().map(String::as_str).unwrap_or_default();
        doc.paragraph(first, theme.strong);
        for (column, cell) in table.columns.iter().skip(1).zip(cells) {
            if !cell.is_empty() {
                doc.hanging("   ", theme.quiet, &format!("{column}: {cell}"), theme.text);
            }
        }
    }
}
