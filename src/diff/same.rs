//! Conditions of two versions side by side: whether they say the same, and if not, the smallest part that differs.

use super::both::Side;
use crate::circuit::Counterparts;
use crate::proof::words;
use crate::questionnaire::{Condition, OptionSet, Questionnaire};

/// Two versions, and what of one is what of the other.
pub struct Same<'q> {
    pub old: &'q Questionnaire,
    pub new: &'q Questionnaire,
    counterparts: Counterparts,
}

/// What was changed in a condition, in words that a file could have.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ConditionChange {
    /// The list or the question in which something was taken out or put in: `any`, or `emergency_now`.
    pub inside: Option<String>,
    pub removed: Vec<String>,
    pub added: Vec<String>,
}

impl<'q> Same<'q> {
    pub fn of(old: &'q Questionnaire, new: &'q Questionnaire) -> Same<'q> {
        Same { old, new, counterparts: Counterparts::of(old, new) }
    }

    pub fn questionnaire(&self, side: Side) -> &'q Questionnaire {
        match side {
            Side::Old => self.old,
            Side::New => self.new,
        }
    }

    /// The same question in the other version.
    pub fn question(&self, side: Side, question: usize) -> Option<usize> {
        match side {
            Side::Old => self.counterparts.questions.iter().position(|&old| old == Some(question)),
            Side::New => self.counterparts.questions[question],
        }
    }

    /// For each option of a new question the old one.
    pub fn options(&self, new: usize) -> &[Option<usize>] {
        &self.counterparts.options[new]
    }

    /// The options of a new question as those of the old one; `None` if it has not all of them.
    fn old_options(&self, new: usize, options: OptionSet) -> Option<OptionSet> {
        options.iter().map(|option| self.counterparts.options[new].get(option).copied().flatten()).collect()
    }

    pub fn same(&self, old: &Condition, new: &Condition) -> bool {
        let lists = |a: &[Condition], b: &[Condition]| {
            a.len() == b.len() && a.iter().zip(b).all(|(a, b)| self.same(a, b))
        };
        let question = |old: usize, new: usize| self.counterparts.questions[new] == Some(old);
        match (old, new) {
            (Condition::All(a), Condition::All(b)) | (Condition::Any(a), Condition::Any(b)) => lists(a, b),
            (Condition::AtLeast(n, a), Condition::AtLeast(m, b)) => n == m && lists(a, b),
            (Condition::Not(a), Condition::Not(b)) => self.same(a, b),
            (Condition::Has(q, options), Condition::Has(r, others)) => {
                question(*q, *r) && self.old_options(*r, *others) == Some(*options)
            }
            (Condition::Unsure(q), Condition::Unsure(r)) => question(*q, *r),
            (Condition::Number(q, comparison, bound), Condition::Number(r, other, number)) => {
                question(*q, *r) && comparison == other && bound == number
            }
            (Condition::Definition(a), Condition::Definition(b)) => {
                self.old.definitions[*a].name == self.new.definitions[*b].name
            }
            (Condition::Rule(a), Condition::Rule(b)) => {
                let ids = |questionnaire: &'q Questionnaire, rules: &[usize]| {
                    rules.iter().map(|&rule| questionnaire.rules[rule].id.as_str()).collect::<Vec<_>>()
                };
                ids(self.old, a) == ids(self.new, b)
            }
            (Condition::UnsureAnswers, Condition::UnsureAnswers) => true,
            _ => false,
        }
    }

    /// The smallest part that differs; `None` if nothing does.
    pub fn change(&self, old: Option<&Condition>, new: Option<&Condition>) -> Option<ConditionChange> {
        match (old, new) {
            (None, None) => None,
            (Some(old), Some(new)) => self.part(old, new),
            (old, new) => Some(self.told(None, old, new)),
        }
    }

    fn part(&self, old: &Condition, new: &Condition) -> Option<ConditionChange> {
        if self.same(old, new) {
            return None;
        }
        match (old, new) {
            (Condition::All(a), Condition::All(b)) => Some(self.part_of_lists("all", (old, a), (new, b))),
            (Condition::Any(a), Condition::Any(b)) => Some(self.part_of_lists("any", (old, a), (new, b))),
            // A list was put around what was there, or taken away.
            (one, Condition::All(b)) if b.iter().any(|part| self.same(one, part)) => {
                Some(self.part_of_lists("all", (old, std::slice::from_ref(one)), (new, b)))
            }
            (Condition::All(a), other) if a.iter().any(|part| self.same(part, other)) => {
                Some(self.part_of_lists("all", (old, a), (new, std::slice::from_ref(other))))
            }
            (one, Condition::Any(b)) if b.iter().any(|part| self.same(one, part)) => {
                Some(self.part_of_lists("any", (old, std::slice::from_ref(one)), (new, b)))
            }
            (Condition::Any(a), other) if a.iter().any(|part| self.same(part, other)) => {
                Some(self.part_of_lists("any", (old, a), (new, std::slice::from_ref(other))))
            }
            (Condition::AtLeast(n, a), Condition::AtLeast(m, b)) if n == m => {
                Some(self.part_of_lists("of", (old, a), (new, b)))
            }
            (Condition::Not(a), Condition::Not(b)) => self.part(a, b),
            (Condition::Has(q, options), Condition::Has(r, others))
                if self.counterparts.questions[*r] == Some(*q) =>
            {
                let (asked, again) = (&self.old.questions[*q], &self.new.questions[*r]);
                let of_new = &self.counterparts.options[*r];
                let kept: OptionSet = others.iter().filter_map(|option| of_new[option]).collect();
                let removed = options.without(kept);
                let added =
                    others.iter().filter(|&option| of_new[option].is_none_or(|old| !options.contains(old)));
                Some(ConditionChange {
                    inside: Some(again.id.clone()),
                    removed: removed.iter().map(|option| asked.options[option].id.clone()).collect(),
                    added: added.map(|option| again.options[option].id.clone()).collect(),
                })
            }
            _ => Some(self.told(None, Some(old), Some(new))),
        }
    }

    fn part_of_lists(
        &self,
        list: &str,
        (old, a): (&Condition, &[Condition]),
        (new, b): (&Condition, &[Condition]),
    ) -> ConditionChange {
        let mut left: Vec<&Condition> = b.iter().collect();
        let mut removed = Vec::new();
        for part in a {
            match left.iter().position(|other| self.same(part, other)) {
                Some(at) => drop(left.remove(at)),
                None => removed.push(part),
            }
        }
        match (removed.as_slice(), left.as_slice()) {
            ([one], [other]) => {
                self.part(one, other).unwrap_or_else(|| self.told(None, Some(old), Some(new)))
            }
            // Only the order is another.
            ([], []) => self.told(None, Some(old), Some(new)),
            (removed, added) => ConditionChange {
                inside: Some(list.to_owned()),
                removed: removed.iter().map(|part| words::condition(self.old, part)).collect(),
                added: added.iter().map(|part| words::condition(self.new, part)).collect(),
            },
        }
    }

    fn told(
        &self,
        inside: Option<String>,
        old: Option<&Condition>,
        new: Option<&Condition>,
    ) -> ConditionChange {
        ConditionChange {
            inside,
            removed: old.map(|old| words::condition(self.old, old)).into_iter().collect(),
            added: new.map(|new| words::condition(self.new, new)).into_iter().collect(),
        }
    }
}
