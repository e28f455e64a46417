//! `verify` finds every entry that was changed or is missing, and nothing where all is well.

use redflag::store::*;

use super::clinic::*;

/// Two stations and two checks, with four entries and two. The checks, the numbers of which the tests use.
fn busy(clinic: &Clinic) -> (EncounterId, EncounterId) {
    let (mut desk, mut room) = (clinic.station("desk", "Ana"), clinic.station("room", "Ben"));
    let first = opened(&mut desk, Source::Intake, Some("KD47"));
    let (one, revision) =
        desk.begin(at(10), first.clone(), &[answered("cancer_history", "yes")]).expect("kept");
    let (two, _) = room.begin(at(11), first, &[]).expect("kept");
    let revision = kept(room.append(one, revision, at(12), &[Event::Seen]).expect("kept"));
    kept(
        desk.append(one, revision, at(13), &[Event::Note { question: None, text: "ok".to_owned() }])
            .expect("kept"),
    );
    kept(room.append(two, 1, at(14), &[answered("cancer_history", "no")]).expect("kept"));
    (one, two)
}

fn found(clinic: &Clinic) -> Vec<Finding> {
    clinic.open("auditor").verify(&[]).expect("read").found
}

#[test]
fn where_all_is_well_nothing_is_found_also_while_others_write() {
    everywhere(|clinic| {
        busy(clinic);
        let verified = clinic.open("auditor").verify(&[]).expect("read");
        assert_eq!(verified.found, []);
        assert_eq!((verified.encounters, verified.erased), (2, 0));
        // Four people were added beside the six entries of the checks.
        assert_eq!((verified.entries, verified.stations), (10, 3));
    });
}

#[test]
fn an_entry_that_was_changed_moved_or_deleted_is_found() {
    for (sql, named) in [
        ("update entry set body = hash where rev = 2", "was changed"),
        ("update entry set body_hash = hash where rev = 2", "was changed"),
        ("update entry set at = at + 60000 where rev = 3", "was changed"),
        ("update entry set witness = null where witness is not null", "was changed"),
        ("update entry set hash = body_hash where rev = 4", "was changed"),
        ("delete from entry where rev = 2", "is missing"),
        ("delete from entry where rev = 4", "are missing"),
        // A whole body, with its hash, in the place of another.
        (
            "update entry set body = (select e.body from entry e where e.rev = 4 limit 1), \
             body_hash = (select e.body_hash from entry e where e.rev = 4 limit 1) where rev = 3",
            "was changed",
        ),
        ("update entry set body = null where rev = 3", "does not open"),
        ("delete from encounter where rev = 4", "its entries are there"),
        ("update encounter set wrapped = null where rev = 4", "not by `redflag purge`"),
        ("update encounter set rev = 3 where rev = 4", "is missing"),
        ("update encounter set summary = null where rev = 4", "the board shows"),
        (
            "update encounter set summary = (select e.summary from encounter e where e.rev = 2) where rev = 4",
            "the board shows",
        ),
        ("update writer set n = n + 1", "are missing"),
    ] {
        everywhere(|clinic| {
            busy(clinic);
            // The log of the store has entries 2 to 4 as well.
            let log = "enc <> (select enc from encounter where opened = 0)";
            clinic.sql(&match sql.starts_with("update writer") {
                true => sql.to_owned(),
                false => format!("{sql} and {log}"),
            });
            let words: Vec<String> = found(clinic).iter().map(Finding::to_string).collect();
            assert!(words.iter().any(|words| words.contains(named)), "{sql}\n{words:?}");
        });
    }
}

#[test]
fn the_end_of_a_chain_that_is_cut_off_with_care_is_told_by_another_chain_and_by_paper() {
    everywhere(|clinic| {
        let (one, _) = busy(clinic);
        let head = clinic.station("desk", "Ana").head().expect("read").to_string();
        let own = {
            let mut desk = clinic.station("desk", "Ana");
            let revision = desk.encounter(one).expect("there").revision;
            match desk.append(one, revision, at(20), &[Event::Reopened]).expect("kept") {
                Appended::Kept { head, .. } => head.to_string(),
                clash => panic!("{clash:?}"),
            }
        };
        assert_eq!(clinic.open("auditor").verify(&[own.clone(), head.clone()]).expect("read").found, []);
        // The last entry of the desk taken out everywhere, as somebody with all rights would.
        clinic.sql(&format!(
            "delete from entry where at = (select max(e.at) from entry e);
             update encounter set rev = 4 where rev = 5;
             {SHORTER}"
        ));
        let found = clinic.open("auditor").verify(std::slice::from_ref(&own)).expect("read").found;
        assert!(found.contains(&Finding::NoHead(own)), "{found:?}");
    });
}

#[test]
fn the_end_of_a_chain_that_is_cut_off_with_care_is_told_by_another_chain() {
    everywhere(|clinic| {
        let (one, two) = busy(clinic);
        let mut desk = clinic.station("desk", "Ana");
        let mut revision = desk.encounter(one).expect("there").revision;
        // Each of the two other stations is seen in its turn.
        for seconds in [20, 21] {
            revision = kept(desk.append(one, revision, at(seconds), &[Event::Reopened]).expect("kept"));
        }
        let last = at(14).as_millisecond();
        clinic.sql(&format!(
            "update encounter set rev = 1 where rev = 2 and changed = {last};
             delete from entry where at = {last};
             {SHORTER}"
        ));
        let found = found(clinic);
        assert!(found.contains(&Finding::WitnessedOtherwise("room".to_owned(), 3)), "{found:?}");
        assert!(found.contains(&Finding::Summary(two)), "{found:?}");
        assert!(!found.contains(&Finding::End("room".to_owned())), "the chain itself seems whole: {found:?}");
    });
}

/// Makes the newest entry that is there the end of each chain.
const SHORTER: &str = "update writer set n = n - 1, hash = (select e.hash from entry e where e.writer = writer.writer \
                       order by e.n desc limit 1) where n > (select max(e.n) from entry e where e.writer = writer.writer)";
