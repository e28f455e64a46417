//! What is erased can be read nowhere, also not in backups, and the chains stay whole.

use redflag::store::*;
use serde_json::json;

use super::clinic::*;

/// Words that are looked for in files, in the middle of a text.
const WORDS: &str = "the letter from Doctor Zamora";

fn told(store: &mut Store, seconds: i64, ticket: &str) -> EncounterId {
    let first = opened(store, Source::Intake, Some(ticket));
    let note = Event::Note { question: None, text: format!("it says so in {WORDS}, page 2") };
    let answer = Event::Answered {
        question: "cancer_history".to_owned(),
        answer: json!("yes"),
        said: Said::Record,
        note: Some(WORDS.to_owned()),
    };
    store.begin(at(seconds), first, &[note, answer]).expect("kept").0
}

#[test]
fn a_purge_erases_what_is_old_and_leaves_the_rest_and_the_chains() {
    everywhere(|clinic| {
        let mut desk = clinic.station("desk", "Ana");
        let (old, young) = (told(&mut desk, 100, "KD47"), told(&mut desk, 200, "KD48"));
        assert_eq!(desk.purge(at(300), at(150)), Err(Problem::MayNot(Role::Nurse, Deed::Keep)));
        let mut office = clinic.station("office", "Eva");
        let purged = office.purge(at(300), at(150)).expect("erased");
        assert_eq!((purged.encounters, purged.entries), (1, 3));
        assert_eq!(desk.encounter(old), Err(Problem::Erased));
        assert_eq!(desk.append(old, 3, at(301), &[Event::Seen]), Err(Problem::Erased));
        assert_eq!(desk.listed_one(old), Ok(None));
        assert_eq!(desk.encounter(young).expect("there").notes.len(), 2);
        assert_eq!(desk.encounters(at(0)).expect("read").len(), 1);
        let verified = office.verify(&[]).expect("read");
        assert_eq!((verified.found, verified.erased, verified.encounters), (vec![], 1, 1));
        assert_eq!(office.purge(at(300), at(150)).expect("nothing").encounters, 0);
    });
}

/// Begins a check, finishes it if it is to be, and gives it with its revision.
fn checked(store: &mut Store, seconds: i64, is_finished: bool) -> (EncounterId, Revision) {
    let first = opened(store, Source::Intake, None);
    let level = Level { id: "emergency".to_owned(), rank: 0, finished: is_finished };
    let events = [answered("cancer_history", "yes"), Event::LevelReached { level: Some(level) }];
    (store.begin(at(seconds), first, &events).expect("kept").0, 3)
}

fn sent(content: Revision) -> Event {
    let identifier = Some("urn:redflag|1".to_owned());
    Event::Sent { to: "https://fhir.example".to_owned(), identifier, content: Some(content) }
}

#[test]
fn a_purge_leaves_what_a_server_lacks_unless_it_is_told_not_to() {
    everywhere(|clinic| {
        let mut office = clinic.station("office", "Eva");
        let mut doctor = clinic.station("room 1", "Ben");
        let (old, revision) = checked(&mut doctor, 100, true);
        // As long as nothing was ever sent, nothing waits to be.
        assert_eq!(office.purge(at(300), at(150)).expect("erased").encounters, 1);
        assert_eq!(office.encounter(old), Err(Problem::Erased));

        let (whole, _) = checked(&mut doctor, 400, true);
        kept(doctor.append(whole, revision, at(401), &[sent(revision), Event::Seen]).expect("noted"));
        let (corrected, _) = checked(&mut doctor, 402, true);
        let note = Event::Note { question: None, text: "it is the left leg".to_owned() };
        // The note came while the check was on its way.
        kept(doctor.append(corrected, revision, at(403), &[note, sent(revision)]).expect("noted"));
        let (never, _) = checked(&mut doctor, 404, true);
        let (unfinished, _) = checked(&mut doctor, 405, false);
        let purged = office.purge(at(600), at(500)).expect("erased");
        assert_eq!((purged.encounters, purged.unsent), (2, 2));
        for (id, is_there) in [(whole, false), (unfinished, false), (corrected, true), (never, true)] {
            assert_eq!(office.encounter(id).is_ok(), is_there);
        }

        // When all that was sent is erased, the store still knows that checks are sent.
        kept(doctor.append(corrected, revision + 2, at(601), &[sent(revision + 2)]).expect("noted"));
        let purged = office.purge(at(800), at(700)).expect("erased");
        assert_eq!((purged.encounters, purged.unsent), (1, 1));
        assert_eq!(office.purge(at(801), at(700)).expect("nothing").unsent, 1);
        let purged = office.purge_with_unsent(at(802), at(700)).expect("erased");
        assert_eq!((purged.encounters, purged.unsent), (1, 0));
        assert_eq!(office.verify(&[]).expect("read").found, vec![]);
    });
}

#[test]
fn a_purge_waits_for_whoever_holds_the_store_longer_than_any_answer_is_waited_for() {
    let clinic = Clinic::in_file();
    told(&mut clinic.station("desk", "Ana"), 100, "KD47");
    let mut office = clinic.station("office", "Eva");
    let holder = rusqlite::Connection::open(clinic.file()).expect("a database");
    holder.execute_batch("begin immediate").expect("the lock");
    let holding = std::thread::spawn(move || {
        // Whoever writes gives up after ten seconds.
        std::thread::sleep(std::time::Duration::from_secs(12));
        holder.execute_batch("rollback").expect("released");
    });
    assert_eq!(office.purge(at(300), at(150)).expect("erased").encounters, 1);
    holding.join().expect("well");
}

#[test]
fn the_log_of_sqlite_is_emptied_or_it_is_said_that_it_is_not() {
    let clinic = Clinic::in_file();
    let mut desk = clinic.station("desk", "Ana");
    let id = told(&mut desk, 100, "KD47");
    let sealed: Vec<u8> = {
        let database = rusqlite::Connection::open(clinic.file()).expect("a database");
        let sql = "select wrapped from encounter where opened > 0";
        database.query_row(sql, [], |row| row.get(0)).expect("a key")
    };
    let middle = &sealed[24..56];
    let files = || {
        let folder = clinic.file().parent().expect("a folder").to_owned();
        let files = std::fs::read_dir(folder).expect("a folder").map(|file| file.expect("a file").path());
        let has = |path: &std::path::PathBuf| {
            std::fs::read(path).expect("a file").windows(middle.len()).any(|part| part == middle)
        };
        files.filter(has).count()
    };
    assert!(files() > 0, "the key is somewhere");
    let mut office = clinic.station("office", "Eva");

    // Whoever reads for long keeps the log from being emptied.
    let reader = rusqlite::Connection::open(clinic.file()).expect("a database");
    reader.execute_batch("begin; select count(*) from entry;").expect("a reader");
    let count: i64 = reader.query_row("select count(*) from entry", [], |row| row.get(0)).expect("read");
    assert!(count > 0);
    assert_eq!(office.purge(at(300), at(150)).expect("erased").log_emptied, Some(false));
    assert!(files() > 0, "it is still in the log, as was said");
    reader.execute_batch("commit").expect("ended");
    assert_eq!(office.purge(at(300), at(150)).expect("nothing").log_emptied, Some(true));
    assert_eq!(files(), 0);
    assert_eq!(desk.encounter(id), Err(Problem::Erased));
}

#[test]
fn a_purge_that_was_broken_off_is_found_and_finished_by_the_next() {
    everywhere(|clinic| {
        let mut desk = clinic.station("desk", "Ana");
        told(&mut desk, 100, "KD47");
        let mut office = clinic.station("office", "Eva");
        office.purge(at(300), at(150)).expect("erased");
        // As after a kill between two transactions: the log says it, the rows are there.
        let clinic_of = clinic.open("auditor").verify(&[]).expect("read");
        assert_eq!(clinic_of.found, []);
        let id = told(&mut desk, 110, "KD49");
        clinic
            .sql("create table aside as select * from entry; create table keys as select * from encounter;");
        office.purge(at(300), at(150)).expect("erased");
        clinic.sql(
            "update entry set body = (select a.body from aside a where a.writer = entry.writer and a.n = entry.n)
                 where body is null and exists (select 1 from aside a where a.writer = entry.writer and a.n = entry.n);
             update encounter set wrapped = (select k.wrapped from keys k where k.enc = encounter.enc)
                 where wrapped is null;
             drop table aside; drop table keys;",
        );
        let found = clinic.open("auditor").verify(&[]).expect("read").found;
        assert!(found.contains(&Finding::NotErased(id)), "{found:?}");
        office.purge(at(301), at(150)).expect("erased");
        assert_eq!(clinic.open("auditor").verify(&[]).expect("read").found, []);
    });
}

#[test]
fn a_backup_is_made_while_others_work_and_restored_it_is_the_same() {
    everywhere(|clinic| {
        let mut desk = clinic.station("desk", "Ana");
        let id = told(&mut desk, 100, "KD47");
        let copies = tempfile::tempdir().expect("a folder");
        let file = copies.path().join("monday.db");
        let mut office = clinic.station("office", "Eva");
        let made = office.back_up(at(200), &file).expect("copied");
        assert_eq!(
            Err(Problem::IsThere(file.display().to_string())),
            office.back_up(at(200), &file).map(drop)
        );
        kept(desk.append(id, 3, at(201), &[Event::Seen]).expect("others go on"));
        assert_eq!(
            Store::open(&Place::File(file.clone()), &clinic.unlock, "desk").err(),
            Some(Problem::IsBackup)
        );

        let place = Place::File(copies.path().join("restored/store.db"));
        restore(&file, &made.book, &place).expect("restored");
        let mut restored = Store::open(&place, &clinic.unlock, "desk").expect("opens");
        restored.sign_in("ben", PIN, at(300)).expect("a PIN");
        assert_eq!(restored.encounter(id).expect("there").entries.len(), 3);
        assert_eq!(restored.verify(&[]).expect("read").found, []);
        kept(restored.append(id, 3, at(302), &[Event::Seen]).expect("it goes on"));
        assert!(matches!(restore(&file, &made.book, &place), Err(Problem::IsThere(_))));
    });
}

#[test]
fn what_is_erased_cannot_be_read_in_backups_that_were_made_before() {
    everywhere(|clinic| {
        let mut desk = clinic.station("desk", "Ana");
        let (old, young) = (told(&mut desk, 100, "KD47"), told(&mut desk, 200, "KD48"));
        let copies = tempfile::tempdir().expect("a folder");
        let file = copies.path().join("monday.db");
        let mut office = clinic.station("office", "Eva");
        let made = office.back_up(at(250), &file).expect("copied");
        let purged = office.purge(at(300), at(150)).expect("erased");
        assert_eq!((purged.books.renewed.len(), purged.books.left.len()), (1, 0));

        let place = Place::File(copies.path().join("restored.db"));
        restore(&file, &made.book, &place).expect("restored");
        let mut restored = Store::open(&place, &clinic.unlock, "desk").expect("opens");
        restored.sign_in("ben", PIN, at(300)).expect("a PIN");
        assert_eq!(restored.encounter(old), Err(Problem::Erased));
        assert_eq!(restored.encounter(young).expect("there").notes.len(), 2);

        // A book that can't be written is said.
        std::fs::remove_dir_all(copies.path()).expect("gone");
        let purged = office.purge(at(400), at(250)).expect("erased");
        assert_eq!((purged.books.renewed.len(), purged.books.left.len()), (0, 1));
    });
}

#[test]
fn after_a_change_of_the_key_the_old_one_opens_nothing_and_open_programs_are_told() {
    everywhere(|clinic| {
        let mut desk = clinic.station("desk", "Ana");
        let id = told(&mut desk, 100, "KD47");
        let mut office = clinic.station("office", "Eva");
        let new = Unlock::Passphrase("four words make a passphrase".to_owned());
        office.change_key(at(200), &new).expect("changed");
        assert_eq!(desk.append(id, 3, at(201), &[Event::Seen]), Err(Problem::KeyChanged));
        assert_eq!(Store::open(&clinic.place, &clinic.unlock, "desk").err(), Some(Problem::WantsPassphrase));
        let wrong = Unlock::Passphrase("four words make a password".to_owned());
        assert_eq!(Store::open(&clinic.place, &wrong, "desk").err(), Some(Problem::WrongKey));
        let mut again = Store::open(&clinic.place, &new, "desk").expect("opens");
        again.sign_in("Ana", PIN, at(202)).expect("a PIN");
        assert_eq!(again.encounter(id).expect("there").entries.len(), 3);
        kept(again.append(id, 3, at(203), &[Event::Seen]).expect("kept"));
        assert_eq!(again.verify(&[]).expect("read").found, []);
    });
}

#[test]
fn a_stolen_disk_shows_no_answer_no_name_and_no_note() {
    let clinic = Clinic::in_file();
    let mut desk = clinic.station("reception by the door", "Ana");
    let mut first = opened(&mut desk, Source::Intake, Some("KD47"));
    first.reference = Some("Zamora, Ines".to_owned());
    desk.begin(at(1), first, &[answered("cancer_history", "yes")]).expect("kept");
    told(&mut desk, 100, "KD48");
    let folder = clinic.file().parent().expect("a folder").to_owned();
    for file in std::fs::read_dir(folder).expect("a folder") {
        let bytes = std::fs::read(file.expect("a file").path()).expect("a file");
        let text = String::from_utf8_lossy(&bytes);
        for secret in [WORDS, "KD47", "Zamora", "reception", "\"yes\"", "answered", "argon2id$"] {
            // The text of the questionnaire is plain, and has none of them.
            assert!(!text.contains(secret), "{secret}");
        }
    }
}

#[test]
fn the_file_is_for_its_owner_alone() {
    use std::os::unix::fs::PermissionsExt;
    let clinic = Clinic::in_file();
    let mut desk = clinic.station("desk", "Ana");
    told(&mut desk, 100, "KD47");
    let mode = |path: &std::path::Path| std::fs::metadata(path).expect("there").permissions().mode() & 0o777;
    let folder = clinic.file().parent().expect("a folder").to_owned();
    assert_eq!(mode(&folder), 0o700);
    let mut seen = 0;
    for file in std::fs::read_dir(&folder).expect("a folder") {
        let path = file.expect("a file").path();
        assert_eq!(mode(&path), 0o600, "{}", path.display());
        seen += 1;
    }
    assert_eq!(seen, 3, "the store, its log and its index");
    // Made wider by somebody, it is made narrow again.
    std::fs::set_permissions(clinic.file(), std::fs::Permissions::from_mode(0o644)).expect("changed");
    clinic.open("desk");
    assert_eq!(mode(&clinic.file()), 0o600);
    // A key that others may read is not used.
    let key = clinic.folder.path().join("keys/store.key");
    assert_eq!(mode(&key), 0o600);
    std::fs::set_permissions(&key, std::fs::Permissions::from_mode(0o640)).expect("changed");
    assert!(matches!(Unlock::key_file(&key), Err(Problem::KeyFile(..))));
}
