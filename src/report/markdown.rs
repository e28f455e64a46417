//! The report as Markdown (CommonMark, with the tables of GitHub's), for records and notes that take it.

use super::page::{self, Item, Part};
use super::{Report, Table, Told};
use crate::words;

/// The report as Markdown. Nothing typed or configured can become markup.
pub fn markdown(report: &Report) -> String {
    let mut out = format!("# {}\n\n{}\n", escape(&report.title), escape(&page::made(report)));
    for section in page::sections(report) {
        out += &format!("\n## {}\n", escape(&section.heading));
        let mut in_list = false;
        for part in &section.parts {
            // Lines of the same list stand together; all else is apart from what comes before.
            if !(in_list && matches!(part, Part::Named(..))) {
                out.push('\n');
            }
            in_list = matches!(part, Part::Named(..));
            out += &part_text(part, &report.own().report);
        }
    }
    out
}

fn part_text(part: &Part, own: &words::Report) -> String {
    match part {
        Part::Headline(words) => format!("**{}**\n", escape(words)),
        Part::Line(words) => format!("{}\n", escape(words)),
        Part::Named(name, words) => format!("- {name}: {}\n", escape_inside(words)),
        Part::List(items) => list(items, own),
        Part::Steps(items) => {
            let steps = (1..).zip(items);
            steps.map(|(number, item)| format!("{number}. {}\n", words_of(item))).collect()
        }
        Part::Questions(questions) => {
            let question =
                |(number, ask): &(usize, String)| (own.question_number)(*number, &escape_inside(ask));
            questions.iter().map(|asked| format!("- {}\n", question(asked))).collect()
        }
        Part::Answers(title, answers) => {
            format!(
                "### {}\n\n{}",
                escape(title),
                answers.iter().map(|told| answer(told, "")).collect::<String>()
            )
        }
        Part::Group(name, items) => format!("### {name}\n\n{}", list(items, own)),
        Part::Table(table) => grid(table),
        Part::Sources(sources) => {
            let sources = sources.iter();
            sources.map(|(number, title)| format!("- \\[{number}\\] {}\n", escape_inside(title))).collect()
        }
    }
}

fn list(items: &[Item], own: &words::Report) -> String {
    let item = |item: &Item| {
        let answers: String = item.answers.iter().map(|told| answer(told, "  ")).collect();
        let see = item.see_above(own).map(|see| format!("  - {see}\n")).unwrap_or_default();
        format!("- {}\n{answers}{see}", words_of(item))
    };
    items.iter().map(item).collect()
}

fn words_of(item: &Item) -> String {
    let rule = item.rule.as_ref().map(|rule| format!("**{}** ", escape(rule))).unwrap_or_default();
    format!("{rule}{}{}", escape(&item.words), escape_inside(&item.cited()))
}

fn answer(told: &Told, indent: &str) -> String {
    let (ask, answer) = (escape_inside(&told.ask), escape(&told.answer));
    format!("{indent}- {}: {ask} **{answer}**\n", told.number)
}

fn grid(table: &Table) -> String {
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
            ("=== no rule", "\\=== no rule"),
            ("", ""),
        ] {
            assert_eq!(escape(words), escaped);
        }
    }
}
