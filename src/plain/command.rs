//! The words that are commands: those of the person's language, and the English ones everywhere.

use crate::text::folded;
use crate::words::{Commands, Language};

/// A line that is nothing but a command, wherever the person is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Command {
    Back,
    Review,
    Why,
    Repeat,
    Keep,
    Remove,
    Help,
    Quit,
    Language,
    /// Only for clinicians.
    Finish,
}

impl Command {
    pub const ALL: [Command; 10] = [
        Command::Back,
        Command::Review,
        Command::Why,
        Command::Repeat,
        Command::Keep,
        Command::Remove,
        Command::Help,
        Command::Quit,
        Command::Language,
        Command::Finish,
    ];

    pub fn of(typed: &str, own: &Commands) -> Option<Command> {
        let typed = folded(typed);
        let typed = typed.trim_matches(['¿', '?']);
        let is_meant = |command: &Command, own: &Commands| {
            folded(command.words(own).0) == typed || command.also(own).contains(&typed)
        };
        Command::ALL.into_iter().find(|command| {
            is_meant(command, own)
                || is_meant(command, english())
                // Whoever can't read this language has to come out of it.
                || *command == Command::Language
                    && Language::ALL.iter().any(|other| is_meant(command, &other.words().plain.commands))
        })
    }

    /// Other words for it.
    fn also(self, own: &Commands) -> &'static [&'static str] {
        match self {
            Command::Back => own.also_back,
            Command::Why => own.also_why,
            _ => &[],
        }
    }

    /// Its word, and what it does.
    pub fn words(self, own: &Commands) -> (&'static str, &'static str) {
        match self {
            Command::Back => own.back,
            Command::Review => own.review,
            Command::Why => own.why,
            Command::Repeat => own.repeat,
            Command::Keep => own.keep,
            Command::Remove => own.remove,
            Command::Help => own.help,
            Command::Quit => own.quit,
            Command::Language => own.language,
            Command::Finish => own.finish,
        }
    }
}

/// Is this the line? Spoken input ends with a full stop.
pub fn is(line: &str, own: &Commands, word: fn(&Commands) -> &'static str) -> bool {
    let typed = folded(line);
    let typed = typed.trim_end_matches('.');
    [own, english()].into_iter().any(|commands| folded(word(commands)) == typed)
}

/// What follows a word in a line such as `change 4`.
pub fn after<'t>(typed: &'t str, own: &Commands, word: fn(&Commands) -> &'static str) -> Option<&'t str> {
    let (first, rest) = typed.trim().split_once(char::is_whitespace).unwrap_or((typed.trim(), ""));
    is(first, own, word).then(|| rest.trim())
}

fn english() -> &'static Commands {
    &Language::English.words().plain.commands
}
