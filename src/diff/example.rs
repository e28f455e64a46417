//! A person who meets a difference, in the words of both versions.

use serde_json::{Value, json};

use super::both::{Patient, Seen, Side};
use super::files::Files;
use super::same::Same;
use super::words;
use crate::answers::{Facts, Truth};
use crate::circuit::RawSheet;
use crate::proof::side_by_side::SideBySide;
use crate::proof::tell;
use crate::proof::words as proof_words;
use crate::questionnaire::{Audience, Domain, QuestionIndex, Questionnaire, count};
use crate::triage;

/// What both versions heard, judged and show.
pub fn table(files: &Files, patient: &Patient, heading: (&'static str, &'static str)) -> SideBySide {
    let (rows, plain) = rows(files, patient);
    let (old, new) = (files.versions.old, files.versions.new);
    let mut rows: Vec<(String, Vec<String>)> = rows
        .into_iter()
        .map(|row| {
            let cells = if row.before == row.now { vec![row.now] } else { vec![row.before, row.now] };
            (format!("{} ({})", row.ask, row.id), cells)
        })
        .collect();
    let (heard_old, heard_new) =
        (patient.old.heard(old, patient.audience), patient.new.heard(new, patient.audience));
    let was = Seen::of(old, patient.audience, &heard_old);
    let is = Seen::of(new, patient.audience, &heard_new);
    let level = |side: Side, seen: &Seen| {
        files.questionnaire(side).levels[seen.assessment.level].title.to(patient.audience).to_owned()
    };
    let mut levels = vec![level(Side::Old, &was), level(Side::New, &is)];
    levels.dedup();
    rows.push(("=> level".to_owned(), levels));
    let only = |seen: &Seen, questionnaire: &Questionnaire, other: &Seen, there: &Questionnaire| {
        let others: Vec<&str> =
            other.assessment.rules.iter().map(|&rule| there.rules[rule].id.as_str()).collect();
        let id = |rule: usize| questionnaire.rules[rule].id.as_str();
        let own = seen.assessment.rules.iter().filter(|&&rule| !others.contains(&id(rule)));
        let own = own.map(|&rule| {
            format!("{} {}", id(rule), triage::in_words(&seen.facts, rule).to(patient.audience))
        });
        let own: Vec<String> = own.collect();
        if own.is_empty() { "none".to_owned() } else { own.join(" ") }
    };
    let rules = vec![only(&was, old, &is, new), only(&is, new, &was, old)];
    if rules.iter().any(|rules| rules != "none") {
        rows.push(("=> rules true only here".to_owned(), rules));
    }
    let rest = (plain > 0).then(|| {
        let questions = count(plain, "other question");
        format!("{questions}: the least concerning answer")
    });
    SideBySide { heading: Some(heading), rows, rest }
}

/// The answers that tell this person from others, on one line.
pub fn in_short(files: &Files, patient: &Patient) -> String {
    let (rows, _) = rows(files, patient);
    if rows.is_empty() {
        return "somebody with nothing of concern".to_owned();
    }
    let answers = rows.iter().map(|row| match row.before == row.now {
        true => format!("`{}`: {}", row.id, row.now),
        false => format!("`{}`: {} before, {} now", row.id, row.before, row.now),
    });
    format!("somebody who answers {}", answers.collect::<Vec<_>>().join("; "))
}

struct Row {
    id: String,
    ask: String,
    before: String,
    now: String,
}

/// The answers other than the least concerning ones, and how many questions have those.
fn rows(files: &Files, patient: &Patient) -> (Vec<Row>, usize) {
    let (old, new) = (files.versions.old, files.versions.new);
    let same = Same::of(old, new);
    let (heard_old, heard_new) =
        (patient.old.heard(old, patient.audience), patient.new.heard(new, patient.audience));
    let was = Facts::of(old, patient.audience, &heard_old);
    let is = Facts::of(new, patient.audience, &heard_new);
    let cell = |facts: &Facts, index: Option<QuestionIndex>| {
        let Some(index) = index else { return "(no such question)".to_owned() };
        match facts.answer(index) {
            Some(answer) => {
                let question = &facts.questionnaire.questions[index];
                proof_words::answer(Some(answer), question, patient.audience)
            }
            None if facts.live(index) == Truth::True => "(left out)".to_owned(),
            None => "(not asked)".to_owned(),
        }
    };
    let mut rows = Vec::new();
    let mut plain = 0;
    for (before, now) in in_order(&same) {
        let is_heard = before.is_some_and(|at| heard_old.get(at).is_some())
            || now.is_some_and(|at| heard_new.get(at).is_some());
        if !is_heard {
            continue;
        }
        let cells = (cell(&was, before), cell(&is, now));
        let telling =
            before.is_some_and(|at| patient.telling_old[at]) || now.is_some_and(|at| patient.telling_new[at]);
        let question = match (before, now) {
            (_, Some(now)) => &new.questions[now],
            (Some(before), None) => &old.questions[before],
            (None, None) => continue,
        };
        // What only one version asks is told only where the answer is of some concern.
        let differ = cells.0 != cells.1 && before.is_some() && now.is_some();
        if question.domain != Domain::Text && (telling || differ) {
            let ask = question.ask.to(patient.audience).lines().next().unwrap_or_default().to_owned();
            rows.push(Row { id: question.id.clone(), ask, before: cells.0, now: cells.1 });
        } else {
            plain += 1;
        }
    }
    (rows, plain)
}

/// The questions of both versions in the order of asking.
fn in_order(same: &Same) -> Vec<(Option<QuestionIndex>, Option<QuestionIndex>)> {
    let mut gone = (0..same.old.questions.len())
        .filter(|&question| same.question(Side::Old, question).is_none())
        .peekable();
    let mut found = Vec::new();
    for now in 0..same.new.questions.len() {
        let before = same.question(Side::New, now);
        if let Some(before) = before {
            while let Some(earlier) = gone.next_if(|&earlier| earlier < before) {
                found.push((Some(earlier), None));
            }
        }
        found.push((before, Some(now)));
    }
    found.extend(gone.map(|question| (Some(question), None)));
    found
}

/// The sheets as `redflag assess` reads them, with what each version makes of them.
pub fn json(files: &Files, patient: &Patient) -> Value {
    let side = |side: Side, sheet: &RawSheet| {
        let questionnaire = files.questionnaire(side);
        let heard = sheet.heard(questionnaire, patient.audience);
        let seen = Seen::of(questionnaire, patient.audience, &heard);
        let rules = seen.assessment.rules.iter().map(|&rule| questionnaire.rules[rule].id.as_str());
        json!({
            "answers": tell::answers(questionnaire, &heard),
            "level": questionnaire.levels[seen.assessment.level].id,
            "rules": rules.collect::<Vec<_>>(),
        })
    };
    json!({
        "audience": words::audience(patient.audience),
        "old": side(Side::Old, &patient.old),
        "new": side(Side::New, &patient.new),
    })
}

/// `patients and clinicians`
pub fn people(audiences: &[Audience]) -> &'static str {
    match audiences {
        [Audience::Patient] => "patients",
        [Audience::Clinician] => "clinicians",
        _ => "patients and clinicians",
    }
}
