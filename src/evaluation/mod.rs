//! How right a questionnaire was: answer sheets of people of whom it is known what they needed, held against what they
//! are told.
//!
//! What was right is a level for each person, the reference standard. For each level, "told this level or a more
//! urgent one" is a test for "needed this level or a more urgent one", and each rule is a test for its own level.
//! `docs/author/evaluate.md` has the definitions with their sources.

mod groups;
mod json;
mod tables;
mod tell;
mod two_by_two;

use crate::answers::Sheet;
use crate::population::{Against, Block, Judge};
use crate::questionnaire::{Audience, LevelIndex, Questionnaire};

pub use groups::{By, WrongBy};
pub use json::json;
pub use tables::{Table, markdown, text};
pub use tell::tell;
pub use two_by_two::{Ratio, TwoByTwo};

/// Somebody of whom it is known what was right.
#[derive(Debug, Clone)]
pub struct Person {
    pub sheet: Sheet,
    /// What stands in the column, as it stands there.
    pub outcome: String,
    /// The level that this means.
    pub right: LevelIndex,
    /// Where the sheet stands in its file, from 1.
    pub line: u64,
}

/// Figures of fewer people than this are marked: their intervals say little.
pub const FEW: u64 = 30;

/// What came of some people.
#[derive(Debug, Clone, PartialEq)]
pub struct Measures {
    pub people: u64,
    /// Some question that is asked has no answer.
    pub open: u64,
    /// For each level that was right and each that is told, the people.
    pub matrix: Vec<Vec<u64>>,
    /// For each level: told it or a more urgent one, against needing it or a more urgent one.
    pub levels: Vec<TwoByTwo>,
    /// For each rule: it is true, against needing its level or a more urgent one.
    pub rules: Vec<TwoByTwo>,
}

impl Measures {
    fn new(questionnaire: &Questionnaire) -> Measures {
        let levels = questionnaire.levels.len();
        Measures {
            people: 0,
            open: 0,
            matrix: vec![vec![0; levels]; levels],
            levels: vec![TwoByTwo::default(); levels],
            rules: vec![TwoByTwo::default(); questionnaire.rules.len()],
        }
    }

    /// Those who are told something less urgent than was right.
    pub fn under(&self) -> u64 {
        self.sum(|right, told| told > right)
    }

    /// Those who are told something more urgent than was right.
    pub fn over(&self) -> u64 {
        self.sum(|right, told| told < right)
    }

    fn sum(&self, which: impl Fn(usize, usize) -> bool) -> u64 {
        let rows = self.matrix.iter().enumerate();
        rows.flat_map(|(right, row)| row.iter().enumerate().map(move |(told, &count)| (right, told, count)))
            .filter(|&(right, told, _)| which(right, told))
            .map(|(.., count)| count)
            .sum()
    }

    fn add(&mut self, questionnaire: &Questionnaire, right: LevelIndex, told: &Told) {
        self.people += 1;
        self.open += u64::from(told.open);
        self.matrix[right][told.level] += 1;
        for (level, table) in self.levels.iter_mut().enumerate() {
            table.add(told.level <= level, right <= level);
        }
        for ((rule, table), &holds) in questionnaire.rules.iter().zip(&mut self.rules).zip(&told.rules) {
            table.add(holds, right <= rule.level);
        }
    }
}

/// What one person is told.
struct Told {
    level: LevelIndex,
    open: bool,
    rules: Vec<bool>,
}

/// Somebody who is told something less urgent than was right.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Miss {
    pub line: u64,
    pub outcome: String,
    pub right: LevelIndex,
    pub told: LevelIndex,
}

/// What stands in the column, and what comes of those of whom it does.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct OfOutcome {
    pub outcome: String,
    pub right: LevelIndex,
    pub people: u64,
    /// Those who are told the right level or a more urgent one.
    pub caught: u64,
}

/// The people of one answer, or of a part of the numbers.
#[derive(Debug, Clone, PartialEq)]
pub struct Group {
    /// The question, and which answer to it.
    pub question: String,
    pub name: String,
    pub measures: Measures,
}

/// The version before, on the same people.
#[derive(Debug, Clone, PartialEq)]
pub struct Before {
    pub measures: Measures,
    /// Those who were told enough and aren't now.
    pub newly_missed: Vec<Miss>,
    /// Those who weren't and are now.
    pub newly_caught: Vec<Miss>,
    /// The questions of the version before that these sheets have no answer to.
    pub unanswered: Vec<String>,
}

/// Everything that is said of a file.
#[derive(Debug, Clone, PartialEq)]
pub struct Evaluation {
    pub all: Measures,
    pub outcomes: Vec<OfOutcome>,
    /// Worst first: by how many levels, then the most urgent, then as in the file.
    pub misses: Vec<Miss>,
    pub groups: Vec<Group>,
    pub before: Option<Before>,
}

/// The version before can't be compared: a level that the sheets name isn't in it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct OtherLevels;

/// Judges everybody, and holds it against what was right.
///
/// # Errors
/// When the levels of the version before are others.
pub fn evaluate(
    questionnaire: &Questionnaire,
    audience: Audience,
    people: &[Person],
    by: &[By],
    old: Option<&Questionnaire>,
) -> Result<Evaluation, OtherLevels> {
    let ids = |questionnaire: &Questionnaire| -> Vec<String> {
        questionnaire.levels.iter().map(|level| level.id.clone()).collect()
    };
    if old.is_some_and(|old| ids(old) != ids(questionnaire)) {
        return Err(OtherLevels);
    }
    let judge = Judge::new(questionnaire, audience);
    let mut against = old.map(|old| Against::new(old, questionnaire, audience));
    let mut before = old.map(|old| Before {
        measures: Measures::new(old),
        newly_missed: Vec::new(),
        newly_caught: Vec::new(),
        unanswered: Vec::new(),
    });
    let mut all = Measures::new(questionnaire);
    let mut outcomes: Vec<OfOutcome> = Vec::new();
    let mut misses = Vec::new();
    let mut groups = groups::all(questionnaire, by);
    for part in people.chunks(Judge::AT_ONCE) {
        let block: Block = (0..questionnaire.questions.len())
            .map(|question| part.iter().map(|person| person.sheet.get(question).cloned()).collect())
            .collect();
        let now = judge.judge(&block, part.len(), true);
        let was = against.as_mut().map(|against| against.judge(&block, part.len(), true));
        for (column, person) in part.iter().enumerate() {
            let told = told(questionnaire, &now, column);
            let caught = told.level <= person.right;
            all.add(questionnaire, person.right, &told);
            groups::add(&mut groups, questionnaire, by, person, &told);
            let miss = |told: LevelIndex| Miss {
                line: person.line,
                outcome: person.outcome.clone(),
                right: person.right,
                told,
            };
            if !caught {
                misses.push(miss(told.level));
            }
            let known = outcomes.iter().position(|known| known.outcome == person.outcome);
            let known = known.unwrap_or_else(|| {
                let (outcome, right) = (person.outcome.clone(), person.right);
                outcomes.push(OfOutcome { outcome, right, people: 0, caught: 0 });
                outcomes.len() - 1
            });
            outcomes[known].people += 1;
            outcomes[known].caught += u64::from(caught);
            if let (Some(was), Some(before), Some(old)) = (&was, &mut before, old) {
                let was = self::told(old, was, column);
                before.measures.add(old, person.right, &was);
                match (was.level <= person.right, caught) {
                    (true, false) => before.newly_missed.push(miss(told.level)),
                    (false, true) => before.newly_caught.push(miss(told.level)),
                    _ => {}
                }
            }
        }
    }
    if let (Some(before), Some(against)) = (&mut before, &against) {
        before.unanswered = against.unanswered().into_iter().map(str::to_owned).collect();
    }
    outcomes.sort_by(|one, other| (one.right, &one.outcome).cmp(&(other.right, &other.outcome)));
    misses.sort_by_key(|miss: &Miss| (std::cmp::Reverse(miss.told - miss.right), miss.right, miss.line));
    Ok(Evaluation { all, outcomes, misses, groups, before })
}

fn told(questionnaire: &Questionnaire, judged: &crate::population::Judged, column: usize) -> Told {
    let holds = |people: u64| people >> column & 1 == 1;
    let level = (0..questionnaire.levels.len()).find(|&level| holds(judged.told(level)));
    Told {
        // Everybody is told one; were it none, the least urgent would be the one that shows a miss.
        level: level.unwrap_or(questionnaire.last_level()),
        open: holds(judged.open()),
        rules: (0..questionnaire.rules.len()).map(|rule| holds(judged.rule(rule))).collect(),
    }
}
