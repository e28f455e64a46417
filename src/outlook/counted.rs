//! The fewest and the most of some questions that will have been asked, found on the circuit.
//!
//! Only for what has too many combinations to try out: compiling a questionnaire takes longer than most trying does,
//! and a patient waits for it.

use crate::answers::Sheet;
use crate::circuit::{Circuit, Lit};
use crate::interview::can_be_answered;
use crate::proof::{Found, Solver, Steps, fewest_and_most};
use crate::questionnaire::{Audience, QuestionIndex, Questionnaire};

/// More questions than this are not counted: a patient would feel the wait.
pub const MOST_QUESTIONS: usize = 300;
/// Rounds of searching, for a few hundredths of a second at the most.
const ROUNDS: usize = 20_000;

/// An interview in the middle, compiled to count in.
pub struct Counter<'q> {
    circuit: Circuit<'q>,
    solver: Solver,
    rounds: Steps,
}

impl<'q> Counter<'q> {
    /// `passed`: read or left out already.
    pub fn new(
        questionnaire: &'q Questionnaire,
        audience: Audience,
        sheet: &Sheet,
        passed: &[bool],
    ) -> Counter<'q> {
        let circuit = Circuit::in_the_middle(questionnaire, audience);
        let given = given(&circuit, sheet, passed).into_iter().map(|lit| vec![lit]);
        let rounds = Steps::default();
        let solver = Solver::new(&circuit.graph, circuit.laws().chain(given), rounds.stop());
        Counter { circuit, solver, rounds }
    }

    /// The fewest and the most of these questions that will have been asked; `None` where it would take too long.
    pub fn bounds(&mut self, questions: impl Iterator<Item = QuestionIndex>) -> Option<(usize, usize)> {
        let Counter { circuit, solver, rounds } = self;
        let asked: Vec<Lit> = questions.map(|question| circuit.asked[question].heard).collect();
        let counts = circuit.graph.counts(&asked);
        rounds.allow(ROUNDS);
        let found =
            fewest_and_most(asked.len(), |count| match solver.find(&circuit.graph, &[count.of(&counts)]) {
                Found::Yes => {
                    let inputs = circuit.graph.inputs().iter();
                    let inputs: Vec<u64> = inputs.map(|&input| u64::from(solver.value(input))).collect();
                    let words = circuit.graph.simulate(&inputs);
                    Ok(Some(asked.iter().filter(|&&lit| words.of(lit) & 1 == 1).count()))
                }
                Found::Never => Ok(None),
                Found::OutOfTime => Err(()),
            });
        found.ok()
    }
}

/// What is known of the variables: the answers that were given, and of the others that none is kept.
fn given(circuit: &Circuit, sheet: &Sheet, passed: &[bool]) -> Vec<Lit> {
    let mut given = vec![!circuit.kept];
    for (index, asked) in circuit.asked.iter().enumerate() {
        let answer = sheet.get(index);
        given.push(circuit.keeps[index].xor(answer.is_none()));
        if !can_be_answered(&circuit.questionnaire.questions[index], answer.is_some(), passed[index]) {
            let values = asked.variables.values(answer);
            given.extend(
                asked.variables.inputs().into_iter().zip(values).map(|(input, value)| input.xor(!value)),
            );
        }
    }
    given
}
