//! The other commands as other programs use them.

use std::process::{Command, Output, Stdio};

use serde_json::Value;

fn redflag(arguments: &[&str]) -> Output {
    Command::new(env!("CARGO_BIN_EXE_redflag"))
        .args(arguments)
        .env("XDG_CONFIG_HOME", "/nonexistent")
        .env("HOME", "/nonexistent")
        .env("LC_ALL", "C")
        .stdin(Stdio::null())
        .output()
        .expect("the program starts")
}

fn stdout(output: &Output) -> &str {
    std::str::from_utf8(&output.stdout).expect("UTF-8")
}

#[test]
fn what_ships_has_no_mistakes() {
    let output = redflag(&["check"]);
    assert_eq!(output.status.code(), Some(0), "{}", stdout(&output));
    assert!(stdout(&output).starts_with("back-pain: 7 sections, 64 questions, 53 rules"));
    let output = redflag(&["check", "--format", "json", "back-pain"]);
    assert_eq!(serde_json::from_str::<Value>(stdout(&output)).expect("JSON"), serde_json::json!([]));
}

#[test]
fn mistakes_are_shown_for_every_file_and_give_status_1() {
    let folder = tempfile::tempdir().expect("a folder");
    let path = folder.path().join("mine.yaml");
    std::fs::write(
        &path,
        include_str!("fixtures/small.yaml")
            .replace("{ cancer_history: yes }\n  nerve", "{ cancer_histroy: yes }\n  nerve"),
    )
    .expect("a file");
    let path = path.to_str().expect("a path");

    let output = redflag(&["check", path, "back-pain"]);
    assert_eq!(output.status.code(), Some(1));
    assert!(stdout(&output).contains("cancer_histroy"), "{}", stdout(&output));
    assert!(stdout(&output).contains("back-pain: 7 sections"), "{}", stdout(&output));
    assert!(!output.stdout.contains(&0x1b), "no colours for a file");

    let output = redflag(&["check", "--format", "json", path]);
    assert_eq!(output.status.code(), Some(1));
    let found: Value = serde_json::from_str(stdout(&output)).expect("JSON");
    let first = found[0].as_object().expect("an object");
    for key in ["severity", "code", "message", "file", "line", "column", "witness"] {
        assert!(first.contains_key(key), "{key}");
    }
    assert_eq!((first["severity"].as_str(), first["file"].as_str()), (Some("error"), Some(path)));

    let output = redflag(&["assess", path]);
    assert_eq!(output.status.code(), Some(1), "a questionnaire with mistakes is not used");
    assert!(String::from_utf8_lossy(&output.stderr).contains("cancer_histroy"));
}

#[test]
fn the_schema_is_printed_as_json() {
    let output = redflag(&["schema"]);
    assert_eq!(output.status.code(), Some(0));
    assert!(serde_json::from_str::<Value>(stdout(&output)).expect("JSON").is_object());
}

#[test]
fn completions_and_the_manual_page_are_printed() {
    for arguments in [&["completions", "bash"][..], &["completions", "fish"], &["man"]] {
        let output = redflag(arguments);
        assert_eq!(output.status.code(), Some(0), "{arguments:?}");
        assert!(stdout(&output).contains("redflag"), "{arguments:?}");
    }
}

#[test]
fn help_is_no_mistake_and_wrong_options_are() {
    assert_eq!(redflag(&["--help"]).status.code(), Some(0));
    assert_eq!(redflag(&["--version"]).status.code(), Some(0));
    assert_eq!(redflag(&["--no-such-option"]).status.code(), Some(2));
}
