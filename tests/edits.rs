//! Kinds of mistakes that people make in a copy of back-pain, each in many places: `check` sees every one that
//! changes what somebody is told. `ALL=1 cargo test --test edits` goes through all of them, and prints what is said.

mod random;

use std::rc::Rc;

use random::Dice;
use redflag::circuit::RawSheet;
use redflag::diff::{self, Files, Versions};
use redflag::questionnaire::diagnostic::Severity;
use redflag::questionnaire::{Audience, Condition, OptionSet, Questionnaire, yaml};

const BACK_PAIN: &str = include_str!("../questionnaires/back-pain.yaml");

fn load() -> Questionnaire {
    yaml::load("back-pain.yaml", BACK_PAIN.as_bytes()).unwrap().questionnaire
}

/// One of them, and where.
struct Variant {
    kind: &'static str,
    place: String,
    questionnaire: Questionnaire,
}

/// Every condition of rules, definitions and branches, by a number.
fn condition(questionnaire: &mut Questionnaire, at: usize) -> Option<(String, &mut Condition)> {
    let rules = questionnaire.rules.iter_mut().map(|rule| (rule.id.clone(), &mut rule.when));
    let definitions = questionnaire
        .definitions
        .iter_mut()
        .map(|definition| (definition.name.clone(), &mut definition.condition));
    let questions = questionnaire.questions.iter_mut();
    let asked = questions.filter_map(|question| Some((question.id.clone(), question.ask_if.as_mut()?)));
    rules.chain(definitions).chain(asked).nth(at)
}

/// The parts of a condition, by a number.
fn part<'a>(condition: &'a mut Condition, at: &mut usize) -> Option<&'a mut Condition> {
    if *at == 0 {
        return Some(condition);
    }
    *at -= 1;
    match condition {
        Condition::All(parts) | Condition::Any(parts) | Condition::AtLeast(_, parts) => {
            parts.iter_mut().find_map(|inner| part(inner, at))
        }
        Condition::Not(inner) => part(inner, at),
        _ => None,
    }
}

/// A change at every part of every condition where it can be made. `change` gives the part in several changed forms.
fn at_every_part(
    kind: &'static str,
    original: &Questionnaire,
    change: impl Fn(&Condition) -> Vec<Condition>,
    found: &mut Vec<Variant>,
) {
    let mut scratch = original.clone();
    for at in 0.. {
        let Some((name, whole)) = condition(&mut scratch, at) else { return };
        let whole = whole.clone();
        for inner in 0.. {
            let mut copy = whole.clone();
            let Some(one) = part(&mut copy, &mut inner.clone()) else { break };
            for changed in change(one) {
                let mut questionnaire = original.clone();
                let (_, condition) = condition(&mut questionnaire, at).unwrap();
                *part(condition, &mut inner.clone()).unwrap() = changed;
                found.push(Variant { kind, place: format!("{name} part {inner}"), questionnaire });
            }
        }
    }
}

fn variants() -> Vec<Variant> {
    let original = load();
    let mut found = Vec::new();
    let moved = |part: &Condition| match part {
        Condition::Number(question, comparison, bound) => {
            [1.0, -1.0].map(|by| Condition::Number(*question, *comparison, bound + by)).into()
        }
        _ => Vec::new(),
    };
    at_every_part("threshold moved", &original, moved, &mut found);
    let forgotten = |part: &Condition| match part {
        Condition::Has(question, options) if options.len() > 1 => {
            let fewer = options.iter().map(|option| options.without(OptionSet::one(option)));
            fewer.map(|options| Condition::Has(*question, options)).collect()
        }
        _ => Vec::new(),
    };
    at_every_part("option forgotten", &original, forgotten, &mut found);
    let negated = |part: &Condition| vec![Condition::Not(Box::new(part.clone()))];
    at_every_part("not slipped in", &original, negated, &mut found);
    for one in 0..original.rules.len() {
        for other in (0..one).filter(|&other| original.rules[other].level != original.rules[one].level) {
            let mut questionnaire = original.clone();
            let levels = (questionnaire.rules[one].level, questionnaire.rules[other].level);
            (questionnaire.rules[other].level, questionnaire.rules[one].level) = levels;
            let place = format!("{} and {}", original.rules[one].id, original.rules[other].id);
            found.push(Variant { kind: "levels swapped", place, questionnaire });
        }
    }
    for (index, question) in original.questions.iter().enumerate() {
        // A question before it that is asked of everybody.
        let earlier = original.questions[..index].iter().enumerate();
        let earlier = earlier.filter(|(_, gate)| gate.ask_if.is_none() && gate.options.len() > 1);
        for (gate, asked) in earlier {
            let condition = Condition::Has(gate, OptionSet::one(asked.options.len() - 1));
            let kind = match &question.ask_if {
                Some(_) => "ask_if too narrow",
                None if question.red_flag => "screen behind a branch",
                None => continue,
            };
            let mut questionnaire = original.clone();
            let whole = question.ask_if.iter().cloned().chain([condition]).collect();
            questionnaire.questions[index].ask_if = Some(Condition::All(whole));
            let place = format!("{} behind {}", question.id, asked.id);
            found.push(Variant { kind, place, questionnaire });
        }
    }
    found
}

/// A sheet with few concerning answers, so that one more can show.
fn quiet_sheet(questionnaire: &Questionnaire, dice: &mut Dice) -> RawSheet {
    let mut sheet = random::raw_sheet(questionnaire, dice);
    let one_in = [2, 4, 8][dice.below(3)];
    for (question, answer) in questionnaire.questions.iter().zip(&mut sheet.answers) {
        let least = question.least_concerning().iter().next();
        if let Some(least) = least.filter(|_| !dice.one_in(one_in)) {
            *answer = Some(redflag::answers::Answer::option(least));
        } else if question.optional && question.takes_answer() {
            *answer = None;
        }
    }
    sheet
}

#[test]
fn check_sees_every_edit_that_changes_what_somebody_is_told() {
    let original = load();
    let all = std::env::var_os("ALL").is_some();
    let mut dice = Dice::new(11);
    let sheets: Vec<RawSheet> =
        (0..if all { 2000 } else { 300 }).map(|_| quiet_sheet(&original, &mut dice)).collect();
    let variants = variants();
    assert!(variants.len() > 1500, "{}", variants.len());
    let mut kinds = std::collections::BTreeMap::new();
    for (number, variant) in variants.iter().enumerate() {
        if !all && number % 61 != 7 {
            continue;
        }
        let new = &variant.questionnaire;
        let versions = Versions { old: &original, new };
        let stop: redflag::proof::Stop = Rc::new(|| false);
        let difference = diff::compare(versions, &stop);
        assert!(difference.is_proved(), "{} {}", variant.kind, variant.place);
        let texts = (BACK_PAIN.as_bytes(), BACK_PAIN.as_bytes());
        let files = Files::new(versions, ("back-pain", "mine.yaml"), texts);
        let findings = diff::findings(&files, &difference);
        let what = format!("{}: {}", variant.kind, variant.place);
        assert_eq!(findings.len(), 1, "{what}");
        let told = findings[0].render(false);
        let is_error = findings[0].severity == Severity::Error;
        assert_eq!(is_error, !difference.behaves_alike(), "{what}");
        // What is said goes with an example, unless it is about no person.
        let shows = !difference.moves.is_empty() || !difference.others.is_empty();
        assert_eq!(findings[0].witness.is_some(), shows, "{what}\n{told}");
        let less = difference.moves.iter().any(|moved| moved.side() == diff::Side::Old);
        // What is later or no longer told at the same level goes before what is more urgent.
        let later = difference.is_less_urgent() || difference.is_told_less();
        let says_later =
            ["are told later than", "are told less than"].iter().any(|words| told.contains(words));
        assert_eq!(says_later, later && !less, "{what}\n{told}");
        assert_eq!(
            told.contains("which is more urgent"),
            !less && !later && !difference.moves.is_empty(),
            "{what}\n{told}"
        );
        assert!(!less || findings[0].span.is_some(), "{what}\n{told}");
        let level =
            |questionnaire: &Questionnaire, sheet: &RawSheet| sheet.level(questionnaire, Audience::Clinician);
        let differs = sheets.iter().any(|sheet| level(&original, sheet) != level(new, sheet));
        assert!(!differs || !difference.moves.is_empty(), "{what}");
        let counts: &mut [usize; 3] = kinds.entry(variant.kind).or_default();
        counts[if less {
            0
        } else if is_error {
            1
        } else {
            2
        }] += 1;
        if all {
            println!("### {what}\n{told}");
        }
    }
    println!("{kinds:?}");
    assert_eq!(kinds.len(), 6, "{kinds:?}");
}
