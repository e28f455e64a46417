//! Many sheets at once: what `triage` says of each, read off the circuit for hundreds in one go.

use super::kernel::{Kernel, Plane, ROWS};
use super::told::{JudgedSheet, Parts, Shape};
use super::variables::{Place, Sheets, Variables, place_of};
use super::{Circuit, Lit};
use crate::answers::{Answer, Sheet};
use crate::questionnaire::{Audience, OptionSet, Questionnaire};

/// A questionnaire as asked of one audience, compiled to judge many sheets.
pub struct Batch {
    pub shape: Shape,
    kernel: Kernel,
    slots: Vec<Slot>,
    /// The planes of the inputs, and behind them one for each ladder.
    reserved: usize,
}

/// Where the answers to one question go.
#[derive(Debug, Clone)]
pub enum Slot {
    /// There are none.
    None,
    /// One of several places: `zeroth` is the plane of place 0, and `first + n - 1` that of place `n`.
    Ladder { zeroth: usize, first: usize, places: Vec<Place> },
    /// A plane for each option, and behind them one for "not sure" if the question takes it.
    Ticks { first: usize, options: usize, unsure: bool, exclusive: OptionSet },
}

/// The answers of at most [`Batch::SIZE`] sheets, a plane for each thing that can be answered.
pub struct Rows {
    planes: Vec<Plane>,
}

impl Rows {
    #[inline(always)]
    pub fn mark(&mut self, plane: usize, row: usize) {
        self.planes[plane][row / 64 % (ROWS / 64)] |= 1 << (row % 64);
    }

    #[inline(always)]
    pub fn is_marked(&self, plane: usize, row: usize) -> bool {
        self.planes[plane][row / 64 % (ROWS / 64)] >> (row % 64) & 1 == 1
    }

    /// A plane of its own to write bits to, all of a column at once.
    pub fn plane(&mut self, plane: usize) -> &mut Plane {
        &mut self.planes[plane]
    }
}

impl Slot {
    /// The plane to mark for an answer at this place of a ladder.
    #[inline(always)]
    pub fn plane_of(&self, place: usize) -> Option<usize> {
        match self {
            Slot::Ladder { zeroth, first, .. } => {
                Some(place.checked_sub(1).map_or(*zeroth, |rung| first + rung))
            }
            Slot::None | Slot::Ticks { .. } => None,
        }
    }
}

impl Batch {
    /// As many sheets go through the circuit in one go.
    pub const SIZE: usize = ROWS;

    /// Compiles the questionnaire.
    pub fn new(questionnaire: &Questionnaire, audience: Audience, parts: Parts) -> Batch {
        let mut circuit = Circuit::new(questionnaire, audience, Sheets::Partial);
        let wanted = wanted(&mut circuit, parts);
        let inputs = circuit.graph.inputs().len();
        let mut reserved = inputs;
        // The first input says that answers count also where it is in doubt whether their question is asked.
        let mut next = 1;
        let mut slots = Vec::new();
        for asked in &circuit.asked {
            let first = next;
            next += asked.variables.inputs().len();
            slots.push(match &asked.variables {
                Variables::None => Slot::None,
                Variables::Ladder { places, .. } => {
                    reserved += 1;
                    Slot::Ladder { zeroth: reserved - 1, first, places: places.clone() }
                }
                Variables::Ticks { options, exclusive, unsure, .. } => Slot::Ticks {
                    first,
                    options: options.len(),
                    unsure: unsure.is_some(),
                    exclusive: *exclusive,
                },
            });
        }
        let kernel = Kernel::new(&circuit.graph, &wanted, reserved);
        Batch { shape: Shape::new(questionnaire, parts), kernel, slots, reserved }
    }

    /// How many steps the kernel takes, for those who measure it.
    pub fn steps(&self) -> usize {
        self.kernel.steps()
    }

    /// For each question where its answers go.
    pub fn slots(&self) -> &[Slot] {
        &self.slots
    }

    pub fn rows(&self) -> Rows {
        Rows { planes: vec![[0; ROWS / 64]; self.kernel.planes()] }
    }

    /// Takes all answers out.
    pub fn clear(&self, rows: &mut Rows) {
        rows.planes[..self.reserved].fill([0; ROWS / 64]);
    }

    /// Takes the answers of one sheet out.
    pub fn clear_row(&self, rows: &mut Rows, row: usize) {
        let (word, bit) = (row / 64 % (ROWS / 64), 1u64 << (row % 64));
        rows.planes[..self.reserved].iter_mut().for_each(|plane| plane[word] &= !bit);
    }

    /// Puts the answers of one sheet in.
    pub fn put(&self, rows: &mut Rows, row: usize, sheet: &Sheet) {
        for (question, slot) in self.slots.iter().enumerate() {
            let Some(answer) = sheet.get(question) else { continue };
            match slot {
                Slot::None => {}
                Slot::Ladder { places, .. } => {
                    let plane = slot.plane_of(place_of(places, Some(answer)));
                    plane.into_iter().for_each(|plane| rows.mark(plane, row));
                }
                Slot::Ticks { first, options, unsure, .. } => {
                    answer.ticked().iter().for_each(|option| rows.mark(first + option, row));
                    if *unsure && answer.is_unsure() {
                        rows.mark(first + options, row);
                    }
                }
            }
        }
    }

    /// The sheets with an option that stands alone and another one beside it.
    pub fn clashes(&self, rows: &Rows) -> Plane {
        let mut clashes = [0; ROWS / 64];
        for slot in &self.slots {
            let Slot::Ticks { first, options, unsure, exclusive } = slot else { continue };
            let all = *first..first + options + usize::from(*unsure);
            for alone in exclusive.iter() {
                let alone = first + alone;
                for other in all.clone().filter(|&other| other != alone) {
                    for (word, clash) in clashes.iter_mut().enumerate() {
                        *clash |= rows.planes[alone][word] & rows.planes[other][word];
                    }
                }
            }
        }
        clashes
    }

    /// Judges the sheets: [`Shape::words`] words for each are written to `bits`. The answers are used up.
    pub fn run(&self, rows: &mut Rows, count: usize, bits: &mut Vec<u64>) {
        self.settle(rows);
        self.kernel.run(&mut rows.planes);
        self.kernel.read(&rows.planes, count, bits);
    }

    /// Judges the sheets without reading off what is told of each, for those who measure it.
    pub fn run_planes(&self, rows: &mut Rows) {
        self.settle(rows);
        self.kernel.run(&mut rows.planes);
    }

    /// From where an answer is to what is below it.
    fn settle(&self, rows: &mut Rows) {
        rows.planes[0] = [u64::MAX; ROWS / 64];
        for slot in &self.slots {
            let Slot::Ladder { zeroth, first, places } = slot else { continue };
            let mut given = rows.planes[*zeroth];
            let rungs = &mut rows.planes[*first..][..places.len().saturating_sub(1)];
            for rung in rungs.iter() {
                given.iter_mut().zip(rung).for_each(|(given, rung)| *given |= rung);
            }
            // No answer is the last place.
            let mut above = given.map(|given| !given);
            for rung in rungs.iter_mut().rev() {
                for (rung, above) in rung.iter_mut().zip(&mut above) {
                    *above |= *rung;
                    *rung = *above;
                }
            }
        }
    }

    /// For each of at most [`Batch::SIZE`] sheets what `triage::assess` says of it and which steps are shown.
    pub fn tell(&self, sheets: &[Sheet]) -> Vec<JudgedSheet> {
        let sheets = &sheets[..sheets.len().min(Batch::SIZE)];
        let mut rows = self.rows();
        sheets.iter().enumerate().for_each(|(row, sheet)| self.put(&mut rows, row, sheet));
        let mut bits = Vec::new();
        self.run(&mut rows, sheets.len(), &mut bits);
        let words = self.shape.words();
        (0..sheets.len()).map(|row| self.shape.told(&bits[row * words..][..words]).judged()).collect()
    }
}

impl Slot {
    /// The place of a number, if it is one that the question takes: within its bounds, and whole where it must be.
    pub fn place_of_number(&self, number: f64) -> Option<usize> {
        match self {
            Slot::Ladder { places, .. } => {
                let place = place_of(places, Some(&Answer::Number(number)));
                matches!(places.get(place), Some(Place::Numbers { .. })).then_some(place)
            }
            Slot::None | Slot::Ticks { .. } => None,
        }
    }

    /// The place of "not sure", if the question takes it.
    pub fn place_of_unsure(&self) -> Option<usize> {
        match self {
            Slot::Ladder { places, .. } => places.iter().position(|&place| place == Place::Unsure),
            Slot::None | Slot::Ticks { .. } => None,
        }
    }
}

/// The nodes that say what is told, in the order of [`Shape`].
fn wanted(circuit: &mut Circuit, parts: Parts) -> Vec<Lit> {
    let questionnaire = circuit.questionnaire;
    let audience = circuit.audience;
    let mut wanted = [circuit.level.clone(), circuit.certain.clone(), circuit.possible.clone()].concat();
    wanted.extend(circuit.rules.iter().map(|rails| rails.certain));
    if parts.unanswered {
        for index in 0..questionnaire.questions.len() {
            // It is asked and still needs its answer.
            let live = circuit.asked[index].live;
            let lacks = circuit.lacks(index).unwrap_or(Lit::FALSE);
            wanted.push(circuit.graph.and(live.certain, lacks));
        }
    }
    if parts.set_aside {
        for index in 0..questionnaire.questions.len() {
            // It is certainly not asked and has an answer all the same.
            let live = circuit.asked[index].live;
            let missing = circuit.asked[index].variables.missing(&mut circuit.graph);
            wanted.push(circuit.graph.and(!live.possible, !missing));
        }
    }
    if parts.words {
        for rule in &questionnaire.rules {
            wanted.extend(rule.because_if.iter().map(|entry| circuit.rails(&entry.when).certain));
        }
        for step in &questionnaire.next_steps {
            wanted.push(match step.shown.audience {
                Some(only) if only != audience => Lit::FALSE,
                _ => circuit.shown(&step.shown),
            });
        }
    }
    wanted
}
