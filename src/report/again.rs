//! A check beside the one before it: the two levels, and what changed.

use jiff::civil::Date;

use super::document::Part;
use super::texts::Texts;
use super::{Judged, Report, TextTable, Urgency, outcome};
use crate::answers::{Answer, Facts};
use crate::interview::again::compare;
use crate::questionnaire::QuestionIndex;
use crate::words::capitalised;

/// What a report says of the check before.
#[derive(Debug, Clone, PartialEq)]
pub struct Again {
    pub date: Date,
    pub version: String,
    pub fingerprint: String,
    /// `None`: it was not finished, and there was no result yet.
    pub level: Option<Urgency>,
    pub finished: bool,
    /// It was more urgent then.
    pub is_lower: bool,
    pub is_higher: bool,
    /// The answers that make it less urgent now.
    pub lowered_by: Vec<Change>,
    pub changed: Vec<Change>,
    /// The questions whose answers are those of then.
    pub carried: Vec<QuestionIndex>,
}

/// An answer then and now.
#[derive(Debug, Clone, PartialEq)]
pub struct Change {
    pub question: QuestionIndex,
    pub ask: String,
    pub then: String,
    pub now: String,
}

pub fn again(judged: &Judged, texts: Texts) -> Option<Again> {
    let q = judged.questionnaire;
    let earlier = judged.encounter.earlier.as_ref()?;
    let now = judged.levels().0;
    let compared = compare(q, judged.encounter, earlier, now);
    let then = Facts::of(q, judged.encounter.asked_as, &earlier.sheet);
    let change = |&question: &QuestionIndex| {
        let asked = &q.questions[question];
        let answer = |answer: Option<&Answer>| match answer {
            Some(answer) => texts.answer(answer, asked),
            None => capitalised(texts.words.answers.none),
        };
        Change {
            question,
            ask: texts.line(&asked.ask),
            then: answer(then.answer(question)),
            now: answer(judged.facts.answer(question)),
        }
    };
    let last = q.last_level();
    // Without a result nothing is certain: that is no less urgent than anything, and never sounds like it.
    let (is_lower, is_higher) = match (now, earlier.level) {
        (Some(now), Some(then)) => (now > then, now < then),
        (Some(now), None) => (false, now < last),
        (None, _) => (false, false),
    };
    let shown = |questions: &[QuestionIndex]| questions.iter().map(change).collect();
    Some(Again {
        date: earlier.day,
        version: earlier.version.clone(),
        fingerprint: earlier.fingerprint.clone(),
        level: earlier.level.map(|level| outcome::urgency(q, level, texts)),
        finished: earlier.finished,
        is_lower,
        is_higher,
        lowered_by: if is_lower { shown(&compared.lowered_by) } else { Vec::new() },
        changed: shown(&compared.changed),
        carried: (0..q.questions.len())
            .filter(|&question| {
                judged.encounter.is_carried(question) && judged.facts.answer(question).is_some()
            })
            .collect(),
    })
}

/// What a summary says of it.
pub fn parts(report: &Report) -> Vec<Part> {
    let Some(again) = &report.again else { return Vec::new() };
    let words = report.words();
    let say = &words.again;
    let then = again.level.as_ref().map_or(say.no_result, |level| level.title.as_str());
    let then = match again.finished {
        true => then.to_owned(),
        false => format!("{then} ({})", say.not_finished),
    };
    let mut parts = vec![
        Part::Line(say.last_time(&words.date(again.date), &then)),
        Part::Line(say.now(&report.headline)),
    ];
    if again.version != report.version {
        parts.push(Part::Line(say.other_version(&again.version, &report.version)));
    }
    if again.is_lower && again.lowered_by.is_empty() {
        parts.push(Part::Notice(say.less_urgent_by_file.to_owned()));
    } else if again.is_lower {
        parts.push(Part::Notice(format!("{}:", say.less_urgent)));
        let line = |change: &Change| {
            super::document::item(format!("{} {} → {}", change.ask, change.then, change.now))
        };
        parts.push(Part::List(again.lowered_by.iter().map(line).collect()));
    } else if again.is_higher {
        parts.push(Part::Notice(say.more_urgent.to_owned()));
    } else if again.level.as_ref().map(|level| level.index) == report.level.as_ref().map(|level| level.index)
    {
        parts.push(Part::Line(say.as_urgent.to_owned()));
    }
    if again.changed.is_empty() {
        parts.push(Part::Line(say.nothing_changed.to_owned()));
    } else {
        let rows = again.changed.iter();
        parts.push(Part::Table(TextTable {
            title: say.changed.to_owned(),
            columns: [say.changed, say.column_then, say.column_now].map(str::to_owned).into(),
            rows: rows
                .map(|change| vec![change.ask.clone(), change.then.clone(), change.now.clone()])
                .collect(),
        }));
    }
    parts
}
