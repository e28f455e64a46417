//! `redflag guide`: the pages for authors, for whoever has only the program.

use std::io::{self, Write};

use anyhow::Result;

use super::args::GuideArgs;
use super::exit::WrongUsage;
use super::{Exit, words};

/// A page: its name, which is also that of its file, what it is about, and its text.
pub struct Page {
    pub name: &'static str,
    pub about: &'static str,
    text: &'static str,
}

macro_rules! pages {
    ($($name:literal: $about:literal,)*) => {
        /// The pages, in the order in which an author needs them.
        pub const PAGES: &[Page] = &[$(Page {
            name: $name,
            about: $about,
            text: include_str!(concat!("../../docs/author/", $name, ".md")),
        }),*];
    };
}

pages! {
    "first": "your first questionnaire, a lesson of half an hour",
    "format": "everything that a questionnaire file can contain",
    "testing": "made-up people, and the level that each must get",
    "proofs": "what `redflag check` proves, and what it doesn't",
    "diff": "comparing two versions",
    "simulation": "simulated people, and how to describe a population",
    "evaluate": "measuring accuracy on cases with a known outcome",
    "words": "the program's own words in another language",
}

/// Prints a page, or the list of them.
pub fn run(args: &GuideArgs) -> Result<Exit> {
    let text = match &args.page {
        None => words::guide(PAGES.iter().map(|page| (page.name, page.about))),
        Some(name) => match PAGES.iter().find(|page| page.name == name.trim_end_matches(".md")) {
            Some(page) => readable(page.text),
            None => {
                let names: Vec<&str> = PAGES.iter().map(|page| page.name).collect();
                return Err(WrongUsage(words::no_guide(name, &names)).into());
            }
        },
    };
    let mut out = io::stdout().lock();
    out.write_all(text.as_bytes())?;
    out.flush()?;
    Ok(Exit::Done)
}

/// A page without what only serves its tests, and with links to other pages of the guide as commands.
fn readable(page: &str) -> String {
    let mut text = String::with_capacity(page.len());
    let mut is_code = false;
    for line in page.lines() {
        if let Some(info) = line.strip_prefix("```") {
            is_code = !is_code;
            // Beside the language it says what a test does with the block, and which file it is.
            let mut info = info.split(' ');
            text += "```";
            text += info.next().unwrap_or_default();
        } else if is_code {
            text += line;
        } else if line.starts_with("<!--") {
            continue;
        } else {
            text += &without_links(line);
        }
        text.push('\n');
    }
    text
}

/// `[Testing](testing.md#levels)` becomes "Testing (redflag guide testing)", and any other link its words.
fn without_links(line: &str) -> String {
    let mut text = String::with_capacity(line.len());
    let mut rest = line;
    while let Some((before, words, target, after)) = link(rest) {
        text += before;
        text += words;
        let name = target.split('#').next().unwrap_or_default().trim_end_matches(".md");
        if target.contains(".md") && PAGES.iter().any(|page| page.name == name) {
            text += &format!(" (`redflag guide {name}`)");
        } else if target.starts_with("http") {
            text += &format!(" ({target})");
        }
        rest = after;
    }
    text + rest
}

/// The first link of a line: what is before it, its words, its target, and what is after it.
fn link(line: &str) -> Option<(&str, &str, &str, &str)> {
    let middle = line.find("](")?;
    let start = line[..middle].rfind('[')?;
    let end = middle + 2 + line[middle + 2..].find(')')?;
    Some((&line[..start], &line[start + 1..middle], &line[middle + 2..end], &line[end + 1..]))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn links_become_words_or_the_command_that_prints_their_page() {
        for (line, readable) in [
            ("[Testing](testing.md#levels) has more.", "Testing (`redflag guide testing`) has more."),
            (
                "See [this](../faq.md), or [that](https://a.example).",
                "See this, or that (https://a.example).",
            ),
            ("`[a, b]` is a list", "`[a, b]` is a list"),
            ("- [Grids](#grids)", "- Grids"),
            ("no end [a](b", "no end [a](b"),
        ] {
            assert_eq!(without_links(line), readable);
        }
    }

    #[test]
    fn pages_keep_their_code_and_lose_what_serves_their_tests() {
        let page = "# Title\n\n<!-- before: cp a b -->\n```sh status: 1\nredflag check [a](b)\n```\n";
        assert_eq!(readable(page), "# Title\n\n```sh\nredflag check [a](b)\n```\n");
    }
}
