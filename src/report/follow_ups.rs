//! Follow-ups that say more than the answer that opened them.

use crate::answers::Facts;
use crate::questionnaire::{Choice, Condition, OptionSet, Question, QuestionIndex, Questionnaire};

/// The question and the ticked signs that a follow-up asks more about, such as since when. A question that only some
/// are asked, such as those who smoke, is none of these, nor is a question with yes and no: each has a finding of its
/// own.
pub fn asks_about(questionnaire: &Questionnaire, follow_up: &Question) -> Option<(QuestionIndex, OptionSet)> {
    match &follow_up.ask_if {
        Some(Condition::Has(parent, options))
            if questionnaire.questions[*parent].takes_several() && follow_up.is_written_in_order() =>
        {
            Some((*parent, *options))
        }
        _ => None,
    }
}

/// The options of a question that the answer to a follow-up speaks for, where an option of that answer `says` so:
/// "a leak, new" makes "a leak" needless.
pub fn spoken_for(facts: &Facts, question: QuestionIndex, says: impl Fn(&Choice) -> bool) -> OptionSet {
    let mut spoken_for = OptionSet::EMPTY;
    let later = facts.questionnaire.questions.iter().enumerate().skip(question + 1);
    for (index, follow_up) in later {
        let about = asks_about(facts.questionnaire, follow_up).filter(|(parent, _)| *parent == question);
        let (Some((_, options)), Some(answer)) = (about, facts.answer(index)) else { continue };
        let mut ticked = answer.ticked().iter().filter_map(|option| follow_up.options.get(option));
        if ticked.any(&says) {
            spoken_for = spoken_for.union(options);
        }
    }
    spoken_for
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::answers::small;

    #[test]
    fn only_an_ordered_question_about_one_of_several_signs_says_more_of_it() {
        let options = "options: [{ id: old, label: O }, { id: new, label: N }]";
        let questionnaire = small::questionnaire(
            &format!(
                "signs, type: many_of, options: [{{ id: leak, label: L }}, {{ id: rust, label: R }}]
                 loud, type: yes_no
                 since, type: one_of, ordered: true, ask_if: {{ signs: leak }}, {options}
                 where, type: one_of, ask_if: {{ signs: leak }}, {options}
                 how_long, type: one_of, ordered: true, ask_if: {{ loud: yes }}, {options}
                 why, type: one_of, ask_if: {{ loud: yes }}, {options}
                 always, type: one_of, ordered: true, {options}"
            ),
            "now: { loud: yes }",
        );
        let about = |id: &str| {
            let question = questionnaire.question_index(id).expect("a question");
            asks_about(&questionnaire, &questionnaire.questions[question])
        };
        assert_eq!(about("since"), Some((0, OptionSet::one(0))));
        for other in ["where", "how_long", "why", "always", "signs"] {
            assert_eq!(about(other), None, "{other}");
        }
    }
}
