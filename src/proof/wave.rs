//! What a change of some inputs does to the nodes made of them: which can change, and in which direction.

use super::change::Pattern;
use crate::circuit::{Graph, Lit, Node, NodeValues};

/// A node before and after a change.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
struct State {
    before: Option<bool>,
    after: Option<bool>,
    /// It can be true before and false after.
    falls: bool,
    /// It can be false before and true after.
    rises: bool,
}

const SAME: State = State { before: None, after: None, falls: false, rises: false };

impl State {
    fn fixed(before: Option<bool>, after: Option<bool>) -> State {
        State { before, after, falls: true, rises: true }.checked()
    }

    /// What is known to be false before can't fall.
    fn checked(mut self) -> State {
        self.falls &= self.before != Some(false) && self.after != Some(true);
        self.rises &= self.before != Some(true) && self.after != Some(false);
        self
    }

    fn not(self) -> State {
        State {
            before: self.before.map(|value| !value),
            after: self.after.map(|value| !value),
            falls: self.rises,
            rises: self.falls,
        }
    }

    fn and(self, other: State) -> State {
        let value = |a: Option<bool>, b: Option<bool>| match (a, b) {
            (Some(false), _) | (_, Some(false)) => Some(false),
            (Some(true), other) | (other, Some(true)) => other,
            (None, None) => None,
        };
        State {
            before: value(self.before, other.before),
            after: value(self.after, other.after),
            falls: self.falls || other.falls,
            rises: self.rises || other.rises,
        }
        .checked()
    }
}

/// The nodes that a change can reach, and what was found about them last.
#[derive(Default)]
pub struct Wave {
    /// The inputs of the last wave.
    inputs: Vec<Lit>,
    /// In the order of the graph.
    reached: Vec<u32>,
    /// For each node its position in `reached` and the wave that reached it.
    position: Vec<(u32, u32)>,
    number: u32,
    states: Vec<State>,
    words: Vec<u64>,
}

impl Wave {
    /// Finds all nodes that are made of `inputs`; `used_by` is always the same.
    pub fn reach(&mut self, used_by: &[Vec<u32>], inputs: &[Lit]) {
        // The steps from one answer to the next are of the same question.
        if self.inputs == inputs {
            return;
        }
        self.inputs = inputs.to_vec();
        self.number += 1;
        self.position.resize(used_by.len(), (0, 0));
        self.reached.clear();
        let mut open: Vec<u32> = inputs.iter().map(|input| input.node() as u32).collect();
        while let Some(node) = open.pop() {
            let (_, number) = &mut self.position[node as usize];
            if std::mem::replace(number, self.number) != self.number {
                self.reached.push(node);
                open.extend(&used_by[node as usize]);
            }
        }
        self.reached.sort_unstable();
        for (at, &node) in self.reached.iter().enumerate() {
            self.position[node as usize].0 = at as u32;
        }
    }

    fn at(&self, node: usize) -> Option<usize> {
        let &(at, number) = self.position.get(node)?;
        (number == self.number).then_some(at as usize)
    }

    fn state(&self, lit: Lit) -> State {
        let state = match self.at(lit.node()) {
            Some(at) => self.states[at],
            None if lit.is_constant() => State { before: Some(false), after: Some(false), ..SAME },
            None => SAME,
        };
        if lit.is_negated() { state.not() } else { state }
    }

    /// Follows a change from one pattern of the inputs to another.
    pub fn run(&mut self, graph: &Graph, inputs: &[Lit], before: &Pattern, after: &Pattern) {
        self.follow(graph, |node| {
            let input = inputs.iter().position(|input| input.node() == node)?;
            Some(match (before[input], after[input]) {
                (None, None) => SAME,
                (before, after) => State::fixed(before, after),
            })
        });
    }

    /// Follows any change of the inputs on sheets where all of `closed` are false.
    pub fn run_closed(&mut self, graph: &Graph, inputs: &[Lit], closed: &[Lit]) {
        self.follow(graph, |node| {
            let is_input = inputs.iter().any(|input| input.node() == node);
            is_input.then_some(State { before: None, after: None, falls: true, rises: true })
        });
        // The closed nodes need not be among those reached, so the others are gone through once more.
        let closed_state = |lit: Lit| {
            let closed = closed.iter().find(|closed| closed.node() == lit.node() && !closed.is_constant())?;
            let value = Some(lit != *closed);
            Some(State { before: value, after: value, ..SAME })
        };
        for at in 0..self.reached.len() {
            let node = self.reached[at] as usize;
            if let Node::And(a, b) = graph.nodes()[node] {
                let a = closed_state(a).unwrap_or_else(|| self.state(a));
                let b = closed_state(b).unwrap_or_else(|| self.state(b));
                self.states[at] = a.and(b);
            }
        }
    }

    fn follow(&mut self, graph: &Graph, input: impl Fn(usize) -> Option<State>) {
        self.states.clear();
        for at in 0..self.reached.len() {
            let node = self.reached[at] as usize;
            let state = match graph.nodes()[node] {
                Node::And(a, b) => self.state(a).and(self.state(b)),
                Node::Input(_) => input(node).unwrap_or(SAME),
                Node::Constant => SAME,
            };
            self.states.push(state);
        }
    }

    /// Whether the change can make a node false that was true, or the other way round.
    pub fn may_move(&self, lit: Lit, falls: bool) -> bool {
        let state = self.state(lit);
        if falls { state.falls } else { state.rises }
    }

    /// The nodes made with other inputs, where there are others.
    pub fn restrict(
        &self,
        graph: &mut Graph,
        inputs: &[Lit],
        others: &[Option<Lit>],
        nodes: &[Lit],
    ) -> Vec<Lit> {
        // For each node that was reached the one in its place.
        let mut fixed: Vec<Lit> = Vec::with_capacity(self.reached.len());
        let of = |fixed: &[Lit], lit: Lit| match self.at(lit.node()) {
            Some(at) => fixed[at].xor(lit.is_negated()),
            None => lit,
        };
        for &node in &self.reached {
            let node = node as usize;
            let other = match graph.nodes()[node] {
                Node::And(a, b) => {
                    let (a, b) = (of(&fixed, a), of(&fixed, b));
                    graph.and(a, b)
                }
                Node::Input(_) => {
                    let at = inputs.iter().position(|input| input.node() == node);
                    at.and_then(|at| others[at]).unwrap_or(Lit::of_node(node))
                }
                Node::Constant => Lit::FALSE,
            };
            fixed.push(other);
        }
        nodes.iter().map(|&lit| of(&fixed, lit)).collect()
    }

    /// Simulates the nodes again with the inputs fixed as the pattern says.
    pub fn simulate(&mut self, graph: &Graph, words: &NodeValues, inputs: &[Lit], pattern: &Pattern) {
        self.words.clear();
        for at in 0..self.reached.len() {
            let node = self.reached[at] as usize;
            let word = match graph.nodes()[node] {
                Node::And(a, b) => self.word(words, a) & self.word(words, b),
                Node::Input(_) => {
                    let input = inputs.iter().position(|input| input.node() == node);
                    match input.and_then(|input| pattern.get(input).copied().flatten()) {
                        Some(true) => u64::MAX,
                        Some(false) => 0,
                        None => input.map_or(0, |input| words.of(inputs[input])),
                    }
                }
                Node::Constant => 0,
            };
            self.words.push(word);
        }
    }

    /// The values of a node in the last simulation; of one that it did not reach, those in `words`.
    pub fn word(&self, words: &NodeValues, lit: Lit) -> u64 {
        match self.at(lit.node()) {
            Some(at) if at < self.words.len() => self.words[at] ^ if lit.is_negated() { u64::MAX } else { 0 },
            _ => words.of(lit),
        }
    }
}
