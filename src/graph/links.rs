//! Who looks at whom: the questions behind each rule and each follow-up, through definitions too.

use crate::questionnaire::{Condition, QuestionIndex, Questionnaire, RuleIndex};

/// More than this nobody reads, and a hostile file has a hundred million.
const MOST: usize = 40;

/// The first of some things, in the order of the file, and how many there are.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Few {
    pub first: Vec<usize>,
    pub all: usize,
}

impl Few {
    fn add(&mut self, index: usize) {
        self.all += 1;
        if self.first.len() < MOST {
            self.first.push(index);
        }
    }

    /// How many are not among the first.
    pub fn others(&self) -> usize {
        self.all - self.first.len()
    }
}

/// What leads to a question that isn't asked of everybody.
#[derive(Debug, Clone, PartialEq)]
pub struct Branch {
    /// The last question asked of those that its condition looks at.
    pub parent: QuestionIndex,
    /// Whether its condition looks at no other.
    pub alone: bool,
}

pub struct Links {
    /// The rules that look at a question, by question.
    pub rules_of: Vec<Few>,
    /// The questions that a rule looks at, by rule.
    pub questions_of_rule: Vec<Few>,
    /// The same by definition.
    pub questions_of_definition: Vec<Few>,
    /// By question; `None`: it is asked of everybody in its audience.
    pub branches: Vec<Option<Branch>>,
}

impl Links {
    pub fn of(questionnaire: &Questionnaire) -> Links {
        let mut looked = Looked::new(questionnaire);
        let definitions: Vec<Set> = (0..questionnaire.definitions.len())
            .map(|definition| looked.at_definition(definition).clone())
            .collect();
        let branches = questionnaire.questions.iter().map(|question| {
            let set = looked.at(question.ask_if.as_ref()?);
            let parent = set.iter().last()?;
            Some(Branch { parent, alone: set.iter().count() == 1 })
        });
        let branches = branches.collect();
        let mut rules_of = vec![Few::default(); questionnaire.questions.len()];
        let questions_of_rule = questionnaire.rules.iter().enumerate().map(|(rule, stated)| {
            let set = looked.at(&stated.when);
            set.iter().for_each(|question| rules_of[question].add(rule));
            set.few()
        });
        let questions_of_rule = questions_of_rule.collect();
        let questions_of_definition = definitions.iter().map(Set::few).collect();
        Links { rules_of, questions_of_rule, questions_of_definition, branches }
    }

    /// The rules that look at a question, by level, the most urgent first.
    pub fn rules_by_level(
        &self,
        questionnaire: &Questionnaire,
        question: QuestionIndex,
    ) -> Vec<(usize, Vec<RuleIndex>)> {
        let rules = &self.rules_of[question].first;
        let of_level = |level| {
            let of_it = rules.iter().copied().filter(|&rule| questionnaire.rules[rule].level == level);
            (level, of_it.collect::<Vec<_>>())
        };
        (0..questionnaire.levels.len()).map(of_level).filter(|(_, rules)| !rules.is_empty()).collect()
    }
}

/// A set of questions, a bit for each.
#[derive(Debug, Clone)]
struct Set(Vec<u64>);

impl Set {
    fn add(&mut self, question: QuestionIndex) {
        self.0[question / 64] |= 1 << (question % 64);
    }

    fn add_all(&mut self, other: &Set) {
        self.0.iter_mut().zip(&other.0).for_each(|(bits, more)| *bits |= more);
    }

    /// In the order of asking.
    fn iter(&self) -> impl Iterator<Item = QuestionIndex> {
        let bits = |(at, &word): (usize, &u64)| {
            let mut rest = word;
            std::iter::from_fn(move || {
                let bit = rest.trailing_zeros() as usize;
                rest &= rest.checked_sub(1)?;
                Some(at * 64 + bit)
            })
        };
        self.0.iter().enumerate().flat_map(bits)
    }

    fn few(&self) -> Few {
        let mut few = Few::default();
        self.iter().for_each(|question| few.add(question));
        few
    }
}

/// Collects the questions of conditions, those of each definition once.
struct Looked<'q> {
    questionnaire: &'q Questionnaire,
    definitions: Vec<Option<Set>>,
}

impl<'q> Looked<'q> {
    fn new(questionnaire: &'q Questionnaire) -> Looked<'q> {
        Looked { questionnaire, definitions: vec![None; questionnaire.definitions.len()] }
    }

    fn at(&mut self, condition: &'q Condition) -> Set {
        let mut set = Set(vec![0; self.questionnaire.questions.len().div_ceil(64)]);
        let mut definitions = Vec::new();
        condition.visit(&mut |part| match part {
            Condition::Has(question, _) | Condition::Unsure(question) | Condition::Number(question, ..) => {
                set.add(*question);
            }
            Condition::Definition(definition) => definitions.push(*definition),
            _ => {}
        });
        for definition in definitions {
            set.add_all(self.at_definition(definition));
        }
        set
    }

    /// Definitions use one another without circles and not deeply; the loader sees to that.
    fn at_definition(&mut self, definition: usize) -> &Set {
        if self.definitions[definition].is_none() {
            let questionnaire = self.questionnaire;
            let set = self.at(&questionnaire.definitions[definition].condition);
            self.definitions[definition] = Some(set);
        }
        self.definitions[definition].get_or_insert_with(|| Set(Vec::new()))
    }
}
