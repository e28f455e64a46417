//! Proves that a questionnaire is safe in ways that can be stated without any medicine, or shows a sheet that
//! breaks it. `docs/author/proofs.md` says, for authors, what is proved and what is not.
//!
//! Each property asks the circuit whether there is a sheet of answers with something that must not be. Random
//! sheets are tried first; then it is followed in which direction a change can move each node, which proves
//! most; the rest goes to the solver. Whatever is found is judged again by the plain interpreter.

mod advice;
mod blame;
mod change;
mod compare;
mod count;
mod effect;
pub(crate) mod explain;
mod finding;
mod length;
mod pitfalls;
mod prover;
mod reach;
mod samples;
mod screens;
mod session;
pub(crate) mod shrink;
pub(crate) mod side_by_side;
mod solver;
pub(crate) mod tell;
mod wave;
pub(crate) mod words;

use crate::questionnaire::diagnostic::{Diagnostic, Severity};
use crate::questionnaire::yaml::{Places, Spot};
use crate::questionnaire::{Questionnaire, count};
use finding::Finding;
use session::Session;

pub use count::fewest_and_most;
pub(crate) use explain::questions;
pub(crate) use side_by_side::wrapped;
pub use solver::{Found, Solver, Steps, Stop};
pub(crate) use tell::answers;
pub(crate) use words::condition as written;

/// How to prove.
pub struct Options {
    /// Says that the time is up; what is not proved by then is reported as such.
    pub stop: Stop,
    /// Keep a sheet for everything that can be reached.
    pub witnesses: bool,
}

/// What came out.
#[derive(Debug)]
pub struct Proof {
    /// The properties that do not hold, with the sheets that show it, and what else there is to look at.
    pub diagnostics: Vec<Diagnostic>,
    /// What was proved, and what the file excepts from it, one line each.
    pub lines: Vec<String>,
    /// Sheets that show what can be reached, in words.
    pub witnesses: Vec<String>,
}

/// Proves a questionnaire that was loaded without mistakes from `text`.
pub fn prove(questionnaire: &Questionnaire, file: &str, text: &[u8], options: &Options) -> Proof {
    let mut session = Session::new(questionnaire, &options.stop, options.witnesses);
    reach::reach(&mut session);
    effect::effect(&mut session);
    advice::one_level(&mut session);
    length::length(&mut session);
    screens::screens(&mut session);
    compare::monotone(&mut session);
    compare::unsure_safe(&mut session);
    advice::hidden(&mut session);
    advice::shown(&mut session);
    advice::step_at_every_level(&mut session);
    pitfalls::hidden_nots(&mut session);
    waivers(&mut session);
    for (property, parts) in std::mem::take(&mut session.unproved) {
        let message = format!("not proved within the time limit: {property} ({})", count(parts, "part"));
        let finding = Finding::error("unproved", message, finding::WHOLE_FILE);
        let mut finding = finding.help("give it more time with `--budget SECONDS`");
        finding.spot = None;
        session.findings.push(finding);
    }
    let mut proof = Proof { diagnostics: Vec::new(), lines: session.proved, witnesses: Vec::new() };
    if !session.findings.is_empty() {
        let places = Places::of(text);
        let findings = std::mem::take(&mut session.findings).into_iter();
        proof.diagnostics =
            findings.map(|finding| tell::diagnostic(questionnaire, file, &places, finding)).collect();
    }
    let witnesses = session.witnesses.unwrap_or_default();
    proof.witnesses =
        witnesses.iter().map(|(what, sheet)| tell::witness(questionnaire, what, sheet)).collect();
    proof
}

/// Every waiver is told, and one that nothing needs is pointed out.
fn waivers(session: &mut Session) {
    let used = std::mem::take(&mut session.waivers_used);
    for (index, (waiver, used)) in session.questionnaire.waivers.iter().zip(used).enumerate() {
        let question = &session.questionnaire.questions[waiver.question];
        let option = waiver.option.map(|option| format!(", `{}`", question.options[option].id));
        let what = format!("{} at `{}`{}", waiver.property.name(), question.id, option.unwrap_or_default());
        match used {
            true => session.proved.push(format!("waived: {what}: {}", waiver.because.trim())),
            false => {
                let message = format!("this waiver is not needed: {what}");
                let finding = Finding::warning("unused-waiver", message, Spot::Waiver(index));
                session.findings.push(finding.help("delete it"));
            }
        }
    }
}

impl Proof {
    /// Whether all is proved.
    pub fn holds(&self) -> bool {
        self.diagnostics.iter().all(|diagnostic| diagnostic.severity != Severity::Error)
    }
}
