//! A `not` over a question that is not always asked: true of everybody who is not asked it.

use super::explain;
use super::finding::Finding;
use super::prover::Search;
use super::reach::owned;
use super::session::Session;
use super::words;
use crate::circuit::Lit;
use crate::questionnaire::{Condition, QuestionIndex};

pub fn hidden_nots(session: &mut Session) {
    for (spot, condition) in owned(session.questionnaire) {
        let mut nots = Vec::new();
        condition.visit(&mut |part| {
            if let Condition::Not(inner) = part {
                nots.push((part, inner.as_ref()));
            }
        });
        for (not, inner) in nots {
            let hidden = explain::questions(session.questionnaire, inner)
                .into_iter()
                .find(|&question| is_true_when_hidden(session, condition, inner, question));
            let Some(hidden) = hidden else { continue };
            let id = &session.questionnaire.questions[hidden].id;
            let message = format!(
                "`{}` is also true of people who are not asked `{id}`",
                words::condition(session.questionnaire, not)
            );
            let finding = Finding::warning("not-over-hidden", message, spot);
            session.findings.push(
                finding
                    .help("if that is not meant, name the answers that count instead of those that do not"),
            );
        }
    }
}

/// Whether the whole condition can hold by a `not` over `inner` while the question is not asked.
fn is_true_when_hidden(
    session: &mut Session,
    whole: &Condition,
    inner: &Condition,
    question: QuestionIndex,
) -> bool {
    session.provers.iter_mut().any(|prover| {
        let live = prover.circuit.asked[question].live.possible;
        if live.is_constant() {
            // Always asked, or in a section that this audience does not see at all.
            return false;
        }
        let not_inner: Lit = !prover.circuit.rails(inner).possible;
        let whole = prover.circuit.rails(whole).certain;
        matches!(prover.find(&[whole, not_inner, !live]), Search::Found(_))
    })
}
