//! What would make it more urgent: every other answer to one question is tried.

use super::rules_for;
use crate::answers::{Answer, Facts, Sheet};
use crate::circuit::{Circuit, Lit, Place, RawSheet, Variables, place_of};
use crate::questionnaire::{Domain, LevelIndex, Question, QuestionIndex, RuleIndex};
use crate::triage::{self, Assessment};

/// Other answers to one question that lead to the same, more urgent level.
#[derive(Debug, Clone, PartialEq)]
pub struct Nearest {
    pub question: QuestionIndex,
    pub level: LevelIndex,
    /// Further questions would be asked, and could make it more urgent still.
    pub at_least: bool,
    /// One of these is enough; the nearest first.
    pub others: Vec<Other>,
    /// By which it would be that level, in the order of the file.
    pub rules: Vec<RuleIndex>,
}

/// Another answer.
#[derive(Debug, Clone, PartialEq)]
pub struct Other {
    pub answer: Answer,
    /// How far it is from the answer given: options of an ordered question, runs of numbers that rules treat alike.
    pub steps: usize,
}

/// `given`: the answers that count.
pub fn nearest(
    facts: &Facts,
    assessment: &Assessment,
    circuit: &mut Circuit,
    given: &RawSheet,
) -> Vec<Nearest> {
    let level = assessment.at_least();
    let Some(above) = level.checked_sub(1) else { return Vec::new() };
    let more_urgent = is_at(circuit, above);
    let mut found: Vec<Nearest> = Vec::new();
    let mut tries = Vec::new();
    for (question, asked) in facts.questionnaire.questions.iter().enumerate() {
        let answer = facts.answer(question);
        // What is not answered yet is no other answer; what was left out is.
        if facts.is_asked(question) && (answer.is_some() || asked.optional && assessment.complete) {
            let others = others(asked, &circuit.asked[question].variables, answer);
            tries.extend(others.into_iter().map(|other| (question, other)));
        }
    }
    for tries in tries.chunks(64) {
        let sheets: Vec<RawSheet> =
            tries.iter().map(|(question, other)| given.with(*question, Some(other.answer.clone()))).collect();
        let hits = circuit.simulate(&sheets).of(more_urgent);
        for (at, (question, other)) in tries.iter().enumerate() {
            if hits >> at & 1 == 1 {
                judge(facts, (*question, other), &sheets[at], level, &mut found);
            }
        }
    }
    for nearest in &mut found {
        nearest.others.sort_by_key(|other| other.steps);
        keep_nearest_numbers(facts.answer(nearest.question), &mut nearest.others);
    }
    found.sort_by_key(|nearest| (nearest.level, nearest.others.first().map(|it| it.steps), nearest.question));
    found
}

/// The sheet with another answer, as the interpreter sees it.
fn judge(
    facts: &Facts,
    (question, other): (QuestionIndex, &Other),
    sheet: &RawSheet,
    before: LevelIndex,
    found: &mut Vec<Nearest>,
) {
    let questionnaire = facts.questionnaire;
    let mut changed = Sheet::new(questionnaire);
    for (question, answer) in sheet.answers.iter().enumerate() {
        if let Some(answer) = answer
            && changed.set(questionnaire, question, answer.clone()).is_err()
        {
            return;
        }
    }
    let facts = Facts::of(questionnaire, facts.audience, &changed);
    let assessment = triage::assess(&facts);
    let level = assessment.at_least();
    if level >= before {
        return;
    }
    let at = found.iter().position(|it| (it.question, it.level) == (question, level)).unwrap_or_else(|| {
        found.push(Nearest { question, level, at_least: false, others: Vec::new(), rules: Vec::new() });
        found.len() - 1
    });
    let nearest = &mut found[at];
    nearest.at_least |= !assessment.complete;
    nearest.others.push(other.clone());
    nearest.rules.extend(rules_for(&facts, &assessment, level));
    nearest.rules.sort_unstable();
    nearest.rules.dedup();
}

/// The result is this level or a more urgent one, as `result` says it.
fn is_at(circuit: &mut Circuit, level: LevelIndex) -> Lit {
    let mut open = Vec::new();
    for question in 0..circuit.asked.len() {
        if let Some(missing) = circuit.lacks(question) {
            open.push(circuit.graph.and(circuit.asked[question].live.certain, missing));
        }
    }
    let open = circuit.graph.any(open);
    let finished = circuit.graph.and(!open, circuit.level[level]);
    circuit.graph.or(circuit.certain[level], finished)
}

/// Every other answer that conditions can tell apart from the given one. Of several options, those that differ in
/// one tick.
fn others(question: &Question, variables: &Variables, given: Option<&Answer>) -> Vec<Other> {
    let mut others = match variables {
        Variables::None => Vec::new(),
        Variables::Ladder { places, .. } => places_beside(question, places, given),
        Variables::Ticks { .. } => ticks(question, given),
    };
    others.retain(|other| other.answer.check(question).is_ok());
    others
}

fn places_beside(question: &Question, places: &[Place], given: Option<&Answer>) -> Vec<Other> {
    let at = place_of(places, given);
    let has_order = question.domain != (Domain::One { ordered: false });
    let is_on_the_way = |index: usize| matches!(places[index], Place::Numbers { .. } | Place::Option(_));
    let beside = places.iter().enumerate().filter(|&(index, _)| index != at).filter_map(|(index, place)| {
        let steps =
            if has_order && is_on_the_way(index) && is_on_the_way(at) { index.abs_diff(at) } else { 1 };
        let answer = match (place, given) {
            (Place::Numbers { first, last, .. }, Some(Answer::Number(number))) => {
                Answer::Number(if last < number { *last } else { *first })
            }
            // Nobody knows what the words would be.
            (Place::Words, _) => return None,
            (place, _) => place.answer()?,
        };
        Some(Other { answer, steps })
    });
    beside.collect()
}

fn ticks(question: &Question, given: Option<&Answer>) -> Vec<Other> {
    let ticked = given.map(Answer::ticked).unwrap_or_default();
    let together = ticked.without(question.exclusive());
    let mut answers = Vec::new();
    for option in 0..question.options.len() {
        if !ticked.contains(option) {
            let alone = question.exclusive().contains(option);
            answers.push(Answer::Options(if alone { Default::default() } else { together }.with(option)));
        }
    }
    match given {
        Some(Answer::Unsure { ticked }) => answers.push(Answer::Options(*ticked)),
        _ => {
            let fewer = ticked.iter().map(|option| ticked.without(std::iter::once(option).collect()));
            answers.extend(fewer.map(Answer::Options));
            answers.push(Answer::Unsure { ticked: together });
        }
    }
    answers.into_iter().map(|answer| Other { answer, steps: 1 }).collect()
}

/// Of numbers, the next one to each side.
fn keep_nearest_numbers(given: Option<&Answer>, others: &mut Vec<Other>) {
    let given = match given {
        Some(Answer::Number(given)) => *given,
        _ => f64::NEG_INFINITY,
    };
    let mut sides = [false; 2];
    others.retain(|other| match &other.answer {
        Answer::Number(number) => !std::mem::replace(&mut sides[usize::from(*number > given)], true),
        _ => true,
    });
}
