//! Looks for sheets: first among random ones, then by the direction in which nodes can change, then by search.

use super::change::{Change, Pattern};
use super::samples;
use super::solver::{Found, Solver, Stop};
use super::wave::Wave;
use crate::circuit::{Circuit, Lit, Node, NodeValues, RawSheet, Sheets};
use crate::questionnaire::{Audience, QuestionIndex, Questionnaire};

/// What a search for a sheet gave.
#[derive(Debug, Clone, PartialEq)]
pub enum Search {
    Found(Box<RawSheet>),
    /// Proved that there is none.
    Never,
    /// The time was up.
    OutOfTime,
}

/// Answers questions about all sheets of one audience.
pub struct Prover<'q> {
    pub circuit: Circuit<'q>,
    solver: Solver,
    /// Random sheets.
    samples: Vec<NodeValues>,
    /// Which of them was found last, and its column; `None`: what the solver has found.
    sampled: Option<(usize, u32)>,
    /// The nodes that are made of each node.
    used_by: Vec<Vec<u32>>,
    wave: Wave,
    /// How many questions went to the solver.
    pub searches: usize,
}

/// For each rule and each of the wordings that only some people get: the rule may hold, and they get it.
pub fn worded(circuit: &mut Circuit) -> Vec<Lit> {
    let mut nodes = Vec::new();
    for (rule, of) in circuit.questionnaire.rules.iter().enumerate() {
        for entry in &of.because_if {
            let (may_hold, meant) = (circuit.rules[rule].possible, circuit.rails(&entry.when).certain);
            nodes.push(circuit.graph.and(may_hold, meant));
        }
    }
    nodes
}

impl<'q> Prover<'q> {
    pub fn new(questionnaire: &'q Questionnaire, audience: Audience, stop: Stop) -> Prover<'q> {
        let mut circuit = Circuit::new(questionnaire, audience, Sheets::Complete);
        // These make nodes that the samples should know.
        let steps = questionnaire.next_steps.iter().map(|step| &step.shown);
        for shown in steps.chain(questionnaire.learn.iter().map(|page| &page.shown)) {
            circuit.shown(shown);
        }
        for condition in questionnaire.conditions() {
            circuit.rails(condition);
        }
        worded(&mut circuit);
        let mut used_by = vec![Vec::new(); circuit.graph.nodes().len()];
        for (index, node) in circuit.graph.nodes().iter().enumerate() {
            if let Node::And(a, b) = node {
                used_by[a.node()].push(index as u32);
                used_by[b.node()].push(index as u32);
            }
        }
        let solver = Solver::new(&circuit.graph, circuit.laws(), stop);
        let samples = samples::simulate(&circuit);
        Prover { circuit, solver, samples, sampled: None, used_by, wave: Wave::default(), searches: 0 }
    }

    /// A sheet on which all of these hold.
    pub fn find(&mut self, wanted: &[Lit]) -> Search {
        match self.exists(wanted) {
            Found::Yes => Search::Found(Box::new(self.sheet())),
            Found::Never => Search::Never,
            Found::OutOfTime => Search::OutOfTime,
        }
    }

    /// Whether there is such a sheet; [`Prover::sheet`] gives it.
    pub fn exists(&mut self, wanted: &[Lit]) -> Found {
        self.sampled = self.sample(wanted);
        match self.sampled {
            Some(_) => Found::Yes,
            None => self.solve(wanted),
        }
    }

    /// The sheet that was found last. Mostly nobody looks at it, and to write it down takes longer than to find it.
    pub fn sheet(&self) -> RawSheet {
        match self.sampled {
            Some((at, bit)) => RawSheet::read(&self.circuit, |lit| self.samples[at].of(lit) >> bit & 1 == 1),
            None => RawSheet::read(&self.circuit, |lit| self.solver.value(lit)),
        }
    }

    /// The first of the samples on which all of these hold, and its column.
    fn sample(&mut self, wanted: &[Lit]) -> Option<(usize, u32)> {
        let end = wanted.iter().map(|lit| lit.node() + 1).max().unwrap_or_default();
        let graph = &self.circuit.graph;
        self.samples.iter_mut().enumerate().find_map(|(at, words)| {
            graph.extend(words, &[], end);
            let hits = wanted.iter().fold(u64::MAX, |all, &lit| all & words.of(lit));
            (hits != 0).then(|| (at, hits.trailing_zeros()))
        })
    }

    /// Adds sheets to the random ones, and says how many there were of these before.
    pub fn add_samples(&mut self, sheets: &[RawSheet]) -> usize {
        let before = self.samples.len();
        for sheets in sheets.chunks(64) {
            self.samples.push(self.circuit.simulate(sheets));
        }
        before
    }

    /// Forgets the sheets that were added.
    pub fn forget_samples(&mut self, before: usize) {
        self.samples.truncate(before);
    }

    fn search(&mut self, wanted: &[Lit]) -> Search {
        self.sampled = None;
        match self.solve(wanted) {
            Found::Yes => Search::Found(Box::new(self.sheet())),
            Found::Never => Search::Never,
            Found::OutOfTime => Search::OutOfTime,
        }
    }

    fn solve(&mut self, wanted: &[Lit]) -> Found {
        self.searches += usize::from(!wanted.contains(&Lit::FALSE));
        self.solver.find(&self.circuit.graph, wanted)
    }

    /// A sheet on which one of `nodes` holds before the change and not after it; the sheet is the one before.
    pub fn find_fall(&mut self, change: &Change, nodes: &[Lit]) -> Search {
        self.find_changed(change, nodes, true)
    }

    /// A sheet on which one of `nodes` does not hold before the change, and after it does; the sheet before.
    pub fn find_rise(&mut self, change: &Change, nodes: &[Lit]) -> Search {
        self.find_changed(change, nodes, false)
    }

    fn find_changed(&mut self, change: &Change, nodes: &[Lit], falls: bool) -> Search {
        if self.solver.is_out_of_time() {
            return Search::OutOfTime;
        }
        let question = &self.circuit.questionnaire.questions[change.question];
        let (before, after) = change.patterns(question, &self.circuit.asked[change.question].variables);
        let inputs = self.circuit.asked[change.question].variables.inputs();
        self.wave.reach(&self.used_by, &inputs);
        self.wave.run(&self.circuit.graph, &inputs, &before, &after);
        let moving: Vec<Lit> =
            nodes.iter().copied().filter(|&node| self.wave.may_move(node, falls)).collect();
        if moving.is_empty() {
            return Search::Never;
        }
        if let Some(found) = self.try_samples(change, &inputs, (&before, &after), &moving, falls) {
            return Search::Found(Box::new(found));
        }
        let graph = &mut self.circuit.graph;
        let fixed = |pattern: &Pattern| -> Vec<Option<Lit>> {
            pattern.iter().map(|value| value.map(Lit::from)).collect()
        };
        let on_before = self.wave.restrict(graph, &inputs, &fixed(&before), &moving);
        let on_after = self.wave.restrict(graph, &inputs, &fixed(&after), &moving);
        let pairs = on_before.into_iter().zip(on_after);
        let moved: Vec<Lit> = pairs
            .map(|(before, after)| if falls { graph.and(before, !after) } else { graph.and(!before, after) })
            .collect();
        let moved = graph.any(moved);
        let mut wanted = vec![moved];
        // What holds of every answer holds of the one after the change too; the fixed part of the one before.
        let variables = &self.circuit.asked[change.question].variables;
        for pattern in [&before, &after] {
            for law in change.laws(variables) {
                let value = |lit: Lit| pattern_value(&inputs, pattern, lit);
                let open: Vec<Lit> = law.iter().copied().filter(|&lit| value(lit).is_none()).collect();
                if !law.iter().any(|&lit| value(lit) == Some(true)) {
                    wanted.push(self.circuit.graph.any(open));
                }
            }
        }
        let fixed = inputs.iter().zip(&before);
        wanted.extend(fixed.filter_map(|(&input, value)| Some(input.xor(!(*value)?))));
        self.search(&wanted)
    }

    /// Changes the answer on the random sheets.
    fn try_samples(
        &mut self,
        change: &Change,
        inputs: &[Lit],
        (before, after): (&Pattern, &Pattern),
        nodes: &[Lit],
        falls: bool,
    ) -> Option<RawSheet> {
        // A fall is mostly not there at all, and the search for it is quick.
        let rounds = if falls { 3 } else { self.samples.len() };
        for index in 0..rounds {
            let words = &self.samples[index];
            let graph = &self.circuit.graph;
            let laws = change.laws(&self.circuit.asked[change.question].variables);
            let (mut was, mut allowed) = (Vec::new(), u64::MAX);
            self.wave.simulate(graph, words, inputs, before);
            for law in &laws {
                allowed &= law.iter().fold(0, |any, &lit| any | self.wave.word(words, lit));
            }
            was.extend(nodes.iter().map(|&node| self.wave.word(words, node)));
            let own: Vec<u64> = inputs.iter().map(|&input| self.wave.word(words, input)).collect();
            self.wave.simulate(graph, words, inputs, after);
            for law in &laws {
                allowed &= law.iter().fold(0, |any, &lit| any | self.wave.word(words, lit));
            }
            let hits = nodes.iter().zip(was).fold(0, |hits, (&node, was)| {
                let is = self.wave.word(words, node);
                hits | if falls { was & !is } else { !was & is }
            });
            let hits = hits & allowed;
            if hits != 0 {
                let bit = hits.trailing_zeros();
                let value = |lit: Lit| {
                    let own = inputs.iter().position(|&input| input == lit).map(|at| own[at]);
                    own.unwrap_or_else(|| words.of(lit)) >> bit & 1 == 1
                };
                return Some(RawSheet::read(&self.circuit, value));
            }
        }
        None
    }

    /// A sheet on which another answer to a question that is not asked would change one of `nodes`.
    pub fn find_leak(&mut self, question: QuestionIndex, nodes: &[Lit]) -> Search {
        let asked = &self.circuit.asked[question];
        if asked.live.possible == Lit::TRUE {
            return Search::Never;
        }
        if self.solver.is_out_of_time() {
            return Search::OutOfTime;
        }
        let inputs = asked.variables.inputs();
        let closed = [asked.live.possible, asked.live.certain, asked.heard];
        self.wave.reach(&self.used_by, &inputs);
        self.wave.run_closed(&self.circuit.graph, &inputs, &closed);
        let mut moving = nodes.to_vec();
        moving.retain(|&node| self.wave.may_move(node, true) || self.wave.may_move(node, false));
        if moving.is_empty() {
            return Search::Never;
        }
        // The same circuit once more, with another answer to this question.
        let graph = &mut self.circuit.graph;
        let others: Vec<Option<Lit>> = inputs.iter().map(|_| Some(graph.input())).collect();
        let other = |lit: Lit| {
            let at = inputs.iter().position(|input| input.node() == lit.node());
            at.and_then(|at| others[at]).map_or(lit, |other| other.xor(lit.is_negated()))
        };
        let again = self.wave.restrict(graph, &inputs, &others, &moving);
        let mut differs = Vec::new();
        for (one, again) in moving.into_iter().zip(again) {
            differs.push(graph.and(one, !again));
            differs.push(graph.and(!one, again));
        }
        let mut wanted = vec![graph.any(differs), !closed[0]];
        for law in self.circuit.asked[question].variables.laws() {
            wanted.push(self.circuit.graph.any(law.into_iter().map(other)));
        }
        self.search(&wanted)
    }
}

fn pattern_value(inputs: &[Lit], pattern: &Pattern, lit: Lit) -> Option<bool> {
    let at = inputs.iter().position(|&input| input.node() == lit.node())?;
    pattern[at].map(|value| value != lit.is_negated())
}
