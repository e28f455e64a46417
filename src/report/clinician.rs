//! What a clinician wants to see beside the result.

use jiff::civil::Date;

use super::handover::{Findings, handover};
use super::reasons::{number, reasons};
use super::words::Words;
use super::{Clinician, Course, Negative, Report, Sources, Table, advice, change};
use crate::answers::{Answer, Facts, Truth};
use crate::change::Changes;
use crate::questionnaire::{Audience, Condition, Kind, LevelIndex, OptionSet, QuestionIndex};
use crate::triage::Assessment;

/// The clinician's page; `words` are the clinician's.
pub fn clinician(
    facts: &Facts,
    assessment: &Assessment,
    changes: &Changes,
    course: Course,
    (date, level): (Date, Option<LevelIndex>),
    words: Words,
    sources: &mut Sources,
) -> Clinician {
    let rules = reasons(facts, &assessment.rules, words, sources);
    let negatives = negatives(facts, words);
    let steps = advice::only_for_clinicians(facts, level, words, sources);
    let findings = Findings { assessment, course, rules: &rules, negatives: &negatives, steps: &steps };
    let handover = handover(facts, &findings, date, words);
    let not_asked = match course.stopped {
        Some(_) => not_asked(facts, words),
        None => Vec::new(),
    };
    Clinician {
        handover,
        rules,
        decided: change::decided(facts, changes, words),
        would_be: change::would_be(facts, changes, words),
        negatives,
        not_asked,
        steps,
        tables: tables(facts, Audience::Clinician, words),
    }
}

pub fn tables(facts: &Facts, audience: Audience, words: Words) -> Vec<Table> {
    let tables =
        facts.questionnaire.tables.iter().filter(|table| table.audience.is_none_or(|only| only == audience));
    tables
        .map(|table| Table {
            title: words.line(&table.title),
            columns: table.columns.iter().map(|cell| words.line(cell)).collect(),
            rows: table.rows.iter().map(|row| row.iter().map(|cell| words.line(cell)).collect()).collect(),
        })
        .collect()
}

/// How many of the most urgent levels make a finding a red flag.
const RED_FLAG_LEVELS: usize = 2;

/// Red flags asked about and absent: the options that a rule of the most urgent levels looks for and
/// that were certainly not chosen.
fn negatives(facts: &Facts, words: Words) -> Vec<Negative> {
    let questionnaire = facts.questionnaire;
    let mut looked_for = vec![OptionSet::EMPTY; questionnaire.questions.len()];
    for rule in questionnaire.rules.iter().filter(|rule| rule.level < RED_FLAG_LEVELS) {
        collect_options(facts, &rule.when, &mut looked_for);
    }
    let negative = |(question, &red_flags): (QuestionIndex, &OptionSet)| {
        let Answer::Options(chosen) = facts.answer(question)? else { return None };
        let asked = &questionnaire.questions[question];
        let absent = match asked.kind {
            Kind::ManyOf | Kind::BodyMap => Answer::Options(red_flags.without(*chosen)),
            // One of several: what was chosen instead says more than what was not.
            _ if !chosen.intersects(red_flags) && !red_flags.is_empty() => Answer::Options(*chosen),
            _ => return None,
        };
        (!absent.ticked().is_empty()).then(|| Negative {
            question,
            number: number(facts, question),
            ask: words.line(&asked.ask),
            several: matches!(asked.kind, Kind::ManyOf | Kind::BodyMap),
            absent: words.answer(&absent, asked),
        })
    };
    looked_for.iter().enumerate().filter_map(negative).collect()
}

impl Report {
    /// Of a check that was stopped early: how many screens for red flags were not asked, and the `place` that lists
    /// them. `None`: all were asked, or it was not stopped.
    pub fn flags_not_asked(&self, place: &str) -> Option<String> {
        let screens = self.clinician.not_asked.len();
        (screens > 0).then(|| (self.own().report.flags_not_asked)(screens, place))
    }
}

/// The screens for red flags that have no answer and are not known to be for others.
fn not_asked(facts: &Facts, words: Words) -> Vec<String> {
    let questions = facts.questionnaire.questions.iter().enumerate();
    let not_asked = questions.filter(|&(index, question)| {
        question.red_flag && facts.live(index) != Truth::False && facts.answer(index).is_none()
    });
    not_asked.map(|(_, question)| words.line(&question.ask)).collect()
}

fn collect_options(facts: &Facts, condition: &Condition, found: &mut [OptionSet]) {
    match condition {
        Condition::All(parts) | Condition::Any(parts) | Condition::AtLeast(_, parts) => {
            parts.iter().for_each(|part| collect_options(facts, part, found));
        }
        Condition::Definition(definition) => {
            collect_options(facts, &facts.questionnaire.definitions[*definition].condition, found);
        }
        Condition::Has(question, options) => found[*question] = found[*question].union(*options),
        // Under `not`, the options named are the harmless ones.
        Condition::Not(_)
        | Condition::Unsure(_)
        | Condition::Number(..)
        | Condition::Rule(_)
        | Condition::UnsureAnswers => {}
    }
}
