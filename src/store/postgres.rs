//! PostgreSQL: one database that stations on several hosts share, over TLS.

use std::collections::HashMap;
use std::error::Error as _;
use std::time::Duration;

use postgres::config::{Host, SslMode};
use postgres::error::SqlState;
use postgres::types::{IsNull, ToSql, Type, private::BytesMut, to_sql_checked};
use postgres::{Client, Config, Error, NoTls, Statement};
use rustls::{ClientConfig, RootCertStore};
use tokio_postgres_rustls::MakeRustlsConnect;

use super::database::{BEGIN, Cell, Database, Fault, Row, SNAPSHOT, Trouble};
use super::pgpass;

/// A server that does not answer for this long counts as gone.
const PATIENCE: Duration = Duration::from_secs(10);

/// What the server is told for each connection: a commit is on its disk before it is said, nobody waits for ever, and
/// what a station that has gone left open is given up.
const OPTIONS: &str = "-c synchronous_commit=on -c lock_timeout=10s -c statement_timeout=60s \
                       -c idle_in_transaction_session_timeout=20s -c client_min_messages=error";

pub(super) struct Postgres {
    config: Config,
    client: Option<Client>,
    statements: HashMap<String, Statement>,
    /// Whether a transaction was begun: with the connection gone it must not go on outside of one.
    is_within: bool,
    counted: Option<(i64, i64)>,
}

impl Postgres {
    /// Connects to the database of this address.
    pub fn open(address: &str) -> Result<Postgres, Fault> {
        let refused = |error: Error| Fault { trouble: Trouble::Other, words: without_address(&error) };
        let mut config: Config = address.parse().map_err(refused)?;
        config
            .connect_timeout(PATIENCE)
            .tcp_user_timeout(PATIENCE)
            .keepalives(true)
            .keepalives_idle(Duration::from_secs(5))
            .keepalives_interval(Duration::from_secs(2))
            .keepalives_retries(3)
            .application_name("redflag")
            .options(OPTIONS);
        if config.get_password().is_none()
            && let Some(password) = pgpass::password(&config)
        {
            config.password(password);
        }
        if !is_local(&config) {
            // Answers are sealed before they are sent; names of tables, times and the password are not.
            config.ssl_mode(SslMode::Require);
        }
        let mut database =
            Postgres { config, client: None, statements: HashMap::new(), is_within: false, counted: None };
        database.connected()?;
        Ok(database)
    }

    /// The connection, made again if it has gone.
    fn connected(&mut self) -> Result<&mut Client, Fault> {
        if self.client.as_ref().is_some_and(Client::is_closed) {
            self.client = None;
        }
        if self.client.is_none() {
            if self.is_within {
                return Err(Fault { trouble: Trouble::Lost, words: "the connection is gone".to_owned() });
            }
            self.statements.clear();
            self.counted = None;
            let client = match self.config.get_ssl_mode() {
                SslMode::Require => self.config.connect(tls()?),
                _ => self.config.connect(NoTls),
            };
            self.client = Some(client.map_err(fault)?);
        }
        self.client
            .as_mut()
            .ok_or_else(|| Fault { trouble: Trouble::Lost, words: "no connection".to_owned() })
    }

    fn statement(&mut self, sql: &str) -> Result<Statement, Fault> {
        self.connected()?;
        if let Some(statement) = self.statements.get(sql) {
            return Ok(statement.clone());
        }
        let statement = self.connected()?.prepare(sql).map_err(fault)?;
        self.statements.insert(sql.to_owned(), statement.clone());
        Ok(statement)
    }
}

impl Database for Postgres {
    fn run(&mut self, sql: &str, with: &[Cell]) -> Result<u64, Fault> {
        let statement = self.statement(sql)?;
        self.connected()?.execute(&statement, &parameters(with)).map_err(fault)
    }

    fn rows(&mut self, sql: &str, with: &[Cell]) -> Result<Vec<Row>, Fault> {
        let statement = self.statement(sql)?;
        let rows = self.connected()?.query(&statement, &parameters(with)).map_err(fault)?;
        Ok(rows.iter().map(|row| (0..row.len()).map(|at| cell(row, at)).collect()).collect())
    }

    fn script(&mut self, sql: &str) -> Result<(), Fault> {
        let (text, is_within) = match sql {
            BEGIN => ("begin", true),
            SNAPSHOT => ("begin transaction isolation level repeatable read read only", true),
            "commit" | "rollback" => (sql, false),
            sql => (sql, self.is_within),
        };
        let done = self.connected().and_then(|client| client.batch_execute(text).map_err(fault));
        self.is_within = is_within && done.is_ok();
        done
    }

    fn changed(&mut self) -> Result<bool, Fault> {
        let sql = "select count(*), cast(coalesce(sum(n), 0) as bigint) from writer";
        let row = self.rows(sql, &[])?.into_iter().next().unwrap_or_default();
        let counted = row.first().and_then(Cell::int).zip(row.get(1).and_then(Cell::int));
        let is_same = counted.is_some() && counted == self.counted;
        self.counted = counted;
        Ok(!is_same)
    }
}

/// Only what this host alone can hear goes without TLS.
fn is_local(config: &Config) -> bool {
    let is_own = |host: &Host| match host {
        Host::Unix(_) => true,
        Host::Tcp(name) => ["localhost", "127.0.0.1", "::1"].contains(&name.as_str()),
    };
    config.get_hosts().iter().all(is_own)
        && config.get_hostaddrs().iter().all(|address| address.is_loopback())
}

/// The certificate of the server must be signed by an authority that this host trusts, or one in `SSL_CERT_FILE`.
fn tls() -> Result<MakeRustlsConnect, Fault> {
    let mut roots = RootCertStore::empty();
    roots.add_parsable_certificates(rustls_native_certs::load_native_certs().certs);
    let provider = rustls::crypto::ring::default_provider().into();
    let config = ClientConfig::builder_with_provider(provider).with_safe_default_protocol_versions();
    let config = config.map_err(|error| Fault { trouble: Trouble::Other, words: error.to_string() })?;
    Ok(MakeRustlsConnect::new(config.with_root_certificates(roots).with_no_client_auth()))
}

fn parameters(with: &[Cell]) -> Vec<&(dyn ToSql + Sync)> {
    with.iter().map(|cell| cell as &(dyn ToSql + Sync)).collect()
}

impl ToSql for Cell {
    fn to_sql(
        &self,
        kind: &Type,
        out: &mut BytesMut,
    ) -> Result<IsNull, Box<dyn std::error::Error + Sync + Send>> {
        match self {
            Cell::Null => Ok(IsNull::Yes),
            Cell::Int(int) => int.to_sql(kind, out),
            Cell::Text(text) => text.to_sql(kind, out),
            Cell::Bytes(bytes) => bytes.to_sql(kind, out),
        }
    }

    fn accepts(kind: &Type) -> bool {
        [Type::INT8, Type::TEXT, Type::BYTEA].contains(kind)
    }

    to_sql_checked!();
}

fn cell(row: &postgres::Row, at: usize) -> Cell {
    let kind = row.columns()[at].type_();
    let read = match *kind {
        Type::INT8 => row.try_get::<_, Option<i64>>(at).ok().flatten().map(Cell::Int),
        Type::TEXT => row.try_get::<_, Option<String>>(at).ok().flatten().map(Cell::Text),
        Type::BYTEA => row.try_get::<_, Option<Vec<u8>>>(at).ok().flatten().map(Cell::Bytes),
        _ => None,
    };
    read.unwrap_or(Cell::Null)
}

fn fault(error: Error) -> Fault {
    let trouble = match error.code() {
        // No answer of the server: the connection was cut, or there was none.
        None => Trouble::Lost,
        Some(code) => match *code {
            SqlState::DISK_FULL => Trouble::Full,
            SqlState::INSUFFICIENT_PRIVILEGE => Trouble::Denied,
            SqlState::T_R_SERIALIZATION_FAILURE
            | SqlState::T_R_DEADLOCK_DETECTED
            | SqlState::LOCK_NOT_AVAILABLE
            | SqlState::QUERY_CANCELED => Trouble::Busy,
            SqlState::DATA_CORRUPTED | SqlState::INDEX_CORRUPTED => Trouble::Damaged,
            _ => match code.code().get(..2) {
                Some("28") => Trouble::Denied,
                // Connections, and a server that stops or starts.
                Some("08" | "57") => Trouble::Lost,
                Some("53") => Trouble::Busy,
                _ => Trouble::Other,
            },
        },
    };
    Fault { trouble, words: without_address(&error) }
}

/// The message of an error, and its causes. None of them repeats the address, which may hold a password.
fn without_address(error: &Error) -> String {
    if let Some(told) = error.as_db_error() {
        return told.message().to_owned();
    }
    let mut words = error.to_string();
    let mut cause = error.source();
    while let Some(error) = cause {
        words += &format!(": {error}");
        cause = error.source();
    }
    words
}
