//! What stands on a written page, in order. The same for text, Markdown and HTML, which only mark it up.

use std::collections::BTreeSet;

use jiff::civil::DateTime;

use super::{Decided, Doubt, Handover, Reason, Report, Step, Table, Told, When, WouldBe, shown_changes};
use crate::questionnaire::Audience;
use crate::words::{self, Words, capitalised};

/// A stretch of a page under one heading.
#[derive(Debug, Clone, PartialEq)]
pub struct Section {
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
    Line(String),
    /// A word for it, and what it is.
    Named(&'static str, String),
    List(Vec<Item>),
    /// One after the other, from 1.
    Steps(Vec<Item>),
    /// Questions by their numbers.
    Questions(Vec<(usize, String)>),
    /// Answers under a heading of their own.
    Answers(String, Vec<Told>),
    /// A list under a heading of its own.
    Group(&'static str, Vec<Item>),
    Table(Table),
    /// Sources by their numbers.
    Sources(Vec<(usize, String)>),
}

/// An item of a list.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Item {
    /// The rule that says so, for clinicians.
    pub rule: Option<String>,
    pub words: String,
    /// By their numbers.
    pub sources: Vec<usize>,
    pub answers: Vec<Told>,
    /// Questions whose answers an item before has told already, by their numbers.
    pub told_above: Vec<usize>,
}

impl Item {
    /// References such as ` [1, 3]`, or nothing.
    pub fn cited(&self) -> String {
        let numbers: Vec<_> = self.sources.iter().map(usize::to_string).collect();
        if numbers.is_empty() { String::new() } else { format!(" [{}]", numbers.join(", ")) }
    }

    /// Such as "See answers 3, 4 above", or nothing.
    pub fn see_above(&self, own: &words::Report) -> Option<String> {
        let numbers: Vec<_> = self.told_above.iter().map(usize::to_string).collect();
        (!numbers.is_empty()).then(|| (own.see_above)(numbers.len(), &numbers.join(", ")))
    }
}

/// The day, or the moment where it is known: `Saturday 21 November 2026, 14:05`.
pub fn moment(report: &Report) -> String {
    let date = report.own().date;
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

/// Everything on the page.
pub fn sections(report: &Report) -> Vec<Section> {
    let headings = &report.own().report.headings;
    let mut page = Page { sections: Vec::new(), cited: BTreeSet::new() };
    page.add("result", headings.result, result(report));
    match report.audience {
        Audience::Patient => person(report, &mut page),
        Audience::Clinician => clinician(report, &mut page),
    }
    page.list("check-again", headings.check_again, report.check_again.iter().map(|time| when(time, report)));
    page.list("changed", headings.changed_answers, report.lowered.iter().cloned());
    let answers = report.answers.iter();
    let answers = answers.map(|section| Part::Answers(section.title.clone(), section.answers.clone()));
    page.add("answers", headings.all_answers, answers.collect());
    let tables = match report.audience {
        Audience::Patient => &report.tables,
        Audience::Clinician => &report.clinician.tables,
    };
    for table in tables {
        page.add("table", &table.title, vec![Part::Table(table.clone())]);
    }
    page.list("about", headings.about_check, report.always.iter().chain([&report.sign_off]).cloned());
    let sources = page.cited.iter().filter_map(|&n| Some((n, report.sources.get(n - 1)?.clone())));
    let sources: Vec<_> = sources.collect();
    if !sources.is_empty() {
        page.add("sources", headings.sources, vec![Part::Sources(sources)]);
    }
    page.add("origin", headings.about_report, origin(report));
    page.sections
}

/// The parts of a handover under their names.
pub fn handover(handover: &Handover, own: &words::Handover) -> Vec<Part> {
    let items = |sentences: &[String]| sentences.iter().map(|words| item(words.clone())).collect();
    let parts = handover.parts(own).into_iter();
    parts.map(|(name, sentences)| Part::Group(name, items(sentences))).collect()
}

fn result(report: &Report) -> Vec<Part> {
    let own = &report.own().report;
    let mut parts = vec![Part::Headline(report.headline.clone())];
    if let Some(within) = &report.within {
        let date = within.date.filter(|&date| date != report.date);
        parts.push(Part::Named(own.how_soon, when(&When { date, ..within.clone() }, report)));
    }
    parts.push(Part::Line(report.act.clone()));
    if let Some(who) = &report.who {
        parts.push(Part::Named(own.whom_to_contact, who.clone()));
    }
    if report.stopped_early {
        parts.push(Part::Line((own.stopped_early)(report.open.len())));
        parts.extend(report.flags_not_asked(own.headings.not_asked).map(Part::Line));
    } else if !report.finished {
        parts.push(Part::Line((own.not_finished)(report.open.len(), report.could_be.is_some())));
    }
    parts
}

fn person(report: &Report, page: &mut Page) {
    let words = report.own();
    let headings = &words.report.headings;
    page.reasons(headings.why, &report.reasons, report.audience);
    page.add("doubts", headings.not_certain, doubts(&report.doubts, words));
    page.steps("steps", headings.what_to_do, &report.steps);
    phone(report, page);
    page.changes(report.decided.as_ref(), &report.would_be, report.audience, &words.report);
}

fn clinician(report: &Report, page: &mut Page) {
    let words = report.own();
    let headings = &words.report.headings;
    page.add("handover", headings.handover, handover(&report.clinician.handover, &words.report.handover));
    page.reasons(headings.rules, &report.clinician.rules, report.audience);
    page.add("doubts", headings.not_certain, doubts(&report.doubts, words));
    let clinician = &report.clinician;
    page.changes(clinician.decided.as_ref(), &clinician.would_be, report.audience, &words.report);
    let negatives = report.clinician.negatives.iter().map(|negative| {
        let none_of = if negative.several { words.report.none_of } else { "" };
        format!("{} {}: {none_of}{}", negative.number, negative.ask, negative.absent)
    });
    page.list("absent", headings.absent, negatives);
    page.list("not-asked", headings.not_asked, report.clinician.not_asked.iter().cloned());
    page.steps("consider", headings.to_consider, &report.clinician.steps);
    page.steps("steps", headings.for_the_person, &report.steps);
    phone(report, page);
}

fn phone(report: &Report, page: &mut Page) {
    let heading = report.own().report.headings.on_the_phone;
    page.add("phone", heading, vec![Part::Line(report.say.clone())]);
    page.list("return", &report.return_list.title, report.return_list.items.iter().cloned());
}

fn doubts(doubts: &[Doubt], words: &Words) -> Vec<Part> {
    // Questions without an answer are counted above; a list of them would be the questionnaire again.
    let unsure: Vec<_> = doubts.iter().filter(|doubt| doubt.answered).collect();
    let meanings = || unsure.iter().flat_map(|doubt| &doubt.could_mean);
    let Some(most_urgent) = meanings().map(|meaning| meaning.level).min() else { return Vec::new() };
    // Several questions can leave the same rule open.
    let mut said: Vec<&str> = Vec::new();
    let mut items = Vec::new();
    for meaning in meanings().filter(|meaning| meaning.level == most_urgent) {
        if !said.contains(&meaning.rule.as_str()) {
            items.push(item(meaning.words.clone()));
            said.push(&meaning.rule);
        }
    }
    vec![
        Part::Line((words.report.answered_unsure)(words.answers.unsure)),
        Part::Questions(unsure.iter().map(|doubt| (doubt.number, doubt.ask.clone())).collect()),
        Part::Line(words.report.this_could_mean.to_owned()),
        Part::List(items),
    ]
}

fn origin(report: &Report) -> Vec<Part> {
    let own = &report.own().report;
    let audience = match report.audience {
        Audience::Patient => own.patient,
        Audience::Clinician => own.clinician,
    };
    let mut parts = vec![Part::Named(own.made, moment(report))];
    parts.extend(report.site.clone().map(|site| Part::Named(own.site, site)));
    parts.push(Part::Named(own.in_words_for, audience.to_owned()));
    if !report.finished {
        parts.push(Part::Named(own.state, own.state_not_finished.to_owned()));
    }
    parts.extend([
        Part::Named(own.program, format!("redflag {}", env!("CARGO_PKG_VERSION"))),
        Part::Named(own.questionnaire, format!("{} {}", report.questionnaire, report.version)),
        Part::Named("SHA-256", report.fingerprint.clone()),
    ]);
    parts
}

/// A time to look again, with its date.
fn when(when: &When, report: &Report) -> String {
    match when.date {
        Some(date) => format!("{} ({})", when.say, (report.own().date)(date)),
        None => when.say.clone(),
    }
}

fn item(words: String) -> Item {
    Item { words, ..Item::default() }
}

struct Page {
    sections: Vec<Section>,
    cited: BTreeSet<usize>,
}

impl Page {
    fn add(&mut self, id: &'static str, heading: &str, parts: Vec<Part>) {
        if !parts.is_empty() {
            self.sections.push(Section { id, heading: heading.to_owned(), parts });
        }
    }

    fn list(&mut self, id: &'static str, heading: &str, items: impl Iterator<Item = String>) {
        let items: Vec<_> = items.map(item).collect();
        if !items.is_empty() {
            self.add(id, heading, vec![Part::List(items)]);
        }
    }

    /// For clinicians all, with the ids of rules.
    fn changes(
        &mut self,
        decided: Option<&Decided>,
        would_be: &[WouldBe],
        audience: Audience,
        own: &words::Report,
    ) {
        let for_clinician = audience == Audience::Clinician;
        if let Some(decided) = decided {
            let mut parts = vec![Part::Line(decided.line(own).to_owned())];
            if !decided.answers.is_empty() {
                parts
                    .push(Part::List(decided.answers.iter().map(|told| item(told.by_number(own))).collect()));
            }
            if for_clinician && !decided.rules.is_empty() {
                parts.push(Part::Line(format!("{}.", own.by_rules(&decided.rules))));
            }
            self.add("decided", own.headings.decided, parts);
        }
        let (shown, more) = shown_changes(would_be, for_clinician);
        let told = shown.iter().map(|change| {
            let rule = for_clinician.then(|| change.rules.join(", "));
            Item {
                rule,
                ..item((own.question_number)(change.number, &change.with_question(own, for_clinician)))
            }
        });
        let mut parts = vec![Part::List(told.collect())];
        if more > 0 {
            parts.push(Part::Line((own.more_changes)(more)));
        }
        if !shown.is_empty() {
            self.add("more-urgent", own.headings.would_be, parts);
        }
    }

    fn steps(&mut self, id: &'static str, heading: &str, steps: &[Step]) {
        let told = |step: &Step| Item { sources: step.sources.clone(), ..item(step.words.clone()) };
        let items: Vec<_> = steps.iter().map(told).collect();
        self.cited.extend(items.iter().flat_map(|item| &item.sources));
        if !items.is_empty() {
            self.add(id, heading, vec![Part::Steps(items)]);
        }
    }

    fn reasons(&mut self, heading: &str, reasons: &[Reason], audience: Audience) {
        let mut shown = BTreeSet::new();
        let told = |reason: &Reason| {
            // An answer behind several reasons is written out once.
            let (new, again): (Vec<_>, Vec<_>) = reason
                .answers
                .iter()
                .cloned()
                .partition(|told| shown.insert((told.question, told.answer.clone())));
            Item {
                rule: (audience == Audience::Clinician).then(|| reason.rule.clone()),
                words: reason.words.clone(),
                sources: reason.sources.clone(),
                answers: new,
                told_above: again.iter().map(|told| told.number).collect(),
            }
        };
        let items: Vec<_> = reasons.iter().map(told).collect();
        self.cited.extend(items.iter().flat_map(|item| &item.sources));
        if !items.is_empty() {
            self.add("reasons", heading, vec![Part::List(items)]);
        }
    }
}
