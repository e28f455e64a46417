//! What the authors' commands say, in one place.

#[cfg(feature = "store")]
mod clinic;
mod tables;

use std::collections::BTreeMap;

use crate::evaluation::WrongBy;
use crate::questionnaire::count;
use crate::text::clean_line;

#[cfg(feature = "store")]
pub use clinic::*;
pub use tables::*;

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
    format!("there is no command `{}`, and so no page of it", clean_line(command))
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
pub const PICTURE_NEEDS_A_FILE: &str = "the picture would only be markup on this screen; write it to a file with \
                                        --output graph.svg and open that in a browser, or say --output - to \
                                        have it here";

/// `redflag graph --output mine.png`
pub fn no_such_picture(ending: &str) -> String {
    format!(
        "pictures are written as .svg, .mmd or .dot, not as .{ending}; write an .svg, which a browser shows and prints"
    )
}

pub fn would_be_overwritten(file: &str) -> String {
    format!("{file} is the questionnaire itself, which a picture must not replace; choose another --output")
}

/// `--report note.pdf`
pub fn no_such_report(ending: &str) -> String {
    format!(
        "summaries are written as .txt, .md, .html or .json, not as .{ending}; a browser prints an .html or makes a \
         PDF of it, and --format says what to write whatever the file is called"
    )
}

/// `--report` and `--keep` on a file that is there.
pub fn would_replace(file: &str) -> String {
    format!(
        "{file} is there already, and it was left as it is; choose another name, give a folder to have the file \
         named by date and time, or add --replace"
    )
}

/// `redflag new`: nothing is written over.
pub fn is_there_already(file: &str) -> String {
    format!("{file} is there already, and it was left as it is; choose another name")
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
        "{file} would be a translation of {questionnaire}, which is not there, or not into a language; write that \
         first, or choose a name without a point in it"
    )
}

pub fn is_no_yaml(file: &str) -> String {
    format!("{file}: questionnaires are .yaml files; choose another name")
}

pub fn is_built_in(id: &str) -> String {
    format!(
        "`{id}` is the name of a built-in questionnaire, which would still be meant by it; choose another name, as in \
         `redflag new my-{id}.yaml --from {id}`"
    )
}

pub fn translates_what_is_beside(file: &str, questionnaire: &str) -> String {
    format!("{file} translates {questionnaire}; leave out --from")
}

pub fn is_its_own_language(questionnaire: &str, language: &str) -> String {
    format!("{questionnaire} is written in `{language}` itself; name the file after another language")
}

pub fn cannot_be_copied(name: &str) -> String {
    format!(
        "{name} can't be copied, since its `id` is not on a line of its own; copy the file and change that by hand"
    )
}

/// The first line of a copy.
pub fn made_from(id: &str, version: &str) -> String {
    format!(
        "# A copy of {id} {version}, made by `redflag new --from`. Give it a title and a version of its own.\n"
    )
}

/// After `redflag new mine.es.yaml`.
pub fn how_to_translate(file: &str, argument: &str, questionnaire: &str, language: &str) -> String {
    format!(
        "Wrote {file}, all texts of {questionnaire} in their order, none of them translated. Next:\n\
         \n  1. Write the translation of each text between its quotes.\n\
         \n  2. See what is missing, at every save:\n\
         \n       redflag check --watch {argument}\n\
         \n  3. Try it:\n\
         \n       redflag {questionnaire} --language {language}\n"
    )
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

pub fn not_watched(file: &str) -> String {
    format!("{file} is not a file that can be saved again; --watch needs one")
}

/// In place of what a check says.
pub fn not_there(file: &str) -> String {
    format!("{file} is not there; it is checked as soon as it is\n")
}

/// Before a questionnaire is asked.
pub fn right_to_left(language: &str) -> String {
    format!(
        "texts in `{language}` are written from right to left and shown from left to right; terminals differ, \
         so it is not promised that they can be read\n"
    )
}

/// The program lacks words of its own in a language.
pub fn is_not_spoken(language: &str) -> String {
    format!("the program's own words are not there in `{}`: they are shown in English", clean_line(language))
}

/// What it means that a language is not spoken.
pub const NOT_SPOKEN_MEANS: &str = "people will read \"I'm not sure\", the headings and what each key does in English, \
                                    around texts in this language";

/// Of a translation, for whoever set up this place.
pub fn is_not_used(file: &str) -> String {
    format!("{file} has mistakes and is not used; `redflag check {file}` tells them\n")
}

/// A language of the site file that the questionnaire doesn't have.
pub fn site_language_missing(tag: &str, offered: &str) -> String {
    format!(
        "the site file offers `{tag}`, in which this questionnaire is not there; it is offered in {offered}\n"
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
    let (with, test) = match scenarios {
        Some(scenarios) => {
            (format!(", and scenarios of it in {scenarios}"), format!("redflag test {argument}"))
        }
        None => (String::new(), format!("redflag check {argument}")),
    };
    format!(
        "Wrote {file}, a questionnaire that works{with}. Next:\n\
         \n  1. Open it in your editor and change it. For help while you type, put the schema beside it:\n\
         \n       redflag schema > redflag.schema.json\n\
         \n  2. Let every save be checked, in a second window:\n\
         \n       redflag check --watch {argument}\n\
         \n  3. Try it, and see whether people get the level that they must:\n\
         \n       redflag {argument}\
         \n       {test}\n\
         \nThe schema names everything that can be in the file; docs/author/format.md, which comes with redflag, explains it.\n"
    )
}

/// `redflag simulate` without a population.
pub fn no_populations(name: &str) -> String {
    format!(
        "{name} has no populations: they would be files in a folder `populations` beside it; docs/author/simulation.md says how to write one"
    )
}

pub const SHEETS_OF_ONE_POPULATION: &str = "--sheets writes the people of one population; name one";

pub fn would_replace_input(file: &str) -> String {
    format!("{file} is one of the files that are read, and would be replaced; choose another")
}

/// Before "has mistakes".
pub const ONE_OF_THE_POPULATIONS: &str = "one of the populations";

pub fn nothing_varies(title: &str) -> String {
    format!("\n{title}: no figure has a floor or a ceiling, so nothing varies\n")
}

pub fn not_written_yet(file: &str) -> String {
    format!("{file} was not written")
}

/// `redflag evaluate --by`.
pub fn wrong_by(wrong: &WrongBy) -> String {
    match wrong {
        WrongBy::NoQuestion(id) => format!("--by: there is no question `{id}`"),
        WrongBy::NeedsCuts(id) => {
            format!("--by {id}: `{id}` is a number; say where a group begins, as in `--by {id}:18,40,60`")
        }
        WrongBy::TakesNoCuts(id) => {
            format!("--by {id}: only a number has places to cut; leave out what follows `:`")
        }
        WrongBy::NotRising(id) => {
            format!(
                "--by {id}: the numbers behind `:` must rise, with commas between them, as in `--by {id}:18,40,60`"
            )
        }
        WrongBy::NoGroups(id) => format!("--by {id}: answers to `{id}` are texts, which make no groups"),
    }
}

pub fn truth_is_question(column: &str) -> String {
    format!("`{column}` is a question of the questionnaire; what came of a person needs a name of its own")
}

pub fn truth_is_no_word(column: &str) -> String {
    format!("`{column}` must be a word or a number")
}

pub fn right_is_no_pair(written: &str) -> String {
    format!(
        "--right {written}: write what came of the person, `=` and the level that was right, as in `--right x=emergency`"
    )
}

pub fn no_level(level: &str, levels: &str) -> String {
    format!("--right: there is no level `{level}`; the levels are {levels}")
}

/// What stands in the column and is no level, with how many sheets say it.
pub fn unknown_outcomes(column: &str, unknown: &BTreeMap<String, u64>, levels: &str) -> String {
    const SHOWN: usize = 8;
    let said = unknown
        .iter()
        .take(SHOWN)
        .map(|(outcome, sheets)| format!("`{outcome}` ({})", count(*sheets as usize, "sheet")));
    let mut said = said.collect::<Vec<_>>().join(", ");
    if unknown.len() > SHOWN {
        said += &format!(" and {} more", unknown.len() - SHOWN);
    }
    let first = unknown.keys().next().map_or("", String::as_str);
    format!(
        "`{column}` has what is no level: {said}. Say which level each needs, as in `--right '{first}=LEVEL'`; \
         `--right '*=LEVEL'` is for all others. The levels are {levels}"
    )
}

pub fn nobody_with_truth(column: &str) -> String {
    format!("no sheet says in `{column}` what was right")
}

pub const OTHER_LEVELS: &str =
    "--against: the levels of that version are others, so that nobody can be compared";

/// While people are drawn.
pub fn progress(done: u64, all: u64, name: &str) -> String {
    const WIDTH: u64 = 30;
    let all = all.max(1);
    let full = (done.min(all) as f64 / all as f64 * WIDTH as f64) as usize;
    let bar = "#".repeat(full) + &".".repeat(WIDTH as usize - full);
    // One line of a narrow window.
    let name: String = name.chars().rev().take(30).collect::<Vec<_>>().into_iter().rev().collect();
    format!("[{bar}] {:3} %  {name}", done.min(all).saturating_mul(100) / all)
}

/// One line for the limits of a population.
pub fn limits_tried(what: &str, limits: usize, broken: usize) -> String {
    let limits = if limits == 1 { "1 limit".to_owned() } else { format!("{limits} limits") };
    format!("test {what} ({limits}) ... {}\n", if broken == 0 { "ok" } else { "FAILED" })
}

/// `1 scenario`
pub fn scenarios(count: usize) -> String {
    if count == 1 { "1 scenario".to_owned() } else { format!("{count} scenarios") }
}

/// After a check: how the scenarios beside a questionnaire stand.
pub fn scenarios_checked(file: &str, all: usize, failed: usize) -> String {
    match (all, failed) {
        (1, 0) => format!("{file}: 1 scenario holds\n"),
        (all, 0) => format!("{file}: {all} scenarios hold\n"),
        (all, 1) => format!("{file}: 1 of {} does not hold\n", scenarios(all)),
        (all, failed) => format!("{file}: {failed} of {} do not hold\n", scenarios(all)),
    }
}

/// `redflag test` without a file.
pub const TEST_NEEDS_A_FILE: &str =
    "give the file of a questionnaire, such as mine.yaml; its scenarios stand beside it";

pub fn built_in_without_scenarios(name: &str) -> String {
    format!(
        "the program holds the questionnaire `{name}` without its scenarios: give the file that it was made from, such as questionnaires/{name}.yaml, with {name}.tests.yaml beside it"
    )
}

pub fn no_scenarios(file: &str, wanted: &str) -> String {
    format!("{file} has no scenarios: they would stand in {wanted}")
}

/// One line for a scenario, as `cargo test` has it.
pub fn tried(name: &str, holds: bool) -> String {
    format!("test {name} ... {}\n", if holds { "ok" } else { "FAILED" })
}

/// `redflag test --only` with words that no scenario has in its name.
pub fn only_nothing(only: &str, names: &[String]) -> String {
    const SHOWN: usize = 12;
    let shown: Vec<String> =
        names.iter().take(SHOWN).map(|name| format!("\n  {}", clean_line(name))).collect();
    let more =
        if names.len() > SHOWN { format!("\nand {} more", names.len() - SHOWN) } else { String::new() };
    format!("no scenario has `{}` in its name; there are:{}{more}", clean_line(only), shown.concat())
}

pub const FAILURES: &str = "failures:\n";

pub fn test_result(passed: usize, failed: usize, left_out: usize) -> String {
    let verdict = if failed == 0 { "ok" } else { "FAILED" };
    format!("test result: {verdict}. {passed} passed; {failed} failed; {left_out} left out\n")
}

pub const COVERED: &str = "covered by what passed:\n";

/// How much of one kind of thing some scenario comes across.
pub fn covered(what: &str, covered: usize, all: usize, percent: usize) -> String {
    format!("  {what:<9} {covered} of {all} ({percent} %)\n")
}

pub fn not_covered(what: &str) -> String {
    format!("{what} not covered:\n")
}

pub const MUTANTS_NEED_SCENARIOS_THAT_HOLD: &str = "small changes are tried when all scenarios hold\n";

pub fn mutants_tried(file: &str, count: usize) -> String {
    format!("{file}: {count} small changes tried\n")
}

pub const NOTICED: &str = "noticed by a scenario";
pub const UNNOTICED: &str = "unnoticed, and they give somebody another level";
pub const UNDECIDED: &str = "not decided in the given time";
pub const ONLY_TOLD: &str = "proved to change no level, but what else is told";
pub const ONLY_UNFINISHED: &str = "proved to change only what is said of an unfinished check";
pub const NOTHING_CHANGED: &str = "proved to change nothing for anybody";

/// What else a change tells otherwise: the first few.
pub fn changes(what: &[&str], more: bool) -> String {
    format!(" (changes {}{})", what.join(", "), if more { " and more" } else { "" })
}

/// `redflag site`
pub const SITE_FILES: &str = "Site files; where several set the same, the last one counts:\n";

pub fn site_file(path: &str, is_there: bool) -> String {
    format!("  {path}{}\n", if is_there { "" } else { " (not there)" })
}

pub const UNSET_THEME: &str = "as NO_COLOR and COLORFGBG say";
pub const KIOSK_SET: &str = "set";
pub const UNSET_KIOSK: &str = "as usual";

pub fn all_languages(tags: &[&str]) -> String {
    format!("all: {}", tags.join(", "))
}

/// One setting; `from` is the file that it is in.
pub fn site_setting(key: &str, value: Option<&str>, unset: &str, from: Option<&str>) -> String {
    match (value, from) {
        (Some(value), Some(from)) => format!("{key}: {value}   ({from})\n"),
        (Some(value), None) => format!("{key}: {value}\n"),
        (None, _) => format!("{key}: not set: {unset}\n"),
    }
}

pub fn contacts_of(questionnaire: &str, from: Option<&str>) -> String {
    match from {
        Some(from) => format!("\nContacts of {questionnaire} ({from}):\n"),
        None => format!("\nContacts of {questionnaire}, none of them set:\n"),
    }
}

pub fn contact_set(id: &str, wide: usize, words: &str, has_hours: bool) -> String {
    let hours = if has_hours { ", with opening hours" } else { "" };
    format!("  {id:<wide$}  {words}{hours}\n")
}

pub fn contact_unset(id: &str, wide: usize, own: &str) -> String {
    format!("  {id:<wide$}  not set; people read \"{own}\"\n")
}

/// `redflag kiosk person` by hand.
pub const STARTED_BY_KIOSK: &str = "`redflag kiosk` starts this itself, for each person; start that instead";

pub fn no_such_kiosk_language(wanted: &str, known: &[&str]) -> String {
    format!("the site file offers the language `{wanted}` at the kiosk; there are {}", known.join(", "))
}

/// `redflag kiosk pin`
pub const NEW_PIN: &str = "New PIN, 4 to 8 digits: ";
pub const PIN_AGAIN: &str = "The same again: ";
pub const NOT_A_PIN: &str = "a PIN has 4 to 8 digits and nothing else, since it is typed on a number pad";
pub const PINS_DIFFER: &str = "the two differ; nothing was made";
pub const WHERE_PIN_GOES: &str = "Put this line below `kiosk:` in the site file.";

/// `redflag kiosk --check`
pub fn kiosk_checked(missing: usize) -> String {
    match missing {
        0 => "nothing is missing".to_owned(),
        1 => "1 thing is missing".to_owned(),
        _ => format!("{missing} things are missing"),
    }
}
