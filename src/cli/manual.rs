//! `redflag man`: a manual page for each command, made from its help.

use std::fs;
use std::io::{self, Write};
use std::path::Path;

use anyhow::{Context, Result};
use clap::CommandFactory;
use clap_mangen::Man;
use clap_mangen::roff::{Roff, bold, roman};

use super::args::{Args, ManArgs, VERSION};
use super::{Exit, WrongUsage, files, words};
use crate::text::clean_line;

/// How the program ends.
pub const EXIT_STATUSES: [(&str, &str); 8] = [
    ("0", "done"),
    (
        "1",
        "errors were found, a scenario failed, a limit of a population is broken, a new version is less urgent for \
         some people, an answer sheet could not be judged, a file could not be written, or the questions were left \
         unfinished or their input ended",
    ),
    (
        "2",
        "the command line is wrong, something that it names doesn't exist or can't be read, or a file would be overwritten",
    ),
    ("129", "the terminal was closed (SIGHUP)"),
    ("130", "left with Ctrl-C"),
    ("131", "ended by SIGQUIT"),
    ("134", "ended by SIGABRT"),
    ("143", "ended by SIGTERM"),
];

pub const FILES: [(&str, &str); 4] = [
    ("/etc/redflag/site.yaml", "phone numbers, languages and colours for all users of the machine"),
    ("$XDG_CONFIG_DIRS/redflag/site.yaml", "also for all users (/etc/xdg if the variable is not set)"),
    (
        "~/.config/redflag/site.yaml",
        "for one user; it overrides the files above, and the file of --site overrides all",
    ),
    (
        "NAME.yaml, NAME.LANGUAGE.yaml, NAME.tests.yaml, populations/",
        "a questionnaire, its translations, its scenarios and its populations",
    ),
];

pub const ENVIRONMENT: [(&str, &str); 8] = [
    ("LC_ALL, LC_MESSAGES, LANG", "the language to ask in: the first of these that is set"),
    ("ACCESSIBLE", "set to anything: ask line by line, for a screen reader"),
    ("TERM", "what the terminal can show; `dumb`: ask line by line"),
    ("NO_COLOR", "set to anything: no colours"),
    ("COLORTERM, COLORFGBG", "how many colours there are, and whether the background is dark"),
    ("XDG_CONFIG_HOME, XDG_CONFIG_DIRS", "the folders of site files"),
    ("TZ", "the time zone of dates and opening hours"),
    ("HOME", "what `~` means in the name of a file to save"),
];

/// Prints one page, or writes all into a folder.
pub fn run(args: &ManArgs) -> Result<Exit> {
    let mut all = Args::command();
    all.build();
    if let Some(folder) = &args.to {
        return write_all(&all, folder);
    }
    let mut command = &all;
    for name in &args.command {
        let Some(found) = command.find_subcommand(name) else {
            return Err(WrongUsage(words::no_page_of(name)).into());
        };
        command = found;
    }
    let page = page(command)?;
    let mut out = io::stdout().lock();
    // Written here and not by clap, which panics when nobody reads.
    out.write_all(&page)?;
    out.flush()?;
    Ok(Exit::Done)
}

fn write_all(all: &clap::Command, folder: &Path) -> Result<Exit> {
    fs::create_dir_all(folder).with_context(|| clean_line(&folder.to_string_lossy()))?;
    let mut commands = vec![all];
    while let Some(command) = commands.pop() {
        let name = command.get_display_name().unwrap_or(command.get_name());
        let page = String::from_utf8_lossy(&page(command)?).into_owned();
        files::write_picture(&folder.join(format!("{name}.1")), &page)?;
        commands.extend(shown(command));
    }
    Ok(Exit::Done)
}

/// The commands of a command that have a page.
pub fn shown(command: &clap::Command) -> impl Iterator<Item = &clap::Command> {
    command.get_subcommands().filter(|command| !command.is_hide_set() && command.get_name() != "help")
}

fn page(command: &clap::Command) -> io::Result<Vec<u8>> {
    let man = Man::new(command.clone().version(VERSION)).source(format!("redflag {VERSION}"));
    let mut page = Vec::new();
    man.render_title(&mut page)?;
    man.render_name_section(&mut page)?;
    synopsis(command).to_writer(&mut page)?;
    man.render_description_section(&mut page)?;
    man.render_options_section(&mut page)?;
    let name =
        |command: &clap::Command| format!("{}(1)", command.get_display_name().unwrap_or(command.get_name()));
    let commands: Vec<(String, String)> = shown(command)
        .map(|command| (name(command), command.get_about().map(ToString::to_string).unwrap_or_default()))
        .collect();
    let mut roff = Roff::new();
    if !commands.is_empty() {
        section(&mut roff, "COMMANDS", commands.iter().map(|(name, about)| (name.as_str(), about.as_str())));
    }
    let help = command.get_after_help().map(ToString::to_string).unwrap_or_default();
    examples(&mut roff, &help);
    section(&mut roff, "FILES", FILES.into_iter());
    section(&mut roff, "ENVIRONMENT", ENVIRONMENT.into_iter());
    section(&mut roff, "EXIT STATUS", EXIT_STATUSES.into_iter());
    if command.get_name() != "redflag" {
        Roff::control(&mut roff, "SH", ["SEE ALSO"]);
        roff.text([bold("redflag"), roman("(1)")]);
    }
    roff.to_writer(&mut page)?;
    man.render_version_section(&mut page)?;
    Ok(page)
}

/// How it is used, with the values that options take.
fn synopsis(command: &clap::Command) -> Roff {
    let usage = command.clone().render_usage().to_string();
    let mut roff = Roff::new();
    Roff::control(&mut roff, "SH", ["SYNOPSIS"]);
    for (number, line) in usage.trim_start_matches("Usage:").lines().map(str::trim).enumerate() {
        if number > 0 {
            Roff::control(&mut roff, "br", []);
        }
        roff.text([roman(line)]);
    }
    roff
}

fn section<'a>(roff: &mut Roff, heading: &str, entries: impl Iterator<Item = (&'a str, &'a str)>) {
    Roff::control(roff, "SH", [heading]);
    for (what, words) in entries {
        Roff::control(roff, "TP", []);
        roff.text([bold(what)]);
        roff.text([roman(words)]);
    }
}

/// The examples below the help, and what else is said there.
fn examples(roff: &mut Roff, help: &str) {
    Roff::control(roff, "SH", ["EXAMPLES"]);
    for line in help.lines().filter(|line| *line != "Examples:" && !line.is_empty()) {
        match line.strip_prefix("  ") {
            Some(remark) if remark.starts_with(' ') => {
                roff.text([roman(remark.trim_start())]);
            }
            Some(command) => {
                Roff::control(roff, "TP", []);
                roff.text([bold(command)]);
            }
            None => {
                Roff::control(roff, "PP", []);
                roff.text([roman(line)]);
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_command_has_a_page_with_every_section() {
        let mut all = Args::command();
        all.build();
        let mut commands = vec![&all];
        let mut pages = 0;
        while let Some(command) = commands.pop() {
            let page = String::from_utf8(page(command).unwrap()).unwrap();
            let name = command.get_display_name().unwrap_or("redflag").to_owned();
            for heading in ["NAME", "SYNOPSIS", "EXAMPLES", "FILES", "ENVIRONMENT", "\"EXIT STATUS\""] {
                assert!(page.contains(&format!(".SH {heading}\n")), "{name}: {heading}\n{page}");
            }
            pages += 1;
            commands.extend(shown(command));
        }
        assert!(pages > 15, "{pages}");
    }
}
