//! The report as Markdown (CommonMark, with the tables of GitHub's), for records and notes that take it.

use super::document::{self, Item, Part};
use super::surfaces::Surface;
use super::{Answered, Report, TextTable};

/// The report as Markdown. Nothing typed or configured can become markup.
pub fn markdown(report: &Report) -> String {
    let mut out = format!("# {}\n\n{}\n", escape(&report.title), escape(&document::made(report)));
    for section in document::sections(report, Surface::Written.topics(report.reader)) {
        out += &format!("\n## {}\n", escape(&section.heading));
        let mut in_list = false;
        for part in &section.parts {
            // Lines of the same list are together; all else is apart from what comes before.
            if !(in_list && matches!(part, Part::Named(..))) {
                out.push('\n');
            }
            in_list = matches!(part, Part::Named(..));
            out += &part_text(part);
        }
    }
    out
}

fn part_text(part: &Part) -> String {
    match part {
        Part::Headline(words) => format!("**{}**\n", escape(words)),
        Part::Until(words) | Part::Act(words) | Part::Line(words) | Part::Notice(words) => {
            format!("{}\n", escape(words))
        }
        Part::Call(call) => format!("**{}**\n", escape(&call.line())),
        Part::AtOnce(title, signs) => format!("{}: {}\n", escape(title), escape_inside(&signs.join("; "))),
        Part::Named(name, words) => format!("- {name}: {}\n", escape_inside(words)),
        Part::Aloud(sentences) => bullets(sentences),
        Part::List(items) => list(items),
        Part::Steps(first, items) => {
            let steps = (*first..).zip(items);
            steps.map(|(number, item)| format!("{number}. {}\n", words_of(item))).collect()
        }
        Part::Answers(title, answers) => {
            format!("### {}\n\n{}", escape(title), answers.iter().map(answer).collect::<String>())
        }
        Part::Group(name, sentences) => format!("### {name}\n\n{}", bullets(sentences)),
        Part::Table(table) => grid(table),
        Part::Sources(sources) => {
            let sources = sources.iter();
            sources.map(|(number, title)| format!("- \\[{number}\\] {}\n", escape_inside(title))).collect()
        }
    }
}

fn bullets(sentences: &[String]) -> String {
    sentences.iter().map(|sentence| format!("- {}\n", escape(sentence))).collect()
}

fn list(items: &[Item]) -> String {
    let item = |item: &Item| {
        let details: String = item.details.iter().map(|detail| format!("  - {}\n", escape(detail))).collect();
        format!("- {}\n{details}", words_of(item))
    };
    items.iter().map(item).collect()
}

fn words_of(item: &Item) -> String {
    let rule = item.rule.as_ref().map(|rule| format!("**{}** ", escape(rule))).unwrap_or_default();
    format!("{rule}{}{}", escape(&item.words), escape_inside(&item.cited()))
}

fn answer(answered: &Answered) -> String {
    let (ask, answer) = (escape_inside(&answered.ask), escape(&answered.answer));
    format!("- {}: {ask} **{answer}**\n", answered.number)
}

fn grid(table: &TextTable) -> String {
    let row = |cells: &[String]| {
        let cells: Vec<_> = cells.iter().map(|cell| escape_inside(cell)).collect();
        format!("| {} |\n", cells.join(" | "))
    };
    let rule = format!("|{}\n", "---|".repeat(table.columns.len()));
    let rows: String = table.rows.iter().map(|cells| row(cells)).collect();
    format!("{}{rule}{rows}", row(&table.columns))
}

/// Words at the start of a line or an item, where more could be markup: a heading, a list, a rule.
fn escape(words: &str) -> String {
    let escaped = escape_inside(words);
    let digits = escaped.chars().take_while(char::is_ascii_digit).count();
    match escaped[digits..].chars().next() {
        Some('.' | ')') if digits > 0 => format!("{}\\{}", &escaped[..digits], &escaped[digits..]),
        Some('#' | '+' | '-' | '=') if digits == 0 => format!("\\{escaped}"),
        _ => escaped,
    }
}

/// Words within a line.
fn escape_inside(words: &str) -> String {
    let mut escaped = String::with_capacity(words.len() + 8);
    for c in words.chars() {
        match c {
            // Also safe where a backslash before it means nothing, as in the oldest Markdown.
            '<' => escaped.push_str("&lt;"),
            '&' => escaped.push_str("&amp;"),
            '\\' | '`' | '*' | '_' | '[' | ']' | '>' | '|' | '~' | '$' | '^' | '@' => {
                escaped.push('\\');
                escaped.push(c);
            }
            c => escaped.push(c),
        }
    }
    escaped
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_stay_words() {
        for (words, escaped) in [
            ("plain, 38 °C (at night); it's 5/10", "plain, 38 °C (at night); it's 5/10"),
            ("<b>&amp;", "&lt;b\\>&amp;amp;"),
            ("[x](http://y) ![z]", "\\[x\\](http://y) !\\[z\\]"),
            ("a_b *c* `d` ~e~ |f| \\", "a\\_b \\*c\\* \\`d\\` \\~e\\~ \\|f\\| \\\\"),
            ("# no heading", "\\# no heading"),
            ("- no item", "\\- no item"),
            ("1. no number", "1\\. no number"),
            ("12) no number", "12\\) no number"),
            ("12 years", "12 years"),
            ("12-14 years", "12-14 years"),
            (".5 of it", ".5 of it"),
            (") as it was", ") as it was"),
            ("=== no rule", "\\=== no rule"),
            ("", ""),
        ] {
            assert_eq!(escape(words), escaped);
        }
    }
}
