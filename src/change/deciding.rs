//! Which of the answers decided: a smallest set that forces the level, whatever all other answers are.
//!
//! A sheet with a less urgent level says that some answer on which it differs belongs to the set. A smallest set
//! that takes all such sheets into account is tried next, until there is no sheet against it.

use super::hitting;
use crate::answers::{Answer, Facts, Truth};
use crate::circuit::{Circuit, Lit, RawSheet, Variables};
use crate::proof::{Found, Solver, Steps};
use crate::questionnaire::{LevelIndex, OptionSet, QuestionIndex};
use crate::triage::Assessment;

/// How much work to do.
#[derive(Debug, Clone, Copy)]
pub struct Effort {
    /// How many sets to try before a small one is good enough.
    pub rounds: usize,
    /// How many steps one search may take.
    pub steps: usize,
}

impl Default for Effort {
    fn default() -> Effort {
        Effort { rounds: 200, steps: 200_000 }
    }
}

#[derive(Debug, Clone, PartialEq)]
pub enum Deciding {
    /// It is the least urgent level, and nothing leaves another one possible.
    Nothing,
    These {
        /// In the order of asking.
        answers: Vec<Decider>,
        /// It is proved that no set of fewer answers forces the level.
        smallest: bool,
    },
    /// No set of answers was proved to force it.
    Unclear,
}

/// One answer of the set.
#[derive(Debug, Clone, PartialEq)]
pub struct Decider {
    pub question: QuestionIndex,
    /// Of several ticked options those that matter. `None`: the question was left out.
    pub answer: Option<Answer>,
}

/// `given`: the answers that count.
pub fn deciding(
    facts: &Facts,
    assessment: &Assessment,
    circuit: Circuit,
    given: RawSheet,
    effort: Effort,
) -> Deciding {
    let level = assessment.at_least();
    if level == facts.questionnaire.last_level() {
        let is_open = assessment.possible != level || !assessment.complete;
        return if is_open { Deciding::Unclear } else { Deciding::Nothing };
    }
    let mut search = Search::new(facts, assessment.complete, circuit, given, level, effort);
    let (chosen, smallest) = match search.smallest(effort.rounds) {
        Outcome::Smallest(chosen) => (chosen, true),
        Outcome::NotForced => return Deciding::Unclear,
        Outcome::TooLong => match search.small() {
            Some(chosen) => (chosen, false),
            None => return Deciding::Unclear,
        },
    };
    let mut answers = search.narrowed(&chosen);
    answers.sort_by_key(|decider| decider.question);
    Deciding::These { answers, smallest }
}

/// An answer given, and the node that says that it is given.
struct Atom {
    question: QuestionIndex,
    lit: Lit,
}

struct Search<'q> {
    circuit: Circuit<'q>,
    solver: Solver,
    /// What is left of the steps of one search.
    left: Steps,
    effort: Effort,
    given: RawSheet,
    atoms: Vec<Atom>,
    /// The level is less urgent, on a sheet of the same kind.
    against: Vec<Lit>,
}

enum Outcome {
    Smallest(Vec<usize>),
    /// Not even all answers force it.
    NotForced,
    TooLong,
}

impl<'q> Search<'q> {
    fn new(
        facts: &Facts,
        complete: bool,
        mut circuit: Circuit<'q>,
        given: RawSheet,
        level: LevelIndex,
        effort: Effort,
    ) -> Search<'q> {
        let mut laws: Vec<Vec<Lit>> = circuit.laws().collect();
        let mut atoms = Vec::new();
        for (question, asked) in facts.questionnaire.questions.iter().enumerate() {
            if !asked.takes_answer() {
                continue;
            }
            laws.extend(circuit.lacks(question).map(|missing| vec![!missing]));
            let answer = given.answers[question].as_ref();
            // While it is not finished, an optional question may still be answered.
            let left_out = asked.optional && complete && facts.live(question) == Truth::True;
            if answer.is_some() || left_out {
                let variables = &circuit.asked[question].variables;
                let values = variables.inputs().into_iter().zip(variables.values(answer));
                let lit = circuit.graph.all(values.map(|(input, value)| input.xor(!value)));
                atoms.push(Atom { question, lit });
            }
        }
        let left = Steps::default();
        let solver = Solver::new(&circuit.graph, laws.into_iter(), left.stop());
        let against = vec![!circuit.level[level], circuit.kept.xor(!given.kept)];
        Search { circuit, solver, left, effort, given, atoms, against }
    }

    fn find(&mut self, fixed: impl IntoIterator<Item = Lit>) -> Found {
        self.left.allow(self.effort.steps);
        let wanted: Vec<Lit> = self.against.iter().copied().chain(fixed).collect();
        self.solver.find(&self.circuit.graph, &wanted)
    }

    fn forces(&mut self, fixed: impl IntoIterator<Item = Lit>) -> bool {
        self.find(fixed) == Found::Never
    }

    fn lits(&self, chosen: &[usize]) -> Vec<Lit> {
        chosen.iter().map(|&atom| self.atoms[atom].lit).collect()
    }

    fn smallest(&mut self, rounds: usize) -> Outcome {
        let mut sets: Vec<Vec<usize>> = Vec::new();
        let mut least = 0;
        for _ in 0..rounds {
            let Some(chosen) = hitting::smallest(&sets, least, self.effort.steps) else {
                return Outcome::TooLong;
            };
            least = chosen.len();
            match self.find(self.lits(&chosen)) {
                Found::Never => return Outcome::Smallest(chosen),
                Found::OutOfTime => return Outcome::TooLong,
                Found::Yes => {
                    let sheet = RawSheet::read(&self.circuit, |lit| self.solver.value(lit));
                    let differs = self.few_differences(sheet);
                    if differs.is_empty() {
                        return Outcome::NotForced;
                    }
                    sets.push(differs);
                }
            }
        }
        Outcome::TooLong
    }

    /// Brings a sheet that is less urgent as near to the given one as it goes, and says on which answers it still
    /// differs.
    fn few_differences(&self, mut sheet: RawSheet) -> Vec<usize> {
        let values = |sheet: &RawSheet, question: QuestionIndex| {
            self.circuit.asked[question].variables.values(sheet.answers[question].as_ref())
        };
        let differs = |&atom: &usize| {
            let question = self.atoms[atom].question;
            values(&sheet, question) != values(&self.given, question)
        };
        let mut open: Vec<usize> = (0..self.atoms.len()).filter(differs).collect();
        let mut blocking = Vec::new();
        while !open.is_empty() {
            // In each column one answer more is as given.
            let columns = open.len().min(64);
            let mut tried = vec![sheet.clone(); columns];
            for (column, &atom) in open[..columns].iter().enumerate() {
                let question = self.atoms[atom].question;
                for sheet in &mut tried[column..] {
                    sheet.answers[question].clone_from(&self.given.answers[question]);
                }
            }
            let holds = self.circuit.simulate(&tried).of(self.against[0]);
            let agreed = (0..columns).rev().find(|column| holds >> column & 1 == 1).map_or(0, |at| at + 1);
            if let Some(nearer) = agreed.checked_sub(1) {
                sheet = tried.swap_remove(nearer);
            }
            // The next one, as given, makes it as urgent.
            blocking.extend(open[..columns].get(agreed));
            open.drain(..columns.min(agreed + 1));
        }
        blocking
    }

    /// A set of which no answer can be left out; others may be smaller.
    fn small(&mut self) -> Option<Vec<usize>> {
        let mut chosen: Vec<usize> = (0..self.atoms.len()).collect();
        if !self.forces(self.lits(&chosen)) {
            return None;
        }
        for atom in (0..self.atoms.len()).rev() {
            let fewer: Vec<usize> = chosen.iter().copied().filter(|&other| other != atom).collect();
            if self.forces(self.lits(&fewer)) {
                chosen = fewer;
            }
        }
        Some(chosen)
    }

    /// The answers of a set, of several ticked options only those that are needed.
    fn narrowed(&mut self, chosen: &[usize]) -> Vec<Decider> {
        let mut fixed: Vec<Vec<Lit>> = self.lits(chosen).into_iter().map(|lit| vec![lit]).collect();
        let mut deciders = Vec::new();
        for (at, &atom) in chosen.iter().enumerate() {
            let question = self.atoms[atom].question;
            let mut answer = self.given.answers[question].clone();
            if let Variables::Ticks { options, .. } = self.circuit.asked[question].variables.clone() {
                let mut needed = answer.as_ref().map_or(OptionSet::EMPTY, Answer::ticked);
                let lits = |set: OptionSet| set.iter().map(|option| options[option]).collect::<Vec<Lit>>();
                let whole = std::mem::replace(&mut fixed[at], lits(needed));
                if !needed.is_empty() && self.forces(fixed.concat()) {
                    for option in needed.iter() {
                        let fewer = needed.without(OptionSet::one(option));
                        fixed[at] = lits(fewer);
                        if !fewer.is_empty() && self.forces(fixed.concat()) {
                            needed = fewer;
                        }
                    }
                    fixed[at] = lits(needed);
                    answer = Some(Answer::Options(needed));
                } else {
                    fixed[at] = whole;
                }
            }
            deciders.push(Decider { question, answer });
        }
        deciders
    }
}
