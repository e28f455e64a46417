//! Many sheets at once: what `triage` says of each, read off the circuit for 64 in one go.

use super::variables::Sheets;
use super::{Circuit, Lit, NodeValues};
use crate::answers::Sheet;
#[cfg(doc)]
use crate::questionnaire::Rule;
use crate::questionnaire::{Audience, Questionnaire};
use crate::triage::Assessment;

/// A circuit with everything in it that is told of a sheet.
pub struct Batch<'q> {
    circuit: Circuit<'q>,
    /// For each rule: it is true.
    rules: Vec<Lit>,
    /// For each question: it is asked and still needs its answer.
    open: Vec<Lit>,
    /// For each question: it is certainly not asked and has an answer all the same.
    set_aside: Vec<Lit>,
    /// For each rule and each of its words with a condition: that is true.
    because_if: Vec<Vec<Lit>>,
    /// For each next step: it is shown.
    steps: Vec<Lit>,
}

/// What is told of one sheet.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct JudgedSheet {
    pub assessment: Assessment,
    /// For each true rule which of its words are told, by their place among [`Rule::wordings`].
    pub wordings: Vec<usize>,
    /// The next steps that are shown, by their places in the questionnaire.
    pub steps: Vec<usize>,
}

impl<'q> Batch<'q> {
    /// As many sheets go through the circuit in one go.
    pub const SIZE: usize = u64::BITS as usize;

    /// Compiles the questionnaire as asked of `audience`.
    pub fn new(questionnaire: &'q Questionnaire, audience: Audience) -> Batch<'q> {
        let mut circuit = Circuit::new(questionnaire, audience, Sheets::Partial);
        let (mut open, mut set_aside) = (Vec::new(), Vec::new());
        for index in 0..questionnaire.questions.len() {
            let live = circuit.asked[index].live;
            let lacks = circuit.lacks(index).unwrap_or(Lit::FALSE);
            open.push(circuit.graph.and(live.certain, lacks));
            let missing = circuit.asked[index].variables.missing(&mut circuit.graph);
            set_aside.push(circuit.graph.and(!live.possible, !missing));
        }
        let steps = questionnaire.next_steps.iter().map(|step| match step.shown.audience {
            Some(only) if only != audience => Lit::FALSE,
            _ => circuit.shown(&step.shown),
        });
        let steps = steps.collect();
        let because_if = questionnaire
            .rules
            .iter()
            .map(|rule| rule.because_if.iter().map(|entry| circuit.rails(&entry.when).certain).collect());
        let because_if = because_if.collect();
        let rules = circuit.rules.iter().map(|rails| rails.certain).collect();
        Batch { circuit, rules, open, set_aside, because_if, steps }
    }

    /// For each of at most [`Batch::SIZE`] sheets what `triage::assess` says of it and which steps are shown.
    pub fn tell(&self, sheets: &[Sheet]) -> Vec<JudgedSheet> {
        // The sheets come as a whole, and every answer is on them.
        let inputs =
            self.circuit.inputs(u64::MAX, |question| sheets.iter().map(move |sheet| sheet.get(question)));
        let words = self.circuit.graph.simulate(&inputs);
        (0..sheets.len().min(Batch::SIZE)).map(|column| self.told(&words, column)).collect()
    }

    fn told(&self, words: &NodeValues, column: usize) -> JudgedSheet {
        let holds = |lit: Lit| words.of(lit) >> column & 1 == 1;
        let all = |lits: &[Lit]| -> Vec<usize> {
            let held = lits.iter().enumerate().filter(|&(_, &lit)| holds(lit));
            held.map(|(index, _)| index).collect()
        };
        // The last level is always reached.
        let first = |levels: &[Lit]| levels.iter().take_while(|&&level| !holds(level)).count();
        let unanswered = all(&self.open);
        let assessment = Assessment {
            level: first(&self.circuit.level),
            certain: first(&self.circuit.certain),
            possible: first(&self.circuit.possible),
            complete: unanswered.is_empty(),
            rules: all(&self.rules),
            unanswered,
            set_aside: all(&self.set_aside),
        };
        let wording =
            |&rule: &usize| self.because_if[rule].iter().take_while(|&&holds_if| !holds(holds_if)).count();
        let wordings = assessment.rules.iter().map(wording).collect();
        JudgedSheet { assessment, wordings, steps: all(&self.steps) }
    }
}
