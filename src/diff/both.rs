//! Both versions as one person answers them: finds a person who meets a difference, as plain a one as can be.

use super::order::Levels;
use super::what::{Twin, What};
use crate::answers::{Facts, Sheet};
use crate::circuit::{Beside, Circuit, Lit, RawSheet, Sheets};
use crate::proof::shrink;
use crate::proof::{Found, Solver, Stop};
use crate::questionnaire::{Audience, LevelIndex, Questionnaire, Shown};
use crate::triage::{self, Assessment};

/// One of the versions.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Side {
    Old,
    New,
}

/// A person who answers both versions.
#[derive(Debug, Clone, PartialEq)]
pub struct Patient {
    pub audience: Audience,
    pub old: RawSheet,
    pub new: RawSheet,
    /// For each question of the old version whether its answer is other than that of somebody with nothing of concern.
    pub telling_old: Vec<bool>,
    pub telling_new: Vec<bool>,
}

/// What a search gave.
#[derive(Debug, Clone, PartialEq)]
pub enum Search {
    Found(Box<Patient>),
    /// Proved that there is nobody.
    Never,
    /// The time was up.
    OutOfTime,
    /// The interpreter doesn't see what the circuits do: a mistake in the program.
    Disagree(Box<Patient>),
}

/// A sheet as one version hears and judges it.
pub struct Seen<'a> {
    pub facts: Facts<'a>,
    pub assessment: Assessment,
}

impl<'a> Seen<'a> {
    pub fn of(questionnaire: &'a Questionnaire, audience: Audience, heard: &'a Sheet) -> Seen<'a> {
        let facts = Facts::of(questionnaire, audience, heard);
        let assessment = triage::assess(&facts);
        Seen { facts, assessment }
    }

    pub fn shows(&self, shown: &Shown, reader: Audience) -> bool {
        triage::is_shown(&self.facts, shown, self.assessment.level, reader)
    }
}

/// Two versions for one audience.
pub struct Both<'q> {
    first: Circuit<'q>,
    second: Beside<'q>,
    pub levels: Levels,
    /// The levels have the same id.
    pub same_level: Lit,
    solver: Solver,
    /// The sheet of somebody with nothing of concern, once it is needed.
    baselines: Option<(RawSheet, RawSheet)>,
}

impl<'q> Both<'q> {
    pub fn new(old: &'q Questionnaire, new: &'q Questionnaire, audience: Audience, stop: &Stop) -> Both<'q> {
        let mut first = Circuit::with_others(old, audience, Sheets::Complete, [new]);
        let second = first.beside(new);
        let laws = first.laws().chain(second.laws());
        let solver = Solver::new(&first.graph, laws, Stop::clone(stop));
        let levels = Levels::of(old, new);
        let mut both = Both { first, second, levels, same_level: Lit::TRUE, solver, baselines: None };
        let pairs: Vec<(usize, usize)> =
            both.levels.new_of.iter().enumerate().filter_map(|(old, new)| Some((old, (*new)?))).collect();
        let is_same: Vec<Lit> = pairs
            .into_iter()
            .map(|(from, to)| {
                let (from, to) = (both.is_level(Side::Old, from), both.is_level(Side::New, to));
                both.first.graph.and(from, to)
            })
            .collect();
        both.same_level = both.first.graph.any(is_same);
        both
    }

    pub fn audience(&self) -> Audience {
        self.first.audience
    }

    pub fn circuit(&self, side: Side) -> &Circuit<'q> {
        match side {
            Side::Old => &self.first,
            Side::New => self.second.circuit(),
        }
    }

    /// Makes nodes of one version.
    pub fn make(&mut self, side: Side, make: impl FnOnce(&mut Circuit<'q>) -> Lit) -> Lit {
        match side {
            Side::Old => make(&mut self.first),
            Side::New => self.first.lend(&mut self.second, make),
        }
    }

    pub fn is_level(&mut self, side: Side, level: LevelIndex) -> Lit {
        self.make(side, |circuit| circuit.is_level(level))
    }

    /// A node of both versions that holds in one only.
    pub fn only<T>(
        &mut self,
        side: Side,
        (old, new): Twin<T>,
        node: impl Fn(&mut Circuit<'q>, T) -> Lit,
    ) -> [Lit; 2] {
        let old = old.map_or(Lit::FALSE, |old| self.make(Side::Old, |circuit| node(circuit, old)));
        let new = new.map_or(Lit::FALSE, |new| self.make(Side::New, |circuit| node(circuit, new)));
        match side {
            Side::Old => [old, !new],
            Side::New => [!old, new],
        }
    }

    /// At the same level, one entry of its list counts in the old version and another in the new one. `None`: the list
    /// of that version is empty, and nothing in it can count.
    pub fn entries(
        &mut self,
        levels: Twin<LevelIndex>,
        (old, new): Twin<usize>,
        counts: impl Fn(&mut Circuit<'q>, LevelIndex, usize) -> Lit,
    ) -> Vec<Lit> {
        let (Some(from), Some(to)) = levels else { return vec![Lit::FALSE] };
        let mut wanted = vec![self.is_level(Side::Old, from), self.is_level(Side::New, to)];
        wanted.extend(old.map(|old| self.make(Side::Old, |circuit| counts(circuit, from, old))));
        wanted.extend(new.map(|new| self.make(Side::New, |circuit| counts(circuit, to, new))));
        wanted
    }

    /// Whether nobody can meet it, seen without a search because both versions are the same there.
    fn is_plainly_never(&mut self, wanted: &[Lit]) -> bool {
        self.first.graph.all(wanted.iter().copied()) == Lit::FALSE
    }

    /// Whether anybody meets a difference.
    pub fn exists(&mut self, what: &What) -> Found {
        let wanted = what.wanted(self);
        match self.is_plainly_never(&wanted) {
            true => Found::Never,
            false => self.solver.find(&self.first.graph, &wanted),
        }
    }

    /// Somebody who meets a difference.
    pub fn find(&mut self, what: &What) -> Search {
        match self.exists(what) {
            Found::Never => return Search::Never,
            Found::OutOfTime => return Search::OutOfTime,
            Found::Yes => {}
        }
        let (old, new) = self.second.read(&self.first, |lit| self.solver.value(lit));
        let agrees = self.shows(what, &old, &new);
        let patient = match agrees {
            true => self.plainest(what, old, new),
            false => (old, new),
        };
        let patient = Box::new(self.patient(patient));
        if agrees { Search::Found(patient) } else { Search::Disagree(patient) }
    }

    fn shows(&self, what: &What, old: &RawSheet, new: &RawSheet) -> bool {
        let (one, other) = (self.first.questionnaire, self.second.circuit().questionnaire);
        let (heard_old, heard_new) = (old.heard(one, self.audience()), new.heard(other, self.audience()));
        let old = Seen::of(one, self.audience(), &heard_old);
        let new = Seen::of(other, self.audience(), &heard_new);
        what.is_shown_by(&old, &new, self)
    }

    /// Whether one person can say this to both.
    fn is_one_person(&self, old: &RawSheet, new: &RawSheet) -> bool {
        if self.second.laws().next().is_none() {
            return true;
        }
        let values = self.second.values(&self.first, (old, new));
        let inputs: Vec<u64> = values.into_iter().map(u64::from).collect();
        let words = self.first.graph.simulate(&inputs);
        self.second.laws().all(|law| law.iter().any(|&lit| words.of(lit) & 1 == 1))
    }

    /// First as plain as the old version lets it be, then what only the new one asks.
    fn plainest(&mut self, what: &What, old: RawSheet, new: RawSheet) -> (RawSheet, RawSheet) {
        let (baseline_old, baseline_new) = self.baselines().clone();
        let both = &*self;
        let shows =
            |old: &RawSheet, new: &RawSheet| both.is_one_person(old, new) && both.shows(what, old, new);
        let old = shrink::shrink(&old, &baseline_old, &both.first, |sheet| {
            shows(sheet, &both.second.follow(&both.first, sheet, &new))
        });
        let new = both.second.follow(&both.first, &old, &new);
        let lead = |sheet: &RawSheet| both.second.lead(&both.first, sheet, &old);
        let new =
            shrink::shrink(&new, &baseline_new, both.second.circuit(), |sheet| shows(&lead(sheet), sheet));
        (lead(&new), new)
    }

    fn baselines(&mut self) -> &(RawSheet, RawSheet) {
        let (first, second) = (&self.first, &self.second);
        self.baselines.get_or_insert_with(|| {
            let old = shrink::baseline(first);
            let own = shrink::baseline(second.circuit());
            // One person: what both ask has one plain answer.
            let new = second.follow(first, &old, &own);
            (old, new)
        })
    }

    fn patient(&mut self, (old, new): (RawSheet, RawSheet)) -> Patient {
        let audience = self.audience();
        let (plain_old, plain_new) = self.baselines();
        let telling = |sheet: &RawSheet, plain: &RawSheet| {
            sheet.answers.iter().zip(&plain.answers).map(|(answer, plain)| answer != plain).collect()
        };
        let (telling_old, telling_new) = (telling(&old, plain_old), telling(&new, plain_new));
        Patient { audience, old, new, telling_old, telling_new }
    }
}
