//! A circuit as a list of steps over columns of bits, for hundreds of sheets in one go.
//!
//! A [`Plane`] holds one bit of each of [`ROWS`] sheets. A step is an `and` of two planes, either of them negated;
//! the loop over the words of a plane is plain code that compilers turn into vector instructions.

use super::graph::{Graph, Lit, Node};

/// So many sheets go through in one go.
pub const ROWS: usize = 512;
/// One bit of each sheet.
pub type Plane = [u64; ROWS / 64];

const NEVER_AGAIN: usize = usize::MAX;

/// What must be worked out to know some nodes of a graph.
#[derive(Debug, Clone)]
pub(super) struct Kernel {
    steps: Vec<Step>,
    /// For each node that is wanted: its plane, and a mask for a negation.
    wanted: Vec<(u32, u64)>,
    /// How many planes the steps need, those of the inputs included.
    planes: usize,
}

#[derive(Debug, Clone, Copy)]
struct Step {
    a: u32,
    b: u32,
    to: u32,
    not_a: bool,
    not_b: bool,
}

impl Kernel {
    /// The first `reserved` planes are the caller's: those of the inputs come first, in the order of the graph.
    pub fn new(graph: &Graph, wanted: &[Lit], reserved: usize) -> Kernel {
        let nodes = graph.nodes();
        // After which node a value is needed no more.
        let mut last_use = vec![0; nodes.len()];
        wanted.iter().for_each(|lit| last_use[lit.node()] = NEVER_AGAIN);
        for (index, node) in nodes.iter().enumerate().rev() {
            if last_use[index] == 0 {
                continue;
            }
            if let Node::And(a, b) = node {
                for part in [a, b] {
                    last_use[part.node()] = last_use[part.node()].max(index);
                }
            }
        }
        // What is always false has a plane that nobody writes to.
        let mut planes = reserved + 1;
        let mut at = vec![0u32; nodes.len()];
        let mut free: Vec<u32> = Vec::new();
        let mut steps = Vec::new();
        for (index, node) in nodes.iter().enumerate() {
            match *node {
                Node::Constant => at[index] = reserved as u32,
                Node::Input(number) => at[index] = number as u32,
                Node::And(a, b) if last_use[index] > 0 => {
                    // A plane that is free from here on may take the result, since both parts are read before.
                    for part in [a, b] {
                        if last_use[part.node()] == index && matches!(nodes[part.node()], Node::And(..)) {
                            free.push(at[part.node()]);
                        }
                    }
                    let to = free.pop().unwrap_or_else(|| {
                        planes += 1;
                        planes as u32 - 1
                    });
                    at[index] = to;
                    steps.push(Step {
                        a: at[a.node()],
                        b: at[b.node()],
                        to,
                        not_a: a.is_negated(),
                        not_b: b.is_negated(),
                    });
                }
                Node::And(..) => {}
            }
        }
        let wanted = wanted.iter().map(|lit| (at[lit.node()], mask(lit.is_negated()))).collect();
        Kernel { steps, wanted, planes }
    }

    /// How many planes [`Kernel::run`] needs.
    pub fn planes(&self) -> usize {
        self.planes
    }

    pub fn steps(&self) -> usize {
        self.steps.len()
    }

    /// Works out every node from the planes of the inputs.
    pub fn run(&self, planes: &mut [Plane]) {
        for step in &self.steps {
            let (a, b) = (planes[step.a as usize], planes[step.b as usize]);
            let (not_a, not_b) = (mask(step.not_a), mask(step.not_b));
            let to = &mut planes[step.to as usize];
            for word in 0..to.len() {
                to[word] = (a[word] ^ not_a) & (b[word] ^ not_b);
            }
        }
    }

    /// For each sheet a bit for each node that is wanted, in words of 64: those of the first sheet come first.
    pub fn read(&self, planes: &[Plane], rows: usize, bits: &mut Vec<u64>) {
        let words = self.wanted.len().div_ceil(64);
        bits.clear();
        bits.resize(words * ROWS, 0);
        for (group, wanted) in self.wanted.chunks(64).enumerate() {
            for word in 0..rows.div_ceil(64) {
                let mut square = [0; 64];
                for (bit, &(plane, not)) in square.iter_mut().zip(wanted) {
                    *bit = planes[plane as usize][word] ^ not;
                }
                transpose(&mut square);
                for (row, &bits_of_row) in square.iter().enumerate() {
                    bits[(word * 64 + row) * words + group] = bits_of_row;
                }
            }
        }
    }
}

fn mask(negated: bool) -> u64 {
    0u64.wrapping_sub(u64::from(negated))
}

/// Bit `j` of word `i` becomes bit `i` of word `j` (Warren, Hacker's Delight, 7-3).
fn transpose(square: &mut [u64; 64]) {
    let mut width = 32;
    let mut low = 0x0000_0000_FFFF_FFFFu64;
    while width != 0 {
        let mut at = 0;
        while at < 64 {
            let swap = ((square[at] >> width) ^ square[at + width]) & low;
            square[at] ^= swap << width;
            square[at + width] ^= swap;
            at = (at + width + 1) & !width;
        }
        width >>= 1;
        low ^= low << width;
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn rows_and_columns_change_places() {
        let mut square = [0; 64];
        for (row, word) in square.iter_mut().enumerate() {
            *word = (row as u64).wrapping_mul(0x9E37_79B9_7F4A_7C15).rotate_left(row as u32);
        }
        let before = square;
        transpose(&mut square);
        for (row, turned) in square.iter().enumerate() {
            for (column, word) in before.iter().enumerate() {
                assert_eq!(turned >> column & 1, word >> row & 1, "{row} {column}");
            }
        }
    }

    #[test]
    fn every_wanted_node_has_the_value_that_the_graph_gives_it() {
        let mut graph = Graph::default();
        let inputs: Vec<Lit> = (0..9).map(|_| graph.input()).collect();
        let mut wanted = vec![Lit::FALSE, Lit::TRUE, inputs[3], !inputs[4]];
        for needed in 1..=9 {
            wanted.push(graph.at_least(needed, &inputs));
            wanted.push(!graph.all(inputs[..needed].iter().copied()));
        }
        let kernel = Kernel::new(&graph, &wanted, inputs.len());
        let mut planes = vec![[0; ROWS / 64]; kernel.planes()];
        for row in 0..ROWS {
            (0..9)
                .filter(|input| row >> input & 1 == 1)
                .for_each(|input| planes[input][row / 64] |= 1 << (row % 64));
        }
        let words: Vec<Vec<u64>> =
            (0..ROWS / 64).map(|word| (0..9).map(|input| planes[input][word]).collect()).collect();
        kernel.run(&mut planes);
        let mut bits = Vec::new();
        kernel.read(&planes, ROWS, &mut bits);
        for (word, inputs) in words.iter().enumerate() {
            let values = graph.simulate(inputs);
            for row in 0..64 {
                for (at, &lit) in wanted.iter().enumerate() {
                    let expected = values.of(lit) >> row & 1;
                    assert_eq!(bits[word * 64 + row] >> at & 1, expected, "{word} {row} {at}");
                }
            }
        }
    }
}
