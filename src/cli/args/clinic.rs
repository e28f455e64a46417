//! What commands that work with the store of a clinic take.

use std::path::PathBuf;

use clap::{Args as ClapArgs, Subcommand};
use jiff::civil::Date;

use super::super::values::{CheckFormat, DaysArg, ExportFormat, LayoutArg, RoleArg};
use super::{LanguageArgs, LookArgs, OutputArgs, SiteArgs};

/// Which store, and what opens it.
#[derive(Debug, Default, ClapArgs)]
pub struct StoreArgs {
    /// Where answers are kept: a file, or an address that begins with postgres://; by default as the site file says,
    /// else a file in your data folder
    #[arg(long, value_name = "STORE")]
    pub store: Option<String>,
    /// The file with the key of the store; by default as the site file says, else beside the store
    #[arg(long, value_name = "FILE")]
    pub key_file: Option<PathBuf>,
    /// A file with the passphrase of the store, where it has one in place of a key
    #[arg(long, value_name = "FILE", conflicts_with = "key_file")]
    pub passphrase_file: Option<PathBuf>,
    /// What this machine is called in the store; by default as the site file says, else its host name
    #[arg(long, value_name = "NAME")]
    pub station: Option<String>,
}

/// The board.
#[derive(Debug, ClapArgs)]
pub struct BoardArgs {
    #[command(flatten)]
    pub store: StoreArgs,
    /// Your name in the store; you are asked for your PIN
    #[arg(long = "as", value_name = "NAME")]
    pub name: Option<String>,
    /// For a screen that everybody sees: tickets and levels only, and nothing can be done
    #[arg(long, conflicts_with = "name")]
    pub read_only: bool,
    /// Show the last so many days as well as today
    #[arg(long, value_name = "DAYS", default_value_t = 0)]
    pub days: u16,
    #[command(flatten)]
    pub language: LanguageArgs,
    #[command(flatten)]
    pub site: SiteArgs,
    #[command(flatten)]
    pub look: LookArgs,
}

/// Asking another person.
#[derive(Debug, ClapArgs)]
pub struct IntakeArgs {
    /// A built-in questionnaire or a file; left out: the first built-in one, or the one that is taken over
    pub questionnaire: Option<String>,
    /// What the patient is found by in your records; it is in the head of the handover, and in no file name
    #[arg(long, value_name = "TEXT")]
    pub reference: Option<String>,
    #[command(flatten)]
    pub language: LanguageArgs,
    /// Take over a check from the kiosk or from somebody else by its ticket; without one, choose from a list. What was
    /// answered is corrected with the old answers kept on record
    #[arg(long, value_name = "TICKET", num_args = 0..=1, default_missing_value = "", conflicts_with = "no_store")]
    pub take: Option<String>,
    /// Take over the check in FILE instead, kept by --keep or in a report in JSON
    #[arg(long, value_name = "FILE", conflicts_with = "take")]
    pub take_file: Option<PathBuf>,
    #[command(flatten)]
    pub store: StoreArgs,
    #[command(flatten)]
    pub user: UserArgs,
    /// Keep nothing in a store, for a try
    #[arg(long, conflicts_with_all = ["store", "as"])]
    pub no_store: bool,
    #[command(flatten)]
    pub output: OutputArgs,
    #[command(flatten)]
    pub site: SiteArgs,
    #[command(flatten)]
    pub look: LookArgs,
    /// Take the mouse
    #[arg(long)]
    pub mouse: bool,
}

#[derive(Debug, ClapArgs)]
pub struct StoreCommandArgs {
    #[command(subcommand)]
    pub command: StoreCommand,
}

#[derive(Debug, Subcommand)]
pub enum StoreCommand {
    /// Make an empty store, and a key file for it unless it gets a passphrase
    Init(StoreAt),
    /// Look at every entry: is it there, as it was written?
    Verify {
        /// Digits that were printed on a handover or in the foot of a board
        #[arg(long, value_name = "DIGITS")]
        head: Vec<String>,
        #[command(flatten)]
        store: StoreAt,
    },
    /// Print the first digits of the newest hash, which `verify --head` finds again
    Head(StoreAt),
    /// Copy the store into a new file while others work, and its keys into a book beside it
    Backup {
        #[arg(value_name = "FILE")]
        file: PathBuf,
        #[command(flatten)]
        store: StoreAt,
        #[command(flatten)]
        user: UserArgs,
    },
    /// Make a store of a backup and the book of keys beside it
    Restore {
        #[arg(value_name = "FILE")]
        file: PathBuf,
        /// The book of keys [default: the one beside FILE]
        #[arg(long, value_name = "FILE")]
        keys: Option<PathBuf>,
        /// The place of the new store
        #[arg(long, value_name = "PLACE")]
        store: Option<String>,
    },
    /// Change the key: what opened the store before does not any more
    Key {
        /// Make this key file; it must not be there
        #[arg(
            long,
            value_name = "FILE",
            required_unless_present = "new_passphrase",
            conflicts_with = "new_passphrase"
        )]
        new_key: Option<PathBuf>,
        /// The passphrase in this file; `-` asks for it
        #[arg(long, value_name = "FILE")]
        new_passphrase: Option<PathBuf>,
        #[command(flatten)]
        store: StoreAt,
        #[command(flatten)]
        user: UserArgs,
    },
    /// Who may write: add, remove or list people
    User {
        #[command(subcommand)]
        command: UserCommand,
    },
}

#[derive(Debug, Subcommand)]
pub enum UserCommand {
    /// Add somebody, or give somebody another PIN or role; the first is an administrator
    Add {
        #[arg(value_name = "NAME")]
        name: String,
        #[arg(long, value_enum)]
        role: RoleArg,
        /// The new PIN in this file; without, it is asked for
        #[arg(long, value_name = "FILE")]
        new_pin: Option<PathBuf>,
        #[command(flatten)]
        store: StoreAt,
        #[command(flatten)]
        user: UserArgs,
    },
    /// Take somebody's right to write; what they wrote stays
    Remove {
        #[arg(value_name = "NAME")]
        name: String,
        #[command(flatten)]
        store: StoreAt,
        #[command(flatten)]
        user: UserArgs,
    },
    /// List names and roles
    List(StoreAt),
}

/// Which store, for those who keep it.
#[derive(Debug, ClapArgs)]
pub struct StoreAt {
    #[command(flatten)]
    pub store: StoreArgs,
    #[command(flatten)]
    pub site: SiteArgs,
}

/// Who writes.
#[derive(Debug, ClapArgs)]
pub struct UserArgs {
    /// Who signs in; without, it is asked for
    #[arg(id = "as", long = "as", value_name = "NAME")]
    pub name: Option<String>,
    /// The PIN in this file, for a timer; without, it is asked for
    #[arg(long, value_name = "FILE", requires = "as")]
    pub pin: Option<PathBuf>,
}

/// From when to when checks were begun.
#[derive(Debug, ClapArgs)]
pub struct SpanArgs {
    /// Only checks that were begun on this day or later, such as 2026-11-28
    #[arg(long, value_name = "DAY")]
    pub since: Option<Date>,
    /// Only checks that were begun on this day or earlier
    #[arg(long, value_name = "DAY")]
    pub until: Option<Date>,
}

#[derive(Debug, ClapArgs)]
pub struct ExportArgs {
    /// The id of the questionnaire, where the store has checks of several
    pub questionnaire: Option<String>,
    #[arg(long, value_enum, default_value_t = ExportFormat::Jsonl)]
    pub format: ExportFormat,
    /// How a table keeps several options of one question
    #[arg(long, value_enum, default_value_t = LayoutArg::Columns)]
    pub layout: LayoutArg,
    /// Only what `redflag assess` takes: the answers, and the number of the check as `id`
    #[arg(long, conflicts_with_all = ["format", "with_reference"])]
    pub sheets: bool,
    /// With what people typed in their own words, and notes
    #[arg(long)]
    pub with_text: bool,
    /// With what the clinic calls the person
    #[arg(long)]
    pub with_reference: bool,
    /// Into this file, which only you can read; left out: to standard output
    #[arg(long, value_name = "FILE")]
    pub to: Option<PathBuf>,
    #[command(flatten)]
    pub span: SpanArgs,
    #[command(flatten)]
    pub store: StoreAt,
    #[command(flatten)]
    pub user: UserArgs,
}

#[derive(Debug, ClapArgs)]
pub struct StatsArgs {
    /// The id of the questionnaire, where the store has checks of several
    pub questionnaire: Option<String>,
    #[arg(long, value_enum, default_value_t)]
    pub format: CheckFormat,
    /// Draw it into this file as well, or to standard output for `-`
    #[arg(long, value_name = "FILE")]
    pub svg: Option<PathBuf>,
    #[command(flatten)]
    pub span: SpanArgs,
    #[command(flatten)]
    pub store: StoreAt,
    #[command(flatten)]
    pub user: UserArgs,
}

#[derive(Debug, ClapArgs)]
pub struct PurgeArgs {
    /// Since when nothing has happened to what is erased, in days: 30d
    #[arg(long, value_name = "DAYS")]
    pub older_than: DaysArg,
    #[command(flatten)]
    pub store: StoreAt,
    #[command(flatten)]
    pub user: UserArgs,
}
