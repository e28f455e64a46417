//! What a person has to know first: how urgent it is, until when, whom to call, and what to do.

use jiff::ToSpan;

use super::advice::CallStep;
use super::document::{Item, Part, when};
use super::numbers::{Call, clock};
use super::{Report, Step, When};
use crate::questionnaire::Audience;

/// How many of the steps are on the card.
pub(super) const FIRST_STEPS: usize = 3;

impl Report {
    /// The level can be acted on as it is: all is answered, or nothing that is left could make it more urgent.
    pub fn is_final(&self) -> bool {
        self.finished || self.stopped_early || self.interrupts
    }

    /// What to call at the moment that the report is written for.
    pub fn call(&self) -> Option<Call> {
        let call = self.numbers.call(self.at, self.is_pressing(), self.words());
        call.filter(|_| self.is_final())
    }

    /// It is a matter of today or tomorrow.
    fn is_pressing(&self) -> bool {
        let date = self.within.as_ref().and_then(|within| within.date);
        date.is_some_and(|date| date <= self.date.saturating_add(1.day()))
    }

    /// Until when to act, such as `before Sunday 29 November, 21:00`: with the hour where it is a matter of a day and
    /// the moment is known. `None`: at once, or there is no such day.
    pub fn until(&self) -> Option<String> {
        let date = self.within.as_ref()?.date.filter(|&date| date > self.date)?;
        let words = self.words();
        let counted_from = self.began.or(self.at.filter(|at| at.date() == self.date));
        let hour = counted_from.filter(|_| self.is_pressing()).map(|from| clock(from, false));
        Some(words.report.until(&words.day(date), hour.as_deref()))
    }

    /// The steps for the person. The call comes first, also where only the level names it, and to the number that
    /// answers at the moment that the report is written for.
    pub fn steps_with_call(&self) -> Vec<Step> {
        let is_missing = match self.call_step {
            CallStep::First => false,
            CallStep::Hidden => true,
            CallStep::Unwritten => !self.numbers.known.is_empty(),
        };
        let who = self.who.iter().filter(|_| is_missing);
        let call = who.map(|who| Step { id: String::new(), words: who.clone(), sources: Vec::new() });
        let mut steps: Vec<Step> = call.chain(self.steps.iter().cloned()).collect();
        let instead = self.call().and_then(|call| call.instead);
        if let (Some(instead), Some(first)) = (instead, steps.first_mut()) {
            first.words = instead;
        }
        steps
    }
}

/// The first part of every report.
pub fn result(report: &Report) -> Vec<Part> {
    let words = &report.words().report;
    let mut parts = vec![Part::Headline(report.headline.clone())];
    if !report.is_final() {
        parts.extend(so_far(report));
        return parts;
    }
    if let Some(within) = &report.within {
        let date = within.date.filter(|&date| date != report.date);
        let within = When { date, ..within.clone() };
        let soon = match report.until().filter(|_| report.at.is_some() && report.is_pressing()) {
            Some(until) => format!("{} ({until})", within.say),
            None => when(&within, report),
        };
        parts.push(Part::Named(words.how_soon, soon));
    }
    parts.extend(report.call().map(Part::Call));
    parts.push(Part::Act(report.act.clone()));
    parts.extend(report.who.clone().map(|who| Part::Named(words.whom_to_contact, who)));
    if report.stopped_early {
        parts.push(Part::Notice(words.stopped_early(report.open.len())));
        parts.extend(report.flags_not_asked(words.headings.not_asked).map(Part::Notice));
    } else if !report.finished {
        parts.push(Part::Notice(words.not_finished(report.open.len(), report.could_be.is_some())));
    }
    parts
}

/// What is certain of a check that is not finished: never a day, and nothing that sounds like a plan.
fn so_far(report: &Report) -> Vec<Part> {
    let words = &report.words().report;
    let mut parts = vec![Part::Notice(words.not_finished(report.open.len(), report.could_be.is_some()))];
    match &report.level {
        None => parts.push(Part::Line(report.act.clone())),
        Some(level) => {
            parts.push(Part::Line(words.go_on.to_owned()));
            parts.push(Part::Line(words.certain_so_far(&level.title)));
            // Beside a person's "not finished" a day would make it a result.
            let within = report.within.as_ref().filter(|_| report.reader == Audience::Clinician);
            parts.extend(within.map(|within| Part::Named(words.how_soon, when(within, report))));
            parts.push(Part::Line(report.act.clone()));
            parts.extend(report.who.clone().map(|who| Part::Named(words.whom_to_contact, who)));
        }
    }
    parts
}

/// What fits the first screen.
pub fn card(report: &Report) -> Vec<Part> {
    let say = &report.words().report;
    if !report.is_final() {
        // How to go on is said on the screen by its key.
        let go_on = |part: &Part| matches!(part, Part::Line(words) if words == say.go_on);
        return result(report).into_iter().filter(|part| !go_on(part)).collect();
    }
    let mut parts = vec![Part::Headline(report.headline.clone())];
    let within = report.within.as_ref().map(|within| within.say.clone());
    parts.extend(report.until().or(within).map(Part::Until));
    let call = report.call();
    let steps = report.steps_with_call();
    // What the call leaves open is said in full, if not by the first step: a number that this place has not set, or that
    // nobody answers now.
    if !call.as_ref().is_some_and(|call| call.says_all) {
        let who = report.who.clone().filter(|who| steps.first().is_none_or(|first| first.words != *who));
        parts.push(Part::Act(who.unwrap_or_else(|| report.act.clone())));
    }
    parts.extend(call.map(Part::Call));
    if !steps.is_empty() {
        let steps = steps.into_iter().take(FIRST_STEPS);
        let items = steps.map(|step| Item { words: step.words, ..Item::default() }).collect();
        parts.push(Part::Steps(1, items));
    }
    if !report.finished {
        parts.push(Part::Notice(say.not_finished(report.open.len(), report.could_be.is_some())));
    }
    // Beside an emergency it would sound as if more had to come first.
    if !report.interrupts && !report.return_list.items.is_empty() {
        let title = match &report.emergency {
            Some(number) => format!("{number} · {}", report.return_list.title),
            None => report.return_list.title.clone(),
        };
        parts.push(Part::AtOnce(title, report.return_list.items.clone()));
    }
    parts
}
