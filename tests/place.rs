//! How the real program looks and what it warns of, by flag, environment, site file and questionnaire.

mod pty;

use std::fs;
use std::process::{Command, Stdio};

use pty::{CTRL_C, Pty, USUAL};

/// What the first page looks like: the background of its text, and whether it has wide spacing.
fn seen(arguments: &[&str], variables: &[(&str, &str)]) -> (vt100::Color, bool) {
    let mut pty = Pty::start(arguments, variables, USUAL);
    pty.until_started();
    pty.until_settled();
    let back = pty.look(|screen| screen.cell(0, 0).expect("a cell").bgcolor());
    // Between any two things there is a blank line, also below this heading.
    let text = pty.text();
    let below = text.lines().skip_while(|line| !line.contains("First: do you need help now")).nth(1);
    let is_large = below.is_some_and(|line| line.trim_matches(['▌', '|', ' ']).is_empty());
    pty.send([CTRL_C, CTRL_C].concat());
    pty.ended_with(130);
    pty.given_back();
    (back, is_large)
}

#[test]
fn flag_and_environment_and_site_file_choose_the_look_in_this_order() {
    let folder = tempfile::tempdir().expect("a folder");
    let site = folder.path().join("site.yaml");
    let site = site.to_str().expect("a path");
    fs::write(site, "theme: high-contrast\nlarge: true\n").expect("a file");
    let (black, white, none) = (vt100::Color::Idx(16), vt100::Color::Idx(231), vt100::Color::Default);
    let at_site = ["--site", site];
    assert_eq!(seen(&at_site, &[]), (black, true));
    assert_eq!(seen(&at_site, &[("COLORFGBG", "0;15")]), (black, true), "before a guess");
    assert_eq!(seen(&at_site, &[("NO_COLOR", "1")]), (none, true), "the person's own wish");
    assert_eq!(seen(&at_site, &[("TERM", "linux"), ("COLORTERM", "")]), (none, true), "sixteen colours");
    assert_eq!(seen(&["--site", site, "--theme", "light"], &[("NO_COLOR", "1")]), (white, true));
    fs::write(site, "clinic: Hill Street\n").expect("a file");
    assert_eq!(seen(&at_site, &[("COLORFGBG", "0;15")]), (white, false));
    assert_eq!(seen(&["--site", site, "--large", "--theme", "high-contrast"], &[]), (black, true));
}

#[test]
fn a_theme_that_is_not_there_stops_the_program_and_says_which_there_are() {
    let folder = tempfile::tempdir().expect("a folder");
    let site = folder.path().join("site.yaml");
    fs::write(&site, "clinic: Hill Street\ntheme: hi-contrast\n").expect("a file");
    let (status, words) = told(&["--site", site.to_str().expect("a path")]);
    assert_eq!(status, Some(2));
    assert!(words.contains("`high-contrast`, `mono` at line 2 column 8"), "{words}");
    assert!(words.contains("did you mean `high-contrast`?"), "{words}");
}

#[test]
fn a_questionnaire_from_right_to_left_says_so_once_at_the_start() {
    for (file, language) in [("right-to-left-language", "he"), ("right-to-left-letters", "en")] {
        let file = format!("{}/tests/mistakes/{file}.yaml", env!("CARGO_MANIFEST_DIR"));
        let (_, words) = told(&[&file]);
        let told = format!("texts in `{language}` are written from right to left");
        assert_eq!(words.matches(&told).count(), 1, "{words}");
    }
    let (_, words) = told(&["back-pain"]);
    assert_eq!(words, "", "not of others");
}

/// The exit status and standard error of the program, line by line with nobody there.
fn told(arguments: &[&str]) -> (Option<i32>, String) {
    let output = Command::new(env!("CARGO_BIN_EXE_redflag"))
        .args(arguments)
        .stdin(Stdio::null())
        .output()
        .expect("the program starts");
    (output.status.code(), String::from_utf8(output.stderr).expect("UTF-8"))
}
