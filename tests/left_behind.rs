//! What a program that is ended, or that fails, leaves behind: reports where they were asked for, and answers
//! nowhere else.

mod pty;

use std::fs;
use std::io::Write;
use std::os::unix::fs::{MetadataExt, PermissionsExt};
use std::path::Path;
use std::process::{Command, Output, Stdio};

use pty::{CTRL_C, DOWN, ENTER, Pty, USUAL};
use signal_hook::consts::{SIGABRT, SIGHUP, SIGINT, SIGQUIT, SIGTERM, SIGXCPU};

const SMALL: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/tests/fixtures/small.yaml");

/// To the summary of the small questionnaire, line by line; an empty line more finishes it.
const TO_SUMMARY: &str = "\n2\n0\n7\n49\nno\nsince spring\n";

/// Runs a shell script in a folder, in which `"$0"` is `redflag` and `$1` the small questionnaire.
fn shell(script: &str, folder: &Path, typed: &str) -> Output {
    let mut command = Command::new("sh");
    command.args(["-c", script, env!("CARGO_BIN_EXE_redflag"), SMALL]).current_dir(folder);
    command.env("XDG_CONFIG_HOME", "/nonexistent").env("LC_ALL", "C.UTF-8").env_remove("REDFLAG_TEST_PANIC");
    command.stdin(Stdio::piped()).stdout(Stdio::piped()).stderr(Stdio::piped());
    let mut child = command.spawn().expect("a shell");
    let _ = child.stdin.take().expect("an input").write_all(typed.as_bytes());
    child.wait_with_output().expect("it ends")
}

/// The names in a folder.
fn files(folder: &Path) -> Vec<String> {
    let files = fs::read_dir(folder).expect("a folder");
    files.map(|file| file.expect("a file").file_name().to_string_lossy().into_owned()).collect()
}

/// A program in a terminal that is to write a report, with the path of it.
fn reporting(folder: &Path, plain: bool) -> (Pty, std::path::PathBuf) {
    let report = folder.join("r.txt");
    let mut arguments = vec![SMALL, "--report", report.to_str().expect("a path")];
    if plain {
        arguments.push("--plain");
    }
    (Pty::start(&arguments, &[], USUAL), report)
}

fn at_summary(folder: &Path, plain: bool) -> (Pty, std::path::PathBuf) {
    let (mut pty, report) = reporting(folder, plain);
    if plain {
        pty.until_text("Press Enter to go on");
        pty.send(TO_SUMMARY);
        // What was typed has gone out of sight above the summary.
        pty.until_text("Type review to change an answer");
        pty.until_settled();
    } else {
        pty.finish_small("since spring");
    }
    (pty, report)
}

fn says_all(report: &Path) -> bool {
    let text = fs::read_to_string(report).expect("the report is written");
    text.contains("See somebody this week")
        && text.contains("since spring")
        && !text.contains("Not finished: ")
}

#[test]
fn a_signal_at_a_finished_summary_writes_the_report() {
    for (signal, status) in [(SIGTERM, 143), (SIGHUP, 129), (SIGINT, 130), (SIGQUIT, 131), (SIGABRT, 134)] {
        for plain in [false, true] {
            let folder = tempfile::tempdir().unwrap();
            let (mut pty, report) = at_summary(folder.path(), plain);
            pty.signal(signal);
            pty.ended_with(status);
            assert!(says_all(&report), "{signal}, {plain}");
            assert_eq!(files(folder.path()), ["r.txt"]);
        }
    }
}

/// Systems and shells both tell a program that its terminal has gone.
#[test]
fn signals_that_come_twice_cut_no_report_off() {
    for plain in [false, true] {
        let folder = tempfile::tempdir().unwrap();
        let (mut pty, report) = at_summary(folder.path(), plain);
        for signal in [SIGHUP, SIGHUP, SIGTERM, SIGTERM] {
            pty.signal(signal);
        }
        assert!([129, 143].contains(&pty.ended().exit_code()));
        assert!(says_all(&report));
    }
}

#[test]
fn a_terminal_that_goes_at_a_finished_summary_leaves_the_report() {
    for plain in [false, true] {
        let folder = tempfile::tempdir().unwrap();
        let (mut pty, report) = at_summary(folder.path(), plain);
        pty.hang_up();
        pty.ended_with(129);
        assert!(says_all(&report), "{plain}");
    }
}

#[test]
fn ctrl_c_at_a_finished_summary_writes_the_report_and_before_it_nothing() {
    for plain in [false, true] {
        let folder = tempfile::tempdir().unwrap();
        let (mut pty, report) = at_summary(folder.path(), plain);
        pty.send([CTRL_C, if plain { "" } else { CTRL_C }].concat());
        pty.ended_with(130);
        assert!(says_all(&report), "{plain}");

        let folder = tempfile::tempdir().unwrap();
        let (mut pty, _) = reporting(folder.path(), plain);
        if plain {
            pty.until_text("Press Enter to go on");
        } else {
            pty.until_started();
            pty.answer(ENTER, "First some questions");
        }
        pty.send([CTRL_C, if plain { "" } else { CTRL_C }].concat());
        pty.ended_with(130);
        assert!(files(folder.path()).is_empty(), "whoever leaves leaves nothing behind");
    }
}

/// On the full screen what is not finished is kept once its summary was shown, as it is at the end.
#[test]
fn a_program_that_is_told_to_end_in_the_middle_keeps_what_there_is_as_not_finished() {
    for (plain, shown) in [(true, false), (false, true), (false, false)] {
        let folder = tempfile::tempdir().unwrap();
        let (mut pty, report) = reporting(folder.path(), plain);
        if plain {
            pty.until_text("Press Enter to go on");
            pty.send("\n2\n");
            pty.until_text("Have you noticed any of these?");
        } else {
            pty.until_started();
            pty.answer(ENTER, "First some questions");
            pty.answer(ENTER, "Where does it hurt?");
            pty.answer("2\r", "Have you noticed any of these?");
            if shown {
                pty.answer("q", "Leave?");
                pty.answer("2\r", "not finished");
            }
        }
        pty.signal(SIGTERM);
        pty.ended_with(143);
        if plain || shown {
            let written = fs::read_to_string(&report).expect("what was answered is kept");
            assert!(
                written.contains("Not finished: ") && written.contains("Where does it hurt?"),
                "{written}"
            );
        } else {
            assert!(files(folder.path()).is_empty());
        }
    }
}

#[test]
#[cfg(target_os = "linux")]
fn a_conversation_whose_output_is_full_leaves_its_report() {
    let folder = tempfile::tempdir().unwrap();
    let output = shell(r#"exec "$0" "$1" --plain --report r.txt >/dev/full"#, folder.path(), TO_SUMMARY);
    assert_eq!(output.status.code(), Some(1));
    assert!(String::from_utf8_lossy(&output.stderr).contains("No space left"), "{output:?}");
    assert!(folder.path().join("r.txt").exists(), "nothing was wrong with its disk");

    // Full in the middle: the conversation is longer than a file may be here, and the report is not.
    let full = r#"trap '' XFSZ; ulimit -S -f 32; exec "$0" "$1" --plain --report r.txt >said.txt"#;
    for (typed, finished) in [("\n2\n", false), (TO_SUMMARY, true)] {
        let folder = tempfile::tempdir().unwrap();
        let typed = format!("{typed}{}", "help\nrepeat\n".repeat(500));
        let output = shell(full, folder.path(), &typed);
        let error = String::from_utf8_lossy(&output.stderr);
        assert_eq!(output.status.code(), Some(1), "{error}");
        assert!(error.contains("redflag: the conversation broke off: File too large"), "{error}");
        let written = fs::read_to_string(folder.path().join("r.txt")).expect("the report is written");
        assert!(written.contains("Where does it hurt?") && written.contains("Not finished: ") != finished);
    }
}

#[test]
#[cfg(target_os = "linux")]
fn no_core_file_holds_answers() {
    // The other way to see that none is written, wherever the system would put it.
    let has_no_core = |pty: &Pty| {
        let limits = pty.of_process("limits");
        let core = limits.lines().find(|line| line.starts_with("Max core file size")).expect("a limit");
        assert_eq!(core.split_whitespace().collect::<Vec<_>>()[4..6], ["0", "0"], "{core}");
    };
    for (plain, signal) in [
        ("", SIGQUIT),
        ("", SIGABRT),
        ("", SIGXCPU),
        ("--plain", SIGABRT),
        ("--plain", SIGXCPU),
        ("--plain", 0),
    ] {
        let folder = tempfile::tempdir().unwrap();
        let script = format!(r#"cd "$FOLDER" && ulimit -c unlimited && exec "$0" {plain}"#);
        let mut pty = Pty::start_shell(&script, &[("FOLDER", folder.path().to_str().unwrap())], USUAL);
        if plain.is_empty() {
            pty.until_started();
        } else {
            pty.until_text("Type one or more numbers");
        }
        has_no_core(&pty);
        if signal == 0 {
            // Ctrl-\ of the keyboard.
            pty.send("\x1c");
        } else {
            pty.signal(signal);
        }
        pty.ended();
        assert_eq!(files(folder.path()), [""; 0], "{plain} {signal}");
    }
}

#[test]
#[cfg(debug_assertions)]
fn a_panic_says_where_and_not_what_whatever_the_program_does() {
    let folder = tempfile::tempdir().unwrap();
    for arguments in [r#""$1" --plain"#, "assess", r#"check "$1""#, r#"test "$1""#, r#"graph "$1""#, "schema"]
    {
        let script = format!(r#"REDFLAG_TEST_PANIC=command exec "$0" {arguments}"#);
        let output = shell(&script, folder.path(), TO_SUMMARY);
        let error = String::from_utf8_lossy(&output.stderr);
        assert_eq!(output.status.code(), Some(101), "{arguments}: {error}");
        assert!(error.starts_with("redflag stopped because of a bug in the program at "), "{error}");
        assert!(!error.contains("answer") && error.lines().count() == 1, "{error}");
    }
}

#[test]
#[cfg(target_os = "linux")]
fn a_program_killed_while_it_writes_a_report_leaves_no_part_of_it() {
    // Whoever writes more than this into a file is killed in the middle of it.
    for before in ["", "as it was"] {
        for command in [r#""$1" --plain --report r.txt --replace"#, r#"graph "$1" --output r.txt"#] {
            let folder = tempfile::tempdir().unwrap();
            if !before.is_empty() {
                fs::write(folder.path().join("r.txt"), before).unwrap();
            }
            let script = format!(r#"ulimit -c 0; ulimit -S -f 1; exec "$0" {command}"#);
            let output = shell(&script, folder.path(), &format!("{TO_SUMMARY}\n"));
            assert_eq!(output.status.code(), None, "it was killed: {output:?}");
            let found = files(folder.path());
            if before.is_empty() {
                assert_eq!(found, [""; 0]);
            } else {
                assert_eq!(found, ["r.txt"]);
                assert_eq!(fs::read_to_string(folder.path().join("r.txt")).unwrap(), before);
            }
        }
    }
}

#[test]
#[cfg(target_os = "linux")]
fn a_picture_that_finds_no_room_leaves_the_old_one() {
    let folder = tempfile::tempdir().unwrap();
    let picture = folder.path().join("p.svg");
    fs::write(&picture, "as it was").unwrap();
    fs::set_permissions(&picture, fs::Permissions::from_mode(0o640)).unwrap();
    let full = r#"trap '' XFSZ; ulimit -S -f 0; exec "$0" graph "$1" --output p.svg"#;
    let output = shell(full, folder.path(), "");
    let error = String::from_utf8_lossy(&output.stderr);
    assert_eq!(output.status.code(), Some(1), "{error}");
    assert!(error.contains("p.svg was not written: the disk is full ("), "{error}");
    assert_eq!(fs::read_to_string(&picture).unwrap(), "as it was");

    let output = shell(r#"exec "$0" graph "$1" --output p.svg"#, folder.path(), "");
    assert_eq!(output.status.code(), Some(0), "{output:?}");
    assert!(fs::read_to_string(&picture).unwrap().starts_with("<svg"));
    assert_eq!(fs::metadata(&picture).unwrap().mode() & 0o777, 0o640, "whoever could read it still can");
    assert_eq!(files(folder.path()), ["p.svg"]);
}

#[test]
fn a_report_is_the_owners_alone_whatever_the_mask_and_the_disk() {
    let memory = Path::new("/dev/shm");
    let places = [Some(std::env::temp_dir()), memory.is_dir().then(|| memory.to_owned())];
    for place in places.into_iter().flatten() {
        for before in [false, true] {
            let folder = tempfile::tempdir_in(&place).unwrap();
            let report = folder.path().join("r.txt");
            let mut old = None;
            if before {
                fs::write(&report, "as it was").unwrap();
                fs::set_permissions(&report, fs::Permissions::from_mode(0o644)).unwrap();
                old = Some(fs::File::open(&report).unwrap());
            }
            let script =
                format!(r#"umask 777; exec "$0" "$1" --plain --replace --report {}"#, report.display());
            let output = shell(&script, folder.path(), &format!("{TO_SUMMARY}\n"));
            assert_eq!(output.status.code(), Some(0), "{output:?}");
            assert_eq!(fs::metadata(&report).unwrap().mode() & 0o777, 0o600, "{}", report.display());
            assert!(says_all(&report));
            if let Some(old) = old {
                // Whoever had it open still reads a whole file: it was not cut.
                assert_eq!(std::io::read_to_string(old).unwrap(), "as it was");
            }
            assert_eq!(files(folder.path()), ["r.txt"]);
        }
    }
}

#[test]
fn a_report_through_the_name_of_standard_output_goes_where_that_goes() {
    let folder = tempfile::tempdir().unwrap();
    for name in ["/dev/stdout", "/dev/fd/1", "said.txt", "/proc/self/fd/1"] {
        if name.starts_with("/proc") && !Path::new("/proc/self/fd").is_dir() {
            continue;
        }
        let script = format!(r#"exec "$0" "$1" --plain --report {name} >said.txt"#);
        let output = shell(&script, folder.path(), &format!("{TO_SUMMARY}\n"));
        assert_eq!(output.status.code(), Some(0), "{output:?}");
        let said = fs::read_to_string(folder.path().join("said.txt")).unwrap();
        assert!(said.contains("Press Enter to go on") && said.contains("SHA-256: "), "{name}: {said}");
        assert!(!said.contains('\0'), "{name}");
    }
}

#[test]
fn a_pipe_that_nobody_reads_is_told_and_the_report_printed() {
    let folder = tempfile::tempdir().unwrap();
    let output =
        shell(r#"mkfifo p && exec "$0" "$1" --plain --report p"#, folder.path(), &format!("{TO_SUMMARY}\n"));
    let (said, error) = (String::from_utf8_lossy(&output.stdout), String::from_utf8_lossy(&output.stderr));
    assert_eq!(output.status.code(), Some(1), "{error}");
    assert!(error.contains("/p was not written, so the report is printed here"), "{error}");
    assert!(error.contains("no program is reading from there"), "{error}");
    assert!(said.contains("SHA-256: "), "{said}");

    let script =
        r#"mkfifo q && { cat q >got.txt & exec 3<>q; "$0" "$1" --plain --report q; exec 3>&-; wait; }"#;
    let output = shell(script, folder.path(), &format!("{TO_SUMMARY}\n"));
    assert_eq!(output.status.code(), Some(0), "{output:?}");
    assert!(says_all(&folder.path().join("got.txt")), "whoever reads gets it");
}

#[test]
fn a_folder_that_is_not_there_is_told_in_the_language_of_the_person() {
    let folder = tempfile::tempdir().unwrap();
    for (language, told) in [("en", "there is no such folder"), ("es", "esa carpeta no existe")] {
        for path in ["no/such/r.txt", "/dev/null/r.txt"] {
            let script = format!(r#"exec "$0" --language {language} --plain --report {path}"#);
            let output = shell(&script, folder.path(), "");
            let error = String::from_utf8_lossy(&output.stderr);
            assert_eq!(output.status.code(), Some(1), "{error}");
            assert!(error.contains(told) && !error.contains("entity"), "{path}: {error}");
        }
    }
    let output = shell(r#"exec "$0" graph "$1" --output no/such/p.svg"#, folder.path(), "");
    let error = String::from_utf8_lossy(&output.stderr);
    assert!(error.ends_with("no/such/p.svg was not written: there is no such folder\n"), "{error}");
}

#[test]
fn a_name_that_reads_as_another_is_not_saved_under() {
    let folder = tempfile::tempdir().unwrap();
    for (name, is_refused) in [("r\u{202e}fdp.txt", true), ("r\u{2066}.txt", true), ("סיכום.txt", false)]
    {
        let typed = format!("{TO_SUMMARY}save {name}\n\n");
        let output = shell(r#"exec "$0" "$1" --plain"#, folder.path(), &typed);
        let said = String::from_utf8_lossy(&output.stdout);
        assert_eq!(said.contains("marks that reverse text"), is_refused, "{said}");
        assert_eq!(files(folder.path()).len(), usize::from(!is_refused));
        assert!(!said.contains(['\u{202e}', '\u{2066}']), "{said}");
    }
}

#[test]
#[cfg(target_os = "linux")]
fn a_time_zone_that_is_none_costs_neither_memory_nor_time() {
    for zone in [
        "TZ=/dev/zero",
        "TZ=:/dev/zero",
        "TZ=../../../../dev/zero",
        "TZ=zero TZDIR=/dev",
        "TZ=p",
        "TZ=$PWD/p",
        "TZ=p TZDIR=$PWD",
        "TZ=$PWD/z",
        "TZ=/usr/share/zoneinfo/../../../dev/zero",
        "TZ=/dev/stdin",
        "TZ=",
        "TZ=Nowhere/At_All",
    ] {
        let folder = tempfile::tempdir().unwrap();
        let script = format!(
            r#"mkfifo p && ln -s /dev/zero z && export {zone} && ulimit -v 1000000 && exec "$0" "$1" --plain --report r.txt"#
        );
        let output = shell(&script, folder.path(), &format!("{TO_SUMMARY}\n"));
        assert_eq!(output.status.code(), Some(0), "{zone}: {output:?}");
        assert!(says_all(&folder.path().join("r.txt")), "{zone}");
    }
}

#[test]
fn the_time_zone_of_the_person_is_the_one_of_the_report() {
    let written = |zone: &str| {
        let folder = tempfile::tempdir().unwrap();
        let script = format!(r#"TZ={zone} exec "$0" "$1" --plain --report r.json"#);
        shell(&script, folder.path(), &format!("{TO_SUMMARY}\n"));
        let report = fs::read_to_string(folder.path().join("r.json")).expect("a report");
        let report: serde_json::Value = serde_json::from_str(&report).expect("JSON");
        report["written"].as_str().expect("a time").parse::<jiff::civil::DateTime>().expect("a time")
    };
    let between = written("XXX-5").duration_since(written("XXX+5"));
    // In whole hours, because the one is written a little after the other.
    assert_eq!((between.as_mins() + 30) / 60, 10);
}

#[test]
fn a_pipe_in_the_place_of_a_file_is_refused() {
    let folder = tempfile::tempdir().unwrap();
    fs::write(folder.path().join("mine.yaml"), include_str!("../docs/author/example.yaml")).unwrap();
    let made = shell(
        "mkfifo p.yaml mine.es.yaml one.tests.yaml site.yaml; cp mine.yaml one.yaml",
        folder.path(),
        "",
    );
    assert!(made.status.success(), "{made:?}");
    for (script, status) in [
        (r#"exec "$0" p.yaml"#, 2),
        (r#"exec "$0" check p.yaml"#, 2),
        (r#"exec "$0" check mine.yaml"#, 1),
        (r#"exec "$0" check one.yaml"#, 1),
        (r#"exec "$0" test one.yaml"#, 2),
        (r#"exec "$0" graph p.yaml"#, 2),
        (r#"exec "$0" diff mine.yaml p.yaml"#, 2),
        (r#"exec "$0" --site site.yaml --plain"#, 2),
        (r#"exec "$0" check /dev/zero"#, 2),
        (r#"exec "$0" check --watch p.yaml"#, 2),
    ] {
        let output = shell(script, folder.path(), "");
        let told = [output.stdout, output.stderr].concat();
        let told = String::from_utf8_lossy(&told);
        assert_eq!(output.status.code(), Some(status), "{script}: {told}");
        assert!(told.contains("it is a pipe or a device and not a file"), "{script}: {told}");
    }
    // What a shell hands over is read.
    for script in [r#"cat mine.yaml | "$0" check /dev/stdin"#, r#""$0" check /dev/fd/3 3<mine.yaml"#] {
        let output = shell(script, folder.path(), "");
        assert_eq!(output.status.code(), Some(0), "{output:?}");
    }
}

#[test]
fn a_watched_file_that_becomes_a_pipe_is_told_and_a_signal_still_ends_the_watch() {
    for (signal, status) in [(SIGTERM, 143), (SIGHUP, 129), (SIGINT, 130)] {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("mine.yaml");
        fs::copy(SMALL, &path).unwrap();
        let mut pty = Pty::start(&["check", "--watch", path.to_str().unwrap()], &[], (100, 40));
        pty.until_text("Waiting for a save");
        let made = shell("mkfifo p && mv p mine.yaml", folder.path(), "");
        assert!(made.status.success(), "{made:?}");
        pty.until_text("it is a pipe or a device and not a file");
        pty.signal(signal);
        pty.ended_with(status);
    }
}

#[test]
fn keys_still_work_where_the_terminal_is_opened_by_its_name() {
    let mut pty = Pty::start_unattached(&[], USUAL);
    pty.until_started();
    pty.answer(ENTER, "Do you have any of these now");
    pty.answer(DOWN, "\u{276f} [ ] 2");
    pty.send([CTRL_C, CTRL_C].concat());
    pty.ended_with(130);
}
