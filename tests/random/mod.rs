//! Random questionnaires and sheets, the same ones every time.
#![allow(dead_code, reason = "each test file uses its part")]

#[path = "../dice/mod.rs"]
mod dice;

use std::fmt::Write;

pub use dice::Dice;

use redflag::answers::{Answer, Sheet};
use redflag::circuit::RawSheet;
use redflag::questionnaire::{Domain, OptionSet, Question, Questionnaire, yaml};

/// What a question of the questionnaire in the making can be asked in a condition.
#[derive(Clone)]
enum Atoms {
    Options(Vec<String>),
    Ordered(Vec<String>),
    Number(i64, i64),
}

struct Writer {
    dice: Dice,
    /// Id, what conditions may say about it, whether it takes "not sure".
    asked: Vec<(String, Atoms, bool)>,
}

/// A questionnaire with this many questions, with every kind of condition, mostly not a sensible one.
pub fn questionnaire(seed: u64, questions: usize) -> String {
    let mut writer = Writer { dice: Dice::new(seed), asked: Vec::new() };
    let levels = 2 + writer.dice.below(4);
    let level_ids: Vec<String> = (0..levels).map(|level| format!("l{level}")).collect();
    let mut text =
        String::from("id: random\nversion: \"1\"\ntitle: R\nsign_off: N\nwelcome: { about: A }\nsay: S\n");
    text += "return_list: { title: R, items: [a] }\nlevels:\n";
    level_ids.iter().for_each(|id| writeln!(text, "  - {{ id: {id}, title: T{id}, act: A }}").unwrap());
    let policy = writer.dice.pick(&["one_level_less", "same_level"]);
    let at_least = writer.dice.below(levels);
    writeln!(text, "unsure: {{ counts_as: {policy}, at_least: l{at_least} }}\nsections:").unwrap();
    let clinic = if questions > 2 && writer.dice.one_in(3) { questions - 1 } else { questions };
    for index in 0..questions {
        if index == 0 {
            text += "  - id: s\n    title: S\n    questions:\n";
        } else if index == clinic {
            text += "  - id: c\n    title: C\n    audience: clinician\n    questions:\n";
        }
        text += &writer.question(index);
    }
    text += "definitions:\n";
    for definition in 0..2 {
        let condition = writer.condition(2);
        writeln!(text, "  d{definition}: {condition}").unwrap();
    }
    text += "rules:\n";
    for rule in 0..2 + writer.dice.below(4) {
        let level = writer.dice.below(levels);
        let condition = match writer.dice.one_in(4) {
            true => format!("{{ any: [d{}, {}] }}", writer.dice.below(2), writer.condition(1)),
            false => writer.condition(2),
        };
        writeln!(text, "  - {{ id: R{rule}, level: l{level}, because: B, when: {condition} }}").unwrap();
    }
    text += "next_steps:\n  - { id: always, say: A }\n";
    text += "  - { id: after_rule, levels: [l0, l1], when: { not: { rule: R0 } }, say: B }\n";
    text += "  - { id: unsure, audience: patient, when: { unsure_answers: true }, say: C }\n";
    text
}

impl Writer {
    fn question(&mut self, index: usize) -> String {
        let id = format!("q{index}");
        let mut keys = format!("      - id: {id}\n        ask: Q{index}?\n");
        if index > 0 && self.dice.one_in(2) {
            writeln!(keys, "        ask_if: {}", self.condition(1)).unwrap();
        }
        let unsure = self.dice.one_in(2);
        if unsure {
            keys += "        unsure: true\n";
        }
        if self.dice.one_in(5) {
            keys += "        optional: true\n";
        }
        let options: Vec<String> = (0..2 + self.dice.below(2)).map(|option| format!("o{option}")).collect();
        let list = |exclusive: bool| {
            let last = options.len() - 1;
            let option = |(index, id): (usize, &String)| {
                let alone = if exclusive && index == last { ", exclusive: true" } else { "" };
                format!("          - {{ id: {id}, label: L{id}{alone} }}\n")
            };
            let lines: String = options.iter().enumerate().map(option).collect();
            format!("        options:\n{lines}")
        };
        let atoms = match self.dice.below(6) {
            0 => {
                keys += "        type: yes_no\n";
                Atoms::Options(vec!["no".to_owned(), "yes".to_owned()])
            }
            1 => {
                keys += &format!("        type: one_of\n        ordered: true\n{}", list(false));
                Atoms::Ordered(options)
            }
            2 => {
                keys += &format!("        type: one_of\n{}", list(false));
                if self.dice.one_in(2) {
                    writeln!(keys, "        least: {}", options[1]).unwrap();
                    self.asked.push((id, Atoms::Options(options), unsure));
                    return keys;
                }
                Atoms::Options(options)
            }
            3 | 4 => {
                keys += &format!("        type: many_of\n{}", list(self.dice.one_in(2)));
                Atoms::Options(options)
            }
            _ => {
                let kind = self.dice.pick(&["number", "scale"]);
                keys += &format!("        type: {kind}\n        min: -1\n        max: 2\n");
                Atoms::Number(-1, 2)
            }
        };
        if self.dice.one_in(4) {
            keys += "        red_flag: true\n";
        }
        keys += &self.concern(&atoms);
        self.asked.push((id, atoms, unsure));
        keys
    }

    /// What the file says about the answers, which is mostly wrong.
    fn concern(&mut self, atoms: &Atoms) -> String {
        let direction = self.dice.pick(&["higher", "lower", "none"]);
        match atoms {
            Atoms::Number(..) if !self.dice.one_in(4) => format!("        concern: {direction}\n"),
            _ if self.dice.one_in(8) => "        concern: none\n".to_owned(),
            Atoms::Number(..) => String::new(),
            _ if self.dice.one_in(4) => "        never_below: l0\n".to_owned(),
            _ => String::new(),
        }
    }

    fn condition(&mut self, depth: usize) -> String {
        if depth == 0 || self.dice.one_in(3) {
            return self.atom();
        }
        let parts: Vec<String> = (0..2 + self.dice.below(2)).map(|_| self.condition(depth - 1)).collect();
        let parts = parts.join(", ");
        match self.dice.below(5) {
            0 | 1 => format!("{{ all: [{parts}] }}"),
            2 => format!("{{ any: [{parts}] }}"),
            3 => format!("{{ not: {} }}", self.condition(depth - 1)),
            _ => format!("{{ at_least: 2, of: [{parts}] }}"),
        }
    }

    fn atom(&mut self) -> String {
        let index = self.dice.below(self.asked.len());
        let (id, atoms, unsure) = self.asked[index].clone();
        if unsure && self.dice.one_in(5) {
            return format!("{{ {id}: unsure }}");
        }
        match atoms {
            Atoms::Ordered(options) if self.dice.one_in(2) => {
                let word = self.dice.pick(&["at_least", "below"]);
                format!("{{ {id}: {{ {word}: {} }} }}", options[1])
            }
            Atoms::Options(options) | Atoms::Ordered(options) => {
                format!("{{ {id}: {} }}", options[self.dice.below(options.len())])
            }
            Atoms::Number(min, max) => {
                let word = self.dice.pick(&["at_least", "above", "below"]);
                let bound = min + 1 + self.dice.below((max - min - 1) as usize) as i64;
                format!("{{ {id}: {{ {word}: {bound} }} }}")
            }
        }
    }
}

/// Any answer that fits the question, or none where it may be left out.
pub fn answer(question: &Question, dice: &mut Dice) -> Option<Answer> {
    let several = question.takes_several();
    if question.optional && dice.one_in(3) || !question.takes_answer() {
        return None;
    }
    if question.unsure && dice.one_in(4) {
        let free = (0..question.options.len()).filter(|&option| !question.options[option].exclusive);
        let ticked: OptionSet = free.filter(|_| several && dice.one_in(3)).collect();
        return Some(Answer::Unsure { ticked });
    }
    Some(match &question.domain {
        Domain::One { .. } => Answer::option(dice.below(question.options.len())),
        Domain::Several => {
            let first = dice.below(question.options.len());
            let free = (0..question.options.len()).filter(|&option| !question.options[option].exclusive);
            let more: OptionSet = free.filter(|_| dice.one_in(5)).collect();
            match question.options[first].exclusive {
                true => Answer::option(first),
                false => Answer::Options(more.with(first)),
            }
        }
        Domain::Number(limits) => {
            let scale = 10f64.powi(i32::from(limits.decimals));
            let steps = ((limits.max - limits.min) * scale).round() as usize;
            let step = (limits.min * scale).round() as i64 + dice.below(steps + 1) as i64;
            Answer::Number(step as f64 / scale)
        }
        Domain::Text => Answer::Text("...".to_owned()),
        Domain::Nothing => return None,
    })
}

pub fn raw_sheet(questionnaire: &Questionnaire, dice: &mut Dice) -> RawSheet {
    RawSheet {
        answers: questionnaire.questions.iter().map(|question| answer(question, dice)).collect(),
        kept: dice.one_in(2),
    }
}

/// A questionnaire that has no mistake.
pub fn load(text: &str) -> Questionnaire {
    match yaml::load("random.yaml", text.as_bytes()) {
        Ok(loaded) => loaded.questionnaire,
        Err(mistakes) => panic!("{text}\n{}", mistakes[0].render(false)),
    }
}

/// Some answers are left out; the others count, if their questions do.
pub fn sheet(questionnaire: &Questionnaire, dice: &mut Dice) -> Sheet {
    let raw = raw_sheet(questionnaire, dice);
    let mut sheet = Sheet::new(questionnaire);
    let left_out = dice.below(6) + 1;
    for (question, answer) in raw.answers.into_iter().enumerate() {
        if let Some(answer) = answer.filter(|_| !dice.one_in(left_out)) {
            sheet.set(questionnaire, question, answer).expect("an answer that fits");
        }
    }
    sheet
}
