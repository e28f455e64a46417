//! What commands that ask take.

use std::path::PathBuf;

use clap::builder::{PossibleValuesParser, TypedValueParser};
use clap::{Args as ClapArgs, Subcommand};

use super::super::values::{AudienceArg, Format, ThemeArg};
use crate::handout::Encoding;
use crate::library::builtin;

/// Asking in the terminal.
#[derive(Debug, ClapArgs)]
pub struct AskArgs {
    /// A built-in questionnaire or a file [default: the first built-in one, or the questionnaire of --go-on FILE]
    pub questionnaire: Option<String>,
    /// Whose words to use; a clinician is also asked about examination and tests
    #[arg(long, value_enum, default_value_t)]
    pub audience: AudienceArg,
    #[command(flatten)]
    pub language: LanguageArgs,
    /// Continue an unfinished check: FILE was saved by --keep or is a JSON report
    #[arg(long, value_name = "FILE")]
    pub go_on: Option<PathBuf>,
    #[command(flatten)]
    pub session: SessionArgs,
}

/// A slip of paper.
#[derive(Debug, ClapArgs)]
pub struct SlipArgs {
    /// The check: a file saved by --keep, or a JSON report
    #[arg(value_name = "CHECK")]
    pub check: PathBuf,
    /// The file of its questionnaire, if that is not built in
    #[arg(long, value_name = "QUESTIONNAIRE")]
    pub questionnaire: Option<String>,
    #[command(flatten)]
    pub language: LanguageArgs,
    #[command(flatten)]
    pub site: SiteArgs,
    /// Columns that fit on the paper: 32 on 58 mm, 48 on 80 mm
    #[arg(long, default_value_t = 32, value_parser = clap::value_parser!(u8).range(24..=80))]
    pub columns: u8,
    /// Encoding of the letters; one that it lacks is replaced by the nearest
    #[arg(long, default_value = Encoding::Utf8.name(), value_parser = encoding(), ignore_case = true)]
    pub encoding: Encoding,
    /// Add ESC/POS commands: start, code page, bold and tall letters, cut
    #[arg(long)]
    pub escpos: bool,
    /// Add a QR code, which the printer draws
    #[arg(long, requires = "escpos")]
    pub qr: bool,
    /// The ticket by which the desk finds the check
    #[arg(long)]
    pub ticket: Option<String>,
}

fn encoding() -> impl TypedValueParser<Value = Encoding> {
    PossibleValuesParser::new(Encoding::ALL.map(Encoding::name)).try_map(|name| name.parse::<Encoding>())
}

/// A check after a check.
#[derive(Debug, ClapArgs)]
pub struct AgainArgs {
    /// The earlier check: a file saved by --keep, or a JSON report
    #[arg(value_name = "LAST")]
    pub last: PathBuf,
    /// The file of its questionnaire, if that is not built in
    #[arg(long, value_name = "QUESTIONNAIRE")]
    pub questionnaire: Option<String>,
    /// Whose words to use [default: as in the earlier check]
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
    /// Save the answers to FILE when the program ends, finished or not; continue later with --go-on FILE
    #[arg(long, value_name = "FILE")]
    pub keep: Option<PathBuf>,
    /// Write the summary to a new file at the end; in a folder, the file is named after date and time
    #[arg(long, value_name = "FILE")]
    pub report: Option<PathBuf>,
    /// Let --report and --keep overwrite an existing file
    #[arg(long)]
    pub replace: bool,
    /// Format of the summary [default: by the extension of FILE (.txt, .md, .json, .html), else text]
    #[arg(long, value_enum)]
    pub format: Option<Format>,
}

/// How to ask, and where to keep what comes of it.
#[derive(Debug, ClapArgs)]
pub struct SessionArgs {
    /// Ask line by line instead of on the full screen, such as for a screen reader
    #[arg(long)]
    pub plain: bool,
    #[command(flatten)]
    pub output: OutputArgs,
    #[command(flatten)]
    pub screen: ScreenArgs,
    /// Large buttons for a touch screen; no page needs a keyboard
    #[arg(long)]
    pub touch: bool,
}

/// The screen of somebody who asks or is asked, at a place with a site file.
#[derive(Debug, ClapArgs)]
pub struct ScreenArgs {
    #[command(flatten)]
    pub site: SiteArgs,
    #[command(flatten)]
    pub look: LookArgs,
    /// Use the mouse
    #[arg(long)]
    pub mouse: bool,
}

#[derive(Debug, ClapArgs)]
#[command(args_conflicts_with_subcommands = true)]
pub struct KioskArgs {
    #[command(subcommand)]
    pub command: Option<KioskCommand>,
    #[command(flatten)]
    pub person: PersonArgs,
    /// Check terminal, site file, bell, printer and clock, and show what is missing
    #[arg(long)]
    pub check: bool,
}

#[derive(Debug, Subcommand)]
pub enum KioskCommand {
    /// Print the line of the site file that sets the PIN for staff
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
    /// Colours [default: from the first of these that is set: NO_COLOR, the site file, COLORFGBG]
    #[arg(long, value_enum)]
    pub theme: Option<ThemeArg>,
    /// Short lines and wide spacing, for people with low vision
    #[arg(long)]
    pub large: bool,
}

#[derive(Debug, ClapArgs)]
pub struct LanguageArgs {
    /// The language to ask in, such as `es` [default: by the locale (LC_ALL, LC_MESSAGES, LANG)]
    #[arg(long, value_name = "LANGUAGE")]
    pub language: Option<String>,
}

#[derive(Debug, Clone, ClapArgs)]
pub struct SiteArgs {
    /// A site file with phone numbers, languages and colours; it overrides those of the machine and the user.
    /// `redflag site` shows the result
    #[arg(long, value_name = "FILE")]
    pub site: Option<PathBuf>,
}
