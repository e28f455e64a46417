//! The summary in the order in which it is needed, to be read aloud: no rules, columns or references.

use jiff::civil::Date;

use super::Shell;
use super::pages::sentence;
use crate::questionnaire::Audience;
use crate::report::{Decided, Page, Reason, Report, Step, When, WouldBe, joined, shown_changes};
use crate::text::Block;
use crate::words::{Report as Own, capitalised};

impl Shell<'_, '_> {
    pub fn summary(&mut self) {
        let report = self.report();
        let own = self.told();
        let headings = &own.headings;
        self.say(format!("{}: {}", headings.result, sentence(&report.headline)));
        if let Some(within) = &report.within {
            let date = within.date.map(|date| format!(", {}", (self.words.own.date)(date)));
            let date = date.unwrap_or_default();
            self.say(sentence(&format!("{}: {}{date}", own.how_soon, within.say)));
        }
        self.say(&report.act);
        if let Some(who) = &report.who {
            self.say(format!("{}: {who}", own.whom_to_contact));
        }
        if report.stopped_early {
            self.say((own.stopped_early)(report.open.len()));
            report.flags_not_asked(headings.not_asked).into_iter().for_each(|words| self.say(words));
        } else if !report.finished {
            self.say((own.not_finished)(report.open.len(), true));
        }
        match report.audience {
            Audience::Patient => {
                self.reasons(headings.why, &report.reasons, false);
                self.doubts(&report);
            }
            Audience::Clinician => {
                self.handover(&report);
                self.doubts(&report);
                self.findings(&report);
            }
        }
        let steps = match report.audience {
            Audience::Patient => headings.what_to_do,
            Audience::Clinician => headings.for_the_person,
        };
        self.steps(steps, &report.steps);
        self.list(headings.on_the_phone, std::iter::once(report.say.clone()));
        self.list(&report.return_list.title, report.return_list.items.iter().cloned());
        if report.audience == Audience::Patient {
            self.changes(report.decided.as_ref(), &report.would_be, false);
        }
        let when = |time: &When| when(time, self.words.own.date);
        let check_again: Vec<_> = report.check_again.iter().map(when).collect();
        self.list(headings.check_again, check_again.into_iter());
        self.list(headings.changed_answers, report.lowered.iter().cloned());
        self.list(headings.about_check, report.always.iter().chain([&report.sign_off]).cloned());
    }

    /// What else the report has, and how to get it.
    pub fn more(&mut self) {
        let report = self.report();
        if report.audience == Audience::Patient {
            self.say(self.own().more_clinician);
        }
        self.say(self.own().more_sources);
        for (number, page) in (1..).zip(&report.pages) {
            self.say((self.own().more_learn)(number, &page.title));
        }
        self.ways_on();
    }

    /// The clinician's page.
    pub fn clinician(&mut self, report: &Report) {
        self.handover(report);
        self.findings(report);
    }

    /// The handover by SBAR: each part begins with its name, and each of its sentences is a line.
    fn handover(&mut self, report: &Report) {
        let own = self.told();
        let parts = report.clinician.handover.parts(&own.handover);
        let lines = parts.into_iter().flat_map(|(name, sentences)| {
            let named = move |at: usize| if at == 0 { format!("{name}: ") } else { String::new() };
            (0..).zip(sentences).map(move |(at, sentence)| format!("{}{sentence}", named(at)))
        });
        self.list(own.headings.handover, lines);
    }

    /// What the handover rests on: rules, absent findings, what to consider, tables.
    fn findings(&mut self, report: &Report) {
        let clinician = &report.clinician;
        let own = self.told();
        let headings = &own.headings;
        self.reasons(headings.rules, &clinician.rules, true);
        self.changes(clinician.decided.as_ref(), &clinician.would_be, true);
        let negatives = clinician.negatives.iter().map(|negative| {
            let none_of = if negative.several { own.none_of } else { "" };
            let absent = format!("{none_of}{}", negative.absent);
            (own.question_number)(negative.number, &joined(&negative.ask, &absent))
        });
        self.list(headings.absent, negatives);
        self.list(headings.not_asked, clinician.not_asked.iter().cloned());
        self.steps(headings.to_consider, &clinician.steps);
        for table in &clinician.tables {
            let rows = table.rows.iter().map(|row| {
                let named = table.columns.iter().zip(row).enumerate();
                let cells = named.filter(|(_, (_, cell))| !cell.is_empty()).map(|(column, (name, cell))| {
                    // The first cell says what the row is about.
                    if column == 0 { sentence(cell) } else { sentence(&format!("{name}: {cell}")) }
                });
                cells.collect::<Vec<_>>().join(" ")
            });
            self.list(&table.title, rows);
        }
    }

    pub fn sources(&mut self) {
        let report = self.report();
        self.list(self.words.own.asking.rests_on, report.sources.iter().cloned());
        self.ways_on();
    }

    /// A page to learn more.
    pub fn learn(&mut self, page: &Page) {
        self.say("");
        self.say(sentence(&page.title));
        for block in &page.body {
            match block {
                Block::Paragraph(words) | Block::Item(words) => self.say(words),
            }
        }
        self.ways_on();
    }

    /// What is said as in a report.
    fn told(&self) -> &'static Own {
        &self.words.own.report
    }

    fn reasons(&mut self, heading: &str, reasons: &[Reason], with_id: bool) {
        let mut lines = Vec::new();
        for reason in reasons {
            lines.push(match with_id {
                true => format!("{}: {}", reason.rule, reason.words),
                false => reason.words.clone(),
            });
            for told in &reason.answers {
                lines.push((self.own().answer_to)(told.number, &told.line()));
            }
        }
        self.list(heading, lines.into_iter());
    }

    /// What decided the result, and what would make it more urgent; for clinicians all of it, with rules.
    fn changes(&mut self, decided: Option<&Decided>, would_be: &[WouldBe], for_clinician: bool) {
        let own = self.told();
        let rules =
            |rules: &[String]| (for_clinician && !rules.is_empty()).then(|| sentence(&own.by_rules(rules)));
        if let Some(decided) = decided {
            let answers = decided.answers.iter();
            let answers = answers.map(|told| (self.own().answer_to)(told.number, &told.line()));
            let lines =
                std::iter::once(decided.line(own).to_owned()).chain(answers).chain(rules(&decided.rules));
            self.list(own.headings.decided, lines.collect::<Vec<_>>().into_iter());
        }
        let (shown, more) = shown_changes(would_be, for_clinician);
        let mut lines = Vec::new();
        for change in shown {
            lines.push((own.question_number)(change.number, &change.with_question(own, for_clinician)));
            lines.extend(rules(&change.rules));
        }
        if more > 0 {
            lines.push((own.more_changes)(more));
        }
        self.list(own.headings.would_be, lines.into_iter());
    }

    fn doubts(&mut self, report: &Report) {
        let own = self.own();
        // Questions without an answer are counted above; a list of them would be the questionnaire again.
        let unsure = report.doubts.iter().filter(|doubt| doubt.answered);
        let lines = unsure.flat_map(|doubt| {
            let most_urgent = doubt.could_mean.first().map(|meaning| meaning.level);
            let meanings = doubt.could_mean.iter().filter(move |meaning| Some(meaning.level) == most_urgent);
            let asked = (own.unsure_about)(doubt.number, &doubt.ask);
            std::iter::once(asked).chain(meanings.map(|meaning| (own.could_mean)(&meaning.words)))
        });
        self.list(self.told().headings.not_certain, lines.collect::<Vec<_>>().into_iter());
    }

    fn steps(&mut self, heading: &str, steps: &[Step]) {
        let steps = (1..).zip(steps).map(|(number, step)| format!("{number}. {}", step.words));
        self.list(heading, steps);
    }

    /// Under a heading; nothing at all, if there is nothing in the list.
    fn list(&mut self, heading: &str, lines: impl Iterator<Item = String>) {
        let mut lines = lines.peekable();
        if lines.peek().is_some() {
            self.say("");
            self.say(format!("{heading}:"));
            lines.for_each(|line| self.say(line));
        }
    }
}

fn when(when: &When, words_of: fn(Date) -> String) -> String {
    match when.date {
        Some(date) => format!("{}: {}", capitalised(&words_of(date)), sentence(&when.say)),
        None => sentence(&when.say),
    }
}
