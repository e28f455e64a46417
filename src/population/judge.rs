//! What a questionnaire says of many people at once: the circuit with the lights that are counted.

use super::people::Block;
use crate::answers::Answer;
use crate::circuit::{Circuit, Lit, NodeValues, Sheets};
use crate::questionnaire::{Audience, LevelIndex, QuestionIndex, Questionnaire, RuleIndex};

/// A questionnaire, compiled to be asked of many people.
pub struct Judge<'q> {
    pub questionnaire: &'q Questionnaire,
    circuit: Circuit<'q>,
    /// For each level: it is what is told.
    told: Vec<Lit>,
    /// For each level: it or a more urgent one is told.
    reached: Vec<Lit>,
    /// For each rule: it is true.
    rules: Vec<Lit>,
    /// For each question that takes an answer: it is asked.
    asked: Vec<(QuestionIndex, Lit)>,
    /// Some question that is asked has no answer and needs one.
    open: Lit,
}

/// What came of at most 64 people, a bit for each.
pub struct Judged<'j, 'q> {
    judge: &'j Judge<'q>,
    words: NodeValues,
    /// The bits of those who are there.
    pub people: u64,
}

impl<'q> Judge<'q> {
    /// So many people at once.
    pub const AT_ONCE: usize = u64::BITS as usize;

    pub fn new(questionnaire: &'q Questionnaire, audience: Audience) -> Judge<'q> {
        let mut circuit = Circuit::new(questionnaire, audience, Sheets::Partial);
        let told = (0..questionnaire.levels.len()).map(|level| circuit.is_level(level)).collect();
        let mut asked = Vec::new();
        let mut open = Vec::new();
        for (index, question) in questionnaire.questions.iter().enumerate() {
            let live = circuit.asked[index].live.certain;
            if question.takes_answer() {
                asked.push((index, live));
            }
            if let Some(lacks) = circuit.lacks(index) {
                open.push(circuit.graph.and(live, lacks));
            }
        }
        let open = circuit.graph.any(open);
        let rules = circuit.rules.iter().map(|rails| rails.certain).collect();
        let reached = circuit.level.clone();
        Judge { questionnaire, circuit, told, reached, rules, asked, open }
    }

    /// Asks people what the questionnaire asks. `whole`: the answers come as a sheet, on which there can also be one
    /// to a question that an interview would not come to.
    pub fn judge(&self, block: &Block, people: usize, whole: bool) -> Judged<'_, 'q> {
        let answers = |question: QuestionIndex| block[question][..people].iter().map(Option::as_ref);
        let words = self.circuit.simulate_answers(whole, answers);
        Judged { judge: self, words, people: u64::MAX >> (Judge::AT_ONCE - people.clamp(1, Judge::AT_ONCE)) }
    }

    /// The answers of one person to what was asked.
    pub fn heard(&self, answers: &[Option<Answer>], judged: &Judged, column: usize) -> Vec<Option<Answer>> {
        let mut heard = vec![None; self.questionnaire.questions.len()];
        for &(question, asked) in &self.asked {
            if judged.holds(asked) >> column & 1 == 1 {
                heard[question].clone_from(&answers[question]);
            }
        }
        heard
    }
}

impl<'j, 'q> Judged<'j, 'q> {
    pub fn judge(&self) -> &'j Judge<'q> {
        self.judge
    }

    fn holds(&self, lit: Lit) -> u64 {
        self.words.of(lit) & self.people
    }

    /// Those who are told this level.
    pub fn told(&self, level: LevelIndex) -> u64 {
        self.holds(self.judge.told[level])
    }

    /// Those who are told this level or a more urgent one.
    pub fn reached(&self, level: LevelIndex) -> u64 {
        self.holds(self.judge.reached[level])
    }

    pub fn rule(&self, rule: RuleIndex) -> u64 {
        self.holds(self.judge.rules[rule])
    }

    /// Those who were asked something that they have no answer to.
    pub fn open(&self) -> u64 {
        self.holds(self.judge.open)
    }

    /// For each question that takes an answer those who were asked it.
    pub fn asked(&self) -> impl Iterator<Item = u64> {
        self.judge.asked.iter().map(|&(_, lit)| self.holds(lit))
    }
}
