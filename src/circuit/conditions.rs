//! Conditions to nodes.

use std::collections::HashMap;

use super::{Circuit, Lit, Rails};
use crate::questionnaire::condition::Comparison;
use crate::questionnaire::{Condition, DefinitionIndex, Question, QuestionIndex, Questionnaire};

/// The numbers with which conditions compare the answer to a question.
pub(super) type Bounds = Vec<(Comparison, f64)>;

/// For each question its bounds.
pub(super) fn bounds(questionnaire: &Questionnaire) -> Vec<Bounds> {
    let mut bounds = vec![Bounds::new(); questionnaire.questions.len()];
    for condition in questionnaire.conditions() {
        condition.visit(&mut |part| {
            if let Condition::Number(question, comparison, bound) = part {
                bounds[*question].push((*comparison, *bound));
            }
        });
    }
    bounds
}

/// Where questionnaires cut numbers: the bounds and limits of all of them, by the id of the question.
#[derive(Debug, Clone, Default)]
pub struct Cuts(HashMap<String, Bounds>);

impl Cuts {
    pub fn add(&mut self, questionnaire: &Questionnaire) {
        for (question, bounds) in questionnaire.questions.iter().zip(bounds(questionnaire)) {
            let Some((min, max)) = question.limits() else { continue };
            let known = self.0.entry(question.id.clone()).or_default();
            for bound in bounds.into_iter().chain(limits((min, max))) {
                if !known.contains(&bound) {
                    known.push(bound);
                }
            }
        }
    }

    pub(super) fn of(&self, question: &Question) -> impl Iterator<Item = (Comparison, f64)> {
        self.0.get(&question.id).into_iter().flatten().copied()
    }
}

/// Numbers within limits are cut off from others.
pub(super) fn limits((min, max): (f64, f64)) -> [(Comparison, f64); 2] {
    [(Comparison::AtLeast, min), (Comparison::Above, max)]
}

impl Circuit<'_> {
    /// The nodes of a condition on the questions that the circuit has so far.
    pub fn rails(&mut self, condition: &Condition) -> Rails {
        match condition {
            Condition::All(parts) => {
                let parts = self.parts(parts);
                Rails {
                    certain: self.graph.all(parts.iter().map(|part| part.certain)),
                    possible: self.graph.all(parts.iter().map(|part| part.possible)),
                }
            }
            Condition::Any(parts) => {
                let parts = self.parts(parts);
                self.any(&parts)
            }
            Condition::Not(part) => {
                let part = self.rails(part);
                Rails { certain: !part.possible, possible: !part.certain }
            }
            Condition::AtLeast(needed, parts) => {
                let (certain, possible): (Vec<Lit>, Vec<Lit>) =
                    self.parts(parts).iter().map(|part| (part.certain, part.possible)).unzip();
                Rails {
                    certain: self.graph.at_least(*needed, &certain),
                    possible: self.graph.at_least(*needed, &possible),
                }
            }
            Condition::Has(question, options) => {
                let given = self.asked[*question].variables.has(*options, &mut self.graph);
                self.about(*question, given, true)
            }
            Condition::Number(question, comparison, bound) => {
                let given = self.asked[*question].variables.compares(*comparison, *bound, &mut self.graph);
                self.about(*question, given, true)
            }
            Condition::Unsure(question) => {
                let given = self.asked[*question].variables.unsure(&mut self.graph);
                self.about(*question, given, false)
            }
            Condition::Definition(definition) => self.definition(*definition),
            Condition::Rule(rules) => {
                let rules: Vec<Rails> = rules.iter().map(|&rule| self.rules[rule]).collect();
                self.any(&rules)
            }
            Condition::UnsureAnswers => Rails { certain: self.unsure_answers, possible: self.unsure_answers },
        }
    }

    fn parts(&mut self, parts: &[Condition]) -> Vec<Rails> {
        parts.iter().map(|part| self.rails(part)).collect()
    }

    fn any(&mut self, parts: &[Rails]) -> Rails {
        Rails {
            certain: self.graph.any(parts.iter().map(|part| part.certain)),
            possible: self.graph.any(parts.iter().map(|part| part.possible)),
        }
    }

    pub(super) fn definition(&mut self, definition: DefinitionIndex) -> Rails {
        if let Some(known) = self.definitions[definition] {
            return known;
        }
        let questionnaire = self.questionnaire;
        let rails = self.rails(&questionnaire.definitions[definition].condition);
        self.definitions[definition] = Some(rails);
        rails
    }

    /// What the answer to a question makes of a condition that `given` says is met.
    fn about(&mut self, question: QuestionIndex, given: Lit, unsure_leaves_it_open: bool) -> Rails {
        let asked = &self.asked[question];
        let graph = &mut self.graph;
        let open = match unsure_leaves_it_open {
            true => asked.variables.unsure(graph),
            false => Lit::FALSE,
        };
        let met = graph.or(given, open);
        let certain = graph.and(asked.heard, given);
        let possible = match self.questionnaire.questions[question].optional {
            true => graph.and(asked.heard, met),
            false => {
                let missing = asked.variables.missing(graph);
                let unheard = match asked.heard == asked.live.possible {
                    true => missing,
                    false => graph.or(!asked.heard, missing),
                };
                let met = graph.or(met, unheard);
                graph.and(asked.live.possible, met)
            }
        };
        Rails { certain, possible }
    }
}
