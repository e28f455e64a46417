//! Cases that fail, as diagnostics: with their place in the file and the answers that matter.

use serde_json::{Value, json};

use super::run::Mismatch;
use super::{Case, Suite, words};
use crate::answers::{Facts, Sheet};
use crate::proof;
use crate::questionnaire::diagnostic::{Diagnostic, Severity};
use crate::questionnaire::yaml::form::Marked;
use crate::questionnaire::yaml::names::shown;
use crate::questionnaire::yaml::path::{Path, Place};
use crate::questionnaire::{QuestionIndex, Questionnaire};
use crate::triage::{self, Assessment};
use crate::words::Language;

/// Columns of the lines with answers.
const WIDTH: usize = 72;

/// The file that a suite was read from, to be searched for places.
pub struct Source<'t> {
    file: &'t str,
    marked: Marked<'t>,
}

impl<'t> Source<'t> {
    pub fn of(file: &'t str, bytes: &'t [u8]) -> Source<'t> {
        Source { file, marked: Marked::of(bytes) }
    }
}

/// What to say of a case that fails; `mismatches` are not empty.
pub fn failure(
    questionnaire: &Questionnaire,
    suite: &Suite,
    (index, mismatches): (usize, &[Mismatch]),
    source: &Source,
) -> Diagnostic {
    let case = &suite.cases[index];
    let say = |mismatch: &Mismatch| words::mismatch(questionnaire, case.level, mismatch);
    let span = |mismatch: &Mismatch| source.marked.span(&place(questionnaire, index, case, mismatch));
    let (first, others) = mismatches.split_at(mismatches.len().min(1));
    let said = first.first().map(say).unwrap_or_default();
    let related = others.iter().filter_map(|mismatch| Some((span(mismatch)?, say(mismatch))));
    let sheet = case.heard(questionnaire);
    let facts = Facts::of(questionnaire, case.audience, &sheet);
    let assessment = triage::assess(&facts);
    let baseline = case.baseline.map_or("", |baseline| &suite.baselines[baseline].id);
    Diagnostic {
        severity: Severity::Error,
        code: "scenario",
        message: format!("{}: {said}", shown(&case.name)),
        help: first.first().and_then(|mismatch| words::help(questionnaire, mismatch)),
        file: source.file.to_owned(),
        span: first.first().and_then(span),
        related: related.collect(),
        example: Some(drawn((case, baseline), &facts, &assessment, mismatches)),
        witness: Some(witness(case, &sheet, &facts, &assessment)),
    }
}

/// Where the file says what does not hold.
fn place(questionnaire: &Questionnaire, index: usize, case: &Case, mismatch: &Mismatch) -> Place {
    let root = Path::ROOT;
    let cases = root.key("cases");
    let path = cases.index(index);
    let in_list = |key: &str, list: &[usize], wanted: usize| {
        let at = list.iter().position(|&at| at == wanted).unwrap_or_default();
        path.key(key).index(at).value()
    };
    match *mismatch {
        Mismatch::Open(_) if case.written.is_empty() => path.key("name").value(),
        Mismatch::Open(_) => path.key("answers").name(),
        Mismatch::Unheard(question) => path.key("answers").key(&questionnaire.questions[question].id).name(),
        Mismatch::Level(_) => path.key("level").value(),
        Mismatch::Rule(rule, true) => in_list("rules", &case.rules.yes, rule),
        Mismatch::Rule(rule, false) => in_list("not_rules", &case.rules.no, rule),
        Mismatch::Asked(question, true) => in_list("asked", &case.asked.yes, question),
        Mismatch::Asked(question, false) => in_list("not_asked", &case.asked.no, question),
        Mismatch::Step(step, true) => in_list("steps", &case.steps.yes, step),
        Mismatch::Step(step, false) => in_list("not_steps", &case.steps.no, step),
        Mismatch::Within(_) => path.key("within_days").value(),
    }
}

/// The answers behind what came and what did not, and what they led to.
fn drawn(
    (case, baseline): (&Case, &str),
    facts: &Facts,
    assessment: &Assessment,
    mismatches: &[Mismatch],
) -> String {
    let questionnaire = facts.questionnaire;
    let mut lines = Vec::new();
    let mut said = 0;
    let telling = telling(case, facts, assessment, mismatches);
    for &question in &telling {
        let Some(answer) = facts.answer(question) else { continue };
        if said == 0 {
            lines.push(format!("  {}", words::ANSWERS));
        }
        let asked = &questionnaire.questions[question];
        let ask = asked.ask.to(case.audience).lines().next().unwrap_or_default();
        lines.extend(indented(2, &format!("{ask} ({})", asked.id)));
        lines.extend(indented(4, &answer.words(asked, case.audience, Language::English.words())));
        said += 1;
    }
    let all = (0..questionnaire.questions.len()).filter(|&question| facts.answer(question).is_some()).count();
    if all > said {
        lines.push(format!("  {}", words::others(all - said, said > 0, baseline)));
    }
    let level = &questionnaire.levels[assessment.level];
    lines.push(format!("  {}", words::LEVEL));
    lines.extend(indented(4, &format!("{} ({})", level.title.to(case.audience), level.id)));
    lines.push(format!("  {}", words::RULES));
    for &rule in &assessment.rules {
        let because = triage::in_words(facts, rule).to(case.audience);
        lines.extend(indented(4, &format!("{} {because}", questionnaire.rules[rule].id)));
    }
    if assessment.rules.is_empty() {
        lines.extend(indented(4, words::NONE));
    }
    lines.join("\n") + "\n"
}

fn indented(by: usize, text: &str) -> Vec<String> {
    let lines = proof::wrapped(text, WIDTH).into_iter();
    lines.map(|line| format!("{}{line}", " ".repeat(by))).collect()
}

/// What the case answers itself, what the deciding rules rest on, and what the rules look at that were wanted.
fn telling(
    case: &Case,
    facts: &Facts,
    assessment: &Assessment,
    mismatches: &[Mismatch],
) -> Vec<QuestionIndex> {
    let questionnaire = facts.questionnaire;
    let mut telling = case.written.clone();
    let deciding =
        assessment.rules.iter().filter(|&&rule| questionnaire.rules[rule].level == assessment.level);
    for &rule in deciding {
        let evidence = triage::evidence(facts, &questionnaire.rules[rule].when);
        telling.extend(evidence.iter().map(|evidence| evidence.question));
    }
    for mismatch in mismatches {
        match *mismatch {
            Mismatch::Rule(rule, true) => {
                telling.extend(proof::questions(questionnaire, &questionnaire.rules[rule].when));
            }
            Mismatch::Unheard(question) | Mismatch::Asked(question, _) => {
                let ask_if = questionnaire.questions[question].ask_if.as_ref();
                telling.extend(ask_if.iter().flat_map(|ask_if| proof::questions(questionnaire, ask_if)));
            }
            _ => {}
        }
    }
    telling.sort_unstable();
    telling.dedup();
    telling
}

/// The answers as `redflag assess` reads them, with what it makes of them.
fn witness(case: &Case, sheet: &Sheet, facts: &Facts, assessment: &Assessment) -> Value {
    let questionnaire = facts.questionnaire;
    let rules = assessment.rules.iter().map(|&rule| questionnaire.rules[rule].id.as_str());
    json!({
        "audience": case.audience,
        "scenario": case.name,
        "wanted": questionnaire.levels[case.level].id,
        "sheets": [{
            "answers": proof::answers(questionnaire, sheet),
            "level": questionnaire.levels[assessment.level].id,
            "rules": rules.collect::<Vec<_>>(),
        }],
    })
}
