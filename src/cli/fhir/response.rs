//! `redflag fhir response`: checks as answers to a form.

use std::fs::File;
use std::io::{self, Read, Write};
use std::path::Path;

use anyhow::{Result, anyhow};
use jiff::civil::Date;

use super::super::args::FhirResponseArgs;
use super::super::{Exit, WrongUsage, files, keyboard, opening, say, words};
use crate::answers::json::SheetReader;
use crate::encounter::{Encounter, json};
use crate::fhir::bundle::bundle;
use crate::fhir::codes::Codes;
use crate::fhir::model::Reference;
use crate::fhir::names::Base;
use crate::fhir::response::{About, Check, response};
use crate::library::{Choice, builtin};
use crate::questionnaire::{Audience, Questionnaire};
use crate::site::Site;
use crate::system::clock;
use crate::text::clean_line;

/// No file of sheets is longer.
pub const LONGEST: usize = 1 << 30;

pub fn run(args: &FhirResponseArgs) -> Result<Exit> {
    let base = super::base(args.base.as_deref())?;
    let about = About {
        subject: reference("--subject", args.subject.as_deref())?,
        encounter: reference("--encounter", args.encounter.as_deref())?,
        source: reference("--source", args.source.as_deref())?,
        ..About::default()
    };
    let name = clean_line(&args.check.to_string_lossy());
    let bytes = read(&args.check, words::A_CHECK)?;
    let kept = std::str::from_utf8(&bytes).ok().filter(|_| looks_kept(&bytes));
    let asked_by = match kept {
        Some(text) => Some(json::asked_by(text).map_err(|problem| WrongUsage(format!("{name}: {problem}")))?),
        None => None,
    };
    let wanted = args.questionnaire.as_deref();
    let of_check = asked_by.as_ref().map(|(questionnaire, _)| questionnaire.as_str());
    let opened = opening::open(&Choice::of(wanted.or(of_check).unwrap_or(builtin::DEFAULT))?)?;
    let first = opened.languages.first().language.clone();
    let asked_in = asked_by.as_ref().map(|(_, language)| language.as_str());
    // A language that it was asked in and that is gone is no reason to write nothing.
    let asked_in = asked_in.filter(|tag| opened.languages.find(tag).is_some());
    let language = args.language.as_deref().or(asked_in).unwrap_or(&first);
    let questionnaire = opened.wanted(Some(language), |_| None)?;
    let site = opening::place(&args.site, questionnaire)?.contacts;
    let codes = super::codes(questionnaire, args.codes.as_deref())?;
    let mut writer = Writer {
        questionnaire,
        site: &site,
        base: &base,
        codes: &codes,
        bundle: args.bundle,
        lines: kept.is_none(),
        out: io::stdout().lock(),
    };
    match kept {
        Some(text) => {
            let kept = json::read(questionnaire, text);
            let kept = kept.map_err(|problem| WrongUsage(format!("{name}: {problem}")))?;
            for misfit in &kept.misfits {
                say(&anyhow!("{name}: {}", clean_line(&misfit.to_string())));
            }
            writer.write(&kept.encounter, &About { has_day: true, ..about })?;
            writer.out.flush()?;
            // An answer that is no longer there is missing from the response.
            Ok(if kept.misfits.is_empty() { Exit::Done } else { Exit::NotAllWell })
        }
        None => {
            let audience = args.audience.map_or(Audience::Patient, Into::into);
            let today = clock::now().date();
            sheets(&mut writer, &name, &bytes, audience, today, &about)
        }
    }
}

fn sheets(
    writer: &mut Writer<impl Write>,
    name: &str,
    bytes: &[u8],
    audience: Audience,
    day: Date,
    about: &About,
) -> Result<Exit> {
    let questionnaire = writer.questionnaire;
    let reader = SheetReader::new(questionnaire);
    let mut written = Ok(());
    let found = files::each_line(name, bytes, |line, number| {
        let sheet = reader.read(line).map_err(|error| error.to_string())?;
        if written.is_ok() {
            let encounter = Encounter::of_sheet(questionnaire, audience, sheet, day);
            let about = About { apart: format!("{name}:{number}"), ..about.clone() };
            written = writer.write(&encounter, &about);
        }
        Ok(())
    });
    written?;
    writer.out.flush()?;
    match found {
        Ok(()) => Ok(Exit::Done),
        Err(found) => {
            for one in &found {
                say(&anyhow!("{}", one.render(false).trim_end()));
            }
            Ok(Exit::NotAllWell)
        }
    }
}

struct Writer<'a, W> {
    questionnaire: &'a Questionnaire,
    site: &'a Site,
    base: &'a Base,
    codes: &'a Codes,
    bundle: bool,
    /// One resource a line.
    lines: bool,
    out: W,
}

impl<W: Write> Writer<'_, W> {
    fn write(&mut self, encounter: &Encounter, about: &About) -> Result<()> {
        let check = Check::of(self.questionnaire, encounter, self.site, self.base, self.codes, about);
        let value = match (&about.subject, self.bundle) {
            (Some(subject), true) => self.text(&bundle(&check, subject)),
            _ => self.text(&response(&check)),
        };
        writeln!(self.out, "{}", value?)?;
        Ok(())
    }

    fn text(&self, resource: &impl serde::Serialize) -> Result<String, serde_json::Error> {
        match self.lines {
            true => serde_json::to_string(resource),
            false => serde_json::to_string_pretty(resource),
        }
    }
}

/// Whether it is an encounter or a report, and not a sheet of answers: those have no such key.
fn looks_kept(bytes: &[u8]) -> bool {
    #[derive(serde::Deserialize)]
    struct Kept {
        format: String,
    }
    serde_json::from_slice::<Kept>(bytes).is_ok_and(|kept| kept.format.starts_with("redflag-"))
}

/// `what` is said where it is typed.
pub fn read(path: &Path, what: &str) -> Result<Vec<u8>> {
    keyboard::announce(path, what, "name a file");
    let name = clean_line(&path.to_string_lossy());
    let input: Box<dyn Read> = match path.as_os_str() == "-" {
        true => Box::new(io::stdin().lock()),
        false => Box::new(File::open(path).map_err(|error| WrongUsage(format!("{name}: {error}")))?),
    };
    let mut bytes = Vec::new();
    let read = input.take(LONGEST as u64 + 1).read_to_end(&mut bytes);
    read.map_err(|error| WrongUsage(format!("{name}: {error}")))?;
    match bytes.len() > LONGEST {
        true => Err(WrongUsage(format!("{name}: it is longer than {LONGEST} bytes")).into()),
        false => Ok(bytes),
    }
}

/// A reference as a server takes it: `Patient/123`, an address that ends so, or a URN.
fn reference(option: &str, given: Option<&str>) -> Result<Option<Reference>> {
    let Some(given) = given else { return Ok(None) };
    let is_urn = given.strip_prefix("urn:uuid:").or_else(|| given.strip_prefix("urn:oid:"));
    let is_id = |id: &str| {
        (1..=64).contains(&id.len())
            && id.chars().all(|c| c.is_ascii_alphanumeric() || matches!(c, '-' | '.'))
    };
    let is_kind = |kind: &str| {
        kind.starts_with(|c: char| c.is_ascii_uppercase()) && kind.chars().all(|c| c.is_ascii_alphabetic())
    };
    let (place, rest) = given.rsplit_once('/').unwrap_or_default();
    let (address, kind) = place.rsplit_once('/').map_or(("", place), |(address, kind)| (address, kind));
    let is_address = address.is_empty() || address.starts_with("https://") || address.starts_with("http://");
    match is_urn.is_some_and(is_id) || (is_id(rest) && is_kind(kind) && is_address) {
        true => Ok(Some(Reference::to(given))),
        false => {
            let given = clean_line(given);
            let why =
                format!("{option} {given}: give a reference as the server knows it, such as Patient/123");
            Err(WrongUsage(why).into())
        }
    }
}
