//! The fewest and the most of some questions that will have been asked, found on the circuit.
//!
//! Only for what has too many combinations to try out: compiling a questionnaire takes longer than most trying does,
//! and a patient waits for it.

use crate::answers::Sheet;
use crate::circuit::{Circuit, Lit};
use crate::proof::{Count, Found, Solver, Steps, fewest_and_most};
use crate::questionnaire::{Audience, Kind, QuestionIndex, Questionnaire};

/// More questions than this are not counted: a patient would feel the wait.
const MOST_QUESTIONS: usize = 300;
/// Rounds of searching, for a few hundredths of a second at the most.
const ROUNDS: usize = 20_000;

/// `None` where it would take too long. `passed`: read or left out already.
pub fn bounds(
    questionnaire: &Questionnaire,
    audience: Audience,
    sheet: &Sheet,
    passed: &[bool],
    questions: impl Iterator<Item = QuestionIndex>,
) -> Option<(usize, usize)> {
    let mut circuit = Circuit::in_the_middle(questionnaire, audience);
    let asked: Vec<Lit> = questions.map(|question| circuit.asked[question].heard).collect();
    if asked.len() > MOST_QUESTIONS {
        return None;
    }
    let counts = circuit.graph.counts(&asked);
    let given = given(&circuit, sheet, passed).into_iter().map(|lit| vec![lit]);
    let rounds = Steps::default();
    rounds.allow(ROUNDS);
    let mut solver = Solver::new(&circuit.graph, circuit.laws().chain(given), rounds.stop());
    let found = fewest_and_most(asked.len(), |count| {
        let wanted = match count {
            Count::AtLeast(n) => counts[n - 1],
            Count::AtMost(n) => !counts[n],
        };
        match solver.find(&circuit.graph, &[wanted]) {
            Found::Yes => {
                let inputs = circuit.graph.inputs().iter();
                let inputs: Vec<u64> = inputs.map(|&input| u64::from(solver.value(input))).collect();
                let words = circuit.graph.simulate(&inputs);
                Ok(Some(asked.iter().filter(|&&lit| words.of(lit) & 1 == 1).count()))
            }
            Found::Never => Ok(None),
            Found::OutOfTime => Err(()),
        }
    });
    found.ok()
}

/// What is known of the variables: the answers that were given, and of the others that none is kept.
fn given(circuit: &Circuit, sheet: &Sheet, passed: &[bool]) -> Vec<Lit> {
    let mut given = vec![!circuit.kept];
    for (question, asked) in circuit.asked.iter().enumerate() {
        let answer = sheet.get(question);
        let asks = &circuit.questionnaire.questions[question];
        let is_open = answer.is_none() && !(asks.optional && passed[question]) && asks.kind != Kind::Note;
        given.push(circuit.keeps[question].xor(answer.is_none()));
        if !is_open {
            let values = asked.variables.values(answer);
            given.extend(
                asked.variables.inputs().into_iter().zip(values).map(|(input, value)| input.xor(!value)),
            );
        }
    }
    given
}
