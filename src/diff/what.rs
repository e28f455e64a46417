//! What one person can get to see differently: as nodes to search for, and as the interpreter sees it.

use super::both::{Both, Seen, Side};
use crate::answers::Truth;
use crate::circuit::{Circuit, Lit, Rails};
use crate::questionnaire::{
    Audience, Condition, LevelIndex, OptionIndex, OptionSet, QuestionIndex, RuleIndex, Shown,
};
use crate::triage;

/// A thing in the old version and the same in the new one; `None` where a version has not got it.
pub type Twin<T> = (Option<T>, Option<T>);

/// A difference in behaviour that somebody may meet.
#[derive(Debug, Clone, PartialEq)]
pub enum What {
    /// From a level of the old version to one of the new version. `without`: rules of the version with the more
    /// urgent level that are not to be the reason.
    Level {
        from: LevelIndex,
        to: LevelIndex,
        without: Vec<RuleIndex>,
        of: Side,
    },
    /// The same for people who give this answer to a question of the old version.
    Saying {
        from: LevelIndex,
        to: LevelIndex,
        question: QuestionIndex,
        answer: Said,
    },
    /// A question is asked in this version only.
    Asked(Twin<QuestionIndex>, Side),
    /// At the same level, a rule is true in this version only.
    Rule(Twin<RuleIndex>, Side),
    /// At the same level, a rule is not false in this version only: told as what an open answer could mean.
    Doubt(Twin<RuleIndex>, Side),
    /// At the same level, this wording of a rule is told in the old version and that in the new one, by their places
    /// among the rule's wordings. As a reason, or as what an open answer could mean.
    Because(Twin<RuleIndex>, ToldAs, (usize, usize)),
    /// At the same level, a step is shown to this reader in this version only.
    Step(Twin<usize>, Audience, Side),
    Page(Twin<usize>, Audience, Side),
    /// At the same level, this entry counts in the old version and that in the new one; `None`: the level has none.
    Within(Twin<LevelIndex>, Twin<usize>),
    Who(Twin<LevelIndex>, Twin<usize>),
    /// At the same level, this entry counts in this version only.
    CheckAgain(Twin<LevelIndex>, Twin<usize>, Side),
    /// At the same level, an item of a further return list is told in this version only. By list and item.
    Returned(Twin<(usize, usize)>, Side),
    /// Both levels have the same id: whatever these people are told as everybody is.
    SameLevel,
    /// What people at this level of both versions meet.
    At(Twin<LevelIndex>, Box<What>),
}

/// As what a rule is told.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum ToldAs {
    Reason,
    Doubt,
}

/// An answer that was removed.
#[derive(Debug, Clone, Copy, PartialEq)]
pub enum Said {
    Option(OptionIndex),
    Unsure,
}

impl What {
    /// The nodes that all hold on sheets that show it.
    pub fn wanted(&self, both: &mut Both) -> Vec<Lit> {
        match self {
            What::Level { from, to, without, of } => {
                let mut wanted = vec![both.is_level(Side::Old, *from), both.is_level(Side::New, *to)];
                wanted.extend(without.iter().map(|&rule| !both.circuit(*of).rules[rule].possible));
                wanted
            }
            What::Saying { from, to, question, answer } => {
                let said = both.make(Side::Old, |circuit| says(circuit, *question, *answer));
                vec![both.is_level(Side::Old, *from), both.is_level(Side::New, *to), said]
            }
            What::Asked(twin, side) => {
                both.only(*side, *twin, |circuit, question| circuit.asked[question].live.certain).into()
            }
            What::Rule(twin, side) => {
                let [one, other] = both.only(*side, *twin, |circuit, rule| circuit.rules[rule].certain);
                vec![one, other, both.same_level]
            }
            What::Doubt(twin, side) => {
                let [one, other] = both.only(*side, *twin, |circuit, rule| circuit.rules[rule].possible);
                vec![one, other, both.same_level]
            }
            What::Because((Some(before), Some(now)), told, (was, is)) => {
                let node = |circuit: &mut Circuit, rule: RuleIndex, wording: usize| {
                    let rails = circuit.rules[rule];
                    let told = match told {
                        ToldAs::Reason => rails.certain,
                        ToldAs::Doubt => rails.possible,
                    };
                    let entries = &circuit.questionnaire.rules[rule].because_if;
                    let whens = entries.iter().map(|entry| Some(&entry.when)).chain([None]);
                    let whens: Vec<_> = whens.take(wording + 1).collect();
                    let counts = first(circuit, &whens, |rails| rails.certain);
                    circuit.graph.and(told, counts)
                };
                let was = both.make(Side::Old, |circuit| node(circuit, *before, *was));
                let is = both.make(Side::New, |circuit| node(circuit, *now, *is));
                vec![was, is, both.same_level]
            }
            What::Because(..) => vec![Lit::FALSE],
            What::Step(twin, reader, side) => {
                let [one, other] = both.only(*side, *twin, |circuit, step| {
                    shown(circuit, &circuit.questionnaire.next_steps[step].shown, *reader)
                });
                vec![one, other, both.same_level]
            }
            What::Page(twin, reader, side) => {
                let [one, other] = both.only(*side, *twin, |circuit, page| {
                    shown(circuit, &circuit.questionnaire.learn[page].shown, *reader)
                });
                vec![one, other, both.same_level]
            }
            What::Within(levels, entries) => {
                let entry = |circuit: &mut Circuit, level: LevelIndex, entry: usize| {
                    let within = &circuit.questionnaire.levels[level].within;
                    let whens: Vec<_> = within[..=entry].iter().map(|time| time.when.as_ref()).collect();
                    first(circuit, &whens, |rails| rails.possible)
                };
                both.entries(*levels, *entries, entry)
            }
            What::Who(levels, entries) => {
                let entry = |circuit: &mut Circuit, level: LevelIndex, entry: usize| {
                    let who = &circuit.questionnaire.levels[level].who;
                    let whens: Vec<_> = who[..=entry].iter().map(|contact| contact.when.as_ref()).collect();
                    first(circuit, &whens, |rails| rails.certain)
                };
                both.entries(*levels, *entries, entry)
            }
            What::CheckAgain(levels, entries, side) => {
                let (Some(old), Some(new)) = *levels else { return vec![Lit::FALSE] };
                let twin = (entries.0.map(|entry| (old, entry)), entries.1.map(|entry| (new, entry)));
                let [one, other] = both.only(*side, twin, |circuit, (level, entry)| {
                    let when = circuit.questionnaire.levels[level].check_again[entry].when.as_ref();
                    when.map_or(Lit::TRUE, |when| circuit.rails(when).possible)
                });
                vec![one, other, both.is_level(Side::Old, old), both.is_level(Side::New, new)]
            }
            What::Returned(twin, side) => {
                let [one, other] = both.only(*side, *twin, |circuit, (part, _)| {
                    let levels = &circuit.questionnaire.return_list.further[part].levels;
                    let levels: Vec<Lit> = levels.iter().map(|&level| circuit.is_level(level)).collect();
                    if levels.is_empty() { Lit::TRUE } else { circuit.graph.any(levels) }
                });
                vec![one, other, both.same_level]
            }
            What::SameLevel => vec![both.same_level],
            What::At((Some(old), Some(new)), what) => {
                let mut wanted = what.wanted(both);
                wanted.extend([both.is_level(Side::Old, *old), both.is_level(Side::New, *new)]);
                wanted
            }
            What::At(..) => vec![Lit::FALSE],
        }
    }

    /// Whether two sheets show it, by the interpreter.
    pub fn is_shown_by(&self, old: &Seen, new: &Seen, both: &Both) -> bool {
        let side = |side: Side| if side == Side::Old { old } else { new };
        let same_level = both.levels.is_same(old.assessment.level, new.assessment.level);
        let only = |of: Side, one: bool, other: bool| match of {
            Side::Old => one && !other,
            Side::New => other && !one,
        };
        match self {
            What::Level { from, to, without, of } => {
                old.assessment.level == *from
                    && new.assessment.level == *to
                    && without.iter().all(|&rule| side(*of).facts.rule(rule) == Truth::False)
            }
            What::Saying { from, to, question, answer } => {
                let said = old.facts.answer(*question).is_some_and(|said| match answer {
                    Said::Option(option) => said.ticked().contains(*option),
                    Said::Unsure => said.is_unsure(),
                });
                old.assessment.level == *from && new.assessment.level == *to && said
            }
            What::Asked((one, other), of) => {
                let asked = |seen: &Seen, question: &Option<QuestionIndex>| {
                    question.is_some_and(|question| seen.facts.live(question) == Truth::True)
                };
                only(*of, asked(old, one), asked(new, other))
            }
            What::Rule((one, other), of) => {
                let holds = |seen: &Seen, rule: &Option<RuleIndex>| {
                    rule.is_some_and(|rule| seen.facts.rule(rule) == Truth::True)
                };
                same_level && only(*of, holds(old, one), holds(new, other))
            }
            What::Doubt((one, other), of) => {
                let is_open = |seen: &Seen, rule: &Option<RuleIndex>| {
                    rule.is_some_and(|rule| seen.facts.rule(rule) != Truth::False)
                };
                same_level && only(*of, is_open(old, one), is_open(new, other))
            }
            What::Because((Some(before), Some(now)), told, (was, is)) => {
                let counts = |seen: &Seen, rule: RuleIndex, wording: usize| {
                    let is_told = match told {
                        ToldAs::Reason => seen.facts.rule(rule) == Truth::True,
                        ToldAs::Doubt => seen.facts.rule(rule) != Truth::False,
                    };
                    is_told && triage::wording(&seen.facts, rule) == wording
                };
                same_level && counts(old, *before, *was) && counts(new, *now, *is)
            }
            What::Because(..) => false,
            What::Step((one, other), reader, of) => {
                let is_shown = |seen: &Seen, step: &Option<usize>| {
                    let steps = &seen.facts.questionnaire.next_steps;
                    step.is_some_and(|step| seen.shows(&steps[step].shown, *reader))
                };
                same_level && only(*of, is_shown(old, one), is_shown(new, other))
            }
            What::Page((one, other), reader, of) => {
                let is_shown = |seen: &Seen, page: &Option<usize>| {
                    let pages = &seen.facts.questionnaire.learn;
                    page.is_some_and(|page| seen.shows(&pages[page].shown, *reader))
                };
                same_level && only(*of, is_shown(old, one), is_shown(new, other))
            }
            What::Within(levels, (one, other)) => {
                let counts = |seen: &Seen, entry: Option<usize>| {
                    let level = seen.assessment.level;
                    let entry = entry.and_then(|at| seen.facts.questionnaire.levels[level].within.get(at));
                    is_same_entry(triage::within(&seen.facts, level), entry)
                };
                at(*levels, old, new) && counts(old, *one) && counts(new, *other)
            }
            What::Who(levels, (one, other)) => {
                let counts = |seen: &Seen, entry: Option<usize>| {
                    let level = seen.assessment.level;
                    let entry = entry.and_then(|at| seen.facts.questionnaire.levels[level].who.get(at));
                    is_same_entry(triage::who(&seen.facts, level), entry)
                };
                at(*levels, old, new) && counts(old, *one) && counts(new, *other)
            }
            What::CheckAgain(levels, (one, other), of) => {
                let counts = |seen: &Seen, entry: &Option<usize>| {
                    let level = seen.assessment.level;
                    let all = triage::check_again(&seen.facts, level);
                    let entries = &seen.facts.questionnaire.levels[level].check_again;
                    let entry = entry.and_then(|entry| entries.get(entry));
                    entry.is_some_and(|entry| all.iter().any(|&chosen| std::ptr::eq(chosen, entry)))
                };
                at(*levels, old, new) && only(*of, counts(old, one), counts(new, other))
            }
            What::Returned((one, other), of) => {
                let is_told = |seen: &Seen, item: &Option<(usize, usize)>| {
                    let further = &seen.facts.questionnaire.return_list.further;
                    item.is_some_and(|(part, _)| further[part].is_shown_at(Some(seen.assessment.level)))
                };
                same_level && only(*of, is_told(old, one), is_told(new, other))
            }
            What::SameLevel => same_level,
            What::At(levels, what) => at(*levels, old, new) && what.is_shown_by(old, new, both),
        }
    }
}

/// Whether both are one entry of a list, or both are none.
fn is_same_entry<T>(chosen: Option<&T>, entry: Option<&T>) -> bool {
    match (chosen, entry) {
        (Some(chosen), Some(entry)) => std::ptr::eq(chosen, entry),
        (chosen, entry) => chosen.is_none() && entry.is_none(),
    }
}

fn at(levels: Twin<LevelIndex>, old: &Seen, new: &Seen) -> bool {
    levels == (Some(old.assessment.level), Some(new.assessment.level))
}

fn says(circuit: &mut Circuit, question: QuestionIndex, answer: Said) -> Lit {
    let asked = &circuit.asked[question];
    match answer {
        Said::Unsure => asked.unsure,
        Said::Option(option) => {
            let given = asked.variables.has(OptionSet::one(option), &mut circuit.graph);
            circuit.graph.and(circuit.asked[question].heard, given)
        }
    }
}

fn shown(circuit: &mut Circuit, shown: &Shown, reader: Audience) -> Lit {
    match shown.audience.is_none_or(|only| only == reader) {
        true => circuit.shown(shown),
        false => Lit::FALSE,
    }
}

/// Of conditions, the last counts and none before it.
fn first(circuit: &mut Circuit, whens: &[Option<&Condition>], rail: fn(Rails) -> Lit) -> Lit {
    let mut holds: Vec<Lit> =
        whens.iter().map(|when| when.map_or(Lit::TRUE, |when| rail(circuit.rails(when)))).collect();
    let last = holds.pop().unwrap_or(Lit::FALSE);
    let before: Vec<Lit> = holds.into_iter().map(|holds| !holds).collect();
    let before = circuit.graph.all(before);
    circuit.graph.and(last, before)
}
