//! Nothing from outside commands the terminal: what is typed, pasted or piped in, the files that are read, and
//! the names of files. Every byte that the real program puts out is looked at.

mod pty;
mod repertoire;

use std::ffi::OsString;
use std::fs;
use std::io::Write;
use std::os::unix::ffi::OsStringExt;
use std::path::Path;
use std::process::{Command, Output, Stdio};

use pty::{CTRL_C, ENTER, Pty, USUAL};
use repertoire::{COMMANDS, Colours, not_ours};

const SMALL: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/tests/fixtures/small.yaml");

#[track_caller]
fn assert_ours(bytes: &[u8], colours: Colours, what: &str) {
    if let Some(found) = not_ours(bytes, colours) {
        panic!("{what}: it puts out {found}");
    }
}

/// Runs `redflag` with these arguments and bytes, and looks at all it says.
#[track_caller]
fn told(arguments: &[OsString], typed: &[u8]) -> Output {
    let mut command = Command::new(env!("CARGO_BIN_EXE_redflag"));
    command.args(arguments).env("XDG_CONFIG_HOME", "/nonexistent").env("HOME", "/nonexistent");
    command.stdin(Stdio::piped()).stdout(Stdio::piped()).stderr(Stdio::piped());
    let mut child = command.spawn().expect("the program starts");
    // It may have ended before it has read everything.
    let _ = child.stdin.take().expect("an input").write_all(typed);
    let output = child.wait_with_output().expect("it ends");
    for said in [&output.stdout, &output.stderr] {
        assert_ours(said, Colours::None, &format!("{arguments:?}"));
    }
    output
}

fn arguments(arguments: &[&str]) -> Vec<OsString> {
    arguments.iter().map(OsString::from).collect()
}

#[test]
fn the_repertoire_has_none_of_the_commands_in_it() {
    for command in COMMANDS {
        for colours in [Colours::None, Colours::Any] {
            let text = format!("some words {command} and more");
            let is_colour = command.ends_with('m') && colours == Colours::Any;
            assert_eq!(not_ours(text.as_bytes(), colours).is_some(), !is_colour, "{command:?}");
        }
    }
    assert_eq!(
        not_ours("\u{1b}[2J\u{1b}[1;7m\u{276f} caf\u{e9}\u{1b}[0m\r\n".as_bytes(), Colours::None),
        None
    );
}

/// To the text at the end of the small questionnaire.
fn at_the_text(folder: &Path) -> Pty {
    let script = r#"cd "$FOLDER" && exec "$0" "$SMALL" --theme mono"#;
    let variables = [("FOLDER", folder.to_str().expect("a path")), ("SMALL", SMALL)];
    let mut pty = Pty::start_shell(script, &variables, USUAL);
    pty.until_started();
    for (keys, next) in [
        ("\r", "First some questions"),
        ("\r", "Where does it hurt?"),
        ("2\r", "Have you noticed any of these?"),
        ("2\r", "How bad is it?"),
        ("8\r", "How old are you?"),
        ("\x1b[200~4\x1b]0;owned\x070\x1b[201~", "Digits only."),
    ] {
        pty.answer(keys, next);
    }
    pty
}

#[test]
fn what_is_typed_and_pasted_on_the_full_screen_stays_text() {
    let folder = tempfile::tempdir().expect("a folder");
    let mut pty = at_the_text(folder.path());
    pty.until_settled();
    pty.until_text("\u{276f} _____ years");
    // What was not taken can be read before anything goes on.
    std::thread::sleep(std::time::Duration::from_millis(1300));
    for (keys, next) in [("40\r", "Have you ever had cancer?"), ("1\r", "Anything else?")] {
        pty.answer(keys, next);
    }
    pty.until_settled();
    for command in COMMANDS {
        // A paste that holds the end of a paste would end there.
        pty.send(format!("\x1b[200~{command}\x1b[201~"));
        pty.send(command.replace(['\u{1b}', '\0', '\u{e}', '\u{f}', '\u{c}'], ""));
        pty.until_read();
    }
    pty.send("end of it");
    pty.until_text("end of it");
    pty.answer(ENTER, "[Result]");
    for tab in ["[Say on the phone]", "[Answers]", "[Clinician]", "[Learn more]", "[Result]"] {
        pty.answer("\x1b[C", tab);
    }
    pty.answer("s", "Save the summary");
    pty.until_settled();
    pty.send("\x7f".repeat(60));
    pty.send(format!("\x1b[200~{}name\x1b[201~", COMMANDS[0]));
    pty.answer(ENTER, "Saved as");
    pty.until_settled();
    pty.send("q");
    pty.ended_with(0);
    pty.given_back();
    pty.until_text("The whole report: ");
    assert_ours(&pty.bytes(), Colours::None, "the full screen and the report after it");

    let saved: Vec<_> = fs::read_dir(folder.path()).expect("a folder").collect();
    assert_eq!(saved.len(), 1);
    let saved = saved.into_iter().next().expect("a file").expect("a file");
    assert!(!saved.file_name().to_string_lossy().contains(char::is_control), "{saved:?}");
    assert_ours(&fs::read(saved.path()).expect("the file"), Colours::None, "the saved file");
}

#[test]
fn what_is_typed_line_by_line_stays_text() {
    let folder = tempfile::tempdir().expect("a folder");
    for ending in ["txt", "md", "json", "html"] {
        let report = folder.path().join(format!("r.{ending}"));
        let save = folder.path().join("saved");
        let mut typed = Vec::new();
        for command in COMMANDS {
            // Where nothing such is an answer, at every kind of question, and where it is one.
            typed.extend_from_slice(format!("{command}\n1{command}\n").as_bytes());
        }
        let wrong = typed.clone();
        for answer in ["", "2", "0", "7", "49", "no"] {
            typed.extend_from_slice(answer.as_bytes());
            typed.push(b'\n');
            typed.extend_from_slice(&wrong);
        }
        typed.extend_from_slice(b"change 7\n");
        typed.extend_from_slice(format!("{}\n", COMMANDS.concat()).as_bytes());
        for command in COMMANDS {
            typed.extend_from_slice(format!("save {}{command}x\n", save.display()).as_bytes());
            typed.extend_from_slice(format!("learn {command}\nchange {command}\n").as_bytes());
        }
        typed.extend_from_slice(b"\xff\xfe\nreview\n\xf0\x9f\n");
        let report_path = report.to_str().expect("a path");
        told(&arguments(&[SMALL, "--plain", "--report", report_path]), &typed);
        let written = fs::read(&report).expect("a report");
        assert_ours(&written, Colours::None, ending);
        assert!(String::from_utf8_lossy(&written).contains("owned"), "{ending} has the answer");
    }
    for file in fs::read_dir(folder.path()).expect("a folder") {
        let name = file.expect("a file").file_name();
        assert!(
            !name.to_string_lossy().contains(char::is_control),
            "{name:?} would command whoever lists it"
        );
    }
}

#[test]
fn what_is_judged_stays_text() {
    let mut sheets = Vec::new();
    for command in COMMANDS {
        let escaped = serde_json::to_string(command).expect("JSON");
        for text in [escaped, format!("\"{command}\"")] {
            for sheet in [
                format!("{{\"words\": {text}}}"),
                format!("{{{text}: 1}}"),
                format!("{{\"age\": {text}}}"),
                text,
            ] {
                sheets.extend_from_slice(sheet.as_bytes());
                sheets.push(b'\n');
            }
        }
        sheets.extend_from_slice(
            format!("{{\"kind\": {}, \"age\": 4}}\n", serde_json::json!(command)).as_bytes(),
        );
        sheets
            .extend_from_slice(b"{\"calcium\": \"\\u001b[6n\", \"words\": \"\\u009b6n\"}\n\xff\xfe\x1b[6n\n");
    }
    let output = told(&arguments(&["assess", SMALL]), &sheets);
    assert_eq!(output.status.code(), Some(1));
    for line in String::from_utf8(output.stdout).expect("text").lines() {
        serde_json::from_str::<serde_json::Value>(line).expect(line);
    }
}

#[test]
fn names_of_files_and_arguments_stay_text() {
    let folder = tempfile::tempdir().expect("a folder");
    let questionnaire = fs::read_to_string(SMALL).expect("a questionnaire");
    for (number, command) in COMMANDS.iter().enumerate() {
        // A name can't hold these two.
        let command = command.replace(['\0', '/'], "");
        let odd = folder.path().join(format!("{number}{command}.yaml"));
        fs::write(&odd, questionnaire.replace("cancer_history: yes }\n  nerve", "cancer: yes }\n  nerve"))
            .expect("a file");
        let odd = odd.to_str().expect("a path");
        let nowhere = format!("/nonexistent/{command}");
        for words in [
            &["check", odd][..],
            &["check", "--format", "json", odd],
            &["assess", odd],
            &[odd],
            &["check", &nowhere],
            &[&nowhere],
            &[&command],
            &["assess", "--answers", &nowhere],
            &["--site", &nowhere],
            &["--site", odd],
            &["--plain", "--report", &nowhere],
            &["--audience", &command],
            &["--format", &command],
            &["check", "--budget", &command],
            &[&format!("--{command}")],
            &["back-pain", &command],
        ] {
            let output = told(&arguments(words), b"");
            assert!(matches!(output.status.code(), Some(1 | 2)), "{words:?}: {output:?}");
            assert!(!output.stderr.is_empty() || !output.stdout.is_empty(), "{words:?}");
        }
        // In a terminal mistakes have colours.
        for words in [&["check", odd][..], &[odd], &[&nowhere], &["--audience", &command]] {
            let mut pty = Pty::start(words, &[], USUAL);
            pty.ended();
            pty.until("something", |screen| !screen.contents().trim().is_empty());
            assert_ours(&pty.bytes(), Colours::Any, &format!("{words:?}"));
            assert!(!pty.text().contains("\u{1b}"), "{}", pty.text());
        }
    }
}

#[test]
fn a_report_can_have_a_name_that_is_no_text() {
    let folder = tempfile::tempdir().expect("a folder");
    let mut name = folder.path().as_os_str().to_owned();
    name.push(OsString::from_vec(b"/r\xff\xfe.json".to_vec()));
    let words: Vec<OsString> = [SMALL.into(), "--plain".into(), "--report".into(), name.clone()].into();
    assert_eq!(told(&words, b"\n2\n0\n7\n49\nno\n\n").status.code(), Some(0));
    let written = fs::read_to_string(Path::new(&name)).expect("a report");
    assert!(written.starts_with('{'), "the ending tells the format: {written}");

    let mut nowhere = folder.path().as_os_str().to_owned();
    nowhere.push(OsString::from_vec(b"/no\xff\x1b[6n/r.txt".to_vec()));
    let words: Vec<OsString> = [SMALL.into(), "--plain".into(), "--report".into(), nowhere].into();
    let output = told(&words, b"\n2\n0\n7\n49\nno\n\n");
    assert_eq!(output.status.code(), Some(1));
    assert!(String::from_utf8_lossy(&output.stderr).contains("was not written"));

    let words: Vec<OsString> = [OsString::from_vec(b"./q\xff\x1b[6n.yaml".to_vec())].into();
    assert_eq!(told(&words, b"").status.code(), Some(2));
}

#[test]
fn the_site_file_stays_text() {
    let folder = tempfile::tempdir().expect("a folder");
    let site = folder.path().join("site.yaml");
    let path = site.to_str().expect("a path");
    for command in COMMANDS {
        let quoted: String = command.chars().map(|c| format!("\\u{:04x}", u32::from(c))).collect();
        let quoted = format!("\"{quoted}\"");
        let all = ["clinic", "clinic_phone", "emergency_number", "nurse_line", "cancer_line"];
        let values: String = all.iter().map(|key| format!("{key}: {quoted}\n")).collect();
        for (text, is_read) in [
            (values, true),
            (format!("{quoted}: 1\n"), false),
            (format!("theme: {quoted}\n"), false),
            (format!("clinic: [{quoted}]\n"), false),
            (format!("clinic: !{quoted} x\n"), false),
            (format!("clinic: {{{quoted}: {quoted}}}\n"), false),
            (format!("clinic: {command}\n{command}: 1\n"), false),
        ] {
            fs::write(&site, &text).expect("a file");
            let report = folder.path().join("r.html");
            let words = arguments(&[
                "--plain",
                "--site",
                path,
                "--replace",
                "--report",
                report.to_str().expect("a path"),
            ]);
            // An emergency, which names most of the numbers.
            let output = told(&words, b"3\nshow\nclinician\nmore\n");
            if is_read {
                assert_eq!(output.status.code(), Some(1), "{text:?}");
                assert_ours(&fs::read(&report).expect("a report"), Colours::None, "the report");
            } else {
                assert_eq!(output.status.code(), Some(2), "{text:?}");
            }
        }
        fs::write(&site, format!("emergency_number: {quoted}\n")).expect("a file");
        let mut pty = Pty::start(&["--site", path, "--theme", "mono"], &[], USUAL);
        pty.until_started();
        pty.answer(ENTER, "Do you have any of these now");
        pty.answer("1\r", "GET EMERGENCY HELP NOW");
        pty.send([CTRL_C, CTRL_C].concat());
        pty.ended_with(130);
        pty.given_back();
        assert_ours(&pty.bytes(), Colours::None, "an alert with the number of the site");
    }
}
