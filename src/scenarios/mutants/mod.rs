//! Mutants: the questionnaire with one small change that somebody could make by mistake. For each it is told whether a
//! scenario notices it, or proved that it makes no difference to anybody, or shown whom it harms unnoticed.

mod change;
mod kill;
mod prove;
mod suggest;
mod tell;

use std::collections::HashMap;

use super::{Suite, words};
use crate::answers::Sheet;
use crate::proof::Stop;
use crate::questionnaire::Questionnaire;
use crate::questionnaire::yaml::Places;
use kill::Judge;
use prove::{Difference, Provers};

pub use change::{Change, Mutant, all};
pub(super) use prove::Output;
pub use suggest::Suggestion;
pub use tell::{span, survivor, what};

/// What is known of a mutant.
#[derive(Debug, Clone, PartialEq)]
pub enum Verdict {
    /// This case fails on it.
    Killed(usize),
    /// It changes the level of a finished check, and no case notices. A new one would.
    Survives(Box<Suggestion>),
    /// The same, and the case suggested for the mutant with this position would notice.
    SurvivesAs(usize),
    /// Proved: no finished check gets another level. But this changes for somebody.
    Quiet(Quiet),
    /// Proved: nobody gets another level, reason, question, step, page or time, finished or not.
    Equivalent,
    /// The time was up.
    Undecided,
}

/// What a mutant changes, other than the level of a finished check.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Quiet {
    /// Something else that a finished check tells, in words: `rule R01`.
    Told(Vec<String>),
    /// Only what is said of checks that are not finished, or of sheets with answers to what was not asked.
    Unfinished,
}

/// Looks at every mutant of a questionnaire on which all cases hold. `text` is the file that it was loaded from.
pub fn examine(
    questionnaire: &Questionnaire,
    text: &[u8],
    suite: &Suite,
    stop: &Stop,
) -> Vec<(Mutant, Verdict)> {
    let mutants = change::all(questionnaire, &Places::of(text));
    let sheets: Vec<Sheet> = suite.cases.iter().map(|case| case.heard(questionnaire)).collect();
    let mut changed = questionnaire.clone();
    let judge = Judge::new(questionnaire, &suite.cases, &sheets);
    let mut killed = Vec::with_capacity(mutants.len());
    for mutant in &mutants {
        mutant.apply(&mut changed);
        killed.push(judge.kills(mutant, &changed).filter(|_| !stop()));
        mutant.undo(questionnaire, &mut changed);
    }
    let alive: Vec<&Mutant> = mutants
        .iter()
        .zip(&killed)
        .filter(|(_, killed)| killed.is_none())
        .map(|(mutant, _)| mutant)
        .collect();
    let provers = Provers::new(questionnaire, &alive, stop);
    let names = suite.cases.iter().map(|case| (case.name.clone(), 1)).collect();
    let mut rest = Rest { questionnaire, suite, judge, provers, suggested: Vec::new(), names };
    let mut verdicts = Vec::with_capacity(mutants.len());
    for (index, (mutant, killed)) in mutants.iter().zip(killed).enumerate() {
        verdicts.push(match killed {
            Some(case) => Verdict::Killed(case),
            None => {
                mutant.apply(&mut changed);
                let verdict = rest.decide(index, mutant, &changed);
                mutant.undo(questionnaire, &mut changed);
                verdict
            }
        });
    }
    mutants.into_iter().zip(verdicts).collect()
}

/// Decides about the mutants that no case notices.
struct Rest<'a> {
    questionnaire: &'a Questionnaire,
    suite: &'a Suite,
    judge: Judge<'a>,
    provers: Provers<'a>,
    /// The mutants for which a case was suggested, in the order of the cases that were added to the judge.
    suggested: Vec<usize>,
    /// How many cases have each name.
    names: HashMap<String, usize>,
}

impl Rest<'_> {
    fn decide(&mut self, index: usize, mutant: &Mutant, changed: &Questionnaire) -> Verdict {
        if let Some(later) = self.judge.level_later(changed) {
            return Verdict::SurvivesAs(self.suggested[later]);
        }
        let (audience, sheet) = match self.provers.compare(mutant, changed) {
            Difference::None => return Verdict::Equivalent,
            Difference::OutOfTime => return Verdict::Undecided,
            Difference::Unfinished => return Verdict::Quiet(Quiet::Unfinished),
            Difference::Told(what) => return Verdict::Quiet(Quiet::Told(what)),
            Difference::Level(audience, sheet) => (audience, sheet),
        };
        let name = self.name(words::case_name(&tell::what(self.questionnaire, mutant)));
        let circuit = self.provers.circuit(audience);
        let suggestion = suggest::case(self.suite, circuit, (mutant, changed), &sheet, &name);
        self.judge.add(suggestion.case.clone());
        self.suggested.push(index);
        Verdict::Survives(Box::new(suggestion))
    }

    /// The name with a number, if another case has it.
    fn name(&mut self, name: String) -> String {
        let count = self.names.entry(name.clone()).or_default();
        *count += 1;
        if *count == 1 { name } else { format!("{name} ({count})") }
    }
}
