//! What an option of the command line can be set to, where it is one of a few words.

use std::path::Path;
#[cfg(feature = "store")]
use std::str::FromStr;

use clap::ValueEnum;

use crate::questionnaire::Audience;
use crate::report;
use crate::sql::Layout;
use crate::tui::theme::Look;

#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, ValueEnum)]
pub enum AudienceArg {
    #[default]
    Patient,
    Clinician,
}

impl From<AudienceArg> for Audience {
    fn from(audience: AudienceArg) -> Audience {
        match audience {
            AudienceArg::Patient => Audience::Patient,
            AudienceArg::Clinician => Audience::Clinician,
        }
    }
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub enum ThemeArg {
    Dark,
    Light,
    /// Black, white and yellow, with nothing dim
    HighContrast,
    /// No colour, only bold and reverse
    Mono,
}

impl From<ThemeArg> for Look {
    fn from(theme: ThemeArg) -> Look {
        match theme {
            ThemeArg::Dark => Look::Dark,
            ThemeArg::Light => Look::Light,
            ThemeArg::HighContrast => Look::HighContrast,
            ThemeArg::Mono => Look::Mono,
        }
    }
}

/// How a summary is written.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub enum Format {
    Text,
    Markdown,
    Json,
    Html,
}

impl From<Format> for report::Format {
    fn from(format: Format) -> report::Format {
        match format {
            Format::Text => report::Format::Text,
            Format::Markdown => report::Format::Markdown,
            Format::Json => report::Format::Json,
            Format::Html => report::Format::Html,
        }
    }
}

/// Shells that can complete command lines.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub enum ShellArg {
    Bash,
    Elvish,
    Fish,
    Powershell,
    Zsh,
}

/// Under which version of its questionnaire a check goes on.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub enum VersionArg {
    /// The one it was begun under, which the store keeps
    Kept,
    /// Today's; answers that don't fit are taken back and stay on record
    Today,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, ValueEnum)]
pub enum CheckFormat {
    #[default]
    Text,
    Json,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub enum GraphFormat {
    Svg,
    Mermaid,
    Dot,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, ValueEnum)]
pub enum EvaluateFormat {
    #[default]
    Text,
    Markdown,
    Json,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub enum DialectArg {
    Postgres,
    Duckdb,
    Spark,
}

/// A file of many sheets, or of many results.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub enum SheetsArg {
    /// One JSON object on each line
    Jsonl,
    /// A row for each sheet, with the names of the columns in the first line
    Csv,
    /// A row for each sheet, by columns; needs a program built with the feature `parquet`
    Parquet,
}

impl SheetsArg {
    /// What the extension of a file says.
    pub fn of(path: &Path) -> Option<SheetsArg> {
        if path.extension().is_some_and(|extension| extension.eq_ignore_ascii_case("parquet")) {
            return Some(SheetsArg::Parquet);
        }
        TableArg::of(path).map(SheetsArg::from)
    }
}

impl From<TableArg> for SheetsArg {
    fn from(format: TableArg) -> SheetsArg {
        match format {
            TableArg::Jsonl => SheetsArg::Jsonl,
            TableArg::Csv => SheetsArg::Csv,
        }
    }
}

/// A file of many sheets as text.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub enum TableArg {
    /// One JSON object on each line
    Jsonl,
    /// A row for each sheet, with the names of the columns in the first line
    Csv,
}

impl TableArg {
    /// What the extension of a file says.
    pub fn of(path: &Path) -> Option<TableArg> {
        let extension = path.extension()?.to_str()?.to_ascii_lowercase();
        match extension.as_str() {
            "csv" | "tsv" => Some(TableArg::Csv),
            "jsonl" | "ndjson" | "json" => Some(TableArg::Jsonl),
            _ => None,
        }
    }
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, ValueEnum)]
pub enum LayoutArg {
    /// A column for each option, as REDCap and Kobo write them
    #[default]
    Columns,
    /// One column with spaces between the options, as ODK writes them
    List,
}

/// What somebody is in a clinic.
#[cfg(feature = "store")]
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub enum RoleArg {
    /// An unattended machine: it can only write what it asked itself
    Kiosk,
    /// Asks, corrects, marks as seen, closes
    Nurse,
    /// Like a nurse, and exports
    Clinician,
    /// Looks after the store: people, keys, backups, erasing
    Administrator,
}

/// A number of days, as in `30d`.
#[cfg(feature = "store")]
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct DaysArg(pub u32);

#[cfg(feature = "store")]
impl FromStr for DaysArg {
    type Err = String;

    fn from_str(text: &str) -> Result<DaysArg, String> {
        let days = text.strip_suffix('d').and_then(|days| days.parse().ok());
        // Longer than anything was ever kept, and still a moment.
        let days = days.filter(|days| *days <= 36_500);
        days.map(DaysArg).ok_or_else(|| "write a number of days up to 36500, and `d`: 30d".to_owned())
    }
}

impl From<LayoutArg> for Layout {
    fn from(layout: LayoutArg) -> Layout {
        match layout {
            LayoutArg::Columns => Layout::Columns,
            LayoutArg::List => Layout::List,
        }
    }
}

/// How the encounters of a store are written.
#[cfg(feature = "store")]
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub enum ExportFormat {
    /// One JSON object on each line
    Jsonl,
    /// A table with a header
    Csv,
}
