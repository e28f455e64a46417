//! Opens the store that a command works with, and signs in whoever is at it.

use std::io::{self, IsTerminal};

use anyhow::{Context, Result, anyhow};
use rustix::system::uname;

use super::WrongUsage;
use super::args::StoreArgs;
use super::exit::Interrupted;
use super::words;
use crate::site;
use crate::store::{Place, Problem, Store, Unlock};
use crate::system::signals::{self, Second, Signals};
use crate::system::{clock, hidden};
use crate::text::clean_line;

/// How often a name and a PIN may be typed.
const TRIES: usize = 3;

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
    let place = Place::of(args.store.as_deref().or(kept.place.as_deref()))?;
    if let Some(path) = args.passphrase_file.as_ref().or(kept.passphrase_file.as_ref()) {
        return Ok((place, Unlock::passphrase_file(path)?));
    }
    let key = match args.key_file.as_ref().or(kept.key_file.as_ref()) {
        Some(path) => path.clone(),
        None => place.key_file()?,
    };
    let unlock = match Unlock::key_file(&key) {
        // Only where nobody has named one and none is there.
        Err(problem) if args.key_file.is_none() && kept.key_file.is_none() && !key.exists() => {
            if let Place::File(path) = &place
                && !path.exists()
            {
                return Err(Problem::NotThere(path.display().to_string()).into());
            }
            match typed(words::PASSPHRASE)? {
                Some(passphrase) => Unlock::Passphrase(passphrase),
                None => return Err(problem.into()),
            }
        }
        unlock => unlock?,
    };
    Ok((place, unlock))
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
