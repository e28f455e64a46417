//! The questionnaire as one boolean circuit, for everything that looks at all sheets at once.
//!
//! A condition is true, false or unknown, so it is two nodes: [`Rails::certain`], it is true, and
//! [`Rails::possible`], it is not false. The variables are the answers of a [`RawSheet`], to every question
//! whether asked or not; conditions see only the answers of questions that are asked. The plain interpreter in
//! `answers` and `triage` stays the reference, and tests hold the two together.
//!
//! [`Circuit::beside`] compiles a second questionnaire into the same graph, on the answers of the same person. Then
//! one search tells whether anybody is at this level by the one and at that level by the other.

mod batch;
mod beside;
mod conditions;
mod counterparts;
mod graph;
mod kernel;
mod raw;
mod ties;
mod told;
mod variables;

pub use batch::{Batch, Rows, Slot};
pub use beside::Beside;
pub use conditions::Cuts;
pub use counterparts::Counterparts;
pub use graph::{Graph, Lit, Node, NodeValues};
pub use kernel::Plane;
pub use raw::RawSheet;
pub use told::{JudgedSheet, Parts, Shape, Told};
pub use variables::{Place, Sheets, Variables, place_of};

use crate::answers::Answer;
use crate::questionnaire::{Audience, LevelIndex, QuestionIndex, Questionnaire, Shown, UnsureCountsAs};

/// A truth value of three as two nodes. What is certain is also possible.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Rails {
    /// It is true.
    pub certain: Lit,
    /// It is true or unknown.
    pub possible: Lit,
}

impl Rails {
    pub const TRUE: Rails = Rails { certain: Lit::TRUE, possible: Lit::TRUE };
    pub const FALSE: Rails = Rails { certain: Lit::FALSE, possible: Lit::FALSE };
}

/// A question in the circuit.
#[derive(Debug, Clone)]
pub struct Asked {
    pub variables: Variables,
    /// It is asked.
    pub live: Rails,
    /// Its answer, if it has one, is on the sheet and counts.
    pub heard: Lit,
    /// "Not sure" is its answer, and counts.
    pub unsure: Lit,
}

/// A questionnaire as asked of one audience.
#[derive(Debug, Clone)]
pub struct Circuit<'q> {
    pub questionnaire: &'q Questionnaire,
    pub audience: Audience,
    sheets: Sheets,
    pub graph: Graph,
    /// See [`RawSheet::kept`]; the first input.
    pub kept: Lit,
    /// The same for each question by itself; empty, if one holds for all.
    pub keeps: Vec<Lit>,
    pub asked: Vec<Asked>,
    /// Filled as conditions come to use them, and complete when the circuit is.
    definitions: Vec<Option<Rails>>,
    pub rules: Vec<Rails>,
    /// For each level: it is reached, or a more urgent one is, by a rule that is true.
    pub certain: Vec<Lit>,
    /// The same by a rule that is true or unknown.
    pub possible: Vec<Lit>,
    /// For each level: the result is this level or a more urgent one.
    pub level: Vec<Lit>,
    unsure_answers: Lit,
}

impl<'q> Circuit<'q> {
    pub fn new(questionnaire: &'q Questionnaire, audience: Audience, sheets: Sheets) -> Circuit<'q> {
        Circuit::cut(questionnaire, audience, sheets, &Cuts::default())
    }

    /// Numbers are cut also at `cuts`, so that questionnaires that cut them there can come beside this one.
    pub fn cut(
        questionnaire: &'q Questionnaire,
        audience: Audience,
        sheets: Sheets,
        cuts: &Cuts,
    ) -> Circuit<'q> {
        let mut bounds = conditions::bounds(questionnaire);
        for (question, bounds) in questionnaire.questions.iter().zip(&mut bounds) {
            bounds.extend(cuts.of(question));
        }
        let mut graph = Graph::default();
        let kept = graph.input();
        Circuit::over(graph, kept, questionnaire, audience, sheets, |index, graph| {
            Variables::new(&questionnaire.questions[index], &bounds[index], sheets, graph)
        })
    }

    /// As [`Circuit::new`] with complete sheets, but of each question by itself it is said whether its answer is kept.
    ///
    /// That is an interview in the middle: an answer that was given stays, and a question whose branch is in doubt
    /// waits. The inputs are more than a [`RawSheet`] has values for.
    pub fn in_the_middle(questionnaire: &'q Questionnaire, audience: Audience) -> Circuit<'q> {
        let bounds = conditions::bounds(questionnaire);
        let mut graph = Graph::default();
        let kept = graph.input();
        let keeps = questionnaire.questions.iter().map(|_| graph.input()).collect();
        Circuit::with(graph, (kept, keeps), questionnaire, audience, Sheets::Complete, |index, graph| {
            Variables::new(&questionnaire.questions[index], &bounds[index], Sheets::Complete, graph)
        })
    }

    /// `variables` gives those of each question, in the order of asking.
    fn over(
        graph: Graph,
        kept: Lit,
        questionnaire: &'q Questionnaire,
        audience: Audience,
        sheets: Sheets,
        variables: impl FnMut(QuestionIndex, &mut Graph) -> Variables,
    ) -> Circuit<'q> {
        Circuit::with(graph, (kept, Vec::new()), questionnaire, audience, sheets, variables)
    }

    fn with(
        graph: Graph,
        (kept, keeps): (Lit, Vec<Lit>),
        questionnaire: &'q Questionnaire,
        audience: Audience,
        sheets: Sheets,
        mut variables: impl FnMut(QuestionIndex, &mut Graph) -> Variables,
    ) -> Circuit<'q> {
        let mut circuit = Circuit {
            questionnaire,
            audience,
            sheets,
            graph,
            kept,
            keeps,
            asked: Vec::with_capacity(questionnaire.questions.len()),
            definitions: vec![None; questionnaire.definitions.len()],
            rules: Vec::with_capacity(questionnaire.rules.len()),
            certain: Vec::new(),
            possible: Vec::new(),
            level: Vec::new(),
            unsure_answers: Lit::FALSE,
        };
        for question in 0..questionnaire.questions.len() {
            let asked = circuit.ask(question, &mut variables);
            circuit.asked.push(asked);
        }
        for rule in &questionnaire.rules {
            let rails = circuit.rails(&rule.when);
            circuit.rules.push(rails);
        }
        for definition in 0..questionnaire.definitions.len() {
            circuit.definition(definition);
        }
        circuit.unsure_answers = circuit.graph.any(circuit.asked.iter().map(|asked| asked.unsure));
        circuit.levels();
        circuit
    }

    /// Conditions look at earlier questions only, so the questions come in the order of asking.
    fn ask(
        &mut self,
        index: QuestionIndex,
        variables: &mut impl FnMut(QuestionIndex, &mut Graph) -> Variables,
    ) -> Asked {
        let question = &self.questionnaire.questions[index];
        let section = &self.questionnaire.sections[question.section];
        let live = match &question.ask_if {
            _ if section.audience.is_some_and(|only| only != self.audience) => Rails::FALSE,
            Some(condition) => self.rails(condition),
            None => Rails::TRUE,
        };
        let variables = variables(index, &mut self.graph);
        let kept = self.keeps.get(index).copied().unwrap_or(self.kept);
        let graph = &mut self.graph;
        let in_doubt = graph.and(live.possible, kept);
        let heard = match live.certain == live.possible {
            true => live.certain,
            false => graph.or(live.certain, in_doubt),
        };
        let unsure = variables.unsure(graph);
        let unsure = graph.and(heard, unsure);
        Asked { variables, live, heard, unsure }
    }

    /// From the rules to the level, as `triage::assess` does it.
    fn levels(&mut self) {
        let questionnaire = self.questionnaire;
        let graph = &mut self.graph;
        let last = questionnaire.last_level();
        let mut reached = |rail: fn(&Rails) -> Lit| {
            let mut so_far = Lit::FALSE;
            let levels = (0..last).map(|level| {
                let rules = questionnaire.rules.iter().zip(&self.rules);
                let here =
                    graph.any(rules.filter(|(rule, _)| rule.level == level).map(|(_, rails)| rail(rails)));
                so_far = graph.or(so_far, here);
                so_far
            });
            // With no rule at all it is the last level.
            levels.collect::<Vec<Lit>>().into_iter().chain([Lit::TRUE]).collect()
        };
        self.certain = reached(|rails| rails.certain);
        self.possible = reached(|rails| rails.possible);
        let policy = questionnaire.unsure;
        for level in 0..=last {
            let doubtful = match policy.counts_as {
                UnsureCountsAs::SameLevel => self.possible[level],
                UnsureCountsAs::OneLevelLess if level > 0 => self.possible[level - 1],
                UnsureCountsAs::OneLevelLess => Lit::FALSE,
            };
            // When nothing is in doubt, the doubtful level is the certain one or follows it: no harm in the or.
            let mut result = graph.or(self.certain[level], doubtful);
            if policy.at_least <= level {
                // In doubt is a level that is possible and not certain. Up to this level that is to be possible
                // here, because this level is either certain, or no level up to it is.
                result = graph.or(result, self.possible[level]);
                for beyond in level + 1..=last {
                    let in_doubt = graph.and(self.possible[beyond], !self.certain[beyond]);
                    result = graph.or(result, in_doubt);
                }
            }
            self.level.push(result);
        }
    }

    /// The result is this level.
    pub fn is_level(&mut self, level: LevelIndex) -> Lit {
        let above = level.checked_sub(1).map_or(Lit::FALSE, |above| self.level[above]);
        self.graph.and(self.level[level], !above)
    }

    /// A step or page is shown to those whom it is for.
    pub fn shown(&mut self, shown: &Shown) -> Lit {
        let levels: Vec<Lit> = shown.levels.iter().map(|&level| self.is_level(level)).collect();
        let fits = match levels.is_empty() {
            true => Lit::TRUE,
            false => self.graph.any(levels),
        };
        let holds = shown.when.as_ref().map_or(Lit::TRUE, |when| self.rails(when).certain);
        self.graph.and(fits, holds)
    }

    /// The values of all nodes, a column for each of at most 64 sheets. The first ones come again in the columns that
    /// are left: a column without a sheet would be no sheet of anybody.
    pub fn simulate(&self, sheets: &[RawSheet]) -> NodeValues {
        let sheets = || sheets.iter().cycle().take(64);
        let kept =
            sheets().enumerate().fold(0, |kept, (column, sheet)| kept | u64::from(sheet.kept) << column);
        self.graph.simulate(
            &self.inputs(kept, |question| sheets().map(move |sheet| sheet.answers[question].as_ref())),
        )
    }

    /// The values of all nodes, a column for each of at most 64 people, of whom `answers` gives the answers to a
    /// question. `kept` is that of a [`RawSheet`], for all of them.
    pub fn simulate_answers<'a, I>(&self, kept: bool, answers: impl Fn(QuestionIndex) -> I) -> NodeValues
    where
        I: Iterator<Item = Option<&'a Answer>>,
    {
        self.graph.simulate(&self.inputs(if kept { u64::MAX } else { 0 }, answers))
    }

    /// A word for each input: a column for each of at most 64 sheets, of which `answers` gives the answers to a
    /// question.
    fn inputs<'a, I>(&self, kept: u64, answers: impl Fn(QuestionIndex) -> I) -> Vec<u64>
    where
        I: Iterator<Item = Option<&'a Answer>>,
    {
        let mut inputs = Vec::with_capacity(self.graph.inputs().len());
        inputs.push(kept);
        for (question, asked) in self.asked.iter().enumerate() {
            asked.variables.words(answers(question).take(64), &mut inputs);
        }
        inputs
    }

    /// The answer that a finished sheet needs is missing; `None` where it needs none.
    pub fn lacks(&mut self, question: QuestionIndex) -> Option<Lit> {
        let asked = &self.questionnaire.questions[question];
        let is_needed = !asked.optional && asked.takes_answer();
        is_needed.then(|| self.asked[question].variables.missing(&mut self.graph))
    }

    /// What holds of the variables for every sheet: clauses, each of which has a true literal.
    pub fn laws(&self) -> impl Iterator<Item = Vec<Lit>> {
        self.asked.iter().flat_map(|asked| asked.variables.laws())
    }
}
