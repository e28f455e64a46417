//! Reports that the real program writes, from the full screen and line by line.

mod pty;

use std::fs;
use std::io::Write;
use std::path::Path;
use std::process::{Command, Output, Stdio};

use pty::{ENTER, Pty, USUAL};
use serde_json::Value;

const SMALL: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/tests/fixtures/small.yaml");
const BACK_PAIN: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/questionnaires/back-pain.yaml");

/// Finishes the small questionnaire.
const FINISHED: &str = "\n2\n0\n7\n49\nno\n\n";

/// Line by line, with a configuration directory that holds no site file.
fn redflag(arguments: &[&str], typed: &str) -> Output {
    let mut command = Command::new(env!("CARGO_BIN_EXE_redflag"));
    command
        .args(arguments)
        .env("LC_ALL", "C")
        .env("XDG_CONFIG_HOME", Path::new(SMALL).parent().expect("a folder"));
    command.stdin(Stdio::piped()).stdout(Stdio::piped()).stderr(Stdio::piped());
    let mut child = command.spawn().expect("the program starts");
    // It may have ended before it has read everything.
    let _ = child.stdin.take().expect("a pipe").write_all(typed.as_bytes());
    child.wait_with_output().expect("the program ends")
}

/// What tells one format from the others.
fn is(format: &str, written: &str) -> bool {
    match format {
        "text" => written.contains("\n====="),
        "markdown" => written.starts_with("# ") && written.contains("\n## Result\n"),
        "json" => serde_json::from_str::<Value>(written).is_ok(),
        "html" => written.starts_with("<!DOCTYPE html>"),
        other => panic!("no format is called {other}"),
    }
}

#[test]
fn line_by_line_the_option_or_the_ending_tells_the_format() {
    let folder = tempfile::tempdir().unwrap();
    for (name, option, format) in [
        ("r.txt", None, "text"),
        ("r", None, "text"),
        ("r.md", None, "markdown"),
        ("r.JSON", None, "json"),
        ("r.html", None, "html"),
        ("a.txt", Some("html"), "html"),
        ("a.html", Some("text"), "text"),
        ("a", Some("markdown"), "markdown"),
        ("b", Some("json"), "json"),
        ("b.pdf", Some("html"), "html"),
        ("note.2026-11-28", None, "text"),
    ] {
        let path = folder.path().join(name);
        let mut arguments = vec![SMALL, "--report", path.to_str().unwrap()];
        arguments.extend(option.iter().flat_map(|option| ["--format", option]));
        let output = redflag(&arguments, FINISHED);
        assert_eq!(output.status.code(), Some(0), "{output:?}");
        let written = fs::read_to_string(&path).unwrap();
        assert!(is(format, &written), "{name}, {option:?}:\n{written}");
        assert!(written.contains("See somebody this week"));
    }
}

#[test]
fn a_check_left_before_its_end_says_so_in_every_format() {
    let folder = tempfile::tempdir().unwrap();
    for name in ["r.txt", "r.md", "r.json", "r.html"] {
        let path = folder.path().join(name);
        let output = redflag(&[SMALL, "--report", path.to_str().unwrap()], "\n2\n");
        assert_eq!(output.status.code(), Some(1));
        let written = fs::read_to_string(&path).unwrap();
        assert!(written.contains("Not finished: "), "{written}");
    }
}

#[test]
fn a_questionnaire_has_the_same_hash_built_in_and_as_a_file() {
    let folder = tempfile::tempdir().unwrap();
    let hash = |questionnaire: &str| {
        let path = folder.path().join("r.json");
        redflag(&[questionnaire, "--replace", "--report", path.to_str().unwrap()], "");
        let json: Value = serde_json::from_str(&fs::read_to_string(&path).unwrap()).unwrap();
        json["questionnaire"]["sha256"].as_str().expect("a hash").to_owned()
    };
    assert_eq!(hash("back-pain"), hash(BACK_PAIN));
    assert_ne!(hash("back-pain"), hash(SMALL));
}

#[test]
fn the_clock_and_the_site_file_reach_the_report() {
    let folder = tempfile::tempdir().unwrap();
    let (site, path) = (folder.path().join("site.yaml"), folder.path().join("r.json"));
    fs::write(&site, "clinic: Hill & <Street>").unwrap();
    let (site, report) = (site.to_str().unwrap(), path.to_str().unwrap());
    let before = redflag::system::clock::now().datetime();
    redflag(&[SMALL, "--site", site, "--report", report], FINISHED);
    let json: Value = serde_json::from_str(&fs::read_to_string(&path).unwrap()).unwrap();
    assert_eq!(json["site"], "Hill & <Street>");
    let written: jiff::civil::DateTime = json["written"].as_str().unwrap().parse().unwrap();
    let second = jiff::SignedDuration::from_secs(1);
    assert!(written + second >= before && written <= redflag::system::clock::now().datetime());
}

#[test]
fn line_by_line_a_format_needs_a_file() {
    let output = redflag(&[SMALL, "--format", "html"], FINISHED);
    assert_eq!(output.status.code(), Some(2));
    assert!(output.stdout.is_empty(), "nothing is asked first");
    assert!(String::from_utf8_lossy(&output.stderr).contains("--format also needs --report FILE"));
}

/// Finishes the small questionnaire on the full screen.
fn finish(arguments: &[&str]) -> Pty {
    let arguments: Vec<_> = [SMALL].iter().chain(arguments).copied().collect();
    let mut pty = Pty::start(&arguments, &[], USUAL);
    pty.finish_small("<b>caf\u{e9}");
    pty.leave_summary("3");
    pty
}

#[test]
fn the_full_screen_writes_every_format() {
    let folder = tempfile::tempdir().unwrap();
    for (name, said) in [
        ("r.txt", "<b>caf\u{e9}"),
        ("r.md", "&lt;b\\>caf\u{e9}"),
        ("r.json", "<b>caf\u{e9}"),
        ("r.html", "&lt;b&gt;caf\u{e9}"),
    ] {
        let path = folder.path().join(name);
        let mut pty = finish(&["--report", path.to_str().unwrap()]);
        pty.until_text("redflag: Saved as ");
        pty.ended_with(0);
        pty.given_back();
        let written = fs::read_to_string(&path).unwrap();
        assert!(written.contains(said), "{written}");
        assert!(!pty.text().contains(said), "the report is in the file");
    }
}

#[test]
fn the_first_page_of_the_full_screen_names_the_file() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("r.md");
    let pty = Pty::start(&[SMALL, "--report", path.to_str().unwrap()], &[], USUAL);
    pty.until_text("When you finish, the result is written to: ");
    assert!(!pty.text().contains("unless you save them"), "{}", pty.text());
}

#[test]
fn whoever_leaves_reads_whether_the_answers_are_saved_and_they_are() {
    let folder = tempfile::tempdir().unwrap();
    for (option, file, words, is_saved) in [
        ("--keep", "kept.json", "Leave. The answers are saved", true),
        ("--report", "report.md", "Leave. Answers are not kept", false),
    ] {
        for (keys, status) in [("3\r", 1), ("\x03\x03", 130)] {
            let path = folder.path().join(format!("{status}-{file}"));
            let mut pty = Pty::start(&[SMALL, option, path.to_str().unwrap()], &[], USUAL);
            pty.until_started();
            pty.answer(ENTER, "First some questions");
            pty.answer("q", words);
            pty.until_settled();
            pty.send(keys);
            pty.ended_with(status);
            assert_eq!(path.exists(), is_saved, "{option}, {status}");
        }
    }
}

#[test]
fn without_a_file_the_report_is_printed_in_its_format() {
    let mut pty = finish(&["--format", "markdown"]);
    pty.until_text("- SHA-256: ");
    pty.ended_with(0);
    pty.given_back();
}

#[test]
fn a_report_that_cannot_be_written_is_printed() {
    let folder = tempfile::tempdir().unwrap();
    let nowhere = folder.path().join("no/such/r.html");
    let mut pty = finish(&["--report", nowhere.to_str().unwrap()]);
    pty.until_text("was not written");
    assert!(pty.text().contains("SHA-256: "), "{}", pty.text());
    pty.ended_with(1);
    pty.given_back();
}

/// The next patient's note under the name of the last one's was how a note got lost.
#[test]
fn a_report_replaces_nothing_unless_it_is_told_to() {
    let folder = tempfile::tempdir().unwrap();
    let there = folder.path().join("note.txt");
    let path = there.to_str().unwrap();
    fs::write(&there, "of another patient").unwrap();
    for option in ["--report", "--keep"] {
        let output = redflag(&[SMALL, option, path], FINISHED);
        assert_eq!(output.status.code(), Some(2));
        assert!(output.stdout.is_empty(), "nothing is asked first");
        let told = String::from_utf8_lossy(&output.stderr).into_owned();
        assert!(told.contains(path) && told.contains("--replace"), "{told}");
        assert_eq!(fs::read_to_string(&there).unwrap(), "of another patient");
    }
    let output = redflag(&[SMALL, "--report", path, "--replace"], FINISHED);
    assert_eq!(output.status.code(), Some(0));
    assert!(is("text", &fs::read_to_string(&there).unwrap()));
}

#[test]
fn an_empty_file_that_a_script_has_made_is_filled() {
    let file = tempfile::NamedTempFile::new().unwrap();
    let output = redflag(&[SMALL, "--report", file.path().to_str().unwrap()], FINISHED);
    assert_eq!(output.status.code(), Some(0));
    assert!(is("text", &fs::read_to_string(file.path()).unwrap()));
}

#[test]
fn who_goes_on_with_a_check_keeps_it_in_its_file() {
    let folder = tempfile::tempdir().unwrap();
    let kept = folder.path().join("kept.json");
    let path = kept.to_str().unwrap();
    redflag(&[SMALL, "--keep", path], "\n2\n");
    let before = fs::read_to_string(&kept).unwrap();
    redflag(&[SMALL, "--go-on", path, "--keep", path], "0\n");
    assert_ne!(fs::read_to_string(&kept).unwrap(), before);
}

#[test]
fn a_folder_gets_a_file_for_each_check_named_by_date_and_time() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().to_str().unwrap();
    for format in ["text", "text", "html"] {
        let output = redflag(&[SMALL, "--report", path, "--format", format], FINISHED);
        assert_eq!(output.status.code(), Some(0));
        let told = String::from_utf8_lossy(&output.stderr).into_owned();
        let written = told.split_once("Saved as ").expect("it says where").1;
        let written = written.split_once(". It contains").expect("and how to keep it").0;
        assert!(is(format, &fs::read_to_string(written).unwrap()), "{written}");
        let today = redflag::system::clock::now().date().to_string();
        assert!(written.starts_with(path) && written.contains(&today), "{written}");
    }
    assert_eq!(fs::read_dir(&folder).unwrap().count(), 3, "none has replaced another");
}

#[test]
fn an_ending_of_another_kind_of_file_is_refused_before_anything_is_asked() {
    let folder = tempfile::tempdir().unwrap();
    for name in ["note.pdf", "note.docx", "note.txt.rtf", "note.ODT"] {
        let path = folder.path().join(name);
        let output = redflag(&[SMALL, "--report", path.to_str().unwrap()], FINISHED);
        assert_eq!(output.status.code(), Some(2));
        assert!(output.stdout.is_empty() && !path.exists());
        let told = String::from_utf8_lossy(&output.stderr).into_owned();
        assert!(told.contains(".html") && told.contains("--format"), "{told}");
    }
}

#[test]
fn what_is_typed_to_save_keeps_to_the_same_rules() {
    let folder = tempfile::tempdir().unwrap();
    let inside = folder.path().to_str().unwrap();
    let typed = format!("{FINISHED}save {inside}/note.pdf\nsave {inside}\nsave {inside}\n\n");
    let output = redflag(&[SMALL], &typed);
    let said = String::from_utf8_lossy(&output.stdout).into_owned();
    assert!(said.contains("not .pdf"), "{said}");
    assert_eq!(said.matches("Saved as ").count(), 2, "{said}");
    assert_eq!(fs::read_dir(&folder).unwrap().count(), 2);
}
