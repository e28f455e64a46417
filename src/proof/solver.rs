//! The satisfiability solver, behind one function: is there an assignment that makes all these nodes true?

use std::cell::Cell;
use std::rc::Rc;

use batsat::{Callbacks, SolverInterface, lbool};

use crate::circuit::{Graph, Lit, Node};

/// Says that the time is up.
pub type Stop = Rc<dyn Fn() -> bool>;

/// A number of steps that searches may take, for an effort that is the same on every machine.
#[derive(Debug, Default)]
pub struct Steps(Rc<Cell<usize>>);

impl Steps {
    /// From now on so many.
    pub fn allow(&self, steps: usize) {
        self.0.set(steps);
    }

    /// Takes one step each time, and says when the last is taken.
    pub fn stop(&self) -> Stop {
        let left = Rc::clone(&self.0);
        Rc::new(move || {
            left.set(left.get().saturating_sub(1));
            left.get() == 0
        })
    }
}

/// What came out of a search.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Found {
    /// There is an assignment; [`Solver::value`] tells it.
    Yes,
    /// There is none: proved.
    Never,
    /// The time was up.
    OutOfTime,
}

struct Interrupt(Stop);

impl Callbacks for Interrupt {
    fn stop(&self) -> bool {
        (self.0)()
    }
}

/// Keeps what it has learnt from one question to the next.
pub struct Solver {
    solver: batsat::Solver<Interrupt>,
    /// For each node of the graph that a question came across its variable.
    variables: Vec<Option<batsat::Var>>,
    /// The clause that is added, kept for its room.
    clause: Vec<batsat::Lit>,
    stop: Stop,
}

impl Solver {
    /// `laws` hold in every assignment.
    pub fn new(graph: &Graph, laws: impl Iterator<Item = Vec<Lit>>, stop: Stop) -> Solver {
        let solver = batsat::Solver::new(batsat::SolverOpts::default(), Interrupt(Rc::clone(&stop)));
        let mut solver = Solver { solver, variables: Vec::new(), clause: Vec::new(), stop };
        solver.learn(graph, laws);
        solver
    }

    /// Further laws, of what came into the graph later.
    pub fn learn(&mut self, graph: &Graph, laws: impl Iterator<Item = Vec<Lit>>) {
        for law in laws {
            let clause: Vec<batsat::Lit> = law.iter().map(|&lit| self.literal(graph, lit)).collect();
            self.add(&clause);
        }
    }

    /// Nothing more will be found: whoever has much to do before asking asks this first.
    pub fn is_out_of_time(&self) -> bool {
        (self.stop)()
    }

    /// Looks for an assignment that makes all of `wanted` true.
    pub fn find(&mut self, graph: &Graph, wanted: &[Lit]) -> Found {
        if wanted.contains(&Lit::FALSE) {
            return Found::Never;
        }
        if self.is_out_of_time() {
            return Found::OutOfTime;
        }
        let wanted: Vec<batsat::Lit> = wanted.iter().map(|&lit| self.literal(graph, lit)).collect();
        match self.solver.solve_limited(&wanted) {
            found if found == lbool::TRUE => Found::Yes,
            found if found == lbool::FALSE => Found::Never,
            _ => Found::OutOfTime,
        }
    }

    /// The value of an input in the assignment found last. Inputs that no question came across are false.
    pub fn value(&self, input: Lit) -> bool {
        let variable = self.variables.get(input.node()).copied().flatten();
        let value = variable.is_some_and(|variable| self.solver.value_var(variable) == lbool::TRUE);
        value != input.is_negated()
    }

    fn add(&mut self, clause: &[batsat::Lit]) {
        self.clause.clear();
        self.clause.extend_from_slice(clause);
        self.solver.add_clause_reuse(&mut self.clause);
    }

    /// The solver's literal of a node, which it is told about with all that the node is made of.
    fn literal(&mut self, graph: &Graph, lit: Lit) -> batsat::Lit {
        if self.variables.len() < graph.nodes().len() {
            self.variables.resize(graph.nodes().len(), None);
        }
        let mut open = vec![lit.node()];
        while let Some(&node) = open.last() {
            if self.variables[node].is_some() {
                open.pop();
                continue;
            }
            let Node::And(a, b) = graph.nodes()[node] else {
                let variable = self.solver.new_var_default();
                self.variables[node] = Some(variable);
                if graph.nodes()[node] == Node::Constant {
                    self.add(&[batsat::Lit::new(variable, false)]);
                }
                continue;
            };
            match (self.variables[a.node()], self.variables[b.node()]) {
                (Some(of_a), Some(of_b)) => {
                    let own = batsat::Lit::new(self.solver.new_var_default(), true);
                    let a = batsat::Lit::new(of_a, !a.is_negated());
                    let b = batsat::Lit::new(of_b, !b.is_negated());
                    self.add(&[!own, a]);
                    self.add(&[!own, b]);
                    self.add(&[own, !a, !b]);
                    self.variables[node] = Some(own.var());
                }
                (of_a, of_b) => {
                    open.extend(of_a.is_none().then_some(a.node()));
                    open.extend(of_b.is_none().then_some(b.node()));
                }
            }
        }
        let variable = self.variables[lit.node()].unwrap_or_else(|| self.solver.new_var_default());
        batsat::Lit::new(variable, !lit.is_negated())
    }
}
