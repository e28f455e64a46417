//! What is written is there again, from whichever station, and two stations that write at once are both told.

use redflag::answers::Answer;
use redflag::encounter::State;
use redflag::interview::{Interview, Stage};
use redflag::questionnaire::{Audience, yaml};
use redflag::store::*;
use serde_json::{Value, json};

use super::clinic::*;

#[test]
fn what_one_station_writes_another_reads() {
    everywhere(|clinic| {
        let mut desk = clinic.station("desk", "Ana");
        let first = opened(&mut desk, Source::Intake, Some("KD47"));
        let (id, revision) = desk.begin(at(10), first, &[answered("cancer_history", "yes")]).expect("kept");
        assert_eq!(revision, 2);
        let level = Event::LevelReached {
            level: Some(Level { id: "emergency".to_owned(), rank: 0, finished: false }),
        };
        let note = Event::Note { question: None, text: "came by taxi".to_owned() };
        let revision = kept(desk.append(id, revision, at(20), &[level, note]).expect("kept"));
        let correction = Event::Corrected {
            question: "cancer_history".to_owned(),
            old: json!("yes"),
            answer: json!("no"),
            said: Said::Record,
            note: Some("as the letter says".to_owned()),
        };
        kept(desk.append(id, revision, at(30), &[correction]).expect("kept"));

        let mut room = clinic.station("room", "Ben");
        let record = room.encounter(id).expect("there");
        assert_eq!(record.revision, 5);
        assert_eq!(record.value["answers"], json!({ "cancer_history": "no" }));
        assert_eq!(record.answers["cancer_history"].said, Said::Record);
        assert_eq!(record.answers["cancer_history"].mark.who.name, "Ana");
        let notes: Vec<&str> = record.notes.iter().map(|note| note.text.as_str()).collect();
        assert_eq!(notes, ["came by taxi", "as the letter says"]);
        let corrections: Vec<_> = record.corrections().collect();
        assert_eq!((corrections[0].old, corrections[0].new), (&json!("yes"), Some(&json!("no"))));
        assert_eq!((corrections[0].mark.at, &*corrections[0].mark.station), (at(30), "desk"));
        let times: Vec<_> = record.entries.iter().map(|entry| entry.mark.at).collect();
        assert_eq!(times, [at(10), at(10), at(20), at(20), at(30)]);

        kept(room.append(id, record.revision, at(60), &[Event::Seen]).expect("kept"));
        let listed = desk.by_ticket(" kd47", at(0)).expect("read").expect("found");
        assert_eq!((listed.id, listed.revision), (id, 6));
        let summary = listed.summary;
        assert_eq!((summary.answers, summary.notes, summary.state()), (1, 2, State::NotFinished));
        assert_eq!(summary.seen.expect("seen").who.name, "Ben");
        assert_eq!(summary.level.expect("a level").id, "emergency");
        assert_eq!((summary.opened.at, summary.changed.at), (at(10), at(60)));
        assert_eq!(desk.by_ticket("KD48", at(0)).expect("read"), None);

        let named = Event::Referenced { reference: Some("Zamora".to_owned()) };
        kept(desk.append(id, 6, at(70), &[named]).expect("kept"));
        let reference =
            |store: &mut Store| store.listed_one(id).expect("read").expect("there").summary.reference;
        assert_eq!(reference(&mut desk).as_deref(), Some("Zamora"));
        assert_eq!(reference(&mut clinic.open("staff room")), None, "nobody has signed in there");
    });
}

#[test]
fn the_second_of_two_stations_is_told_what_the_first_wrote_and_writes_nothing() {
    everywhere(|clinic| {
        let (mut desk, mut room) = (clinic.station("desk", "Ana"), clinic.station("room", "Ben"));
        let first = opened(&mut desk, Source::Intake, None);
        let (id, revision) = desk.begin(at(10), first, &[]).expect("kept");
        kept(desk.append(id, revision, at(11), &[answered("cancer_history", "yes")]).expect("kept"));
        let mine = [answered("cancer_history", "no")];
        let Appended::Clash { theirs } = room.append(id, revision, at(11), &mine).expect("told") else {
            panic!("both wrote revision 2");
        };
        assert_eq!((theirs.len(), &*theirs[0].mark.who.name, theirs[0].revision), (1, "Ana", 2));
        assert_eq!(theirs[0].event, answered("cancer_history", "yes"));
        assert_eq!(room.encounter(id).expect("there").revision, 2, "nothing was written");
        kept(room.append(id, 2, at(12), &[Event::Seen]).expect("kept"));
    });
}

#[test]
fn what_has_changed_is_told_once_to_each_station() {
    everywhere(|clinic| {
        let (mut desk, mut board) = (clinic.station("desk", "Ana"), clinic.open("board"));
        let mut cursor = Cursor::default();
        assert_eq!(board.changed_since(&mut cursor).expect("read"), []);
        let first = opened(&mut desk, Source::Intake, None);
        let (one, revision) = desk.begin(at(10), first.clone(), &[]).expect("kept");
        assert_eq!(board.changed_since(&mut cursor).expect("read"), [one]);
        assert_eq!(board.changed_since(&mut cursor).expect("read"), []);
        let (two, _) = desk.begin(at(20), first, &[]).expect("kept");
        kept(desk.append(one, revision, at(30), &[answered("cancer_history", "yes")]).expect("kept"));
        let mut both = [one, two];
        both.sort_unstable();
        assert_eq!(board.changed_since(&mut cursor).expect("read"), both);
        assert_eq!(board.listed_one(one).expect("read").expect("there").revision, 2);
        // Whoever writes sees that too.
        let mut own = Cursor::default();
        assert_eq!(desk.changed_since(&mut own).expect("read"), both);
        kept(desk.append(two, 1, at(40), &[Event::Seen]).expect("kept"));
        assert_eq!(desk.changed_since(&mut own).expect("read"), [two]);
    });
}

#[test]
fn an_interview_goes_on_from_the_store_as_if_it_had_never_stopped() {
    everywhere(|clinic| {
        let questionnaire = small();
        let mut desk = clinic.station("desk", "Ana");
        for (way, audience) in
            [(0_usize, Audience::Patient), (1, Audience::Clinician), (2, Audience::Patient)]
        {
            let mut interview = Interview::new(&questionnaire, audience, jiff::civil::date(2026, 11, 28));
            let mut first = opened(&mut desk, Source::Intake, None);
            first.audience = audience;
            let more = changes(&Value::Null, &interview.to_value(), Said::Patient);
            let (id, mut revision) = desk.begin(at(0), first, &more).expect("kept");
            for step in 0..40 {
                let before = interview.to_value();
                step_on(&mut interview, step + way);
                let events = changes(&before, &interview.to_value(), Said::Patient);
                revision = kept(desk.append(id, revision, at(step as i64), &events).expect("kept"));
                let record = desk.encounter(id).expect("there");
                assert_eq!(record.changes_to(&interview.to_value(), Said::Patient), []);
                let resumed = Interview::from_json(&questionnaire, &record.json()).expect("an encounter");
                assert_eq!((resumed.interview.to_value(), resumed.misfits), (interview.to_value(), vec![]));
            }
        }
    });
}

/// Some key of the interview.
fn step_on(interview: &mut Interview, step: usize) {
    match interview.stage().clone() {
        Stage::Asking(_) if step % 7 == 5 => drop(interview.back()),
        Stage::Asking(question) => {
            let asked = &interview.questionnaire().questions[question];
            let options = (0..asked.options.len()).map(Answer::option);
            let numbers = [2.0, 49.0, 7.0, 40.0].map(Answer::Number);
            let text = Answer::Text(format!("since {step}"));
            let mut all: Vec<Option<Answer>> = options.chain(numbers).chain([text]).map(Some).collect();
            let turn = step % all.len();
            all.rotate_left(turn);
            all.push(None);
            let _ = all.into_iter().any(|answer| interview.answer(answer).is_ok());
        }
        Stage::SettingAside { .. } | Stage::Lowering { .. } => interview.confirm(),
        _ => drop(interview.back()),
    }
}

#[test]
fn nobody_writes_without_a_name_and_a_pin_and_each_only_what_the_role_may() {
    everywhere(|clinic| {
        let mut desk = clinic.open("desk");
        let first = opened(&mut desk, Source::Intake, None);
        assert_eq!(desk.begin(at(0), first.clone(), &[]), Err(Problem::NobodySignedIn));
        assert_eq!(desk.sign_in("Ana", "2581", at(1)), Err(Problem::WrongPin));
        assert_eq!(desk.sign_in("Nobody", PIN, at(1)), Err(Problem::WrongPin));
        assert_eq!(desk.begin(at(0), first.clone(), &[]), Err(Problem::NobodySignedIn));

        desk.sign_in(" ana", PIN, at(1)).expect("her PIN");
        let (id, _) = desk.begin(at(2), first.clone(), &[]).expect("kept");
        assert_eq!(
            desk.add_person(at(3), Person { name: "Zoe".to_owned(), role: Role::Nurse }, PIN),
            Err(Problem::MayNot(Role::Nurse, Deed::Keep))
        );

        let mut kiosk = clinic.station("kiosk 1", "kiosk");
        assert_eq!(kiosk.encounter(id), Err(Problem::MayNot(Role::Kiosk, Deed::Read)));
        assert_eq!(
            kiosk.append(id, 1, at(4), &[answered("cancer_history", "no")]),
            Err(Problem::NotOfThisKiosk)
        );
        assert_eq!(kiosk.begin(at(5), first.clone(), &[]), Err(Problem::MayNot(Role::Kiosk, Deed::Ask)));
        let from_kiosk = Opened { source: Source::Kiosk, ..first.clone() };
        let (own, revision) =
            kiosk.begin(at(5), from_kiosk, &[answered("cancer_history", "yes")]).expect("kept");
        let note = [Event::Note { question: None, text: "no".to_owned() }];
        assert_eq!(kiosk.append(own, revision, at(6), &note), Err(Problem::MayNot(Role::Kiosk, Deed::Care)));
        let revision =
            kept(kiosk.append(own, revision, at(6), &[Event::Closed { why: None }]).expect("kept"));
        assert_eq!(
            kiosk.append(own, revision, at(7), &[answered("cancer_history", "no")]),
            Err(Problem::NotOfThisKiosk)
        );

        let mut office = clinic.station("office", "Eva");
        assert_eq!(office.begin(at(8), first, &[]), Err(Problem::MayNot(Role::Administrator, Deed::Ask)));
        office.remove_person(at(9), "Ana").expect("gone");
        assert!(
            matches!(office.remove_person(at(9), "Eva"), Err(Problem::Place(_))),
            "the last administrator"
        );
        assert_eq!(clinic.open("desk").sign_in("Ana", PIN, at(10)), Err(Problem::WrongPin));
    });
}

#[test]
fn wrong_pins_wait_longer_and_longer_also_in_another_process() {
    everywhere(|clinic| {
        for _ in 0..3 {
            assert_eq!(clinic.open("desk").sign_in("Ana", "9999", at(10)), Err(Problem::WrongPin));
        }
        assert_eq!(clinic.open("desk").sign_in("Ana", PIN, at(10)), Err(Problem::TooManyPins(1)));
        assert_eq!(clinic.open("desk").sign_in("Ana", "9999", at(12)), Err(Problem::WrongPin));
        assert_eq!(clinic.open("desk").sign_in("Ana", PIN, at(12)), Err(Problem::TooManyPins(2)));
        clinic.open("desk").sign_in("Ana", PIN, at(14)).expect("her PIN");
        clinic.open("desk").sign_in("Ana", PIN, at(14)).expect("her PIN");
    });
}

#[test]
fn another_key_opens_nothing_and_writes_nothing() {
    let clinic = Clinic::in_file();
    let before = std::fs::read(clinic.file()).expect("a file");
    let other = Unlock::new_key_file(&clinic.folder.path().join("other.key")).expect("a key");
    assert_eq!(Store::open(&clinic.place, &other, "desk").err(), Some(Problem::WrongKey));
    let passphrase = Unlock::Passphrase("correct horse battery".to_owned());
    assert_eq!(Store::open(&clinic.place, &passphrase, "desk").err(), Some(Problem::WantsKeyFile));
    assert_eq!(std::fs::read(clinic.file()).expect("a file"), before);
    assert_eq!(
        Store::create(&clinic.place, &other, "desk").err(),
        Some(Problem::IsThere(clinic.place.to_string()))
    );
    assert_eq!(std::fs::read(clinic.file()).expect("a file"), before);
}

#[test]
fn under_another_version_an_encounter_goes_on_with_its_own_or_is_carried_over() {
    everywhere(|clinic| {
        let mut desk = clinic.station("desk", "Ana");
        let first = opened(&mut desk, Source::Intake, None);
        let then = first.questionnaire.clone();
        let answers = [answered("cancer_history", "yes"), answered("kind", "blood")];
        let (id, revision) = desk.begin(at(0), first, &answers).expect("kept");

        // The next version has another option in place of one that was answered.
        let next = SMALL.replace("version: 1.0.0", "version: 2.0.0").replace("blood", "lymph");
        let loaded =
            yaml::load("next.yaml", next.as_bytes()).unwrap_or_else(|mistakes| panic!("{mistakes:?}"));
        let now = desk.keep_questionnaire(&loaded.questionnaire, next.as_bytes()).expect("kept");
        let record = desk.encounter(id).expect("there");
        assert!(record.is_of(&then) && !record.is_of(&now));

        // Its own text is there, to the last byte.
        assert_eq!(desk.questionnaire(&then).expect("read").as_deref(), Some(SMALL.as_bytes()));
        assert_eq!(record.encounter(&small()).expect("its own").misfits, []);

        let (_, events) = record.carry_over(&loaded.questionnaire, now.clone()).expect("carried over");
        kept(desk.append(id, revision, at(1), &events).expect("kept"));
        let record = desk.encounter(id).expect("there");
        assert!(record.is_of(&now));
        assert_eq!(record.value["answers"], json!({ "cancer_history": "yes" }));
        assert_eq!(record.encounter(&loaded.questionnaire).expect("its own").misfits, []);
        let Event::CarriedOver { lost, .. } = &events[0] else { panic!("{events:?}") };
        let lost = lost.join(" ");
        assert!(lost.contains("version 1.0.0") && lost.contains("`kind`"), "{lost}");
        assert_eq!(record.corrections().next().expect("taken back").old, &json!("blood"), "nothing is lost");
        assert_eq!(desk.verify(&[]).expect("read").found, []);
    });
}
