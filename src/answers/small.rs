//! Questionnaires of a few lines, for tests.

use super::Sheet;
use super::json::SheetReader;
use crate::questionnaire::{Questionnaire, yaml};

const HEAD: &str = "
id: small
version: 1.0.0
title: Small
sign_off: Nobody.
welcome: { about: For tests., points: [Short.] }
contacts: { clinic: c, emergency_number: e }
levels:
  - { id: now, title: Now, act: Act., interrupt: true, within: [{ say: now }], who: [{ say: somebody }] }
  - { id: today, title: Today, act: Act., within: [{ say: today }], who: [{ say: somebody }] }
  - { id: soon, title: Soon, act: Act., within: [{ say: soon }], who: [{ say: somebody }] }
  - { id: later, title: Later, act: Act., within: [{ say: later }], who: [{ say: somebody }] }
  - { id: never, title: Never, act: Act., within: [{ say: never }], who: [{ say: somebody }] }
return_list: { title: Get help for, items: [this] }
always: [No diagnosis.]
say: Hello.
next_steps: [{ id: rest, say: Rest. }]
learn: []
tables: []
sources: {}
";

/// A questionnaire with one question in each line of `questions`, such as `a, type: yes_no`, and one rule in
/// each line of `rules`, such as `now: { a: yes }`. The rules are called `R0`, `R1` and so on.
pub fn questionnaire(questions: &str, rules: &str) -> Questionnaire {
    with_policy("{ counts_as: one_level_less, at_least: later }", questions, rules)
}

pub fn with_policy(unsure: &str, questions: &str, rules: &str) -> Questionnaire {
    let lines = |text: &str| {
        text.lines().map(|line| line.trim().to_owned()).filter(|line| !line.is_empty()).collect::<Vec<_>>()
    };
    let mut text =
        format!("{HEAD}unsure: {unsure}\nsections:\n  - id: all\n    title: All\n    questions:\n");
    for question in lines(questions) {
        text += &format!("      - {{ ask: What?, id: {question} }}\n");
    }
    text += "rules:\n";
    for (index, rule) in lines(rules).iter().enumerate() {
        let (level, when) = rule.split_once(": ").expect("a level and a condition");
        text += &format!("  - {{ id: R{index}, level: {level}, because: Of this., when: {when} }}\n");
    }
    match yaml::load("small.yaml", text.as_bytes()) {
        Ok(loaded) => loaded.questionnaire,
        Err(mistakes) => panic!("{}", mistakes.iter().map(|m| m.render(false)).collect::<String>()),
    }
}

/// Answers as in a file: `{"a": "yes"}`, with single quotes for double ones.
pub fn sheet(questionnaire: &Questionnaire, answers: &str) -> Sheet {
    SheetReader::new(questionnaire).read(&answers.replace('\'', "\"")).expect("answers that fit")
}
