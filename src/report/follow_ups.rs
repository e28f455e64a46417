//! Follow-ups that say more than the answer that opened them.

use crate::answers::Facts;
use crate::questionnaire::{Choice, Condition, OptionSet, QuestionIndex};

/// The options of a question that the answer to a follow-up speaks for, where an option of that answer `says` so:
/// "a leak, new" makes "a leak" needless.
pub fn spoken_for(facts: &Facts, question: QuestionIndex, says: impl Fn(&Choice) -> bool) -> OptionSet {
    let mut spoken_for = OptionSet::EMPTY;
    let later = facts.questionnaire.questions.iter().enumerate().skip(question + 1);
    for (index, follow_up) in later {
        let Some(Condition::Has(parent, options)) = &follow_up.ask_if else { continue };
        let Some(answer) = facts.answer(index).filter(|_| *parent == question) else { continue };
        let mut ticked = answer.ticked().iter().filter_map(|option| follow_up.options.get(option));
        if ticked.any(&says) {
            spoken_for = spoken_for.union(*options);
        }
    }
    spoken_for
}
