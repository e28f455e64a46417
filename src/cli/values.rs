//! What an option of the command line can be set to, where it is one of a few words.

use clap::ValueEnum;

use crate::questionnaire::Audience;
use crate::report;
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

#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, ValueEnum)]
pub enum LayoutArg {
    /// A column for each option, as REDCap and Kobo write them
    #[default]
    Columns,
    /// One column with blanks between the options, as ODK writes them
    List,
}
