//! The report as plain text, for saving and printing.

use std::collections::BTreeSet;

use super::{Reason, Report, Step, Table, Told, When, date_words, wrap};
use crate::questionnaire::Audience;

/// Columns of a page; a printer has room for 80.
const WIDTH: usize = 76;

/// The report in lines of at most 76 columns.
pub fn text(report: &Report) -> String {
    let mut out = Writer::default();
    out.title(&report.title);
    out.line(&format!("{}, {} {}", date_words(report.date), report.questionnaire, report.version));
    result(report, &mut out);
    match report.audience {
        Audience::Patient => person(report, &mut out),
        Audience::Clinician => clinician(report, &mut out),
    }
    out.list("Check again", report.check_again.iter().map(when));
    out.list("Changed answers", report.lowered.iter().cloned());
    answers(report, &mut out);
    tables(report, &mut out);
    out.list("About this check", report.always.iter().chain([&report.sign_off]).cloned());
    sources(report, &mut out);
    out.text
}

fn result(report: &Report, out: &mut Writer) {
    out.heading("Result");
    out.line(&report.headline);
    if let Some(within) = &report.within {
        let date = within.date.filter(|&date| date != report.date);
        out.line(&format!("How soon: {}", when(&When { date, ..within.clone() })));
    }
    out.line(&report.act);
    if let Some(who) = &report.who {
        out.line(&format!("Whom to contact: {who}"));
    }
    if !report.finished {
        let open = match report.open.len() {
            1 => "1 question has no answer yet".to_owned(),
            open => format!("{open} questions have no answer yet"),
        };
        let more = if report.could_be.is_some() { " More urgent answers may be among them." } else { "" };
        out.line(&format!("This check is not finished: {open}.{more}"));
    }
}

fn person(report: &Report, out: &mut Writer) {
    reasons("Why", &report.reasons, report.audience, out);
    doubts(report, out);
    steps("What to do now", &report.steps, out);
    phone(report, out);
    return_list(report, out);
}

fn clinician(report: &Report, out: &mut Writer) {
    reasons("Rules that hold", &report.clinician.rules, report.audience, out);
    doubts(report, out);
    let negatives = report.clinician.negatives.iter().map(|negative| {
        let none_of = if negative.several { "none of: " } else { "" };
        format!("{} {}: {none_of}{}", negative.number, negative.ask, negative.absent)
    });
    out.list("Red flags asked about and absent", negatives);
    steps("To consider", &report.clinician.steps, out);
    steps("For the person to do", &report.steps, out);
    phone(report, out);
    return_list(report, out);
}

fn reasons(heading: &str, reasons: &[Reason], audience: Audience, out: &mut Writer) {
    if reasons.is_empty() {
        return;
    }
    out.heading(heading);
    let mut shown = BTreeSet::new();
    for reason in reasons {
        let id = match audience {
            Audience::Patient => String::new(),
            Audience::Clinician => format!("{} ", reason.rule),
        };
        let cited = out.cite(&reason.sources);
        out.item("- ", &format!("{id}{}{cited}", reason.words));
        // An answer behind several reasons is written out once.
        let (new, again): (Vec<_>, Vec<_>) =
            reason.answers.iter().partition(|told| shown.insert((told.question, told.answer.as_str())));
        new.into_iter().for_each(|told| answer(told, audience, out));
        if !again.is_empty() {
            let numbers: Vec<_> = again.iter().map(|told| told.number.to_string()).collect();
            let answers = if again.len() == 1 { "answer" } else { "answers" };
            out.item("       ", &format!("See {answers} {} above", numbers.join(", ")));
        }
    }
}

/// Numbers of questions stand in a column.
fn number(number: usize) -> String {
    format!("{number:>6} ")
}

/// Clinicians read dense lines; for the person, the answer stands below its question.
fn answer(told: &Told, audience: Audience, out: &mut Writer) {
    let marker = number(told.number);
    match audience {
        Audience::Patient => {
            out.item(&marker, &told.ask);
            out.item("         ", &told.answer);
        }
        Audience::Clinician => out.item(&marker, &format!("{}: {}", told.ask, told.answer)),
    }
}

fn doubts(report: &Report, out: &mut Writer) {
    // Questions without an answer are counted above; a list of them would be the questionnaire again.
    let unsure: Vec<_> = report.doubts.iter().filter(|doubt| doubt.answered).collect();
    if unsure.is_empty() {
        return;
    }
    out.heading("What is not certain");
    out.line("Answered \"I'm not sure\":");
    let mut meanings: Vec<_> = unsure.iter().flat_map(|doubt| &doubt.could_mean).collect();
    unsure.iter().for_each(|doubt| out.item(&number(doubt.number), &doubt.ask));
    out.line("This could mean:");
    let most_urgent = meanings.iter().map(|meaning| meaning.level).min();
    meanings.retain(|meaning| Some(meaning.level) == most_urgent);
    // Several questions can leave the same rule open.
    let mut said: Vec<&str> = Vec::new();
    for meaning in meanings {
        if !said.contains(&meaning.rule.as_str()) {
            out.item("- ", &meaning.words);
            said.push(&meaning.rule);
        }
    }
}

fn steps(heading: &str, steps: &[Step], out: &mut Writer) {
    if steps.is_empty() {
        return;
    }
    out.heading(heading);
    for (number, step) in (1..).zip(steps) {
        let cited = out.cite(&step.sources);
        out.item(&format!("{number:>2} "), &format!("{}{cited}", step.words));
    }
}

fn phone(report: &Report, out: &mut Writer) {
    out.heading("What to say on the phone");
    out.line(&report.say);
}

fn return_list(report: &Report, out: &mut Writer) {
    out.list(&report.return_list.title, report.return_list.items.iter().cloned());
}

fn answers(report: &Report, out: &mut Writer) {
    if report.answers.is_empty() {
        return;
    }
    out.heading("All answers");
    for section in &report.answers {
        out.line(&section.title);
        section.answers.iter().for_each(|told| answer(told, report.audience, out));
    }
}

/// Each row as a short list, because columns do not fit on a page in every language.
fn tables(report: &Report, out: &mut Writer) {
    let tables: &[Table] = match report.audience {
        Audience::Patient => &report.tables,
        Audience::Clinician => &report.clinician.tables,
    };
    for table in tables {
        out.heading(&table.title);
        for row in &table.rows {
            for (column, (name, cell)) in table.columns.iter().zip(row).enumerate() {
                match column {
                    0 => out.item("- ", cell),
                    _ if cell.is_empty() => {}
                    _ => out.item("    ", &format!("{name}: {cell}")),
                }
            }
        }
    }
}

/// The sources that this page refers to, by their numbers.
fn sources(report: &Report, out: &mut Writer) {
    let cited: Vec<_> = out.cited.iter().filter_map(|&n| Some((n, report.sources.get(n - 1)?))).collect();
    if cited.is_empty() {
        return;
    }
    out.heading("Sources");
    cited.into_iter().for_each(|(number, title)| out.item(&format!("{number:>2} "), title));
}

fn when(when: &When) -> String {
    match when.date {
        Some(date) => format!("{} ({})", when.say, date_words(date)),
        None => when.say.clone(),
    }
}

/// Collects lines.
#[derive(Default)]
struct Writer {
    text: String,
    cited: BTreeSet<usize>,
}

impl Writer {
    fn title(&mut self, words: &str) {
        self.line(words);
        self.text.push_str(&"=".repeat(WIDTH));
        self.text.push('\n');
    }

    fn heading(&mut self, words: &str) {
        self.text.push('\n');
        self.line(words);
        self.text.push_str(&"-".repeat(WIDTH));
        self.text.push('\n');
    }

    fn line(&mut self, words: &str) {
        self.item("", words);
    }

    /// `words` after a marker, with the lines that follow hanging below the first.
    fn item(&mut self, marker: &str, words: &str) {
        let hang = wrap::width(marker);
        for (index, line) in wrap(words, WIDTH - hang).iter().enumerate() {
            match index {
                0 => self.text.push_str(marker),
                _ => self.text.extend(std::iter::repeat_n(' ', hang)),
            }
            self.text.push_str(line);
            self.text.push('\n');
        }
    }

    fn list(&mut self, heading: &str, items: impl Iterator<Item = String>) {
        let mut items = items.peekable();
        if items.peek().is_some() {
            self.heading(heading);
            items.for_each(|item| self.item("- ", &item));
        }
    }

    /// References such as ` [1, 3]`.
    fn cite(&mut self, sources: &[usize]) -> String {
        if sources.is_empty() {
            return String::new();
        }
        self.cited.extend(sources);
        let numbers: Vec<_> = sources.iter().map(usize::to_string).collect();
        format!(" [{}]", numbers.join(", "))
    }
}
