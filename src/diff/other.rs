//! What people meet besides the level: questions, reasons, steps, pages, times and contacts.

use super::Finder;
use super::both::{Patient, Side};
use super::what::{Twin, What};
use crate::questionnaire::{Audience, Contact, Deadline, LevelIndex, Shown, Text};
use std::collections::HashMap;

/// Something that some people meet in one version only.
#[derive(Debug, Clone)]
pub struct Other {
    pub behaviour: Behaviour,
    /// Who is asked when this happens.
    pub audiences: Vec<Audience>,
    pub patient: Patient,
    /// It comes later than before.
    pub is_less_urgent: bool,
}

/// What it is: of what both versions have. All but the questions are compared only where the level is the same. A `Side` is the version in which
/// the person meets it.
#[derive(Debug, Clone, PartialEq)]
pub enum Behaviour {
    Asked(Twin<usize>, Side),
    /// Told as a reason.
    Rule(Twin<usize>, Side),
    /// Told as what an open answer could mean.
    Doubt(Twin<usize>, Side),
    /// Shown to this reader; `None`: to both.
    Step(Twin<usize>, Option<Audience>, Side),
    Page(Twin<usize>, Option<Audience>, Side),
    /// At a level, this entry of its list and then that.
    Within(Twin<LevelIndex>, usize, usize),
    Who(Twin<LevelIndex>, usize, usize),
    CheckAgain(Twin<LevelIndex>, Twin<usize>, Side),
}

const SIDES: [Side; 2] = [Side::Old, Side::New];

pub(super) fn others(finder: &mut Finder) {
    let (old, new) = (finder.same.old, finder.same.new);
    for question in 0..new.questions.len() {
        if let Some(before) = finder.same.question(Side::New, question) {
            for side in SIDES {
                let twin = (Some(before), Some(question));
                finder.other(&What::Asked(twin, side), Behaviour::Asked(twin, side), false);
            }
        }
    }
    let rules = twins(&old.rules, &new.rules, |rule| &rule.id);
    for twin in rules.into_iter().filter(is_of_both) {
        for side in SIDES {
            let is_told = finder.other(&What::Rule(twin, side), Behaviour::Rule(twin, side), false);
            if !is_told {
                finder.other(&What::Doubt(twin, side), Behaviour::Doubt(twin, side), false);
            }
        }
    }
    for (old_step, new_step) in
        twins(&old.next_steps, &new.next_steps, |step| &step.id).into_iter().filter(is_of_both)
    {
        let shown =
            (old_step.map(|at| &old.next_steps[at].shown), new_step.map(|at| &new.next_steps[at].shown));
        for (reader, only) in readers(shown) {
            for side in SIDES {
                let twin = (old_step, new_step);
                finder.other(&What::Step(twin, reader, side), Behaviour::Step(twin, only, side), false);
            }
        }
    }
    for (old_page, new_page) in twins(&old.learn, &new.learn, |page| &page.id).into_iter().filter(is_of_both)
    {
        let shown = (old_page.map(|at| &old.learn[at].shown), new_page.map(|at| &new.learn[at].shown));
        for (reader, only) in readers(shown) {
            for side in SIDES {
                let twin = (old_page, new_page);
                finder.other(&What::Page(twin, reader, side), Behaviour::Page(twin, only, side), false);
            }
        }
    }
    for (from, to) in twins(&old.levels, &new.levels, |level| &level.id) {
        if let (Some(from), Some(to)) = (from, to) {
            times(finder, from, to);
        }
    }
}

/// What is of one version only is told as added or removed.
fn is_of_both(twin: &Twin<usize>) -> bool {
    twin.0.is_some() && twin.1.is_some()
}

fn times(finder: &mut Finder, from: LevelIndex, to: LevelIndex) {
    let (old, new) = (&finder.same.old.levels[from], &finder.same.new.levels[to]);
    let levels = (Some(from), Some(to));
    let pairs = same_times(&old.within, &new.within);
    for (i, was) in old.within.iter().enumerate() {
        for (j, is) in new.within.iter().enumerate() {
            if pairs.contains(&(i, j)) || (was.days, &was.say) == (is.days, &is.say) {
                continue;
            }
            let later = match (was.days, is.days) {
                (Some(was), Some(is)) => is > was,
                (Some(_), None) => true,
                (None, _) => false,
            };
            finder.other(&What::Within(levels, i, j), Behaviour::Within(levels, i, j), later);
        }
    }
    let pairs = same_contacts(&old.who, &new.who);
    for (i, was) in old.who.iter().enumerate() {
        for (j, is) in new.who.iter().enumerate() {
            if !pairs.contains(&(i, j)) && was.say != is.say {
                finder.other(&What::Who(levels, i, j), Behaviour::Who(levels, i, j), false);
            }
        }
    }
    let pairs = same_times(&old.check_again, &new.check_again);
    let both = pairs.iter().map(|&(i, j)| (Some(i), Some(j)));
    let gone = (0..old.check_again.len()).filter(|i| pairs.iter().all(|(old, _)| old != i));
    let come = (0..new.check_again.len()).filter(|j| pairs.iter().all(|(_, new)| new != j));
    let entries: Vec<Twin<usize>> =
        both.chain(gone.map(|i| (Some(i), None))).chain(come.map(|j| (None, Some(j)))).collect();
    for entries in entries {
        for side in SIDES {
            let what = What::CheckAgain(levels, entries, side);
            finder.other(&what, Behaviour::CheckAgain(levels, entries, side), false);
        }
    }
}

impl Finder<'_, '_> {
    /// Looks for somebody who meets it, and keeps it if there is anybody.
    fn other(&mut self, what: &What, behaviour: Behaviour, is_less_urgent: bool) -> bool {
        let Some((audiences, patient)) = self.look(what) else { return false };
        self.difference.others.push(Other { behaviour, audiences, patient, is_less_urgent });
        true
    }
}

/// What is in both lists or in one of them, in the order of the new one; what is gone comes last.
pub(super) fn twins<T>(old: &[T], new: &[T], id: impl Fn(&T) -> &String) -> Vec<Twin<usize>> {
    let ids: HashMap<&str, usize> =
        old.iter().enumerate().map(|(at, item)| (id(item).as_str(), at)).collect();
    let mut is_left = vec![true; old.len()];
    let mut found: Vec<Twin<usize>> = Vec::with_capacity(new.len());
    for (at, item) in new.iter().enumerate() {
        let before = ids.get(id(item).as_str()).copied();
        before.into_iter().for_each(|before| is_left[before] = false);
        found.push((before, Some(at)));
    }
    found.extend((0..old.len()).filter(|&at| is_left[at]).map(|at| (Some(at), None)));
    found
}

/// The readers for whom it has to be looked at, and whether it is about one of them only.
fn readers((old, new): (Option<&Shown>, Option<&Shown>)) -> Vec<(Audience, Option<Audience>)> {
    let audience = |shown: Option<&Shown>| shown.map(|shown| shown.audience);
    match (audience(old), audience(new)) {
        (Some(old), Some(new)) if old != new => {
            [Audience::Patient, Audience::Clinician].map(|reader| (reader, Some(reader))).into()
        }
        (Some(only), _) | (None, Some(only)) => vec![(only.unwrap_or_default(), only)],
        (None, None) => Vec::new(),
    }
}

/// Which entries are the same: those with equal words, and of what is left those with equal days, in their order.
pub(super) fn same_times(old: &[Deadline], new: &[Deadline]) -> Vec<(usize, usize)> {
    same_entries(old, new, |one, other| one.days == other.days, |time| &time.say)
}

pub(super) fn same_contacts(old: &[Contact], new: &[Contact]) -> Vec<(usize, usize)> {
    same_entries(old, new, |_, _| true, |contact| &contact.say)
}

fn same_entries<T>(
    old: &[T],
    new: &[T],
    fits: impl Fn(&T, &T) -> bool,
    say: impl Fn(&T) -> &Text,
) -> Vec<(usize, usize)> {
    let mut pairs: Vec<(usize, usize)> = Vec::new();
    for needs_words in [true, false] {
        for (i, one) in old.iter().enumerate() {
            if pairs.iter().any(|(old, _)| *old == i) {
                continue;
            }
            let other = new.iter().enumerate().position(|(j, other)| {
                let is_free = pairs.iter().all(|(_, new)| *new != j);
                is_free && fits(one, other) && (!needs_words || say(one) == say(other))
            });
            pairs.extend(other.map(|j| (i, j)));
        }
    }
    pairs.sort_unstable();
    pairs
}
