//! The fewest and the most questions that an interview can take.
//!
//! Questions whose branches have nothing to do with each other are counted apart, which keeps the counting small.

use super::count::fewest_and_most;
use super::explain;
use super::prover::Search;
use super::session::Session;
use crate::circuit::Lit;
use crate::questionnaire::{Audience, QuestionIndex, count};

const LENGTH: &str = "the fewest and the most questions";
/// More questions than this in one group are not counted exactly: the counting would take too long.
const LARGEST_GROUP: usize = 1_000;
/// In a group as small as this it takes less to ask again than to count on the sheet that was found.
const FEW: usize = 8;

pub fn length(session: &mut Session) {
    for prover in 0..session.provers.len() {
        let audience = match session.provers[prover].circuit.audience {
            _ if session.provers.len() == 1 => "everybody",
            Audience::Patient => "patients",
            Audience::Clinician => "clinicians",
        };
        match bounds(session, prover) {
            Some((fewest, most)) => {
                let asked = match fewest == most {
                    true => count(most, "question"),
                    false => format!("{fewest} to {most} questions"),
                };
                session.proved.push(format!("an interview of {audience} asks {asked}"));
            }
            None => session.not_proved(LENGTH),
        }
    }
}

fn bounds(session: &mut Session, prover: usize) -> Option<(usize, usize)> {
    let circuit = &session.provers[prover].circuit;
    let always = circuit.asked.iter().filter(|asked| asked.live.certain == Lit::TRUE).count();
    let (mut fewest, mut most) = (always, always);
    let (mut few, mut many) = (Vec::new(), Vec::new());
    for group in groups(session, prover) {
        let lits: Vec<Lit> = group
            .iter()
            .map(|&question| session.provers[prover].circuit.asked[question].live.certain)
            .collect();
        if lits.len() > LARGEST_GROUP {
            return None;
        }
        let prover = &mut session.provers[prover];
        let counts = prover.circuit.graph.counts(&lits);
        let found = fewest_and_most(lits.len(), |count| match prover.find(&[count.of(&counts)]) {
            Search::Found(_) if lits.len() <= FEW => Ok(Some(count.bound())),
            Search::Found(sheet) => {
                let words = prover.circuit.simulate(&[*sheet]);
                Ok(Some(lits.iter().filter(|&&lit| words.of(lit) & 1 == 1).count()))
            }
            Search::Never => Ok(None),
            Search::OutOfTime => Err(()),
        });
        let (low, high) = found.ok()?;
        fewest += low;
        most += high;
        few.extend(counts.get(low).map(|&more| !more));
        many.extend(high.checked_sub(1).map(|at| counts[at]));
    }
    if session.witnesses.is_some() {
        for (what, wanted) in [("fewest", few), ("most", many)] {
            if let Search::Found(sheet) = session.provers[prover].find(&wanted) {
                let example = session.example(prover, vec![*sheet], None);
                session.witnesses.get_or_insert_default().push((format!("the {what} questions"), example));
            }
        }
    }
    Some((fewest, most))
}

/// The questions that are asked of some, together where their branches look at the same questions.
fn groups(session: &Session, prover: usize) -> Vec<Vec<QuestionIndex>> {
    let questionnaire = session.questionnaire;
    let circuit = &session.provers[prover].circuit;
    let mut parent: Vec<usize> = (0..questionnaire.questions.len()).collect();
    fn root(parent: &mut [usize], mut at: usize) -> usize {
        while parent[at] != at {
            parent[at] = parent[parent[at]];
            at = parent[at];
        }
        at
    }
    let sometimes = |question: QuestionIndex| !circuit.asked[question].live.certain.is_constant();
    for (index, question) in questionnaire.questions.iter().enumerate() {
        let Some(condition) = question.ask_if.as_ref().filter(|_| sometimes(index)) else { continue };
        for gate in explain::questions(questionnaire, condition) {
            let (one, other) = (root(&mut parent, index), root(&mut parent, gate));
            parent[one] = other;
        }
    }
    let mut groups: Vec<Vec<QuestionIndex>> = vec![Vec::new(); parent.len()];
    for question in (0..parent.len()).filter(|&question| sometimes(question)) {
        let root = root(&mut parent, question);
        groups[root].push(question);
    }
    groups.retain(|group| !group.is_empty());
    groups
}
