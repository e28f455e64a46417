//! `redflag fhir import`: answers to a form of ours, or a form of others.

use std::io::{self, Write};
use std::path::Path;

use anyhow::{Result, anyhow};
use serde_json::{Map, Value};

use super::super::args::FhirImportArgs;
use super::super::{Exit, WrongUsage, opening, words};
use super::response::read;
use crate::answers::json::answer_value;
use crate::encounter::{self, Encounter};
use crate::fhir::{answered, foreign, json};
use crate::library::{Choice, builtin};
use crate::questionnaire::Questionnaire;
use crate::save::{self, Readers};
use crate::system::clock;
use crate::text::clean_line;
use crate::words::Language;

pub fn run(args: &FhirImportArgs) -> Result<Exit> {
    let name = clean_line(&args.resource.to_string_lossy());
    let bytes = read(&args.resource, words::A_RESOURCE)?;
    let resource = json::read(&bytes).map_err(|why| WrongUsage(format!("{name}: {why}")))?;
    use answered::Refused::{NoResponse, NotOne};
    let has_form =
        !matches!(foreign::find(&resource), Err(foreign::Refused::NoForm(_) | foreign::Refused::NotOne(0)));
    let has_response = !matches!(answered::find(&resource), Err(NoResponse(_) | NotOne(0)));
    let done = match (has_form, has_response) {
        (true, true) => {
            let why = "the Bundle has a Questionnaire and a response: import them one at a time";
            return Err(WrongUsage(format!("{name}: {why}")).into());
        }
        (true, false) => form(args, &name, &resource),
        (false, _) => response(args, &resource),
    };
    done.map_err(|error| {
        match (error.downcast_ref::<answered::Refused>(), error.downcast_ref::<foreign::Refused>()) {
            (Some(why), _) => WrongUsage(format!("{name}: {why}")).into(),
            (_, Some(why @ foreign::Refused::NotOne(_))) => WrongUsage(format!("{name}: {why}")).into(),
            // It is a form, and well; it only can't be asked here.
            (_, Some(why)) => anyhow!("{name}: {why}"),
            (None, None) => error,
        }
    })
}

fn form(args: &FhirImportArgs, name: &str, resource: &Value) -> Result<Exit> {
    let of_responses = [
        ("--questionnaire", args.questionnaire.is_some()),
        ("--audience", args.audience.is_some()),
        ("--answers", args.answers),
        ("--codes", args.codes.is_some()),
    ];
    if let Some((option, _)) = of_responses.iter().find(|(_, is_given)| *is_given) {
        return Err(
            WrongUsage(format!("{name}: {option} is for responses, and this is a Questionnaire")).into()
        );
    }
    let converted = foreign::convert(resource)?;
    write(&args.output, &converted.yaml, Readers::AsUsual)?;
    super::tell(&converted.loss, args.loss.as_deref())?;
    Ok(Exit::Done)
}

fn response(args: &FhirImportArgs, resource: &Value) -> Result<Exit> {
    let response = answered::find(resource)?;
    let named = answered::questionnaire_of(response);
    let choice = match (args.questionnaire.as_deref(), named) {
        (Some(given), _) => Choice::of(given)?,
        // What others have written opens no file.
        (None, Some(id)) => builtin::find(id).map(Choice::Builtin).ok_or_else(|| {
            let id: String = clean_line(id).chars().take(80).collect();
            WrongUsage(format!(
                "the response is for {id}, which is not built in: give its file with --questionnaire"
            ))
        })?,
        (None, None) => {
            let why = "the response doesn't name a redflag form: name its questionnaire with --questionnaire";
            return Err(WrongUsage(why.to_owned()).into());
        }
    };
    let opened = opening::open(&choice)?;
    let first = &opened.languages.first().language;
    let language = response["language"].as_str().filter(|tag| opened.languages.find(tag).is_some());
    let questionnaire = opened.wanted(Some(language.unwrap_or(first)), |_| None)?;
    let audience = args.audience.map(Into::into);
    let codes = super::codes(questionnaire, args.codes.as_deref())?;
    let read = answered::read(questionnaire, &codes, response, audience, clock::now().date())?;
    let text = match args.answers {
        true => Value::Object(answers(questionnaire, &read.encounter)).to_string(),
        false => serde_json::to_string_pretty(&encounter::json::value(questionnaire, &read.encounter))?,
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
