//! The answers to one question as free variables: which it can have, and which variables say so.

use super::graph::{Graph, Lit};
use crate::answers::Answer;
use crate::questionnaire::condition::Comparison;
use crate::questionnaire::{Domain, OptionSet, Question};

/// What a sheet may hold.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Sheets {
    /// Every question has an answer, unless it is optional.
    Complete,
    /// Any question may be without an answer, and a number may be more exact than can be typed.
    Partial,
}

/// The variables of one question.
#[derive(Debug, Clone)]
pub enum Variables {
    /// Of a note.
    None,
    /// Exactly one of several answers. `rungs[i]`: the answer is one after `places[i]`.
    Ladder { rungs: Vec<Lit>, places: Vec<Place> },
    /// Any of the options, "not sure", or neither; an exclusive option stands alone.
    Ticks { options: Vec<Lit>, exclusive: OptionSet, unsure: Option<Lit>, may_be_missing: bool },
}

/// One of the answers that conditions can tell apart.
#[derive(Debug, Clone, Copy, PartialEq)]
pub enum Place {
    Option(usize),
    /// Numbers which all conditions treat alike: those that can be typed from the first to the last, and every
    /// more exact number beyond `start` and before the start of the next place.
    Numbers {
        first: f64,
        last: f64,
        start: Cut,
    },
    Words,
    Unsure,
    Missing,
}

/// Where a comparison changes.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Cut {
    bound: f64,
    /// The bound itself is before it.
    above: bool,
}

impl Cut {
    fn new(comparison: Comparison, bound: f64) -> Cut {
        Cut { bound, above: comparison == Comparison::Above }
    }

    /// The comparison that begins to hold here.
    pub(super) fn as_comparison(self) -> (Comparison, f64) {
        (if self.above { Comparison::Above } else { Comparison::AtLeast }, self.bound)
    }

    fn is_before(self, number: f64) -> bool {
        if self.above { number > self.bound } else { number >= self.bound }
    }
}

impl Variables {
    /// `bounds` are the numbers with which conditions compare the answer, and how.
    pub fn new(
        question: &Question,
        bounds: &[(Comparison, f64)],
        sheets: Sheets,
        graph: &mut Graph,
    ) -> Variables {
        let Some(places) = places(question, bounds, sheets) else {
            return match question.domain {
                Domain::Nothing => Variables::None,
                Domain::One { .. } | Domain::Several | Domain::Number(_) | Domain::Text => Variables::Ticks {
                    options: question.options.iter().map(|_| graph.input()).collect(),
                    exclusive: question.exclusive(),
                    unsure: question.unsure.then(|| graph.input()),
                    may_be_missing: may_be_missing(question, sheets),
                },
            };
        };
        let rungs = (1..places.len()).map(|_| graph.input()).collect();
        Variables::Ladder { rungs, places }
    }

    /// The same variables for another version of the question that takes the same answers, told apart in the same
    /// way; `None` if it takes others. `options`: for each of its options the one here.
    pub(super) fn as_of(
        &self,
        question: &Question,
        bounds: &[(Comparison, f64)],
        options: &[Option<usize>],
        sheets: Sheets,
    ) -> Option<Variables> {
        let here = |option: usize| options.get(option).copied().flatten();
        match (self, places(question, bounds, sheets)) {
            (Variables::None, None) => (!question.takes_answer()).then_some(Variables::None),
            (Variables::Ladder { rungs, places }, Some(theirs)) => {
                let theirs_at = |place: Place| {
                    theirs.iter().copied().find(|&their| match (place, their) {
                        (Place::Option(option), Place::Option(their)) => here(their) == Some(option),
                        (place, their) => place == their,
                    })
                };
                let places: Option<Vec<Place>> = places.iter().map(|&place| theirs_at(place)).collect();
                let places = places.filter(|places| places.len() == theirs.len())?;
                Some(Variables::Ladder { rungs: rungs.clone(), places })
            }
            (Variables::Ticks { options, exclusive, unsure, may_be_missing }, None) => {
                let count = question.options.len();
                let same = question.takes_answer()
                    && options.len() == count
                    && unsure.is_some() == question.unsure
                    && *may_be_missing == self::may_be_missing(question, sheets);
                let options: Vec<Lit> =
                    (0..count).map(|at| options.get(here(at)?).copied()).collect::<Option<_>>()?;
                let exclusive_there = question.exclusive();
                let same = same
                    && (0..count).all(|at| {
                        here(at).is_some_and(|here| exclusive.contains(here)) == exclusive_there.contains(at)
                    });
                same.then_some(Variables::Ticks {
                    options,
                    exclusive: exclusive_there,
                    unsure: *unsure,
                    may_be_missing: *may_be_missing,
                })
            }
            _ => None,
        }
    }

    /// All variables.
    pub fn inputs(&self) -> Vec<Lit> {
        match self {
            Variables::None => Vec::new(),
            Variables::Ladder { rungs, .. } => rungs.clone(),
            Variables::Ticks { options, unsure, .. } => options.iter().copied().chain(*unsure).collect(),
        }
    }

    /// What holds of the variables for every answer: clauses, each of which has a true literal.
    pub fn laws(&self) -> Vec<Vec<Lit>> {
        match self {
            Variables::None => Vec::new(),
            Variables::Ladder { rungs, .. } => rungs.windows(2).map(|pair| vec![pair[0], !pair[1]]).collect(),
            Variables::Ticks { options, exclusive, unsure, may_be_missing } => {
                let mut laws = Vec::new();
                if !may_be_missing {
                    laws.push(options.iter().copied().chain(*unsure).collect());
                }
                for alone in exclusive.iter() {
                    let others = options.iter().enumerate().filter(|&(index, _)| index != alone);
                    // Of two exclusive options, one law is enough.
                    let others = others.filter(|&(index, _)| index < alone || !exclusive.contains(index));
                    let others = others.map(|(_, &other)| other).chain(*unsure);
                    laws.extend(others.map(|other| vec![!options[alone], !other]));
                }
                laws
            }
        }
    }

    /// The answer is at one of these places.
    pub(super) fn at(&self, graph: &mut Graph, fits: impl Fn(Place) -> bool) -> Lit {
        let Variables::Ladder { rungs, places } = self else {
            return Lit::FALSE;
        };
        let mut found = Vec::new();
        let mut start = None;
        for index in 0..=places.len() {
            let fits = places.get(index).is_some_and(|&place| fits(place));
            match (start, fits) {
                (None, true) => start = Some(index),
                (Some(from), false) => {
                    let from = from.checked_sub(1).map_or(Lit::TRUE, |rung| rungs[rung]);
                    let beyond = rungs.get(index - 1).copied().unwrap_or(Lit::FALSE);
                    found.push(graph.and(from, !beyond));
                    start = None;
                }
                _ => {}
            }
        }
        graph.any(found)
    }

    /// The answer is, or contains, one of these options.
    pub fn has(&self, wanted: OptionSet, graph: &mut Graph) -> Lit {
        match self {
            Variables::Ticks { options, .. } => {
                let wanted = wanted.iter().filter_map(|option| options.get(option).copied());
                graph.any(wanted)
            }
            _ => self.at(graph, |place| matches!(place, Place::Option(option) if wanted.contains(option))),
        }
    }

    /// The answer is a number that compares so.
    pub fn compares(&self, comparison: Comparison, bound: f64, graph: &mut Graph) -> Lit {
        self.at(graph, |place| match place {
            Place::Numbers { first, .. } => comparison.holds(first, bound),
            _ => false,
        })
    }

    pub fn unsure(&self, graph: &mut Graph) -> Lit {
        match self {
            Variables::Ticks { unsure, .. } => unsure.unwrap_or(Lit::FALSE),
            _ => self.at(graph, |place| place == Place::Unsure),
        }
    }

    pub fn missing(&self, graph: &mut Graph) -> Lit {
        match self {
            Variables::None => Lit::TRUE,
            Variables::Ticks { may_be_missing: false, .. } => Lit::FALSE,
            Variables::Ticks { options, unsure, .. } => {
                let any = graph.any(options.iter().copied().chain(*unsure));
                !any
            }
            Variables::Ladder { .. } => self.at(graph, |place| place == Place::Missing),
        }
    }

    /// What the variables must be for this answer, in the order of [`Variables::inputs`].
    pub fn values(&self, answer: Option<&Answer>) -> Vec<bool> {
        match self {
            Variables::None => Vec::new(),
            Variables::Ladder { rungs, places } => {
                let at = place_of(places, answer);
                (0..rungs.len()).map(|rung| rung < at).collect()
            }
            Variables::Ticks { options, unsure, .. } => {
                let ticked = answer.map_or(OptionSet::EMPTY, Answer::ticked);
                let unsure = unsure.map(|_| answer.is_some_and(Answer::is_unsure));
                (0..options.len()).map(|option| ticked.contains(option)).chain(unsure).collect()
            }
        }
    }

    /// The same for as many answers as there are, each in its column of the words. They are added to `words`.
    pub(super) fn words<'a>(&self, answers: impl Iterator<Item = Option<&'a Answer>>, words: &mut Vec<u64>) {
        let start = words.len();
        match self {
            Variables::None => {}
            Variables::Ladder { rungs, places } => {
                words.resize(start + rungs.len(), 0);
                let words = &mut words[start..];
                for (column, answer) in answers.enumerate() {
                    let at = place_of(places, answer);
                    // Here only the last rung below the place; the others follow for all columns together.
                    if let Some(rung) = at.checked_sub(1) {
                        words[rung] |= 1 << column;
                    }
                }
                for rung in (1..words.len()).rev() {
                    words[rung - 1] |= words[rung];
                }
            }
            Variables::Ticks { options, unsure, .. } => {
                words.resize(start + options.len() + usize::from(unsure.is_some()), 0);
                let words = &mut words[start..];
                for (column, answer) in answers.enumerate() {
                    let Some(answer) = answer else { continue };
                    answer.ticked().iter().for_each(|option| words[option] |= 1 << column);
                    if unsure.is_some() && answer.is_unsure() {
                        words[options.len()] |= 1 << column;
                    }
                }
            }
        }
    }

    /// The answer for which the variables have these values; of numbers alike, the first.
    pub fn answer(&self, value: impl Fn(Lit) -> bool) -> Option<Answer> {
        match self {
            Variables::None => None,
            Variables::Ladder { rungs, places } => {
                places[rungs.iter().take_while(|&&rung| value(rung)).count()].answer()
            }
            Variables::Ticks { options, unsure, .. } => {
                let ticked = options.iter().enumerate().filter(|&(_, &option)| value(option));
                let ticked: OptionSet = ticked.map(|(index, _)| index).collect();
                match unsure.is_some_and(value) {
                    true => Some(Answer::Unsure { ticked }),
                    false if ticked.is_empty() => None,
                    false => Some(Answer::Options(ticked)),
                }
            }
        }
    }
}

impl Place {
    fn holds(self, answer: Option<&Answer>) -> bool {
        match (self, answer) {
            (Place::Option(option), Some(Answer::Options(chosen))) => chosen.contains(option),
            (Place::Numbers { start, .. }, Some(Answer::Number(number))) => start.is_before(*number),
            (Place::Words, Some(Answer::Text(_))) | (Place::Unsure, Some(Answer::Unsure { .. })) => true,
            (Place::Missing, None) => true,
            _ => false,
        }
    }

    /// The answer at this place; of several numbers the first.
    pub fn answer(self) -> Option<Answer> {
        match self {
            Place::Option(option) => Some(Answer::option(option)),
            Place::Numbers { first, .. } => Some(Answer::Number(first)),
            Place::Words => Some(Answer::Text("...".to_owned())),
            Place::Unsure => Some(Answer::UNSURE),
            Place::Missing => None,
        }
    }
}

/// Which of these places is that of the answer.
pub fn place_of(places: &[Place], answer: Option<&Answer>) -> usize {
    // Of several places that begin before a number, the last one has it.
    places.iter().rposition(|place| place.holds(answer)).unwrap_or_default()
}

fn may_be_missing(question: &Question, sheets: Sheets) -> bool {
    question.optional || sheets == Sheets::Partial
}

/// The answers of which one is given; `None` where several can be ticked, and for a note.
fn places(question: &Question, bounds: &[(Comparison, f64)], sheets: Sheets) -> Option<Vec<Place>> {
    let mut places = match &question.domain {
        Domain::Nothing | Domain::Several => return None,
        Domain::One { .. } => (0..question.options.len()).map(Place::Option).collect(),
        Domain::Number(limits) => intervals((limits.min, limits.max), limits.decimals, bounds, sheets),
        Domain::Text => vec![Place::Words],
    };
    places.extend(question.unsure.then_some(Place::Unsure));
    places.extend(may_be_missing(question, sheets).then_some(Place::Missing));
    Some(places)
}

/// The numbers that an answer can be, cut where a comparison changes.
fn intervals(
    (min, max): (f64, f64),
    decimals: u8,
    bounds: &[(Comparison, f64)],
    sheets: Sheets,
) -> Vec<Place> {
    let scale = 10f64.powi(i32::from(decimals));
    // Division of whole numbers gives the same floating point number as reading the digits does.
    let number = |step: i64| step as f64 / scale;
    let (lowest, highest) = ((min * scale).round() as i64, (max * scale).round() as i64);
    // The first number beyond a cut that can be typed.
    let typed_from = |cut: Cut| {
        let near = ((cut.bound * scale).floor() as i64).saturating_sub(1);
        (near..=near.saturating_add(3)).find(|&step| cut.is_before(number(step))).unwrap_or(near)
    };
    let whole = Cut { bound: min, above: false };
    let mut cuts: Vec<Cut> = bounds.iter().map(|&(comparison, bound)| Cut::new(comparison, bound)).collect();
    cuts.retain(|cut| !cut.is_before(min) && cut.is_before(max));
    cuts.push(whole);
    cuts.sort_by(|a, b| a.bound.total_cmp(&b.bound).then(a.above.cmp(&b.above)));
    cuts.dedup();
    let mut places = Vec::new();
    for (at, &start) in cuts.iter().enumerate() {
        let end = cuts.get(at + 1).copied();
        let first = typed_from(start).max(lowest);
        let last = end.map_or(highest, |end| typed_from(end) - 1);
        if first <= last {
            let (first, last) = (number(first), number(last));
            // Of whole numbers, above 64 is at least 65.
            let start = if decimals == 0 { Cut { bound: first, above: false } } else { start };
            places.push(Place::Numbers { first, last, start });
        } else if decimals > 0 && sheets == Sheets::Partial {
            // Only a number with more decimals than can be typed is between these two cuts. An interview has none.
            // A sheet from another program may, and is judged exactly.
            let between = end.map_or(max, |end| start.bound + (end.bound - start.bound) / 2.0);
            places.push(Place::Numbers { first: between, last: between, start });
        }
    }
    places
}
