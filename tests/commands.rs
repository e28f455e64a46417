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
    for key in ["severity", "code", "message", "help", "file", "line", "column", "witness"] {
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
    for arguments in [&["completions", "bash"][..], &["completions", "fish"], &["man"], &["man", "check"]] {
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

#[test]
fn a_check_after_a_check_takes_what_was_kept_and_says_what_it_cannot_read() {
    let folder = tempfile::tempdir().expect("a folder");
    let file = |name: &str, text: &str| {
        let path = folder.path().join(name);
        std::fs::write(&path, text).expect("written");
        path.to_string_lossy().into_owned()
    };
    for (name, text, says) in [
        ("broken.json", "{ \"format\": ", "this is not a redflag check"),
        ("other.json", "{ \"format\": \"other\" }", "its `format` is not `redflag-encounter`"),
        ("empty.json", "", "this is not a redflag check"),
    ] {
        let output = redflag(&["again", &file(name, text), "--plain"]);
        let told = String::from_utf8_lossy(&output.stderr).into_owned();
        assert_eq!(output.status.code(), Some(2), "{name}: {told}");
        assert!(told.contains(says) && told.contains(name), "{name}: {told}");
    }
    let missing = folder.path().join("missing.json");
    assert_eq!(redflag(&["again", &missing.to_string_lossy(), "--plain"]).status.code(), Some(2));
    let last = file(
        "last.json",
        r#"{ "format": "redflag-encounter", "format_version": 1,
            "questionnaire": { "id": "back-pain", "version": "1.0.0", "sha256": "0" }, "asked_as": "patient",
            "language": "es", "day": "2026-11-01", "began": null, "ended": null,
            "answers": { "sex": "male", "age": 40, "gone": "yes" }, "passed": [], "lowered": [],
            "stopped": null, "shown": null, "alerted": null }"#,
    );
    let kept = folder.path().join("kept.json");
    let output = redflag(&["again", &last, "--plain", "--keep", &kept.to_string_lossy()]);
    let told = String::from_utf8_lossy(&output.stderr).into_owned();
    assert_eq!(output.status.code(), Some(1), "it was not finished: {told}");
    assert!(
        told.contains("asked with version 1.0.0") && told.contains("question `gone` no longer exists"),
        "{told}"
    );
    assert!(stdout(&output).contains("La última vez, el"), "in the language of last time");
    let kept: Value = serde_json::from_str(&std::fs::read_to_string(kept).expect("kept")).expect("JSON");
    assert_eq!(kept["earlier"]["day"], "2026-11-01");
    assert_eq!(kept["earlier"]["carried"], serde_json::json!(["sex"]));
}
