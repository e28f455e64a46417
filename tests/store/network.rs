//! A server that is restarted, and a network that is cut at any instant, also between a commit and its answer.

use std::io::{Read, Write};
use std::net::{Shutdown, TcpListener, TcpStream};
use std::sync::atomic::{AtomicBool, AtomicU64, Ordering};
use std::sync::{Arc, Mutex};
use std::thread;
use std::time::Duration;

use redflag::store::*;

use super::clinic::*;
use super::server::Server;

/// Writes until it is kept, as a station does with a question that stays on its screen.
fn insist(store: &mut Store, id: EncounterId, after: Revision, number: usize) -> (Revision, usize) {
    let event = [Event::Note { question: None, text: format!("{number}") }];
    for tries in 0..200 {
        match store.append(id, after, at(number as i64), &event) {
            Ok(appended) => return (kept(appended), tries),
            Err(problem) => assert!(problem.may_pass(), "{problem}"),
        }
        thread::sleep(Duration::from_millis(50));
    }
    panic!("never kept")
}

fn each_once(store: &mut Store, id: EncounterId, count: usize) {
    let record = store.encounter(id).expect("there");
    let there: Vec<String> = record.notes.iter().map(|note| note.text.clone()).collect();
    assert_eq!(there, (0..count).map(|number| number.to_string()).collect::<Vec<_>>());
    assert_eq!(store.verify(&[]).expect("read").found, []);
}

/// Hands on what comes, until it is cut: then the answers are swallowed first, and the connections shut.
struct Proxy {
    port: u16,
    cut: Arc<AtomicBool>,
    open: Arc<Mutex<Vec<TcpStream>>>,
}

impl Proxy {
    fn before(server: u16) -> Proxy {
        let listener = TcpListener::bind("127.0.0.1:0").expect("a port");
        let port = listener.local_addr().expect("its address").port();
        let (cut, open) = (Arc::new(AtomicBool::new(false)), Arc::new(Mutex::new(Vec::new())));
        let proxy = Proxy { port, cut: cut.clone(), open: open.clone() };
        thread::spawn(move || {
            for client in listener.incoming().flatten() {
                let Ok(server) = TcpStream::connect(("127.0.0.1", server)) else { continue };
                let mut both = open.lock().expect("the list");
                both.extend([client.try_clone(), server.try_clone()].into_iter().flatten());
                let answers = (server.try_clone(), client.try_clone(), cut.clone());
                let (mut from, mut to) = (client, server);
                thread::spawn(move || hand_on(&mut from, &mut to, None));
                if let (Ok(mut from), Ok(mut to), cut) = answers {
                    thread::spawn(move || hand_on(&mut from, &mut to, Some(&cut)));
                }
            }
        });
        proxy
    }

    fn cut(&self) {
        self.cut.store(true, Ordering::SeqCst);
        // What was on its way to the server arrives, and its answer doesn't.
        thread::sleep(Duration::from_millis(15));
        for stream in self.open.lock().expect("the list").drain(..) {
            let _ = stream.shutdown(Shutdown::Both);
        }
        self.cut.store(false, Ordering::SeqCst);
    }
}

fn hand_on(from: &mut TcpStream, to: &mut TcpStream, swallow: Option<&AtomicBool>) {
    let mut bytes = [0; 4096];
    while let Ok(count @ 1..) = from.read(&mut bytes) {
        if !swallow.is_some_and(|swallow| swallow.load(Ordering::SeqCst))
            && to.write_all(&bytes[..count]).is_err()
        {
            break;
        }
    }
    let _ = (from.shutdown(Shutdown::Both), to.shutdown(Shutdown::Both));
}

#[test]
fn whatever_instant_the_network_is_cut_at_each_answer_is_there_once() {
    let clinic = match Clinic::in_server() {
        Ok(clinic) => clinic,
        Err(why) => return eprintln!("left out: {why}"),
    };
    let Place::Postgres(address) = &clinic.place else { panic!("not on a server") };
    let (name, server) =
        (address.rsplit('/').next().expect("a name"), super::server::shared().expect("there"));
    let proxy = Proxy::before(server.port);
    let place = Place::Postgres(format!("postgres://redflag@127.0.0.1:{}/{name}", proxy.port));
    let mut desk = Store::open(&place, &clinic.unlock, "desk").expect("opens");
    desk.sign_in("Ben", PIN, at(0)).expect("a PIN");
    let first = opened(&mut desk, Source::Intake, None);
    let (id, mut revision) = desk.begin(at(0), first, &[]).expect("kept");
    let done = Arc::new(AtomicBool::new(false));
    let cuts = Arc::new(AtomicU64::new(0));
    let cutting = {
        let (done, cuts) = (done.clone(), cuts.clone());
        thread::spawn(move || {
            while !done.load(Ordering::SeqCst) {
                let before = cuts.load(Ordering::SeqCst);
                thread::sleep(Duration::from_micros(40_000 + 7_919 * (before * 37 % 23)));
                proxy.cut();
                cuts.fetch_add(1, Ordering::SeqCst);
            }
        })
    };
    // As long as it takes to be cut off some times: on a quick machine sixty answers are kept before the first.
    let mut written = 0;
    while written < 60 || cuts.load(Ordering::SeqCst) <= 3 {
        (revision, _) = insist(&mut desk, id, revision, written);
        written += 1;
    }
    done.store(true, Ordering::SeqCst);
    cutting.join().expect("well");
    assert!(cuts.load(Ordering::SeqCst) > 3);
    each_once(&mut clinic.station("auditor", "Ben"), id, written);
}

#[test]
fn a_server_that_crashes_and_comes_back_has_everything_that_was_kept() {
    // With its disk written to for real.
    let server = match Server::start("") {
        Ok(server) => server,
        Err(why) => return eprintln!("left out: {why}"),
    };
    let clinic = Clinic::in_database(&server.address(&server.database("template0")));
    let mut desk = clinic.station("desk", "Ben");
    let first = opened(&mut desk, Source::Intake, None);
    let (id, mut revision) = desk.begin(at(0), first, &[]).expect("kept");
    let writing = thread::spawn(move || {
        for number in 0..300 {
            (revision, _) = insist(&mut desk, id, revision, number);
        }
    });
    for _ in 0..3 {
        thread::sleep(Duration::from_millis(300));
        server.crash().expect("it stops");
        server.begin().expect("it comes back");
    }
    writing.join().expect("all kept");
    each_once(&mut clinic.station("auditor", "Ben"), id, 300);
}

/// An authority and, signed by it, a server's certificate for `localhost`, in a folder of the server's user.
fn certificates(folder: &std::path::Path) -> Result<(), String> {
    let script = r#"
        cd "$1" && umask 077
        openssl req -x509 -newkey rsa:2048 -nodes -keyout ca.key -out ca.pem -subj /CN=authority -days 2
        openssl req -x509 -newkey rsa:2048 -nodes -keyout other.key -out other.pem -subj /CN=other -days 2
        openssl req -newkey rsa:2048 -nodes -keyout server.key -out server.csr -subj /CN=localhost
        echo subjectAltName=DNS:localhost > names
        openssl x509 -req -in server.csr -CA ca.pem -CAkey ca.key -CAcreateserial -days 2 -extfile names -out server.pem
        if [ "$(id -u)" = 0 ]; then chown -R postgres "$1"; fi
        test -s server.pem"#;
    let mut command = std::process::Command::new("sh");
    command.args(["-ec", script, "sh"]).arg(folder);
    let done = command.output().map_err(|error| error.to_string())?;
    if done.status.success() { Ok(()) } else { Err("openssl made no certificates".to_owned()) }
}

#[test]
fn a_server_must_show_a_certificate_of_an_authority_that_is_trusted() {
    let folder = tempfile::tempdir().expect("a folder");
    let path = folder.path().to_str().expect("a path");
    let options =
        format!("-c ssl=on -c ssl_cert_file='{path}/server.pem' -c ssl_key_file='{path}/server.key'");
    let server = match certificates(folder.path()).and_then(|()| Server::start(&options)) {
        Ok(server) => server,
        Err(why) => return eprintln!("left out: {why}"),
    };
    let init = |authority: &str| {
        let address = format!("postgres://redflag@localhost:{}/postgres?sslmode=require", server.port);
        std::process::Command::new(env!("CARGO_BIN_EXE_redflag"))
            .args(["store", "init", "--store", &address])
            .env("XDG_CONFIG_HOME", "/nonexistent")
            .env("XDG_DATA_HOME", folder.path().join("data"))
            .env("SSL_CERT_FILE", folder.path().join(authority))
            .output()
            .expect("it runs")
    };
    let refused = init("other.pem");
    let why = String::from_utf8_lossy(&refused.stderr).into_owned();
    assert!(refused.status.code() == Some(1) && why.contains("certificate"), "{refused:?}");
    let made = init("ca.pem");
    assert_eq!(made.status.code(), Some(0), "{made:?}");
    let mut client = server.client("postgres");
    let tables = client.query_one("select count(*) from meta", &[]).expect("a table");
    assert_eq!(tables.get::<_, i64>(0), 5);
}
