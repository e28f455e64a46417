//! The authors' commands, from an empty folder to a questionnaire that is asked.

use std::collections::HashSet;
use std::fs;
use std::path::Path;
use std::process::{Command, Output, Stdio};

use redflag::questionnaire::{Question, yaml};
use serde_json::Value;

/// Runs the program in a folder, with this on its standard input.
fn redflag_with(folder: &Path, arguments: &[&str], input: &str) -> Output {
    let mut child = Command::new(env!("CARGO_BIN_EXE_redflag"))
        .args(arguments)
        .current_dir(folder)
        .env("XDG_CONFIG_HOME", "/nonexistent")
        .env("HOME", "/nonexistent")
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .expect("the program starts");
    // A program that doesn't read has ended, and its output says why.
    let _ = std::io::Write::write_all(&mut child.stdin.take().expect("piped"), input.as_bytes());
    child.wait_with_output().expect("the program ends")
}

fn redflag(folder: &Path, arguments: &[&str]) -> Output {
    redflag_with(folder, arguments, "")
}

fn text(bytes: &[u8]) -> &str {
    std::str::from_utf8(bytes).expect("UTF-8")
}

#[test]
fn a_new_questionnaire_is_proved_and_can_be_asked_at_once() {
    let folder = tempfile::tempdir().expect("a folder");
    for (file, written, id) in [
        ("mine.yaml", "mine.yaml", "mine"),
        ("knee-pain", "knee-pain.yaml", "knee-pain"),
        ("My check, 2nd (it's new).yml", "My check, 2nd (it's new).yml", "my-check-2nd-it-s-new"),
        ("null.yaml", "null.yaml", "check-null"),
        ("42", "42.yaml", "check-42"),
        ("背中.yaml", "背中.yaml", "check"),
        ("./-x.yaml", "-x.yaml", "x"),
        ("a\tb\x1b[31m.yaml", "a\tb\x1b[31m.yaml", "a-b-31m"),
    ] {
        let output = redflag(folder.path(), &["new", file]);
        assert_eq!(output.status.code(), Some(0), "{file}: {}", text(&output.stderr));
        assert!(text(&output.stdout).contains("redflag check --watch"), "{}", text(&output.stdout));
        assert!(!output.stdout.contains(&0x1b), "{file}: a name must not command the terminal");
        let path = format!("./{written}");

        let output = redflag(folder.path(), &["check", &path]);
        assert_eq!(output.status.code(), Some(0), "{file}: {}", text(&output.stdout));
        assert!(text(&output.stdout).contains("proved for every answer sheet"), "{}", text(&output.stdout));
        assert!(!text(&output.stdout).contains("warning"), "{file}: {}", text(&output.stdout));

        let output = redflag_with(folder.path(), &["assess", &path], r#"{"alarm": ["hard_to_breathe"]}"#);
        let result: Value = serde_json::from_str(text(&output.stdout)).expect("a result");
        assert_eq!((&result["level"], &result["rules"]), (&"emergency".into(), &serde_json::json!(["E01"])));

        let lines = "none of these\n\nknee\n3\nno\n40\n\n\n";
        let output = redflag_with(folder.path(), &["--plain", &path], lines);
        assert_eq!(output.status.code(), Some(0), "{file}: {}", text(&output.stdout));
        assert!(text(&output.stdout).contains("Look after it at home"), "{}", text(&output.stdout));

        let bytes = fs::read(folder.path().join(written)).expect("the file is there");
        let loaded = yaml::load(file, &bytes).expect("no mistakes");
        assert_eq!(loaded.questionnaire.id, id);
    }
}

#[test]
fn a_new_questionnaire_teaches_every_question_type_and_stays_small() {
    let folder = tempfile::tempdir().expect("a folder");
    redflag(folder.path(), &["new", "mine.yaml"]);
    let bytes = fs::read(folder.path().join("mine.yaml")).expect("the file is there");
    let questionnaire = yaml::load("mine.yaml", &bytes).expect("no mistakes").questionnaire;
    let types: HashSet<&str> = questionnaire.questions.iter().map(Question::type_name).collect();
    let all = ["one_of", "many_of", "yes_no", "number", "scale", "body_map", "text", "note"];
    assert_eq!(types, HashSet::from(all));
    assert!(questionnaire.questions.iter().any(Question::is_written_in_order));
    assert!(questionnaire.questions.iter().any(|question| question.ask_if.is_some()));
    assert_eq!((questionnaire.sections.len(), questionnaire.levels.len()), (3, 3));
    assert!(text(&bytes).lines().count() < 170, "a file to read in one go");
}

#[test]
fn nothing_is_written_over_and_a_missing_folder_is_told() {
    let folder = tempfile::tempdir().expect("a folder");
    fs::write(folder.path().join("mine.yaml"), "precious").expect("a file");
    for file in ["mine.yaml", "mine", "."] {
        let output = redflag(folder.path(), &["new", file]);
        assert_eq!(output.status.code(), Some(2), "{file}");
        assert!(text(&output.stderr).contains("already exists"), "{}", text(&output.stderr));
    }
    assert_eq!(fs::read_to_string(folder.path().join("mine.yaml")).expect("the file"), "precious");
    let output = redflag(folder.path(), &["new", "no/such/mine.yaml"]);
    assert_eq!(output.status.code(), Some(1));
    assert_eq!(text(&output.stderr), "redflag: no/such/mine.yaml was not written: there is no such folder\n");
}

#[test]
fn a_new_questionnaire_has_two_scenarios_that_hold() {
    let folder = tempfile::tempdir().expect("a folder");
    redflag(folder.path(), &["new", "mine"]);
    let output = redflag(folder.path(), &["test", "mine.yaml"]);
    assert_eq!(output.status.code(), Some(0), "{}", text(&output.stdout));
    assert!(text(&output.stdout).contains("test result: ok. 2 passed"), "{}", text(&output.stdout));
}

#[test]
fn scenarios_that_are_there_are_not_joined_by_another_questionnaire() {
    let folder = tempfile::tempdir().expect("a folder");
    fs::write(folder.path().join("mine.tests.yaml"), "precious").expect("a file");
    let output = redflag(folder.path(), &["new", "mine.yaml"]);
    assert_eq!(output.status.code(), Some(2));
    assert!(text(&output.stderr).contains("mine.tests.yaml already exists"), "{}", text(&output.stderr));
    assert!(!folder.path().join("mine.yaml").exists());
}

#[test]
fn names_that_would_be_of_something_else_are_refused() {
    let folder = tempfile::tempdir().expect("a folder");
    redflag(folder.path(), &["new", "mine.yaml"]);
    for (file, says) in [
        ("b.tests.yaml", "the name of the scenarios of b.yaml"),
        ("b.tests.yml", "the name of the scenarios of b.yml"),
        ("b.es.yaml", "translation of b.yaml, which doesn't exist"),
        ("mine.z9.yaml", "the language is unknown"),
        ("mine.en.yaml", "mine.yaml is written in `en` itself"),
        ("b.txt", "questionnaires are .yaml files"),
        ("b.json", "questionnaires are .yaml files"),
        ("back-pain.yaml", "the name of a built-in questionnaire"),
        ("spine-alert", "the name of a built-in questionnaire"),
    ] {
        let output = redflag(folder.path(), &["new", file]);
        assert_eq!(output.status.code(), Some(2), "{file}");
        assert!(text(&output.stderr).contains(says), "{file}: {}", text(&output.stderr));
    }
    assert_eq!(fs::read_dir(&folder).expect("readable").count(), 2, "nothing else was written");
}

#[test]
fn a_copy_of_a_built_in_questionnaire_is_proved_under_a_name_of_its_own() {
    let folder = tempfile::tempdir().expect("a folder");
    for (arguments, file) in [
        (&["new", "--from", "spine-alert"][..], "my-spine-alert.yaml"),
        (&["new", "weekly", "--from", "spine-alert"], "weekly.yaml"),
    ] {
        let output = redflag(folder.path(), arguments);
        assert_eq!(output.status.code(), Some(0), "{}", text(&output.stderr));
        let output = redflag(folder.path(), &["check", file]);
        assert_eq!(output.status.code(), Some(0), "{}", text(&output.stdout));
        let bytes = fs::read(folder.path().join(file)).expect("the file is there");
        let loaded = yaml::load(file, &bytes).expect("no mistakes");
        assert_eq!(format!("{}.yaml", loaded.questionnaire.id), file);
    }
}

#[test]
fn a_copy_of_a_file_takes_its_scenarios_along() {
    let folder = tempfile::tempdir().expect("a folder");
    redflag(folder.path(), &["new", "mine"]);
    redflag(folder.path(), &["new", "other", "--from", "mine.yaml"]);
    let output = redflag(folder.path(), &["test", "other.yaml"]);
    assert!(text(&output.stdout).contains("test result: ok. 2 passed"), "{}", text(&output.stdout));
}

/// Whoever has only the program can read how to write a questionnaire.
#[test]
fn the_guide_prints_each_of_its_pages_without_what_serves_their_tests() {
    let folder = tempfile::tempdir().expect("a folder");
    let list = redflag(folder.path(), &["guide"]);
    let pages: Vec<&str> =
        text(&list.stdout).lines().skip(1).filter_map(|line| line.split_whitespace().next()).collect();
    let written = fs::read_dir("docs/author").expect("the folder is there");
    let written = written.map(|entry| entry.expect("an entry").file_name().into_string().expect("UTF-8"));
    let mut written: Vec<String> =
        written.filter_map(|name| name.strip_suffix(".md").map(str::to_owned)).collect();
    written.sort();
    let mut sorted = pages.clone();
    sorted.sort_unstable();
    assert_eq!(sorted, written, "every page for authors");
    for page in pages {
        let output = redflag(folder.path(), &["guide", page]);
        assert_eq!(output.status.code(), Some(0), "{page}");
        let said = text(&output.stdout);
        assert!(said.starts_with("# ") && said.len() > 2_000, "{page}");
        for left in ["<!--", "status: ", "file: ", ".md#", ".md)"] {
            let fences =
                said.lines().filter(|line| line.starts_with("```") || left != "status: " && left != "file: ");
            assert!(!fences.collect::<Vec<_>>().join("\n").contains(left), "{page} has `{left}`");
        }
    }
    let told = redflag(folder.path(), &["new", "mine"]);
    assert!(text(&told.stdout).contains("`redflag guide format`"), "{}", text(&told.stdout));
    let missing = redflag(folder.path(), &["guide", "formats"]);
    assert_eq!(missing.status.code(), Some(2));
    assert!(
        text(&missing.stderr).contains("no page `formats`; its pages are first, format"),
        "{}",
        text(&missing.stderr)
    );
}

/// Every text once, so that nothing but writing between quotes is left to do.
#[test]
fn the_outline_of_a_translation_has_every_text_and_is_whole_once_each_is_written() {
    let folder = tempfile::tempdir().expect("a folder");
    redflag(folder.path(), &["new", "mine.yaml"]);
    redflag(folder.path(), &["new", "copy.yaml", "--from", "back-pain"]);
    for name in ["mine", "copy"] {
        let translation = format!("{name}.fr.yaml");
        let output = redflag(folder.path(), &["new", &translation]);
        assert_eq!(output.status.code(), Some(0), "{}", text(&output.stderr));
        let output = redflag(folder.path(), &["check", &translation]);
        assert_eq!(output.status.code(), Some(1));
        let told = text(&output.stdout);
        let kinds: HashSet<&str> = told
            .lines()
            .filter_map(|line| line.split("]: ").next())
            .filter(|line| line.starts_with("error[") || line.starts_with("warning["))
            .collect();
        let only = HashSet::from(["error[missing-safety-text", "warning[missing-text", "warning[more"]);
        assert!(kinds.is_subset(&only), "nothing is wrong but what is missing: {kinds:?}");

        // The words above each text, between its quotes.
        let outline = fs::read_to_string(folder.path().join(&translation)).expect("the outline");
        let (mut filled, mut words): (String, Vec<&str>) = Default::default();
        for line in outline.lines() {
            match (line.trim_start().strip_prefix('#'), line.strip_suffix("\"\"")) {
                (Some(remark), _) => words.push(remark.strip_prefix(' ').unwrap_or(remark)),
                (None, Some(start)) if !words.is_empty() => {
                    let quoted = serde_json::to_string(&words.join("\n")).expect("a string");
                    filled += &format!("{start}{quoted}\n");
                    words.clear();
                }
                _ => {
                    filled += &format!("{line}\n");
                    words.clear();
                }
            }
        }
        fs::write(folder.path().join(&translation), filled).expect("written");
        let output = redflag(folder.path(), &["check", &translation]);
        assert_eq!(output.status.code(), Some(0), "{}", text(&output.stdout));
        assert!(!text(&output.stdout).contains("missing"), "{}", text(&output.stdout));
    }
}
