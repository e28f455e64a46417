//! The handover to another clinician by SBAR: situation, background, assessment, recommendation. It fits one
//! screen, so it leaves out the least important where there is much; what it leaves out it counts.

use jiff::civil::Date;

use super::words::Words;
use super::{Course, Negative, Reason, Step, advice, answered, outcome, reasons, wrap};
use crate::answers::{Answer, Facts};
use crate::questionnaire::{Audience, Kind, OptionSet, QuestionIndex};
use crate::triage::{self, Assessment};
use crate::words;

/// In the clinician's words. Each part is a list of sentences, the most important first.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Handover {
    /// How urgent it is, and why.
    pub situation: Vec<String>,
    /// The findings behind that, and the red flags that are absent.
    pub background: Vec<String>,
    /// The rules that hold, what is not certain, what was changed.
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
const WIDTH: usize = 74;

/// Lines for all sentences. With the names of the parts and two lines above them this makes 24, as many as the
/// usual screen has.
const ROOM: usize = 18;

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
    let decisive = findings.rules.iter().filter(|rule| Some(rule.level) == decisive);
    let decisive = decisive.map(|rule| rule.words.clone()).collect();

    let absent = findings.negatives.iter().map(|negative| absent(facts, negative, words)).collect();

    let open = match findings.assessment.unanswered.len() {
        0 => Vec::new(),
        open if findings.course.stopped.is_some() => vec![(own.stopped_early)(open)],
        open => vec![(own.not_finished)(open)],
    };
    // The last edit tells most.
    let lowered =
        findings.course.lowered.iter().rev().map(|edit| answered::lowered(facts, edit, words)).collect();
    let unsure = doubts.iter().filter(|doubt| doubt.answered);
    let unsure = unsure.map(|doubt| (own.could_mean)(&doubt.ask, &doubt.could_mean[0].words));
    let rules = findings.rules.iter().map(|rule| format!("{} {}", rule.rule, rule.words)).collect();

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

    let list = |lead, items| List { own, lead, items, told: 0 };
    let mut lists = [
        // In this order they get room.
        list(report.headings.rules, rules),
        list(own.findings, positives(facts, findings.assessment, words)),
        list(if consider.is_empty() { own.advise } else { own.consider }, [consider, advised].concat()),
        list(own.unsure, unsure.collect()),
        list(own.lowered, lowered),
        list(own.because, decisive),
        list(own.absent, absent),
    ];
    let must = [vec![urgency], open, [Some(outcome.act), who].into_iter().flatten().collect()];
    fill(&mut lists, ROOM.saturating_sub(must.iter().flatten().map(|words| lines(words)).sum()));

    let [urgency, open, what_to_do] = must;
    let [rules, positives, steps, unsure, lowered, decisive, absent] = lists.map(|list| list.sentence());
    let part =
        |must: Vec<String>, lists: Vec<Option<String>>| must.into_iter().chain(lists.into_iter().flatten());
    Handover {
        situation: part(urgency, vec![decisive]).collect(),
        background: part(Vec::new(), vec![positives, absent]).collect(),
        assessment: part(open, vec![lowered, rules, unsure]).collect(),
        recommendation: part(what_to_do, vec![steps]).collect(),
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
        Some(if named { told.answer } else { format!("{}: {}", told.ask, told.answer) })
    };
    behind.into_iter().enumerate().filter_map(told).collect()
}

/// A red flag by the name of its question. Where "none of these" was answered, the list of them is left out.
fn absent(facts: &Facts, negative: &Negative, words: Words) -> String {
    let own = &words.own.report.handover;
    let exclusive = facts.questionnaire.questions[negative.question].exclusive();
    match facts.answer(negative.question) {
        Some(Answer::Options(chosen)) if chosen.intersects(exclusive) => {
            format!("{}: {}", negative.ask, own.none)
        }
        _ if negative.several => {
            format!("{}: {}", negative.ask, (own.none_of)(&negative.absent.replace("; ", ", ")))
        }
        _ => format!("{}: {}", negative.ask, negative.absent),
    }
}

/// A sentence that lists as many items as there is room for, and says how many more there are: what is there is
/// never left unsaid.
struct List {
    own: &'static words::Handover,
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

    fn lines(&self) -> usize {
        self.sentence().map_or(0, |sentence| lines(&sentence))
    }
}

/// Lets the lists tell more in turn, item by item, as long as all of them fit in `room` lines.
fn fill(lists: &mut [List], room: usize) {
    let mut used: usize = lists.iter().map(List::lines).sum();
    let mut grown = true;
    while grown {
        grown = false;
        for list in &mut *lists {
            let before = list.lines();
            let fits = |&told: &usize| used - before + lines(&list.telling(told)) <= room;
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
