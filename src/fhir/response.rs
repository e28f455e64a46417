//! What happened in one check, as a QuestionnaireResponse to the form of whoever answered.

use super::codes::Codes;
use super::digest;
use super::layout::{Layout, Part};
use super::model::{
    Coding, Decimal, Identifier, QuestionnaireResponse, Reference, ResponseAnswer, ResponseItem, Value,
};
use super::names::{self, Base};
use super::questionnaire::resource_id;
use super::units;
use crate::answers::{Answer, Facts};
use crate::encounter::{Encounter, json};
use crate::questionnaire::{Audience, Domain, LevelIndex, OptionSet, Question, QuestionIndex, Questionnaire};
use crate::report::Texts;
use crate::site::Site;
use crate::triage::{self, Assessment};
use crate::words::Language;

/// Whom and what the resources are about, as the clinic's server names them. Nothing else is known of the person.
#[derive(Debug, Clone, Default)]
pub struct About {
    pub subject: Option<Reference>,
    pub encounter: Option<Reference>,
    /// Who answered; left out: a person or a member of staff, nobody knows which.
    pub source: Option<Reference>,
    /// What tells this check from another with the same answers, such as its line in a file.
    pub apart: String,
    /// The number under which it is kept. Its ids come from that alone, and stay when an answer is corrected.
    pub number: Option<String>,
    /// The day is that of the check, and not merely the one on which it was written.
    pub has_day: bool,
}

/// One check as it is written.
pub struct Check<'a> {
    pub questionnaire: &'a Questionnaire,
    pub encounter: &'a Encounter,
    pub facts: Facts<'a>,
    pub assessment: Assessment,
    pub site: &'a Site,
    pub base: &'a Base,
    pub codes: &'a Codes,
    pub about: &'a About,
    /// Told apart from every other by this.
    key: String,
}

impl<'a> Check<'a> {
    pub fn of(
        questionnaire: &'a Questionnaire,
        encounter: &'a Encounter,
        site: &'a Site,
        base: &'a Base,
        codes: &'a Codes,
        about: &'a About,
    ) -> Check<'a> {
        let mut what = json::value(questionnaire, encounter);
        // It changes with the program, and the check is still this one.
        what["questionnaire"]["sha256"].take();
        let what = what.to_string();
        let reference = |reference: &Option<Reference>| {
            reference.as_ref().and_then(|it| it.reference.clone()).unwrap_or_default()
        };
        let (subject, visit) = (reference(&about.subject), reference(&about.encounter));
        let key = match &about.number {
            Some(number) => digest::id(&["kept", number]),
            None => digest::id(&[&what, &subject, &visit, &about.apart]),
        };
        let facts = encounter.facts(questionnaire);
        let assessment = triage::assess(&facts);
        Check { questionnaire, encounter, facts, assessment, site, base, codes, about, key }
    }

    /// The id of a part of what is written about the check, and the one in a UUID.
    pub fn id(&self, part: &str) -> String {
        digest::id(&[&self.key, part])
    }

    pub fn full_url(&self, part: &str) -> String {
        format!("urn:uuid:{}", digest::uuid(&[&self.key, part]))
    }

    pub fn identifier(&self, part: &str) -> Identifier {
        Identifier { system: self.base.identifiers(), value: self.id(part) }
    }

    /// The level at which it was stopped, since nothing could change it any more.
    pub fn stopped(&self) -> Option<LevelIndex> {
        self.encounter.stopped.filter(|_| !self.assessment.complete)
    }

    /// Only a day: local times have no zone, and FHIR wants one.
    pub fn day(&self) -> Option<String> {
        self.about.has_day.then(|| self.encounter.day.to_string())
    }

    /// Complete, stopped early with a result that no further answer can change, or neither yet.
    pub fn status(&self) -> &'static str {
        match (self.assessment.complete, self.stopped()) {
            (true, _) => "completed",
            (false, Some(_)) => "stopped",
            (false, None) => "in-progress",
        }
    }
}

/// The response. Answers that were set aside are left out: the form doesn't ask them.
pub fn response(check: &Check) -> QuestionnaireResponse {
    let questionnaire = check.questionnaire;
    let audience = check.encounter.asked_as;
    let layout = Layout::of(questionnaire, audience);
    let mut item = Vec::new();
    for section in &layout.sections {
        let mut items = Vec::new();
        for part in &section.parts {
            match part {
                Part::Question(question) => items.extend(answered(check, *question)),
                Part::Grid(grid, rows) => {
                    let rows: Vec<_> = rows.iter().flat_map(|row| answered(check, *row)).collect();
                    items.extend(group(names::grid(&questionnaire.grids[*grid].id), rows));
                }
            }
        }
        item.extend(group(names::section(&questionnaire.sections[section.index].id), items));
    }
    item.push(result(check));
    let source = check.about.source.clone().unwrap_or_else(|| Reference {
        kind: Some(kind_of_source(audience).to_owned()),
        ..Reference::default()
    });
    let form = check.base.form(questionnaire, audience);
    QuestionnaireResponse {
        resource_type: "QuestionnaireResponse",
        id: resource_id(&check.id("response")),
        language: questionnaire.language.clone(),
        identifier: check.identifier("response"),
        questionnaire: format!("{form}|{}", questionnaire.version),
        status: check.status(),
        subject: check.about.subject.clone(),
        encounter: check.about.encounter.clone(),
        authored: check.day(),
        source: Some(source),
        item,
    }
}

/// A person answers of themselves; the form for clinicians is filled in by one.
fn kind_of_source(audience: Audience) -> &'static str {
    match audience {
        Audience::Patient => "Patient",
        Audience::Clinician => "Practitioner",
    }
}

fn group(link_id: String, item: Vec<ResponseItem>) -> Option<ResponseItem> {
    (!item.is_empty()).then(|| ResponseItem { link_id, item, ..ResponseItem::default() })
}

/// What was answered to one question; of a number or a text "not sure" is an item of its own.
fn answered(check: &Check, index: QuestionIndex) -> Vec<ResponseItem> {
    let question = &check.questionnaire.questions[index];
    let Some(answer) = check.facts.answer(index) else { return Vec::new() };
    let texts = Texts::new(check.questionnaire, check.encounter.asked_as, check.site);
    let unsure = Language::around(&check.questionnaire.language).words().answers.unsure;
    let not_sure = || Value::Coding(Coding::new(names::ABSENT, names::ASKED_UNKNOWN).with_display(unsure));
    let item = |link_id: String, text: String, values: Vec<Value>| ResponseItem {
        link_id,
        text: Some(text),
        answer: values.into_iter().map(|value| ResponseAnswer { value }).collect(),
        item: Vec::new(),
    };
    let ask = texts.body(&question.ask).trim().to_owned();
    let codings = |ticked: OptionSet| {
        let codings = ticked.iter().filter_map(|option| {
            let coding = check.codes.option(check.questionnaire, check.base, index, option)?;
            let label = texts.line(&question.options.get(option)?.label);
            Some(Value::Coding(coding.with_display(&label)))
        });
        codings.collect::<Vec<_>>()
    };
    match answer {
        Answer::Unsure { .. } if names::has_unsure_item(question) => {
            vec![item(names::unsure(question), unsure.to_owned(), vec![not_sure()])]
        }
        Answer::Unsure { ticked } => {
            let mut values = codings(*ticked);
            values.push(not_sure());
            vec![item(question.id.clone(), ask, values)]
        }
        Answer::Options(chosen) => vec![item(question.id.clone(), ask, codings(*chosen))],
        Answer::Number(number) => {
            vec![item(
                question.id.clone(),
                ask,
                vec![number_value(question, *number, check.encounter.asked_as)],
            )]
        }
        // FHIR has no empty texts; whoever answered nothing has answered.
        Answer::Text(text) if text.trim().is_empty() => Vec::new(),
        Answer::Text(text) => vec![item(question.id.clone(), ask, vec![Value::String(text.clone())])],
    }
}

/// The number in the type that its item has.
fn number_value(question: &Question, number: f64, audience: Audience) -> Value {
    match &question.domain {
        Domain::Number(bounds) if !bounds.others.is_empty() => {
            let unit = bounds.unit.as_ref().map_or("1", |unit| unit.to(audience));
            Value::Quantity(units::quantity(number, unit))
        }
        Domain::Number(bounds) if bounds.decimals == 0 => Value::Integer(number as i64),
        _ => Value::Decimal(Decimal(number)),
    }
}

fn result(check: &Check) -> ResponseItem {
    let questionnaire = check.questionnaire;
    let assessment = &check.assessment;
    let texts = Texts::new(questionnaire, check.encounter.asked_as, check.site);
    let string = |link_id: &str, value: String| ResponseItem {
        link_id: link_id.to_owned(),
        answer: vec![ResponseAnswer { value: Value::String(value) }],
        ..ResponseItem::default()
    };
    let id = |level: LevelIndex| questionnaire.levels[level].id.clone();
    let told = check.stopped().unwrap_or(assessment.at_least());
    let interrupts = questionnaire.levels[told].interrupt;
    let is_told = assessment.complete || check.stopped().is_some() || interrupts;
    let shown = is_told.then(|| string(names::SHOWN, texts.line(&questionnaire.levels[told].title)));
    let mut items: Vec<ResponseItem> = shown.into_iter().collect();
    items.push(string(names::LEVEL, id(assessment.level)));
    items.push(string(names::CERTAIN, id(assessment.certain)));
    items.push(string(names::POSSIBLE, id(assessment.possible)));
    ResponseItem { link_id: names::RESULT.to_owned(), item: items, ..ResponseItem::default() }
}
