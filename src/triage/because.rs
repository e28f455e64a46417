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
///
/// A question that may never be asked stands for the answers that decide whether it is.
pub fn doubts(facts: &Facts, condition: &Condition) -> Vec<QuestionIndex> {
    let mut questions = Vec::new();
    collect_doubts(facts, condition, &mut questions);
    questions.sort_unstable();
    questions
}

fn collect_doubts(facts: &Facts, condition: &Condition, questions: &mut Vec<QuestionIndex>) {
    let mut found = Vec::new();
    if facts.truth(condition) == Truth::Unknown {
        explain(facts, condition, Truth::Unknown, &mut found);
    }
    for Evidence { question, .. } in found {
        let ask_if = facts.questionnaire.questions[question].ask_if.as_ref();
        match ask_if {
            Some(ask_if) if facts.live(question) == Truth::Unknown && facts.answer(question).is_none() => {
                collect_doubts(facts, ask_if, questions);
            }
            _ if questions.contains(&question) => {}
            _ => questions.push(question),
        }
    }
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

#[cfg(test)]
mod tests {
    use super::*;
    use crate::answers::json::SheetReader;
    use crate::questionnaire::{Audience, Questionnaire, yaml};

    fn small() -> Questionnaire {
        let text = include_bytes!("../../tests/fixtures/small.yaml");
        yaml::load("small.yaml", text).expect("no mistakes").questionnaire
    }

    /// The ids of the questions that `explained` finds for a rule on a sheet.
    fn questions(
        sheet: &str,
        rule: &str,
        explained: fn(&Facts, &Condition) -> Vec<QuestionIndex>,
    ) -> Vec<String> {
        let questionnaire = small();
        let sheet = SheetReader::new(&questionnaire).read(sheet).expect("a sheet");
        let facts = Facts::of(&questionnaire, Audience::Patient, &sheet);
        let rule = questionnaire.rules.iter().find(|r| r.id == rule).expect("a rule");
        let found = explained(&facts, &rule.when);
        found.into_iter().map(|question| questionnaire.questions[question].id.clone()).collect()
    }

    fn behind(facts: &Facts, condition: &Condition) -> Vec<QuestionIndex> {
        evidence(facts, condition).iter().map(|evidence| evidence.question).collect()
    }

    #[test]
    fn the_answers_behind_a_rule_are_those_that_make_it_true() {
        let sheet = r#"{"signs": ["numb", "weak"], "numb_since": "new", "severity": 2}"#;
        assert_eq!(questions(sheet, "E01", behind), ["signs", "numb_since"]);
        assert_eq!(questions(sheet, "E01", doubts), [""; 0]);
    }

    #[test]
    fn only_the_options_that_matter_are_evidence() {
        let questionnaire = small();
        let sheet = r#"{"signs": ["numb", "weak"], "numb_since": "new"}"#;
        let sheet = SheetReader::new(&questionnaire).read(sheet).expect("a sheet");
        let facts = Facts::of(&questionnaire, Audience::Patient, &sheet);
        let found = evidence(&facts, &questionnaire.rules[0].when);
        let signs = questionnaire.question_index("signs").expect("a question");
        let numb = found.iter().find(|evidence| evidence.question == signs).expect("evidence").options;
        assert_eq!(numb, OptionSet::one(0), "weakness is not in the part of the rule that holds");
    }

    #[test]
    fn a_question_that_may_never_be_asked_is_not_in_doubt_but_the_one_before_it() {
        let sheet = r#"{"signs": "unsure", "severity": 1, "age": 9, "cancer_history": "no"}"#;
        assert_eq!(questions(sheet, "E01", doubts), ["signs"]);
        let asked = r#"{"signs": "numb", "numb_since": "unsure", "severity": 1, "cancer_history": "no"}"#;
        let asked = asked.replace("\"numb\"", "[\"numb\"]");
        assert_eq!(questions(&asked, "E01", doubts), ["numb_since"]);
    }
}
