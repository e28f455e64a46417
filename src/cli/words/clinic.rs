//! What the commands say that work with the store of a clinic.

use jiff::civil::Date;

use crate::encounter::json::Misfit;
use crate::questionnaire::count;
#[cfg(feature = "store")]
use crate::store::Which;
use crate::text::clean_line;
use crate::words::Language;

/// Asked on the terminal.
pub const PASSPHRASE: &str = "Passphrase of the store: ";
pub const NAME: &str = "Your name: ";

pub fn pin_of(name: &str) -> String {
    format!("PIN of {}: ", clean_line(name))
}

pub const NOBODY_AT_STORE: &str =
    "nobody has signed in: give your name with --as NAME, and type your PIN when asked";

/// A language that the program's own words are not there in.
pub fn not_spoken(tag: &str) -> String {
    let known: Vec<_> =
        Language::ALL.iter().map(|language| format!("{} ({})", language.code(), language.name())).collect();
    format!("the program does not speak `{}`; it speaks {}", clean_line(tag), known.join(", "))
}

/// SQLite on a disk of another machine.
#[cfg(feature = "store")]
pub fn on_a_share(place: &str, system: &str) -> String {
    format!(
        "{} is on a network share ({system}): a store in a file is for one machine only; two machines can damage it. \
         Put it on a disk of this machine, or use PostgreSQL",
        clean_line(place)
    )
}

#[cfg(feature = "store")]
pub fn nothing_typed(question: &str) -> String {
    format!("the input ended before this was answered: {}", clean_line(question))
}

#[cfg(feature = "store")]
pub const NEW_PASSPHRASE: &str = "New passphrase of the store: ";

#[cfg(feature = "store")]
pub fn new_pin_of(name: &str) -> String {
    format!("New PIN of {}, 4 to 8 digits: ", clean_line(name))
}

pub const NOTHING_KEPT: &str = "the store has no check from that time";

/// A questionnaire whose text the store must have.
pub fn kept_questionnaire(id: &str, version: &str) -> String {
    format!("the store can't give the text of `{}` {}", clean_line(id), clean_line(version))
}

/// Checks of several questionnaires, of which one must be named.
pub fn several_kept(ids: &[&str]) -> String {
    format!("the store has checks of several questionnaires: choose one of {}", clean_line(&ids.join(", ")))
}

pub fn stats_heading(id: &str, days: Option<(Date, Date)>) -> String {
    match days {
        Some((from, to)) if from == to => format!("{}, {from}", clean_line(id)),
        Some((from, to)) => format!("{}, {from} to {to}", clean_line(id)),
        None => clean_line(id),
    }
}

/// For the log of the store.
pub fn exported(checks: usize, id: &str) -> String {
    format!("{} of {}", count(checks, "check"), clean_line(id))
}

/// Something in a check that has no column.
pub fn misfit_of(check: &str, misfit: &Misfit) -> String {
    format!("check {check}: {}", clean_line(&misfit.to_string()))
}

/// The intake fills a screen, and there is none.
pub const INTAKE_NEEDS_TERMINAL: &str = "`redflag intake` needs a terminal. For answers that you already have, use `redflag assess`; to ask line by line, `redflag --plain --audience clinician`";

/// Above the checks to take over.
pub const WHICH_CHECK: &str = "Which check? Type its number, or nothing to leave.";
pub const NO_CHECKS: &str = "there is no open check of the last two days in the store";
pub const NO_SUCH_NUMBER: &str = "there is no check with this number in the list";

/// A ticket that nobody has.
pub fn no_ticket(ticket: &str) -> String {
    format!(
        "no check of the last two days has the ticket {ticket}: check the letters, or use --take alone for a list"
    )
}

/// A check of another questionnaire than the one that was named.
pub fn other_questionnaire(id: &str) -> String {
    format!(
        "this check is of the questionnaire `{id}`: leave the name out, or give a file of that questionnaire"
    )
}

/// A check that was begun under another version of its questionnaire: what can be chosen, and what today's leaves out.
#[cfg(feature = "store")]
pub fn which_version(then: &Which, now: &Which, fits: &[String], is_kept: bool) -> String {
    // Two of the same number differ in their content.
    let of = |which: &Which| match then.version == now.version {
        true => format!("{} ({})", clean_line(&which.version), which.sha256.get(..8).unwrap_or_default()),
        false => clean_line(&which.version),
    };
    let (id, old, new) = (clean_line(&then.id), of(then), of(now));
    let mut text = format!("This check was begun under version {old} of `{id}`; today's version is {new}.\n");
    if is_kept {
        text += &format!("  1  continue under {old}, from the text in the store, in its first language\n");
    } else {
        text += &format!("  The text of {old} is not in the store.\n");
    }
    text += &format!("  2  continue under {new}");
    match fits {
        [] => text += "; every answer fits\n",
        fits => {
            text += "; these answers do not fit, and are taken back (they stay on record):\n";
            for misfit in fits {
                text += &format!("     - {misfit}\n");
            }
        }
    }
    text + "Which one? Type its number, or nothing to leave the check as it is.\n"
}

pub fn no_such_version(is_kept: bool) -> String {
    format!("type {}, or nothing to leave the check as it is", if is_kept { "1 or 2" } else { "2" })
}

/// After why today's version of a questionnaire can't be used.
pub fn goes_on_as_kept(version: &str) -> String {
    format!(
        "so this check continues under version {}, from the text in the store; to use another version, give its file: redflag intake FILE --take TICKET",
        clean_line(version)
    )
}

pub const CARRIED_OVER_BY_NOBODY: &str =
    "somebody else has changed this check in the meantime, so it was left as it is: take it over again";

/// What did not fit into the questionnaire of today, of a check that goes on.
pub fn does_not_fit(what: &str) -> String {
    format!("from the check that is taken over: {what}")
}

pub const NO_STORE_TO_TAKE_FROM: &str =
    "there is no store to take a check over from: give it with --store, or use --take-file FILE";
#[cfg(feature = "store")]
pub const PASSWORD_IN_ARGUMENT: &str = "everybody on this machine could read a password on the command line: put it into ~/.pgpass, as HOST:PORT:NAME:USER:PASSWORD, and leave it out here";
