//! From the kiosk to the desk: what a person chooses to show is in the store under a ticket, and nothing else is.
#![cfg(all(target_os = "linux", feature = "store"))]

mod clinic;
mod pty;

use std::fs;
use std::os::unix::fs::PermissionsExt;

use clinic::{Clinic, PIN};
use jiff::Timestamp;
use pty::{ENTER, ESC, Pty, USUAL};

const SMALL: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/tests/fixtures/small.yaml");
const WAITING: &str = "Touch the screen or press any key.";

impl Clinic {
    /// A kiosk whose site file says where the desk's store is.
    fn kiosk(&self) -> Pty {
        let (site, pin) = (self.folder.path().join("site.yaml"), self.folder.path().join("pin"));
        fs::write(&pin, format!("{PIN}\n")).unwrap();
        fs::set_permissions(&pin, fs::Permissions::from_mode(0o600)).unwrap();
        let text = format!(
            "kiosk:\n  touch: false\n  desk: {{ as: kiosk-1, pin_file: {} }}\nstore:\n  place: {}\n  key_file: {}\n  \
             station: door\n",
            pin.display(),
            self.file().display(),
            self.key().display()
        );
        fs::write(&site, text).unwrap();
        let mut kiosk = Pty::start(&["kiosk", "--site", &site.display().to_string(), SMALL], &[], USUAL);
        kiosk.until_text(WAITING);
        kiosk.send(" ");
        kiosk.until_text("The desk sees them only if");
        kiosk.until_settled();
        kiosk.send(ENTER);
        kiosk.until_settled();
        kiosk
    }

    fn kept(&self) -> usize {
        self.open("Nora", "desk").encounters(Timestamp::MIN).unwrap().len()
    }
}

/// Answers the small questionnaire, and opens what there is to do with the result.
fn to_the_end(kiosk: &mut Pty) {
    for (keys, next) in [
        (ENTER, "First some questions"),
        (ENTER, "Where does it hurt?"),
        ("2\r", "Have you noticed any of these?"),
        ("2\r", "How bad is it?"),
        ("8\r", "How old are you?"),
        ("64\r", "Have you ever had cancer?"),
        ("n\r", "Anything else?"),
        ("since spring\r", "[Result]"),
        ("q", "2  Show my answers to the desk"),
    ] {
        kiosk.answer(keys, next);
    }
}

/// The ticket that the screen says.
fn ticket(kiosk: &Pty) -> String {
    let text = kiosk.text();
    let (_, rest) = text.split_once("Say this number there: ").expect("a number to say");
    rest.trim().chars().take(4).collect()
}

/// Whoever has read what the desk has.
fn back_to_the_result(kiosk: &mut Pty) {
    std::thread::sleep(std::time::Duration::from_millis(800));
    kiosk.answer(ENTER, "[Result]");
}

#[test]
fn what_a_person_shows_to_the_desk_is_there_under_the_number_that_they_are_told() {
    let clinic = Clinic::new();
    let mut kiosk = clinic.kiosk();
    to_the_end(&mut kiosk);
    kiosk.answer("2\r", "The staff here will see");
    assert_eq!(clinic.kept(), 0, "nothing before they have agreed");
    // Whoever agrees twice has not closed the page with the number.
    kiosk.answer("11", "Say this number there:");
    kiosk.until_settled();
    let ticket = ticket(&kiosk);
    let mut nora = clinic.open("Nora", "desk");
    let listed = nora.by_ticket(&ticket, Timestamp::MIN).unwrap().expect("it is there");
    let (summary, record) = (listed.summary, nora.encounter(listed.id).unwrap());
    assert_eq!((summary.reference, summary.opened.station.as_str()), (None, "door"));
    assert_eq!(summary.opened.who.name, "kiosk-1");
    assert!(summary.level.is_some_and(|level| level.finished), "its level, as it was told");
    assert_eq!(record.value["answers"]["age"], 64);
    assert_eq!(record.value["answers"]["words"], "since spring");

    // In letters of four rows as well.
    assert!(kiosk.text().contains('█') || kiosk.text().contains('▙'), "{}", kiosk.text());
    back_to_the_result(&mut kiosk);

    // The same answers are not handed over twice.
    kiosk.answer("q", "2  Show my answers to the desk");
    kiosk.answer("2\r", "The staff here will see");
    kiosk.answer("1", "The desk has your answers already.");
    assert!(kiosk.text().contains(&ticket), "{}", kiosk.text());
    assert_eq!(clinic.kept(), 1);
}

#[test]
fn whoever_does_not_agree_leaves_nothing() {
    let clinic = Clinic::new();
    let mut kiosk = clinic.kiosk();
    kiosk.until_text("Nothing is sent anywhere.");
    kiosk.until_settled();
    assert!(!kiosk.text().contains("unless you save them"), "nobody can save here: {}", kiosk.text());
    to_the_end(&mut kiosk);
    kiosk.answer("2\r", "The staff here will see");
    kiosk.answer(ESC, "[Result]");
    kiosk.answer("q", "Finish. Erase everything here");
    kiosk.answer("3\r", WAITING);
    assert_eq!(clinic.kept(), 0);
}

#[test]
fn a_desk_that_is_away_is_told_and_nothing_waits_on_the_disk() {
    let clinic = Clinic::new();
    let mut kiosk = clinic.kiosk();
    to_the_end(&mut kiosk);
    let away = clinic.folder.path().join("away");
    fs::create_dir(&away).unwrap();
    for name in ["store.db", "store.db-wal", "store.db-shm"] {
        let path = clinic.folder.path().join(name);
        if path.exists() {
            fs::rename(&path, away.join(name)).unwrap();
        }
    }
    let before = fs::read_dir(clinic.folder.path()).unwrap().count();
    kiosk.answer("2\r", "The staff here will see");
    kiosk.answer("1", "The desk's computer does not answer");
    back_to_the_result(&mut kiosk);
    assert_eq!(fs::read_dir(clinic.folder.path()).unwrap().count(), before, "nothing is queued");
}
