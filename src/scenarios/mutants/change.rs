//! The small changes that people make by mistake: all of them for one questionnaire, one at a time.

use crate::questionnaire::condition::Comparison;
use crate::questionnaire::yaml::{Places, Stated};
use crate::questionnaire::{
    Condition, Domain, LevelIndex, OptionIndex, OptionSet, Question, Questionnaire, RuleIndex, UnsureCountsAs,
};

/// One small change of a questionnaire.
#[derive(Debug, Clone, PartialEq)]
pub enum Mutant {
    /// The rule is never true.
    RuleLeftOut(RuleIndex),
    RuleLevel(RuleIndex, LevelIndex),
    CountsAs(UnsureCountsAs),
    /// What an open question counts for at least.
    AtLeastLevel(LevelIndex),
    /// In the part of a condition to which the route leads: at each level the position of the part inside.
    Part(Stated, Vec<usize>, Change),
}

/// A change of one part of a condition.
#[derive(Debug, Clone, PartialEq)]
pub enum Change {
    /// `any` for `all`, or `all` for `any`.
    Swap,
    /// Another number of those that must hold.
    Count(usize),
    /// One of several parts is forgotten.
    PartLeftOut(usize),
    NotLeftOut,
    OptionLeftOut(OptionIndex),
    /// One of the rules in a list is forgotten.
    RuleLeftOut(RuleIndex),
    /// The bound of an ordered question is another option.
    Options(OptionSet),
    /// Another number to compare with.
    Number(f64),
    /// The whole condition is left out, and so always true.
    Always,
    /// The only answer that it looks for is left out, and so it is never true.
    Never,
}

/// Every mutant of a questionnaire. `places` tells comparisons from lists of options.
pub fn all(questionnaire: &Questionnaire, places: &Places) -> Vec<Mutant> {
    let mut mutants = Vec::new();
    let last = questionnaire.last_level();
    let beside = |level: LevelIndex| {
        let others = level.checked_sub(1).into_iter().chain([level + 1]);
        others.filter(move |&other| other <= last)
    };
    for (rule, stated) in questionnaire.rules.iter().enumerate() {
        mutants.push(Mutant::RuleLeftOut(rule));
        mutants.extend(beside(stated.level).map(|level| Mutant::RuleLevel(rule, level)));
    }
    mutants.push(Mutant::CountsAs(match questionnaire.unsure.counts_as {
        UnsureCountsAs::SameLevel => UnsureCountsAs::OneLevelLess,
        UnsureCountsAs::OneLevelLess => UnsureCountsAs::SameLevel,
    }));
    mutants.extend(beside(questionnaire.unsure.at_least).map(Mutant::AtLeastLevel));
    for stated in Stated::all(questionnaire) {
        if let Some(condition) = stated.of(questionnaire) {
            let mut route = Vec::new();
            // A rule that is always true is noticed by anybody.
            if matches!(stated, Stated::AskIf(_) | Stated::Step(_)) {
                mutants.push(Mutant::Part(stated, Vec::new(), Change::Always));
            }
            let mut finder = Finder { questionnaire, places, stated, mutants: &mut mutants };
            if !matches!(stated, Stated::Rule(_)) && finder.is_one_answer(condition) {
                finder.add(&[], Change::Never);
            }
            finder.look(condition, &mut route);
        }
    }
    mutants
}

struct Finder<'a> {
    questionnaire: &'a Questionnaire,
    places: &'a Places<'a>,
    stated: Stated,
    mutants: &'a mut Vec<Mutant>,
}

impl Finder<'_> {
    fn look(&mut self, condition: &Condition, route: &mut Vec<usize>) {
        match condition {
            Condition::All(parts) | Condition::Any(parts) => {
                if parts.len() > 1 {
                    self.add(route, Change::Swap);
                    self.leave_out_each(parts.len(), route);
                }
                self.look_inside(parts, route);
            }
            Condition::AtLeast(needed, parts) => {
                let counts = [needed - 1, needed + 1];
                let counts = counts.into_iter().filter(|count| (1..=parts.len()).contains(count));
                counts.for_each(|count| self.add(route, Change::Count(count)));
                if parts.len() > *needed {
                    self.leave_out_each(parts.len(), route);
                }
                self.look_inside(parts, route);
            }
            Condition::Not(part) => {
                self.add(route, Change::NotLeftOut);
                route.push(0);
                self.look(part, route);
                route.pop();
            }
            Condition::Has(question, options) => {
                let question = &self.questionnaire.questions[*question];
                if self.places.is_comparison(self.questionnaire, self.stated, route) {
                    moved(question, *options)
                        .into_iter()
                        .for_each(|set| self.add(route, Change::Options(set)));
                } else if options.len() > 1 {
                    options.iter().for_each(|option| self.add(route, Change::OptionLeftOut(option)));
                }
            }
            Condition::Number(question, comparison, bound) => {
                let question = &self.questionnaire.questions[*question];
                let numbers = steps(question, *comparison, *bound);
                numbers.into_iter().for_each(|number| self.add(route, Change::Number(number)));
            }
            Condition::Rule(rules) if rules.len() > 1 => {
                rules.iter().for_each(|&rule| self.add(route, Change::RuleLeftOut(rule)));
            }
            Condition::Rule(_)
            | Condition::Unsure(_)
            | Condition::Definition(_)
            | Condition::UnsureAnswers => {}
        }
    }

    /// Whether the condition looks for one answer, one rule or one definition, of which no part can be left out.
    fn is_one_answer(&self, condition: &Condition) -> bool {
        match condition {
            Condition::Has(_, options) => {
                options.len() == 1 && !self.places.is_comparison(self.questionnaire, self.stated, &[])
            }
            Condition::Rule(rules) => rules.len() == 1,
            Condition::Unsure(_) | Condition::Definition(_) | Condition::UnsureAnswers => true,
            _ => false,
        }
    }

    fn look_inside(&mut self, parts: &[Condition], route: &mut Vec<usize>) {
        for (index, part) in parts.iter().enumerate() {
            route.push(index);
            self.look(part, route);
            route.pop();
        }
    }

    fn leave_out_each(&mut self, parts: usize, route: &[usize]) {
        (0..parts).for_each(|part| self.add(route, Change::PartLeftOut(part)));
    }

    fn add(&mut self, route: &[usize], change: Change) {
        self.mutants.push(Mutant::Part(self.stated, route.to_vec(), change));
    }
}

/// A run of options with one end moved by one, inside the question: `at_least` a later or an earlier option.
fn moved(question: &Question, options: OptionSet) -> Vec<OptionSet> {
    let count = question.options.len();
    let (Some(first), Some(last)) = (options.iter().next(), options.iter().last()) else {
        return Vec::new();
    };
    let run = |from: usize, to: usize| (from..=to).collect::<OptionSet>();
    let mut moved = Vec::new();
    // An end of the question itself is not a bound.
    if first > 0 {
        moved.push(run(first - 1, last));
        moved.extend((first < last).then(|| run(first + 1, last)));
    }
    if last + 1 < count {
        moved.push(run(first, last + 1));
        moved.extend((first < last).then(|| run(first, last - 1)));
    }
    moved
}

/// The next numbers that an answer can be, below and above a bound, unless nothing could compare so with them.
fn steps(question: &Question, comparison: Comparison, bound: f64) -> Vec<f64> {
    let decimals = match &question.domain {
        Domain::Number(bounds) => bounds.decimals,
        Domain::One { .. } | Domain::Several | Domain::Text | Domain::Nothing => 0,
    };
    let scale = 10f64.powi(i32::from(decimals));
    let Some((min, max)) = question.limits() else { return Vec::new() };
    let (scaled, nearest) = (bound * scale, (bound * scale).round());
    let (below, above) = match (scaled - nearest).abs() < 1e-6 {
        true => (nearest - 1.0, nearest + 1.0),
        false => (scaled.floor(), scaled.ceil()),
    };
    // Division of whole numbers gives the same floating point number as reading the digits does.
    let numbers = [below / scale, above / scale];
    let can_hold = |&number: &f64| comparison.holds(min, number) || comparison.holds(max, number);
    numbers.into_iter().filter(can_hold).collect()
}

impl Mutant {
    /// Makes the change.
    pub fn apply(&self, questionnaire: &mut Questionnaire) {
        match self {
            Mutant::RuleLeftOut(rule) => questionnaire.rules[*rule].when = Condition::Any(Vec::new()),
            Mutant::RuleLevel(rule, level) => questionnaire.rules[*rule].level = *level,
            Mutant::CountsAs(counts_as) => questionnaire.unsure.counts_as = *counts_as,
            Mutant::AtLeastLevel(level) => questionnaire.unsure.at_least = *level,
            Mutant::Part(stated, route, change) => {
                let part = stated.of_mut(questionnaire).and_then(|condition| inside_mut(condition, route));
                if let Some(part) = part {
                    change.apply(part);
                }
            }
        }
    }

    /// Takes the change back.
    pub fn undo(&self, original: &Questionnaire, questionnaire: &mut Questionnaire) {
        match self {
            Mutant::RuleLeftOut(rule) | Mutant::RuleLevel(rule, _) => {
                questionnaire.rules[*rule].clone_from(&original.rules[*rule]);
            }
            Mutant::CountsAs(_) | Mutant::AtLeastLevel(_) => questionnaire.unsure = original.unsure,
            Mutant::Part(stated, ..) => {
                if let (Some(changed), Some(condition)) = (stated.of_mut(questionnaire), stated.of(original))
                {
                    changed.clone_from(condition);
                }
            }
        }
    }

    /// Of a change inside a condition: that condition.
    pub fn stated(&self) -> Option<Stated> {
        match self {
            Mutant::RuleLeftOut(rule) => Some(Stated::Rule(*rule)),
            Mutant::Part(stated, ..) => Some(*stated),
            Mutant::RuleLevel(..) | Mutant::CountsAs(_) | Mutant::AtLeastLevel(_) => None,
        }
    }

    /// Whether it can't change a level, a rule or a question, since the condition comes after them.
    pub fn is_advice(&self) -> bool {
        matches!(self, Mutant::Part(Stated::Step(_) | Stated::Within(..), ..))
    }
}

impl Change {
    fn apply(&self, part: &mut Condition) {
        match (self, part) {
            (Change::Swap, part) => {
                *part = match std::mem::replace(part, Condition::Any(Vec::new())) {
                    Condition::All(parts) => Condition::Any(parts),
                    Condition::Any(parts) => Condition::All(parts),
                    other => other,
                }
            }
            (Change::Count(count), Condition::AtLeast(needed, _)) => *needed = *count,
            (
                Change::PartLeftOut(index),
                Condition::All(parts) | Condition::Any(parts) | Condition::AtLeast(_, parts),
            ) if *index < parts.len() => {
                parts.remove(*index);
            }
            (Change::NotLeftOut, part) => {
                if let Condition::Not(inner) = part {
                    *part = std::mem::replace(inner, Condition::Any(Vec::new()));
                }
            }
            (Change::OptionLeftOut(option), Condition::Has(_, options)) => {
                *options = options.without(OptionSet::one(*option));
            }
            (Change::Options(set), Condition::Has(_, options)) => *options = *set,
            (Change::RuleLeftOut(rule), Condition::Rule(rules)) => rules.retain(|other| other != rule),
            (Change::Number(number), Condition::Number(_, _, bound)) => *bound = *number,
            (Change::Always, part) => *part = Condition::All(Vec::new()),
            (Change::Never, part) => *part = Condition::Any(Vec::new()),
            // Made for another condition.
            _ => {}
        }
    }
}

/// The part of a condition to which a route leads.
pub(super) fn inside<'c>(condition: &'c Condition, route: &[usize]) -> Option<&'c Condition> {
    let Some((&first, rest)) = route.split_first() else { return Some(condition) };
    match condition {
        Condition::All(parts) | Condition::Any(parts) | Condition::AtLeast(_, parts) => {
            inside(parts.get(first)?, rest)
        }
        Condition::Not(part) => inside(part, rest),
        _ => None,
    }
}

fn inside_mut<'c>(condition: &'c mut Condition, route: &[usize]) -> Option<&'c mut Condition> {
    let Some((&first, rest)) = route.split_first() else { return Some(condition) };
    match condition {
        Condition::All(parts) | Condition::Any(parts) | Condition::AtLeast(_, parts) => {
            inside_mut(parts.get_mut(first)?, rest)
        }
        Condition::Not(part) => inside_mut(part, rest),
        _ => None,
    }
}
