//! What was "not sure" and was asked once more, and what was said then.

use super::Judged;
use super::words::Words;
use crate::answers::Truth;
use crate::encounter::{Said, Settled};
use crate::questionnaire::{OptionIndex, QuestionIndex};

/// A sentence for each question, in the order of asking.
pub fn settled(judged: &Judged, words: Words) -> Vec<String> {
    let mut questions: Vec<QuestionIndex> = Vec::new();
    for settled in &judged.encounter.settled {
        let question = settled.question;
        if judged.facts.live(question) != Truth::False && !questions.contains(&question) {
            questions.push(question);
        }
    }
    questions.into_iter().filter_map(|question| one(judged, question, words)).collect()
}

fn one(judged: &Judged, question: QuestionIndex, words: Words) -> Option<String> {
    let asked = &judged.questionnaire.questions[question];
    let own = &words.own.settling;
    let ask = words.line(&asked.ask);
    let about: Vec<&Settled> =
        judged.encounter.settled.iter().filter(|settled| settled.question == question).collect();
    if let [Settled { option: None, said, .. }] = about[..] {
        return match said.as_ref()? {
            Said::Answer(answer) => Some((own.was_unsure)(&ask, &words.answer(answer, asked))),
            _ => Some((own.still_unsure)(&ask)),
        };
    }
    let label = |option: OptionIndex| {
        let option = &asked.options[option];
        words.line(option.phrase.as_ref().unwrap_or(&option.label))
    };
    let named = |wanted: Said, name: &str| {
        let options = about.iter().filter(|settled| settled.said.as_ref() == Some(&wanted));
        let labels: Vec<String> = options
            .filter_map(|settled| settled.option)
            .map(|option| format!("\"{}\"", label(option)))
            .collect();
        (!labels.is_empty()).then(|| format!("{}: {}", name.to_lowercase(), labels.join(", ")))
    };
    let answers = &words.own.answers;
    let said = [(Said::Yes, answers.yes), (Said::Unsure, own.not_sure), (Said::No, answers.no)];
    let said: Vec<String> = said.into_iter().filter_map(|(said, name)| named(said, name)).collect();
    (!said.is_empty()).then(|| (own.was_unsure)(&ask, &said.join("; ")))
}
