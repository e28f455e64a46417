//! A busy clinic: a kiosk, nurses at two stations and a board on one store at once, with programs that are killed and a
//! disk that is full in between. Afterwards the store is read by hand: every check has each answer that was typed, once,
//! and the level that it should have.
//!
//! Few patients by default; `REDFLAG_BUSY=200 cargo test --release --test busy_clinic` plays a long day.
#![cfg(all(target_os = "linux", feature = "store"))]

mod clinic;
mod dice;
#[path = "intake/nurse.rs"]
#[allow(dead_code, reason = "each test file uses its part")]
mod nurse;
mod pty;
mod support;

use std::fs;
use std::sync::Mutex;
use std::thread;

use clinic::{Clinic, PIN, keep_sheet};
use dice::Dice;
use jiff::Timestamp;
use nurse::{CASES, Case, answers, begun, next_keys, on};
use pty::{ENTER, ESC, Pty, USUAL};
use redflag::answers::Sheet;
use redflag::encounter::Encounter;
use redflag::interview::Interview;
use redflag::questionnaire::Audience;
use redflag::site::Site;
use redflag::store::{Person as User, Record, Role, Store};
use redflag::tui::app::App;
use signal_hook::consts::SIGKILL;
use support::{BACK_PAIN, Person};

/// What happens to a nurse while she asks, after so many keys.
#[derive(Debug, Clone, Copy, PartialEq)]
enum Fault {
    None,
    Killed(usize),
    /// The disk is full from then on, until she has read that it is.
    Full(usize),
}

/// A nurse at a station of her own, in front of the real program, and what she expects to see there.
struct Station<'c> {
    clinic: &'c Clinic,
    name: &'static str,
}

impl Station<'_> {
    fn start(&self, more: &[&str]) -> Pty {
        let (file, key) = (self.clinic.file(), self.clinic.key());
        let (file, key) = (file.to_string_lossy(), key.to_string_lossy());
        let usual =
            ["intake", "--store", &file, "--key-file", &key, "--as", self.name, "--station", self.name];
        let arguments: Vec<String> = usual.iter().chain(more).map(|word| format!("'{word}'")).collect();
        // A limit on the length of files can be set later, and the program is told of it and not killed.
        let script = format!("trap '' XFSZ; exec \"$0\" {}", arguments.join(" "));
        let mut program = Pty::start_shell(&script, &[], USUAL);
        program.until_text(&format!("PIN of {}:", self.name));
        program.send(format!("{PIN}{ENTER}"));
        program
    }

    /// Goes on with a check that is in the store.
    fn take_over(&self, record: &Record) -> (Pty, Person<'static>) {
        let mut program = self.start(&["--take", &record.id.to_string()]);
        let kept = record.encounter(&BACK_PAIN).expect("it is of this version");
        assert_eq!(kept.misfits, []);
        let encounter = Encounter { asked_as: Audience::Clinician, stopped: None, ..kept.encounter };
        let mut app = App::by_section(Interview::on(&BACK_PAIN, encounter), Site::default());
        app.take_over();
        let mut expected = on(&BACK_PAIN, app, USUAL);
        if expected.sees("Go through these first") {
            program.until_text("Go through these first");
            press(&mut program, &mut expected, "Esc");
        } else {
            program.until_text("section");
        }
        (program, expected)
    }

    /// Asks one patient to the end, who may have begun at the kiosk under this ticket. `true`: the fault was met.
    fn ask(&self, reference: &str, ticket: Option<&str>, case: &Case, fault: Fault) -> bool {
        let mut is_met = fault == Fault::None;
        let mut store = self.clinic.open("Dr Ruiz", "auditor");
        let (mut program, mut expected) = match ticket {
            Some(ticket) => {
                let listed = store.by_ticket(ticket, Timestamp::UNIX_EPOCH).expect("read").expect("there");
                self.take_over(&store.encounter(listed.id).expect("there"))
            }
            None => {
                let program = self.start(&["--reference", reference]);
                program.until_text("section 1 of");
                (program, begun(&BACK_PAIN, USUAL))
            }
        };
        let mut typed = 0;
        while let Some(keys) = next_keys(&expected.app, &case.sheet) {
            for key in keys {
                if fault == Fault::Full(typed) {
                    program.fill_up();
                }
                let before = program.text();
                press(&mut program, &mut expected, if key == " " { "Space" } else { &key });
                typed += 1;
                // A store that can't write is asked again a few times before that is said.
                if matches!(fault, Fault::Full(at) if typed > at) && !is_met {
                    program.until("what came of a key", |screen| screen.contents() != before);
                    program.until_settled();
                }
                if program.text().contains("Try again") {
                    is_met = true;
                    program.make_room();
                    program.until_settled();
                    program.send(format!("1{ENTER}"));
                    assert!(program.until_idle(), "it is still there");
                    assert!(!program.text().contains("Try again"), "there is room:\n{}", program.text());
                }
            }
            assert_eq!(
                focus(&program.text()),
                focus(&expected.screen()),
                "{} {fault:?} {typed}\n{}\n{}",
                case.id,
                program.text(),
                expected.screen()
            );
            assert!(typed < 250, "{}: no end\n{}", case.id, expected.screen());
            if matches!(fault, Fault::Killed(at) if typed >= at) && !is_met {
                is_met = true;
                program.signal(SIGKILL);
                program.ended();
                let seen = expected.app.interview.sheet().clone();
                let found = find(&mut store, reference, ticket);
                match found {
                    Some(record) => {
                        let there =
                            record.encounter(&BACK_PAIN).expect("it is of this version").encounter.sheet;
                        assert_eq!(in_words(&there), in_words(&seen), "{}: kept, and on the screen", case.id);
                        (program, expected) = self.take_over(&record);
                    }
                    None => {
                        assert_eq!(answers(&BACK_PAIN, &seen).len(), 0, "nothing was answered yet");
                        program = self.start(&["--reference", reference]);
                        program.until_text("section 1 of");
                        expected = begun(&BACK_PAIN, USUAL);
                    }
                }
            }
        }
        let level = &BACK_PAIN.levels[expected.app.interview.assessment().level];
        assert_eq!(level.id, case.expected, "{}", case.id);
        program.until_settled();
        program.send("q");
        program.until_text("Finish?");
        program.until_settled();
        program.send(format!("3{ENTER}"));
        program.ended();
        let record = find(&mut store, reference, ticket).expect("kept");
        let there = record.encounter(&BACK_PAIN).expect("it is of this version").encounter.sheet;
        assert_eq!(in_words(&there), in_words(expected.app.interview.sheet()), "{}", case.id);
        assert_eq!(record.summary.level.expect("a level").id, case.expected, "{}", case.id);
        is_met
    }
}

/// The same key for the program and for what is expected of it.
fn press(program: &mut Pty, expected: &mut Person, key: &str) {
    program.until_settled();
    program.send(match key {
        "Enter" => ENTER,
        "Esc" => ESC,
        "Space" => " ",
        key => key,
    });
    assert!(program.until_idle(), "it is still there");
    expected.press(key);
}

/// Where a screen stands.
fn focus(screen: &str) -> Option<String> {
    let line = screen.lines().find(|line| line.contains('❯'))?;
    Some(line.split_whitespace().collect::<Vec<_>>().join(" "))
}

fn in_words(sheet: &Sheet) -> String {
    format!("{:?}", answers(&BACK_PAIN, sheet))
}

fn find(store: &mut Store, reference: &str, ticket: Option<&str>) -> Option<Record> {
    let listed = store.encounters(Timestamp::UNIX_EPOCH).expect("read");
    let mut found = listed.iter().filter(|listed| match ticket {
        Some(ticket) => listed.summary.ticket.as_deref() == Some(ticket),
        None => listed.summary.reference.as_deref() == Some(reference),
    });
    let id = found.next()?.id;
    assert!(found.next().is_none(), "{reference} is there twice");
    Some(store.encounter(id).expect("there"))
}

/// What a person of this case tells a kiosk.
fn at_the_kiosk(clinic: &Clinic, store: &mut Store, ticket: &str, case: &Case) {
    let mut patient = Sheet::new(&BACK_PAIN);
    for (at, question) in BACK_PAIN.questions.iter().enumerate() {
        let section = &BACK_PAIN.sections[question.section];
        let is_asked = section.audience.is_none_or(|audience| audience == Audience::Patient);
        if let (true, Some(answer)) = (is_asked, case.sheet.get(at)) {
            patient.set(&BACK_PAIN, at, answer.clone()).expect("it fits");
        }
    }
    keep_sheet(&clinic.questionnaire, clinic::BACK_PAIN, store, ticket, None, patient);
}

#[test]
fn two_nurses_a_kiosk_and_a_board_lose_nothing_between_them() {
    let patients = std::env::var("REDFLAG_BUSY").ok().and_then(|count| count.parse().ok()).unwrap_or(4);
    let clinic = Clinic::new();
    let mut office = clinic.open("Ada", "office");
    let second = User { name: "Ben".to_owned(), role: Role::Nurse };
    office.add_person(Timestamp::now(), second, PIN).expect("added");
    let (file, key) = (clinic.file().display().to_string(), clinic.key().display().to_string());
    let arguments = ["board", "--store", &file, "--key-file", &key, "--as", "Nora", "--station", "wall"];
    let mut board = Pty::start(&arguments, &[], (110, 30));
    board.until_text("PIN of Nora:");
    board.send(format!("{PIN}{ENTER}"));
    board.until_text("q leave");

    let next = Mutex::new(0..patients);
    thread::scope(|scope| {
        for name in ["Nora", "Ben"] {
            let (clinic, next) = (&clinic, &next);
            scope.spawn(move || {
                let station = Station { clinic, name };
                loop {
                    let Some(number) = next.lock().expect("a number").next() else { break };
                    let case = &CASES[(number * 7 + 3) % CASES.len()];
                    let (reference, ticket) = (format!("ref-{number:04}-zq"), format!("K{number:03}"));
                    let mut dice = Dice::new(number as u64);
                    let fault = match number % 3 {
                        0 => Fault::Killed(1 + dice.below(10)),
                        1 => Fault::Full(1 + dice.below(8)),
                        _ => Fault::None,
                    };
                    let comes_from_kiosk = number % 4 == 3;
                    if comes_from_kiosk {
                        at_the_kiosk(clinic, &mut clinic.open("kiosk-1", "kiosk-1"), &ticket, case);
                    }
                    let ticket = comes_from_kiosk.then_some(&*ticket);
                    let is_met = station.ask(&reference, ticket, case, fault);
                    assert!(is_met || ticket.is_some(), "{}: {fault:?} was not met", case.id);
                }
            });
        }
    });

    let listed = office.encounters(Timestamp::UNIX_EPOCH).expect("read");
    assert_eq!(listed.len(), patients, "each patient once");
    assert_eq!(office.verify(&[]).expect("read").found, []);
    let waiting = format!("{patients} wait");
    board.until("everybody on the board", |screen| screen.contents().contains(&waiting));
    // A stolen disk has none of it.
    for entry in fs::read_dir(clinic.folder.path()).expect("a folder") {
        let bytes = fs::read(entry.expect("a file").path()).expect("it can be read");
        // Long enough that sealed bytes don't hold them by chance.
        for secret in [&b"ref-00"[..], b"\"saddle_numb\"", b"Nora"] {
            assert!(
                !bytes.windows(secret.len()).any(|some| some == secret),
                "{}",
                String::from_utf8_lossy(secret)
            );
        }
    }
}
