//! What is said of scenarios, and of small changes that none of them notices.

use crate::text::clean_line;

/// `1 scenario`
pub fn scenarios(count: usize) -> String {
    if count == 1 { "1 scenario".to_owned() } else { format!("{count} scenarios") }
}

/// After a check: how the scenarios beside a questionnaire stand.
pub fn scenarios_checked(file: &str, all: usize, failed: usize) -> String {
    match (all, failed) {
        (1, 0) => format!("{file}: 1 scenario passes\n"),
        (all, 0) => format!("{file}: {all} scenarios pass\n"),
        (all, 1) => format!("{file}: 1 of {} fails\n", scenarios(all)),
        (all, failed) => format!("{file}: {failed} of {} fail\n", scenarios(all)),
    }
}

/// `redflag test` without a file.
pub const TEST_NEEDS_A_FILE: &str =
    "give the file of a questionnaire, such as mine.yaml; its scenarios are in a file beside it";

pub fn built_in_without_scenarios(name: &str) -> String {
    format!(
        "the program contains the questionnaire `{name}` without its scenarios: give its source file, such as questionnaires/{name}.yaml, with {name}.tests.yaml beside it"
    )
}

pub fn no_scenarios(file: &str, wanted: &str) -> String {
    format!("{file} has no scenarios: they would be in {wanted}")
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

pub const MUTANTS_NEED_SCENARIOS_THAT_HOLD: &str = "small changes are only tried once all scenarios pass\n";

pub fn mutants_tried(file: &str, count: usize) -> String {
    format!("{file}: {count} small changes tried\n")
}

pub const NOTICED: &str = "noticed by a scenario";
pub const UNNOTICED: &str = "unnoticed, and they give some people another level";
pub const UNDECIDED: &str = "not decided within the time limit";
pub const ONLY_TOLD: &str = "proved to change no level, only what else is shown";
pub const ONLY_UNFINISHED: &str = "proved to change only what an unfinished check says";
pub const NOTHING_CHANGED: &str = "proved to change nothing for anybody";

/// What else a change tells otherwise: the first few.
pub fn changes(what: &[&str], more: bool) -> String {
    format!(" (changes {}{})", what.join(", "), if more { " and more" } else { "" })
}
