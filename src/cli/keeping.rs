//! Opens the store that a command works with, and signs in whoever is at it.

use std::env;
use std::io::{self, IsTerminal};
use std::path::{Path, PathBuf};

use anyhow::{Context, Result, anyhow};
use rustix::system::uname;

use super::WrongUsage;
use super::args::StoreArgs;
use super::exit::Interrupted;
use super::words;
use crate::site;
use crate::store::{Place, Problem, Store, Unlock};
use crate::system::signals::{self, Second, Signals};
use crate::system::{clock, files, hidden};
use crate::text::clean_line;

/// How often a name and a PIN may be typed.
const TRIES: usize = 3;

/// What systemd hands over below its `LoadCredential=`.
const CREDENTIAL_PASSPHRASE: &str = "redflag-passphrase";
const CREDENTIAL_KEY: &str = "redflag-key";

/// Far more than anybody takes as a PIN.
const LONGEST_PIN: usize = 64;

/// The store that the arguments, the site file or the data folder of this user name, opened.
///
/// # Errors
/// When there is none, or the key is another one; nothing was written then.
pub fn open(args: &StoreArgs, site: &site::Place) -> Result<Store> {
    let (place, unlock) = named(args, site)?;
    Ok(Store::open(&place, &unlock, &station(args, site))?)
}

/// Where the store is, and what opens it. A passphrase is asked for on the terminal where no key file is.
///
/// # Errors
/// When there is nothing to open it with.
pub fn named(args: &StoreArgs, site: &site::Place) -> Result<(Place, Unlock)> {
    let kept = &site.store;
    let place = at(args, site)?;
    // The command line first, then what systemd hands over, then the site file.
    let (passphrase, key) = match (&args.passphrase_file, &args.key_file) {
        (None, None) => match (credential(CREDENTIAL_PASSPHRASE), credential(CREDENTIAL_KEY)) {
            (None, None) => (kept.passphrase_file.clone(), kept.key_file.clone()),
            handed_over => handed_over,
        },
        given => (given.0.clone(), given.1.clone()),
    };
    let unlock = match (passphrase, key) {
        (Some(path), _) => Unlock::passphrase_file(&path)?,
        (None, Some(path)) => Unlock::key_file(&path)?,
        (None, None) if Store::wants_passphrase(&place)? => {
            let passphrase = typed(words::PASSPHRASE)?;
            Unlock::Passphrase(passphrase.ok_or(Problem::WantsPassphrase)?)
        }
        (None, None) => Unlock::key_file(&place.key_file()?)?,
    };
    Ok((place, unlock))
}

/// Where the store is, and a warning where it must not be.
///
/// # Errors
/// When the place is none.
pub fn at(args: &StoreArgs, site: &site::Place) -> Result<Place> {
    let place = Place::of(args.store.as_deref().or(site.store.place.as_deref()))?;
    if args.store.is_some() && place.has_password() {
        return Err(WrongUsage(words::PASSWORD_IN_ARGUMENT.to_owned()).into());
    }
    if let Some(system) = place.network() {
        super::say(&anyhow!(words::on_a_share(&place.to_string(), system)));
    }
    Ok(place)
}

/// One of systemd's credentials, if there is one of this name.
pub fn credential(name: &str) -> Option<PathBuf> {
    let path = PathBuf::from(env::var_os("CREDENTIALS_DIRECTORY")?).join(name);
    path.exists().then_some(path)
}

/// The PIN in a file, without its line end.
///
/// # Errors
/// When it can't be read.
pub fn pin_in(file: &Path) -> Result<String> {
    let bytes = files::read_given(file, LONGEST_PIN).with_context(|| file.display().to_string())?;
    let text = String::from_utf8(bytes).map_err(|_| WrongUsage(words::NOT_A_PIN.to_owned()))?;
    Ok(text.trim_end_matches(['\n', '\r']).to_owned())
}

/// Something that is typed twice where it is typed, and not seen.
///
/// # Errors
/// When there is nothing, or the two differ.
pub fn new_secret(question: &str) -> Result<String> {
    let nothing = || WrongUsage(words::nothing_typed(question));
    let first = typed(question)?.ok_or_else(nothing)?;
    if io::stdin().is_terminal() && typed(words::PIN_AGAIN)?.ok_or_else(nothing)? != first {
        return Err(WrongUsage(words::PINS_DIFFER.to_owned()).into());
    }
    Ok(first)
}

/// What this place is called in the store.
pub fn station(args: &StoreArgs, site: &site::Place) -> String {
    let named = args.station.as_deref().or(site.store.station.as_deref());
    let name = named.map_or_else(|| uname().nodename().to_string_lossy().into_owned(), str::to_owned);
    clean_line(&name)
}

/// Signs in whoever `--as` names, or who says so on the terminal. The PIN is never an argument.
///
/// # Errors
/// When nobody of that name and PIN is in the store.
pub fn sign_in(store: &mut Store, name: Option<&str>) -> Result<()> {
    for left in (0..TRIES).rev() {
        let asked = match name {
            Some(name) => Some(name.to_owned()),
            None => typed_in_sight(words::NAME)?,
        };
        let nobody = || WrongUsage(words::NOBODY_AT_STORE.to_owned());
        let name = asked.filter(|name| !name.trim().is_empty()).ok_or_else(nobody)?;
        let pin = typed(&words::pin_of(&name))?.ok_or_else(nobody)?;
        match store.sign_in(name.trim(), &pin, clock::now().timestamp()) {
            Err(problem @ Problem::WrongPin) if left > 0 && io::stdin().is_terminal() => {
                super::say(&anyhow!(problem));
            }
            signed => return signed.map(drop).map_err(Into::into),
        }
    }
    Err(anyhow!(Problem::WrongPin))
}

/// A line that is not seen while it is typed; `None`: there is none.
fn typed(question: &str) -> Result<Option<String>> {
    line(question, hidden::line)
}

fn typed_in_sight(question: &str) -> Result<Option<String>> {
    line(question, hidden::line_in_sight)
}

fn line(question: &str, read: impl Fn(&str, &Signals) -> io::Result<String>) -> Result<Option<String>> {
    let signals = Signals::take(&[], Second::Noted).context("signals cannot be noted")?;
    let line = read(question, &signals);
    let ended = signals.ended();
    signals::release();
    if let Some(ending) = ended {
        return Err(Interrupted(ending).into());
    }
    match line {
        Ok(line) => Ok(Some(line)),
        Err(error) if error.kind() == io::ErrorKind::UnexpectedEof => Ok(None),
        Err(error) => Err(error.into()),
    }
}
