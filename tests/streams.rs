//! Standard input, output and error that are closed, full, or that nobody reads: no panic, no loop, and never a
//! status that says that all is well when it isn't known.

use std::fs;
use std::io::{Read, Write};
use std::path::Path;
use std::process::{Command, Output, Stdio};

const SMALL: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/tests/fixtures/small.yaml");
const BACK_PAIN: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/questionnaires/back-pain.yaml");
const VIGNETTES: &str = include_str!("vignettes.json");

/// Finishes the small questionnaire.
const FINISHED: &str = "\n2\n0\n7\n49\nno\n\n";

fn command(program: &str, arguments: &[&str]) -> Command {
    let mut command = Command::new(program);
    command.args(arguments).env("XDG_CONFIG_HOME", "/nonexistent").env("HOME", "/nonexistent");
    command
}

/// Runs a shell script in which `"$0"` is `redflag`, `$1` the small questionnaire and `$2` a folder to write to.
fn shell(script: &str, folder: &Path, typed: &str) -> Output {
    let folder = folder.to_str().expect("a path");
    let mut command = command("sh", &["-c", script, env!("CARGO_BIN_EXE_redflag"), SMALL, folder]);
    command.stdin(Stdio::piped()).stdout(Stdio::piped()).stderr(Stdio::piped());
    let mut child = command.spawn().expect("a shell");
    let _ = child.stdin.take().expect("an input").write_all(typed.as_bytes());
    child.wait_with_output().expect("it ends")
}

/// Answers and leaves, with an output that is closed after this many bytes have been read from it.
fn until_read(arguments: &[&str], typed: &str, bytes: usize) -> (Option<i32>, String) {
    let mut command = command(env!("CARGO_BIN_EXE_redflag"), arguments);
    command.stdin(Stdio::piped()).stdout(Stdio::piped()).stderr(Stdio::piped());
    let mut child = command.spawn().expect("the program starts");
    let mut stdout = child.stdout.take().expect("an output");
    let mut stdin = child.stdin.take().expect("an input");
    let typed = typed.to_owned();
    // From another thread: a long input is not read to its end before something comes out.
    let typist = std::thread::spawn(move || drop(stdin.write_all(typed.as_bytes())));
    let mut read = vec![0; bytes];
    stdout.read_exact(&mut read).expect("that much comes out");
    drop(stdout);
    let output = child.wait_with_output().expect("it ends");
    typist.join().expect("all was typed");
    (output.status.code(), String::from_utf8_lossy(&output.stderr).into_owned())
}

#[test]
fn a_conversation_that_nobody_hears_any_more_is_not_finished() {
    let folder = tempfile::tempdir().expect("a folder");
    let report = folder.path().join("r.txt");
    for bytes in [0, 1, 200] {
        let arguments = [SMALL, "--plain", "--replace", "--report", report.to_str().expect("a path")];
        // More than a pipe holds, so that it is noticed.
        let typed = format!("\n2\n0\n{}7\n49\nno\n\n", "help\n".repeat(2_000));
        let (status, error) = until_read(&arguments, &typed, bytes);
        assert_eq!(status, Some(1), "{bytes}");
        assert!(error.starts_with("redflag: Saved as ") && error.lines().count() == 1, "{error}");
        let written = fs::read_to_string(&report).expect("what was answered until then is written");
        assert!(written.contains("not finished"), "{written}");
    }
}

#[test]
fn the_other_commands_stop_quietly_when_nobody_reads() {
    let vignettes: Vec<serde_json::Value> = serde_json::from_str(VIGNETTES).expect("JSON");
    let sheets = format!("{}\n", vignettes[0]["answers"]).repeat(1_000);
    for (arguments, typed) in [
        (&["assess"][..], &*sheets),
        (&["schema"], ""),
        (&["completions", "bash"], ""),
        (&["man"], ""),
        (&["--help"], ""),
    ] {
        for bytes in [0, 1] {
            let (status, error) = until_read(arguments, typed, bytes);
            assert_eq!((status, &*error), (Some(0), ""), "{arguments:?}, {bytes}");
        }
    }
}

#[test]
fn what_was_found_is_told_by_the_status_though_nobody_reads_it() {
    let folder = tempfile::tempdir().expect("a folder");
    let mine = folder.path().join("mine.yaml");
    let text = fs::read_to_string(SMALL).expect("a questionnaire").replace("rules:\n", "rulez:\n");
    fs::write(&mine, text).expect("a file");
    let mine = mine.to_str().expect("a path");
    for (arguments, expected) in [
        (&["check", BACK_PAIN, mine][..], 1),
        (&["check", mine, BACK_PAIN], 1),
        (&["check", "--format", "json", mine], 1),
        (&["check", BACK_PAIN], 0),
    ] {
        let (status, error) = until_read(arguments, "", 0);
        assert_eq!((status, &*error), (Some(expected), ""), "{arguments:?}");
    }
}

/// A gate must not pass by accident: `redflag diff old new | head` in a script that looks at the status.
#[test]
fn a_verdict_stays_though_nobody_reads_it() {
    let folder = tempfile::tempdir().expect("a folder");
    let text = fs::read_to_string(SMALL).expect("a questionnaire");
    let less = text.replace("level: emergency\n    because: High", "level: soon\n    because: High");
    assert_ne!(less, text);
    let less_urgent = folder.path().join("mine.yaml");
    fs::write(&less_urgent, less).expect("a file");
    let failing = "cases:\n  - { name: Nobody, audience: patient, level: emergency }\n";
    fs::write(folder.path().join("mine.tests.yaml"), failing).expect("a file");
    let mine = less_urgent.to_str().expect("a path");
    for (arguments, expected) in [
        (&["diff", SMALL, mine][..], 1),
        (&["diff", SMALL, mine, "--format", "json"], 1),
        (&["diff", mine, SMALL], 0),
        (&["test", mine], 1),
    ] {
        let (status, error) = until_read(arguments, "", 0);
        assert_eq!((status, &*error), (Some(expected), ""), "{arguments:?}");
    }
    // More than a pipe holds before the bad sheet, so that it is noticed before that one comes.
    let good = "{}\n".repeat(2_000);
    for (sheets, expected) in [
        (format!("{good}{{\"age\": 500}}\n"), 1),
        (format!("{{\"age\": 500}}\n{good}"), 1),
        (format!("{good}no JSON\n{good}"), 1),
        (good.clone(), 0),
    ] {
        let (status, error) = until_read(&["assess", SMALL], &sheets, 1);
        assert_eq!((status, &*error), (Some(expected), ""));
    }
    let output =
        shell(r#"yes '{}' | { "$0" assess "$1"; echo $? >&2; } | head -1 >/dev/null"#, folder.path(), "");
    let error = String::from_utf8_lossy(&output.stderr);
    assert!(error.contains("not all answer sheets were judged") && error.ends_with("1\n"), "{error}");
}

#[test]
fn without_an_input_nothing_is_finished() {
    let folder = tempfile::tempdir().expect("a folder");
    for script in [r#"exec "$0" "$1" <&-"#, r#"exec "$0" "$1" --plain <&-"#, r#"exec "$0" "$1" </dev/null"#] {
        let output = shell(script, folder.path(), "");
        assert_eq!(output.status.code(), Some(1), "{script}");
        assert!(String::from_utf8_lossy(&output.stdout).contains("\nNot finished. The input has ended."));
        assert!(output.stderr.is_empty(), "{output:?}");
    }
    let output = shell(r#"exec "$0" assess <&-"#, folder.path(), "");
    assert_eq!((output.status.code(), output.stdout.len()), (Some(0), 0), "no sheets, no results");
    // A folder can be opened, but not read.
    for script in [r#"exec "$0" "$1" <"$2""#, r#"exec "$0" assess <"$2""#] {
        let output = shell(script, folder.path(), "");
        assert_eq!(output.status.code(), Some(1), "{script}");
        assert!(String::from_utf8_lossy(&output.stderr).starts_with("redflag: "), "{output:?}");
    }
}

#[test]
fn without_an_output_or_an_error_output_nothing_panics() {
    let folder = tempfile::tempdir().expect("a folder");
    for script in [
        r#"exec "$0" "$1" --replace --report "$2/r.txt" >&-"#,
        r#"exec "$0" "$1" --replace --report "$2/r.txt" >&- 2>&-"#,
        r#"exec "$0" "$1" --replace --report "$2/r.txt" 2>&-"#,
    ] {
        let output = shell(script, folder.path(), FINISHED);
        assert_eq!(output.status.code(), Some(0), "{script}: {output:?}");
        let report = fs::read_to_string(folder.path().join("r.txt")).expect("a report");
        assert!(report.contains("See somebody this week"));
    }
    for (script, status) in [
        (r#"exec "$0" check "$1" >&- 2>&-"#, 1),
        (r#"exec "$0" check back-pain >&-"#, 0),
        (r#"exec "$0" check "$2/none.yaml" 2>&-"#, 2),
        (r#"exec "$0" --no-such-option 2>&-"#, 2),
        (r#"exec "$0" "$1" --report "$2/no/such.txt" >&- 2>&-"#, 1),
        (r#"echo '{"age": 500}' | "$0" assess >&- 2>&-"#, 1),
    ] {
        let output = shell(script, folder.path(), FINISHED);
        assert_eq!(output.status.code(), Some(status), "{script}: {output:?}");
    }
}

#[test]
#[cfg(target_os = "linux")]
fn an_output_that_is_full_is_told() {
    let folder = tempfile::tempdir().expect("a folder");
    for script in [
        r#"exec "$0" "$1" >/dev/full"#,
        r#"echo '{}' | "$0" assess >/dev/full"#,
        r#"exec "$0" check back-pain >/dev/full"#,
        r#"exec "$0" schema >/dev/full"#,
        r#"exec "$0" man >/dev/full"#,
        r#"exec "$0" "$1" --report /dev/full"#,
    ] {
        let output = shell(script, folder.path(), FINISHED);
        assert_eq!(output.status.code(), Some(1), "{script}: {output:?}");
        let error = String::from_utf8_lossy(&output.stderr);
        assert!(error.starts_with("redflag: ") && error.contains("No space left"), "{script}: {error}");
    }
    // Nothing can be told any more, and nothing panics.
    let output = shell(r#"exec "$0" "$1" >/dev/full 2>/dev/full"#, folder.path(), FINISHED);
    assert_eq!(output.status.code(), Some(1));
}
