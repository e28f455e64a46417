//! Arguments as a shell takes them.

use crate::text::clean_line;

/// One argument as a shell takes it for one, with nothing harmful in it.
pub fn word(argument: &str) -> String {
    let is_plain = |c: char| c.is_alphanumeric() || "._-+,/@%:=".contains(c);
    if !argument.is_empty() && argument.chars().all(is_plain) {
        return argument.to_owned();
    }
    clean_line(&format!("'{}'", argument.replace('\'', "'\\''")))
}

/// A whole command line of this program.
pub fn line(arguments: &[String]) -> String {
    let words = arguments.iter().map(|argument| word(argument));
    ["redflag".to_owned()].into_iter().chain(words).collect::<Vec<_>>().join(" ")
}
