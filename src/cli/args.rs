//! What the command line may say. What it means is for the commands.

use std::path::PathBuf;

use clap::{Args as ClapArgs, Parser, Subcommand};
use clap_complete::Shell;
#[cfg(feature = "store")]
use jiff::civil::Date;

use super::examples;
use super::values::{
    AudienceArg, CheckFormat, DialectArg, EvaluateFormat, Format, GraphFormat, LayoutArg, TableArg, ThemeArg,
};
#[cfg(feature = "store")]
use super::values::{DaysArg, ExportFormat, RoleArg};
use crate::handout::Encoding;
use crate::library::builtin;
use crate::population::{MOST_PEOPLE, SEED};

/// The version, and in brackets the commit that it was built from, where that is known.
pub const VERSION: &str = env!("REDFLAG_VERSION");

/// Asks a questionnaire and tells how soon to act, why, and what to do next.
#[derive(Debug, Parser)]
#[command(name = "redflag", version = VERSION, args_conflicts_with_subcommands = true, after_help = examples::with_name(examples::ASK))]
pub struct Args {
    #[command(subcommand)]
    pub command: Option<Command>,
    #[command(flatten)]
    pub ask: AskArgs,
}

#[derive(Debug, Subcommand)]
pub enum Command {
    // For authors, in the order of their work.
    /// Write a small questionnaire to start from, a copy of another one, or the outline of a translation
    #[command(after_help = examples::with_name(examples::NEW))]
    New(NewArgs),
    /// Look for mistakes in questionnaires, and prove that they are safe
    #[command(after_help = examples::with_name(examples::CHECK))]
    Check(CheckArgs),
    /// Try the scenarios beside questionnaires, in NAME.tests.yaml for NAME.yaml
    #[command(after_help = examples::with_name(examples::TEST))]
    Test(TestArgs),
    /// Compare two versions of a questionnaire: who is told something else, and why
    #[command(after_help = examples::with_name(examples::DIFF))]
    Diff(DiffArgs),
    /// Show what a questionnaire does to simulated people: who is told what, and by which rules
    #[command(after_help = examples::with_name(examples::SIMULATE))]
    Simulate(SimulateArgs),
    /// Hold a questionnaire against people of whom it is known what was right: sensitivity, specificity, who was missed
    #[command(after_help = examples::with_name(examples::EVALUATE))]
    Evaluate(EvaluateArgs),
    /// Draw a questionnaire: its questions, what leads to which, and the rules
    #[command(after_help = examples::with_name(examples::GRAPH))]
    Graph(GraphArgs),
    /// Print the JSON Schemas of what is read and written, for editors and other programs
    #[command(after_help = examples::with_name(examples::SCHEMA))]
    Schema(SchemaArgs),
    // For whoever asks.
    /// The check after a check: ask again what can have changed since an earlier one, and compare
    #[command(after_help = examples::with_name(examples::AGAIN))]
    Again(AgainArgs),
    /// Print a check that was kept as a slip of paper, for a printer of slips
    #[command(after_help = examples::with_name(examples::SLIP))]
    Slip(SlipArgs),
    /// Ask a patient beside you or on the phone, a section at a time
    #[cfg(feature = "store")]
    #[command(after_help = examples::with_name(examples::INTAKE))]
    Intake(IntakeArgs),
    /// Ask whoever comes, one person after another, on a machine that is left alone
    #[command(after_help = examples::with_name(examples::KIOSK))]
    Kiosk(KioskArgs),
    /// Show who is there, how urgent each is, and who has waited for too long
    #[cfg(feature = "store")]
    #[command(after_help = examples::with_name(examples::BOARD))]
    Board(BoardArgs),
    /// Make and keep the store that a clinic shares: keys, people, backups, and whether all of it is there
    #[cfg(feature = "store")]
    #[command(after_help = examples::with_name(examples::STORE))]
    Store(StoreCommandArgs),
    /// Erase checks for good that nothing has happened to for some time
    #[cfg(feature = "store")]
    #[command(after_help = examples::with_name(examples::PURGE))]
    Purge(PurgeArgs),
    /// Write the checks of a store as lines of JSON or as a table, for those who work with them elsewhere
    #[cfg(feature = "store")]
    #[command(after_help = examples::with_name(examples::EXPORT))]
    Export(ExportArgs),
    /// Count the checks of a store: levels by day and station, how long people waited, where they stop or are not sure
    #[cfg(feature = "store")]
    #[command(after_help = examples::with_name(examples::STATS))]
    Stats(StatsArgs),
    /// Show what the site files set: telephone numbers, languages, colours, and which file each is in
    #[command(after_help = examples::with_name(examples::SITE))]
    Site(SiteCommandArgs),
    // For other programs.
    /// Judge answer sheets: JSON objects in, one result out for each
    #[command(after_help = examples::with_name(examples::ASSESS))]
    Assess(AssessArgs),
    /// Print the rules as SQL, for a database that has the answers of many
    #[command(after_help = examples::with_name(examples::SQL))]
    Sql(SqlArgs),
    /// FHIR R4: a questionnaire as a form, what happened as resources, and both back again
    #[command(after_help = examples::with_name(examples::FHIR))]
    Fhir(FhirArgs),
    /// Print a completion script for a shell
    #[command(after_help = examples::with_name(examples::COMPLETIONS))]
    Completions(CompletionsArgs),
    /// Print the manual page of a command
    #[command(after_help = examples::with_name(examples::MAN))]
    Man(ManArgs),
}

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

/// Which store, and what opens it.
#[cfg(feature = "store")]
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
#[cfg(feature = "store")]
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

/// How to ask, and where to keep what comes of it.
#[derive(Debug, ClapArgs)]
pub struct SessionArgs {
    /// Line by line, without a full screen
    #[arg(long)]
    pub plain: bool,
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

/// Asking another person.
#[cfg(feature = "store")]
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
    /// Keep the answers in FILE when the program ends, finished or not, to go on with later
    #[arg(long, value_name = "FILE")]
    pub keep: Option<PathBuf>,
    /// Write the summary to this file at the end
    #[arg(long, value_name = "FILE")]
    pub report: Option<PathBuf>,
    /// Replace files that are there
    #[arg(long)]
    pub replace: bool,
    /// How to write the summary; by default as the ending of FILE says (.md, .json, .html), else as text
    #[arg(long, value_enum)]
    pub format: Option<Format>,
    #[command(flatten)]
    pub site: SiteArgs,
    #[command(flatten)]
    pub look: LookArgs,
    /// Take the mouse
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

#[derive(Debug, ClapArgs)]
pub struct AssessArgs {
    /// A built-in questionnaire or a file
    #[arg(default_value = builtin::DEFAULT)]
    pub questionnaire: String,
    /// One JSON object, or one on each line; or CSV, by its extension or --from; `-` is standard input
    #[arg(long, value_name = "FILE", default_value = "-")]
    pub answers: PathBuf,
    /// What the answers are, where the extension doesn't say it
    #[arg(long, value_enum, value_name = "FORMAT")]
    pub from: Option<TableArg>,
    /// How CSV holds several options of one question, where it holds them both ways
    #[arg(long, value_enum)]
    pub layout: Option<LayoutArg>,
    /// Write the results into FILE instead of to standard output
    #[arg(long, value_name = "FILE")]
    pub to: Option<PathBuf>,
    /// How to write the results, where the extension of --to doesn't say it; by default as the answers are
    #[arg(long, value_enum, value_name = "FORMAT")]
    pub format: Option<TableArg>,
    /// Write only these, as in level,rules: line, level, certain, possible, complete, rules, reasons, next_steps,
    /// unanswered, set_aside, questionnaire, id
    #[arg(long, value_name = "NAMES", value_delimiter = ',')]
    pub columns: Vec<String>,
    /// Write what can't be read into FILE, with line, column and reason; by default beside --to
    #[arg(long, value_name = "FILE")]
    pub bad: Option<PathBuf>,
    /// Write no free text that is on a sheet; this is the default
    #[arg(long, conflicts_with = "allow_text")]
    pub deny_text: bool,
    /// Write free text that is set aside, as it was given
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

#[derive(Debug, ClapArgs)]
pub struct SchemaArgs {
    /// The schema of the translations of this questionnaire
    #[arg(long, value_name = "QUESTIONNAIRE")]
    pub translation_of: Option<String>,
    /// The schema of files of scenarios instead
    #[arg(long, conflicts_with = "translation_of")]
    pub tests: bool,
    /// The schema of population files instead
    #[arg(long, conflicts_with_all = ["translation_of", "tests"])]
    pub population: bool,
    /// The schema of encounters instead, as `--keep` writes them
    #[arg(long, conflicts_with_all = ["translation_of", "tests", "population"])]
    pub encounter: bool,
    /// The schema of reports in JSON instead
    #[arg(long, conflicts_with_all = ["translation_of", "tests", "population", "encounter"])]
    pub report: bool,
    /// The schema of site files instead
    #[arg(long, conflicts_with_all = ["translation_of", "tests", "population", "encounter", "report"])]
    pub site: bool,
    /// The schema of answer sheets for this questionnaire, as `assess` reads them
    #[arg(long, value_name = "QUESTIONNAIRE", conflicts_with_all = ["translation_of", "tests", "population", "encounter", "report", "site"])]
    pub answers_of: Option<String>,
    /// The schema of the lines that `assess` writes
    #[arg(long, conflicts_with_all = ["translation_of", "tests", "population", "encounter", "report", "site", "answers_of"])]
    pub assess: bool,
    /// The schema of what `check --format json` writes
    #[arg(long, conflicts_with_all = ["translation_of", "tests", "population", "encounter", "report", "site", "answers_of", "assess"])]
    pub check: bool,
}

#[derive(Debug, ClapArgs)]
pub struct CheckArgs {
    /// Built-in questionnaires or files; all built-in ones if none is given
    #[arg(value_name = "QUESTIONNAIRE")]
    pub questionnaires: Vec<String>,
    #[arg(long, value_enum, default_value_t)]
    pub format: CheckFormat,
    /// Time for the proofs of each questionnaire; what is not proved by then is a failure
    #[arg(long, value_name = "SECONDS", default_value_t = 30)]
    pub budget: u64,
    /// Print answers that show how everything can be reached
    #[arg(long)]
    pub witness: bool,
    /// Check these files again at every save, until Ctrl-C
    #[arg(long)]
    pub watch: bool,
}

#[derive(Debug, ClapArgs)]
pub struct GraphArgs {
    /// A built-in questionnaire or a file
    #[arg(default_value = builtin::DEFAULT)]
    pub questionnaire: String,
    /// How to write the picture; by default as the ending of FILE says (.svg, .mmd, .dot), else as SVG
    #[arg(long, value_enum)]
    pub format: Option<GraphFormat>,
    /// Where to write it; `-` is standard output
    #[arg(long, short, value_name = "FILE")]
    pub output: Option<PathBuf>,
}

#[derive(Debug, ClapArgs)]
pub struct SqlArgs {
    /// A built-in questionnaire or a file
    #[arg(default_value = builtin::DEFAULT)]
    pub questionnaire: String,
    /// Which engine
    #[arg(long, value_enum)]
    pub dialect: DialectArg,
    /// How the table keeps several options of one question
    #[arg(long, value_enum, default_value_t)]
    pub layout: LayoutArg,
    /// The table of answers; may be SCHEMA.TABLE
    #[arg(long, value_name = "NAME", default_value = "answers")]
    pub table: String,
    /// Its column that tells one row from another
    #[arg(long, value_name = "COLUMN", default_value = "id")]
    pub key: String,
    /// Who answered
    #[arg(long, value_enum, default_value_t)]
    pub audience: AudienceArg,
    /// Define a view of this name
    #[arg(long, value_name = "NAME", conflicts_with_all = ["ddl", "load"])]
    pub view: Option<String>,
    /// Instead: the statement that makes the table
    #[arg(long, conflicts_with = "load")]
    pub ddl: bool,
    /// Instead: statements that fill the table from answer sheets, REDCap or ODK
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
    /// Write a questionnaire as the form that one audience fills in: a Questionnaire
    Questionnaire(FhirQuestionnaireArgs),
    /// Write checks as answers to that form: a QuestionnaireResponse, or a Bundle with the result
    Response(FhirResponseArgs),
    /// Read what others have written: answers to a form of ours, or a form of theirs
    Import(FhirImportArgs),
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

#[derive(Debug, ClapArgs)]
pub struct NewArgs {
    /// Where to write it; `.yaml` is added to a name without an extension. mine.es.yaml beside mine.yaml becomes the
    /// outline of a translation
    #[arg(value_name = "FILE")]
    pub file: Option<String>,
    /// Copy this questionnaire, under an id of its own, instead of beginning with a small one
    #[arg(long, value_name = "QUESTIONNAIRE")]
    pub from: Option<String>,
}

#[derive(Debug, ClapArgs)]
pub struct DiffArgs {
    /// The version before: a built-in questionnaire, a file, or REVISION:PATH of a git repository
    pub old: String,
    /// The version now: the same
    pub new: String,
    #[arg(long, value_enum, default_value_t)]
    pub format: CheckFormat,
    /// Time for the comparison; what is not proved by then is a failure
    #[arg(long, value_name = "SECONDS", default_value_t = 30)]
    pub budget: u64,
}

#[derive(Debug, ClapArgs)]
pub struct TestArgs {
    /// Files of questionnaires
    #[arg(value_name = "QUESTIONNAIRE")]
    pub questionnaires: Vec<String>,
    /// Try only the scenarios with these words in their name
    #[arg(long, value_name = "WORDS")]
    pub only: Option<String>,
    /// Change the questionnaire in small ways, and look whether a scenario notices each change
    #[arg(long, conflicts_with = "only")]
    pub mutants: bool,
    /// With --mutants: time for each questionnaire; what is not decided by then is a failure
    #[arg(long, value_name = "SECONDS", default_value_t = 30)]
    pub budget: u64,
}

#[derive(Debug, ClapArgs)]
pub struct SimulateArgs {
    /// A built-in questionnaire or a file
    pub questionnaire: String,
    /// Population files, files of answer sheets (.jsonl), or names; all that belong to the questionnaire if none is given
    #[arg(value_name = "POPULATION")]
    pub populations: Vec<String>,
    /// How many people to draw of each population [default: as its file says, or 20000]
    #[arg(long, value_name = "NUMBER", value_parser = clap::value_parser!(u64).range(1..=MOST_PEOPLE))]
    pub people: Option<u64>,
    /// The same seed draws the same people
    #[arg(long, value_name = "NUMBER", default_value_t = SEED)]
    pub seed: u64,
    /// The version before, asked of the same people: a built-in questionnaire, a file, or REVISION:PATH of a git
    /// repository
    #[arg(long, value_name = "OLD")]
    pub against: Option<String>,
    /// Also with all figures at their floor, and at their ceiling
    #[arg(long)]
    pub vary: bool,
    #[arg(long, value_enum, default_value_t)]
    pub format: CheckFormat,
    /// Draw the shares into this file; `-` is standard output
    #[arg(long, value_name = "FILE")]
    pub svg: Option<PathBuf>,
    /// Write what each person answered into this file, a sheet on each line
    #[arg(long, value_name = "FILE")]
    pub sheets: Option<PathBuf>,
    /// Who is asked, of files of answer sheets
    #[arg(long, value_enum)]
    pub audience: Option<AudienceArg>,
}

#[derive(Debug, ClapArgs)]
pub struct EvaluateArgs {
    /// A built-in questionnaire or a file
    pub questionnaire: String,
    /// Answer sheets, one on each line or as CSV, each with what came of the person; `-` is standard input
    pub sheets: PathBuf,
    /// What the sheets are, where the extension doesn't say it
    #[arg(long, value_enum, value_name = "FORMAT")]
    pub from: Option<TableArg>,
    /// How CSV holds several options of one question, where it holds them both ways
    #[arg(long, value_enum)]
    pub layout: Option<LayoutArg>,
    /// The key beside the answers that says what came of the person: the level that was right, or what --right knows
    #[arg(long, value_name = "COLUMN")]
    pub truth: String,
    /// Which level was right for what stands there, as in x=emergency; `*=LEVEL` for all others
    #[arg(long, value_name = "OUTCOME=LEVEL")]
    pub right: Vec<String>,
    /// Also for each answer to this question, or for parts of a number: age:18,40,60
    #[arg(long, value_name = "QUESTION[:CUTS]")]
    pub by: Vec<String>,
    /// The version before, on the same people: a built-in questionnaire, a file, or REVISION:PATH of a git repository
    #[arg(long, value_name = "OLD")]
    pub against: Option<String>,
    #[arg(long, value_enum, default_value_t)]
    pub format: EvaluateFormat,
    /// Draw sensitivity and specificity into this file; `-` is standard output
    #[arg(long, value_name = "FILE")]
    pub svg: Option<PathBuf>,
    /// Who answered
    #[arg(long, value_enum, default_value_t)]
    pub audience: AudienceArg,
}

/// What is in force at this place.
#[derive(Debug, ClapArgs)]
pub struct SiteCommandArgs {
    /// A built-in questionnaire or a file
    #[arg(default_value = builtin::DEFAULT)]
    pub questionnaire: String,
    #[command(flatten)]
    pub site: SiteArgs,
}

#[cfg(feature = "store")]
#[derive(Debug, ClapArgs)]
pub struct StoreCommandArgs {
    #[command(subcommand)]
    pub command: StoreCommand,
}

#[cfg(feature = "store")]
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

#[cfg(feature = "store")]
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
#[cfg(feature = "store")]
#[derive(Debug, ClapArgs)]
pub struct StoreAt {
    #[command(flatten)]
    pub store: StoreArgs,
    #[command(flatten)]
    pub site: SiteArgs,
}

/// Who writes.
#[cfg(feature = "store")]
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
#[cfg(feature = "store")]
#[derive(Debug, ClapArgs)]
pub struct SpanArgs {
    /// Only checks that were begun on this day or later, such as 2026-11-28
    #[arg(long, value_name = "DAY")]
    pub since: Option<Date>,
    /// Only checks that were begun on this day or earlier
    #[arg(long, value_name = "DAY")]
    pub until: Option<Date>,
}

#[cfg(feature = "store")]
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

#[cfg(feature = "store")]
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

#[cfg(feature = "store")]
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

#[derive(Debug, ClapArgs)]
pub struct CompletionsArgs {
    pub shell: Shell,
}

#[derive(Debug, ClapArgs)]
pub struct ManArgs {
    /// The command; left out: redflag itself
    #[arg(value_name = "COMMAND")]
    pub command: Vec<String>,
    /// Write the pages of all commands into this folder
    #[arg(long, value_name = "FOLDER", conflicts_with = "command")]
    pub to: Option<PathBuf>,
}

#[derive(Debug, Clone, ClapArgs)]
pub struct SiteArgs {
    /// Telephone numbers, languages and colours of this place, over those of the machine's and the user's site file;
    /// `redflag site` shows what is in force
    #[arg(long, value_name = "FILE")]
    pub site: Option<PathBuf>,
}
