//! The report as one HTML page that needs nothing else: no script, no font, no picture, no address.
//! It reads well on a screen and on paper, A4 or Letter.

use super::document::{self, Item, Part, Section, Topic};
use super::surfaces::Surface;
use super::{Answered, Report, TextTable};
use super::{figure, look};
use crate::questionnaire::Audience;
use crate::text::wrap::is_one_number;
use crate::words;

/// How the page looks. Nothing from outside gets into it.
const STYLE: &str = include_str!("html.css");

/// What the page may do: show itself. It holds in case that something is ever written without being escaped.
const POLICY: &str = "default-src 'none'; style-src 'unsafe-inline'; base-uri 'none'; form-action 'none'";

/// The report as an HTML page. Nothing typed or configured can become markup.
pub fn html(report: &Report) -> String {
    let (title, made) = (escape(&report.title), escape(&document::made(report)));
    let (headline, language) = (escape(&report.headline), escape(&report.language));
    let sections = document::sections(report, Surface::Page.topics(report.reader));
    let on_first = first_sheet(report);
    let (first, rest): (Vec<_>, Vec<_>) =
        (1..).zip(&sections).partition(|(_, section)| on_first.contains(&section.topic));
    let all = |sections: Vec<(usize, &Section)>| {
        sections.into_iter().map(|(number, part)| section(number, part, report)).collect::<String>()
    };
    let (first, rest) = (all(first), all(rest));
    format!(
        "<!DOCTYPE html>\n\
         <html lang=\"{language}\">\n\
         <head>\n\
         <meta charset=\"utf-8\">\n\
         <meta http-equiv=\"Content-Security-Policy\" content=\"{POLICY}\">\n\
         <meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n\
         <meta name=\"robots\" content=\"noindex\">\n\
         <meta name=\"referrer\" content=\"no-referrer\">\n\
         <title>{title}: {headline}</title>\n\
         <style>\n{STYLE}</style>\n\
         </head>\n\
         <body>\n\
         <header>\n\
         <h1>{title}</h1>\n\
         <p class=\"made\">{made}</p>\n\
         </header>\n\
         <main>\n\
         <div class=\"first\">\n\
         {first}\
         </div>\n\
         {rest}\
         </main>\n\
         </body>\n\
         </html>\n"
    )
}

/// What is on the first sheet of paper, alone: for a person what to do, for a clinician the handover.
fn first_sheet(report: &Report) -> &'static [Topic] {
    match report.reader {
        Audience::Patient => &[Topic::Result, Topic::Steps, Topic::Return],
        Audience::Clinician => &[Topic::Handover],
    }
}

fn section(number: usize, section: &Section, report: &Report) -> String {
    // Several tables are sections of the same kind; an id stands on a page once.
    let id = if section.id == "table" { format!("table-{number}") } else { section.id.to_owned() };
    let heading = content(&section.heading);
    let mut parts = String::new();
    let mut named = String::new();
    for part in &section.parts {
        if let Part::Named(name, words) = part {
            named += &format!("<dt>{name}</dt><dd>{}</dd>\n", content(words));
            continue;
        }
        flush(&mut named, &mut parts);
        parts += &part_html(part, &id, report);
    }
    flush(&mut named, &mut parts);
    if let (Topic::Result, Some(marked)) = (section.topic, &report.figure) {
        let words = &report.words().screen;
        parts = format!("{}{parts}", figure::svg(marked, [words.front, words.back], escape));
    }
    format!(
        "<section id=\"{id}\" aria-labelledby=\"{id}-h\">\n<h2 id=\"{id}-h\">{heading}</h2>\n{parts}</section>\n"
    )
}

/// What is named in a row is one list of names.
fn flush(named: &mut String, parts: &mut String) {
    if !named.is_empty() {
        *parts += &format!("<dl>\n{named}</dl>\n");
        named.clear();
    }
}

fn part_html(part: &Part, section: &str, report: &Report) -> String {
    let say = &report.words().report;
    match part {
        Part::Headline(words) => headline(words, report),
        Part::Until(words) => format!("<p class=\"until\">{}</p>\n", content(words)),
        Part::Call(call) => {
            let (words, number) = (content(&call.words), content(&call.number));
            format!("<p class=\"call\">{words}: <strong>{number}</strong></p>\n")
        }
        Part::AtOnce(title, signs) => {
            format!("<p class=\"notice\">{}: {}</p>\n", content(title), content(&signs.join("; ")))
        }
        Part::Act(words) => format!("<p class=\"act\">{}</p>\n", content(words)),
        Part::Line(words) => format!("<p>{}</p>\n", content(words)),
        Part::Notice(words) => format!("<p class=\"notice\">{}</p>\n", content(words)),
        Part::Named(name, words) => format!("<p>{name}: {}</p>\n", content(words)),
        Part::Aloud(sentences) => {
            let lines = sentences.iter().map(|sentence| format!("<p>{}</p>\n", content(sentence)));
            format!("<blockquote>\n{}</blockquote>\n", lines.collect::<String>())
        }
        Part::List(items) => format!("<ul>\n{}</ul>\n", list_items(items)),
        Part::Steps(1, items) => format!("<ol>\n{}</ol>\n", list_items(items)),
        Part::Steps(first, items) => format!("<ol start=\"{first}\">\n{}</ol>\n", list_items(items)),
        Part::Answers(title, answers) => answers_table(title, answers, say),
        Part::Group(name, sentences) => {
            let items = sentences.iter().map(|sentence| format!("<li>{}</li>\n", content(sentence)));
            format!("<h3>{name}</h3>\n<ul>\n{}</ul>\n", items.collect::<String>())
        }
        Part::Table(table) => grid(table, section),
        Part::Sources(sources) => {
            let source = |(number, title): &(usize, String)| {
                format!("<li value=\"{number}\">{}</li>\n", content(title))
            };
            format!("<ol>\n{}</ol>\n", sources.iter().map(source).collect::<String>())
        }
    }
}

/// The level in words, with a symbol and a colour beside them that only repeat it.
fn headline(words: &str, report: &Report) -> String {
    let (class, symbol) = match &report.level {
        Some(level) if report.is_final() => {
            let step = look::step(level.index, report.levels.len());
            (format!("urgency-{step}"), look::symbol(level.index, report.levels.len()))
        }
        _ => ("open".to_owned(), "…"),
    };
    let words = content(words);
    format!("<p class=\"headline {class}\"><span aria-hidden=\"true\">{symbol}</span> {words}</p>\n")
}

fn list_items(items: &[Item]) -> String {
    let item = |item: &Item| {
        let rule = item.rule.as_ref().map(|rule| format!("<strong>{}</strong> ", content(rule)));
        let details = item.details.iter().map(|detail| format!("<li>{}</li>\n", content(detail)));
        let details = match item.details.is_empty() {
            true => String::new(),
            false => format!("\n<ul class=\"answers\">\n{}</ul>\n", details.collect::<String>()),
        };
        format!("<li>{}{}{}{details}</li>\n", rule.unwrap_or_default(), content(&item.words), item.cited())
    };
    items.iter().map(item).collect()
}

fn answers_table(title: &str, answers: &[Answered], words: &words::Report) -> String {
    let row = |answered: &Answered| {
        let (ask, answer) = (content(&answered.ask), content(&answered.answer));
        format!("<tr><td>{}</td><th scope=\"row\">{ask}</th><td>{answer}</td></tr>\n", answered.number)
    };
    let title = content(title);
    let rows: String = answers.iter().map(row).collect();
    let words::Report { number, question, answer, .. } = words;
    format!(
        "<table>\n<caption>{title}</caption>\n<thead>\n<tr><th scope=\"col\" class=\"number\">{number}</th>\
         <th scope=\"col\">{question}</th><th scope=\"col\" class=\"answer\">{answer}</th></tr>\n</thead>\n\
         <tbody>\n{rows}</tbody>\n</table>\n"
    )
}

/// Its title is the heading above it. In a narrow window it scrolls by itself, also by keyboard.
fn grid(table: &TextTable, section: &str) -> String {
    let head: String =
        table.columns.iter().map(|cell| format!("<th scope=\"col\">{}</th>", content(cell))).collect();
    let row = |cells: &Vec<String>| {
        let cells = cells.iter().enumerate().map(|(column, cell)| match column {
            0 => format!("<th scope=\"row\">{}</th>", content(cell)),
            _ => format!("<td>{}</td>", content(cell)),
        });
        format!("<tr>{}</tr>\n", cells.collect::<String>())
    };
    let rows: String = table.rows.iter().map(row).collect();
    format!(
        "<div class=\"wide\" role=\"group\" tabindex=\"0\" aria-labelledby=\"{section}-h\">\n\
         <table>\n<thead>\n<tr>{head}</tr>\n</thead>\n<tbody>\n{rows}</tbody>\n</table>\n</div>\n"
    )
}

/// Words as the content of an element, where a number in groups isn't broken over two lines.
fn content(words: &str) -> String {
    let mut groups: Vec<(String, bool)> = Vec::new();
    let mut before = None;
    for word in words.split(' ') {
        match (before, groups.last_mut()) {
            (Some(before), Some((number, is_number))) if is_one_number(before, word) => {
                number.push(' ');
                number.push_str(&escape(word));
                *is_number = true;
            }
            _ => groups.push((escape(word), false)),
        }
        before = Some(word);
    }
    let marked = groups.into_iter().map(|(words, is_number)| match is_number {
        true => format!("<span class=\"digits\">{words}</span>"),
        false => words,
    });
    marked.collect::<Vec<_>>().join(" ")
}

/// Words as the text of an element or a value in quotes.
pub fn escape(words: &str) -> String {
    let mut escaped = String::with_capacity(words.len() + 8);
    for c in words.chars() {
        match c {
            '&' => escaped.push_str("&amp;"),
            '<' => escaped.push_str("&lt;"),
            '>' => escaped.push_str("&gt;"),
            '"' => escaped.push_str("&quot;"),
            '\'' => escaped.push_str("&#39;"),
            c => escaped.push(c),
        }
    }
    escaped
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Relative luminance of WCAG 2.2.
    fn luminance(colour: &str) -> f64 {
        let part = |at: usize| {
            let value = f64::from(u8::from_str_radix(&colour[at..at + 2], 16).expect("#rrggbb")) / 255.0;
            if value <= 0.04045 { value / 12.92 } else { ((value + 0.055) / 1.055).powf(2.4) }
        };
        0.2126 * part(1) + 0.7152 * part(3) + 0.0722 * part(5)
    }

    #[test]
    fn every_colour_of_words_has_a_contrast_of_7_to_1() {
        let palettes: Vec<_> = STYLE.split(":root {").skip(1).collect();
        assert_eq!(palettes.len(), 2, "light and dark");
        for palette in palettes {
            let colours = palette.split('}').next().expect("a block").lines();
            let colours = colours.filter_map(|line| line.trim().strip_prefix("--")?.split_once(": "));
            let colours: Vec<_> = colours.map(|(name, value)| (name, value.trim_end_matches(';'))).collect();
            assert_eq!(colours.len(), 10);
            let ground = luminance(colours[0].1);
            for (name, colour) in &colours[1..] {
                let (light, dark) = (ground.max(luminance(colour)), ground.min(luminance(colour)));
                let contrast = (light + 0.05) / (dark + 0.05);
                // A line only separates.
                let needed = if *name == "line" { 3.0 } else { 7.0 };
                assert!(contrast >= needed, "{name} {colour}: {contrast:.2}");
            }
        }
    }

    #[test]
    fn every_colour_is_named_in_a_palette() {
        let rules = STYLE.rsplit_once("  }\n}\n").expect("the palettes stand first").1;
        assert!(STYLE.contains("\n\nhtml {") && !rules.contains("rgb("));
        let after_palettes = STYLE.split_once("\nhtml {").expect("the rules follow").1;
        assert!(!after_palettes.contains(": #") && !after_palettes.contains(" #0"), "{after_palettes}");
        for word in ["url(", "@import", "http", "expression", "</"] {
            assert!(!STYLE.contains(word), "the style needs something from outside: {word}");
        }
    }

    #[test]
    fn a_number_in_groups_is_not_broken() {
        assert_eq!(
            content("Ring 555 / 0199 <now>, in 2 days."),
            "Ring <span class=\"digits\">555 / 0199</span> &lt;now&gt;, in 2 days."
        );
    }

    #[test]
    fn words_stay_words() {
        assert_eq!(escape("<a href=\"x\">'&amp;"), "&lt;a href=&quot;x&quot;&gt;&#39;&amp;amp;");
        assert_eq!(escape("38 °C, é, 背"), "38 °C, é, 背");
    }
}
