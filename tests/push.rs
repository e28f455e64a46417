//! `redflag fhir push`: every check is on the server exactly once, whatever the server, the way there or the program do.

#![cfg(feature = "push")]

#[allow(dead_code, reason = "some of it is for tests of the store alone")]
#[path = "store/clinic.rs"]
mod clinic;
#[path = "push/fake.rs"]
mod fake;
#[cfg(feature = "postgres")]
#[allow(dead_code, reason = "some of it is for tests of the store alone")]
#[path = "store/server.rs"]
mod server;
#[path = "push/tls.rs"]
mod tls;

use std::cell::Cell;
use std::fs;
use std::os::unix::fs::PermissionsExt;
use std::process::{Child, Command, Output, Stdio};
use std::thread;
use std::time::Duration;

use clinic::{Clinic, PIN, at, everywhere, kept, opened, small};
use fake::{Answer, Fake};
use jiff::civil::date;
use redflag::answers::json::SheetReader;
use redflag::encounter::{Encounter, json};
use redflag::fhir::codes::Codes;
use redflag::fhir::names::Base;
use redflag::push::Parcels;
use redflag::questionnaire::Audience;
use redflag::site::Site;
use redflag::store::*;
use serde_json::Value;

/// Answers to everything that a patient is asked.
const ANSWERS: &str = r#"{"sites":["neck"],"signs":["none"],"severity":5,"age":40,"cancer_history":"no"}"#;

/// A finished check about this patient.
fn check(store: &mut Store, reference: Option<&str>) -> EncounterId {
    check_at(store, reference, 10)
}

/// The order in which checks are sent is that in which they were begun.
fn check_at(store: &mut Store, reference: Option<&str>, seconds: i64) -> EncounterId {
    let questionnaire = small();
    let sheet = SheetReader::new(&questionnaire).read(ANSWERS).expect("a sheet");
    let encounter = Encounter::of_sheet(&questionnaire, Audience::Patient, sheet, date(2026, 11, 28));
    let mut events = changes(&Value::Null, &json::value(&questionnaire, &encounter), Said::Patient);
    events
        .push(Event::LevelReached { level: Some(Level { id: "later".to_owned(), rank: 2, finished: true }) });
    let opened = Opened { reference: reference.map(str::to_owned), ..opened(store, Source::Intake, None) };
    store.begin(at(seconds), opened, &events).expect("begun").0
}

fn write(store: &mut Store, id: EncounterId, events: &[Event]) {
    let after = store.encounter(id).expect("it is there").revision;
    kept(store.append(id, after, at(20), events).expect("written"));
}

fn correct(store: &mut Store, id: EncounterId, question: &str, old: Value, answer: Value) {
    let question = question.to_owned();
    write(store, id, &[Event::Corrected { question, old, answer, said: Said::Patient, note: None }]);
}

/// The program, as somebody starts it who may send.
fn push(clinic: &Clinic, server: &str, more: &[&str]) -> Command {
    let (key, pin) = (clinic.folder.path().join("keys/store.key"), clinic.folder.path().join("pin"));
    fs::write(&pin, PIN).expect("a file");
    let place = match &clinic.place {
        Place::File(path) => path.display().to_string(),
        Place::Postgres(address) => address.clone(),
    };
    let mut command = Command::new(env!("CARGO_BIN_EXE_redflag"));
    command.args([
        "fhir",
        "push",
        "--server",
        server,
        "--store",
        &place,
        "--as",
        "Ben",
        "--station",
        "sender",
    ]);
    command.arg("--key-file").arg(key).arg("--pin").arg(pin).args(more);
    if !more.contains(&"--timeout") {
        command.args(["--timeout", "2"]);
    }
    command.env("XDG_CONFIG_HOME", "/nonexistent").env("LC_ALL", "C").env_remove("REDFLAG_FHIR_TOKEN");
    command.stdin(Stdio::null()).stdout(Stdio::piped()).stderr(Stdio::piped());
    command
}

fn output(command: &mut Command) -> (Option<i32>, String) {
    let Output { status, stdout, stderr } = command.output().expect("it runs");
    (status.code(), String::from_utf8_lossy(&stdout).into_owned() + &String::from_utf8_lossy(&stderr))
}

/// Sends everything, or as much as is sent before this many failures in a row.
fn once(clinic: &Clinic, server: &Fake, tries: &str) -> (Option<i32>, String) {
    output(&mut push(clinic, &server.address, &["--once", "--tries", tries]))
}

/// The notes in a check on its sending.
fn notes(clinic: &Clinic, id: EncounterId) -> Vec<Event> {
    let record = clinic.station("reader", "Ben").encounter(id).expect("it is there");
    let about = |event: &Event| matches!(event, Event::Sending { .. } | Event::Sent { .. });
    record.entries.into_iter().map(|entry| entry.event).filter(about).collect()
}

fn says(status: u16, headers: &str, body: &str) -> Answer {
    Answer::Says(status, headers.to_owned(), body.to_owned())
}

#[test]
fn a_check_is_sent_once_and_who_sent_it_where_and_as_what_is_in_the_chain() {
    everywhere(|clinic| {
        let fake = Fake::new([]);
        let mut store = clinic.station("desk 1", "Ana");
        let id = check(&mut store, Some("Patient/7"));
        let (status, said) = once(clinic, &fake, "1");
        assert_eq!(status, Some(0), "{said}");
        assert!(said.contains(&format!("sent: {id} as urn:redflag:check|rf-")), "{said}");
        let responses = fake.held("QuestionnaireResponse");
        assert_eq!(responses.len(), 1);
        assert_eq!(responses[0].resource["status"], "completed");
        assert_eq!(responses[0].resource["subject"]["reference"], "Patient/7");
        assert_eq!(fake.held("Observation").len(), 2, "how bad, and how old");
        assert_eq!((fake.held("RiskAssessment").len(), fake.held("DocumentReference").len()), (1, 1));
        let record = clinic.station("reader", "Ben").encounter(id).expect("it is there");
        let [.., sending, sent] = &record.entries[..] else { panic!() };
        let Event::Sent { to, identifier: Some(identifier), content: Some(content) } = &sent.event else {
            panic!()
        };
        assert_eq!(
            (to, &sent.mark.who.name, sent.mark.station.as_str()),
            (&fake.address, &"Ben".to_owned(), "sender")
        );
        assert!(said.contains(identifier.as_str()), "{identifier}");
        assert_eq!(*content, sending.revision - 1);
        // Again, and nothing more is asked of the server.
        let requests = fake.requests();
        let (status, said) = once(clinic, &fake, "1");
        assert_eq!((status, said.as_str()), (Some(0), "0 checks sent\n"));
        assert_eq!(fake.requests(), requests);
        let verified = clinic.open("reader").verify(&[]).expect("verified");
        assert!(verified.found.is_empty(), "{:?}", verified.found);
    });
}

#[test]
fn whatever_the_server_answers_it_is_told_and_the_check_is_there_once_in_the_end() {
    let clinic = Clinic::in_file();
    let mut store = clinic.station("desk 1", "Ana");
    let cases: Vec<(Answer, &str)> = vec![
        (Answer::Gone, "the connection broke"),
        (Answer::GoneWhileReading, "the connection broke"),
        (Answer::TakesAndIsSilent, "didn't answer in time"),
        (Answer::TakesAndDrips, "didn't answer in time"),
        (Answer::TakesAndGoes, "broke"),
        (Answer::TakesAndBreaksOff, "broke off in the middle"),
        (Answer::TakesAndNeverEnds, "endless"),
        (Answer::TakesAndSays(String::new()), "other than JSON"),
        (Answer::TakesAndSays("<html>welcome</html>".to_owned()), "other than JSON"),
        (Answer::TakesAndSays("{}".to_owned()), "unclear whether the check arrived"),
        (Answer::TakesAndSays("[[[[".repeat(50_000)), "other than JSON"),
        (says(500, "", "oh dear"), "problem of its own (500)"),
        (says(503, "retry-after: 1\r\n", ""), "problem of its own (503)"),
        (says(429, "retry-after: 2\r\n", ""), "fewer requests (429). Next try in 2 seconds"),
        (says(429, "retry-after: soon\r\n", ""), "fewer requests (429). Next try in 1 second"),
        (says(409, "", ""), "changing the same records"),
        (says(408, "", ""), "not ready"),
    ];
    for (answer, told) in cases {
        let fake = Fake::new([answer.clone()]);
        let id = check(&mut store, Some("Patient/7"));
        // On a busy machine it takes longer until an answer is too long.
        let wait = if matches!(answer, Answer::TakesAndNeverEnds) { "60" } else { "2" };
        let arguments = ["--once", "--tries", "3", "--timeout", wait];
        let (status, said) = output(&mut push(&clinic, &fake.address, &arguments));
        assert_eq!(status, Some(0), "{answer:?}: {said}");
        assert!(said.contains(told), "{answer:?}: {said}");
        fake.holds_nothing_twice();
        let identifiers = notes(&clinic, id);
        assert!(matches!(identifiers.last(), Some(Event::Sent { .. })), "{answer:?}: {identifiers:?}");
        assert!(fake.held("QuestionnaireResponse").iter().all(|held| held.versions == 1), "{answer:?}");
    }
}

#[test]
fn what_a_person_has_to_look_at_is_told_and_stays() {
    let clinic = Clinic::in_file();
    let mut store = clinic.station("desk 1", "Ana");
    let first = check(&mut store, Some("Patient/7"));
    let outcome = r#"{"resourceType":"OperationOutcome","issue":[{"severity":"error","diagnostics":"no such Patient"}]}"#;
    let cases = [
        (says(412, "", ""), "several records with the same identifier"),
        (says(422, "", outcome), "refuses it (422): no such Patient"),
        (says(404, "", ""), "nothing at this address takes transactions (404)"),
        (says(404, "", outcome), "lacks something that the check refers to (404): no such Patient"),
        (says(413, "", ""), "too long"),
        (says(401, "", ""), "--token-file"),
        (says(403, "", ""), "the token doesn't allow this"),
    ];
    let fake = Fake::new([]);
    for (answer, told) in cases {
        fake.then([answer.clone()]);
        let (status, said) = once(&clinic, &fake, "3");
        assert_eq!(status, Some(1), "{answer:?}: {said}");
        assert!(said.contains(told) && said.contains("1 check still to be sent"), "{answer:?}: {said}");
        assert!(!notes(&clinic, first).iter().any(|event| matches!(event, Event::Sent { .. })), "{answer:?}");
    }
    assert_eq!(notes(&clinic, first).len(), 1, "one note, however often it is tried");
    // One that is refused keeps no other one back.
    let second = check_at(&mut store, Some("Patient/8"), 11);
    fake.then([says(422, "", "")]);
    let (status, said) = once(&clinic, &fake, "3");
    assert_eq!(status, Some(1), "{said}");
    assert!(
        said.contains(&format!("{first} was refused")) && said.contains(&format!("sent: {second}")),
        "{said}"
    );
    // And one that the server can't cope with keeps none back either.
    let third = check_at(&mut store, Some("Patient/9"), 12);
    fake.then([says(500, "", ""), Answer::TakesAndSays("{}".to_owned())]);
    let (status, said) = once(&clinic, &fake, "4");
    assert_eq!(status, Some(0), "{said}");
    assert!(said.contains(&format!("sent: {third}")), "{said}");
    fake.holds_nothing_twice();
    assert_eq!(fake.held("QuestionnaireResponse").len(), 3);
}

#[test]
fn a_server_that_is_down_loses_nothing() {
    let clinic = Clinic::in_file();
    let id = check(&mut clinic.station("desk 1", "Ana"), Some("Patient/7"));
    let fake = Fake::new([]);
    let (status, said) = output(&mut push(&clinic, "http://127.0.0.1:9/fhir", &["--once", "--tries", "2"]));
    assert_eq!(status, Some(1), "{said}");
    assert!(said.contains("connection refused") && said.contains("1 check still to be sent"), "{said}");
    let (status, said) = once(&clinic, &fake, "1");
    assert_eq!(status, Some(0), "{said}");
    assert!(said.contains(&id.to_string()), "{said}");
}

#[test]
fn a_server_that_asks_for_a_long_wait_gets_it() {
    let clinic = Clinic::in_file();
    check(&mut clinic.station("desk 1", "Ana"), Some("Patient/7"));
    let fake = Fake::new([says(503, "retry-after: 3600\r\n", "")]);
    let (status, said) = once(&clinic, &fake, "9");
    assert_eq!(status, Some(1), "{said}");
    assert_eq!(fake.requests(), 1, "it was not asked again: {said}");
}

#[test]
fn a_token_goes_to_the_server_alone() {
    let clinic = Clinic::in_file();
    check(&mut clinic.station("desk 1", "Ana"), Some("Patient/7"));
    let elsewhere = Fake::new([]);
    let secret = "s3cret-token";
    for status in [301, 302, 303, 307, 308] {
        let fake = Fake::new([says(status, &format!("location: {}\r\n", elsewhere.address), "")]);
        let (code, said) =
            output(push(&clinic, &fake.address, &["--once"]).env("REDFLAG_FHIR_TOKEN", secret));
        assert_eq!(code, Some(1), "{said}");
        assert!(said.contains("redirects") && said.contains(&elsewhere.address), "{said}");
        assert!(fake.heads().contains("Bearer s3cret-token") && !said.contains(secret), "{said}");
    }
    assert_eq!(elsewhere.requests(), 0);
    // A server that repeats it.
    let outcome = r#"{"resourceType":"OperationOutcome","issue":[{"diagnostics":"bad token s3cret-token"}]}"#;
    let fake = Fake::new([says(401, "", outcome)]);
    let (_, said) = output(push(&clinic, &fake.address, &["--once"]).env("REDFLAG_FHIR_TOKEN", secret));
    assert!(!fake.heads().contains("return=minimal"), "with that a server needn't answer for each part");
    assert!(said.contains("bad token [the token]") && !said.contains(secret), "{said}");
    let file = clinic.folder.path().join("token");
    fs::write(&file, "from-a-file\n").expect("a file");
    let name = file.display().to_string();
    let (code, said) = output(&mut push(&clinic, &fake.address, &["--once", "--token-file", &name]));
    assert_eq!(code, Some(2), "others may read it: {said}");
    fs::set_permissions(&file, fs::Permissions::from_mode(0o600)).expect("changed");
    let (code, said) = output(&mut push(&clinic, &fake.address, &["--once", "--token-file", &name]));
    assert_eq!(code, Some(0), "{said}");
    assert!(fake.heads().contains("Bearer from-a-file"));
    // One of systemd's credentials, which whoever may open their folder may read.
    let credentials = clinic.folder.path().join("credentials");
    fs::create_dir(&credentials).expect("a folder");
    fs::write(credentials.join("redflag-fhir-token"), "of-systemd\n").expect("a file");
    let mut command = push(&clinic, &fake.address, &["--once"]);
    check(&mut clinic.station("desk 1", "Ana"), Some("Patient/8"));
    let (code, said) = output(command.env("CREDENTIALS_DIRECTORY", &credentials));
    assert_eq!(code, Some(0), "{said}");
    assert!(fake.heads().contains("Bearer of-systemd"));
    for wrong in ["", "two words", "a\nb"] {
        let (code, said) = output(push(&clinic, &fake.address, &["--once"]).env("REDFLAG_FHIR_TOKEN", wrong));
        assert_eq!(code, Some(2), "{wrong:?}: {said}");
        assert!(said.contains("REDFLAG_FHIR_TOKEN") && !said.contains("two words"), "{said}");
    }
}

#[test]
fn nothing_leaves_this_machine_in_the_open_unless_that_is_wished() {
    let clinic = Clinic::in_file();
    for (server, told) in [
        ("http://fhir.example/r4", "--allow-plain-http"),
        ("http://ana:pw@127.0.0.1/", "--token-file"),
        ("fhir.example", "https://"),
        ("http://127.0.0.1/?x=1", "no ?"),
    ] {
        let (status, said) = output(&mut push(&clinic, server, &["--once"]));
        assert_eq!(status, Some(2), "{server}: {said}");
        assert!(said.contains(told) && !said.contains("pw"), "{server}: {said}");
    }
}

#[test]
fn a_server_behind_tls_must_show_a_certificate_of_an_authority_that_is_trusted() {
    let clinic = Clinic::in_file();
    check(&mut clinic.station("desk 1", "Ana"), Some("Patient/7"));
    let folder = clinic.folder.path();
    if let Err(why) = tls::certificates(folder) {
        return eprintln!("left out: {why}");
    }
    let fake = Fake::new([]);
    let port = tls::in_front_of(&fake.address, folder);
    let to = |host: &str, authority: &str| {
        let mut command = push(&clinic, &format!("https://{host}:{port}/fhir"), &["--once", "--tries", "1"]);
        output(
            command
                .env("SSL_CERT_FILE", folder.join(authority))
                .env_remove("SSL_CERT_DIR")
                .env("REDFLAG_FHIR_TOKEN", "s3cret"),
        )
    };
    for (host, authority) in [("localhost", "other.pem"), ("127.0.0.1", "ca.pem")] {
        let (status, said) = to(host, authority);
        assert_eq!(status, Some(1), "{host}, {authority}: {said}");
        assert!(
            said.contains("certificate") && said.contains("SSL_CERT_FILE"),
            "{host}, {authority}: {said}"
        );
    }
    assert_eq!(fake.requests(), 0, "neither a check nor a token went to a stranger");
    let (status, said) = to("localhost", "ca.pem");
    assert_eq!(status, Some(0), "{said}");
    assert_eq!(fake.held("QuestionnaireResponse").len(), 1);
    assert!(fake.heads().contains("Bearer s3cret"));
    // Where nobody is trusted, that is said before anything else.
    let (status, said) = to("localhost", "names");
    assert_eq!(status, Some(2), "{said}");
    assert!(said.contains("trusts no certificate authority"), "{said}");
    // A server that speaks no TLS at all gets nothing in the open.
    let requests = fake.requests();
    let open = fake.address.replace("http://127.0.0.1", "https://localhost");
    let mut command = push(&clinic, &open, &["--once", "--tries", "1"]);
    let (status, said) = output(command.env("SSL_CERT_FILE", folder.join("ca.pem")));
    assert_eq!((status, fake.requests()), (Some(1), requests), "{said}");
}

#[test]
fn a_correction_takes_the_place_of_what_was_sent() {
    everywhere(|clinic| {
        let fake = Fake::new([]);
        let mut store = clinic.station("desk 1", "Ana");
        let id = check(&mut store, Some("Patient/7"));
        assert_eq!(once(clinic, &fake, "1").0, Some(0));
        let known = fake.state.lock().expect("the state").held.len();
        // What changes nothing of what is sent is not sent.
        write(&mut store, id, &[Event::Seen, Event::Closed { why: None }]);
        assert_eq!(once(clinic, &fake, "1").1, "0 checks sent\n");
        correct(&mut store, id, "severity", 5.into(), 3.into());
        let (status, said) = once(clinic, &fake, "1");
        assert_eq!(status, Some(0), "{said}");
        assert!(said.contains(&format!("sent again: {id}")), "{said}");
        fake.holds_nothing_twice();
        assert_eq!(fake.state.lock().expect("the state").held.len(), known);
        let [response] = &fake.held("QuestionnaireResponse")[..] else { panic!() };
        assert_eq!((&response.resource["status"], response.versions), (&"amended".into(), 2));
        let observations = fake.held("Observation");
        let statuses: Vec<(&Value, usize)> =
            observations.iter().map(|held| (&held.resource["status"], held.versions)).collect();
        assert!(
            statuses.contains(&(&"corrected".into(), 2)) && statuses.contains(&(&"final".into(), 1)),
            "{statuses:?}"
        );
        // An answer that is taken back was an error, and its number is marked as one; and is there again when it is again.
        write(&mut store, id, &[Event::TakenBack { question: "severity".to_owned(), old: 3.into() }]);
        assert_eq!(once(clinic, &fake, "1").0, Some(0));
        let errors = |fake: &Fake| {
            let is_error = |held: &&fake::Held| held.resource["status"] == "entered-in-error";
            fake.held("Observation").iter().filter(is_error).count()
        };
        assert_eq!(errors(&fake), 1);
        assert_eq!(fake.held("QuestionnaireResponse")[0].resource["status"], "in-progress");
        let (question, said, note) = ("severity".to_owned(), Said::Patient, None);
        write(&mut store, id, &[Event::Answered { question, answer: 3.into(), said, note }]);
        assert_eq!(once(clinic, &fake, "1").0, Some(0));
        assert_eq!(errors(&fake), 0);
        // The wrong person: everything goes to the right one.
        write(&mut store, id, &[Event::Referenced { reference: Some("Patient/8".to_owned()) }]);
        assert_eq!(once(clinic, &fake, "1").0, Some(0));
        let state = fake.state.lock().expect("the state");
        assert!(state.held.iter().all(|held| held.resource["subject"]["reference"] == "Patient/8"));
        assert_eq!(state.held.len(), known);
    });
}

#[test]
fn a_server_that_takes_only_short_transactions_gets_a_check_in_pieces() {
    let clinic = Clinic::in_file();
    let mut store = clinic.station("desk 1", "Ana");
    let fake = Fake::new([]);
    fake.state.lock().expect("the state").most = Some(3);
    let id = check(&mut store, Some("Patient/7"));
    let (status, said) = once(&clinic, &fake, "1");
    assert_eq!(status, Some(1), "{said}");
    assert!(said.contains("refuses it (400): too many entries"), "{said}");
    let in_pieces = |tries: &str| {
        output(&mut push(&clinic, &fake.address, &["--once", "--tries", tries, "--parts", "3"]))
    };
    let versions = || -> Vec<usize> {
        fake.state.lock().expect("the state").held.iter().map(|held| held.versions).collect()
    };
    // The second piece gets lost: both are sent again.
    fake.then([Answer::TakesLate(Duration::ZERO), says(500, "", "")]);
    let (status, said) = in_pieces("1");
    assert_eq!((status, versions().len()), (Some(1), 3), "{said}");
    assert!(
        !notes(&clinic, id).iter().any(|note| matches!(note, Event::Sent { .. })),
        "only half of it is there"
    );
    let (status, said) = in_pieces("1");
    assert_eq!((status, versions()), (Some(0), vec![1; 5]), "{said}");
    correct(&mut store, id, "severity", 5.into(), 3.into());
    let (status, said) = in_pieces("1");
    assert_eq!(status, Some(0), "{said}");
    fake.holds_nothing_twice();
    let response = &fake.held("QuestionnaireResponse")[0];
    assert_eq!((&response.resource["status"], response.versions), (&"amended".into(), 2), "replaced once");
    assert_eq!(notes(&clinic, id).len(), 4, "two times about to be sent, two times sent");
}

#[test]
fn a_correction_between_an_answer_that_was_lost_and_the_next_try_arrives() {
    let clinic = Clinic::in_file();
    let mut store = clinic.station("desk 1", "Ana");
    let fake = Fake::new([Answer::TakesAndGoes]);
    let id = check(&mut store, Some("Patient/7"));
    let (status, said) = once(&clinic, &fake, "1");
    assert_eq!(status, Some(1), "{said}");
    assert_eq!(fake.held("QuestionnaireResponse").len(), 1, "the server has it, and nobody knows");
    correct(&mut store, id, "severity", 5.into(), 9.into());
    let (status, said) = once(&clinic, &fake, "1");
    assert_eq!(status, Some(0), "{said}");
    fake.holds_nothing_twice();
    let values: Vec<i64> =
        fake.held("Observation").iter().filter_map(|held| held.resource["valueInteger"].as_i64()).collect();
    assert_eq!(values, [9], "the corrected one");
    // Back to what it was, after a try that nobody knows of.
    fake.then([Answer::TakesAndSays(String::new())]);
    correct(&mut store, id, "severity", 9.into(), 5.into());
    assert_eq!(once(&clinic, &fake, "1").0, Some(1));
    correct(&mut store, id, "severity", 5.into(), 9.into());
    assert_eq!(once(&clinic, &fake, "1").0, Some(0));
    let values: Vec<i64> =
        fake.held("Observation").iter().filter_map(|held| held.resource["valueInteger"].as_i64()).collect();
    assert_eq!(values, [9]);
}

#[test]
fn checks_are_chosen_and_shown_before_anything_is_sent() {
    let clinic = Clinic::in_file();
    let mut store = clinic.station("desk 1", "Ana");
    let nobody = check(&mut store, None);
    let bed = check(&mut store, Some("bed 4"));
    let known = check(&mut store, Some("Patient/7"));
    let open = opened(&mut store, Source::Intake, None);
    store
        .begin(at(12), Opened { reference: Some("Patient/1".to_owned()), ..open }, &[])
        .expect("not finished");
    let fake = Fake::new([]);
    let (status, said) = output(&mut push(&clinic, &fake.address, &["--dry-run"]));
    assert_eq!(status, Some(1), "{said}");
    let line =
        |id: EncounterId| said.lines().find(|line| line.starts_with(&id.to_string())).unwrap_or_default();
    assert!(line(nobody).contains("--reference Patient/123"), "{said}");
    assert!(line(bed).contains("--patients"), "{said}");
    assert!(line(known).contains("new, 5 parts, about Patient/7"), "{said}");
    assert_eq!((said.lines().count(), fake.requests()), (3, 0), "{said}");
    assert!(notes(&clinic, known).is_empty());
    let (status, said) = once(&clinic, &fake, "1");
    assert_eq!(status, Some(1), "{said}");
    assert!(
        said.ends_with("1 check sent, 2 checks still to be sent, 1 check not finished\n")
            || said.contains("1 check sent, 2 checks still"),
        "{said}"
    );
    let more = ["--once", "--patients", "https://clinic.example/mrn"];
    let (_, said) = output(&mut push(&clinic, &fake.address, &more));
    assert!(said.contains(&format!("sent: {bed}")), "{said}");
    let subjects: Vec<Value> =
        fake.held("RiskAssessment").iter().map(|held| held.resource["subject"].clone()).collect();
    assert!(subjects.iter().any(|subject| subject["identifier"]["value"] == "bed 4"), "{subjects:?}");
    let (status, said) = output(&mut push(&clinic, &fake.address, &["--once", "--since", "2030-01-01"]));
    assert_eq!((status, said.as_str()), (Some(0), "0 checks sent\n"));
    let (status, said) = output(&mut push(&clinic, &fake.address, &["--once", "--questionnaire", "other"]));
    assert_eq!((status, said.as_str()), (Some(0), "0 checks sent\n"));
    // Another --base would make other identifiers of what is there.
    correct(&mut store, known, "severity", 5.into(), 4.into());
    let (status, said) =
        output(&mut push(&clinic, &fake.address, &["--once", "--base", "https://clinic.example"]));
    assert_eq!(status, Some(1), "{said}");
    assert!(said.contains("same --base"), "{said}");
    // Codes that don't fit are told, and nothing is sent with them.
    let codes = clinic.folder.path().join("codes.yaml");
    fs::write(&codes, "questions: { severty: { system: \"http://loinc.org\", code: 72514-3 } }\n")
        .expect("a file");
    let (status, said) =
        output(&mut push(&clinic, &fake.address, &["--once", "--codes", &codes.display().to_string()]));
    assert_eq!(status, Some(1), "{said}");
    assert!(said.contains("did you mean `severity`?"), "{said}");
    // Those for another questionnaire are no reason to wait.
    let names = [codes.display().to_string(), clinic.folder.path().join("other.yaml").display().to_string()];
    fs::write(&names[1], "of: other\nquestions: { none: { system: \"http://codes.example\", code: x } }\n")
        .expect("a file");
    let right = "of: small\nquestions: { severity: { system: \"http://codes.example\", code: worst } }\n";
    fs::write(&names[0], right).expect("a file");
    let (_, said) =
        output(&mut push(&clinic, &fake.address, &["--once", "--codes", &names[0], "--codes", &names[1]]));
    assert!(said.contains(&format!("sent again: {known}")), "{said}");
    let is_coded = |held: &fake::Held| held.resource["code"]["coding"][0]["code"] == "worst";
    assert!(fake.held("Observation").iter().any(is_coded), "{said}");
}

#[test]
fn what_was_wrong_with_a_file_of_this_place_is_looked_at_again() {
    let clinic = Clinic::in_file();
    let mut store = clinic.station("desk 1", "Ben");
    let id = check(&mut store, Some("Patient/7"));
    let record = store.encounter(id).expect("it is there");
    let opened = Cell::new(0);
    let open = |_: &str, _: &[u8]| {
        opened.set(opened.get() + 1);
        let (questionnaire, site) = (small(), Site::default());
        let codes = Codes::of(&questionnaire);
        match opened.get() {
            1 => Err("codes.yaml: it is not YAML".to_owned()),
            _ => Ok(redflag::push::Opened { questionnaire, codes, site }),
        }
    };
    let mut parcels = Parcels::new(Base::default(), None, &open);
    assert!(parcels.of(&mut store, &record).is_err_and(|why| why.contains("codes.yaml")));
    for _ in 0..2 {
        parcels.of(&mut store, &record).expect("the file was mended");
    }
    assert_eq!(opened.get(), 2, "what was read is not read again");
}

#[test]
fn nobody_sends_who_may_not() {
    let clinic = Clinic::in_file();
    check(&mut clinic.station("desk 1", "Ana"), Some("Patient/7"));
    let fake = Fake::new([]);
    let mut command = push(&clinic, &fake.address, &["--once"]);
    let arguments: Vec<_> =
        command.get_args().map(|it| if it == "Ben" { "Ana".into() } else { it.to_owned() }).collect();
    command = Command::new(env!("CARGO_BIN_EXE_redflag"));
    let (status, said) =
        output(command.args(arguments).env("XDG_CONFIG_HOME", "/nonexistent").stdin(Stdio::null()));
    assert_eq!(status, Some(1), "{said}");
    assert!(said.contains("may not export"), "{said}");
    assert_eq!(fake.requests(), 0);
}

/// How many kills: more with `REDFLAG_KILLS=1000`.
fn kills() -> u64 {
    std::env::var("REDFLAG_KILLS").ok().and_then(|kills| kills.parse().ok()).unwrap_or(12)
}

/// Every way of going wrong, in an order that looks like none.
fn fault(number: u64) -> Option<Answer> {
    Some(match number * 7 % 11 {
        0 => Answer::Gone,
        1 => Answer::TakesAndGoes,
        2 => Answer::TakesAndBreaksOff,
        3 => Answer::TakesAndSays("{}".to_owned()),
        4 => says(500, "", ""),
        5 => Answer::TakesLate(Duration::from_millis(30)),
        6 => Answer::TakesAndSays("<".to_owned()),
        _ => return None,
    })
}

#[test]
fn kills_at_any_instant_lose_nothing_and_double_nothing() {
    everywhere(|clinic| {
        let fake = Fake::new([]);
        let mut store = clinic.station("desk 1", "Ana");
        let mut ids = Vec::new();
        for kill in 0..kills() {
            ids.push(check(&mut store, Some(&format!("Patient/{kill}"))));
            if kill % 3 == 2 {
                correct(&mut store, ids[kill as usize / 2], "severity", 5.into(), (kill % 5).into());
            }
            fake.then((0..4).filter_map(|more| fault(kill * 4 + more)));
            // Two at once, of which one gives way.
            let mut both: Vec<Child> = (0..1 + kill % 2)
                .map(|_| push(clinic, &fake.address, &[]).spawn().expect("it starts"))
                .collect();
            thread::sleep(Duration::from_millis(150 + 61 * (kill * 37 % 23)));
            for child in &mut both {
                child.kill().expect("killed");
                child.wait().expect("ended");
            }
        }
        fake.then([]);
        let (status, said) = once(clinic, &fake, "6");
        assert_eq!(status, Some(0), "{said}");
        fake.holds_nothing_twice();
        assert_eq!(fake.held("QuestionnaireResponse").len(), ids.len());
        assert_eq!(fake.held("RiskAssessment").len(), ids.len());
        // What is there is what the store says now.
        let mut reader = clinic.station("reader", "Ben");
        for id in ids {
            let record = reader.encounter(id).expect("it is there");
            let reference = record.reference().expect("a patient").to_owned();
            let held = fake
                .held("Observation")
                .into_iter()
                .filter(|held| held.resource["subject"]["reference"] == reference.as_str());
            let values: Vec<i64> = held.filter_map(|held| held.resource["valueInteger"].as_i64()).collect();
            assert_eq!(
                values,
                [record.value["answers"]["severity"].as_i64().expect("a number")],
                "{reference}"
            );
            assert!(matches!(notes(clinic, id).last(), Some(Event::Sent { .. })), "{reference}");
        }
        let verified = clinic.open("reader").verify(&[]).expect("verified");
        assert!(verified.found.is_empty(), "{:?}", verified.found);
    });
}
