//! Looking ahead while asking: which levels are still possible, and which questions can still change the level.
//!
//! An answer that was given stays, and so does an optional question that was left out. A *way of going on* has an
//! answer, "not sure" among them, to every other question, as the person would give it if asked; an interview hears
//! those that it comes to ask for. The level of a way of going on is that of the check finished so.
//!
//! A question *can change* the level if there are two ways of going on that differ in the answer to it alone, and
//! their levels differ. What the person would say to follow-ups is the same in both, but where only one of them asks
//! for a follow-up, the other doesn't hear it. From any way of going on to any other it is one such answer after
//! the other, so if no question can change the level, every way of going on has the same.
//!
//! Both are found on the circuit and exact. Where a search takes too long, the level counts as possible, and the
//! question as one that can change it: too much is said to be open then, never too little.

mod bounds;
mod counted;
mod progress;
mod residue;
mod samples;
#[cfg(test)]
mod tests;

pub use progress::Progress;

use crate::answers::Truth;
use crate::circuit::{Circuit, Lit, Node};
use crate::interview::{Interview, Stage};
use crate::proof::{Found, Solver, Steps};
use crate::questionnaire::{Audience, LevelIndex, QuestionIndex};
use residue::Residue;
use samples::Samples;

/// Rounds of searching for one look. The built-in questionnaire takes a few thousand.
const ROUNDS: usize = 400_000;

/// What can still come.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Outlook {
    /// The levels that the finished check can have, the most urgent first.
    pub levels: Vec<LevelIndex>,
    /// The questions whose answer can still change the level, in the order of asking.
    pub questions: Vec<QuestionIndex>,
    /// Some way of going on has an alert that was not shown yet. An alert needs certainty, so it can also come where
    /// doubts alone have led to its level.
    pub alert: bool,
}

impl Outlook {
    /// The level, if nothing can change it any more and no alert can come.
    pub fn decided(&self) -> Option<LevelIndex> {
        match self.levels[..] {
            [level] if !self.alert => Some(level),
            _ => None,
        }
    }
}

/// What clinicians are told while they are asked, and nobody else; `None` also when nothing is left to ask. The
/// lookout is made when it is needed first, so that patients never wait for it.
pub fn for_clinician<'q>(lookout: &mut Option<Lookout<'q>>, interview: &Interview<'q>) -> Option<Outlook> {
    let is_asked = matches!(interview.stage(), Stage::Asking(_));
    if interview.audience() != Audience::Clinician || !is_asked || !interview.asks_more() {
        return None;
    }
    Some(lookout.get_or_insert_with(|| Lookout::new(interview)).look(interview))
}

/// Looks ahead, from interview to interview on one questionnaire.
pub struct Lookout<'q> {
    circuit: Circuit<'q>,
    /// For each node whether levels or alerts are made of it, or another variable of the same question is.
    needed: Vec<bool>,
    samples: Samples,
    rounds: Steps,
}

/// A question without an answer, in the residue.
struct Open {
    question: QuestionIndex,
    inputs: Vec<Lit>,
}

impl<'q> Lookout<'q> {
    /// Compiles the questionnaire of an interview. What is asked does not depend on its language.
    pub fn new(interview: &Interview<'q>) -> Lookout<'q> {
        let circuit = Circuit::in_the_middle(interview.questionnaire(), interview.audience());
        let mut needed = vec![false; circuit.graph.nodes().len()];
        circuit.level.iter().chain(&circuit.certain).for_each(|lit| needed[lit.node()] = true);
        for (index, node) in circuit.graph.nodes().iter().enumerate().rev() {
            if let Node::And(a, b) = node
                && needed[index]
            {
                needed[a.node()] = true;
                needed[b.node()] = true;
            }
        }
        for asked in &circuit.asked {
            let inputs = asked.variables.inputs();
            let any = inputs.iter().any(|input| needed[input.node()]);
            inputs.iter().for_each(|input| needed[input.node()] |= any);
        }
        let samples = Samples::new(circuit.asked.len());
        Lookout { circuit, needed, samples, rounds: Steps::default() }
    }

    /// What can still come of this interview, if no answer given so far is changed.
    pub fn look(&mut self, interview: &Interview) -> Outlook {
        self.rounds.allow(ROUNDS);
        let (mut residue, open) = self.residue(interview);
        let variables = |open: &Open| &self.circuit.asked[open.question].variables;
        let laws: Vec<Vec<Lit>> =
            open.iter().flat_map(|open| residue::laws(variables(open), &open.inputs)).collect();
        let mut solver = Solver::new(&residue.graph, laws.into_iter(), self.rounds.stop());

        let reached: Vec<Lit> = self.circuit.level.iter().map(|&lit| residue.of(lit)).collect();
        let levels = self.levels(&residue, &mut solver, &reached);
        let mut outlook = Outlook { levels, questions: Vec::new(), alert: false };
        if outlook.levels.len() == 1 {
            outlook.alert = self.alert(interview, &mut residue, &mut solver);
            return outlook;
        }
        for open in &open {
            let question = open.question;
            let cone = residue.cone(&open.inputs);
            let reached: Vec<Lit> =
                reached.iter().copied().filter(|lit| cone.binary_search(&lit.node()).is_ok()).collect();
            let variables = &self.circuit.asked[question].variables;
            let can_change = !reached.is_empty()
                && (self.samples.differ(&residue, variables, question, &open.inputs, &cone, &reached) || {
                    let others = residue.again(&open.inputs, &cone);
                    solver.learn(&residue.graph, residue::laws(variables, &others.inputs).into_iter());
                    let differs = residue.any_differs(&reached, &others);
                    let found = solver.find(&residue.graph, &[differs]);
                    if found == Found::Yes {
                        self.samples.learn(question, others.inputs.iter().map(|&lit| solver.value(lit)));
                        self.samples.add(&residue, |lit| solver.value(lit));
                    }
                    found != Found::Never
                });
            if can_change {
                outlook.questions.push(question);
            }
        }
        outlook
    }

    /// The circuit with the answers given, and the questions that have none.
    fn residue(&self, interview: &Interview) -> (Residue, Vec<Open>) {
        let circuit = &self.circuit;
        let facts = interview.facts();
        let sheet = interview.sheet();
        let questions = &interview.questionnaire().questions;
        let is_open = |question: QuestionIndex| interview.is_open(question);
        // Questions are asked in their order, each when all before it are decided. One left open behind comes after
        // those that were opened past it, and can put the branch of these in doubt when they have their answers.
        let first = (0..questions.len()).find(|&q| is_open(q) && facts.live(q) == Truth::True);
        let at = match *interview.stage() {
            Stage::Asking(question) => question,
            _ => 0,
        };
        let is_past = |first: QuestionIndex| {
            at > first || (first + 1..questions.len()).any(|question| interview.has_passed(question))
        };
        let left_behind = first.filter(|&first| is_past(first));

        let mut fixed: Vec<Option<bool>> = vec![None; circuit.graph.inputs().len()];
        let mut fix = |lit: Lit, value: bool| {
            if let Node::Input(number) = circuit.graph.nodes()[lit.node()] {
                fixed[number] = Some(value);
            }
        };
        fix(circuit.kept, false);
        let mut open = Vec::new();
        for (question, asked) in circuit.asked.iter().enumerate() {
            let keep = circuit.keeps[question];
            if !is_open(question) {
                let values = asked.variables.values(sheet.get(question));
                asked.variables.inputs().into_iter().zip(values).for_each(|(lit, value)| fix(lit, value));
                fix(keep, true);
                continue;
            }
            let mut inputs = asked.variables.inputs();
            match left_behind {
                Some(first) if question > first => inputs.push(keep),
                _ => fix(keep, false),
            }
            open.push(Open { question, inputs });
        }
        let residue = Residue::new(&circuit.graph, &self.needed, &fixed);
        for open in &mut open {
            open.inputs.iter_mut().for_each(|lit| *lit = residue.of(*lit));
        }
        // Questions that nothing looks at have no variables here.
        open.retain(|open| !open.inputs.iter().all(|lit| lit.is_constant()));
        (residue, open)
    }

    fn levels(&mut self, residue: &Residue, solver: &mut Solver, reached: &[Lit]) -> Vec<LevelIndex> {
        let mut possible = Vec::new();
        let mut above = Lit::FALSE;
        for (level, &here) in reached.iter().enumerate() {
            let wanted = [here, !above];
            above = here;
            if self.samples.have(residue, &wanted) {
                possible.push(level);
                continue;
            }
            match solver.find(&residue.graph, &wanted) {
                Found::Never => continue,
                Found::Yes => self.samples.add(residue, |lit| solver.value(lit)),
                Found::OutOfTime => {}
            }
            possible.push(level);
        }
        possible
    }

    /// Whether some way of going on makes a level certain that interrupts, more urgent than the one shown.
    fn alert(&self, interview: &Interview, residue: &mut Residue, solver: &mut Solver) -> bool {
        let levels = &interview.questionnaire().levels;
        let certain: Vec<Lit> = self.circuit.certain.iter().map(|&lit| residue.of(lit)).collect();
        let news = (0..interview.alerted().unwrap_or(levels.len())).filter(|&level| levels[level].interrupt);
        let alerts: Vec<Lit> = news
            .map(|level| {
                let above = level.checked_sub(1).map_or(Lit::FALSE, |above| certain[above]);
                residue.graph.and(certain[level], !above)
            })
            .collect();
        let any = residue.graph.any(alerts);
        solver.find(&residue.graph, &[any]) != Found::Never
    }
}
