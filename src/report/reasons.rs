//! Why: the rules that hold, the answers behind them, and what open answers could mean.

use super::words::Words;
use super::{Doubt, Meaning, Reason, Sources, Told};
use crate::answers::{Answer, Facts, Truth};
use crate::questionnaire::{Kind, LevelIndex, QuestionIndex, RuleIndex};
use crate::triage::{self, Evidence};

/// The true rules as reasons, the most urgent first.
pub fn reasons(facts: &Facts, rules: &[RuleIndex], words: Words, sources: &mut Sources) -> Vec<Reason> {
    let mut rules = rules.to_vec();
    rules.sort_by_key(|&rule| facts.questionnaire.rules[rule].level);
    rules.into_iter().map(|rule| reason(facts, rule, words, sources)).collect()
}

fn reason(facts: &Facts, rule: RuleIndex, words: Words, sources: &mut Sources) -> Reason {
    let rule = &facts.questionnaire.rules[rule];
    let evidence = triage::evidence(facts, &rule.when);
    Reason {
        rule: rule.id.clone(),
        level: rule.level,
        words: words.line(&rule.because),
        answers: evidence.iter().filter_map(|evidence| told_evidence(facts, evidence, words)).collect(),
        sources: sources.cite(&rule.sources),
    }
}

/// The part of an answer that matters, such as two of the five options ticked.
fn told_evidence(facts: &Facts, evidence: &Evidence, words: Words) -> Option<Told> {
    let answer = facts.answer(evidence.question)?;
    if evidence.options.is_empty() {
        Some(told(facts, evidence.question, answer, words))
    } else {
        Some(told(facts, evidence.question, &Answer::Options(evidence.options), words))
    }
}

/// A question as it was asked, with `answer` in words.
pub fn told(facts: &Facts, question: QuestionIndex, answer: &Answer, words: Words) -> Told {
    let asked = &facts.questionnaire.questions[question];
    Told {
        question,
        number: number(facts, question),
        ask: words.line(&asked.ask),
        answer: words.answer(answer, asked),
        stands_alone: matches!(asked.kind, Kind::OneOf { .. } | Kind::ManyOf | Kind::BodyMap | Kind::Text)
            && !answer.is_unsure(),
    }
}

/// The number that the question had on the screen: how many have been asked up to it.
pub fn number(facts: &Facts, question: QuestionIndex) -> usize {
    (0..=question).filter(|&q| facts.is_asked(q)).count()
}

/// The open answers that leave a level more urgent than `certain` possible.
pub fn doubts(facts: &Facts, certain: LevelIndex, words: Words) -> Vec<Doubt> {
    let mut rules: Vec<_> =
        facts.questionnaire.rules.iter().enumerate().filter(|(_, rule)| rule.level < certain).collect();
    rules.sort_by_key(|(_, rule)| rule.level);
    let mut doubts: Vec<Doubt> = Vec::new();
    for (index, rule) in rules {
        if facts.rule(index) != Truth::Unknown {
            continue;
        }
        let meaning = Meaning { rule: rule.id.clone(), level: rule.level, words: words.line(&rule.because) };
        for question in triage::doubts(facts, &rule.when) {
            match doubts.iter_mut().find(|doubt| doubt.question == question) {
                Some(doubt) => doubt.could_mean.push(meaning.clone()),
                None => doubts.push(Doubt {
                    question,
                    number: number(facts, question),
                    ask: words.line(&facts.questionnaire.questions[question].ask),
                    answered: facts.answer(question).is_some(),
                    could_mean: vec![meaning.clone()],
                }),
            }
        }
    }
    doubts.sort_by_key(|doubt| (doubt.could_mean[0].level, doubt.question));
    doubts
}
