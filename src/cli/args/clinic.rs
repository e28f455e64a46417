//! What commands that work with the store of a clinic take.

use std::path::PathBuf;

use clap::{Args as ClapArgs, Subcommand};
use jiff::civil::Date;

use super::super::values::{CheckFormat, DaysArg, ExportFormat, LayoutArg, RoleArg, VersionArg};
use super::{LanguageArgs, LookArgs, OutputArgs, ScreenArgs, SiteArgs};

/// Which store, and what opens it.
#[derive(Debug, Default, ClapArgs)]
pub struct StoreArgs {
    /// The store: a file, or an address that begins with postgres:// [default: by the site file, else a file in your data
    /// folder]
    #[arg(long, value_name = "STORE")]
    pub store: Option<String>,
    /// The file with the key of the store [default: by the site file, else beside the store]
    #[arg(long, value_name = "FILE")]
    pub key_file: Option<PathBuf>,
    /// A file with the passphrase of the store, if it has one instead of a key
    #[arg(long, value_name = "FILE", conflicts_with = "key_file")]
    pub passphrase_file: Option<PathBuf>,
    /// The name of this machine in the store [default: by the site file, else its host name]
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
    /// For a public screen: shows only tickets and levels, and nothing can be changed
    #[arg(long, conflicts_with = "name")]
    pub read_only: bool,
    /// How many earlier days to show as well as today
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
    /// A built-in questionnaire or a file [default: the first built-in one, or the questionnaire of the check that is taken over]
    pub questionnaire: Option<String>,
    /// How you find the patient in your records; it is printed at the top of the handover, and is never part of a file name
    #[arg(long, value_name = "TEXT")]
    pub reference: Option<String>,
    #[command(flatten)]
    pub language: LanguageArgs,
    /// Take over a check from the kiosk or from a colleague by its ticket; without one, choose from a list. Old answers
    /// stay on record when you correct them
    #[arg(long, value_name = "TICKET", num_args = 0..=1, default_missing_value = "", conflicts_with = "no_store")]
    pub take: Option<String>,
    /// With --take, for a check that was begun under another version of its questionnaire: which version to use. Without
    /// it, you are asked
    #[arg(long, value_name = "WHICH", requires = "take")]
    pub under: Option<VersionArg>,
    /// Take over the check in FILE, which was saved by --keep or is a JSON report
    #[arg(long, value_name = "FILE", conflicts_with = "take")]
    pub take_file: Option<PathBuf>,
    #[command(flatten)]
    pub store: StoreArgs,
    #[command(flatten)]
    pub user: UserArgs,
    /// Try it out: keep nothing in a store
    #[arg(long, conflicts_with_all = ["store", "as"])]
    pub no_store: bool,
    #[command(flatten)]
    pub output: OutputArgs,
    #[command(flatten)]
    pub screen: ScreenArgs,
}

#[derive(Debug, ClapArgs)]
pub struct StoreCommandArgs {
    #[command(subcommand)]
    pub command: StoreCommand,
}

#[derive(Debug, Subcommand)]
pub enum StoreCommand {
    /// Create an empty store, and a key file for it unless it gets a passphrase
    Init(StoreAt),
    /// Verify that every entry is there, as it was written
    Verify {
        /// Digits printed on a handover or at the bottom of a board
        #[arg(long, value_name = "DIGITS")]
        head: Vec<String>,
        #[command(flatten)]
        store: StoreAt,
    },
    /// Print the first digits of the newest hash, for `verify --head`
    Head(StoreAt),
    /// Back up the store to a new file, and its keys to the key book beside it; others can keep working
    Backup {
        /// The backup; it must not exist yet
        #[arg(value_name = "FILE")]
        file: PathBuf,
        #[command(flatten)]
        access: AccessArgs,
    },
    /// Restore a store from a backup and the key book beside it
    Restore {
        /// The backup
        #[arg(value_name = "FILE")]
        file: PathBuf,
        /// The key book [default: the one beside FILE]
        #[arg(long, value_name = "FILE")]
        keys: Option<PathBuf>,
        /// Where to create the new store
        #[arg(long, value_name = "PLACE")]
        store: Option<String>,
    },
    /// Change the key; the old one no longer opens the store
    Key {
        /// Create this key file; it must not exist
        #[arg(
            long,
            value_name = "FILE",
            required_unless_present = "new_passphrase",
            conflicts_with = "new_passphrase"
        )]
        new_key: Option<PathBuf>,
        /// Use the passphrase in this file; `-` asks for it
        #[arg(long, value_name = "FILE")]
        new_passphrase: Option<PathBuf>,
        #[command(flatten)]
        access: AccessArgs,
    },
    /// Add, remove or list the people who can sign in
    User {
        #[command(subcommand)]
        command: UserCommand,
    },
}

#[derive(Debug, Subcommand)]
pub enum UserCommand {
    /// Add a person, or change a PIN or role; the first person is an administrator
    Add {
        /// The name to sign in with
        #[arg(value_name = "NAME")]
        name: String,
        /// What the person may do
        #[arg(long, value_enum)]
        role: RoleArg,
        /// A file with the new PIN; without it you are asked
        #[arg(long, value_name = "FILE")]
        new_pin: Option<PathBuf>,
        #[command(flatten)]
        access: AccessArgs,
    },
    /// Remove a person's access; what they wrote stays
    Remove {
        /// The name to sign in with
        #[arg(value_name = "NAME")]
        name: String,
        #[command(flatten)]
        access: AccessArgs,
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
    /// Your name in the store; without it you are asked
    #[arg(id = "as", long = "as", value_name = "NAME")]
    pub name: Option<String>,
    /// A file with your PIN, for scheduled jobs; without it you are asked
    #[arg(long, value_name = "FILE", requires = "as")]
    pub pin: Option<PathBuf>,
}

/// Which store, and who writes in it.
#[derive(Debug, ClapArgs)]
pub struct AccessArgs {
    #[command(flatten)]
    pub store: StoreAt,
    #[command(flatten)]
    pub user: UserArgs,
}

/// From when to when checks were begun.
#[derive(Debug, ClapArgs)]
pub struct SpanArgs {
    /// Only checks that began on this day or later, such as 2026-11-28
    #[arg(long, value_name = "DAY")]
    pub since: Option<Date>,
    /// Only checks that began on this day or earlier
    #[arg(long, value_name = "DAY")]
    pub until: Option<Date>,
}

#[derive(Debug, ClapArgs)]
pub struct ExportArgs {
    /// The id of the questionnaire, if the store has checks of several
    #[arg(value_name = "ID")]
    pub questionnaire: Option<String>,
    /// Format of the output
    #[arg(long, value_enum, default_value_t = ExportFormat::Jsonl)]
    pub format: ExportFormat,
    /// How CSV stores several options of a question
    #[arg(long, value_enum, default_value_t = LayoutArg::Columns)]
    pub layout: LayoutArg,
    /// Only the answer sheets, which `redflag assess` reads, with the number of the check as `id`
    #[arg(long, conflicts_with_all = ["format", "with_reference"])]
    pub sheets: bool,
    /// Include free text and notes
    #[arg(long)]
    pub with_text: bool,
    /// Include the reference to the patient
    #[arg(long)]
    pub with_reference: bool,
    /// Write to FILE, which only you can read, instead of standard output
    #[arg(long, value_name = "FILE")]
    pub to: Option<PathBuf>,
    #[command(flatten)]
    pub span: SpanArgs,
    #[command(flatten)]
    pub access: AccessArgs,
}

#[derive(Debug, ClapArgs)]
pub struct StatsArgs {
    /// The id of the questionnaire, if the store has checks of several
    #[arg(value_name = "ID")]
    pub questionnaire: Option<String>,
    /// Format of the output
    #[arg(long, value_enum, default_value_t)]
    pub format: CheckFormat,
    /// Draw the counts as SVG into FILE as well; `-` is standard output
    #[arg(long, value_name = "FILE")]
    pub svg: Option<PathBuf>,
    #[command(flatten)]
    pub span: SpanArgs,
    #[command(flatten)]
    pub access: AccessArgs,
}

#[derive(Debug, ClapArgs)]
pub struct PurgeArgs {
    /// Erase checks without any entry for this many days, as in 30d
    #[arg(long, value_name = "DAYS")]
    pub older_than: DaysArg,
    /// Erase checks even if they were not sent to the FHIR server that others were sent to
    #[arg(long)]
    pub unsent: bool,
    #[command(flatten)]
    pub access: AccessArgs,
}
