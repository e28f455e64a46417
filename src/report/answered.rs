//! What was answered, and what was changed afterwards.

use serde_json::{Map, Value};

use super::handover;
use super::reasons::answered;
use super::texts::Texts;
use super::{AnswerSection, Judged};
use crate::answers::json::answer_value;
use crate::answers::{Answer, Facts, Sheet, Truth};
use crate::encounter::{Encounter, Lowered, json};
use crate::questionnaire::QuestionIndex;
use crate::text::{clean, clean_line};

/// Every answer that counts. Those set aside are not in it.
pub fn by_section(judged: &Judged, texts: Texts) -> Vec<AnswerSection> {
    let facts = &judged.facts;
    let told = |question| {
        let mut told = answered(facts, question, facts.answer(question)?, texts);
        if judged.encounter.is_carried(question) {
            told.answer = format!("{} ({})", told.answer, texts.words.again.as_last_time);
        }
        told.answer = handover::remarked(judged, question, told.answer, texts);
        Some(told)
    };
    let sections = facts.questionnaire.sections.iter().map(|section| AnswerSection {
        title: texts.line(&section.title),
        answers: (section.first..section.end).filter_map(told).collect(),
    });
    sections.filter(|section| !section.answers.is_empty()).collect()
}

/// The answers that count, as `answers::json` reads them. What was typed is made harmless.
pub fn sheet(facts: &Facts) -> Map<String, Value> {
    let questions = facts.questionnaire.questions.iter().enumerate();
    let given = questions.filter_map(|(index, question)| {
        let value = match facts.answer(index)? {
            Answer::Text(text) => clean(text).into(),
            answer => answer_value(answer, question),
        };
        Some((question.id.clone(), value))
    });
    given.collect()
}

/// The encounter without what does not count any more: answers that were set aside are in no report. What was typed
/// is made harmless.
pub fn encounter(judged: &Judged) -> Value {
    let Judged { questionnaire, encounter, facts, .. } = judged;
    let mut counting = Encounter { sheet: Sheet::new(questionnaire), ..(*encounter).clone() };
    for question in 0..questionnaire.questions.len() {
        let answer = match facts.answer(question) {
            Some(Answer::Text(text)) => Answer::Text(clean(text)),
            Some(answer) => answer.clone(),
            None => continue,
        };
        // It was taken before, and cleaning makes no text longer.
        drop(counting.sheet.set(questionnaire, question, answer));
    }
    if let Some(earlier) = &mut counting.earlier {
        for question in 0..questionnaire.questions.len() {
            if let Some(Answer::Text(text)) = earlier.sheet.get(question).cloned() {
                drop(earlier.sheet.set(questionnaire, question, Answer::Text(clean(&text))));
            }
        }
    }
    let counts = |question: &QuestionIndex| facts.answer(*question).is_some();
    let remarks = &mut counting.remarks;
    remarks.reference = remarks.reference.as_deref().map(clean_line);
    remarks.notes.retain(|question, _| counts(question));
    remarks.notes.values_mut().for_each(|note| *note = clean_line(note));
    remarks.provenance.retain(|question, _| counts(question));
    for corrected in &mut remarks.corrected {
        if facts.live(corrected.question) == Truth::False {
            (corrected.old, corrected.new) = (None, None);
        }
    }
    counting.settled.retain(|settled| facts.live(settled.question) != Truth::False);
    for edit in &mut counting.lowered {
        if facts.live(edit.question) == Truth::False {
            (edit.old, edit.new) = (None, None);
        }
    }
    let file = json::file(questionnaire, judged.fingerprint(), &counting);
    serde_json::to_value(file).unwrap_or_default()
}

/// An edit as a sentence.
pub fn lowered(facts: &Facts, edit: &Lowered, texts: Texts) -> String {
    let words = texts.words;
    let title = texts.line(&facts.questionnaire.levels[edit.from].title);
    // The edit stays on record, but an answer that does not count any more is not repeated.
    if facts.live(edit.question) == Truth::False {
        return words.report.answer_changed(&title);
    }
    let asked = &facts.questionnaire.questions[edit.question];
    let answer = |answer: &Option<Answer>| match answer {
        Some(answer) => format!("\"{}\"", texts.answer(answer, asked)),
        None => words.answers.none.to_owned(),
    };
    words.report.changed_from_to(&texts.line(&asked.ask), &answer(&edit.old), &answer(&edit.new), &title)
}
