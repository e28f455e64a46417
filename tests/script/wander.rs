//! Ways through a questionnaire drawn at random, the same ones every time.

use std::collections::BTreeSet;

use redflag::answers::number_text;
use redflag::interview::{Interview, Stage};
use redflag::questionnaire::{Domain, Question, QuestionIndex};

use super::Step;
use super::dice::Dice;

/// Something that can be done where the interview is.
pub fn any_step(interview: &Interview, dice: &mut Dice) -> Step {
    let questions = &interview.questionnaire().questions;
    let asked = interview.asked();
    let id = |question: QuestionIndex| questions[question].id.clone();
    let any_edit = |dice: &mut Dice| match asked.len() {
        0 => Step::Help,
        many => Step::Edit(id(asked[dice.below(many)]), None),
    };
    match *interview.stage() {
        Stage::Asking(index) => match dice.below(20) {
            0..2 => Step::Back,
            2 => Step::Why,
            3 => Step::Stay,
            4 => any_edit(dice),
            5 => wrong_answer(&questions[index]),
            6 if interview.sheet().get(index).is_some() => Step::Keep(id(index)),
            _ => any_answer(&questions[index], dice),
        },
        Stage::SettingAside { .. } | Stage::Lowering { .. } => match dice.below(3) {
            0 => Step::Decline,
            1 => Step::Back,
            _ => Step::Confirm,
        },
        Stage::OfferSettling => match dice.below(5) {
            0 => Step::Back,
            1 => Step::Result,
            _ => Step::Settle,
        },
        Stage::Settling { .. } => match dice.below(12) {
            0 => Step::Back,
            1 => Step::Stay,
            2 => any_edit(dice),
            3 => Step::Why,
            die => Step::OnceMore(["no", "yes", "unsure"][(die % 4).min(2)].to_owned()),
        },
        Stage::Alert { .. } => match dice.below(6) {
            0 => Step::Back,
            1 => Step::Result,
            _ => Step::Continue,
        },
        Stage::Review => match dice.below(3) {
            0 => Step::Back,
            _ => any_edit(dice),
        },
        Stage::Summary => match dice.below(4) {
            0 => Step::Back,
            1 if !interview.is_finished() => Step::Continue,
            _ => any_edit(dice),
        },
    }
}

/// Nothing at all, where an answer is needed; where none is, one that no question takes.
fn wrong_answer(question: &Question) -> Step {
    let id = question.id.clone();
    match question.domain {
        Domain::Number(_) if question.optional => Step::Wrong(id, "1e9".to_owned()),
        Domain::Nothing | Domain::Text => Step::Help,
        _ if question.optional => Step::Help,
        // On the full screen an answer given before would be taken again.
        Domain::Number(_) => Step::Wrong(id, "-7".to_owned()),
        _ => Step::Why,
    }
}

fn any_answer(question: &Question, dice: &mut Dice) -> Step {
    let id = question.id.clone();
    if !question.takes_answer() || question.optional && dice.below(2) == 0 {
        return Step::LeaveOut(id);
    }
    if question.unsure && dice.below(6) == 0 {
        return Step::Answer(id, "unsure".to_owned());
    }
    let value = match &question.domain {
        Domain::Number(_) if let Some((min, max)) = question.scale() => {
            (min + dice.below((max - min + 1) as usize) as i32).to_string()
        }
        Domain::Number(bounds) => {
            let part = dice.below(101) as f64 / 100.0;
            let step = 10f64.powi(i32::from(bounds.decimals));
            number_text(((bounds.min + (bounds.max - bounds.min) * part) * step).round() / step)
        }
        Domain::Text => ["It hurts", "背中が  痛い", "caf\u{e9} x, 1; 2"][dice.below(3)].to_owned(),
        Domain::Several => {
            let alone = question.exclusive();
            if !alone.is_empty() && dice.below(2) == 0 {
                let first = alone.iter().next().unwrap_or_default();
                return Step::Answer(id, question.options[first].id.clone());
            }
            let others: Vec<_> = (0..question.options.len()).filter(|&o| !alone.contains(o)).collect();
            let many = 1 + dice.below(3.min(others.len()));
            let start = dice.below(others.len());
            let ids: BTreeSet<_> = (0..many)
                .map(|n| question.options[others[(start + n * n) % others.len()]].id.as_str())
                .collect();
            ids.into_iter().collect::<Vec<_>>().join(", ")
        }
        _ => question.options[dice.below(question.options.len())].id.clone(),
    };
    Step::Answer(id, value)
}
