//! The board as somebody at a desk meets it: the real program in a pseudo-terminal, on a store that others write into.
#![cfg(all(target_os = "linux", feature = "store"))]

mod clinic;
mod pty;

use std::fs;
use std::os::unix::fs::PermissionsExt;

use clinic::{Clinic, PIN};
use jiff::Timestamp;
use pty::{ENTER, Pty, USUAL};
use redflag::store::Store;
use signal_hook::consts::SIGTERM;

const ALARM: &str = "{'emergency_now': ['heavy_bleeding']}";
const WIDE: (u16, u16) = (100, 30);
const BEGUN: &str = "{'age': 40}";

impl Clinic {
    fn board(&self, more: &[&str], size: (u16, u16)) -> Pty {
        let (file, key) = (self.file().display().to_string(), self.key().display().to_string());
        let site = self.folder.path().join("site.yaml");
        if !site.exists() {
            fs::write(&site, "clinic: Hill Street Practice\n").unwrap();
        }
        let site = site.display().to_string();
        let arguments = ["board", "--store", &file, "--key-file", &key, "--site", &site, "--station", "desk"];
        Pty::start(&[&arguments, more].concat(), &[], size)
    }

    /// The board of a nurse who has signed in.
    fn noras(&self, size: (u16, u16)) -> Pty {
        let mut board = self.board(&["--as", "Nora"], size);
        board.until_text("PIN of Nora:");
        board.send(format!("{PIN}{ENTER}"));
        board.until_text("q leave");
        board
    }

    fn seen_by(&self, store: &mut Store, ticket: &str) -> Option<String> {
        let listed = store.by_ticket(ticket, Timestamp::MIN).unwrap()?;
        listed.summary.seen.map(|mark| mark.who.name)
    }
}

#[test]
fn a_nurse_sees_who_comes_opens_the_handover_and_marks_them_as_seen() {
    let clinic = Clinic::new();
    let mut kiosk = clinic.open("kiosk-1", "kiosk-1");
    clinic.keep(&mut kiosk, "KD47", Some("MRN 4711"), BEGUN);
    let mut board = clinic.noras(WIDE);
    board.until_text("KD47");
    assert!(
        board.text().contains("not known yet") && board.text().contains("not finished"),
        "{}",
        board.text()
    );

    // While it is on the screen somebody else comes, and is above.
    clinic.keep(&mut kiosk, "RX52", None, ALARM);
    board.until_text("RX52");
    board.until_text("New emergency: RX52");
    assert!(board.bytes().contains(&0x07), "the bell of the terminal");
    let text = board.text();
    assert!(text.find("RX52") < text.find("KD47"), "{text}");

    // The focus has stayed where it was.
    board.send("\x1b[A\r");
    board.until_text("What happened");
    board.until_text("E09");
    board.send("s");
    board.until_text("Marked as seen.");
    board.send("\x1b");
    board.until_text("seen by Nora");
    assert_eq!(clinic.seen_by(&mut kiosk, "RX52").as_deref(), Some("Nora"));
    assert_eq!(clinic.seen_by(&mut kiosk, "KD47"), None);
    board.send("q");
    board.ended_with(0);
    board.given_back();
}

#[test]
fn a_check_is_gone_on_with_from_the_board_and_the_board_comes_back() {
    let clinic = Clinic::new();
    let mut kiosk = clinic.open("kiosk-1", "kiosk-1");
    clinic.keep(&mut kiosk, "KD47", None, BEGUN);
    let mut board = clinic.noras(WIDE);
    board.until_text("KD47");
    board.send("c");
    // Below the one that the board has asked for.
    board
        .until("the PIN is asked for again", |screen| screen.contents().matches("PIN of Nora:").count() == 2);
    board.send(format!("{PIN}{ENTER}"));
    board.until_text("First, a safety check");
    board.until_settled();
    board.send("\x03");
    board.until_text("Leave?");
    board.until_settled();
    board.send("3");
    board.until_settled();
    board.send(ENTER);
    board.until_text("1 waiting");
    board.send("q");
    board.ended_with(0);
    board.given_back();
}

#[test]
fn a_wrong_pin_shows_nothing_and_is_told() {
    let clinic = Clinic::new();
    let mut board = clinic.board(&["--as", "Nora"], USUAL);
    for asked in 1..=3 {
        let is_asked = |screen: &vt100::Screen| screen.contents().matches("PIN of Nora:").count() == asked;
        board.until("the PIN is asked for", is_asked);
        board.send(format!("1111{ENTER}"));
    }
    board.ended_with(1);
    assert!(!board.text().contains("1111"), "the PIN is not seen");
    assert!(!board.text().contains("waiting"), "{}", board.text());
}

#[test]
fn ctrl_c_at_the_pin_leaves_and_gives_the_echo_back() {
    let clinic = Clinic::new();
    let mut board = clinic.board(&["--as", "Nora"], USUAL);
    board.until_text("PIN of Nora:");
    board.send("\x03");
    board.ended_with(130);
    board.modes_given_back();
}

#[test]
fn the_screen_of_the_waiting_room_needs_no_pin_and_shows_no_name() {
    let clinic = Clinic::new();
    let mut kiosk = clinic.open("kiosk-1", "kiosk-1");
    clinic.keep(&mut kiosk, "RX52", Some("MRN 4711"), ALARM);
    let mut board = clinic.board(&["--read-only"], USUAL);
    board.until_text("RX52");
    assert!(!board.text().contains("MRN"), "{}", board.text());
    board.send("sxcyp\r");
    board.until_settled();
    assert!(board.text().contains("Tickets and levels only"), "{}", board.text());
    assert_eq!(clinic.seen_by(&mut kiosk, "RX52"), None);
    board.signal(SIGTERM);
    board.ended_with(143);
    board.given_back();
}

#[test]
fn a_new_emergency_runs_the_command_of_the_place_and_a_failure_is_told() {
    let clinic = Clinic::new();
    let bell = clinic.folder.path().join("bell");
    let rung = clinic.folder.path().join("rung");
    fs::write(&bell, format!("#!/bin/sh\necho \"$@\" >> {}\nexit 3\n", rung.display())).unwrap();
    fs::set_permissions(&bell, fs::Permissions::from_mode(0o755)).unwrap();
    let site = clinic.folder.path().join("site.yaml");
    fs::write(site, format!("board:\n  on_emergency: [{}, desk]\n", bell.display())).unwrap();
    let mut kiosk = clinic.open("kiosk-1", "kiosk-1");
    let mut board = clinic.noras(WIDE);
    clinic.keep(&mut kiosk, "RX52", None, ALARM);
    board.until_text("The command for new emergencies failed");
    assert_eq!(fs::read_to_string(rung).unwrap(), "desk emergency RX52\n", "level and ticket, no answer");
    board.send("q");
    board.ended_with(0);
}

#[test]
fn closing_takes_a_person_from_the_board_and_not_out_of_the_store() {
    let clinic = Clinic::new();
    let mut kiosk = clinic.open("kiosk-1", "kiosk-1");
    clinic.keep(&mut kiosk, "KD47", None, ALARM);
    let mut board = clinic.noras(WIDE);
    board.until_text("KD47");
    board.send("x");
    board.until_text("Close KD47?");
    board.send("y");
    board.until_text("Closed. Press a");
    board.until("the row is gone", |screen| !screen.contents().contains("!! emergency"));
    let listed = kiosk.by_ticket("KD47", Timestamp::MIN).unwrap().expect("it is still there");
    assert!(listed.summary.closed.is_some());
    board.send("a");
    board.until_text("closed ");
    board.send("q");
    board.ended_with(0);
}

#[test]
fn a_store_that_goes_away_is_told_and_what_was_shown_stays() {
    let clinic = Clinic::new();
    let mut kiosk = clinic.open("kiosk-1", "kiosk-1");
    clinic.keep(&mut kiosk, "KD47", None, BEGUN);
    let mut board = clinic.noras(WIDE);
    board.until_text("KD47");
    drop(kiosk);
    for name in ["store.db", "store.db-wal", "store.db-shm"] {
        let path = clinic.folder.path().join(name);
        if path.exists() {
            fs::rename(&path, path.with_extension("away")).unwrap();
        }
    }
    board.send("j");
    board.until_settled();
    assert!(board.text().contains("KD47"), "{}", board.text());
    board.send("q");
    board.ended_with(0);
}
