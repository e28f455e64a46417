//! What happened in an encounter, a line for each entry that says something to people.

use jiff::tz::TimeZone;
use serde_json::Value;

use crate::answers::json::read_answer;
use crate::questionnaire::{Audience, Questionnaire};
use crate::store::{Entry, Event, Record};
use crate::text::clean_line;
use crate::words::{Board, Words};

/// The lines, oldest first, in local time. Answers themselves are in the handover; here is what was changed.
pub fn lines(
    record: &Record,
    questionnaire: &Questionnaire,
    zone: &TimeZone,
    words: &'static Words,
) -> Vec<String> {
    let said = |entry: &Entry| {
        let what = what(&entry.event, questionnaire, words)?;
        let at = entry.mark.at.to_zoned(zone.clone()).strftime("%H:%M").to_string();
        let who = clean_line(&entry.mark.who.name);
        Some(format!("{at} {what} ({who}, {})", clean_line(&entry.mark.station)))
    };
    record.entries.iter().filter_map(said).collect()
}

/// Notes, with the question that each is on.
pub fn notes(record: &Record, questionnaire: &Questionnaire) -> Vec<String> {
    let noted = record.notes.iter().map(|note| {
        let on = note.question.as_deref().map(|id| asked(id, questionnaire));
        let text = clean_line(&note.text);
        let who = clean_line(&note.mark.who.name);
        on.map_or_else(|| format!("{text} ({who})"), |on| format!("{on}: {text} ({who})"))
    });
    noted.collect()
}

fn what(event: &Event, questionnaire: &Questionnaire, words: &'static Words) -> Option<String> {
    let board: &Board = &words.board;
    Some(match event {
        Event::Opened(_) => board.opened.to_owned(),
        Event::LevelReached { level: None } => board.reached(board.not_known),
        Event::LevelReached { level: Some(level) } => {
            let known = questionnaire.levels.iter().find(|known| known.id == level.id);
            let name =
                known.map(|known| known.short.as_ref().unwrap_or(&known.title).to(Audience::Clinician));
            board.reached(&clean_line(name.unwrap_or(&level.id)))
        }
        Event::Corrected { question, old, answer, .. } => {
            let [old, new] = [old, answer].map(|answer| answered(question, answer, questionnaire, words));
            board.corrected(&asked(question, questionnaire), &old, &new)
        }
        Event::TakenBack { question, old } => {
            let old = answered(question, old, questionnaire, words);
            board.taken_back(&asked(question, questionnaire), &old)
        }
        Event::Stopped { .. } => board.was_stopped.to_owned(),
        Event::Referenced { .. } => board.referenced.to_owned(),
        Event::CarriedOver { questionnaire, .. } => board.carried_over(&clean_line(&questionnaire.version)),
        Event::Seen => board.seen.to_owned(),
        Event::Closed { .. } => board.closed.to_owned(),
        Event::Reopened => board.reopened.to_owned(),
        Event::Printed { .. } => board.was_printed.to_owned(),
        Event::Exported { .. } => board.exported.to_owned(),
        Event::Sent { to, .. } => board.sent(&clean_line(to)),
        _ => return None,
    })
}

/// What a question asks, or its id where the questionnaire has it no more.
fn asked(id: &str, questionnaire: &Questionnaire) -> String {
    let question = questionnaire.question_index(id).map(|index| &questionnaire.questions[index]);
    clean_line(question.map_or(id, |question| question.ask.to(Audience::Clinician)))
}

/// An answer in words, or as it was written where it fits no more.
fn answered(id: &str, answer: &Value, questionnaire: &Questionnaire, words: &Words) -> String {
    let question = questionnaire.question_index(id).map(|index| &questionnaire.questions[index]);
    let read = question.and_then(|question| {
        let answer = read_answer(question, answer).ok()??;
        Some(answer.words(question, Audience::Clinician, words))
    });
    clean_line(&read.unwrap_or_else(|| answer.to_string()))
}
