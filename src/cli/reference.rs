//! docs/reference/commands.md: every command and option, made from the command line itself. Only for tests.

use std::fmt::Write as _;

use clap::{Arg, ArgAction, Command, CommandFactory};

use super::args::Args;
use super::manual::{ENVIRONMENT, EXIT_STATUSES, FILES, shown};
use crate::library::builtin;

const FILE: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/docs/reference/commands.md");

/// What is in the file above the first command.
const INTRODUCTION: &str = "\
# Commands

<!-- Made from src/cli/args; `UPDATE=1 cargo test --lib reference` writes it. -->

`redflag` without a command asks a questionnaire. `redflag COMMAND --help` prints the part of this page that belongs to a \
command, and `redflag man COMMAND` its manual page.

A name without a path or a file extension means a questionnaire that is built into the program. \
Anything with a path or an extension is opened as a file.

";

#[test]
fn the_page_of_commands_is_what_the_command_line_is() {
    let mut all = Args::command();
    all.build();
    let mut page = INTRODUCTION.to_owned();
    contents(&mut page, &all);
    command(&mut page, &all);
    table(&mut page, "Files", ["file", "holds"], &FILES);
    table(&mut page, "Environment", ["variable", "does"], &ENVIRONMENT);
    table(&mut page, "Exit status", ["status", "means"], &EXIT_STATUSES);
    let page = format!("{}\n", page.trim_end());
    if std::env::var_os("UPDATE").is_some() {
        std::fs::write(FILE, page).unwrap();
    } else {
        let there = std::fs::read_to_string(FILE).unwrap_or_default();
        assert!(there == page, "commands.md is old; `UPDATE=1 cargo test --lib reference` writes it");
    }
}

#[test]
fn every_command_that_a_document_names_is_understood() {
    let mut folders = vec![std::path::PathBuf::from(concat!(env!("CARGO_MANIFEST_DIR"), "/docs"))];
    let mut documents = vec![concat!(env!("CARGO_MANIFEST_DIR"), "/README.md").into()];
    while let Some(folder) = folders.pop() {
        for entry in std::fs::read_dir(folder).unwrap() {
            let path = entry.unwrap().path();
            match path.extension() {
                _ if path.is_dir() => folders.push(path),
                Some(extension) if extension == "md" => documents.push(path),
                _ => {}
            }
        }
    }
    let mut looked_at = 0;
    for document in documents {
        let text = std::fs::read_to_string(&document).unwrap();
        // In a sentence, and in the blocks of commands, those that no test can run among them.
        let mut in_commands = false;
        for line in text.lines() {
            if line.trim_start().starts_with("```") {
                in_commands = line.trim_start().starts_with("```sh");
            }
            let spans: Vec<&str> =
                if in_commands { vec![line.trim()] } else { line.split('`').skip(1).step_by(2).collect() };
            for words in spans.into_iter().filter(|span| span.starts_with("redflag ")) {
                if let Err(why) = understood(words) {
                    panic!("{}: `{words}`: {why}", document.display());
                }
                looked_at += 1;
            }
        }
    }
    assert!(looked_at > 100, "only {looked_at} commands were found");
}

/// Whether a command line has a command and options that exist. A sentence may leave out what else it needs.
fn understood(line: &str) -> Result<(), clap::Error> {
    use clap::error::ErrorKind::{
        DisplayHelp, DisplayHelpOnMissingArgumentOrSubcommand, DisplayVersion, MissingRequiredArgument,
    };
    let unfinished =
        [DisplayHelp, DisplayHelpOnMissingArgumentOrSubcommand, DisplayVersion, MissingRequiredArgument];
    let ends = [">", ">>", "<", "|", "#", "&&", "\\", ";"];
    let words = line.split_whitespace().take_while(|word| !ends.contains(word));
    // A text in quotes is one word.
    let mut quoted = false;
    let mut one = Vec::<String>::new();
    for word in words {
        let inside = quoted;
        quoted ^= word.matches(['\'', '"']).count() % 2 == 1;
        match one.last_mut().filter(|_| inside) {
            Some(last) => last.push_str(word),
            None => one.push(word.trim_matches(['\'', '"']).to_owned()),
        }
    }
    let all = Args::command();
    if let Some(name) =
        one.get(1).filter(|word| word.bytes().all(|byte| byte.is_ascii_lowercase() || byte == b'-'))
    {
        let known = name.starts_with('-')
            || builtin::ALL.iter().any(|built_in| built_in.name == *name)
            || all.get_subcommands().any(|command| command.get_name() == *name);
        if !known {
            return Err(clap::Error::raw(
                clap::error::ErrorKind::InvalidSubcommand,
                "there is no such command",
            ));
        }
    }
    match all.try_get_matches_from(&one) {
        Err(why) if unfinished.contains(&why.kind()) => Ok(()),
        other => other.map(|_| ()),
    }
}

fn contents(page: &mut String, all: &Command) {
    let _ = writeln!(page, "| command | does |\n|---|---|");
    for command in shown(all) {
        let (name, about) = (command.get_name(), about(command));
        let _ = writeln!(page, "| [`{name}`](#redflag-{name}) | {about} |");
    }
    let _ =
        writeln!(page, "| | [files](#files), [environment](#environment), [exit status](#exit-status) |\n");
}

fn command(page: &mut String, command: &Command) {
    let name = command.get_bin_name().unwrap_or("redflag");
    let depth = "#".repeat(1 + name.split(' ').count().min(2));
    let usage = command.clone().render_usage().to_string();
    let usage = usage.trim_start_matches("Usage:").lines().map(str::trim).collect::<Vec<_>>().join("\n");
    let _ = writeln!(page, "{depth} {name}\n\n{}.\n\n```text\n{usage}\n```\n", about(command));
    let options: Vec<&Arg> =
        command.get_arguments().filter(|arg| !arg.is_hide_set() && !standard(arg)).collect();
    if !options.is_empty() {
        let _ = writeln!(page, "| argument | |\n|---|---|");
        for arg in options {
            let _ = writeln!(page, "| {} | {} |", called(arg), explained(arg));
        }
        page.push('\n');
    }
    let help = command.get_after_help().map(ToString::to_string).unwrap_or_default();
    if !help.is_empty() {
        let _ = writeln!(page, "```text\n{help}\n```\n");
    }
    shown(command).for_each(|sub| self::command(page, sub));
}

/// `--help` and `--version`.
fn standard(arg: &Arg) -> bool {
    matches!(
        arg.get_action(),
        ArgAction::Help | ArgAction::HelpShort | ArgAction::HelpLong | ArgAction::Version
    )
}

fn about(command: &Command) -> String {
    command.get_about().map(ToString::to_string).unwrap_or_default().trim_end_matches('.').to_owned()
}

fn called(arg: &Arg) -> String {
    let values = arg.get_value_names().unwrap_or_default();
    let value = values.iter().map(ToString::to_string).collect::<Vec<_>>().join(" ");
    let takes = matches!(arg.get_action(), ArgAction::Set | ArgAction::Append);
    match (arg.get_long(), arg.get_short()) {
        (Some(long), short) => {
            let short = short.map(|short| format!(", `-{short}`")).unwrap_or_default();
            let value = if takes { format!(" {value}") } else { String::new() };
            format!("`--{long}{value}`{short}")
        }
        (None, _) => format!("`{value}`"),
    }
}

fn explained(arg: &Arg) -> String {
    let mut words = arg.get_help().map(ToString::to_string).unwrap_or_default();
    let takes = matches!(arg.get_action(), ArgAction::Set | ArgAction::Append);
    let defaults: Vec<String> =
        arg.get_default_values().iter().map(|value| value.to_string_lossy().into_owned()).collect();
    if takes && !defaults.is_empty() {
        let _ = write!(words, " [default: {}]", defaults.join(" "));
    }
    let possible: Vec<String> = arg
        .get_possible_values()
        .iter()
        .filter(|value| !value.is_hide_set())
        .map(|value| format!("`{}`", value.get_name()))
        .collect();
    if takes && !possible.is_empty() {
        let _ = write!(words, " [values: {}]", possible.join(", "));
    }
    words.trim().replace('|', "\\|")
}

fn table(page: &mut String, heading: &str, columns: [&str; 2], rows: &[(&str, &str)]) {
    let _ = writeln!(page, "## {heading}\n\n| {} | {} |\n|---|---|", columns[0], columns[1]);
    for (what, words) in rows {
        let _ = writeln!(page, "| `{what}` | {words} |");
    }
    page.push('\n');
}
