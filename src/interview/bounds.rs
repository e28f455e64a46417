//! How many questions can still come: the fewest and the most, over all branches.
//!
//! The questions still open that decide about branches fall into groups that do not touch each other
//! (age and sex in one, the saddle signs in another). Within a group every combination of answers that
//! conditions can tell apart is tried, so the bounds are exact; a group too large for that is bounded
//! question by question, which can only widen them.

use std::collections::BTreeSet;

use crate::answers::{Answer, Facts, Sheet, Truth};
use crate::questionnaire::{Audience, Condition, Kind, OptionSet, QuestionIndex, Questionnaire};

/// Combinations tried in one group before giving up on exactness.
const MOST_COMBINATIONS: usize = 5_000;

/// The fewest and the most questions asked after question `after`.
pub fn bounds(
    questionnaire: &Questionnaire,
    audience: Audience,
    sheet: &Sheet,
    after: QuestionIndex,
) -> (usize, usize) {
    let facts = Facts::of(questionnaire, audience, sheet);
    let later = after + 1..questionnaire.questions.len();
    let certain = later.clone().filter(|&question| facts.live(question) == Truth::True).count();
    let undecided: Vec<_> = later.filter(|&question| facts.live(question) == Truth::Unknown).collect();
    let mut bounds = (certain, certain);
    for group in groups(&facts, undecided) {
        let (fewest, most) = group.bounds(questionnaire, audience, sheet);
        bounds = (bounds.0 + fewest, bounds.1 + most);
    }
    bounds
}

/// Undecided questions and the open questions that decide about them.
struct Group {
    gates: BTreeSet<QuestionIndex>,
    undecided: BTreeSet<QuestionIndex>,
}

fn groups(facts: &Facts, undecided: Vec<QuestionIndex>) -> Vec<Group> {
    let mut groups: Vec<Group> = Vec::new();
    for question in undecided {
        let mut group = Group { gates: BTreeSet::new(), undecided: BTreeSet::from([question]) };
        open_gates(facts, question, &mut group.gates);
        // Two groups with a common gate, or where one's gate is the other's undecided question, are one.
        let (touching, apart): (Vec<_>, Vec<_>) = groups.into_iter().partition(|other| {
            !other.gates.is_disjoint(&group.gates)
                || !other.undecided.is_disjoint(&group.gates)
                || !other.gates.is_disjoint(&group.undecided)
        });
        groups = apart;
        for other in touching {
            group.gates.extend(other.gates);
            group.undecided.extend(other.undecided);
        }
        groups.push(group);
    }
    groups
}

/// The questions without an answer that decide whether `question` is asked, also by way of others.
fn open_gates(facts: &Facts, question: QuestionIndex, gates: &mut BTreeSet<QuestionIndex>) {
    let Some(condition) = &facts.questionnaire.questions[question].ask_if else { return };
    each_atom(facts.questionnaire, condition, &mut |gate, _| {
        let open = facts.live(gate) != Truth::False && facts.answer(gate).is_none();
        if open && gates.insert(gate) {
            open_gates(facts, gate, gates);
        }
    });
}

impl Group {
    fn bounds(&self, questionnaire: &Questionnaire, audience: Audience, sheet: &Sheet) -> (usize, usize) {
        let gates: Vec<_> = self.gates.iter().copied().collect();
        let choices: Vec<_> = gates
            .iter()
            .map(|&gate| distinguishable(questionnaire, gate, &self.conditions(questionnaire)))
            .collect();
        let combinations = choices.iter().try_fold(1usize, |product, list| product.checked_mul(list.len()));
        if combinations.is_none_or(|combinations| combinations > MOST_COMBINATIONS) {
            return (0, self.undecided.len());
        }
        let mut search = Search {
            questionnaire,
            audience,
            group: self,
            gates: &gates,
            choices: &choices,
            found: (self.undecided.len(), 0),
        };
        search.from(0, &mut sheet.clone());
        search.found
    }

    /// The conditions whose truth the group's combinations must cover.
    fn conditions<'q>(&self, questionnaire: &'q Questionnaire) -> Vec<&'q Condition> {
        let questions = self.undecided.union(&self.gates);
        questions.filter_map(|&question| questionnaire.questions[question].ask_if.as_ref()).collect()
    }
}

struct Search<'a> {
    questionnaire: &'a Questionnaire,
    audience: Audience,
    group: &'a Group,
    gates: &'a [QuestionIndex],
    choices: &'a [Vec<Answer>],
    found: (usize, usize),
}

impl Search<'_> {
    /// Tries every answer to gate number `next` and those after it.
    fn from(&mut self, next: usize, sheet: &mut Sheet) {
        let facts = Facts::of(self.questionnaire, self.audience, sheet);
        let Some(&gate) = self.gates.get(next) else {
            let asked = self.group.undecided.iter().filter(|&&question| facts.live(question) == Truth::True);
            let asked = asked.count();
            self.found = (self.found.0.min(asked), self.found.1.max(asked));
            return;
        };
        // Gates are in the order of asking, so whether this one is asked is known by now.
        if facts.live(gate) != Truth::True {
            return self.from(next + 1, sheet);
        }
        if self.questionnaire.questions[gate].optional {
            self.from(next + 1, sheet);
        }
        for answer in &self.choices[next] {
            if sheet.set(self.questionnaire, gate, answer.clone()).is_ok() {
                self.from(next + 1, sheet);
            }
        }
        sheet.clear(gate);
    }
}

/// One answer for each way in which the conditions can tell answers to `gate` apart.
fn distinguishable(
    questionnaire: &Questionnaire,
    gate: QuestionIndex,
    conditions: &[&Condition],
) -> Vec<Answer> {
    let question = &questionnaire.questions[gate];
    let mut sets = Vec::new();
    let mut numbers = Vec::new();
    for condition in conditions {
        each_atom(questionnaire, condition, &mut |about, atom| match atom {
            Condition::Has(_, options) if about == gate => sets.push(*options),
            Condition::Number(_, _, bound) if about == gate => numbers.push(*bound),
            _ => {}
        });
    }
    let mut answers = match &question.kind {
        Kind::Number(bounds) => {
            around(&numbers, bounds.min, bounds.max, 10f64.powi(-i32::from(bounds.decimals)))
        }
        Kind::Scale { min, max, .. } => around(&numbers, f64::from(*min), f64::from(*max), 1.0),
        Kind::Text | Kind::Note => Vec::new(),
        Kind::OneOf { .. } | Kind::YesNo => representatives(question.options.len(), &sets)
            .into_iter()
            .map(|option| Answer::Options(OptionSet::one(option)))
            .collect(),
        Kind::ManyOf | Kind::BodyMap => subsets(&representatives(question.options.len(), &sets)),
    };
    if question.unsure {
        let ticked: Vec<_> =
            answers.iter().filter(|answer| !answer.ticked().is_empty()).map(Answer::ticked).collect();
        answers.push(Answer::UNSURE);
        if matches!(question.kind, Kind::ManyOf | Kind::BodyMap) {
            answers.extend(ticked.into_iter().map(|ticked| Answer::Unsure { ticked }));
        }
    }
    answers
}

/// The first option of each kind, where two options are of one kind when every set has both or neither.
fn representatives(options: usize, sets: &[OptionSet]) -> Vec<usize> {
    let mut kinds: Vec<Vec<bool>> = Vec::new();
    let mut found = Vec::new();
    for option in 0..options {
        let kind: Vec<_> = sets.iter().map(|set| set.contains(option)).collect();
        if !kinds.contains(&kind) {
            kinds.push(kind);
            found.push(option);
        }
    }
    found
}

/// Every non-empty subset; too many to try anyway beyond sixteen options.
fn subsets(options: &[usize]) -> Vec<Answer> {
    let options = &options[..options.len().min(16)];
    let subset =
        |bits: u32| options.iter().enumerate().filter(move |(i, _)| bits & 1 << i != 0).map(|(_, &o)| o);
    (1..1u32 << options.len()).map(|bits| Answer::Options(subset(bits).collect())).collect()
}

/// The ends, and each constant with its neighbours.
fn around(constants: &[f64], min: f64, max: f64, step: f64) -> Vec<Answer> {
    let near = constants.iter().flat_map(|&c| [c - step, c, c + step]);
    let mut numbers: Vec<_> = near.chain([min, max]).filter(|n| (min..=max).contains(n)).collect();
    numbers.sort_by(f64::total_cmp);
    numbers.dedup();
    // Rounded, because 2.6 + 0.01 is not quite 2.61 and would be refused.
    numbers.into_iter().map(|n| Answer::Number((n / step).round() * step)).collect()
}

/// Calls `visit` with the question of every atom, through definitions.
fn each_atom(
    questionnaire: &Questionnaire,
    condition: &Condition,
    visit: &mut dyn FnMut(QuestionIndex, &Condition),
) {
    match condition {
        Condition::All(parts) | Condition::Any(parts) | Condition::AtLeast(_, parts) => {
            parts.iter().for_each(|part| each_atom(questionnaire, part, visit));
        }
        Condition::Not(part) => each_atom(questionnaire, part, visit),
        Condition::Definition(definition) => {
            each_atom(questionnaire, &questionnaire.definitions[*definition].condition, visit);
        }
        Condition::Has(question, _) | Condition::Unsure(question) | Condition::Number(question, ..) => {
            visit(*question, condition);
        }
        Condition::Rule(_) | Condition::UnsureAnswers => {}
    }
}
