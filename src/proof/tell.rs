//! Findings as diagnostics: with their place in the file, and their sheets side by side in the file's own words.

use serde_json::{Map, Value, json};

use super::finding::{Example, Finding};
use super::side_by_side::SideBySide;
use super::words;
use crate::answers::{Facts, Sheet, json as answer_json};
use crate::questionnaire::diagnostic::Diagnostic;
use crate::questionnaire::yaml::Places;
use crate::questionnaire::{Audience, Domain, Questionnaire, count};
use crate::triage::{self, Assessment};

pub fn diagnostic(
    questionnaire: &Questionnaire,
    file: &str,
    places: &Places,
    finding: Finding,
) -> Diagnostic {
    let span = |spot| places.span(questionnaire, spot);
    let related = finding.related.into_iter();
    Diagnostic {
        severity: finding.severity,
        code: finding.code,
        message: finding.message,
        help: finding.help,
        file: file.to_owned(),
        span: finding.spot.and_then(span),
        related: related.filter_map(|(spot, what)| Some((span(spot)?, what))).collect(),
        example: finding.example.as_ref().map(|example| table(questionnaire, example).drawn()),
        witness: finding.example.as_ref().map(|example| json(questionnaire, example)),
    }
}

/// A sheet that shows that something can be.
pub fn witness(questionnaire: &Questionnaire, what: &str, example: &Example) -> String {
    let sheets = example.sheets.iter().map(|sheet| {
        let heard = sheet.heard(questionnaire, example.audience);
        answers(questionnaire, &heard).to_string()
    });
    let audience = match example.audience {
        Audience::Patient => "patient",
        Audience::Clinician => "clinician",
    };
    format!("{what} ({audience}): {}", sheets.collect::<Vec<_>>().join(" "))
}

/// The sheets as `redflag assess` reads them, with what it makes of them.
fn json(questionnaire: &Questionnaire, example: &Example) -> Value {
    let sheets = example.sheets.iter().map(|sheet| {
        let heard = sheet.heard(questionnaire, example.audience);
        let assessment = triage::assess(&Facts::of(questionnaire, example.audience, &heard));
        let rules = assessment.rules.iter().map(|&rule| questionnaire.rules[rule].id.as_str());
        json!({
            "answers": answers(questionnaire, &heard),
            "level": questionnaire.levels[assessment.level].id,
            "rules": rules.collect::<Vec<_>>(),
        })
    });
    json!({
        "audience": example.audience,
        "changed": example.changed.map(|question| questionnaire.questions[question].id.as_str()),
        "sheets": sheets.collect::<Vec<_>>(),
    })
}

/// The answers of a sheet as `redflag assess` reads them.
pub fn answers(questionnaire: &Questionnaire, sheet: &Sheet) -> Value {
    let questions = questionnaire.questions.iter().enumerate();
    let given = questions.filter_map(|(index, question)| {
        let answer = sheet.get(index).filter(|_| question.domain != Domain::Text)?;
        Some((question.id.clone(), answer_json::answer_value(answer, question)))
    });
    Value::Object(given.collect::<Map<_, _>>())
}

/// The sheets of an example in columns.
fn table(questionnaire: &Questionnaire, example: &Example) -> SideBySide {
    let audience = example.audience;
    let heard: Vec<Sheet> = example.sheets.iter().map(|sheet| sheet.heard(questionnaire, audience)).collect();
    let judged: Vec<(Facts, Assessment)> = heard
        .iter()
        .map(|sheet| {
            let facts = Facts::of(questionnaire, audience, sheet);
            let assessment = triage::assess(&facts);
            (facts, assessment)
        })
        .collect();
    let mut rows = Vec::new();
    let mut plain = 0;
    for (index, question) in questionnaire.questions.iter().enumerate() {
        let cells: Vec<String> = heard
            .iter()
            .map(|sheet| match sheet.get(index) {
                Some(answer) => words::answer(Some(answer), question, audience),
                None if question.optional => "(left out)".to_owned(),
                None => "(not asked)".to_owned(),
            })
            .collect();
        let differ = cells.iter().any(|cell| *cell != cells[0]);
        let telling = example.telling[index] && heard.iter().any(|sheet| sheet.get(index).is_some());
        if differ || example.changed == Some(index) || telling && question.domain != Domain::Text {
            let ask = question.ask.to(audience).lines().next().unwrap_or_default();
            rows.push((format!("{ask} ({})", question.id), cells));
        } else if heard[0].get(index).is_some() {
            plain += 1;
        }
    }
    let level =
        |assessment: &Assessment| questionnaire.levels[assessment.level].title.to(audience).to_owned();
    rows.push(("=> level".to_owned(), judged.iter().map(|(_, assessment)| level(assessment)).collect()));
    let rules = |(index, (facts, assessment)): (usize, &(Facts, Assessment))| {
        let others = judged.iter().enumerate().filter(|(other, _)| *other != index);
        let in_others = |rule: &usize| others.clone().any(|(_, (_, other))| other.rules.contains(rule));
        let own = assessment.rules.iter().filter(|rule| !in_others(rule));
        let own: Vec<String> = own
            .map(|&rule| {
                let because = triage::in_words(facts, rule).to(audience);
                format!("{} {because}", questionnaire.rules[rule].id)
            })
            .collect();
        if own.is_empty() { "none".to_owned() } else { own.join("; ") }
    };
    let title = if judged.len() > 1 { "=> rules true only here" } else { "=> rules" };
    rows.push((title.to_owned(), judged.iter().enumerate().map(rules).collect()));
    let rest = (plain > 0).then(|| {
        let questions = count(plain, "other question");
        format!("{questions}: the least concerning answer")
    });
    let heading = (example.sheets.len() == 2).then_some(("with this answer", example.second));
    SideBySide { heading, rows, rest }
}
