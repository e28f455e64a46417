//! Which answers "not sure" a level hangs on.

use std::cmp::min;

use super::because::{doubts, evidence};
use super::{Assessment, assess};
use crate::answers::{Answer, Facts, Sheet, Truth};
use crate::questionnaire::{
    Audience, Concern, Domain, LevelIndex, OptionSet, Question, QuestionIndex, Questionnaire, UnsureCountsAs,
};

/// The questions answered "not sure" without which the level of a finished sheet would be less urgent, in the order
/// of asking; none if it would be the same.
///
/// Without them means: with the least concerning answer to each, and what is ticked beside "not sure" stays.
pub fn deciding_doubts(
    questionnaire: &Questionnaire,
    audience: Audience,
    sheet: &Sheet,
) -> Vec<QuestionIndex> {
    let facts = Facts::of(questionnaire, audience, sheet);
    let now = assess(&facts);
    let is_unsure = |question: &QuestionIndex| facts.answer(*question).is_some_and(Answer::is_unsure);
    let unsure: Vec<QuestionIndex> = (0..questionnaire.questions.len()).filter(is_unsure).collect();
    if !now.complete || unsure.is_empty() {
        return Vec::new();
    }
    let calm = calmed(questionnaire, audience, sheet, &unsure);
    let calm = Facts::of(questionnaire, audience, &calm);
    let without = assess(&calm).level;
    if without <= now.level {
        return Vec::new();
    }
    let mut found: Vec<QuestionIndex> = Vec::new();
    for (index, rule) in questionnaire.rules.iter().enumerate() {
        let truth = facts.rule(index);
        if truth <= calm.rule(index) || counts_for(&facts, &now, rule.level, truth) >= without {
            continue;
        }
        match truth {
            Truth::Unknown => found.extend(doubts(&facts, &rule.when)),
            // A rule may say itself that "not sure" makes it hold.
            _ => found.extend(evidence(&facts, &rule.when).into_iter().map(|evidence| evidence.question)),
        }
    }
    found.retain(is_unsure);
    found.sort_unstable();
    found.dedup();
    found
}

/// How urgent a rule makes it that holds, or that may hold.
fn counts_for(facts: &Facts, now: &Assessment, level: LevelIndex, truth: Truth) -> LevelIndex {
    let policy = facts.questionnaire.unsure;
    let doubtful = match policy.counts_as {
        UnsureCountsAs::SameLevel => level,
        UnsureCountsAs::OneLevelLess => level + 1,
    };
    match truth {
        Truth::True => level,
        _ if level < now.certain => min(doubtful, policy.at_least),
        _ => facts.questionnaire.last_level(),
    }
}

/// The sheet with the least concerning answer to each of these questions.
fn calmed(q: &Questionnaire, audience: Audience, sheet: &Sheet, unsure: &[QuestionIndex]) -> Sheet {
    let mut calm = sheet.clone();
    for &question in unsure {
        let ticked = sheet.get(question).map(Answer::ticked).unwrap_or_default();
        let least_urgent = least(&q.questions[question], ticked).into_iter().filter_map(|answer| {
            let mut tried = calm.clone();
            match answer {
                Some(answer) => tried.set(q, question, answer).ok()?,
                None => tried.clear(question),
            }
            let level = assess(&Facts::of(q, audience, &tried)).level;
            Some((level, tried))
        });
        if let Some((_, tried)) = least_urgent.max_by_key(|(level, _)| *level) {
            calm = tried;
        }
    }
    calm
}

/// The answers of which none is more concerning, where the file says so, and all that may be where it doesn't.
/// `None` among them: it can be left out, and then it is known to be absent.
fn least(question: &Question, ticked: OptionSet) -> Vec<Option<Answer>> {
    let mut answers: Vec<Option<Answer>> = match &question.domain {
        Domain::Several if !ticked.is_empty() => vec![Some(Answer::Options(ticked))],
        Domain::Several => question.exclusive().iter().map(Answer::option).map(Some).collect(),
        Domain::One { .. } => {
            let least = question.least_concerning();
            let least = if least.is_empty() { (0..question.options.len()).collect() } else { least };
            least.iter().map(Answer::option).map(Some).collect()
        }
        Domain::Number(bounds) => match question.concern {
            Concern::Higher => vec![bounds.min],
            Concern::Lower => vec![bounds.max],
            _ => vec![bounds.min, bounds.max],
        }
        .into_iter()
        .map(|number| Some(Answer::Number(number)))
        .collect(),
        Domain::Text | Domain::Nothing => Vec::new(),
    };
    if question.optional && ticked.is_empty() {
        answers.push(None);
    }
    answers
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::answers::small;

    /// The ids of the questions to settle, of a questionnaire in which one unsure answer counts one level less.
    fn to_settle(questions: &str, rules: &str, answers: &str) -> Vec<String> {
        let q = small::questionnaire(questions, rules);
        let sheet = small::sheet(&q, answers);
        let found = deciding_doubts(&q, Audience::Patient, &sheet);
        found.into_iter().map(|question| q.questions[question].id.clone()).collect()
    }

    const FOUR: &str = "a, type: yes_no, unsure: true
                        b, type: yes_no, unsure: true
                        c, type: yes_no, unsure: true
                        d, type: yes_no, unsure: true";

    #[test]
    fn only_answers_that_the_level_hangs_on_are_settled() {
        let rules = "now: { a: yes }\nsoon: { b: yes }\nlater: { c: yes }";
        let settle = |answers: &str| to_settle(FOUR, rules, answers);
        assert_eq!(settle("{'a':'unsure','b':'no','c':'no','d':'unsure'}"), ["a"]);
        assert_eq!(settle("{'a':'unsure','b':'no','c':'unsure','d':'no'}"), ["a", "c"]);
        assert!(settle("{'a':'yes','b':'unsure','c':'unsure','d':'no'}").is_empty(), "it is certain");
        assert!(settle("{'a':'no','b':'no','c':'no','d':'unsure'}").is_empty(), "it changes nothing");
        assert!(settle("{'a':'no','b':'yes','c':'unsure','d':'no'}").is_empty(), "it is less urgent");
        assert!(settle("{'a':'unsure','b':'no','c':'no'}").is_empty(), "it is not finished");
    }

    #[test]
    fn answers_that_matter_only_together_are_all_found() {
        let rules = "now: { any: [{ all: [{ a: yes }, { b: yes }] }, { all: [{ c: yes }, { d: yes }] }] }";
        let settle = |answers: &str| to_settle(FOUR, rules, answers);
        assert_eq!(settle("{'a':'unsure','b':'unsure','c':'unsure','d':'unsure'}"), ["a", "b", "c", "d"]);
        assert_eq!(settle("{'a':'unsure','b':'no','c':'unsure','d':'yes'}"), ["c"]);
    }

    #[test]
    fn a_rule_that_holds_because_somebody_is_unsure_counts() {
        let rules = "now: { all: [{ a: unsure }, { b: yes }] }";
        assert_eq!(to_settle(FOUR, rules, "{'a':'unsure','b':'yes','c':'no','d':'no'}"), ["a"]);
    }

    #[test]
    fn what_is_ticked_beside_not_sure_stays() {
        let list = "signs, type: many_of, unsure: true, options: [{ id: red, label: R }, { id: blue, label: B }, \
                    { id: none, label: N, exclusive: true }]\nother, type: yes_no";
        let rules = "now: { signs: red }\nsoon: { signs: blue }";
        assert_eq!(to_settle(list, rules, "{'signs':['blue','unsure'],'other':'no'}"), ["signs"]);
        assert!(to_settle(list, rules, "{'signs':['red','unsure'],'other':'no'}").is_empty());
    }
}
