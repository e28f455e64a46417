//! The limits that a population file states, and what to say of one that is broken.

use super::share::{Interval, percent};
use super::{Counts, Limit, LimitOf, Population};
use crate::questionnaire::diagnostic::{Diagnostic, Severity};
use crate::questionnaire::yaml::form::Marked;
use crate::questionnaire::yaml::path::Path;
use crate::questionnaire::{LevelIndex, Questionnaire};

/// A limit, and how it stands.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Held {
    pub limit: Limit,
    pub share: Interval,
    pub holds: bool,
}

/// The most rules that a message names.
const MOST_RULES: usize = 5;

/// Looks at every limit, in the order of the file.
pub fn hold(population: &Population, counts: &Counts) -> Vec<Held> {
    let held = population.limits.iter().map(|&limit| {
        let share = Interval::of(people(limit.of, counts), counts.people);
        let above = limit.at_most.is_some_and(|most| share.share > most);
        let below = limit.at_least.is_some_and(|least| share.share < least);
        Held { limit, share, holds: !above && !below }
    });
    held.collect()
}

fn people(of: LimitOf, counts: &Counts) -> u64 {
    match of {
        LimitOf::Level(level) => counts.levels[level],
        LimitOf::AtOrAbove(level) => counts.levels[..=level].iter().sum(),
        LimitOf::Below(level) => counts.levels[level + 1..].iter().sum(),
        LimitOf::Needed => counts.reach.as_ref().map_or(0, |reach| reach.reached),
        LimitOf::Unsure => counts.unsure_alone(),
    }
}

/// What people a limit is about: `are told emergency`.
pub fn about(of: LimitOf, questionnaire: &Questionnaire) -> String {
    let id = |level: LevelIndex| &questionnaire.levels[level].id;
    match of {
        LimitOf::Level(level) => format!("are told `{}`", id(level)),
        LimitOf::AtOrAbove(level) => format!("are told `{}` or sooner", id(level)),
        LimitOf::Below(level) => format!("are told less than `{}`", id(level)),
        LimitOf::Needed => "reach the level that they need".to_owned(),
        LimitOf::Unsure => "are decided by unsure answers alone".to_owned(),
    }
}

/// `at most 8 %`
pub fn bound(limit: &Limit) -> String {
    let most = limit.at_most.map(|most| format!("at most {} %", plain(most)));
    let least = limit.at_least.map(|least| format!("at least {} %", plain(least)));
    most.into_iter().chain(least).collect::<Vec<_>>().join(" and ")
}

/// A share as its author wrote it: `8`, `0.1`.
fn plain(share: f64) -> String {
    let hundredths = (share * 1e6).round() / 1e4;
    format!("{hundredths}")
}

/// What to say of every limit that is broken: what came, and which rules to look at.
pub fn broken(
    questionnaire: &Questionnaire,
    population: &Population,
    counts: &Counts,
    (file, text): (&str, &[u8]),
) -> Vec<Diagnostic> {
    let held = hold(population, counts);
    if held.iter().all(|held| held.holds) {
        return Vec::new();
    }
    let marked = Marked::of(text);
    let root = Path::ROOT;
    let path = root.key("limits");
    let broken = held.iter().enumerate().filter(|(_, held)| !held.holds);
    broken
        .map(|(at, held)| {
            let Interval { share, low, high } = held.share;
            let message = format!(
                "{}: {} % {} ({} to {} %), and {} may",
                population.title,
                percent(share),
                about(held.limit.of, questionnaire),
                percent(low),
                percent(high),
                bound(&held.limit)
            );
            let message = match held.limit.at_least.is_some_and(|least| share < least) {
                true => message.replace(" may", " must"),
                false => message,
            };
            Diagnostic {
                help: Some(rules(questionnaire, population, counts, held)),
                span: marked.span(&path.index(at).value()),
                ..Diagnostic::new(Severity::Error, "limit", file, message)
            }
        })
        .collect()
}

/// The rules that make a share as large as it is, or that keep people from what they need.
fn rules(questionnaire: &Questionnaire, population: &Population, counts: &Counts, held: &Held) -> String {
    let is_too_few = held.limit.at_least.is_some_and(|least| held.share.share < least);
    let last = questionnaire.last_level();
    // The levels of the share, and whether too many or too few people are told them.
    let (levels, others) = match held.limit.of {
        LimitOf::Level(level) => (level..=level, level + 1..=last),
        LimitOf::AtOrAbove(level) => (0..=level, level + 1..=last),
        LimitOf::Below(level) => (level + 1..=last, 0..=level),
        LimitOf::Needed => {
            let level = population.least_needed().unwrap_or(last);
            (0..=level, level + 1..=last)
        }
        LimitOf::Unsure => return unsure(questionnaire, counts),
    };
    let inside = named(questionnaire, counts, |level| levels.contains(&level));
    let outside = named(questionnaire, counts, |level| others.contains(&level));
    let too_many = |rules: String| match rules.is_empty() {
        true => "no rule decides for any of them".to_owned(),
        false => format!("look at the rules that decide for them: {rules}"),
    };
    if !is_too_few {
        return too_many(inside);
    }
    let short = match outside.is_empty() {
        true => "no rule decides for those who fall short".to_owned(),
        false => format!("those who fall short are decided by {outside}"),
    };
    match inside.is_empty() {
        true => format!("{short}; no rule decides for the others"),
        false => format!("look at the rules that should reach more people: {inside}\n{short}"),
    }
}

/// `E02 (2.1 %, alone 1.4 %)`, those first that are alone in deciding for most.
fn named(questionnaire: &Questionnaire, counts: &Counts, is_meant: impl Fn(LevelIndex) -> bool) -> String {
    let mut rules = counts.deciding();
    rules.retain(|(rule, _)| is_meant(questionnaire.rules[*rule].level));
    rules.sort_by_key(|(rule, counted)| (std::cmp::Reverse((counted.alone, counted.decides)), *rule));
    let share = |count: u64| percent(Interval::of(count, counts.people).share);
    let said = rules.iter().take(MOST_RULES).map(|(rule, counted)| {
        let id = &questionnaire.rules[*rule].id;
        format!("{id} ({} %, alone {} %)", share(counted.decides), share(counted.alone))
    });
    let mut said: Vec<String> = said.collect();
    if rules.len() > MOST_RULES {
        said.push(format!("and {} more", rules.len() - MOST_RULES));
    }
    said.join(", ")
}

fn unsure(questionnaire: &Questionnaire, counts: &Counts) -> String {
    let levels = questionnaire.levels.iter().zip(&counts.unsure).filter(|(_, people)| **people > 0);
    let said = levels.map(|(level, &people)| {
        format!("{} % are told `{}`", percent(Interval::of(people, counts.people).share), level.id)
    });
    format!("of all people, {}", said.collect::<Vec<_>>().join(", "))
}
