//! A QuestionnaireResponse to a form of ours, read back. It may come from any program: every answer goes through the
//! checks of an answer sheet, and what is not taken is told with its reason.

use std::collections::BTreeMap;
use std::fmt;

use jiff::civil::Date;
use serde_json::Value as Json;

use super::codes::Codes;
use super::items::{self, Given};
use super::loss::Loss;
use super::names;
use super::shown::{all_shown, shown, value_shown};
use super::values;
use crate::answers::Answer;
use crate::encounter::Encounter;
use crate::questionnaire::{Audience, QuestionIndex, Questionnaire};
use crate::triage;

/// Why a resource is no response to a form of this questionnaire.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Refused {
    /// What it is instead.
    NoResponse(String),
    /// Of a Bundle: how many responses are in it.
    NotOne(usize),
    EnteredInError,
    /// A part of it that nobody here knows may change what all of it means.
    Modified(&'static str),
    /// The form that it answers.
    OtherForm(String),
    /// It says nothing of who answered, and neither does anybody else.
    NobodyKnowsWho,
}

impl fmt::Display for Refused {
    fn fmt(&self, f: &mut fmt::Formatter) -> fmt::Result {
        match self {
            Refused::NoResponse(what) => {
                write!(f, "{what}, so it is neither a QuestionnaireResponse nor a Questionnaire")
            }
            Refused::NotOne(0) => {
                f.write_str("the Bundle has neither a Questionnaire nor a QuestionnaireResponse")
            }
            Refused::NotOne(count) => {
                write!(f, "the Bundle has {count} responses: give one at a time")
            }
            Refused::EnteredInError => f.write_str("its status is entered-in-error, so it must not be used"),
            Refused::Modified(part) => {
                write!(
                    f,
                    "it has {part}, which may change the meaning of everything in it in a way that redflag doesn't know"
                )
            }
            Refused::OtherForm(form) => {
                write!(f, "it answers the form {form}: name its questionnaire with --questionnaire")
            }
            Refused::NobodyKnowsWho => {
                f.write_str("it doesn't say who answered: give --audience patient or --audience clinician")
            }
        }
    }
}

impl std::error::Error for Refused {}

/// An encounter, and all that is to be said about it.
#[derive(Debug)]
pub struct Read {
    pub encounter: Encounter,
    pub told: Vec<Loss>,
}

/// The response in a resource: itself, or the only one in a Bundle.
///
/// # Errors
/// When there is none, or more than one.
pub fn find(resource: &Json) -> Result<&Json, Refused> {
    let kind = |resource: &Json| resource["resourceType"].as_str().map(str::to_owned);
    match kind(resource).as_deref() {
        Some("QuestionnaireResponse") => Ok(resource),
        Some("Bundle") => {
            let entries = resource["entry"].as_array().map(Vec::as_slice).unwrap_or_default();
            let responses = entries.iter().map(|entry| &entry["resource"]);
            let responses: Vec<&Json> =
                responses.filter(|it| kind(it).as_deref() == Some("QuestionnaireResponse")).collect();
            match responses.as_slice() {
                [one] => Ok(one),
                others => Err(Refused::NotOne(others.len())),
            }
        }
        Some(other) => Err(Refused::NoResponse(format!("this is a resource of the type {}", shown(other)))),
        None => Err(Refused::NoResponse("this has no resourceType".to_owned())),
    }
}

/// The questionnaire whose form a response names, if it is a form of ours.
pub fn questionnaire_of(response: &Json) -> Option<&str> {
    names::of_canonical(response["questionnaire"].as_str()?).map(|(id, ..)| id)
}

/// Reads a response. `audience`: who answered, where the form that it names doesn't say it; `day`: today, and where it
/// names no day that of the answers.
///
/// # Errors
/// When it is no response to a form of this questionnaire.
pub fn read(
    questionnaire: &Questionnaire,
    codes: &Codes,
    response: &Json,
    audience: Option<Audience>,
    day: Date,
) -> Result<Read, Refused> {
    if response["status"] == "entered-in-error" {
        return Err(Refused::EnteredInError);
    }
    if let Some(part) =
        ["modifierExtension", "implicitRules"].into_iter().find(|part| !response[part].is_null())
    {
        return Err(Refused::Modified(part));
    }
    let mut told = Vec::new();
    let asked_as = form(questionnaire, response, audience, &mut told)?;
    let mut encounter = Encounter::new(questionnaire, asked_as, day);
    match items::day(&response["authored"]) {
        Some(authored) => {
            // Somewhere it is tomorrow already.
            if day.tomorrow().is_ok_and(|tomorrow| authored > tomorrow) {
                let why = format!("it names {authored}, a day that hasn't come yet: today is {day}");
                told.push(Loss::for_a_person("", "authored", why));
            }
            encounter.day = authored;
        }
        None => told.push(Loss::new("", "authored", format!("it names no day, so {day} is used"))),
    }
    let given = items::given(questionnaire, asked_as, codes, &response["item"], &mut told);
    sheet(questionnaire, codes, &mut encounter, &given, &mut told);
    let last = (0..questionnaire.questions.len()).rev().find(|&at| encounter.sheet.get(at).is_some());
    let completed = response["status"] == "completed";
    pass(questionnaire, &mut encounter, last, completed);
    compare(questionnaire, &encounter, &given, response, &mut told);
    Ok(Read { encounter, told })
}

/// Which form it answers, and so who answered.
fn form(
    questionnaire: &Questionnaire,
    response: &Json,
    audience: Option<Audience>,
    told: &mut Vec<Loss>,
) -> Result<Audience, Refused> {
    let Some(canonical) = response["questionnaire"].as_str() else {
        told.push(Loss::new("", "questionnaire", "it names no form"));
        return audience.ok_or(Refused::NobodyKnowsWho);
    };
    let Some((id, asked_as, version)) = names::of_canonical(canonical) else {
        let why = format!("it answers the form {}, which is not a redflag form", shown(canonical));
        told.push(Loss::new("", "questionnaire", why));
        return audience.ok_or(Refused::NobodyKnowsWho);
    };
    if id != questionnaire.id {
        return Err(Refused::OtherForm(shown(canonical)));
    }
    match version {
        Some(version) if version != questionnaire.version => told.push(Loss::for_a_person(
            "",
            "questionnaire",
            format!(
                "it answers version {}, and the questionnaire here is version {}",
                shown(version),
                questionnaire.version
            ),
        )),
        Some(_) => {}
        None => {
            told.push(Loss::new("", "questionnaire", "it doesn't say which version of the form it answers"))
        }
    }
    if let Some(other) = audience.filter(|other| *other != asked_as) {
        let [said, named] = [other, asked_as].map(names::audience_word);
        let why = format!("it answers the form for {named}s, not the one for {said}s, and is read as such");
        told.push(Loss::for_a_person("", "questionnaire", why));
    }
    Ok(asked_as)
}

/// Takes each answer, or tells why not.
fn sheet(
    questionnaire: &Questionnaire,
    codes: &Codes,
    encounter: &mut Encounter,
    given: &Given,
    told: &mut Vec<Loss>,
) {
    for (index, question) in questionnaire.questions.iter().enumerate() {
        let answers = given.answers.get(&index).map(Vec::as_slice).unwrap_or_default();
        let unsure = given.unsure.contains(&index);
        let read = match (answers, unsure) {
            ([], false) => continue,
            ([], true) => Ok(Answer::UNSURE),
            (answers, _) => values::answer(questionnaire, codes, index, answers, encounter.asked_as),
        };
        if unsure && !answers.is_empty() {
            let why = "\"not sure\" was chosen as well, and the answer counts";
            told.push(Loss::for_a_person(&question.id, all_shown(answers), why));
        }
        let taken = read.and_then(|answer| {
            encounter.sheet.set(questionnaire, index, answer).map_err(|refusal| refusal.to_string())
        });
        if let Err(why) = taken {
            let why = format!("not used: {why}");
            told.push(Loss::for_a_person(&question.id, all_shown(answers), why));
        }
    }
    let facts = encounter.facts(questionnaire);
    for (index, question) in questionnaire.questions.iter().enumerate() {
        if facts.set_aside(index).is_some() {
            let answers = given.answers.get(&index).map(Vec::as_slice).unwrap_or_default();
            let why = "set aside: given the other answers it is not asked, so it doesn't count";
            told.push(Loss::for_a_person(&question.id, all_shown(answers), why));
        }
    }
}

/// Pages before the last answer were read, and what may be left out there was left out.
fn pass(
    questionnaire: &Questionnaire,
    encounter: &mut Encounter,
    last: Option<QuestionIndex>,
    completed: bool,
) {
    let mut passed = vec![false; questionnaire.questions.len()];
    {
        let facts = encounter.facts(questionnaire);
        for (index, question) in questionnaire.questions.iter().enumerate() {
            let may_be_passed = question.optional || !question.takes_answer();
            let is_behind = completed || last.is_some_and(|last| index < last);
            passed[index] =
                facts.answer(index).is_some() || (may_be_passed && is_behind && facts.is_asked(index));
        }
    }
    encounter.passed = passed;
}

/// What the response says of its answers, against what they mean here.
fn compare(
    questionnaire: &Questionnaire,
    encounter: &Encounter,
    given: &Given,
    response: &Json,
    told: &mut Vec<Loss>,
) {
    let assessment = triage::assess(&encounter.facts(questionnaire));
    let own: BTreeMap<&str, usize> = BTreeMap::from([
        (names::LEVEL, assessment.level),
        (names::CERTAIN, assessment.certain),
        (names::POSSIBLE, assessment.possible),
    ]);
    for (link_id, said) in &given.results {
        let Some(level) = own.get(link_id.as_str()).map(|at| &questionnaire.levels[*at].id) else { continue };
        if said.as_str() != Some(level.as_str()) {
            let why = format!("the answers give `{level}`, which counts instead");
            told.push(Loss::for_a_person(link_id, value_shown(said), why));
        }
    }
    match response["status"].as_str() {
        Some("completed" | "amended") if !assessment.complete => {
            let open: Vec<&str> =
                assessment.unanswered.iter().map(|&at| questionnaire.questions[at].id.as_str()).collect();
            let why = format!("these questions have no answer: {}", open.join(", "));
            told.push(Loss::for_a_person("", "status", format!("it says that it is complete, but {why}")));
        }
        Some("completed" | "amended" | "in-progress") => {}
        Some("stopped") if !assessment.complete => {
            let why = "it was stopped early, and is read as unfinished";
            told.push(Loss::new("", "status", why));
        }
        Some("stopped") => {}
        Some(other) => {
            let why = format!("{} is not a status that a response can have", shown(other));
            told.push(Loss::for_a_person("", "status", why));
        }
        None => told.push(Loss::for_a_person("", "status", "it has no status")),
    }
    for key in ["subject", "encounter", "source", "author"] {
        if !response[key].is_null() {
            told.push(Loss::new("", key, "a check has no place for it"));
        }
    }
}
