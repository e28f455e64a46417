//! `redflag fhir`: to and from the records of a clinic.

mod import;
#[cfg(feature = "push")]
mod push;
mod questionnaire;
mod response;

use std::io::{self, Write};
use std::path::Path;
#[cfg(feature = "push")]
use std::path::PathBuf;

use anyhow::{Result, anyhow};
use serde::Serialize;

use super::args::{FhirArgs, FhirCommand};
use super::{Exit, WrongUsage};
use crate::fhir::Loss;
use crate::fhir::codes::Codes;
use crate::fhir::names::Base;
use crate::questionnaire::Questionnaire;
use crate::save::{self, Readers};
use crate::system::files;
use crate::text::clean_line;
use crate::words::Language;

pub fn run(args: &FhirArgs) -> Result<Exit> {
    match &args.command {
        FhirCommand::Questionnaire(args) => questionnaire::run(args),
        FhirCommand::Response(args) => response::run(args),
        FhirCommand::Import(args) => import::run(args),
        #[cfg(feature = "push")]
        FhirCommand::Push(args) => push::run(args),
        #[cfg(all(feature = "store", not(feature = "push")))]
        FhirCommand::Push(_) => {
            Err(anyhow!("this redflag was built without sending: build it with `--features push`"))
        }
    }
}

/// Writes a resource to standard output.
fn print(resource: &impl Serialize) -> Result<()> {
    let text = serde_json::to_string_pretty(resource)?;
    let mut out = io::stdout().lock();
    writeln!(out, "{text}")?;
    out.flush()?;
    Ok(())
}

/// Says what did not go along: into a file as JSON, or on standard error.
fn tell(loss: &[Loss], file: Option<&Path>) -> Result<()> {
    let Some(file) = file else {
        for one in loss {
            // `eprintln` would panic when standard error is gone.
            let _ = writeln!(io::stderr(), "redflag: {}", clean_line(&one.to_string()));
        }
        return Ok(());
    };
    let text = serde_json::to_string_pretty(loss)? + "\n";
    let words = Language::default().words();
    save::write(file, &text, Readers::AsUsual, words).map_err(|why| anyhow!(why))
}

/// The codes of a questionnaire, and those of a site's file.
///
/// # Errors
/// All that is wrong with the file.
fn codes(questionnaire: &Questionnaire, file: Option<&Path>) -> Result<Codes> {
    let codes = Codes::of(questionnaire);
    let Some(file) = file else { return Ok(codes) };
    added(codes, questionnaire, file, &text_of_codes(file)?)
}

/// The codes of a questionnaire, and those of a site's files but for the ones that are for another questionnaire.
///
/// # Errors
/// All that is wrong with the first file in which something is.
#[cfg(feature = "push")]
fn codes_among(questionnaire: &Questionnaire, files: &[PathBuf]) -> Result<Codes> {
    let mut codes = Codes::of(questionnaire);
    for file in files {
        let text = text_of_codes(file)?;
        if Codes::meant_for(&text).is_none_or(|id| id == questionnaire.id) {
            codes = added(codes, questionnaire, file, &text)?;
        }
    }
    Ok(codes)
}

fn added(codes: Codes, questionnaire: &Questionnaire, file: &Path, text: &str) -> Result<Codes> {
    let name = clean_line(&file.to_string_lossy());
    let lines = |found: Vec<String>| found.join(&format!("\nredflag: {name}: "));
    codes.with_site(questionnaire, text).map_err(|found| anyhow!("{name}: {}", lines(found)))
}

fn text_of_codes(file: &Path) -> Result<String> {
    /// A code for each option of the largest questionnaire takes a tenth of it.
    const LONGEST: usize = 4 << 20;
    let wrong = |why: String| WrongUsage(format!("{}: {why}", clean_line(&file.to_string_lossy())));
    let bytes = files::read_given(file, LONGEST).map_err(|error| wrong(error.to_string()))?;
    if bytes.len() > LONGEST {
        return Err(wrong(format!("it is longer than {LONGEST} bytes")).into());
    }
    Ok(String::from_utf8(bytes).map_err(|_| wrong("it is not UTF-8".to_owned()))?)
}

/// # Errors
/// When the address is none that others could look a resource up at.
fn base(address: Option<&str>) -> Result<Base> {
    let Some(given) = address else { return Ok(Base::default()) };
    let rest = given.strip_prefix("https://").or_else(|| given.strip_prefix("http://"));
    let is_plain =
        |c: char| c.is_ascii_graphic() && !matches!(c, '"' | '<' | '>' | '\\' | '^' | '`' | '{' | '}' | '|');
    match rest.is_some_and(|rest| !rest.trim_matches('/').is_empty()) && given.chars().all(is_plain) {
        true => Ok(Base::new(Some(given))),
        false => {
            let given = clean_line(given);
            let why = format!("--base {given}: give an address that begins with https:// or http://");
            Err(WrongUsage(why).into())
        }
    }
}
