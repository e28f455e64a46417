//! What a mutant changes for anybody: a search over all sheets at once, in the circuit of the questionnaire with that
//! of the mutant beside it.

use super::Mutant;
use crate::circuit::{Beside, Circuit, Cuts, Lit, RawSheet, Sheets};
use crate::proof::{Found, Solver, Stop};
use crate::questionnaire::{Audience, Questionnaire};
use crate::scenarios::words;

/// What a mutant changes.
#[derive(Debug, Clone, PartialEq)]
pub enum Difference {
    /// The level of a finished check, as on this sheet.
    Level(Audience, Box<RawSheet>),
    /// No level, but this of a finished check.
    Told(Vec<String>),
    /// Nothing of a finished check, but something of other sheets.
    Unfinished,
    /// Nothing for anybody.
    None,
    OutOfTime,
}

/// Something that a person can come to see.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Output {
    Level,
    Rule(usize),
    Question(usize),
    Step(usize),
    Page(usize),
    /// When to act, whom to contact or when to look again.
    Advice(usize),
}

/// Searches for one questionnaire and its mutants.
pub struct Provers<'q> {
    provers: Vec<Prover<'q>>,
}

struct Prover<'q> {
    circuit: Circuit<'q>,
    solver: Solver,
    /// Every question that must be answered has an answer, and none that was not asked.
    finished: [Lit; 2],
    outputs: Vec<(Output, Lit)>,
}

impl<'q> Provers<'q> {
    /// `mutants` are all that will be compared.
    pub fn new(questionnaire: &'q Questionnaire, mutants: &[&Mutant], stop: &Stop) -> Provers<'q> {
        let mut cuts = Cuts::default();
        let mut changed = questionnaire.clone();
        for mutant in mutants {
            mutant.apply(&mut changed);
            cuts.add(&changed);
            mutant.undo(questionnaire, &mut changed);
        }
        let differ = questionnaire.sections.iter().any(|section| section.audience.is_some());
        let audiences = match differ {
            true => &[Audience::Patient, Audience::Clinician][..],
            false => &[Audience::Patient],
        };
        let prover = |&audience| Prover::new(questionnaire, audience, &cuts, Stop::clone(stop));
        Provers { provers: audiences.iter().map(prover).collect() }
    }

    pub fn circuit(&self, audience: Audience) -> &Circuit<'q> {
        let own = self.provers.iter().find(|prover| prover.circuit.audience == audience);
        &own.unwrap_or(&self.provers[0]).circuit
    }

    /// What a mutant changes; `changed` is the questionnaire with its change.
    pub fn compare(&mut self, mutant: &Mutant, changed: &Questionnaire) -> Difference {
        let mut pairs: Vec<Pair> = self.provers.iter_mut().map(|prover| prover.beside(changed)).collect();
        let is_level = |output: Output| output == Output::Level;
        let found = match mutant.is_advice() {
            true => Ok(None),
            false => find(&mut pairs, true, is_level),
        };
        // The same rules are true, but this one stands elsewhere among the reasons.
        let moved = match mutant {
            Mutant::RuleLevel(rule, _) => Some(Output::Rule(*rule)),
            _ => None,
        };
        let rest = |pairs: &mut Vec<Pair>| {
            if let Some((at, _)) = find(pairs, true, |output| !is_level(output))? {
                return Ok(Difference::Told(pairs[at].told()));
            }
            if let (Some(moved), Some(pair)) = (moved, pairs.first()) {
                return Ok(Difference::Told(vec![words::output(pair.prover.circuit.questionnaire, moved)]));
            }
            Ok(match find(pairs, false, |_| true)? {
                Some(_) => Difference::Unfinished,
                None => Difference::None,
            })
        };
        let difference = match found {
            Ok(Some((at, sheet))) => {
                Ok(Difference::Level(pairs[at].prover.circuit.audience, Box::new(sheet)))
            }
            Ok(None) => rest(&mut pairs),
            Err(OutOfTime) => Err(OutOfTime),
        };
        difference.unwrap_or(Difference::OutOfTime)
    }
}

struct OutOfTime;

/// A sheet of any audience on which one of the outputs differs, with the position of the pair that has it.
fn find(
    pairs: &mut [Pair],
    finished: bool,
    of: impl Fn(Output) -> bool,
) -> Result<Option<(usize, RawSheet)>, OutOfTime> {
    for (at, pair) in pairs.iter_mut().enumerate() {
        if let Some(sheet) = pair.find(finished, &of)? {
            return Ok(Some((at, sheet)));
        }
    }
    Ok(None)
}

impl<'q> Prover<'q> {
    fn new(questionnaire: &'q Questionnaire, audience: Audience, cuts: &Cuts, stop: Stop) -> Prover<'q> {
        let mut circuit = Circuit::cut(questionnaire, audience, Sheets::Partial, cuts);
        let mut answered = Vec::new();
        for question in 0..questionnaire.questions.len() {
            answered.extend(circuit.lacks(question).map(|missing| !missing));
        }
        let finished = [circuit.graph.all(answered), !circuit.kept];
        let outputs = outputs(&mut circuit);
        let solver = Solver::new(&circuit.graph, circuit.laws(), stop);
        Prover { circuit, solver, finished, outputs }
    }

    fn beside<'p>(&'p mut self, changed: &Questionnaire) -> Pair<'p, 'q> {
        let mut other: Beside = self.circuit.beside(changed);
        let others = self.circuit.lend(&mut other, outputs);
        // The same questions take the same answers, so there are none, but nothing here relies on it.
        self.solver.learn(&self.circuit.graph, other.laws());
        let pairs = self.outputs.iter().zip(others);
        let differ = pairs.filter(|((_, one), (_, other))| one != other);
        let differ = differ.map(|(&(output, one), (_, other))| (output, one, other)).collect();
        Pair { prover: self, differ }
    }
}

/// The questionnaire and one mutant of it.
struct Pair<'p, 'q> {
    prover: &'p mut Prover<'q>,
    /// The outputs that are not the same nodes.
    differ: Vec<(Output, Lit, Lit)>,
}

impl Pair<'_, '_> {
    /// A sheet on which one of the outputs differs.
    fn find(&mut self, finished: bool, of: impl Fn(Output) -> bool) -> Result<Option<RawSheet>, OutOfTime> {
        let Prover { circuit, solver, finished: complete, .. } = &mut *self.prover;
        let mut differs = Vec::new();
        for &(_, one, other) in self.differ.iter().filter(|(output, ..)| of(*output)) {
            differs.push(circuit.graph.and(one, !other));
            differs.push(circuit.graph.and(!one, other));
        }
        let mut wanted = vec![circuit.graph.any(differs)];
        if finished {
            wanted.extend(*complete);
        }
        match solver.find(&circuit.graph, &wanted) {
            Found::Never => Ok(None),
            Found::OutOfTime => Err(OutOfTime),
            Found::Yes => Ok(Some(RawSheet::read(circuit, |lit| solver.value(lit)))),
        }
    }

    /// What differs on the sheet that was found last.
    fn told(&self) -> Vec<String> {
        let Prover { circuit, solver, .. } = &*self.prover;
        let values: Vec<u64> =
            circuit.graph.inputs().iter().map(|&input| u64::from(solver.value(input))).collect();
        let nodes = circuit.graph.simulate(&values);
        let differs = |&&(_, one, other): &&(Output, Lit, Lit)| nodes.of(one) & 1 != nodes.of(other) & 1;
        let mut told: Vec<String> = self
            .differ
            .iter()
            .filter(differs)
            .map(|&(output, ..)| words::output(circuit.questionnaire, output))
            .collect();
        told.dedup();
        told
    }
}

/// All that a person can come to see, in an order that depends on nothing that a mutant changes.
fn outputs(circuit: &mut Circuit) -> Vec<(Output, Lit)> {
    let questionnaire = circuit.questionnaire;
    let mut outputs = Vec::new();
    outputs.extend(circuit.level.iter().map(|&level| (Output::Level, level)));
    for (index, rule) in circuit.rules.iter().enumerate() {
        outputs.extend([rule.certain, rule.possible].map(|lit| (Output::Rule(index), lit)));
    }
    for (index, asked) in circuit.asked.iter().enumerate() {
        outputs.extend([asked.live.certain, asked.live.possible].map(|lit| (Output::Question(index), lit)));
    }
    for (index, step) in questionnaire.next_steps.iter().enumerate() {
        outputs.push((Output::Step(index), circuit.shown(&step.shown)));
    }
    for (index, page) in questionnaire.learn.iter().enumerate() {
        outputs.push((Output::Page(index), circuit.shown(&page.shown)));
    }
    for (index, level) in questionnaire.levels.iter().enumerate() {
        let here = circuit.is_level(index);
        let times = level.within.iter().chain(&level.check_again).filter_map(|time| time.when.as_ref());
        let times = times.map(|when| (when, true));
        let who = level.who.iter().filter_map(|contact| contact.when.as_ref()).map(|when| (when, false));
        for (when, may_be_open) in times.chain(who) {
            let rails = circuit.rails(when);
            let holds = if may_be_open { rails.possible } else { rails.certain };
            let told = circuit.graph.and(here, holds);
            outputs.push((Output::Advice(index), told));
        }
    }
    outputs
}
