//! A clinic with a store: people who may write, and checks that were kept.
#![allow(dead_code, reason = "each test file uses its part")]

use std::path::PathBuf;

use jiff::Timestamp;
use redflag::answers::Sheet;
use redflag::answers::json::SheetReader;
use redflag::encounter::Encounter;
use redflag::interview::Interview;
use redflag::questionnaire::{Audience, Questionnaire, yaml};
use redflag::report::Judged;
use redflag::store::{
    EncounterId, Event, Level, Opened, Person, Place, Role, Said, Source, Store, Unlock, changes,
};
use tempfile::TempDir;

pub const BACK_PAIN: &[u8] = include_bytes!("../../questionnaires/back-pain.yaml");
/// Everybody's.
pub const PIN: &str = "2580";

pub struct Clinic {
    pub folder: TempDir,
    pub questionnaire: Questionnaire,
}

impl Clinic {
    /// With an administrator, a nurse, a clinician and a kiosk.
    pub fn new() -> Clinic {
        let folder = tempfile::tempdir().expect("a folder");
        let questionnaire = yaml::load("back-pain.yaml", BACK_PAIN).expect("it loads").questionnaire;
        let clinic = Clinic { folder, questionnaire };
        Unlock::new_key_file(&clinic.key()).expect("a key");
        let (place, unlock) = (Place::File(clinic.file()), Unlock::key_file(&clinic.key()).expect("a key"));
        let mut store = Store::create(&place, &unlock, "office").expect("a store");
        let mut add = |name: &str, role| {
            let person = Person { name: name.to_owned(), role };
            store.add_person(Timestamp::now(), person, PIN).expect("added");
            if role == Role::Administrator {
                store.sign_in(name, PIN, Timestamp::now()).expect("signed in");
            }
        };
        add("Ada", Role::Administrator);
        add("Nora", Role::Nurse);
        add("Dr Ruiz", Role::Clinician);
        add("kiosk-1", Role::Kiosk);
        clinic
    }

    pub fn file(&self) -> PathBuf {
        self.folder.path().join("store.db")
    }

    pub fn key(&self) -> PathBuf {
        self.folder.path().join("store.key")
    }

    pub fn open(&self, who: &str, station: &str) -> Store {
        let unlock = Unlock::key_file(&self.key()).expect("a key");
        let mut store = Store::open(&Place::File(self.file()), &unlock, station).expect("it opens");
        store.sign_in(who, PIN, Timestamp::now()).expect("signed in");
        store
    }

    /// Keeps a check with these answers.
    pub fn keep(
        &self,
        store: &mut Store,
        ticket: &str,
        reference: Option<&str>,
        answers: &str,
    ) -> EncounterId {
        keep_of(&self.questionnaire, BACK_PAIN, store, ticket, reference, answers)
    }
}

/// Keeps a check of a questionnaire, which was read from this text.
pub fn keep_of(
    q: &Questionnaire,
    text: &[u8],
    store: &mut Store,
    ticket: &str,
    reference: Option<&str>,
    answers: &str,
) -> EncounterId {
    let sheet = SheetReader::new(q).read(&answers.replace('\'', "\"")).expect("answers");
    keep_sheet(q, text, store, ticket, reference, sheet)
}

/// Keeps a check with this sheet.
pub fn keep_sheet(
    q: &Questionnaire,
    text: &[u8],
    store: &mut Store,
    ticket: &str,
    reference: Option<&str>,
    sheet: Sheet,
) -> EncounterId {
    let now = jiff::Zoned::now();
    let encounter = Encounter::of_sheet(q, Audience::Patient, sheet, now.date());
    let reached = Judged::so_far(q, &encounter).reached();
    let interview = Interview::on(q, encounter.clone());
    let mut events = changes(&serde_json::Value::Null, &interview.to_value(), Said::Patient);
    events.extend(reached.map(|reached| Event::LevelReached { level: Some(Level::of(q, reached)) }));
    let opened = Opened {
        questionnaire: store.keep_questionnaire(q, text).expect("kept"),
        audience: Audience::Patient,
        language: q.language.clone(),
        source: Source::Kiosk,
        ticket: Some(ticket.to_owned()),
        reference: reference.map(str::to_owned),
    };
    store.begin(now.timestamp(), opened, &events).expect("kept").0
}
