//! Copies of a store, made while others work.
//!
//! A backup is a store without the keys of its encounters. They are in a book of keys beside it, of which there is one
//! for all backups in a folder: a purge writes it anew, and what was erased can't be read in any of them.

use std::fs;
use std::io::{self, Write};
use std::path::{Path, PathBuf};

use jiff::Timestamp;
use tempfile::NamedTempFile;

use super::database::{BEGIN, Cell, Database, SNAPSHOT};
use super::entry::{EncounterId, Event};
use super::migrations::STEPS;
use super::place::make_file;
use super::sqlite::Sqlite;
use super::{Place, Problem, Store, database_at, meta};
use crate::system::files;

/// The first line of a book.
const TITLE: &str = "redflag store book of keys 1";

/// Room for two million keys.
const LONGEST_BOOK: usize = 512 << 20;

/// Rows in one transaction.
const PAGE: u64 = 500;

/// The tables, their columns, and by what they are paged through.
const TABLES: [(&str, &str, &str); 6] = [
    ("meta", "k, v", "k"),
    ("questionnaire", "sha256, id, version, written", "sha256"),
    ("writer", "writer, station, n, hash", "writer"),
    ("person", "person, sealed", "person"),
    ("encounter", "enc, opened, changed, rev, wrapped, summary", "enc"),
    ("entry", "writer, n, enc, rev, at, witness, body, body_hash, hash", "writer, n"),
];

/// What was copied.
#[derive(Debug, PartialEq, Eq)]
pub struct BackedUp {
    pub entries: u64,
    /// The book of keys beside it.
    pub book: PathBuf,
}

/// The books of keys beside backups.
#[derive(Debug, Default, PartialEq, Eq)]
pub struct Books {
    /// Written anew.
    pub renewed: Vec<String>,
    /// Those that could not be, and why.
    pub left: Vec<(String, String)>,
}

impl Store {
    /// Copies the store as it is at one moment into a new file, while others write.
    ///
    /// # Errors
    /// When whoever is signed in may not do it, or there is a file of that name, or it can't be written; nothing is left
    /// then.
    pub fn back_up(&mut self, at: Timestamp, file: &Path) -> Result<BackedUp, Problem> {
        let who = self.keeper()?;
        self.key_is_ours()?;
        self.log(at, who, Event::BackedUp)?;
        let copied = copy_to_file(self.database.as_mut(), file)?;
        let folder = file.parent().filter(|folder| !folder.as_os_str().is_empty()).unwrap_or(Path::new("."));
        let folder = fs::canonicalize(folder).map_err(|error| unwritten(file, &error))?;
        let book = folder.join(format!("redflag-{}.keys", super::chain::digits(&self.id)));
        self.write_book(&book)?;
        let mut books = self.books()?;
        let name = book.to_string_lossy().into_owned();
        if !books.contains(&name) {
            books.push(name);
            self.keep_books(&books)?;
        }
        Ok(BackedUp { entries: copied, book })
    }

    /// Writes all books of keys anew.
    pub(super) fn renew_books(&mut self) -> Result<Books, Problem> {
        let mut books = Books::default();
        for book in self.books()? {
            match self.write_book(Path::new(&book)) {
                Ok(()) => books.renewed.push(book),
                Err(problem) => books.left.push((book, problem.to_string())),
            }
        }
        Ok(books)
    }

    fn books(&mut self) -> Result<Vec<String>, Problem> {
        let sealed = meta(self.database.as_mut(), "books")?;
        let text = sealed.and_then(|sealed| self.log_key.open(&sealed, &self.place_of_books()));
        Ok(text.and_then(|text| serde_json::from_slice(&text).ok()).unwrap_or_default())
    }

    fn keep_books(&mut self, books: &[String]) -> Result<(), Problem> {
        let text = serde_json::to_vec(books).map_err(|error| Problem::Damaged(error.to_string()))?;
        let sealed = self.log_key.seal(&text, &self.place_of_books())?;
        let sql = "insert into meta (k, v) values ('books', $1) on conflict (k) do update set v = excluded.v";
        self.database.run(sql, &[Cell::Bytes(sealed)])?;
        Ok(())
    }

    /// The sealed keys of all encounters that are not erased, in the place of the last book.
    fn write_book(&mut self, book: &Path) -> Result<(), Problem> {
        let rows = self.database.rows("select enc, wrapped from encounter where wrapped is not null", &[])?;
        let hexadecimal = |bytes: &[u8]| bytes.iter().map(|byte| format!("{byte:02x}")).collect::<String>();
        let mut text = format!("{TITLE}\n{}\n", hexadecimal(&self.id));
        for part in ["epoch", "kdf", "key"] {
            let value = meta(self.database.as_mut(), part)?.unwrap_or_default();
            text += &format!("{part} {}\n", hexadecimal(&value));
        }
        for row in rows {
            if let [Cell::Bytes(id), Cell::Bytes(wrapped)] = &row[..] {
                text += &format!("{} {}\n", hexadecimal(id), hexadecimal(wrapped));
            }
        }
        let write = || -> io::Result<()> {
            let folder = book.parent().unwrap_or(Path::new("."));
            let mut file = NamedTempFile::new_in(folder)?;
            file.write_all(text.as_bytes())?;
            file.as_file().sync_all()?;
            file.persist(book)?;
            fs::File::open(folder)?.sync_all()
        };
        write().map_err(|error| unwritten(book, &error))
    }
}

/// Makes a store at `place` of a backup and its book of keys.
///
/// # Errors
/// When there is a store at that place, or the two don't belong together; nothing is left then.
pub fn restore(file: &Path, book: &Path, place: &Place) -> Result<u64, Problem> {
    let book = read_book(book)?;
    super::place::look_at_file(file)?;
    let mut from = Sqlite::open(file)?;
    if meta(&mut from, "store")? != Some(book.store.clone()) {
        return Err(Problem::Place("the key book belongs to another store than the backup".to_owned()));
    }
    match place {
        Place::File(path) => {
            make_store_file(path)?;
            let restored = Sqlite::create(path).map_err(Problem::from).and_then(|mut to| {
                let copied = copy(&mut from, &mut to, false)?;
                put_keys(&mut to, &book)?;
                Ok(copied)
            });
            restored.inspect_err(|_| remove(path))
        }
        Place::Postgres(_) => {
            let mut to = database_at(place)?;
            let copied = copy(&mut from, to.as_mut(), false)?;
            put_keys(to.as_mut(), &book)?;
            Ok(copied)
        }
    }
}

/// A book of keys as it is read.
struct Book {
    store: Vec<u8>,
    meta: Vec<(String, Vec<u8>)>,
    keys: Vec<(EncounterId, Vec<u8>)>,
}

fn read_book(path: &Path) -> Result<Book, Problem> {
    let problem = |why: &str| Problem::KeyFile(path.to_owned(), why.to_owned());
    let bytes = files::read(path, LONGEST_BOOK).map_err(|error| problem(&error.to_string()))?;
    let text = String::from_utf8(bytes).map_err(|_| problem("it is not a key book"))?;
    let mut lines = text.lines();
    if lines.next() != Some(TITLE) {
        return Err(problem("it is not a key book"));
    }
    let damaged = || problem("a line of it is damaged");
    let store = lines.next().and_then(of_hexadecimal).ok_or_else(damaged)?;
    let (mut meta, mut keys) = (Vec::new(), Vec::new());
    for line in lines {
        let (name, value) = line.split_once(' ').ok_or_else(damaged)?;
        let value = of_hexadecimal(value).ok_or_else(damaged)?;
        match name {
            "epoch" | "kdf" | "key" => meta.push((name.to_owned(), value)),
            id => keys.push((id.parse().map_err(|()| damaged())?, value)),
        }
    }
    Ok(Book { store, meta, keys })
}

fn of_hexadecimal(text: &str) -> Option<Vec<u8>> {
    let digits: Option<Vec<u8>> = text.chars().map(|c| c.to_digit(16).map(|digit| digit as u8)).collect();
    let digits = digits.filter(|digits| digits.len() % 2 == 0)?;
    Some(digits.chunks_exact(2).map(|pair| pair[0] << 4 | pair[1]).collect())
}

/// Keys are sealed for the newest key of the store, so that comes from the book as well.
fn put_keys(to: &mut dyn Database, book: &Book) -> Result<(), Problem> {
    to.script(BEGIN)?;
    for (key, value) in &book.meta {
        let sql = "update meta set v = $1 where k = $2";
        to.run(sql, &[Cell::from(value), Cell::from(key.as_str())])?;
    }
    for (id, wrapped) in &book.keys {
        let sql = "update encounter set wrapped = $1 where enc = $2";
        to.run(sql, &[Cell::from(wrapped), Cell::from(&id.0[..])])?;
    }
    // Of what was erased since, what is there can never be read.
    to.run("update encounter set summary = null where wrapped is null", &[])?;
    to.run(
        "update entry set body = null where enc in (select enc from encounter where wrapped is null)",
        &[],
    )?;
    Ok(to.script("commit")?)
}

fn copy_to_file(from: &mut dyn Database, path: &Path) -> Result<u64, Problem> {
    make_store_file(path)?;
    let copied = Sqlite::create(path).map_err(Problem::from).and_then(|mut to| {
        let copied = copy(from, &mut to, true)?;
        // One file, without a log beside it.
        to.script("pragma journal_mode = delete")?;
        Ok(copied)
    });
    copied.inspect_err(|_| remove(path))
}

/// Copies every row, in the same SQL for all databases; how many entries.
fn copy(from: &mut dyn Database, to: &mut dyn Database, without_keys: bool) -> Result<u64, Problem> {
    from.script(SNAPSHOT)?;
    let copied = copy_all(from, to, without_keys);
    let ended = from.script("rollback");
    let copied = copied?;
    ended?;
    Ok(copied)
}

fn copy_all(from: &mut dyn Database, to: &mut dyn Database, without_keys: bool) -> Result<u64, Problem> {
    to.script(BEGIN)?;
    for step in STEPS {
        to.script(step)?;
    }
    to.script("commit")?;
    let mut entries = 0;
    for (table, columns, order) in TABLES {
        let count = columns.split(", ").count();
        let places: Vec<String> = (1..=count).map(|at| format!("${at}")).collect();
        let insert = format!("insert into {table} ({columns}) values ({})", places.join(", "));
        let select = format!("select {columns} from {table} order by {order} limit $1 offset $2");
        let mut copied: u64 = 0;
        loop {
            let rows = from.rows(&select, &[PAGE.into(), copied.into()])?;
            if rows.is_empty() {
                break;
            }
            to.script(BEGIN)?;
            for mut row in rows {
                copied += 1;
                if table == "encounter" && without_keys {
                    row[4] = Cell::Null;
                }
                to.run(&insert, &row)?;
            }
            to.script("commit")?;
        }
        if table == "entry" {
            entries = copied;
        }
    }
    Ok(entries)
}

fn make_store_file(path: &Path) -> Result<(), Problem> {
    match make_file(path) {
        Ok(_) => Ok(()),
        Err(error) if error.kind() == io::ErrorKind::AlreadyExists => {
            Err(Problem::IsThere(path.display().to_string()))
        }
        Err(error) => Err(unwritten(path, &error)),
    }
}

fn unwritten(path: &Path, error: &io::Error) -> Problem {
    Problem::Place(format!("{} cannot be written: {error}", path.display()))
}

/// Takes away a file that was made in vain, with what SQLite puts beside it.
pub(super) fn remove(path: &Path) {
    for ending in ["", "-wal", "-shm", "-journal"] {
        let mut name = path.as_os_str().to_owned();
        name.push(ending);
        let _ = fs::remove_file(name);
    }
}
