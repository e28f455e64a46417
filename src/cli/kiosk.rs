//! `redflag kiosk`: alone with whoever comes.

use std::io::{self, IsTerminal, Write};
use std::os::unix::process::CommandExt;
use std::path::Path;
use std::process::Command;

use anyhow::{Context, Result, anyhow};
use clap::ValueEnum;
use rustix::fs::{FileType, fstat};

use super::args::{KioskArgs, KioskCommand, PersonArgs};
#[cfg(feature = "store")]
use super::desk;
use super::{Exit, WrongUsage, ask, opening, words};
#[cfg(feature = "store")]
use crate::interview::Interview;
use crate::kiosk::check::{self, Finding, State};
use crate::kiosk::counts::Kept;
use crate::kiosk::ended::End;
use crate::kiosk::person::{self, Asked};
use crate::kiosk::supervisor::{Outcome, Supervisor};
use crate::library::site_file::{self, SiteFiles};
use crate::library::{Choice, Opened};
use crate::questionnaire::Languages;
use crate::site::{Kiosk, Place};
use crate::system::signals::{self, Second, Signals};
use crate::system::{hidden, pin, secrecy};
use crate::text::clean_line;
use crate::tui::terminal::{Mouse, Terminal};
use crate::words::Language;

/// The program itself, also when a newer one has taken its place in its folder.
const ITSELF: &str = "/proc/self/exe";

pub fn run(args: &KioskArgs) -> Result<Exit> {
    match &args.command {
        Some(KioskCommand::Pin) => make_pin(),
        Some(KioskCommand::Person(args)) => one_person(args),
        None if args.check => look_at_everything(&args.person),
        None => everybody(&args.person),
    }
}

/// The supervisor.
fn everybody(args: &PersonArgs) -> Result<Exit> {
    secrecy::keep_out_of_swap();
    // Whatever is wrong is said now, and not to the first person who comes.
    let opened = opening::open(&Choice::of(&args.questionnaire)?)?;
    let place = opening::place(&args.site, opened.languages.first())?;
    let kiosk = place.kiosk.clone().unwrap_or_default();
    let kept = Kept::open(kiosk.counts.as_deref()).map_err(|why| anyhow!(why))?;
    let tags = tags(&opened.languages, &place, &kiosk).map_err(WrongUsage)?;
    tags.iter().for_each(|tag| opening::warn_of_language(tag));
    let all_words: Vec<_> = tags.iter().map(|tag| Language::around(tag).words()).collect();
    let supervisor = Supervisor {
        kiosk: &kiosk,
        words: all_words[0],
        all_words,
        look: ask::look(args.look.theme.map(Into::into), place.look),
        kept,
        person: &|| start_person(args),
    };
    let outcome = supervisor.run().context("the terminal cannot be used for a kiosk")?;
    signals::release();
    Ok(match outcome {
        Outcome::Left => Exit::Done,
        Outcome::OutOfOrder => Exit::NotAllWell,
        Outcome::Ended(ending) => Exit::By(ending),
    })
}

/// Says what is missing.
fn look_at_everything(args: &PersonArgs) -> Result<Exit> {
    let opened = opening::open(&Choice::of(&args.questionnaire)?)?;
    let place = opening::place(&args.site, opened.languages.first())?;
    let kiosk = place.kiosk.clone().unwrap_or_default();
    tags(&opened.languages, &place, &kiosk).map_err(WrongUsage)?;
    // Who may change it matters most of the file that names commands.
    let files = SiteFiles::read(args.site.site.as_deref())?;
    let of_kiosk = files.origin(|place| place.kiosk.is_some()).map(Path::to_owned);
    let site = of_kiosk.or_else(|| site_file::path(args.site.site.as_deref()));
    let variable = |name: &str| std::env::var(name).ok();
    let found = check::check(opened.languages.first(), &place, site.as_deref(), variable);
    let mut out = io::stdout().lock();
    for Finding { what, state, words } in &found {
        let state = match state {
            State::Well => "ok",
            State::Note => "note",
            State::Missing => "MISSING",
        };
        writeln!(out, "{state:<8} {what:<10} {}", clean_line(words))?;
    }
    let missing = found.iter().filter(|finding| finding.state == State::Missing).count();
    writeln!(out, "{}", words::kiosk_checked(missing))?;
    out.flush()?;
    Ok(if missing == 0 { Exit::Done } else { Exit::NotAllWell })
}

/// The command that asks one person: this program with the same arguments, which say nothing about anybody.
fn start_person(args: &PersonArgs) -> Command {
    let itself = match Path::new(ITSELF).exists() {
        true => ITSELF.into(),
        false => std::env::current_exe().unwrap_or_else(|_| "redflag".into()),
    };
    let mut command = Command::new(itself);
    command.arg0("redflag").args(["kiosk", "person"]);
    if let Some(site) = &args.site.site {
        command.arg("--site").arg(site);
    }
    if let Some(theme) = args.look.theme.and_then(|theme| theme.to_possible_value()) {
        command.arg("--theme").arg(theme.get_name());
    }
    if args.look.large {
        command.arg("--large");
    }
    command.arg("--").arg(&args.questionnaire);
    command
}

/// One person, in a process of their own.
fn one_person(args: &PersonArgs) -> Result<Exit> {
    let is_started_by_kiosk = fstat(rustix::stdio::stderr())
        .is_ok_and(|file| FileType::from_raw_mode(file.st_mode) == FileType::Socket);
    if !is_started_by_kiosk {
        return Err(WrongUsage(words::STARTED_BY_KIOSK.to_owned()).into());
    }
    secrecy::end_with_parent();
    secrecy::keep_out_of_swap();
    let mut choice = Choice::of(&args.questionnaire)?;
    let mut terminal = Terminal::take_public(Mouse::Captured)?;
    terminal.listen(rustix::stdio::stderr());
    let mut begun: Option<String> = None;
    loop {
        let opened = Opened::of(&choice)?;
        let place = opening::place(&args.site, opened.languages.first())?;
        let kiosk = place.kiosk.clone().unwrap_or_default();
        #[cfg(feature = "store")]
        let hand_over = kiosk.desk.as_ref().map(|desk| {
            let (first, place) = ((opened.languages.first(), choice.text()), &place);
            move |interview: &Interview, known: Option<&str>| {
                desk::hand_over(place, desk, first, interview, known).map_err(|error| {
                    // The supervisor's log has it; the person is told what to do.
                    super::say(&error);
                    error.to_string()
                })
            }
        });
        let asked = Asked {
            #[cfg(feature = "store")]
            desk: hand_over.as_ref().map(|hand_over| hand_over as &person::HandOver),
            #[cfg(not(feature = "store"))]
            desk: None,
            languages: &opened.languages,
            tags: tags(&opened.languages, &place, &kiosk).map_err(WrongUsage)?,
            place: &place,
            kiosk: &kiosk,
            look: ask::look(args.look.theme.map(Into::into), place.look),
            large: args.look.large || place.large.unwrap_or_default(),
            // The bare console reports none.
            touch: kiosk.touch.unwrap_or(std::env::var_os("TERM").is_none_or(|term| term != "linux")),
        };
        let end = person::run(&asked, &mut terminal, begun.as_deref())?;
        if let End::Instead(offer, language) = &end
            && let Some(offer) = opened.languages.first().offers.get(*offer)
        {
            choice = choice.offered(&offer.questionnaire)?;
            begun = Some(language.clone());
            continue;
        }
        // Nothing on the screen outlives the process.
        terminal.lend();
        return Ok(Exit::Person(end.status()));
    }
}

/// The languages to choose from: those of the kiosk, else those of the place, else all.
fn tags<'q>(languages: &'q Languages, place: &Place, kiosk: &Kiosk) -> Result<Vec<&'q str>, String> {
    let known: Vec<&str> = languages.tags().collect();
    let find = |wanted: &String| known.iter().find(|tag| tag.eq_ignore_ascii_case(wanted)).copied();
    if kiosk.languages.is_empty() {
        // The file of a place may serve questionnaires that have other languages.
        let offered: Vec<&str> = place.languages.iter().filter_map(find).collect();
        return Ok(if offered.is_empty() { known } else { offered });
    }
    let found = |wanted: &String| find(wanted).ok_or_else(|| words::no_such_kiosk_language(wanted, &known));
    kiosk.languages.iter().map(found).collect()
}

/// Asks for a PIN twice and prints the line for the site file.
fn make_pin() -> Result<Exit> {
    let is_asked = io::stdin().is_terminal();
    let signals = Signals::take(&[], Second::Noted).context("signals cannot be noted")?;
    let line = |question: &str| match (hidden::line(question, &signals), signals.ended()) {
        (Err(_), Some(ending)) => Ok(Err(ending)),
        (line, _) => line.map(Ok),
    };
    let typed = match line(words::NEW_PIN)? {
        Ok(typed) => typed,
        Err(ending) => return Ok(Exit::By(ending)),
    };
    if !pin::is_one(&typed) {
        return Err(WrongUsage(words::NOT_A_PIN.to_owned()).into());
    }
    if is_asked {
        match line(words::PIN_AGAIN)? {
            Ok(again) if again == typed => {}
            Ok(_) => return Err(WrongUsage(words::PINS_DIFFER.to_owned()).into()),
            Err(ending) => return Ok(Exit::By(ending)),
        }
    }
    signals::release();
    let hash = pin::hash(&typed).map_err(|why| anyhow!(why))?;
    let mut out = io::stdout().lock();
    // In single quotes nothing of it means anything to YAML.
    writeln!(out, "  pin: '{hash}'")?;
    out.flush()?;
    if is_asked {
        let _ = writeln!(io::stderr(), "{}", words::WHERE_PIN_GOES);
    }
    Ok(Exit::Done)
}
