//! `enableWhen` where it says exactly what a condition says.
//!
//! A question is asked when its condition is true; false and unknown both leave it out. `enableWhen` has no unknown: what
//! has no answer is not equal to anything. So a condition goes over if it is a list of comparisons of which all or any
//! must hold, each true in both ways of reading or in neither, about questions whose own conditions go along.

use super::codes::Codes;
use super::model::{Coding, Decimal, EnableAnswer, EnableWhen};
use super::names::{self, Base};
use crate::questionnaire::condition::Comparison;
use crate::questionnaire::{Audience, Condition, Domain, OptionSet, QuestionIndex, Questionnaire};

/// More than so many are no easier to read than an expression.
const MOST: usize = 12;

#[derive(Debug, Clone, PartialEq)]
enum Test {
    Is(QuestionIndex, usize),
    IsUnsure(QuestionIndex),
    Compared(QuestionIndex, Comparison, f64),
}

impl Test {
    fn question(&self) -> QuestionIndex {
        match self {
            Test::Is(question, _) | Test::IsUnsure(question) | Test::Compared(question, ..) => *question,
        }
    }
}

/// Tests of which all or any must hold; one test is both.
#[derive(Debug, Clone, PartialEq)]
enum Tests {
    All(Vec<Test>),
    Any(Vec<Test>),
}

impl Tests {
    fn all(&self) -> Option<&[Test]> {
        match self {
            Tests::All(tests) => Some(tests),
            Tests::Any(tests) => (tests.len() == 1).then_some(tests),
        }
    }

    fn any(&self) -> Option<&[Test]> {
        match self {
            Tests::Any(tests) => Some(tests),
            Tests::All(tests) => (tests.len() == 1).then_some(tests),
        }
    }
}

/// The `enableWhen` of an item that is there while any of these questions is asked, and its `enableBehavior`; `None`: it
/// needs an expression.
pub fn of(
    questionnaire: &Questionnaire,
    audience: Audience,
    base: &Base,
    codes: &Codes,
    questions: &[QuestionIndex],
) -> Option<(Vec<EnableWhen>, Option<&'static str>)> {
    let asked = questions.iter().map(|question| asked(questionnaire, audience, *question));
    let tests = any_of(asked.collect::<Option<_>>()?)?;
    let (tests, behavior) = match &tests {
        Tests::All(tests) => (tests, "all"),
        Tests::Any(tests) => (tests, "any"),
    };
    if tests.is_empty() || tests.len() > MOST {
        return None;
    }
    let written = tests.iter().map(|test| written(questionnaire, base, codes, test)).collect();
    Some((written, (tests.len() > 1).then_some(behavior)))
}

/// What holds if and only if one of these does.
fn any_of(mut each: Vec<Tests>) -> Option<Tests> {
    each.dedup();
    if each.len() == 1 {
        return each.pop();
    }
    let mut any: Vec<Test> = Vec::new();
    for tests in &each {
        for test in tests.any()? {
            if !any.contains(test) {
                any.push(test.clone());
            }
        }
    }
    Some(Tests::Any(any))
}

/// What must hold for a question to be asked; no tests at all: it always is.
fn asked(questionnaire: &Questionnaire, audience: Audience, question: QuestionIndex) -> Option<Tests> {
    let asked_of = &questionnaire.questions[question];
    let section = &questionnaire.sections[asked_of.section];
    if section.audience.is_some_and(|only| only != audience) {
        return None;
    }
    let Some(condition) = &asked_of.ask_if else { return Some(Tests::All(Vec::new())) };
    let tests = of_condition(questionnaire, condition)?;
    with_their_own(questionnaire, audience, tests)
}

/// An answer that stays in a form when its question is hidden must not count: so the tests of the questions that are
/// looked at come along.
fn with_their_own(questionnaire: &Questionnaire, audience: Audience, tests: Tests) -> Option<Tests> {
    let (Tests::All(of) | Tests::Any(of)) = &tests;
    let mut own = Vec::new();
    for test in of {
        match asked(questionnaire, audience, test.question())? {
            Tests::All(more) => more.into_iter().for_each(|test| {
                if !own.contains(&test) {
                    own.push(test);
                }
            }),
            Tests::Any(_) => return None,
        }
    }
    if own.is_empty() {
        return Some(tests);
    }
    let mut all = tests.all()?.to_vec();
    own.retain(|test| !all.contains(test));
    all.extend(own);
    Some(Tests::All(all))
}

fn of_condition(questionnaire: &Questionnaire, condition: &Condition) -> Option<Tests> {
    match condition {
        Condition::All(parts) => {
            let mut all = Vec::new();
            for part in parts {
                all.extend_from_slice(of_condition(questionnaire, part)?.all()?);
            }
            Some(Tests::All(all))
        }
        Condition::Any(parts) => {
            let mut any = Vec::new();
            for part in parts {
                any.extend_from_slice(of_condition(questionnaire, part)?.any()?);
            }
            Some(Tests::Any(any))
        }
        Condition::AtLeast(1, parts) => of_condition(questionnaire, &Condition::Any(parts.clone())),
        Condition::AtLeast(needed, parts) if *needed == parts.len() => {
            of_condition(questionnaire, &Condition::All(parts.clone()))
        }
        Condition::Not(part) => opposite(questionnaire, part),
        Condition::Has(question, options) => has(questionnaire, *question, *options),
        Condition::Unsure(question) => {
            let asked = &questionnaire.questions[*question];
            // Beside a number it counts only without a number, which no comparison says.
            (asked.unsure && !names::has_unsure_item(asked))
                .then(|| Tests::All(vec![Test::IsUnsure(*question)]))
        }
        Condition::Number(question, comparison, bound) => match &questionnaire.questions[*question].domain {
            Domain::Number(bounds) if bounds.others.is_empty() => {
                // The type of the comparison is that of the item.
                let fits = bounds.decimals > 0 || (bound.fract() == 0.0 && bound.abs() < 1e9);
                fits.then(|| Tests::All(vec![Test::Compared(*question, *comparison, *bound)]))
            }
            _ => None,
        },
        Condition::Definition(definition) => {
            of_condition(questionnaire, &questionnaire.definitions[*definition].condition)
        }
        Condition::AtLeast(..) | Condition::Rule(_) | Condition::UnsureAnswers => None,
    }
}

fn has(questionnaire: &Questionnaire, question: QuestionIndex, options: OptionSet) -> Option<Tests> {
    let known = questionnaire.questions[question].options.len();
    let tests: Vec<Test> = options.iter().filter(|at| *at < known).map(|at| Test::Is(question, at)).collect();
    (!tests.is_empty()).then_some(Tests::Any(tests))
}

/// That a condition is certainly false. Of one option of a question that needs an answer, the others say it.
fn opposite(questionnaire: &Questionnaire, condition: &Condition) -> Option<Tests> {
    match condition {
        Condition::Has(question, options) => {
            let asked = &questionnaire.questions[*question];
            let one = matches!(asked.domain, Domain::One { .. });
            // Not asked, it is false as well, which no answer says.
            if !one || asked.optional || asked.ask_if.is_some() {
                return None;
            }
            let others = (0..asked.options.len()).filter(|at| !options.contains(*at)).collect();
            has(questionnaire, *question, others)
        }
        Condition::Not(part) => of_condition(questionnaire, part),
        Condition::Definition(definition) => {
            opposite(questionnaire, &questionnaire.definitions[*definition].condition)
        }
        _ => None,
    }
}

fn written(questionnaire: &Questionnaire, base: &Base, codes: &Codes, test: &Test) -> EnableWhen {
    let asked = &questionnaire.questions[test.question()];
    let question = asked.id.clone();
    match test {
        Test::Is(index, option) => {
            let coding = codes.option(questionnaire, base, *index, *option).unwrap_or_default();
            EnableWhen { question, operator: "=", answer: EnableAnswer::Coding(coding) }
        }
        Test::IsUnsure(_) => {
            let answer = EnableAnswer::Coding(Coding::new(names::ABSENT, names::ASKED_UNKNOWN));
            EnableWhen { question, operator: "=", answer }
        }
        Test::Compared(_, comparison, bound) => {
            let operator = match comparison {
                Comparison::AtLeast => ">=",
                Comparison::Above => ">",
                Comparison::Below => "<",
            };
            let whole = matches!(&asked.domain, Domain::Number(bounds) if bounds.decimals == 0);
            let answer = match whole {
                true => EnableAnswer::Integer(*bound as i64),
                false => EnableAnswer::Decimal(Decimal(*bound)),
            };
            EnableWhen { question, operator, answer }
        }
    }
}
