//! Changes in the file: parts added, removed and changed, and words.

mod level;
mod question;
mod rule;
mod text;

use super::both::Side;
use super::other::same_texts;
use super::same::Same;
use super::what::{Said, Twin};
use super::words;
use crate::questionnaire::yaml::Spot;
use crate::questionnaire::{Audience, Condition, LevelIndex, QuestionIndex, SourceIndex, Text};

/// What happened to a part of the file.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Edit {
    Added,
    Removed,
    Changed,
    /// It stands in another place of its list.
    Moved,
}

/// A part of the file that is not the same.
#[derive(Debug, Clone, PartialEq)]
pub struct PartChange {
    pub edit: Edit,
    /// Such as ``rule `E08` ``.
    pub name: String,
    pub spots: Twin<Spot>,
    /// What was changed in it.
    pub details: Vec<String>,
    /// People see it for certain, whatever they answer: what can be answered, or in which order it is asked.
    pub is_behaviour: bool,
    pub is_less_urgent: bool,
    /// The level of the new version that no longer shows an alert.
    pub(super) less_urgent_level: Option<LevelIndex>,
    /// It is, or takes away, this answer to a question of the old version.
    pub(super) removed_answer: Option<(QuestionIndex, Said)>,
}

impl PartChange {
    fn new(edit: Edit, name: String, spots: Twin<Spot>, is_behaviour: bool) -> PartChange {
        let details = Vec::new();
        PartChange {
            edit,
            name,
            spots,
            details,
            is_behaviour,
            is_less_urgent: false,
            less_urgent_level: None,
            removed_answer: None,
        }
    }
}

/// Changed words, added or removed.
#[derive(Debug, Clone, PartialEq)]
pub struct TextChange {
    /// Such as ``rule `E08`, because``.
    pub name: String,
    /// `None`: the same words for both.
    pub audience: Option<Audience>,
    pub spots: Twin<Spot>,
    pub old: Option<String>,
    pub new: Option<String>,
}

/// All that is not the same, in the order of the file.
pub(super) fn changes(same: &Same) -> (Vec<PartChange>, Vec<TextChange>) {
    let mut list = List { same, parts: Vec::new(), texts: Vec::new() };
    list.head();
    list.levels();
    list.policy();
    list.sections();
    question::questions(&mut list);
    list.definitions();
    list.rules();
    list.steps_and_pages();
    list.tail();
    (list.parts, list.texts)
}

/// A change of one part.
pub(super) struct Detail {
    pub words: String,
    pub is_behaviour: bool,
}

impl Detail {
    /// A field that differs, and whether it is one that people see for certain.
    pub fn field(name: &str, old: &str, new: &str, is_behaviour: bool) -> Option<Detail> {
        (old != new).then(|| Detail { words: words::changed(name, old, new), is_behaviour })
    }
}

pub(super) struct List<'a, 'q> {
    pub same: &'a Same<'q>,
    parts: Vec<PartChange>,
    texts: Vec<TextChange>,
}

impl List<'_, '_> {
    /// A part of both versions, if anything in it differs.
    pub fn changed(&mut self, name: String, spots: Twin<Spot>, details: impl IntoIterator<Item = Detail>) {
        let mut part = PartChange::new(Edit::Changed, name, spots, false);
        for detail in details {
            part.is_behaviour |= detail.is_behaviour;
            part.details.push(detail.words);
        }
        if !part.details.is_empty() {
            self.parts.push(part);
        }
    }

    /// A part of one version only.
    pub fn single(&mut self, name: String, spots: Twin<Spot>, is_behaviour: bool) {
        let edit = if spots.0.is_some() { Edit::Removed } else { Edit::Added };
        self.parts.push(PartChange::new(edit, name, spots, is_behaviour));
    }

    pub fn part(&mut self, edit: Edit, name: String, spots: Twin<Spot>, is_behaviour: bool) {
        self.parts.push(PartChange::new(edit, name, spots, is_behaviour));
    }

    /// The part added last takes this answer away.
    pub fn takes_away(&mut self, question: QuestionIndex, answer: Said) {
        if let Some(part) = self.parts.last_mut() {
            part.removed_answer = Some((question, answer));
        }
    }

    /// The parts of both that stand in another order. `order`: for each in the order of the new one its old position.
    pub fn moved(
        &mut self,
        order: &[usize],
        is_behaviour: bool,
        named: impl Fn(usize) -> (String, Twin<Spot>),
    ) {
        let stays = longest_rising(order);
        for (at, _) in order.iter().enumerate().filter(|(at, _)| !stays.contains(at)) {
            let (name, spots) = named(at);
            self.parts.push(PartChange::new(Edit::Moved, name, spots, is_behaviour));
        }
    }

    pub fn text(&mut self, name: &str, spots: Twin<Spot>, old: Option<&Text>, new: Option<&Text>) {
        if old == new {
            return;
        }
        let [patient, clinician] = [Audience::Patient, Audience::Clinician]
            .map(|audience| (old.map(|old| old.to(audience).trim()), new.map(|new| new.to(audience).trim())));
        let changes = match patient == clinician {
            true => vec![(None, patient)],
            false => vec![(Some(Audience::Patient), patient), (Some(Audience::Clinician), clinician)],
        };
        for (audience, (old, new)) in changes {
            if old != new {
                let (old, new) = (old.map(str::to_owned), new.map(str::to_owned));
                self.texts.push(TextChange { name: name.to_owned(), audience, spots, old, new });
            }
        }
    }

    /// Texts without ids: equal ones are the same, and of what is left one is the other with changed words.
    pub fn texts(&mut self, name: &str, old: &[&Text], new: &[&Text]) {
        let pairs = same_texts(old, new);
        for &(from, to) in &pairs {
            self.text(name, (None, None), Some(old[from]), Some(new[to]));
        }
        for (at, gone) in old.iter().enumerate() {
            if pairs.iter().all(|(from, _)| *from != at) {
                self.text(name, (None, None), Some(gone), None);
            }
        }
        for (at, come) in new.iter().enumerate() {
            if pairs.iter().all(|(_, to)| *to != at) {
                self.text(name, (None, None), None, Some(come));
            }
        }
        let mut order = pairs;
        order.sort_by_key(|&(_, to)| to);
        let positions: Vec<usize> = order.iter().map(|&(from, _)| from).collect();
        self.moved(&positions, false, |at| {
            let say = new[order[at].1].to(Audience::Patient).trim().to_owned();
            (format!("{name}, \"{say}\""), (None, None))
        });
    }

    pub fn sources(&self, old: &[SourceIndex], new: &[SourceIndex]) -> Option<Detail> {
        let ids = |side: Side, sources: &[SourceIndex]| {
            let all = &self.same.questionnaire(side).sources;
            sources.iter().map(|&source| all[source].id.as_str()).collect::<Vec<_>>().join(", ")
        };
        Detail::field("sources", &ids(Side::Old, old), &ids(Side::New, new), false)
    }

    pub fn condition(&self, name: &str, old: Option<&Condition>, new: Option<&Condition>) -> Option<Detail> {
        let change = self.same.change(old, new)?;
        Some(Detail { words: format!("{name}: {}", words::change(&change)), is_behaviour: false })
    }
}

/// The positions of a longest part that rises.
fn longest_rising(numbers: &[usize]) -> Vec<usize> {
    // The end of the best run of each length, and what comes before each position in its best run.
    let mut ends: Vec<usize> = Vec::new();
    let mut before: Vec<Option<usize>> = Vec::with_capacity(numbers.len());
    for (at, number) in numbers.iter().enumerate() {
        let length = ends.partition_point(|&end| numbers[end] < *number);
        before.push(length.checked_sub(1).map(|shorter| ends[shorter]));
        ends.truncate(ends.len().max(length));
        match ends.get_mut(length) {
            Some(end) => *end = at,
            None => ends.push(at),
        }
    }
    let mut found = Vec::new();
    let mut next = ends.last().copied();
    while let Some(at) = next {
        found.push(at);
        next = before[at];
    }
    found.reverse();
    found
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_stays_in_order_is_as_much_as_can_be() {
        assert_eq!(longest_rising(&[0, 1, 2, 3]), [0, 1, 2, 3]);
        assert_eq!(longest_rising(&[3, 0, 1, 2]), [1, 2, 3], "one thing was moved");
        assert_eq!(longest_rising(&[1, 2, 3, 0]), [0, 1, 2]);
        assert_eq!(longest_rising(&[0, 4, 1, 2, 3]), [0, 2, 3, 4]);
        assert!(longest_rising(&[]).is_empty());
    }
}
