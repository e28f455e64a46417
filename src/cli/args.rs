//! What the command line may say. What it means is for the commands.

mod asking;
mod authoring;
#[cfg(feature = "store")]
mod clinic;
mod exchange;

use std::path::PathBuf;

use clap::{Args as ClapArgs, Parser, Subcommand};
use clap_complete::Shell;

pub use asking::*;
pub use authoring::*;
#[cfg(feature = "store")]
pub use clinic::*;
pub use exchange::*;

use super::examples;
use crate::library::builtin;

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

/// What is in force at this place.
#[derive(Debug, ClapArgs)]
pub struct SiteCommandArgs {
    /// A built-in questionnaire or a file
    #[arg(default_value = builtin::DEFAULT)]
    pub questionnaire: String,
    #[command(flatten)]
    pub site: SiteArgs,
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
