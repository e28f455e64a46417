//! Which of two levels is more urgent, when each is a level of another version.

use std::cmp::Ordering;

use crate::questionnaire::{LevelIndex, Questionnaire};

/// What a move from a level of the old version to one of the new version means.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Urgency {
    Less,
    Same,
    More,
}

/// The levels of two versions, the same if their ids are.
#[derive(Debug, Clone)]
pub struct Levels {
    /// For each old level the new one.
    pub new_of: Vec<Option<LevelIndex>>,
    /// For each new level the old one.
    pub old_of: Vec<Option<LevelIndex>>,
}

impl Levels {
    pub fn of(old: &Questionnaire, new: &Questionnaire) -> Levels {
        let find = |there: &Questionnaire, id: &str| there.levels.iter().position(|level| level.id == id);
        Levels {
            new_of: old.levels.iter().map(|level| find(new, &level.id)).collect(),
            old_of: new.levels.iter().map(|level| find(old, &level.id)).collect(),
        }
    }

    pub fn is_same(&self, from: LevelIndex, to: LevelIndex) -> bool {
        self.new_of[from] == Some(to)
    }

    /// In doubt it is less urgent: where the versions order their levels differently, and where neither has the
    /// other's level.
    pub fn urgency(&self, from: LevelIndex, to: LevelIndex) -> Urgency {
        if self.is_same(from, to) {
            return Urgency::Same;
        }
        let in_new = self.new_of[from].map(|from| to.cmp(&from));
        let in_old = self.old_of[to].map(|to| to.cmp(&from));
        let later = match (in_new, in_old) {
            (None, None) => Some(common_above(&self.old_of, to).cmp(&common_above(&self.new_of, from))),
            (one, other) => one.max(other),
        };
        match later {
            Some(Ordering::Less) => Urgency::More,
            _ => Urgency::Less,
        }
    }
}

/// How many of the levels above this one are levels of both versions.
fn common_above(other: &[Option<LevelIndex>], level: LevelIndex) -> usize {
    other[..level].iter().flatten().count()
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Of levels given by one letter each.
    fn urgency(old: &str, new: &str, from: char, to: char) -> Urgency {
        let levels = Levels {
            new_of: old.chars().map(|id| new.find(id)).collect(),
            old_of: new.chars().map(|id| old.find(id)).collect(),
        };
        levels.urgency(old.find(from).unwrap(), new.find(to).unwrap())
    }

    #[test]
    fn the_order_of_the_file_decides() {
        assert_eq!(urgency("abc", "abc", 'a', 'c'), Urgency::Less);
        assert_eq!(urgency("abc", "abc", 'c', 'b'), Urgency::More);
        assert_eq!(urgency("abc", "abc", 'b', 'b'), Urgency::Same);
    }

    #[test]
    fn a_level_of_one_version_stands_where_its_own_file_puts_it() {
        assert_eq!(urgency("axc", "ac", 'x', 'c'), Urgency::Less);
        assert_eq!(urgency("axc", "ac", 'x', 'a'), Urgency::More);
        assert_eq!(urgency("ac", "axc", 'c', 'x'), Urgency::More);
        assert_eq!(urgency("ac", "axc", 'a', 'x'), Urgency::Less);
    }

    #[test]
    fn what_cannot_be_compared_counts_as_less_urgent() {
        assert_eq!(urgency("axc", "ayc", 'x', 'y'), Urgency::Less);
        assert_eq!(urgency("xac", "ayc", 'x', 'y'), Urgency::Less);
        assert_eq!(urgency("axc", "yac", 'x', 'y'), Urgency::More);
        assert_eq!(urgency("abc", "bac", 'a', 'b'), Urgency::Less, "by the old order");
        assert_eq!(urgency("abc", "bac", 'b', 'a'), Urgency::Less, "by the new order");
    }
}
