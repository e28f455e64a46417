//! What is said of people: simulated ones, and those whose right result is known.

use std::collections::BTreeMap;

use crate::evaluation::WrongBy;
use crate::population::number;
use crate::questionnaire::count;

pub fn people(count: u64) -> String {
    if count == 1 { "1 person".to_owned() } else { format!("{} people", number(count)) }
}

/// `redflag simulate` without a population.
pub fn no_populations(name: &str) -> String {
    format!(
        "{name} has no populations: they would be in the folder `populations` beside it; `redflag guide simulation` says how to write one"
    )
}

pub const SHEETS_OF_ONE_POPULATION: &str = "--sheets writes the people of one population; choose one";

pub fn would_replace_input(file: &str) -> String {
    format!("{file} is one of the input files, and would be replaced; choose another")
}

/// Before "has mistakes".
pub const ONE_OF_THE_POPULATIONS: &str = "one of the populations";

pub fn nothing_varies(title: &str) -> String {
    format!("\n{title}: no figure has a floor or a ceiling, so nothing can vary\n")
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
            format!("--by {id}: only a number can be cut into groups; leave out what follows `:`")
        }
        WrongBy::NotRising(id) => {
            format!(
                "--by {id}: the numbers after `:` must increase, with commas between them, as in `--by {id}:18,40,60`"
            )
        }
        WrongBy::NoGroups(id) => format!("--by {id}: answers to `{id}` are texts, and can't be grouped"),
    }
}

pub fn truth_is_question(column: &str) -> String {
    format!("`{column}` is a question of the questionnaire; the outcome needs another name")
}

pub fn truth_is_no_word(column: &str) -> String {
    format!("`{column}` must be a word or a number")
}

pub fn right_is_no_pair(written: &str) -> String {
    format!("--right {written}: write the outcome, `=` and the right level, as in `--right x=emergency`")
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
        "`{column}` has values that are not levels: {said}. Say which level each one means, as in `--right '{first}=LEVEL'`; \
         `--right '*=LEVEL'` is for all others. The levels are {levels}"
    )
}

pub fn nobody_with_truth(column: &str) -> String {
    format!("no sheet has an outcome in `{column}`")
}

pub const OTHER_LEVELS: &str = "--against: that version has different levels, so nobody can be compared";

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
