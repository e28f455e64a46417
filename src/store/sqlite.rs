//! SQLite: one file on one host, which several processes read and write at once.

use std::path::Path;
use std::thread;
use std::time::Duration;

use rusqlite::types::{ToSqlOutput, Value, ValueRef};
use rusqlite::{Connection, Error, ErrorCode, OpenFlags, ToSql, params_from_iter};

use super::database::{BEGIN, Cell, Database, Fault, Row, SNAPSHOT, Trouble};

/// How long to wait while others write. Their transactions are small.
const WAIT: Duration = Duration::from_secs(10);

/// How long until the lock is tried again. SQLite's own pauses grow to 100 ms, and nobody stands in line: whoever tries
/// so seldom hardly ever gets it from somebody who writes without a pause.
const BETWEEN: Duration = Duration::from_millis(2);

pub(super) struct Sqlite {
    connection: Connection,
    version: Option<i64>,
}

impl Sqlite {
    /// Begins with an empty file that is there. Only its log lets several read while one writes.
    pub fn create(path: &Path) -> Result<Sqlite, Fault> {
        let sqlite = Sqlite::open(path)?;
        sqlite.connection.execute_batch("pragma journal_mode = wal").map_err(fault)?;
        Ok(sqlite)
    }

    /// Opens a file that is there, and changes nothing in it.
    pub fn open(path: &Path) -> Result<Sqlite, Fault> {
        let flags = OpenFlags::SQLITE_OPEN_READ_WRITE | OpenFlags::SQLITE_OPEN_NO_MUTEX;
        let connection = Connection::open_with_flags(path, flags).map_err(fault)?;
        connection.busy_handler(Some(wait)).map_err(fault)?;
        // Every commit is on the disk before it returns, and what is deleted is overwritten.
        connection
            .execute_batch(
                "pragma synchronous = full; pragma secure_delete = on; \
                 pragma trusted_schema = off; pragma temp_store = memory;",
            )
            .map_err(fault)?;
        connection.set_prepared_statement_cache_capacity(64);
        Ok(Sqlite { connection, version: None })
    }
}

impl Database for Sqlite {
    fn run(&mut self, sql: &str, with: &[Cell]) -> Result<u64, Fault> {
        let mut statement = self.connection.prepare_cached(sql).map_err(fault)?;
        statement.execute(params_from_iter(with)).map(|rows| rows as u64).map_err(fault)
    }

    fn rows(&mut self, sql: &str, with: &[Cell]) -> Result<Vec<Row>, Fault> {
        let mut statement = self.connection.prepare_cached(sql).map_err(fault)?;
        let columns = statement.column_count();
        let mut rows = statement.query(params_from_iter(with)).map_err(fault)?;
        let mut read = Vec::new();
        while let Some(row) = rows.next().map_err(fault)? {
            let cells = (0..columns).map(|at| row.get_ref(at).map(cell));
            read.push(cells.collect::<Result<Row, Error>>().map_err(fault)?);
        }
        Ok(read)
    }

    fn script(&mut self, sql: &str) -> Result<(), Fault> {
        // Whoever reads first and writes then would find out too late that somebody else has written meanwhile.
        let sql = match sql {
            BEGIN => "begin immediate",
            SNAPSHOT => "begin",
            sql => sql,
        };
        self.connection.execute_batch(sql).map_err(fault)
    }

    fn changed(&mut self) -> Result<bool, Fault> {
        let version = self.rows("pragma data_version", &[])?;
        let version = version.first().and_then(|row| row.first()?.int());
        let is_same = version.is_some() && version == self.version;
        self.version = version;
        Ok(!is_same)
    }
}

impl ToSql for Cell {
    fn to_sql(&self) -> rusqlite::Result<ToSqlOutput<'_>> {
        Ok(match self {
            Cell::Null => ToSqlOutput::Owned(Value::Null),
            Cell::Int(int) => ToSqlOutput::Owned(Value::Integer(*int)),
            Cell::Text(text) => ToSqlOutput::Borrowed(ValueRef::Text(text.as_bytes())),
            Cell::Bytes(bytes) => ToSqlOutput::Borrowed(ValueRef::Blob(bytes)),
        })
    }
}

fn cell(value: ValueRef) -> Cell {
    match value {
        ValueRef::Integer(int) => Cell::Int(int),
        ValueRef::Text(text) => Cell::Text(String::from_utf8_lossy(text).into_owned()),
        ValueRef::Blob(bytes) => Cell::Bytes(bytes.to_vec()),
        // The store keeps no fractions.
        ValueRef::Null | ValueRef::Real(_) => Cell::Null,
    }
}

/// Waits for the lock, and says whether to try once more.
fn wait(tries: i32) -> bool {
    thread::sleep(BETWEEN);
    u128::try_from(tries).is_ok_and(|tries| tries < WAIT.as_millis() / BETWEEN.as_millis())
}

pub(super) fn fault(error: Error) -> Fault {
    let trouble = match error.sqlite_error_code() {
        Some(ErrorCode::DatabaseBusy | ErrorCode::DatabaseLocked) => Trouble::Busy,
        Some(ErrorCode::DiskFull) => Trouble::Full,
        Some(ErrorCode::PermissionDenied | ErrorCode::ReadOnly | ErrorCode::CannotOpen) => Trouble::Denied,
        Some(ErrorCode::DatabaseCorrupt | ErrorCode::NotADatabase) => Trouble::Damaged,
        // A failed write may be in the log all the same.
        Some(ErrorCode::SystemIoFailure) => Trouble::Disk,
        _ => Trouble::Other,
    };
    Fault { trouble, words: error.to_string() }
}
