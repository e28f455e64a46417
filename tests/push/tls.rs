//! A server behind TLS, whose certificate an authority of the test has signed.

use std::io::{Read, Write};
use std::net::{TcpListener, TcpStream};
use std::path::Path;
use std::process::Command;
use std::sync::Arc;
use std::thread;

use rustls::pki_types::pem::PemObject;
use rustls::pki_types::{CertificateDer, PrivateKeyDer};
use rustls::{ServerConfig, ServerConnection, StreamOwned};

/// An authority, another one, and a certificate of the first for `localhost`, in a folder.
pub fn certificates(folder: &Path) -> Result<(), String> {
    let script = r#"
        cd "$1" && umask 077
        openssl req -x509 -newkey rsa:2048 -nodes -keyout ca.key -out ca.pem -subj /CN=authority -days 2
        openssl req -x509 -newkey rsa:2048 -nodes -keyout other.key -out other.pem -subj /CN=other -days 2
        openssl req -newkey rsa:2048 -nodes -keyout server.key -out server.csr -subj /CN=localhost
        echo subjectAltName=DNS:localhost > names
        openssl x509 -req -in server.csr -CA ca.pem -CAkey ca.key -CAcreateserial -days 2 -extfile names -out server.pem
        test -s server.pem"#;
    let mut command = Command::new("sh");
    command.args(["-ec", script, "sh"]).arg(folder);
    let done = command.output().map_err(|error| error.to_string())?;
    if done.status.success() { Ok(()) } else { Err("openssl made no certificates".to_owned()) }
}

/// Passes each request on to the server at `plain`, and its answer back. Gives its port.
pub fn in_front_of(plain: &str, folder: &Path) -> u16 {
    let listener = TcpListener::bind("127.0.0.1:0").expect("a port");
    let port = listener.local_addr().expect("an address").port();
    let chain = CertificateDer::pem_file_iter(folder.join("server.pem")).expect("a file");
    let chain: Vec<_> = chain.map(|found| found.expect("a certificate")).collect();
    let key = PrivateKeyDer::from_pem_file(folder.join("server.key")).expect("a key");
    let provider = Arc::new(rustls::crypto::ring::default_provider());
    let config = ServerConfig::builder_with_provider(provider).with_safe_default_protocol_versions();
    let config = config.expect("versions").with_no_client_auth().with_single_cert(chain, key);
    let config = Arc::new(config.expect("a certificate and its key"));
    let host = plain.trim_start_matches("http://").split('/').next().expect("a host").to_owned();
    thread::spawn(move || {
        for stream in listener.incoming().flatten() {
            let connection = ServerConnection::new(Arc::clone(&config)).expect("a connection");
            let host = host.clone();
            thread::spawn(move || pass_on(StreamOwned::new(connection, stream), &host));
        }
    });
    port
}

fn pass_on(mut outside: StreamOwned<ServerConnection, TcpStream>, host: &str) -> Option<()> {
    let mut request = Vec::new();
    let mut bytes = [0; 16_384];
    while !is_whole(&request) {
        let read = outside.read(&mut bytes).ok().filter(|read| *read > 0)?;
        request.extend_from_slice(&bytes[..read]);
    }
    let mut inside = TcpStream::connect(host).ok()?;
    inside.write_all(&request).ok()?;
    let mut answer = Vec::new();
    inside.read_to_end(&mut answer).ok()?;
    outside.write_all(&answer).ok()?;
    outside.conn.send_close_notify();
    outside.flush().ok()
}

/// Whether as much has come as its head says.
fn is_whole(request: &[u8]) -> bool {
    let text = String::from_utf8_lossy(request);
    let Some((head, _)) = text.split_once("\r\n\r\n") else { return false };
    let length = head
        .lines()
        .find_map(|line| line.to_lowercase().strip_prefix("content-length:")?.trim().parse::<usize>().ok());
    request.len() >= head.len() + 4 + length.unwrap_or(0)
}
