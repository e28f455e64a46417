//! What is said about cases and mutants, to authors.

use super::run::Mismatch;
use crate::questionnaire::Questionnaire;

/// What came out otherwise: `the level is `urgent`, not `routine``.
pub(super) fn mismatch(questionnaire: &Questionnaire, wanted_level: usize, mismatch: &Mismatch) -> String {
    let question = |index: usize| &questionnaire.questions[index].id;
    let level = |index: usize| &questionnaire.levels[index].id;
    match *mismatch {
        Mismatch::Open(open) => format!("`{}` is asked, and the case has no answer to it", question(open)),
        Mismatch::Unheard(unheard) => {
            format!("`{}` is answered here, but it is not asked", question(unheard))
        }
        Mismatch::Level(came) => format!("the level is `{}`, not `{}`", level(came), level(wanted_level)),
        Mismatch::Rule(rule, wanted) => {
            format!("rule {} is {}", questionnaire.rules[rule].id, if wanted { "not true" } else { "true" })
        }
        Mismatch::Asked(asked, wanted) => {
            format!("`{}` is {}", question(asked), if wanted { "not asked" } else { "asked" })
        }
        Mismatch::Step(step, wanted) => {
            let id = &questionnaire.next_steps[step].id;
            format!("the step `{id}` is {}", if wanted { "not shown" } else { "shown" })
        }
        Mismatch::Within(Some(days)) => format!("the time to act within is {days} days"),
        Mismatch::Within(None) => "there is no time in days to act within".to_owned(),
    }
}

/// What can be done about it.
pub(super) fn help(questionnaire: &Questionnaire, mismatch: &Mismatch) -> Option<String> {
    let question = |index: usize| &questionnaire.questions[index].id;
    match *mismatch {
        Mismatch::Open(open) => {
            Some(format!("add `{}: ...` to the answers of the case or of its baseline", question(open)))
        }
        Mismatch::Unheard(_) => {
            Some("leave the answer out, or give the answers that lead to the question".to_owned())
        }
        _ => None,
    }
}

pub(super) const ANSWERS: &str = "the answers that matter";
pub(super) const LEVEL: &str = "=> level";
pub(super) const RULES: &str = "=> rules";
pub(super) const NONE: &str = "none";

/// What is left unsaid of the answers.
pub(super) fn others(count: usize) -> String {
    match count {
        1 => "1 other answer".to_owned(),
        _ => format!("{count} other answers"),
    }
}
