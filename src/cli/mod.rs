//! The command line: arguments are parsed here, and each command has a file of its own.

mod again;
mod args;
mod ask;
mod assess;
#[cfg(feature = "store")]
mod board;
mod check;
mod checked;
mod complete;
mod contracts;
#[cfg(feature = "store")]
mod desk;
mod diff;
mod drawing;
mod earlier;
mod evaluate;
mod examples;
mod exit;
#[cfg(feature = "store")]
mod export;
mod fhir;
mod files;
mod graph;
mod guide;
#[cfg(feature = "store")]
mod intake;
#[cfg(feature = "store")]
mod keeping;
#[cfg(feature = "store")]
mod kept;
mod keyboard;
mod kiosk;
mod manual;
mod mistyped;
mod mutants;
mod new;
mod opening;
mod parquet;
mod progress;
#[cfg(feature = "store")]
mod purge;
mod quoting;
#[cfg(all(test, feature = "store"))]
mod reference;
mod report_place;
mod schema;
mod shell;
mod simulate;
mod site;
mod slip;
mod sql;
#[cfg(feature = "store")]
mod station;
#[cfg(feature = "store")]
mod stats;
#[cfg(feature = "store")]
mod store;
#[cfg(feature = "store")]
mod taken_over;
mod test;
mod values;
mod watch;
mod while_read;
mod whole_file;
mod words;

use std::ffi::OsString;
use std::io::{self, Write};

use anyhow::Result;
use clap::Parser;

use args::{Args, Command};
pub use args::{AskArgs, SessionArgs};
pub use exit::{Exit, WrongUsage};
pub use values::{AudienceArg, Format};

use crate::library::Problem;
use crate::system::{secrecy, signals};
use crate::text::clean;
use crate::tui;

/// Runs one command line, the program's name first.
pub fn main(arguments: impl IntoIterator<Item = OsString>) -> Exit {
    secrecy::keep(tui::give_back);
    let arguments: Vec<OsString> = arguments.into_iter().collect();
    let args = match Args::try_parse_from(&arguments) {
        Ok(args) => args,
        Err(error) => return not_understood(error, &arguments),
    };
    run(args).unwrap_or_else(|error| {
        if is_broken_pipe(&error) {
            return Exit::Done;
        }
        signals::release();
        if let Some(exit::Interrupted(ending)) = error.downcast_ref() {
            return Exit::By(*ending);
        }
        say(&error);
        if error.is::<WrongUsage>() {
            return Exit::WrongUsage;
        }
        #[cfg(feature = "store")]
        if let Some(problem) = error.downcast_ref() {
            return Exit::of_store(problem);
        }
        error.downcast_ref().map_or(Exit::NotAllWell, Exit::of)
    })
}

/// Says on standard error what went wrong.
fn say(error: &anyhow::Error) {
    // Names of files and keys of the site file are in messages, and may hold anything.
    let mut words = clean(&format!("{error:#}"));
    if let Some(Problem::HasMistakes { found, .. }) = error.downcast_ref() {
        // They are drawn in colours, and nothing from outside is in them as it was.
        words += &format!("\n{}", drawing::mistakes(found, drawing::has_colour(&io::stderr())).trim_end());
    }
    // `eprintln` would panic when standard error is gone.
    let _ = writeln!(io::stderr(), "redflag: {words}");
}

/// Says what is wrong with the arguments; help and version come this way too.
fn not_understood(mut error: clap::Error, arguments: &[OsString]) -> Exit {
    if !error.use_stderr() {
        // A reader that went away is none of our business.
        let _ = error.print();
        return Exit::Done;
    }
    if let Some(told) = mistyped::told(arguments) {
        say(&WrongUsage(told).into());
        return Exit::WrongUsage;
    }
    mistyped::improve(&mut error);
    let harmless = |argument: &OsString| {
        let argument = argument.to_string_lossy();
        clean(&argument) == argument
    };
    let _ = if arguments.iter().all(harmless) {
        error.print()
    } else {
        // The message repeats them.
        writeln!(io::stderr(), "{}", clean(&error.render().to_string()).trim_end())
    };
    Exit::WrongUsage
}

fn run(args: Args) -> Result<Exit> {
    #[cfg(debug_assertions)]
    secrecy::panic_if_a_test_asks("command");
    match args.command {
        None => ask::run(args.ask),
        Some(Command::Again(args)) => again::run(&args),
        Some(Command::Slip(args)) => slip::run(&args),
        Some(Command::Assess(args)) => assess::run(&args),
        Some(Command::Check(args)) => check::run(&args),
        Some(Command::Fhir(args)) => fhir::run(&args),
        Some(Command::Graph(args)) => graph::run(&args),
        Some(Command::Guide(args)) => guide::run(&args),
        Some(Command::New(args)) => new::run(&args),
        #[cfg(feature = "store")]
        Some(Command::Intake(args)) => intake::run(args),
        Some(Command::Kiosk(args)) => kiosk::run(&args),
        #[cfg(feature = "store")]
        Some(Command::Board(args)) => board::run(&args),
        #[cfg(feature = "store")]
        Some(Command::Export(args)) => export::run(&args),
        #[cfg(feature = "store")]
        Some(Command::Stats(args)) => stats::run(&args),
        Some(Command::Schema(args)) => schema::run(&args),
        Some(Command::Diff(args)) => diff::run(&args),
        Some(Command::Test(args)) => test::run(&args),
        Some(Command::Simulate(args)) => simulate::run(&args),
        Some(Command::Evaluate(args)) => evaluate::run(&args),
        Some(Command::Sql(args)) => sql::run(&args),
        #[cfg(feature = "store")]
        Some(Command::Store(args)) => store::run(&args),
        #[cfg(feature = "store")]
        Some(Command::Purge(args)) => purge::run(&args),
        Some(Command::Site(args)) => site::run(&args),
        Some(Command::Completions(args)) => shell::completions(args.shell),
        Some(Command::CompleteWord(args)) => complete::run(&args),
        Some(Command::Man(args)) => manual::run(&args),
    }
}

/// Whoever read our output has enough, as `head` does. Commands whose exit status is a verdict never get here with
/// it: see [`while_read::WhileRead`].
fn is_broken_pipe(error: &anyhow::Error) -> bool {
    let io_errors = error.chain().filter_map(|cause| cause.downcast_ref::<io::Error>());
    io_errors.into_iter().any(|error| error.kind() == io::ErrorKind::BrokenPipe)
}
