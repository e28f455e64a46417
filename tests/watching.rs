//! `redflag check --watch`, as somebody has it open beside an editor.

mod pty;

use std::fs;
use std::io::{BufRead, BufReader};
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};
use std::sync::mpsc::{Receiver, channel};
use std::time::{Duration, Instant};

use pty::{CTRL_C, Pty, USUAL};

/// How long a test waits for what it wants to see.
const LIMIT: Duration = Duration::from_secs(10);

const GOOD: &str = include_str!("../docs/author/example.yaml");

fn misspelt() -> String {
    GOOD.replace("{ any: [{ fever: yes }, lasting] }", "{ any: [{ fever: yes }, lastin] }")
}

/// A folder with files, and their paths.
fn files(contents: &[(&str, &str)]) -> (tempfile::TempDir, Vec<PathBuf>) {
    let folder = tempfile::tempdir().expect("a folder");
    let paths = contents.iter().map(|(name, text)| {
        let path = folder.path().join(name);
        fs::write(&path, text).expect("a file");
        path
    });
    let paths = paths.collect();
    (folder, paths)
}

/// As an editor saves that writes beside the file first.
fn replace(path: &Path, text: &str) {
    let beside = path.with_extension("new");
    fs::write(&beside, text).expect("a file beside it");
    fs::rename(beside, path).expect("it takes the place");
}

fn shown(path: &Path) -> &str {
    path.to_str().expect("a path")
}

#[test]
fn every_save_is_checked_until_ctrl_c() {
    let (_folder, paths) = files(&[("mine.yaml", &misspelt())]);
    let path = paths[0].as_path();
    let mut pty = Pty::start(&["check", "--watch", shown(path)], &[], (100, 60));
    // With mistakes at first.
    pty.until_text("did you mean `lasting`?");
    pty.until_text("1 error");
    pty.until_text("Waiting for a save");

    // Saved in place. What was said before is gone from the screen.
    fs::write(path, GOOD).expect("saved");
    pty.until("no mistake", |screen| {
        let text = screen.contents();
        text.contains("Waiting for a save") && !text.contains("did you mean")
    });

    // A new file in its place.
    replace(path, &misspelt());
    pty.until_text("did you mean `lasting`?");

    // Gone, and back.
    fs::remove_file(path).expect("deleted");
    pty.until_text("doesn't exist; it is checked as soon as it does");
    fs::write(path, misspelt()).expect("back");
    pty.until_text("did you mean `lasting`?");

    // Emptied and filled again, as some editors save. It may be seen empty in between, and is in the end as it is.
    fs::write(path, "").expect("emptied");
    fs::write(path, GOOD).expect("filled");
    pty.until("no mistake", |screen| {
        let text = screen.contents();
        text.contains("Waiting for a save") && text.contains("1 section, 3 questions")
    });

    pty.send(CTRL_C);
    pty.ended_with(130);
}

#[test]
fn a_signal_to_end_gives_its_status() {
    for (signal, status) in [(15, 143), (1, 129)] {
        let (_folder, paths) = files(&[("mine.yaml", GOOD)]);
        let mut pty = Pty::start(&["check", "--watch", shown(&paths[0])], &[], USUAL);
        pty.until_text("Waiting for a save");
        pty.signal(signal);
        pty.ended_with(status);
    }
}

#[cfg(target_os = "linux")]
#[test]
fn a_proof_that_takes_long_is_left_at_ctrl_c_and_at_a_save() {
    let (_folder, paths) = files(&[("mine.yaml", &pigeons(11))]);
    let path = paths[0].as_path();
    let arguments = ["check", "--watch", "--budget", "100000", shown(path)];
    let mut pty = Pty::start(&arguments, &[], (100, 60));
    pty.until_busy();
    replace(path, &misspelt());
    pty.until_text("did you mean `lasting`?");
    replace(path, &pigeons(11));
    pty.until_busy();
    pty.send(CTRL_C);
    pty.ended_with(130);
}

/// Nothing is cleared where the output is kept, and only what changed is told in full.
#[test]
fn several_files_are_told_apart_in_a_pipe() {
    let (_folder, paths) = files(&[("one.yaml", GOOD), ("two.yaml", GOOD)]);
    let (one, two) = (paths[0].as_path(), paths[1].as_path());
    let mut watch = Piped::start(&["check", "--watch", shown(one), shown(two)]);
    let first = watch.until("Waiting for a save");
    assert_eq!(count(&first, "1 section, 3 questions"), 2, "{first:?}");

    replace(two, &misspelt());
    let second = watch.until("Waiting for a save");
    assert!(second[0].is_empty() && second[1].starts_with("-----"), "{second:?}");
    assert_eq!(count(&second, "did you mean `lasting`?"), 1);
    assert_eq!(count(&second, "1 section"), 0, "one.yaml is as it was: {second:?}");
    let verdicts = &second[second.len() - 3..second.len() - 1];
    assert!(verdicts[0].starts_with("          ") && verdicts[0].contains("one.yaml: "), "{verdicts:?}");
    assert!(verdicts[1].contains("two.yaml: 1 error") && verdicts[1].ends_with(" s)"), "{verdicts:?}");

    // The mistake that is still there is told again beside what is new.
    fs::remove_file(one).expect("deleted");
    let third = watch.until("Waiting for a save");
    assert_eq!(count(&third, "did you mean `lasting`?"), 1, "{third:?}");
    assert_eq!(count(&third, "one.yaml: not there"), 1, "{third:?}");
    assert!(first.iter().chain(&second).chain(&third).all(|line| !line.contains('\x1b')));
}

/// Whichever of the two is saved, both are compared again.
#[test]
fn a_questionnaire_and_its_translation_are_watched_together() {
    const SPANISH: &str = include_str!("../docs/author/example.es.yaml");
    let (_folder, paths) = files(&[("one.yaml", GOOD), ("one.es.yaml", SPANISH)]);
    for watched in &paths {
        let mut watch = Piped::start(&["check", "--watch", shown(watched)]);
        let first = watch.until("Waiting for a save");
        assert_eq!(count(&first, "one.es.yaml: 32 texts, all translated"), 1, "{first:?}");
        replace(&paths[1], &SPANISH.replace("  fever:", "  fevre:"));
        let second = watch.until("Waiting for a save");
        assert_eq!(count(&second, "did you mean `fever`?"), 1, "{second:?}");
        replace(&paths[1], SPANISH);
        watch.until("Waiting for a save");
        replace(&paths[0], &GOOD.replace("version: 0.1.0", "version: 0.2.0"));
        let last = watch.until("Waiting for a save");
        assert_eq!(count(&last, "error[other-version]"), 1, "{last:?}");
        replace(&paths[0], GOOD);
        watch.until("Waiting for a save");
    }
}

#[test]
fn the_scenarios_beside_a_file_are_tried_again_when_they_are_saved() {
    let (folder, paths) = files(&[("mine.yaml", GOOD)]);
    let mut watch = Piped::start(&["check", "--watch", shown(&paths[0])]);
    assert_eq!(count(&watch.until("Waiting for a save"), "mine.yaml: all well"), 1);
    let tests = folder.path().join("mine.tests.yaml");
    let scenarios = include_str!("../docs/author/example.tests.yaml");
    replace(&tests, &scenarios.replace("answers: { days: 7 }", "answers: { days: 6 }"));
    let failing = watch.until("Waiting for a save");
    assert_eq!(count(&failing, "error[scenario]: A sore throat for seven days"), 1, "{failing:?}");
    replace(&tests, scenarios);
    let holding = watch.until("Waiting for a save");
    assert_eq!(count(&holding, "8 scenarios pass"), 1, "{holding:?}");
}

#[test]
fn what_cannot_be_watched_is_refused() {
    for (arguments, said) in [
        (&["check", "--watch"][..], "--watch needs the files"),
        (&["check", "--watch", "back-pain"], "never changes"),
        (&["check", "--watch", "/nonexistent/mine.yaml"], "/nonexistent/mine.yaml"),
        (&["check", "--watch", "--format", "json", "back-pain"], "leave out --format json"),
    ] {
        let output = Command::new(env!("CARGO_BIN_EXE_redflag")).args(arguments).output().expect("it starts");
        assert_eq!(output.status.code(), Some(2), "{arguments:?}");
        let told = String::from_utf8_lossy(&output.stderr);
        assert!(told.contains(said), "{told}");
    }
}

/// A questionnaire with a rule that is true when so many holes are enough for one pigeon more, each alone: never,
/// which a solver of clauses only finds out by trying nearly everything.
#[cfg(target_os = "linux")]
fn pigeons(holes: usize) -> String {
    let mut text = String::from(
        "id: pigeons\nversion: \"1\"\ntitle: P\nsign_off: N\nwelcome: { about: A }\nsay: S\n\
         return_list: { title: R, items: [a] }\nunsure: { counts_as: same_level, at_least: b }\n\
         levels: [{ id: a, title: A, act: A }, { id: b, title: B, act: B }]\n\
         sections:\n- id: s\n  title: S\n  questions:\n",
    );
    let sits = |pigeon: usize, hole: usize| format!("p{pigeon}_{hole}");
    for pigeon in 0..=holes {
        for hole in 0..holes {
            text += &format!("  - {{ id: {}, type: yes_no, ask: Q, concern: none }}\n", sits(pigeon, hole));
        }
    }
    let mut parts = Vec::new();
    for pigeon in 0..=holes {
        let somewhere: Vec<String> =
            (0..holes).map(|hole| format!("{{ {}: yes }}", sits(pigeon, hole))).collect();
        parts.push(format!("{{ any: [{}] }}", somewhere.join(", ")));
    }
    for hole in 0..holes {
        for one in 0..=holes {
            for other in one + 1..=holes {
                let (one, other) = (sits(one, hole), sits(other, hole));
                parts.push(format!("{{ any: [{{ {one}: no }}, {{ {other}: no }}] }}"));
            }
        }
    }
    text +=
        &format!("rules:\n- {{ id: R, level: a, because: B, when: {{ all: [{}] }} }}\n", parts.join(", "));
    text + "next_steps: [{ id: always, say: A }]\n"
}

fn count(lines: &[String], what: &str) -> usize {
    lines.iter().filter(|line| line.contains(what)).count()
}

/// The program with its output in a pipe. It is killed when this is dropped.
struct Piped {
    child: Child,
    lines: Receiver<String>,
}

impl Piped {
    fn start(arguments: &[&str]) -> Piped {
        let mut child = Command::new(env!("CARGO_BIN_EXE_redflag"))
            .args(arguments)
            .stdin(Stdio::null())
            .stdout(Stdio::piped())
            .spawn()
            .expect("the program starts");
        let output = BufReader::new(child.stdout.take().expect("piped"));
        let (send, lines) = channel();
        std::thread::spawn(move || output.lines().map_while(Result::ok).try_for_each(|line| send.send(line)));
        Piped { child, lines }
    }

    /// The lines up to one with this in it.
    fn until(&mut self, wanted: &str) -> Vec<String> {
        let end = Instant::now() + LIMIT;
        let mut lines = Vec::new();
        while !lines.last().is_some_and(|line: &String| line.contains(wanted)) {
            let line = self.lines.recv_timeout(end.saturating_duration_since(Instant::now()));
            lines.push(line.unwrap_or_else(|_| panic!("never saw {wanted:?} after {lines:#?}")));
        }
        lines
    }
}

impl Drop for Piped {
    fn drop(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}
