//! What to say on the phone.

use super::Doubt;
use super::follow_ups::spoken_for;
use super::judged::Judged;
use super::outcome::Outcome;
use super::texts::Texts;
use crate::answers::Answer;
use crate::questionnaire::{Domain, LevelIndex, OptionIndex, QuestionIndex};
use crate::triage::{self, Evidence};

/// Sentences in the first person, one a line: what is asked for, who and where and since when, the worst sign, the
/// rest, and what the person is not sure about.
///
/// Whoever answers the phone has to know of a doubt about something more urgent, also when the level does not
/// rest on it.
pub fn say(judged: &Judged, outcome: &Outcome, doubts: &[Doubt], texts: Texts) -> Vec<String> {
    let questionnaire = judged.questionnaire;
    let mut sentences = Vec::new();
    // What is asked for comes first.
    if let Some(level) = outcome.level.as_ref().filter(|_| judged.is_final()) {
        let within = outcome.within.as_ref().map(|within| within.say.as_str());
        let is_said = |within: &&str| level.title.to_lowercase().ends_with(&within.to_lowercase());
        let within = within.filter(|within| !is_said(within));
        sentences.push(texts.words.report.say_result(&level.title, within));
    }
    sentences.push(texts.line(&questionnaire.say));
    let worst = worst(judged);
    let presenting =
        |question: QuestionIndex| questionnaire.presenting.iter().position(|&first| first == question);
    let mut order: Vec<QuestionIndex> = (0..questionnaire.questions.len()).collect();
    order.sort_by_key(|&question| {
        let first = presenting(question);
        (first.is_none(), first, worst[question], question)
    });
    for question in order {
        for sentence in about(judged, question, texts) {
            if !sentences.contains(&sentence) {
                sentences.push(sentence);
            }
        }
    }
    // Also a doubt that is itself why the level is what it is.
    let behind_a_rule = doubted(judged);
    let behind_a_rule = behind_a_rule.iter().map(|&it| texts.line(&questionnaire.questions[it].ask));
    let open = doubts.iter().filter(|doubt| doubt.answered).map(|doubt| doubt.ask.clone());
    for ask in behind_a_rule.chain(open) {
        let sentence = texts.words.report.say_unsure(&format!("\"{ask}\""));
        if !sentences.contains(&sentence) {
            sentences.push(sentence);
        }
    }
    sentences.retain(|sentence| !sentence.is_empty());
    sentences
}

/// For each question the most urgent level of a true rule that its answer is behind.
fn worst(judged: &Judged) -> Vec<LevelIndex> {
    let mut worst = vec![judged.questionnaire.levels.len(); judged.questionnaire.questions.len()];
    for &rule in &judged.assessment.rules {
        let rule = &judged.questionnaire.rules[rule];
        for evidence in triage::evidence(&judged.facts, &rule.when) {
            worst[evidence.question] = worst[evidence.question].min(rule.level);
        }
    }
    worst
}

/// The questions whose "not sure" makes a rule true, and not what was ticked beside it.
fn doubted(judged: &Judged) -> Vec<QuestionIndex> {
    let mut doubted = Vec::new();
    for &rule in &judged.assessment.rules {
        let evidence = triage::evidence(&judged.facts, &judged.questionnaire.rules[rule].when);
        let is_doubt = |evidence: &Evidence| {
            evidence.options.is_empty()
                && judged.facts.answer(evidence.question).is_some_and(Answer::is_unsure)
        };
        doubted.extend(evidence.into_iter().filter(is_doubt).map(|evidence| evidence.question));
    }
    doubted.sort_unstable();
    doubted.dedup();
    doubted
}

/// The sentences about one answer. A follow-up with a sentence of its own speaks for the option that opened it.
fn about(judged: &Judged, question: QuestionIndex, texts: Texts) -> Vec<String> {
    let asked = &judged.questionnaire.questions[question];
    let Some(answer) = judged.facts.answer(question) else { return Vec::new() };
    let of_question = || asked.say.as_ref().map(|say| texts.say(say, answer, asked));
    match (&asked.domain, answer) {
        (Domain::Number(_), Answer::Number(_)) => of_question().into_iter().collect(),
        (Domain::One { .. }, answer) if asked.is_yes_no() => {
            of_question().filter(|_| answer.ticked().contains(YES)).into_iter().collect()
        }
        (_, answer) => {
            let spoken_for = spoken_for(&judged.facts, question, |option| option.say.is_some());
            let said = answer.ticked().iter().filter(|option| !spoken_for.contains(*option));
            let say = said.filter_map(|option: OptionIndex| asked.options[option].say.as_ref());
            say.map(|say| texts.say(say, answer, asked)).collect()
        }
    }
}

/// Of the options that a yes_no has by itself.
const YES: usize = 1;
