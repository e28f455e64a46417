//! How each command ends. docs/reference/commands.md has one table of statuses; this goes through the ways to each of them.

use std::fs;
use std::io::Write;
use std::path::Path;
use std::process::{Command, Stdio};

/// What a line of the table is about, a command line, what is typed, and its status. In the folder are `mine.yaml` with
/// scenarios that hold, `wrong.yaml` with a mistake, `other.yaml` with a scenario that fails, `lenient.yaml`, which is
/// `mine.yaml` with a level made less urgent, `there.txt`, and a folder `forms`.
const ENDS: [(&str, &str, &str, i32); 46] = [
    ("help", "--help", "", 0),
    ("the version", "--version", "", 0),
    ("all answered", "--plain mine.yaml", FINISHED, 0),
    ("well", "check mine.yaml", "", 0),
    ("scenarios hold", "test mine.yaml", "", 0),
    ("nobody is told less", "diff mine.yaml mine.yaml", "", 0),
    ("a picture", "graph mine.yaml -o mine.svg", "", 0),
    ("a picture again", "graph mine.yaml -o mine.svg", "", 0),
    ("a sheet", "assess mine.yaml", "{}", 0),
    ("a schema", "schema", "", 0),
    ("what is in force", "site", "", 0),
    ("left unfinished", "--plain mine.yaml", "", 1),
    ("mistakes", "check wrong.yaml", "", 1),
    ("a questionnaire with mistakes is asked", "--plain wrong.yaml", "", 1),
    ("a questionnaire with mistakes is drawn", "graph wrong.yaml", "", 1),
    ("a scenario fails", "test other.yaml", "", 1),
    ("a scenario fails at a check", "check other.yaml", "", 1),
    ("somebody is told less", "diff mine.yaml lenient.yaml", "", 1),
    ("a bad sheet", "assess mine.yaml", "{\n", 1),
    ("a report can't be written", "--plain mine.yaml --report no/such/r.txt", FINISHED, 1),
    ("a picture can't be written", "graph mine.yaml -o no/such/a.svg", "", 1),
    ("a questionnaire can't be written", "new no/such/a.yaml", "", 1),
    ("something is missing at a kiosk", "kiosk --check", "", 1),
    ("no such option", "--bogus", "", 2),
    ("no such command", "chek mine.yaml", "", 2),
    ("options before a command", "--format json check mine.yaml", "", 2),
    ("no such questionnaire", "--plain nowhere", "", 2),
    ("no such file", "check nowhere.yaml", "", 2),
    ("a folder", "check forms", "", 2),
    ("no such scenarios", "test mine.tests.yml", "", 2),
    ("no scenarios", "test lenient.yaml", "", 2),
    ("no scenario of this name", "test mine.yaml --only nobody", "", 2),
    ("no such language", "--plain mine.yaml --language fr", "", 2),
    ("no such site file", "--plain mine.yaml --site nowhere.yaml", "", 2),
    ("no such answers", "assess mine.yaml --answers nowhere.json", "", 2),
    ("no such check to go on with", "--plain --go-on nowhere.json", "", 2),
    ("no such check to print", "slip nowhere.json", "", 2),
    ("no such population", "simulate mine.yaml nobody", "", 2),
    ("no such sheets", "evaluate mine.yaml nowhere.jsonl --truth right", "", 2),
    ("a report would be replaced", "--plain mine.yaml --report there.txt", "", 2),
    ("kept answers would be replaced", "--plain mine.yaml --keep there.txt", "", 2),
    ("a kind of report that there isn't", "--plain mine.yaml --report r.pdf", "", 2),
    ("a kind of picture that there isn't", "graph mine.yaml -o mine.png", "", 2),
    ("a questionnaire would be replaced", "new mine.yaml", "", 2),
    ("a name of something else", "new a.tests.yaml", "", 2),
    ("nothing to watch", "check --watch", "", 2),
];

/// The same of a store, in this order.
#[cfg(feature = "store")]
const ENDS_OF_STORE: [(&str, &str, &str, i32); 8] = [
    ("no such store", "store verify --store s/here.db", "", 2),
    ("a new store", "store init --store s/here.db", "", 0),
    ("a store would be replaced", "store init --store s/here.db", "", 2),
    ("every entry is there", "store verify --store s/here.db", "", 0),
    ("no such entry", "store verify --store s/here.db --head 00000000", "", 1),
    ("no such key", "store verify --store s/here.db --key-file nowhere.key", "", 2),
    ("no key", "store verify --store s/here.db --key-file mine.yaml", "", 2),
    ("no such backup", "store restore nowhere.db --store s/new.db", "", 2),
];

const FINISHED: &str = "none of these\n\nknee\n3\nno\n40\n\n\n";

fn status(folder: &Path, line: &str, input: &str) -> Option<i32> {
    let mut child = Command::new(env!("CARGO_BIN_EXE_redflag"))
        .args(line.split(' '))
        .current_dir(folder)
        .env("XDG_CONFIG_HOME", "/nonexistent")
        .env("HOME", "/nonexistent")
        .env("LC_ALL", "C")
        .stdin(Stdio::piped())
        .stdout(Stdio::null())
        .stderr(Stdio::null())
        .spawn()
        .expect("the program starts");
    // It may have ended before it has read everything.
    let _ = child.stdin.take().expect("a pipe").write_all(input.as_bytes());
    child.wait().expect("the program ends").code()
}

#[test]
fn every_command_ends_as_the_table_says() {
    let folder = tempfile::tempdir().expect("a folder");
    let path = |name: &str| folder.path().join(name);
    assert_eq!(status(folder.path(), "new mine.yaml", ""), Some(0));
    let mine = fs::read_to_string(path("mine.yaml")).expect("written");
    fs::write(path("wrong.yaml"), mine.replace("{ fever: yes }", "{ feverr: yes }")).expect("written");
    fs::write(path("lenient.yaml"), mine.replacen("level: soon", "level: home", 1)).expect("written");
    fs::write(path("other.yaml"), &mine).expect("written");
    let cases = fs::read_to_string(path("mine.tests.yaml")).expect("written");
    fs::write(path("other.tests.yaml"), cases.replacen("level: home", "level: soon", 1)).expect("written");
    fs::write(path("there.txt"), "of another patient").expect("written");
    fs::create_dir(path("forms")).expect("a folder");

    for (what, line, input, expected) in ENDS {
        assert_eq!(status(folder.path(), line, input), Some(expected), "{what}: redflag {line}");
    }
    #[cfg(feature = "store")]
    for (what, line, input, expected) in ENDS_OF_STORE {
        assert_eq!(status(folder.path(), line, input), Some(expected), "{what}: redflag {line}");
    }
    assert_eq!(fs::read_to_string(path("there.txt")).expect("there"), "of another patient");
}

#[test]
fn the_documents_have_a_line_for_each_status() {
    let page = fs::read_to_string(concat!(env!("CARGO_MANIFEST_DIR"), "/docs/reference/commands.md"));
    let page = page.expect("the page of commands");
    for (what, line, _, status) in ENDS {
        assert!(page.contains(&format!("\n| `{status}` | ")), "{what}: redflag {line}");
    }
    for status in [129, 130, 131, 134, 143] {
        assert!(page.contains(&format!("\n| `{status}` | ")));
    }
}
