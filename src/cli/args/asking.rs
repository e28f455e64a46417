//! What commands that ask take.

use std::path::PathBuf;

use clap::{Args as ClapArgs, Subcommand};

use super::super::values::{AudienceArg, Format, ThemeArg};
use crate::handout::Encoding;
use crate::library::builtin;

/// Asking in the terminal.
#[derive(Debug, ClapArgs)]
pub struct AskArgs {
    /// A built-in questionnaire or a file; left out: the first built-in one, or the one that --go-on FILE is of
    pub questionnaire: Option<String>,
    /// Whose words to use
    #[arg(long, value_enum, default_value_t)]
    pub audience: AudienceArg,
    #[command(flatten)]
    pub language: LanguageArgs,
    /// Go on with the answers in FILE, kept by --keep or in a report in JSON, exactly where they were left
    #[arg(long, value_name = "FILE")]
    pub go_on: Option<PathBuf>,
    #[command(flatten)]
    pub session: SessionArgs,
}

/// A slip of paper.
#[derive(Debug, ClapArgs)]
pub struct SlipArgs {
    /// The check: answers kept by --keep, or a report in JSON
    #[arg(value_name = "CHECK")]
    pub check: PathBuf,
    /// A file of the questionnaire that it is of; left out: the built-in one
    #[arg(long, value_name = "QUESTIONNAIRE")]
    pub questionnaire: Option<String>,
    #[command(flatten)]
    pub language: LanguageArgs,
    #[command(flatten)]
    pub site: SiteArgs,
    /// Columns of the paper: 32 at 58 mm, 48 at 80 mm
    #[arg(long, default_value_t = 32, value_parser = clap::value_parser!(u8).range(24..=80))]
    pub columns: u8,
    /// utf-8, cp437, cp858 or ascii; letters that it lacks become the nearest that it has
    #[arg(long, default_value = "utf-8")]
    pub encoding: Encoding,
    /// With the commands of ESC/POS: begin, code page, bold and high letters, cut
    #[arg(long)]
    pub escpos: bool,
    /// With a QR code that the printer draws
    #[arg(long, requires = "escpos")]
    pub qr: bool,
    /// What the desk finds the check by
    #[arg(long)]
    pub ticket: Option<String>,
}

/// A check after a check.
#[derive(Debug, ClapArgs)]
pub struct AgainArgs {
    /// The earlier check: answers kept by --keep, or a report in JSON
    #[arg(value_name = "LAST")]
    pub last: PathBuf,
    /// A file of the questionnaire that it is of; left out: the built-in one
    #[arg(long, value_name = "QUESTIONNAIRE")]
    pub questionnaire: Option<String>,
    /// Whose words to use; by default those of the earlier check
    #[arg(long, value_enum)]
    pub audience: Option<AudienceArg>,
    #[command(flatten)]
    pub language: LanguageArgs,
    #[command(flatten)]
    pub session: SessionArgs,
}

/// What is kept of a check, and where.
#[derive(Debug, ClapArgs)]
pub struct OutputArgs {
    /// Keep the answers in FILE when the program ends, finished or not, to go on with later
    #[arg(long, value_name = "FILE")]
    pub keep: Option<PathBuf>,
    /// Write the summary to a new file at the end; in a folder it is named by date and time
    #[arg(long, value_name = "FILE")]
    pub report: Option<PathBuf>,
    /// Let --report and --keep replace a file that is there
    #[arg(long)]
    pub replace: bool,
    /// How to write the summary; by default as the extension of FILE says (.txt, .md, .json, .html), else as text
    #[arg(long, value_enum)]
    pub format: Option<Format>,
}

/// How to ask, and where to keep what comes of it.
#[derive(Debug, ClapArgs)]
pub struct SessionArgs {
    /// Line by line, without a full screen
    #[arg(long)]
    pub plain: bool,
    #[command(flatten)]
    pub output: OutputArgs,
    #[command(flatten)]
    pub site: SiteArgs,
    #[command(flatten)]
    pub look: LookArgs,
    /// Take the mouse
    #[arg(long)]
    pub mouse: bool,
    /// For fingers: large buttons, and no page needs a keyboard
    #[arg(long)]
    pub touch: bool,
}

#[derive(Debug, ClapArgs)]
#[command(args_conflicts_with_subcommands = true)]
pub struct KioskArgs {
    #[command(subcommand)]
    pub command: Option<KioskCommand>,
    #[command(flatten)]
    pub person: PersonArgs,
    /// Look at the terminal, the site file, the bell, the printer and the clock, and say what is missing
    #[arg(long)]
    pub check: bool,
}

#[derive(Debug, Subcommand)]
pub enum KioskCommand {
    /// Make the line with a PIN for staff, for the site file
    Pin,
    /// Ask one person; the kiosk starts this itself
    #[command(hide = true)]
    Person(PersonArgs),
}

#[derive(Debug, ClapArgs)]
pub struct PersonArgs {
    /// A built-in questionnaire or a file
    #[arg(default_value = builtin::DEFAULT)]
    pub questionnaire: String,
    #[command(flatten)]
    pub site: SiteArgs,
    #[command(flatten)]
    pub look: LookArgs,
}

/// How the full screen looks.
#[derive(Debug, Clone, ClapArgs)]
pub struct LookArgs {
    /// Colours; by default what NO_COLOR, the site file or COLORFGBG says, the first that is set
    #[arg(long, value_enum)]
    pub theme: Option<ThemeArg>,
    /// Few words a line and wide spacing, for people who see badly
    #[arg(long)]
    pub large: bool,
}

#[derive(Debug, ClapArgs)]
pub struct LanguageArgs {
    /// In which language, such as `es`; by default as the locale says (LC_ALL, LC_MESSAGES, LANG)
    #[arg(long, value_name = "LANGUAGE")]
    pub language: Option<String>,
}

#[derive(Debug, Clone, ClapArgs)]
pub struct SiteArgs {
    /// Telephone numbers, languages and colours of this place, over those of the machine's and the user's site file;
    /// `redflag site` shows what is in force
    #[arg(long, value_name = "FILE")]
    pub site: Option<PathBuf>,
}
