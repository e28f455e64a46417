//! What was said to be kept is there after every fault, once, and every state says what is going on.

use std::io::{BufRead, BufReader};
use std::process::{Child, Command, Stdio};
use std::thread;
use std::time::Duration;

use redflag::store::*;

use super::clinic::*;

const PLACE: &str = "REDFLAG_TEST_PLACE";
const KEY: &str = "REDFLAG_TEST_KEY";

fn note(number: usize) -> Event {
    Event::Note { question: None, text: format!("{number}") }
}

/// The numbers of the notes of an encounter.
fn numbers(store: &mut Store, id: EncounterId) -> Vec<usize> {
    let record = store.encounter(id).expect("there");
    record.notes.iter().map(|note| note.text.parse().expect("a number")).collect()
}

/// Not a test of its own: the program that is killed. It says on its output what the store says is kept.
#[test]
fn a_station_that_writes_until_it_ends() {
    let (Ok(place), Ok(key)) = (std::env::var(PLACE), std::env::var(KEY)) else { return };
    let unlock = Unlock::key_file(key.as_ref()).expect("a key");
    let mut store = Store::open(&Place::of(Some(&place)).expect("a place"), &unlock, "desk").expect("opens");
    store.sign_in("Ana", PIN, at(1)).expect("a PIN");
    let first = opened(&mut store, Source::Intake, None);
    let (id, mut revision) = store.begin(at(1), first, &[]).expect("kept");
    println!("begun {id}");
    for number in 0..100_000 {
        match store.append(id, revision, at(number as i64), &[note(number)]) {
            Ok(appended) => revision = kept(appended),
            Err(problem) => {
                println!("refused {problem}");
                return;
            }
        }
        println!("kept {number}");
    }
}

fn start(clinic: &Clinic, before: &str) -> Child {
    let place = match &clinic.place {
        Place::File(path) => path.display().to_string(),
        Place::Postgres(address) => address.clone(),
    };
    let itself = std::env::current_exe().expect("its own name");
    Command::new("sh")
        .args([
            "-c",
            &format!(r#"{before} exec "$0" --exact faults::a_station_that_writes_until_it_ends --nocapture"#),
        ])
        .arg(itself)
        .env(PLACE, place)
        .env(KEY, clinic.folder.path().join("keys/store.key"))
        .stdout(Stdio::piped())
        .stderr(Stdio::null())
        .spawn()
        .expect("it starts")
}

/// What a station has said: its encounter, how many were kept, and why it stopped.
#[derive(Default)]
struct Said {
    id: Option<EncounterId>,
    kept: usize,
    refused: Option<String>,
}

impl Said {
    fn of(lines: impl Iterator<Item = String>) -> Said {
        let mut said = Said::default();
        for line in lines {
            // The harness writes before the first line without an end.
            if let Some((_, id)) = line.split_once("begun ") {
                said.id = id.trim().parse().ok();
            } else if let Some(number) = line.strip_prefix("kept ") {
                // A line may be cut off by the kill.
                said.kept = number.parse().map_or(said.kept, |number: usize| said.kept.max(number + 1));
            } else if let Some(why) = line.strip_prefix("refused ") {
                said.refused = Some(why.to_owned());
            }
        }
        said
    }
}

/// How many kills: more with `REDFLAG_KILLS=1000`.
fn kills() -> usize {
    std::env::var("REDFLAG_KILLS").ok().and_then(|kills| kills.parse().ok()).unwrap_or(12)
}

#[test]
fn after_a_kill_at_any_instant_everything_that_was_kept_is_there_once() {
    everywhere(|clinic| {
        let mut checks = Vec::new();
        for kill in 0..kills() {
            let mut child = start(clinic, "");
            let lines = BufReader::new(child.stdout.take().expect("an output")).lines();
            let mut lines = lines.map_while(Result::ok);
            let begun = lines.find_map(|line| line.split_once("begun ").map(|(_, id)| id.trim().parse()));
            let id: EncounterId = begun.expect("it begins").expect("a number");
            let reader = thread::spawn(|| Said::of(lines));
            // Each instant of a write is as likely as any other.
            thread::sleep(Duration::from_micros(1_000 + 997 * (kill as u64 * 37 % 61)));
            child.kill().expect("killed");
            child.wait().expect("ended");
            checks.push((id, reader.join().expect("read").kept));
        }
        let mut store = clinic.station("auditor", "Ben");
        assert!(
            checks.iter().map(|(_, kept)| kept).sum::<usize>() > checks.len(),
            "hardly anything was written"
        );
        for (id, kept) in checks {
            let there = numbers(&mut store, id);
            assert_eq!(there, (0..there.len()).collect::<Vec<_>>(), "each once, in order");
            assert!(there.len() == kept || there.len() == kept + 1, "{kept} kept, {} there", there.len());
        }
        assert_eq!(store.verify(&[]).expect("read").found, []);
    });
}

/// On a disk where no file may grow beyond some size, which is how a full one is met without rights. A page of the database
/// has eight blocks, so steps of eleven end at another part of a page, and of what an answer writes, each time.
#[test]
fn where_there_is_no_room_nothing_is_lost_and_the_next_try_succeeds() {
    for blocks in (200..320).step_by(11).chain([330, 460]) {
        let clinic = Clinic::in_file();
        let child = start(&clinic, &format!("trap '' XFSZ; ulimit -S -f {blocks};"));
        let output = child.wait_with_output().expect("it ends");
        let said = Said::of(String::from_utf8_lossy(&output.stdout).lines().map(str::to_owned));
        let why = said.refused.expect("there was no room");
        assert!(said.kept > 0);
        assert!(why.contains("nothing was written") && why.contains("ry again"), "{why}");
        let mut store = clinic.station("auditor", "Ben");
        let id = said.id.expect("it began");
        assert_eq!(numbers(&mut store, id), (0..said.kept).collect::<Vec<_>>());
        assert_eq!(store.verify(&[]).expect("read").found, []);
        kept(store.append(id, said.kept as u64 + 1, at(9), &[note(said.kept)]).expect("there is room"));
    }
}

#[test]
fn two_stations_that_write_one_check_at_once_lose_nothing_and_are_told_of_each_other() {
    everywhere(|clinic| {
        let mut desk = clinic.station("desk", "Ana");
        let first = opened(&mut desk, Source::Intake, None);
        let (id, _) = desk.begin(at(0), first, &[]).expect("kept");
        // Two of them are two processes of one station, whose chain they share.
        let stations = [("desk", "Ana"), ("desk", "Ana"), ("room", "Ben")]
            .map(|(station, name)| clinic.station(station, name));
        let threads = stations.into_iter().enumerate().map(|(who, mut store)| {
            thread::spawn(move || {
                let (mut revision, mut clashes) = (1, 0);
                for number in 0..20 {
                    loop {
                        match store
                            .append(id, revision, at(1), &[note(100 * who + number)])
                            .expect("an answer")
                        {
                            Appended::Kept { revision: newest, .. } => {
                                revision = newest;
                                break;
                            }
                            Appended::Clash { theirs } => {
                                revision = theirs.last().expect("theirs").revision;
                                clashes += 1;
                            }
                        }
                    }
                }
                clashes
            })
        });
        let threads: Vec<_> = threads.collect();
        let clashes: usize = threads.into_iter().map(|thread| thread.join().expect("well")).sum();
        let mut there = numbers(&mut desk, id);
        there.sort_unstable();
        let all: Vec<usize> = (0..3).flat_map(|who| (0..20).map(move |number| 100 * who + number)).collect();
        assert_eq!(there, all, "after {clashes} clashes");
        assert_eq!(desk.verify(&[]).expect("read").found, []);
    });
}

#[test]
fn a_clock_that_is_set_back_changes_no_order() {
    everywhere(|clinic| {
        let mut desk = clinic.station("desk", "Ana");
        let first = opened(&mut desk, Source::Intake, Some("KD47"));
        let (id, mut revision) = desk.begin(at(5000), first, &[]).expect("kept");
        for (number, seconds) in [6000, 100, 7000, -90_000].into_iter().enumerate() {
            revision = kept(desk.append(id, revision, at(seconds), &[note(number)]).expect("kept"));
        }
        assert_eq!(numbers(&mut desk, id), [0, 1, 2, 3]);
        assert_eq!(desk.verify(&[]).expect("read").found, []);
    });
}

#[test]
fn an_append_that_is_sent_again_unchanged_is_there_once() {
    everywhere(|clinic| {
        let mut desk = clinic.station("desk", "Ana");
        let first = opened(&mut desk, Source::Intake, None);
        let (id, revision) = desk.begin(at(0), first, &[]).expect("kept");
        kept(desk.append(id, revision, at(1), &[note(0)]).expect("kept"));
        // Without a doubt about the first time, the second is another write on an old revision.
        assert!(matches!(desk.append(id, revision, at(1), &[note(0)]), Ok(Appended::Clash { .. })));
        assert_eq!(numbers(&mut desk, id), [0]);
    });
}

#[test]
fn a_purge_lets_others_write_between_its_small_transactions() {
    let clinic = Clinic::in_file();
    let mut desk = clinic.station("desk", "Ana");
    let first = opened(&mut desk, Source::Intake, None);
    for _ in 0..60 {
        desk.begin(at(0), first.clone(), &[note(0)]).expect("kept");
    }
    let (id, mut revision) = desk.begin(at(1000), first, &[]).expect("kept");
    let mut office = clinic.station("office", "Eva");
    let purge = thread::spawn(move || office.purge(at(2000), at(500)).expect("erased"));
    let mut between = 0;
    while !purge.is_finished() {
        revision = kept(desk.append(id, revision, at(1001), &[note(between)]).expect("kept"));
        between += 1;
    }
    assert_eq!(purge.join().expect("well").encounters, 60);
    assert!(between > 1, "nobody could write meanwhile");
    assert_eq!(desk.verify(&[]).expect("read").found, []);
}
