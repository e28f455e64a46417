//! Steps, pages and levels: one level a sheet, something to do at each, nothing that is never shown; and hidden
//! answers, which change nothing.

use super::finding::Finding;
use super::prover::Search;
use super::screens::single;
use super::session::Session;
use crate::answers::{Answer, Facts};
use crate::circuit::{Circuit, Lit, RawSheet};
use crate::questionnaire::yaml::Spot;
use crate::questionnaire::{Audience, LevelIndex, Rule, RuleIndex, count};
use crate::triage;

const ONE_LEVEL: &str = "every complete sheet has exactly one level";
const SHOWN: &str = "every next step and page can be shown";
const STEP: &str = "every level has a next step for each audience on every sheet";
const HIDDEN: &str = "the answer to a question that is not asked changes nothing";

/// The levels that a result is at least as urgent as are nested, and the last holds always.
pub fn one_level(session: &mut Session) {
    let mut proved = true;
    for prover in 0..session.provers.len() {
        let level = session.provers[prover].circuit.level.clone();
        let mut gaps: Vec<Vec<Lit>> = level.windows(2).map(|pair| vec![pair[0], !pair[1]]).collect();
        gaps.extend(level.last().map(|&last| vec![!last]));
        for gap in gaps {
            match session.provers[prover].find(&gap) {
                Search::Never => {}
                Search::OutOfTime => {
                    session.not_proved(ONE_LEVEL);
                    proved = false;
                }
                Search::Found(sheet) => {
                    let example = session.example(prover, vec![*sheet], None);
                    session.disagreement("a sheet has no level or several", example);
                    proved = false;
                }
            }
        }
    }
    if proved {
        session.proved.push(ONE_LEVEL.to_owned());
    }
}

pub fn shown(session: &mut Session) {
    let before = session.findings.len() + session.unproved.len();
    let questionnaire = session.questionnaire;
    for (index, step) in questionnaire.next_steps.iter().enumerate() {
        let what = || format!("step {}", step.id);
        if !session.reaches(SHOWN, what, |circuit| vec![circuit.shown(&step.shown)]) {
            let message = format!("the step `{}` is never shown", step.id);
            let finding = Finding::error("never-shown", message, Spot::Step(index));
            session.findings.push(finding.help("its `when` is never true at its `levels`"));
        }
    }
    for (index, page) in questionnaire.learn.iter().enumerate() {
        let what = || format!("page {}", page.id);
        if !session.reaches(SHOWN, what, |circuit| vec![circuit.shown(&page.shown)]) {
            let message = format!("the page `{}` is never shown", page.id);
            let finding = Finding::error("never-shown", message, Spot::Page(index));
            session.findings.push(finding.help("its `when` is never true at its `levels`"));
        }
    }
    for (index, rule) in questionnaire.rules.iter().enumerate() {
        for wording in 0..rule.because_if.len() {
            let what = || format!("the words {} of rule {}", wording + 1, rule.id);
            if !session.reaches(SHOWN, what, |circuit| told(circuit, index, wording)) {
                let message = format!("rule {} never uses the words \"{}\"", rule.id, words(rule, wording));
                let finding = Finding::error("never-shown", message, Spot::RuleId(index));
                session.findings.push(
                    finding.help(
                        "where the rule is true, their `when` is not, or an entry before it goes first",
                    ),
                );
            }
        }
    }
    if session.findings.len() + session.unproved.len() == before {
        let (steps, pages) = (questionnaire.next_steps.len(), questionnaire.learn.len());
        let (steps, pages) = (count(steps, "step"), count(pages, "page"));
        session.proved.push(format!("{SHOWN}: {steps}, {pages}"));
    }
}

/// A rule is true, and told in the words of this entry.
fn told(circuit: &mut Circuit, rule: RuleIndex, wording: usize) -> Vec<Lit> {
    let mut wanted = vec![circuit.rules[rule].certain];
    for (at, entry) in circuit.questionnaire.rules[rule].because_if[..=wording].iter().enumerate() {
        let holds = circuit.rails(&entry.when).certain;
        wanted.push(if at == wording { holds } else { !holds });
    }
    wanted
}

fn words(rule: &Rule, wording: usize) -> &str {
    rule.because_if[wording].say.to(Audience::Patient)
}

/// Whatever the sheet, whoever reads the summary.
pub fn step_at_every_level(session: &mut Session) {
    let before = session.findings.len() + session.unproved.len();
    for level in 0..session.questionnaire.levels.len() {
        for reader in [Audience::Patient, Audience::Clinician] {
            for prover in 0..session.provers.len() {
                if !has_step(session, prover, level, reader) {
                    break;
                }
            }
        }
    }
    if session.findings.len() + session.unproved.len() == before {
        session.proved.push(STEP.to_owned());
    }
}

fn has_step(session: &mut Session, prover: usize, level: LevelIndex, reader: Audience) -> bool {
    let questionnaire = session.questionnaire;
    let circuit = &mut session.provers[prover].circuit;
    let steps = questionnaire.next_steps.iter().map(|step| &step.shown);
    let steps = steps.filter(|shown| shown.audience.is_none_or(|only| only == reader));
    let steps: Vec<Lit> = steps.map(|shown| circuit.shown(shown)).collect();
    let any = circuit.graph.any(steps);
    let wanted = [circuit.is_level(level), !any];
    let sheet = match session.provers[prover].find(&wanted) {
        Search::Never => return true,
        Search::OutOfTime => {
            session.not_proved(STEP);
            return true;
        }
        Search::Found(sheet) => sheet,
    };
    let who = match reader {
        Audience::Patient => "patient",
        Audience::Clinician => "clinician",
    };
    let id = &questionnaire.levels[level].id;
    let message = format!("at the level `{id}` some summaries have no next step for the {who}");
    let finding = Finding::error("level-without-step", message, Spot::Level(level))
        .help(format!("add a step with `levels: [{id}]` and without `when`"));
    single(session, prover, &sheet, finding, |circuit, sheet| {
        let heard = sheet.heard(questionnaire, circuit.audience);
        let facts = Facts::of(questionnaire, circuit.audience, &heard);
        triage::assess(&facts).level == level && triage::next_steps(&facts, level, reader).is_empty()
    });
    false
}

/// Another answer to a question that is not asked changes neither level, rules, questions, steps nor pages.
pub fn hidden(session: &mut Session) {
    let before = session.findings.len() + session.unproved.len();
    let mut questions = 0;
    let outputs: Vec<Vec<Lit>> = (0..session.provers.len()).map(|prover| session.outputs(prover)).collect();
    for question in session.answered() {
        let mut can_be_hidden = false;
        for (prover, outputs) in outputs.iter().enumerate() {
            can_be_hidden |= session.provers[prover].circuit.asked[question].live.possible != Lit::TRUE;
            match session.provers[prover].find_leak(question, outputs) {
                Search::Never => {}
                Search::OutOfTime => session.not_proved(HIDDEN),
                Search::Found(sheet) => {
                    let sheet =
                        session.plainest(prover, &sheet, |circuit, sheet| leaks(circuit, sheet, question));
                    let example = session.example(prover, vec![sheet], Some(question));
                    session.disagreement("an answer counts though its question is not asked", example);
                }
            }
        }
        questions += usize::from(can_be_hidden);
    }
    if session.findings.len() + session.unproved.len() == before && questions > 0 {
        let questions = count(questions, "question");
        session.proved.push(format!("{HIDDEN}: {questions}"));
    }
}

fn leaks(circuit: &Circuit, sheet: &RawSheet, question: usize) -> bool {
    let questionnaire = circuit.questionnaire;
    let judged = |answer: Option<Answer>| {
        let heard = sheet.with(question, answer).heard(questionnaire, circuit.audience);
        triage::assess(&Facts::of(questionnaire, circuit.audience, &heard))
    };
    judged(sheet.answers[question].clone()) != judged(None)
}
