//! What to say on the phone.

use super::Doubt;
use super::words::Words;
use crate::answers::{Answer, Facts};
use crate::questionnaire::{Kind, OptionSet, QuestionIndex, RuleIndex};
use crate::triage;

/// One paragraph in the first person: the opening, a sentence for each answer that matters in the order
/// of asking, and what the person is not sure about.
///
/// Whoever answers the phone has to know of a doubt about something more urgent, also when the level does not
/// rest on it.
pub fn say(facts: &Facts, rules: &[RuleIndex], doubts: &[Doubt], words: Words) -> String {
    let questionnaire = facts.questionnaire;
    let mut behind = vec![None; questionnaire.questions.len()];
    for &rule in rules {
        for evidence in triage::evidence(facts, &questionnaire.rules[rule].when) {
            let options = behind[evidence.question].get_or_insert(OptionSet::EMPTY);
            *options = options.union(evidence.options);
        }
    }
    let mut sentences = vec![words.line(&questionnaire.say)];
    for (question, &behind) in behind.iter().enumerate() {
        for sentence in about(facts, question, behind, words) {
            if !sentences.contains(&sentence) {
                sentences.push(sentence);
            }
        }
    }
    let unsure = doubts.iter().filter(|doubt| doubt.answered);
    let unsure: Vec<_> = unsure.map(|doubt| format!("\"{}\"", doubt.ask)).collect();
    if !unsure.is_empty() {
        sentences.push((words.own.report.say_unsure)(&unsure.join(", ")));
    }
    sentences.retain(|sentence| !sentence.is_empty());
    sentences.join(" ")
}

/// The sentences about one question. Numbers are said whether a rule rests on them or not: everybody on
/// the phone asks for the age first.
fn about(facts: &Facts, question: QuestionIndex, behind: Option<OptionSet>, words: Words) -> Vec<String> {
    let asked = &facts.questionnaire.questions[question];
    let Some(answer) = facts.answer(question) else { return Vec::new() };
    let say = asked.say.as_ref();
    match (&asked.kind, behind) {
        (Kind::Number(_) | Kind::Scale { .. }, _) if matches!(answer, Answer::Number(_)) => {
            say.map(|say| words.say(say, answer, asked)).into_iter().collect()
        }
        (Kind::YesNo, Some(options)) if options.contains(YES) => {
            say.map(|say| words.say(say, answer, asked)).into_iter().collect()
        }
        (_, Some(options)) => options
            .iter()
            .filter_map(|option| asked.options[option].say.as_ref())
            .map(|say| words.say(say, answer, asked))
            .collect(),
        _ => Vec::new(),
    }
}

/// Of the options that a yes_no has by itself.
const YES: usize = 1;
