//! A FHIR server that misbehaves as it is told to, and counts what it holds.

use std::collections::VecDeque;
use std::io::{BufRead, BufReader, Read, Write};
use std::net::{TcpListener, TcpStream};
use std::sync::{Arc, Mutex};
use std::thread;
use std::time::Duration;

use serde_json::{Value, json};

/// How one request is answered.
#[derive(Debug, Clone)]
pub enum Answer {
    /// With this status, these headers and this body; nothing is taken.
    Says(u16, String, String),
    /// The connection is closed before anything is read.
    Gone,
    /// The connection is closed in the middle of the request.
    GoneWhileReading,
    /// Everything is taken, and nothing is answered until the other side has gone.
    TakesAndIsSilent,
    /// Everything is taken, and the connection closed.
    TakesAndGoes,
    /// Everything is taken, and half of the answer comes.
    TakesAndBreaksOff,
    /// Everything is taken, and the answer is this.
    TakesAndSays(String),
    /// Everything is taken, and the answer has no end.
    TakesAndNeverEnds,
    /// Everything is taken, and its answer comes a byte at a time.
    TakesAndDrips,
    /// What comes is taken only after the other side has waited for so long.
    TakesLate(Duration),
}

/// A resource that the server holds.
#[derive(Debug, Clone)]
pub struct Held {
    pub identifier: String,
    pub resource: Value,
    pub versions: usize,
}

#[derive(Default)]
pub struct State {
    pub answers: VecDeque<Answer>,
    pub held: Vec<Held>,
    /// The head of each request.
    pub heads: Vec<String>,
    /// Transactions that were taken.
    pub taken: usize,
    /// Parts that a transaction may have.
    pub most: Option<usize>,
    /// Every second resource of a kind is there twice, under one identifier.
    pub doubled: bool,
}

pub struct Fake {
    pub address: String,
    pub state: Arc<Mutex<State>>,
}

impl Fake {
    pub fn new(answers: impl IntoIterator<Item = Answer>) -> Fake {
        let listener = TcpListener::bind("127.0.0.1:0").expect("a port");
        let address = format!("http://{}/fhir", listener.local_addr().expect("an address"));
        let state =
            Arc::new(Mutex::new(State { answers: answers.into_iter().collect(), ..State::default() }));
        let shared = Arc::clone(&state);
        thread::spawn(move || {
            for stream in listener.incoming().flatten() {
                let state = Arc::clone(&shared);
                thread::spawn(move || serve(stream, &state));
            }
        });
        Fake { address, state }
    }

    pub fn then(&self, answers: impl IntoIterator<Item = Answer>) {
        self.state.lock().expect("the state").answers = answers.into_iter().collect();
    }

    pub fn requests(&self) -> usize {
        self.state.lock().expect("the state").heads.len()
    }

    pub fn heads(&self) -> String {
        self.state.lock().expect("the state").heads.join("\n")
    }

    /// What it holds of a kind.
    pub fn held(&self, kind: &str) -> Vec<Held> {
        let state = self.state.lock().expect("the state");
        state.held.iter().filter(|held| held.resource["resourceType"] == kind).cloned().collect()
    }

    /// Everything is there once, whatever was sent how often.
    #[track_caller]
    pub fn holds_nothing_twice(&self) {
        let state = self.state.lock().expect("the state");
        let mut known: Vec<(&str, &str)> = Vec::new();
        for held in &state.held {
            let one = (held.resource["resourceType"].as_str().unwrap_or_default(), held.identifier.as_str());
            assert!(!known.contains(&one), "twice: {one:?}");
            known.push(one);
        }
    }
}

/// The request, and whether all of it came.
fn read(stream: &TcpStream) -> Option<(String, Value)> {
    let mut reader = BufReader::new(stream.try_clone().ok()?);
    let (mut head, mut line) = (String::new(), String::new());
    while reader.read_line(&mut line).ok()? > 2 {
        head += &line;
        line.clear();
    }
    let length = head
        .lines()
        .find_map(|line| line.to_lowercase().strip_prefix("content-length:")?.trim().parse().ok());
    let mut body = vec![0; length?];
    reader.read_exact(&mut body).ok()?;
    Some((head, serde_json::from_slice(&body).ok()?))
}

fn serve(mut stream: TcpStream, state: &Mutex<State>) {
    let answer = state.lock().expect("the state").answers.pop_front();
    if let Some(Answer::Gone) = answer {
        return;
    }
    if let Some(Answer::GoneWhileReading) = answer {
        let _ = stream.read(&mut [0; 100]);
        return;
    }
    let Some((head, body)) = read(&stream) else { return };
    state.lock().expect("the state").heads.push(head);
    let says = |status: u16, headers: &str, body: &str| {
        format!(
            "HTTP/1.1 {status} X\r\n{headers}content-length: {}\r\nconnection: close\r\n\r\n{body}",
            body.len()
        )
    };
    if let Some(Answer::Says(status, headers, body)) = &answer {
        let _ = stream.write_all(says(*status, headers, body).as_bytes());
        return;
    }
    if let Some(Answer::TakesLate(late)) = answer {
        thread::sleep(late);
    }
    let (status, taken) = take(&mut state.lock().expect("the state"), &body);
    let taken = taken.to_string();
    let well = says(status, "content-type: application/fhir+json\r\n", &taken);
    let _ = match answer {
        Some(Answer::TakesAndIsSilent) => stream.read(&mut [0; 1]).map(drop),
        Some(Answer::TakesAndGoes) => Ok(()),
        Some(Answer::TakesAndBreaksOff) => stream.write_all(&well.as_bytes()[..well.len() - taken.len() / 2]),
        Some(Answer::TakesAndSays(other)) => stream.write_all(says(200, "", &other).as_bytes()),
        Some(Answer::TakesAndNeverEnds) => {
            let begun = stream.write_all(b"HTTP/1.1 200 OK\r\nconnection: close\r\n\r\n");
            begun.and_then(|()| {
                loop {
                    stream.write_all(&[b' '; 65_536])?;
                }
            })
        }
        Some(Answer::TakesAndDrips) => well.bytes().try_for_each(|byte| {
            thread::sleep(Duration::from_millis(40));
            stream.write_all(&[byte])
        }),
        _ => stream.write_all(well.as_bytes()),
    };
}

/// A transaction as the standard says: conditional creates and updates, all of it or nothing.
fn take(state: &mut State, bundle: &Value) -> (u16, Value) {
    assert_eq!((&bundle["resourceType"], &bundle["type"]), (&json!("Bundle"), &json!("transaction")));
    let parts = bundle["entry"].as_array().expect("parts");
    assert_eq!(parts[0]["resource"]["resourceType"], "QuestionnaireResponse", "the others refer to it");
    if state.most.is_some_and(|most| parts.len() > most) {
        return (
            400,
            json!({ "resourceType": "OperationOutcome", "issue": [{ "severity": "error", "details": { "text": "too many entries" } }] }),
        );
    }
    let mut held = state.held.clone();
    let mut entries = Vec::new();
    for entry in parts {
        let (request, resource) = (&entry["request"], entry["resource"].clone());
        let kind = resource["resourceType"].as_str().expect("a kind").to_owned();
        let search = match request["method"].as_str() {
            Some("POST") => {
                assert_eq!(request["url"], kind.as_str());
                request["ifNoneExist"].as_str().expect("a condition").to_owned()
            }
            Some("PUT") => {
                assert_eq!(resource["id"], Value::Null, "a server has ids of its own");
                let url = request["url"].as_str().expect("an address");
                url.strip_prefix(&format!("{kind}?")).expect("a search").to_owned()
            }
            other => panic!("{other:?}"),
        };
        let identifier = search.strip_prefix("identifier=").expect("by identifier").to_owned();
        let of_resource = match kind.as_str() {
            "QuestionnaireResponse" => &resource["identifier"],
            "DocumentReference" => &resource["masterIdentifier"],
            _ => &resource["identifier"][0],
        };
        let text = |key: &str| of_resource[key].as_str().expect("an identifier");
        assert_eq!(identifier, format!("{}|{}", text("system"), text("value")));
        let is_it = |held: &&mut Held| {
            held.identifier == identifier && held.resource["resourceType"] == kind.as_str()
        };
        let mut found: Vec<&mut Held> = held.iter_mut().filter(is_it).collect();
        let status = match (&mut found[..], request["method"] == "PUT") {
            ([], _) => {
                held.push(Held { identifier, resource, versions: 1 });
                "201 Created"
            }
            ([_], false) => "200 OK",
            ([one], true) => {
                one.resource = resource;
                one.versions += 1;
                "200 OK"
            }
            (_, _) => {
                return (
                    412,
                    json!({ "resourceType": "OperationOutcome", "issue": [{ "severity": "error", "diagnostics": "Multiple matches" }] }),
                );
            }
        };
        entries.push(json!({ "response": { "status": status } }));
    }
    if state.doubled {
        held = held.iter().flat_map(|one| [one.clone(), one.clone()]).collect();
    }
    state.held = held;
    state.taken += 1;
    (200, json!({ "resourceType": "Bundle", "type": "transaction-response", "entry": entries }))
}
