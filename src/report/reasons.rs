//! Why: what set the level, the rules that hold, the answers behind them, and what open answers could mean.

use super::evidence;
use super::judged::Judged;
use super::texts::Texts;
use super::{Answered, Doubt, Meaning, Reason, Sources};
use crate::answers::{Answer, Facts, Truth};
use crate::questionnaire::{Audience, Domain, LevelIndex, QuestionIndex, RuleIndex, UnsureCountsAs};
use crate::triage::{self, Evidence};

/// What set the level comes first, whatever its kind: a rule, or answers "not sure". Then the most urgent.
pub fn reasons(judged: &Judged, doubts: &[Doubt], texts: Texts, sources: &mut Sources) -> Vec<Reason> {
    let mut rules = judged.assessment.rules.clone();
    rules.sort_by_key(|&rule| judged.questionnaire.rules[rule].level);
    let by_doubt = by_doubt(judged, doubts, texts);
    by_doubt.into_iter().chain(rules.into_iter().map(|rule| reason(judged, rule, texts, sources))).collect()
}

fn reason(judged: &Judged, rule: RuleIndex, texts: Texts, sources: &mut Sources) -> Reason {
    let evidence = evidence::smallest(judged, rule);
    let because = triage::in_words(&judged.facts, rule);
    let rule = &judged.questionnaire.rules[rule];
    Reason {
        rules: vec![rule.id.clone()],
        level: rule.level,
        doubt: false,
        words: texts.line(because),
        answers: evidence.iter().filter_map(|one| answered_part(&judged.facts, one, texts)).collect(),
        sources: sources.cite(&rule.sources),
    }
}

/// The answers "not sure" that made it as urgent as it is; `None` where a rule did.
fn by_doubt(judged: &Judged, doubts: &[Doubt], texts: Texts) -> Option<Reason> {
    let level = judged.levels().0.filter(|_| judged.is_decided_by_doubt())?;
    let counts_as = |meaning: &Meaning| {
        let policy = judged.questionnaire.unsure;
        let counted = match policy.counts_as {
            UnsureCountsAs::SameLevel => meaning.level,
            UnsureCountsAs::OneLevelLess => meaning.level + 1,
        };
        counted.min(policy.at_least)
    };
    let decides = |doubt: &&Doubt| doubt.could_mean.iter().any(|meaning| counts_as(meaning) <= level);
    let deciding: Vec<&Doubt> = doubts.iter().filter(decides).collect();
    let mut rules: Vec<String> = Vec::new();
    for meaning in deciding.iter().flat_map(|doubt| &doubt.could_mean) {
        if counts_as(meaning) <= level && !rules.contains(&meaning.rule) {
            rules.push(meaning.rule.clone());
        }
    }
    let answers = deciding.iter().map(|doubt| Answered {
        question: doubt.question,
        number: doubt.number,
        ask: doubt.ask.clone(),
        answer: texts.words.answers.unsure.to_owned(),
        phrase: None,
        stands_alone: false,
    });
    Some(Reason {
        rules,
        level,
        doubt: true,
        words: match texts.reader() {
            Audience::Patient => texts.words.report.because_unsure.to_owned(),
            Audience::Clinician => texts.words.report.because_unsure_clinician.to_owned(),
        },
        answers: answers.collect(),
        sources: Vec::new(),
    })
}

/// The part of an answer that matters, such as two of the five options ticked.
pub fn answered_part(facts: &Facts, evidence: &Evidence, texts: Texts) -> Option<Answered> {
    let answer = facts.answer(evidence.question)?;
    if evidence.options.is_empty() {
        Some(answered(facts, evidence.question, answer, texts))
    } else {
        Some(answered(facts, evidence.question, &Answer::Options(evidence.options), texts))
    }
}

/// A question as it was asked, with `answer` in words.
pub fn answered(facts: &Facts, question: QuestionIndex, answer: &Answer, texts: Texts) -> Answered {
    let asked = &facts.questionnaire.questions[question];
    Answered {
        question,
        number: number(facts, question),
        ask: texts.line(&asked.ask),
        answer: texts.answer(answer, asked),
        phrase: texts.phrase(answer, asked),
        stands_alone: matches!(asked.domain, Domain::One { .. } | Domain::Several | Domain::Text)
            && !asked.is_yes_no()
            && !answer.is_unsure(),
    }
}

/// The number that the question had on the screen: how many have been asked up to it.
pub fn number(facts: &Facts, question: QuestionIndex) -> usize {
    (0..=question).filter(|&q| facts.is_asked(q)).count()
}

/// The open answers that leave a level more urgent than `certain` possible.
pub fn doubts(facts: &Facts, certain: LevelIndex, texts: Texts) -> Vec<Doubt> {
    let mut rules: Vec<_> =
        facts.questionnaire.rules.iter().enumerate().filter(|(_, rule)| rule.level < certain).collect();
    rules.sort_by_key(|(_, rule)| rule.level);
    let mut doubts: Vec<Doubt> = Vec::new();
    for (index, rule) in rules {
        if facts.rule(index) != Truth::Unknown {
            continue;
        }
        let because = triage::in_words(facts, index);
        let meaning = Meaning { rule: rule.id.clone(), level: rule.level, words: texts.line(because) };
        for question in triage::doubts(facts, &rule.when) {
            match doubts.iter_mut().find(|doubt| doubt.question == question) {
                Some(doubt) => doubt.could_mean.push(meaning.clone()),
                None => doubts.push(Doubt {
                    question,
                    number: number(facts, question),
                    ask: texts.line(&facts.questionnaire.questions[question].ask),
                    answered: facts.answer(question).is_some(),
                    could_mean: vec![meaning.clone()],
                }),
            }
        }
    }
    doubts.sort_by_key(|doubt| (doubt.could_mean[0].level, doubt.question));
    doubts
}
