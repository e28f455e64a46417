//! A second circuit in the graph of a first one: two questionnaires that the same person answers.

use std::collections::HashMap;

use super::conditions::{Cuts, bounds, limits};
use super::counterparts::Counterparts;
use super::graph::{Graph, Lit};
use super::ties;
use super::{Circuit, Place, RawSheet, Sheets, Variables};
use crate::answers::Answer;
use crate::questionnaire::condition::Comparison;
use crate::questionnaire::{Audience, OptionIndex, OptionSet, Question, QuestionIndex, Questionnaire};

/// A questionnaire compiled into the graph of another, on the same answers. What both say alike are the same nodes.
///
/// ```text
/// let mut first = Circuit::with_others(&old, audience, Sheets::Complete, [&new]);
/// let mut second = first.beside(&new);
/// let from = first.is_level(x);
/// let to = first.lend(&mut second, |circuit| circuit.is_level(y));
/// let mut solver = Solver::new(&first.graph, first.laws().chain(second.laws()), stop);
/// if solver.find(&first.graph, &[from, to]) == Found::Yes {
///     let (said_to_old, said_to_new) = second.read(&first, |lit| solver.value(lit));
///     // Judged again by the interpreter: said_to_new.level(&new, audience) == y
/// }
/// ```
///
/// Of many variants of one questionnaire each can come beside the same first circuit, and go to the same solver,
/// which has to learn their laws (`Solver::learn`).
#[derive(Debug, Clone)]
pub struct Beside<'q> {
    /// Without a graph, which it has only while [`Circuit::lend`] lends it one.
    circuit: Circuit<'q>,
    laws: Vec<Vec<Lit>>,
    pub counterparts: Counterparts,
}

impl<'q> Circuit<'q> {
    /// Compiles a second questionnaire into this circuit's graph. A question of both has the same variables, if both
    /// take the same answers to it and numbers are cut here wherever the second needs it (see [`Circuit::cut`]).
    /// Otherwise it has its own, and laws that tie the answers to each other.
    pub fn beside<'o>(&mut self, other: &'o Questionnaire) -> Beside<'o> {
        let counterparts = Counterparts::of(self.questionnaire, other);
        let bounds = bounds(other);
        let mut laws = Vec::new();
        let graph = std::mem::take(&mut self.graph);
        let mut circuit =
            Circuit::over(graph, self.kept, other, self.audience, self.sheets, |index, graph| {
                let question = &other.questions[index];
                let Some(at) = counterparts.questions[index] else {
                    let own = Variables::new(question, &bounds[index], self.sheets, graph);
                    laws.extend(own.laws());
                    return own;
                };
                let theirs = (&self.questionnaire.questions[at], &self.asked[at].variables);
                let mut bounds = bounds[index].clone();
                bounds.extend(starts(theirs.1));
                bounds.extend(theirs.0.limits().into_iter().flat_map(limits));
                let options = &counterparts.options[index];
                if let Some(shared) = theirs.1.as_of(question, &bounds, options, self.sheets) {
                    return shared;
                }
                let own = Variables::new(question, &bounds, self.sheets, graph);
                laws.extend(own.laws());
                ties::tie(theirs, (question, &own), options, graph, &mut laws);
                own
            });
        self.graph = std::mem::take(&mut circuit.graph);
        Beside { circuit, laws, counterparts }
    }

    /// Makes further nodes of the second questionnaire.
    pub fn lend<'o, R>(&mut self, second: &mut Beside<'o>, make: impl FnOnce(&mut Circuit<'o>) -> R) -> R {
        second.circuit.graph = std::mem::take(&mut self.graph);
        let made = make(&mut second.circuit);
        self.graph = std::mem::take(&mut second.circuit.graph);
        made
    }

    /// A circuit of this questionnaire with room for others beside it: numbers are cut also where the others cut
    /// them, so that these can use the same variables.
    pub fn with_others<'o>(
        questionnaire: &'q Questionnaire,
        audience: Audience,
        sheets: Sheets,
        others: impl IntoIterator<Item = &'o Questionnaire>,
    ) -> Circuit<'q> {
        let mut cuts = Cuts::default();
        others.into_iter().for_each(|other| cuts.add(other));
        Circuit::cut(questionnaire, audience, sheets, &cuts)
    }
}

impl<'q> Beside<'q> {
    /// For looking at: its nodes are in the graph of the first circuit.
    pub fn circuit(&self) -> &Circuit<'q> {
        &self.circuit
    }

    /// What holds of the answers on top of the first circuit's laws.
    pub fn laws(&self) -> impl Iterator<Item = Vec<Lit>> {
        self.laws.iter().cloned()
    }

    /// What one person would say to the first questionnaire and to this one.
    pub fn read(&self, first: &Circuit, value: impl Fn(Lit) -> bool) -> (RawSheet, RawSheet) {
        let mut one = RawSheet::read(first, &value);
        let other = RawSheet::read(&self.circuit, &value);
        // Of numbers that the first treats alike, the one that the second has.
        for (index, &at) in self.counterparts.questions.iter().enumerate() {
            let (Some(at), Some(Answer::Number(number))) = (at, &other.answers[index]) else { continue };
            let question: &Question = &first.questionnaire.questions[at];
            let answer = Answer::Number(*number);
            let alike = |answer: &Answer| first.asked[at].variables.values(Some(answer));
            if one.answers[at].as_ref().is_some_and(|old| alike(old) == alike(&answer))
                && answer.check(question).is_ok()
            {
                one.answers[at] = Some(answer);
            }
        }
        (one, other)
    }

    /// This sheet of the second questionnaire with what the person says to the first, where both take that answer.
    /// An answer of `other` that only the second takes stays.
    pub fn follow(&self, first: &Circuit, said: &RawSheet, other: &RawSheet) -> RawSheet {
        let mut other = RawSheet { kept: said.kept, ..other.clone() };
        for (index, &at) in self.counterparts.questions.iter().enumerate() {
            let Some(at) = at else { continue };
            let ways = self.ways(first, at, index);
            if ways.back(other.answers[index].as_ref()).is_some()
                && let Some(answer) = ways.on(said.answers[at].as_ref())
            {
                other.answers[index] = answer;
            }
        }
        other
    }

    /// The same the other way: a sheet of the first with what is said to the second.
    pub fn lead(&self, first: &Circuit, said: &RawSheet, one: &RawSheet) -> RawSheet {
        let mut one = RawSheet { kept: said.kept, ..one.clone() };
        for (index, &at) in self.counterparts.questions.iter().enumerate() {
            let Some(at) = at else { continue };
            let ways = self.ways(first, at, index);
            if ways.on(one.answers[at].as_ref()).is_some()
                && let Some(answer) = ways.back(said.answers[index].as_ref())
            {
                one.answers[at] = answer;
            }
        }
        one
    }

    fn ways<'a>(&'a self, first: &'a Circuit, at: QuestionIndex, index: QuestionIndex) -> Ways<'a> {
        Ways {
            first: &first.questionnaire.questions[at],
            second: &self.circuit.questionnaire.questions[index],
            options: &self.counterparts.options[index],
        }
    }

    /// The values of all inputs of the common graph, one for each, when the person says this to both. Inputs of
    /// other circuits in it are false.
    pub fn values(&self, first: &Circuit, (one, other): (&RawSheet, &RawSheet)) -> Vec<bool> {
        let numbers: HashMap<Lit, usize> =
            first.graph.inputs().iter().enumerate().map(|(number, &input)| (input, number)).collect();
        let mut values = vec![false; numbers.len()];
        let mut set = |circuit: &Circuit, sheet: &RawSheet| {
            let variables = circuit.asked.iter().flat_map(|asked| asked.variables.inputs());
            let inputs = std::iter::once(circuit.kept).chain(variables);
            for (input, value) in inputs.zip(sheet.values(circuit)) {
                if let Some(&number) = numbers.get(&input) {
                    values[number] = value;
                }
            }
        };
        set(first, one);
        set(&self.circuit, other);
        values
    }
}

/// A question in both versions.
struct Ways<'a> {
    first: &'a Question,
    second: &'a Question,
    /// For each option of the second that of the first.
    options: &'a [Option<OptionIndex>],
}

impl Ways<'_> {
    /// The same answer to the second version; `None` where that does not take it.
    fn on(&self, answer: Option<&Answer>) -> Option<Option<Answer>> {
        let there = |option| self.options.iter().position(|&here| here == Some(option));
        translated(answer, there, self.second)
    }

    /// The same answer to the first version.
    fn back(&self, answer: Option<&Answer>) -> Option<Option<Answer>> {
        translated(answer, |option| self.options.get(option).copied().flatten(), self.first)
    }
}

/// An answer with the options of another version of its question.
fn translated(
    answer: Option<&Answer>,
    option: impl Fn(OptionIndex) -> Option<OptionIndex>,
    question: &Question,
) -> Option<Option<Answer>> {
    let Some(answer) = answer else {
        return (question.optional || !question.takes_answer()).then_some(None);
    };
    let ticked = answer.ticked();
    let there: OptionSet = ticked.iter().filter_map(option).collect();
    let answer = match answer {
        Answer::Options(_) => Answer::Options(there),
        Answer::Unsure { .. } => Answer::Unsure { ticked: there },
        answer => answer.clone(),
    };
    (there.len() == ticked.len() && answer.check(question).is_ok()).then_some(Some(answer))
}

/// Where each run of numbers that are treated alike begins.
fn starts(variables: &Variables) -> impl Iterator<Item = (Comparison, f64)> {
    let places = match variables {
        Variables::Ladder { places, .. } => places.as_slice(),
        _ => &[],
    };
    places.iter().filter_map(|place| match place {
        Place::Numbers { start, .. } => Some(start.as_comparison()),
        _ => None,
    })
}

impl Graph {
    /// All of `when` imply one of `then`.
    pub(super) fn law(when: &[Lit], then: &[Lit]) -> Vec<Lit> {
        when.iter().map(|&lit| !lit).chain(then.iter().copied()).collect()
    }
}
