//! Command lines that are read as something else than was meant: a misspelt command, options before the command.

use std::ffi::OsString;
use std::path::Path;

use clap::error::{ContextKind, ContextValue, ErrorKind};
use clap::{CommandFactory, Parser};

use super::args::Args;
use super::{quoting, words};
use crate::library::{Choice, builtin};
use crate::questionnaire::yaml::names;

/// What other programs call a command of this one.
const CALLED_ELSEWHERE: [(&str, &str); 17] = [
    ("lint", "check"),
    ("validate", "check"),
    ("verify", "check"),
    ("prove", "check"),
    ("init", "new"),
    ("create", "new"),
    ("compare", "diff"),
    ("draw", "graph"),
    ("plot", "graph"),
    ("judge", "assess"),
    ("score", "assess"),
    ("triage", "assess"),
    ("print", "slip"),
    ("config", "site"),
    ("settings", "site"),
    ("manual", "man"),
    ("completion", "completions"),
];

/// Features that the program can be built without, and the commands that are then missing.
const OF_FEATURES: [(&str, bool, &[&str]); 2] = [
    ("store", cfg!(feature = "store"), &["board", "export", "intake", "purge", "stats", "store"]),
    ("push", cfg!(feature = "push"), &["fhir push"]),
];

/// What to say of arguments that could not be read, where clap would blame the wrong word.
pub fn told(arguments: &[OsString]) -> Option<String> {
    let arguments: Vec<String> =
        arguments.iter().skip(1).map(|argument| argument.to_string_lossy().into_owned()).collect();
    let words = words_among(&arguments);
    let first = *words.first()?;
    if is_command(&arguments[first]) && first == 0 {
        let word = words.get(1).map(|&at| &arguments[at])?;
        if let Some(told) = left_out(&format!("{} {word}", arguments[first])) {
            return Some(told);
        }
        let is_wrong = arguments[first] == "help" && !is_command(word);
        return is_wrong.then(|| no_command(&arguments, words[1]));
    }
    let named: Vec<usize> = words.iter().copied().filter(|&at| is_command(&arguments[at])).collect();
    if let Some(&some) = named.first() {
        let at_front = |at: usize| {
            let mut moved = arguments.clone();
            moved[..=at].rotate_right(1);
            moved
        };
        let right = named.into_iter().map(at_front).find(|moved| is_read(moved));
        return Some(words::command_comes_first(
            &arguments[some],
            right.map(|moved| quoting::line(&moved)).as_deref(),
        ));
    }
    // Behind an option that nobody has, a word may be its value; clap then names that option.
    let is_apart = |at: &usize| !at.checked_sub(1).is_some_and(|before| is_unknown(&arguments[before]));
    let word = &arguments[first];
    if !is_questionnaire(word) {
        return is_apart(&first).then(|| no_command(&arguments, first));
    }
    let second = words.get(1).filter(|at| is_apart(at)).map(|&at| arguments[at].as_str())?;
    Some(words::one_at_a_time(word, second))
}

/// What to say of the word at `at`, which is no command.
fn no_command(arguments: &[String], at: usize) -> String {
    if let Some(told) = left_out(&arguments[at]) {
        return told;
    }
    let meant = meant(&arguments[at]);
    let right = meant.as_ref().and_then(|command| {
        let mut right = arguments.to_vec();
        right[at].clone_from(command);
        if right[0] != "help" {
            right[..=at].rotate_right(1);
        }
        (right[0] == "help" || is_read(&right)).then(|| quoting::line(&right))
    });
    words::no_command(&arguments[at], meant.as_deref(), right.as_deref(), &commands().join(", "))
}

/// What to say of a command that this program was built without.
pub fn left_out(command: &str) -> Option<String> {
    let mut missing = OF_FEATURES.iter().filter(|(_, is_built, _)| !is_built);
    let (feature, ..) = missing.find(|(_, _, commands)| commands.contains(&command))?;
    Some(words::built_without(command, feature))
}

/// The command that was probably meant by a word that is none.
pub fn meant(word: &str) -> Option<String> {
    let known = CALLED_ELSEWHERE.iter().find(|(elsewhere, _)| word == *elsewhere);
    let known = known.map(|(_, here)| (*here).to_owned());
    known.or_else(|| names::nearest(word, commands().iter().map(String::as_str)).map(str::to_owned))
}

/// Takes out of clap's message the advice to pass an option as a value, which nobody means. Instead it says where an
/// option belongs.
pub fn improve(error: &mut clap::Error) {
    let tips = match error.remove(ContextKind::Suggested) {
        Some(ContextValue::StyledStrs(tips)) => tips,
        _ => Vec::new(),
    };
    let mut kept: Vec<_> = tips.into_iter().filter(|tip| !tip.to_string().starts_with("to pass")).collect();
    if kept.is_empty()
        // Of two options that exclude each other, each is where it belongs.
        && error.kind() == ErrorKind::UnknownArgument
        && let Some(ContextValue::String(option)) = error.get(ContextKind::InvalidArg)
        && let Some(owners) = owners(option)
    {
        kept.push(owners.into());
    }
    if !kept.is_empty() {
        error.insert(ContextKind::Suggested, ContextValue::StyledStrs(kept));
    }
}

/// The commands that have an option, in a sentence.
fn owners(option: &str) -> Option<String> {
    let all = Args::command();
    let long = option.strip_prefix("--")?.split('=').next()?;
    let has =
        |command: &clap::Command| command.get_arguments().any(|argument| argument.get_long() == Some(long));
    let own = has(&all).then(|| "`redflag`".to_owned());
    let others = all.get_subcommands().filter(|command| has(command));
    let owners: Vec<String> =
        own.into_iter().chain(others.map(|command| format!("`redflag {}`", command.get_name()))).collect();
    (!owners.is_empty()).then(|| words::option_of(long, &owners.join(", ")))
}

fn commands() -> Vec<String> {
    let all = Args::command();
    let shown = all.get_subcommands().filter(|command| !command.is_hide_set());
    shown.map(|command| command.get_name().to_owned()).collect()
}

fn is_command(word: &str) -> bool {
    Args::command().get_subcommands().any(|command| command.get_name() == word) || word == "help"
}

/// Whether it can be a questionnaire: a built-in one, something that is there, or a path.
fn is_questionnaire(word: &str) -> bool {
    builtin::find(word).is_some() || Choice::is_path(word) || Path::new(word).exists()
}

/// Whether clap takes these arguments.
fn is_read(arguments: &[String]) -> bool {
    Args::try_parse_from([&["redflag".to_owned()], arguments].concat()).is_ok()
}

/// Where the arguments are that are neither options nor their values.
fn words_among(arguments: &[String]) -> Vec<usize> {
    let (mut words, mut is_value) = (Vec::new(), false);
    for (at, argument) in arguments.iter().enumerate() {
        if argument == "--" {
            words.extend(at + 1..arguments.len());
            break;
        }
        if std::mem::take(&mut is_value) {
            continue;
        }
        match argument.strip_prefix('-').filter(|rest| !rest.is_empty()) {
            Some(option) => is_value = !argument.contains('=') && takes_value(option.trim_start_matches('-')),
            None => words.push(at),
        }
    }
    words
}

/// Whether an option takes the next argument for its value, by the first command that has it.
fn takes_value(option: &str) -> bool {
    find(option).is_some_and(|argument| argument.get_action().takes_values())
}

/// Whether this is an option that no command has.
fn is_unknown(argument: &str) -> bool {
    let option =
        argument.strip_prefix("--").or(argument.strip_prefix('-')).filter(|option| !option.is_empty());
    let name = option.map(|option| option.split('=').next().unwrap_or(option));
    name.is_some_and(|name| !["help", "h", "version", "V"].contains(&name) && find(name).is_none())
}

/// An option by its name, of the first command that has it.
fn find(option: &str) -> Option<clap::Arg> {
    let all = Args::command();
    let arguments = all.get_arguments().chain(all.get_subcommands().flat_map(clap::Command::get_arguments));
    let is_it = |argument: &&clap::Arg| {
        argument.get_long() == Some(option)
            || argument.get_short().is_some_and(|short| option == short.to_string())
    };
    arguments.into_iter().find(is_it).cloned()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_command_is_there_or_is_said_to_be_left_out() {
        for (feature, is_built, commands) in OF_FEATURES {
            for command in commands {
                let words: Vec<OsString> =
                    format!("redflag {command}").split(' ').map(OsString::from).collect();
                let mut all = Args::command();
                let of: Option<&clap::Command> = command
                    .split(' ')
                    .try_fold(&mut all, |of, name| of.find_subcommand_mut(name))
                    .map(|command| &*command);
                assert_eq!(of.is_some(), is_built, "{command}");
                let is_told = told(&words).is_some_and(|told| told.contains(feature));
                assert_eq!(is_told, !is_built, "{command}");
            }
        }
    }
}
