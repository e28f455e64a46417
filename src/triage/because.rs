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

/// The answers that make a true condition true, in the order of asking; empty if it is not true, or is true
/// for want of answers.
pub fn evidence(facts: &Facts, condition: &Condition) -> Vec<Evidence> {
    let mut found = Vec::new();
    if facts.truth(condition) == Truth::True {
        explain(facts, condition, Truth::True, &mut found);
    }
    found.retain(|evidence| facts.answer(evidence.question).is_some());
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
///
/// A question that is not asked because another one is open is not among them: that other one is.
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
        Condition::Has(question, _) | Condition::Unsure(question) | Condition::Number(question, ..) => {
            let asked = &facts.questionnaire.questions[*question];
            match &asked.ask_if {
                Some(ask_if) if why == Truth::Unknown && !facts.is_asked(*question) => {
                    explain(facts, ask_if, why, found);
                }
                _ => found.push(Evidence { question: *question, options: mattering(facts, condition, why) }),
            }
        }
        Condition::Rule(rules) => {
            rules.iter().for_each(|&rule| explain(facts, &facts.questionnaire.rules[rule].when, why, found));
        }
        Condition::UnsureAnswers => {}
    }
}

/// Of the options ticked, those that give a condition on one answer the truth value `why`.
fn mattering(facts: &Facts, condition: &Condition, why: Truth) -> OptionSet {
    let Condition::Has(question, options) = condition else { return OptionSet::EMPTY };
    let ticked = facts.answer(*question).map_or(OptionSet::EMPTY, |answer| answer.ticked());
    if why == Truth::True { ticked.intersection(*options) } else { ticked }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::answers::small;
    use crate::questionnaire::{Audience, Questionnaire};

    const QUESTIONS: &str = "
        signs, type: many_of, unsure: true, options: [{ id: red, label: N }, { id: blue, label: W }, \
            { id: green, label: C }, { id: none, label: O, exclusive: true }]
        since, type: yes_no, unsure: true, ask_if: { signs: red }
        age, type: number, unsure: true, min: 1, max: 120
        late, type: yes_no, unsure: true";

    fn questionnaire(condition: &str) -> Questionnaire {
        small::questionnaire(&QUESTIONS.replace("\\\n", ""), &format!("now: {condition}"))
    }

    /// Ids of the questions behind a true rule, with the options that matter.
    fn because(condition: &str, answers: &str) -> Vec<String> {
        let questionnaire = questionnaire(condition);
        let sheet = small::sheet(&questionnaire, answers);
        let facts = Facts::of(&questionnaire, Audience::Patient, &sheet);
        let evidence = evidence(&facts, &questionnaire.rules[0].when);
        let words = evidence.iter().map(|evidence| {
            let asked = &questionnaire.questions[evidence.question];
            let options = evidence.options.iter().map(|option| format!(" {}", asked.options[option].id));
            format!("{}{}", asked.id, options.collect::<String>())
        });
        words.collect()
    }

    /// Ids of the questions that leave the rule unknown.
    fn in_doubt(condition: &str, answers: &str) -> Vec<String> {
        let questionnaire = questionnaire(condition);
        let sheet = small::sheet(&questionnaire, answers);
        let facts = Facts::of(&questionnaire, Audience::Patient, &sheet);
        let doubts = doubts(&facts, &questionnaire.rules[0].when);
        doubts.into_iter().map(|question| questionnaire.questions[question].id.clone()).collect()
    }

    #[test]
    fn of_several_ticked_options_those_that_matter_are_named() {
        let signs = "{'signs': ['red', 'green', 'unsure'], 'late': 'yes'}";
        assert_eq!(because("{ signs: [red, blue] }", signs), ["signs red"]);
        assert_eq!(because("{ all: [{ signs: red }, { signs: green }] }", signs), ["signs red green"]);
        assert_eq!(because("{ any: [{ late: yes }, { signs: blue }] }", signs), ["late yes"]);
        assert_eq!(
            because("{ at_least: 2, of: [{ signs: green }, { late: yes }, { age: { above: 3 } }] }", signs),
            ["signs green", "late yes"]
        );
    }

    #[test]
    fn what_is_not_there_is_behind_a_not_only_where_an_answer_says_so() {
        let condition = "{ not: { any: [{ signs: blue }, { since: yes }] } }";
        assert_eq!(because(condition, "{'signs': ['none'], 'since': 'yes'}"), ["signs none"]);
        assert_eq!(because(condition, "{'signs': ['red'], 'since': 'no'}"), ["signs red", "since no"]);
    }

    #[test]
    fn nothing_is_behind_what_is_not_true() {
        assert!(because("{ late: yes }", "{'late': 'no'}").is_empty());
        assert!(because("{ late: yes }", "{'late': 'unsure'}").is_empty());
    }

    #[test]
    fn open_and_unsure_answers_are_doubts_only_while_they_matter() {
        let either = "{ any: [{ late: yes }, { age: { at_least: 60 } }] }";
        assert_eq!(in_doubt(either, "{'late': 'unsure'}"), ["age", "late"]);
        assert_eq!(in_doubt(either, "{'late': 'unsure', 'age': 30}"), ["late"]);
        assert!(in_doubt(either, "{'late': 'unsure', 'age': 60}").is_empty());
        let both = "{ late: yes, age: { at_least: 60 } }";
        assert!(in_doubt(both, "{'late': 'no'}").is_empty());
        assert_eq!(in_doubt(both, "{'late': 'yes'}"), ["age"]);
        assert_eq!(in_doubt("{ not: { late: yes } }", "{'late': 'unsure'}"), ["late"]);
    }

    #[test]
    fn the_doubt_about_a_question_not_asked_is_the_answer_that_decides_about_it() {
        assert_eq!(in_doubt("{ since: yes }", "{'signs': 'unsure'}"), ["signs"]);
        assert_eq!(in_doubt("{ since: yes }", "{}"), ["signs"]);
        assert_eq!(in_doubt("{ since: yes }", "{'signs': ['red']}"), ["since"]);
        assert_eq!(in_doubt("{ since: yes }", "{'signs': ['red'], 'since': 'unsure'}"), ["since"]);
    }
}
