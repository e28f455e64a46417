//! What differs between two versions of a questionnaire: for whom, and by which change of the file.
//!
//! Both versions are compiled into one circuit over the answers of one person, and for each difference that there
//! could be it is searched for a person who meets it. So what is not reported is proved not to be there. `docs/author/diff.md`
//! says, for authors, what is compared.

mod both;
mod built_in;
mod cause;
mod example;
mod files;
mod json;
mod languages;
mod order;
mod other;
mod parts;
mod same;
mod tell;
mod waived;
mod what;
mod words;

use crate::proof::{Found, Stop};
use crate::questionnaire::{Audience, LevelIndex, Questionnaire};
use both::{Both, Search};
use same::Same;
use what::What;

pub use both::{Patient, Side};
pub use built_in::{findings, proved, waivers};
pub use cause::{Cause, Why};
pub use files::Files;
pub use json::json;
pub use languages::{LanguageChange, languages};
pub use order::Urgency;
pub use other::{Behaviour, Listed, Other, Weight};
pub use parts::{Edit, PartChange, TextChange};
pub use same::ConditionChange;
pub use tell::text;
pub use waived::{Waived, waive};

/// Of one move between levels, so many examples with different causes are shown at the most.
const MOST_EXAMPLES: usize = 3;

/// Both versions, loaded without mistakes.
#[derive(Clone, Copy)]
pub struct Versions<'q> {
    pub old: &'q Questionnaire,
    pub new: &'q Questionnaire,
}

/// Everything that differs.
#[derive(Debug, Clone, Default)]
pub struct Difference {
    /// From which level people come to which other one: less urgent ones first, and of these the most urgent.
    pub moves: Vec<Move>,
    /// What else people meet that they did not meet before, or no longer do.
    pub others: Vec<Other>,
    /// Changes in the file that are not only words.
    pub parts: Vec<PartChange>,
    /// Changed words.
    pub texts: Vec<TextChange>,
    /// Languages that came or went, and changed words in one beside the first.
    pub languages: Vec<LanguageChange>,
    /// What could not be decided in time.
    pub unproved: usize,
    /// People whom the interpreter judges otherwise than the proof says: a mistake in the program.
    pub disagreements: Vec<Patient>,
}

/// People at one level by the old version who are at another by the new one.
#[derive(Debug, Clone)]
pub struct Move {
    /// Of the old version.
    pub from: LevelIndex,
    /// Of the new version.
    pub to: LevelIndex,
    pub urgency: Urgency,
    /// Who is asked when this happens.
    pub audiences: Vec<Audience>,
    pub examples: Vec<Example>,
    /// There are people with other causes as well.
    pub more: bool,
}

/// Somebody whose level differs, and why.
#[derive(Debug, Clone)]
pub struct Example {
    pub patient: Patient,
    /// The rules of the version with the more urgent level that count less in the other.
    pub causes: Vec<Cause>,
}

impl Move {
    /// The version with the more urgent level.
    pub fn side(&self) -> Side {
        if self.urgency == Urgency::Less { Side::Old } else { Side::New }
    }
}

impl Difference {
    /// Somebody is told to act less urgently than before, at a less urgent level or later.
    pub fn is_less_urgent(&self) -> bool {
        let moves = self.moves.iter().any(|moved| moved.urgency == Urgency::Less);
        moves
            || self.others.iter().any(|other| other.weight == Weight::Later)
            || self.parts.iter().any(|part| part.is_less_urgent)
    }

    /// At a level that interrupts, somebody is no longer told what to do, whom to contact, when to act or what to look
    /// out for.
    pub fn is_told_less(&self) -> bool {
        self.others.iter().any(|other| matches!(other.weight, Weight::Lost(_)))
    }

    /// Whether it is proved that everybody gets the same from both.
    pub fn behaves_alike(&self) -> bool {
        self.moves.is_empty()
            && self.others.is_empty()
            && self.parts.iter().all(|part| !part.is_behaviour)
            && self.is_proved()
    }

    /// Whether both say the same, but for comments and layout.
    pub fn is_nothing(&self) -> bool {
        self.behaves_alike() && self.parts.is_empty() && self.texts.is_empty() && self.languages.is_empty()
    }

    pub fn is_proved(&self) -> bool {
        self.unproved == 0 && self.disagreements.is_empty()
    }
}

/// Compares two versions. `stop` says that the time is up.
pub fn compare(versions: Versions, stop: &Stop) -> Difference {
    let Versions { old, new } = versions;
    let mut difference = Difference::default();
    if old == new {
        return difference;
    }
    let same = Same::of(old, new);
    (difference.parts, difference.texts) = parts::changes(&same);
    let mut finder = Finder { same: &same, audiences: audiences(versions, stop), difference };
    finder.moves();
    finder.removed_answers();
    other::others(&mut finder);
    finder.difference
}

/// Only the moves between levels.
fn moves(versions: Versions, stop: &Stop) -> Difference {
    let same = Same::of(versions.old, versions.new);
    let difference = Difference::default();
    let mut finder = Finder { same: &same, audiences: audiences(versions, stop), difference };
    finder.moves();
    finder.difference
}

/// One audience stands for both where nothing is for one of them only.
fn audiences<'q>(Versions { old, new }: Versions<'q>, stop: &Stop) -> Vec<Both<'q>> {
    let differ = old.sections.iter().chain(&new.sections).any(|section| section.audience.is_some());
    let audiences = match differ {
        true => &[Audience::Patient, Audience::Clinician][..],
        false => &[Audience::Patient],
    };
    audiences.iter().map(|&audience| Both::new(old, new, audience, stop)).collect()
}

/// A comparison under way.
struct Finder<'a, 'q> {
    same: &'a Same<'q>,
    audiences: Vec<Both<'q>>,
    difference: Difference,
}

impl Finder<'_, '_> {
    /// Who meets this, and one of them.
    fn look(&mut self, what: &What) -> Option<(Vec<Audience>, Patient)> {
        let mut audiences = Vec::new();
        let mut example = None;
        for both in &mut self.audiences {
            if example.is_some() {
                match both.exists(what) {
                    Found::Yes => audiences.push(both.audience()),
                    Found::Never => {}
                    Found::OutOfTime => self.difference.unproved += 1,
                }
                continue;
            }
            match both.find(what) {
                Search::Found(patient) => {
                    audiences.push(both.audience());
                    example = Some(*patient);
                }
                Search::Never => {}
                Search::OutOfTime => self.difference.unproved += 1,
                Search::Disagree(patient) => self.difference.disagreements.push(*patient),
            }
        }
        if self.audiences.len() == 1 && !audiences.is_empty() {
            audiences = vec![Audience::Patient, Audience::Clinician];
        }
        Some((audiences, example?))
    }

    fn moves(&mut self) {
        let levels = self.audiences[0].levels.clone();
        for from in 0..self.same.old.levels.len() {
            for to in 0..self.same.new.levels.len() {
                let urgency = levels.urgency(from, to);
                if urgency == Urgency::Same {
                    continue;
                }
                self.one_move(from, to, urgency);
            }
        }
        self.difference.moves.sort_by_key(|moved| (moved.urgency, moved.from, std::cmp::Reverse(moved.to)));
    }

    /// What becomes of people who would have given an answer that is gone.
    fn removed_answers(&mut self) {
        let moves = self.difference.moves.iter().filter(|moved| moved.urgency == Urgency::Less);
        let moves: Vec<(LevelIndex, LevelIndex)> = moves.map(|moved| (moved.from, moved.to)).collect();
        for at in 0..self.difference.parts.len() {
            let Some((question, answer)) = self.difference.parts[at].removed_answer else { continue };
            let (mut worst, mut is_decided) = (None, true);
            for &(from, to) in &moves {
                let what = What::Saying { from, to, question, answer };
                let found: Vec<Found> = self.audiences.iter_mut().map(|both| both.exists(&what)).collect();
                self.difference.unproved += found.iter().filter(|found| **found == Found::OutOfTime).count();
                if found.contains(&Found::Yes) {
                    worst = Some((from, to));
                    break;
                }
                is_decided &= !found.contains(&Found::OutOfTime);
            }
            if worst.is_none() && !is_decided {
                continue;
            }
            let ids = |(from, to): (LevelIndex, LevelIndex)| {
                (self.same.old.levels[from].id.as_str(), self.same.new.levels[to].id.as_str())
            };
            let words = words::cannot_say(worst.map(ids));
            self.difference.parts[at].details.push(words);
        }
    }

    fn one_move(&mut self, from: LevelIndex, to: LevelIndex, urgency: Urgency) {
        let of = if urgency == Urgency::Less { Side::Old } else { Side::New };
        let level = |without: &[usize]| What::Level { from, to, without: without.to_vec(), of };
        let Some((audiences, patient)) = self.look(&level(&[])) else { return };
        let mut without = Vec::new();
        let mut examples = Vec::new();
        let mut next = Some(patient);
        // The same again without the rules behind the last example, until nobody is left.
        while let Some(patient) = next.take() {
            let causes = cause::causes(self.same, &patient, of);
            let before = without.len();
            without.extend(causes.iter().map(|cause| cause.rule));
            examples.push(Example { patient, causes });
            if without.len() > before {
                next = self.look(&level(&without)).map(|(_, patient)| patient);
            }
            if examples.len() == MOST_EXAMPLES {
                break;
            }
        }
        self.difference.moves.push(Move { from, to, urgency, audiences, examples, more: next.is_some() });
    }
}
