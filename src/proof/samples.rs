//! Random sheets: most with few concerning answers, because a sheet with many is an emergency whatever else it says.

use crate::circuit::{Circuit, NodeValues, Variables};
use crate::questionnaire::Concern;

/// How many times 64 sheets with concerning answers anywhere.
const ROUNDS: usize = 8;
/// How many times 64 sheets with concerning answers to questions near each other, at the most.
const MOST_NEAR: usize = 24;

/// The values of all nodes on random sheets.
pub fn simulate(circuit: &Circuit) -> Vec<NodeValues> {
    let mut random = Random(0x9E37_79B9_7F4A_7C15);
    let near = (circuit.asked.len() / 32).clamp(4, MOST_NEAR);
    let rounds = (0..ROUNDS + near).map(|round| {
        let windows: Vec<(usize, usize)> = (0..64)
            .map(|_| {
                let width = 1 + random.below(1 + 4 * (round % 4));
                let start = random.below(circuit.asked.len() + width);
                (start.saturating_sub(width), start)
            })
            .collect();
        // Of how many answers one is any, and not the least concerning.
        let one_in = [2, 4, 16, 64][round % 4];
        let mut inputs = Vec::with_capacity(circuit.graph.inputs().len());
        inputs.push(random.bits(2));
        for (index, asked) in circuit.asked.iter().enumerate() {
            let question = &circuit.questionnaire.questions[index];
            let least = question.least_concerning().iter().next();
            let any = match round < ROUNDS {
                true => random.bits(one_in),
                false => {
                    let inside =
                        windows.iter().enumerate().filter(|(_, (from, to))| (from..to).contains(&&index));
                    inside.fold(0, |bits, (bit, _)| bits | 1 << bit) & random.bits(2)
                }
            };
            match &asked.variables {
                Variables::None => {}
                Variables::Ladder { rungs, places } => {
                    let least = match question.concern {
                        Concern::Lower => places.len().saturating_sub(1),
                        // A higher rung is a higher number; of what has no direction, anything.
                        Concern::None | Concern::Unsaid => random.below(places.len()),
                        _ => least.unwrap_or_default(),
                    };
                    let base = inputs.len();
                    inputs.resize(base + rungs.len(), 0);
                    for bit in 0..64 {
                        let place = if any >> bit & 1 == 1 { random.below(places.len()) } else { least };
                        inputs[base..base + place].iter_mut().for_each(|word| *word |= 1 << bit);
                    }
                }
                Variables::Ticks { options, exclusive, unsure, may_be_missing } => {
                    let base = inputs.len();
                    let mut taken = 0;
                    for option in 0..options.len() {
                        let word = if exclusive.contains(option) { 0 } else { any & random.bits(3) };
                        taken |= word;
                        inputs.push(word);
                    }
                    if unsure.is_some() {
                        let word = any & random.bits(4);
                        taken |= word;
                        inputs.push(word);
                    }
                    if !may_be_missing {
                        let fallback = exclusive.iter().next().unwrap_or_else(|| random.below(options.len()));
                        inputs[base + fallback] |= !taken;
                    }
                }
            }
        }
        circuit.graph.simulate(&inputs)
    });
    rounds.collect()
}

/// The same numbers every time (xorshift).
struct Random(u64);

impl Random {
    fn next(&mut self) -> u64 {
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 7;
        self.0 ^= self.0 << 17;
        self.0.wrapping_mul(0x2545_F491_4F6C_DD1D)
    }

    fn below(&mut self, sides: usize) -> usize {
        (self.next() >> 16) as usize % sides.max(1)
    }

    /// 64 bits, of which about one in `one_in` is set.
    fn bits(&mut self, one_in: u32) -> u64 {
        match one_in {
            3 => self.next() & (self.next() | self.next()),
            _ => (0..one_in.ilog2()).fold(u64::MAX, |bits, _| bits & self.next()),
        }
    }
}
