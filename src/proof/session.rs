//! One run over a questionnaire: the provers for its audiences, and what they have found so far.

use super::explain;
use super::finding::{Example, Finding};
use super::prover::{Prover, Search, worded};
use super::shrink;
use super::solver::{Found, Stop};
use crate::circuit::{Circuit, Lit, RawSheet};
use crate::questionnaire::{Audience, OptionIndex, Property, QuestionIndex, Questionnaire};

pub struct Session<'q> {
    pub questionnaire: &'q Questionnaire,
    /// For each audience; only one where they are asked the same.
    pub provers: Vec<Prover<'q>>,
    baselines: Vec<Option<RawSheet>>,
    pub findings: Vec<Finding>,
    /// What was proved, in words.
    pub proved: Vec<String>,
    /// What could not be decided in time, and how many parts of it.
    pub unproved: Vec<(&'static str, usize)>,
    /// For each waiver whether it was needed.
    pub waivers_used: Vec<bool>,
    /// Sheets that show what can be reached; only where they are asked for.
    pub witnesses: Option<Vec<(String, Example)>>,
}

/// What a search over all audiences gave.
pub enum Existence {
    /// This prover has found a sheet.
    Found(usize),
    Never,
    OutOfTime,
}

impl<'q> Session<'q> {
    pub fn new(questionnaire: &'q Questionnaire, stop: &Stop, witnesses: bool) -> Session<'q> {
        let differ = questionnaire.sections.iter().any(|section| section.audience.is_some());
        let audiences = match differ {
            true => &[Audience::Clinician, Audience::Patient][..],
            false => &[Audience::Patient],
        };
        let prover = |&audience| Prover::new(questionnaire, audience, Stop::clone(stop));
        Session {
            questionnaire,
            provers: audiences.iter().map(prover).collect(),
            baselines: vec![None; audiences.len()],
            findings: Vec::new(),
            proved: Vec::new(),
            unproved: Vec::new(),
            waivers_used: vec![false; questionnaire.waivers.len()],
            witnesses: witnesses.then(Vec::new),
        }
    }

    /// The provers for levels. Clinicians alone, if all that only they are asked may be left out: left out, it
    /// counts as it does for patients, who are not asked it.
    pub fn for_levels(&self) -> std::ops::Range<usize> {
        let only = |index: usize| self.questionnaire.section_of(index).audience;
        let questions = self.questionnaire.questions.iter().enumerate();
        let mut apart = questions.filter(|(index, _)| only(*index).is_some());
        let covered = apart.all(|(index, question)| {
            only(index) == Some(Audience::Clinician) && (question.optional || !question.takes_answer())
        });
        0..if covered { 1 } else { self.provers.len() }
    }

    /// Whether there is a sheet of any audience on which all of `wanted` hold.
    pub fn exists(&mut self, wanted: impl Fn(&mut Circuit) -> Vec<Lit>) -> Existence {
        let mut out_of_time = false;
        for prover in 0..self.provers.len() {
            let lits = wanted(&mut self.provers[prover].circuit);
            match self.provers[prover].exists(&lits) {
                Found::Yes => return Existence::Found(prover),
                Found::Never => {}
                Found::OutOfTime => out_of_time = true,
            }
        }
        if out_of_time { Existence::OutOfTime } else { Existence::Never }
    }

    /// Whether something can be at all. Keeps the sheet that shows it, where sheets are asked for.
    pub fn reaches(
        &mut self,
        property: &'static str,
        what: impl FnOnce() -> String,
        wanted: impl Fn(&mut Circuit) -> Vec<Lit>,
    ) -> bool {
        match self.exists(&wanted) {
            Existence::Found(prover) => {
                if self.witnesses.is_some() {
                    let found = self.provers[prover].sheet();
                    let lits = wanted(&mut self.provers[prover].circuit);
                    let sheet = self.plainest(prover, &found, |circuit, sheet| {
                        let values = sheet.values(circuit);
                        let inputs: Vec<u64> = values.into_iter().map(u64::from).collect();
                        let words = circuit.graph.simulate(&inputs);
                        lits.iter().all(|&lit| words.of(lit) & 1 == 1)
                    });
                    let example = self.example(prover, vec![sheet], None);
                    self.witnesses.get_or_insert_default().push((what(), example));
                }
                true
            }
            Existence::Never => false,
            Existence::OutOfTime => {
                self.not_proved(property);
                true
            }
        }
    }

    pub fn not_proved(&mut self, property: &'static str) {
        match self.unproved.iter_mut().find(|(other, _)| *other == property) {
            Some((_, count)) => *count += 1,
            None => self.unproved.push((property, 1)),
        }
    }

    /// Whether the file waives a property for an answer.
    pub fn is_waived(
        &mut self,
        property: Property,
        question: QuestionIndex,
        options: &[OptionIndex],
    ) -> bool {
        let waivers = self.questionnaire.waivers.iter();
        let at = waivers.into_iter().position(|waiver| {
            waiver.property == property
                && waiver.question == question
                && waiver.option.is_none_or(|option| options.contains(&option))
        });
        at.map(|at| self.waivers_used[at] = true).is_some()
    }

    /// The plainest sheet on which something holds, from one on which it does.
    pub fn plainest(
        &mut self,
        prover: usize,
        sheet: &RawSheet,
        holds: impl Fn(&Circuit, &RawSheet) -> bool,
    ) -> RawSheet {
        let circuit = &self.provers[prover].circuit;
        let baseline = self.baselines[prover].get_or_insert_with(|| shrink::baseline(circuit));
        shrink::shrink(sheet, baseline, circuit, |sheet| holds(circuit, sheet))
    }

    /// Adds to the samples for each rule a sheet on which it is true and all that it does not look at is of no
    /// concern: the sheet on which it most likely decides. Gives how many samples there were before.
    pub fn add_rules_alone(&mut self, prover: usize) -> usize {
        let questionnaire = self.questionnaire;
        let prover_at = &mut self.provers[prover];
        let baseline = self.baselines[prover].get_or_insert_with(|| shrink::baseline(&prover_at.circuit));
        let before = prover_at.add_samples(&[]);
        let mut sheets = Vec::new();
        for (index, rule) in questionnaire.rules.iter().enumerate() {
            let Search::Found(witness) = prover_at.find(&[prover_at.circuit.rules[index].certain]) else {
                continue;
            };
            let mut questions = explain::questions(questionnaire, &rule.when);
            let mut at = 0;
            while let Some(&question) = questions.get(at) {
                let gates = questionnaire.questions[question].ask_if.as_ref();
                let gates = gates.map(|ask_if| explain::questions(questionnaire, ask_if)).unwrap_or_default();
                for gate in gates {
                    if !questions.contains(&gate) {
                        questions.push(gate);
                    }
                }
                at += 1;
            }
            let mut sheet = baseline.clone();
            for question in questions {
                sheet.answers[question].clone_from(&witness.answers[question]);
            }
            sheets.push(sheet);
            if sheets.len() == 64 {
                prover_at.add_samples(&std::mem::take(&mut sheets));
            }
        }
        prover_at.add_samples(&sheets);
        before
    }

    pub fn example(
        &mut self,
        prover: usize,
        sheets: Vec<RawSheet>,
        changed: Option<QuestionIndex>,
    ) -> Example {
        let circuit = &self.provers[prover].circuit;
        let baseline = self.baselines[prover].get_or_insert_with(|| shrink::baseline(circuit));
        let answers = sheets[0].answers.iter().zip(&baseline.answers);
        let telling = answers.map(|(answer, plain)| answer != plain).collect();
        let second = "with the more concerning answer";
        Example { audience: circuit.audience, sheets, changed, second, telling }
    }

    /// All that a person can come to see: rules and in which words, questions, steps, pages and times, as nodes that can
    /// change.
    pub fn outputs(&mut self, prover: usize) -> Vec<Lit> {
        let questionnaire = self.questionnaire;
        let circuit = &mut self.provers[prover].circuit;
        let mut outputs: Vec<Lit> = circuit.level.clone();
        outputs.extend(circuit.rules.iter().flat_map(|rule| [rule.certain, rule.possible]));
        outputs.extend(circuit.asked.iter().map(|asked| asked.live.certain));
        let steps = questionnaire.next_steps.iter().map(|step| &step.shown);
        for shown in steps.chain(questionnaire.learn.iter().map(|page| &page.shown)) {
            outputs.push(circuit.shown(shown));
        }
        outputs.extend(worded(circuit));
        for level in &questionnaire.levels {
            let times = level.within.iter().chain(&level.check_again).filter_map(|time| time.when.as_ref());
            let possible: Vec<Lit> = times.map(|when| circuit.rails(when).possible).collect();
            outputs.extend(possible);
            let who = level.who.iter().filter_map(|contact| contact.when.as_ref());
            let certain: Vec<Lit> = who.map(|when| circuit.rails(when).certain).collect();
            outputs.extend(certain);
        }
        outputs.retain(|lit| !lit.is_constant());
        outputs.sort_unstable();
        outputs.dedup();
        outputs
    }

    /// The nodes of "this level or a more urgent one", without the last, which always holds.
    pub fn levels(&self, prover: usize) -> Vec<Lit> {
        let level = &self.provers[prover].circuit.level;
        level[..level.len() - 1].to_vec()
    }

    /// The questions with an answer.
    pub fn answered(&self) -> impl Iterator<Item = QuestionIndex> + use<'q> {
        let questions = self.questionnaire.questions.iter().enumerate();
        questions.filter(|(_, question)| question.takes_answer()).map(|(index, _)| index)
    }

    /// That a sheet found by the circuit does not show by the interpreter what it should.
    pub fn disagreement(&mut self, what: &str, example: Example) {
        let mut finding = Finding::error(
            "internal-error",
            format!("{what}, says the proof, but the program judges these answers differently"),
            super::finding::WHOLE_FILE,
        );
        finding.help = Some("this is a bug in redflag, not a mistake in the file: report it".to_owned());
        self.findings.push(finding.example(example));
    }
}
