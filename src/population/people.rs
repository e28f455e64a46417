//! Draws people: 64 at a time, what each would say to every question.

use super::dice::{self, Dice};
use super::normal::{is_below, quantile};
use super::{Entry, Figure, How, Law, Numbers, Population, Range, Shares, VariableIndex, When};
use crate::answers::Answer;
use crate::questionnaire::{OptionIndex, OptionSet};

/// For each variable what each of some people says.
pub type Block = Vec<Vec<Option<Answer>>>;

/// A number outside its bounds is drawn again at most so often.
const MOST_AGAIN: u64 = 1000;

/// The people of a population, in the order of their numbers.
pub struct People<'p> {
    population: &'p Population,
    seed: u64,
    factors: Vec<Tie>,
    drawn: Vec<(VariableIndex, Vec<Ready<'p>>)>,
}

/// A factor, ready to be used.
struct Tie {
    name: u64,
    /// What the factor counts for, and what chance does.
    of_factor: f64,
    of_chance: f64,
}

/// An entry, ready to be drawn.
struct Ready<'p> {
    when: Option<&'p When>,
    name: u64,
    given: Option<(u64, Bounds<'p>)>,
    unsure: Option<(u64, Bounds<'p>)>,
    factor: Option<usize>,
    how: Way<'p>,
}

enum Way<'p> {
    /// Answers with the shares up to and with each, and where these lie on the normal scale.
    Fixed(Vec<(Answer, f64, f64)>),
    /// Answers whose shares depend on the person; `None` is the rest.
    Varying(Vec<(Answer, Option<Bounds<'p>>)>),
    Ticks(Vec<(OptionIndex, u64, Bounds<'p>)>, OptionSet),
    Number(&'p Numbers, f64),
    Text,
}

/// The first bound whose condition holds counts.
struct Bounds<'p>(Vec<(Option<&'p When>, Bound)>);

#[derive(Clone, Copy)]
struct Bound {
    share: f64,
    /// Where it lies on the normal scale.
    at: f64,
    factor: Option<usize>,
}

impl<'p> People<'p> {
    pub fn new(population: &'p Population, seed: u64, range: Range) -> People<'p> {
        let factors = population.factors.iter().map(|factor| {
            let strength = factor.strength.at(range, &population.groups);
            Tie {
                name: dice::name(&["factor", &factor.name]),
                of_factor: strength.sqrt(),
                of_chance: (1.0 - strength).sqrt(),
            }
        });
        let ready = population.order.iter().map(|&of| {
            let variable = &population.variables[of];
            let entries = variable.entries.iter();
            (of, entries.map(|entry| Ready::of(entry, of, population, range)).collect())
        });
        People { population, seed, factors: factors.collect(), drawn: ready.collect() }
    }

    /// Draws as many people as `block` has room for, the first with this number.
    pub fn draw(&self, first: u64, count: usize, block: &mut Block) {
        block.resize_with(self.population.variables.len(), Vec::new);
        block.iter_mut().for_each(|answers| answers.resize(count, None));
        let dice: Vec<Dice> = (0..count as u64).map(|at| Dice::new(self.seed, first + at)).collect();
        let factors =
            dice.iter().flat_map(|dice| self.factors.iter().map(|tie| quantile(dice.throw(tie.name))));
        let factors: Vec<f64> = factors.collect();
        for (of, entries) in &self.drawn {
            for (column, &dice) in dice.iter().enumerate() {
                let of_person = &factors[column * self.factors.len()..][..self.factors.len()];
                let answer = |of: VariableIndex| block[of][column].as_ref();
                let holds = |when: Option<&When>| when.is_none_or(|when| when.holds(&answer));
                let entry = entries.iter().find(|entry| holds(entry.when));
                let said = entry.and_then(|entry| {
                    let person = Person { ties: &self.factors, factors: of_person, dice, holds: &holds };
                    person.says(entry)
                });
                block[*of][column] = said;
            }
        }
    }
}

/// One person while answers are drawn.
struct Person<'a, H> {
    ties: &'a [Tie],
    factors: &'a [f64],
    dice: Dice,
    holds: &'a H,
}

impl<H: Fn(Option<&When>) -> bool> Person<'_, H> {
    fn says(&self, entry: &Ready) -> Option<Answer> {
        if let Some((name, bounds)) = &entry.given
            && !self.is_within(self.bound(bounds), *name)
        {
            return None;
        }
        let is_unsure =
            entry.unsure.as_ref().is_some_and(|(name, bounds)| self.is_within(self.bound(bounds), *name));
        match &entry.how {
            Way::Ticks(ticks, nothing) => {
                let ticked =
                    ticks.iter().filter(|(_, name, bounds)| self.is_within(self.bound(bounds), *name));
                let ticked: OptionSet = ticked.map(|&(option, ..)| option).collect();
                match (is_unsure, ticked.is_empty()) {
                    (true, _) => Some(Answer::Unsure { ticked }),
                    (false, false) => Some(Answer::Options(ticked)),
                    (false, true) => (!nothing.is_empty()).then_some(Answer::Options(*nothing)),
                }
            }
            _ if is_unsure => Some(Answer::UNSURE),
            Way::Fixed(answers) => {
                let drawn = self.dice.throw(entry.name);
                let here =
                    answers.iter().find(|(_, share, at)| self.is_below(drawn, *share, *at, entry.factor));
                here.or(answers.last()).map(|(answer, ..)| answer.clone())
            }
            Way::Varying(answers) => {
                let shares =
                    answers.iter().map(|(_, bounds)| bounds.as_ref().map(|bounds| self.bound(bounds).share));
                let shares: Vec<Option<f64>> = shares.collect();
                let rest = (1.0 - shares.iter().flatten().sum::<f64>()).max(0.0);
                let drawn = self.dice.throw(entry.name);
                let mut up_to = 0.0;
                let here = answers.iter().zip(shares).find(|(_, share)| {
                    up_to += share.unwrap_or(rest);
                    let at = if entry.factor.is_some() { quantile(up_to) } else { 0.0 };
                    self.is_below(drawn, up_to, at, entry.factor)
                });
                here.map(|(answer, _)| answer).or(answers.last()).map(|(answer, _)| answer.clone())
            }
            Way::Number(numbers, scale) => Some(Answer::Number(self.number(numbers, *scale, entry))),
            Way::Text => Some(Answer::Text("...".to_owned())),
        }
    }

    fn bound(&self, bounds: &Bounds) -> Bound {
        let counts = bounds.0.iter().find(|(when, _)| when.is_none() || (self.holds)(*when));
        counts.map_or(Bound { share: 0.0, at: f64::NEG_INFINITY, factor: None }, |(_, bound)| *bound)
    }

    fn is_within(&self, bound: Bound, name: u64) -> bool {
        self.is_below(self.dice.throw(name), bound.share, bound.at, bound.factor)
    }

    /// Whether what was drawn lies below a share, which `at` is on the normal scale.
    fn is_below(&self, drawn: f64, share: f64, at: f64, factor: Option<usize>) -> bool {
        match factor {
            Some(factor) if share > 0.0 && share < 1.0 => {
                let tie = &self.ties[factor];
                is_below(drawn, (at - tie.of_factor * self.factors[factor]) / tie.of_chance)
            }
            _ => drawn < share,
        }
    }

    fn number(&self, numbers: &Numbers, scale: f64, entry: &Ready) -> f64 {
        let rounded = |number: f64| (number * scale).round() / scale;
        let Law::Normal { mean, sd } = numbers.law else {
            // As many numbers as there are steps, each as likely.
            let (from, steps) =
                ((numbers.from * scale).round(), ((numbers.to - numbers.from) * scale).round() + 1.0);
            return ((from + (self.dice.throw(entry.name) * steps).floor()) / scale).min(numbers.to);
        };
        let mut number = numbers.from;
        for time in 0..MOST_AGAIN {
            let chance = quantile(match time {
                0 => self.dice.throw(entry.name),
                _ => self.dice.again(entry.name, time),
            });
            // A low draw of a factor is a concerning answer, and so a high number.
            let drawn = match entry.factor {
                Some(factor) => {
                    let tie = &self.ties[factor];
                    -(tie.of_factor * self.factors[factor] + tie.of_chance * chance)
                }
                None => chance,
            };
            number = rounded(mean + sd * drawn);
            if !numbers.again || (numbers.from..=numbers.to).contains(&number) {
                break;
            }
        }
        number.clamp(numbers.from, numbers.to)
    }
}

impl<'p> Ready<'p> {
    fn of(entry: &'p Entry, of: VariableIndex, population: &'p Population, range: Range) -> Ready<'p> {
        let variable = &population.variables[of];
        let name = variable.name.as_str();
        let id = |option: OptionIndex| variable.options.get(option).map_or("", String::as_str);
        let bounds = |shares: &'p Shares| Bounds::of(shares, population, range);
        let is = |shares: &Shares, share: f64| *shares == Shares::certain(share);
        let part = |shares: &'p Shares, part: &str, usual: f64| {
            (!is(shares, usual)).then(|| Some((dice::name(&[name, part]), bounds(shares)?))).flatten()
        };
        let how = match &entry.how {
            How::One(answers) => one(answers, population, range),
            How::Ticks { ticks, nothing } => {
                let ticks = ticks.iter().filter_map(|(option, shares)| {
                    // By the id, so that an option more doesn't change what others draw.
                    Some((*option, dice::name(&[name, "tick", id(*option)]), bounds(shares)?))
                });
                Way::Ticks(ticks.collect(), *nothing)
            }
            How::Number(numbers) => {
                Way::Number(numbers, (0..numbers.decimals).fold(1.0, |scale, _| scale * 10.0))
            }
            How::Text => Way::Text,
        };
        Ready {
            when: entry.when.as_ref(),
            name: dice::name(&[name]),
            given: part(&entry.given, "given", 1.0),
            unsure: part(&entry.unsure, "unsure", 0.0),
            factor: entry.factor,
            how,
        }
    }
}

fn one<'p>(answers: &'p [(Answer, Shares)], population: &'p Population, range: Range) -> Way<'p> {
    let all: Vec<(Answer, Option<Bounds>)> = answers
        .iter()
        .map(|(answer, shares)| (answer.clone(), Bounds::of(shares, population, range)))
        .collect();
    let fixed = |bounds: &Bounds| match bounds.0.as_slice() {
        [(None, bound)] => Some(bound.share),
        _ => None,
    };
    let shares: Option<Vec<Option<f64>>> = all
        .iter()
        .map(|(_, bounds)| match bounds {
            Some(bounds) => fixed(bounds).map(Some),
            None => Some(None),
        })
        .collect();
    let Some(shares) = shares else { return Way::Varying(all) };
    let rest = (1.0 - shares.iter().flatten().sum::<f64>()).max(0.0);
    let mut up_to: f64 = 0.0;
    let ready = all.into_iter().zip(shares).map(|((answer, _), share)| {
        up_to += share.unwrap_or(rest);
        (answer, up_to, quantile(up_to))
    });
    Way::Fixed(ready.collect())
}

impl<'p> Bounds<'p> {
    /// `None` for the rest.
    fn of(shares: &'p Shares, population: &'p Population, range: Range) -> Option<Bounds<'p>> {
        let Shares::Of(figures) = shares else { return None };
        let bound = |figure: &Figure| {
            let share = figure.at(range, &population.groups);
            Bound { share, at: quantile(share), factor: figure.factor }
        };
        Some(Bounds(figures.iter().map(|(when, figure)| (when.as_ref(), bound(figure))).collect()))
    }
}
