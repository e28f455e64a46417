//! A case that would notice a mutant: as near as can be to a baseline of the suite.

use super::Mutant;
use crate::answers::json::answer_value;
use crate::answers::{Answer, Facts, Truth};
use crate::circuit::{Circuit, RawSheet};
use crate::proof::shrink;
use crate::questionnaire::yaml::Stated;
use crate::questionnaire::{Audience, Questionnaire};
use crate::scenarios::{Case, Suite, Wanted, run};
use crate::triage;

/// A case to add to the suite.
#[derive(Debug, Clone)]
pub struct Suggestion {
    pub case: Case,
    /// The case as the file would write it, each line indented as an entry of `cases`.
    pub yaml: String,
}

impl PartialEq for Suggestion {
    fn eq(&self, other: &Suggestion) -> bool {
        self.yaml == other.yaml
    }
}

/// The smallest case that shows what `sheet` shows: that on `changed` another level comes out. Its name is `name`.
pub fn case(
    suite: &Suite,
    circuit: &Circuit,
    (mutant, changed): (&Mutant, &Questionnaire),
    sheet: &RawSheet,
    name: &str,
) -> Suggestion {
    let questionnaire = circuit.questionnaire;
    let differs = |sheet: &RawSheet| {
        let one = judged(questionnaire, circuit.audience, sheet);
        let other = judged(changed, circuit.audience, sheet);
        matches!((one, other), (Some(one), Some(other)) if one != other)
    };
    let mut best: Option<(usize, Option<usize>, RawSheet)> = None;
    for (index, baseline) in suite.baselines.iter().enumerate() {
        // What the baseline leaves open is as on the sheet.
        let answers = baseline.answers.iter().zip(&sheet.answers).zip(&questionnaire.questions);
        let answers = answers.map(|((own, given), question)| match own {
            None if !question.optional => given.clone(),
            own => own.clone(),
        });
        let start = RawSheet { answers: answers.collect(), kept: false };
        let shrunk = shrink::shrink(sheet, &start, circuit, differs);
        let other_audience = usize::from(baseline.audience != circuit.audience);
        let distance =
            written(questionnaire, circuit.audience, &shrunk, &baseline.answers).len() + other_audience;
        if best.as_ref().is_none_or(|(least, ..)| distance < *least) {
            best = Some((distance, Some(index), shrunk));
        }
    }
    let (_, baseline, sheet) = best.unwrap_or_else(|| {
        let plain = shrink::baseline(circuit);
        (0, None, shrink::shrink(sheet, &plain, circuit, differs))
    });
    let below = baseline.map(|index| &suite.baselines[index]);
    let nothing = vec![None; questionnaire.questions.len()];
    let start = below.map_or(&nothing, |baseline| &baseline.answers);
    let written = written(questionnaire, circuit.audience, &sheet, start);
    let mut answers = start.clone();
    for &question in &written {
        answers[question].clone_from(&sheet.answers[question]);
    }
    let mut case = Case {
        name: name.to_owned(),
        audience: circuit.audience,
        baseline,
        answers,
        written,
        level: sheet.level(questionnaire, circuit.audience),
        rules: Wanted::default(),
        asked: Wanted::default(),
        steps: Wanted::default(),
        within_days: None,
    };
    case.rules = rules(questionnaire, mutant, &case);
    if run::run(changed, &case).is_empty() {
        // A question that may be left out is asked of too many, and the case can't answer what it is not asked.
        case.asked = asked(questionnaire, changed, &case);
    }
    let yaml = yaml(questionnaire, suite, &case);
    Suggestion { case, yaml }
}

/// The level of a finished check.
fn judged(questionnaire: &Questionnaire, audience: Audience, sheet: &RawSheet) -> Option<usize> {
    let heard = sheet.heard(questionnaire, audience);
    let assessment = triage::assess(&Facts::of(questionnaire, audience, &heard));
    assessment.complete.then_some(assessment.level)
}

/// The questions that are asked and have another answer than in a baseline.
fn written(
    questionnaire: &Questionnaire,
    audience: Audience,
    sheet: &RawSheet,
    baseline: &[Option<Answer>],
) -> Vec<usize> {
    let heard = sheet.heard(questionnaire, audience);
    let facts = Facts::of(questionnaire, audience, &heard);
    let asked = (0..baseline.len()).filter(|&question| facts.live(question) == Truth::True);
    asked.filter(|&question| sheet.answers[question] != baseline[question]).collect()
}

/// Of a mutant of a rule, whether that rule is true.
fn rules(questionnaire: &Questionnaire, mutant: &Mutant, case: &Case) -> Wanted<usize> {
    let rule = match mutant {
        Mutant::RuleLevel(rule, _) | Mutant::RuleLeftOut(rule) | Mutant::Part(Stated::Rule(rule), ..) => {
            *rule
        }
        _ => return Wanted::default(),
    };
    let sheet = case.heard(questionnaire);
    match Facts::of(questionnaire, case.audience, &sheet).rule(rule) {
        Truth::True => Wanted { yes: vec![rule], no: Vec::new() },
        Truth::False => Wanted { yes: Vec::new(), no: vec![rule] },
        Truth::Unknown => Wanted::default(),
    }
}

/// The questions that the change asks of the case, or no longer.
fn asked(questionnaire: &Questionnaire, changed: &Questionnaire, case: &Case) -> Wanted<usize> {
    let (one, other) = (case.heard(questionnaire), case.heard(changed));
    let was = Facts::of(questionnaire, case.audience, &one);
    let is = Facts::of(changed, case.audience, &other);
    let is_live = |facts: &Facts, question: usize| facts.live(question) == Truth::True;
    let differ = (0..questionnaire.questions.len()).filter(|&q| is_live(&was, q) != is_live(&is, q));
    let (yes, no) = differ.partition(|&question| is_live(&was, question));
    Wanted { yes, no }
}

fn yaml(questionnaire: &Questionnaire, suite: &Suite, case: &Case) -> String {
    let mut lines = vec![format!("  - name: {}", serde_json::Value::from(case.name.as_str()))];
    let below = case.baseline.map(|index| &suite.baselines[index]);
    lines.extend(below.map(|baseline| format!("    baseline: {}", baseline.id)));
    if case.audience != below.map_or(Audience::Patient, |baseline| baseline.audience) {
        lines.push(format!(
            "    audience: {}",
            match case.audience {
                Audience::Patient => "patient",
                Audience::Clinician => "clinician",
            }
        ));
    }
    let given: Vec<String> = case
        .written
        .iter()
        .map(|&question| {
            let asked = &questionnaire.questions[question];
            format!("{}: {}", asked.id, given(case.answers[question].as_ref(), asked))
        })
        .collect();
    let one_line = format!("    answers: {{ {} }}", given.join(", "));
    if !given.is_empty() && one_line.len() <= 110 {
        lines.push(one_line);
    } else if !given.is_empty() {
        lines.push("    answers:".to_owned());
        lines.extend(given.iter().map(|given| format!("      {given}")));
    }
    lines.push(format!("    level: {}", questionnaire.levels[case.level].id));
    let rule = |rule: usize| questionnaire.rules[rule].id.as_str();
    let question = |question: usize| questionnaire.questions[question].id.as_str();
    let mut list = |key: &str, ids: Vec<&str>| {
        if !ids.is_empty() {
            lines.push(format!("    {key}: [{}]", ids.join(", ")));
        }
    };
    list("rules", case.rules.yes.iter().map(|&index| rule(index)).collect());
    list("not_rules", case.rules.no.iter().map(|&index| rule(index)).collect());
    list("asked", case.asked.yes.iter().map(|&index| question(index)).collect());
    list("not_asked", case.asked.no.iter().map(|&index| question(index)).collect());
    lines.join("\n") + "\n"
}

/// An answer as the file writes it.
fn given(answer: Option<&Answer>, question: &crate::questionnaire::Question) -> String {
    use serde_json::Value;
    let Some(answer) = answer else { return "null".to_owned() };
    match answer_value(answer, question) {
        // The ids of options are plain words; any other text needs its quotes.
        Value::String(word) if !matches!(answer, Answer::Text(_)) => word,
        Value::Array(words) => {
            let words: Vec<&str> = words.iter().filter_map(Value::as_str).collect();
            match words.as_slice() {
                [one] => (*one).to_owned(),
                several => format!("[{}]", several.join(", ")),
            }
        }
        other => other.to_string(),
    }
}
