//! `redflag purge`: erases checks for good.

use anyhow::Result;
use jiff::{SignedDuration, Timestamp};

use super::Exit;
use super::args::PurgeArgs;
use super::store::{books, counted, enter, say};

pub fn run(args: &PurgeArgs) -> Result<Exit> {
    let mut store = enter(&args.access)?;
    let now = Timestamp::now();
    let age = SignedDuration::from_hours(24 * i64::from(args.older_than.0));
    let before = now.checked_sub(age)?;
    let purged = match args.unsent {
        true => store.purge_with_unsent(now, before)?,
        false => store.purge(now, before)?,
    };
    let mut words = format!(
        "Erased: {}, with {}. The store still knows that there were checks, when, and at which station, and can still \
         be verified.\n",
        counted(purged.encounters, "check"),
        counted(purged.entries, "entry")
    );
    words += match purged.log_emptied {
        Some(true) => "SQLite's log was emptied.\n",
        Some(false) => {
            "SQLite's log was NOT emptied, because others were reading: run this again at a quiet time.\n"
        }
        None => {
            "The server keeps old rows until its next vacuum, and its own logs and copies for as long as it is configured to. Without the erased keys, nothing in the rows can be read.\n"
        }
    };
    words += &books(&purged.books);
    if purged.unsent > 0 {
        words += &format!(
            "NOT erased, because the FHIR server doesn't have their latest state: {}. Send them with `redflag fhir push`, \
             or erase them without sending, with --unsent.\n",
            counted(purged.unsent, "check")
        );
    }
    words += "What may remain: copies of the store that were not made by `redflag store backup` (its key opens them until \
              you change it); old copies of a key book; blocks that the disk itself keeps; and whatever was printed, \
              exported or sent.\n";
    say(&words)?;
    let is_all = purged.log_emptied != Some(false) && purged.books.left.is_empty() && purged.unsent == 0;
    Ok(if is_all { Exit::Done } else { Exit::NotAllWell })
}
