//! And-inverter graph: every condition as two-input ands and negations, equal parts stored once.

use std::collections::HashMap;
use std::hash::{BuildHasherDefault, Hasher};
use std::ops::Not;

/// Beyond so many nodes it takes less of them to sort than to count.
const MOST_COUNTED: usize = 512;

/// A node of a [`Graph`], or its negation.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Lit(u32);

impl Lit {
    pub const FALSE: Lit = Lit(0);
    pub const TRUE: Lit = Lit(1);

    /// The node at a position.
    pub fn of_node(node: usize) -> Lit {
        Lit((node as u32) << 1)
    }

    /// Position of the node in the graph. A node comes after the nodes that it is made of.
    pub fn node(self) -> usize {
        (self.0 >> 1) as usize
    }

    pub fn is_negated(self) -> bool {
        self.0 & 1 != 0
    }

    pub fn is_constant(self) -> bool {
        self.node() == 0
    }

    /// Negated, if `negate`.
    #[must_use]
    pub fn xor(self, negate: bool) -> Lit {
        Lit(self.0 ^ u32::from(negate))
    }
}

impl Not for Lit {
    type Output = Lit;

    fn not(self) -> Lit {
        self.xor(true)
    }
}

impl From<bool> for Lit {
    fn from(holds: bool) -> Lit {
        if holds { Lit::TRUE } else { Lit::FALSE }
    }
}

/// What a node is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Node {
    /// Always false; node 0.
    Constant,
    /// A free variable with its number.
    Input(usize),
    And(Lit, Lit),
}

/// The nodes, in an order in which each comes after its parts.
#[derive(Debug, Clone)]
pub struct Graph {
    nodes: Vec<Node>,
    inputs: Vec<Lit>,
    known: HashMap<(Lit, Lit), Lit, BuildHasherDefault<Mixer>>,
}

impl Default for Graph {
    fn default() -> Graph {
        Graph { nodes: vec![Node::Constant], inputs: Vec::new(), known: HashMap::default() }
    }
}

impl Graph {
    pub fn nodes(&self) -> &[Node] {
        &self.nodes
    }

    /// The free variables, in the order in which they were made.
    pub fn inputs(&self) -> &[Lit] {
        &self.inputs
    }

    pub fn input(&mut self) -> Lit {
        let lit = Lit::of_node(self.nodes.len());
        self.nodes.push(Node::Input(self.inputs.len()));
        self.inputs.push(lit);
        lit
    }

    pub fn and(&mut self, a: Lit, b: Lit) -> Lit {
        let (a, b) = (a.min(b), a.max(b));
        if a == Lit::FALSE || a == !b {
            return Lit::FALSE;
        }
        if a == Lit::TRUE || a == b {
            return b;
        }
        for (one, other) in [(a, b), (b, a)] {
            let Node::And(x, y) = self.nodes[one.node()] else { continue };
            match one.is_negated() {
                // (x and y) and x; (x and y) and not x.
                false if other == x || other == y => return one,
                false if other == !x || other == !y => return Lit::FALSE,
                // not (x and y) and not x; not (x and y) and x.
                true if other == !x || other == !y => return other,
                true if other == x => return self.and(other, !y),
                true if other == y => return self.and(other, !x),
                _ => {}
            }
        }
        if let Some(&known) = self.known.get(&(a, b)) {
            return known;
        }
        let lit = Lit::of_node(self.nodes.len());
        self.nodes.push(Node::And(a, b));
        self.known.insert((a, b), lit);
        lit
    }

    pub fn or(&mut self, a: Lit, b: Lit) -> Lit {
        !self.and(!a, !b)
    }

    /// All of these, as a balanced tree, so that a change of one touches few nodes.
    pub fn all(&mut self, parts: impl IntoIterator<Item = Lit>) -> Lit {
        let mut parts: Vec<Lit> = parts.into_iter().collect();
        while parts.len() > 1 {
            let pairs = parts.chunks(2);
            parts = pairs.map(|pair| pair.iter().skip(1).fold(pair[0], |a, &b| self.and(a, b))).collect();
        }
        parts.first().copied().unwrap_or(Lit::TRUE)
    }

    pub fn any(&mut self, parts: impl IntoIterator<Item = Lit>) -> Lit {
        let negated: Vec<Lit> = parts.into_iter().map(|part| !part).collect();
        !self.all(negated)
    }

    /// `needed` or more of these.
    pub fn at_least(&mut self, needed: usize, parts: &[Lit]) -> Lit {
        match needed {
            0 => Lit::TRUE,
            _ if needed > parts.len() => Lit::FALSE,
            _ if needed.saturating_mul(parts.len()) <= MOST_COUNTED => self.counted(needed, parts),
            1 => self.any(parts.iter().copied()),
            _ if needed == parts.len() => self.all(parts.iter().copied()),
            _ => self.sorted(parts)[needed - 1],
        }
    }

    /// For each number from 1 to all of these: so many or more of them.
    pub fn counts(&mut self, parts: &[Lit]) -> Vec<Lit> {
        match parts.len() * parts.len() <= MOST_COUNTED {
            true => (1..=parts.len()).map(|needed| self.counted(needed, parts)).collect(),
            false => self.sorted(parts),
        }
    }

    /// Quick to search where there are few; the nodes are as many as `needed` times the parts.
    fn counted(&mut self, needed: usize, parts: &[Lit]) -> Lit {
        // counts[n]: n or more of the parts so far.
        let mut counts = vec![Lit::FALSE; needed + 1];
        counts[0] = Lit::TRUE;
        for &part in parts {
            for n in (1..=needed).rev() {
                let one_more = self.and(counts[n - 1], part);
                counts[n] = self.or(counts[n], one_more);
            }
        }
        counts[needed]
    }

    /// The true ones first: Batcher's merge exchange (Knuth, The Art of Computer Programming 3, 5.2.2, algorithm M).
    fn sorted(&mut self, parts: &[Lit]) -> Vec<Lit> {
        let mut lits = parts.to_vec();
        let top = lits.len().next_power_of_two() / 2;
        let mut p = top;
        while p > 0 {
            let (mut q, mut r, mut d) = (top, 0, p);
            loop {
                for i in (0..lits.len().saturating_sub(d)).filter(|i| i & p == r) {
                    let (a, b) = (lits[i], lits[i + d]);
                    lits[i] = self.or(a, b);
                    lits[i + d] = self.and(a, b);
                }
                if q == p {
                    break;
                }
                (d, q, r) = (q - p, q / 2, p);
            }
            p /= 2;
        }
        lits
    }

    /// The values of all nodes for 64 assignments at once: `inputs` holds a word for each input.
    pub fn simulate(&self, inputs: &[u64]) -> NodeValues {
        let mut words = NodeValues(Vec::with_capacity(self.nodes.len()));
        self.extend(&mut words, inputs, self.nodes.len());
        words
    }

    /// Goes on with a simulation for nodes that came after it, up to `end`. Inputs beyond `inputs` are false.
    pub fn extend(&self, words: &mut NodeValues, inputs: &[u64], end: usize) {
        let words = &mut words.0;
        for node in &self.nodes[words.len().min(end)..end] {
            let word = match *node {
                Node::Constant => 0,
                Node::Input(number) => inputs.get(number).copied().unwrap_or_default(),
                Node::And(a, b) => word(words, a) & word(words, b),
            };
            words.push(word);
        }
    }
}

/// The values of all nodes of a graph under 64 assignments.
#[derive(Debug, Clone)]
pub struct NodeValues(Vec<u64>);

impl NodeValues {
    pub fn of(&self, lit: Lit) -> u64 {
        word(&self.0, lit)
    }
}

fn word(words: &[u64], lit: Lit) -> u64 {
    words[lit.node()] ^ if lit.is_negated() { u64::MAX } else { 0 }
}

/// A quick hash for pairs of small numbers, which nobody outside chooses.
#[derive(Default)]
struct Mixer(u64);

impl Hasher for Mixer {
    fn finish(&self) -> u64 {
        self.0 ^ self.0 >> 29
    }

    fn write(&mut self, bytes: &[u8]) {
        bytes.iter().for_each(|&byte| self.write_u32(u32::from(byte)));
    }

    fn write_u32(&mut self, number: u32) {
        self.0 = (self.0.rotate_left(26) ^ u64::from(number)).wrapping_mul(0x9E37_79B9_7F4A_7C15);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn equal_parts_are_stored_once_and_plain_ones_not_at_all() {
        let mut graph = Graph::default();
        let (a, b) = (graph.input(), graph.input());
        let both = graph.and(a, b);
        assert_eq!(graph.and(b, a), both);
        assert_eq!(graph.and(both, a), both);
        assert_eq!(graph.and(both, !a), Lit::FALSE);
        assert_eq!(graph.and(!both, !a), !a);
        let a_alone = graph.and(a, !b);
        assert_eq!(graph.and(!both, a), a_alone);
        assert_eq!(graph.or(a, !a), Lit::TRUE);
    }

    #[test]
    fn sorting_counts_as_counting_does() {
        for size in 1..=33u64 {
            let mut graph = Graph::default();
            let inputs: Vec<Lit> = (0..size).map(|_| graph.input()).collect();
            // In each column another pattern, from none to all.
            let words: Vec<u64> = (0..size)
                .map(|at| (0..64).map(|n: u64| u64::from((at * 7 + n * n * 13) % 64 < n) << n).sum())
                .collect();
            let sorted = graph.sorted(&inputs);
            let counts = graph.counts(&inputs);
            let values = graph.simulate(&words);
            for n in 0..64 {
                let given = words.iter().filter(|&&word| word >> n & 1 == 1).count();
                let counted = sorted.iter().take_while(|&&lit| values.of(lit) >> n & 1 == 1).count();
                let all = sorted.iter().filter(|&&lit| values.of(lit) >> n & 1 == 1).count();
                assert_eq!((counted, all), (given, given), "{size} {n}");
                let counts = counts.iter().filter(|&&lit| values.of(lit) >> n & 1 == 1).count();
                assert_eq!(counts, given, "{size} {n}");
            }
        }
    }

    #[test]
    fn many_parts_take_no_more_nodes_than_sorting_does() {
        let mut graph = Graph::default();
        let inputs: Vec<Lit> = (0..1000).map(|_| graph.input()).collect();
        let half = graph.at_least(500, &inputs);
        assert!(graph.nodes().len() < 1000 + 2 * 1000 * 10 * 11 / 4, "{}", graph.nodes().len());
        let word = |holds: bool| if holds { u64::MAX } else { 0 };
        for given in [0, 499, 500, 1000] {
            let words: Vec<u64> = (0..1000).map(|at| word(at * 7 % 1000 < given)).collect();
            assert_eq!(graph.simulate(&words).of(half), word(given >= 500));
        }
    }

    #[test]
    fn at_least_counts() {
        let mut graph = Graph::default();
        let inputs: Vec<Lit> = (0..5).map(|_| graph.input()).collect();
        let words: Vec<u64> = (0..5).map(|bit| (0..32).map(|n: u64| (n >> bit & 1) << n).sum()).collect();
        for needed in 0..=5 {
            let counted = graph.at_least(needed, &inputs);
            let given = graph.simulate(&words).of(counted);
            for n in 0..32u32 {
                assert_eq!(given >> n & 1 == 1, n.count_ones() as usize >= needed, "{needed} of {n:b}");
            }
        }
    }
}
