//! What the author of a changed copy has said may be less urgent than in the built-in questionnaire.
//!
//! A waiver of a rule is taken as a change of the built-in questionnaire: there, the rule counts for no more than the
//! level that the waiver names. Whoever is then still told to act less urgently has another reason, which no waiver
//! names. So a waiver of one rule never covers another, nor the same rule at a level less urgent still.

use super::both::Side;
use super::order::{Levels, Urgency};
use super::other::{Behaviour, Other, Weight};
use super::{Difference, Move, Versions};
use crate::proof::Stop;
use crate::questionnaire::{Audience, Deadline, Departing, LevelIndex, Questionnaire, Text, UnsurePolicy};

/// What is left to say about a copy when its waivers are taken into account.
pub struct Waived {
    pub difference: Difference,
    /// For each departure of the copy whether something needs it.
    pub is_needed: Vec<bool>,
}

/// Takes out of the difference from the built-in questionnaire (`old`) to a copy of it what the copy waives.
pub fn waive(versions: Versions, difference: Difference, stop: &Stop) -> Waived {
    let departures = &versions.new.departures;
    let mut waived = Waived { difference, is_needed: vec![false; departures.len()] };
    if departures.is_empty() {
        return waived;
    }
    waived.moves(versions, stop);
    waived.others(versions);
    waived
}

impl Waived {
    /// Moves to a less urgent level are looked for anew, from the built-in questionnaire as the waivers let it be.
    fn moves(&mut self, versions: Versions, stop: &Stop) {
        let departures = &versions.new.departures;
        let about_levels: Vec<usize> = (0..departures.len())
            .filter(|&at| matches!(departures[at].what, Departing::Rule { .. } | Departing::Unsure(_)))
            .collect();
        let is_less = |moved: &Move| moved.urgency == Urgency::Less;
        if about_levels.is_empty() || !self.difference.moves.iter().any(is_less) {
            return;
        }
        let left = less_urgent(versions, &about_levels, stop);
        for &at in &about_levels {
            let others: Vec<usize> = about_levels.iter().copied().filter(|&other| other != at).collect();
            let without = less_urgent(versions, &others, stop);
            self.is_needed[at] = is_cause(versions.old, &departures[at].what, &left, &without);
        }
        self.difference.moves.retain(|moved| !is_less(moved));
        let mut moves = left.moves;
        for moved in &mut moves {
            // Where they are by the built-in questionnaire itself.
            if let Some(example) = moved.examples.first() {
                moved.from = example.patient.old.level(versions.old, example.patient.audience);
            }
        }
        self.difference.moves.splice(0..0, moves);
        self.difference.unproved += left.unproved;
        self.difference.disagreements.extend(left.disagreements);
    }

    /// What comes later or is no longer told, each with its own waiver.
    fn others(&mut self, versions: Versions) {
        let Versions { old, new } = versions;
        let is_needed = &mut self.is_needed;
        let mut is_waived = |fits: &dyn Fn(&Departing) -> bool| {
            let mut found = false;
            for (departure, is_needed) in new.departures.iter().zip(is_needed.iter_mut()) {
                if fits(&departure.what) {
                    *is_needed = true;
                    found = true;
                }
            }
            found
        };
        self.difference.others.retain(|other| {
            other.weight == Weight::Differs || !is_waived(&|what| covers(what, other, old, new))
        });
        self.difference.parts.retain(|part| {
            let level = part.less_urgent_level;
            !part.is_less_urgent
                || !is_waived(
                    &|what| matches!(what, Departing::Interrupt { level: waived } if level == Some(*waived)),
                )
        });
    }
}

/// Who is still told to act less urgently if these departures are part of the built-in questionnaire.
fn less_urgent(versions: Versions, departures: &[usize], stop: &Stop) -> Difference {
    let accepted = accepted(versions, departures);
    let mut difference = super::moves(Versions { old: &accepted, new: versions.new }, stop);
    difference.moves.retain(|moved| moved.urgency == Urgency::Less);
    difference
}

fn accepted(Versions { old, new }: Versions, departures: &[usize]) -> Questionnaire {
    let levels = Levels::of(old, new);
    let mut accepted = old.clone();
    for &at in departures {
        match &new.departures[at].what {
            Departing::Rule { rule, level } => {
                let level = in_old(&levels, *level);
                let rules = accepted.rules.iter_mut().filter(|known| known.id == *rule);
                rules.for_each(|known| known.level = known.level.max(level));
            }
            Departing::Unsure(policy) => {
                accepted.unsure = UnsurePolicy { at_least: in_old(&levels, policy.at_least), ..*policy };
            }
            Departing::Step { .. } | Departing::Text { .. } | Departing::Interrupt { .. } => {}
        }
    }
    accepted
}

/// The level of the built-in questionnaire; of a level that only the copy has, the next more urgent one of both.
fn in_old(levels: &Levels, level: LevelIndex) -> LevelIndex {
    levels.old_of[..=level].iter().rev().find_map(|old| *old).unwrap_or(0)
}

/// Whether more is left without a departure than with it. Beside what is left in any case, it is known by the rules
/// behind the examples.
fn is_cause(old: &Questionnaire, what: &Departing, left: &Difference, without: &Difference) -> bool {
    let pairs = |difference: &Difference| -> Vec<(LevelIndex, LevelIndex)> {
        difference.moves.iter().map(|moved| (moved.from, moved.to)).collect()
    };
    let is_behind = |moved: &Move| {
        let Departing::Rule { rule, .. } = what else { return false };
        let mut causes = moved.examples.iter().flat_map(|example| &example.causes);
        moved.more || causes.any(|cause| old.rules[cause.rule].id == *rule)
    };
    pairs(left) != pairs(without) || !left.moves.is_empty() && without.moves.iter().any(is_behind)
}

/// Whether a waiver names what these people are told later, or no longer.
fn covers(what: &Departing, other: &Other, old: &Questionnaire, new: &Questionnaire) -> bool {
    let is_at = |level: LevelIndex| match other.weight {
        Weight::Lost(lost) => lost == level,
        _ => matches!(other.behaviour, Behaviour::Within((_, Some(now)), _) if now == level),
    };
    match (what, &other.behaviour) {
        (Departing::Step { step, level }, Behaviour::Step((Some(before), _), ..)) => {
            is_at(*level) && old.next_steps[*before].id == *step
        }
        (Departing::Text { text, level, days }, behaviour) => {
            let words = told(behaviour, old).is_some_and(|words| is_said(words, text));
            let is_soon_enough = time(behaviour, new).is_none_or(|now| {
                let now = now.and_then(|now| now.days);
                // Without a day in the waiver there may be none any more.
                days.is_none_or(|days| now.is_some_and(|now| now <= days))
                    && (days.is_some() || now.is_none())
            });
            is_at(*level) && words && is_soon_enough
        }
        _ => false,
    }
}

/// The words that are no longer told.
pub fn told<'q>(behaviour: &Behaviour, old: &'q Questionnaire) -> Option<&'q Text> {
    match *behaviour {
        Behaviour::Within((Some(level), _), (Some(entry), _)) => Some(&old.levels[level].within[entry].say),
        Behaviour::Who((Some(level), _), (Some(entry), _)) => Some(&old.levels[level].who[entry].say),
        Behaviour::CheckAgain((Some(level), _), (Some(entry), _), Side::Old) => {
            Some(&old.levels[level].check_again[entry].say)
        }
        Behaviour::Returned((Some((part, item)), _), Side::Old) => {
            Some(&old.return_list.further[part].items[item].say)
        }
        Behaviour::Item(list, item, Side::Old) => list.texts(old).get(item).copied(),
        _ => None,
    }
}

/// Of a time to act, what it is now; `Some(None)`: none any more.
pub fn time<'q>(behaviour: &Behaviour, new: &'q Questionnaire) -> Option<Option<&'q Deadline>> {
    match *behaviour {
        Behaviour::Within((_, Some(level)), (_, entry)) => {
            Some(entry.map(|at| &new.levels[level].within[at]))
        }
        _ => None,
    }
}

fn is_said(words: &Text, text: &str) -> bool {
    let plain = |words: &str| words.split_whitespace().collect::<Vec<_>>().join(" ");
    [Audience::Patient, Audience::Clinician]
        .into_iter()
        .any(|audience| plain(words.to(audience)) == plain(text))
}
