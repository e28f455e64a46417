//! What the authors' commands say, in one place.

/// `redflag new`: nothing is written over.
pub fn is_there_already(file: &str) -> String {
    format!("{file} is there already, and it was left as it is; choose another name")
}

pub fn not_written(file: &str, why: &str) -> String {
    format!("{file} was not written: {why}")
}

/// `redflag check --watch` without a file.
pub const WATCH_NEEDS_A_FILE: &str = "--watch needs the files to look at, such as ./mine.yaml";

pub const WATCH_TELLS_IN_TEXT: &str = "--watch tells in text; leave out --format json";

pub fn never_changes(name: &str) -> String {
    format!("`{name}` is inside the program and never changes; --watch needs a file, such as ./{name}.yaml")
}

/// In place of what a check says.
pub fn not_there(file: &str) -> String {
    format!("{file} is not there; it is checked as soon as it is\n")
}

/// How a file stands, in a word or two.
pub fn verdict(errors: usize, warnings: usize) -> String {
    let count = |number: usize, what: &str| match number {
        1 => format!("1 {what}"),
        _ => format!("{number} {what}s"),
    };
    match (errors, warnings) {
        (0, 0) => "all well".to_owned(),
        (0, warnings) => format!("all proved, {}", count(warnings, "warning")),
        (errors, 0) => count(errors, "error"),
        (errors, warnings) => format!("{}, {}", count(errors, "error"), count(warnings, "warning")),
    }
}

pub const VERDICT_NOT_THERE: &str = "not there";
pub const VERDICT_NOT_READ: &str = "can't be read";

/// The last line while nothing happens.
pub const WAITING: &str = "Waiting for a save. Ctrl-C ends.";

/// Between one check and the next where the screen isn't cleared.
pub const SEPARATOR: &str = "----------------------------------------";

/// After `redflag new`. `argument` is the file as one types it in a command.
pub fn what_to_do_next(file: &str, argument: &str) -> String {
    format!(
        "Wrote {file}, a small questionnaire that works. Next:\n\
         \n  1. Open it in your editor and change it. For help while you type, put the schema beside it:\n\
         \n       redflag schema > redflag.schema.json\n\
         \n  2. Let every save be checked, in a second window:\n\
         \n       redflag check --watch {argument}\n\
         \n  3. Try it:\n\
         \n       redflag {argument}\n\
         \ndocs/format.md describes all that can stand in the file.\n"
    )
}
