//! Answers kept with `--keep`, and gone on with by `--go-on`, on the real program.

use std::io::Write;
use std::path::Path;
use std::process::{Command, Output, Stdio};

use serde_json::Value;

const SMALL: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/tests/fixtures/small.yaml");

fn redflag(folder: &Path, args: &[&str], typed: &str) -> Output {
    let mut command = Command::new(env!("CARGO_BIN_EXE_redflag"));
    command.args(["--plain"]).args(args).current_dir(folder).env("XDG_CONFIG_HOME", folder);
    command.stdin(Stdio::piped()).stdout(Stdio::piped()).stderr(Stdio::piped());
    let mut child = command.spawn().expect("the program starts");
    child.stdin.take().expect("an input").write_all(typed.as_bytes()).expect("it listens");
    child.wait_with_output().expect("it ends")
}

fn json(path: &Path) -> Value {
    serde_json::from_str(&std::fs::read_to_string(path).expect("a file")).expect("JSON")
}

#[test]
fn what_was_kept_in_the_middle_goes_on_where_it_was_and_ends_as_if_it_had_never_stopped() {
    let folder = tempfile::tempdir().expect("a folder");
    let straight = "\n1\n2\n9\n44\nno\nsome words\n";
    let (before, after) = straight.split_at(7);
    let whole = redflag(folder.path(), &[SMALL, "--report", "whole.json"], straight);
    assert_eq!(whole.status.code(), Some(0), "{whole:?}");
    let first = redflag(folder.path(), &[SMALL, "--keep", "kept.json"], before);
    assert_eq!(first.status.code(), Some(1), "not finished");
    let second = redflag(folder.path(), &[SMALL, "--go-on", "kept.json", "--report", "parts.json"], after);
    assert_eq!(second.status.code(), Some(0), "{second:?}");
    let [mut whole, mut parts] = ["whole.json", "parts.json"].map(|name| json(&folder.path().join(name)));
    for report in [&mut whole, &mut parts] {
        report["written"] = Value::Null;
        report["encounter"]["began"] = Value::Null;
        report["encounter"]["ended"] = Value::Null;
    }
    assert_eq!(whole, parts);
}

#[test]
fn a_kept_file_names_its_questionnaire_and_its_language() {
    let folder = tempfile::tempdir().expect("a folder");
    redflag(folder.path(), &["--language", "es", "--keep", "kept.json"], "n\nn\n");
    let said = redflag(folder.path(), &["--go-on", "kept.json"], "");
    let said = String::from_utf8_lossy(&said.stdout).into_owned();
    assert!(said.contains("Pregunta 3 de"), "{said}");
}

#[test]
fn a_report_in_json_can_be_gone_on_with() {
    let folder = tempfile::tempdir().expect("a folder");
    redflag(folder.path(), &[SMALL, "--report", "report.json"], "\n1\n2\n9\n44\n");
    let said = redflag(folder.path(), &[SMALL, "--go-on", "report.json"], "");
    assert!(String::from_utf8_lossy(&said.stdout).contains("Have you ever had cancer?"), "{said:?}");
}

#[test]
fn what_fits_no_more_is_said_and_what_is_no_encounter_is_refused() {
    let folder = tempfile::tempdir().expect("a folder");
    redflag(folder.path(), &[SMALL, "--keep", "kept.json"], "\n1\n2\n9\n");
    let other = std::fs::read_to_string(SMALL).expect("a file").replace("id: weak", "id: weakness");
    let other = other.replace("numb, weak]", "numb, weakness]");
    std::fs::write(folder.path().join("other.yaml"), other.replace("version: 1.0.0", "version: 2.0.0"))
        .unwrap();
    let said = redflag(folder.path(), &["other.yaml", "--go-on", "kept.json"], "");
    let told = String::from_utf8_lossy(&said.stderr).into_owned();
    assert!(told.contains("version 1.0.0") && told.contains("weak"), "{told}");
    for (name, text) in [("no.json", "{}"), ("empty.json", ""), ("bytes.json", "\u{0}")] {
        std::fs::write(folder.path().join(name), text).unwrap();
        let said = redflag(folder.path(), &["--go-on", name], "");
        assert_eq!(said.status.code(), Some(2), "{name}");
        assert!(String::from_utf8_lossy(&said.stderr).contains(name), "{said:?}");
    }
    let said = redflag(folder.path(), &["--go-on", "missing.json"], "");
    assert_eq!(said.status.code(), Some(2));
}

#[test]
fn the_first_page_says_what_becomes_of_the_answers() {
    let folder = tempfile::tempdir().expect("a folder");
    let begins = |args: &[&str]| {
        let out = redflag(folder.path(), args, "");
        String::from_utf8(out.stdout).expect("text").lines().take(40).collect::<Vec<_>>().join("\n")
    };
    let nowhere = "Your answers are not stored or sent unless you save them.";
    let said = begins(&[]);
    assert!(said.contains(nowhere), "{said}");
    let said = begins(&["--keep", "mine.json", "--report", "mine.md"]);
    for line in [
        "When you leave, the answers are saved in: mine.json",
        "When you finish, the result is written to: mine.md",
    ] {
        assert!(said.contains(line), "{said}");
    }
    assert!(!said.contains(nowhere), "{said}");
    let out = redflag(folder.path(), &["--keep", "other.json"], "quit\nyes\n");
    let said = String::from_utf8(out.stdout).expect("text");
    assert!(said.contains("Leave now? Your answers will be saved in other.json."), "{said}");
    assert!(folder.path().join("other.json").exists());
    // A check that is there already can be gone on with, which is what a person most often wants then.
    let out = redflag(folder.path(), &["--keep", "other.json"], "");
    let said = String::from_utf8(out.stderr).expect("text");
    assert!(said.contains("continue the check in it with --go-on other.json"), "{said}");
}

#[test]
fn only_its_owner_can_read_what_is_kept() {
    use std::os::unix::fs::PermissionsExt;
    let folder = tempfile::tempdir().expect("a folder");
    redflag(folder.path(), &[SMALL, "--keep", "kept.json"], "\n1\n");
    let mode = std::fs::metadata(folder.path().join("kept.json")).expect("a file").permissions().mode();
    assert_eq!(mode & 0o777, 0o600);
}

/// What the program prints as a schema, in the hands of a validator that others have written.
fn refuses(schema: &str, value: &Value) -> Option<String> {
    let printed =
        Command::new(env!("CARGO_BIN_EXE_redflag")).args(["schema", schema]).output().expect("it ran");
    assert_eq!(printed.status.code(), Some(0), "{printed:?}");
    let schema: Value = serde_json::from_slice(&printed.stdout).expect("JSON");
    let (mut schemas, mut compiler) = (boon::Schemas::new(), boon::Compiler::new());
    compiler.add_resource("http://localhost/schema.json", schema).expect("JSON");
    let whole = compiler.compile("http://localhost/schema.json", &mut schemas).expect("a schema");
    schemas.validate(value, whole).err().map(|error| format!("{error:#}"))
}

#[test]
fn kept_files_and_reports_fit_the_schemas_that_are_printed_for_them() {
    let folder = tempfile::tempdir().expect("a folder");
    let (kept, report) = (folder.path().join("kept.json"), folder.path().join("report.json"));
    for typed in ["", "\n1\n2\n9\n", "\n1\n2\n9\n44\nno\nsome words\n", "\n1\n1\nback\n"] {
        redflag(
            folder.path(),
            &[SMALL, "--replace", "--keep", "kept.json", "--report", "report.json"],
            typed,
        );
        assert_eq!(refuses("--encounter", &json(&kept)), None, "{typed:?}");
        if !report.exists() {
            continue;
        }
        let report = json(&report);
        assert_eq!(refuses("--report", &report), None, "{typed:?}");
        // Without the place: at the first open question.
        assert_eq!(refuses("--encounter", &report["encounter"]), None, "{typed:?}");
    }
    assert!(report.exists());
    let mut odd = json(&kept);
    odd["mood"] = "fine".into();
    assert!(refuses("--encounter", &odd).is_some_and(|why| why.contains("mood")));
    odd = json(&kept);
    odd["answers"] = Value::Null;
    assert!(refuses("--encounter", &odd).is_some());
}
