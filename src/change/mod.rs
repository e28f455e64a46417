//! What decided a result, and what would make it more urgent: worked out from the rules, for a summary.
//!
//! [`deciding`] finds a smallest set of the answers given that forces the level whatever all others are; that is a
//! proof on the circuit. [`nearest`] tries every other answer to one question on the circuit, and the plain
//! interpreter judges each that is told once more.

mod deciding;
mod hitting;
mod nearest;

pub use deciding::{Decider, Deciding, Effort};
pub use nearest::{Nearest, Other};

use crate::answers::{Facts, Truth};
use crate::circuit::{Circuit, RawSheet, Sheets};
use crate::questionnaire::{LevelIndex, RuleIndex};
use crate::triage::{self, Assessment};

/// What a summary says about its result.
#[derive(Debug, Clone, PartialEq)]
pub struct Changes {
    pub deciding: Deciding,
    /// The rules by which it is this level, in the order of the file.
    pub rules: Vec<RuleIndex>,
    /// The most urgent first, then the nearest.
    pub nearest: Vec<Nearest>,
}

impl Changes {
    /// Of a sheet as it stands. While it is not finished, the result is what is certain.
    pub fn of(facts: &Facts, effort: Effort) -> Changes {
        let assessment = triage::assess(facts);
        let level = assessment.at_least();
        let questions = 0..facts.questionnaire.questions.len();
        let answers = questions.clone().map(|question| facts.answer(question).cloned()).collect();
        // An answer that may yet be set aside counts, as it does in the assessment.
        let given = RawSheet { answers, kept: true };
        let in_doubt = |question| facts.live(question) == Truth::Unknown && facts.answer(question).is_some();
        let kept = questions.into_iter().any(in_doubt);
        let mut circuit = Circuit::new(facts.questionnaire, facts.audience, Sheets::Partial);
        Changes {
            nearest: nearest::nearest(facts, &assessment, &mut circuit, &given),
            deciding: deciding::deciding(facts, &assessment, circuit, RawSheet { kept, ..given }, effort),
            rules: rules_for(facts, &assessment, level),
        }
    }
}

/// The rules by which it is this level: those that are true, or those that open answers leave possible.
fn rules_for(facts: &Facts, assessment: &Assessment, level: LevelIndex) -> Vec<RuleIndex> {
    let rules = facts.questionnaire.rules.iter().enumerate();
    let certain = assessment.certain;
    let fits = |index: RuleIndex, of: LevelIndex| match level == certain {
        true => of == level && facts.rule(index) == Truth::True,
        false => of < certain && facts.rule(index) == Truth::Unknown,
    };
    rules.filter(|&(index, rule)| fits(index, rule.level)).map(|(index, _)| index).collect()
}
