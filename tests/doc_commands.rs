//! What a document tells people to type is run, in order, in an empty folder, and does what the document says.
//!
//! | in a document | means |
//! |---|---|
//! | ` ```sh ` | is run, and must succeed |
//! | ` ```sh status: 1 ` | one command, which must end with this status |
//! | ` ```sh asks ` | each line begins an interview, which ends here because nobody types |
//! | ` ```sh no-run: WHY ` | can't be run by a test; tests/doc_commands/not-run.txt lists all of these |
//! | ` ```text output ` (any language) | what the commands before it have written; a line of `...` stands for any lines |
//! | ` ```yaml file: NAME ` | is written to this file; any language |
//! | ` ```yaml append: NAME ` | is written at the end of this file |
//! | ` ```diff file: NAME ` | changes this file |
//! | `<!-- before: COMMAND -->` | is run first and not shown; `$REPOSITORY` is this repository |
//! | `<!-- typed: WORDS -->` | is what somebody types at the next commands; `/` is Enter |
//!
//! After a change, `UPDATE=1 cargo test --test doc_commands` renews the outputs without `...`, and the list of what
//! can't be run. `DOCUMENT=README cargo test --test doc_commands` follows one document alone.

#[path = "support/agreed.rs"]
mod agreed;
mod doc_commands {
    pub mod block;
    pub mod scratch;
}
#[path = "support/documents.rs"]
mod support;

use std::fs;
use std::path::Path;
use std::sync::Mutex;
use std::sync::atomic::{AtomicUsize, Ordering};

use agreed::agreed;
use doc_commands::block::{Kind, blocks};
use doc_commands::scratch::{Scratch, fits};
use support::{documents, read, root};

#[test]
fn what_a_document_tells_people_to_type_does_what_it_says() {
    let mut documents = documents();
    // One document alone, while it is being written.
    if let Ok(only) = std::env::var("DOCUMENT") {
        documents.retain(|document| document.display().to_string().contains(&only));
    }
    let next = AtomicUsize::new(0);
    let wrong = Mutex::new(Vec::new());
    std::thread::scope(|scope| {
        for _ in 0..2 {
            scope.spawn(|| {
                while let Some(document) = documents.get(next.fetch_add(1, Ordering::Relaxed)) {
                    if let Err(what) = follow(document) {
                        wrong.lock().unwrap().push(what);
                    }
                }
            });
        }
    });
    let wrong = wrong.into_inner().unwrap();
    assert!(wrong.is_empty(), "{}", wrong.join("\n\n"));
}

#[test]
fn what_cannot_be_run_says_why_and_is_counted() {
    let mut list = String::new();
    let (mut run, mut not_run) = (0, 0);
    for document in documents() {
        for block in blocks(&read(&document)) {
            match &block.kind {
                Kind::NotRun(why) => {
                    assert!(!why.is_empty(), "{}:{} doesn't say why", document.display(), block.line);
                    let first = block.text.lines().next().unwrap_or_default();
                    list += &format!("{}: {why}: {first}\n", document.display());
                    not_run += 1;
                }
                Kind::Run(_) | Kind::Asks => run += 1,
                _ => {}
            }
        }
    }
    agreed("doc_commands/not-run.txt", &list);
    assert!(run > not_run, "{run} blocks are run and {not_run} are not");
}

#[test]
fn every_command_in_a_document_is_marked_as_one() {
    const COMMANDS: [&str; 15] = [
        "redflag ",
        "cargo ",
        "apt ",
        "sudo ",
        "python3 ",
        "scripts/",
        "git ",
        "install ",
        "systemctl ",
        "tar ",
        "createuser ",
        "psql ",
        "$ ",
        "curl ",
        "echo ",
    ];
    // The page of commands is made from the command line; tests in src/cli look at its examples.
    for document in documents().into_iter().filter(|document| !document.ends_with("commands.md")) {
        for block in blocks(&read(&document)) {
            let is_command =
                |line: &str| line == "redflag" || COMMANDS.iter().any(|command| line.starts_with(command));
            let marked = match block.kind {
                Kind::Shown => !block.text.lines().any(is_command),
                Kind::Output => !block.text.lines().next().is_some_and(is_command),
                _ => true,
            };
            assert!(marked, "{}:{} has commands in a block that isn't `sh`", document.display(), block.line);
        }
    }
}

/// What would change the machine that the tests run on.
const NEVER: [&str; 7] = ["/etc/", "/usr/", "/var/", "/mnt/", "apt ", "systemctl ", "sudo "];

/// Does what a document says, from its first line to its last.
fn follow(document: &Path) -> Result<(), String> {
    let path = root().join(document);
    let mut text = fs::read_to_string(&path).unwrap();
    let all = blocks(&text);
    if !all.iter().any(|block| matches!(block.kind, Kind::Run(_) | Kind::Asks)) {
        return Ok(());
    }
    let scratch = Scratch::new(&root());
    let mut said = String::new();
    let mut renewed = Vec::new();
    for block in &all {
        let place = format!("{}:{}", document.display(), block.line);
        match &block.kind {
            Kind::Before => {
                let ended = scratch.run(&block.text, "");
                if ended.status != 0 {
                    return Err(format!("{place}: {}\n{}", ended.status, ended.said));
                }
                said = ended.said;
            }
            Kind::Run(status) => {
                let one = block.text.lines().filter(|line| !line.starts_with(' ')).count() == 1;
                if *status != 0 && !one {
                    return Err(format!("{place}: only a command alone can end with status {status}"));
                }
                if let Some(never) = NEVER.iter().find(|never| block.text.contains(**never)) {
                    return Err(format!(
                        "{place}: no test may run what has `{never}` in it; mark it as no-run"
                    ));
                }
                let ended = scratch.run(&block.text, &block.typed);
                if ended.status != *status {
                    return Err(format!(
                        "{place} ends with {}, not {status}:\n{}\n{}",
                        ended.status, block.text, ended.said
                    ));
                }
                said = ended.said;
            }
            Kind::Asks => {
                for line in block.text.lines() {
                    let ended = scratch.run(line, "");
                    if ended.status != 1 || ended.said.starts_with("redflag: ") {
                        return Err(format!(
                            "{place} asks nothing ({}): {line}\n{}",
                            ended.status, ended.said
                        ));
                    }
                }
            }
            Kind::File(name) => scratch.write(name, &block.text),
            Kind::Append(name) => {
                scratch.append(name, &block.text).map_err(|why| format!("{place}: {why}"))?
            }
            Kind::Edit(name) => scratch.edit(name, &block.text).map_err(|why| format!("{place}: {why}"))?,
            Kind::Output => {
                if !fits(&said, &block.text) {
                    if std::env::var_os("UPDATE").is_some()
                        && !block.text.lines().any(|line| line.trim() == "...")
                    {
                        renewed.push((block, said.clone()));
                    } else {
                        return Err(format!("{place} shows\n{}\nand what comes is\n{said}", block.text));
                    }
                }
            }
            Kind::NotRun(_) | Kind::Shown => {}
        }
    }
    for (block, said) in renewed.into_iter().rev() {
        text.replace_range(block.bytes.clone(), &format!("{}\n", said.trim_end()));
        fs::write(&path, &text).unwrap();
    }
    Ok(())
}
