//! What was "not sure" and was asked once more, and what was said then.

use super::Judged;
use super::texts::Texts;
use crate::answers::Truth;
use crate::encounter::{Said, Settled};
use crate::questionnaire::{OptionIndex, QuestionIndex};

/// A sentence for each question, in the order of asking.
pub fn settled(judged: &Judged, texts: Texts) -> Vec<String> {
    let mut questions: Vec<QuestionIndex> = Vec::new();
    for settled in &judged.encounter.settled {
        let question = settled.question;
        if judged.facts.live(question) != Truth::False && !questions.contains(&question) {
            questions.push(question);
        }
    }
    questions.into_iter().filter_map(|question| one(judged, question, texts)).collect()
}

fn one(judged: &Judged, question: QuestionIndex, texts: Texts) -> Option<String> {
    let asked = &judged.questionnaire.questions[question];
    let words = &texts.words.settling;
    let ask = texts.line(&asked.ask);
    let about: Vec<&Settled> =
        judged.encounter.settled.iter().filter(|settled| settled.question == question).collect();
    if let [Settled { option: None, said, .. }] = about[..] {
        return match said.as_ref()? {
            Said::Answer(answer) => Some(words.was_unsure(&ask, &texts.answer(answer, asked))),
            _ => Some(words.still_unsure(&ask)),
        };
    }
    let label = |option: OptionIndex| {
        let option = &asked.options[option];
        texts.line(option.phrase.as_ref().unwrap_or(&option.label))
    };
    let named = |wanted: Said, name: &str| {
        let options = about.iter().filter(|settled| settled.said.as_ref() == Some(&wanted));
        let labels: Vec<String> = options
            .filter_map(|settled| settled.option)
            .map(|option| format!("\"{}\"", label(option)))
            .collect();
        (!labels.is_empty()).then(|| format!("{}: {}", name.to_lowercase(), labels.join(", ")))
    };
    let answers = &texts.words.answers;
    let said = [(Said::Yes, answers.yes), (Said::Unsure, words.not_sure), (Said::No, answers.no)];
    let said: Vec<String> = said.into_iter().filter_map(|(said, name)| named(said, name)).collect();
    (!said.is_empty()).then(|| words.was_unsure(&ask, &said.join("; ")))
}
