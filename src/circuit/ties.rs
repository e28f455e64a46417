//! What somebody who answers a question in two versions can say to both, where the versions take different answers.
//!
//! Whatever can be said to both is said to both. An answer that only one version takes has no counterpart: in its
//! place the person may give any answer to the other version, and of options to tick, where all that the person would
//! tick is missing there, "none" or "not sure". That is more than people do, so that nothing is overlooked.

use super::graph::{Graph, Lit};
use super::variables::{Place, Variables};
use crate::questionnaire::{Domain, OptionIndex, OptionSet, Question};

/// The laws that tie the second version of a question to the first. `options`: for each option of the second its
/// counterpart.
pub(super) fn tie(
    (first, one): (&Question, &Variables),
    (second, other): (&Question, &Variables),
    options: &[Option<OptionIndex>],
    graph: &mut Graph,
    laws: &mut Vec<Vec<Lit>>,
) {
    match (one, other) {
        (Variables::None, _) | (_, Variables::None) => {}
        (Variables::Ladder { places: a, .. }, Variables::Ladder { places: b, .. }) => {
            let unit = coarsest_unit(first, second);
            let pairs: Vec<(usize, usize)> = a
                .iter()
                .enumerate()
                .flat_map(|(i, &a)| b.iter().enumerate().map(move |(j, &b)| (i, a, j, b)))
                .filter(|&(_, a, _, b)| is_same(a, b, options, unit))
                .map(|(i, _, j, _)| (i, j))
                .collect();
            let of_one: Vec<Lit> = a.iter().map(|&place| one.at(graph, |other| other == place)).collect();
            let of_other: Vec<Lit> = b.iter().map(|&place| other.at(graph, |other| other == place)).collect();
            let out = |places: &[Place], limits: Option<(f64, f64)>| -> Vec<bool> {
                places.iter().map(|&place| sticks_out(place, limits)).collect()
            };
            let (out_a, out_b) = (out(a, second.limits()), out(b, first.limits()));
            same_place((&of_one, &out_a), (&of_other, &out_b), &pairs, graph, laws);
            let turned: Vec<(usize, usize)> = pairs.iter().map(|&(i, j)| (j, i)).collect();
            same_place((&of_other, &out_b), (&of_one, &out_a), &turned, graph, laws);
        }
        (Variables::Ticks { .. }, Variables::Ticks { .. }) => {
            let pairs: Vec<(usize, usize)> =
                options.iter().enumerate().filter_map(|(j, &i)| Some((i?, j))).collect();
            let turned: Vec<(usize, usize)> = pairs.iter().map(|&(i, j)| (j, i)).collect();
            let (here, there) = (Ticked::of(one, &pairs, graph), Ticked::of(other, &turned, graph));
            same_ticks(&here, &there, &pairs, graph, laws);
            same_ticks(&there, &here, &turned, graph, laws);
        }
        (Variables::Ladder { .. }, Variables::Ticks { .. }) => {
            let pairs = options.iter().enumerate().filter_map(|(j, &i)| Some((i?, j)));
            one_is_among(one, other, &pairs.collect::<Vec<_>>(), graph, laws);
        }
        (Variables::Ticks { .. }, Variables::Ladder { .. }) => {
            let pairs = options.iter().enumerate().filter_map(|(j, &i)| Some((j, i?)));
            one_is_among(other, one, &pairs.collect::<Vec<_>>(), graph, laws);
        }
    }
}

/// Of two numbers that are given with different precision, the step of the less precise one.
fn coarsest_unit(first: &Question, second: &Question) -> f64 {
    let decimals = |question: &Question| match &question.domain {
        Domain::Number(limits) => i32::from(limits.decimals),
        Domain::One { .. } | Domain::Several | Domain::Text | Domain::Nothing => 0,
    };
    match decimals(first) == decimals(second) {
        true => 0.0,
        false => 10f64.powi(-decimals(first).min(decimals(second))),
    }
}

fn is_same(a: Place, b: Place, options: &[Option<OptionIndex>], unit: f64) -> bool {
    match (a, b) {
        (Place::Option(a), Place::Option(b)) => options.get(b).copied().flatten() == Some(a),
        (Place::Numbers { first, last, .. }, Place::Numbers { first: from, last: to, .. }) => {
            first < to + unit && from < last + unit || first <= to && from <= last
        }
        (a, b) => a == b,
    }
}

/// Some of these numbers are beyond the limits of the other version.
fn sticks_out(place: Place, limits: Option<(f64, f64)>) -> bool {
    match (place, limits) {
        (Place::Numbers { first, last, .. }, Some((min, max))) => first < min || last > max,
        _ => false,
    }
}

/// Who is at a place of the one version is at a counterpart of it in the other, or at a place there that has none.
/// Each version comes with whether its places hold answers that the other has not.
fn same_place(
    (here, out_here): (&[Lit], &[bool]),
    (there, out_there): (&[Lit], &[bool]),
    pairs: &[(usize, usize)],
    graph: &mut Graph,
    laws: &mut Vec<Vec<Lit>>,
) {
    let alone = (0..there.len()).filter(|at| out_there[*at] || pairs.iter().all(|(_, to)| to != at));
    let alone = graph.any(alone.map(|at| there[at]).collect::<Vec<_>>());
    for (at, &place) in here.iter().enumerate() {
        let mut then: Vec<Lit> =
            pairs.iter().filter(|(from, _)| *from == at).map(|&(_, to)| there[to]).collect();
        if !then.is_empty() && !out_here[at] {
            then.push(alone);
            laws.push(Graph::law(&[place], &then));
        }
    }
}

/// One version of a question whose options are ticked.
struct Ticked {
    options: Vec<Lit>,
    exclusive: OptionSet,
    unsure: Option<Lit>,
    missing: Lit,
    may_be_missing: bool,
    /// Something is ticked that the other version has not.
    alone: Lit,
    /// Something is ticked that the other version has.
    shared: Lit,
    /// In what the other version has, something is exclusive.
    has_none: bool,
}

impl Ticked {
    fn of(variables: &Variables, pairs: &[(usize, usize)], graph: &mut Graph) -> Ticked {
        let (options, exclusive, unsure, may_be_missing) = match variables {
            Variables::Ticks { options, exclusive, unsure, may_be_missing } => {
                (options.clone(), *exclusive, *unsure, *may_be_missing)
            }
            _ => (Vec::new(), OptionSet::EMPTY, None, true),
        };
        let is_shared = |at: usize| pairs.iter().any(|&(here, _)| here == at);
        let parts = |wanted: bool| {
            let options = options.iter().enumerate().filter(move |&(at, _)| is_shared(at) == wanted);
            options.map(|(_, &lit)| lit).collect::<Vec<_>>()
        };
        let (alone, shared) = (graph.any(parts(false)), graph.any(parts(true)));
        let missing = variables.missing(graph);
        let has_none = exclusive.iter().any(is_shared);
        Ticked { options, exclusive, unsure, missing, may_be_missing, alone, shared, has_none }
    }

    /// Whatever is ticked, the other version has nothing of it.
    fn is_speechless(&self, there: &Ticked, graph: &mut Graph) -> Lit {
        let sure = match (self.unsure, there.unsure) {
            (Some(unsure), Some(_)) => !unsure,
            _ => Lit::TRUE,
        };
        graph.all([self.alone, !self.shared, sure])
    }

    /// The person can tick anything in the other version.
    fn is_free(&self, there: &Ticked, graph: &mut Graph) -> Lit {
        let unsure = self.unsure.filter(|_| there.unsure.is_none()).unwrap_or(Lit::FALSE);
        let missing = if there.may_be_missing { Lit::FALSE } else { self.missing };
        // Without a way to say nothing, something else must be ticked.
        let has_way_out = there.has_none || there.may_be_missing || there.unsure.is_some();
        let speechless = if has_way_out { Lit::FALSE } else { self.is_speechless(there, graph) };
        graph.any([unsure, missing, speechless])
    }
}

/// What is ticked there is ticked here. `pairs`: options here and there.
fn same_ticks(
    here: &Ticked,
    there: &Ticked,
    pairs: &[(usize, usize)],
    graph: &mut Graph,
    laws: &mut Vec<Vec<Lit>>,
) {
    let free = here.is_free(there, graph);
    let speechless = here.is_speechless(there, graph);
    let quiet = graph.or(free, speechless);
    for &(a, b) in pairs {
        let (alone_here, alone_there) = (here.exclusive.contains(a), there.exclusive.contains(b));
        let mut then = vec![here.options[a], if alone_here || alone_there { quiet } else { free }];
        if alone_here && !alone_there {
            // Together with others there, alone here: then one of the others is ticked here.
            let others = pairs.iter().filter(|pair| **pair != (a, b));
            let others = others.map(|&(_, other)| there.options[other]).chain(there.unsure);
            then.extend(others);
        }
        laws.push(Graph::law(&[there.options[b]], &then));
    }
    if let (Some(one), Some(other)) = (here.unsure, there.unsure) {
        let with_exclusive = here.exclusive.iter().filter_map(|option| {
            let pair = pairs.iter().find(|(a, _)| *a == option)?;
            Some(there.options[pair.1]).filter(|_| !there.exclusive.contains(pair.1))
        });
        let with_exclusive: Vec<Lit> = with_exclusive.collect();
        let then: Vec<Lit> = [one, quiet].into_iter().chain(with_exclusive).collect();
        laws.push(Graph::law(&[other], &then));
    }
}

/// One answer here, several can be ticked there: the one is among them. `pairs`: options here and there.
fn one_is_among(
    here: &Variables,
    there: &Variables,
    pairs: &[(usize, usize)],
    graph: &mut Graph,
    laws: &mut Vec<Vec<Lit>>,
) {
    let Variables::Ticks { options, unsure: unsure_there, .. } = there else { return };
    let alone: Vec<Lit> =
        (0..options.len()).filter(|at| pairs.iter().all(|(_, to)| to != at)).map(|at| options[at]).collect();
    let alone = graph.any(alone);
    let unsure_here = here.unsure(graph);
    let can_be_unsure = !unsure_here.is_constant();
    let unsure_there = unsure_there.unwrap_or(Lit::FALSE);
    let unsure_alone = if can_be_unsure { Lit::FALSE } else { unsure_there };
    let missing = there.missing(graph);
    let missing_alone = if here.missing(graph).is_constant() { missing } else { Lit::FALSE };
    let free = graph.any([alone, unsure_alone, missing_alone]);
    for &(a, b) in pairs {
        let chosen = here.at(graph, |place| place == Place::Option(a));
        laws.push(Graph::law(&[chosen], &[options[b], free]));
    }
    if can_be_unsure && !unsure_there.is_constant() {
        laws.push(Graph::law(&[unsure_here], &[unsure_there, free]));
    }
}
