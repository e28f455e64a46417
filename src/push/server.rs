//! One transaction to a server, and its answer.

use std::fmt;
use std::io;
use std::sync::Arc;
use std::time::Duration;

use jiff::Timestamp;

use super::address::Address;
use super::pace::retry_after;
use super::reply::{Reply, Said, reply, told};

/// An answer has some lines for each part; a longer one is none.
const LONGEST_ANSWER: u64 = 8 << 20;

/// Who may send. It is shown nowhere, also not by `{:?}`.
#[derive(Clone, PartialEq, Eq)]
pub struct Token(String);

impl Token {
    /// # Errors
    /// When there is nothing, or something that no header can have.
    pub fn of(text: &str) -> Result<Token, &'static str> {
        let text = text.trim();
        match (text.is_empty(), text.bytes().all(|byte| byte.is_ascii_graphic())) {
            (true, _) => Err("it has no token in it"),
            (false, false) => Err("a token is one word of ASCII characters"),
            (false, true) => Ok(Token(text.to_owned())),
        }
    }
}

impl fmt::Debug for Token {
    fn fmt(&self, f: &mut fmt::Formatter) -> fmt::Result {
        f.write_str("Token")
    }
}

/// A server that takes transactions.
pub struct Server {
    address: Address,
    agent: ureq::Agent,
}

impl Server {
    /// `patience`: how long one answer may take.
    ///
    /// # Errors
    /// When it wants what this program was built without, or this machine trusts nobody.
    pub fn at(address: Address, patience: Duration) -> Result<Server, String> {
        let config = ureq::Agent::config_builder()
            // A token that follows a redirection is in the wrong hands.
            .max_redirects(0)
            .http_status_as_error(false)
            .timeout_global(Some(patience))
            .timeout_connect(Some(patience.min(Duration::from_secs(10))))
            .user_agent(concat!("redflag/", env!("CARGO_PKG_VERSION")))
            // A server that has closed an old connection would look as if it was down.
            .max_idle_connections(0);
        let config = match address.is_https() {
            true => encrypted(config)?,
            // In the open only to whom the address names.
            false => config.proxy(None),
        };
        Ok(Server { address, agent: config.build().into() })
    }

    pub fn address(&self) -> &Address {
        &self.address
    }

    /// Sends a transaction with so many parts.
    pub fn send(&self, transaction: &str, entries: usize, token: Option<&Token>) -> Reply {
        let secret = token.map(|Token(token)| token.as_str());
        match self.try_to_send(transaction, entries, token) {
            Ok(reply) => reply,
            Err(error) => match stranger(&error) {
                Some(why) => Reply::Closed(why),
                None => Reply::Later { why: told(&what(&error), secret), after: None },
            },
        }
    }

    fn try_to_send(
        &self,
        transaction: &str,
        entries: usize,
        token: Option<&Token>,
    ) -> Result<Reply, ureq::Error> {
        let mut request = self
            .agent
            .post(self.address.as_str())
            .header("content-type", "application/fhir+json; charset=utf-8")
            // No `Prefer: return=minimal`: the standard lets a server answer that without a word on any of the parts.
            .header("accept", "application/fhir+json");
        if let Some(Token(token)) = token {
            request = request.header("authorization", format!("Bearer {token}"));
        }
        let mut answer = request.send(transaction)?;
        let header =
            |name: &str| answer.headers().get(name).and_then(|value| value.to_str().ok()).map(str::to_owned);
        let after = header("retry-after").and_then(|after| retry_after(&after, Timestamp::now()));
        let (location, status) = (header("location"), answer.status().as_u16());
        let body = match answer.body_mut().with_config().limit(LONGEST_ANSWER).read_to_vec() {
            Ok(body) => body,
            // Whatever the rest of it is, a refusal is one.
            Err(_) if status >= 300 => Vec::new(),
            Err(error) => return Err(error),
        };
        let secret = token.map(|Token(token)| token.as_str());
        let said = Said { status, after, location: location.as_deref(), body: &body, secret };
        Ok(reply(&said, entries))
    }
}

fn encrypted(
    config: ureq::config::ConfigBuilder<ureq::typestate::AgentScope>,
) -> Result<ureq::config::ConfigBuilder<ureq::typestate::AgentScope>, String> {
    use ureq::tls::{Certificate, RootCerts, TlsConfig};

    let trusted = rustls_native_certs::load_native_certs();
    if trusted.certs.is_empty() {
        let why = trusted.errors.first().map(|error| format!(": {error}")).unwrap_or_default();
        return Err(format!(
            "this machine trusts no certificate authority, so no server can prove who it is{why}. Install \
             ca-certificates, or name a file in SSL_CERT_FILE"
        ));
    }
    let trusted: Vec<_> = trusted.certs.iter().map(|found| Certificate::from_der(found).to_owned()).collect();
    let tls = TlsConfig::builder()
        .root_certs(RootCerts::Specific(Arc::new(trusted)))
        .unversioned_rustls_crypto_provider(Arc::new(rustls::crypto::ring::default_provider()));
    Ok(config.https_only(true).tls_config(tls.build()))
}

/// What went wrong on the way.
fn what(error: &ureq::Error) -> String {
    match error {
        ureq::Error::Timeout(_) => "the server didn't answer in time".to_owned(),
        ureq::Error::HostNotFound => "no host has this name".to_owned(),
        ureq::Error::ConnectionFailed => "the server can't be reached".to_owned(),
        ureq::Error::BodyExceedsLimit(_) => "the server's answer is endless".to_owned(),
        ureq::Error::Io(error) => match error.kind() {
            io::ErrorKind::ConnectionRefused => "nothing is running there (connection refused)".to_owned(),
            io::ErrorKind::UnexpectedEof => "the server broke off in the middle of its answer".to_owned(),
            _ => format!("the connection broke ({error})"),
        },
        error => format!("the server's answer can't be read ({error})"),
    }
}

/// Why a server is perhaps another one than its address says.
fn stranger(error: &ureq::Error) -> Option<String> {
    let error = match error {
        ureq::Error::Rustls(error) => Some(error),
        ureq::Error::Io(error) => error.get_ref().and_then(|inner| inner.downcast_ref()),
        _ => None,
    }?;
    let rustls::Error::InvalidCertificate(_) = error else { return None };
    Some(format!(
        "the server's certificate doesn't prove that it is the one at this address ({error}), so nothing was sent. If an \
         authority of your own has signed it, name the file with that authority's certificate in SSL_CERT_FILE"
    ))
}
