//! A terminal or a pipe that is there and takes nothing, as a frozen connection does, and signals that come while
//! the program is busy: no `kill -9` is needed, and nothing waits for a key.
#![cfg(target_os = "linux")]

mod pty;

use std::fs;

use pty::{CTRL_C, DOWN, ENTER, Pty, UP, USUAL};
use signal_hook::consts::{SIGABRT, SIGCONT, SIGHUP, SIGINT, SIGQUIT, SIGSTOP, SIGTERM, SIGTSTP};

const SMALL: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/tests/fixtures/small.yaml");

const ENDING: [(i32, u32); 5] =
    [(SIGTERM, 143), (SIGHUP, 129), (SIGINT, 130), (SIGQUIT, 131), (SIGABRT, 134)];

fn started() -> Pty {
    let mut pty = Pty::start(&[], &[], USUAL);
    pty.until_started();
    pty.answer(ENTER, "Do you have any of these now");
    pty
}

/// With a frame that the terminal doesn't take.
fn frozen() -> Pty {
    let mut pty = started();
    pty.until_settled();
    pty.freeze();
    pty.send(DOWN);
    assert!(pty.until_idle());
    pty
}

#[test]
fn every_signal_ends_a_program_whose_terminal_takes_no_frame() {
    for (signal, status) in ENDING {
        let mut pty = frozen();
        pty.signal(signal);
        pty.ended_with(status);
        pty.modes_given_back();
    }
}

#[test]
fn a_signal_ends_a_program_whose_terminal_has_never_taken_anything() {
    let mut pty = Pty::start_shell(r#"read -r line; exec "$0""#, &[], USUAL);
    pty.freeze();
    pty.send("\n");
    pty.until_raw();
    assert!(pty.until_idle());
    pty.signal(SIGTERM);
    pty.ended_with(143);
    pty.modes_given_back();
}

#[test]
fn a_terminal_that_goes_while_it_takes_nothing_ends_the_program() {
    let mut pty = frozen();
    pty.hang_up();
    pty.ended_with(129);
}

#[test]
fn a_terminal_that_reads_again_shows_the_last_state_and_keys_typed_meanwhile_count() {
    let mut pty = frozen();
    pty.resize((70, 22));
    pty.resize(USUAL);
    pty.send([DOWN, DOWN].concat());
    pty.thaw();
    pty.until("the fourth answer", |screen| screen.contents().contains("\u{276f} [ ] 4"));
    pty.send("\x1a");
    pty.send(UP);
    pty.until("the third answer", |screen| screen.contents().contains("\u{276f} [ ] 3"));
    pty.send([CTRL_C, CTRL_C].concat());
    pty.ended_with(130);
    pty.given_back();
}

#[test]
fn a_program_whose_terminal_takes_nothing_can_be_stopped_and_goes_on() {
    for signal in [SIGTSTP, SIGSTOP] {
        let mut pty = frozen();
        pty.signal(signal);
        pty.until_state("T");
        if signal == SIGTSTP {
            pty.modes_given_back();
        }
        pty.signal(SIGCONT);
        assert!(pty.until_idle());
        pty.thaw();
        pty.until("the second answer", |screen| {
            screen.alternate_screen() && screen.contents().contains("\u{276f} [ ] 2")
        });
        pty.signal(SIGTERM);
        pty.ended_with(143);
        pty.given_back();
    }
}

#[test]
fn a_report_is_written_although_the_terminal_takes_nothing() {
    for plain in [false, true] {
        let folder = tempfile::tempdir().unwrap();
        let report = folder.path().join("r.txt");
        let mut arguments = vec![SMALL, "--report", report.to_str().unwrap()];
        if plain {
            arguments.push("--plain");
        }
        let mut pty = Pty::start(&arguments, &[], USUAL);
        if plain {
            pty.until_text("Press Enter to go on");
            pty.send("\n2\n0\n7\n49\nno\nsince spring\n");
            pty.until_text("since spring");
            pty.until_settled();
        } else {
            pty.finish_small("since spring");
            pty.until_settled();
        }
        pty.freeze();
        pty.send(if plain { "repeat\n" } else { DOWN });
        assert!(pty.until_idle());
        pty.signal(SIGTERM);
        pty.ended_with(143);
        let written = fs::read_to_string(&report).unwrap();
        assert!(written.contains("See somebody this week"), "{written}");
    }
}

#[test]
fn line_by_line_a_signal_ends_a_program_whose_terminal_takes_nothing() {
    let mut pty = Pty::start(&["--plain"], &[], USUAL);
    pty.until_text("Type one or more numbers");
    pty.freeze();
    pty.send("help\n");
    assert!(pty.until_idle());
    pty.signal(SIGTERM);
    assert!(pty.ended().signal().is_some());
}

#[test]
fn a_signal_ends_a_watch_whose_terminal_takes_nothing() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("mine.yaml");
    fs::copy(SMALL, &path).unwrap();
    for (signal, status) in &ENDING[..3] {
        let mut pty = Pty::start(&["check", "--watch", path.to_str().unwrap()], &[], USUAL);
        pty.until_text("Waiting for a save");
        pty.freeze();
        let before = pty.processor_time();
        fs::write(&path, fs::read_to_string(SMALL).unwrap() + "\n# saved\n").unwrap();
        fs::write(&path, fs::read_to_string(SMALL).unwrap() + &format!("\n# saved for {signal}\n")).unwrap();
        pty.until_state("S");
        // It looks at the file four times a second, and has checked it once it has worked.
        let end = std::time::Instant::now() + std::time::Duration::from_secs(3);
        while pty.processor_time() < before + std::time::Duration::from_millis(20)
            && std::time::Instant::now() < end
        {
            std::thread::sleep(std::time::Duration::from_millis(50));
        }
        pty.until_state("S");
        pty.signal(*signal);
        pty.ended_with(*status);
    }
}

/// The signal and the key must be there before the program asks for either, so it is kept busy and this is tried
/// often.
#[test]
fn a_key_and_a_stop_from_outside_at_once_leave_the_program_waiting_for_nothing() {
    let mut pty = started();
    for round in 0..40 {
        pty.send(if round % 2 == 0 { DOWN } else { UP });
        std::thread::sleep(std::time::Duration::from_micros(97 * round));
        pty.signal(SIGTSTP);
        pty.send(if round % 2 == 0 { DOWN } else { UP });
        pty.until_state("T");
        pty.signal(SIGCONT);
        pty.until("the screen again, without a key", |screen| {
            screen.alternate_screen() && screen.contents().contains("Do you have any of these now")
        });
    }
    // Nor does one that has come back wait for a key before it ends.
    pty.send(DOWN);
    pty.signal(SIGTSTP);
    pty.send(DOWN);
    pty.until_state("T");
    pty.signal(SIGCONT);
    pty.signal(SIGTERM);
    pty.ended_with(143);
    pty.given_back();
}

#[test]
fn a_program_woken_up_while_it_gives_the_terminal_back_does_not_sleep_for_ever() {
    let mut pty = started();
    for _ in 0..10 {
        pty.signal(SIGTSTP);
        pty.until("the terminal given back", |screen| !screen.alternate_screen());
        pty.signal(SIGCONT);
        pty.until("the screen again", |screen| {
            screen.alternate_screen() && screen.contents().contains("Do you have any of these now")
        });
    }
    pty.signal(SIGTERM);
    pty.ended_with(143);
}

#[test]
fn a_window_larger_than_memory_is_drawn_on_in_its_corner() {
    let mut pty = Pty::start_shell(r#"read -r line; exec "$0""#, &[], USUAL);
    for sizes in [[(65535, 65535), (65535, 2), (2, 65535)], [(65535, 1), (65535, 65535), (1001, 401)]] {
        pty.resize_window(sizes[0]);
        pty.send("\n");
        pty.until_raw();
        assert!(pty.until_idle(), "it has started");
        for size in sizes {
            pty.resize_window(size);
            pty.send(DOWN);
            assert!(pty.until_idle(), "{size:?}");
        }
        assert!(pty.memory() < 400 << 10, "{} KiB", pty.memory());
        pty.resize(USUAL);
        pty.until_started();
        pty.send([CTRL_C, CTRL_C].concat());
        pty.ended_with(130);
        pty.given_back();
        pty = Pty::start_shell(r#"read -r line; exec "$0""#, &[], USUAL);
    }
}
