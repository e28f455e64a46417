//! Puts people through a questionnaire.

use std::ops::ControlFlow;

use super::against::{Against, Moved};
use super::counts::{Counts, Needing};
use super::judge::Judge;
use super::people::{Block, People};
use super::{Population, Range, SEED};
use crate::answers::{Answer, Sheet};
use crate::questionnaire::{Audience, Questionnaire};

/// Where the people come from.
#[derive(Clone, Copy)]
pub enum Given<'p> {
    Drawn {
        population: &'p Population,
        people: u64,
        seed: u64,
        range: Range,
    },
    /// Sheets as they come.
    Sheets(&'p [Sheet]),
}

/// What is asked of whom.
#[derive(Clone, Copy)]
pub struct Job<'j> {
    pub questionnaire: &'j Questionnaire,
    pub audience: Audience,
    pub given: Given<'j>,
    /// The version before.
    pub old: Option<&'j Questionnaire>,
}

/// What came of it.
#[derive(Debug, Clone, PartialEq)]
pub struct Outcome {
    pub counts: Counts,
    /// By the version before.
    pub old: Option<(Counts, Moved)>,
    /// The questions of the version before that these people have no answer to.
    pub unanswered: Vec<String>,
}

/// Somebody wanted it to stop.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Stopped;

/// Hears what each person answered.
pub type Heard<'h> = dyn FnMut(&[Option<Answer>]) + 'h;

/// Runs a job. `progress` hears how many people are done, and whether to go on. `heard` gets the answers of each
/// person to what was asked, in order.
///
/// # Errors
/// When `progress` says to stop.
pub fn run(
    job: Job,
    mut progress: impl FnMut(u64) -> ControlFlow<()>,
    mut heard: Option<&mut Heard>,
) -> Result<Outcome, Stopped> {
    let Job { questionnaire, audience, given, old } = job;
    let judge = Judge::new(questionnaire, audience);
    let mut against = old.map(|old| Against::new(old, questionnaire, audience));
    let drawn = match given {
        Given::Drawn { population, seed, range, .. } => {
            Some((population, People::new(population, seed, range)))
        }
        Given::Sheets(_) => None,
    };
    let all = match given {
        Given::Drawn { people, .. } => people,
        Given::Sheets(sheets) => sheets.len() as u64,
    };
    let has_needs = drawn.as_ref().is_some_and(|(population, _)| !population.needs.is_empty());
    let mut counts = Counts::new(questionnaire, has_needs);
    let mut before = old.map(|old| (Counts::new(old, false), Moved::new(old, questionnaire)));
    let mut block = Block::new();
    let whole = drawn.is_none();
    let mut first = 0;
    while first < all {
        let count = (all - first).min(Judge::AT_ONCE as u64) as usize;
        match (&drawn, given) {
            (Some((_, people)), _) => people.draw(first, count, &mut block),
            (None, Given::Sheets(sheets)) => {
                let sheets = &sheets[first as usize..][..count];
                block = (0..questionnaire.questions.len())
                    .map(|question| sheets.iter().map(|sheet| sheet.get(question).cloned()).collect())
                    .collect();
            }
            (None, Given::Drawn { .. }) => break,
        }
        let judged = judge.judge(&block, count, whole);
        let needing =
            drawn.as_ref().map_or_else(Needing::new, |(population, _)| needing(population, &block, count));
        counts.add(questionnaire, &judged, &needing);
        if let (Some(against), Some((counts, moved)), Some(old)) = (&mut against, &mut before, old) {
            let was = against.judge(&block, count, whole);
            counts.add(old, &was, &Needing::new());
            moved.add((was.judge(), &was), (&judge, &judged), &block, first);
        }
        if let Some(heard) = &mut heard {
            for column in 0..count {
                let answers: Vec<Option<Answer>> =
                    block.iter().map(|answers| answers[column].clone()).collect();
                heard(&judge.heard(&answers, &judged, column));
            }
        }
        first += count as u64;
        if progress(first).is_break() {
            return Err(Stopped);
        }
    }
    let unanswered =
        against.map_or(Vec::new(), |against| against.unanswered().into_iter().map(str::to_owned).collect());
    Ok(Outcome { counts, old: before, unanswered })
}

/// What comes of the people whom the file says, of the first seed.
pub fn drawn(questionnaire: &Questionnaire, population: &Population) -> Counts {
    let given = Given::Drawn { population, people: population.people, seed: SEED, range: Range::Stated };
    let job = Job { questionnaire, audience: population.audience, given, old: None };
    // Nothing stops it.
    let run = run(job, |_| ControlFlow::Continue(()), None);
    run.map_or_else(|Stopped| Counts::new(questionnaire, false), |outcome| outcome.counts)
}

/// For each level those of a block who need it.
fn needing(population: &Population, block: &Block, count: usize) -> Needing {
    if let [need] = population.needs.as_slice() {
        return vec![(need.level, u64::MAX)];
    }
    let mut needing = Needing::new();
    for column in 0..count {
        let answer = |of: usize| block.get(of)?.get(column)?.as_ref();
        let need =
            population.needs.iter().find(|need| need.when.as_ref().is_none_or(|when| when.holds(&answer)));
        if let Some(need) = need {
            needing.push((need.level, 1 << column));
        }
    }
    needing
}
