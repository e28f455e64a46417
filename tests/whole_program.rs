//! The real program in a terminal, from the first question to the last.

mod pty;

use pty::{CTRL_C, DOWN, ENTER, ESC, Pty, UP, USUAL};

const SMALL: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/tests/fixtures/small.yaml");

fn started(arguments: &[&str], variables: &[(&str, &str)]) -> Pty {
    let pty = Pty::start(arguments, variables, USUAL);
    pty.until_started();
    pty
}

/// On the summary of the small questionnaire.
fn finished() -> Pty {
    let mut pty = started(&[SMALL], &[]);
    pty.finish_small("caf\u{e9}");
    pty
}

#[test]
fn a_whole_interview_ends_with_ten_lines_at_most_and_the_level_last() {
    let mut pty = finished();
    pty.leave_summary("3");
    pty.ended_with(0);
    pty.given_back();
    pty.until_text("The whole report was not saved.");
    let text = pty.text();
    let lines: Vec<_> = text.lines().filter(|line| !line.trim().is_empty()).collect();
    assert!(lines.len() <= 10, "{text}");
    assert!(lines[lines.len() - 1].starts_with("▲ SEE SOMEBODY THIS WEEK"), "{text}");
    assert!(!text.contains("SHA-256"), "{text}");
}

#[test]
fn the_whole_report_is_printed_when_it_is_asked_for() {
    let mut pty = finished();
    pty.leave_summary("2");
    pty.ended_with(0);
    pty.given_back();
    pty.until_text("SHA-256");
    pty.until_text("SEE SOMEBODY THIS WEEK");
}

#[test]
fn the_summary_can_be_saved() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("r.txt");
    let mut pty = finished();
    pty.answer("s", "Save the summary");
    pty.until_settled();
    pty.send("\x7f".repeat(40));
    pty.send(path.to_str().unwrap());
    pty.answer(ENTER, "Saved as");
    let text = std::fs::read_to_string(&path).unwrap();
    assert!(text.contains("A small check") && text.contains("caf\u{e9}"), "{text}");

    pty.answer("s", "Save the summary");
    pty.until_settled();
    pty.send("\x7f".repeat(40));
    pty.send(path.to_str().unwrap());
    pty.answer(ENTER, "This file already exists.");
    pty.answer(ENTER, "Saved as");
    // What is saved is not asked about again.
    pty.answer("q", "The whole report: ");
    pty.ended_with(0);
}

#[test]
fn leaving_before_the_end_is_status_1_and_says_nothing() {
    let mut pty = started(&[SMALL], &[]);
    pty.answer(ENTER, "First some questions");
    pty.answer("q", "Leave?");
    pty.until_settled();
    pty.send("3\r");
    pty.ended_with(1);
    pty.given_back();
    assert_eq!(pty.text().trim(), "");
}

#[test]
fn an_unfinished_result_is_printed_with_status_1() {
    let mut pty = started(&[SMALL], &[]);
    pty.answer(ENTER, "First some questions");
    pty.answer("q", "Leave?");
    pty.answer("2\r", "Not finished");
    pty.leave_summary("2");
    pty.until_text("This is no diagnosis.");
    pty.ended_with(1);
    pty.given_back();
}

#[test]
fn ctrl_c_twice_at_once_leaves_with_130() {
    let mut pty = started(&[], &[]);
    pty.send([CTRL_C, CTRL_C].concat());
    pty.ended_with(130);
    pty.given_back();
}

#[test]
fn a_second_enter_at_once_answers_nothing() {
    let mut pty = started(&[SMALL], &[]);
    pty.until_settled();
    pty.send("\r\r\r\r");
    pty.until_text("First some questions");
    pty.until_text("Some keys were ignored. Go on from here.");
    pty.answer("?", "Keys that work here");
    pty.answer(ESC, "First some questions");
}

#[test]
fn an_emergency_takes_the_whole_screen_and_stays_on_the_summary() {
    let mut pty = started(&[], &[]);
    pty.answer(ENTER, "Do you have any of these now");
    pty.answer("1\r", "GET EMERGENCY HELP NOW");
    assert!(!pty.text().contains("Do you have any of these now"));
    pty.answer("a", "[Result]");
    assert!(pty.text().contains("GET EMERGENCY HELP NOW"));
    pty.leave_summary("3");
    pty.ended_with(1);
    pty.given_back();
}

#[test]
fn a_storm_of_resizes_changes_no_answer() {
    let mut pty = started(&[], &[]);
    pty.answer(ENTER, "Do you have any of these now");
    pty.answer("2", "[x] 2");
    pty.send(DOWN);
    pty.until_text("\u{276f} [ ] 3");
    pty.until_settled();
    let (before, cursor) = (pty.text(), pty.cursor());
    for step in 0..100 {
        pty.resize((30 + step % 70, 8 + step % 30));
        if step % 10 == 0 {
            pty.send([DOWN, UP].concat());
        }
    }
    // What was typed meanwhile has gone through one size or the other.
    pty.resize((30, 8));
    pty.until_text("This window is 30 by 8");
    pty.resize(USUAL);
    pty.until("the list again", |screen| screen.contents().contains("[x] 2"));
    pty.send([UP.repeat(20), DOWN.repeat(2)].concat());
    pty.until("the screen as it was", |screen| screen.contents() == before);
    pty.until_settled();
    assert_eq!(pty.cursor(), cursor);
}

#[test]
fn a_locale_without_utf_8_gets_ascii() {
    for (locale, ascii) in [("C", true), ("C.UTF-8", false)] {
        let mut pty = started(&[], &[("LC_ALL", locale)]);
        pty.answer(ENTER, "Do you have any of these now");
        assert_eq!(pty.text().is_ascii(), ascii, "{}", pty.text());
    }
}

#[test]
fn no_color_sends_no_colour() {
    let has_colour = |pty: &Pty| {
        pty.look(|screen| {
            let (rows, columns) = (0..USUAL.1, 0..USUAL.0);
            let mut cells =
                rows.flat_map(|row| columns.clone().filter_map(move |column| screen.cell(row, column)));
            cells.any(|cell| {
                cell.fgcolor() != vt100::Color::Default || cell.bgcolor() != vt100::Color::Default
            })
        })
    };
    for (variables, colour) in [(&[][..], true), (&[("NO_COLOR", "1")], false), (&[("TERM", "vt100")], false)]
    {
        let mut pty = started(&[], variables);
        pty.answer(ENTER, "Do you have any of these now");
        pty.answer(DOWN, "[ ] 2");
        assert_eq!(has_colour(&pty), colour, "{variables:?}");
    }
}

#[test]
fn a_tap_chooses_when_the_mouse_was_asked_for() {
    let mut pty = started(&["--mouse"], &[]);
    assert_ne!(pty.look(vt100::Screen::mouse_protocol_mode), vt100::MouseProtocolMode::None);
    pty.answer(ENTER, "Do you have any of these now");
    let row = pty.text().lines().position(|line| line.contains("[ ] 4")).unwrap() + 1;
    pty.answer(&format!("\x1b[<0;10;{row}M\x1b[<0;10;{row}m"), "[x] 4");
    // Sooner it would be a double click.
    std::thread::sleep(std::time::Duration::from_millis(700));
    pty.answer(&format!("\x1b[<0;10;{row}M\x1b[<0;10;{row}m"), "[ ] 4");
    pty.send([CTRL_C, CTRL_C].concat());
    pty.ended_with(130);
    pty.given_back();
}

#[test]
fn the_mouse_stays_with_the_terminal_otherwise() {
    let mut pty = started(&[], &[]);
    pty.answer(ENTER, "Do you have any of these now");
    assert_eq!(pty.look(vt100::Screen::mouse_protocol_mode), vt100::MouseProtocolMode::None);
}

#[test]
fn a_pasted_line_end_goes_nowhere() {
    let mut pty = started(&[SMALL], &[]);
    for (keys, next) in [
        ("\r", "First some"),
        ("\r", "Where does"),
        ("2\r", "noticed"),
        ("2\r", "How bad"),
        ("3\r", "How old"),
    ] {
        pty.answer(keys, next);
    }
    pty.answer("\x1b[200~40\n\x1b[201~", "40");
    pty.until_settled();
    pty.until_text("How old are you?");
    pty.answer(ENTER, "Have you ever had cancer?");
}

#[test]
fn the_locale_chooses_the_language_and_a_key_changes_it() {
    let mut pty = Pty::start(&[], &[("LC_ALL", "es_MX.UTF-8")], USUAL);
    pty.until_text("Cuestionario del dolor de espalda");
    pty.until_text("L English");
    pty.answer("L", "Back pain check");
    pty.answer(ENTER, "Do you have any of these now");
    // F5, as terminals send it.
    pty.answer("\x1b[15~", "¿Le pasa algo de esto ahora");
    pty.answer("1\r", "PIDA AYUDA DE EMERGENCIA");
    pty.answer("a", "[Resultado]");
    pty.answer("q", "¿Terminar?");
    pty.answer("2\r", "Estado: sin terminar");
    pty.ended_with(1);
    pty.given_back();
}
