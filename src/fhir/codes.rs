//! The codes under which others know questions, options and levels: those of the questionnaire, and those that a site
//! adds from a file of its own.

use serde_json::Value as Json;

use super::model::Coding;
use super::names::{self, Base};
use super::shown::shown;
use crate::questionnaire::code::LOINC;
use crate::questionnaire::{Code, LevelIndex, OptionIndex, Question, QuestionIndex, Questionnaire};

/// LOINC's licence asks for these words wherever its codes are.
const LOINC_NOTICE: &str = "This material contains content from LOINC (http://loinc.org). LOINC is copyright © \
    Regenstrief Institute, Inc. and the Logical Observation Identifiers Names and Codes (LOINC) Committee and is \
    available at no cost under the license at http://loinc.org/license. LOINC® is a registered United States \
    trademark of Regenstrief Institute, Inc.";

/// For each question, option and level its codes, those of the site first.
#[derive(Debug, Clone, PartialEq)]
pub struct Codes {
    questions: Vec<Vec<Code>>,
    options: Vec<Vec<Vec<Code>>>,
    levels: Vec<Vec<Code>>,
}

impl Codes {
    /// Those of the questionnaire.
    pub fn of(questionnaire: &Questionnaire) -> Codes {
        let one = |code: &Option<Code>| code.iter().cloned().collect::<Vec<Code>>();
        let questions = questionnaire.questions.iter();
        Codes {
            questions: questions.clone().map(|question| one(&question.code)).collect(),
            options: questions
                .map(|question| question.options.iter().map(|option| one(&option.code)).collect())
                .collect(),
            levels: questionnaire.levels.iter().map(|level| one(&level.code)).collect(),
        }
    }

    /// And those of a site's file.
    ///
    /// # Errors
    /// All that is wrong with the file, a line each.
    pub fn with_site(mut self, questionnaire: &Questionnaire, yaml: &str) -> Result<Codes, Vec<String>> {
        let file = read_file(yaml).map_err(|why| vec![why])?;
        let Some(parts) = file.as_object() else {
            return Err(vec!["it must have questions:, options: or levels:".to_owned()]);
        };
        let mut wrong = Vec::new();
        for (part, entries) in parts {
            if part == "of" {
                if *entries != *questionnaire.id {
                    let meant = entries.as_str().map_or("no questionnaire".to_owned(), shown);
                    wrong.push(format!("of: these codes are for {meant}, and this is {}", questionnaire.id));
                }
                continue;
            }
            let Some(entries) = entries.as_object() else {
                wrong.push(format!("{}: list ids with their codes here", shown(part)));
                continue;
            };
            match part.as_str() {
                "questions" => {
                    let ids = questionnaire.questions.iter().map(|question| question.id.as_str());
                    let ids: Vec<&str> = ids.collect();
                    for (id, value) in entries {
                        let at = format!("questions.{}", shown(id));
                        if let Some(index) = found(id, &ids, &at, &mut wrong) {
                            self.questions[index].splice(0..0, read(value, &at, &mut wrong));
                        }
                    }
                }
                "levels" => {
                    let ids: Vec<&str> = questionnaire.levels.iter().map(|level| level.id.as_str()).collect();
                    for (id, value) in entries {
                        let at = format!("levels.{}", shown(id));
                        if let Some(index) = found(id, &ids, &at, &mut wrong) {
                            self.levels[index].splice(0..0, read(value, &at, &mut wrong));
                        }
                    }
                }
                "options" => self.options(questionnaire, entries, &mut wrong),
                other => wrong.push(format!("{}: it must be of, questions, options or levels", shown(other))),
            }
        }
        self.clashes(questionnaire, &mut wrong);
        if wrong.is_empty() { Ok(self) } else { Err(wrong) }
    }

    /// The id of the questionnaire that a site's file is for, if it names one.
    pub fn meant_for(yaml: &str) -> Option<String> {
        read_file(yaml).ok()?["of"].as_str().map(str::to_owned)
    }

    fn options(
        &mut self,
        questionnaire: &Questionnaire,
        entries: &serde_json::Map<String, Json>,
        wrong: &mut Vec<String>,
    ) {
        let ids: Vec<&str> = questionnaire.questions.iter().map(|question| question.id.as_str()).collect();
        for (id, options) in entries {
            let at = format!("options.{}", shown(id));
            let Some(index) = found(id, &ids, &at, wrong) else { continue };
            let Some(options) = options.as_object() else {
                wrong.push(format!("{at}: list the options with their codes here"));
                continue;
            };
            let known: Vec<&str> =
                questionnaire.questions[index].options.iter().map(|option| option.id.as_str()).collect();
            for (option, value) in options {
                let at = format!("{at}.{}", shown(option));
                if let Some(option) = found(option, &known, &at, wrong) {
                    self.options[index][option].splice(0..0, read(value, &at, wrong));
                }
            }
        }
    }

    /// Two options of one question that are written alike could not be told apart.
    fn clashes(&self, questionnaire: &Questionnaire, wrong: &mut Vec<String>) {
        for (index, question) in questionnaire.questions.iter().enumerate() {
            let written: Vec<Option<String>> = (0..question.options.len())
                .map(|option| self.option_code(questionnaire, index, option))
                .collect();
            for (option, code) in written.iter().enumerate() {
                if written[..option].contains(code) {
                    let id = &question.options[option].id;
                    let code = code.as_deref().unwrap_or_default();
                    let at = format!("options.{}.{id}", question.id);
                    wrong.push(format!("{at}: another option of this question has the code {}", shown(code)));
                }
            }
        }
    }

    pub fn question(&self, question: QuestionIndex) -> Vec<Coding> {
        codings(self.questions.get(question))
    }

    pub fn level(&self, level: LevelIndex) -> Vec<Coding> {
        codings(self.levels.get(level))
    }

    /// The codes of others that an option has.
    pub fn of_option(&self, question: QuestionIndex, option: OptionIndex) -> &[Code] {
        self.options
            .get(question)
            .and_then(|options| options.get(option))
            .map(Vec::as_slice)
            .unwrap_or_default()
    }

    /// The code by which a form knows an option: its first of others, HL7's own for no and yes, or else its id.
    pub fn option_code(
        &self,
        questionnaire: &Questionnaire,
        question: QuestionIndex,
        option: OptionIndex,
    ) -> Option<String> {
        let asked = questionnaire.questions.get(question)?;
        if let Some(code) = self.of_option(question, option).first() {
            return Some(code.code.clone());
        }
        own_code(asked, option)
    }

    /// With its system.
    pub fn option(
        &self,
        questionnaire: &Questionnaire,
        base: &Base,
        question: QuestionIndex,
        option: OptionIndex,
    ) -> Option<Coding> {
        let code = self.option_code(questionnaire, question, option)?;
        let asked = &questionnaire.questions[question];
        let system = match self.of_option(question, option).first() {
            Some(code) => code.system.clone(),
            None if asked.is_yes_no() => names::YES_NO.to_owned(),
            // The rows of a grid are a table with one head: what is chosen in any of them is a code of the head.
            None => base
                .system(questionnaire, &questionnaire.questions[questionnaire.rows_with(question).start].id),
        };
        Some(Coding::new(&system, &code))
    }

    /// The words that the licences of the codes ask for.
    pub fn notice(&self) -> Option<String> {
        let all = self.questions.iter().chain(&self.levels).chain(self.options.iter().flatten()).flatten();
        let mut all = all.map(|code| code.system.as_str());
        all.any(|system| system == LOINC).then(|| LOINC_NOTICE.to_owned())
    }
}

/// What a form calls an option that has no code of others.
pub fn own_code(question: &Question, option: OptionIndex) -> Option<String> {
    match (question.is_yes_no(), option) {
        (true, NO) => Some("N".to_owned()),
        (true, YES) => Some("Y".to_owned()),
        _ => Some(question.options.get(option)?.id.clone()),
    }
}

/// The options of a yes_no.
pub const NO: OptionIndex = 0;
pub const YES: OptionIndex = 1;

fn codings(codes: Option<&Vec<Code>>) -> Vec<Coding> {
    let codes = codes.map(Vec::as_slice).unwrap_or_default().iter();
    codes
        .map(|code| Coding { display: code.display.clone(), ..Coding::new(&code.system, &code.code) })
        .collect()
}

fn found(id: &str, known: &[&str], at: &str, wrong: &mut Vec<String>) -> Option<usize> {
    let position = known.iter().position(|known| *known == id);
    if position.is_none() {
        let near = known.iter().filter(|_| id.len() < 100);
        let near = near.map(|known| (strsim::damerau_levenshtein(id, known), known)).min();
        let meant = match near {
            Some((distance, known)) if distance <= 3 => format!("; did you mean `{known}`?"),
            _ => String::new(),
        };
        wrong.push(format!("{at}: the questionnaire has no such id{meant}"));
    }
    position
}

/// # Errors
/// When it is no YAML, or has a key twice, of which one would be lost.
fn read_file(yaml: &str) -> Result<Json, String> {
    let file: serde_yaml::Value = serde_yaml::from_str(yaml).map_err(|error| shown(&error.to_string()))?;
    serde_json::to_value(file).map_err(|error| shown(&error.to_string()))
}

/// One code, or a list of them.
fn read(value: &Json, at: &str, wrong: &mut Vec<String>) -> Vec<Code> {
    let entries = match value {
        Json::Array(entries) => entries.as_slice(),
        one => std::slice::from_ref(one),
    };
    let mut codes = Vec::new();
    for entry in entries {
        let Some(keys) = entry.as_object() else {
            wrong.push(format!("{at}: a code has system: and code:"));
            continue;
        };
        if let Some(key) = keys.keys().find(|key| !matches!(key.as_str(), "system" | "code" | "display")) {
            wrong.push(format!("{at}: {} is not a key of a code", shown(key)));
        }
        let text = |key: &str| entry[key].as_str().map(str::to_owned);
        let (Some(system), Some(code)) = (text("system"), text("code")) else {
            wrong.push(format!(
                "{at}: a code has system: and code:, both in quotes if they look like a number"
            ));
            continue;
        };
        let code = Code { system, code, display: text("display") };
        match code.check() {
            Ok(()) => codes.push(code),
            Err(misspelt) => {
                wrong.push(format!("{at}: {}: {}: {}", misspelt.key, misspelt.message, misspelt.help))
            }
        }
    }
    codes
}
