//! What is missing before a kiosk is left alone: the terminal, the site file, the bell, the printer, the clock.

use std::fs;
use std::io::{self, IsTerminal};
use std::os::unix::fs::PermissionsExt;
use std::path::{Path, PathBuf};

use rustix::stdio::stdout;
use rustix::termios::tcgetwinsize;

use super::counts::Kept;
use crate::questionnaire::Questionnaire;
use crate::site::Command;
use crate::site::{Kiosk, Place};
use crate::system::{clock, command, pin, secrecy};
use crate::tui::theme::shows_unicode;

/// How something was found.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum State {
    Well,
    /// It works, and may not be what is wanted.
    Note,
    /// It has to be put right first.
    Missing,
}

/// One thing that was looked at.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Finding {
    pub what: &'static str,
    pub state: State,
    pub words: String,
}

fn finding(what: &'static str, state: State, words: impl Into<String>) -> Finding {
    Finding { what, state, words: words.into() }
}

/// Looks at everything. `site` is the file that was read, if one was.
pub fn check(
    questionnaire: &Questionnaire,
    place: &Place,
    site: Option<&Path>,
    variable: impl Fn(&str) -> Option<String>,
) -> Vec<Finding> {
    let default = Kiosk::default();
    let kiosk = place.kiosk.as_ref().unwrap_or(&default);
    let mut found = terminal(&variable);
    found.extend(site_file(questionnaire, place, site));
    found.push(staff(kiosk));
    found.extend(waits(kiosk));
    found.push(runs("bell", "on_emergency", &kiosk.on_emergency));
    found.push(runs("printer", "print", &kiosk.print));
    found.push(counts(kiosk));
    found.push(time());
    found.push(memory());
    found.extend(keys());
    found
}

fn terminal(variable: &impl Fn(&str) -> Option<String>) -> Vec<Finding> {
    const WHAT: &str = "terminal";
    let mut found = Vec::new();
    found.push(match (io::stdin().is_terminal(), io::stdout().is_terminal()) {
        (true, true) => match tcgetwinsize(stdout()) {
            Ok(size) if size.ws_col >= 80 && size.ws_row >= 24 => {
                finding(WHAT, State::Well, format!("{} columns, {} rows", size.ws_col, size.ws_row))
            }
            Ok(size) => finding(
                WHAT,
                State::Missing,
                format!(
                    "{} columns and {} rows; 80 and 24 are needed: make the font smaller",
                    size.ws_col, size.ws_row
                ),
            ),
            Err(error) => finding(WHAT, State::Missing, format!("its size is not known: {error}")),
        },
        _ => finding(WHAT, State::Missing, "standard input and output have to be the terminal of the kiosk"),
    });
    let term = variable("TERM").unwrap_or_default();
    match term.as_str() {
        "" | "dumb" => found.push(finding(WHAT, State::Missing, "TERM does not say which terminal it is")),
        "linux" => found.push(finding(
            WHAT,
            State::Note,
            "the console reports neither touch nor mouse: a keyboard or a numeric pad is needed",
        )),
        _ => {}
    }
    if !shows_unicode(variable) {
        found.push(finding(
            WHAT,
            State::Note,
            "the locale is not UTF-8, so accents are left out on the screen",
        ));
    }
    found
}

fn site_file(questionnaire: &Questionnaire, place: &Place, site: Option<&Path>) -> Vec<Finding> {
    const WHAT: &str = "site file";
    let Some(path) = site else {
        return vec![finding(WHAT, State::Missing, "there is none; docs/use/kiosk.md has one to start from")];
    };
    let mut found = vec![match fs::metadata(path) {
        Ok(file) if file.permissions().mode() & 0o022 != 0 => finding(
            WHAT,
            State::Missing,
            format!("users other than its owner can change {}: chmod go-w", path.display()),
        ),
        Ok(_) => finding(WHAT, State::Well, path.display().to_string()),
        Err(error) => finding(WHAT, State::Missing, format!("{}: {error}", path.display())),
    }];
    if place.kiosk.is_none() {
        found.push(finding(WHAT, State::Note, "it has no `kiosk:`, so all its settings are the defaults"));
    }
    let unset: Vec<&str> = questionnaire
        .contacts
        .iter()
        .map(|contact| contact.id.as_str())
        .filter(|id| place.contacts.get(id).is_none())
        .collect();
    if !unset.is_empty() {
        let unset = unset.join(", ");
        found.push(finding(WHAT, State::Missing, format!("these names and numbers are not set: {unset}")));
    }
    found
}

fn staff(kiosk: &Kiosk) -> Finding {
    const WHAT: &str = "PIN";
    match &kiosk.pin {
        None => finding(
            WHAT,
            State::Missing,
            "there is none, so staff can't get in: `redflag kiosk pin` makes one",
        ),
        Some(hash) if !pin::is_hash(hash) => finding(
            WHAT,
            State::Missing,
            "its hash is damaged, so no PIN matches it: `redflag kiosk pin` makes a new one",
        ),
        Some(_) => finding(WHAT, State::Well, "set"),
    }
}

fn waits(kiosk: &Kiosk) -> Option<Finding> {
    let is_short = kiosk.grace.as_secs() < 20;
    is_short.then(|| {
        finding("waiting", State::Note, "`grace` is below 20 seconds, too short for many people (WCAG 2.2.1)")
    })
}

/// Is there a program to run? It is not run: staff try it from their page.
fn runs(what: &'static str, key: &str, command: &Command) -> Finding {
    let Some(program) = command.0.first() else {
        return finding(what, State::Note, format!("none: `{key}` is not set"));
    };
    match command::find(program) {
        Some(path) => {
            finding(what, State::Well, format!("{} is there; try it from the page for staff", path.display()))
        }
        None => finding(what, State::Missing, format!("`{key}`: {program} is not there or can't be run")),
    }
}

fn counts(kiosk: &Kiosk) -> Finding {
    const WHAT: &str = "counts";
    let Some(file) = &kiosk.counts else { return finding(WHAT, State::Well, "not kept") };
    if let Err(why) = Kept::open(Some(file)) {
        return finding(WHAT, State::Missing, why);
    }
    let folder = file.parent().filter(|folder| !folder.as_os_str().is_empty()).unwrap_or(Path::new("."));
    match tempfile::Builder::new().prefix(".redflag").tempfile_in(folder) {
        Ok(_) => finding(WHAT, State::Well, file.display().to_string()),
        Err(error) => {
            finding(WHAT, State::Missing, format!("{} can't be written: {error}", folder.display()))
        }
    }
}

fn time() -> Finding {
    const WHAT: &str = "clock";
    /// This program is not older.
    const FIRST_YEAR: i16 = 2026;
    let now = clock::now();
    let said = now.strftime("%Y-%m-%d %H:%M %Z").to_string();
    if now.year() < FIRST_YEAR {
        return finding(
            WHAT,
            State::Missing,
            format!("{said} is in the past: dates in results would be wrong"),
        );
    }
    if !PathBuf::from("/etc/localtime").exists() && std::env::var_os("TZ").is_none() {
        return finding(WHAT, State::Note, format!("{said}; no time zone is set"));
    }
    if !PathBuf::from("/run/systemd/timesync/synchronized").exists() {
        return finding(
            WHAT,
            State::Note,
            format!("{said}; systemd-timesyncd has not set it since the machine started"),
        );
    }
    finding(WHAT, State::Well, said)
}

fn memory() -> Finding {
    const WHAT: &str = "memory";
    let swaps = fs::read_to_string("/proc/swaps").unwrap_or_default();
    if swaps.lines().count() <= 1 {
        return finding(WHAT, State::Well, "there is no swap space");
    }
    match secrecy::keep_out_of_swap() {
        true => finding(WHAT, State::Well, "kept out of the swap space"),
        false => finding(
            WHAT,
            State::Missing,
            "answers could go to the swap space: LimitMEMLOCK=infinity or MemorySwapMax=0 in the unit, or swapoff",
        ),
    }
}

/// Keys of the system, which this program never sees.
fn keys() -> Option<Finding> {
    let sysrq = fs::read_to_string("/proc/sys/kernel/sysrq").ok()?;
    (sysrq.trim() != "0")
        .then(|| finding("keys", State::Note, "SysRq is on: set kernel.sysrq=0, see docs/use/kiosk.md"))
        .or_else(|| Some(finding("keys", State::Well, "SysRq is off")))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_program_is_looked_for_where_commands_are_and_must_be_one() {
        assert_eq!(runs("bell", "on_emergency", &Command(vec!["sh".into()])).state, State::Well);
        let text = tempfile::NamedTempFile::new().expect("a file that nobody may run");
        let text = text.path().to_str().expect("its name");
        for missing in ["/no/such/bell", "no-such-bell", text, "/tmp"] {
            let found = runs("bell", "on_emergency", &Command(vec![missing.into()]));
            assert_eq!(found.state, State::Missing, "{missing}");
        }
        assert_eq!(runs("bell", "on_emergency", &Command::default()).state, State::Note);
    }

    #[test]
    fn a_damaged_hash_is_found() {
        let kiosk = |pin: &str| Kiosk { pin: Some(pin.to_owned()), ..Kiosk::default() };
        assert_eq!(staff(&kiosk("$argon2id$v=19$m=19456,t=2,p=1$c2FsdA")).state, State::Missing);
        assert_eq!(staff(&kiosk(&pin::hash("2580").unwrap())).state, State::Well);
        assert_eq!(staff(&Kiosk::default()).state, State::Missing);
    }
}
