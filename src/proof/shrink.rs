//! From any sheet that shows something to the plainest one that does: as many answers as can be are the least
//! concerning ones.

use super::change;
use crate::answers::Answer;
use crate::circuit::{Circuit, RawSheet};
use crate::questionnaire::{Concern, Domain, LevelIndex, OptionSet, QuestionIndex};

/// The sheet of somebody with nothing of concern.
pub fn baseline(circuit: &Circuit) -> RawSheet {
    let questionnaire = circuit.questionnaire;
    let mut sheet = RawSheet::empty(questionnaire);
    let mut open = Vec::new();
    for (index, question) in questionnaire.questions.iter().enumerate() {
        if question.optional {
            continue;
        }
        let numbers = change::intervals(&circuit.asked[index].variables);
        let number = match (question.concern, numbers.first(), numbers.last()) {
            (Concern::Higher, Some(&(first, _)), _) => Some(first),
            (Concern::Lower, _, Some(&(_, last))) => Some(last),
            (_, Some(_), Some(_)) => {
                open.push(index);
                Some(middle(numbers[0]))
            }
            _ => None,
        };
        let least = question.least_concerning().iter().next();
        if least.is_none() && !question.options.is_empty() {
            open.push(index);
        }
        let option = least.unwrap_or_default();
        sheet.answers[index] = match question.domain {
            Domain::Nothing => None,
            Domain::Text => Some(Answer::Text("...".to_owned())),
            Domain::Number(_) => number.map(Answer::Number),
            Domain::One { .. } | Domain::Several => Some(Answer::option(option)),
        };
    }
    // Of answers without a direction, such as an age or a place, those that give the least urgent level: of numbers
    // the most that are alike, of options the first of no concern.
    for index in open.into_iter().take(20) {
        let question = &questionnaire.questions[index];
        let numbers = change::intervals(&circuit.asked[index].variables).into_iter();
        let numbers = numbers.map(|(first, last)| (Answer::Number(middle((first, last))), last - first));
        let options = question.options.iter().enumerate().rev();
        let options =
            options.map(|(at, option)| (Answer::option(at), f64::from(u8::from(option.no_concern))));
        let judged = numbers.chain(options).map(|(answer, preferred)| {
            let level = level(circuit, &sheet.with(index, Some(answer.clone())));
            (answer, (level, preferred))
        });
        let best =
            judged.max_by(|(_, one), (_, other)| one.partial_cmp(other).unwrap_or(std::cmp::Ordering::Equal));
        sheet.answers[index] = best.map(|(answer, _)| answer);
    }
    sheet
}

/// A whole number in the middle, if there is one.
fn middle((first, last): (f64, f64)) -> f64 {
    let middle = ((first + last) / 2.0).round();
    if (first..=last).contains(&middle) { middle } else { first }
}

/// The result of an interview that hears of this sheet what it asks for, by the interpreter.
pub fn level(circuit: &Circuit, sheet: &RawSheet) -> LevelIndex {
    sheet.level(circuit.questionnaire, circuit.audience)
}

/// A sheet as near to `baseline` as can be on which `holds` is still true; it is true of `sheet`.
pub fn shrink(
    sheet: &RawSheet,
    baseline: &RawSheet,
    circuit: &Circuit,
    holds: impl Fn(&RawSheet) -> bool,
) -> RawSheet {
    let mut best = sheet.clone();
    let differs = |best: &RawSheet, at: QuestionIndex| best.answers[at] != baseline.answers[at];
    let heard = RawSheet { kept: false, ..best.clone() };
    if holds(&heard) {
        best = heard;
    }
    // Half of the differences at once, then quarters, until single ones stay.
    let mut open: Vec<Vec<QuestionIndex>> =
        vec![(0..best.answers.len()).filter(|&at| differs(&best, at)).collect()];
    while let Some(questions) = open.pop() {
        if questions.is_empty() {
            continue;
        }
        let mut plainer = best.clone();
        for &at in &questions {
            plainer.answers[at].clone_from(&baseline.answers[at]);
        }
        if holds(&plainer) {
            best = plainer;
        } else if questions.len() > 1 {
            let (first, second) = questions.split_at(questions.len() / 2);
            open.push(first.to_vec());
            open.push(second.to_vec());
        }
    }
    for at in 0..best.answers.len() {
        if differs(&best, at) {
            plainer_answer(&mut best, at, circuit, &holds);
        }
    }
    best
}

/// Takes ticks away, and "not sure" where a plain answer does as well.
fn plainer_answer(
    best: &mut RawSheet,
    at: QuestionIndex,
    circuit: &Circuit,
    holds: &impl Fn(&RawSheet) -> bool,
) {
    let question = &circuit.questionnaire.questions[at];
    let mut candidates = Vec::new();
    if let Some(answer) = &best.answers[at] {
        let ticked = answer.ticked();
        let fewer = |option| ticked.without(OptionSet::one(option));
        match (&question.domain, answer) {
            (Domain::Several, _) => {
                candidates.extend(ticked.iter().map(Answer::option));
                candidates.extend(ticked.iter().map(|option| match answer.is_unsure() {
                    true => Answer::Unsure { ticked: fewer(option) },
                    false => Answer::Options(fewer(option)),
                }));
                candidates.push(Answer::UNSURE);
                candidates.push(Answer::Options(ticked));
            }
            (Domain::One { .. }, _) => {
                candidates.extend((0..question.options.len()).map(Answer::option));
            }
            (Domain::Number(_), _) => {
                let numbers = change::intervals(&circuit.asked[at].variables).into_iter();
                let mut numbers: Vec<Answer> = numbers.map(|(first, _)| Answer::Number(first)).collect();
                if question.concern == Concern::Lower {
                    numbers.reverse();
                }
                candidates.extend(numbers);
            }
            _ => {}
        }
    }
    for candidate in candidates {
        let is_plainer = candidate.check(question).is_ok() && best.answers[at].as_ref() != Some(&candidate);
        if is_plainer && holds(&best.with(at, Some(candidate.clone()))) {
            let ticks = candidate.ticked().len();
            best.answers[at] = Some(candidate);
            if ticks <= 1 {
                return;
            }
        }
    }
}
