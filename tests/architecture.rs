//! The core knows no terminal, clock, file or environment, and dependencies point one way.

use std::fs;
use std::path::{Path, PathBuf};

/// The rooms, each of which may only name those before it.
const ROOMS: [&str; 19] = [
    "text",
    "words",
    "questionnaire",
    "answers",
    "triage",
    "circuit",
    "proof",
    "diff",
    "scenarios",
    "change",
    "interview",
    "outlook",
    "site",
    "report",
    "graph",
    "save",
    "plain",
    "tui",
    "cli",
];

/// How many of them are the core.
const CORE: usize = 15;

/// What comes into the core as an argument, or not at all.
const OUTSIDE: [&str; 20] = [
    "crossterm",
    "ratatui",
    "rustix",
    "signal_hook",
    "clap",
    "anyhow",
    "etcetera",
    "std::fs",
    "std::env",
    "std::io",
    "std::net",
    "std::process",
    "std::thread",
    "Instant",
    "SystemTime",
    "Zoned::now",
    "Timestamp::now",
    "println!",
    "eprintln!",
    "print!",
];

#[test]
fn the_core_knows_no_terminal_no_clock_no_file_and_no_environment() {
    for file in sources().iter().filter(|file| file.room < CORE) {
        for (number, line) in file.code() {
            for outside in OUTSIDE {
                assert!(!names(line, outside), "{}:{number} names {outside}: {line}", file.path);
            }
        }
    }
}

#[test]
fn dependencies_point_one_way() {
    for file in sources() {
        for (number, line) in file.code() {
            for (at, _) in line.match_indices("crate::") {
                let room =
                    line[at + "crate::".len()..].split(|c: char| !c.is_alphanumeric() && c != '_').next();
                let other = ROOMS.iter().position(|name| Some(*name) == room);
                let other = other.unwrap_or_else(|| panic!("{}:{number}: write one room a line", file.path));
                assert!(
                    other <= file.room,
                    "{}:{number}: `{}` must not name `{}`",
                    file.path,
                    ROOMS[file.room],
                    ROOMS[other]
                );
                let other_shell = (ROOMS[file.room], ROOMS[other]) == ("tui", "plain");
                assert!(!other_shell, "{}:{number}: no shell knows the other", file.path);
            }
            // `super` must not leave the room: that would be another way to name the others.
            let supers = line.matches("super::").count();
            let in_a_row = (1..=supers).rev().find(|&n| line.contains(&"super::".repeat(n))).unwrap_or(0);
            assert!(in_a_row < file.depth, "{}:{number} leaves its room: {line}", file.path);
        }
    }
}

#[test]
fn every_module_belongs_to_a_room() {
    let lib = fs::read_to_string(root().join("lib.rs")).expect("lib.rs can be read");
    let modules = lib.lines().filter_map(|line| line.strip_prefix("pub mod ")?.strip_suffix(';'));
    for module in modules {
        assert!(ROOMS.contains(&module), "tests/architecture.rs does not know the room `{module}`");
    }
}

/// How words of medicine begin. They belong in questionnaires: the program would work as well for any other subject.
const MEDICAL: [&str; 32] = [
    "aneurysm",
    "aorta",
    "arthritis",
    "bladder",
    "bleed",
    "bowel",
    "calcium",
    "cancer",
    "cáncer",
    "cauda",
    "diabet",
    "doctor",
    "dolor",
    "enfermer",
    "fever",
    "fractur",
    "hospital",
    "incontinen",
    "infect",
    "lumbar",
    "maternity",
    "metasta",
    "numb",
    "nurse",
    "oncolog",
    "osteopor",
    "physio",
    "pregnan",
    "sciatic",
    "spin",
    "steroid",
    "tumo",
];

/// Words of medicine that are also the beginning of other words, such as of `paint`.
const MEDICAL_WHOLE: [&str; 6] = ["nerve", "nerves", "pain", "painful", "pains", "saddle"];

#[test]
fn the_program_knows_no_medicine() {
    let mut files = Vec::new();
    collect(&root(), &mut files);
    for file in files {
        let text = fs::read_to_string(&file).expect("the file can be read");
        let begin = if file.ends_with("tests.rs") { Some(0) } else { text.find("#[cfg(test)]\nmod tests {") };
        let (code, tests) = text.split_at(begin.unwrap_or(text.len()));
        // A test that reads a questionnaire may name what is in it.
        let tests = if tests.contains(".yaml\")") || tests.contains("small()") { "" } else { tests };
        for line in code.lines().chain(tests.lines()) {
            let found = medical(line);
            assert!(found.is_none(), "{} names {found:?}: {line}", file.display());
        }
    }
}

/// The first word of medicine in a line.
fn medical(line: &str) -> Option<&str> {
    let mut words = line.split(|c: char| !c.is_alphabetic()).filter(|word| !word.is_empty());
    words.find(|word| {
        let word = word.to_lowercase();
        let begins = |stems: &[&str]| stems.iter().any(|stem| word.starts_with(stem));
        MEDICAL_WHOLE.contains(&word.as_str()) || begins(&MEDICAL) && !word.starts_with("number")
    })
}

#[test]
fn words_of_medicine_are_found() {
    for line in
        ["let cancer_line = 1;", "/// a nurse's line", "\"back-pain.txt\"", "{ signs: numb }", "Spinal"]
    {
        assert!(medical(line).is_some(), "{line}");
    }
    for line in ["a number", "paint::ASK", "discard(it)", "it was reached"] {
        assert_eq!(medical(line), None);
    }
}

struct Source {
    path: String,
    text: String,
    room: usize,
    /// Modules from the root of the crate: 1 for a room itself.
    depth: usize,
}

impl Source {
    /// The lines without comments and unit tests, with their numbers.
    fn code(&self) -> impl Iterator<Item = (usize, &str)> {
        let code = self.text.split("#[cfg(test)]\nmod tests {").next().unwrap_or_default();
        let lines = code.lines().map(|line| line.split("//").next().unwrap_or_default());
        (1..).zip(lines)
    }
}

/// Whether a line names it as a whole word.
fn names(line: &str, word: &str) -> bool {
    let in_word = |c: char| c.is_alphanumeric() || c == '_';
    line.match_indices(word).any(|(at, _)| {
        let before = line[..at].chars().next_back();
        let after = line[at + word.len()..].chars().next();
        !before.is_some_and(in_word) && !after.is_some_and(in_word)
    })
}

fn sources() -> Vec<Source> {
    let mut files = Vec::new();
    collect(&root(), &mut files);
    let sources: Vec<Source> = files.iter().filter_map(|file| source(file)).collect();
    assert!(sources.len() > 50, "only {} files", sources.len());
    sources
}

fn source(file: &Path) -> Option<Source> {
    let inside = file.strip_prefix(root()).expect("inside src").with_extension("");
    let mut modules: Vec<&str> = inside.iter().filter_map(|part| part.to_str()).collect();
    if modules.last() == Some(&"mod") {
        modules.pop();
    }
    if modules.last() == Some(&"tests") {
        return None;
    }
    let room = ROOMS.iter().position(|name| name == modules.first().expect("a name"))?;
    let text = fs::read_to_string(file).expect("the file can be read");
    Some(Source { path: file.display().to_string(), text, room, depth: modules.len() })
}

fn collect(folder: &Path, files: &mut Vec<PathBuf>) {
    for entry in fs::read_dir(folder).expect("the folder can be read") {
        let path = entry.expect("an entry").path();
        match path.is_dir() {
            true => collect(&path, files),
            false => files.push(path),
        }
    }
}

fn root() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("src")
}
