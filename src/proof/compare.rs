//! Properties of two sheets that differ in one answer: a more concerning answer, "not sure" for a plain one.

use super::change::{self, Change, ChangeKind};
use super::explain;
use super::prover::Search;
use super::session::Session;
use super::shrink;
use crate::circuit::{Circuit, RawSheet};
use crate::questionnaire::{Concern, Domain, OptionIndex, Property, QuestionIndex, count};

pub const MONOTONE: &str = "a more concerning answer never gives a less urgent level";
pub const UNSURE_SAFE: &str = "\"not sure\" never gives a less urgent level than the least concerning answer";

/// One step to a more concerning answer, on any sheet, never gives a less urgent level.
pub fn monotone(session: &mut Session) {
    let before = session.findings.len() + session.unproved.len();
    let mut steps = 0;
    for question in session.answered() {
        steps += compare(session, question, Property::Monotone);
    }
    let apart: Vec<&str> = not_compared(session).collect();
    if session.findings.len() + session.unproved.len() == before {
        let mut line = format!("{MONOTONE}: {} compared", count(steps, "step"));
        if !apart.is_empty() {
            line += &format!("; not compared: {}", apart.join(", "));
        }
        session.proved.push(line);
    }
}

fn not_compared<'q>(session: &Session<'q>) -> impl Iterator<Item = &'q str> + use<'q> {
    let questions = session.questionnaire.questions.iter();
    let apart = questions.filter(|question| {
        matches!(question.concern, Concern::None | Concern::Unsaid)
            && !matches!(question.domain, Domain::Text | Domain::Nothing)
    });
    apart.map(|question| question.id.as_str())
}

/// "Not sure" never gives a less urgent level than the least concerning answer.
pub fn unsure_safe(session: &mut Session) {
    let before = session.findings.len() + session.unproved.len();
    let mut compared = 0;
    for question in session.answered() {
        compared += usize::from(compare(session, question, Property::UnsureSafe) > 0);
    }
    if session.findings.len() + session.unproved.len() == before {
        let line = format!("{UNSURE_SAFE}: {} compared", count(compared, "question"));
        session.proved.push(line);
    }
}

/// How many changes of the answer to one question were compared. Reports the first that goes wrong.
fn compare(session: &mut Session, question: QuestionIndex, property: Property) -> usize {
    let asked = &session.questionnaire.questions[question];
    let mut compared = 0;
    for prover in session.for_levels() {
        let levels = session.levels(prover);
        let variables = &session.provers[prover].circuit.asked[question].variables;
        let changes = match property {
            Property::Monotone => change::steps(question, asked, variables),
            _ => change::to_unsure(question, asked, variables),
        };
        compared = compared.max(changes.len());
        for change in changes {
            match session.provers[prover].find_fall(&change, &levels) {
                Search::Never => {}
                Search::OutOfTime => session.not_proved(match property {
                    Property::Monotone => MONOTONE,
                    _ => UNSURE_SAFE,
                }),
                Search::Found(sheet) => {
                    if session.is_waived(property, question, &options(&change)) {
                        continue;
                    }
                    report(session, prover, &change, &sheet, property);
                    // What is wrong with one step of a question is mostly wrong with the next.
                    return compared;
                }
            }
        }
    }
    compared
}

/// The options that a change is about, which a waiver may name.
fn options(change: &Change) -> Vec<OptionIndex> {
    match &change.kind {
        ChangeKind::Tick(option) => vec![*option],
        ChangeKind::Replace { before, after } => {
            let answers = before.iter().chain(after);
            answers.flat_map(|answer| answer.ticked().iter().collect::<Vec<_>>()).collect()
        }
    }
}

fn report(session: &mut Session, prover: usize, change: &Change, sheet: &RawSheet, property: Property) {
    let question = &session.questionnaire.questions[change.question];
    let pair = |sheet: &RawSheet| {
        let (before, after) = change.apply(question, sheet.answers[change.question].as_ref());
        (sheet.with(change.question, before), sheet.with(change.question, after))
    };
    let falls = |circuit: &Circuit, sheet: &RawSheet| {
        let (before, after) = pair(sheet);
        shrink::level(circuit, &before) < shrink::level(circuit, &after)
    };
    let holds = falls(&session.provers[prover].circuit, sheet);
    if !holds {
        let (before, after) = pair(sheet);
        let example = session.example(prover, vec![before, after], Some(change.question));
        session.disagreement("a more concerning answer gives a less urgent level", example);
        return;
    }
    let plain = session.plainest(prover, sheet, falls);
    let (before, after) = pair(&plain);
    let finding = explain::fall(session, prover, change.question, (&before, &after), property);
    session.findings.push(finding);
}
