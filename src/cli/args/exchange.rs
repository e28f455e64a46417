//! What commands for other programs take.

use std::path::PathBuf;

use clap::{Args as ClapArgs, Subcommand};

use super::super::values::{AudienceArg, DialectArg, LayoutArg, SheetsArg, TableArg};
use super::{LanguageArgs, SiteArgs};
#[cfg(feature = "store")]
use super::{SpanArgs, StoreAt, UserArgs};
use crate::library::builtin;

#[derive(Debug, ClapArgs)]
pub struct AssessArgs {
    /// A built-in questionnaire or a file
    #[arg(default_value = builtin::DEFAULT)]
    pub questionnaire: String,
    /// The answers: one JSON object, JSON Lines, CSV or Parquet; `-` is standard input
    #[arg(long, value_name = "FILE", default_value = "-")]
    pub answers: PathBuf,
    /// Format of the answers [default: by the extension, else JSON]
    #[arg(long, value_enum, value_name = "FORMAT")]
    pub from: Option<SheetsArg>,
    /// Which columns to read, if a table has several options of a question both as columns and as a list
    #[arg(long, value_enum)]
    pub layout: Option<LayoutArg>,
    /// The column, or the key in JSON, that names a sheet; it is repeated with the result [default: id]
    #[arg(long, value_name = "COLUMN")]
    pub id: Option<String>,
    /// Write the results to FILE instead of standard output
    #[arg(long, value_name = "FILE")]
    pub to: Option<PathBuf>,
    /// Format of the results [default: by the extension of --to, else as the answers; CSV for Parquet]
    #[arg(long, value_enum, value_name = "FORMAT")]
    pub format: Option<TableArg>,
    /// Write only these fields, as in level,rules; the fields are line, level, certain, possible, complete, rules, reasons,
    /// next_steps, unanswered, set_aside, questionnaire and id
    #[arg(long, value_name = "NAMES", value_delimiter = ',')]
    pub columns: Vec<String>,
    /// Write rows that can't be read to FILE, with line, column and reason [default: a file beside --to]
    #[arg(long, value_name = "FILE")]
    pub bad: Option<PathBuf>,
    /// Never write free text from a sheet (the default)
    #[arg(long, conflicts_with = "allow_text")]
    pub deny_text: bool,
    /// Write free text that was set aside
    #[arg(long)]
    pub allow_text: bool,
    /// Whose words to use
    #[arg(long, value_enum, default_value_t)]
    pub audience: AudienceArg,
    #[command(flatten)]
    pub language: LanguageArgs,
    #[command(flatten)]
    pub site: SiteArgs,
}

#[derive(Debug, ClapArgs)]
pub struct SqlArgs {
    /// A built-in questionnaire or a file
    #[arg(default_value = builtin::DEFAULT)]
    pub questionnaire: String,
    /// The database
    #[arg(long, value_enum)]
    pub dialect: DialectArg,
    /// How the table stores several options of a question
    #[arg(long, value_enum, default_value_t)]
    pub layout: LayoutArg,
    /// The table with the answers, as TABLE or SCHEMA.TABLE
    #[arg(long, value_name = "NAME", default_value = "answers")]
    pub table: String,
    /// Its column that identifies a row
    #[arg(long, value_name = "COLUMN", default_value = "id")]
    pub key: String,
    /// Who answered
    #[arg(long, value_enum, default_value_t)]
    pub audience: AudienceArg,
    /// Print a view with this name instead of a query
    #[arg(long, value_name = "NAME", conflicts_with_all = ["ddl", "load"])]
    pub view: Option<String>,
    /// Print the statement that creates the table
    #[arg(long, conflicts_with = "load")]
    pub ddl: bool,
    /// Print statements that fill the table from answer sheets, REDCap or ODK
    #[arg(long)]
    pub load: bool,
}

#[derive(Debug, ClapArgs)]
pub struct FhirArgs {
    #[command(subcommand)]
    pub command: FhirCommand,
}

#[derive(Debug, Subcommand)]
pub enum FhirCommand {
    /// Write a questionnaire as a FHIR Questionnaire
    Questionnaire(FhirQuestionnaireArgs),
    /// Write checks as a FHIR QuestionnaireResponse, or as a Bundle with the result
    Response(FhirResponseArgs),
    /// Read a FHIR QuestionnaireResponse to one of our questionnaires, or a Questionnaire by others
    Import(FhirImportArgs),
    /// Send the checks of a store to a FHIR server, each exactly once, and go on doing so
    #[cfg(feature = "store")]
    Push(FhirPushArgs),
}

#[derive(Debug, ClapArgs)]
pub struct FhirQuestionnaireArgs {
    /// A built-in questionnaire or a file
    #[arg(default_value = builtin::DEFAULT)]
    pub questionnaire: String,
    /// Who fills it in
    #[arg(long, value_enum, default_value_t)]
    pub audience: AudienceArg,
    /// The language of the form, such as `es`; its other languages go along as translations. By default its first
    #[arg(long, value_name = "LANGUAGE")]
    pub language: Option<String>,
    /// The address under which this place publishes its resources; by default they have names without a place
    #[arg(long, value_name = "URL")]
    pub base: Option<String>,
    /// Write what did not go along into FILE as JSON; by default it is said on standard error
    #[arg(long, value_name = "FILE")]
    pub loss: Option<PathBuf>,
    /// A file of this place with codes of others for questions, options and levels
    #[arg(long, value_name = "FILE")]
    pub codes: Option<PathBuf>,
    #[command(flatten)]
    pub site: SiteArgs,
}

#[derive(Debug, ClapArgs)]
pub struct FhirResponseArgs {
    /// Answers kept by --keep, a report in JSON, or answer sheets, one on each line; `-` is standard input
    #[arg(value_name = "CHECK", default_value = "-")]
    pub check: PathBuf,
    /// A built-in questionnaire or a file; left out: the one that the check is of, or the first built-in one
    #[arg(long, value_name = "QUESTIONNAIRE")]
    pub questionnaire: Option<String>,
    /// Of answer sheets: who answered
    #[arg(long, value_enum)]
    pub audience: Option<AudienceArg>,
    /// The language of the texts, such as `es`; by default the one that was asked in
    #[arg(long, value_name = "LANGUAGE")]
    pub language: Option<String>,
    /// Whom it is about, as the server names it, such as Patient/123
    #[arg(long, value_name = "REFERENCE")]
    pub subject: Option<String>,
    /// The visit that it belongs to, such as Encounter/45
    #[arg(long, value_name = "REFERENCE")]
    pub encounter: Option<String>,
    /// Who answered, such as Practitioner/6 or RelatedPerson/7
    #[arg(long, value_name = "REFERENCE")]
    pub source: Option<String>,
    /// A Bundle: the response, measured values, the level and the handover, each created only once
    #[arg(long, requires = "subject")]
    pub bundle: bool,
    /// The address under which this place publishes its resources; by default they have names without a place
    #[arg(long, value_name = "URL")]
    pub base: Option<String>,
    /// A file of this place with codes of others for questions, options and levels
    #[arg(long, value_name = "FILE")]
    pub codes: Option<PathBuf>,
    #[command(flatten)]
    pub site: SiteArgs,
}

#[derive(Debug, ClapArgs)]
pub struct FhirImportArgs {
    /// A QuestionnaireResponse to a form of ours, a Bundle with one, or a Questionnaire of others; `-` is standard input
    #[arg(value_name = "RESOURCE", default_value = "-")]
    pub resource: PathBuf,
    /// Of a response: the questionnaire whose form it answers; left out: the built-in one that the response names
    #[arg(long, value_name = "QUESTIONNAIRE")]
    pub questionnaire: Option<String>,
    /// Of a response that doesn't name its form: who answered
    #[arg(long, value_enum)]
    pub audience: Option<AudienceArg>,
    /// Of a response: the answers as a sheet for `redflag assess`, not a check to go on with
    #[arg(long)]
    pub answers: bool,
    /// Where to write it; `-` is standard output
    #[arg(long, short, value_name = "FILE", default_value = "-")]
    pub output: PathBuf,
    /// Write what did not go along into FILE as JSON; by default it is said on standard error
    #[arg(long, value_name = "FILE")]
    pub loss: Option<PathBuf>,
    /// A file of this place with codes of others for questions, options and levels
    #[arg(long, value_name = "FILE")]
    pub codes: Option<PathBuf>,
}

#[cfg(feature = "store")]
#[derive(Debug, ClapArgs)]
pub struct FhirPushArgs {
    /// The address under which the server takes transactions, such as `https://fhir.example/r4`
    #[arg(long, value_name = "URL")]
    pub server: String,
    /// The token for the server in this file, which only you can read; left out: systemd's credential
    /// redflag-fhir-token, or what REDFLAG_FHIR_TOKEN says
    #[arg(long, value_name = "FILE")]
    pub token_file: Option<PathBuf>,
    /// References of checks are numbers of patients in this system of identifiers; left out: they are such as
    /// Patient/123
    #[arg(long, value_name = "SYSTEM")]
    pub patients: Option<String>,
    /// Only checks of the questionnaire with this id
    #[arg(long, value_name = "ID")]
    pub questionnaire: Option<String>,
    #[command(flatten)]
    pub span: SpanArgs,
    /// Only show what would be sent
    #[arg(long)]
    pub dry_run: bool,
    /// End when everything is sent, or nothing more can be
    #[arg(long, conflicts_with = "dry_run")]
    pub once: bool,
    /// With --once: failures in a row after which it gives up
    #[arg(long, value_name = "COUNT", requires = "once", default_value_t = 6, value_parser = clap::value_parser!(u32).range(1..=1000))]
    pub tries: u32,
    /// Send a check in pieces of at most so many parts, to a server that takes no longer transactions
    #[arg(long, value_name = "COUNT", value_parser = clap::value_parser!(u32).range(2..=1000))]
    pub parts: Option<u32>,
    /// How long an answer may take, in seconds
    #[arg(long, value_name = "SECONDS", default_value_t = 60, value_parser = clap::value_parser!(u64).range(1..=3600))]
    pub timeout: u64,
    /// Send to another machine without encryption, where everybody on the way can read it
    #[arg(long)]
    pub allow_plain_http: bool,
    /// The address under which this place publishes its resources; by default they have names without a place
    #[arg(long, value_name = "URL")]
    pub base: Option<String>,
    /// A file of this place with codes of others for questions, options and levels, of the questionnaire that it names
    /// with `of:`; may be given for each questionnaire
    #[arg(long, value_name = "FILE")]
    pub codes: Vec<PathBuf>,
    #[command(flatten)]
    pub store: StoreAt,
    #[command(flatten)]
    pub user: UserArgs,
}
