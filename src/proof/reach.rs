//! Everything in the file can happen: questions, conditions, rules, levels, steps and pages.

use super::explain;
use super::finding::Finding;
use super::session::{Existence, Session};
use super::words;
use crate::circuit::Lit;
use crate::questionnaire::yaml::Spot;
use crate::questionnaire::{Condition, QuestionIndex, Questionnaire, count};

const REACHED: &str = "every question, condition, rule and level can be reached";

pub fn reach(session: &mut Session) {
    let before = session.findings.len() + session.unproved.len();
    let never_asked = questions(session);
    let conditions = conditions(session, &never_asked);
    rules(session);
    levels(session);
    if session.findings.len() + session.unproved.len() == before {
        let line = format!(
            "{REACHED}: {} true for some people and false for others",
            count(conditions, "condition")
        );
        session.proved.push(line);
    }
}

fn questions(session: &mut Session) -> Vec<QuestionIndex> {
    let mut never = Vec::new();
    for (index, question) in session.questionnaire.questions.iter().enumerate() {
        let what = || format!("question {}", question.id);
        if !session.reaches(REACHED, what, |circuit| vec![circuit.asked[index].live.certain]) {
            never.push(index);
            let message = format!("`{}` is never asked, whatever the answers before it", question.id);
            let finding = Finding::error("never-asked", message, Spot::AskIf(index));
            session.findings.push(finding.help("look for parts of its `ask_if` that exclude each other"));
        }
    }
    never
}

/// Every condition with what it belongs to.
pub fn owned(questionnaire: &Questionnaire) -> Vec<(Spot, &Condition)> {
    let mut owned = Vec::new();
    for (index, question) in questionnaire.questions.iter().enumerate() {
        owned.extend(question.ask_if.iter().map(|condition| (Spot::AskIf(index), condition)));
    }
    for (index, definition) in questionnaire.definitions.iter().enumerate() {
        owned.push((Spot::Definition(index), &definition.condition));
    }
    for (index, rule) in questionnaire.rules.iter().enumerate() {
        owned.push((Spot::RuleWhen(index), &rule.when));
    }
    for (index, level) in questionnaire.levels.iter().enumerate() {
        let times = level.within.iter().chain(&level.check_again).filter_map(|time| time.when.as_ref());
        let who = level.who.iter().filter_map(|contact| contact.when.as_ref());
        owned.extend(times.chain(who).map(|condition| (Spot::LevelAdvice(index), condition)));
    }
    for (index, step) in questionnaire.next_steps.iter().enumerate() {
        owned.extend(step.shown.when.iter().map(|condition| (Spot::Step(index), condition)));
    }
    for (index, page) in questionnaire.learn.iter().enumerate() {
        owned.extend(page.shown.when.iter().map(|condition| (Spot::Page(index), condition)));
    }
    owned
}

/// Every condition can be true and can be false. Of those inside each other, the innermost is reported.
fn conditions(session: &mut Session, never_asked: &[QuestionIndex]) -> usize {
    let mut looked_at = 0;
    for (spot, condition) in owned(session.questionnaire) {
        let mut parts = Vec::new();
        condition.visit(&mut |part| parts.push(part));
        let mut reported = false;
        // Inner parts come after those around them.
        for part in parts.into_iter().rev() {
            let is_name =
                matches!(part, Condition::Definition(_) | Condition::Rule(_) | Condition::UnsureAnswers);
            let looks_at = explain::questions(session.questionnaire, part);
            if is_name || reported || looks_at.iter().any(|question| never_asked.contains(question)) {
                continue;
            }
            looked_at += 1;
            let questionnaire = session.questionnaire;
            let what = || words::condition(questionnaire, part);
            let is_true = || format!("true: {}", what());
            let is_false = || format!("false: {}", what());
            if !session.reaches(REACHED, is_true, |circuit| vec![circuit.rails(part).certain]) {
                reported = true;
                let (code, message) = match spot {
                    Spot::RuleWhen(rule) if std::ptr::eq(part, condition) => {
                        let id = &session.questionnaire.rules[rule].id;
                        ("rule-never-true", format!("rule {id} can never be true"))
                    }
                    _ => ("never-true", format!("this can never be true: {}", what())),
                };
                let finding = Finding::error(code, message, spot);
                session.findings.push(
                    finding
                        .help("its parts exclude each other, or a question that it needs is not asked then"),
                );
            } else if !session.reaches(REACHED, is_false, |circuit| vec![!circuit.rails(part).possible]) {
                reported = true;
                let message = format!("this is true of every sheet: {}", what());
                let finding = Finding::error("always-true", message, spot);
                session.findings.push(
                    finding.help("leave it out, or look for a `not` over answers that exclude each other"),
                );
            }
        }
    }
    looked_at
}

/// Every rule can decide: be true when no other of its level or a more urgent one is.
fn rules(session: &mut Session) {
    let questionnaire = session.questionnaire;
    let mut by_level: Vec<Vec<usize>> = vec![Vec::new(); questionnaire.levels.len()];
    questionnaire.rules.iter().enumerate().for_each(|(index, rule)| by_level[rule.level].push(index));
    let mut supporting = Vec::new();
    let mut before = Vec::new();
    for prover in 0..session.provers.len() {
        before.push(session.add_rules_alone(prover));
    }
    for (level, rules) in by_level.iter().enumerate() {
        let mut others: Vec<Vec<Lit>> = vec![Vec::new(); session.provers.len()];
        for (prover, others) in session.provers.iter_mut().zip(&mut others) {
            *others = all_but_one(&mut prover.circuit, rules, level);
        }
        for (at, &rule) in rules.iter().enumerate() {
            let id = &questionnaire.rules[rule].id;
            let audiences: Vec<_> = session.provers.iter().map(|prover| prover.circuit.audience).collect();
            let decides = session.reaches(
                REACHED,
                || format!("rule {id} decides"),
                |circuit| {
                    let prover = audiences.iter().position(|&audience| audience == circuit.audience);
                    vec![circuit.rules[rule].certain, !others[prover.unwrap_or_default()][at]]
                },
            );
            // A rule that is never true is reported as that.
            let can_be_true =
                matches!(session.exists(|circuit| vec![circuit.rules[rule].certain]), Existence::Found(_));
            match (decides, questionnaire.rules[rule].supporting) {
                (true, true) => {
                    let message =
                        format!("rule {id} is marked as only supporting others, but it can decide the level");
                    let finding = Finding::warning("supporting-decides", message, Spot::RuleId(rule));
                    session.findings.push(finding.help("delete `supporting: true`"));
                }
                (false, false) if can_be_true => {
                    let message = format!(
                        "rule {id} never decides the level: whenever it is true, so is another of its level or a more urgent one"
                    );
                    let finding = Finding::warning("rule-never-decides", message, Spot::RuleId(rule));
                    session.findings.push(
                        finding.help("if it is only meant as a further reason, write `supporting: true`"),
                    );
                    supporting.push(id.clone());
                }
                (false, true) => supporting.push(id.clone()),
                _ => {}
            }
        }
    }
    for (prover, before) in session.provers.iter_mut().zip(before) {
        prover.forget_samples(before);
    }
    if !supporting.is_empty() {
        session.proved.push(format!("rules that only ever support others: {}", supporting.join(", ")));
    }
}

/// For each of the rules of a level: another of them is true, or a more urgent one.
fn all_but_one(circuit: &mut crate::circuit::Circuit, rules: &[usize], level: usize) -> Vec<Lit> {
    let above = level.checked_sub(1).map_or(Lit::FALSE, |above| circuit.certain[above]);
    let mut before = vec![above];
    for &rule in rules {
        let so_far = before[before.len() - 1];
        before.push(circuit.graph.or(so_far, circuit.rules[rule].certain));
    }
    let mut after = Lit::FALSE;
    let mut others = Vec::with_capacity(rules.len());
    for (at, &rule) in rules.iter().enumerate().rev() {
        others.push(circuit.graph.or(before[at], after));
        after = circuit.graph.or(after, circuit.rules[rule].certain);
    }
    others.reverse();
    others
}

fn levels(session: &mut Session) {
    for (index, level) in session.questionnaire.levels.iter().enumerate() {
        let what = || format!("level {}", level.id);
        if !session.reaches(REACHED, what, |circuit| vec![circuit.is_level(index)]) {
            let message = format!("no answers lead to the level `{}`", level.id);
            let finding = Finding::error("level-never-reached", message, Spot::Level(index));
            session.findings.push(finding.help("give it a rule that can decide, or delete it"));
        }
    }
}
