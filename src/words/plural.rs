//! Which form of a sentence a number takes, by the rules of the Unicode CLDR.

use std::fmt;

use intl_pluralrules::{PluralCategory, PluralRuleType, PluralRules};
use unic_langid::LanguageIdentifier;

use crate::text::tag::primary;

/// A form of a sentence about a number.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Category {
    Zero,
    One,
    Two,
    Few,
    Many,
    Other,
}

impl Category {
    pub const ALL: [Category; 6] =
        [Category::Zero, Category::One, Category::Two, Category::Few, Category::Many, Category::Other];

    /// Its name in a file of words.
    pub fn name(self) -> &'static str {
        ["zero", "one", "two", "few", "many", "other"][self as usize]
    }
}

/// How a language counts.
#[derive(Clone)]
pub struct Plural(Option<PluralRules>);

impl Plural {
    /// Of the language of a BCP 47 tag; of one that the CLDR says nothing of, 1 is one and all else is other.
    pub fn of(tag: &str) -> Plural {
        let rules = |tag: &str| {
            let id: LanguageIdentifier = tag.parse().ok()?;
            PluralRules::create(id, PluralRuleType::CARDINAL).ok()
        };
        Plural(rules(tag).or_else(|| rules(primary(tag))))
    }

    pub fn of_count(&self, count: u64) -> Category {
        let category = self.0.as_ref().map(|rules| rules.select(count));
        match category {
            Some(Ok(PluralCategory::ZERO)) => Category::Zero,
            Some(Ok(PluralCategory::ONE)) => Category::One,
            Some(Ok(PluralCategory::TWO)) => Category::Two,
            Some(Ok(PluralCategory::FEW)) => Category::Few,
            Some(Ok(PluralCategory::MANY)) => Category::Many,
            None if count == 1 => Category::One,
            Some(_) | None => Category::Other,
        }
    }

    /// The forms that a language needs for the numbers that the program counts to.
    pub fn categories(&self) -> Vec<Category> {
        let mut found: Vec<_> = (0..=1000).map(|count| self.of_count(count)).collect();
        found.push(Category::Other);
        found.sort();
        found.dedup();
        found
    }
}

impl fmt::Debug for Plural {
    fn fmt(&self, f: &mut fmt::Formatter) -> fmt::Result {
        f.debug_tuple("Plural").field(&self.categories()).finish()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use Category::*;

    #[test]
    fn each_language_counts_in_its_own_way() {
        for (tag, forms) in [
            ("en", vec![One, Other]),
            ("de-AT", vec![One, Other]),
            ("ja", vec![Other]),
            ("pl", vec![One, Few, Many, Other]),
            ("ar", vec![Zero, One, Two, Few, Many, Other]),
            ("tlh", vec![One, Other]),
            ("not a tag", vec![One, Other]),
        ] {
            assert_eq!(Plural::of(tag).categories(), forms, "{tag}");
        }
        assert_eq!([1, 2, 5, 22].map(|n| Plural::of("pl").of_count(n)), [One, Few, Many, Few]);
        assert_eq!([0, 1, 2].map(|n| Plural::of("fr").of_count(n)), [One, One, Other]);
    }
}
