//! Ways of going on that searches have found. What they show needs no search again, 64 at a time.

use super::residue::Residue;
use crate::circuit::{Lit, Node, Variables};
use crate::questionnaire::QuestionIndex;

/// More than this are not kept.
const MOST: usize = 256;

pub struct Samples {
    /// For each of them the values of the circuit's inputs.
    rows: Vec<Vec<bool>>,
    /// For each question answers that changed something once.
    answers: Vec<Vec<Vec<bool>>>,
}

impl Samples {
    pub fn new(questions: usize) -> Samples {
        Samples { rows: Vec::new(), answers: vec![Vec::new(); questions] }
    }

    /// Keeps the way of going on for which the inputs of the residue have these values.
    pub fn add(&mut self, residue: &Residue, value: impl Fn(Lit) -> bool) {
        let mut row: Vec<bool> = residue.fixed.iter().map(|fixed| fixed.unwrap_or_default()).collect();
        for (&number, &input) in residue.numbers.iter().zip(residue.graph.inputs()) {
            row[number] = value(input);
        }
        if self.rows.len() == MOST {
            self.rows.remove(0);
        }
        self.rows.push(row);
    }

    pub fn learn(&mut self, question: QuestionIndex, answer: impl Iterator<Item = bool>) {
        self.answers[question].push(answer.collect());
    }

    /// Is there one with the answers given on which all of `wanted` hold?
    pub fn have(&self, residue: &Residue, wanted: &[Lit]) -> bool {
        self.rows.chunks(64).any(|rows| {
            let words = Lanes::of(residue, rows);
            wanted.iter().fold(words.valid, |all, &lit| all & words.get(lit)) != 0
        })
    }

    /// Is there one that comes to something else in `reached`, if this question is answered otherwise?
    pub fn differ(
        &self,
        residue: &Residue,
        variables: &Variables,
        question: QuestionIndex,
        inputs: &[Lit],
        cone: &[usize],
        reached: &[Lit],
    ) -> bool {
        let mut answers = usual(variables);
        answers.extend(self.answers[question].iter().cloned());
        self.rows.chunks(64).any(|rows| {
            let words = Lanes::of(residue, rows);
            let mut other = words.clone();
            answers.iter().any(|answer| {
                other.change(residue, inputs, answer, cone);
                let differs = reached.iter().fold(0, |any, &lit| any | (words.get(lit) ^ other.get(lit)));
                differs & words.valid != 0
            })
        })
    }
}

/// Some answers to a question: all where one is given, single ones where several can be ticked.
fn usual(variables: &Variables) -> Vec<Vec<bool>> {
    match variables {
        Variables::None => Vec::new(),
        Variables::Ladder { places, .. } => {
            places.iter().map(|place| variables.values(place.answer().as_ref())).collect()
        }
        Variables::Ticks { .. } => {
            let inputs = variables.inputs().len();
            (0..inputs).map(|ticked| (0..inputs).map(|input| input == ticked).collect()).collect()
        }
    }
}

/// The values of all nodes for up to 64 ways of going on.
#[derive(Clone)]
struct Lanes {
    words: Vec<u64>,
    /// Those that there are.
    valid: u64,
}

impl Lanes {
    /// The answers given stand instead of those that were found.
    fn of(residue: &Residue, rows: &[Vec<bool>]) -> Lanes {
        let mut words = Lanes { words: Vec::new(), valid: u64::MAX >> (64 - rows.len()) };
        for node in residue.nodes() {
            let word = match *node {
                Node::Input(number) => {
                    let number = residue.numbers[number];
                    rows.iter().enumerate().fold(0, |word, (at, row)| word | u64::from(row[number]) << at)
                }
                Node::Constant => 0,
                Node::And(a, b) => words.get(a) & words.get(b),
            };
            words.words.push(word);
        }
        words
    }

    fn get(&self, lit: Lit) -> u64 {
        self.words[lit.node()] ^ if lit.is_negated() { u64::MAX } else { 0 }
    }

    /// Puts an answer in the place of that in `inputs`; a question in doubt waits.
    fn change(&mut self, residue: &Residue, inputs: &[Lit], answer: &[bool], cone: &[usize]) {
        for (at, input) in inputs.iter().enumerate().filter(|(_, input)| !input.is_constant()) {
            let value = answer.get(at).copied().unwrap_or_default();
            self.words[input.node()] = if value { u64::MAX } else { 0 };
        }
        for &node in cone {
            if let Node::And(a, b) = residue.graph.nodes()[node] {
                self.words[node] = self.get(a) & self.get(b);
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use jiff::civil::date;

    use super::*;
    use crate::answers::small;
    use crate::interview::Interview;
    use crate::outlook::Lookout;
    use crate::questionnaire::Audience;

    #[test]
    fn what_is_certain_is_so_in_every_way_of_going_on_whatever_is_tried() {
        let questionnaire = small::questionnaire("a, type: yes_no", "now: { a: yes }");
        let interview = Interview::new(&questionnaire, Audience::Clinician, date(2026, 11, 21));
        let (residue, _) = Lookout::new(&interview).residue(&interview);
        let mut lanes = Lanes::of(&residue, &[vec![false; residue.fixed.len()]]);
        lanes.change(&residue, &[Lit::FALSE], &[true], &[]);
        assert_eq!((lanes.get(Lit::FALSE), lanes.get(!Lit::FALSE)), (0, u64::MAX));
    }
}
