//! The handover to another clinician by SBAR: situation, background, assessment, recommendation. It fits one
//! screen, so it leaves out the least important where there is much; what it leaves out it counts. What makes the
//! result as urgent as it is, or could make it more urgent, is never left out.

use jiff::civil::Date;

use super::words::{Words, joined};
use super::{Course, Negative, Reason, Step, advice, answered, outcome, reasons};
use crate::answers::{Answer, Facts};
use crate::questionnaire::{Audience, Kind, OptionSet, QuestionIndex};
use crate::text::wrap;
use crate::triage::{self, Assessment};
use crate::words;

/// In the clinician's words. Each part is a list of sentences, the most important first.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Handover {
    /// How urgent it is, and why.
    pub situation: Vec<String>,
    /// The findings behind that, and the red flags that are absent.
    pub background: Vec<String>,
    /// What is not certain, what was changed, the other rules that hold.
    pub assessment: Vec<String>,
    /// What to do.
    pub recommendation: Vec<String>,
}

/// What the handover is made from.
pub struct Findings<'a> {
    pub assessment: &'a Assessment,
    pub course: Course<'a>,
    /// The true rules, the most urgent first.
    pub rules: &'a [Reason],
    pub negatives: &'a [Negative],
    /// To consider.
    pub steps: &'a [Step],
}

/// Columns of a sentence: those of a page without the mark of a list.
pub const WIDTH: usize = 74;

/// Lines for all parts: those of a page of the summary on the usual screen, 80 by 24.
pub const ROOM: usize = 16;

impl Handover {
    /// The parts with their names, in order.
    pub fn parts(&self, own: &words::Handover) -> [(&'static str, &[String]); 4] {
        [
            (own.situation, &self.situation),
            (own.background, &self.background),
            (own.assessment, &self.assessment),
            (own.recommendation, &self.recommendation),
        ]
    }

    /// The same as lines of at most `width` columns, each part behind its name, with how long that name is in a
    /// line that begins with one.
    pub fn lines(&self, own: &words::Handover, width: usize) -> Vec<(usize, String)> {
        let mut lines = Vec::new();
        for (name, sentences) in self.parts(own) {
            let name = format!("{name}: ");
            for (at, sentence) in sentences.iter().enumerate() {
                let name = if at == 0 { name.as_str() } else { "" };
                let wrapped = wrap(&format!("{name}{sentence}"), width.saturating_sub(INDENT).max(1));
                for (row, line) in wrapped.into_iter().enumerate() {
                    let named = if row == 0 { name.trim_end().len() } else { 0 };
                    let indent = if named == 0 { INDENT } else { 0 };
                    lines.push((named, format!("{}{line}", " ".repeat(indent))));
                }
            }
        }
        lines
    }
}

/// How far what follows the first line of a part is set in.
const INDENT: usize = 2;

pub fn handover(facts: &Facts, findings: &Findings, date: Date, words: Words) -> Handover {
    let outcome = outcome::outcome(facts, findings.assessment, findings.course.stopped, date, words);
    let doubts = reasons::doubts(facts, findings.assessment.certain, words);

    let report = &words.own.report;
    let own = &report.handover;

    let urgency = match &outcome.within {
        Some(within) => format!("{}. {}: {}.", outcome.headline, report.how_soon, within.say),
        None => format!("{}.", outcome.headline),
    };
    let decisive = findings.rules.first().map(|first| first.level);
    let (decisive, others): (Vec<_>, Vec<_>) =
        findings.rules.iter().partition(|rule| Some(rule.level) == decisive);
    let with_id = |rules: Vec<&Reason>| -> Vec<_> {
        rules.into_iter().map(|rule| format!("{} {}", rule.rule, rule.words)).collect()
    };

    let absent = findings.negatives.iter().map(|negative| absent(facts, negative, words)).collect();

    let open = match findings.assessment.unanswered.len() {
        0 => None,
        open if findings.course.stopped.is_some() => Some((own.stopped_early)(open)),
        open => Some((own.not_finished)(open)),
    };
    // The last edit tells most.
    let lowered =
        findings.course.lowered.iter().rev().map(|edit| answered::lowered(facts, edit, words)).collect();
    let unsure = doubts.iter().filter(|doubt| doubt.answered);
    let unsure = unsure.map(|doubt| (own.could_mean)(&doubt.ask, &doubt.could_mean[0].words));
    let who = outcome.who.map(|who| (own.contact)(&who));
    let consider = numbered(findings.steps);
    let advised = if consider.is_empty() {
        let level = outcome.level.map(|level| level.index);
        // These are cited already.
        let sources = &mut advice::Sources::default();
        numbered(&advice::steps(facts, level, Audience::Patient, words, sources))
    } else {
        Vec::new()
    };

    let list = |lead, items| List { own, name: "", lead, items, told: 0 };
    // What the result rests on, what was taken back and what could still be worse are told in any case.
    let whole = |lead, items: Vec<String>| List { told: items.len(), ..list(lead, items) };
    let mut because = whole(own.because, with_id(decisive));
    let mut lowered = whole(own.lowered, lowered);
    let mut unsure = whole(own.unsure, unsure.collect());
    let mut positives = list(own.findings, positives(facts, findings.assessment, words));
    let lead = if consider.is_empty() { own.advise } else { own.consider };
    let mut steps = list(lead, [consider, advised].concat());
    let mut others = list(own.others, with_id(others));
    let mut absent = list(own.absent, absent);

    // Where nothing else stands in a part, it says so.
    let no_findings = begin(own.background, own.no_findings, &mut [&mut positives, &mut absent]);
    let nothing_else = match open {
        Some(_) => None,
        None => begin(own.assessment, own.nothing_else, &mut [&mut lowered, &mut unsure, &mut others]),
    };
    let begun = |name: &str, sentence: &String| lines(&format!("{name}: {sentence}"));
    let must = begun(own.situation, &urgency)
        + no_findings.as_ref().map_or(0, |words| begun(own.background, words))
        + open.as_ref().or(nothing_else.as_ref()).map_or(0, |words| begun(own.assessment, words))
        + begun(own.recommendation, &outcome.act)
        + who.as_ref().map_or(0, |who| lines(who));
    // In this order they get room.
    let lists =
        &mut [&mut because, &mut lowered, &mut unsure, &mut positives, &mut steps, &mut others, &mut absent];
    fill(lists, ROOM.saturating_sub(must));

    let part = |sentences: &[Option<String>]| sentences.iter().flatten().cloned().collect();
    Handover {
        situation: part(&[Some(urgency), because.sentence()]),
        background: part(&[no_findings, positives.sentence(), absent.sentence()]),
        assessment: part(&[open, nothing_else, lowered.sentence(), unsure.sentence(), others.sentence()]),
        recommendation: part(&[Some(outcome.act), who, steps.sentence()]),
    }
}

/// The first of the lists that has something stands behind the name of its part. If none has, it takes `otherwise`.
fn begin(name: &'static str, otherwise: &str, lists: &mut [&mut List]) -> Option<String> {
    match lists.iter_mut().find(|list| !list.items.is_empty()) {
        Some(first) => {
            first.name = name;
            None
        }
        None => Some(otherwise.to_owned()),
    }
}

/// Several sentences can be in a step, so each begins with its number.
fn numbered(steps: &[Step]) -> Vec<String> {
    (1..).zip(steps).map(|(number, step)| format!("({number}) {}", step.words)).collect()
}

/// The answers that true rules rest on, each once, and every number: everybody asks for the age first.
fn positives(facts: &Facts, assessment: &Assessment, words: Words) -> Vec<String> {
    let questionnaire = facts.questionnaire;
    let mut behind: Vec<Option<OptionSet>> = vec![None; questionnaire.questions.len()];
    for &rule in &assessment.rules {
        for evidence in triage::evidence(facts, &questionnaire.rules[rule].when) {
            let options = behind[evidence.question].get_or_insert(OptionSet::EMPTY);
            *options = options.union(evidence.options);
        }
    }
    let told = |(question, behind): (QuestionIndex, Option<OptionSet>)| {
        let answer = facts.answer(question)?;
        let kind = &questionnaire.questions[question].kind;
        let told = match behind {
            Some(options) if !options.is_empty() => Answer::Options(options),
            Some(_) => answer.clone(),
            None if matches!(kind, Kind::Number(_) | Kind::Scale { .. }) => answer.clone(),
            None => return None,
        };
        let told = reasons::told(facts, question, &told, words);
        // What was ticked of several names itself.
        let named = matches!(kind, Kind::ManyOf | Kind::BodyMap) && told.stands_alone;
        Some(if named { told.answer } else { joined(&told.ask, &told.answer) })
    };
    behind.into_iter().enumerate().filter_map(told).collect()
}

/// A red flag by the name of its question. Where "none of these" was answered, the list of them is left out.
fn absent(facts: &Facts, negative: &Negative, words: Words) -> String {
    let own = &words.own.report.handover;
    let exclusive = facts.questionnaire.questions[negative.question].exclusive();
    match facts.answer(negative.question) {
        Some(Answer::Options(chosen)) if chosen.intersects(exclusive) => joined(&negative.ask, own.none),
        _ if negative.several => joined(&negative.ask, &(own.none_of)(&negative.absent.replace("; ", ", "))),
        _ => joined(&negative.ask, &negative.absent),
    }
}

/// A sentence that lists as many items as there is room for, and says how many more there are: what is there is
/// never left unsaid.
struct List {
    own: &'static words::Handover,
    /// Of the part that it begins, if it does.
    name: &'static str,
    lead: &'static str,
    items: Vec<String>,
    told: usize,
}

impl List {
    fn sentence(&self) -> Option<String> {
        (!self.items.is_empty()).then(|| self.telling(self.told))
    }

    fn telling(&self, told: usize) -> String {
        let items: Vec<_> = self.items[..told].iter().map(|item| item.trim_end_matches('.')).collect();
        match (told, self.items.len() - told) {
            (0, all) => (self.own.see_report)(self.lead, all),
            (_, 0) => format!("{}: {}.", self.lead, items.join("; ")),
            (_, rest) => (self.own.and_more)(self.lead, &items.join("; "), rest),
        }
    }

    fn lines_telling(&self, told: usize) -> usize {
        let sentence = self.telling(told);
        if self.name.is_empty() { lines(&sentence) } else { lines(&format!("{}: {sentence}", self.name)) }
    }

    fn lines(&self) -> usize {
        self.sentence().map_or(0, |_| self.lines_telling(self.told))
    }
}

/// Lets the lists tell more in turn, item by item, as long as all of them fit in `room` lines.
fn fill(lists: &mut [&mut List], room: usize) {
    let mut used: usize = lists.iter().map(|list| list.lines()).sum();
    let mut grown = true;
    while grown {
        grown = false;
        for list in lists.iter_mut() {
            let before = list.lines();
            let fits = |&told: &usize| used - before + list.lines_telling(told) <= room;
            // All of it can fit where one more does not, since nothing is left to count then.
            if let Some(told) = [list.told + 1, list.items.len()]
                .into_iter()
                .filter(|&n| n > list.told && n <= list.items.len())
                .find(fits)
            {
                list.told = told;
                used = used - before + list.lines();
                grown = true;
            }
        }
    }
}

fn lines(words: &str) -> usize {
    wrap(words, WIDTH).len()
}
