//! The real program where nothing more can be written, and what it gives to the terminal to copy.
//!
//! A full disk is made by a limit on the length of files: it needs no rights, and the program meets it at the same
//! place, in the middle of writing. What a really full disk says is tried in `src/save.rs`.

mod pty;
mod repertoire;

use std::fs;
use std::io::Write;
use std::path::Path;
use std::process::{Command, Output, Stdio};

use pty::{DOWN, ENTER, Pty, RIGHT, USUAL};
use repertoire::{Colours, not_ours};

const SMALL: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/tests/fixtures/small.yaml");

/// From here on no file can get a single byte, and whoever tries is told so and not killed.
const FULL: &str = "trap '' XFSZ; ulimit -S -f 0; ";

/// Line by line to the end of the small questionnaire.
const FINISHED: &str = "\n2\n0\n7\n49\nno\n";

/// Finishes the small questionnaire on the full screen, in this folder.
fn at_the_summary(before: &str, arguments: &str, folder: &Path) -> Pty {
    let script = format!(r#"{before} cd "$FOLDER" && exec "$0" "$SMALL" --theme mono {arguments}"#);
    let variables =
        [("FOLDER", folder.to_str().expect("a path")), ("SMALL", SMALL), ("XDG_CONFIG_HOME", "/nonexistent")];
    let mut pty = Pty::start_shell(&script, &variables, USUAL);
    pty.finish_small("since spring");
    pty
}

/// The names in a folder.
fn files(folder: &Path) -> Vec<String> {
    let files = fs::read_dir(folder).expect("a folder");
    files.map(|file| file.expect("a file").file_name().to_string_lossy().into_owned()).collect()
}

fn in_lines(script: &str, folder: &Path, typed: &str) -> Output {
    let folder = folder.to_str().expect("a path");
    let mut command = Command::new("sh");
    command.args(["-c", script, env!("CARGO_BIN_EXE_redflag"), SMALL, folder]);
    command.env("XDG_CONFIG_HOME", "/nonexistent").env("LC_ALL", "C.UTF-8");
    command.stdin(Stdio::piped()).stdout(Stdio::piped()).stderr(Stdio::piped());
    let mut child = command.spawn().expect("a shell");
    let _ = child.stdin.take().expect("an input").write_all(typed.as_bytes());
    child.wait_with_output().expect("it ends")
}

#[test]
#[cfg(target_os = "linux")]
fn a_full_disk_loses_nothing_and_another_try_succeeds() {
    let folder = tempfile::tempdir().expect("a folder");
    let mut pty = at_the_summary(FULL, "", folder.path());
    pty.answer("s", "Save the summary");
    pty.answer(DOWN, "Format: plain text");
    for format in ["Markdown", "web page (HTML)"] {
        pty.answer(RIGHT, format);
    }
    pty.answer(ENTER, "Not saved: the disk is full (");
    let screen: String = pty.text().split(['\u{2502}', ' ', '\n']).collect();
    let place = folder.path().canonicalize().expect("a path");
    assert!(screen.contains(place.to_str().expect("a path")), "{}", pty.text());
    assert!(
        screen.contains(".html") && screen.contains("Nothingislost:typeanothernameorplace"),
        "{}",
        pty.text()
    );
    assert_eq!(files(folder.path()), [""; 0], "nothing is half written");

    pty.make_room();
    fs::create_dir(folder.path().join("elsewhere")).expect("a folder");
    pty.until_settled();
    pty.send("\x7f".repeat(40));
    pty.send("elsewhere/r.html");
    pty.answer(ENTER, "Saved as");
    let text = fs::read_to_string(folder.path().join("elsewhere/r.html")).expect("it is there");
    assert!(
        text.starts_with("<!DOCTYPE html>") && text.contains("since spring"),
        "all answers are still there"
    );
    assert_eq!(files(&folder.path().join("elsewhere")), ["r.html"]);
    pty.answer("q", "The whole report: ");
    pty.ended_with(0);
    pty.given_back();
}

#[test]
fn line_by_line_a_full_disk_is_told_and_the_result_is_still_there() {
    let folder = tempfile::tempdir().expect("a folder");
    fs::write(folder.path().join("old.txt"), "as it was").expect("a file");
    let script = format!(r#"{FULL} cd "$2" && exec "$0" "$1" --plain"#);
    let output =
        in_lines(&script, folder.path(), &format!("{FINISHED}\nsave r.md\nreplace old.txt\nrepeat\n\n"));
    let said = String::from_utf8(output.stdout).expect("text");
    assert_eq!(said.matches("Not saved: the disk is full (/").count(), 2, "{said}");
    assert_eq!(said.matches("Result: ").count(), 2, "it can be heard again:\n{said}");
    assert_eq!((output.status.code(), &*output.stderr), (Some(0), &b""[..]));
    assert_eq!(files(folder.path()), ["old.txt"]);
    assert_eq!(fs::read_to_string(folder.path().join("old.txt")).expect("a file"), "as it was");
}

#[test]
fn a_report_that_finds_no_room_is_printed() {
    for existing in [false, true] {
        let folder = tempfile::tempdir().expect("a folder");
        let before = if existing { vec!["r.html".to_owned()] } else { Vec::new() };
        if existing {
            fs::write(folder.path().join("r.html"), "as it was").expect("a file");
        }
        let script = format!(r#"{FULL} cd "$2" && exec "$0" "$1" --plain --replace --report r.html"#);
        let output = in_lines(&script, folder.path(), &format!("{FINISHED}\n\n"));
        let error = String::from_utf8(output.stderr).expect("text");
        assert_eq!(output.status.code(), Some(1), "{error}");
        assert!(
            error.starts_with("redflag: /")
                && error.contains("/r.html was not written, so the report is printed")
        );
        assert!(error.contains("File too large"), "{error}");
        assert!(
            String::from_utf8(output.stdout).expect("text").contains("SHA-256: "),
            "the report is printed"
        );
        assert_eq!(files(folder.path()), before);
        if existing {
            assert_eq!(fs::read_to_string(folder.path().join("r.html")).expect("a file"), "as it was");
        }

        let mut pty = at_the_summary(FULL, "--replace --report r.html", folder.path());
        pty.leave_summary("3");
        pty.until_text("r.html was not written, so the report is printed");
        assert!(pty.text().contains("SHA-256: "), "{}", pty.text());
        pty.ended_with(1);
        pty.given_back();
        assert_eq!(files(folder.path()), before);
    }
}

#[test]
#[cfg(unix)]
fn a_report_is_for_the_owner_alone() {
    use std::os::unix::fs::PermissionsExt;
    let folder = tempfile::tempdir().expect("a folder");
    let output =
        in_lines(r#"exec "$0" "$1" --plain --report "$2/r.json""#, folder.path(), &format!("{FINISHED}\n\n"));
    assert_eq!(output.status.code(), Some(0), "{output:?}");
    let report = fs::metadata(folder.path().join("r.json")).expect("a report");
    assert_eq!(report.permissions().mode() & 0o777, 0o600);
    // Standard output by its name is no file to be replaced.
    let output =
        in_lines(r#"exec "$0" "$1" --plain --report /dev/stdout"#, folder.path(), &format!("{FINISHED}\n\n"));
    assert!(String::from_utf8(output.stdout).expect("text").contains("SHA-256: "));
}

#[test]
fn line_by_line_the_ending_tells_the_format_and_a_word_the_reader() {
    let folder = tempfile::tempdir().expect("a folder");
    let typed = format!(
        "{FINISHED}\nsave\nsave a.html\nsave clinician b.md\nsave patient c.json\nsave clinician\nreplace clinician a.html\n\n"
    );
    let output = in_lines(r#"cd "$2" && exec "$0" "$1" --plain"#, folder.path(), &typed);
    let said = String::from_utf8(output.stdout).expect("text");
    let read = |name: &str| fs::read_to_string(folder.path().join(name)).expect(name);
    assert!(said.contains("Type save and a name, such as save small-"), "{said}");
    let place = folder.path().canonicalize().expect("a path");
    assert!(said.contains(&format!("Saved as {}/b.md. It contains health data", place.display())), "{said}");
    assert!(read("b.md").contains("## Handover (SBAR)"));
    assert!(read("a.html").contains("Handover (SBAR)"), "replaced by the one for a clinician");
    let json: serde_json::Value = serde_json::from_str(&read("c.json")).expect("JSON");
    assert_eq!(json["audience"], "patient");
    assert!(json["written"].is_string(), "the moment is in it");
    assert!(read("clinician").contains("====="), "a name of one word is a name");
}

/// What the terminal was asked to copy, in order, and everything else that was put out.
fn copied(bytes: &[u8]) -> (Vec<String>, Vec<u8>) {
    let (mut copied, mut others) = (Vec::new(), Vec::new());
    let mut rest = bytes;
    const BEGIN: &[u8] = b"\x1b]52;c;";
    while let Some(at) = rest.windows(BEGIN.len()).position(|part| part == BEGIN) {
        others.extend_from_slice(&rest[..at]);
        let inside = &rest[at + BEGIN.len()..];
        let end = inside.iter().position(|byte| *byte == 7).expect("its end");
        copied.push(String::from_utf8(decoded(&inside[..end])).expect("text"));
        rest = &inside[end + 1..];
    }
    others.extend_from_slice(rest);
    (copied, others)
}

fn decoded(base64: &[u8]) -> Vec<u8> {
    let digits = b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
    let value = |digit: &u8| digits.iter().position(|d| d == digit).expect("a digit") as u32;
    let chunks = base64.chunks(4).flat_map(|chunk| {
        let known: Vec<&u8> = chunk.iter().filter(|digit| **digit != b'=').collect();
        let bits = known.iter().fold(0, |bits, digit| bits << 6 | value(digit)) << (6 * (4 - known.len()));
        bits.to_be_bytes()[1..known.len()].to_vec()
    });
    chunks.collect()
}

#[test]
fn the_terminal_is_asked_to_copy_what_the_page_is_for_and_nothing_else_goes_out() {
    let folder = tempfile::tempdir().expect("a folder");
    let mut pty = at_the_summary("", "", folder.path());
    pty.answer("y", "asked to copy the result");
    pty.answer(RIGHT, "[Say on the phone]");
    pty.answer("y", "asked to copy what to say");
    let say = pty.text();
    pty.answer(RIGHT, "[Answers]");
    pty.answer(RIGHT, "[Clinician]");
    pty.answer("y", "asked to copy the handover");
    pty.leave_summary("3");
    pty.until_text("The whole report was not saved.");
    pty.ended_with(0);
    pty.given_back();
    let (copied, others) = copied(&pty.bytes());
    let [result, phone, handover] = &copied[..] else { panic!("{copied:?}") };
    assert!(result.contains("since spring") && result.contains("SHA-256: "), "{result}");
    // The page shows one sentence; all of them are copied, the one that is shown first.
    let on_one_line = |text: &str| text.split_whitespace().collect::<Vec<_>>().join(" ");
    let first = phone.lines().next().expect("a sentence");
    assert!(on_one_line(&say).contains(&on_one_line(first)) && phone.lines().count() > 1, "{phone}\n{say}");
    assert!(handover.starts_with("SBAR handover: ") && handover.contains("\nRecommendation: "), "{handover}");
    for part in &copied {
        assert_eq!(not_ours(part.as_bytes(), Colours::None), None);
    }
    assert_eq!(not_ours(&others, Colours::None), None);
}
