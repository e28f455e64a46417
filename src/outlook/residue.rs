//! What is left of a circuit when some of its variables are known.

use crate::circuit::{Graph, Lit, Node, Variables};

pub struct Residue {
    pub graph: Graph,
    /// For each node of the circuit the node here; false, if it is not needed.
    lits: Vec<Lit>,
    /// For each input its number in the circuit.
    pub numbers: Vec<usize>,
    /// The inputs that are known, by their number in the circuit.
    pub fixed: Vec<Option<bool>>,
    /// How many nodes it has without copies.
    own: usize,
}

/// A part of the residue once more, with other variables.
pub struct Again {
    pub inputs: Vec<Lit>,
    copies: Vec<(usize, Lit)>,
}

impl Residue {
    /// Keeps the nodes that are `needed`. `fixed`: the values of inputs by their number.
    pub fn new(graph: &Graph, needed: &[bool], fixed: &[Option<bool>]) -> Residue {
        let mut residue = Residue {
            graph: Graph::default(),
            lits: vec![Lit::FALSE; graph.nodes().len()],
            numbers: Vec::new(),
            fixed: fixed.to_vec(),
            own: 0,
        };
        for (index, node) in graph.nodes().iter().enumerate() {
            let lit = match *node {
                Node::Constant => Lit::FALSE,
                Node::Input(number) => match fixed[number] {
                    Some(value) => Lit::from(value),
                    None if needed[index] => {
                        residue.numbers.push(number);
                        residue.graph.input()
                    }
                    None => continue,
                },
                Node::And(a, b) if needed[index] => {
                    let (a, b) = (residue.of(a), residue.of(b));
                    residue.graph.and(a, b)
                }
                Node::And(..) => continue,
            };
            residue.lits[index] = lit;
        }
        residue.own = residue.graph.nodes().len();
        residue
    }

    /// What a node of the circuit is here.
    pub fn of(&self, lit: Lit) -> Lit {
        self.lits[lit.node()].xor(lit.is_negated())
    }

    /// The nodes without those of copies.
    pub fn nodes(&self) -> &[Node] {
        &self.graph.nodes()[..self.own]
    }

    /// The nodes that are made of these inputs, and the inputs themselves, in their order.
    pub fn cone(&self, inputs: &[Lit]) -> Vec<usize> {
        let mut inside = vec![false; self.own];
        inputs.iter().filter(|input| !input.is_constant()).for_each(|input| inside[input.node()] = true);
        let mut cone = Vec::new();
        for (index, node) in self.nodes().iter().enumerate() {
            if let Node::And(a, b) = node {
                inside[index] = inside[a.node()] || inside[b.node()];
            }
            if inside[index] {
                cone.push(index);
            }
        }
        cone
    }

    /// The nodes of a cone once more, with new inputs instead of these.
    pub fn again(&mut self, inputs: &[Lit], cone: &[usize]) -> Again {
        let mut again = Again { inputs: Vec::new(), copies: Vec::with_capacity(cone.len()) };
        let others: Vec<(usize, Lit)> =
            inputs.iter().map(|input| (input.node(), self.graph.input())).collect();
        again.inputs.extend(others.iter().map(|(_, other)| *other));
        for &node in cone {
            let copy = match self.graph.nodes()[node] {
                Node::And(a, b) => {
                    let (a, b) = (again.of(a), again.of(b));
                    self.graph.and(a, b)
                }
                _ => others.iter().find(|(input, _)| *input == node).map_or(Lit::FALSE, |(_, other)| *other),
            };
            again.copies.push((node, copy));
        }
        again
    }

    /// One of these nodes is not what its copy is.
    pub fn any_differs(&mut self, lits: &[Lit], again: &Again) -> Lit {
        let mut differ = Vec::new();
        for &lit in lits {
            let other = again.of(lit);
            differ.push(self.graph.and(lit, !other));
            differ.push(self.graph.and(!lit, other));
        }
        self.graph.any(differ)
    }
}

impl Again {
    /// The copy of a node; outside the cone, the node itself.
    fn of(&self, lit: Lit) -> Lit {
        match self.copies.binary_search_by_key(&lit.node(), |(node, _)| *node) {
            Ok(at) => self.copies[at].1.xor(lit.is_negated()),
            Err(_) => lit,
        }
    }
}

/// The laws of a question's variables, said of `inputs` instead; none, if nothing looks at the question.
pub fn laws(variables: &Variables, inputs: &[Lit]) -> Vec<Vec<Lit>> {
    let own = variables.inputs();
    if inputs.iter().take(own.len()).any(|lit| lit.is_constant()) {
        return Vec::new();
    }
    let here = |lit: Lit| {
        let at = own.iter().position(|input| input.node() == lit.node());
        at.map_or(lit, |at| inputs[at].xor(lit.is_negated()))
    };
    variables.laws().into_iter().map(|law| law.into_iter().map(here).collect()).collect()
}
