//! What a nurse answers is in the store before anything else is shown, and a check from the kiosk is taken over there.
#![cfg(all(unix, feature = "store"))]

mod pty;

use std::path::{Path, PathBuf};

use jiff::Timestamp;
use pty::Pty;
use redflag::encounter::Encounter;
use redflag::interview::Interview;
use redflag::library::builtin;
use redflag::questionnaire::{Audience, Questionnaire, yaml};
use redflag::store::*;
use serde_json::{Value, json};
use tempfile::TempDir;

const PIN: &str = "2580";

struct Clinic {
    folder: TempDir,
    place: Place,
    unlock: Unlock,
}

impl Clinic {
    /// Ana and Ben are nurses; all have this PIN.
    fn new() -> Clinic {
        let folder = tempfile::tempdir().expect("a folder");
        let place = Place::File(folder.path().join("store.db"));
        let unlock = Unlock::new_key_file(&folder.path().join("store.key")).expect("a key");
        let mut store = Store::create(&place, &unlock, "office").expect("a store");
        let person = |name: &str, role| Person { name: name.to_owned(), role };
        store.add_person(now(), person("Eva", Role::Administrator), PIN).expect("the first");
        store.sign_in("Eva", PIN, now()).expect("her PIN");
        for name in ["Ana", "Ben"] {
            store.add_person(now(), person(name, Role::Nurse), PIN).expect("somebody");
        }
        store.add_person(now(), person("kiosk", Role::Kiosk), PIN).expect("a kiosk");
        Clinic { folder, place, unlock }
    }

    fn file(&self) -> PathBuf {
        self.folder.path().join("store.db")
    }

    fn store(&self, name: &str) -> Store {
        let mut store = Store::open(&self.place, &self.unlock, name).expect("the store opens");
        store.sign_in(name, PIN, now()).expect("a PIN");
        store
    }

    /// The intake of Ana on the screen, with these arguments more.
    fn intake(&self, more: &[&str]) -> Pty {
        let file = self.file().to_string_lossy().into_owned();
        let arguments = [&["intake", "--store", &file, "--as", "Ana", "--station", "desk"], more].concat();
        let mut program = Pty::start(&arguments, &[], pty::USUAL);
        program.until_text("PIN of Ana:");
        program.send(format!("{PIN}\r"));
        program
    }

    fn only_record(&self) -> Record {
        let mut store = self.store("Ben");
        let listed = store.encounters(Timestamp::UNIX_EPOCH).expect("read");
        assert_eq!(listed.len(), 1);
        store.encounter(listed[0].id).expect("there")
    }
}

fn now() -> Timestamp {
    Timestamp::now()
}

fn back_pain() -> Questionnaire {
    builtin::find("back-pain").expect("built in").questionnaire().expect("no mistakes")
}

fn press(program: &mut Pty, keys: &str) {
    for key in keys.split_whitespace() {
        program.until_settled();
        program.send(match key {
            "Enter" => pty::ENTER,
            "Esc" => pty::ESC,
            key => key,
        });
        assert!(program.until_idle(), "it is still there");
    }
}

#[test]
fn what_the_screen_shows_as_answered_is_in_the_store_after_a_kill() {
    let clinic = Clinic::new();
    let mut program = clinic.intake(&["--reference", "Bed 4"]);
    program.until_text("section 1 of 7");
    press(&mut program, "N Enter 3 4 Enter 1 n");
    program.until_text("Cancer history");
    program.signal(9);
    program.ended();
    let record = clinic.only_record();
    let answers = &record.value["answers"];
    assert_eq!(
        (&answers["age"], &answers["sex"], &answers["pregnant"]),
        (&json!(34), &json!("female"), &json!("no"))
    );
    assert_eq!(answers["saddle_signs"], json!(["none"]));
    assert_eq!(record.value["reference"], "Bed 4");
    assert_eq!(record.summary.reference.as_deref(), Some("Bed 4"));
    // And it is gone on with, from the list.
    let mut program = clinic.intake(&["--take"]);
    program.until_text("Which check?");
    program.send("1\r");
    program.until_text("Patient and history");
    press(&mut program, "Esc");
    program.until_text("Bed 4");
}

#[test]
fn a_level_that_an_answer_set_is_gone_from_the_store_with_the_answer() {
    let clinic = Clinic::new();
    let mut program = clinic.intake(&[]);
    program.until_text("section 1 of 7");
    press(&mut program, "7 Enter");
    program.until_text("GET EMERGENCY HELP NOW");
    let level = || clinic.only_record().summary.level;
    assert_eq!(level().map(|level| level.id).as_deref(), Some("emergency"));
    press(&mut program, "Esc");
    program.until_text("section 1 of 7");
    program.until_settled();
    assert_eq!(level(), None, "nothing that is answered sets one");
}

#[test]
fn an_answer_that_is_taken_back_and_a_note_that_is_gone_are_so_in_the_store_too() {
    let clinic = Clinic::new();
    let mut program = clinic.intake(&[]);
    program.until_text("section 1 of 7");
    press(&mut program, "n k");
    program.send("\x1b[18~");
    program.until_text("A note on");
    press(&mut program, "x Enter");
    program.until_text("Note: x");
    assert_eq!(clinic.only_record().value["notes"], json!({ "emergency_now": "x" }));
    program.send("\x1b[18~");
    program.until_text("A note on");
    press(&mut program, "\x7f Enter");
    assert_eq!(clinic.only_record().value["notes"], json!({}));
    press(&mut program, "Esc");
    program.until_text("Taken back");
    let record = clinic.only_record();
    assert_eq!(record.value["answers"], json!({}));
    assert_eq!(record.corrections().count(), 1, "what there was is on record");
}

/// A check from the kiosk, with a ticket.
fn from_kiosk(clinic: &Clinic, questionnaire: &Questionnaire) -> EncounterId {
    let choice = redflag::library::Choice::of("back-pain").expect("built in");
    from_kiosk_under(clinic, questionnaire, choice.text())
}

fn from_kiosk_under(clinic: &Clinic, questionnaire: &Questionnaire, yaml: &[u8]) -> EncounterId {
    from_kiosk_in("en", clinic, questionnaire, yaml)
}

fn from_kiosk_in(language: &str, clinic: &Clinic, questionnaire: &Questionnaire, yaml: &[u8]) -> EncounterId {
    let mut kiosk = clinic.store("kiosk");
    // As in a translation: the same but for its texts.
    let asked = Questionnaire { language: language.to_owned(), ..questionnaire.clone() };
    let mut patient = Interview::new(&asked, Audience::Patient, jiff::civil::date(2026, 11, 28));
    patient.by_section();
    for (question, option) in [("emergency_now", 11), ("saddle_signs", 5), ("limb_signs", 5)] {
        patient.look_at(questionnaire.question_index(question).expect("a question"));
        patient.answer(Some(redflag::answers::Answer::option(option))).expect("taken");
    }
    let opened = Opened {
        questionnaire: kiosk.keep_questionnaire(questionnaire, yaml).expect("kept"),
        audience: Audience::Patient,
        language: language.to_owned(),
        source: Source::Kiosk,
        ticket: Some("KD47".to_owned()),
        reference: None,
    };
    let first = changes(&Value::Null, &patient.to_value(), Said::Patient);
    kiosk.begin(now(), opened, &first).expect("kept").0
}

#[test]
fn a_check_from_the_kiosk_is_taken_over_by_its_ticket_and_corrected() {
    let (clinic, questionnaire) = (Clinic::new(), back_pain());
    let id = from_kiosk(&clinic, &questionnaire);
    let mut program = clinic.intake(&["--take", "kd47"]);
    program.until_text("Go through these first");
    press(&mut program, "Esc");
    program.until_text("section");
    press(&mut program, "/ 3 Enter");
    program.until_text("Limb, gait");
    press(&mut program, "n");
    program.until_idle();
    let record = clinic.store("Ben").encounter(id).expect("there");
    assert_eq!(record.value["answers"]["limb_signs"], json!(["none"]));
    let corrections: Vec<_> = record.corrections().collect();
    assert_eq!(corrections.len(), 1);
    assert_eq!(corrections[0].mark.who.name, "Ana");
    assert_eq!(record.value["corrected"][0]["question"], "limb_signs");
    assert!(record.value["corrected"][0]["old"].is_array(), "{}", record.value["corrected"]);
    let kept = record.encounter(&questionnaire).expect("an encounter");
    assert_eq!(kept.misfits, []);
    let Encounter { asked_as, .. } = kept.encounter;
    assert_eq!(asked_as, Audience::Clinician, "the questions for clinicians are asked too");
}

/// An older version, in which a question had another id: today its answer does not fit.
fn older() -> (Questionnaire, Vec<u8>) {
    let choice = redflag::library::Choice::of("back-pain").expect("built in");
    let text = String::from_utf8(choice.text().to_vec()).expect("a text");
    let text = text.replacen("version: 2.0.0", "version: 1.9.0", 1).replace("id: smoking", "id: tobacco");
    let text = text.replace(" smoking:", " tobacco:");
    let loaded = yaml::load("older.yaml", text.as_bytes());
    let loaded = loaded.unwrap_or_else(|mistakes| panic!("{}", mistakes[0].render(false)));
    (loaded.questionnaire, text.into_bytes())
}

/// With an answer that no longer fits.
fn from_kiosk_of_last_year(clinic: &Clinic) -> EncounterId {
    let (questionnaire, text) = older();
    let id = from_kiosk_under(clinic, &questionnaire, &text);
    let mut desk = clinic.store("Ben");
    let revision = desk.encounter(id).expect("there").revision;
    let smoked = Event::Answered {
        question: "tobacco".to_owned(),
        answer: json!("current"),
        said: Said::Patient,
        note: None,
    };
    assert!(matches!(desk.append(id, revision, now(), &[smoked]), Ok(Appended::Kept { .. })));
    id
}

#[test]
fn a_check_of_an_older_version_goes_on_as_the_store_keeps_it() {
    let clinic = Clinic::new();
    let id = from_kiosk_of_last_year(&clinic);
    let mut program = clinic.intake(&["--take", "KD47"]);
    program.until_text("begun under version 1.9.0");
    program.until_text("these answers do not fit");
    program.until_text("Which one?");
    program.send("1\r");
    program.until_text("Go through these first");
    press(&mut program, "Esc / 3 Enter n");
    let record = clinic.store("Ben").encounter(id).expect("there");
    assert_eq!(record.summary.questionnaire, Which::of(&older().0));
    assert_eq!(record.value["answers"]["tobacco"], "current");
    assert_eq!(record.value["answers"]["limb_signs"], json!(["none"]), "what is answered now is kept too");
}

#[test]
fn a_check_of_an_older_version_is_carried_over_and_what_does_not_fit_stays_on_record() {
    let clinic = Clinic::new();
    let id = from_kiosk_of_last_year(&clinic);
    let mut program = clinic.intake(&["--take", "KD47"]);
    program.until_text("Which one?");
    program.send("2\r");
    program.until_text("Go through these first");
    press(&mut program, "Esc / 3 Enter n");
    let record = clinic.store("Ben").encounter(id).expect("there");
    assert_eq!(record.summary.questionnaire, Which::of(&back_pain()));
    assert_eq!(record.value["answers"].get("tobacco"), None);
    assert_eq!(record.value["answers"]["limb_signs"], json!(["none"]));
    let lost = record.corrections().find(|correction| correction.question == "tobacco");
    assert_eq!(lost.expect("on record").old, &json!("current"));
    assert_eq!(clinic.store("Eva").verify(&[]).expect("read").found, []);
}

#[test]
fn a_check_of_an_older_version_stays_as_it_is_where_neither_is_chosen_and_follows_the_option() {
    let clinic = Clinic::new();
    let id = from_kiosk_of_last_year(&clinic);
    let before = clinic.store("Ben").encounter(id).expect("there");
    for typed in ["\r", "7\r"] {
        let mut program = clinic.intake(&["--take", "KD47"]);
        program.until_text("Which one?");
        program.send(typed);
        program.ended();
        assert_eq!(clinic.store("Ben").encounter(id).expect("there").entries, before.entries);
    }
    let program = clinic.intake(&["--take", "KD47", "--under", "kept"]);
    program.until_text("Go through these first");
    assert!(!program.text().contains("Which one?"), "it is not asked");
}

#[test]
fn a_check_whose_version_is_kept_in_another_language_alone_goes_on_in_that_one() {
    let clinic = Clinic::new();
    let (questionnaire, text) = older();
    let id = from_kiosk_in("es", &clinic, &questionnaire, &text);
    let mut program = clinic.intake(&["--take", "KD47", "--under", "kept"]);
    program.until_text("Go through these first");
    press(&mut program, "Esc / 3 Enter n");
    let record = clinic.store("Ben").encounter(id).expect("there");
    assert_eq!(record.value["answers"]["limb_signs"], json!(["none"]));
}

#[test]
fn a_check_whose_questionnaire_is_not_here_goes_on_as_the_store_keeps_it_and_that_is_said() {
    let clinic = Clinic::new();
    let (_, text) = older();
    let text = String::from_utf8(text).expect("a text").replacen("id: back-pain", "id: elsewhere", 1);
    let loaded = yaml::load("elsewhere.yaml", text.as_bytes()).expect("it loads");
    let id = from_kiosk_under(&clinic, &loaded.questionnaire, text.as_bytes());
    let mut program = clinic.intake(&["--take", "KD47"]);
    program.until_text("Go through these first");
    let said = String::from_utf8_lossy(&program.bytes()).into_owned();
    assert!(said.contains("there is no questionnaire `elsewhere`"), "{said}");
    assert!(said.contains("continues under version 1.9.0, from the text in the store"), "{said}");
    press(&mut program, "Esc / 3 Enter n");
    let record = clinic.store("Ben").encounter(id).expect("there");
    assert_eq!(record.value["answers"]["limb_signs"], json!(["none"]));
    let mut refused = clinic.intake(&["--take", "KD47", "--under", "today"]);
    refused.until_text("there is no questionnaire `elsewhere`");
    refused.ended();
}

#[test]
fn a_second_station_that_was_quicker_is_told_with_both_answers_and_nothing_of_it_is_lost() {
    let (clinic, questionnaire) = (Clinic::new(), back_pain());
    let id = from_kiosk(&clinic, &questionnaire);
    let mut program = clinic.intake(&["--take", "KD47"]);
    program.until_text("Go through these first");
    press(&mut program, "Esc / 4 Enter 3 4");
    let mut other = clinic.store("Ben");
    let record = other.encounter(id).expect("there");
    let answer = |question: &str, answer: Value| Event::Answered {
        question: question.to_owned(),
        answer,
        said: Said::Patient,
        note: None,
    };
    let events = [answer("age", json!(35)), answer("smoking", json!("current"))];
    assert!(matches!(other.append(id, record.revision, now(), &events), Ok(Appended::Kept { .. })));
    press(&mut program, "Enter");
    program.until_text("Ben (Ben) has written");
    program.until_text("here 34 years, there 35 years");
    press(&mut program, "1 Enter");
    program.until_idle();
    let record = clinic.store("Ben").encounter(id).expect("there");
    assert_eq!(record.value["answers"]["age"], json!(34));
    assert_eq!(record.value["answers"]["smoking"], "current", "{}", record.value["answers"]);
}

#[test]
fn what_keeps_an_answer_from_being_kept_is_said_in_the_language_of_the_screen() {
    let clinic = Clinic::new();
    let mut program = clinic.intake(&["--language", "es"]);
    press(&mut program, "/ 3 Enter");
    let key = Unlock::new_key_file(&clinic.folder.path().join("new.key")).expect("a key");
    clinic.store("Eva").change_key(now(), &key).expect("changed");
    press(&mut program, "n");
    program.until_text("La clave del almacén se cambió");
}

/// What is typed while the disk is asked again and again was meant for the page that the nurse saw.
#[cfg(target_os = "linux")]
#[test]
fn a_key_typed_ahead_chooses_nothing_on_the_page_that_says_what_was_not_kept() {
    let clinic = Clinic::new();
    let script = format!(
        "trap '' XFSZ; exec \"$0\" intake --store '{}' --as Ana --station desk",
        clinic.file().display()
    );
    let mut program = Pty::start_shell(&script, &[], pty::USUAL);
    program.until_text("PIN of Ana:");
    program.send(format!("{PIN}\r"));
    program.until_text("section 1 of");
    press(&mut program, "n");
    // Not so soon after the first that it may be the same key, held down.
    program.until_still_for(std::time::Duration::from_secs(1));
    program.fill_up();
    program.until_settled();
    program.send("n2\r");
    program.until_text("could not be kept");
    program.until_text("some keys were ignored");
    assert!(program.text().contains("1  Try again"), "{}", program.text());
    program.until_text("Some keys were ignored. Go on from here.");
    program.make_room();
    press(&mut program, "1 Enter");
    program.until_idle();
    assert_eq!(clinic.only_record().value["answers"]["saddle_signs"], json!(["none"]));
}

#[test]
fn without_a_store_it_is_always_said_that_nothing_is_kept() {
    let home = tempfile::tempdir().expect("a folder");
    let home = home.path().to_string_lossy().into_owned();
    for arguments in [&["intake"][..], &["intake", "--no-store"]] {
        let program = Pty::start(arguments, &[("HOME", &home), ("XDG_DATA_HOME", &home)], pty::USUAL);
        program.until_text("NOT KEPT");
        drop(program);
    }
    assert!(!Path::new(&home).join("redflag").exists(), "nothing is made");
}

#[test]
fn a_store_that_is_named_and_not_there_and_a_wrong_pin_are_refused() {
    let clinic = Clinic::new();
    let missing = clinic.folder.path().join("none.db").to_string_lossy().into_owned();
    let mut program = Pty::start(&["intake", "--store", &missing], &[], pty::USUAL);
    program.until_text("none");
    assert_ne!(program.ended().exit_code(), 0);
    let file = clinic.file().to_string_lossy().into_owned();
    let mut program = Pty::start(&["intake", "--store", &file, "--as", "Ana"], &[], pty::USUAL);
    for again in 1..=3 {
        program.until("the question", |screen| screen.contents().matches("PIN of Ana:").count() == again);
        program.send("0000\r");
    }
    program.until_text("do not match");
    assert_ne!(program.ended().exit_code(), 0);
}
