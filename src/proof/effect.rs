//! Every option can change something: one of concern makes a rule true, any other what a person is asked or told.

use super::change::{Change, ChangeKind};
use super::finding::Finding;
use super::prover::Search;
use super::session::Session;
use crate::answers::Answer;
use crate::circuit::Lit;
use crate::questionnaire::yaml::Spot;
use crate::questionnaire::{Concern, Kind, OptionIndex, Property, QuestionIndex, count};

const EFFECT: &str = "every answer of concern counts in a rule, and every other is of some use";

pub fn effect(session: &mut Session) {
    let before = session.findings.len() + session.unproved.len();
    let outputs: Vec<Vec<Lit>> = (0..session.provers.len()).map(|prover| session.outputs(prover)).collect();
    let mut options = 0;
    for question in session.answered() {
        let asked = &session.questionnaire.questions[question];
        let is_asked =
            session.provers.iter().any(|prover| prover.circuit.asked[question].live.possible != Lit::FALSE);
        for option in 0..asked.options.len() {
            let is_least = asked.least_concerning().contains(option);
            if is_least || asked.options[option].no_concern || !is_asked {
                continue;
            }
            options += 1;
            if !matters(session, question, option, &outputs)
                && !session.is_waived(Property::Effect, question, &[option])
            {
                report(session, question, option);
            }
        }
    }
    if session.findings.len() + session.unproved.len() == before {
        session.proved.push(format!("{EFFECT}: {}", count(options, "answer")));
    }
}

fn matters(
    session: &mut Session,
    question: QuestionIndex,
    option: OptionIndex,
    outputs: &[Vec<Lit>],
) -> bool {
    let asked = &session.questionnaire.questions[question];
    let by_rules = !matches!(asked.concern, Concern::None | Concern::Unsaid);
    let replace = |other: OptionIndex| ChangeKind::Replace {
        before: Some(Answer::option(other)),
        after: Some(Answer::option(option)),
    };
    let kinds: Vec<ChangeKind> = match asked.kind {
        Kind::ManyOf | Kind::BodyMap => vec![ChangeKind::Tick(option)],
        _ if by_rules => asked.least_concerning().iter().map(replace).collect(),
        _ => (0..asked.options.len()).filter(|&other| other != option).map(replace).collect(),
    };
    let mut out_of_time = false;
    for (prover, outputs) in outputs.iter().enumerate() {
        let rules = || session.provers[prover].circuit.rules.iter().map(|rule| rule.certain).collect();
        let nodes = if by_rules { rules() } else { outputs.clone() };
        for kind in &kinds {
            let change = Change { question, kind: kind.clone() };
            let rise = session.provers[prover].find_rise(&change, &nodes);
            let found = match rise {
                Search::Never if !by_rules => session.provers[prover].find_fall(&change, &nodes),
                found => found,
            };
            match found {
                Search::Found(_) => return true,
                Search::Never => {}
                Search::OutOfTime => out_of_time = true,
            }
        }
    }
    if out_of_time {
        session.not_proved(EFFECT);
    }
    out_of_time
}

fn report(session: &mut Session, question: QuestionIndex, option: OptionIndex) {
    let asked = &session.questionnaire.questions[question];
    let (id, option_id) = (&asked.id, &asked.options[option].id);
    let (what, help) = match asked.concern {
        Concern::None | Concern::Unsaid => (
            format!("the answer `{option_id}` to `{id}` changes nothing that anybody sees"),
            "use it in a rule, a step or a page; or write `concern: none` at the option".to_owned(),
        ),
        _ => (
            format!("the answer `{option_id}` to `{id}` makes no rule true"),
            "was it forgotten in a rule? If it is no concern, write `concern: none` at the option".to_owned(),
        ),
    };
    let finding = Finding::error("no-effect", what, Spot::Option(question, option)).help(help);
    session.findings.push(finding);
}
