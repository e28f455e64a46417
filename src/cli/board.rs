//! `redflag board`: who is there, how urgent each is, and who has waited for too long.

use std::env;
use std::path::Path;
use std::process::Command;

use anyhow::{Context, Result};
use clap::ValueEnum;
use jiff::ToSpan;

use super::args::BoardArgs;
use super::{Exit, WrongUsage, ask, keeping, opening, words};
use crate::board::run::{Board, Outcome};
use crate::library::{Choice, builtin};
use crate::questionnaire::{Questionnaire, yaml};
use crate::store::{EncounterId, Which};
use crate::system::{clock, signals};
use crate::words::Language;

pub fn run(args: &BoardArgs) -> Result<Exit> {
    let place = opening::place(&args.site, &Choice::of(builtin::DEFAULT)?.questionnaire()?)?;
    let language = match &args.language.language {
        Some(tag) => Language::of(tag).ok_or_else(|| WrongUsage(words::not_spoken(tag)))?,
        None => ["LC_ALL", "LC_MESSAGES", "LANG"]
            .iter()
            .find_map(|name| env::var(name).ok().filter(|value| !value.is_empty()))
            .map_or_else(Language::default, |locale| Language::around(&locale)),
    };
    let mut store = keeping::open(&args.store, &place)?;
    if !args.read_only {
        keeping::sign_in(&mut store, args.name.as_deref())?;
    }
    let who = store.who().map(|who| who.name.clone());
    let now = clock::now();
    let since = now.checked_sub(i64::from(args.days).days())?.start_of_day()?.timestamp();
    let board = Board {
        store,
        since,
        place: &place,
        words: language.words(),
        look: ask::look(args.look.theme.map(Into::into), place.look),
        is_public: args.read_only,
        resume: &|id| resume(args, who.as_deref(), id),
        read: &read,
    };
    let outcome = board.run().context("the terminal cannot be used for the board")?;
    signals::release();
    Ok(match outcome {
        Outcome::Left => Exit::Done,
        Outcome::Ended(ending) => Exit::By(ending),
    })
}

/// A questionnaire as the store keeps it.
fn read(which: &Which, text: &[u8]) -> Option<Questionnaire> {
    yaml::load(&which.id, text).ok().map(|loaded| loaded.questionnaire)
}

/// The command that goes on with an encounter.
fn resume(args: &BoardArgs, who: Option<&str>, id: EncounterId) -> Command {
    let itself = env::current_exe().unwrap_or_else(|_| "redflag".into());
    let mut command = Command::new(itself);
    command.arg("intake").arg("--take").arg(id.to_string());
    let mut path = |option: &str, path: Option<&Path>| {
        if let Some(path) = path {
            command.arg(option).arg(path);
        }
    };
    path("--key-file", args.store.key_file.as_deref());
    path("--passphrase-file", args.store.passphrase_file.as_deref());
    path("--site", args.site.site.as_deref());
    path("--store", args.store.store.as_deref().map(Path::new));
    path("--station", args.store.station.as_deref().map(Path::new));
    path("--as", who.map(Path::new));
    if let Some(theme) = args.look.theme.and_then(|theme| theme.to_possible_value()) {
        command.arg("--theme").arg(theme.get_name());
    }
    command
}
