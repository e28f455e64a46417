//! What the authors' commands say, in one place.

#[cfg(feature = "store")]
mod clinic;
mod people;
mod place;
mod tables;
mod trying;

use crate::questionnaire::count;
use crate::text::clean_line;

#[cfg(feature = "store")]
pub use clinic::*;
pub use people::*;
pub use place::*;
pub use tables::*;
pub use trying::*;

/// A word that is neither a command nor a questionnaire. `right`: the line that was probably meant.
pub fn no_command(word: &str, meant: Option<&str>, right: Option<&str>, commands: &str) -> String {
    let word = clean_line(word);
    let rest = match (meant, right) {
        (Some(meant), Some(right)) => format!("; did you mean `{meant}`?\n  {right}"),
        (Some(meant), None) => {
            format!("; did you mean `{meant}`?\n`redflag {meant} --help` shows how to use it")
        }
        (None, _) => format!("\ncommands: {commands}"),
    };
    format!("there is no command `{word}`{rest}")
}

/// A command of a feature that the program can be built without.
pub fn built_without(command: &str, feature: &str) -> String {
    format!(
        "this redflag was built without `redflag {command}`; to have it, build with:\n  cargo build --release \
         --features {feature}"
    )
}

/// `redflag guide`: the names of its pages, and what each is about.
pub fn guide<'p>(pages: impl Iterator<Item = (&'p str, &'p str)>) -> String {
    let rows = pages.map(|(name, about)| format!("  {name:<11} {about}\n"));
    format!("Pages of the guide; `redflag guide PAGE` prints one:\n{}", rows.collect::<String>())
}

/// `redflag guide` with a name that no page has.
pub fn no_guide(name: &str, names: &[&str]) -> String {
    format!("the guide has no page `{}`; its pages are {}", clean_line(name), names.join(", "))
}

/// Standard input is a keyboard.
pub fn from_keyboard(what: &str, instead: &str) -> String {
    format!("reading {what} from the keyboard; press Ctrl-D on an empty line to end, or {instead}")
}

/// What is read from the keyboard.
pub const JSON_SHEETS: &str = "answers as JSON, one object on each line, such as {\"QUESTION\": \"ANSWER\"},";
pub const CSV_SHEETS: &str = "answers as CSV, with the names of the columns in the first line,";
pub const A_CHECK: &str = "a saved check or answers as JSON";
pub const A_RESOURCE: &str = "a FHIR resource as JSON";

/// Options before a command.
pub fn command_comes_first(command: &str, right: Option<&str>) -> String {
    let rest = match right {
        Some(right) => format!(":\n  {right}"),
        None => format!("; `redflag {command} --help` shows which options it has"),
    };
    format!("the command comes first, its options after it{rest}")
}

/// `redflag man`
pub fn no_page_of(command: &str) -> String {
    format!("there is no command `{}`, so there is no page about it", clean_line(command))
}

/// An option at the wrong command.
pub fn option_of(option: &str, owners: &str) -> String {
    format!("`--{option}` is an option of {owners}")
}

/// Two questionnaires to ask.
pub fn one_at_a_time(one: &str, other: &str) -> String {
    let (one, other) = (clean_line(one), clean_line(other));
    format!("only one questionnaire can be asked at a time, and both `{one}` and `{other}` were given")
}

/// After what is said of a questionnaire that isn't there, which may have been meant as a command.
pub fn no_command_either(word: &str, meant: &str) -> String {
    format!("there is no command `{}`; did you mean `{meant}`?", clean_line(word))
}

/// `redflag graph` on a terminal.
pub const PICTURE_NEEDS_A_FILE: &str = "the picture would only be markup on this screen; write it to a file with --output graph.svg and open that in a browser, or use --output - to print it here";

/// `redflag graph --output mine.png`
pub fn no_such_picture(ending: &str) -> String {
    format!(
        "pictures are written as .svg, .mmd or .dot, not as .{ending}; write an .svg, which a browser shows and prints"
    )
}

pub fn would_be_overwritten(file: &str) -> String {
    format!("{file} is the questionnaire itself, and a picture must not replace it; choose another --output")
}

/// `--report note.pdf`
pub fn no_such_report(ending: &str) -> String {
    format!(
        "summaries are written as .txt, .md, .html or .json, not as .{ending}; a browser can print an .html or save it as PDF. With --format, the file can have any name"
    )
}

/// `--keep` on a file that is there.
pub fn would_replace_kept(file: &str) -> String {
    format!(
        "{file} already exists, and was left as it is; choose another name, add --replace, or continue the check in it with --go-on {file}"
    )
}

/// `--report` on a file that is there.
pub fn would_replace(file: &str) -> String {
    format!(
        "{file} already exists, and was left as it is; choose another name, give a folder (the file is then named after date and time), or add --replace"
    )
}

/// `redflag new`: nothing is written over.
pub fn is_there_already(file: &str) -> String {
    format!("{file} already exists, and was left as it is; choose another name")
}

/// `redflag new` alone.
pub fn new_needs_a_file(built_in: &str) -> String {
    format!(
        "say where to write it, as in `redflag new mine.yaml`, or what to copy, as in `redflag new --from {built_in}`"
    )
}

pub fn is_name_of_scenarios(file: &str, questionnaire: &str) -> String {
    format!(
        "{file} is the name of the scenarios of {questionnaire}; `redflag new {questionnaire}` writes both, or choose \
         another name"
    )
}

pub fn is_name_of_translation(file: &str, questionnaire: &str) -> String {
    format!(
        "{file} would be a translation of {questionnaire}, which doesn't exist, or the language is unknown; write that questionnaire first, or choose a name without a dot in it"
    )
}

pub fn is_no_yaml(file: &str) -> String {
    format!("{file}: questionnaires are .yaml files; choose another name")
}

pub fn is_built_in(id: &str) -> String {
    format!(
        "`{id}` is the name of a built-in questionnaire, and that name would still mean the built-in one; choose another name, as in \
         `redflag new my-{id}.yaml --from {id}`"
    )
}

pub fn translates_what_is_beside(file: &str, questionnaire: &str) -> String {
    format!("{file} translates {questionnaire}; leave out --from")
}

pub fn is_its_own_language(questionnaire: &str, language: &str) -> String {
    format!("{questionnaire} is written in `{language}` itself; give the file the code of another language")
}

pub fn cannot_be_copied(name: &str) -> String {
    format!(
        "{name} can't be copied, because its `id` is not on its own line; copy the file and change the id by hand"
    )
}

/// The first line of a copy.
pub fn made_from(id: &str, version: &str) -> String {
    format!("# A copy of {id} {version}, made by `redflag new --from`. Give it its own title and version.\n")
}

/// After `redflag new mine.es.yaml`.
pub fn how_to_translate(file: &str, argument: &str, questionnaire: &str, language: &str) -> String {
    format!(
        "Wrote {file}, with all texts of {questionnaire} in order, to be translated. Next:\n\
         \n  1. Write the translation of each text between its quotes.\n\
         \n  2. See what is missing whenever you save:\n\
         \n       redflag check --watch {argument}\n\
         \n  3. Try it:\n\
         \n       redflag {questionnaire} --language {language}\n"
    )
}

/// After an outline of the program's own words was written.
pub fn how_to_say_it(file: &str, argument: &str, language: &str) -> String {
    format!(
        "Wrote {file}, with everything that redflag itself says, to be translated into `{language}`. Next:\n\
         \n  1. Write the translation of each text between its quotes. What is left empty is shown in English.\n\
         \n  2. See what is missing, and what doesn't fit:\n\
         \n       redflag check {argument}\n\
         \n  3. Put the file beside the questionnaires in this language, or beside the site file to use it for all of them.\n"
    )
}

/// A name for an outline of the program's own words that would not be found again.
pub fn is_no_name_of_words(file: &str, language: &str) -> String {
    format!("{file}: the words for `{language}` must be in a file called words.{language}.yaml")
}

/// A language that the program speaks without a file.
pub fn speaks_it_already(language: &str) -> String {
    format!("the program speaks `{}` already; its own words are built in", clean_line(language))
}

/// Not a language at all.
pub fn is_no_language(language: &str) -> String {
    format!(
        "`{}` is not a language code: use two or three letters, with a country after a hyphen if needed, such as fr or pt-BR",
        clean_line(language)
    )
}

pub fn not_written(file: &str, why: &str) -> String {
    format!("{file} was not written: {why}")
}

/// `redflag check --watch` without a file.
pub const WATCH_NEEDS_A_FILE: &str = "--watch needs the files to watch, such as ./mine.yaml";

pub const WATCH_TELLS_IN_TEXT: &str = "--watch prints text; leave out --format json";

pub fn never_changes(name: &str) -> String {
    format!(
        "`{name}` is built into the program and never changes; --watch needs a file, such as ./{name}.yaml"
    )
}

pub fn not_watched(file: &str) -> String {
    format!("{file} is not a regular file, and --watch needs one")
}

/// In place of what a check says.
pub fn not_there(file: &str) -> String {
    format!("{file} doesn't exist; it is checked as soon as it does\n")
}

/// Before a questionnaire is asked.
pub fn right_to_left(language: &str) -> String {
    format!(
        "texts in `{language}` are written from right to left but shown from left to right; depending on the terminal, they may be unreadable\n"
    )
}

/// The program lacks words of its own in a language.
pub fn is_not_spoken(language: &str) -> String {
    format!(
        "the program's own words are not available in `{}`, so they are shown in English",
        clean_line(language)
    )
}

/// What it means that a language is not spoken, and what helps.
pub fn not_spoken_means(language: &str) -> String {
    format!(
        "`redflag new --words {}` writes a file of them to translate. Without it, people see \"I'm not sure\", headings and keys in English around these texts",
        clean_line(language)
    )
}

/// Of a translation, for whoever set up this place.
pub fn is_not_used(file: &str) -> String {
    format!("{file} has errors and is not used; `redflag check {file}` shows them\n")
}

/// A language of the site file that the questionnaire doesn't have.
pub fn site_language_missing(tag: &str, offered: &str) -> String {
    format!(
        "the site file offers `{tag}`, but this questionnaire is not available in it; it is offered in {offered}\n"
    )
}

/// How a file stands, in a word or two.
pub fn verdict(errors: usize, warnings: usize) -> String {
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
pub fn what_to_do_next(file: &str, scenarios: Option<&str>, argument: &str) -> String {
    let (with, try_it) = match scenarios {
        Some(scenarios) => (
            format!(", and scenarios for it in {scenarios}"),
            format!(
                "Try it, and see whether people get the right level:\n\n       redflag {argument}\n       redflag test {argument}"
            ),
        ),
        None => (String::new(), format!("Try it:\n\n       redflag {argument}")),
    };
    format!(
        "Wrote {file}, a questionnaire that works{with}. Next:\n\
         \n  1. Open it in your editor and change it. For help while you type, put the schema beside it:\n\
         \n       redflag schema > redflag.schema.json\n\
         \n  2. In a second window, have it checked whenever you save:\n\
         \n       redflag check --watch {argument}\n\
         \n  3. {try_it}\n\
         \n`redflag guide format` explains everything that can be in the file, and `redflag guide first` is a lesson.\n"
    )
}
