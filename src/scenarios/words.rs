//! What is said about cases and mutants, to authors.

use super::mutants::Output;
use super::run::Mismatch;
use crate::questionnaire::{Questionnaire, UnsureCountsAs};

/// What came out otherwise: `the level is `urgent`, not `routine``.
pub(super) fn mismatch(questionnaire: &Questionnaire, wanted_level: usize, mismatch: &Mismatch) -> String {
    let question = |index: usize| &questionnaire.questions[index].id;
    let level = |index: usize| &questionnaire.levels[index].id;
    match *mismatch {
        Mismatch::Open(open) => format!("`{}` is asked, but the case has no answer to it", question(open)),
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

/// What is left unsaid of the answers: those of the baseline. `besides`: others were said.
pub(super) fn others(count: usize, besides: bool, baseline: &str) -> String {
    let answers = if count == 1 { "answer" } else { "answers" };
    let other = if besides { "other " } else { "" };
    format!("{count} {other}{answers} of the baseline `{baseline}`")
}

/// Something that a person can come to see.
pub(super) fn output(questionnaire: &Questionnaire, output: Output) -> String {
    match output {
        Output::Level => "the level".to_owned(),
        Output::Rule(rule) => of_rule(&questionnaire.rules[rule].id),
        Output::Question(question) => format!("question `{}`", questionnaire.questions[question].id),
        Output::Step(step) => of_step(&questionnaire.next_steps[step].id),
        Output::Page(page) => format!("page `{}`", questionnaire.learn[page].id),
        Output::Advice(level) => {
            format!("when to act or whom to ask at `{}`", questionnaire.levels[level].id)
        }
    }
}

pub(super) fn of_rule(id: &str) -> String {
    format!("rule {id}")
}

pub(super) fn of_ask_if(id: &str) -> String {
    format!("`ask_if` of `{id}`")
}

pub(super) fn of_definition(name: &str) -> String {
    format!("definition `{name}`")
}

pub(super) fn of_step(id: &str) -> String {
    format!("step `{id}`")
}

pub(super) fn of_within(level: &str) -> String {
    format!("`within` of the level `{level}`")
}

pub(super) fn rule_left_out(id: &str) -> String {
    format!("without rule {id}")
}

pub(super) fn rule_level(id: &str, to: &str, from: &str) -> String {
    format!("rule {id}: {}", instead(&format!("level: {to}"), from))
}

pub(super) fn counts_as(to: UnsureCountsAs) -> String {
    let (same, less) = ("same_level", "one_level_less");
    match to {
        UnsureCountsAs::SameLevel => format!("`unsure`: {}", instead(&format!("counts_as: {same}"), less)),
        UnsureCountsAs::OneLevelLess => format!("`unsure`: {}", instead(&format!("counts_as: {less}"), same)),
    }
}

pub(super) fn at_least_level(to: &str, from: &str) -> String {
    format!("`unsure`: {}", instead(&format!("at_least: {to}"), from))
}

pub(super) fn instead(to: &str, from: &str) -> String {
    format!("`{to}` instead of `{from}`")
}

pub(super) fn without(part: &str) -> String {
    format!("without `{part}`")
}

pub(super) fn always(condition: &str) -> String {
    format!("always, and not only for `{condition}`")
}

pub(super) fn never(condition: &str) -> String {
    format!("never, and not for `{condition}`")
}

pub(super) fn survives(what: &str) -> String {
    format!("no scenario notices this change, which gives some people another level: {what}")
}

/// The name of a case for a mutant, until its author gives it a better one.
pub(super) fn case_name(what: &str) -> String {
    format!("Notices {}", what.replace('`', ""))
}

pub(super) const ADD_CASE: &str = "this case would notice it; give it a name that says what it tests";
pub(super) const CASE_ABOVE: &str = "a case suggested above would notice it too";
