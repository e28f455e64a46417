//! A kiosk, as whoever comes meets it: the real program in a pseudo-terminal.
#![cfg(target_os = "linux")]

mod pty;

use std::fs;
use std::io::Write;
use std::os::unix::fs::PermissionsExt;
use std::path::PathBuf;
use std::process::{Command, Stdio};
use std::time::Duration;

use pty::{CTRL_C, CTRL_Z, ENTER, ESC, Pty, USUAL};
use rustix::process::{Pid, Signal, kill_process};
use signal_hook::consts::{SIGINT, SIGQUIT, SIGTERM, SIGTSTP};
use tempfile::TempDir;

const SMALL: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/tests/fixtures/small.yaml");
const STAFF: &str = "\x1b[24~";
const WAITING: &str = "Touch the screen or press any key.";
const PIN: &str = "2580";

/// A place with this below `kiosk:`.
struct Kiosk {
    folder: TempDir,
    site: PathBuf,
}

impl Kiosk {
    fn new(settings: &str) -> Kiosk {
        let folder = tempfile::tempdir().unwrap();
        let site = folder.path().join("site.yaml");
        let kiosk = Kiosk { folder, site };
        kiosk.set(settings);
        kiosk
    }

    /// Writes the site file: without buttons for fingers, unless it says otherwise.
    fn set(&self, settings: &str) {
        let default = |key: &str, value: &str| match settings.contains(key) {
            true => String::new(),
            false => format!("  {key}: {value}\n"),
        };
        let (grace, touch) = (default("grace", "30"), default("touch", "false"));
        fs::write(&self.site, format!("clinic: Hill Street Practice\nkiosk:\n{grace}{touch}{settings}"))
            .unwrap();
    }

    /// A place where this script calls staff.
    fn ringing(script: &str, settings: &str) -> Kiosk {
        let kiosk = Kiosk::new("");
        let bell = kiosk.path("bell");
        let script = script.replace("$LOG", &kiosk.path("rung").display().to_string());
        fs::write(&bell, format!("#!/bin/sh\n{script}\n")).unwrap();
        fs::set_permissions(&bell, fs::Permissions::from_mode(0o755)).unwrap();
        kiosk.set(&format!("  on_emergency: [{}, desk]\n{settings}", bell.display()));
        kiosk
    }

    fn path(&self, name: &str) -> PathBuf {
        self.folder.path().join(name)
    }

    fn start(&self) -> Pty {
        let pty = Pty::start(&["kiosk", "--site", self.site.to_str().unwrap(), "--", SMALL], &[], USUAL);
        pty.until_text(WAITING);
        pty
    }
}

fn usual() -> Kiosk {
    Kiosk::new("  idle: 600\n")
}

fn hash() -> String {
    let mut made = Command::new(env!("CARGO_BIN_EXE_redflag"))
        .args(["kiosk", "pin"])
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .spawn()
        .unwrap();
    made.stdin.take().unwrap().write_all(format!("{PIN}\n").as_bytes()).unwrap();
    String::from_utf8(made.wait_with_output().unwrap().stdout).unwrap()
}

/// From the page that waits to the first question.
fn begin(pty: &mut Pty) {
    pty.answer("1", "everything is erased");
    pty.answer(ENTER, "A small check");
    pty.until_text("Stop and erase");
    pty.answer(ENTER, "First some questions");
}

/// To a question where a number is typed.
fn to_age(pty: &mut Pty) {
    begin(pty);
    for (keys, next) in [
        (ENTER, "Where does it hurt?"),
        ("2\r", "Have you noticed any of these?"),
        ("2\r", "How bad is it?"),
        ("8\r", "How old are you?"),
    ] {
        pty.answer(keys, next);
    }
}

/// To a result that is to be printed, and what is said of that.
fn print_result(pty: &mut Pty, said: &str) {
    to_age(pty);
    for (keys, next) in [
        ("64\r", "Have you ever had cancer?"),
        ("n\r", "Anything else?"),
        ("\r", "[Result]"),
        ("q", "Print the result on a slip of paper"),
        ("2\r", said),
    ] {
        pty.answer(keys, next);
    }
}

fn end(pid: i32) {
    kill_process(Pid::from_raw(pid).unwrap(), Signal::KILL).unwrap();
}

/// Waits until the person's process is another one than this.
fn until_next_person(pty: &Pty, last: i32) -> i32 {
    for _ in 0..2000 {
        match pty.children().first() {
            Some(&next) if next != last => return next,
            _ => std::thread::sleep(Duration::from_millis(5)),
        }
    }
    panic!("nobody came after {last}; the screen was:\n{}", pty.text());
}

#[test]
fn a_whole_check_can_be_done_by_keyboard_and_leaves_the_page_that_waits() {
    let kiosk = usual();
    let mut pty = kiosk.start();
    let first = pty.children()[0];
    to_age(&mut pty);
    for (keys, next) in [
        ("64\r", "Have you ever had cancer?"),
        ("n\r", "Anything else?"),
        ("since spring\r", "[Result]"),
        ("q", "Finish. Erase everything here"),
    ] {
        pty.answer(keys, next);
    }
    pty.answer("2\r", WAITING);
    assert_ne!(until_next_person(&pty, first), first, "a process for each person");
}

#[test]
fn a_whole_check_can_be_done_by_a_numeric_pad_alone() {
    let kiosk = usual();
    let mut pty = kiosk.start();
    begin(&mut pty);
    for (keys, next) in [
        // Back, and on again.
        ("-", "This is the first question."),
        (ENTER, "Where does it hurt?"),
        ("+", "❯ [ ] 2"),
        ("0", "[x] 2"),
        (ENTER, "Have you noticed any of these?"),
        ("-", "Where does it hurt?"),
        (ENTER, "Have you noticed any of these?"),
        ("2\r", "How bad is it?"),
        ("8\r", "How old are you?"),
        // A digit too many is taken back.
        ("645", "645"),
        ("/", "64"),
        (ENTER, "Have you ever had cancer?"),
        ("-", "How old are you?"),
        (ENTER, "Have you ever had cancer?"),
        (".", "(•) u"),
        (ENTER, "Anything else?"),
        (ENTER, "Result"),
    ] {
        pty.answer(keys, next);
    }
    while !pty.text().contains("[Result]") {
        // What the person was not sure of is offered once more.
        pty.answer("0", "Result");
        pty.until_settled();
    }
    for (keys, next) in
        [(".", "[Say"), ("0", "Finish. Erase everything here"), ("+", "❯ 2"), (ENTER, WAITING)]
    {
        pty.answer(keys, next);
    }
}

/// A finger on these words, and off again.
fn tap(pty: &mut Pty, words: &str) {
    pty.until_text(words);
    // Longer than two taps on one place are taken for one.
    pty.until_still_for(Duration::from_millis(720));
    let text = pty.text();
    // The last one is the button; sentences above may name it.
    let (row, line) = text.lines().enumerate().filter(|(_, line)| line.contains(words)).last().unwrap();
    let column = line[..line.rfind(words).unwrap()].chars().count() + 1;
    let before = pty.bytes().len();
    pty.send(format!("\x1b[<0;{column};{0}M\x1b[<0;{column};{0}m", row + 1));
    // What comes of it is drawn before anybody looks for more.
    pty.until("an answer to a tap", |_| pty.bytes().len() > before);
}

/// Taps Next, after all pages of the answers were seen.
fn go_on(pty: &mut Pty) {
    pty.until("a way on", |screen| ["More", "Next"].iter().any(|way| screen.contents().contains(way)));
    pty.until_settled();
    while pty.text().contains("More  ") {
        tap(pty, "More  ");
        pty.until_settled();
    }
    tap(pty, "Next");
}

#[test]
fn a_whole_check_can_be_done_by_taps_alone() {
    // Long enough that the call is on the screen before it has come through.
    let kiosk = Kiosk::ringing("sleep 1", "  touch: true\n  idle: 600\n");
    let mut pty = kiosk.start();
    tap(&mut pty, "1  English");
    tap(&mut pty, "Enter  Start");
    pty.until_text("Call staff");
    tap(&mut pty, "Start");
    pty.until_text("First some questions");
    go_on(&mut pty);
    tap(&mut pty, "Lower back");
    go_on(&mut pty);
    pty.until_text("Have you noticed any of these?");
    tap(&mut pty, "│Call staff");
    pty.until_text("Calling staff. Your number here is");
    pty.until_text("Staff have been called. Your number here is");
    tap(&mut pty, "Weakness");
    go_on(&mut pty);
    pty.until_text("How bad is it?");
    tap(&mut pty, "Back");
    pty.until_text("Have you noticed any of these?");
    go_on(&mut pty);
    pty.until_text("How bad is it?");
    pty.until_settled();
    // Keys work beside buttons.
    pty.send("8");
    go_on(&mut pty);
    pty.until_text("How old are you?");
    for digit in ["6", "4"] {
        pty.until_settled();
        pty.send(digit);
    }
    go_on(&mut pty);
    pty.until_text("Have you ever had cancer?");
    tap(&mut pty, "No  ");
    go_on(&mut pty);
    // What is typed in words is left out.
    pty.until_text("QR code");
    tap(&mut pty, "Finish");
    tap(&mut pty, "Finish. Erase everything here");
    pty.until_text(WAITING);
}

#[test]
fn with_buttons_for_fingers_a_numeric_pad_is_enough_too_and_its_keys_are_named() {
    let kiosk = Kiosk::new("  touch: true\n  idle: 600\n");
    let mut pty = kiosk.start();
    pty.answer("1", "everything is erased");
    for (keys, next) in [
        (ENTER, "Enter start"),
        (ENTER, "First some questions"),
        (ENTER, "Where does it hurt?"),
        ("2", "[x] 2"),
        (ENTER, "Have you noticed any of these?"),
        ("1\r", "Since when?"),
        ("3\r", "0 understood"),
        ("0", "QR code"),
        ("1", "Point the camera"),
        ("-", "QR code"),
        ("0", "Finish. Erase everything here"),
        ("2\r", WAITING),
    ] {
        pty.answer(keys, next);
    }
}

#[test]
fn whoever_walks_away_is_asked_first_and_any_key_stays_as_often_as_wanted() {
    let kiosk = Kiosk::new("  idle: 1\n  result: 600\n");
    let mut pty = kiosk.start();
    begin(&mut pty);
    for key in ["x", ENTER, "\x03", "\x1b[<0;20;10M\x1b[<0;20;10m"] {
        pty.until_text("Are you still there?");
        pty.send(key);
        pty.until_text("First some questions");
    }
}

#[test]
fn after_the_warning_everything_is_erased() {
    let kiosk = Kiosk::new("  idle: 1\n  grace: 1\n");
    let mut pty = kiosk.start();
    let first = pty.children()[0];
    begin(&mut pty);
    pty.until_text("Your answers are erased in 1 second.");
    pty.until_text(WAITING);
    until_next_person(&pty, first);
    let bytes = String::from_utf8_lossy(&pty.bytes()).into_owned();
    assert!(bytes.matches("\x1b[3J").count() >= 2, "what scrolled out of view is gone, too");
}

#[test]
fn an_alert_and_a_result_wait_longer_than_a_question_and_staff_are_named() {
    let kiosk = Kiosk::ringing("echo \"$@\" >> $LOG", "  idle: 1\n  grace: 1\n  result: 3\n");
    let mut pty = kiosk.start();
    begin(&mut pty);
    pty.answer(ENTER, "Where does it hurt?");
    pty.answer("2\r", "Have you noticed any of these?");
    pty.answer("1\r", "Since when?");
    pty.answer("3\r", "Get help now");
    pty.until_text("Staff have been called. Your number here is");
    pty.until_text("ask for staff");
    pty.until_text(WAITING);
    let rung = fs::read_to_string(kiosk.path("rung")).unwrap();
    let rung: Vec<_> = rung.lines().collect();
    assert_eq!(rung.len(), 2, "once for the alert, once more when nobody was there any more: {rung:?}");
    assert!(rung[0].starts_with("desk emergency ") && rung[0] == rung[1], "one ticket: {rung:?}");
    assert_eq!(rung[0].len(), "desk emergency KD47".len(), "no answer: {rung:?}");
}

#[test]
fn a_bell_that_hangs_fails_or_is_not_there_is_told_and_stops_nothing() {
    for script in ["exit 3", "kill -9 $$"] {
        let kiosk = Kiosk::ringing(script, "");
        let mut pty = kiosk.start();
        begin(&mut pty);
        pty.answer("*", "Go to the desk");
        pty.answer(ENTER, "Where does it hurt?");
    }
    let kiosk = Kiosk::ringing("sleep 1000", "");
    let mut pty = kiosk.start();
    begin(&mut pty);
    pty.answer("*", "Calling staff.");
    pty.answer(ENTER, "Where does it hurt?");
    let kiosk = Kiosk::new("  on_emergency: /no/such/bell\n");
    let mut pty = kiosk.start();
    begin(&mut pty);
    pty.answer("*", "Go to the desk");
    let kiosk = usual();
    let mut pty = kiosk.start();
    begin(&mut pty);
    pty.answer("*", "Ask at the desk.");
    pty.answer(ENTER, "Where does it hurt?");
}

#[test]
fn a_crash_takes_one_person_and_five_in_a_minute_take_the_kiosk_out_of_order() {
    let kiosk = Kiosk::new("  out_of_order: 1\n");
    let mut pty = kiosk.start();
    to_age(&mut pty);
    let mut person = pty.children()[0];
    end(person);
    pty.until_text(WAITING);
    assert!(!pty.text().contains("How old"));
    for _ in 2..5 {
        person = until_next_person(&pty, person);
        pty.until_text(WAITING);
        end(person);
    }
    person = until_next_person(&pty, person);
    end(person);
    pty.until_text("This screen is out of order. Ask at the desk.");
    pty.ended_with(1);
}

/// As one in an endless loop would: stopped, it does nothing and has not ended.
#[test]
fn a_persons_process_that_hangs_is_ended_after_half_a_minute() {
    let kiosk = usual();
    let mut pty = kiosk.start();
    begin(&mut pty);
    let person = pty.children()[0];
    kill_process(Pid::from_raw(person).unwrap(), Signal::STOP).unwrap();
    let has_gone = |_: &u32| {
        std::thread::sleep(Duration::from_millis(100));
        fs::metadata(format!("/proc/{person}")).is_err()
    };
    assert!((0..900).find(has_gone).is_some(), "{person} is still there");
    pty.until_text(WAITING);
    until_next_person(&pty, person);
}

#[test]
fn a_persons_process_ends_with_the_supervisor_whatever_ends_that() {
    let kiosk = usual();
    let mut pty = kiosk.start();
    begin(&mut pty);
    let person = pty.children()[0];
    end(pty.id());
    pty.ended();
    for _ in 0..1000 {
        let status = fs::read_to_string(format!("/proc/{person}/stat")).unwrap_or_default();
        if status.is_empty() || status.contains(") Z") {
            return;
        }
        std::thread::sleep(Duration::from_millis(5));
    }
    panic!("{person} is still there");
}

#[test]
fn sigterm_ends_it_cleanly_wherever_it_is() {
    for at in ["waiting", "asking", "staff"] {
        let kiosk = Kiosk::new(&format!("  idle: 600\n{}", hash()));
        let mut pty = kiosk.start();
        match at {
            "asking" => begin(&mut pty),
            "staff" => pty.answer(STAFF, "For staff"),
            _ => {}
        }
        let person = pty.children()[0];
        pty.signal(SIGTERM);
        pty.ended_with(143);
        pty.given_back();
        assert!(pty.text().trim().is_empty(), "{at}: {}", pty.text());
        assert!(fs::metadata(format!("/proc/{person}")).is_err(), "{at}");
    }
}

/// Waits until a PIN is taken again. What is awaited is at the end of the screen, which must have come whole.
fn until_no_wait(pty: &Pty) {
    pty.until_settled();
    pty.until("the wait to be over", |screen| !screen.contents().contains("You can try again"));
}

#[test]
fn staff_get_in_by_the_pin_alone_and_a_wrong_one_costs_time_that_a_new_person_does_not_give_back() {
    let kiosk = Kiosk::new(&format!("  idle: 600\n{}", hash()));
    let mut pty = kiosk.start();
    begin(&mut pty);
    pty.answer(ENTER, "Where does it hurt?");
    pty.answer("2", "[x] 2");
    pty.answer(STAFF, "Type the PIN");
    pty.answer("1111\r", "You can try again in");
    // The right one is not even tried now.
    pty.send(format!("{PIN}\r"));
    pty.until_text("You can try again in");
    pty.answer(ESC, "[x] 2");
    // The time to wait goes on over a crash of the person's process.
    pty.answer(STAFF, "Type the PIN");
    until_no_wait(&pty);
    pty.answer("1111\r", "You can try again in 2 seconds.");
    pty.answer(ESC, "[x] 2");
    let person = pty.children()[0];
    end(person);
    until_next_person(&pty, person);
    pty.until_text(WAITING);
    pty.answer(STAFF, "Type the PIN");
    until_no_wait(&pty);
    pty.answer("1111\r", "You can try again in 4 seconds.");
    until_no_wait(&pty);
    pty.answer(&format!("{PIN}\r"), "Leave the kiosk");
    pty.answer("5", "Crashes: 1");
    pty.answer("-", "Leave the kiosk");
    pty.answer("3", "The site file has no command for this.");
    pty.answer("1", WAITING);
    pty.answer(STAFF, "Type the PIN");
    pty.answer(&format!("{PIN}\r"), "Leave the kiosk");
    pty.send("2");
    pty.ended_with(0);
    pty.given_back();
}

#[test]
fn without_a_pin_nobody_gets_in() {
    let kiosk = usual();
    let mut pty = kiosk.start();
    pty.answer(STAFF, "has no PIN");
    pty.answer("2580\r", "has no PIN");
    pty.answer(ESC, WAITING);
}

#[test]
fn a_corner_held_for_three_seconds_is_for_staff_and_a_tap_there_is_not() {
    let kiosk = Kiosk::new(&format!("  idle: 600\n{}", hash()));
    let mut pty = kiosk.start();
    begin(&mut pty);
    pty.until_settled();
    pty.send("\x1b[<0;2;1M\x1b[<0;2;1m");
    pty.answer(ENTER, "Where does it hurt?");
    pty.send("\x1b[<0;2;1M");
    pty.until_text("Type the PIN");
    pty.send("\x1b[<0;2;1m");
    // The pad on the screen, by its own buttons.
    pty.answer(ESC, "Where does it hurt?");
}

#[test]
fn a_site_file_with_mistakes_is_told_before_anybody_comes() {
    for (settings, said) in [
        ("  idel: 5\n", "did you mean `idle`?"),
        ("  idle: 0\n", "is not from 1 to"),
        ("  pin: '2580'\n", "`redflag kiosk pin` makes the line"),
        ("  on_emergency: ring the bell\n", "[ring, the, bell]"),
        ("  columns: 5\n", "paper of 58 mm has 32"),
        ("  encoding: latin1\n", "cp858"),
        ("  languages: [fr]\n", "the languages are en"),
        ("  grace: x\n", "grace"),
    ] {
        let kiosk = Kiosk::new("");
        fs::write(&kiosk.site, format!("kiosk:\n{settings}")).unwrap();
        let site = kiosk.site.to_str().unwrap();
        let mut pty = Pty::start(&["kiosk", "--site", site, "--", SMALL], &[], (200, 24));
        pty.until_text(said);
        pty.ended_with(2);
    }
}

#[test]
fn counts_hold_no_answers_and_are_written_only_where_the_place_says_so() {
    let kiosk = usual();
    let counts = kiosk.path("counts.json");
    kiosk.set(&format!("  counts: {}\n", counts.display()));
    let mut pty = kiosk.start();
    to_age(&mut pty);
    pty.answer("64\r", "Have you ever had cancer?");
    pty.answer("/", "Stop. Erase my answers");
    pty.answer("3\r", WAITING);
    let written = fs::read_to_string(&counts).unwrap();
    for part in ["\"started\": 1", "\"stopped\": 1", "\"cancer_history\": 1"] {
        assert!(written.contains(part), "{written}");
    }
    for answer in ["64", "low_back", "weak", "yes"] {
        assert!(!written.contains(answer), "{answer}: {written}");
    }
    let others: Vec<_> =
        fs::read_dir(kiosk.folder.path()).unwrap().map(|entry| entry.unwrap().file_name()).collect();
    assert_eq!(others.len(), 2, "the site file and the counts: {others:?}");
}

#[test]
fn what_is_typed_ahead_of_the_end_does_not_reach_the_next_person() {
    let kiosk = usual();
    let mut pty = kiosk.start();
    let first = pty.children()[0];
    begin(&mut pty);
    pty.answer("/", "Stop. Erase my answers");
    pty.until_settled();
    pty.send("3\r1\r\r2\r");
    until_next_person(&pty, first);
    pty.until_text(WAITING);
    assert!(pty.until_idle());
    pty.until_text(WAITING);
}

#[test]
fn the_terminal_that_goes_takes_both_processes_along() {
    let kiosk = usual();
    let mut pty = kiosk.start();
    begin(&mut pty);
    let person = pty.children()[0];
    pty.hang_up();
    pty.ended_with(129);
    assert!(fs::metadata(format!("/proc/{person}")).is_err());
}

#[test]
fn the_language_of_the_first_touch_and_another_check_are_gone_on_with() {
    let kiosk = Kiosk::new("  idle: 600\n  languages: [es, en]\n");
    let mut pty = Pty::start(&["kiosk", "--site", kiosk.site.to_str().unwrap()], &[], USUAL);
    pty.until_text("1  Español");
    // A tap, let go on the button it began on.
    let row = pty.text().lines().position(|line| line.contains("1  Español")).unwrap() + 1;
    pty.until_settled();
    pty.send(format!("\x1b[<0;40;{row}M\x1b[<0;40;{row}m"));
    pty.until_text("todo se borra");
    pty.answer(ENTER, "Dejarlo y borrar");
    pty.answer("1", "spine-alert");
    pty.until_text("Dejarlo y borrar");
    pty.answer("/", "cualquier tecla.");
}

#[test]
fn a_slip_goes_to_the_printer_whole_and_one_that_does_not_print_is_told() {
    let kiosk = usual();
    let paper = kiosk.path("paper");
    let print = |command: &str| {
        let quoted = command.replace("PAPER", &paper.display().to_string());
        kiosk.set(&format!("  print: [sh, -c, \"{quoted}\"]\n  columns: 32\n"));
    };
    // Still at it when everything is erased on the screen.
    print("sleep 1; cat > PAPER");
    let mut pty = kiosk.start();
    print_result(&mut pty, "Printing...");
    pty.answer("q", "Finish. Erase everything here");
    pty.answer("3\r", WAITING);
    let slip = fs::read_to_string(&paper).unwrap();
    assert!(slip.contains("Look after it yourself") || slip.contains("See somebody"), "{slip}");
    assert!(slip.lines().all(|line| line.chars().count() <= 32), "{slip}");
    print("exit 1");
    drop(pty);
    let mut pty = kiosk.start();
    print_result(&mut pty, "The printer does not work.");
}

#[test]
fn systemd_reads_the_units() {
    let folder = tempfile::tempdir().unwrap();
    for (unit, program) in
        [("redflag-kiosk.service", "/usr/bin/redflag"), ("redflag-kiosk-x.service", "/usr/bin/xinit")]
    {
        let text = fs::read_to_string(format!("{}/kiosk/{unit}", env!("CARGO_MANIFEST_DIR"))).unwrap();
        assert!(text.contains(program), "{unit}");
        // It wants the programs to be there.
        let file = folder.path().join(unit);
        fs::write(&file, text.replace(program, "/bin/true")).unwrap();
        let Ok(verified) = Command::new("systemd-analyze").arg("verify").arg(&file).output() else {
            eprintln!("left out: there is no systemd-analyze");
            return;
        };
        let said = String::from_utf8_lossy(&verified.stderr).into_owned();
        assert!(verified.status.success() && !said.contains(unit), "{said}");
    }
}

#[test]
fn what_is_missing_is_said_and_is_the_exit_status() {
    let kiosk = Kiosk::new("  on_emergency: /no/such/bell\n  grace: 5\n");
    let site = kiosk.site.to_str().unwrap();
    let mut pty = Pty::start(&["kiosk", "--check", "--site", site, "--", SMALL], &[], (160, 40));
    for said in [
        "ok       terminal   160 columns, 40 rows",
        "/no/such/bell is not there or can't be run",
        "these names and numbers are not set",
        "MISSING  PIN",
        "below 20 seconds",
        "things are missing",
    ] {
        pty.until_text(said);
    }
    pty.ended_with(1);
    let all =
        "contacts: { clinic: a, clinic_phone: 1, emergency_number: 112, nurse_line: 2, cancer_line: 3 }\n";
    fs::write(&kiosk.site, format!("{all}kiosk:\n  on_emergency: sh\n{}", hash())).unwrap();
    let mut pty = Pty::start(&["kiosk", "--check", "--site", site, "--", SMALL], &[], (160, 40));
    pty.until_text(" missing");
    pty.ended();
    // Whether memory can be kept out of the swap space is up to the machine.
    let missing: Vec<_> =
        pty.text().lines().filter(|line| line.starts_with("MISSING")).map(str::to_owned).collect();
    assert!(missing.iter().all(|line| line.starts_with("MISSING  memory")), "{missing:?}");
}

/// What a person can press, send or paste who wants out.
fn ways_out() -> Vec<Vec<u8>> {
    let mut ways: Vec<Vec<u8>> = (0..=31_u8).map(|control| vec![control]).collect();
    ways.extend([b"q".to_vec(), b"Q".to_vec(), b":q!\r".to_vec(), b"exit\r".to_vec(), b"\x04\x04".to_vec()]);
    // Function keys in their forms, alone and with what can be held.
    for number in [11, 12, 13, 14, 15, 17, 18, 19, 20, 21, 23] {
        for held in ["", ";2", ";3", ";5", ";6", ";7"] {
            ways.push(format!("\x1b[{number}{held}~").into_bytes());
        }
    }
    ways.extend((b'P'..=b'S').map(|key| vec![0x1b, b'O', key]));
    // Letters with Alt, and with Ctrl and more as terminals with newer protocols send them.
    ways.extend((b'a'..=b'z').map(|key| vec![0x1b, key]));
    for key in [99, 100, 113, 115, 119, 122, 92] {
        ways.extend([3, 5, 6, 7, 9].map(|held| format!("\x1b[{key};{held}u").into_bytes()));
    }
    // Pasted.
    for pasted in ["\x03", "\x1c", "q\rq\r", "\x1b[24~", "\x1b[?1049l", "; reboot\n", "$(reboot)\r"] {
        ways.push(format!("\x1b[200~{pasted}\x1b[201~").into_bytes());
    }
    // What terminals answer, half of it, and what is none of it.
    for sequence in [
        "\x1b[?1049l",
        "\x1bc",
        "\x1b[!p",
        "\x1b]0;title\x07",
        "\x1b[?1;2c",
        "\x1b[",
        "\x1bO",
        "\x1b[<",
        "\x1b[200~x",
    ] {
        ways.push(sequence.as_bytes().to_vec());
    }
    ways.extend([b"\xff\xfe".to_vec(), b"\xc3".to_vec(), vec![0; 100], vec![b'q'; 1000]]);
    // Buttons, the wheel, and taps all over.
    for button in [0, 1, 2, 3, 64, 65, 66, 67, 128, 129] {
        ways.push(format!("\x1b[<{button};40;12M\x1b[<{button};40;12m").into_bytes());
    }
    ways.push(b"\x1b[M !!\x1b[M#!!".to_vec());
    for number in [SIGINT, SIGQUIT, SIGTSTP] {
        ways.push(format!("signal {number}").into_bytes());
    }
    ways
}

#[test]
fn two_hundred_ways_out_lead_nowhere() {
    let ways = ways_out();
    assert!(ways.len() >= 200, "{}", ways.len());
    let kiosk = Kiosk::new(&format!("  idle: 600\n{}", hash()));
    let mut pty = kiosk.start();
    let supervisor = pty.id();
    for (at, way) in ways.iter().enumerate() {
        // Now on the page that waits, now before the interview, now in it.
        match String::from_utf8_lossy(way).strip_prefix("signal ") {
            Some(number) => {
                let number: i32 = number.parse().unwrap();
                pty.signal(number);
                let person = Pid::from_raw(pty.children()[0]).unwrap();
                kill_process(person, Signal::from_named_raw(number).unwrap()).unwrap();
            }
            None => pty.send(way),
        }
        assert!(pty.until_read(), "{at}: {way:?} ended it");
        if at % 20 == 19 {
            pty.until_settled();
            assert!(pty.is_raw(), "{at}: {way:?}");
            pty.send(ENTER);
        }
    }
    pty.until_settled();
    assert!(pty.until_read());
    let state = fs::read_to_string(format!("/proc/{supervisor}/stat")).unwrap();
    assert!(!state.contains(") T"), "it was stopped");
    let person = pty.children()[0];
    let state = fs::read_to_string(format!("/proc/{person}/stat")).unwrap();
    assert!(!state.contains(") T"), "it was stopped");
    assert!(pty.look(vt100::Screen::alternate_screen) && pty.is_raw());
    assert_eq!(pty.children().len(), 1, "nothing else was started");
}

#[test]
fn end_of_input_and_a_stop_by_key_change_nothing() {
    let kiosk = usual();
    let mut pty = kiosk.start();
    begin(&mut pty);
    for key in ["\x04", CTRL_C, CTRL_Z, "\x1c", "\x1a"] {
        pty.until_settled();
        pty.send(key);
        assert!(pty.until_idle());
        pty.until_text("First some questions");
    }
}

#[test]
fn what_is_asked_of_a_person_is_in_no_argument_and_no_variable() {
    let kiosk = usual();
    let mut pty = kiosk.start();
    to_age(&mut pty);
    pty.answer("64\r", "Have you ever had cancer?");
    let person = pty.children()[0];
    for file in ["cmdline", "environ", "comm"] {
        let text = fs::read(format!("/proc/{person}/{file}")).unwrap();
        let text = String::from_utf8_lossy(&text).into_owned();
        assert!(!text.contains("64\0") && !text.contains("low_back"), "{file}: {text}");
    }
    let bytes = String::from_utf8_lossy(&pty.bytes()).into_owned();
    assert!(!bytes.contains("\x1b]"), "no title, no clipboard");
}
