//! Whatever comes in besides questionnaires: answer sheets, site files, lines that are typed, names of files to
//! write. An answer soon, in little memory, and never a panic.

mod repertoire;

use std::fs;
use std::io::Write;
use std::path::Path;
use std::process::{Command, Output, Stdio};
use std::sync::LazyLock;

use proptest::prelude::*;
use proptest::sample::Index;
use proptest::strategy::ValueTree;
use proptest::test_runner::{Config, RngAlgorithm, TestRng, TestRunner};
use redflag::interview::Interview;
use redflag::plain;
use redflag::questionnaire::{Audience, Questionnaire, yaml};
use redflag::save::{SaveProblem, save};
use redflag::site::{self, Site};
use redflag::words::Language;
use repertoire::{COMMANDS, Colours, not_ours};
use serde_json::Value;

static SMALL: LazyLock<Questionnaire> = LazyLock::new(|| {
    let text = include_bytes!("fixtures/small.yaml");
    yaml::load("small.yaml", text).expect("small.yaml loads").questionnaire
});

const SMALL_FILE: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/tests/fixtures/small.yaml");
const TODAY: jiff::civil::Date = jiff::civil::date(2026, 11, 21);

fn redflag(arguments: &[&str], typed: &[u8]) -> Output {
    let mut command = Command::new(env!("CARGO_BIN_EXE_redflag"));
    command.args(arguments).env("XDG_CONFIG_HOME", "/nonexistent").env("HOME", "/nonexistent");
    command.stdin(Stdio::piped()).stdout(Stdio::piped()).stderr(Stdio::piped());
    let mut child = command.spawn().expect("the program starts");
    let (mut stdin, typed) = (child.stdin.take().expect("an input"), typed.to_vec());
    // From another thread: a long input is not read to its end before something comes out.
    let typist = std::thread::spawn(move || drop(stdin.write_all(&typed)));
    let output = child.wait_with_output().expect("it ends");
    typist.join().expect("all was typed");
    output
}

/// The same cases each time.
fn config(cases: u32) -> Config {
    Config { failure_persistence: None, ..Config::with_cases(cases) }
}

/// What answer sheets are made of, and what has no place there.
const PIECES: &[&str] = &[
    "{",
    "}",
    "[",
    "]",
    ":",
    ",",
    "\"",
    "\\",
    "null",
    "true",
    "1e999",
    "-0",
    "0.1",
    "1e-400",
    "99999999999999999999",
    "\"age\"",
    "\"signs\"",
    "\"numb\"",
    "\"unsure\"",
    "\"none\"",
    "\"sites\"",
    "\"words\"",
    "\"\\ud800\"",
    "\"\\u0000\"",
    "\u{feff}",
    "\u{2028}",
    "é",
    " ",
    "\t",
    "\r",
    "\u{1b}[2J",
    "\u{9b}",
    "\u{202e}",
];

/// A sheet with some bytes of it replaced, or a heap of pieces.
fn sheet() -> impl Strategy<Value = Vec<u8>> {
    const SHEET: &str = r#"{"sites": ["neck", "left_leg"], "signs": ["numb", "unsure"], "numb_since": "long", "severity": 7, "age": 49, "cancer_history": "no", "words": "It hurts", "calcium": 2.61}"#;
    let piece = || prop::sample::select(PIECES).prop_map(|piece| piece.as_bytes().to_vec());
    let noise = prop::collection::vec(any::<u8>(), 0..4);
    let change = (any::<Index>(), 0..6usize, prop_oneof![3 => piece(), 1 => noise]);
    let changed = prop::collection::vec(change, 1..3).prop_map(|changes| {
        let mut bytes = SHEET.as_bytes().to_vec();
        for (at, length, with) in changes {
            let at = at.index(bytes.len() + 1);
            let end = (at + length).min(bytes.len());
            bytes.splice(at..end, with);
        }
        bytes
    });
    let heap = prop::collection::vec(piece(), 0..30).prop_map(|pieces| pieces.concat());
    prop_oneof![4 => changed, 1 => heap].prop_map(|mut bytes| {
        bytes.retain(|byte| *byte != b'\n');
        bytes
    })
}

#[test]
fn any_answer_sheets_get_a_result_or_a_reason_each() {
    let rng = TestRng::from_seed(RngAlgorithm::ChaCha, &[7; 32]);
    let mut runner = TestRunner::new_with_rng(config(1), rng);
    let sheets: Vec<Vec<u8>> =
        (0..4_000).map(|_| sheet().new_tree(&mut runner).expect("a sheet").current()).collect();
    // The first is whole, so that the others are not taken for its further lines.
    let input = [&b"{}\n"[..], &sheets.join(&b'\n')].concat();
    for audience in ["patient", "clinician"] {
        let output = redflag(&["assess", SMALL_FILE, "--audience", audience], &input);
        assert_eq!(output.status.code(), Some(1));
        assert_eq!(String::from_utf8_lossy(&output.stderr), "");
        assert_eq!(not_ours(&output.stdout, Colours::None), None);
        let results: Vec<Value> = String::from_utf8(output.stdout)
            .expect("UTF-8")
            .lines()
            .map(|line| serde_json::from_str(line).expect(line))
            .collect();
        let said = sheets.iter().filter(|sheet| !sheet.trim_ascii().is_empty()).count();
        assert_eq!(results.len(), 1 + said);
        let taken = results.iter().filter(|result| result["level"].is_string()).count();
        let refused = results.iter().filter(|result| result["error"].is_string()).count();
        assert_eq!(taken + refused, results.len());
        assert!(taken > 50 && refused > 1_000, "{taken} taken, {refused} refused");
    }
}

#[test]
fn a_site_file_that_is_too_long_too_deep_or_no_text_is_refused() {
    let folder = tempfile::tempdir().expect("a folder");
    let path = folder.path().join("site.yaml");
    let bomb: String =
        (1..20).map(|n| format!("a{n}: &a{n} [{}]\n", format!("*a{}, ", n - 1).repeat(9))).collect();
    let long = format!("clinic: Hill\n{}emergency_number: 999\n", "#\n".repeat(40_000));
    for (text, told) in [
        (long.into_bytes(), "longer than 16384 bytes"),
        (b"clinic: caf\xe9\n".to_vec(), "not UTF-8 text"),
        (format!("a0: &a0 [x]\n{bomb}").into_bytes(), "expected a string"),
        (format!("clinic: &a0 [x]\n{bomb}").into_bytes(), ""),
        (b"clinic: {{{{{{".to_vec(), ""),
        ("clinic: ".bytes().chain("[".repeat(16_000).bytes()).collect(), ""),
        ("[".repeat(16_000).into_bytes(), ""),
        ("- ".repeat(8_000).into_bytes(), ""),
        ("{a: ".repeat(4_000).into_bytes(), ""),
        ("? ".repeat(8_000).into_bytes(), ""),
        (b"clinic: x\nclinic: y\n".to_vec(), "set twice"),
        (b"clinic: x\n---\nclinic: y\n".to_vec(), ""),
        (b"\0\0\0\0".to_vec(), ""),
    ] {
        fs::write(&path, &text).expect("a file");
        let output = redflag(&["assess", "--site", path.to_str().expect("a path")], b"");
        let error = String::from_utf8_lossy(&output.stderr);
        assert_eq!(output.status.code(), Some(2), "{error}");
        assert!(error.starts_with("redflag: site file ") && error.contains(told), "{error}");
        assert!(error.len() < 2_000, "{} bytes are said", error.len());
    }
    let output = redflag(&["assess", "--site", folder.path().to_str().expect("a path")], b"");
    assert_eq!(output.status.code(), Some(2), "a folder is no site file");
}

#[test]
fn a_report_that_cannot_be_where_it_should_is_told() {
    let folder = tempfile::tempdir().expect("a folder");
    let inside = |name: &str| folder.path().join(name).to_str().expect("a path").to_owned();
    for path in ["/dev/null/x", &inside("no/"), &inside(&"x".repeat(300)), &inside("no/such.txt")] {
        let output = redflag(&[SMALL_FILE, "--report", path], b"\n2\n0\n7\n49\nno\n\n");
        assert_eq!(output.status.code(), Some(1), "{path:?}");
        let error = String::from_utf8_lossy(&output.stderr);
        assert!(error.starts_with("redflag: ") && error.contains("was not written"), "{error}");
        // It was told, so nothing of it is lost.
        assert!(String::from_utf8_lossy(&output.stdout).contains("See somebody this week"));
    }
    assert_eq!(fs::read_dir(folder.path()).expect("a folder").count(), 0, "nothing is left behind");
}

/// What names of files are made of.
const NAMES: &[&str] = &[
    "",
    " ",
    ".",
    "..",
    "/",
    "//",
    "~",
    "~/",
    "x",
    "x.txt",
    "\0",
    "\u{1b}[2J",
    "\n",
    "\u{202e}",
    "é",
    "背",
    "-",
    "*",
    "$HOME",
    "\\",
    "a/b",
    "there",
    "there/",
    "file",
    "file/",
];

fn files(folder: &Path) -> Vec<std::path::PathBuf> {
    let mut found = Vec::new();
    for entry in fs::read_dir(folder).expect("a folder") {
        let path = entry.expect("an entry").path();
        if path.is_dir() { found.extend(files(&path)) } else { found.push(path) }
    }
    found.sort();
    found
}

proptest! {
    #![proptest_config(config(150))]

    #[test]
    fn any_site_file_is_read_or_refused(text in "((clinic|emergency_number|nurse_line|x): ?)?([a-z0-9]{1,3}|[-:?,\\[\\]{}#&*!|>'\"%@` \n\t~]){0,60}") {
        let _ = site::parse(&text);
    }

    #[test]
    fn any_bytes_typed_line_by_line_come_to_an_end(
        pieces in prop::collection::vec(
            prop_oneof![
                4 => prop::sample::select(vec!["\n", "\n", "\n", "1", "2", "0", "back", "review", "go on", "quit", "yes", "49", "\r\n", "."])
                    .prop_map(|piece| piece.as_bytes().to_vec()),
                1 => prop::sample::select(COMMANDS.to_vec()).prop_map(|piece| piece.as_bytes().to_vec()),
                1 => prop::collection::vec(any::<u8>(), 0..8),
            ],
            0..80,
        ),
        clinician: bool,
    ) {
        let audience = if clinician { Audience::Clinician } else { Audience::Patient };
        let mut interview = Interview::new(&SMALL, audience, TODAY);
        let mut said = Vec::new();
        plain::run(&mut interview, &mut &pieces.concat()[..], &mut said, &Site::default()).expect("nothing goes wrong");
        prop_assert_eq!(not_ours(&said, Colours::None), None);
    }

    #[test]
    fn a_summary_is_saved_under_any_name_or_not_at_all(
        pieces in prop::collection::vec(prop::sample::select(NAMES), 0..5), replace: bool,
    ) {
        // Deep enough for every way up that such a name has.
        let folder = tempfile::tempdir().expect("a folder");
        let inside = folder.path().join("1/2/3/4/5/6");
        fs::create_dir_all(inside.join("there")).expect("a folder");
        fs::write(inside.join("file"), "as it was").expect("a file");
        let before = files(folder.path());
        let name = format!("{}/{}", inside.display(), pieces.concat());
        match save(&name, "the summary", replace, Language::English.words()) {
            Ok(path) => {
                prop_assert!(path.is_absolute());
                prop_assert!(!name.contains(char::is_control));
                prop_assert_eq!(fs::read_to_string(&name).expect("it is there"), "the summary");
            }
            Err(SaveProblem::Exists) => prop_assert!(!replace),
            Err(SaveProblem::Failed(why)) => {
                prop_assert!(!why.is_empty() && !why.contains(char::is_control));
                prop_assert_eq!(&files(folder.path()), &before, "nothing is left behind");
            }
        }
        if !replace {
            prop_assert_eq!(fs::read_to_string(inside.join("file")).expect("it is there"), "as it was");
        }
    }
}
