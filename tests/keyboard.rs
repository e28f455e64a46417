//! A command that reads standard input says so where that is a keyboard, and is quiet where it is not.
#![cfg(unix)]

mod pty;

use std::process::{Command, Stdio};

use pty::{Pty, USUAL};

const CTRL_D: &str = "\x04";
const SHEET: &str = r#"{"saddle_signs": ["saddle_numb"], "saddle_numb_since": "new", "right": "emergency"}"#;

#[test]
fn each_command_says_what_it_reads_how_to_end_and_what_to_do_instead() {
    for (arguments, what, instead, typed, ended, status) in [
        (
            &["assess", "--columns", "level"][..],
            "reading answers as JSON, one object on each line",
            "use --answers FILE",
            r#"{"saddle_signs": ["saddle_numb"], "saddle_numb_since": "new"}"#,
            "{\"level\":\"emergency\"}",
            0,
        ),
        (
            &["assess", "--from", "csv"],
            "reading answers as CSV, with the names of the columns in the first line",
            "use --answers FILE",
            "sex,age\rfemale,40",
            "level",
            0,
        ),
        (
            &["evaluate", "back-pain", "-", "--truth", "right"],
            "reading answers as JSON, one object on each line",
            "give a file instead of `-`",
            SHEET,
            "1 person",
            0,
        ),
        (
            &["fhir", "response"],
            "reading a saved check or answers as JSON",
            "name a file",
            "{}",
            "QuestionnaireResponse",
            0,
        ),
        (&["fhir", "import"], "reading a FHIR resource as JSON", "name a file", "{}", "redflag: -", 2),
    ] {
        let mut program = Pty::start(arguments, &[], (120, 40));
        program.until_text("Ctrl-D on an empty line");
        // The window may have broken a line anywhere between two words.
        let said = program.text().split_whitespace().collect::<Vec<_>>().join(" ");
        assert!(said.contains(what) && said.contains(instead), "{arguments:?}: {said}");
        program.send(format!("{typed}\r"));
        program.send(CTRL_D);
        program.until_text(ended);
        program.ended_with(status);
    }
}

#[test]
fn a_pipe_a_file_and_an_empty_input_are_read_without_a_word() {
    for arguments in [&["assess", "--columns", "level"][..], &["assess", "--from", "jsonl"]] {
        let output = Command::new(env!("CARGO_BIN_EXE_redflag"))
            .args(arguments)
            .stdin(Stdio::null())
            .output()
            .expect("it starts");
        assert_eq!(String::from_utf8_lossy(&output.stderr), "", "{arguments:?}");
    }
    // On a terminal too, if a file was named.
    let folder = tempfile::tempdir().expect("a folder");
    let sheets = folder.path().join("sheets.jsonl");
    std::fs::write(&sheets, format!("{SHEET}\n")).expect("written");
    let sheets = sheets.to_str().expect("UTF-8");
    let mut program = Pty::start(&["evaluate", "back-pain", sheets, "--truth", "right"], &[], USUAL);
    program.until_text("How to read this");
    program.ended_with(0);
    assert!(!program.text().contains("keyboard"), "{}", program.text());
}
