//! Command lines that people mistype, and what they are told. Each is what somebody has typed.

use std::fs;
use std::path::Path;
use std::process::{Command, Output, Stdio};

fn redflag(folder: &Path, arguments: &[&str]) -> Output {
    Command::new(env!("CARGO_BIN_EXE_redflag"))
        .args(arguments)
        .current_dir(folder)
        .env("XDG_CONFIG_HOME", "/nonexistent")
        .env("HOME", "/nonexistent")
        .env("LC_ALL", "C")
        .stdin(Stdio::null())
        .output()
        .expect("the program starts")
}

/// A folder with `mine.yaml` and `a.yaml` in it.
fn folder() -> tempfile::TempDir {
    let folder = tempfile::tempdir().expect("a folder");
    for name in ["mine.yaml", "a.yaml"] {
        fs::write(folder.path().join(name), include_str!("fixtures/small.yaml")).expect("written");
    }
    fs::create_dir(folder.path().join("forms")).expect("a folder");
    folder
}

/// What is said of a line, which gives status 2 and nothing on standard output.
fn told(line: &str) -> String {
    let folder = folder();
    let output = redflag(folder.path(), &line.split(' ').collect::<Vec<_>>());
    assert_eq!(output.status.code(), Some(2), "{line}: {output:?}");
    assert!(output.stdout.is_empty(), "{line}");
    String::from_utf8(output.stderr).expect("UTF-8")
}

#[test]
fn a_misspelt_command_is_told_as_one_with_the_line_that_was_meant() {
    for (line, meant) in [
        ("chek mine.yaml", "redflag check mine.yaml"),
        ("chek --watch mine.yaml", "redflag check --watch mine.yaml"),
        ("tset mine.yaml", "redflag test mine.yaml"),
        ("dif mine.yaml a.yaml", "redflag diff mine.yaml a.yaml"),
        ("lint mine.yaml", "redflag check mine.yaml"),
        ("validate mine.yaml", "redflag check mine.yaml"),
        ("init b.yaml", "redflag new b.yaml"),
        ("help chek", "redflag help check"),
    ] {
        let told = told(line);
        assert!(told.starts_with("redflag: there is no command `"), "{line}: {told}");
        assert!(told.contains("; did you mean `") && told.contains(meant), "{line}: {told}");
    }
    let alone = told("chek");
    assert!(alone.starts_with("redflag: there is no command `chek`; did you mean `check`?"), "{alone}");
    let far = told("frobnicate mine.yaml");
    assert!(far.contains("no command `frobnicate`") && far.contains("commands: new, check, test"), "{far}");
}

#[test]
fn what_comes_before_a_command_is_told_where_it_belongs() {
    for (line, right) in [
        ("--format json check mine.yaml", "redflag check --format json mine.yaml"),
        ("--watch check mine.yaml", "redflag check --watch mine.yaml"),
        ("mine.yaml check", "redflag check mine.yaml"),
        ("--language es assess --answers -", "redflag assess --language es --answers -"),
        ("mine.yaml --output mine.svg graph", "redflag graph mine.yaml --output mine.svg"),
    ] {
        let told = told(line);
        assert!(told.contains("the command comes first") && told.contains(right), "{line}: {told}");
    }
    let other = told("--plain check mine.yaml");
    assert!(other.contains("`redflag check --help`"), "{other}");
}

#[test]
fn the_value_of_an_option_is_no_command() {
    let told = told("--language check --quiet");
    assert!(told.contains("'--quiet'") && !told.contains("comes first"), "{told}");
}

/// `--reader patient` was answered with "there is no command `patient`".
#[test]
fn behind_an_option_that_nobody_has_its_value_is_not_blamed() {
    for line in ["--reader patient", "--plain --reader patient", "mine.yaml --reader patient", "-x patient"] {
        let told = told(line);
        let option =
            line.split(' ').find(|word| word.starts_with("--r") || *word == "-x").expect("there is one");
        assert!(told.contains(&format!("unexpected argument '{option}'")), "{line}: {told}");
        assert!(!told.contains("no command") && !told.contains("at a time"), "{line}: {told}");
    }
    let both = told("lint --strictest mine.yaml");
    assert!(both.contains("there is no command `lint`; did you mean `check`?"), "{both}");
}

#[test]
fn nobody_is_told_to_pass_an_option_as_a_value() {
    for line in ["--quiet", "-v", "--clinician", "check -v mine.yaml", "assess --quiet", "diff --bogus a b"] {
        let told = told(line);
        assert!(told.contains("unexpected argument") && !told.contains("as a value"), "{line}: {told}");
    }
    let watch = told("--watch mine.yaml");
    assert!(watch.contains("`--watch` is an option of `redflag check`"), "{watch}");
    let plain = told("check mine.yaml --plain");
    assert!(plain.contains("`--plain` is an option of `redflag`, `redflag again`"), "{plain}");
}

#[test]
fn where_an_option_belongs_is_said_only_of_one_that_is_at_the_wrong_place() {
    let both = told("schema --tests --site");
    assert!(both.contains("cannot be used with") && !both.contains("is an option of"), "{both}");
}

#[test]
fn two_questionnaires_are_not_taken_for_a_command() {
    let told = told("a.yaml mine.yaml");
    assert!(told.contains("`a.yaml` and `mine.yaml`") && told.contains("one questionnaire"), "{told}");
}

#[test]
fn a_file_is_found_by_a_name_without_its_ending_or_with_a_slip() {
    for line in ["mine", "check mine", "graph mine", "check mien.yaml", "forms/../mien.yaml"] {
        let told = told(line);
        assert!(told.contains("did you mean `") && told.contains("mine.yaml`?"), "{line}: {told}");
    }
    let far = told("check nothing.yaml");
    assert!(far.contains("nothing.yaml: there is no such file") && !far.contains("did you mean"), "{far}");
}

#[test]
fn what_cannot_be_read_is_told_without_the_systems_numbers() {
    for (line, says) in [
        ("check forms", "it is a folder"),
        ("forms", "it is a folder"),
        ("--go-on forms --plain", "it is a folder"),
        ("--plain --site forms", "it is a folder"),
        ("--plain --site none.yaml", "there is no such file"),
        ("diff mine.yaml none.yaml", "there is no such file"),
        ("evaluate mine.yaml none.jsonl --truth right", "there is no such file"),
        ("simulate mine.yaml ./none.yaml", "there is no such file"),
        ("slip none.json", "there is no such file"),
    ] {
        let told = told(line);
        assert!(told.contains(says) && !told.contains("os error"), "{line}: {told}");
    }
    let refused = std::io::Error::from(std::io::ErrorKind::PermissionDenied);
    assert_eq!(redflag::system::files::why(&refused), "you are not allowed to read it");
}

#[test]
fn a_lost_file_of_scenarios_does_not_pass() {
    for command in ["check", "test"] {
        let told = told(&format!("{command} mine.tests.yaml"));
        assert!(told.contains("mine.tests.yaml: there is no such file"), "{told}");
    }
}

#[test]
fn only_with_words_of_no_scenario_does_not_pass() {
    let folder = folder();
    let docs = Path::new(env!("CARGO_MANIFEST_DIR")).join("docs/author");
    for name in ["example.yaml", "example.tests.yaml"] {
        fs::copy(docs.join(name), folder.path().join(name)).expect("copied");
    }
    let output = redflag(folder.path(), &["test", "example.yaml", "--only", "nght pain"]);
    let told = String::from_utf8_lossy(&output.stderr).into_owned();
    assert_eq!(output.status.code(), Some(2), "{told}");
    assert!(told.contains("no scenario has `nght pain` in its name; there are:"), "{told}");
}
