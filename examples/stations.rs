//! Eight stations that write an answer every 50 ms into one store, each a process of its own, while checks are erased.
//!
//! ```sh
//! cargo run --release --example stations -- /var/lib/redflag/try.db 600
//! cargo run --release --features postgres --example stations -- postgres://redflag@127.0.0.1/try 600
//! ```
//!
//! The store is made new and must not be there. It prints how long an answer took until it was on the disk, beside what
//! the disk itself takes for as much.

#[cfg(feature = "store")]
fn main() {
    stations::main();
}

#[cfg(not(feature = "store"))]
fn main() {}

#[cfg(feature = "store")]
mod stations {
    use std::env;
    use std::fs::File;
    use std::io::{Read, Write};
    use std::path::Path;
    use std::process::{Command, Stdio};
    use std::thread;
    use std::time::{Duration, Instant};

    use jiff::Timestamp;
    use redflag::questionnaire::Audience;
    use redflag::store::*;
    use serde_json::json;

    const STATIONS: usize = 8;
    const EVERY: Duration = Duration::from_millis(50);
    const PIN: &str = "2580";

    pub fn main() {
        let arguments: Vec<String> = env::args().skip(1).collect();
        match &arguments[..] {
            [place, seconds] => all(place, seconds.parse().expect("seconds")),
            [place, seconds, key, station] => {
                one(place, seconds.parse().expect("seconds"), key.as_ref(), station)
            }
            _ => eprintln!("stations PLACE SECONDS"),
        }
    }

    fn opened(store: &mut Store, questionnaire: &Which) -> (EncounterId, Revision) {
        let opened = Opened {
            questionnaire: questionnaire.clone(),
            audience: Audience::Clinician,
            language: "en".to_owned(),
            source: Source::Intake,
            ticket: None,
            reference: None,
        };
        store.begin(Timestamp::now(), opened, &[]).expect("kept")
    }

    fn which() -> Which {
        Which { id: "made-up".to_owned(), version: "1".to_owned(), sha256: "0".repeat(64) }
    }

    fn all(place: &str, seconds: u64) {
        let folder = tempfile::tempdir().expect("a folder");
        let key = folder.path().join("store.key");
        let unlock = Unlock::new_key_file(&key).expect("a key");
        let place_of = Place::of(Some(place)).expect("a place");
        let mut store = Store::create(&place_of, &unlock, "office").expect("a new store");
        let now = Timestamp::now();
        for (name, role) in [("eva", Role::Administrator), ("ana", Role::Nurse)] {
            store.add_person(now, Person { name: name.to_owned(), role }, PIN).expect("somebody");
            store.sign_in("eva", PIN, now).expect("a PIN");
        }
        if let Place::File(path) = &place_of {
            print_waits("the disk's own fsync of 4 KiB", synced(path.parent().unwrap_or(Path::new("."))));
        }
        let itself = env::current_exe().expect("its name");
        let stations: Vec<_> = (0..STATIONS)
            .map(|station| {
                let mut command = Command::new(&itself);
                command.arg(place).arg(seconds.to_string()).arg(&key).arg(format!("desk {station}"));
                command.stdout(Stdio::piped()).spawn().expect("a station")
            })
            .collect();
        // A purge goes on all the time: everything that has been closed for two seconds.
        let until = Instant::now() + Duration::from_secs(seconds);
        let mut erased = 0;
        while Instant::now() < until {
            thread::sleep(Duration::from_secs(2));
            let before = Timestamp::now().checked_sub(jiff::SignedDuration::from_secs(2)).expect("a moment");
            erased += store.purge(Timestamp::now(), before).expect("erased").encounters;
        }
        let mut waits = Vec::new();
        for mut station in stations {
            let mut text = String::new();
            station.stdout.take().expect("its output").read_to_string(&mut text).expect("text");
            assert!(station.wait().expect("it ends").success());
            waits.extend(text.lines().map(|line| Duration::from_micros(line.parse().expect("a number"))));
        }
        print_waits("an answer until it is kept", waits);
        let verified = store.verify(&[]).expect("read");
        println!(
            "{} entries, {erased} checks erased meanwhile; wrong: {:?}",
            verified.entries, verified.found
        );
    }

    /// One station: prints microseconds.
    fn one(place: &str, seconds: u64, key: &Path, station: &str) {
        let unlock = Unlock::key_file(key).expect("a key");
        let mut store =
            Store::open(&Place::of(Some(place)).expect("a place"), &unlock, station).expect("opens");
        store.sign_in("ana", PIN, Timestamp::now()).expect("a PIN");
        let until = Instant::now() + Duration::from_secs(seconds);
        let mut out = String::new();
        while Instant::now() < until {
            let (id, mut revision) = opened(&mut store, &which());
            for question in 0..40 {
                let began = Instant::now();
                let event = Event::Answered {
                    question: format!("question_{question}"),
                    answer: json!(["numb", "weak"]),
                    said: Said::Patient,
                    note: None,
                };
                match store.append(id, revision, Timestamp::now(), &[event]).expect("kept") {
                    Appended::Kept { revision: newest, .. } => revision = newest,
                    Appended::Clash { .. } => panic!("nobody else writes here"),
                }
                out += &format!("{}\n", began.elapsed().as_micros());
                thread::sleep(EVERY.saturating_sub(began.elapsed()));
            }
        }
        std::io::stdout().write_all(out.as_bytes()).expect("written");
    }

    fn synced(folder: &Path) -> Vec<Duration> {
        let mut file = File::create(folder.join("fsync.tmp")).expect("a file");
        let waits = (0..500).map(|_| {
            let began = Instant::now();
            file.write_all(&[7; 4096]).and_then(|()| file.sync_data()).expect("written");
            began.elapsed()
        });
        let waits = waits.collect();
        let _ = std::fs::remove_file(folder.join("fsync.tmp"));
        waits
    }

    fn print_waits(what: &str, mut waits: Vec<Duration>) {
        waits.sort_unstable();
        let at = |share: f64| waits[((waits.len() - 1) as f64 * share) as usize];
        println!(
            "{what}: {} times, median {:?}, p99 {:?}, worst {:?}",
            waits.len(),
            at(0.5),
            at(0.99),
            at(1.0)
        );
    }
}
