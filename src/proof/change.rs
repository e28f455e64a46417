//! A change of the answer to one question, on any sheet: before and after, all other answers equal.

use crate::answers::Answer;
use crate::circuit::{Lit, Place, Variables};
use crate::questionnaire::{Concern, Domain, OptionIndex, OptionSet, Question, QuestionIndex};

/// What of an answer is fixed, in the order of [`Variables::inputs`]; the rest is any and does not change.
pub type Pattern = Vec<Option<bool>>;

/// A change of one answer.
#[derive(Debug, Clone, PartialEq)]
pub struct Change {
    pub question: QuestionIndex,
    pub kind: ChangeKind,
}

#[derive(Debug, Clone, PartialEq)]
pub enum ChangeKind {
    /// From one answer to another.
    Replace { before: Option<Answer>, after: Option<Answer> },
    /// One option more is ticked; the exclusive ones go.
    Tick(OptionIndex),
}

impl Change {
    /// The answers of a sheet that has this answer, before and after the change.
    pub fn apply(&self, question: &Question, answer: Option<&Answer>) -> (Option<Answer>, Option<Answer>) {
        let option = match &self.kind {
            ChangeKind::Replace { before, after } => return (before.clone(), after.clone()),
            ChangeKind::Tick(option) => *option,
        };
        let ticked = answer.map_or(OptionSet::EMPTY, Answer::ticked);
        let is_unsure = answer.is_some_and(Answer::is_unsure);
        let with = |ticked: OptionSet| match is_unsure {
            true => Some(Answer::Unsure { ticked }),
            false if ticked.is_empty() => None,
            false => Some(Answer::Options(ticked)),
        };
        let before = ticked.without(OptionSet::one(option));
        (with(before), with(before.without(question.exclusive()).with(option)))
    }

    /// What holds of the variables before the change and after it; a tick is added to an answer that there is.
    pub fn laws(&self, variables: &Variables) -> Vec<Vec<Lit>> {
        let mut laws = variables.laws();
        if matches!(self.kind, ChangeKind::Tick(_)) {
            laws.push(variables.inputs());
        }
        laws
    }

    /// The same for the variables.
    pub fn patterns(&self, question: &Question, variables: &Variables) -> (Pattern, Pattern) {
        match &self.kind {
            ChangeKind::Replace { before, after } => {
                let fixed = |answer: &Option<Answer>| {
                    variables.values(answer.as_ref()).into_iter().map(Some).collect()
                };
                (fixed(before), fixed(after))
            }
            ChangeKind::Tick(option) => {
                let inputs = variables.inputs().len();
                let mut before = vec![None; inputs];
                let mut after = vec![None; inputs];
                before[*option] = Some(false);
                question.exclusive().iter().for_each(|exclusive| after[exclusive] = Some(false));
                after[*option] = Some(true);
                (before, after)
            }
        }
    }
}

/// Every smallest step to a more concerning answer.
pub fn steps(index: QuestionIndex, question: &Question, variables: &Variables) -> Vec<Change> {
    let replace = |before: Answer, after: Answer| Change {
        question: index,
        kind: ChangeKind::Replace { before: Some(before), after: Some(after) },
    };
    let options = question.options.len();
    match (question.concern, &question.domain) {
        (Concern::ByType, Domain::One { .. }) => {
            let pairs = (1..options).map(|after| (after - 1, after));
            pairs.map(|(before, after)| replace(Answer::option(before), Answer::option(after))).collect()
        }
        (Concern::Least(least), _) => {
            let others = (0..options).filter(|&option| option != least);
            others.map(|option| replace(Answer::option(least), Answer::option(option))).collect()
        }
        (Concern::ByType, Domain::Several) => {
            let ticks = (0..options).filter(|&option| !question.options[option].exclusive);
            ticks.map(|option| Change { question: index, kind: ChangeKind::Tick(option) }).collect()
        }
        (Concern::Higher | Concern::Lower, _) => {
            let numbers = intervals(variables);
            let pairs = numbers.windows(2).map(|pair| (pair[0].1, pair[1].0));
            pairs
                .map(|(low, high)| match question.concern {
                    Concern::Higher => replace(Answer::Number(low), Answer::Number(high)),
                    _ => replace(Answer::Number(high), Answer::Number(low)),
                })
                .collect()
        }
        _ => Vec::new(),
    }
}

/// To this option from each answer than which it may be more concerning: left out or the least concerning one; where
/// the file says of none that it is more concerning, any other. Of options that can be ticked together, one more.
pub fn to_option(index: QuestionIndex, question: &Question, option: OptionIndex) -> Vec<Change> {
    let replace = |before: Option<Answer>| Change {
        question: index,
        kind: ChangeKind::Replace { before, after: Some(Answer::option(option)) },
    };
    let mut changes: Vec<Change> = match question.domain {
        Domain::Several => vec![Change { question: index, kind: ChangeKind::Tick(option) }],
        _ => {
            let others: OptionSet = match question.has_direction() {
                true => question.least_concerning(),
                false => (0..question.options.len()).collect(),
            };
            let others = others.without(OptionSet::one(option));
            others.iter().map(|other| replace(Some(Answer::option(other)))).collect()
        }
    };
    changes.extend(from_nothing(question).map(replace));
    changes
}

/// From number to number: a step to one of more concern; where the file does not say which that is, from any to the
/// next higher one. Each number from no number, too.
pub fn to_numbers(index: QuestionIndex, question: &Question, variables: &Variables) -> Vec<Change> {
    let replace = |before: Option<Answer>, after: f64| Change {
        question: index,
        kind: ChangeKind::Replace { before, after: Some(Answer::Number(after)) },
    };
    let numbers = intervals(variables);
    let mut changes = steps(index, question, variables);
    if changes.is_empty() {
        let pairs = numbers.windows(2).map(|pair| (pair[0].1, pair[1].0));
        changes.extend(pairs.map(|(low, high)| replace(Some(Answer::Number(low)), high)));
    }
    for before in from_nothing(question) {
        changes.extend(numbers.iter().map(|&(first, _)| replace(before.clone(), first)));
    }
    changes
}

/// What there is where no answer says anything: left out, and "not sure" where the file does not say which answer is
/// of concern.
fn from_nothing(question: &Question) -> impl Iterator<Item = Option<Answer>> {
    let left_out = question.optional.then_some(None);
    let unsure = (question.unsure && !question.has_direction()).then_some(Some(Answer::UNSURE));
    left_out.into_iter().chain(unsure)
}

/// From each least concerning answer to "not sure"; from every answer, where the file does not say which is least.
pub fn to_unsure(index: QuestionIndex, question: &Question, variables: &Variables) -> Vec<Change> {
    if !question.unsure || matches!(question.domain, Domain::Text | Domain::Nothing) {
        return Vec::new();
    }
    let mut least: Vec<Answer> = question.least_concerning().iter().map(Answer::option).collect();
    if let (Some(&(lowest, _)), Some(&(_, highest))) =
        (intervals(variables).first(), intervals(variables).last())
    {
        match question.concern {
            Concern::Higher => least.push(Answer::Number(lowest)),
            Concern::Lower => least.push(Answer::Number(highest)),
            _ => {}
        }
    }
    if least.is_empty() {
        least.extend((0..question.options.len()).map(Answer::option));
        least.extend(intervals(variables).into_iter().map(|(first, _)| Answer::Number(first)));
    }
    let replace = |before| ChangeKind::Replace { before: Some(before), after: Some(Answer::UNSURE) };
    least.into_iter().map(|before| Change { question: index, kind: replace(before) }).collect()
}

/// Of a number or scale: the numbers that conditions treat alike.
pub fn intervals(variables: &Variables) -> Vec<(f64, f64)> {
    let Variables::Ladder { places, .. } = variables else {
        return Vec::new();
    };
    let numbers = places.iter().filter_map(|place| match place {
        Place::Numbers { first, last, .. } => Some((*first, *last)),
        _ => None,
    });
    numbers.collect()
}
