//! `redflag store`: its keys, its people, its copies, and whether all of it is there.

use std::ffi::OsStr;
use std::fs;
use std::io::{self, Write};
use std::path::{Path, PathBuf};

use anyhow::Result;
use jiff::Timestamp;

use super::args::{AccessArgs, StoreAt, StoreCommand, StoreCommandArgs, UserArgs, UserCommand};
use super::values::RoleArg;
use super::{Exit, WrongUsage, keeping, quoting, words};
use crate::library::site_file;
use crate::store::{Books, Person, Place, Role, SHORTEST, Store, Unlock, restore};
use crate::text::clean_line;

pub fn run(args: &StoreCommandArgs) -> Result<Exit> {
    match &args.command {
        StoreCommand::Init(store) => init(store),
        StoreCommand::Verify { head, store } => verify(head, store),
        StoreCommand::Head(store) => {
            let head = open(store)?.head()?;
            say(&format!("{head}\n"))
        }
        StoreCommand::Backup { file, access } => back_up(file, access),
        StoreCommand::Restore { file, keys, store } => restored(file, keys.as_deref(), store.as_deref()),
        StoreCommand::Key { new_key, new_passphrase, access } => {
            change_key(new_key.as_deref(), new_passphrase.as_deref(), access)
        }
        StoreCommand::User { command } => people(command),
    }
}

/// Opens the store.
pub fn open(at: &StoreAt) -> Result<Store> {
    keeping::open(&at.store, &site_file::alone(at.site.site.as_deref())?)
}

/// Opens the store for somebody who signs in.
pub fn enter(access: &AccessArgs) -> Result<Store> {
    let mut store = open(&access.store)?;
    sign_in(&mut store, &access.user)?;
    Ok(store)
}

/// Signs somebody in, with the PIN in a file or a typed one.
pub fn sign_in(store: &mut Store, user: &UserArgs) -> Result<()> {
    match (&user.name, &user.pin) {
        (Some(name), Some(file)) => {
            store.sign_in(name, &keeping::pin_in(file)?, Timestamp::now())?;
            Ok(())
        }
        (name, _) => keeping::sign_in(store, name.as_deref()),
    }
}

fn init(args: &StoreAt) -> Result<Exit> {
    let site = site_file::alone(args.site.site.as_deref())?;
    let place = keeping::at(&args.store, &site)?;
    let station = keeping::station(&args.store, &site);
    let passphrase = args.store.passphrase_file.as_ref().or(site.store.passphrase_file.as_ref());
    let (unlock, opens) = match passphrase.filter(|_| args.store.key_file.is_none()) {
        Some(file) => (new_passphrase(file)?, "the passphrase".to_owned()),
        None => {
            let file = match args.store.key_file.as_ref().or(site.store.key_file.as_ref()) {
                Some(file) => file.clone(),
                None => place.key_file()?,
            };
            // One that is there was made for this, or for a store that this one is beside.
            let unlock = if file.exists() { Unlock::key_file(&file)? } else { Unlock::new_key_file(&file)? };
            (unlock, format!("the key in {}", file.display()))
        }
    };
    Store::create(&place, &unlock, &station)?;
    say(&format!(
        "A new store: {place}\nIt is opened by {opens}. Without that, nobody can ever read the store again, so keep a copy in a safe. Anybody who has both can read everything.\nNext: redflag store user add NAME --role \
         administrator{}\n",
        same_options(args)
    ))
}

/// The options that the next command needs to find the same store.
fn same_options(args: &StoreAt) -> String {
    let store = &args.store;
    let named = |option: &str, value: Option<&OsStr>| {
        value
            .map(|value| format!(" --{option} {}", quoting::word(&value.to_string_lossy())))
            .unwrap_or_default()
    };
    named("store", store.store.as_deref().map(OsStr::new))
        + &named("key-file", store.key_file.as_deref().map(Path::as_os_str))
        + &named("passphrase-file", store.passphrase_file.as_deref().map(Path::as_os_str))
        + &named("site", args.site.site.as_deref().map(Path::as_os_str))
}

/// A passphrase that is not too short.
fn new_passphrase(file: &Path) -> Result<Unlock> {
    let unlock = match file == Path::new("-") {
        true => Unlock::Passphrase(keeping::new_secret(words::NEW_PASSPHRASE)?),
        false => Unlock::passphrase_file(file)?,
    };
    if !unlock.is_long_enough() {
        return Err(WrongUsage(format!(
            "a passphrase needs at least {SHORTEST} characters: use several words"
        ))
        .into());
    }
    Ok(unlock)
}

fn verify(heads: &[String], args: &StoreAt) -> Result<Exit> {
    let verified = open(args)?.verify(heads)?;
    let mut words = format!(
        "Verified {}, {} and {}",
        counted(verified.encounters as u64, "check"),
        counted(verified.entries, "entry"),
        counted(verified.stations as u64, "station")
    );
    if verified.erased > 0 {
        words += &format!("; {} erased", counted(verified.erased as u64, "check"));
    }
    words += match verified.found.is_empty() {
        true => "\nEverything is there, unchanged.\n",
        false => "\n",
    };
    for finding in &verified.found {
        words += &format!("WRONG: {}\n", clean_line(&finding.to_string()));
    }
    say(&words)?;
    Ok(if verified.found.is_empty() { Exit::Done } else { Exit::NotAllWell })
}

fn back_up(file: &Path, access: &AccessArgs) -> Result<Exit> {
    let mut store = enter(access)?;
    let made = store.back_up(Timestamp::now(), file)?;
    say(&format!(
        "{} copied into {}\nThe keys of the checks are in {}, one key book for all backups in this folder: keep no old copies of it, because they could open what is erased later. Both files are useless without the key of the store.\n",
        counted(made.entries, "entry"),
        file.display(),
        made.book.display()
    ))
}

fn restored(file: &Path, keys: Option<&Path>, named: Option<&str>) -> Result<Exit> {
    let place = Place::of(named)?;
    let book = match keys {
        Some(keys) => keys.to_owned(),
        None => book_beside(file)?,
    };
    let entries = restore(file, &book, &place)?;
    let store = named.map(|place| format!(" --store {}", quoting::word(place))).unwrap_or_default();
    let kept = site_file::alone(None)?.store;
    let has_key = kept.key_file.is_some() || kept.passphrase_file.is_some();
    // The backup doesn't have it, so it is only known where it would be looked for.
    let next = match has_key || place.key_file().is_ok_and(|key| key.exists()) {
        true => format!("Next: redflag store verify{store}"),
        false => format!(
            "It is opened by the key that the store had when it was backed up.\nNext: redflag store verify{store} \
             --key-file FILE"
        ),
    };
    say(&format!("{} restored to {place}\n{next}\n", counted(entries, "entry")))
}

/// The only key book in the folder of a backup.
fn book_beside(file: &Path) -> Result<PathBuf> {
    let folder = file.parent().filter(|folder| !folder.as_os_str().is_empty()).unwrap_or(Path::new("."));
    let found = fs::read_dir(folder)?.filter_map(|entry| Some(entry.ok()?.path())).filter(|path| {
        let name = path.file_name().unwrap_or_default().to_string_lossy();
        name.starts_with("redflag-") && name.ends_with(".keys")
    });
    match &found.collect::<Vec<_>>()[..] {
        [book] => Ok(book.clone()),
        [] => {
            Err(WrongUsage("there is no key book beside the backup: give it with --keys".to_owned()).into())
        }
        _ => Err(WrongUsage(
            "there are several key books beside the backup: choose one with --keys".to_owned(),
        )
        .into()),
    }
}

fn change_key(new_key: Option<&Path>, passphrase: Option<&Path>, access: &AccessArgs) -> Result<Exit> {
    let mut store = enter(access)?;
    let unlock = match (new_key, passphrase) {
        (_, Some(file)) => new_passphrase(file)?,
        (Some(file), None) => Unlock::new_key_file(file)?,
        (None, None) => return Err(WrongUsage("name a new key file or a passphrase".to_owned()).into()),
    };
    let changed = store.change_key(Timestamp::now(), &unlock);
    if let (Err(_), Some(file)) = (&changed, new_key) {
        let _ = fs::remove_file(file);
    }
    let mut words = "The key was changed. Restart every program that has the store open, and destroy the old key: it still opens older copies.\n"
        .to_owned();
    words += &books(&changed?);
    say(&words)
}

/// What became of the key books.
pub fn books(books: &Books) -> String {
    let renewed = books.renewed.iter().map(|book| format!("Rewritten: {}\n", clean_line(book)));
    let left = books.left.iter().map(|(book, why)| {
        format!(
            "NOT rewritten: {} ({}); make another backup in that folder\n",
            clean_line(book),
            clean_line(why)
        )
    });
    renewed.chain(left).collect()
}

fn people(command: &UserCommand) -> Result<Exit> {
    match command {
        UserCommand::Add { name, role, new_pin, access } => {
            let mut store = open(&access.store)?;
            if !store.people()?.is_empty() {
                sign_in(&mut store, &access.user)?;
            }
            let pin = match new_pin {
                Some(file) => keeping::pin_in(file)?,
                None => keeping::new_secret(&words::new_pin_of(name))?,
            };
            let person = Person { name: name.clone(), role: (*role).into() };
            store.add_person(Timestamp::now(), person, &pin)?;
            say(&format!("{} may write as {}\n", clean_line(name), Role::from(*role).name()))
        }
        UserCommand::Remove { name, access } => {
            let mut store = enter(access)?;
            store.remove_person(Timestamp::now(), name)?;
            say(&format!("{} can no longer write\n", clean_line(name)))
        }
        UserCommand::List(store) => {
            let people = open(store)?.people()?;
            let lines = people
                .iter()
                .map(|person| format!("{:<14} {}\n", person.role.name(), clean_line(&person.name)));
            say(&lines.collect::<String>())
        }
    }
}

impl From<RoleArg> for Role {
    fn from(role: RoleArg) -> Role {
        match role {
            RoleArg::Kiosk => Role::Kiosk,
            RoleArg::Nurse => Role::Nurse,
            RoleArg::Clinician => Role::Clinician,
            RoleArg::Administrator => Role::Administrator,
        }
    }
}

/// Such as `3 entries`.
pub fn counted(count: u64, what: &str) -> String {
    match (count, what.strip_suffix('y')) {
        (1, _) => format!("1 {what}"),
        (_, Some(stem)) => format!("{count} {stem}ies"),
        (_, None) => format!("{count} {what}s"),
    }
}

pub fn say(words: &str) -> Result<Exit> {
    let mut out = io::stdout().lock();
    out.write_all(words.as_bytes())?;
    out.flush()?;
    Ok(Exit::Done)
}
