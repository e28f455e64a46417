//! The words that are commands.

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
}

/// Each with its word and what it does.
pub const COMMANDS: [(Command, &str, &str); 8] = [
    (Command::Back, "back", "go back to the question before"),
    (Command::Review, "review", "your answers so far, to look at or change"),
    (Command::Why, "why", "why the question is asked, and what that rests on"),
    (Command::Repeat, "repeat", "the same once more"),
    (Command::Keep, "keep", "leave an answer that you gave before as it is"),
    (Command::Remove, "remove", "take back an answer that may be left out"),
    (Command::Help, "help", "this list"),
    (Command::Quit, "quit", "leave; you are asked once more"),
];

impl Command {
    pub fn of(typed: &str) -> Option<Command> {
        let is_meant = |word: &str| typed.trim().eq_ignore_ascii_case(word);
        let found = COMMANDS.iter().find(|(_, word, _)| is_meant(word));
        found.map(|(command, ..)| *command)
    }
}

/// What follows `word` in a line such as `change 4`.
pub fn after<'t>(word: &str, typed: &'t str) -> Option<&'t str> {
    let (first, rest) = typed.trim().split_once(char::is_whitespace).unwrap_or((typed.trim(), ""));
    first.eq_ignore_ascii_case(word).then(|| rest.trim())
}
