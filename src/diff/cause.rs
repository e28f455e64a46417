//! Why a person's level differs: the rules that hold in one version only, and what was changed to make it so.

use std::collections::BTreeSet;

use super::both::{Patient, Seen, Side};
use super::same::{ConditionChange, Same};
use crate::answers::{Answer, Truth};
use crate::proof::{explain, words};
use crate::questionnaire::{
    Condition, DefinitionIndex, LevelIndex, OptionSet, Question, QuestionIndex, RuleIndex,
};

/// A rule of the version with the more urgent level that counts less in the other.
#[derive(Debug, Clone, PartialEq)]
pub struct Cause {
    /// In the version with the more urgent level.
    pub rule: RuleIndex,
    /// The same rule in the other version.
    pub other: Option<RuleIndex>,
    /// It is true there, and not only open.
    pub is_certain: bool,
    pub whys: Vec<Why>,
}

/// What was changed. Indices are those of the version with the more urgent level, and then of the other.
#[derive(Debug, Clone, PartialEq)]
pub enum Why {
    /// The other version has no such rule.
    NoRule,
    /// The rule has another level there.
    Level(LevelIndex, LevelIndex),
    /// Its condition is another.
    When(ConditionChange),
    /// A definition that it uses is another.
    Definition(DefinitionIndex, DefinitionIndex, ConditionChange),
    /// A question is not asked there, because of its `ask_if`.
    AskIf(QuestionIndex, QuestionIndex, ConditionChange),
    /// A question is not asked there, because its section is for others.
    Section(QuestionIndex, QuestionIndex),
    /// A question is not asked there, because of earlier answers.
    NotAsked(QuestionIndex, QuestionIndex),
    NoQuestion(QuestionIndex),
    /// This answer, in words, is offered in one version only, so the person says something else in the other.
    Answer(QuestionIndex, QuestionIndex, Side, String),
}

/// The rules that a person loses from the version on this side to the other one, most urgent first.
pub fn causes(same: &Same, patient: &Patient, of: Side) -> Vec<Cause> {
    let (old, new) =
        (patient.old.heard(same.old, patient.audience), patient.new.heard(same.new, patient.audience));
    let old = Seen::of(same.old, patient.audience, &old);
    let new = Seen::of(same.new, patient.audience, &new);
    let (here, there) = match of {
        Side::Old => (old, new),
        Side::New => (new, old),
    };
    let finder = Finder { same, of, here: &here, there: &there };
    let mut found = Vec::new();
    for (rule, said) in here.facts.questionnaire.rules.iter().enumerate() {
        let truth = here.facts.rule(rule);
        let other = there.facts.questionnaire.rules.iter().position(|other| other.id == said.id);
        let truth_there = other.map_or(Truth::False, |other| there.facts.rule(other));
        let other_level = other.map(|other| there.facts.questionnaire.rules[other].level);
        let is_lower =
            other_level.is_some_and(|level| finder.level_id(level) != finder.own_level_id(said.level));
        // What is less urgent than the level here plays no part.
        let is_deciding = said.level <= here.assessment.level;
        if truth == Truth::False || !is_deciding || truth_there >= truth && !is_lower {
            continue;
        }
        let whys = match other {
            None => vec![Why::NoRule],
            Some(other) => finder.whys(rule, other),
        };
        found.push(Cause { rule, other, is_certain: truth == Truth::True, whys });
    }
    found.sort_by_key(|cause| here.facts.questionnaire.rules[cause.rule].level);
    found
}

struct Finder<'a, 'q> {
    same: &'a Same<'q>,
    of: Side,
    here: &'a Seen<'a>,
    there: &'a Seen<'a>,
}

impl Finder<'_, '_> {
    fn own_level_id(&self, level: LevelIndex) -> &str {
        &self.here.facts.questionnaire.levels[level].id
    }

    fn level_id(&self, level: LevelIndex) -> &str {
        &self.there.facts.questionnaire.levels[level].id
    }

    /// From the condition of the old version to that of the new one, whichever is here.
    fn change(&self, here: Option<&Condition>, there: Option<&Condition>) -> Option<ConditionChange> {
        match self.of {
            Side::Old => self.same.change(here, there),
            Side::New => self.same.change(there, here),
        }
    }

    fn whys(&self, rule: RuleIndex, other: RuleIndex) -> Vec<Why> {
        let (here, there) = (self.here.facts.questionnaire, self.there.facts.questionnaire);
        let (said, again) = (&here.rules[rule], &there.rules[other]);
        let mut whys = Vec::new();
        if self.own_level_id(said.level) != self.level_id(again.level) {
            whys.push(Why::Level(said.level, again.level));
        }
        if self.there.facts.rule(other) >= self.here.facts.rule(rule) {
            return whys;
        }
        whys.extend(self.change(Some(&said.when), Some(&again.when)).map(Why::When));
        whys.extend(self.definitions(&said.when));
        for question in explain::questions(here, &said.when) {
            let why = self.question(question, &mut BTreeSet::new());
            whys.extend(why.filter(|why| !whys.contains(why)));
        }
        whys
    }

    /// The definitions that a condition uses and that are other ones there.
    fn definitions(&self, condition: &Condition) -> Vec<Why> {
        let (here, there) = (self.here.facts.questionnaire, self.there.facts.questionnaire);
        let mut found = Vec::new();
        let mut seen = Vec::new();
        let mut open = vec![condition];
        while let Some(condition) = open.pop() {
            condition.visit(&mut |part| {
                let Condition::Definition(definition) = part else { return };
                if seen.contains(definition) {
                    return;
                }
                seen.push(*definition);
                let own = &here.definitions[*definition];
                open.push(&own.condition);
                let other = there.definitions.iter().position(|other| other.name == own.name);
                let Some(other) = other else { return };
                let change = self.change(Some(&own.condition), Some(&there.definitions[other].condition));
                found.extend(change.map(|change| Why::Definition(*definition, other, change)));
            });
        }
        found
    }

    /// Why the answer to a question is not known there.
    fn question(&self, question: QuestionIndex, seen: &mut BTreeSet<QuestionIndex>) -> Option<Why> {
        if !seen.insert(question) || self.here.facts.live(question) == Truth::False {
            return None;
        }
        let Some(other) = self.same.question(self.of, question) else {
            return Some(Why::NoQuestion(question));
        };
        let (here, there) = (self.here.facts.questionnaire, self.there.facts.questionnaire);
        if self.there.facts.live(other) < self.here.facts.live(question) {
            let (own, again) = (&here.questions[question].ask_if, &there.questions[other].ask_if);
            if let Some(change) = self.change(own.as_ref(), again.as_ref()) {
                return Some(Why::AskIf(question, other, change));
            }
            if here.section_of(question).audience != there.section_of(other).audience {
                return Some(Why::Section(question, other));
            }
            if let Some(changed) = own.as_ref().and_then(|ask_if| self.definitions(ask_if).into_iter().next())
            {
                return Some(changed);
            }
            let gates = own.as_ref().map(|own| explain::questions(here, own)).unwrap_or_default();
            let root = gates.into_iter().find_map(|gate| self.question(gate, seen));
            return root.or(Some(Why::NotAsked(question, other)));
        }
        let said = |of: &Seen, at: QuestionIndex| of.facts.answer(at).cloned();
        let (own, again) = (said(self.here, question), said(self.there, other));
        let same = match (&own, &again) {
            (Some(own), Some(again)) => self.same_answer((question, own), (other, again)),
            (own, again) => own.is_none() == again.is_none(),
        };
        if same {
            return None;
        }
        // If both could be said to both, they would be.
        let audience = self.here.facts.audience;
        let words = |said: Option<Answer>, asked: &Question| words::answer(said.as_ref(), asked, audience);
        let (asked, asked_there) = (&here.questions[question], &there.questions[other]);
        Some(match (self.is_offered_there(question, other, own.as_ref()), self.of) {
            (false, of) => Why::Answer(question, other, of, words(own, asked)),
            (true, Side::Old) => Why::Answer(question, other, Side::New, words(again, asked_there)),
            (true, Side::New) => Why::Answer(question, other, Side::Old, words(again, asked_there)),
        })
    }

    /// Whether the other version takes this answer.
    fn is_offered_there(
        &self,
        question: QuestionIndex,
        other: QuestionIndex,
        answer: Option<&Answer>,
    ) -> bool {
        let asked = &self.there.facts.questionnaire.questions[other];
        let Some(answer) = answer else { return asked.optional };
        let there = |option: usize| match self.of {
            Side::Old => self.same.options(other).iter().position(|&old| old == Some(option)),
            Side::New => self.same.options(question)[option],
        };
        let ticked = answer.ticked();
        let options: OptionSet = ticked.iter().filter_map(there).collect();
        let said = match answer {
            Answer::Options(_) => Answer::Options(options),
            Answer::Unsure { .. } => Answer::Unsure { ticked: options },
            answer => answer.clone(),
        };
        options.len() == ticked.len() && said.check(asked).is_ok()
    }

    /// Whether both answers say the same, each with the options of its own version.
    fn same_answer(
        &self,
        (question, own): (QuestionIndex, &Answer),
        (other, again): (QuestionIndex, &Answer),
    ) -> bool {
        let (old, (new, said)) = match self.of {
            Side::Old => (own, (other, again)),
            Side::New => (again, (question, own)),
        };
        if let (Answer::Number(old), Answer::Number(new)) = (old, said) {
            return old == new;
        }
        let options = self.same.options(new);
        let ticked: Option<OptionSet> =
            said.ticked().iter().map(|option| options.get(option).copied().flatten()).collect();
        ticked == Some(old.ticked()) && old.is_unsure() == said.is_unsure()
    }
}
