//! `redflag complete-word`: what can come next on a command line. The scripts of `redflag completions` ask it while
//! somebody types, so whatever the command line takes is offered in every shell.

use std::io::{self, Write};
use std::path::Path;

use anyhow::Result;
use clap::{Arg, ArgAction, Command, CommandFactory, ValueHint};

use super::args::{Args, CompleteArgs};
use super::manual::shown;
use super::{Exit, guide};
use crate::library::{Choice, Opened, builtin};
use crate::table::Column;

/// What can come next. A script shows the files itself, since each shell has its way with them.
#[derive(Debug, Default, PartialEq, Eq)]
struct Offer {
    /// Each with what it means, which may be nothing.
    words: Vec<(String, String)>,
    files: bool,
}

pub fn run(args: &CompleteArgs) -> Result<Exit> {
    let mut all = Args::command();
    all.build();
    let before: Vec<String> = args.before.iter().map(|word| word.to_string_lossy().into_owned()).collect();
    let offer = next(&all, &before, &args.word);
    let mut out = io::stdout().lock();
    for (word, help) in &offer.words {
        writeln!(out, "{word}\t{}", help.lines().next().unwrap_or_default())?;
    }
    if offer.files {
        // No word: the shell's own files.
        writeln!(out, "\tfiles")?;
    }
    out.flush()?;
    Ok(Exit::Done)
}

/// What was said before the word, as far as it matters for what comes next.
struct Said<'a> {
    command: &'a Command,
    /// Words that are neither commands nor options nor their values.
    words: Vec<&'a str>,
    /// The option whose value comes next.
    option: Option<&'a Arg>,
    has_options: bool,
    /// After `--`, everything is a word.
    only_words: bool,
}

impl<'a> Said<'a> {
    fn of(all: &'a Command, before: &'a [String]) -> Said<'a> {
        let mut said =
            Said { command: all, words: Vec::new(), option: None, has_options: false, only_words: false };
        for word in before {
            said.take(word);
        }
        said
    }

    fn take(&mut self, word: &'a str) {
        // bash splits `--format=json` into three words.
        if self.option.is_some() && word == "=" {
            return;
        }
        if self.option.take().is_some() {
            return;
        }
        if !self.only_words && word == "--" {
            self.only_words = true;
            return;
        }
        if !self.only_words && word.len() > 1 && word.starts_with('-') {
            self.has_options = true;
            self.option =
                option(self.command, word).filter(|option| !word.contains('=') && takes_one(option));
            return;
        }
        match self.command.find_subcommand(word).filter(|_| self.takes_command()) {
            Some(command) => {
                self.command = command;
                self.has_options = false;
            }
            None => self.words.push(word),
        }
    }

    fn takes_command(&self) -> bool {
        let is_free = !(self.has_options && self.command.is_args_conflicts_with_subcommands_set());
        self.words.is_empty() && !self.only_words && is_free
    }

    /// The argument without a name that comes next.
    fn positional(&self) -> Option<&'a Arg> {
        let mut positionals = self.command.get_positionals();
        let last = self.command.get_positionals().last().filter(|arg| is_repeated(arg));
        positionals.nth(self.words.len()).or(last)
    }

    /// The questionnaire that the command line names, or else all that are built in.
    fn questionnaires(&self) -> Vec<Choice> {
        let mut named = self.words.iter().take(1);
        let named = named.find(|name| builtin::find(name).is_some() || Path::new(name).is_file());
        match named.and_then(|name| Choice::of(name).ok()) {
            Some(choice) => vec![choice],
            None => builtin::ALL.iter().map(Choice::Builtin).collect(),
        }
    }
}

fn takes_one(arg: &Arg) -> bool {
    arg.get_num_args().is_some_and(|count| count.min_values() > 0)
}

fn is_repeated(arg: &Arg) -> bool {
    matches!(arg.get_action(), ArgAction::Append)
        || arg.get_num_args().is_some_and(|count| count.max_values() > 1)
}

/// The option that a word such as `--format`, `--format=json` or `-o` names.
fn option<'a>(command: &'a Command, word: &str) -> Option<&'a Arg> {
    let name = word.split('=').next().unwrap_or(word);
    command.get_arguments().find(|arg| match name.strip_prefix("--") {
        Some(long) => arg.get_long() == Some(long),
        None => arg.get_short().is_some_and(|short| name.strip_prefix('-') == Some(&*short.to_string())),
    })
}

fn next(all: &Command, before: &[String], word: &str) -> Offer {
    let said = Said::of(all, before);
    if let Some(option) = said.option {
        return with_prefix(values(option, &said, all), option, word);
    }
    if !said.only_words && word.starts_with('-') {
        return match word.split_once('=') {
            Some((name, value)) => match option(said.command, name) {
                Some(option) => {
                    let mut offer = with_prefix(values(option, &said, all), option, value);
                    offer.words.iter_mut().for_each(|(word, _)| *word = format!("{name}={word}"));
                    offer
                }
                None => Offer::default(),
            },
            None => begins(Offer { words: options(said.command), files: false }, word),
        };
    }
    let mut offer = Offer::default();
    if said.takes_command() {
        let help = all.find_subcommand("help").filter(|_| said.command.get_name() == all.get_name());
        offer.words.extend(shown(said.command).chain(help).map(of_command));
    }
    if let Some(positional) = said.positional() {
        let Offer { words, files } = with_prefix(values(positional, &said, all), positional, word);
        // Among the commands, files would only be in the way until something is typed.
        offer.files = files && (offer.words.is_empty() || !word.is_empty());
        offer.words.extend(words);
    }
    let offer = begins(offer, word);
    match offer == Offer::default() && word.is_empty() {
        true => Offer { words: options(said.command), files: false },
        false => offer,
    }
}

fn begins(mut offer: Offer, word: &str) -> Offer {
    offer.words.retain(|(offered, _)| offered.starts_with(word));
    offer
}

/// The values that go on from what was typed, behind the last comma where an argument takes several.
fn with_prefix(offer: Offer, arg: &Arg, typed: &str) -> Offer {
    let comma = arg.get_value_delimiter().and_then(|delimiter| typed.rfind(delimiter));
    let (before, last) = typed.split_at(comma.map_or(0, |at| at + 1));
    let mut offer = begins(offer, last);
    offer.words.iter_mut().for_each(|(word, _)| word.insert_str(0, before));
    offer
}

fn of_command(command: &Command) -> (String, String) {
    (command.get_name().to_owned(), command.get_about().map(ToString::to_string).unwrap_or_default())
}

fn options(command: &Command) -> Vec<(String, String)> {
    let shown = command.get_arguments().filter(|arg| !arg.is_hide_set());
    let named = shown.filter_map(|arg| Some((format!("--{}", arg.get_long()?), arg)));
    named.map(|(name, arg)| (name, arg.get_help().map(ToString::to_string).unwrap_or_default())).collect()
}

/// What an argument takes: what clap knows, or else what its name in the help promises.
fn values(arg: &Arg, said: &Said, all: &Command) -> Offer {
    let fixed = arg.get_possible_values();
    if !fixed.is_empty() {
        let shown = fixed.iter().filter(|value| !value.is_hide_set());
        let words = shown.map(|value| {
            (value.get_name().to_owned(), value.get_help().map(ToString::to_string).unwrap_or_default())
        });
        return Offer { words: words.collect(), files: false };
    }
    let names = || builtin::ALL.iter().map(|builtin| builtin.name.to_owned());
    let name = arg.get_value_names().and_then(|names| names.first()).map_or("", |name| name.as_str());
    let (words, files): (Vec<String>, bool) = match name {
        "QUESTIONNAIRE" | "OLD" | "NEW" => (names().collect(), true),
        "ID" => (names().collect(), false),
        "POPULATION" => {
            let inside = builtin::ALL.iter().filter(|builtin| said.words.first() == Some(&builtin.name));
            (
                inside.flat_map(|builtin| builtin.populations).map(|(name, _)| (*name).to_owned()).collect(),
                true,
            )
        }
        "LANGUAGE" => (languages(said), false),
        "QUESTION[:CUTS]" => (questions(said), false),
        "NAMES" => (Column::ALL.map(|column| column.name().to_owned()).into(), false),
        "PAGE" => {
            let pages = guide::PAGES.iter().map(|page| (page.name.to_owned(), page.about.to_owned()));
            return Offer { words: pages.collect(), files: false };
        }
        "COMMAND" => {
            let within = said.words.iter().try_fold(all, |command, name| command.find_subcommand(name));
            return Offer {
                words: within.into_iter().flat_map(shown).map(of_command).collect(),
                files: false,
            };
        }
        "STORE" | "PLACE" | "FILE" => (Vec::new(), true),
        _ => (Vec::new(), arg.get_value_hint() == ValueHint::AnyPath),
    };
    Offer { words: words.into_iter().map(|word| (word, String::new())).collect(), files }
}

fn languages(said: &Said) -> Vec<String> {
    let opened: Vec<Opened> =
        said.questionnaires().iter().filter_map(|choice| Opened::of(choice).ok()).collect();
    sorted(opened.iter().flat_map(|opened| opened.languages.tags()).map(str::to_owned))
}

fn questions(said: &Said) -> Vec<String> {
    let choices = said.questionnaires();
    let questionnaires = choices.iter().filter_map(|choice| choice.questionnaire().ok());
    sorted(questionnaires.flat_map(|questionnaire| questionnaire.questions).map(|question| question.id))
}

fn sorted(words: impl Iterator<Item = String>) -> Vec<String> {
    let mut words: Vec<String> = words.collect();
    words.sort_unstable();
    words.dedup();
    words
}

#[cfg(test)]
mod tests {
    use super::*;

    /// What arguments take that nobody but the person who types can know.
    const FREE: [&str; 17] = [
        "COLUMN",
        "COLUMNS",
        "COUNT",
        "DAY",
        "DAYS",
        "DIGITS",
        "NAME",
        "NUMBER",
        "OUTCOME=LEVEL",
        "REFERENCE",
        "SECONDS",
        "SYSTEM",
        "TEXT",
        "TICKET",
        "URL",
        "WORDS",
        "SHELL",
    ];

    #[test]
    fn every_argument_is_offered_what_it_takes() {
        let mut all = Args::command();
        all.build();
        let mut commands: Vec<(Vec<String>, &Command)> = vec![(Vec::new(), &all)];
        let (mut fixed, mut named) = (0, 0);
        while let Some((before, command)) = commands.pop() {
            for arg in command.get_arguments().filter(|arg| arg.get_action().takes_values()) {
                assert!(arg.get_help().is_some(), "{before:?} {}: what does it mean?", arg.get_id());
                let mut line = before.clone();
                line.extend(arg.get_long().map(|long| format!("--{long}")));
                let values = arg.get_possible_values();
                let offer = match arg.is_positional() {
                    true => values_of(arg, &line, &all),
                    false => next(&all, &line, ""),
                };
                let name = arg.get_value_names().map_or("", |names| names[0].as_str());
                if !values.is_empty() {
                    let words: Vec<&str> = offer.words.iter().map(|(word, _)| word.as_str()).collect();
                    let values: Vec<&str> = values.iter().map(|value| value.get_name()).collect();
                    assert_eq!((words, offer.files), (values, false), "{line:?}");
                    fixed += 1;
                } else if !FREE.contains(&name) {
                    assert!(!offer.words.is_empty() || offer.files, "{line:?} {name}: what does it take?");
                    named += 1;
                }
            }
            commands.extend(shown(command).map(|inside| {
                let path = before.iter().cloned().chain([inside.get_name().to_owned()]);
                (path.collect(), inside)
            }));
        }
        assert!(fixed > 30 && named > 60, "{fixed} {named}");
    }

    fn values_of(arg: &Arg, before: &[String], all: &Command) -> Offer {
        values(arg, &Said::of(all, before), all)
    }

    #[test]
    fn words_before_say_what_comes_next() {
        let mut all = Args::command();
        all.build();
        let offered = |line: &str| {
            let (before, word) = line.rsplit_once(' ').expect("words");
            let before: Vec<String> = before.split(' ').map(str::to_owned).collect();
            let offer = next(&all, &before, word);
            let words: Vec<String> = offer.words.into_iter().map(|(word, _)| word).collect();
            words.join(" ") + if offer.files { " FILES" } else { "" }
        };
        assert_eq!(offered("graph --format="), "--format=svg --format=mermaid --format=dot");
        assert_eq!(offered("graph --format = m"), "mermaid");
        assert_eq!(offered("graph -o "), " FILES");
        let names: Vec<&str> = builtin::ALL.iter().map(|builtin| builtin.name).collect();
        assert_eq!(offered("diff "), format!("{} FILES", names.join(" ")));
        assert_eq!(offered("diff one two "), "--format --budget --help");
        assert_eq!(offered("assess --columns level,ru"), "level,rules");
        assert_eq!(offered("check -- --wi"), " FILES");
        assert_eq!(offered("man store user "), "add remove list");
        assert_eq!(offered("store user add --no-such-option --role ki"), "kiosk");
    }
}
