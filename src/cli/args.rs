//! What the command line may say. What it means is for the commands.

mod asking;
mod authoring;
#[cfg(feature = "store")]
mod clinic;
mod exchange;

use std::ffi::OsString;
use std::path::PathBuf;

use clap::{Args as ClapArgs, Parser, Subcommand};

pub use asking::*;
pub use authoring::*;
#[cfg(feature = "store")]
pub use clinic::*;
pub use exchange::*;

use super::examples;
use super::values::ShellArg;
use crate::library::builtin;

/// The version, and in brackets the commit that it was built from, where that is known.
pub const VERSION: &str = env!("REDFLAG_VERSION");

/// Ask a questionnaire, and show how soon to act, why, and what to do next.
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
    /// Find errors in questionnaires, and prove that they are safe
    #[command(after_help = examples::with_name(examples::CHECK))]
    Check(CheckArgs),
    /// Run the scenarios of a questionnaire, which are in NAME.tests.yaml beside NAME.yaml
    #[command(after_help = examples::with_name(examples::TEST))]
    Test(TestArgs),
    /// Compare two versions of a questionnaire: who gets a different result, and why
    #[command(after_help = examples::with_name(examples::DIFF))]
    Diff(DiffArgs),
    /// Ask simulated people: how many get which result, and by which rules
    #[command(after_help = examples::with_name(examples::SIMULATE))]
    Simulate(SimulateArgs),
    /// Measure a questionnaire on people whose right result is known: sensitivity, specificity, who was missed
    #[command(after_help = examples::with_name(examples::EVALUATE))]
    Evaluate(EvaluateArgs),
    /// Draw a questionnaire: its questions, which one leads to which, and its rules
    #[command(after_help = examples::with_name(examples::GRAPH))]
    Graph(GraphArgs),
    /// Print a JSON Schema of a file that redflag reads or writes, for editors and other programs
    #[command(after_help = examples::with_name(examples::SCHEMA))]
    Schema(SchemaArgs),
    /// Print a page of the guide for authors: the lesson, the format, testing, proofs
    #[command(after_help = examples::with_name(examples::GUIDE))]
    Guide(GuideArgs),
    // For whoever asks.
    /// Repeat an earlier check: ask what may have changed since, and compare the results
    #[command(after_help = examples::with_name(examples::AGAIN))]
    Again(AgainArgs),
    /// Print a saved check for a receipt printer
    #[command(after_help = examples::with_name(examples::SLIP))]
    Slip(SlipArgs),
    /// Ask a patient who is with you or on the phone, one section at a time
    #[cfg(feature = "store")]
    #[command(after_help = examples::with_name(examples::INTAKE))]
    Intake(IntakeArgs),
    /// Ask one person after another, on a machine that nobody watches
    #[command(after_help = examples::with_name(examples::KIOSK))]
    Kiosk(KioskArgs),
    /// Show who is waiting, how urgent each person is, and who has waited too long
    #[cfg(feature = "store")]
    #[command(after_help = examples::with_name(examples::BOARD))]
    Board(BoardArgs),
    /// Create and look after the store that a clinic shares: keys, people, backups, verification
    #[cfg(feature = "store")]
    #[command(after_help = examples::with_name(examples::STORE))]
    Store(StoreCommandArgs),
    /// Erase old checks for good
    #[cfg(feature = "store")]
    #[command(after_help = examples::with_name(examples::PURGE))]
    Purge(PurgeArgs),
    /// Export the checks of a store as JSON Lines or CSV
    #[cfg(feature = "store")]
    #[command(after_help = examples::with_name(examples::EXPORT))]
    Export(ExportArgs),
    /// Count the checks of a store: levels by day and station, waiting times, where people stop or are not sure
    #[cfg(feature = "store")]
    #[command(after_help = examples::with_name(examples::STATS))]
    Stats(StatsArgs),
    /// Show the settings of this site: phone numbers, languages, colours, and the file that each comes from
    #[command(after_help = examples::with_name(examples::SITE))]
    Site(SiteCommandArgs),
    // For other programs.
    /// Judge answer sheets from a file or another program: one result for each
    #[command(after_help = examples::with_name(examples::ASSESS))]
    Assess(AssessArgs),
    /// Print the rules as SQL, for a database that already has the answers
    #[command(after_help = examples::with_name(examples::SQL))]
    Sql(SqlArgs),
    /// Convert questionnaires and checks to FHIR R4, and back
    #[command(after_help = examples::with_name(examples::FHIR))]
    Fhir(FhirArgs),
    /// Print a completion script for a shell
    #[command(after_help = examples::with_name(examples::COMPLETIONS))]
    Completions(CompletionsArgs),
    /// Print what can come next on a command line, for the scripts of `completions`
    #[command(hide = true)]
    CompleteWord(CompleteArgs),
    /// Print the manual page of a command
    #[command(after_help = examples::with_name(examples::MAN))]
    Man(ManArgs),
}

/// The settings of this site.
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
    /// The shell to print it for
    #[arg(value_enum)]
    pub shell: ShellArg,
}

/// A command line that somebody is typing.
#[derive(Debug, ClapArgs)]
pub struct CompleteArgs {
    /// What is typed of the next word
    #[arg(long)]
    pub word: String,
    /// The words before it, without the name of the program
    #[arg(last = true)]
    pub before: Vec<OsString>,
}

#[derive(Debug, ClapArgs)]
pub struct ManArgs {
    /// The command; without one, redflag itself
    #[arg(value_name = "COMMAND")]
    pub command: Vec<String>,
    /// Write the pages of all commands into this folder
    #[arg(long, value_name = "FOLDER", conflicts_with = "command")]
    pub to: Option<PathBuf>,
}
