//! Which answers made a condition true, and which leave it open.

use crate::answers::{Facts, Truth};
use crate::questionnaire::{Condition, OptionSet, QuestionIndex};

/// An answer behind a reason.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Evidence {
    pub question: QuestionIndex,
    /// Of a question with options: those that matter here.
    pub options: OptionSet,
}

/// The answers that make a true condition true, in the order of asking; empty if it is not true.
pub fn evidence(facts: &Facts, condition: &Condition) -> Vec<Evidence> {
    let mut found = Vec::new();
    if facts.truth(condition) == Truth::True {
        explain(facts, condition, Truth::True, &mut found);
    }
    found.sort_by_key(|evidence: &Evidence| evidence.question);
    found.dedup_by(|next, kept| {
        let same = next.question == kept.question;
        if same {
            kept.options = kept.options.union(next.options);
        }
        same
    });
    found
}

/// The questions whose open answers leave a condition unknown, in the order of asking; empty if it is known.
pub fn doubts(facts: &Facts, condition: &Condition) -> Vec<QuestionIndex> {
    let mut found = Vec::new();
    if facts.truth(condition) == Truth::Unknown {
        explain(facts, condition, Truth::Unknown, &mut found);
    }
    let mut questions: Vec<_> = found.into_iter().map(|evidence| evidence.question).collect();
    questions.sort_unstable();
    questions.dedup();
    questions
}

/// Collects the atoms that have the truth value `why` and carry it up to `condition`.
fn explain(facts: &Facts, condition: &Condition, why: Truth, found: &mut Vec<Evidence>) {
    if facts.truth(condition) != why {
        return;
    }
    let opposite = match why {
        Truth::True => Truth::False,
        Truth::False => Truth::True,
        Truth::Unknown => Truth::Unknown,
    };
    match condition {
        Condition::All(parts) | Condition::Any(parts) | Condition::AtLeast(_, parts) => {
            parts.iter().for_each(|part| explain(facts, part, why, found));
        }
        Condition::Not(part) => explain(facts, part, opposite, found),
        Condition::Definition(definition) => {
            explain(facts, &facts.questionnaire.definitions[*definition].condition, why, found);
        }
        Condition::Has(question, options) => {
            let ticked = facts.answer(*question).map_or(OptionSet::EMPTY, |answer| answer.ticked());
            let options = if why == Truth::True { ticked.intersection(*options) } else { ticked };
            found.push(Evidence { question: *question, options });
        }
        Condition::Unsure(question) | Condition::Number(question, ..) => {
            found.push(Evidence { question: *question, options: OptionSet::EMPTY });
        }
        Condition::Rule(rules) => {
            rules.iter().for_each(|&rule| explain(facts, &facts.questionnaire.rules[rule].when, why, found));
        }
        Condition::UnsureAnswers => {}
    }
}
