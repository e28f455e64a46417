//! What decided the result and what would change it, in words.

use super::reasons::{answered, number};
use super::texts::{Texts, joined};
use super::{Answered, Decided, WouldBe, outcome};
use crate::answers::{Answer, Facts};
use crate::change::{Changes, Decider, Deciding, Nearest};
use crate::questionnaire::{ReturnItem, RuleIndex};
use crate::words::Words;

/// `None` where nothing can be said for certain.
pub fn decided(facts: &Facts, changes: &Changes, texts: Texts) -> Option<Decided> {
    let in_words = |decider: &Decider| match &decider.answer {
        Some(answer) => answered(facts, decider.question, answer, texts),
        None => Answered {
            question: decider.question,
            number: number(facts, decider.question),
            ask: texts.line(&facts.questionnaire.questions[decider.question].ask),
            answer: texts.words.answers.none.to_owned(),
            phrase: None,
            stands_alone: false,
        },
    };
    match &changes.deciding {
        Deciding::Nothing => Some(Decided { answers: Vec::new(), smallest: true, rules: Vec::new() }),
        // A level that everybody has was decided by no answer.
        Deciding::These { answers, .. } if answers.is_empty() => None,
        Deciding::These { answers, smallest } => Some(Decided {
            answers: answers.iter().map(in_words).collect(),
            smallest: *smallest,
            rules: ids(facts, &changes.rules),
        }),
        Deciding::Unclear => None,
    }
}

/// The most urgent first.
pub fn would_be(facts: &Facts, changes: &Changes, texts: Texts) -> Vec<WouldBe> {
    changes.nearest.iter().map(|nearest| one(facts, nearest, texts)).collect()
}

fn one(facts: &Facts, nearest: &Nearest, texts: Texts) -> WouldBe {
    let asked = &facts.questionnaire.questions[nearest.question];
    let given = facts.answer(nearest.question);
    let several = asked.takes_several();
    let ticked = given.map(Answer::ticked).unwrap_or_default();
    let others = nearest.others.iter().map(|other| match &other.answer {
        // Of several options, the one that is new says enough.
        Answer::Options(options) if several && !options.without(ticked).is_empty() => {
            texts.answer(&Answer::Options(options.without(ticked)), asked)
        }
        Answer::Unsure { .. } => texts.words.answers.unsure.to_owned(),
        answer => texts.answer(answer, asked),
    });
    WouldBe {
        question: nearest.question,
        number: number(facts, nearest.question),
        ask: texts.line(&asked.ask),
        given: given.map(|answer| texts.answer(answer, asked)),
        others: others.collect(),
        level: outcome::urgency(facts.questionnaire, nearest.level, texts),
        at_least: nearest.at_least,
        rules: ids(facts, &nearest.rules),
    }
}

/// A return list, what is nearest first: items about questions of which another answer would make the result more
/// urgent, in the order of these changes; then the others in the order of the file.
pub fn nearest_first<'q>(items: &'q [ReturnItem], changes: &Changes) -> impl Iterator<Item = &'q ReturnItem> {
    let mut items: Vec<&ReturnItem> = items.iter().collect();
    let nearest = &changes.nearest;
    items.sort_by_key(|item| {
        let first = nearest.iter().position(|nearest| item.about.contains(&nearest.question));
        first.unwrap_or(nearest.len())
    });
    items.into_iter()
}

fn ids(facts: &Facts, rules: &[RuleIndex]) -> Vec<String> {
    rules.iter().map(|&rule| facts.questionnaire.rules[rule].id.clone()).collect()
}

impl WouldBe {
    /// As one sentence, without the question: with one of these answers, the result would be that.
    pub fn line(&self, words: &Words) -> String {
        let others: Vec<_> = self.others.iter().map(|other| format!("\"{other}\"")).collect();
        words.report.would_be(&words.any_of(&others), &self.level.title, self.at_least)
    }

    /// The question, and that sentence.
    pub fn with_question(&self, words: &Words) -> String {
        joined(&self.ask, &self.line(words))
    }
}

impl Decided {
    /// What stands before the answers, or instead of them.
    pub fn line(&self, words: &crate::words::Report) -> &'static str {
        match self {
            Decided { answers, .. } if answers.is_empty() => words.nothing_decided,
            Decided { smallest: true, .. } => words.these_decided,
            Decided { smallest: false, .. } => words.a_few_decided,
        }
    }
}
