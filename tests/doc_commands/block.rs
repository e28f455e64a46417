//! The blocks of a document that something is done with.

use std::ops::Range;

pub struct Block {
    pub kind: Kind,
    pub text: String,
    /// What somebody types while it runs.
    pub typed: String,
    /// Where the text is in the document.
    pub bytes: Range<usize>,
    pub line: usize,
}

pub enum Kind {
    /// Commands that end with this status.
    Run(i32),
    Asks,
    NotRun(String),
    Output,
    File(String),
    Append(String),
    Edit(String),
    /// Commands that the document doesn't show. Their output can be shown all the same.
    Before,
    /// Only to be read.
    Shown,
}

impl Kind {
    /// By what follows the three marks.
    fn of(info: &str) -> Kind {
        let (language, rest) = info.split_once(' ').unwrap_or((info, ""));
        let rest = rest.trim();
        if let Some(name) = rest.strip_prefix("file: ") {
            let name = name.to_owned();
            return if language == "diff" { Kind::Edit(name) } else { Kind::File(name) };
        }
        if let Some(name) = rest.strip_prefix("append: ") {
            return Kind::Append(name.to_owned());
        }
        match (language, rest) {
            ("sh", "") => Kind::Run(0),
            ("sh", "asks") => Kind::Asks,
            ("sh", rest) => match (rest.strip_prefix("status: "), rest.strip_prefix("no-run:")) {
                (Some(status), _) => Kind::Run(status.parse().expect("a number")),
                (_, Some(why)) => Kind::NotRun(why.trim().to_owned()),
                _ => panic!("nothing is known of a block `{info}`"),
            },
            (_, "output") => Kind::Output,
            ("bash" | "console" | "shell", _) => panic!("a block `{info}` is never run; write `sh`"),
            _ => Kind::Shown,
        }
    }
}

pub fn blocks(document: &str) -> Vec<Block> {
    let mut all = Vec::new();
    // With the columns that it is indented by, as in an item of a list.
    let mut open: Option<(Block, usize)> = None;
    let mut typed = String::new();
    let mut at = 0;
    for (index, line) in document.split_inclusive('\n').enumerate() {
        let start = at;
        at += line.len();
        let trimmed = line.trim();
        let indent = line.len() - line.trim_start().len();
        let place = index + 1;
        if let Some((mut block, columns)) = open.take() {
            if trimmed == "```" {
                block.bytes.end = start;
                all.push(block);
            } else {
                block.text += line.get(columns.min(indent)..).unwrap_or_default();
                open = Some((block, columns));
            }
        } else if let Some(info) = trimmed.strip_prefix("```") {
            assert!(!info.starts_with('`'), "line {place}: a block begins with three marks");
            let (kind, typed) = (Kind::of(info), std::mem::take(&mut typed));
            open = Some((Block { kind, text: String::new(), typed, bytes: at..at, line: place }, indent));
        } else if let Some(words) = comment(trimmed, "before: ") {
            let (kind, text) = (Kind::Before, words.to_owned());
            all.push(Block { kind, text, typed: String::new(), bytes: start..at, line: place });
        } else if let Some(words) = comment(trimmed, "typed: ") {
            typed = words.split('/').map(|line| format!("{}\n", line.trim())).collect();
        } else {
            assert!(!trimmed.starts_with("~~~"), "line {place}: a block begins with three marks");
        }
    }
    assert!(open.is_none(), "a block is never closed");
    assert!(typed.is_empty(), "something is typed, and no block follows");
    all
}

fn comment<'t>(line: &'t str, what: &str) -> Option<&'t str> {
    line.strip_prefix("<!-- ")?.strip_suffix(" -->")?.strip_prefix(what)
}

#[cfg(test)]
mod tests {
    use super::{Kind, blocks};

    #[test]
    fn a_block_in_a_list_is_seen_too() {
        let all = blocks("1. This:\n\n   ```sh\n   redflag site\n     --site a\n   ```\n");
        assert!(matches!(all[0].kind, Kind::Run(0)));
        assert_eq!(all[0].text, "redflag site\n  --site a\n");
    }

    #[test]
    fn what_cannot_be_run_says_why() {
        let all = blocks("```sh no-run: needs a printer\nlp\n```\n```text\nlp\n```\n");
        assert!(matches!(&all[0].kind, Kind::NotRun(why) if why == "needs a printer"));
        assert!(matches!(all[1].kind, Kind::Shown));
    }

    #[test]
    #[should_panic(expected = "nothing is known")]
    fn a_misspelt_mark_is_refused() {
        blocks("```sh norun: needs a printer\nlp\n```\n");
    }
}
