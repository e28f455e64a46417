//! Questionnaires, answers and sheets made from a list of random numbers: shorter lists of smaller numbers make
//! simpler things, which is how proptest finds the simplest counterexample.
#![allow(dead_code, reason = "each test file uses its part")]

use proptest::collection::vec;
use proptest::prelude::any;
use proptest::test_runner::{Config, RngSeed, TestRunner};
use redflag::answers::{Answer, Sheet};
use redflag::questionnaire::condition::Comparison;
use redflag::questionnaire::wording::each_text;
use redflag::questionnaire::{
    Audience, Because, Choice, Concern, Condition, Contact, Control, Deadline, Definition, Domain, Level,
    NextStep, NumberBounds, OptionSet, Page, Question, QuestionIndex, Questionnaire, ReturnList, Rule,
    Section, Shown, Text, Translation, UnsureCountsAs, UnsurePolicy, Welcome,
};

/// Random numbers; zeros when they are used up.
#[derive(Clone)]
pub struct Source(std::vec::IntoIter<u32>);

impl Source {
    pub fn new(numbers: Vec<u32>) -> Source {
        Source(numbers.into_iter())
    }

    /// A number from 0 to `end`, without `end`.
    pub fn below(&mut self, end: usize) -> usize {
        self.0.next().unwrap_or(0) as usize % end.max(1)
    }

    /// True `percent` times in a hundred.
    pub fn chance(&mut self, percent: usize) -> bool {
        // Zero, to which everything shrinks, means no.
        100 - self.below(100) <= percent
    }

    pub fn pick<'a, T>(&mut self, items: &'a [T]) -> &'a T {
        &items[self.below(items.len())]
    }

    pub fn audience(&mut self) -> Audience {
        *self.pick(&[Audience::Patient, Audience::Clinician])
    }

    fn options(&mut self, question: &Question) -> OptionSet {
        let all = (0..question.options.len()).filter(|_| self.chance(50));
        let set: OptionSet = all.collect();
        if set.is_empty() { OptionSet::one(self.below(question.options.len())) } else { set }
    }
}

/// Up to `most` questions of all types, with every kind of condition. All indices are valid and `ask_if` looks
/// only at earlier questions, as the loader guarantees.
pub fn questionnaire(source: &mut Source, most: usize) -> Questionnaire {
    let levels = 2 + source.below(3);
    let count = 1 + source.below(most);
    let sections =
        if count > 1 && source.chance(40) { vec![0, 1 + source.below(count - 1)] } else { vec![0] };
    let sections = sections.iter().enumerate().map(|(index, &first)| Section {
        id: format!("s{index}"),
        title: text(),
        audience: source.chance(20).then(|| source.audience()),
        first,
        end: sections.get(index + 1).copied().unwrap_or(count),
    });
    let sections: Vec<_> = sections.collect();
    let mut questionnaire = Questionnaire {
        offers: Vec::new(),
        grids: Vec::new(),
        presenting: Vec::new(),
        waivers: vec![],
        departures: Vec::new(),
        id: "random".to_owned(),
        version: "1.0.0".to_owned(),
        language: "en".to_owned(),
        title: text(),
        sign_off: text(),
        welcome: Welcome { stop: None, about: text(), points: vec![] },
        contacts: vec![],
        levels: vec![],
        unsure: UnsurePolicy {
            counts_as: *source.pick(&[UnsureCountsAs::OneLevelLess, UnsureCountsAs::SameLevel]),
            at_least: source.below(levels),
        },
        sections,
        questions: vec![],
        definitions: vec![],
        rules: vec![],
        next_steps: vec![],
        return_list: ReturnList { title: text(), items: vec![], further: vec![] },
        always: vec![],
        say: text(),
        learn: vec![],
        tables: vec![],
        sources: vec![],
    };
    for index in 0..count {
        let section = questionnaire.sections.iter().position(|section| index < section.end).unwrap_or(0);
        questionnaire.questions.push(question(source, index, section));
    }
    // What each definition looks at most: `ask_if` of later questions may use it.
    let mut horizons = Vec::new();
    for index in 0..source.below(3) {
        let horizon = 1 + source.below(count);
        let condition = Conditions { questionnaire: &questionnaire, horizons: &horizons, horizon, rules: 0 };
        let condition = condition.any(source, 2);
        questionnaire.definitions.push(Definition { name: format!("d{index}"), condition });
        horizons.push(horizon);
    }
    for index in 0..count {
        if index > 0 && source.chance(60) {
            let conditions =
                Conditions { questionnaire: &questionnaire, horizons: &horizons, horizon: index, rules: 0 };
            questionnaire.questions[index].ask_if = Some(conditions.any(source, 2));
        }
    }
    for index in 0..1 + source.below(4) {
        let conditions =
            Conditions { questionnaire: &questionnaire, horizons: &horizons, horizon: count, rules: 0 };
        let when = conditions.any(source, 2);
        let level = source.below(levels);
        let rule = Rule {
            id: format!("R{index}"),
            level,
            because: text(),
            because_if: Vec::new(),
            when,
            sources: vec![],
            supporting: false,
        };
        questionnaire.rules.push(rule);
    }
    let rules = questionnaire.rules.len();
    let advice = Conditions { questionnaire: &questionnaire, horizons: &horizons, horizon: count, rules };
    let when = |source: &mut Source| source.chance(70).then(|| advice.any(source, 1));
    let because_if: Vec<Vec<Because>> = (0..rules)
        .map(|_| {
            let entries = 0..source.below(3);
            entries.map(|_| Because { when: advice.any(source, 1), say: text() }).collect()
        })
        .collect();
    let (mut all_levels, mut next_steps, mut learn) = (vec![], vec![], vec![]);
    for index in 0..levels {
        let deadline = |when| Deadline { when, say: text(), days: Some(index as u16) };
        all_levels.push(Level {
            id: format!("l{index}"),
            title: text(),
            short: (index % 2 == 0).then(text),
            act: text(),
            interrupt: index + 1 < levels && source.chance(50),
            within: vec![deadline(when(source)), deadline(None)],
            who: vec![Contact { when: when(source), say: text() }, Contact { when: None, say: text() }],
            check_again: vec![deadline(when(source))],
            code: None,
        });
    }
    for index in 0..2 {
        let shown = Shown { levels: vec![], when: when(source), audience: None };
        next_steps.push(NextStep {
            id: format!("n{index}"),
            shown: shown.clone(),
            say: text(),
            sources: vec![],
        });
        learn.push(Page { id: format!("p{index}"), title: text(), shown, body: text(), sources: vec![] });
    }
    for (rule, because_if) in questionnaire.rules.iter_mut().zip(because_if) {
        rule.because_if = because_if;
    }
    (questionnaire.levels, questionnaire.next_steps, questionnaire.learn) = (all_levels, next_steps, learn);
    questionnaire
}

/// Some texts of a questionnaire in other words; the others are missing.
pub fn translation(source: &mut Source, questionnaire: &Questionnaire) -> Translation {
    let mut texts = Vec::new();
    each_text(&mut questionnaire.clone(), &mut |_, _, _| {
        texts.push(source.chance(70).then(|| Text::each("texto", "palabras")));
    });
    Translation { language: "es".to_owned(), reviewed: Text::both("Nadie."), texts }
}

fn text() -> Text {
    Text::both("text")
}

fn question(source: &mut Source, index: QuestionIndex, section: usize) -> Question {
    let bounds = |min, max, decimals| {
        Domain::Number(NumberBounds { min, max, decimals, unit: None, others: Vec::new(), reference: None })
    };
    let (domain, control) = match source.below(10) {
        0 => (Domain::One { ordered: true }, Control::YesNo),
        1 => (Domain::One { ordered: false }, Control::List),
        2 => (Domain::One { ordered: true }, Control::List),
        3 => (Domain::Several, Control::List),
        4 => (bounds(0.0, 2.0, 0), Control::Field),
        5 => (bounds(0.1, 0.4, 1), Control::Field),
        6 => (bounds(-1.0, 1.0, 0), Control::Scale { labels: vec![] }),
        7 => (Domain::Several, Control::Figure),
        8 => (Domain::Text, Control::Field),
        _ => (Domain::Nothing, Control::Note),
    };
    let options = match domain {
        Domain::One { .. } if control == Control::YesNo => 2,
        Domain::One { .. } | Domain::Several => 2 + source.below(2),
        Domain::Number(_) | Domain::Text | Domain::Nothing => 0,
    };
    let is_list = control == Control::List && domain == Domain::Several;
    let alone = if is_list && source.chance(60) { source.below(options) } else { options };
    let options = (0..options).map(|option| Choice {
        id: format!("o{option}"),
        label: text(),
        hint: None,
        exclusive: option == alone,
        say: None,
        phrase: None,
        region: None,
        never_below: None,
        settle: None,
        code: None,
        no_concern: false,
    });
    Question {
        id: format!("q{index}"),
        section,
        ask: text(),
        hint: None,
        why: None,
        sources: vec![],
        unsure: domain != Domain::Nothing && source.chance(50),
        optional: domain != Domain::Nothing && source.chance(25),
        ask_if: None,
        concern: Concern::Unsaid,
        red_flag: false,
        record_only: false,
        never_below: None,
        settle: None,
        code: None,
        grid: None,
        again: Default::default(),
        ask_again: None,
        nothing: None,
        options: options.collect(),
        say: None,
        phrase: None,
        domain,
        control,
    }
}

/// Where a condition stands, and so what it may look at.
struct Conditions<'a> {
    questionnaire: &'a Questionnaire,
    horizons: &'a [usize],
    /// Only at questions before this one.
    horizon: usize,
    /// Rules it may name; with them also "unsure answers".
    rules: usize,
}

impl Conditions<'_> {
    fn any(&self, source: &mut Source, depth: usize) -> Condition {
        if depth == 0 || source.chance(40) {
            return self.atom(source);
        }
        match source.below(7) {
            0 => Condition::All(self.some(source, depth)),
            1 => Condition::Any(self.some(source, depth)),
            2 => Condition::Not(Box::new(self.any(source, depth - 1))),
            3 => {
                let parts = self.some(source, depth);
                Condition::AtLeast(1 + source.below(parts.len()), parts)
            }
            4 if self.rules > 0 => Condition::Rule(vec![source.below(self.rules)]),
            5 if self.rules > 0 => Condition::UnsureAnswers,
            _ => {
                let usable = (0..self.horizons.len()).filter(|&d| self.horizons[d] <= self.horizon);
                match usable.collect::<Vec<_>>().as_slice() {
                    [] => self.atom(source),
                    usable => Condition::Definition(*source.pick(usable)),
                }
            }
        }
    }

    fn some(&self, source: &mut Source, depth: usize) -> Vec<Condition> {
        (0..2 + source.below(2)).map(|_| self.any(source, depth - 1)).collect()
    }

    fn atom(&self, source: &mut Source) -> Condition {
        let about = source.below(self.horizon);
        let question = &self.questionnaire.questions[about];
        if question.unsure && (question.domain == Domain::Text || source.chance(20)) {
            return Condition::Unsure(about);
        }
        let compare = |source: &mut Source, constants: &[f64]| {
            let comparison = *source.pick(&[Comparison::AtLeast, Comparison::Above, Comparison::Below]);
            Condition::Number(about, comparison, *source.pick(constants))
        };
        match question.domain {
            Domain::Number(NumberBounds { min: ..0.0, .. }) => compare(source, &[-1.0, 0.0, 1.0]),
            Domain::Number(NumberBounds { decimals: 0, .. }) => compare(source, &[0.0, 1.0, 1.5, 2.0]),
            Domain::Number(_) => compare(source, &[0.1, 0.2, 0.25, 0.3, 0.4]),
            Domain::Text | Domain::Nothing => Condition::Any(vec![]),
            _ => Condition::Has(about, source.options(question)),
        }
    }
}

/// Every answer that the question takes; of texts one.
pub fn all_answers(question: &Question) -> Vec<Answer> {
    let subsets =
        || (0..1u32 << question.options.len()).map(|bits| (0..32).filter(|o| bits >> o & 1 == 1).collect());
    let numbers =
        |min: i32, max: i32, parts: f64| (min..=max).map(move |n| Answer::Number(f64::from(n) / parts));
    let mut answers: Vec<Answer> = match &question.domain {
        Domain::Text => vec![Answer::Text("some".to_owned())],
        Domain::Nothing => vec![],
        Domain::Number(bounds) => {
            let parts = 10f64.powi(bounds.decimals.into());
            numbers((bounds.min * parts).round() as i32, (bounds.max * parts).round() as i32, parts).collect()
        }
        _ => subsets().map(Answer::Options).collect(),
    };
    answers.push(Answer::UNSURE);
    if question.takes_several() {
        answers.extend(subsets().skip(1).map(|ticked| Answer::Unsure { ticked }));
    }
    answers.retain(|answer| answer.check(question).is_ok());
    answers
}

/// An answer that the question takes; `None` only if it takes none, or leaves it out where it is optional.
pub fn answer(source: &mut Source, question: &Question) -> Option<Answer> {
    if question.optional && source.chance(40) || !question.takes_answer() {
        return None;
    }
    if question.unsure && source.chance(15) {
        return Some(Answer::UNSURE);
    }
    Some(match &question.domain {
        Domain::Text => Answer::Text("some".to_owned()),
        Domain::Number(bounds) => {
            let parts = 10f64.powi(bounds.decimals.into());
            let (min, max) = ((bounds.min * parts).round(), (bounds.max * parts).round());
            Answer::Number((min + source.below((max - min) as usize + 1) as f64) / parts)
        }
        Domain::Several => {
            let mut ticked = source.options(question);
            if ticked.len() > 1 {
                ticked = ticked.without(question.exclusive());
            }
            let lone = ticked.intersects(question.exclusive());
            if question.unsure && !lone && source.chance(10) {
                Answer::Unsure { ticked }
            } else {
                Answer::Options(ticked)
            }
        }
        _ => Answer::option(source.below(question.options.len())),
    })
}

/// The least concerning answer, by the order of a questionnaire such as back-pain: `no`, `none`, the first
/// option, the lowest number. Optional questions are left out.
pub fn calm_answer(question: &Question) -> Option<Answer> {
    match &question.domain {
        _ if question.optional => None,
        Domain::Text | Domain::Nothing => None,
        Domain::Number(bounds) => Some(Answer::Number(bounds.min)),
        _ => match question.exclusive().iter().next() {
            Some(none) => Some(Answer::option(none)),
            None => Some(Answer::option(0)),
        },
    }
}

/// Answers to all questions, asked or not. Most are calm and the others mostly concern one rule, so that one
/// answer more or less can make a difference.
pub fn full_sheet(source: &mut Source, questionnaire: &Questionnaire) -> Sheet {
    let mut sheet = Sheet::new(questionnaire);
    let mut give = |index: QuestionIndex, answer: Option<Answer>| {
        if let Some(answer) = answer {
            sheet.set(questionnaire, index, answer).expect("a fitting answer");
        }
    };
    for (index, question) in questionnaire.questions.iter().enumerate() {
        give(
            index,
            match question.domain {
                Domain::Number(_) if question.scale().is_none() => answer(source, question),
                Domain::Several if question.control == Control::Figure => {
                    Some(Answer::option(source.below(question.options.len())))
                }
                // Neither of the sexes is the calm one.
                Domain::One { ordered: false } if !question.unsure => answer(source, question),
                _ => calm_answer(question),
            },
        );
    }
    let rule = source.below(questionnaire.rules.len());
    let of_rule = questions_of(questionnaire, &questionnaire.rules[rule].when);
    let all: Vec<_> = (0..questionnaire.questions.len()).collect();
    let (from_rule, from_all) = (source.below(5), *source.pick(&[0, 0, 1, 2, 30]));
    for (questions, count) in [(of_rule, from_rule), (all, from_all)] {
        for _ in 0..if questions.is_empty() { 0 } else { count } {
            let index = *source.pick(&questions);
            give(index, answer(source, &questionnaire.questions[index]));
        }
    }
    sheet
}

/// The questions that a condition looks at, each as often as it does.
fn questions_of(questionnaire: &Questionnaire, condition: &Condition) -> Vec<QuestionIndex> {
    let of = |condition| questions_of(questionnaire, condition);
    match condition {
        Condition::All(parts) | Condition::Any(parts) | Condition::AtLeast(_, parts) => {
            parts.iter().flat_map(of).collect()
        }
        Condition::Not(part) => of(part),
        Condition::Definition(definition) => of(&questionnaire.definitions[*definition].condition),
        Condition::Has(question, _) | Condition::Unsure(question) | Condition::Number(question, ..) => {
            vec![*question]
        }
        Condition::Rule(_) | Condition::UnsureAnswers => vec![],
    }
}

/// Answers to some of the questions, asked or not.
pub fn sheet(source: &mut Source, questionnaire: &Questionnaire) -> Sheet {
    let mut sheet = full_sheet(source, questionnaire);
    let missing = source.below(100);
    (0..questionnaire.questions.len())
        .filter(|_| source.chance(missing))
        .for_each(|index| sheet.clear(index));
    sheet
}

/// Tries a law on things made from random numbers, from this seed on, and looks for the simplest that breaks it.
pub fn for_all(cases: u32, seed: u64, max_shrink_iters: u32, law: impl Fn(&mut Source)) {
    let config = Config {
        cases,
        rng_seed: RngSeed::Fixed(seed),
        failure_persistence: None,
        max_shrink_iters,
        ..Config::default()
    };
    let result = TestRunner::new(config).run(&vec(any::<u32>(), 0..600), |numbers| {
        law(&mut Source::new(numbers));
        Ok(())
    });
    if let Err(failure) = result {
        panic!("{failure}");
    }
}
