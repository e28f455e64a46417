//! What was asked about and is absent.

use super::Negative;
use super::reasons::number;
use super::texts::Texts;
use crate::answers::{Answer, Facts, Truth};

/// The findings of the red-flag questions that were asked about and are absent. Beside "not sure", what was not
/// ticked is not known to be absent.
pub fn negatives(facts: &Facts, texts: Texts) -> Vec<Negative> {
    let questions = facts.questionnaire.questions.iter().enumerate();
    let absent = |(index, asked): (usize, &crate::questionnaire::Question)| {
        let Answer::Options(chosen) = facts.answer(index)? else { return None };
        let several = asked.takes_several();
        let concerning = asked.concerning();
        let absent = match several {
            true => concerning.without(*chosen),
            // One of several: what was chosen instead says more than what was not.
            false if !chosen.intersects(concerning) && !concerning.is_empty() => *chosen,
            false => return None,
        };
        (!absent.is_empty()).then(|| Negative {
            question: index,
            number: number(facts, index),
            ask: texts.line(&asked.ask),
            several,
            none_at_all: several && chosen.without(concerning) == *chosen,
            absent: texts.answer(&Answer::Options(absent), asked),
        })
    };
    questions.filter(|(_, question)| question.red_flag).filter_map(absent).collect()
}

/// The screens for red flags that have no answer and are not known to be for others.
pub fn not_asked(facts: &Facts, texts: Texts) -> Vec<String> {
    let questions = facts.questionnaire.questions.iter().enumerate();
    let not_asked = questions.filter(|&(index, question)| {
        question.red_flag && facts.live(index) != Truth::False && facts.answer(index).is_none()
    });
    not_asked.map(|(_, question)| texts.line(&question.ask)).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::answers::small;
    use crate::questionnaire::{Audience, Concern, Questionnaire};
    use crate::site::Site;

    /// What is absent, whether of several, and whether nothing of the list is there; for each question that has it.
    fn absent(answers: &str) -> Vec<(String, bool, bool)> {
        absent_of(answers, |_| {})
    }

    fn absent_of(answers: &str, change: fn(&mut Questionnaire)) -> Vec<(String, bool, bool)> {
        let mut questionnaire = small::questionnaire(
            "signs, type: many_of, unsure: true, red_flag: true, options: [{ id: leak, label: Leak }, \
               { id: rust, label: Rust }, { id: none, label: Neither, exclusive: true }]
             loud, type: yes_no, unsure: true, red_flag: true
             slow, type: yes_no, unsure: true",
            "now: { any: [{ signs: [leak, rust] }, { loud: yes }, { slow: yes }] }",
        );
        change(&mut questionnaire);
        let sheet = small::sheet(&questionnaire, answers);
        let facts = Facts::of(&questionnaire, Audience::Clinician, &sheet);
        let site = Site::default();
        let found = negatives(&facts, Texts::new(&questionnaire, Audience::Clinician, &site));
        found.into_iter().map(|one| (one.absent, one.several, one.none_at_all)).collect()
    }

    #[test]
    fn of_a_list_what_was_not_ticked_is_absent() {
        let words = |absent: &str| absent.to_owned();
        assert_eq!(absent("{'signs': ['none']}"), [(words("Leak; Rust"), true, true)]);
        assert_eq!(absent("{'signs': ['leak']}"), [(words("Rust"), true, false)]);
        assert_eq!(absent("{'signs': ['leak', 'rust']}"), []);
        assert_eq!(absent("{'signs': ['leak', 'unsure']}"), [], "nothing is known of the other");
        assert_eq!(absent("{'signs': 'unsure'}"), []);
    }

    #[test]
    fn of_one_answer_that_is_of_no_concern_it_says_what_was_chosen_instead() {
        assert_eq!(absent("{'loud': 'no'}"), [("No".to_owned(), false, false)]);
        assert_eq!(absent("{'loud': 'yes'}"), []);
        assert_eq!(absent("{'loud': 'unsure'}"), []);
        let no_concern: fn(&mut Questionnaire) = |it| it.questions[1].concern = Concern::None;
        for answer in ["{'loud': 'no'}", "{'loud': 'yes'}"] {
            assert_eq!(absent_of(answer, no_concern), [], "neither is more of a concern");
        }
    }

    #[test]
    fn only_what_was_asked_about_as_a_red_flag_is_told_as_absent() {
        assert_eq!(absent("{'slow': 'no'}"), []);
        assert_eq!(absent("{}"), []);
    }
}
