//! The clinician's page of the summary.

use ratatui::text::{Line, Span};

use super::frame::Places;
use super::lines::Doc;
use super::summary::{changes, heading};
use crate::questionnaire::Audience;
use crate::report::{Report, joined};
use crate::tui::app::App;
use crate::tui::theme::Theme;

pub fn page(app: &App, report: &Report, theme: &Theme, places: &Places) -> Doc {
    let questionnaire = app.questionnaire();
    let words = app.words();
    let own = &words.screen.summary;
    let mut doc = places.doc_of(usize::from(places.body.width));
    let clinician = &report.clinician;
    handover(&mut doc, report, theme, places);
    doc.blank();
    doc.paragraph(&(own.for_clinician)(&report.headline), theme.strong);
    heading(&mut doc, own.rules, theme);
    if clinician.rules.is_empty() {
        doc.paragraph(own.no_rules, theme.text);
    }
    for rule in &clinician.rules {
        let level = questionnaire.levels[rule.level].in_short().to(Audience::Clinician);
        doc.hanging(
            &format!("{:<4} ", rule.rule),
            theme.accent,
            &format!("{} ({level})", rule.words),
            theme.text,
        );
        let answers: Vec<_> =
            rule.answers.iter().map(|told| format!("{} [{}]", told.answer, told.number)).collect();
        doc.hanging("     ", theme.quiet, &answers.join("; "), theme.quiet);
    }
    changes(&mut doc, clinician.decided.as_ref(), &clinician.would_be, true, words, theme);
    if !clinician.steps.is_empty() {
        heading(&mut doc, own.consider, theme);
        for step in &clinician.steps {
            doc.hanging(" • ", theme.accent, &step.words, theme.text);
        }
    }
    if !clinician.negatives.is_empty() {
        heading(&mut doc, own.absent, theme);
        for negative in &clinician.negatives {
            // Findings that are not there read otherwise than an answer that was given instead of one.
            let none_of = if negative.several { own.none_of } else { "" };
            let words = joined(&negative.ask, &format!("{none_of}{}", negative.absent));
            doc.hanging(" • ", theme.accent, &words, theme.text);
        }
    }
    if !clinician.not_asked.is_empty() {
        heading(&mut doc, words.report.headings.not_asked, theme);
        for ask in &clinician.not_asked {
            doc.hanging(" • ", theme.accent, ask, theme.text);
        }
    }
    for table in &clinician.tables {
        heading(&mut doc, &table.title, theme);
        for row in &table.rows {
            let mut cells = row.iter();
            let first = cells.next().map(String::as_str).unwrap_or_default();
            doc.paragraph(first, theme.strong);
            for (column, cell) in table.columns.iter().skip(1).zip(cells) {
                if !cell.is_empty() {
                    doc.hanging("   ", theme.quiet, &format!("{column}: {cell}"), theme.text);
                }
            }
        }
    }
    heading(&mut doc, words.report.headings.sources, theme);
    for (index, source) in report.sources.iter().enumerate() {
        doc.hanging(&format!("{:>2}  ", index + 1), theme.quiet, source, theme.quiet);
    }
    doc
}

/// The handover by SBAR, each part behind its name, so that it fits the page of the usual screen.
fn handover(doc: &mut Doc, report: &Report, theme: &Theme, places: &Places) {
    let own = &report.own().report.handover;
    for (named, line) in report.clinician.handover.lines(own, usize::from(places.body.width)) {
        let (name, words) = line.split_at(named);
        let spans = [Span::styled(name.to_owned(), theme.accent), Span::styled(words.to_owned(), theme.text)];
        doc.line(Line::from_iter(spans));
    }
}
