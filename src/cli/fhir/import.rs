//! `redflag fhir import`: answers to a form of ours, or a form of others.

use std::io::{self, Write};
use std::path::Path;

use anyhow::{Result, anyhow};
use serde_json::{Map, Value};

use super::super::args::FhirImportArgs;
use super::super::{Exit, WrongUsage, opening, words};
use super::response::read;
use crate::answers::json::answer_value;
use crate::encounter::{Encounter, json};
use crate::fhir::{answered, foreign};
use crate::library::Choice;
use crate::questionnaire::Questionnaire;
use crate::save::{self, Readers};
use crate::system::clock;
use crate::text::clean_line;
use crate::words::Language;

pub fn run(args: &FhirImportArgs) -> Result<Exit> {
    let name = clean_line(&args.resource.to_string_lossy());
    let bytes = read(&args.resource, words::A_RESOURCE)?;
    let bytes = bytes.strip_prefix(b"\xEF\xBB\xBF").unwrap_or(&bytes);
    let resource: Value =
        serde_json::from_slice(bytes).map_err(|error| WrongUsage(format!("{name}: no JSON: {error}")))?;
    let is_form = foreign::find(&resource).is_ok();
    let done = if is_form { form(args, &resource) } else { response(args, &resource) };
    done.map_err(|error| {
        match (error.downcast_ref::<answered::Refused>(), error.downcast_ref::<foreign::Refused>()) {
            (Some(why), _) => WrongUsage(format!("{name}: {why}")).into(),
            // It is a form, and well; it only can't be asked here.
            (_, Some(why)) => anyhow!("{name}: {why}"),
            (None, None) => error,
        }
    })
}

fn form(args: &FhirImportArgs, resource: &Value) -> Result<Exit> {
    let converted = foreign::convert(resource)?;
    write(&args.output, &converted.yaml, Readers::AsUsual)?;
    super::tell(&converted.loss, args.loss.as_deref())?;
    Ok(Exit::Done)
}

fn response(args: &FhirImportArgs, resource: &Value) -> Result<Exit> {
    let response = answered::find(resource)?;
    let named = answered::questionnaire_of(response);
    let wanted = args.questionnaire.as_deref().or(named).ok_or_else(|| {
        WrongUsage(
            "the response names no form of ours: give its questionnaire with --questionnaire".to_owned(),
        )
    })?;
    let opened = opening::open(&Choice::of(wanted)?)?;
    let first = &opened.languages.first().language;
    let language = response["language"].as_str().filter(|tag| opened.languages.find(tag).is_some());
    let questionnaire = opened.wanted(Some(language.unwrap_or(first)), |_| None)?;
    let audience = args.audience.map(Into::into);
    let codes = super::codes(questionnaire, args.codes.as_deref())?;
    let read = answered::read(questionnaire, &codes, response, audience, clock::now().date())?;
    let text = match args.answers {
        true => Value::Object(answers(questionnaire, &read.encounter)).to_string(),
        false => serde_json::to_string_pretty(&json::value(questionnaire, &read.encounter))?,
    };
    write(&args.output, &(text + "\n"), Readers::Owner)?;
    super::tell(&read.told, args.loss.as_deref())?;
    Ok(match read.told.iter().any(|one| one.needs_a_person) {
        true => Exit::NotAllWell,
        false => Exit::Done,
    })
}

/// Every answer that was taken, as a sheet.
fn answers(questionnaire: &Questionnaire, encounter: &Encounter) -> Map<String, Value> {
    let questions = questionnaire.questions.iter().enumerate();
    let given = questions.filter_map(|(index, question)| {
        Some((question.id.clone(), answer_value(encounter.sheet.get(index)?, question)))
    });
    given.collect()
}

fn write(path: &Path, text: &str, readers: Readers) -> Result<()> {
    if path.as_os_str() == "-" {
        let mut out = io::stdout().lock();
        out.write_all(text.as_bytes())?;
        out.flush()?;
        return Ok(());
    }
    let words = Language::default().words();
    save::write(path, text, readers, words)
        .map_err(|why| anyhow!("{}: {why}", clean_line(&path.to_string_lossy())))
}
