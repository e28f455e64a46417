//! Two versions of a questionnaire, person by person.

use super::judge::{Judge, Judged};
use super::people::Block;
use crate::answers::Answer;
use crate::questionnaire::{Audience, Domain, LevelIndex, OptionSet, Question, QuestionIndex, Questionnaire};

/// The version before, asked of the same people.
pub struct Against<'q> {
    pub judge: Judge<'q>,
    /// For each of its questions the one now.
    from: Vec<From>,
    block: Block,
}

/// How a question of the old version is answered.
enum From {
    /// As this question now.
    Same(QuestionIndex),
    /// As this question now, whose options are these of the old version.
    Options(QuestionIndex, Vec<Option<usize>>),
    /// Nobody says.
    Nowhere,
}

/// Who is told what by both versions.
#[derive(Debug, Clone, PartialEq)]
pub struct Moved {
    /// For each old level and each new one the people.
    pub matrix: Vec<Vec<u64>>,
    /// Those of whom the old version asks something that they have no answer to.
    pub unanswered: u64,
    /// For old and new levels that differ the first person.
    pub examples: Vec<Example>,
}

#[derive(Debug, Clone, PartialEq)]
pub struct Example {
    pub old: LevelIndex,
    pub new: LevelIndex,
    /// The number of the person, from 1.
    pub person: u64,
    /// What the person answered to what either version asks, of the new questionnaire.
    pub answers: Vec<Option<Answer>>,
    /// The true rules of the level told, by their positions in each version.
    pub old_rules: Vec<usize>,
    pub new_rules: Vec<usize>,
}

impl<'q> Against<'q> {
    pub fn new(old: &'q Questionnaire, new: &Questionnaire, audience: Audience) -> Against<'q> {
        let from = old.questions.iter().map(|question| from(question, new)).collect();
        Against { judge: Judge::new(old, audience), from, block: Block::new() }
    }

    /// The questions of the old version that nobody answers, though they need an answer.
    pub fn unanswered(&self) -> Vec<&'q str> {
        let questions = self.judge.questionnaire.questions.iter().zip(&self.from);
        let unanswered = questions.filter(|(question, from)| {
            matches!(from, From::Nowhere) && !question.optional && question.takes_answer()
        });
        unanswered.map(|(question, _)| question.id.as_str()).collect()
    }

    /// Asks people what the old version asks.
    pub fn judge(&mut self, block: &Block, people: usize, whole: bool) -> Judged<'_, 'q> {
        self.block.resize_with(self.from.len(), Vec::new);
        for ((from, question), said) in
            self.from.iter().zip(&self.judge.questionnaire.questions).zip(&mut self.block)
        {
            said.clear();
            match from {
                From::Same(now) => said.extend_from_slice(&block[*now][..people]),
                From::Options(now, options) => {
                    let answers = block[*now][..people].iter();
                    said.extend(answers.map(|answer| translated(answer.as_ref()?, options, question)));
                }
                From::Nowhere => said.resize(people, None),
            }
        }
        self.judge.judge(&self.block, people, whole)
    }
}

fn from(question: &Question, new: &Questionnaire) -> From {
    let Some(now) = new.question_index(&question.id) else { return From::Nowhere };
    let asked = &new.questions[now];
    let options: Vec<Option<usize>> =
        asked.options.iter().map(|option| question.option_index(&option.id)).collect();
    let as_before = options.iter().enumerate().all(|(at, &before)| before == Some(at))
        && options.len() == question.options.len();
    let alike = match (&question.domain, &asked.domain) {
        (Domain::One { .. }, Domain::One { .. }) => true,
        (Domain::Several, _) => {
            matches!(asked.domain, Domain::Several | Domain::One { .. }) && !asked.is_yes_no()
        }
        (Domain::Number(_), Domain::Number(_)) => {
            return if question.limits() == asked.limits() {
                From::Same(now)
            } else {
                From::Options(now, options)
            };
        }
        (Domain::Text, Domain::Text) | (Domain::Nothing, Domain::Nothing) => return From::Same(now),
        _ => false,
    };
    match (alike, as_before && question.domain == asked.domain && question.unsure == asked.unsure) {
        (false, _) => From::Nowhere,
        (true, true) => From::Same(now),
        (true, false) => From::Options(now, options),
    }
}

/// The answer that a person gives now, in the words of the old version; `None` where these don't have it.
fn translated(answer: &Answer, options: &[Option<usize>], question: &Question) -> Option<Answer> {
    let several = question.takes_several();
    let known = |ticked: OptionSet| -> OptionSet {
        ticked.iter().filter_map(|option| options.get(option).copied().flatten()).collect()
    };
    let said = match answer {
        Answer::Options(ticked) => match known(*ticked) {
            // Who ticks only what there was not would have ticked nothing.
            none if none.is_empty() && several => {
                Answer::Options(question.exclusive().iter().take(1).collect())
            }
            known => Answer::Options(known),
        },
        Answer::Unsure { ticked } => Answer::Unsure { ticked: known(*ticked) },
        other => other.clone(),
    };
    said.check(question).is_ok().then_some(said)
}

impl Moved {
    pub fn new(old: &Questionnaire, new: &Questionnaire) -> Moved {
        let matrix = vec![vec![0; new.levels.len()]; old.levels.len()];
        Moved { matrix, unanswered: 0, examples: Vec::new() }
    }

    /// Adds people, the first of whom has this number.
    pub fn add(
        &mut self,
        (old, was): (&Judge, &Judged),
        (new, is): (&Judge, &Judged),
        block: &Block,
        first: u64,
    ) {
        let unanswered = was.open() & !is.open();
        self.unanswered += u64::from(unanswered.count_ones());
        let same = self.same_levels(new.questionnaire, old.questionnaire);
        for before in 0..self.matrix.len() {
            for now in 0..self.matrix[before].len() {
                let people = was.told(before) & is.told(now) & !unanswered;
                self.matrix[before][now] += u64::from(people.count_ones());
                let is_move = !same || before != now;
                let is_new = !self.examples.iter().any(|known| (known.old, known.new) == (before, now));
                if people == 0 || !is_move || !is_new {
                    continue;
                }
                let column = people.trailing_zeros() as usize;
                let answers: Vec<Option<Answer>> =
                    block.iter().map(|answers| answers[column].clone()).collect();
                let at = |judge: &Judge, judged: &Judged, level: LevelIndex| -> Vec<usize> {
                    let rules = judge.questionnaire.rules.iter().enumerate();
                    let rules = rules.filter(|(index, rule)| {
                        rule.level == level && judged.rule(*index) >> column & 1 == 1
                    });
                    rules.map(|(index, _)| index).collect()
                };
                self.examples.push(Example {
                    old: before,
                    new: now,
                    person: first + column as u64 + 1,
                    answers: new.heard(&answers, is, column),
                    old_rules: at(old, was, before),
                    new_rules: at(new, is, now),
                });
            }
        }
    }
}
