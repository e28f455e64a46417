//! Every answer can change something: one of concern makes a rule true, any other what a person is asked or told.

use super::blame::NO_IS_OF_CONCERN;
use super::change::{self, Change};
use super::finding::Finding;
use super::prover::Search;
use super::session::Session;
use crate::circuit::Lit;
use crate::questionnaire::yaml::Spot;
use crate::questionnaire::{Concern, Domain, OptionIndex, Property, Question, QuestionIndex, count};

const EFFECT: &str = "every answer of concern counts in a rule, and every other is of some use";

const TURNED: &str =
    "does the file have the answers of concern the wrong way round, or is there a `not` too many?";

/// An answer that is looked at; `None`: the numbers of a number or scale, all together.
type Looked = Option<OptionIndex>;

pub fn effect(session: &mut Session) {
    let before = session.findings.len() + session.unproved.len();
    let outputs: Vec<Vec<Lit>> = (0..session.provers.len()).map(|prover| session.outputs(prover)).collect();
    let rules: Vec<Vec<Lit>> = (session.provers.iter())
        .map(|prover| prover.circuit.rules.iter().map(|rule| rule.certain).collect())
        .collect();
    let mut answers = 0;
    for question in session.answered() {
        let is_asked =
            session.provers.iter().any(|prover| prover.circuit.asked[question].live.possible != Lit::FALSE);
        let looked_at = match is_asked {
            true => looked_at(&session.questionnaire.questions[question]),
            false => Vec::new(),
        };
        let mut idle = looked_at.clone();
        idle.retain(|&answer| {
            let options: Vec<OptionIndex> = answer.into_iter().collect();
            !matters(session, question, answer, (&rules, &outputs))
                && !session.is_waived(Property::Effect, question, &options)
        });
        answers += looked_at.len();
        // An answer that makes a rule untrue was not forgotten.
        let turned = session.questionnaire.questions[question].has_direction()
            && (idle.iter()).any(|&answer| moves(session, question, answer, &rules, Way::Down));
        report(session, question, &idle, idle.len() == looked_at.len(), turned);
    }
    if session.findings.len() + session.unproved.len() == before {
        session.proved.push(format!("{EFFECT}: {}", count(answers, "answer")));
    }
    let questions = session.questionnaire.questions.iter();
    let record: Vec<&str> =
        questions.filter(|question| question.record_only).map(|question| question.id.as_str()).collect();
    if !record.is_empty() {
        session.proved.push(format!("asked only for the record: {}", record.join(", ")));
    }
}

/// The answers that must be of use: not the least concerning one, and not what the file says is of no concern.
fn looked_at(asked: &Question) -> Vec<Looked> {
    match asked.domain {
        _ if asked.record_only => Vec::new(),
        // That numbers count which are a safety screen is a property of screens.
        Domain::Number(_) if asked.red_flag => Vec::new(),
        Domain::Number(_) => vec![None],
        _ => {
            let least = asked.least_concerning();
            let options = (0..asked.options.len()).filter(|&option| !least.contains(option));
            options.filter(|&option| !asked.options[option].no_concern).map(Some).collect()
        }
    }
}

/// Nodes for each prover.
type Nodes = [Vec<Lit>];

/// From not holding to holding, or back.
#[derive(Clone, Copy)]
enum Way {
    Up,
    Down,
}

/// Whether the answer makes a rule true; if it is no more concerning than others, whether it changes anything.
fn matters(session: &mut Session, question: QuestionIndex, answer: Looked, nodes: (&Nodes, &Nodes)) -> bool {
    let (rules, outputs) = nodes;
    match session.questionnaire.questions[question].has_direction() {
        true => moves(session, question, answer, rules, Way::Up),
        false => {
            moves(session, question, answer, outputs, Way::Up)
                || moves(session, question, answer, outputs, Way::Down)
        }
    }
}

/// Whether one of the nodes moves with the answer, in one direction.
fn moves(session: &mut Session, question: QuestionIndex, answer: Looked, nodes: &Nodes, way: Way) -> bool {
    let asked = &session.questionnaire.questions[question];
    let mut out_of_time = false;
    for (prover, nodes) in session.provers.iter_mut().zip(nodes) {
        let changes: Vec<Change> = match answer {
            Some(option) => change::to_option(question, asked, option),
            None => change::to_numbers(question, asked, &prover.circuit.asked[question].variables),
        };
        for change in changes {
            let found = match way {
                Way::Up => prover.find_rise(&change, nodes),
                Way::Down => prover.find_fall(&change, nodes),
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

/// Reports the answers without a use: one by one, or the question if all its answers are.
fn report(session: &mut Session, question: QuestionIndex, idle: &[Looked], are_all: bool, turned: bool) {
    let asked = &session.questionnaire.questions[question];
    let is_one_finding = idle.len() > 1 || asked.concern == Concern::None || idle.contains(&None);
    match idle {
        [] => {}
        _ if are_all && (is_one_finding || asked.is_yes_no()) => whole(session, question, turned),
        _ => idle.iter().flatten().for_each(|&option| one(session, question, option, turned)),
    }
}

fn whole(session: &mut Session, question: QuestionIndex, turned: bool) {
    let asked = &session.questionnaire.questions[question];
    let id = &asked.id;
    let turned_yes_no =
        asked.is_yes_no().then(|| format!("{NO_IS_OF_CONCERN}; or is there a `not` too many?"));
    let (what, help) = match asked.has_direction() {
        true if turned => {
            let help = turned_yes_no.as_deref().unwrap_or(TURNED);
            (format!("no answer to `{id}` makes a rule true, but some make one untrue"), help)
        }
        true => (
            format!("no answer to `{id}` makes a rule true"),
            "was it forgotten in a rule? If no answer is of more concern than another, write `concern: none` at the question; if it is only for the record, `record_only: true`",
        ),
        false => (
            format!("no answer to `{id}` changes anything that anybody sees"),
            "use it in a rule, a step or a page; or, if it is only for the record, write `record_only: true` at the question",
        ),
    };
    let spot = Spot::Question(question);
    session.findings.push(match asked.concern {
        // The screens say it.
        Concern::None if asked.red_flag => return,
        Concern::None => Finding::warning("no-effect", what, spot).help(help),
        _ => Finding::error("no-effect", what, spot).help(help),
    });
}

fn one(session: &mut Session, question: QuestionIndex, option: OptionIndex, turned: bool) {
    let asked = &session.questionnaire.questions[question];
    let (id, option_id) = (&asked.id, &asked.options[option].id);
    let (what, help) = match asked.has_direction() {
        false => (
            format!("the answer `{option_id}` to `{id}` changes nothing that anybody sees"),
            "use it in a rule, a step or a page; or write `concern: none` at the option",
        ),
        true if turned => {
            (format!("the answer `{option_id}` to `{id}` makes no rule true, but one untrue"), TURNED)
        }
        true => (
            format!("the answer `{option_id}` to `{id}` makes no rule true"),
            "was it forgotten in a rule? If it is of no concern, write `concern: none` at the option",
        ),
    };
    session.findings.push(Finding::error("no-effect", what, Spot::Option(question, option)).help(help));
}
