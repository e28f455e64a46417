//! What happened in one check as resources that a clinic files: one transaction, each of whose parts is created only
//! once.
//!
//! The level is a RiskAssessment, since it is a judgement at one moment with its basis; a Flag would be a warning that
//! somebody has to take down again. The handover is a DocumentReference: a Composition needs an author and a time with
//! its zone, and neither is known. docs/reference/fhir.md says who else does so.

use super::model::{
    Attachment, Bundle, Coding, Concept, DocumentContent, DocumentContext, DocumentReference, Entry,
    EntryRequest, Identifier, Observation, Prediction, Range, Reference, Resource, RiskAssessment, Value,
};
use super::names;
use super::response::{Check, response};
use super::units;
use crate::answers::Answer;
use crate::questionnaire::{Audience, Domain, LevelIndex, Question, QuestionIndex};
use crate::report::{Format, Judged, Report, Texts};
use crate::words::Language;

/// `subject`: whom all of it is about.
pub fn bundle(check: &Check, subject: &Reference) -> Bundle {
    let judged = Judged::of(check.questionnaire, check.encounter);
    let report = Report::of(&judged, Audience::Clinician, check.site);
    let is_final = check.status() != "in-progress";
    let mut entry = vec![entry(check, "response", "QuestionnaireResponse", |_| {
        Resource::Response(Box::new(response(check)))
    })];
    for index in 0..check.questionnaire.questions.len() {
        if let Some(measured) = observation(check, index, subject, is_final) {
            let part = format!("observation.{}", check.questionnaire.questions[index].id);
            entry.push(self::entry(check, &part, "Observation", |_| {
                Resource::Observation(Box::new(measured))
            }));
        }
    }
    if let Some(level) = judged.levels().0 {
        entry.push(self::entry(check, "level", "RiskAssessment", |identifier| {
            Resource::Risk(Box::new(risk(check, level, &report, subject, is_final, identifier)))
        }));
    }
    entry.push(self::entry(check, "handover", "DocumentReference", |identifier| {
        Resource::Document(Box::new(document(check, &report, subject, is_final, identifier)))
    }));
    Bundle {
        resource_type: "Bundle",
        id: check.id("bundle"),
        identifier: check.identifier("bundle"),
        kind: "transaction",
        entry,
    }
}

fn entry(check: &Check, part: &str, kind: &'static str, make: impl FnOnce(Identifier) -> Resource) -> Entry {
    let identifier = check.identifier(part);
    // Without its day, the same answers of the same person on another day would be taken for these.
    let if_none_exist = check.about.has_day.then(|| names::search(&identifier));
    Entry {
        full_url: check.full_url(part),
        resource: make(identifier),
        request: EntryRequest { method: "POST", url: kind.to_owned(), if_none_exist },
    }
}

fn status(is_final: bool) -> &'static str {
    if is_final { "final" } else { "preliminary" }
}

/// A measured value: a number that counts, or that it was asked for and is not known.
fn observation(
    check: &Check,
    index: QuestionIndex,
    subject: &Reference,
    is_final: bool,
) -> Option<Observation> {
    let question = &check.questionnaire.questions[index];
    let Domain::Number(bounds) = &question.domain else { return None };
    let audience = check.encounter.asked_as;
    let unit = bounds.unit.as_ref().map(|unit| unit.to(audience));
    let (value, data_absent_reason) = match check.facts.answer(index)? {
        Answer::Number(number) => (
            Some(match unit {
                Some(unit) => Value::Quantity(units::quantity(*number, unit)),
                None if bounds.decimals == 0 => Value::Integer(*number as i64),
                // An Observation has no decimals without a quantity.
                None => Value::Quantity(units::quantity(*number, "1")),
            }),
            None,
        ),
        _ => (None, Some(Concept::from(Coding::new(names::ABSENT, names::ASKED_UNKNOWN)))),
    };
    let part = format!("observation.{}", question.id);
    Some(Observation {
        resource_type: "Observation",
        id: check.id(&part),
        identifier: vec![check.identifier(&part)],
        status: status(is_final),
        code: question_concept(check, index, question),
        subject: subject.clone(),
        encounter: check.about.encounter.clone(),
        effective_date_time: check.day(),
        value,
        data_absent_reason,
        derived_from: vec![Reference::to(&check.full_url("response"))],
    })
}

/// The codes that a question has, the one of its id last.
fn question_concept(check: &Check, index: QuestionIndex, question: &Question) -> Concept {
    let texts = Texts::new(check.questionnaire, check.encounter.asked_as, check.site);
    let mut coding = check.codes.question(index);
    coding.push(Coding::new(&check.base.system(check.questionnaire, "questions"), &question.id));
    Concept { coding, text: Some(texts.line(&question.ask)) }
}

/// A level as a concept: the codes that it has, the one of its id last.
fn level_concept(check: &Check, level: LevelIndex, text: String) -> Concept {
    let of = &check.questionnaire.levels[level];
    let title = Texts::new(check.questionnaire, Audience::Clinician, check.site).line(&of.title);
    let mut coding = check.codes.level(level);
    let system = check.base.system(check.questionnaire, "levels");
    coding.push(Coding::new(&system, &of.id).with_display(&title));
    Concept { coding, text: Some(text) }
}

fn risk(
    check: &Check,
    level: LevelIndex,
    report: &Report,
    subject: &Reference,
    is_final: bool,
    identifier: Identifier,
) -> RiskAssessment {
    let reasons: Vec<&str> = report.reasons.iter().map(|reason| reason.words.as_str()).collect();
    let form = check.base.form(check.questionnaire, check.encounter.asked_as);
    let method = Coding::new(&form, &check.questionnaire.version).with_display(&report.title);
    RiskAssessment {
        resource_type: "RiskAssessment",
        id: check.id("level"),
        identifier: vec![identifier],
        status: status(is_final),
        method: Concept { coding: vec![method], text: Some(report.title.clone()) },
        subject: subject.clone(),
        encounter: check.about.encounter.clone(),
        occurrence_date_time: check.day(),
        basis: vec![Reference::to(&check.full_url("response"))],
        prediction: vec![Prediction {
            // Nobody has worked one out. Without any, R4's own rule ras-2 is neither true nor false, and servers that take
            // it at its word refuse the level.
            probability_range: Range { low: units::quantity(0.0, "%"), high: units::quantity(100.0, "%") },
            qualitative_risk: level_concept(check, level, report.headline.clone()),
            rationale: (!reasons.is_empty()).then(|| reasons.join("; ")),
        }],
        mitigation: (!report.act.is_empty()).then(|| report.act.clone()),
    }
}

/// The handover with all of the summary, as the text that a clinician reads.
fn document(
    check: &Check,
    report: &Report,
    subject: &Reference,
    is_final: bool,
    identifier: Identifier,
) -> DocumentReference {
    let text = Format::Text.write(report);
    let words = Language::around(&report.language).words();
    let title = format!("{}: {}", report.title, words.report.headings.handover);
    DocumentReference {
        resource_type: "DocumentReference",
        id: check.id("handover"),
        master_identifier: identifier,
        status: "current",
        doc_status: status(is_final),
        kind: Concept { coding: Vec::new(), text: Some(words.report.headings.handover.to_owned()) },
        subject: subject.clone(),
        content: vec![DocumentContent {
            attachment: Attachment {
                content_type: "text/plain; charset=utf-8",
                language: report.language.clone(),
                data: base64(text.as_bytes()),
                title,
            },
        }],
        context: DocumentContext {
            encounter: check.about.encounter.iter().cloned().collect(),
            related: vec![Reference::to(&check.full_url("response"))],
        },
    }
}

/// As RFC 4648 writes it, with `=` at the end.
fn base64(bytes: &[u8]) -> String {
    const DIGITS: &[u8; 64] = b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
    let mut text = String::with_capacity(bytes.len().div_ceil(3) * 4);
    for three in bytes.chunks(3) {
        let [first, second, third] =
            [0, 1, 2].map(|at| u32::from(three.get(at).copied().unwrap_or_default()));
        let bits = first << 16 | second << 8 | third;
        for digit in 0..4 {
            match digit <= three.len() {
                true => text.push(char::from(DIGITS[(bits >> (18 - 6 * digit)) as usize & 63])),
                false => text.push('='),
            }
        }
    }
    text
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn bytes_are_written_as_the_standard_shows() {
        let texts = ["", "f", "fo", "foo", "foob", "fooba", "foobar"];
        let written = ["", "Zg==", "Zm8=", "Zm9v", "Zm9vYg==", "Zm9vYmE=", "Zm9vYmFy"];
        assert_eq!(texts.map(|text| base64(text.as_bytes())), written);
    }
}
