//! The conversation line by line. Each file in `tests/transcripts` is one: lines with `>` are typed, the
//! others are what is said, without the greeting but for one.
//!
//! After a change of words, `UPDATE=1 cargo test --test plain` writes these anew; read the difference.

mod pty;
mod support;

use std::cell::RefCell;
use std::fs;
use std::io::{self, BufReader, Read, Write};
use std::path::{Path, PathBuf};
use std::process::{Command, Output, Stdio};
use std::rc::Rc;

use proptest::prelude::*;
use pty::{CTRL_C, Pty, USUAL};
use redflag::answers::Answer;
use redflag::interview::Interview;
use redflag::plain::{self, Outcome};
use redflag::questionnaire::Audience;
use redflag::report::Report;
use redflag::site::Site;
use support::{BACK_PAIN, DOLOR_DE_ESPALDA, LANGUAGES, SMALL, SMALL_IN_BOTH};

const TODAY: jiff::civil::Date = jiff::civil::date(2026, 11, 21);

#[test]
fn every_conversation_goes_as_agreed() {
    let update = std::env::var_os("UPDATE").is_some();
    let mut wrong = Vec::new();
    let files = transcripts();
    assert!(files.len() >= 20, "only {} files", files.len());
    for file in files {
        let agreed = fs::read_to_string(&file).expect("the file can be read");
        let (head, body) = agreed.split_once("\n\n").expect("a blank line after the head");
        let spoken = format!("{head}\n\n{}", conversation(head, body));
        if update {
            fs::write(&file, spoken).expect("the directory can be written");
        } else if agreed != spoken {
            wrong.push(format!("{}\n{spoken}", file.display()));
        }
    }
    assert!(wrong.is_empty(), "goes otherwise:\n\n{}", wrong.join("\n"));
}

fn transcripts() -> Vec<PathBuf> {
    let directory = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/transcripts");
    let entries = fs::read_dir(directory).expect("the directory is there");
    let mut files: Vec<PathBuf> = entries.map(|entry| entry.expect("an entry").path()).collect();
    files.sort();
    files
}

/// What is typed and said, and how it ends.
fn conversation(head: &str, body: &str) -> String {
    let questionnaire = match (head.contains("questionnaire: back-pain"), head.contains("language: es")) {
        (true, false) => &BACK_PAIN,
        (true, true) => &DOLOR_DE_ESPALDA,
        (false, false) => &SMALL,
        (false, true) => support::small_in_spanish(),
    };
    let audience = if head.contains("audience: clinician") { Audience::Clinician } else { Audience::Patient };
    let typed: Vec<_> = body.lines().filter_map(|line| line.strip_prefix('>')).map(str::trim_start).collect();
    let tape = Rc::new(RefCell::new(Vec::new()));
    let mut input = BufReader::new(Typist { lines: typed.into_iter(), tape: Rc::clone(&tape) });
    let mut interview = Interview::new(questionnaire, audience, TODAY);
    if head.contains("languages: en, es") {
        interview.offer(if head.contains("questionnaire: back-pain") { &LANGUAGES } else { &SMALL_IN_BOTH });
    }
    let outcome = plain::run(&mut interview, &mut input, &mut Speaker(Rc::clone(&tape)), &Site::default());
    no_answer_commands_a_terminal(&interview);
    let unread = input.into_inner().lines.count();
    assert_eq!(unread, 0, "lines are typed after the end: {head}");
    let outcome = match outcome.expect("nothing goes wrong with the tape") {
        Outcome::Finished => "= finished\n",
        Outcome::NotFinished => "= not finished\n",
        Outcome::Instead(_) => "= another questionnaire instead\n",
    };
    tape.borrow_mut().extend_from_slice(outcome.as_bytes());
    let tape = tape.take();
    let told = String::from_utf8(tape).expect("what is said is text");
    assert!(is_harmless(&told), "a control character is said");
    // The greeting is the same every time.
    let start = if head.contains("greeting: told") {
        0
    } else {
        ["Question 1 ", "Pregunta 1 "].iter().find_map(|start| told.find(start)).expect("a question")
    };
    told[start..].to_owned()
}

fn is_harmless(said: &str) -> bool {
    said.chars().all(|c| c == '\n' || !c.is_control())
}

fn no_answer_commands_a_terminal(interview: &Interview) {
    for question in 0..interview.questionnaire().questions.len() {
        if let Some(Answer::Text(text)) = interview.sheet().get(question) {
            assert!(!text.chars().any(char::is_control), "{text:?}");
        }
    }
}

/// Types one line whenever the program waits for one, and notes it on the tape.
struct Typist<'t> {
    lines: std::vec::IntoIter<&'t str>,
    tape: Rc<RefCell<Vec<u8>>>,
}

impl Read for Typist<'_> {
    fn read(&mut self, into: &mut [u8]) -> io::Result<usize> {
        let Some(line) = self.lines.next() else { return Ok(0) };
        let mut tape = self.tape.borrow_mut();
        tape.extend_from_slice(format!("> {line}").trim_end().as_bytes());
        tape.push(b'\n');
        let mut bytes = unescaped(line);
        bytes.push(b'\n');
        into[..bytes.len()].copy_from_slice(&bytes);
        Ok(bytes.len())
    }
}

/// `\x1b` in a transcript stands for that byte.
fn unescaped(line: &str) -> Vec<u8> {
    let mut parts = line.split("\\x");
    let mut bytes = parts.next().unwrap_or_default().as_bytes().to_vec();
    for part in parts {
        let (hex, rest) = part.split_at(2);
        bytes.push(u8::from_str_radix(hex, 16).expect("two hexadecimal digits"));
        bytes.extend_from_slice(rest.as_bytes());
    }
    bytes
}

struct Speaker(Rc<RefCell<Vec<u8>>>);

impl Write for Speaker {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        self.0.borrow_mut().write(bytes)
    }

    fn flush(&mut self) -> io::Result<()> {
        Ok(())
    }
}

/// What is said when `typed` comes in, and how it ends.
fn told(interview: &mut Interview, typed: &[u8]) -> (String, Outcome) {
    let mut said = Vec::new();
    let outcome = plain::run(interview, &mut &typed[..], &mut said, &Site::default());
    (String::from_utf8(said).expect("what is said is text"), outcome.expect("nothing goes wrong"))
}

#[test]
fn the_clinicians_page_begins_with_the_whole_handover() {
    for (questionnaire, typed, heading) in [
        (&*SMALL, "\n1\n1\n1\n7\n40\nno\n\nclinician\n", "Handover (SBAR):"),
        (support::small_in_spanish(), "\n1\n1\n1\n7\n40\nno\n\nprofesional\n", "Traspaso (SBAR):"),
    ] {
        let mut interview = Interview::new(questionnaire, Audience::Patient, TODAY);
        let (said, _) = told(&mut interview, typed.as_bytes());
        let report = Report::of_interview(&interview, &Site::default());
        let parts = report.clinician().handover.parts(&report.words().report.handover);
        let mut lines = vec![heading.to_owned()];
        // A part about which there is nothing to say has no line.
        for (name, sentences) in parts.into_iter().filter(|(_, sentences)| !sentences.is_empty()) {
            lines.push(format!("{name}: {}", sentences[0]));
            lines.extend(sentences[1..].iter().cloned());
        }
        let handover = said.find(&lines.join("\n")).unwrap_or_else(|| panic!("{lines:#?}\n{said}"));
        let rules = said.find(report.words().report.headings.rules).expect("the rules");
        assert!(handover < rules, "{said}");
    }
}

#[test]
fn a_line_without_end_is_refused_and_the_next_one_is_taken() {
    let mut interview = Interview::new(&SMALL, Audience::Patient, TODAY);
    let mut typed = b"\n".to_vec();
    typed.extend(vec![b'1'; 200_000]);
    typed.extend(b"\n2\n");
    let (said, outcome) = told(&mut interview, &typed);
    assert!(said.contains("That line is too long and was ignored."), "{said}");
    assert!(said.contains("Your answer: Lower back"), "{said}");
    assert!(said.len() < 10_000);
    assert_eq!(outcome, Outcome::NotFinished);
}

#[test]
fn the_result_is_saved_under_a_name_and_nothing_is_written_over_unasked() {
    let directory = tempfile::tempdir().unwrap();
    let path = directory.path().join("my result.txt");
    fs::write(&path, "mine").unwrap();
    let name = path.display();
    let mut interview = Interview::new(&SMALL, Audience::Patient, TODAY);
    let check = "\n2\n0\n7\n49\nno\n\n";
    let (said, _) = told(&mut interview, format!("{check}save {name}\n").as_bytes());
    assert!(said.contains("This file already exists."), "{said}");
    assert_eq!(fs::read_to_string(&path).unwrap(), "mine");

    let mut interview = Interview::new(&SMALL, Audience::Patient, TODAY);
    let missing = directory.path().join("not/there.txt");
    let lines = format!("{check}replace {name}\nsave {}\n", missing.display());
    let (said, _) = told(&mut interview, lines.as_bytes());
    assert!(said.contains("Saved as") && said.contains("Not saved:"), "{said}");
    assert!(fs::read_to_string(&path).unwrap().contains("See somebody this week"));
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(128))]

    #[test]
    fn whatever_is_typed_the_conversation_goes_on_to_its_end(
        lines in prop::collection::vec(
            prop_oneof![
                4 => prop::sample::select(LINES).prop_map(str::to_owned),
                4 => (0..11u8).prop_map(|number| number.to_string()),
                1 => ".*",
            ],
            0..60,
        ),
        clinician: bool,
    ) {
        let audience = if clinician { Audience::Clinician } else { Audience::Patient };
        let mut interview = Interview::new(&SMALL, audience, TODAY);
        let (said, outcome) = told(&mut interview, lines.join("\n").as_bytes());
        prop_assert!(is_harmless(&said), "{}", said);
        no_answer_commands_a_terminal(&interview);
        if outcome == Outcome::Finished {
            prop_assert!(interview.assessment().complete);
            prop_assert!(said.ends_with("The check is finished.\n"));
        } else {
            prop_assert!(said.contains("\nNot finished. "));
        }
    }
}

const LINES: &[&str] = &[
    "",
    "back",
    "review",
    "why",
    "repeat",
    "keep",
    "remove",
    "help",
    "quit",
    "yes",
    "no",
    "not sure",
    "go on",
    "show",
    "change 3",
    "change 4",
    "more",
    "clinician",
    "learn 1",
    "sources",
    "numbness",
    "1 2",
    "49",
    "\u{1b}[2J",
];

fn redflag(arguments: &[&str], typed: &str) -> Output {
    let mut command = Command::new(env!("CARGO_BIN_EXE_redflag"));
    command
        .args(arguments)
        .env("LC_ALL", "C.UTF-8")
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped());
    let mut child = command.spawn().unwrap();
    // It may have ended before it has read everything.
    let _ = child.stdin.take().unwrap().write_all(typed.as_bytes());
    child.wait_with_output().unwrap()
}

const SMALL_FILE: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/tests/fixtures/small.yaml");

#[test]
fn answers_can_be_piped_in_and_the_status_tells_how_it_ended() {
    for (typed, status) in [
        ("\n2\n0\n7\n49\nno\n\n", 0),
        ("\n2\n0\n7\n49\nno\n\n\n", 0),
        ("\n2\n0\n7\n49", 1),
        ("quit\nyes\n", 1),
        ("\n2\n1\n3\nshow\n", 1),
        ("", 1),
    ] {
        let directory = tempfile::tempdir().unwrap();
        let file = directory.path().join("report.txt");
        let output = redflag(&[SMALL_FILE, "--report", file.to_str().unwrap()], typed);
        assert_eq!(output.status.code(), Some(status), "{typed:?}");
        let told = String::from_utf8_lossy(&output.stderr).into_owned();
        assert!(told.starts_with("redflag: Saved as ") && told.lines().count() == 1, "{told}");
        assert!(output.stdout.iter().all(|&byte| byte == b'\n' || byte >= b' '), "no escape sequences");
        let report = fs::read_to_string(file).unwrap();
        assert_eq!(report.contains("not finished"), status == 1, "{report}");
    }
}

#[test]
fn a_reader_that_goes_away_is_no_panic_and_no_finished_check() {
    let mut command = Command::new(env!("CARGO_BIN_EXE_redflag"));
    command.stdin(Stdio::piped()).stdout(Stdio::piped()).stderr(Stdio::piped());
    let mut child = command.spawn().unwrap();
    drop(child.stdout.take());
    let _ = child.stdin.take().unwrap().write_all(b"0\n0\n0\n64\n");
    let output = child.wait_with_output().unwrap();
    assert_eq!(output.status.code(), Some(1));
    assert_eq!(String::from_utf8_lossy(&output.stderr), "");
}

#[test]
fn a_terminal_gets_lines_when_it_or_the_person_asks_for_them() {
    for (arguments, variables) in
        [(vec!["--plain"], vec![]), (vec![], vec![("TERM", "dumb")]), (vec![], vec![("ACCESSIBLE", "1")])]
    {
        let mut pty = Pty::start(&arguments, &variables, USUAL);
        pty.until_text("Type one or more numbers");
        assert!(!pty.look(vt100::Screen::alternate_screen) && !pty.is_raw());
        pty.send(CTRL_C);
        let ended = pty.ended();
        assert!(ended.signal().is_some(), "a shell tells this as 130: {ended:?}");
    }
    Pty::start(&[], &[("ACCESSIBLE", "")], USUAL).until("the full screen", vt100::Screen::alternate_screen);
}
