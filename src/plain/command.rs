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

    pub fn of(typed: &str, words: &Commands) -> Option<Command> {
        let typed = folded(typed);
        let typed = typed.trim_matches(['¿', '?']);
        let is_meant = |command: &Command, words: &Commands| {
            folded(command.words(words).0) == typed || command.also(words).contains(&typed)
        };
        Command::ALL.into_iter().find(|command| {
            is_meant(command, words)
                || is_meant(command, english())
                // Whoever can't read this language has to come out of it.
                || *command == Command::Language
                    && Language::ALL.iter().any(|other| is_meant(command, &other.words().plain.commands))
        })
    }

    /// Other words for it.
    fn also(self, words: &Commands) -> &'static [&'static str] {
        match self {
            Command::Back => words.also_back,
            Command::Why => words.also_why,
            _ => &[],
        }
    }

    /// Its word, and what it does.
    pub fn words(self, words: &Commands) -> (&'static str, &'static str) {
        match self {
            Command::Back => words.back,
            Command::Review => words.review,
            Command::Why => words.why,
            Command::Repeat => words.repeat,
            Command::Keep => words.keep,
            Command::Remove => words.remove,
            Command::Help => words.help,
            Command::Quit => words.quit,
            Command::Language => words.language,
            Command::Finish => words.finish,
        }
    }
}

/// Is this the line? Spoken input ends with a full stop.
pub fn is(line: &str, words: &Commands, word: fn(&Commands) -> &'static str) -> bool {
    let typed = folded(line);
    let typed = typed.trim_end_matches('.');
    [words, english()].into_iter().any(|commands| folded(word(commands)) == typed)
}

/// What follows a word in a line such as `change 4`.
pub fn after<'t>(typed: &'t str, words: &Commands, word: fn(&Commands) -> &'static str) -> Option<&'t str> {
    let (first, rest) = typed.trim().split_once(char::is_whitespace).unwrap_or((typed.trim(), ""));
    is(first, words, word).then(|| rest.trim())
}

fn english() -> &'static Commands {
    &Language::English.words().plain.commands
}
