//! The core knows no terminal, clock, file or environment; each room names only the rooms that it may; inside a room
//! files don't go in circles.

use std::collections::BTreeSet;
use std::fs;
use std::path::{Path, PathBuf};

#[path = "architecture/circles.rs"]
mod circles;
#[path = "architecture/medicine.rs"]
mod medicine;

/// The rooms, and which others each may name: only rooms above it. The tables in `src/lib.rs` and
/// docs/design/architecture.md say the same.
const ROOMS: &[(&str, &[&str])] = &[
    ("text", &[]),
    ("words", &["text"]),
    ("questionnaire", &["text"]),
    ("vocabulary", &["text", "words", "questionnaire"]),
    ("answers", &["text", "words", "questionnaire"]),
    ("triage", &["questionnaire", "answers"]),
    ("encounter", &["questionnaire", "answers"]),
    ("interview", &["text", "words", "questionnaire", "answers", "triage", "encounter"]),
    ("circuit", &["questionnaire", "answers", "triage"]),
    ("proof", &["words", "questionnaire", "answers", "triage", "circuit"]),
    ("diff", &["questionnaire", "answers", "triage", "circuit", "proof"]),
    ("scenarios", &["words", "questionnaire", "answers", "triage", "circuit", "proof"]),
    ("population", &["text", "questionnaire", "answers", "circuit", "proof"]),
    ("evaluation", &["text", "questionnaire", "answers", "population"]),
    ("change", &["questionnaire", "answers", "triage", "circuit", "proof"]),
    ("outlook", &["questionnaire", "answers", "encounter", "interview", "circuit", "proof"]),
    ("site", &["questionnaire"]),
    ("sql", &["text", "questionnaire", "answers", "encounter"]),
    (
        "report",
        &["text", "words", "questionnaire", "answers", "triage", "encounter", "interview", "change", "site"],
    ),
    ("fhir", &["text", "words", "questionnaire", "answers", "triage", "encounter", "site", "report"]),
    (
        "table",
        &["text", "questionnaire", "answers", "triage", "encounter", "circuit", "site", "sql", "report"],
    ),
    ("handout", &["text", "words", "site", "report"]),
    ("tally", &["text", "questionnaire", "answers", "encounter"]),
    ("graph", &["text", "questionnaire", "answers", "population", "evaluation", "report", "tally"]),
    ("system", &[]),
    ("save", &["text", "words", "system"]),
    (
        "library",
        &["text", "words", "questionnaire", "vocabulary", "scenarios", "population", "site", "system"],
    ),
    ("store", &["words", "questionnaire", "encounter", "system"]),
    ("push", &["text", "questionnaire", "encounter", "site", "fhir", "store"]),
    ("bulk", &["table"]),
    (
        "plain",
        &[
            "text",
            "words",
            "questionnaire",
            "answers",
            "interview",
            "outlook",
            "site",
            "report",
            "system",
            "save",
        ],
    ),
    (
        "tui",
        &[
            "text",
            "words",
            "questionnaire",
            "answers",
            "encounter",
            "interview",
            "outlook",
            "site",
            "report",
            "handout",
            "system",
            "save",
        ],
    ),
    (
        "kiosk",
        &[
            "text",
            "words",
            "questionnaire",
            "interview",
            "site",
            "report",
            "handout",
            "system",
            "save",
            "tui",
        ],
    ),
    ("board", &["text", "words", "questionnaire", "answers", "site", "report", "system", "store", "tui"]),
    (
        "cli",
        &[
            "text",
            "words",
            "questionnaire",
            "vocabulary",
            "answers",
            "encounter",
            "interview",
            "proof",
            "diff",
            "scenarios",
            "population",
            "evaluation",
            "site",
            "sql",
            "report",
            "fhir",
            "table",
            "handout",
            "tally",
            "graph",
            "system",
            "save",
            "library",
            "store",
            "push",
            "bulk",
            "plain",
            "tui",
            "kiosk",
            "board",
        ],
    ),
];

/// The first room that is not the core.
const FIRST_OUTSIDE: &str = "system";

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

/// What is needed all the same: libraries unpack bytes in memory as if they were files.
const NEEDED: [(&str, &str); 1] = [("src/table/columnar/pages.rs", "std::io")];

#[test]
fn the_core_knows_no_terminal_no_clock_no_file_and_no_environment() {
    for file in sources().iter().filter(|file| file.room < place(FIRST_OUTSIDE)) {
        for (number, line) in file.code() {
            let is_needed = |outside: &str| {
                NEEDED.iter().any(|(path, what)| file.path.ends_with(path) && *what == outside)
            };
            for outside in OUTSIDE.into_iter().filter(|outside| !is_needed(outside)) {
                assert!(!names(line, outside), "{}:{number} names {outside}: {line}", file.path);
            }
        }
    }
}

#[test]
fn each_room_names_only_the_rooms_that_it_may() {
    for (index, (room, may_name)) in ROOMS.iter().enumerate() {
        let places: Vec<usize> = may_name.iter().map(|name| place(name)).collect();
        assert!(places.iter().all(|&place| place < index), "`{room}` may name rooms above it only");
        assert!(places.is_sorted(), "what `{room}` may name is in the order of the rooms");
    }
    let mut named: Vec<BTreeSet<&str>> = vec![BTreeSet::new(); ROOMS.len()];
    for file in sources() {
        let (room, may_name) = ROOMS[file.room];
        for (number, line) in file.code() {
            for (at, _) in line.match_indices("crate::") {
                let name =
                    line[at + "crate::".len()..].split(|c: char| !c.is_alphanumeric() && c != '_').next();
                let other = ROOMS.iter().map(|(other, _)| *other).find(|other| Some(*other) == name);
                let other = other.unwrap_or_else(|| panic!("{}:{number}: write one room a line", file.path));
                let may = other == room || may_name.contains(&other);
                assert!(may, "{}:{number}: `{room}` must not name `{other}`", file.path);
                named[file.room].insert(other);
            }
            // `super` must not leave the room: that would be another way to name the others.
            let supers = line.matches("super::").count();
            let in_a_row = (1..=supers).rev().find(|&n| line.contains(&"super::".repeat(n))).unwrap_or(0);
            assert!(in_a_row < file.depth, "{}:{number} leaves its room: {line}", file.path);
        }
    }
    for ((room, may_name), named) in ROOMS.iter().zip(named) {
        let unused: Vec<_> = may_name.iter().filter(|other| !named.contains(*other)).collect();
        assert!(unused.is_empty(), "`{room}` may name {unused:?} and doesn't: take them off its list");
    }
}

/// With what a question is answered makes no difference to what an answer means: see docs/design/architecture.md.
#[test]
fn what_judges_and_proves_sees_no_control() {
    // The file says it, reports draw what was marked on a figure, and the shells act on it.
    let showing = ["questionnaire", "report", "plain", "tui"];
    for file in sources().iter().filter(|file| !showing.contains(&ROOMS[file.room].0)) {
        for (number, line) in file.code() {
            let names_it = names(line, "Control") || line.contains(".control");
            assert!(!names_it, "{}:{number} looks at the control: {line}", file.path);
        }
    }
}

#[test]
fn the_tables_of_rooms_say_what_holds() {
    let rooms: Vec<&str> = ROOMS.iter().map(|(room, _)| *room).collect();
    let lib = fs::read_to_string(root().join("lib.rs")).expect("lib.rs can be read");
    let mut modules: Vec<&str> =
        lib.lines().filter_map(|line| line.strip_prefix("pub mod ")?.strip_suffix(';')).collect();
    let in_lib: Vec<String> = table(&lib, "//! | [`")
        .into_iter()
        .map(|row| row[0].trim_matches(['[', ']', '`']).to_owned())
        .collect();
    assert_eq!(in_lib, rooms, "the table in src/lib.rs");
    modules.sort_by_key(|module| rooms.iter().position(|room| room == module));
    assert_eq!(modules, rooms, "the modules of src/lib.rs");

    let tour = root().join("../docs/design/architecture.md");
    let tour = fs::read_to_string(tour).expect("docs/design/architecture.md can be read");
    let of_room = |room: &str, may_name: &[&str]| {
        let is_file = root().join(format!("{room}.rs")).exists();
        let name = if is_file { format!("`{room}.rs`") } else { format!("`{room}/`") };
        let knows = if may_name.is_empty() { "nothing".to_owned() } else { may_name.join(", ") };
        (name, knows)
    };
    let expected: Vec<_> = ROOMS.iter().map(|(room, may_name)| of_room(room, may_name)).collect();
    let rows = table(&tour, "| `");
    let told: Vec<_> = rows.into_iter().map(|row| (row[0].clone(), row[2].clone())).collect();
    assert_eq!(told, expected, "the table in docs/design/architecture.md");
}

/// The cells of the first table that has rows beginning like this.
fn table(text: &str, begin: &str) -> Vec<Vec<String>> {
    let lines = text.lines().skip_while(|line| !line.starts_with(begin));
    let rows = lines.take_while(|line| line.starts_with(begin));
    rows.map(|row| row.split('|').skip(1).map(|cell| cell.trim().to_owned()).collect()).collect()
}

struct Source {
    path: String,
    text: String,
    /// Such as `tui::draw`.
    module: String,
    /// Its place in [`ROOMS`].
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

/// The place of a room in [`ROOMS`].
fn place(room: &str) -> usize {
    ROOMS.iter().position(|(known, _)| *known == room).unwrap_or_else(|| panic!("there is no room `{room}`"))
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
    let room = ROOMS.iter().position(|(room, _)| room == modules.first().expect("a name"))?;
    let text = fs::read_to_string(file).expect("the file can be read");
    let module = modules.join("::");
    Some(Source { path: file.display().to_string(), text, module, room, depth: modules.len() })
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
