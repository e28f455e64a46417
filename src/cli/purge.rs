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
    let purged = store.purge(now, now.checked_sub(age)?)?;
    let mut words = format!(
        "Erased: {}, the text of {}. That there were checks, when, and on which station stays, and can still be \
         verified.\n",
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
    words += "What may remain: copies of the store's file that were not made by `redflag store backup`, which open with the \
              key of the store until you change that; old copies of a book of keys; blocks that the disk itself keeps; \
              reports that were printed, exported or sent.\n";
    say(&words)?;
    let is_all = purged.log_emptied != Some(false) && purged.books.left.is_empty();
    Ok(if is_all { Exit::Done } else { Exit::NotAllWell })
}
