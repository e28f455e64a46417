//! The summary in the order in which it is needed, to be read aloud: no rules, columns or references.

use super::Shell;
use super::pages::{joined, sentence};
use crate::questionnaire::Audience;
use crate::report::{Block, Page, Reason, Report, Step, When, date_words};

impl Shell<'_, '_> {
    pub fn summary(&mut self) {
        let report = self.report();
        self.say(format!("Result: {}", sentence(&report.headline)));
        if let Some(within) = &report.within {
            let date = within.date.map(|date| format!(", {}", date_words(date))).unwrap_or_default();
            self.say(sentence(&format!("How soon: {}{date}", within.say)));
        }
        self.say(&report.act);
        if let Some(who) = &report.who {
            self.say(format!("Whom to contact: {who}"));
        }
        if !report.finished {
            let open = match report.open.len() {
                1 => "1 question has no answer yet".to_owned(),
                open => format!("{open} questions have no answer yet"),
            };
            self.say(format!("This check is not finished: {open}. More urgent answers may be among them."));
        }
        match report.audience {
            Audience::Patient => {
                self.reasons("Why:", &report.reasons, false);
                self.doubts(&report);
            }
            Audience::Clinician => {
                self.doubts(&report);
                self.clinician(&report);
            }
        }
        let steps = match report.audience {
            Audience::Patient => "What to do now:",
            Audience::Clinician => "For the person to do:",
        };
        self.steps(steps, &report.steps);
        self.list("What to say on the phone:", std::iter::once(report.say.clone()));
        self.list(&format!("{}:", report.return_list.title), report.return_list.items.iter().cloned());
        self.list("Check again:", report.check_again.iter().map(when));
        self.list("Changed answers:", report.lowered.iter().cloned());
        self.list("About this check:", report.always.iter().chain([&report.sign_off]).cloned());
    }

    /// What else the report has, and how to get it.
    pub fn more(&mut self) {
        let report = self.report();
        if report.audience == Audience::Patient {
            self.say("Type clinician for the page for whoever sees you.");
        }
        self.say("Type sources for what this rests on.");
        for (number, page) in (1..).zip(&report.pages) {
            self.say(format!("Type learn {number} for a page to read: {}", page.title));
        }
        self.ways_on();
    }

    /// The clinician's page: rules, absent findings, what to consider, tables.
    pub fn clinician(&mut self, report: &Report) {
        let clinician = &report.clinician;
        self.reasons("Rules that hold:", &clinician.rules, true);
        let negatives = clinician.negatives.iter().map(|negative| {
            let none_of = if negative.several { "none of: " } else { "" };
            let absent = format!("{none_of}{}", negative.absent);
            format!("Question {}: {}", negative.number, joined(&negative.ask, &absent))
        });
        self.list("Red flags asked about and absent:", negatives);
        self.steps("To consider:", &clinician.steps);
        for table in &clinician.tables {
            let rows = table.rows.iter().map(|row| {
                let named = table.columns.iter().zip(row).enumerate();
                let cells = named.filter(|(_, (_, cell))| !cell.is_empty()).map(|(column, (name, cell))| {
                    // The first cell says what the row is about.
                    if column == 0 { sentence(cell) } else { sentence(&format!("{name}: {cell}")) }
                });
                cells.collect::<Vec<_>>().join(" ")
            });
            self.list(&format!("{}:", table.title), rows);
        }
    }

    pub fn sources(&mut self) {
        let report = self.report();
        self.list("This rests on:", report.sources.iter().cloned());
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

    fn reasons(&mut self, heading: &str, reasons: &[Reason], with_id: bool) {
        let mut lines = Vec::new();
        for reason in reasons {
            lines.push(match with_id {
                true => format!("{}: {}", reason.rule, reason.words),
                false => reason.words.clone(),
            });
            for told in &reason.answers {
                lines.push(format!("Your answer to question {}: {}", told.number, told.line()));
            }
        }
        self.list(heading, lines.into_iter());
    }

    fn doubts(&mut self, report: &Report) {
        // Questions without an answer are counted above; a list of them would be the questionnaire again.
        let unsure = report.doubts.iter().filter(|doubt| doubt.answered);
        let lines = unsure.flat_map(|doubt| {
            let most_urgent = doubt.could_mean.first().map(|meaning| meaning.level);
            let meanings = doubt.could_mean.iter().filter(move |meaning| Some(meaning.level) == most_urgent);
            let asked = format!("You were not sure about question {}: {}", doubt.number, doubt.ask);
            std::iter::once(asked).chain(meanings.map(|meaning| format!("It could mean: {}", meaning.words)))
        });
        self.list("What is not certain:", lines.collect::<Vec<_>>().into_iter());
    }

    fn steps(&mut self, heading: &str, steps: &[Step]) {
        let steps = (1..).zip(steps).map(|(number, step)| format!("{number}. {}", step.words));
        self.list(heading, steps);
    }

    /// Nothing at all, if there is nothing in the list.
    fn list(&mut self, heading: &str, lines: impl Iterator<Item = String>) {
        let mut lines = lines.peekable();
        if lines.peek().is_some() {
            self.say("");
            self.say(heading);
            lines.for_each(|line| self.say(line));
        }
    }
}

fn when(when: &When) -> String {
    match when.date {
        Some(date) => format!("{}: {}", date_words(date), sentence(&when.say)),
        None => sentence(&when.say),
    }
}
