//! The sections of a report. Each is made here, once, for every surface; a statement that is added here is on all
//! surfaces whose list in [`super::surfaces`] has its section.

use std::collections::BTreeSet;

use jiff::civil::DateTime;

use super::numbers::Call;
use super::{Answered, Handover, Reason, Report, Step, TextTable, When, again, card};
use crate::questionnaire::Audience;
use crate::words::{self, capitalised};

/// What a section is about.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Topic {
    /// How urgent, until when, what to do, whom to contact.
    Result,
    /// That, with the first steps and when to get help at once, for one screen.
    Card,
    /// What set the level, and the most urgent of the other reasons.
    Why,
    /// The reasons that are left.
    OtherReasons,
    NotCertain,
    Steps,
    /// Those that the card has no room for.
    FurtherSteps,
    /// What to say on the phone.
    Say,
    /// When to get help at once.
    Return,
    CheckAgain,
    /// Answers that were changed so that the result became less urgent.
    Changed,
    /// The check before, beside this one.
    Again,
    /// What was "not sure" and was asked once more.
    Settled,
    Answers,
    Handover,
    /// The answers that decided it.
    Decided,
    MoreUrgent,
    Absent,
    NotAsked,
    Consider,
    Tables,
    About,
    Sources,
    Origin,
}

/// A stretch of a document under one heading.
#[derive(Debug, Clone, PartialEq)]
pub struct Section {
    pub topic: Topic,
    /// Its name for anchors, of letters and hyphens.
    pub id: &'static str,
    pub heading: String,
    /// Never empty.
    pub parts: Vec<Part>,
}

#[derive(Debug, Clone, PartialEq)]
pub enum Part {
    /// The result in one line.
    Headline(String),
    /// Until when to act, below it.
    Until(String),
    /// What to do.
    Act(String),
    /// Whom to call now.
    Call(Call),
    Line(String),
    /// What must not be passed over, such as that the check is not finished.
    Notice(String),
    /// A word for it, and what it is.
    Named(&'static str, String),
    /// Sentences to be read aloud.
    Aloud(Vec<String>),
    List(Vec<Item>),
    /// One after the other, the first with this number.
    Steps(usize, Vec<Item>),
    /// Answers under a heading of their own.
    Answers(String, Vec<Answered>),
    /// Sentences under a word for all of them.
    Group(&'static str, Vec<String>),
    Table(TextTable),
    /// A word for all of some signs, and the signs, as many as there is room for.
    AtOnce(String, Vec<String>),
    /// Sources by their numbers.
    Sources(Vec<(usize, String)>),
}

/// An item of a list.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Item {
    /// The rules that say so, for clinicians.
    pub rule: Option<String>,
    pub words: String,
    /// By their numbers.
    pub sources: Vec<usize>,
    /// What it rests on, or could mean, a line each.
    pub details: Vec<String>,
}

impl Item {
    /// References such as ` [1, 3]`, or nothing.
    pub fn cited(&self) -> String {
        let numbers: Vec<_> = self.sources.iter().map(usize::to_string).collect();
        if numbers.is_empty() { String::new() } else { format!(" [{}]", numbers.join(", ")) }
    }
}

/// How many reasons a person is shown before anything else.
const FIRST_REASONS: usize = 3;

/// The day, or the moment where it is known: `Saturday 21 November 2026, 14:05`.
pub fn moment(report: &Report) -> String {
    let date = |date| report.words().date(date);
    match report.at {
        Some(at) => format!("{}, {}", date(at.date()), clock(at)),
        None => date(report.date),
    }
}

/// `14:05`.
fn clock(at: DateTime) -> String {
    format!("{:02}:{:02}", at.hour(), at.minute())
}

/// The line below the title: when, where and by which questionnaire.
pub fn made(report: &Report) -> String {
    let made = format!("{}, {} {}", capitalised(&moment(report)), report.questionnaire, report.version);
    match &report.site {
        Some(site) => format!("{made}, {site}"),
        None => made,
    }
}

/// The sections on these topics, in this order; a topic about which there is nothing to say has none.
pub fn sections(report: &Report, topics: &[Topic]) -> Vec<Section> {
    let mut sections = Vec::new();
    for &topic in topics {
        match topic {
            Topic::Tables => sections.extend(report.tables.iter().map(|table| Section {
                topic,
                id: "table",
                heading: table.title.clone(),
                parts: vec![Part::Table(table.clone())],
            })),
            Topic::Return => {
                sections.extend(section(report, topic, parts(report, topic)));
                sections.extend(report.further_return_lists.iter().map(|further| Section {
                    topic,
                    id: "return-further",
                    heading: further.title.clone(),
                    parts: list(further.items.iter().map(|words| item(words.clone()))),
                }));
            }
            Topic::Sources => {
                let parts = sources(report, &sections);
                sections.extend(section(report, topic, parts));
            }
            topic => sections.extend(section(report, topic, parts(report, topic))),
        }
    }
    sections
}

fn section(report: &Report, topic: Topic, parts: Vec<Part>) -> Option<Section> {
    let (id, heading) = name(report, topic);
    (!parts.is_empty()).then(|| Section { topic, id, heading: heading.to_owned(), parts })
}

/// The anchor and the heading of a section.
fn name(report: &Report, topic: Topic) -> (&'static str, &str) {
    let headings = &report.words().report.headings;
    let for_clinician = report.reader == Audience::Clinician;
    match topic {
        Topic::Result | Topic::Card => ("result", headings.result),
        Topic::Why if for_clinician => ("reasons", headings.rules),
        Topic::Why => ("reasons", headings.why),
        Topic::OtherReasons => ("other-reasons", headings.also),
        Topic::NotCertain => ("doubts", headings.not_certain),
        Topic::Steps if for_clinician => ("steps", headings.for_the_person),
        Topic::Steps => ("steps", headings.what_to_do),
        Topic::FurtherSteps => ("further-steps", headings.what_else_to_do),
        Topic::Say => ("phone", headings.on_the_phone),
        Topic::Return => ("return", &report.return_list.title),
        Topic::CheckAgain => ("check-again", headings.check_again),
        Topic::Changed => ("changed", headings.changed_answers),
        Topic::Again => ("last-time", report.words().again.heading),
        Topic::Settled => ("settled", report.words().settling.heading),
        Topic::Answers => ("answers", headings.all_answers),
        Topic::Handover => ("handover", headings.handover),
        Topic::Decided => ("decided", headings.decided),
        Topic::MoreUrgent => ("more-urgent", headings.would_be),
        Topic::Absent => ("absent", headings.absent),
        Topic::NotAsked => ("not-asked", headings.not_asked),
        Topic::Consider => ("consider", headings.to_consider),
        Topic::Tables => ("table", ""),
        Topic::About => ("about", headings.about_check),
        Topic::Sources => ("sources", headings.sources),
        Topic::Origin => ("origin", headings.about_report),
    }
}

/// What is said about a topic.
fn parts(report: &Report, topic: Topic) -> Vec<Part> {
    let first = match report.reader {
        Audience::Patient => report.reasons.len().min(FIRST_REASONS),
        Audience::Clinician => report.reasons.len(),
    };
    match topic {
        Topic::Result => card::result(report),
        Topic::Card => card::card(report),
        Topic::Why => list(
            report.reasons[..first]
                .iter()
                .filter(|reason| is_first(report, reason))
                .map(|it| reason(report, it)),
        ),
        // Beside an emergency nothing else counts, and a milder reason could only calm.
        Topic::OtherReasons if report.interrupts => Vec::new(),
        Topic::OtherReasons => list(report.reasons[first..].iter().map(|it| reason(report, it))),
        Topic::NotCertain => doubts(report),
        // A plan would sound like a result.
        Topic::Steps | Topic::FurtherSteps if !report.is_final() => Vec::new(),
        Topic::Steps => steps(&report.steps_with_call(), 0),
        Topic::FurtherSteps => steps(&report.steps_with_call(), card::FIRST_STEPS),
        Topic::Say => vec![Part::Aloud(report.say.clone())],
        Topic::Return => list(report.return_list.items.iter().map(|words| item(words.clone()))),
        Topic::CheckAgain => list(report.check_again.iter().map(|time| item(when(time, report)))),
        Topic::Changed => list(report.lowered.iter().map(|words| item(words.clone()))),
        Topic::Again => again::parts(report),
        Topic::Settled => list(report.settled.iter().map(|words| item(words.clone()))),
        Topic::Answers => {
            let sections = report.answers.iter();
            sections.map(|section| Part::Answers(section.title.clone(), section.answers.clone())).collect()
        }
        Topic::Handover => handover(&report.handover, &report.words().report.handover),
        Topic::Decided => decided(report),
        Topic::MoreUrgent => would_be(report),
        Topic::Absent => absent(report),
        Topic::NotAsked => list(report.not_asked.iter().map(|ask| item(ask.clone()))),
        Topic::Consider => steps(&report.consider, 0),
        Topic::About => list(report.always.iter().chain([&report.sign_off]).map(|words| item(words.clone()))),
        Topic::Origin => origin(report),
        // These are made of other things than the report alone.
        Topic::Tables | Topic::Sources => Vec::new(),
    }
}

/// At an emergency a person is shown the reasons for that alone.
fn is_first(report: &Report, reason: &Reason) -> bool {
    let is_level = report.level.as_ref().is_some_and(|level| level.index == reason.level);
    report.reader == Audience::Clinician || !report.interrupts || is_level
}

fn reason(report: &Report, reason: &Reason) -> Item {
    let for_clinician = report.reader == Audience::Clinician;
    let detail = |answered: &Answered| match for_clinician {
        true => report.words().report.question_number(answered.number, &answered.line()),
        false => answered.line(),
    };
    Item {
        rule: for_clinician.then(|| reason.rules.join(", ")),
        words: reason.words.clone(),
        sources: reason.sources.clone(),
        details: reason.answers.iter().map(detail).collect(),
    }
}

fn doubts(report: &Report) -> Vec<Part> {
    // Questions without an answer are counted elsewhere; a list of them would be the questionnaire again.
    let unsure = report.doubts.iter().filter(|doubt| doubt.answered);
    let words = &report.words().report;
    let items = unsure.map(|doubt| {
        let most_urgent = doubt.could_mean.first().map(|meaning| meaning.level);
        let meanings = doubt.could_mean.iter().filter(|meaning| Some(meaning.level) == most_urgent);
        Item {
            details: meanings.map(|meaning| words.could_mean(&meaning.words)).collect(),
            ..item(words.question_number(doubt.number, &doubt.ask))
        }
    });
    let mut parts = list(items);
    if !parts.is_empty() {
        parts.insert(0, Part::Line(words.answered_unsure(report.words().answers.unsure)));
    }
    parts
}

fn handover(handover: &Handover, words: &words::Handover) -> Vec<Part> {
    let parts = handover.parts(words).into_iter().filter(|(_, sentences)| !sentences.is_empty());
    parts.map(|(name, sentences)| Part::Group(name, sentences.to_vec())).collect()
}

fn decided(report: &Report) -> Vec<Part> {
    let words = &report.words().report;
    let Some(decided) = &report.decided else { return Vec::new() };
    let mut parts = vec![Part::Line(decided.line(words).to_owned())];
    let numbered = |answered: &Answered| item(words.question_number(answered.number, &answered.line()));
    parts.extend(list(decided.answers.iter().map(numbered)));
    if !decided.rules.is_empty() {
        parts.push(Part::Line(format!("{}.", words.rules(decided.rules.len(), &decided.rules.join(", ")))));
    }
    parts
}

fn would_be(report: &Report) -> Vec<Part> {
    let words = &report.words().report;
    list(report.would_be.iter().map(|change| Item {
        rule: Some(change.rules.join(", ")),
        ..item(words.question_number(change.number, &change.with_question(report.words())))
    }))
}

fn absent(report: &Report) -> Vec<Part> {
    let words = &report.words().report;
    list(report.negatives.iter().map(|negative| {
        let none_of = if negative.several { words.none_of } else { "" };
        item(words.question_number(
            negative.number,
            &super::joined(&negative.ask, &format!("{none_of}{}", negative.absent)),
        ))
    }))
}

/// All but the first `shown`.
fn steps(steps: &[Step], shown: usize) -> Vec<Part> {
    let steps = steps.iter().skip(shown);
    let items: Vec<_> =
        steps.map(|step| Item { sources: step.sources.clone(), ..item(step.words.clone()) }).collect();
    if items.is_empty() { Vec::new() } else { vec![Part::Steps(shown + 1, items)] }
}

/// The sources that the sections before cite.
fn sources(report: &Report, sections: &[Section]) -> Vec<Part> {
    let items = sections.iter().flat_map(|section| &section.parts).flat_map(|part| match part {
        Part::List(items) | Part::Steps(_, items) => items.as_slice(),
        _ => &[],
    });
    let cited: BTreeSet<usize> = items.flat_map(|item| item.sources.iter().copied()).collect();
    let titles = cited.into_iter().filter_map(|n| Some((n, report.sources.get(n.checked_sub(1)?)?.clone())));
    let titles: Vec<_> = titles.collect();
    if titles.is_empty() { Vec::new() } else { vec![Part::Sources(titles)] }
}

fn origin(report: &Report) -> Vec<Part> {
    let words = &report.words().report;
    let name = |audience: Audience| match audience {
        Audience::Patient => words.patient.to_owned(),
        Audience::Clinician => words.clinician.to_owned(),
    };
    let mut parts = vec![Part::Named(words.made, moment(report))];
    if report.at.is_some_and(|at| at.date() != report.date) {
        parts.push(Part::Named(words.answered_on, report.words().date(report.date)));
    }
    parts.extend(report.site.clone().map(|site| Part::Named(words.site, site)));
    parts.push(Part::Named(words.answered_by, name(report.asked_as)));
    parts.push(Part::Named(words.in_words_for, name(report.reader)));
    if !report.finished {
        parts.push(Part::Named(words.state, words.state_not_finished.to_owned()));
    }
    parts.extend([
        Part::Named(words.program, format!("redflag {}", env!("CARGO_PKG_VERSION"))),
        Part::Named(words.questionnaire, format!("{} {}", report.questionnaire, report.version)),
        Part::Named("SHA-256", report.fingerprint.clone()),
    ]);
    parts
}

/// A time, with its date.
pub fn when(when: &When, report: &Report) -> String {
    match when.date {
        Some(date) => format!("{} ({})", when.say, report.words().date(date)),
        None => when.say.clone(),
    }
}

pub(super) fn item(words: String) -> Item {
    Item { words, ..Item::default() }
}

/// Nothing at all, if there is nothing in the list.
fn list(items: impl Iterator<Item = Item>) -> Vec<Part> {
    let items: Vec<_> = items.collect();
    if items.is_empty() { Vec::new() } else { vec![Part::List(items)] }
}
