//! The ways out of the full-screen shell, and what happens to the terminal on each of them.

mod pty;

use std::time::Duration;

use pty::{CTRL_C, CTRL_Z, DOWN, ENTER, ESC, Pty, USUAL};
use signal_hook::consts::{SIGHUP, SIGINT, SIGSTOP, SIGTERM};

fn started() -> Pty {
    let pty = Pty::start(&[], &[], USUAL);
    pty.until_started();
    pty
}

/// The digits meant for the next questions once answered this one.
#[test]
fn keys_that_come_in_one_write_answer_no_question_that_nobody_has_seen() {
    let mut pty = started();
    pty.send("\rn\rn\r6\r");
    pty.until_text("Too fast: some keys were ignored.");
    let screen = pty.text();
    assert!(screen.contains("1 of 32") && !screen.contains("[x]"), "{screen}");
    pty.until_text("Some keys were ignored. Go on from here.");
    pty.answer("n\r", "2 of 32");
}

/// As terminals send them: with Esc in front, and by the number of the character with the number of what is held.
#[test]
#[cfg(target_os = "linux")]
fn a_letter_or_digit_with_alt_ctrl_super_or_meta_answers_nothing_and_leaves_no_page() {
    let mut pty = started();
    pty.answer(ENTER, "1 of 32");
    assert!(pty.until_idle(), "it waits for an answer");
    let question = pty.text();
    for held in
        ["\x1bn", "\x1bq", "\x1b1", "\x1b[110;3u", "\x1b[113;5u", "\x1b[49;9u", "\x1b[113;33u", "\x1b\r"]
    {
        pty.send(held);
        assert!(pty.until_idle(), "it goes on after {held:?}");
        assert_eq!(pty.text(), question, "{held:?}");
    }
    pty.until_settled();
    pty.send("q");
    pty.until("the question whether to leave", |screen| screen.contents() != question);
}

/// Presses Ctrl-C, waits for the question whether to leave, and presses it again.
fn leave(pty: &mut Pty) {
    let before = pty.text();
    pty.send(CTRL_C);
    pty.until("the question whether to leave", |screen| screen.contents() != before);
    pty.send(CTRL_C);
}

#[test]
fn the_terminal_is_borrowed_while_questions_are_asked() {
    let pty = started();
    pty.until("pasted text as one event", vt100::Screen::bracketed_paste);
    assert!(pty.is_raw());
    let mouse = pty.look(vt100::Screen::mouse_protocol_mode);
    assert_eq!(mouse, vt100::MouseProtocolMode::None, "text stays selectable");
    assert!(pty.cursor().is_some(), "screen readers follow the cursor");
}

#[test]
fn ctrl_c_twice_leaves_with_130_and_gives_the_terminal_back() {
    let mut pty = started();
    leave(&mut pty);
    pty.ended_with(130);
    pty.given_back();
}

#[test]
fn ctrl_c_once_stays() {
    let mut pty = started();
    let before = pty.text();
    pty.send(CTRL_C);
    pty.until("the question whether to leave", |screen| screen.contents() != before);
    pty.until_settled();
    pty.send(pty::ESC);
    pty.until("the screen as it was", |screen| screen.contents() == before);
}

#[test]
fn signals_that_end_programs_give_the_terminal_back() {
    for (signal, status) in [(SIGTERM, 143), (SIGHUP, 129), (SIGINT, 130)] {
        let mut pty = started();
        pty.signal(signal);
        pty.ended_with(status);
        pty.given_back();
    }
}

const FIRST: (&str, &str) = (ENTER, "Do you have any of these now");
const ALERT: (&str, &str) = ("1\r", "GET EMERGENCY HELP NOW");
const SUMMARY: (&str, &str) = ("a", "[Result]");

/// The way to each kind of page: keys, and what is seen after each.
const WAYS: [&[(&str, &str)]; 10] = [
    &[("?", "Keys that work here")],
    &[FIRST],
    &[FIRST, ("w", "Why we ask")],
    &[FIRST, ("n\r", "2 of 32"), ("r", "Your answers so far")],
    &[FIRST, ALERT],
    &[FIRST, ALERT, SUMMARY],
    &[FIRST, ALERT, SUMMARY, ("e", "[Answers]")],
    &[FIRST, ALERT, SUMMARY, ("s", "Save the summary")],
    &[FIRST, ALERT, (ESC, "[x] 1"), ("n\r", "This change makes the result less urgent")],
    &[FIRST, ("n\r", "2 of 32"), ("n\r", "3 of 32"), ("n\r", "How old are you"), ("6", "\u{276f} 6_")],
];

/// At the end of such a way.
fn on_page(way: &[(&str, &str)]) -> Pty {
    let mut pty = started();
    way.iter().for_each(|(keys, next)| pty.answer(keys, next));
    pty.until_settled();
    pty
}

#[test]
fn on_every_page_ctrl_c_asks_with_staying_preselected_and_again_leaves_with_130() {
    for way in WAYS {
        let mut pty = on_page(way);
        let before = pty.text();
        let stay = |screen: &vt100::Screen| screen.contents().contains("\u{276f} 1  Stay");
        pty.send(CTRL_C);
        pty.until("the question whether to leave", stay);
        pty.until_settled();
        pty.send(ENTER);
        pty.until("the page as it was", |screen| screen.contents() == before);
        pty.send(CTRL_C);
        pty.until("the question whether to leave", stay);
        pty.send(CTRL_C);
        pty.ended_with(130);
        pty.given_back();
        assert_eq!(pty.text().trim(), "", "{way:?}: nothing is left on the screen");
    }
}

#[test]
fn a_signal_and_a_hang_up_end_it_on_every_page() {
    for (number, way) in WAYS.into_iter().enumerate() {
        let mut pty = on_page(way);
        if number % 2 == 0 {
            pty.signal(SIGTERM);
            pty.ended_with(143);
            pty.given_back();
        } else {
            pty.hang_up();
            ends_without_spinning(&mut pty);
            pty.ended_with(129);
        }
    }
}

#[test]
fn half_an_escape_sequence_does_not_hold_up_a_signal() {
    // The last one is a character cut in two.
    let halves: [&[u8]; 7] =
        [b"\x1b", b"\x1b[", b"\x1b[1;", b"\x1bO", b"\x1b]11;", b"\x1b[200~pasted", b"\xe2\x82"];
    for half in halves {
        let mut pty = started();
        pty.send(half);
        pty.signal(SIGTERM);
        pty.ended_with(143);
        pty.given_back();
    }
}

#[test]
fn a_terminal_that_goes_ends_the_program() {
    let mut pty = started();
    pty.hang_up();
    ends_without_spinning(&mut pty);
    pty.ended_with(129);
}

#[test]
fn a_terminal_that_goes_without_a_signal_ends_the_program() {
    let mut pty = Pty::start_unattached(&[], USUAL);
    pty.until_started();
    pty.hang_up();
    ends_without_spinning(&mut pty);
    pty.ended_with(129);
}

#[test]
fn a_terminal_that_goes_ends_a_program_that_was_told_to_pass_over_the_signal() {
    for (plain, status) in [("", 129), ("--plain", 1)] {
        // As `nohup` does.
        let mut pty = Pty::start_shell(&format!(r#"trap '' HUP; exec "$0" {plain}"#), &[], USUAL);
        if plain.is_empty() {
            pty.until_started();
        } else {
            pty.until_text("Type one or more numbers");
        }
        pty.hang_up();
        ends_without_spinning(&mut pty);
        pty.ended_with(status);
    }
}

#[test]
fn line_by_line_a_terminal_that_goes_ends_the_program_with_a_signal_or_without() {
    let mut pty = Pty::start_unattached(&["--plain"], USUAL);
    pty.until_text("Type one or more numbers");
    pty.send("0\nhelp\nno such thing\nhalf a line");
    pty.hang_up();
    ends_without_spinning(&mut pty);
    pty.ended_with(1);

    let mut pty = Pty::start(&["--plain"], &[], USUAL);
    pty.until_text("Type one or more numbers");
    pty.hang_up();
    ends_without_spinning(&mut pty);
    let ended = pty.ended();
    assert!(ended.signal().is_some(), "nothing is borrowed, so the signal ends it: {ended:?}");
}

#[test]
fn a_terminal_that_goes_in_the_middle_of_typing_ends_the_program() {
    for _ in 0..10 {
        let mut pty = Pty::start_unattached(&[], USUAL);
        pty.until_started();
        pty.send(DOWN.repeat(500));
        pty.send("\x1b[");
        pty.hang_up();
        ends_without_spinning(&mut pty);
        pty.ended_with(129);
    }
}

/// Waits for the end and checks what it has cost. A spinning program uses a second of processor time a second.
#[cfg(target_os = "linux")]
#[track_caller]
fn ends_without_spinning(pty: &mut Pty) {
    pty.until_state("Z");
    let used = pty.processor_time();
    assert!(used < Duration::from_millis(500), "used {used:?}");
}

/// That it ends is checked by the caller; its cost can't be read here.
#[cfg(not(target_os = "linux"))]
fn ends_without_spinning(_: &mut Pty) {}

#[test]
#[cfg(debug_assertions)]
fn a_panic_gives_the_terminal_back_and_then_says_where_but_not_what() {
    let mut pty = Pty::start(&[], &[("REDFLAG_TEST_PANIC", "1")], USUAL);
    pty.until_started();
    pty.send(DOWN);
    pty.ended_with(101);
    pty.given_back();
    // Said any earlier it would have gone with the alternate screen.
    pty.until_text("redflag stopped because of a bug in the program");
    pty.until_text("terminal.rs:");
    assert!(!pty.text().contains("answer"), "{}", pty.text());
}

#[test]
fn ctrl_z_gives_the_terminal_to_the_shell_and_fg_takes_it_again() {
    let script = r#"set -m; "$0"; echo in the shell; read -r line; fg; echo "ended with $?""#;
    let mut pty = Pty::start_shell(script, &[], USUAL);
    pty.until_started();
    let before = pty.text();
    pty.send(CTRL_Z);
    pty.until_text("in the shell");
    pty.given_back();
    pty.send("\n");
    pty.until("the same screen again", |screen| screen.alternate_screen() && screen.contents() == before);
    assert!(pty.is_raw());
    assert!(pty.look(vt100::Screen::bracketed_paste));
    leave(&mut pty);
    pty.until_text("ended with 130");
    pty.given_back();
}

#[test]
fn a_stopped_program_that_is_told_to_end_leaves_the_shell_alone() {
    let script = r#"set -m; "$0"; echo in the shell; kill %1; bg %1; wait %1; echo "ended with $?""#;
    let mut pty = Pty::start_shell(script, &[], USUAL);
    pty.until_started();
    pty.send(CTRL_Z);
    pty.until_text("ended with 143");
    pty.given_back();
}

#[test]
fn a_program_stopped_from_outside_that_is_told_to_end_in_the_background_does() {
    let script = r#"set -m; "$0"; kill %1; bg %1; wait %1; echo "ended with $?""#;
    let pty = Pty::start_shell(script, &[], USUAL);
    pty.until_started();
    pty.signal_foreground(SIGSTOP);
    // Its modes belong to the shell by then, so they are not compared.
    pty.until("the first screen", |screen| !screen.alternate_screen());
    pty.until_text("ended with 143");
}

#[test]
fn ctrl_z_does_not_stop_a_program_that_no_shell_could_wake_up() {
    let mut pty = started();
    pty.send(CTRL_Z);
    leave(&mut pty);
    pty.ended_with(130);
    pty.given_back();
}

#[test]
#[cfg(target_os = "linux")]
fn a_program_stopped_from_outside_redraws_when_it_goes_on() {
    use signal_hook::consts::{SIGCONT, SIGTSTP};

    for signal in [SIGSTOP, SIGTSTP] {
        let mut pty = started();
        let before = pty.text();
        pty.signal(signal);
        pty.until_state("T");
        if signal == SIGTSTP {
            pty.given_back();
        }
        pty.overwrite("what a shell has written meanwhile");
        pty.until_text("meanwhile");
        pty.signal(SIGCONT);
        pty.until("the same screen again", |screen| screen.alternate_screen() && screen.contents() == before);
        assert!(pty.is_raw());
        leave(&mut pty);
        pty.ended_with(130);
        pty.given_back();
    }
}

#[test]
fn a_storm_of_resizes_ends_with_a_screen_of_the_last_size() {
    let mut pty = started();
    let before = pty.text();
    for step in 0..100 {
        pty.resize((40 + step % 60, 12 + step % 20));
    }
    pty.resize((60, 20));
    pty.until("something on the screen", |screen| !screen.contents().trim().is_empty());
    pty.resize(USUAL);
    pty.until("the first screen again", |screen| screen.contents() == before);
    leave(&mut pty);
    pty.ended_with(130);
    pty.given_back();
}

#[test]
fn standard_output_carries_nothing_but_the_screen() {
    let errors = tempfile::NamedTempFile::new().unwrap();
    let path = errors.path().to_str().unwrap();
    let mut pty = Pty::start_shell(r#"exec "$0" 2>"$ERRORS""#, &[("ERRORS", path)], USUAL);
    pty.until_started();
    leave(&mut pty);
    pty.ended_with(130);
    pty.given_back();
    assert_eq!(pty.text().trim(), "", "nothing was printed where the screen had been");
}

#[test]
fn keys_typed_faster_than_they_are_read_all_count() {
    let mut pty = started();
    let before = pty.text();
    // More than one read holds, and the last of them must be seen without another key.
    pty.send(DOWN.repeat(2000) + CTRL_C);
    pty.until("the question whether to leave", |screen| screen.contents() != before);
    pty.send(CTRL_C);
    pty.ended_with(130);
    pty.given_back();
}
