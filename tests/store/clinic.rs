//! A small clinic: a store, its people, and checks in it.

use std::fs;
use std::os::unix::fs::DirBuilderExt;
use std::path::PathBuf;
use std::sync::OnceLock;

use jiff::Timestamp;
use redflag::questionnaire::{Audience, Questionnaire, yaml};
use redflag::store::*;
use serde_json::json;
use tempfile::TempDir;

pub const SMALL: &str = include_str!("../fixtures/small.yaml");

pub fn small() -> Questionnaire {
    yaml::load("small.yaml", SMALL.as_bytes()).expect("no mistakes").questionnaire
}

/// Seconds after the clinic opened.
pub fn at(seconds: i64) -> Timestamp {
    Timestamp::from_second(1_795_000_000 + seconds).expect("a moment")
}

/// A store of its own, and everything that opens it.
pub struct Clinic {
    pub place: Place,
    pub unlock: Unlock,
    pub folder: TempDir,
}

/// Ana is a nurse, Ben a clinician, Eva the administrator; the kiosk is `kiosk`. All have this PIN.
pub const PIN: &str = "2580";

impl Clinic {
    /// A copy of a store in a file that is made once, since hashing PINs takes long.
    pub fn in_file() -> Clinic {
        static FIRST: OnceLock<Clinic> = OnceLock::new();
        let first = FIRST.get_or_init(|| {
            let folder = tempfile::tempdir().expect("a folder");
            Clinic::at(Place::File(folder.path().join("clinic/store.db")), folder)
        });
        let folder = tempfile::tempdir().expect("a folder");
        for (name, mode) in [("clinic", 0o700), ("keys", 0o700)] {
            fs::DirBuilder::new().mode(mode).create(folder.path().join(name)).expect("a folder");
        }
        for name in ["clinic/store.db", "keys/store.key"] {
            fs::copy(first.folder.path().join(name), folder.path().join(name)).expect("copied");
        }
        Clinic {
            place: Place::File(folder.path().join("clinic/store.db")),
            unlock: first.unlock.clone(),
            folder,
        }
    }

    /// The same in a database of a server of this test's own.
    #[cfg(feature = "postgres")]
    pub fn in_server() -> Result<Clinic, &'static str> {
        static FIRST: OnceLock<Clinic> = OnceLock::new();
        let server = super::server::shared()?;
        let first = FIRST.get_or_init(|| {
            let database = server.database("template0");
            let folder = tempfile::tempdir().expect("a folder");
            Clinic::at(Place::Postgres(server.address(&database)), folder)
        });
        let Place::Postgres(address) = &first.place else { return Err("the first is in a file") };
        let database = server.database(address.rsplit('/').next().unwrap_or_default());
        let folder = tempfile::tempdir().expect("a folder");
        fs::DirBuilder::new().mode(0o700).create(folder.path().join("keys")).expect("a folder");
        let key = "keys/store.key";
        fs::copy(first.folder.path().join(key), folder.path().join(key)).expect("copied");
        let place = Place::Postgres(server.address(&database));
        Ok(Clinic { place, unlock: first.unlock.clone(), folder })
    }

    /// A new one in this empty database.
    #[cfg(feature = "postgres")]
    pub fn in_database(address: &str) -> Clinic {
        Clinic::at(Place::Postgres(address.to_owned()), tempfile::tempdir().expect("a folder"))
    }

    fn at(place: Place, folder: TempDir) -> Clinic {
        let unlock = Unlock::new_key_file(&folder.path().join("keys/store.key")).expect("a key");
        let mut store = Store::create(&place, &unlock, "office").expect("a store");
        let person = |name: &str, role| Person { name: name.to_owned(), role };
        store.add_person(at(0), person("Eva", Role::Administrator), PIN).expect("the first");
        store.sign_in("Eva", PIN, at(0)).expect("her PIN");
        for (name, role) in [("Ana", Role::Nurse), ("Ben", Role::Clinician), ("kiosk", Role::Kiosk)] {
            store.add_person(at(0), person(name, role), PIN).expect("somebody");
        }
        Clinic { place, unlock, folder }
    }

    pub fn open(&self, station: &str) -> Store {
        Store::open(&self.place, &self.unlock, station).expect("the store opens")
    }

    pub fn station(&self, station: &str, name: &str) -> Store {
        let mut store = self.open(station);
        store.sign_in(name, PIN, at(1)).expect("a PIN");
        store
    }

    /// Does something to the database behind the store's back.
    pub fn sql(&self, sql: &str) {
        match &self.place {
            Place::File(path) => {
                let database = rusqlite::Connection::open(path).expect("a database");
                database.execute_batch(sql).expect(sql);
            }
            #[cfg(feature = "postgres")]
            Place::Postgres(address) => {
                let mut client = postgres::Client::connect(address, postgres::NoTls).expect("a server");
                client.batch_execute(sql).expect(sql);
            }
            #[cfg(not(feature = "postgres"))]
            Place::Postgres(_) => panic!("no server"),
        }
    }

    pub fn file(&self) -> PathBuf {
        match &self.place {
            Place::File(path) => path.clone(),
            Place::Postgres(_) => panic!("no file"),
        }
    }
}

pub fn opened(store: &mut Store, source: Source, ticket: Option<&str>) -> Opened {
    let questionnaire = small();
    Opened {
        questionnaire: store.keep_questionnaire(&questionnaire, SMALL.as_bytes()).expect("kept"),
        audience: Audience::Patient,
        language: questionnaire.language.clone(),
        source,
        ticket: ticket.map(str::to_owned),
        reference: None,
    }
}

pub fn answered(question: &str, answer: &str) -> Event {
    Event::Answered { question: question.to_owned(), answer: json!(answer), said: Said::Patient, note: None }
}

pub fn kept(appended: Appended) -> Revision {
    match appended {
        Appended::Kept { revision, .. } => revision,
        Appended::Clash { theirs } => panic!("a clash with {theirs:?}"),
    }
}

/// Runs a test on every database that is there, and says which are not.
pub fn everywhere(test: impl Fn(&Clinic)) {
    test(&Clinic::in_file());
    #[cfg(feature = "postgres")]
    match Clinic::in_server() {
        Ok(clinic) => test(&clinic),
        Err(why) => eprintln!("left out on PostgreSQL: {why}"),
    }
    #[cfg(not(feature = "postgres"))]
    eprintln!("left out on PostgreSQL: it is tried with --features postgres");
}
