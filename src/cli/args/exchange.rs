//! What commands for other programs take.

use std::path::PathBuf;

use clap::{Args as ClapArgs, Subcommand};

use super::super::values::{AudienceArg, DialectArg, LayoutArg, SheetsArg};
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
    pub format: Option<SheetsArg>,
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
    /// Read a FHIR QuestionnaireResponse to a redflag form, or convert a Questionnaire by others
    Import(FhirImportArgs),
    /// Send the finished checks of a store to a FHIR server, each exactly once, and keep sending new ones
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
    /// The language of the form, such as `es`; the others are included as translations [default: the first]
    #[arg(long, value_name = "LANGUAGE")]
    pub language: Option<String>,
    /// The address under which you publish FHIR resources [default: names that begin with urn:redflag:]
    #[arg(long, value_name = "URL")]
    pub base: Option<String>,
    /// Write what was left out to FILE as JSON [default: as text to standard error]
    #[arg(long, value_name = "FILE")]
    pub loss: Option<PathBuf>,
    /// A file with your own codes for questions, options and levels
    #[arg(long, value_name = "FILE")]
    pub codes: Option<PathBuf>,
    #[command(flatten)]
    pub site: SiteArgs,
}

#[derive(Debug, ClapArgs)]
pub struct FhirResponseArgs {
    /// A check saved with --keep, a report in JSON, or answer sheets, one on each line; `-` is standard input
    #[arg(value_name = "CHECK", default_value = "-")]
    pub check: PathBuf,
    /// A built-in questionnaire or a file [default: the one that the check names, else the first built-in one]
    #[arg(long, value_name = "QUESTIONNAIRE")]
    pub questionnaire: Option<String>,
    /// For answer sheets: who answered [default: patient]
    #[arg(long, value_enum)]
    pub audience: Option<AudienceArg>,
    /// The language of the texts, such as `es` [default: the language of the check]
    #[arg(long, value_name = "LANGUAGE")]
    pub language: Option<String>,
    /// Who the check is about, as the server knows them, such as Patient/123
    #[arg(long, value_name = "REFERENCE")]
    pub subject: Option<String>,
    /// The visit that the check belongs to, such as Encounter/45
    #[arg(long, value_name = "REFERENCE")]
    pub encounter: Option<String>,
    /// Who answered, such as Practitioner/6 or RelatedPerson/7
    #[arg(long, value_name = "REFERENCE")]
    pub source: Option<String>,
    /// Write a Bundle with the response, measured values, the level and the handover, each created only once
    #[arg(long, requires = "subject")]
    pub bundle: bool,
    /// The address under which you publish FHIR resources [default: names that begin with urn:redflag:]
    #[arg(long, value_name = "URL")]
    pub base: Option<String>,
    /// A file with your own codes for questions, options and levels
    #[arg(long, value_name = "FILE")]
    pub codes: Option<PathBuf>,
    #[command(flatten)]
    pub site: SiteArgs,
}

#[derive(Debug, ClapArgs)]
pub struct FhirImportArgs {
    /// A QuestionnaireResponse to a redflag form, a Questionnaire by others, or a Bundle with one of them; `-` is standard
    /// input
    #[arg(value_name = "RESOURCE", default_value = "-")]
    pub resource: PathBuf,
    /// For a response: the questionnaire that it answers [default: the built-in one that it names]
    #[arg(long, value_name = "QUESTIONNAIRE")]
    pub questionnaire: Option<String>,
    /// For a response that doesn't name its form: who answered
    #[arg(long, value_enum)]
    pub audience: Option<AudienceArg>,
    /// For a response: write an answer sheet for `redflag assess` instead of a check to continue
    #[arg(long)]
    pub answers: bool,
    /// Where to write the result; `-` is standard output
    #[arg(long, short, value_name = "FILE", default_value = "-")]
    pub output: PathBuf,
    /// Write what was left out to FILE as JSON [default: as text to standard error]
    #[arg(long, value_name = "FILE")]
    pub loss: Option<PathBuf>,
    /// A file with your own codes for questions, options and levels
    #[arg(long, value_name = "FILE")]
    pub codes: Option<PathBuf>,
}

#[cfg(feature = "store")]
#[derive(Debug, ClapArgs)]
pub struct FhirPushArgs {
    /// The base address of the server, such as `https://fhir.example/r4`
    #[arg(long, value_name = "URL")]
    pub server: String,
    /// A file with the token for the server, which only you can read [default: systemd's credential redflag-fhir-token,
    /// else the variable REDFLAG_FHIR_TOKEN]
    #[arg(long, value_name = "FILE")]
    pub token_file: Option<PathBuf>,
    /// The identifier system of your patient numbers, if the references of checks are such numbers [default: they are like
    /// Patient/123]
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
    /// Stop when everything is sent, or when nothing more can be
    #[arg(long, conflicts_with = "dry_run")]
    pub once: bool,
    /// With --once: give up after so many failures in a row
    #[arg(long, value_name = "COUNT", requires = "once", default_value_t = 6, value_parser = clap::value_parser!(u32).range(1..=1000))]
    pub tries: u32,
    /// Send a check in transactions of at most so many parts, for a server that takes only short ones
    #[arg(long, value_name = "COUNT", value_parser = clap::value_parser!(u32).range(2..=1000))]
    pub parts: Option<u32>,
    /// How long to wait for an answer, in seconds
    #[arg(long, value_name = "SECONDS", default_value_t = 60, value_parser = clap::value_parser!(u64).range(1..=3600))]
    pub timeout: u64,
    /// Send to another machine without encryption, although everybody on the network can read it
    #[arg(long)]
    pub allow_plain_http: bool,
    /// The address under which you publish FHIR resources [default: names that begin with urn:redflag:]
    #[arg(long, value_name = "URL")]
    pub base: Option<String>,
    /// A file with your own codes for questions, options and levels of the questionnaire that it names with `of:`; can be
    /// given once for each questionnaire
    #[arg(long, value_name = "FILE")]
    pub codes: Vec<PathBuf>,
    #[command(flatten)]
    pub store: StoreAt,
    #[command(flatten)]
    pub user: UserArgs,
}
