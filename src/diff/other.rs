//! What people meet besides the level: questions, reasons, steps, pages, times, contacts and lists.

use super::Finder;
use super::both::{Patient, Side};
use super::what::{ToldAs, Twin, What};
use crate::questionnaire::{
    Audience, Contact, Deadline, FurtherList, LevelIndex, Page, Questionnaire, Rule, Section, Shown, Text,
};
use std::collections::HashMap;

/// Something that some people meet in one version only.
#[derive(Debug, Clone)]
pub struct Other {
    pub behaviour: Behaviour,
    /// Who is asked when this happens.
    pub audiences: Vec<Audience>,
    pub patient: Patient,
    pub weight: Weight,
}

/// How much it matters that people meet something else.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Weight {
    /// They are told to act later than before.
    Later,
    /// At this level of the new version, which interrupts, they are no longer told something.
    Lost(LevelIndex),
    /// Neither.
    Differs,
}

/// What it is. All but the questions are compared only where the level is the same. A `Side` is the version in which
/// the person meets it.
#[derive(Debug, Clone, PartialEq)]
pub enum Behaviour {
    Asked(Twin<usize>, Side),
    /// Told as a reason.
    Rule(Twin<usize>, Side),
    /// Told as what an open answer could mean.
    Doubt(Twin<usize>, Side),
    /// Told in these words in the old version and in those in the new one, by their places among the rule's wordings.
    Because(Twin<usize>, (usize, usize)),
    /// Shown to this reader; `None`: to both.
    Step(Twin<usize>, Option<Audience>, Side),
    Page(Twin<usize>, Option<Audience>, Side),
    /// At a level, this entry of its list and then that; `None`: the level has no list.
    Within(Twin<LevelIndex>, Twin<usize>),
    Who(Twin<LevelIndex>, Twin<usize>),
    CheckAgain(Twin<LevelIndex>, Twin<usize>, Side),
    /// An item of a further return list, by list and item.
    Returned(Twin<(usize, usize)>, Side),
    /// An item of a list that every summary shows.
    Item(Listed, usize, Side),
}

/// A list that every summary shows.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Listed {
    ReturnList,
    Always,
}

impl Listed {
    pub const ALL: [Listed; 2] = [Listed::ReturnList, Listed::Always];

    pub fn texts(self, questionnaire: &Questionnaire) -> Vec<&Text> {
        match self {
            Listed::ReturnList => questionnaire.return_list.items.iter().map(|item| &item.say).collect(),
            Listed::Always => questionnaire.always.iter().collect(),
        }
    }

    /// Its key in a file.
    pub fn name(self) -> &'static str {
        match self {
            Listed::ReturnList => "return_list",
            Listed::Always => "always",
        }
    }
}

const SIDES: [Side; 2] = [Side::Old, Side::New];

pub(super) fn others(finder: &mut Finder) {
    let (old, new) = (finder.same.old, finder.same.new);
    for question in 0..new.questions.len() {
        if let Some(before) = finder.same.question(Side::New, question) {
            for side in SIDES {
                let twin = (Some(before), Some(question));
                finder.other(&What::Asked(twin, side), Behaviour::Asked(twin, side), Weight::Differs);
            }
        }
    }
    for twin in twins(&old.rules, &new.rules, |rule| &rule.id) {
        for side in SIDES {
            let is_told = finder.other(&What::Rule(twin, side), Behaviour::Rule(twin, side), Weight::Differs);
            if !is_told {
                finder.other(&What::Doubt(twin, side), Behaviour::Doubt(twin, side), Weight::Differs);
            }
        }
        reasons(finder, twin);
    }
    for twin in steps(old, new) {
        let shown = (twin.0.map(|at| &old.next_steps[at].shown), twin.1.map(|at| &new.next_steps[at].shown));
        for (reader, only) in readers(shown) {
            for side in SIDES {
                finder.told(&What::Step(twin, reader, side), Behaviour::Step(twin, only, side), side);
            }
        }
    }
    for twin in pages(old, new) {
        let shown = (twin.0.map(|at| &old.learn[at].shown), twin.1.map(|at| &new.learn[at].shown));
        for (reader, only) in readers(shown) {
            for side in SIDES {
                let what = What::Page(twin, reader, side);
                finder.other(&what, Behaviour::Page(twin, only, side), Weight::Differs);
            }
        }
    }
    for (from, to) in twins(&old.levels, &new.levels, |level| &level.id) {
        if let (Some(from), Some(to)) = (from, to) {
            times(finder, from, to);
        }
    }
    for list in Listed::ALL {
        items(finder, list);
    }
    further(finder);
}

/// Words of a rule that some people are told in place of others.
fn reasons(finder: &mut Finder, twin: Twin<usize>) {
    let (Some(before), Some(now)) = twin else { return };
    let (old, new) = (&finder.same.old.rules[before], &finder.same.new.rules[now]);
    let (was, is): (Vec<&Text>, Vec<&Text>) = (old.wordings().collect(), new.wordings().collect());
    // Changed words where they are listed as texts.
    let pairs = same_wordings(old, new);
    for entries in unpaired(&pairs, was.len(), is.len()) {
        let (Some(i), Some(j)) = entries else { continue };
        if was[i] == is[j] {
            continue;
        }
        for told in [ToldAs::Reason, ToldAs::Doubt] {
            let what = What::Because(twin, told, (i, j));
            if finder.other(&what, Behaviour::Because(twin, (i, j)), Weight::Differs) {
                break;
            }
        }
    }
}

/// Which words of a rule are the same: equal ones, then those for everybody else, and of what is left one for one in
/// their order.
pub(super) fn same_wordings(old: &Rule, new: &Rule) -> Vec<(usize, usize)> {
    let is_last = |(at, rule): (usize, &Rule)| at == rule.because_if.len();
    let (was, is): (Vec<_>, Vec<_>) =
        (old.wordings().enumerate().collect(), new.wordings().enumerate().collect());
    let fits =
        |one: &(usize, &Text), other: &(usize, &Text)| is_last((one.0, old)) == is_last((other.0, new));
    same_entries(&was, &is, fits, |entry| entry.1)
}

/// Steps are the same if their ids are, or all their words.
pub(super) fn steps(old: &Questionnaire, new: &Questionnaire) -> Vec<Twin<usize>> {
    twins_by_words(&old.next_steps, &new.next_steps, |step| &step.id, |one, other| one.say == other.say)
}

/// Pages are the same if their ids are, or all their words.
pub(super) fn pages(old: &Questionnaire, new: &Questionnaire) -> Vec<Twin<usize>> {
    let same = |one: &Page, other: &Page| (&one.title, &one.body) == (&other.title, &other.body);
    twins_by_words(&old.learn, &new.learn, |page| &page.id, same)
}

/// Sections are the same if their ids are, or else their titles: nobody sees the id.
pub(super) fn sections(old: &Questionnaire, new: &Questionnaire) -> Vec<Twin<usize>> {
    let same = |one: &Section, other: &Section| one.title == other.title;
    twins_by_words(&old.sections, &new.sections, |section| &section.id, same)
}

fn times(finder: &mut Finder, from: LevelIndex, to: LevelIndex) {
    let (old, new) = (&finder.same.old.levels[from], &finder.same.new.levels[to]);
    let levels = (Some(from), Some(to));
    let pairs = same_times(&old.within, &new.within);
    for entries in unpaired(&pairs, old.within.len(), new.within.len()) {
        let was = entries.0.map(|entry| &old.within[entry]);
        let is = entries.1.map(|entry| &new.within[entry]);
        let told = |time: Option<&Deadline>| time.map(|time| (time.days, time.say.clone()));
        if told(was) == told(is) {
            continue;
        }
        let days = |time: Option<&Deadline>| time.and_then(|time| time.days);
        let (what, behaviour) = (What::Within(levels, entries), Behaviour::Within(levels, entries));
        match (days(was), days(is)) {
            (Some(was), is) if is.is_none_or(|is| is > was) => {
                finder.other(&what, behaviour, Weight::Later);
            }
            (None, None) if was.is_some() => finder.told(&what, behaviour, Side::Old),
            _ => {
                finder.other(&what, behaviour, Weight::Differs);
            }
        }
    }
    let pairs = same_contacts(&old.who, &new.who);
    for entries in unpaired(&pairs, old.who.len(), new.who.len()) {
        let was = entries.0.map(|entry| &old.who[entry].say);
        let is = entries.1.map(|entry| &new.who[entry].say);
        if was != is {
            let side = if was.is_some() { Side::Old } else { Side::New };
            finder.told(&What::Who(levels, entries), Behaviour::Who(levels, entries), side);
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
            finder.told(&what, Behaviour::CheckAgain(levels, entries, side), side);
        }
    }
}

/// Every entry of the old list with every other of the new one; an empty list counts as one entry, `None`.
fn unpaired(pairs: &[(usize, usize)], old: usize, new: usize) -> Vec<Twin<usize>> {
    let all = |entries: usize| match entries {
        0 => vec![None],
        _ => (0..entries).map(Some).collect::<Vec<_>>(),
    };
    let is_pair = |twin: Twin<usize>| twin.0.zip(twin.1).is_some_and(|pair| pairs.contains(&pair));
    let (old, new) = (all(old), all(new));
    let both = old.iter().flat_map(|&one| new.iter().map(move |&other| (one, other)));
    both.filter(|&twin| !is_pair(twin)).collect()
}

/// Items that everybody is told in one version and nobody in the other. Those whose words were changed are no such
/// items.
fn items(finder: &mut Finder, list: Listed) {
    let (old, new) = (list.texts(finder.same.old), list.texts(finder.same.new));
    let pairs = same_texts(&old, &new);
    let gone = (0..old.len()).filter(|i| pairs.iter().all(|(was, _)| was != i));
    let come = (0..new.len()).filter(|j| pairs.iter().all(|(_, is)| is != j));
    let one_sided = gone.map(|i| (i, Side::Old)).chain(come.map(|j| (j, Side::New)));
    for (item, side) in one_sided.collect::<Vec<_>>() {
        finder.told(&What::SameLevel, Behaviour::Item(list, item, side), side);
    }
}

/// Further return lists, the first with the first: at each level what is told in one version only.
fn further(finder: &mut Finder) {
    let (old, new) = (&finder.same.old.return_list.further, &finder.same.new.return_list.further);
    for part in 0..old.len().max(new.len()) {
        let (was, is) = (said(old.get(part)), said(new.get(part)));
        let pairs = same_texts(&was, &is);
        let both = pairs.iter().map(|&(i, j)| (Some(i), Some(j)));
        let gone = (0..was.len()).filter(|i| pairs.iter().all(|(old, _)| old != i));
        let come = (0..is.len()).filter(|j| pairs.iter().all(|(_, new)| new != j));
        let items = both.chain(gone.map(|i| (Some(i), None))).chain(come.map(|j| (None, Some(j))));
        for (i, j) in items.collect::<Vec<_>>() {
            let twin = (i.map(|i| (part, i)), j.map(|j| (part, j)));
            for side in SIDES {
                finder.told(&What::Returned(twin, side), Behaviour::Returned(twin, side), side);
            }
        }
    }
}

/// The items of a further return list.
pub(super) fn said(part: Option<&FurtherList>) -> Vec<&Text> {
    part.into_iter().flat_map(|part| &part.items).map(|item| &item.say).collect()
}

impl Finder<'_, '_> {
    /// Looks for somebody who meets it, and keeps it if there is anybody.
    fn other(&mut self, what: &What, behaviour: Behaviour, weight: Weight) -> bool {
        let Some((audiences, patient)) = self.look(what) else { return false };
        self.difference.others.push(Other { behaviour, audiences, patient, weight });
        true
    }

    /// Keeps what people are told on one side only. At a level that interrupts, where minutes may count, nobody may
    /// lose it; each such level is kept, with somebody who does.
    fn told(&mut self, what: &What, behaviour: Behaviour, side: Side) {
        let mut is_lost = false;
        if side == Side::Old {
            for (from, to) in self.interrupting() {
                let at = What::At((Some(from), Some(to)), Box::new(what.clone()));
                is_lost |= self.other(&at, behaviour.clone(), Weight::Lost(to));
            }
        }
        if !is_lost {
            self.other(what, behaviour, Weight::Differs);
        }
    }

    /// The levels of both versions that interrupted by the old one.
    fn interrupting(&self) -> Vec<(LevelIndex, LevelIndex)> {
        let levels = self.same.old.levels.iter().enumerate().filter(|(_, level)| level.interrupt);
        let new_of = &self.audiences[0].levels.new_of;
        levels.filter_map(|(from, _)| Some((from, new_of[from]?))).collect()
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

/// Twins by their ids; of what is left, those with equal words are the same under another id.
pub(super) fn twins_by_words<T>(
    old: &[T],
    new: &[T],
    id: impl Fn(&T) -> &String,
    same: impl Fn(&T, &T) -> bool,
) -> Vec<Twin<usize>> {
    let mut found = twins(old, new, id);
    // What is only in the old list comes last, so nothing before it moves when it finds its twin.
    for at in 0..new.len() {
        let (None, Some(to)) = found[at] else { continue };
        let is_renamed =
            |twin: &Twin<usize>| matches!(twin, (Some(from), None) if same(&old[*from], &new[to]));
        if let Some(gone) = found.iter().position(is_renamed) {
            found[at].0 = found.remove(gone).0;
        }
    }
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

/// Which texts are the same: equal ones, and of what is left one for one in their order.
pub(super) fn same_texts(old: &[&Text], new: &[&Text]) -> Vec<(usize, usize)> {
    same_entries(old, new, |_, _| true, |text| text)
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
